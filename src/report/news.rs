//! What is new in a report, held against one of the same workspace in another state.

use std::collections::BTreeMap;

use super::Report;
use super::fingerprint::line;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;

/// What two findings have in common that are the same: the rule, the text of the line, and what is said of it. Both
/// reports are by the same compiler, so that words differ only where facts do.
type Sameness<'a> = (&'a str, String, &'a str);

/// Findings of the earlier report that are the same.
#[derive(Default)]
struct Earlier<'a> {
    /// How much they weigh: one rule weighs the same in all of a workspace.
    severity: Option<Severity>,
    /// How many of them are left in which file.
    in_files: BTreeMap<&'a str, usize>,
}

impl Report<'_> {
    /// Takes away the findings that an earlier report has, too, and returns how many there were.
    ///
    /// Each finding of the earlier report accounts for one at most: one of the same file, or else, since files are renamed
    /// and declarations are moved between them, one of any other. One that weighs more than it did is new.
    pub fn take_earlier(&mut self, earlier: &Report<'_>) -> usize {
        let mut known: BTreeMap<Sameness<'_>, Earlier<'_>> = BTreeMap::new();
        for finding in earlier.findings() {
            let same = known.entry(sameness(finding, earlier.sources)).or_default();
            same.severity = same.severity.max(Some(finding.severity));
            *same.in_files.entry(path(finding, earlier.sources)).or_default() += 1;
        }
        let (before, sources) = (self.entries.len(), self.sources);
        // All that stayed in its file is known before what was moved is looked for.
        for is_moved in [false, true] {
            self.entries.retain(|(finding, _)| {
                let same = known.get_mut(&sameness(finding, sources));
                let same = same.filter(|same| same.severity >= Some(finding.severity));
                !same.is_some_and(|same| same.take((!is_moved).then(|| path(finding, sources))))
            });
        }
        before - self.entries.len()
    }
}

impl Earlier<'_> {
    /// Takes one of a file, or of any; whether there was one.
    fn take(&mut self, file: Option<&str>) -> bool {
        let left = match file {
            Some(file) => self.in_files.get_mut(file).filter(|left| **left > 0),
            None => self.in_files.values_mut().find(|left| **left > 0),
        };
        left.map(|left| *left -= 1).is_some()
    }
}

fn sameness<'a>(finding: &'a Diagnostic, sources: &SourceMap) -> Sameness<'a> {
    (&finding.code, line(finding, sources), &finding.message)
}

fn path<'a>(finding: &Diagnostic, sources: &'a SourceMap) -> &'a str {
    sources.file(finding.primary.span.file).path()
}
