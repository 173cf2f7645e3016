//! Unified diffs of texts.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::report::{pretty::Style, visible_char};

/// Longer texts are not compared line by line: that takes too long where little of them is the same.
const MAX_LINES: usize = 10_000;

/// So many lines of a diff are shown.
const SHOWN: usize = 100;

/// Lines around a change.
const CONTEXT: usize = 3;

/// The name of a side that does not exist.
pub(super) const NOTHING: &str = "/dev/null";

/// The changes from one named text to another, at most [`SHOWN`] lines of them.
pub(super) fn unified(old: (&str, &str), new: (&str, &str), style: Style) -> String {
    let mut text = format!("--- {}\n+++ {}\n", old.0, new.0);
    let (old, new) = (old.1, new.1);
    if old != new && old.replace("\r\n", "\n") == new.replace("\r\n", "\n") {
        text.push_str("only the line breaks differ: keep version control from changing them\n");
        return text;
    }
    if old.lines().count() + new.lines().count() > MAX_LINES {
        text.push_str("too long to show line by line\n");
        return text;
    }
    let lines = lines(old, new);
    for line in lines.iter().take(SHOWN) {
        paint(&mut text, line, style);
    }
    if let Some(rest) = lines.len().checked_sub(SHOWN).filter(|rest| *rest > 0) {
        let _ = writeln!(text, "… and {} more", crate::report::count(rest, "line"));
    }
    text
}

fn lines(old: &str, new: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        lines.push(hunk.header().to_string());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line = change.value().trim_end_matches('\n');
            lines.push(std::iter::once(sign).chain(line.chars().map(visible_char)).collect());
            if change.missing_newline() {
                lines.push("\\ No newline at end of file".to_owned());
            }
        }
    }
    lines
}

fn paint(text: &mut String, line: &str, style: Style) {
    let color = match line.chars().next() {
        Some('-') => "31",
        Some('+') => "32",
        Some('@') => "36",
        _ => "",
    };
    let _ = match color {
        color if style.color && !color.is_empty() => writeln!(text, "\u{1b}[{color}m{line}\u{1b}[0m"),
        _ => writeln!(text, "{line}"),
    };
}
