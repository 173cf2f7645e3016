//! Findings in the terminal: miette's reports, each with an excerpt of the source.

use std::fmt;

use miette::{Diagnostic as Reported, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::excerpt::{Excerpt, visible};
use super::{Report, shown_path};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{FileId, SourceMap};

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

/// All findings, one after the other, each followed by an empty line. Paths begin with `prefix`, which leads from the
/// reader's folder to the workspace.
pub fn render(report: &Report<'_>, prefix: &str, style: Style) -> String {
    let handler = GraphicalReportHandler::new_themed(style.theme())
        .with_width(style.width)
        .with_links(false)
        .tab_width(4)
        .without_syntax_highlighting()
        .with_context_lines(1);
    let mut text = String::new();
    for finding in &report.findings {
        let shown = Shown::new(finding, report.sources, prefix);
        // Writing to a string does not fail, and the excerpts hold all places that they name.
        if handler.render_report(&mut text, &shown).is_err() {
            text.push_str(&finding.message);
        }
        text.push('\n');
    }
    text
}

/// A finding, or what it says about another file, in the form that miette takes.
#[derive(Debug)]
struct Shown {
    code: Option<String>,
    severity: Severity,
    message: String,
    help: Option<String>,
    excerpt: Excerpt,
    labels: Vec<LabeledSpan>,
    /// One for each other file: labels of one miette report lie in one file.
    related: Vec<Shown>,
}

impl Shown {
    fn new(finding: &Diagnostic, sources: &SourceMap, prefix: &str) -> Shown {
        let file = finding.primary.span.file;
        let (here, elsewhere): (Vec<_>, Vec<_>) = finding.secondary.iter().partition(|label| label.span.file == file);
        let labels: Vec<&Label> = std::iter::once(&finding.primary).chain(here).collect();
        let (excerpt, labels) = excerpt(file, &labels, sources, prefix);
        let help = finding.help.as_deref().or(finding.fix.as_ref().map(|fix| fix.title.as_str()));
        Shown {
            code: Some(format!("{}[{}]", finding.severity, finding.code)),
            severity: finding.severity,
            message: visible(&finding.message),
            help: help.map(visible),
            excerpt,
            labels,
            related: elsewhere.into_iter().map(|label| Shown::related(label, sources, prefix)).collect(),
        }
    }

    fn related(label: &Label, sources: &SourceMap, prefix: &str) -> Shown {
        let (excerpt, labels) = excerpt(label.span.file, &[label], sources, prefix);
        Shown {
            code: None,
            severity: Severity::Note,
            message: if label.text.is_empty() { "see also".to_owned() } else { visible(&label.text) },
            help: None,
            excerpt,
            labels: labels.into_iter().map(|label| LabeledSpan::new_with_span(None, *label.inner())).collect(),
            related: Vec::new(),
        }
    }
}

/// The lines around labels of one file, and the labels in terms of the excerpt; the first is the primary one.
fn excerpt(file: FileId, labels: &[&Label], sources: &SourceMap, prefix: &str) -> (Excerpt, Vec<LabeledSpan>) {
    let file = sources.file(file);
    let ranges: Vec<_> = labels.iter().map(|label| label.span.range()).collect();
    let (excerpt, ranges) = Excerpt::new(file, shown_path(file, prefix), &ranges);
    let text = |label: &Label| Some(visible(&label.text)).filter(|text| !text.is_empty());
    let mut spans = labels.iter().zip(ranges).map(|(label, range)| (text(label), range));
    let primary = spans.next().map(|(text, range)| LabeledSpan::new_primary_with_span(text, range));
    let others = spans.map(|(text, range)| LabeledSpan::new_with_span(text, range));
    let spans = primary.into_iter().chain(others).collect();
    (excerpt, spans)
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Reported for Shown {
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

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Reported> + 'a>> {
        let related = self.related.iter().map(|shown| shown as &dyn Reported);
        (!self.related.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = &dyn Reported>>)
    }
}
