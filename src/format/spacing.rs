//! Where a blank stands between two words of a line.

use super::pieces::Pieces;
use crate::syntax::ast::Keyword;
use crate::syntax::tokens::TokenKind;

impl Pieces<'_> {
    /// Whether a blank stands before a piece that goes on with a line.
    pub(super) fn blank_before(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return false };
        let sticks_to_what_is_before = [",", ")", "]", ":"].iter().any(|sign| self.is_sign(index, sign));
        let sticks_to_what_follows = self.opens(before) || self.is_sign_of_number(before);
        let sticks = sticks_to_what_is_before || sticks_to_what_follows || self.begins_arguments(index);
        !(sticks || self.opens_section_with_keyword(index))
    }

    /// Whether a brace follows right upon a keyword: `service{` is a section named `service`, `service {` lacks its name.
    fn opens_section_with_keyword(&self, index: usize) -> bool {
        let Some(name) = index.checked_sub(1).filter(|name| self.is(*name, TokenKind::Name)) else { return false };
        let ends = self.get(name).map(|name| name.range.end);
        let starts = self.get(index).map(|brace| brace.range.start);
        self.is_sign(index, "{") && starts == ends && Keyword::of(self.word(name)).is_some()
    }

    /// Whether a piece opens arguments, parameters or the list of an attribute, and no group of an expression.
    pub(super) fn begins_arguments(&self, index: usize) -> bool {
        let after_name = |before| self.is(before, TokenKind::Name) || self.is(before, TokenKind::Attribute);
        self.is_sign(index, "(") && index.checked_sub(1).is_some_and(after_name)
    }

    /// Whether a piece opens a list or a parenthesis.
    pub(super) fn opens(&self, index: usize) -> bool {
        self.is_sign(index, "(") || self.is_sign(index, "[")
    }

    /// Whether a piece closes a block, a list or a parenthesis.
    pub(super) fn closes(&self, index: usize) -> bool {
        ["}", ")", "]"].iter().any(|sign| self.is_sign(index, sign))
    }

    /// Whether a piece is the minus of a negative value, and none between two values.
    fn is_sign_of_number(&self, index: usize) -> bool {
        if !self.is_sign(index, "-") {
            return false;
        }
        let mut pieces_before = (0..index).rev();
        let Some(before) = pieces_before.find(|before| !self.is(*before, TokenKind::Comment)) else { return true };
        let after_name_of_limit =
            self.is(before, TokenKind::Text) && before.checked_sub(1).is_some_and(|word| self.is_word(word, "limit"));
        after_name_of_limit
            || self.opens(before)
            || self.is(before, TokenKind::Operator)
            || self.is_sign(before, ",")
            || self.is_sign(before, "=")
    }

    /// Whether a piece is a word of the grammar.
    pub(super) fn is_word(&self, index: usize, word: &str) -> bool {
        self.is(index, TokenKind::Keyword) && self.word(index) == word
    }
}
