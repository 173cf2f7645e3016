//! Findings in the terminal: miette's reports, each with an excerpt of the source.

use std::cmp::Reverse;
use std::fmt;

use miette::{Diagnostic as Reported, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::excerpt::{Excerpt, visible};
use super::{Report, shown_file};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::SourceMap;

/// How reports look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether colours are used.
    pub color: bool,
    /// Whether frames are drawn with more than ASCII.
    pub unicode: bool,
    /// The number of columns after which text is wrapped.
    pub width: usize,
}

impl Style {
    /// Without colours and as wide as a page: what goes into a file or to another program, where it is the same everywhere.
    pub const PLAIN: Style = Style { color: false, unicode: true, width: 100 };

    fn theme(self) -> GraphicalTheme {
        let mut theme = match (self.unicode, self.color) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::unicode_nocolor(),
            (false, _) => GraphicalTheme::ascii(),
        };
        if !self.unicode && !self.color {
            theme.styles = miette::ThemeStyles::none();
        } else if self.color {
            theme.styles = miette::ThemeStyles::ansi();
        }
        theme
    }
}

/// More findings than these are not for people; other formats hold them all.
pub const MOST: usize = 500;

/// The findings, one after the other, each followed by an empty line. Paths begin with `prefix`, which leads from the
/// reader's folder to the workspace. Of more than [`MOST`] findings the weightiest are shown, and a last line says how
/// many there are besides.
pub fn render(report: &Report<'_>, prefix: &str, style: Style) -> String {
    let handler = GraphicalReportHandler::new_themed(style.theme())
        .with_width(style.width)
        .with_links(false)
        .tab_width(4)
        .without_syntax_highlighting()
        .with_context_lines(1);
    let mut text = String::new();
    let findings: Vec<_> = report.findings().collect();
    let shown = weightiest(&findings);
    for finding in &shown {
        for part in parts(finding, report.sources, prefix) {
            // Writing to a string does not fail, and the excerpts hold all places that they name.
            if handler.render_report(&mut text, &part).is_err() {
                text.push_str(&part.message);
            }
        }
        text.push('\n');
    }
    if let more @ 1.. = findings.len() - shown.len() {
        text.extend(["… and ", &super::count(more, "finding"), " that are not shown here\n"]);
    }
    text
}

/// The [`MOST`] findings of the greatest weight, in the order of the text.
fn weightiest<'a>(findings: &[&'a Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut places: Vec<usize> = (0..findings.len()).collect();
    places.sort_by_key(|place| findings.get(*place).map(|finding| Reverse(finding.severity)));
    places.truncate(MOST);
    places.sort_unstable();
    places.into_iter().filter_map(|place| findings.get(place).copied()).collect()
}

/// A label so many lines away from the primary one is shown in the same excerpt.
const NEAR: usize = 3;

/// A finding as miette reports: the primary place with what is near it comes first, each place further away follows by
/// itself, and the help comes last.
fn parts(finding: &Diagnostic, sources: &SourceMap, prefix: &str) -> Vec<Part> {
    let primary = &finding.primary;
    let line = |label: &Label| sources.line_column(label.span).line;
    let is_near = |label: &&Label| label.span.file == primary.span.file && line(label).abs_diff(line(primary)) <= NEAR;
    let (near, far): (Vec<_>, Vec<_>) = finding.secondary.iter().partition(is_near);
    let labels: Vec<&Label> = std::iter::once(primary).chain(near).collect();
    let mut first = Part::new(&finding.message, finding.severity, &labels, sources, prefix);
    first.code = Some(format!("{}[{}]", finding.severity, finding.code));
    let mut parts = vec![first];
    for label in far {
        let unlabelled = Label { span: label.span, text: String::new() };
        let message = if label.text.is_empty() { "see also" } else { &label.text };
        parts.push(Part::new(message, Severity::Note, &[&unlabelled], sources, prefix));
    }
    if let Some(last) = parts.last_mut() {
        last.help = finding.advice().map(visible);
    }
    parts
}

/// A part of a finding in the form that miette takes. Its labels lie in one file.
#[derive(Debug)]
struct Part {
    code: Option<String>,
    severity: Severity,
    message: String,
    help: Option<String>,
    excerpt: Excerpt,
    labels: Vec<LabeledSpan>,
}

impl Part {
    fn new(message: &str, severity: Severity, labels: &[&Label], sources: &SourceMap, prefix: &str) -> Part {
        let (excerpt, labels) = excerpt(labels, sources, prefix);
        Part { code: None, severity, message: visible(message), help: None, excerpt, labels }
    }
}

/// The lines around labels of one file, and the labels in terms of the excerpt; the first is the primary one.
fn excerpt(labels: &[&Label], sources: &SourceMap, prefix: &str) -> (Excerpt, Vec<LabeledSpan>) {
    let file = labels.first().map(|label| label.span.file).unwrap_or_default();
    let file = sources.file(file);
    let ranges: Vec<_> = labels.iter().map(|label| label.span.range()).collect();
    let (excerpt, ranges) = Excerpt::new(file, shown_file(file, prefix), &ranges);
    let text = |label: &Label| Some(visible(&label.text)).filter(|text| !text.is_empty());
    let mut spans = labels.iter().zip(ranges).map(|(label, range)| (text(label), range));
    let primary = spans.next().map(|(text, range)| LabeledSpan::new_primary_with_span(text, range));
    let others = spans.map(|(text, range)| LabeledSpan::new_with_span(text, range));
    let spans = primary.into_iter().chain(others).collect();
    (excerpt, spans)
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Part {}

impl Reported for Part {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Note => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
