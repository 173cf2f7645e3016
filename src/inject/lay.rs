//! Lines: where they are, and how those are laid out that follow another one.

use std::ops::Range;

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

/// The line of an offset, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1
}

/// The line of an offset, with its break.
pub(super) fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end + 1);
    start..end
}
