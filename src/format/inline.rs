//! Within a statement: what goes on with a line, and where a line is broken.

use super::WIDTH;
use super::printer::{Gap, Printer};
use crate::syntax::ast::{Block, Statement};
use crate::syntax::tokens::TokenKind;

/// How a statement may be broken outside of its brackets and blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Before an arrow.
    Edge,
    /// After a comma.
    Wire,
    /// Before a branch.
    Steps,
    /// Nowhere.
    Other,
}

impl Form {
    pub(super) fn of(statement: &Statement) -> Form {
        match statement {
            Statement::Edge(_) => Form::Edge,
            Statement::Wire(_) => Form::Wire,
            Statement::Steps(_) => Form::Steps,
            _ => Form::Other,
        }
    }

    /// How many levels further in than its beginning the statement goes on.
    fn hang(self) -> usize {
        usize::from(self != Form::Steps)
    }
}

/// What is broken for want of room.
#[derive(Clone, Copy, Debug)]
struct Forced {
    blocks: bool,
    lists: bool,
}

impl Printer<'_, '_> {
    /// Prints the pieces up to an index: on one line if they stood on one and fit, else broken where they may be.
    pub(super) fn inline(&mut self, end: usize, blocks: &[&Block], form: Form) {
        if self.flat(end, WIDTH) {
            return;
        }
        let head = blocks.first().map_or(end, |block| self.pieces.index_at(block.span.range().start) + 1);
        let forced = Forced {
            blocks: self.pieces.on_one_line(self.at..end),
            lists: self.pieces.on_one_line(self.at..head) && !self.fits(head),
        };
        self.broken(end, blocks, form, forced);
    }

    /// Prints the pieces up to an index on the current line; or nothing, if they did not stand on one or do not fit.
    pub(super) fn flat(&mut self, end: usize, width: usize) -> bool {
        let (pieces, from) = (self.pieces, self.at);
        if !pieces.on_one_line(from..end) {
            return false;
        }
        let done = self.out.attempt(|out| {
            let mut column = out.column();
            let mut comma = false;
            for index in from..end {
                if pieces.is_sign(index, ",") {
                    comma = true;
                    continue;
                }
                let needs_a_line =
                    [TokenKind::Attribute, TokenKind::Doc, TokenKind::Comment].map(|kind| pieces.is(index, kind));
                if index > from && needs_a_line.contains(&true) {
                    return false;
                }
                let word = pieces.word(index);
                let after_brace = out.ends_with_brace();
                let comma = std::mem::take(&mut comma) && !pieces.closes(index) && !after_brace;
                let between = match (comma, index > from) {
                    (true, _) => ", ",
                    (false, true) if after_brace && pieces.is_sign(index, "}") => "",
                    (false, true) if after_brace || pieces.blank_before(index) => " ",
                    _ => "",
                };
                column += between.len() + word.chars().take(WIDTH + 1).count();
                if column > width {
                    return false;
                }
                out.push(between);
                out.push(word);
            }
            true
        });
        if done {
            self.at = end;
        }
        done
    }

    /// Whether the pieces up to an index fit on the current line.
    fn fits(&self, end: usize) -> bool {
        let mut room = WIDTH.saturating_sub(self.out.column());
        (self.at..end).all(|index| {
            let blank = usize::from(index > self.at && self.pieces.blank_before(index));
            let width = blank + self.pieces.word(index).chars().take(WIDTH + 1).count();
            let fits = width <= room;
            room = room.saturating_sub(width);
            fits
        })
    }

    /// Prints the pieces up to an index, on several lines where that was chosen or is forced.
    fn broken(&mut self, end: usize, blocks: &[&Block], form: Form, forced: Forced) {
        let (from, level) = (self.at, self.out.level());
        let mut blocks = blocks.iter().peekable();
        let mut branch_on_a_line = false;
        // A comma that stood after a comment, and was printed before it.
        let mut early_comma = None;
        while let Some(start) = self.pieces.get(self.at).map(|piece| piece.range.start).filter(|_| self.at < end) {
            let index = self.at;
            if self.pieces.is(index, TokenKind::Comment) {
                early_comma = early_comma.or_else(|| self.comma_after_comments());
                self.comment_within(level + form.hang());
                continue;
            }
            if early_comma == Some(index) {
                self.at += 1;
                continue;
            }
            if index > from {
                if self.out.is_after_comment() || self.breaks_line(form, branch_on_a_line) {
                    self.out.line(level + form.hang());
                } else if self.pieces.blank_before(index) {
                    self.out.push(" ");
                }
            }
            if let Some(block) = blocks.next_if(|block| block.span.range().start == start) {
                branch_on_a_line = self.block(block, forced.blocks);
            } else if self.pieces.opens(index) {
                self.brackets(forced.lists);
            } else {
                self.out.push(self.pieces.word(index));
                self.at += 1;
            }
        }
    }

