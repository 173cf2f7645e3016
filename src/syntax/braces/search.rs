//! Where a brace is missing or one too many, by the indentation.
//!
//! A block ends before the first line that is indented no deeper than the line of its `{`, and a `}` stands below the
//! line that it belongs to. What breaks these two rules has a brace too few or too many. Pairs of braces that keep them are
//! passed over as a whole, so that a part of a file in another style, whose braces are fine, is nobody's mistake.

use std::cmp::Ordering;

use super::lines::{Begins, Brace, Column, Line, Lines};
use super::pairs::Pairs;

/// With more faults than this the text is in no state to be understood by its indentation, and each costs a walk over its line.
const MAX_FAULTS: usize = 100;

/// What is wrong with one brace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A `{` has no `}`: its block goes on to the end of a line, and something shows that it ends before another.
    Unclosed { open: usize, last: usize, shown_by: Option<usize>, is_sure: bool },
    /// A `}` is one too many.
    Excess { close: usize, is_early: bool },
    /// The `{` of a `}` is missing at the end of a line.
    Unopened { close: usize, line: usize },
}

/// The faults of a text, in the order in which they show.
pub(super) struct Found {
    pub(super) faults: Vec<Fault>,
    /// Whether all other lines are indented as they should be, so that no other reading is as good.
    pub(super) is_exact: bool,
}

/// Looks for the faults; none if the indentation does not tell them.
pub(super) fn faults(lines: &Lines) -> Option<Found> {
    let pairs = Pairs::of(lines).filter(|pairs| pairs.lonely <= MAX_FAULTS)?;
    let root = Open { child: Some(Column::default()), ..Open::default() };
    let mut search = Search { lines, pairs: &pairs, root, stack: Vec::new(), faults: Vec::new(), oddities: 0 };
    search.all()?;
    let Search { faults, oddities, .. } = search;
    let is_exact = oddities == 0;
    // There is no way with less changes than one for each lonely brace.
    let is_believable = is_exact || faults.len() == pairs.lonely;
    is_believable.then_some(Found { faults, is_exact })
}

/// A block that is open.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    brace: usize,
    line: usize,
    column: Column,
    /// How deep what stands in it is indented.
    child: Option<Column>,
    /// The last line that is indented so.
    last: Option<usize>,
    /// Whether lines since then are indented deeper, though no block was opened.
    has_deeper: bool,
    /// Whether anything in it is indented deeper than the block itself.
    has_body: bool,
    /// Whether what stands last in it is a block of steps, behind which an `else` can stand.
    ends_with_steps: bool,
}

struct Search<'l> {
    lines: &'l Lines,
    pairs: &'l Pairs,
    root: Open,
    stack: Vec<Open>,
    faults: Vec<Fault>,
    /// How many lines are indented in a way that the faults do not explain.
    oddities: usize,
}

impl<'l> Search<'l> {
    /// None if nobody can tell: blanks and tabs are mixed so that it depends on their width, or there is too much.
    fn all(&mut self) -> Option<()> {
        let mut index = 0;
        while let Some(line) = self.lines.all.get(index) {
            index = self.line(index, line)?;
            if self.faults.len() > MAX_FAULTS {
                return None;
            }
        }
        while let Some(open) = self.stack.pop() {
            self.unclosed(&open, None);
        }
        self.oddities += usize::from(self.root.has_deeper);
        Some(())
    }

    fn top(&self) -> Open {
        self.stack.last().copied().unwrap_or(self.root)
    }

    fn has_steps(&self, open: &Open) -> bool {
        self.lines.all.get(open.line).is_some_and(|line| line.has_steps)
    }

    fn top_mut(&mut self) -> &mut Open {
        self.stack.last_mut().unwrap_or(&mut self.root)
    }

