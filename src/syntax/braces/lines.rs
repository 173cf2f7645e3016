//! The lines of a text as far as they tell where blocks end: how deep each is indented, and the braces in it.

use std::cmp::Ordering;

use super::scan::{Scan, Sort, Stretch};

/// How deep a line is indented, with tabs that are as wide as they can be and as narrow: what is deeper with both is deeper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Column {
    wide: usize,
    narrow: usize,
}

impl Column {
    fn of(indent: &str) -> Column {
        indent.bytes().fold(Column::default(), |Column { wide, narrow }, byte| Column {
            wide: if byte == b'\t' { (wide / 8 + 1) * 8 } else { wide + 1 },
            narrow: narrow + 1,
        })
    }

    /// Nothing where blanks and tabs are mixed so that it depends on the width of a tab.
    pub(super) fn compare(self, other: Column) -> Option<Ordering> {
        let (wide, narrow) = (self.wide.cmp(&other.wide), self.narrow.cmp(&other.narrow));
        (wide == narrow).then_some(wide)
    }

    pub(super) fn is_zero(self) -> bool {
        self.narrow == 0
    }
}

/// What a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// A word, an attribute or a `{`.
    Statement,
    /// `else {` or `and {`, which stand behind a block.
    Branch,
    /// `}`
    Close,
    /// A comment or documentation, with nothing behind it.
    Comment,
}

/// A line, together with the lines after it on which it goes on.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) begins: Begins,
    pub(super) column: Column,
    /// The start of the line.
    pub(super) start: usize,
    /// Where its first word or sign begins, and where it ends.
    pub(super) first: (usize, usize),
    /// Where the last word or sign ends that is no comment.
    pub(super) code_end: usize,
    /// The offset of the line break, or of the end of the text.
    pub(super) end: usize,
    /// The braces in it, as indices.
    pub(super) braces: std::ops::Range<usize>,
    /// Whether it begins a declaration that can only stand at the top of a file, in the first column.
    pub(super) is_top: bool,
    /// Whether its block is one of steps, which others can follow: `alt`, `else`.
    pub(super) has_steps: bool,
}

/// A brace in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brace {
    pub(super) at: usize,
    pub(super) is_open: bool,
    /// The index of its line.
    pub(super) line: usize,
    /// Whether its line begins with it.
    pub(super) is_first: bool,
    /// Whether nothing but braces stands behind it on its line.
    pub(super) is_last: bool,
}

/// All lines that are not blank, with the braces in them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    pub(super) braces: Vec<Brace>,
    /// For each line, the next one that is no comment.
    next: Vec<Option<usize>>,
}

impl Lines {
    /// None if a text has no end, so that nobody can say what its lines are.
    pub(super) fn of(text: &str) -> Option<Lines> {
        let mut reading = Reading { text, lines: Lines::default(), is_new: true, line_start: 0, brackets: 0 };
        for stretch in Scan::new(text) {
            if stretch.sort == Sort::Endless {
                return None;
            }
            reading.stretch(stretch);
        }
        reading.end_line(text.len());
        let mut lines = reading.lines;
        lines.next = vec![None; lines.all.len()];
        let mut next = None;
        for (index, line) in lines.all.iter().enumerate().rev() {
            if let Some(place) = lines.next.get_mut(index) {
                *place = next;
            }
            if line.begins != Begins::Comment {
                next = Some(index);
            }
        }
        Some(lines)
    }

    /// The next line that is no comment.
    pub(super) fn after(&self, line: usize) -> Option<&Line> {
        self.all.get((*self.next.get(line)?)?)
    }
}

struct Reading<'t> {
    text: &'t str,
    lines: Lines,
    /// Whether nothing but white space has stood on this line so far.
    is_new: bool,
    line_start: usize,
    /// How many parentheses and square brackets are open.
    brackets: usize,
}

impl Reading<'_> {
    fn stretch(&mut self, stretch: Stretch) {
        if stretch.sort == Sort::Break {
            self.end_line(stretch.start);
            self.line_start = stretch.end;
            return;
        }
        let is_first = self.is_new && self.begin_line(stretch);
        self.is_new = false;
        let index = self.lines.all.len().saturating_sub(1);
        let Some(line) = self.lines.all.last_mut() else { return };
        line.end = stretch.end;
        if stretch.sort != Sort::Comment {
            line.code_end = stretch.end;
        }
        match stretch.sort {
            Sort::Open | Sort::Close => {
                self.brackets = 0;
                let is_open = stretch.sort == Sort::Open;
                self.lines.braces.push(Brace { at: stretch.start, is_open, line: index, is_first, is_last: true });
                line.braces.end = self.lines.braces.len();
            }
            Sort::OpenBracket => self.brackets += 1,
            Sort::CloseBracket => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        let is_comma = self.text.get(stretch.start..stretch.end) == Some(",");
        if !is_comma && !matches!(stretch.sort, Sort::Open | Sort::Close | Sort::Comment) {
            let braces = self.lines.braces.get_mut(line.braces.clone()).unwrap_or_default();
            for brace in braces {
                brace.is_last = false;
            }
        }
    }

    /// Begins a line, unless it goes on with the one before. Whether it does begin one.
    fn begin_line(&mut self, first: Stretch) -> bool {
        let word = self.text.get(first.start..first.end).unwrap_or_default();
        let begins = match first.sort {
            Sort::Comment => Begins::Comment,
            Sort::Close => Begins::Close,
            _ => Begins::Statement,
        };
        let is_statement =
            first.sort == Sort::Open || word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '@'));
        let goes_on = begins == Begins::Statement && (!is_statement || self.is_wire_unfinished());
        if !self.lines.all.is_empty() && (goes_on || self.brackets > 0 && begins != Begins::Close) {
            return false;
        }
        self.brackets = 0;
        // A byte order mark is no indent.
        let indent = self.text.get(self.line_start..first.start).unwrap_or_default().trim_start_matches('\u{FEFF}');
        let column = Column::of(indent);
        let is_top = matches!(word, "architecture" | "kind" | "wire" | "pattern" | "extend") && column.is_zero();
        self.lines.all.push(Line {
            begins,
            column,
            start: self.line_start,
            first: (first.start, first.end),
            code_end: first.end,
            end: first.end,
            braces: self.lines.braces.len()..self.lines.braces.len(),
            is_top,
            has_steps: matches!(word, "alt" | "opt" | "loop" | "par" | "else" | "and"),
        });
        true
    }

    /// Whether the line before is a wire whose list of names goes on.
    fn is_wire_unfinished(&self) -> bool {
        self.lines.all.last().is_some_and(|line| {
            let code = self.text.get(line.first.0..line.code_end).unwrap_or_default();
            code.starts_with("wire") && code.ends_with(',')
        })
    }

    fn end_line(&mut self, at: usize) {
        let is_blank = std::mem::replace(&mut self.is_new, true);
        let Some(line) = self.lines.all.last_mut().filter(|_| !is_blank) else { return };
        line.end = at;
        let code = self.text.get(line.first.0..line.code_end).unwrap_or_default();
        if line.begins == Begins::Statement && line.has_steps && code.ends_with('{') {
            let is_branch = code.starts_with("else") || code.starts_with("and");
            line.begins = if is_branch { Begins::Branch } else { line.begins };
        }
        if line.begins == Begins::Close && code.ends_with('{') {
            let rest = code.trim_start_matches(['}', ' ', '\t']);
            line.has_steps = rest.starts_with("else") || rest.starts_with("and");
        }
    }
}
