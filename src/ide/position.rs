//! What stands at a cursor, in a text that is being typed: which blocks are open, what the statement begins with, and which
//! word is meant to be replaced.
//!
//! It is read from the text and not from its tree: half a statement has none, and while somebody types there always is one.

mod lexer;
mod scan;

use std::ops::Range;

pub(super) use lexer::{Lexeme, Sort};
pub(super) use scan::Block;
use scan::{Scanner, Stop};

/// What sort of text a cursor is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// Statements.
    Code,
    /// A comment.
    Comment,
    /// A text in quotes.
    Text,
    /// Documentation.
    Doc,
}

/// A place in a text.
#[derive(Clone, Debug)]
pub(super) struct Position<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// The cursor.
    pub(super) cursor: usize,
    /// What sort of text it is in.
    pub(super) inside: Inside,
    /// The blocks that are open, the outermost first.
    pub(super) blocks: Vec<Block>,
    /// What stands before the word in its statement. Attributes are statements of their own.
    pub(super) before: Vec<Lexeme>,
    /// The word at the cursor; empty if there is none.
    pub(super) word: Range<usize>,
    /// The names of what the innermost block sets, before and after the cursor.
    pub(super) keys: Vec<&'t str>,
}

/// Brackets that are open at the cursor.
#[derive(Clone, Debug)]
pub(super) struct Brackets<'p> {
    /// What is called; none of a list, and of an expression in parentheses.
    pub(super) callee: Option<&'p str>,
    /// Whether they are those of a list.
    pub(super) is_list: bool,
    /// The arguments before the one at the cursor.
    pub(super) earlier: Vec<&'p [Lexeme]>,
    /// What stands before the word in the argument at the cursor.
    pub(super) current: &'p [Lexeme],
}

impl<'t> Position<'t> {
    /// What stands at an offset.
    pub(super) fn at(text: &'t str, cursor: usize) -> Position<'t> {
        let cursor = text.floor_char_boundary(cursor);
        let mut scanner = Scanner::new(text, cursor);
        let (inside, word) = match scanner.run() {
            Stop::Between => (Inside::Code, cursor..cursor),
            Stop::Word(range) => (Inside::Code, range),
            Stop::Comment => (Inside::Comment, cursor..cursor),
            Stop::Text(range) => (Inside::Text, range),
            Stop::Doc => (Inside::Doc, cursor..cursor),
        };
        let (blocks, before) = (scanner.blocks.clone(), scanner.statement.clone());
        let keys = scanner.keys().into_iter().filter_map(|key| text.get(key)).collect();
        let mut position = Position { text, cursor, inside, blocks, before, word, keys };
        position.drop_attribute();
        position
    }

    /// An attribute that is complete is no part of what follows it.
    fn drop_attribute(&mut self) {
        let is_attribute = self.before.first().is_some_and(|first| self.is(first, "@"));
        let last = self.before.last().filter(|_| is_attribute && self.before.len() > 1);
        let is_complete = last.is_some_and(|last| last.range.end < self.word.start && self.brackets().is_empty());
        if is_complete || (last.is_some_and(|last| self.is(last, ")")) && self.brackets().is_empty()) {
            self.before.clear();
        }
    }

    /// The text of a lexeme.
    pub(super) fn text_of(&self, lexeme: &Lexeme) -> &'t str {
        self.text.get(lexeme.range.clone()).unwrap_or_default()
    }

    /// Whether a lexeme is a word or a sign.
    pub(super) fn is(&self, lexeme: &Lexeme, word: &str) -> bool {
        self.text_of(lexeme) == word
    }

    /// The word up to the cursor.
    pub(super) fn typed(&self) -> &'t str {
        self.text.get(self.word.start..self.cursor).unwrap_or_default()
    }

    /// A part of the text.
    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// What follows the word on its line.
    pub(super) fn rest_of_line(&self) -> &'t str {
        let rest = self.text.get(self.word.end..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }

    /// What comes before the word.
    pub(super) fn text_before(&self) -> &'t str {
        self.text.get(..self.word.start).unwrap_or_default()
    }

    /// What comes after the cursor.
    pub(super) fn text_after(&self) -> &'t str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// The brackets that are open in the statement, the outermost first.
    pub(super) fn brackets(&self) -> Vec<Brackets<'_>> {
        let mut open: Vec<(Brackets<'_>, usize)> = Vec::new();
        for (at, lexeme) in self.before.iter().enumerate() {
            match self.text_of(lexeme) {
                sign @ ("(" | "[") => {
                    let before = at.checked_sub(1).and_then(|at| self.before.get(at));
                    let callee = before.filter(|it| sign == "(" && it.sort == Sort::Name);
                    let callee = callee.map(|callee| self.text_of(callee));
                    open.push((Brackets { callee, is_list: sign == "[", earlier: Vec::new(), current: &[] }, at + 1));
                }
                ")" | "]" => drop(open.pop()),
                "," => {
                    if let Some((brackets, start)) = open.last_mut() {
                        brackets.earlier.push(self.before.get(*start..at).unwrap_or_default());
                        *start = at + 1;
                    }
                }
                _ => {}
            }
        }
        // The inner ones are a part of what the outer ones hold.
        let current = |start: usize| self.before.get(start..).unwrap_or_default();
        open.into_iter().map(|(brackets, start)| Brackets { current: current(start), ..brackets }).collect()
    }
}