    /// Goes through a line, and the lines of the pairs of braces that begin on it. Returns the line to go on with.
    fn line(&mut self, index: usize, line: &'l Line) -> Option<usize> {
        let (mut index, mut line, mut column) = (index, line, line.column);
        match line.begins {
            Begins::Comment => return Some(index + 1),
            Begins::Close => {}
            Begins::Statement | Begins::Branch => column = self.arrive(index, line)?,
        }
        let mut at = line.braces.start;
        while at < line.braces.end {
            let brace = *self.lines.braces.get(at)?;
            if let Some(partner) = self.pairs.partner(at) {
                self.top_mut().ends_with_steps = line.has_steps;
                let close = self.lines.braces.get(partner)?;
                if close.line != index {
                    (index, line) = (close.line, self.lines.all.get(close.line)?);
                    column = line.column;
                }
                at = partner + 1;
                continue;
            }
            if brace.is_open {
                self.stack.push(Open { brace: at, line: index, column, ..Open::default() });
            } else if brace.is_first {
                column = self.close_first(at, &brace, line)?;
            } else {
                self.close_behind(at, &brace)?;
            }
            at += 1;
        }
        Some(index + 1)
    }

    /// A statement begins. Returns the column that its own block counts from.
    fn arrive(&mut self, index: usize, line: &Line) -> Option<Column> {
        let mut column = line.column;
        let mut is_behind_steps = false;
        while let Some(open) = self.stack.last().copied() {
            let is_left = open.column.compare(line.column)? != Ordering::Less;
            let is_flat = open.column.is_zero() && !open.has_body;
            if !is_left || is_flat && !line.is_top {
                break;
            }
            self.unclosed(&open, Some(index));
            self.stack.pop();
            is_behind_steps = self.has_steps(&open);
        }
        let top = self.top();
        let is_sibling =
            top.ends_with_steps && top.child.and_then(|child| child.compare(column)) == Some(Ordering::Equal);
        if line.begins == Begins::Branch
            && !is_behind_steps
            && !self.stack.is_empty()
            && self.has_steps(&top)
            && !is_sibling
        {
            // Its `}` is missing, and it is none of the lines inside.
            self.unclosed(&top, Some(index));
            self.stack.pop();
            column = top.column;
        }
        self.stand(index, column)?;
        Some(column)
    }

    /// Holds how deep a statement stands against its neighbours.
    fn stand(&mut self, index: usize, column: Column) -> Option<()> {
        let (is_root, mut top) = (self.stack.is_empty(), self.top());
        let is_deeper = is_root || column.compare(top.column)? == Ordering::Greater;
        top.has_body |= is_deeper;
        top.ends_with_steps = false;
        let order = top.child.map_or(Some(Ordering::Equal), |child| column.compare(child))?;
        let is_odd = match order {
            Ordering::Equal => std::mem::take(&mut top.has_deeper),
            Ordering::Greater => {
                top.has_deeper = true;
                // Deeper than what has a block of its own: nothing can be missing there.
                top.last.is_none_or(|last| self.lines.all.get(last).is_none_or(|line| !line.braces.is_empty()))
            }
            Ordering::Less => true,
        };
        if order == Ordering::Equal {
            (top.child, top.last) = (Some(column), Some(index));
        }
        self.oddities += usize::from(is_odd || !is_deeper);
        *self.top_mut() = top;
        Some(())
    }

