//! How an output folder differs from what would be written to it.

use std::fmt::Write as _;

use super::output::Difference;
use super::unified::{NOTHING, unified};
use crate::report::count;
use crate::report::pretty::Style;

/// So many files are shown with a diff, and so many more by name.
const SHOWN: usize = 10;

/// What to do about it.
pub(super) const ADVICE: &str = "run the same command without `--check`, and commit what it writes\n";

/// A diff for the first differences, the names of some more, and what to do. `folder` is how the user named the folder.
pub(super) fn render(differences: &[Difference], folder: &str, style: Style) -> String {
    let mut text = String::new();
    for difference in differences.iter().take(SHOWN) {
        text.push_str(&diff(difference, folder, style));
        text.push('\n');
    }
    for difference in differences.iter().skip(SHOWN).take(SHOWN) {
        let _ = writeln!(text, "{}: {}", what(difference), path(difference, folder));
    }
    if let Some(rest) = differences.len().checked_sub(2 * SHOWN).filter(|rest| *rest > 0) {
        let _ = writeln!(text, "and {} more", count(rest, "file"));
    }
    let number = |kind: &str| differences.iter().filter(|difference| what(difference) == kind).count();
    let kinds = ["changed", "missing", "stale"].map(|kind| (number(kind), kind));
    let kinds: Vec<_> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, kind)| format!("{n} {kind}")).collect();
    let verb = if differences.len() == 1 { "is" } else { "are" };
    let files = count(differences.len(), "file");
    let _ = writeln!(text, "{files} in `{folder}` {verb} out of date: {}", kinds.join(", "));
    text.push_str(ADVICE);
    text
}

fn what(difference: &Difference) -> &'static str {
    match (&difference.old, &difference.new) {
        (None, _) => "missing",
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "stale",
    }
}

fn path(difference: &Difference, folder: &str) -> String {
    let folder = folder.trim_end_matches('/');
    format!("{folder}/{}", difference.path)
}

fn diff(difference: &Difference, folder: &str, style: Style) -> String {
    let path = path(difference, folder);
    let name = |is_there: bool| if is_there { path.as_str() } else { NOTHING };
    let old = difference.old.as_deref().map(String::from_utf8_lossy);
    let old = (name(old.is_some()), old.as_deref().unwrap_or_default());
    let new = (name(difference.new.is_some()), difference.new.as_deref().unwrap_or_default());
    unified(old, new, style)
}
