//! Findings as JSON, for other programs, as `schemas/check.schema.json` describes it. The format has a version, which changes when a
//! field goes or changes its meaning; fields may be added without.

use serde::Serialize;

use super::fingerprint::Fingerprint;
use super::{Report, shown_file};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::source::{SourceMap, Span};

/// The version of the format.
pub const VERSION: u32 = 1;

/// The findings as one JSON document, which ends with a line break. Paths are relative to the workspace; those of the
/// compiler's own catalog begin with `catalog:`.
pub fn render(report: &Report<'_>) -> String {
    let document = Document {
        version: VERSION,
        findings: report
            .entries
            .iter()
            .map(|(finding, known_by)| Finding::new(finding, *known_by, report.sources))
            .collect(),
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
        },
    };
    crate::emit::to_json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
    label: &'a str,
    related: Vec<Related<'a>>,
    fix: Option<Repair<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place,
    label: &'a str,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    place: Place,
    replacement: &'a str,
}

/// A stretch of text; the end is excluded.
#[derive(Serialize)]
struct Place {
    file: String,
    start: Position,
    end: Position,
}

/// Line and column count from 1, columns in Unicode scalar values; the offset counts bytes from 0.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
    offset: u32,
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic, fingerprint: Fingerprint, sources: &SourceMap) -> Finding<'a> {
        let related = finding.secondary.iter();
        Finding {
            code: &finding.code,
            severity: finding.severity,
            message: &finding.message,
            help: finding.help.as_deref(),
            place: place(finding.primary.span, sources),
            label: &finding.primary.text,
            related: related.map(|label| Related { place: place(label.span, sources), label: &label.text }).collect(),
            fix: finding.fix.as_ref().map(|fix| repair(fix, sources)),
            fingerprint: fingerprint.to_string(),
        }
    }
}

fn repair<'a>(fix: &'a Fix, sources: &SourceMap) -> Repair<'a> {
    let edit = |edit: &'a Edit| Replacement { place: place(edit.span, sources), replacement: &edit.replacement };
    Repair { title: &fix.title, edits: fix.edits.iter().map(edit).collect() }
}

fn place(span: Span, sources: &SourceMap) -> Place {
    let file = sources.file(span.file);
    let position = |offset: u32| {
        let at = file.line_column(offset as usize);
        Position { line: at.line, column: at.column, offset }
    };
    Place { file: shown_file(file, ""), start: position(span.start), end: position(span.end) }
}
