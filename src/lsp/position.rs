//! Positions of the protocol: lines from 0, and columns in the units that client and server have agreed on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::source::{SourceFile, Span, line_starts};

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, which every client understands.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The best one that a client offers: bytes need no counting.
    pub(super) fn best_of(offered: &[PositionEncodingKind]) -> Encoding {
        let offers = |kind: &PositionEncodingKind| offered.contains(kind);
        if offers(&PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offers(&PositionEncodingKind::UTF32) && !offers(&PositionEncodingKind::UTF16) {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The position of a byte offset of a file.
    pub(super) fn position(self, file: &SourceFile, offset: usize) -> Position {
        let (line, start) = file.line_at(offset);
        let units = self.units_between(file, start, file.text().floor_char_boundary(offset));
        let from = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: from(line), character: from(units) }
    }

    /// How many units stand between two places of a file. However long its lines are, this takes no longer.
    fn units_between(self, file: &SourceFile, start: usize, end: usize) -> usize {
        match self {
            Encoding::Utf8 => end.saturating_sub(start),
            Encoding::Utf16 => file.utf16_between(start, end),
            Encoding::Utf32 => file.characters_between(start, end),
        }
    }

    /// The range of a span of a file.
    pub(super) fn range(self, file: &SourceFile, span: Span) -> Range {
        let range = span.range();
        Range { start: self.position(file, range.start), end: self.position(file, range.end) }
    }

    /// The byte offset of a position; past the end of a line that is its end, and past the last line the end of the text.
    pub(super) fn offset(self, file: &SourceFile, position: Position) -> usize {
        let Some(line) = file.line_range(position.line as usize + 1) else { return file.text().len() };
        let wanted = position.character as usize;
        // The last place that is not behind the wanted one, by halves.
        let (mut start, mut end) = (line.start, line.end);
        while start < end {
            let middle = start + (end - start).div_ceil(2);
            let units = self.units_between(file, line.start, file.text().floor_char_boundary(middle));
            if units <= wanted { start = middle } else { end = middle - 1 }
        }
        file.text().floor_char_boundary(start)
    }

    /// The position of a byte offset in a text of which nothing else is known.
    pub(super) fn position_in(self, text: &str, offset: usize) -> Position {
        let before = text.get(..text.floor_char_boundary(offset)).unwrap_or_default();
        let (line, start) = line_starts(before).enumerate().last().map_or((0, 0), |(line, start)| (line + 1, start));
        let rest = before.get(start..).unwrap_or_default();
        let units: usize = match self {
            Encoding::Utf8 => rest.len(),
            Encoding::Utf16 => rest.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => rest.chars().count(),
        };
        let from = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: from(line), character: from(units) }
    }

    /// The byte offset of a position in such a text.
    pub(super) fn offset_in(self, text: &str, position: Position) -> usize {
        let start = match (position.line as usize).checked_sub(1) {
            Some(before) => line_starts(text).nth(before),
            None => Some(0),
        };
        let Some(start) = start else { return text.len() };
        let line = text.get(start..).and_then(|rest| rest.split(['\n', '\r']).next()).unwrap_or_default();
        let mut left = position.character as usize;
        let within = line.chars().take_while(|character| {
            let units = match self {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
                Encoding::Utf32 => 1,
            };
            let fits = units <= left;
            left = left.saturating_sub(units);
            fits
        });
        start + within.map(char::len_utf8).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding;
    use crate::source::{Origin, SourceMap};
    use gen_lsp_types::Position;

    #[test]
    fn every_place_is_found_again() {
        let mut sources = SourceMap::default();
        let id = sources.add("a.arch", "aé🚀x\r\n\n  ü\nlone\rend".to_owned(), Origin::Workspace);
        let file = sources.file(id);
        let places = (0..=file.text().len()).filter(|at| file.text().is_char_boundary(*at));
        for at in places.filter(|at| file.text().as_bytes().get(*at) != Some(&b'\n') || *at == 0) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = encoding.position(file, at);
                let back = encoding.offset(file, position);
                assert_eq!(encoding.offset_in(file.text(), position), back);
                assert_eq!(encoding.position_in(file.text(), back), position);
                assert!(back == at || file.text()[back..at] == *"\r", "{at} as {encoding:?} is {position:?}");
                assert_eq!(encoding.offset_in(file.text(), position), back, "{position:?}");
            }
        }
        let columns = |encoding: Encoding| encoding.position(file, 7).character;
        assert_eq!([Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].map(columns), [7, 4, 3]);
    }

    #[test]
    fn places_outside_are_the_nearest_inside() {
        let mut sources = SourceMap::default();
        let id = sources.add("a.arch", "🚀\nend".to_owned(), Origin::Workspace);
        let offset = |line, character| Encoding::Utf16.offset(sources.file(id), Position { line, character });
        assert_eq!([offset(0, 1), offset(0, 9), offset(7, 0), offset(1, 99)], [0, 4, 8, 8]);
    }
}
