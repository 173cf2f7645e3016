//! A text that shows sources and findings together, for snapshots.

use std::fmt::Write as _;

use archc::diagnostic::{Diagnostic, Fix};
use archc::edits;
use archc::project::Workspace;
use archc::source::{FileId, SourceMap, Span};

/// The numbered source, and each finding with its labels under the lines they are about.
pub(super) fn sheet(workspace: &Workspace, findings: &[Diagnostic]) -> String {
    let mut sheet = String::new();
    for file in &workspace.files {
        let lines = workspace.sources.file(*file).text().lines();
        lines.enumerate().for_each(|(index, line)| numbered(&mut sheet, index + 1, line));
    }
    for finding in findings {
        write_finding(&mut sheet, &workspace.sources, finding);
    }
    if findings.is_empty() {
        sheet.push_str("\nno findings\n");
    }
    sheet
}

fn write_finding(sheet: &mut String, sources: &SourceMap, finding: &Diagnostic) {
    writeln!(sheet, "\n{}[{}]: {}", finding.severity, finding.code, finding.message).unwrap();
    marked(sheet, sources, finding.primary.span, '^', &finding.primary.text);
    for label in &finding.secondary {
        marked(sheet, sources, label.span, '-', &label.text);
    }
    for line in finding.help.iter().flat_map(|help| help.lines()) {
        writeln!(sheet, "  help: {line}").unwrap();
    }
    if let Some(fix) = &finding.fix {
        writeln!(sheet, "  {}: {}", if fix.is_sure { "fix" } else { "fix, not sure" }, fix.title).unwrap();
        let before = sources.file(finding.primary.span.file).text();
        let after = apply(before, fix);
        changed(sheet, finding.primary.span.file, before, &after);
    }
}

/// The lines that are new, with their numbers, and those that are gone, with the numbers that they had.
fn changed(sheet: &mut String, file: FileId, before: &str, after: &str) {
    let line_of = |text: &str, at: usize| text[..at].matches('\n').count() + 1;
    let mut moved = 0isize;
    for edit in edits::between(file, before, after) {
        let range = edit.span.range();
        let start = range.start.checked_add_signed(moved).unwrap();
        let lines = edit.replacement.lines().enumerate();
        lines.for_each(|(index, line)| numbered(sheet, line_of(after, start) + index, line));
        if edit.replacement.is_empty() {
            let gone = before[range.clone()].lines().enumerate();
            gone.for_each(|(index, line)| {
                writeln!(sheet, "   - | {line} (line {})", line_of(before, range.start) + index).unwrap();
            });
        }
        moved += isize::try_from(edit.replacement.len()).unwrap() - isize::try_from(range.len()).unwrap();
    }
}

fn numbered(sheet: &mut String, number: usize, line: &str) {
    writeln!(sheet, "{}", format!("{number:>4} | {line}").trim_end()).unwrap();
}

fn marked(sheet: &mut String, sources: &SourceMap, span: Span, mark: char, text: &str) {
    let file = sources.file(span.file);
    let at = sources.line_column(span);
    let line = file.text().lines().nth(at.line - 1).unwrap_or_default();
    let width = sources.text(span).lines().next().map_or(0, |line| line.chars().count()).max(1);
    numbered(sheet, at.line, line);
    let marks = String::from(mark).repeat(width);
    writeln!(sheet, "{}", format!("     | {}{marks} {text}", " ".repeat(at.column - 1)).trim_end()).unwrap();
}

/// The text after a fix.
pub(super) fn apply(text: &str, fix: &Fix) -> String {
    edits::apply(text, &fix.edits).unwrap()
}