    /// Whether the next piece begins a line because its author had it so, where the form of the statement allows it.
    fn breaks_line(&self, form: Form, branch_on_a_line: bool) -> bool {
        let index = self.at;
        let allowed = match form {
            Form::Edge => self.pieces.is(index, TokenKind::Operator),
            Form::Wire => index.checked_sub(1).is_some_and(|before| self.pieces.is_sign(before, ",")),
            Form::Steps => branch_on_a_line && self.pieces.is(index, TokenKind::Keyword),
            Form::Other => false,
        };
        allowed && self.pieces.breaks_before(index) > 0
    }

    /// The comma after the comments that are next, which moves before them.
    fn comma_after_comments(&mut self) -> Option<usize> {
        let mut next = self.at;
        while self.pieces.is(next, TokenKind::Comment) {
            next += 1;
        }
        let comma = self.pieces.is_sign(next, ",").then_some(next)?;
        self.out.push(",");
        Some(comma)
    }

    fn comment_within(&mut self, level: usize) {
        if self.pieces.breaks_before(self.at) > 0 || self.out.is_after_comment() {
            self.out.line(level);
        }
        self.out.comment(self.pieces.word(self.at).trim_end());
        self.at += 1;
    }

    /// Prints a block, and returns whether it is on one line.
    fn block(&mut self, block: &Block, forced: bool) -> bool {
        let end = self.pieces.index_at(block.span.range().end);
        let is_empty = (self.at + 1..end - 1).all(|index| self.pieces.is_sign(index, ","));
        if is_empty {
            self.out.push("{}");
            self.at = end;
            return true;
        }
        let flat = !forced && self.flat(end, WIDTH);
        if !flat {
            self.open_block(block);
        }
        flat
    }

    /// Prints a list or what stands in parentheses. Only lists and arguments can be forced over several lines.
    fn brackets(&mut self, forced: bool) {
        let (open, close) = (self.at, self.pieces.closing(self.at));
        let is_group = self.pieces.is_sign(open, "(") && !self.pieces.begins_arguments(open);
        if close == open + 1 {
            self.out.push(self.pieces.word(open));
            self.out.push(self.pieces.word(close));
            self.at = close + 1;
        } else if (forced && !is_group) || !self.flat(close + 1, usize::MAX) {
            self.items(close, !is_group);
        }
    }

    /// Prints the items of a list over several lines. Those that shared a line still do, if they fit on it.
    fn items(&mut self, close: usize, with_commas: bool) {
        let level = self.out.level();
        self.out.push(self.pieces.word(self.at));
        self.at += 1;
        let (mut gap, mut first) = (Gap::default(), true);
        // Up to which piece items that shared a line do not fit on it.
        let mut ungrouped = 0;
        while self.at < close {
            gap.add(self.pieces.breaks_before(self.at));
            if self.pieces.is_sign(self.at, ",") {
                self.at += 1;
                continue;
            }
            let is_comment = self.pieces.is(self.at, TokenKind::Comment);
            let goes_on = is_comment && !gap.line_break && !self.out.is_after_comment();
            if !goes_on {
                self.entry(gap, first, level + 1);
            }
            if is_comment {
                self.out.comment(self.pieces.word(self.at).trim_end());
                self.at += 1;
            } else {
                let together = if self.at < ungrouped { self.at } else { self.end_of_shared_line(close) };
                if together <= self.at || !self.flat(together, WIDTH - 1) {
                    ungrouped = ungrouped.max(together);
                    self.inline(self.end_of_item(self.at, close), &[], Form::Other);
                }
                self.out.push(if with_commas { "," } else { "" });
            }
            (gap, first) = (Gap::default(), false);
        }
        self.out.line(level);
        self.out.push(self.pieces.word(close));
        self.at = close + 1;
    }

    /// The index after the last of the items that share the line of the next one.
    fn end_of_shared_line(&self, close: usize) -> usize {
        let mut end = self.end_of_item(self.at, close);
        while self.pieces.is_sign(end, ",") && end + 1 < close {
            let next = self.end_of_item(end + 1, close);
            if next == end + 1 || !self.pieces.on_one_line(self.at..next) {
                break;
            }
            end = next;
        }
        end
    }

    /// The index after an item: of its comma, of a comment, or of the closing bracket.
    fn end_of_item(&self, start: usize, close: usize) -> usize {
        let mut index = start;
        while index < close && !self.pieces.is_sign(index, ",") && !self.pieces.is(index, TokenKind::Comment) {
            index = if self.pieces.opens(index) { self.pieces.closing(index) + 1 } else { index + 1 };
        }
        index.min(close)
    }
}
