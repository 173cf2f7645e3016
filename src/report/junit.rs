//! Findings as JUnit XML, which every CI server shows as test results: a suite, and a case for each file, whose name stays
//! the same from run to run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Report, count, shown_file, visible_char};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Origin, SourceFile, SourceMap};

/// One test case a file. It fails if one of its findings weighs as much as `failing` or more; what else was found stands
/// in its output. Paths begin with `prefix`, which leads from the root of the repository to the workspace.
pub fn render(report: &Report<'_>, prefix: &str, failing: Severity) -> String {
    let cases = cases(report, prefix, failing);
    let failures = cases.iter().filter(|case| !case.failures.is_empty()).count();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let numbers = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", cases.len());
    let _ = writeln!(text, "<testsuites name=\"archc\" {numbers}>\n  <testsuite name=\"archc check\" {numbers}>");
    for case in &cases {
        case.render(&mut text, report.sources);
    }
    text.push_str("  </testsuite>\n</testsuites>\n");
    text
}

/// A file, and what was found in it.
struct Case<'a> {
    path: String,
    failures: Vec<&'a Diagnostic>,
    others: Vec<&'a Diagnostic>,
}

/// The files of the workspace, and those with findings, sorted by path.
fn cases<'a>(report: &Report<'a>, prefix: &str, failing: Severity) -> Vec<Case<'a>> {
    let mut found: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.findings() {
        found.entry(finding.primary.span.file).or_default().push(finding);
    }
    let files = report.sources.iter().filter(|(id, file)| file.origin() == Origin::Workspace || found.contains_key(id));
    let case = |(id, file): (FileId, &SourceFile)| {
        let findings = found.get(&id).into_iter().flatten().copied();
        let (failures, others) = findings.partition(|finding| finding.severity >= failing);
        Case { path: shown_file(file, prefix), failures, others }
    };
    let mut cases: Vec<_> = files.map(case).collect();
    cases.sort_by(|left, right| left.path.cmp(&right.path));
    cases
}

impl Case<'_> {
    fn render(&self, text: &mut String, sources: &SourceMap) {
        let _ = write!(text, "    <testcase classname=\"archc\" name=\"{}\"", escape(&self.path));
        if self.failures.is_empty() && self.others.is_empty() {
            text.push_str("/>\n");
            return;
        }
        text.push_str(">\n");
        if let Some(first) = self.failures.first() {
            let message = match self.failures.as_slice() {
                [only] => only.message.clone(),
                several => count(several.len(), "finding"),
            };
            let (code, message) = (escape(&first.code), escape(&message));
            let lines = self.lines(&self.failures, sources);
            let _ = writeln!(text, "      <failure type=\"{code}\" message=\"{message}\">{lines}</failure>");
        }
        if !self.others.is_empty() {
            let _ = writeln!(text, "      <system-out>{}</system-out>", self.lines(&self.others, sources));
        }
        text.push_str("    </testcase>\n");
    }

    /// The findings, each with its place and what to do about it.
    fn lines(&self, findings: &[&Diagnostic], sources: &SourceMap) -> String {
        let mut text = String::new();
        for finding in findings {
            let at = sources.line_column(finding.primary.span);
            let Diagnostic { code, severity, message, .. } = finding;
            let _ = write!(text, "\n{}:{}:{}: {severity}[{code}]: {message}", self.path, at.line, at.column);
            if let Some(advice) = finding.advice() {
                let _ = write!(text, "\n  help: {}", advice.replace('\n', "\n  "));
            }
        }
        text.push('\n');
        escape(&text)
    }
}

/// A text as XML may hold it, in attributes, too. Control characters, which XML forbids even in disguise, are replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            '\n' => escaped.push(char),
            char => escaped.push(visible_char(char)),
        }
    }
    escaped
}
