//! How lines are laid out that follow another one.

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
