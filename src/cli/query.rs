//! `archc query`

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::Failure;
use super::findings;
use super::input::{Input, Opened};
use super::situation::{Place, architecture, invalid};
use super::table::{Column, Table};
use super::terminal::Terminal;
use crate::diagnostic::Severity;
use crate::emit::query::{self, Selection};
use crate::model::Scope;
use crate::report::count;
use crate::report::pretty::Style;
use crate::select::Selector;
use crate::source::Origin;
use crate::syntax;

/// Lists what a selector selects
///
/// Selectors are what views and rules are made of: names, functions such as `kind(aws.s3)`, and arrows between them.
/// Findings go to standard error.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Query {
    /// The selector
    #[arg(value_name = "SELECTOR")]
    selector: String,

    #[command(flatten)]
    input: Input,

    /// Stand in one architecture: its names can be used bare, and `*` is all that is in it [default: outside of all]
    #[arg(long, value_name = "NAME")]
    architecture: Option<String>,

    #[command(flatten)]
    place: Place,

    /// How to print
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs, as `schemas/query.schema.json` describes it
    Json,
}

const AFTER_HELP: &str = "\
Selectors:
  *                                         everything
  raw, ingest, lake, lake.raw               an element, a group with all it holds, an architecture
  external, person, service, group, carrier all of a sort; carriers are no services: `service + carrier` is both
  kind(aws.s3), category(store, database)   by what it is
  tag(critical), owner(\"team-data\"), role(\"ingestion\"), status(deprecated), region(eu-west-1), data(pii)
  where(retention >= 30 d), has(owner)      by any property
  upstream(raw), downstream(raw, 2), neighbors(raw, 2), between(apps, raw)
  carries(pii)                              what holds data of a class, or receives it
  external -> category(store)               connections; also `=>` and `~>`. An edge with carriers is several: `a -> b via c`
                                            is `a -> c` and `c -> b`; `- (a -> b)` takes out both
  moves(pii, from = raw, to = external)     connections along which data of a class moves
  a + b, a - b, a & b, [a, b]               both, without, common, all of them; `&` binds tightest, then `+` and `-`, then arrows

Examples:
  archc query 'kind(aws.s3)' examples/patterns
  archc query 'upstream(data_lake.raw) & external' examples/patterns
  archc query 'category(store) - has(owner)' --architecture data_lake systems --format json";

impl Query {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let mut opened = self.input.open()?;
        let file = opened.workspace.sources.add("SELECTOR", self.selector.clone(), Origin::Workspace);
        let analysis = self.place.analyse(&opened, today)?;
        let model = &analysis.model;
        let only = self.architecture.as_deref().map(|name| architecture(model, name)).transpose()?;
        let scope = only.map(|only| Scope { architecture: only.id, group: None });
        let sources = &opened.workspace.sources;
        let value = syntax::parse_value(file, &self.selector).map_err(|finding| {
            let forms =
                "a selector is such as `kind(aws.s3)` or `upstream(raw) - external`; `archc query --help` lists all";
            invalid(sources, &finding.help(forms))
        })?;
        let selector = Selector::new(model, scope, &value).map_err(|found| Self::refuse(&opened, &found))?;
        if !selector.doubts().is_empty() {
            return Err(Self::refuse(&opened, selector.doubts()));
        }
        let selection = Selection::of(&selector, value.to_string(), model, sources);
        let stdout = match self.format {
            Format::Json => selection.json(),
            Format::Table => table(&selection, terminal.stdout()),
        };
        let report = findings::report(&opened, &analysis);
        let stderr = findings::brief(&opened, &report, Severity::Error, terminal);
        Ok(findings::beside(stdout, stderr, report.reaches(Severity::Error)))
    }
}

impl Query {
    /// The first thing that is wrong with the selector.
    fn refuse(opened: &Opened, found: &[crate::diagnostic::Diagnostic]) -> Failure {
        match found.first() {
            Some(finding) => invalid(&opened.workspace.sources, finding),
            None => Failure::new("the selector names what a broken declaration may have declared")
                .help("mend what `archc check` finds first"),
        }
    }
}

fn table(selection: &Selection, style: Style) -> String {
    let place = |place: &query::Place| format!("{}:{}", place.file, place.line);
    let mut elements = Table::new([
        Column::Text("Element"),
        Column::Text("Kind"),
        Column::Text("Label"),
        Column::Text("Owner"),
        Column::Text("Declared"),
    ]);
    for item in &selection.elements {
        elements.row([
            item.path.clone(),
            item.kind.clone().unwrap_or_else(|| item.variety.to_owned()),
            item.label.clone(),
            item.owner.clone().unwrap_or_default(),
            place(&item.declared),
        ]);
    }
    let mut connections = Table::new([
        Column::Text("From"),
        Column::Text(""),
        Column::Text("To"),
        Column::Text("Label"),
        Column::Text("Declared"),
    ]);
    for it in &selection.connections {
        let label = it.label.clone().unwrap_or_default();
        connections.row([it.from.clone(), it.arrow.to_owned(), it.to.clone(), label, place(&it.declared)]);
    }
    let number = match (selection.elements.len(), selection.connections.len()) {
        (0, 0) => "nothing is selected".to_owned(),
        (elements, 0) => count(elements, "element"),
        (_, connections) => count(connections, "connection"),
    };
    format!("{}{}{number}\n", elements.render(0, style), connections.render(0, style))
}
