//! A text with the braces that it lacks, without those that are too many, and the way back to the text as it is.

use std::ops::Range;

use super::lines::{Line, Lines};
use super::search::{Fault, Found};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::ast::{File, Statement, TriviaKind};
use crate::syntax::{mistake, spans};

/// A text whose braces have been put right.
#[derive(Clone, Debug)]
pub(in crate::syntax) struct Mended {
    pub(in crate::syntax) text: String,
    /// Whether the indentation leaves no doubt about the places.
    pub(in crate::syntax) is_exact: bool,
    /// What was put in, in the order of the text.
    inserted: Vec<Inserted>,
    /// Where a `}` was taken out, in the text as it is.
    removed: Vec<usize>,
    faults: Vec<Told>,
}

#[derive(Clone, Copy, Debug)]
struct Inserted {
    /// Where, in the text as it is.
    at: usize,
    /// How many bytes.
    length: usize,
    /// Where, in the mended text.
    start: usize,
    is_close: bool,
}

/// A fault with all that is said of it, as places in the text as it is.
#[derive(Clone, Debug)]
enum Told {
    Unclosed { open: usize, shown_by: Option<Range<usize>>, insert: usize, written: String, is_sure: bool },
    Excess { close: usize, is_early: bool, is_sure: bool },
    Unopened { close: usize, head: Range<usize>, is_sure: bool },
}

impl Mended {
    pub(super) fn of(text: &str, lines: &Lines, found: &Found) -> Mended {
        let is_exact = found.is_exact;
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut making = Making { text, lines, line_break, is_exact, inserts: Vec::new(), removed: Vec::new() };
        let mut faults: Vec<Told> = found.faults.iter().filter_map(|fault| making.fault(*fault)).collect();
        faults.sort_by_key(Told::at);
        let Making { mut inserts, mut removed, .. } = making;
        inserts.sort_by_key(|insert| insert.0);
        removed.sort_unstable();
        let mut mended =
            Mended { text: String::with_capacity(text.len() + 64), is_exact, inserted: Vec::new(), removed, faults };
        mended.write(text, &inserts);
        mended
    }

