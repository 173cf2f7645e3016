//! Lines: where they are, and how those are laid out that follow another one.

use std::ops::{Deref, Range};

/// What lines have in common with one that they follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// What they begin with.
    prefix: String,
    /// What they end with.
    line_break: &'static str,
}

impl Layout {
    /// The layout of a line, and of what stands before its first word. Quotes go on with the mark that began them; items of
    /// lists are indented as far as their mark.
    pub(super) fn of(before: &str, line: &str) -> Layout {
        let prefix = before.chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' });
        Layout { prefix: prefix.collect(), line_break: if line.ends_with("\r\n") { "\r\n" } else { "\n" } }
    }

    /// Whether lines begin with just what the first one began with.
    pub(super) fn is_prefix(&self, before: &str) -> bool {
        self.prefix == before
    }
}

/// Lines laid out, with an empty one before and after them: without these, Markdown has no tables next to HTML.
pub(super) fn lay(lines: &str, layout: &Layout) -> String {
    let mut text = String::new();
    for line in std::iter::once("").chain(lines.lines()).chain([""]) {
        let prefix = if line.is_empty() { layout.prefix.trim_end() } else { &layout.prefix };
        text.extend([prefix, line, layout.line_break]);
    }
    text
}

/// Lines laid out next to what stands before the first of them, with an empty one after them.
pub(super) fn join(lines: &str, layout: &Layout) -> String {
    let text = lay(lines, layout);
    let first = layout.prefix.trim_end().len() + layout.line_break.len() + layout.prefix.len();
    let end = text.len() - layout.line_break.len();
    text.get(first..end).unwrap_or_default().to_owned()
}

/// A stretch of a text, and what takes its place.
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) new: String,
}

/// The text with edits, which are in its order and do not overlap.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut end = 0;
    for edit in edits {
        new.push_str(text.get(end..edit.range.start).unwrap_or_default());
        new.push_str(&edit.new);
        end = edit.range.end;
    }
    new.push_str(text.get(end..).unwrap_or_default());
    new
}

/// What some editors put before the first line: it is no part of that.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// How much of a text stands before its first line.
pub(super) fn before_lines(text: &str) -> usize {
    text.len() - text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).len()
}

/// A text, and where its lines begin: what stands on a line is asked for each marker, however many there are.
pub(super) struct Text<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Text<'t> {
    pub(super) fn new(text: &'t str) -> Text<'t> {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Text { text, starts: std::iter::once(before_lines(text)).chain(breaks).collect() }
    }

    /// The line of an offset, from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    /// The line of an offset, with its break.
    pub(super) fn line_around(&self, at: usize) -> Range<usize> {
        let next = self.line_of(at);
        let start = self.starts.get(next.saturating_sub(1)).copied().unwrap_or_default();
        start..self.starts.get(next).copied().unwrap_or(self.text.len())
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}
