//! Findings, as the protocol tells them.

use std::collections::BTreeMap;

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Position,
    Range, Uri,
};

use super::session::Look;
use crate::check;
use crate::diagnostic::{self, Severity};
use crate::policy;
use crate::project::{LoadError, LoadErrorKind};

/// The findings of a workspace by the URI of their document, with what is wrong with files that could not be read.
pub(super) fn by_document(look: Look<'_>, errors: &[LoadError]) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut all: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    let mut words = Words::new(look);
    for of_file in look.snapshot.analysis.diagnostics.chunk_by(|a, b| a.primary.span.file == b.primary.span.file) {
        let uri = of_file.first().and_then(|first| look.uri(first.primary.span.file));
        let Some(uri) = uri else { continue };
        all.entry(uri.0).or_default().extend(of_file.iter().map(|finding| words.convert(finding)));
    }
    for error in errors {
        if let Some(uri) = look.uri_of_path(&error.path) {
            all.entry(uri.0).or_default().push(unreadable(look, error));
        }
    }
    all
}

/// One finding.
pub(super) fn convert(look: Look<'_>, finding: &diagnostic::Diagnostic) -> Diagnostic {
    Words::new(look).convert(finding)
}

/// What is said of findings. Thousands may have one rule.
struct Words<'l> {
    look: Look<'l>,
    /// What explains the rules that have been met, by code.
    pages: BTreeMap<&'l str, Option<Uri>>,
}

impl<'l> Words<'l> {
    fn new(look: Look<'l>) -> Words<'l> {
        Words { look, pages: BTreeMap::new() }
    }

    fn convert(&mut self, finding: &'l diagnostic::Diagnostic) -> Diagnostic {
        let look = self.look;
        let related = finding.secondary.iter().filter_map(|label| {
            Some(DiagnosticRelatedInformation { location: look.location(label.span)?, message: label.text.clone() })
        });
        let related: Vec<_> = if look.client.takes_related_places() { related.collect() } else { Vec::new() };
        let mut tags = tags(&finding.code);
        tags.retain(|tag| look.client.takes_tag(*tag));
        let page = self.pages.entry(&finding.code).or_insert_with(|| page(look, &finding.code)).clone();
        Diagnostic {
            range: look.range(finding.primary.span),
            severity: Some(severity(finding.severity)),
            code: Some(Code::String(finding.code.to_string())),
            code_description: page.map(|href| CodeDescription { href }),
            source: Some("archc".to_owned()),
            message: message(finding).into(),
            tags: (!tags.is_empty()).then_some(tags),
            related_information: (!related.is_empty()).then_some(related),
            ..Diagnostic::default()
        }
    }
}

/// What explains a rule: its page, or the declaration of one of the team's own.
fn page(look: Look<'_>, code: &str) -> Option<Uri> {
    if !look.client.shows_code_descriptions() {
        return None;
    }
    if let Some(name) = code.strip_prefix(policy::PREFIX) {
        let rule = look.snapshot.model().rules.iter().find(|rule| rule.head.name == name)?;
        let location = look.location(rule.head.name_span)?;
        return Some(Uri(format!("{}#L{}", location.uri.0, location.range.start.line + 1)));
    }
    look.uri_of_rule(check::rules().iter().find(|rule| rule.code == code)?)
}

/// What is wrong, what is said at the place, and what to do about it.
fn message(finding: &diagnostic::Diagnostic) -> String {
    let label = Some(finding.primary.text.as_str()).filter(|text| !text.is_empty());
    let help = finding.help.as_ref().map(|help| format!("help: {help}"));
    let lines = [Some(finding.message.clone()), label.map(str::to_owned), help];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

/// How editors may show the place: as something that could go, or that is no longer offered.
fn tags(code: &str) -> Vec<DiagnosticTag> {
    match code {
        "allow/unused" | "edge/duplicate" | "property/duplicate" => vec![DiagnosticTag::Unnecessary],
        "kind/retired" | "wiring/retired" => vec![DiagnosticTag::Deprecated],
        _ => Vec::new(),
    }
}

/// A file that could not be read, or a setting that means nothing.
fn unreadable(look: Look<'_>, error: &LoadError) -> Diagnostic {
    let line = |line: usize| (line, 1);
    let (start, end) = match &error.kind {
        LoadErrorKind::Setting { at, end, .. } => ((at.line, at.column), (end.line, end.column)),
        LoadErrorKind::NotUtf8 { line: at, .. } => (line(*at), line(*at + 1)),
        // Of a text that nobody has read, there is the first line.
        _ => (line(1), line(2)),
    };
    let from_zero = |number: usize| u32::try_from(number.saturating_sub(1)).unwrap_or(u32::MAX);
    let position = |(line, column)| Position { line: from_zero(line), character: from_zero(column) };
    let (start, end) = (position(start), position(end));
    let code = if matches!(error.kind, LoadErrorKind::Setting { .. }) { "settings/invalid" } else { "file/unreadable" };
    let said = match &error.kind {
        LoadErrorKind::Setting { message, .. } => message.clone(),
        _ => error.to_string(),
    };
    let help = error.help().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: Range { start, end },
        severity: Some(DiagnosticSeverity::Error),
        code: Some(Code::String(code.to_owned())),
        code_description: page(look, code).map(|href| CodeDescription { href }),
        source: Some("archc".to_owned()),
        message: (said + &help).into(),
        ..Diagnostic::default()
    }
}
