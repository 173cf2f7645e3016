//! A text that is changed in many places: its lines, those before the place of the last change apart from those behind it.
//! Editors send what is replaced everywhere as many changes, in the order of their places or against it; each of them is
//! then a few steps away from the last.

use gen_lsp_types::{Position, Range};

use super::position::Encoding;
use crate::source::line_starts;

/// The lines of a text, each with its end. The last has none, and may be empty.
pub(super) struct Lines {
    before: Vec<String>,
    /// What follows, the next line last. There is always one.
    after: Vec<String>,
    encoding: Encoding,
}

impl Lines {
    pub(super) fn of(text: &str, encoding: Encoding) -> Lines {
        let mut after: Vec<String> = split(text).map(str::to_owned).collect();
        after.reverse();
        Lines { before: Vec::new(), after, encoding }
    }

    pub(super) fn into_text(self) -> String {
        self.before.into_iter().chain(self.after.into_iter().rev()).collect()
    }

    /// Replaces what stands in a range. Places outside are the nearest inside.
    pub(super) fn replace(&mut self, range: Range, new: &str) {
        let order = |position: Position| (position.line, position.character);
        let (mut start, mut end) = (range.start, range.end);
        if order(end) < order(start) {
            std::mem::swap(&mut start, &mut end);
        }
        let is_there = self.go_to(start.line as usize);
        let skipped = (end.line as usize).saturating_sub(self.before.len());
        let first = self.after.pop().unwrap_or_default();
        let from = if is_there { self.column(&first, start) } else { first.len() };
        let (last, is_there) = self.take(skipped);
        let last = last.as_deref().unwrap_or(&first);
        let to = if is_there { self.column(last, end) } else { last.len() };
        let parts = [first.get(..from), Some(new), last.get(to..)];
        let text = parts.map(Option::unwrap_or_default).concat();
        self.put(text);
    }

    /// Lets a line be the next one; if there is none, the last. Says whether there is.
    fn go_to(&mut self, line: usize) -> bool {
        while self.before.len() > line
            && let Some(last) = self.before.pop()
        {
            self.after.push(last);
        }
        while self.before.len() < line && self.after.len() > 1 {
            self.before.extend(self.after.pop());
        }
        self.before.len() == line
    }

    /// Takes lines away, and gives the last of them, and whether there were as many.
    fn take(&mut self, count: usize) -> (Option<String>, bool) {
        let mut last = None;
        for _ in 0..count {
            let Some(next) = self.after.pop() else { return (last, false) };
            last = Some(next);
        }
        (last, true)
    }

    /// Puts lines in at the place. A line feed behind a carriage return ends the same line.
    fn put(&mut self, text: String) {
        let is_joined = text.starts_with('\n') && self.before.last().is_some_and(|line| line.ends_with('\r'));
        let text = if is_joined { self.before.pop().unwrap_or_default() + &text } else { text };
        let mut lines: Vec<String> = split(&text).map(str::to_owned).collect();
        // Only the last of all lines has no end.
        if !self.after.is_empty() && lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        self.after.extend(lines.into_iter().rev());
    }

    fn column(&self, line: &str, position: Position) -> usize {
        self.encoding.offset_in(line, Position { line: 0, character: position.character })
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    let starts = std::iter::once(0).chain(line_starts(text));
    let ends = line_starts(text).chain([text.len()]);
    starts.zip(ends).filter_map(|(start, end)| text.get(start..end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn position() -> impl Strategy<Value = Position> {
        (0..6_u32, 0..6_u32).prop_map(|(line, character)| Position { line, character })
    }

    proptest! {
        /// Many changes make of a text what one after the other makes of it.
        #[test]
        fn changes_come_to_the_same(
            text in "[a🚀é\r\n]{0,24}",
            changes in proptest::collection::vec((position(), position(), "[b\r\n]{0,4}"), 1..8),
            encoding in prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16), Just(Encoding::Utf32)],
        ) {
            let mut lines = Lines::of(&text, encoding);
            let mut expected = text;
            for (start, end, new) in changes {
                let place = |position| encoding.offset_in(&expected, position);
                let (from, to) = (place(start), place(end));
                expected.replace_range(from.min(to)..from.max(to), &new);
                lines.replace(Range { start, end }, &new);
            }
            prop_assert_eq!(lines.into_text(), expected);
        }
    }

    #[test]
    fn a_change_moves_no_more_lines_than_lie_between() {
        let mut lines = Lines::of(&"line\n".repeat(1000), Encoding::Utf8);
        for line in (0..1000).rev() {
            let at = |character| Position { line, character };
            lines.replace(Range { start: at(0), end: at(1) }, "L");
            assert_eq!(lines.before.len(), line as usize);
        }
        assert_eq!(lines.into_text(), "Line\n".repeat(1000));
    }
}
