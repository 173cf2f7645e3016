//! What the tree does not know: keywords, comments, signs, and the words of lines that are not understood.

use super::marks::Known;
use super::{Colour, ColourSort, Shades};
use crate::source::Span;
use crate::syntax::ast::Keyword;

/// Words that begin a statement, beside those of declarations.
const BEGINNINGS: [&str; 10] = ["property", "meter", "limit", "wire", "alt", "opt", "loop", "par", "note", "without"];
/// Words inside of statements.
const INSIDE: [&str; 12] =
    ["is", "follows", "via", "as", "of", "soft", "hard", "only", "never", "retired", "through", "else"];

/// The colours of a part of a text, with what the tree knows among them.
pub(super) fn fill(text: &str, within: Span, known: &Known) -> Vec<Colour> {
    let mut lines =
        Lines { text, known, within, at: within.range().start, mark: 0, head: 0, begins: true, done: Vec::new() };
    lines.run();
    lines.done
}

struct Lines<'t> {
    text: &'t str,
    known: &'t Known,
    within: Span,
    at: usize,
    /// The next mark.
    mark: usize,
    /// The next head of a statement.
    head: usize,
    /// Whether a statement could begin here.
    begins: bool,
    done: Vec<Colour>,
}

impl Lines<'_> {
    fn run(&mut self) {
        let end = self.within.range().end.min(self.text.len());
        while self.at < end {
            match self.next_mark() {
                Some(mark) if mark.span.range().start <= self.at => self.take(mark),
                _ => self.word(end),
            }
        }
    }

    /// The next mark that does not end before here.
    fn next_mark(&mut self) -> Option<Colour> {
        loop {
            let mark = self.known.marks.get(self.mark).copied()?;
            if mark.span.range().end > self.at {
                return Some(mark);
            }
            self.mark += 1;
        }
    }

    /// Up to where nothing is known.
    fn limit(&mut self, end: usize) -> usize {
        self.next_mark().map_or(end, |mark| mark.span.range().start.clamp(self.at, end))
    }

    fn take(&mut self, mark: Colour) {
        let end = mark.span.range().end.min(self.text.len());
        self.push(end, mark.sort, mark.shades);
        self.at = end;
        self.begins = false;
    }

    /// Adds what stands from here to `end`, line by line.
    fn push(&mut self, end: usize, sort: ColourSort, shades: Shades) {
        let stretch = self.text.get(self.at..end).unwrap_or_default();
        let mut start = self.at;
        for line in stretch.split_inclusive(['\n', '\r']) {
            let shown = line.trim_end_matches(['\n', '\r']);
            if !shown.is_empty() {
                let span = Span::of(self.within.file, start..start + shown.len());
                self.done.push(Colour { span, sort, shades });
            }
            start += line.len();
        }
    }

    /// Whether this place is in a statement that was understood, outside of its blocks.
    fn is_in_statement(&mut self) -> bool {
        while let Some(head) = self.known.heads.get(self.head) {
            if head.range().end > self.at {
                return head.range().start <= self.at;
            }
            self.head += 1;
        }
        false
    }

    /// One word or sign that the tree does not know.
    fn word(&mut self, end: usize) {
        let limit = self.limit(end);
        let rest = self.text.get(self.at..limit).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            self.at += 1;
            return;
        };
        if rest.starts_with("//") {
            self.comment(end);
            return;
        }
        let begins = std::mem::replace(&mut self.begins, matches!(first, '\n' | '\r' | '{' | '}' | ','));
        let (length, colour) = match first {
            '"' => (text_length(rest), Some(ColourSort::String)),
            '0'..='9' => (
                length_while(rest, |c| c.is_alphanumeric() || matches!(c, '_' | '.' | '%' | '/')),
                Some(ColourSort::Number),
            ),
            '@' => (1 + length_while(rest.get(1..).unwrap_or_default(), is_name), Some(ColourSort::Decorator)),
            '-' | '=' | '~' | '<' if is_arrow(rest) => (2, Some(ColourSort::Operator)),
            '+' | '-' | '*' | '/' | '&' | '<' | '>' | '!' if self.is_in_statement() => {
                (length_while(rest, |c| matches!(c, '=' | '<' | '>' | '!')).max(1), Some(ColourSort::Operator))
            }
            c if c.is_alphabetic() || c == '_' => {
                let length = name_length(rest);
                let word = rest.get(..length).unwrap_or_default();
                let is_keyword = if self.is_in_statement() {
                    INSIDE.contains(&word) || begins_statement(word)
                } else {
                    begins && begins_statement(word)
                };
                (length, is_keyword.then_some(ColourSort::Keyword))
            }
            c if c.is_whitespace() => {
                self.begins |= begins;
                (c.len_utf8(), None)
            }
            c => (c.len_utf8(), None),
        };
        if let Some(sort) = colour {
            self.push(self.at + length, sort, Shades::NONE);
        }
        self.at += length.max(1);
    }

    /// The rest of a line that is a comment, with the links in it.
    fn comment(&mut self, end: usize) {
        let line = self.text.get(self.at..end).unwrap_or_default();
        let is_doc = (line.starts_with("///") && !line.starts_with("////")) || line.starts_with("//!");
        let shades = Shades::DOCUMENTATION.when(is_doc);
        let end = self.at + line.find(['\n', '\r']).unwrap_or(line.len());
        while self.at < end {
            let limit = self.limit(end);
            self.push(limit, ColourSort::Comment, shades);
            self.at = limit;
            if let Some(mark) = self.next_mark().filter(|mark| mark.span.range().start < end) {
                self.take(mark);
            }
        }
        self.begins = true;
    }
}

fn begins_statement(word: &str) -> bool {
    Keyword::of(word).is_some() || BEGINNINGS.contains(&word)
}

fn is_arrow(rest: &str) -> bool {
    ["->", "=>", "~>", "<-"].iter().any(|arrow| rest.starts_with(arrow))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn length_while(words: &str, holds: impl Fn(char) -> bool) -> usize {
    words.find(|c| !holds(c)).unwrap_or(words.len())
}

/// The length of a name or a path; a dash that no letter follows is none of it.
fn name_length(text: &str) -> usize {
    let length = length_while(text, |c| is_name(c) || matches!(c, '-' | '.'));
    let arrow = text.get(..length).and_then(|name| name.find("--"));
    let name = text.get(..arrow.unwrap_or(length)).unwrap_or_default();
    name.trim_end_matches(['-', '.']).len().max(1)
}

/// The length of a text that begins here: to its closing quotes, or else to the end of the line.
fn text_length(text: &str) -> usize {
    if let Some(inside) = text.strip_prefix("\"\"\"") {
        return inside.find("\"\"\"").map_or(text.len(), |length| length + 6);
    }
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return at,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
