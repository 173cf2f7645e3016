//! The tokens that stay: all but white space, each with the lines it stands on.

use std::ops::Range;

use crate::syntax::tokens::{Token, TokenKind, tokens};

/// A token, and the lines of its first and its last byte, from 0.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
    pub(super) line: usize,
    pub(super) last_line: usize,
}

/// The tokens of a text, without its white space.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    pub(super) text: &'t str,
    all: Vec<Piece>,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str) -> Pieces<'t> {
        let mut pieces = Pieces { text, all: Vec::new() };
        let mut line = 0;
        for token in tokens(text) {
            let last_line = line + line_breaks(pieces.slice(&token.range));
            let is_space = matches!(token.kind, TokenKind::Whitespace | TokenKind::LineBreak | TokenKind::BlankLine);
            if pieces.is_odd_blank(&token) {
                pieces.all.push(Piece { kind: TokenKind::Error, range: token.range, line, last_line });
            } else if !is_space {
                pieces.all.push(Piece { kind: token.kind, range: token.range, line, last_line });
            }
            line = last_line;
        }
        pieces
    }

    /// Whether white space is of the kinds that are mistakes, and not the mark at the start of a file.
    fn is_odd_blank(&self, token: &Token) -> bool {
        let blanks = self.slice(&token.range);
        let blanks = if token.range.start == 0 { blanks.trim_start_matches('\u{FEFF}') } else { blanks };
        token.kind == TokenKind::Whitespace && blanks.contains(|c| !matches!(c, ' ' | '\t'))
    }

    pub(super) fn get(&self, index: usize) -> Option<&Piece> {
        self.all.get(index)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Piece> {
        self.all.iter()
    }

    /// The index of the first piece at or after a byte offset.
    pub(super) fn index_at(&self, offset: usize) -> usize {
        self.all.partition_point(|piece| piece.range.start < offset)
    }

    /// The words of a piece; nothing if there is none.
    pub(super) fn word(&self, index: usize) -> &'t str {
        self.get(index).map_or("", |piece| self.slice(&piece.range))
    }

    pub(super) fn is(&self, index: usize, kind: TokenKind) -> bool {
        self.get(index).is_some_and(|piece| piece.kind == kind)
    }

    /// Whether a piece is a sign or an operator of this form; a text or a comment never is.
    pub(super) fn is_sign(&self, index: usize, sign: &str) -> bool {
        let is_sign = |piece: &Piece| matches!(piece.kind, TokenKind::Punctuation | TokenKind::Operator);
        self.get(index).is_some_and(is_sign) && self.word(index) == sign
    }

    /// How many line breaks stand before a piece. The first piece of a file stands at the beginning of a line.
    pub(super) fn breaks_before(&self, index: usize) -> usize {
        let before = index.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |before| before.last_line);
        self.get(index).map_or(0, |piece| piece.line.saturating_sub(before))
    }

    /// Whether a run of pieces stands on one line.
    pub(super) fn on_one_line(&self, range: Range<usize>) -> bool {
        let last = range.end.checked_sub(1).and_then(|last| self.get(last));
        self.get(range.start).zip(last).is_some_and(|(first, last)| first.line == last.last_line)
    }

    /// The index of the bracket that closes the one at `open`.
    pub(super) fn closing(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (index, piece) in self.all.iter().enumerate().skip(open) {
            if piece.kind != TokenKind::Punctuation {
                continue;
            }
            match self.slice(&piece.range) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return index;
            }
        }
        self.all.len()
    }

    pub(super) fn slice(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The whole lines that a stretch of text touches, without the last line's break.
    pub(super) fn lines(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.text.get(..range.start).unwrap_or_default();
        let after = self.text.get(range.end..).unwrap_or_default();
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = after.find(['\n', '\r']).map_or(self.text.len(), |at| range.end + at);
        start..end
    }
}

/// The number of line breaks as the grammar counts them: `\n`, `\r\n` and `\r` are one each.
fn line_breaks(text: &str) -> usize {
    let feeds = text.matches('\n').count();
    let returns = text.matches('\r').count();
    if returns == 0 { feeds } else { feeds + returns - text.matches("\r\n").count() }
}
