//! Changes to a text, collected first and made in one go.

use std::ops::Range;

use crate::docs::Link;
use crate::emit::markdown::escape::destination;

/// A text and the changes to make.
pub(super) struct Splices<'t> {
    pub(super) text: &'t str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'t> Splices<'t> {
    pub(super) fn new(text: &'t str) -> Splices<'t> {
        Splices { text, changes: Vec::new() }
    }

    pub(super) fn replace(&mut self, range: Range<usize>, with: String) {
        self.changes.push((range, with));
    }

    pub(super) fn insert(&mut self, at: usize, what: String) {
        self.changes.push((at..at, what));
    }

    /// Lets a link lead to an address. How it shows stays as it is.
    pub(super) fn redirect(&mut self, link: &Link, address: &str) {
        let title = match link.title.as_str() {
            "" => String::new(),
            title => format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")),
        };
        self.replace(link.text.end..link.range.end, format!("]({}{title})", destination(address)));
    }

    /// Leaves only the text of a link.
    pub(super) fn unlink(&mut self, link: &Link) {
        self.replace(link.range.start..link.text.start, String::new());
        self.replace(link.text.end..link.range.end, String::new());
    }

    /// The text with the changes. One that reaches into another is left out.
    pub(super) fn apply(mut self) -> String {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut result = String::with_capacity(self.text.len() + 64);
        let mut done = 0;
        for (range, with) in &self.changes {
            if range.start < done {
                continue;
            }
            result.push_str(self.text.get(done..range.start).unwrap_or_default());
            result.push_str(with);
            done = range.end;
        }
        result.push_str(self.text.get(done..).unwrap_or_default());
        result
    }
}
