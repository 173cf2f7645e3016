//! Findings, as people and as programs read them.

pub mod comparison;
mod data;
mod excerpt;
mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
mod news;
pub mod pretty;
pub mod sarif;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use excerpt::visible_char;
use fingerprint::{Fingerprint, fingerprints};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Origin, SourceFile, SourceMap};

/// What was found, and in what.
#[derive(Debug)]
pub struct Report<'a> {
    sources: &'a SourceMap,
    /// The findings, and what each is known by.
    entries: Vec<(&'a Diagnostic, Fingerprint)>,
}

/// What became of the findings of a baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many findings of the report it has.
    pub taken: usize,
    /// How many of its findings, in files that were read, the report has not.
    pub gone: usize,
    /// Whether none of the files that it names was read.
    pub is_elsewhere: bool,
}

impl<'a> Report<'a> {
    /// Takes the findings in the order of the text: by file, then by place.
    pub fn new(sources: &'a SourceMap, findings: impl IntoIterator<Item = &'a Diagnostic>) -> Report<'a> {
        let mut findings: Vec<_> = findings.into_iter().collect();
        let key = |finding: &Diagnostic| {
            let span = finding.primary.span;
            let file = sources.file(span.file);
            (file.origin() == Origin::Catalog, file.path(), span.start, span.end)
        };
        findings.sort_by(|left, right| {
            key(left).cmp(&key(right)).then_with(|| (&left.code, &left.message).cmp(&(&right.code, &right.message)))
        });
        let fingerprints = fingerprints(&findings, sources);
        Report { sources, entries: findings.into_iter().zip(fingerprints).collect() }
    }

    /// Takes away the findings with one of these fingerprints, each of a finding in a file, and returns how that came out.
    pub fn take_known(&mut self, known: &BTreeMap<String, String>) -> Taken {
        let before = self.entries.len();
        let read: BTreeSet<String> = self.sources.iter().map(|(_, file)| shown_file(file, "")).collect();
        let expected = known.iter().filter(|(_, file)| read.contains(*file)).map(|(fingerprint, _)| fingerprint);
        let expected: BTreeSet<&String> = expected.collect();
        let mut met = 0;
        self.entries.retain(|(_, fingerprint)| {
            let fingerprint = fingerprint.to_string();
            met += usize::from(expected.contains(&fingerprint));
            !known.contains_key(&fingerprint)
        });
        // Each finding has a fingerprint of its own.
        let gone = expected.len().saturating_sub(met);
        Taken { taken: before - self.entries.len(), gone, is_elsewhere: expected.is_empty() && !known.is_empty() }
    }

    /// The findings that weigh as much as `severity` or more.
    #[must_use]
    pub fn at_least(&self, severity: Severity) -> Report<'a> {
        let entries = self.entries.iter().filter(|(finding, _)| finding.severity >= severity).copied();
        Report { sources: self.sources, entries: entries.collect() }
    }

    fn findings(&self) -> impl Iterator<Item = &'a Diagnostic> {
        self.entries.iter().map(|(finding, _)| *finding)
    }

    /// Whether a finding weighs as much as `severity` or more.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.findings().any(|finding| finding.severity >= severity)
    }

    /// Whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The codes of the findings, in their order.
    pub fn codes(&self) -> impl Iterator<Item = &'a str> {
        self.findings().map(|finding| finding.code.as_ref())
    }

    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// The findings in numbers: `2 errors and 1 warning in 2 files`. Empty if there are none.
    pub fn totals(&self) -> String {
        let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
        let parts = counts.map(|(severity, noun)| (self.count(severity), noun));
        let parts: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(*n, noun)).collect();
        let files: BTreeSet<_> = self.findings().map(|finding| finding.primary.span.file).collect();
        match parts.as_slice() {
            [] => String::new(),
            parts => format!("{} in {}", parts.join(", "), count(files.len(), "file")),
        }
    }
}

/// A number and its noun: `1 file`, `2 files`.
pub fn count(number: usize, noun: &str) -> String {
    let mut text = format!("{number} {noun}");
    if number != 1 {
        text.push('s');
    }
    text
}

/// How a path of the workspace is named to a reader whom `prefix` leads to the workspace. Names of what is no file of it,
/// such as `<stdin>`, stay as they are.
pub fn shown_path(path: &str, prefix: &str) -> String {
    if path.starts_with(['<', '/']) { path.to_owned() } else { format!("{prefix}{path}") }
}

/// How a file is named: one of the catalog that ships with the compiler is marked as such.
fn shown_file(file: &SourceFile, prefix: &str) -> String {
    match file.origin() {
        // Its path says that it is shipped: `catalog:aws/sns.arch`.
        Origin::Catalog => file.path().to_owned(),
        Origin::Workspace => shown_path(file.path(), prefix),
    }
}
