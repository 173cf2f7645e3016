//! What formatting changes, as small edits: the cursor and all that is right stay where they are.

use similar::{DiffOp, TextDiff};

use crate::diagnostic::Edit;
use crate::format::format;
use crate::source::{FileId, Span};

/// The edits that give the text of a file the one style.
pub fn formatting(file: FileId, text: &str) -> Vec<Edit> {
    let formatted = format(text).text;
    let diff = TextDiff::from_lines(text, formatted.as_str());
    let starts = |lines: &[&str]| {
        let sums = lines.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        });
        std::iter::once(0).chain(sums).collect::<Vec<usize>>()
    };
    let (old, new) = (starts(diff.old_slices()), starts(diff.new_slices()));
    let at = |starts: &[usize], line: usize| starts.get(line).copied().unwrap_or_default();
    let edits = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).map(|op| {
        let (before, after) = (op.old_range(), op.new_range());
        let replacement = formatted.get(at(&new, after.start)..at(&new, after.end)).unwrap_or_default();
        Edit { span: Span::of(file, at(&old, before.start)..at(&old, before.end)), replacement: replacement.to_owned() }
    });
    edits.collect()
}
