//! What is new in a report, held against one of the same workspace in another state.

use std::borrow::Cow;

use super::Report;
use super::fingerprint::line;
use crate::compare::{Seen, unknown_to};
use crate::diagnostic::Diagnostic;

impl<'a> Report<'a> {
    /// Takes away the findings that an earlier report has, too, and returns how many there were.
    pub fn take_earlier(&mut self, earlier: &Report<'_>) -> usize {
        let before = self.entries.len();
        let mut is_new = unknown_to(&earlier.seen(), &self.seen()).into_iter();
        self.entries.retain(|_| is_new.next().unwrap_or(true));
        before - self.entries.len()
    }

    fn seen(&self) -> Vec<Seen<'a>> {
        let seen = |finding: &'a Diagnostic| Seen {
            code: &finding.code,
            line: Cow::Owned(line(finding, self.sources)),
            message: &finding.message,
            severity: finding.severity,
            measure: finding.measure.as_ref().map(|it| (it.of.as_str(), it.figures.clone())),
            file: self.sources.file(finding.primary.span.file).path(),
        };
        self.findings().map(seen).collect()
    }
}
