//! Source files, the spans that point into them, and lines and columns.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The largest file that is read, in bytes.
pub const MAX_FILE_SIZE: usize = 64 * 1024 * 1024;

/// A file of a [`SourceMap`], as it was written or as it stands in one instance of a pattern.
///
/// What stands in an instance has the text of the pattern, and a place of its own: two instances never share a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId {
    index: u32,
    instance: u32,
}

impl FileId {
    /// The number of the instance, from 1; 0 for the file as it was written.
    pub fn instance(self) -> u32 {
        self.instance
    }

    /// The same file in an instance; as it was written if the number is 0.
    #[must_use]
    pub fn in_instance(self, instance: u32) -> FileId {
        FileId { instance, ..self }
    }

    /// The same file as it was written.
    #[must_use]
    pub fn written(self) -> FileId {
        self.in_instance(0)
    }
}

/// A stretch of text in one file: byte offsets, the end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the offsets count in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes of a range of a file.
    pub fn of(file: FileId, range: Range<usize>) -> Span {
        Span { file, start: 0, end: u32::MAX }.slice(range.start, range.end)
    }

    /// The smallest span that covers both, which lie in the same file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span at the end of this one.
    #[must_use]
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// The empty span at the start of this one.
    #[must_use]
    pub fn before(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The part from `start` to `end`, counted in bytes from the start of this span.
    #[must_use]
    pub fn slice(self, start: usize, end: usize) -> Span {
        let at = |offset: usize| {
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            self.start.saturating_add(offset).min(self.end)
        };
        Span { file: self.file, start: at(start), end: at(end) }
    }

    /// The same place in an instance; as it was written if the number is 0.
    #[must_use]
    pub fn in_instance(self, instance: u32) -> Span {
        Span { file: self.file.in_instance(instance), ..self }
    }

    /// The same place in the file as it was written.
    #[must_use]
    pub fn written(self) -> Span {
        self.in_instance(0)
    }

    /// Whether another span lies in this one, in the same instance.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The offsets as a range, to index the file's text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a file as people count it: both numbers from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Where a file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user's workspace.
    Workspace,
    /// The catalog that ships with the compiler.
    Catalog,
}

/// One file: its path as it is shown, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    origin: Origin,
    revision: u32,
    line_starts: OnceLock<Vec<usize>>,
    /// What begins before each multiple of [`STRIDE`] bytes.
    counts: OnceLock<Vec<Counts>>,
}

/// How many characters begin in a stretch of text, and how many of them take two units of UTF-16.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    characters: usize,
    wide: usize,
}

/// A longer part of a line is not counted from its start each time: that would be quadratic in files of one line.
const STRIDE: usize = 4096;

impl SourceFile {
    /// The path relative to the workspace, with `/` on every system.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is the user's or the compiler's own.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// How often the text has been replaced: what was made of a text holds while this number does.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The line and column of a byte offset. An offset past the end gives the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts.get(line - 1).copied().unwrap_or_default();
        let offset = self.text.floor_char_boundary(offset);
        LineColumn { line, column: self.characters_between(start, offset) + 1 }
    }

    /// The line of a byte offset, counted from 0, and the offset where it starts.
    pub fn line_at(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or_default())
    }

    /// The byte offsets of a line, counted from 1, without its break; `None` past the last line.
    pub fn line_range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let starts = self.line_starts();
        let start = *starts.get(line.checked_sub(1)?)?;
        let Some(next) = starts.get(line) else { return Some(start..self.text.len()) };
        let whole = self.text.get(start..*next)?;
        let length =
            ["\r\n", "\n", "\r"].into_iter().find_map(|end| whole.strip_suffix(end)).map_or(whole.len(), str::len);
        Some(start..start + length)
    }

    /// How many characters begin between two byte offsets.
    pub fn characters_between(&self, start: usize, end: usize) -> usize {
        self.counts_between(start, end).characters
    }

    /// How many units of UTF-16 the text between two byte offsets has.
    pub fn utf16_between(&self, start: usize, end: usize) -> usize {
        let counts = self.counts_between(start, end);
        counts.characters + counts.wide
    }

    fn counts_between(&self, start: usize, end: usize) -> Counts {
        let count = |start: usize, end: usize| self.text.as_bytes().get(start..end).map(Counts::of).unwrap_or_default();
        if end.saturating_sub(start) <= STRIDE {
            return count(start, end);
        }
        let before = self.counts.get_or_init(|| {
            let strides = self.text.as_bytes().chunks(STRIDE);
            let sums = strides.scan(Counts::default(), |sum, stride| {
                let before = *sum;
                *sum = sum.plus(Counts::of(stride));
                Some(before)
            });
            sums.collect()
        });
        let up_to = |offset: usize| {
            // An offset at the end of the text has no stride of its own if the text ends with a whole one.
            let stride = (offset / STRIDE).min(before.len().saturating_sub(1));
            before.get(stride).copied().unwrap_or_default().plus(count(stride * STRIDE, offset))
        };
        let (before, all) = (up_to(start), up_to(end));
        Counts { characters: all.characters - before.characters, wide: all.wide - before.wide }
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| std::iter::once(0).chain(line_starts(&self.text)).collect())
    }
}

