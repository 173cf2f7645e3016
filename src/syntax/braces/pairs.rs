//! Which braces are partners by their order alone, and of which that can be believed.

use std::cmp::Ordering;

use super::lines::{Begins, Column, Line, Lines};
use crate::syntax::MAX_NESTING;

/// What the order of the braces says.
pub(super) struct Pairs {
    /// For each `{`, the index of its `}` where the indentation says the same: what stands between them is as it should be.
    partners: Vec<Option<usize>>,
    /// How many braces have no partner.
    pub(super) lonely: usize,
}

impl Pairs {
    /// None if they nest too deep.
    pub(super) fn of(lines: &Lines) -> Option<Pairs> {
        let mut pairs = Pairs { partners: vec![None; lines.braces.len()], lonely: 0 };
        let mut open = Vec::new();
        for (index, brace) in lines.braces.iter().enumerate() {
            if brace.is_open {
                open.push(index);
                if open.len() > MAX_NESTING {
                    return None;
                }
            } else if let Some(opener) = open.pop() {
                if can_be_believed(lines, opener, index)
                    && let Some(partner) = pairs.partners.get_mut(opener)
                {
                    *partner = Some(index);
                }
            } else {
                pairs.lonely += 1;
            }
        }
        pairs.lonely += open.len();
        Some(pairs)
    }

    pub(super) fn partner(&self, opener: usize) -> Option<usize> {
        self.partners.get(opener).copied().flatten()
    }
}

fn can_be_believed(lines: &Lines, open: usize, close: usize) -> bool {
    let (Some(open), Some(close)) = (lines.braces.get(open), lines.braces.get(close)) else { return false };
    let (Some(first), Some(last)) = (lines.all.get(open.line), lines.all.get(close.line)) else { return false };
    let is_at = |column: Column, order: Ordering| column.compare(first.column) == Some(order);
    let is_here = open.line == close.line;
    // What follows stands outside; a `}` that stands deeper would be wrong itself.
    let follows_inside = |next: &Line| match next.begins {
        Begins::Close => is_at(next.column, Ordering::Equal) && next.has_steps,
        _ => is_at(next.column, Ordering::Greater),
    };
    let ends = !close.is_last || !lines.after(close.line).is_some_and(follows_inside);
    if !ends || is_here {
        return ends;
    }
    if close.is_first {
        return is_at(last.column, Ordering::Equal);
    }
    let inside = lines.all.get(open.line + 1..=close.line).unwrap_or_default();
    let inside = inside.iter().filter(|line| line.begins != Begins::Comment && line.start != last.start);
    let ends_deeper = last.begins == Begins::Close || is_at(last.column, Ordering::Greater);
    ends_deeper && inside.into_iter().all(|line| is_at(line.column, Ordering::Greater))
}
