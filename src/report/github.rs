//! Findings as workflow commands of GitHub Actions, which shows them as annotations in the files of a pull request.

use std::fmt::Write as _;

use super::excerpt::visible;
use super::{Report, shown_file};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// One command a finding. Paths begin with `prefix`, which leads from the root of the repository to the workspace.
pub fn render(report: &Report<'_>, prefix: &str) -> String {
    let mut text = String::new();
    for finding in report.findings() {
        let command = match finding.severity {
            Severity::Note => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let place = place(finding.primary.span, report.sources, prefix);
        let title = property(&finding.code);
        let _ =
            writeln!(text, "::{command} {place},title={title}::{}", data(&message(finding, report.sources, prefix)));
    }
    text
}

/// The message, the other places that matter and lie on other lines, and the help, a line each.
fn message(finding: &Diagnostic, sources: &SourceMap, prefix: &str) -> String {
    let mut text = finding.message.clone();
    let place = |span: Span| (shown_file(sources.file(span.file), prefix), sources.line_column(span).line);
    let here = place(finding.primary.span);
    for label in finding.secondary.iter().filter(|label| !label.text.is_empty() && place(label.span) != here) {
        let (file, line) = place(label.span);
        let _ = write!(text, "\n{file}:{line}: {}", label.text);
    }
    if let Some(advice) = finding.advice() {
        let _ = write!(text, "\nhelp: {advice}");
    }
    visible(&text)
}

/// Columns go with a single line only: GitHub refuses them over several.
fn place(span: Span, sources: &SourceMap, prefix: &str) -> String {
    let file = sources.file(span.file);
    let path = property(&shown_file(file, prefix));
    let start = file.line_column(span.start as usize);
    let end = file.line_column(span.end as usize);
    // What ends with a line break ends on its line, and not on the next.
    let last = file.line_column(span.end.saturating_sub(1).max(span.start) as usize).line;
    if start.line == end.line {
        return format!(
            "file={path},line={},endLine={last},col={},endColumn={}",
            start.line,
            start.column,
            end.column.max(start.column)
        );
    }
    format!("file={path},line={},endLine={last}", start.line)
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