/// Where the lines of a text start, all but the first. A line ends where the grammar ends it, which is where editors do:
/// at a line feed, at a carriage return, or at both together.
pub(crate) fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    // Nearly all texts have no carriage return, and one character is found faster than two.
    let has_returns = text.contains('\r');
    let feeds = (!has_returns).then(|| text.match_indices('\n').map(|(at, _)| at + 1));
    let is_end = |at: usize| text.as_bytes().get(at) == Some(&b'\n') || text.as_bytes().get(at + 1) != Some(&b'\n');
    let ends = has_returns.then(|| text.match_indices(['\n', '\r']).map(|(at, _)| at).filter(move |at| is_end(*at)));
    feeds.into_iter().flatten().chain(ends.into_iter().flatten().map(|at| at + 1))
}

impl Counts {
    /// What begins in these bytes of UTF-8.
    fn of(bytes: &[u8]) -> Counts {
        let is_continuation = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
        Counts {
            characters: bytes.iter().filter(|byte| !is_continuation(**byte)).count(),
            wide: bytes.iter().filter(|byte| **byte >= 0b1111_0000).count(),
        }
    }

    fn plus(self, other: Counts) -> Counts {
        Counts { characters: self.characters + other.characters, wide: self.wide + other.wide }
    }
}

/// All files of one run. Spans are only meaningful together with the map they were made for.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    /// The first file of each path.
    by_path: BTreeMap<String, FileId>,
}

impl SourceMap {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: impl Into<String>, text: String, origin: Origin) -> FileId {
        let id = FileId { index: u32::try_from(self.files.len()).unwrap_or(u32::MAX), instance: 0 };
        let path = path.into();
        self.by_path.entry(path.clone()).or_insert(id);
        self.files.push(SourceFile {
            path,
            text,
            origin,
            revision: 0,
            line_starts: OnceLock::new(),
            counts: OnceLock::new(),
        });
        id
    }

    /// Adds a file, or gives the one of its path another text under the same id.
    pub fn set(&mut self, path: &str, text: String, origin: Origin) -> FileId {
        let Some(id) = self.find(path) else { return self.add(path, text, origin) };
        self.replace(id, text);
        id
    }

    /// Gives a file another text. Spans into the text before, which is returned, mean nothing any more. None if it is the
    /// same.
    pub fn replace(&mut self, id: FileId, text: String) -> Option<String> {
        let file = self.files.get_mut(id.index as usize).filter(|file| file.text != text)?;
        file.revision += 1;
        file.line_starts = OnceLock::new();
        file.counts = OnceLock::new();
        Some(std::mem::replace(&mut file.text, text))
    }

    /// The file of a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// The file of an id that this map gave out.
    ///
    /// # Panics
    /// If the id comes from another map.
    #[expect(clippy::indexing_slicing, reason = "ids are made by `add` only, and files are never removed")]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index as usize]
    }

    /// The text that a span covers; empty if the span does not lie in its file.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// The line and column where a span starts.
    pub fn line_column(&self, span: Span) -> LineColumn {
        self.file(span.file).line_column(span.start as usize)
    }

    /// All files with their ids, in the order of their adding.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(|index| FileId { index, instance: 0 }).zip(&self.files)
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, STRIDE, SourceMap};

    #[test]
    fn columns_of_long_lines_count_characters() {
        let mut sources = SourceMap::default();
        let line = "aé🚀".repeat(STRIDE);
        let text = format!("first\n{line}");
        let id = sources.add("a.arch", text.clone(), Origin::Workspace);
        let file = sources.file(id);
        let counted = |at: usize| text.get("first\n".len()..at).unwrap().chars().count() + 1;
        let near = |at: usize| at.saturating_sub(9).max(6)..=(at + 9).min(text.len());
        let places = [6, STRIDE, STRIDE * 2, STRIDE * 3 + 6, text.len()].into_iter().flat_map(near);
        for at in places.filter(|at| text.is_char_boundary(*at)) {
            let place = file.line_column(at);
            assert_eq!((place.line, place.column), (2, counted(at)), "at {at}");
            let units = text.get("first\n".len()..at).unwrap().encode_utf16().count();
            assert_eq!(file.utf16_between("first\n".len(), at), units, "at {at}");
        }
    }

    #[test]
    fn lines_end_as_the_grammar_ends_them() {
        let mut sources = SourceMap::default();
        let id = sources.add("a.arch", "a\rb\r\nc\n\rd".to_owned(), Origin::Workspace);
        let file = sources.file(id);
        let lines: Vec<&str> =
            (1..).map_while(|line| file.line_range(line)).map(|it| file.text().get(it).unwrap()).collect();
        assert_eq!(lines, ["a", "b", "c", "", "d"]);
        assert_eq!([0, 1, 2, 4, 5, 7, 8].map(|at| file.line_at(at).0), [0, 0, 1, 1, 2, 3, 4]);
    }
}
