//! Bodies and the statements in them, line by line.

use std::ops::Range;

use super::WIDTH;
use super::inline::Form;
use super::output::Output;
use super::pieces::Pieces;
use crate::syntax::ast::{Block, File, Statement};
use crate::syntax::tokens::TokenKind;

/// Prints a file anew, all but the regions that are kept.
pub(super) fn print(pieces: &Pieces<'_>, tree: &File, kept: &[Range<usize>]) -> String {
    let mut printer = Printer { pieces, kept, at: 0, ungrouped: 0, out: Output::default() };
    let end = pieces.text.len();
    printer.body(&tree.statements, end, 0);
    // A region that ends with the file may end within a text: nothing is added to it.
    if kept.last().is_none_or(|last| last.end < end) {
        printer.out.line(0);
    }
    printer.out.finish()
}

pub(super) struct Printer<'s, 't> {
    pub(super) pieces: &'s Pieces<'t>,
    /// The regions that are still to come.
    kept: &'s [Range<usize>],
    /// The next piece.
    pub(super) at: usize,
    /// Up to which offset properties that share a line do not fit on it.
    ungrouped: usize,
    pub(super) out: Output,
}

/// What stands between two entries of a body or a list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    pub(super) line_break: bool,
    blank_line: bool,
}

impl Gap {
    /// Adds the line breaks before a piece.
    pub(super) fn add(&mut self, breaks: usize) {
        self.line_break |= breaks > 0;
        self.blank_line |= breaks > 1;
    }
}

impl Printer<'_, '_> {
    /// Prints statements and what stands between them, up to a byte offset.
    fn body(&mut self, mut statements: &[Statement], end: usize, level: usize) {
        let mut gap = Gap::default();
        let mut first = true;
        let mut after_steps = false;
        while let Some(piece) = self.pieces.get(self.at).filter(|piece| piece.range.start < end) {
            let (kind, start) = (piece.kind, piece.range.start);
            gap.add(self.pieces.breaks_before(self.at));
            if self.pieces.is_sign(self.at, ",") {
                self.comma_between(after_steps, level);
                continue;
            }
            let gap = std::mem::take(&mut gap);
            if kind == TokenKind::Comment && !gap.line_break && self.out.is_begun() {
                self.out.comment(self.pieces.word(self.at).trim_end());
                self.at += 1;
                first = false;
                continue;
            }
            self.entry(gap, first, level);
            first = false;
            after_steps = false;
            if let Some(region) = self.kept.first().filter(|region| region.start <= start) {
                statements = past(statements, region.end);
                self.keep(region);
                continue;
            }
            match statements.split_first() {
                Some((statement, rest)) if statement.span().range().start <= start => {
                    after_steps = matches!(statement, Statement::Steps(_));
                    let printed = self.statement(statement, rest);
                    statements = past(rest, printed);
                }
                _ => self.between_statements(kind),
            }
        }
    }

    /// Begins the line of an entry, after a blank one if there was one before it and it is not the first.
    pub(super) fn entry(&mut self, gap: Gap, first: bool, level: usize) {
        if gap.blank_line && !first { self.out.line_after_blank(level) } else { self.out.line(level) }
    }

    /// A comma that parts statements becomes the line break that is there anyway, but for one: without it, a section named
    /// `else` would go on with the steps before it.
    fn comma_between(&mut self, after_steps: bool, level: usize) {
        self.at += 1;
        let mut next = self.at;
        while self.pieces.is(next, TokenKind::Comment) || self.pieces.is_sign(next, ",") {
            next += 1;
        }
        if after_steps && matches!(self.pieces.word(next), "else" | "and") && !self.pieces.is_sign(self.at, ",") {
            if self.out.is_after_comment() {
                self.out.line(level);
            }
            self.out.push(",");
        }
    }

    fn keep(&mut self, region: &Range<usize>) {
        let lines = self.pieces.slice(region);
        // The mark at the start of a file is none elsewhere, and must not become one.
        if lines.starts_with('\u{FEFF}') && self.out.is_empty() && region.start > 0 {
            self.out.verbatim("\n");
        }
        self.out.verbatim(lines);
        self.at = self.pieces.index_at(region.end).max(self.at + 1);
        self.kept = self.kept.get(1..).unwrap_or_default();
    }

    /// A comment, documentation or an attribute, on a line of its own.
    fn between_statements(&mut self, kind: TokenKind) {
        let word = self.pieces.word(self.at);
        match kind {
            TokenKind::Comment => self.out.comment(word.trim_end()),
            TokenKind::Doc => self.documentation(word),
            TokenKind::Attribute => {
                let has_list = self.pieces.is_sign(self.at + 1, "(");
                let end = if has_list { self.pieces.closing(self.at + 1) + 1 } else { self.at + 1 };
                self.inline(end, &[], Form::Other);
                return;
            }
            _ => self.out.push(word),
        }
        self.at += 1;
    }

    /// Blanks at the end of a line mean something in Markdown, and stay.
    fn documentation(&mut self, lines: &str) {
        let level = self.out.level();
        for line in lines.split('\n') {
            self.out.line(level);
            let line = line.strip_suffix('\r').unwrap_or(line);
            self.out.push(line.trim_start_matches([' ', '\t']));
        }
    }

    /// Prints a statement, and properties that share its line if they fit on it. Returns the offset up to which it printed.
    fn statement(&mut self, statement: &Statement, rest: &[Statement]) -> usize {
        let end = statement.span().range().end;
        if matches!(statement, Statement::Property(_)) && end > self.ungrouped {
            let together = self.end_of_line(end, rest);
            if together > end {
                if self.flat(self.pieces.index_at(together), WIDTH) {
                    return together;
                }
                self.ungrouped = together;
            }
        }
        let blocks: Vec<&Block> = statement.blocks().collect();
        self.inline(self.pieces.index_at(end), &blocks, Form::of(statement));
        end
    }

    /// The end of the last property that goes on with the line of the one that ends at `end`.
    fn end_of_line(&self, mut end: usize, rest: &[Statement]) -> usize {
        for next in rest.iter().take_while(|next| matches!(next, Statement::Property(_))) {
            let span = next.span().range();
            let comma = self.pieces.index_at(end);
            let value = self.pieces.index_at(span.start);
            let last = self.pieces.index_at(span.end);
            if value != comma + 1 || !self.pieces.on_one_line(comma.saturating_sub(1)..last) {
                break;
            }
            end = span.end;
        }
        end
    }

    /// Prints a block over several lines, from its opening brace on.
    pub(super) fn open_block(&mut self, block: &Block) {
        let level = self.out.level();
        let end = block.span.range().end - usize::from(block.closed);
        self.out.push("{");
        self.at += 1;
        self.body(&block.statements, end, level + 1);
        self.out.line(level);
        self.out.push("}");
        self.at += 1;
    }
}

/// The statements that begin at or after an offset.
fn past(statements: &[Statement], offset: usize) -> &[Statement] {
    let from = statements.partition_point(|statement| statement.span().range().start < offset);
    statements.get(from..).unwrap_or_default()
}
