//! From the start of a text to a cursor: which blocks are open there, and what the statement at the cursor begins with.
//!
//! It takes the same liberties as the grammar: a list goes on over a comma, an arrow may begin a line, a brace may stand on
//! a line of its own, and a declaration of the top closes everything.

use std::ops::Range;

use super::lexer::{self, Lexeme, Sort};

/// Words that go on with a list, and do not begin a statement.
const CONTINUE: [&str; 6] = ["via", "only", "never", "retired", "through", "follows"];

/// A block that is open.
#[derive(Clone, Debug, Default)]
pub(in crate::ide) struct Block {
    /// What stands before its brace.
    pub(in crate::ide) head: Vec<Lexeme>,
    /// The names of the properties and sections directly in it.
    pub(in crate::ide) keys: Vec<Range<usize>>,
    /// The first word of the block that was closed last in it, if nothing has come after that.
    pub(in crate::ide) last: Option<Range<usize>>,
}

/// Where a cursor stands in a text.
pub(super) enum Stop {
    /// Between words.
    Between,
    /// At a word.
    Word(Range<usize>),
    /// In a comment.
    Comment,
    /// In a text.
    Text(Range<usize>),
    /// In documentation.
    Doc,
}

pub(super) struct Scanner<'t> {
    text: &'t str,
    cursor: usize,
    /// Up to where the text has been read.
    at: usize,
    pub(super) blocks: Vec<Block>,
    /// The lexemes of the statement that has begun.
    pub(super) statement: Vec<Lexeme>,
    /// The statement that ended with its line.
    previous: Vec<Lexeme>,
    /// How many brackets are open in the statement.
    depth: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, cursor: usize) -> Scanner<'t> {
        Scanner { text, cursor, at: 0, blocks: Vec::new(), statement: Vec::new(), previous: Vec::new(), depth: 0 }
    }

    /// Reads up to the cursor.
    pub(super) fn run(&mut self) -> Stop {
        if lexer::is_top(self.text) {
            self.previous.clear();
        }
        while let Some(lexeme) = lexer::next(self.text, self.at, self.cursor) {
            if lexeme.range.start >= self.cursor {
                return Stop::Between;
            }
            if lexeme.range.end >= self.cursor {
                let is_at_end = lexeme.range.end == self.cursor;
                match lexeme.sort {
                    Sort::Name | Sort::Number | Sort::Date => return Stop::Word(lexeme.range),
                    Sort::Doc => return Stop::Doc,
                    Sort::Comment => return Stop::Comment,
                    Sort::OpenText => return Stop::Text(self.content(&lexeme, 0)),
                    Sort::BlockComment if !is_at_end => return Stop::Comment,
                    Sort::Text if !is_at_end => return Stop::Text(self.content(&lexeme, 1)),
                    _ if !is_at_end => return Stop::Between,
                    _ => {}
                }
            }
            self.take(lexeme);
        }
        Stop::Between
    }

    /// What stands in a text, which lacks its closing quotes or has some; nothing of one of several lines.
    fn content(&self, text: &Lexeme, closing: usize) -> Range<usize> {
        let range = text.range.start + 1..(text.range.end - closing).max(text.range.start + 1);
        let written = self.text.get(range.clone()).unwrap_or_default();
        if written.contains('\n') || written.starts_with('"') { self.cursor..self.cursor } else { range }
    }

    /// Reads on to the end of the innermost block, and gives the names of what is set in it, but for what the cursor is at.
    pub(super) fn keys(mut self) -> Vec<Range<usize>> {
        let around = self.blocks.len();
        if around == 0 {
            return Vec::new();
        }
        while let Some(lexeme) = lexer::next(self.text, self.at, self.cursor) {
            let closes = self.blocks.len() == around && self.is(&lexeme, "}");
            if closes || (lexeme.sort == Sort::LineBreak && self.is_top_after(&lexeme)) {
                break;
            }
            self.take(lexeme);
        }
        self.blocks.truncate(around);
        if self.blocks.len() == around {
            self.end_statement();
        }
        let keys = self.blocks.pop().map(|block| block.keys).unwrap_or_default();
        keys.into_iter().filter(|key| self.cursor < key.start || key.end < self.cursor).collect()
    }

    fn take(&mut self, lexeme: Lexeme) {
        self.at = lexeme.range.end;
        match lexeme.sort {
            Sort::Comment | Sort::BlockComment | Sort::Doc => {}
            Sort::LineBreak => self.line_break(&lexeme),
            Sort::Sign => self.sign(lexeme),
            Sort::Arrow => {
                if self.statement.is_empty() && !self.previous.is_empty() {
                    self.statement = std::mem::take(&mut self.previous);
                }
                self.push(lexeme);
            }
            _ => self.push(lexeme),
        }
    }

    fn line_break(&mut self, lexeme: &Lexeme) {
        if self.is_top_after(lexeme) {
            self.end_statement();
            self.blocks.clear();
            self.previous.clear();
        } else if self.depth == 0 || self.leaves_brackets() {
            self.end_statement();
        }
    }

    fn sign(&mut self, lexeme: Lexeme) {
        match self.text.get(lexeme.range.clone()).unwrap_or_default() {
            "{" => self.open(),
            "}" => self.close(),
            ";" => self.end_statement(),
            "," if self.depth == 0 && !self.goes_on_with_list() => self.end_statement(),
            "(" | "[" => {
                self.push(lexeme);
                self.depth += 1;
            }
            ")" | "]" => {
                self.push(lexeme);
                self.depth = self.depth.saturating_sub(1);
            }
            _ => self.push(lexeme),
        }
    }

    fn push(&mut self, lexeme: Lexeme) {
        let is_attribute = self.statement.first().is_some_and(|first| self.is(first, "@"));
        if is_attribute && self.depth == 0 && self.statement.len() > 1 && !self.is(&lexeme, "(") {
            self.statement.clear();
        }
        self.split(&lexeme);
        self.statement.push(lexeme);
    }

    /// A name after a comma begins the next statement if what follows it shows that.
    fn split(&mut self, next: &Lexeme) {
        let [.., comma, name] = self.statement.as_slice() else { return };
        if self.depth > 0 || name.sort != Sort::Name || !self.is(comma, ",") {
            return;
        }
        let word = self.text.get(next.range.clone()).unwrap_or_default();
        if word == "=" || (next.sort == Sort::Name && !CONTINUE.contains(&word)) {
            let name = name.clone();
            self.statement.clear();
            self.statement.push(name);
        }
    }

    fn open(&mut self) {
        if self.statement.is_empty() {
            self.statement = std::mem::take(&mut self.previous);
        }
        if let ([name], Some(block)) = (self.statement.as_slice(), self.blocks.last_mut()) {
            block.keys.push(name.range.clone());
        }
        let head = std::mem::take(&mut self.statement);
        self.blocks.push(Block { head, ..Block::default() });
        self.depth = 0;
    }

    fn close(&mut self) {
        self.end_statement();
        self.previous.clear();
        if let Some(block) = self.blocks.pop()
            && let Some(around) = self.blocks.last_mut()
        {
            around.last = block.head.first().map(|first| first.range.clone());
        }
    }

    fn end_statement(&mut self) {
        self.depth = 0;
        let Some(first) = self.statement.first() else { return };
        let is_attribute = self.is(first, "@");
        let is_key = |sign: &Lexeme| self.is(sign, "=") || self.is(sign, ":");
        let is_property = first.sort == Sort::Name && self.statement.get(1).is_some_and(is_key);
        let key = first.range.clone();
        if let Some(block) = self.blocks.last_mut().filter(|_| !is_attribute) {
            block.last = None;
            if is_property {
                block.keys.push(key);
            }
        }
        let ended = std::mem::take(&mut self.statement);
        self.previous = if is_attribute || is_property { Vec::new() } else { ended };
    }

    /// Whether a comma goes on with a list of names.
    fn goes_on_with_list(&self) -> bool {
        let [first, rest @ ..] = self.statement.as_slice() else { return false };
        if first.sort != Sort::Name || rest.first().is_some_and(|sign| self.is(sign, "=") || self.is(sign, ":")) {
            return false;
        }
        let word = self.text.get(first.range.clone()).unwrap_or_default();
        let is_list = |lexeme: &Lexeme| lexeme.sort == Sort::Name || self.is(lexeme, ",");
        let is_clause = |lexeme: &Lexeme| self.is(lexeme, "is") || self.is(lexeme, "follows");
        match word {
            "wire" | "note" | "without" => true,
            "kind" | "environment" | "architecture" if rest.iter().skip(1).any(is_clause) => true,
            _ if self.statement.iter().any(|lexeme| lexeme.sort == Sort::Arrow) => {
                // After a label, nothing but a block belongs to an edge.
                self.statement.last().is_some_and(|last| last.sort == Sort::Name || last.sort == Sort::Arrow)
            }
            _ => rest.iter().all(is_list) && (rest.is_empty() || rest.iter().any(|it| self.is(it, ","))),
        }
    }

    /// Whether the line that begins here does not belong to the brackets that are still open.
    fn leaves_brackets(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default().trim_start();
        if rest.starts_with('}') {
            return true;
        }
        let mut words = std::iter::successors(lexer::next(rest, 0, usize::MAX), |last| {
            lexer::next(rest, last.range.end, usize::MAX)
        });
        let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
        if first.sort != Sort::Name {
            return false;
        }
        let sign = rest.get(second.range.clone()).unwrap_or_default();
        match second.sort {
            Sort::Name | Sort::Text => !matches!(sign, "of" | "via" | "as"),
            Sort::Arrow => self.is_call(&["use", "@", "pattern"]),
            Sort::Sign if sign == "=" => !self.takes_named_arguments(),
            _ => false,
        }
    }

    fn is_call(&self, words: &[&str]) -> bool {
        self.statement.first().is_some_and(|first| words.iter().any(|word| self.is(first, word)))
    }

    fn takes_named_arguments(&self) -> bool {
        let callee = self.statement.iter().rev().find(|it| self.is(it, "(") || self.is(it, "["));
        let callee = callee.and_then(|open| self.statement.iter().rfind(|it| it.range.end == open.range.start));
        let is_named = |callee: &Lexeme| ["where", "moves"].iter().any(|name| self.is(callee, name));
        self.is_call(&["use", "@", "pattern"]) || callee.is_some_and(is_named)
    }

    fn is_top_after(&self, line_break: &Lexeme) -> bool {
        self.text.get(line_break.range.end..).is_some_and(lexer::is_top)
    }

    fn is(&self, lexeme: &Lexeme, word: &str) -> bool {
        self.text.get(lexeme.range.clone()) == Some(word)
    }
}