    fn write(&mut self, text: &str, inserts: &[(usize, &'static str)]) {
        let mut done = 0;
        let mut removed = self.removed.iter().copied().peekable();
        let mut copy = |into: &mut String, to: usize| {
            while let Some(at) = removed.next_if(|at| *at < to) {
                into.push_str(text.get(done..at).unwrap_or_default());
                into.push(' ');
                done = at + 1;
            }
            into.push_str(text.get(done..to).unwrap_or_default());
            done = to;
        };
        for (at, written) in inserts {
            copy(&mut self.text, *at);
            let start = self.text.len();
            self.text.push_str(written);
            let is_close = written.ends_with('}');
            self.inserted.push(Inserted { at: *at, length: written.len(), start, is_close });
        }
        copy(&mut self.text, text.len());
    }

    /// Where an offset of the mended text is in the text as it is.
    pub(in crate::syntax) fn written(&self, offset: usize) -> usize {
        let before = self.inserted.partition_point(|inserted| inserted.start < offset);
        match before.checked_sub(1).and_then(|last| self.inserted.get(last)) {
            None => offset,
            Some(last) => last.at + offset.saturating_sub(last.start + last.length),
        }
    }

    /// The places, in the text as it is, of each `}` that is too many.
    pub(in crate::syntax) fn removed(&self) -> &[usize] {
        &self.removed
    }

    /// Where the braces stand, in the text as it is, that lack their partner.
    pub(in crate::syntax) fn places(&self) -> impl Iterator<Item = usize> {
        self.faults.iter().flat_map(|fault| {
            let head = if let Told::Unopened { head, .. } = fault { Some(head.start) } else { None };
            [Some(fault.at()), head].into_iter().flatten()
        })
    }

    /// Moves all places to where they are in the text as it is. A block whose `}` is not there is not closed.
    pub(super) fn move_back(&self, tree: &mut File, diagnostics: &mut [Diagnostic]) {
        let offset = |at: u32| u32::try_from(self.written(at as usize)).unwrap_or(u32::MAX);
        let mut back = |span: &mut Span| *span = Span { start: offset(span.start), end: offset(span.end), ..*span };
        for statement in &mut tree.statements {
            self.open_blocks(statement);
            spans::of_statement(statement, &mut back);
        }
        if let Some(doc) = &mut tree.doc {
            doc.lines.iter_mut().for_each(&mut back);
            back(&mut doc.span);
        }
        tree.trivia.iter_mut().for_each(|trivia| back(&mut trivia.span));
        // The line of a `}` that was taken out was blank to the grammar.
        let is_removed = |span: Span| {
            let range = span.range();
            let next = self.removed.partition_point(|at| *at < range.start);
            self.removed.get(next).is_some_and(|at| range.contains(at))
        };
        if !self.removed.is_empty() {
            tree.trivia.retain(|trivia| trivia.kind != TriviaKind::BlankLine || !is_removed(trivia.span));
        }
        tree.poisoned.iter_mut().for_each(|path| back(&mut path.span));
        diagnostics.iter_mut().flat_map(spans::of_finding).for_each(back);
    }

    fn open_blocks(&self, statement: &mut Statement) {
        for block in statement.blocks_mut() {
            let Range { start, end } = block.span.range();
            let first = self.inserted.partition_point(|inserted| inserted.start < start);
            let inside = self.inserted.get(first..).unwrap_or_default();
            // What stands before the first place and after the last has all its braces.
            if inside.first().is_none_or(|next| next.start >= end) {
                continue;
            }
            let is_here = |inserted: &Inserted| inserted.start + inserted.length == end && inserted.is_close;
            let at = self.inserted.partition_point(|inserted| inserted.start + inserted.length < end);
            block.closed = !self.inserted.get(at).is_some_and(is_here);
            block.statements.iter_mut().for_each(|statement| self.open_blocks(statement));
        }
    }

    /// The findings for the braces that lack their partners.
    pub(super) fn findings(&self, file: FileId, text: &str) -> impl Iterator<Item = Diagnostic> {
        let sign = move |at: usize| Span::of(file, at..at + 1);
        let place = move |at: usize| Span::of(file, at..at);
        self.faults.iter().map(move |fault| match fault {
            Told::Unclosed { open, shown_by, insert, written, is_sure } => {
                let shown_by = shown_by.clone().map(|range| Span::of(file, range));
                let is_close = shown_by.is_some_and(|span| text.get(span.range()) == Some("}"));
                mistake::unclosed(sign(*open), shown_by, is_close)
                    .fix("Insert `}`", place(*insert), written.clone())
                    .sure_if(*is_sure)
            }
            Told::Excess { close, is_early, is_sure } => {
                mistake::excess_close(text, sign(*close), *is_early).sure_if(*is_sure)
            }
            Told::Unopened { close, head, is_sure } => {
                mistake::unopened(sign(*close), Span::of(file, head.clone())).sure_if(*is_sure)
            }
        })
    }
}

impl Told {
    /// Where the brace is that lacks its partner.
    fn at(&self) -> usize {
        match self {
            Told::Unclosed { open, .. } => *open,
            Told::Excess { close, .. } | Told::Unopened { close, .. } => *close,
        }
    }
}

struct Making<'l> {
    text: &'l str,
    lines: &'l Lines,
    line_break: &'static str,
    is_exact: bool,
    inserts: Vec<(usize, &'static str)>,
    removed: Vec<usize>,
}

impl Making<'_> {
    fn fault(&mut self, fault: Fault) -> Option<Told> {
        let is_exact = self.is_exact;
        match fault {
            Fault::Unclosed { open, last, shown_by, is_sure } => {
                let open = *self.lines.braces.get(open)?;
                let (first, line) = (self.lines.all.get(open.line)?, self.lines.all.get(last)?);
                self.inserts.push(self.virtual_end(last));
                let (insert, written) = if last == open.line && !open.is_last {
                    (line.code_end, " }".to_owned())
                } else {
                    (line.end, format!("{}{}}}", self.line_break, self.indent(first)))
                };
                let shown_by = shown_by.and_then(|index| self.lines.all.get(index));
                let shown_by = shown_by.map(|line| line.first.0..line.first.1);
                Some(Told::Unclosed { open: open.at, shown_by, insert, written, is_sure: is_sure && is_exact })
            }
            Fault::Excess { close, is_early } => {
                let close = self.lines.braces.get(close)?.at;
                self.removed.push(close);
                Some(Told::Excess { close, is_early, is_sure: is_exact })
            }
            Fault::Unopened { close, line } => {
                let head = self.lines.all.get(line)?;
                self.inserts.push((head.code_end, " {"));
                let head = head.first.0..head.code_end;
                Some(Told::Unopened { close: self.lines.braces.get(close)?.at, head, is_sure: is_exact })
            }
        }
    }

    /// Where a block ends whose last line is this one: as late as can be, so that whoever types on the blank lines behind it
    /// types into the block.
    fn virtual_end(&self, last: usize) -> (usize, &'static str) {
        let Some(next) = self.lines.all.get(last + 1) else {
            let tail = self.text.trim_end_matches([' ', '\t']);
            return (self.text.len(), if tail.ends_with(['\n', '\r']) { "}" } else { "\n}" });
        };
        let before = self.text.get(..next.start).unwrap_or_default();
        let before = before.strip_suffix('\n').unwrap_or(before);
        (before.strip_suffix('\r').unwrap_or(before).len(), "\n}")
    }

    fn indent(&self, line: &Line) -> &str {
        self.text.get(line.start..line.first.0).unwrap_or_default().trim_start_matches('\u{FEFF}')
    }
}