    /// A line begins with a `}`. Returns the column that a block behind it counts from.
    fn close_first(&mut self, at: usize, brace: &Brace, line: &Line) -> Option<Column> {
        let next = self.lines.after(brace.line);
        let mut around = self.stack.len();
        while let Some(open) = around.checked_sub(1).and_then(|index| self.stack.get(index)) {
            if open.column.compare(line.column)? != Ordering::Greater {
                break;
            }
            around -= 1;
        }
        let is_early = match next {
            // A `}` with an `else` behind it has the block before it.
            Some(next) if next.begins == Begins::Close && next.has_steps && next.column == line.column => true,
            // A `}` can stand deeper where it ends a block that does.
            Some(next) if brace.is_last && (next.begins != Begins::Close || around < self.stack.len()) => {
                next.column.compare(line.column)? == Ordering::Greater
            }
            _ => false,
        };
        let partner = around.checked_sub(1).and_then(|index| self.stack.get(index)).copied();
        let is_exact = match partner {
            Some(open) => open.column.compare(line.column)? == Ordering::Equal,
            None => false,
        };
        if is_exact && is_early {
            self.faults.push(Fault::Excess { close: at, is_early });
        } else if is_exact {
            while self.stack.len() > around {
                let open = self.stack.pop()?;
                self.unclosed(&open, Some(brace.line));
            }
            self.close();
        } else if around < self.stack.len() {
            self.oddities += 1;
            self.close();
        } else {
            self.lonely(at, brace, line, next)?;
        }
        Some(line.column)
    }

    /// A `}` that stands deeper than all that is open.
    fn lonely(&mut self, at: usize, brace: &Brace, line: &Line, next: Option<&Line>) -> Option<()> {
        let top = self.top();
        let is_below = match top.child {
            Some(child) => child.compare(line.column)? == Ordering::Equal,
            None => false,
        };
        if let Some(last) = top.last.filter(|_| is_below && top.has_deeper) {
            self.faults.push(Fault::Unopened { close: at, line: last });
            self.top_mut().has_deeper = false;
            return Some(());
        }
        let is_left = match next.filter(|_| brace.is_last) {
            Some(next) if next.begins != Begins::Close => next.column.compare(top.column)? != Ordering::Greater,
            Some(next) => next.column.compare(top.column)? == Ordering::Less,
            None => true,
        };
        if is_left && !self.stack.is_empty() {
            self.oddities += 1;
            self.close();
        } else {
            self.faults.push(Fault::Excess { close: at, is_early: false });
        }
        Some(())
    }

    /// A `}` behind something else on its line.
    fn close_behind(&mut self, at: usize, brace: &Brace) -> Option<()> {
        let Some(open) = self.stack.last().copied() else {
            self.faults.push(Fault::Excess { close: at, is_early: false });
            return Some(());
        };
        let is_here = open.line == brace.line;
        let goes_on = match self.lines.after(brace.line) {
            Some(_) if !brace.is_last => false,
            Some(next) => {
                let order = next.column.compare(open.column)?;
                // A `}` below the block's own line ends it; one that stands deeper ends none that begins and ends here.
                let closes = next.begins == Begins::Close;
                if is_here {
                    order == Ordering::Greater && !closes
                } else {
                    order == Ordering::Greater || closes && order == Ordering::Equal
                }
            }
            None => false,
        };
        if goes_on {
            self.faults.push(Fault::Excess { close: at, is_early: true });
        } else {
            self.oddities += usize::from(!is_here);
            self.close();
        }
        Some(())
    }

    fn close(&mut self) {
        if let Some(open) = self.stack.pop() {
            self.oddities += usize::from(open.has_deeper);
            self.top_mut().ends_with_steps = self.has_steps(&open);
        }
    }

    /// A block is left without a `}`.
    fn unclosed(&mut self, open: &Open, before: Option<usize>) {
        let end = before.unwrap_or(self.lines.all.len());
        let is_inside = |index: &usize| {
            self.lines.all.get(*index).is_some_and(|line| {
                line.begins != Begins::Comment || line.column.compare(open.column) == Some(Ordering::Greater)
            })
        };
        let last = (open.line + 1..end).rev().find(is_inside).unwrap_or(open.line);
        let has_content = self.lines.braces.get(open.brace).is_some_and(|brace| !brace.is_last);
        self.oddities += usize::from(open.has_deeper);
        let is_sure = open.has_body || has_content;
        self.faults.push(Fault::Unclosed { open: open.brace, last, shown_by: before, is_sure });
    }
}
