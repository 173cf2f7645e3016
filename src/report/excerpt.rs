//! The few lines of a file that a report shows: lines far from all labels are left out, long ones are clipped, and what
//! would act on a terminal is made visible.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::source::{LineColumn, SourceFile};

/// A label over more lines than this one is shown at its first line.
const MAX_LABEL_LINES: usize = 8;

/// A line of more bytes than this is clipped.
const MAX_LINE: usize = 240;

/// How much of a clipped line is shown before and after the start of a label, in bytes.
const AROUND: (usize, usize) = (60, 120);

/// A word of a message with more characters than this one is clipped.
const MAX_WORD: usize = 120;

/// Where something was left out.
const ELLIPSIS: char = '…';

/// Lines of a file, as a text of its own that miette reads as if it were the whole file.
#[derive(Debug)]
pub(super) struct Excerpt {
    path: String,
    text: String,
    blocks: Vec<Block>,
    /// Of each label: where it starts in `text`, and where that is in the file.
    places: Vec<(usize, LineColumn)>,
}

/// Consecutive lines.
#[derive(Debug)]
struct Block {
    /// Where they stand in [`Excerpt::text`].
    range: Range<usize>,
    /// Their numbers in the file, from 1.
    lines: Range<usize>,
}

impl Excerpt {
    /// The lines around the labels, with one line more on either side, and the labels' places in them.
    pub(super) fn new(file: &SourceFile, path: String, labels: &[Range<usize>]) -> (Excerpt, Vec<Range<usize>>) {
        let labels: Vec<_> = labels.iter().map(|label| shorten(file, label)).collect();
        let mut writer = Writer { text: String::new(), offsets: Vec::new() };
        let mut blocks = Vec::new();
        for lines in blocks_of(file, &labels) {
            let start = writer.text.len();
            for range in lines.clone().filter_map(|line| file.line_range(line)) {
                // Behind the break that ends a file there is nothing to see.
                let is_end = range.start == file.text().len() && range.start > 0;
                if !is_end || labels.iter().any(|label| label.start == range.start) {
                    writer.line(file.text(), range, &labels);
                }
            }
            blocks.push(Block { range: start..writer.text.len(), lines });
        }
        let shown: Vec<_> = labels.iter().map(|label| writer.offset(label.start)..writer.offset(label.end)).collect();
        let places = labels.iter().zip(&shown);
        let places = places.map(|(label, shown)| (shown.start, file.line_column(label.start))).collect();
        (Excerpt { path, text: writer.text, blocks, places }, shown)
    }
}

/// The label within its file, and on few lines.
fn shorten(file: &SourceFile, label: &Range<usize>) -> Range<usize> {
    let text = file.text();
    let start = text.floor_char_boundary(label.start.min(text.len()));
    let end = text.ceil_char_boundary(label.end.clamp(start, text.len()));
    let first = file.line_column(start).line;
    match file.line_range(first + MAX_LABEL_LINES) {
        Some(last) if last.start < end => start..file.line_range(first).map_or(end, |line| line.end.max(start)),
        _ => start..end,
    }
}

/// The numbers of the lines to show, as ranges that do not touch.
fn blocks_of(file: &SourceFile, labels: &[Range<usize>]) -> Vec<Range<usize>> {
    let lines = |label: &Range<usize>| {
        let first = file.line_column(label.start).line;
        let last = file.line_column(label.end.saturating_sub(1).max(label.start)).line;
        first.saturating_sub(1).max(1)..last + 2
    };
    let mut ranges: Vec<_> = labels.iter().map(lines).collect();
    ranges.sort_by_key(|range| range.start);
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match blocks.last_mut() {
            Some(block) if range.start <= block.end => block.end = block.end.max(range.end),
            _ => blocks.push(range),
        }
    }
    blocks
}

/// Writes the text, and remembers where each character of the file went.
struct Writer {
    text: String,
    /// Offsets in the file and in `text`, both growing.
    offsets: Vec<(usize, usize)>,
}

impl Writer {
    fn line(&mut self, text: &str, line: Range<usize>, labels: &[Range<usize>]) {
        let mut end = line.start;
        for part in parts(text, &line, labels) {
            self.leave_out(end..part.start);
            let chars = text.get(part.clone()).unwrap_or_default().char_indices();
            for (at, char) in chars {
                self.push(part.start + at, visible_char(char));
            }
            end = part.end;
        }
        self.leave_out(end..line.end);
        self.push(line.end, '\n');
    }

    fn leave_out(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.push(range.start, ELLIPSIS);
        }
    }

    fn push(&mut self, from: usize, char: char) {
        self.offsets.push((from, self.text.len()));
        self.text.push(char);
    }

    /// Where an offset of the file went; what was left out went to the ellipsis.
    fn offset(&self, from: usize) -> usize {
        let after = self.offsets.partition_point(|(offset, _)| *offset <= from);
        let nearest = after.checked_sub(1).and_then(|at| self.offsets.get(at));
        nearest.map_or(0, |(_, to)| *to)
    }
}

/// What is shown of a line: all of a short one; of a long one the surroundings of each label, or else its beginning.
fn parts(text: &str, line: &Range<usize>, labels: &[Range<usize>]) -> Vec<Range<usize>> {
    if line.len() <= MAX_LINE {
        return std::iter::once(line.clone()).collect();
    }
    let around = |at: usize| {
        let start = text.floor_char_boundary(at.saturating_sub(AROUND.0));
        let end = text.ceil_char_boundary(at.saturating_add(AROUND.1).min(text.len()));
        start.max(line.start)..end.min(line.end)
    };
    let inside = labels.iter().map(|label| label.start).filter(|start| line.contains(start) || *start == line.end);
    let mut wanted: Vec<_> = inside.map(around).collect();
    if wanted.is_empty() {
        wanted.push(around(line.start));
    }
    wanted.sort_by_key(|part| part.start);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in wanted {
        match parts.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => parts.push(part),
        }
    }
    parts
}

/// A character of a source as a terminal may show it: control characters and those that turn the direction of writing
/// are replaced by pictures of themselves or by `U+FFFD`.
pub(crate) fn visible_char(char: char) -> char {
    match char {
        '\t' => char,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(char)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => char,
    }
}

/// A text of a finding, which may repeat what stands in a source, as a terminal may show it, with long words clipped.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut length = 0;
    for char in text.chars() {
        length = if char.is_whitespace() || char == '`' { 0 } else { length + 1 };
        match length {
            0..MAX_WORD => shown.push(if char == '\n' { char } else { visible_char(char) }),
            MAX_WORD => shown.push(ELLIPSIS),
            _ => {}
        }
    }
    shown
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let block = self.blocks.iter().find(|block| block.range.contains(&start));
        let block = block.filter(|block| end <= block.range.end).ok_or(MietteError::OutOfBounds)?;
        // Without context miette asks where the label is, with context for the lines to draw.
        let place = self.places.iter().find(|(offset, _)| *offset == start);
        let (range, line, column) = match place {
            Some((_, at)) if lines_before == 0 && lines_after == 0 => (start..end, at.line - 1, at.column - 1),
            _ => (block.range.clone(), block.lines.start - 1, 0),
        };
        let data = self.text.get(range.clone()).ok_or(MietteError::OutOfBounds)?;
        let contents = MietteSpanContents::new_named(
            self.path.clone(),
            data.as_bytes(),
            range.into(),
            line,
            column,
            block.lines.len(),
        );
        Ok(Box::new(contents))
    }
}
