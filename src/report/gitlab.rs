//! Findings as a code quality report of GitLab, which shows them in merge requests.

use serde::Serialize;

use super::fingerprint::Fingerprint;
use super::{Report, shown_file};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;

/// The findings as a JSON list, which ends with a line break. Paths begin with `prefix`, which leads from the root of the
/// repository to the workspace.
pub fn render(report: &Report<'_>, prefix: &str) -> String {
    let issues =
        report.entries.iter().map(|(finding, known_by)| Issue::new(finding, *known_by, report.sources, prefix));
    let issues: Vec<_> = issues.collect();
    crate::emit::to_json(&issues)
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

/// Both count from 1, and both lines belong to it.
#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<'a> Issue<'a> {
    fn new(finding: &'a Diagnostic, fingerprint: Fingerprint, sources: &SourceMap, prefix: &str) -> Issue<'a> {
        let span = finding.primary.span;
        let file = sources.file(span.file);
        let line = |offset: u32| file.line_column(offset as usize).line;
        let lines = Lines { begin: line(span.start), end: line(span.end.saturating_sub(1).max(span.start)) };
        Issue {
            description: match finding.advice() {
                Some(advice) => format!("{} (help: {})", finding.message, advice.replace('\n', "; ")),
                None => finding.message.clone(),
            },
            check_name: &finding.code,
            fingerprint: fingerprint.to_string(),
            severity: match finding.severity {
                Severity::Note => "info",
                Severity::Warning => "minor",
                Severity::Error => "major",
            },
            location: Location { path: shown_file(file, prefix), lines },
        }
    }
}
