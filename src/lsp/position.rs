//! Positions of the protocol: lines from 0, and columns in the units that client and server have agreed on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::source::{SourceFile, Span};

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

    /// How long a text is in units.
    pub(super) fn length(self, text: &str) -> u32 {
        let length = match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => text.chars().count(),
        };
        u32::try_from(length).unwrap_or(u32::MAX)
    }

    /// The position of a byte offset of a file.
    pub(super) fn position(self, file: &SourceFile, offset: usize) -> Position {
        let (line, start) = file.line_at(offset);
        let before = file.text().get(start..file.text().floor_char_boundary(offset)).unwrap_or_default();
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), character: self.length(before) }
    }

    /// The range of a span of a file.
    pub(super) fn range(self, file: &SourceFile, span: Span) -> Range {
        let range = span.range();
        Range { start: self.position(file, range.start), end: self.position(file, range.end) }
    }

    /// The byte offset of a position; past the end of a line that is its end, and past the last line the end of the text.
    pub(super) fn offset(self, file: &SourceFile, position: Position) -> usize {
        let Some(line) = file.line_range(position.line as usize + 1) else { return file.text().len() };
        self.advance(file.text(), line.start, position.character)
    }

    /// The same in a text of which nothing else is known.
    pub(super) fn offset_in(self, text: &str, position: Position) -> usize {
        let start = match (position.line as usize).checked_sub(1) {
            Some(before) => text.match_indices('\n').nth(before).map(|(at, _)| at + 1),
            None => Some(0),
        };
        start.map_or(text.len(), |start| self.advance(text, start, position.character))
    }

    /// Goes so many units on from the start of a line, and no further than to its end.
    fn advance(self, text: &str, start: usize, units: u32) -> usize {
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut left = units;
        let mut at = start;
        for character in line.chars() {
            let mut buffer = [0; 4];
            let units = self.length(character.encode_utf8(&mut buffer));
            if units > left {
                break;
            }
            left -= units;
            at += character.len_utf8();
        }
        at
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
        let id = sources.add("a.arch", "aé🚀x\r\n\n  ü\nend".to_owned(), Origin::Workspace);
        let file = sources.file(id);
        let places = (0..=file.text().len()).filter(|at| file.text().is_char_boundary(*at));
        for at in places.filter(|at| file.text().as_bytes().get(*at) != Some(&b'\n') || *at == 0) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = encoding.position(file, at);
                let back = encoding.offset(file, position);
                assert_eq!(encoding.offset_in(file.text(), position), back);
                assert!(back == at || file.text()[back..at] == *"\r", "{at} as {encoding:?} is {position:?}");
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
