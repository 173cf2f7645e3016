//! Findings as SARIF 2.1.0, for code scanning at GitHub and for every other reader of that standard.

mod log;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::fingerprint::Fingerprint;
use super::{Report, shown_file};
use crate::check::{self, Rule};
use crate::diagnostic::{self, Diagnostic, Fix, Severity};
use crate::model;
use crate::policy;
use crate::source::{FileId, Origin, SourceMap, Span};
use log::{
    ArtifactChange, ArtifactLocation, Base, Bases, Configuration, Driver, Level, Location, Log, Message, Multiformat,
    PartialFingerprints, PhysicalLocation, Properties, Region, Repair, Replacement, ReportingDescriptor, Run, Tool,
};

/// The findings as a log with one run, which ends with a line break. It describes the rules that have findings, those of the
/// team's `own` among them. Paths begin
/// with `prefix`, which leads from the root of the repository to the workspace.
pub fn render(report: &Report<'_>, own: &[model::Rule], prefix: &str) -> String {
    let rules: Vec<&str> = report.codes().collect::<BTreeSet<_>>().into_iter().collect();
    let writer = Writer { sources: report.sources, prefix, rules: &rules };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: driver(&rules, own) },
            original_uri_base_ids: Bases { root: Base { description: text("The root of the repository.") } },
            column_kind: "unicodeCodePoints",
            results: report.entries.iter().map(|(finding, known_by)| writer.result(finding, *known_by)).collect(),
        }],
    };
    crate::emit::to_json(&log)
}

fn driver<'a>(codes: &[&'a str], own: &[model::Rule]) -> Driver<'a> {
    Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()),
        rules: codes.iter().map(|code| descriptor(code, own)).collect(),
    }
}

fn descriptor<'a>(code: &'a str, own: &[model::Rule]) -> ReportingDescriptor<'a> {
    let name = Some(name(code));
    let mut descriptor = ReportingDescriptor { id: code, name, ..ReportingDescriptor::default() };
    if let Some(rule) = check::rule(code) {
        descriptor.short_description = Some(text(rule.summary));
        descriptor.full_description = Some(text(rule.summary));
        descriptor.help = Some(help(rule));
        descriptor.default_configuration = Some(configuration(rule.level));
        descriptor.properties = Some(Properties { tags: [rule.family()] });
    }
    if let Some(rule) = own.iter().find(|rule| policy::code(rule) == code) {
        descriptor.short_description = Some(text(rule.head.label()));
        descriptor.full_description =
            Some(text(rule.head.settings.text("because").unwrap_or_else(|| rule.head.label())));
        descriptor.help = Some(help_of_own(rule));
        descriptor.default_configuration = Some(configuration(policy::level(rule, &BTreeMap::new())));
        descriptor.properties = Some(Properties { tags: [policy::PREFIX.trim_end_matches('/')] });
    }
    descriptor
}

/// The code as SARIF names rules, for people: `ElementUnconnected`.
fn name(code: &str) -> String {
    let words = code.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}

fn configuration(weight: diagnostic::Level) -> Configuration {
    Configuration { enabled: weight.severity().is_some(), level: weight.severity().map(level) }
}

/// Why a rule of the team's own is there, and what else is said of it.
fn help_of_own(rule: &model::Rule) -> Multiformat {
    let because = rule.head.settings.text("because");
    let doc = rule.head.doc.as_ref().map(|doc| doc.text.trim());
    let said = because.into_iter().chain(doc).collect::<Vec<_>>().join("\n\n");
    // A help without a word would be none.
    let said = if said.is_empty() { rule.head.label().to_owned() } else { said };
    Multiformat { text: said.clone(), markdown: said }
}

fn help(rule: &Rule) -> Multiformat {
    let documentation = rule.documentation.trim();
    Multiformat {
        text: documentation.to_owned(),
        markdown: format!("{documentation}\n\n`archc explain {}` says the same.\n", rule.code),
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Note => Level::Note,
        Severity::Warning => Level::Warning,
        Severity::Error => Level::Error,
    }
}

fn text(text: impl Into<String>) -> Message {
    Message { text: text.into() }
}

/// What is needed to write down a finding.
struct Writer<'a> {
    sources: &'a SourceMap,
    prefix: &'a str,
    rules: &'a [&'a str],
}

impl Writer<'_> {
    fn result<'f>(&self, finding: &'f Diagnostic, fingerprint: Fingerprint) -> log::Result<'f> {
        let primary = &finding.primary;
        let related = finding.secondary.iter();
        let related = related.filter_map(|label| self.location(label.span, &label.text)).zip(1..);
        let related = related.map(|(location, id)| Location { id: Some(id), ..location });
        log::Result {
            rule_id: &finding.code,
            rule_index: self.rules.binary_search(&finding.code.as_ref()).ok(),
            level: level(finding.severity),
            message: self.message(finding),
            locations: self.location(primary.span, &primary.text).into_iter().collect(),
            related_locations: related.collect(),
            fixes: finding.fix.iter().filter_map(|fix| self.repair(fix)).collect(),
            partial_fingerprints: PartialFingerprints { line: fingerprint.to_string() },
        }
    }

    /// What is wrong and what to do, with the places in the catalog, which no reader could open.
    fn message(&self, finding: &Diagnostic) -> Message {
        let mut lines = vec![finding.message.clone()];
        for label in finding.secondary.iter().filter(|label| self.is_shipped(label.span.file)) {
            let at = self.sources.line_column(label.span).line;
            let file = shown_file(self.sources.file(label.span.file), self.prefix);
            lines.push(format!("{} ({file}:{at})", label.text));
        }
        lines.extend(finding.advice().map(|advice| format!("help: {advice}")));
        text(lines.join("\n"))
    }

    fn is_shipped(&self, file: FileId) -> bool {
        self.sources.file(file).origin() == Origin::Catalog
    }

    /// A place in a file of the user's; none in the catalog.
    fn location(&self, span: Span, label: &str) -> Option<Location> {
        let physical_location =
            PhysicalLocation { artifact_location: self.artifact(span.file)?, region: self.region(span) };
        Some(Location { id: None, physical_location, message: Some(text(label)).filter(|_| !label.is_empty()) })
    }

    /// How a file is named; none for one of the catalog.
    fn artifact(&self, file: FileId) -> Option<ArtifactLocation> {
        if self.is_shipped(file) {
            return None;
        }
        let path = shown_file(self.sources.file(file), self.prefix);
        let uri = encode(&path);
        Some(if path.starts_with('/') {
            ArtifactLocation { uri: format!("file://{uri}"), uri_base_id: None }
        } else {
            ArtifactLocation { uri, uri_base_id: Some(log::ROOT) }
        })
    }

    fn region(&self, span: Span) -> Region {
        let file = self.sources.file(span.file);
        let start = file.line_column(span.start as usize);
        let end = file.line_column(span.end as usize);
        Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }

    /// A fix; none if it would change the catalog.
    fn repair(&self, fix: &Fix) -> Option<Repair> {
        let mut changes: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
        for edit in &fix.edits {
            changes.entry(edit.span.file).or_default().push(Replacement {
                deleted_region: self.region(edit.span),
                inserted_content: text(edit.replacement.as_str()),
            });
        }
        let change =
            |(file, replacements)| Some(ArtifactChange { artifact_location: self.artifact(file)?, replacements });
        let artifact_changes = changes.into_iter().map(change).collect::<Option<_>>()?;
        Some(Repair { description: text(fix.title.as_str()), artifact_changes })
    }
}

/// A path as part of a URI (RFC 3986). A colon is encoded, too, lest what stands before it be taken for a scheme.
fn encode(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
