//! `archc load`

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::Failure;
use super::findings;
use super::input::Input;
use super::situation::{Suppositions, architecture};
use super::table::{Column, Table};
use super::terminal::Terminal;
use crate::catalog::Limit;
use crate::diagnostic::Severity;
use crate::emit::load::words::{self, Figures};
use crate::emit::load::{self, Selection, Survey};
use crate::load::Undeclared;
use crate::model::{Architecture, ElementId, Model};
use crate::report::pretty::Style;
use crate::syntax::ast::Arrow;

/// Shows what moves where, and how far services are from their limits
///
/// Loads are declared where they start, and follow the edges from there. The mean decides what things cost; the peak is
/// held against limits, the nearest of which comes first. Findings go to standard error.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Load {
    #[command(flatten)]
    input: Input,

    /// Show one architecture [default: all]
    #[arg(long, value_name = "NAME")]
    architecture: Option<String>,

    #[command(flatten)]
    suppositions: Suppositions,

    /// How to print
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs, as `schemas/load.schema.json` describes it
    Json,
}

const AFTER_HELP: &str = "\
Examples:
  archc load examples/patterns
  archc load shop.arch --scale 10x          what if there were ten times as much?
  archc load shop.arch --env staging
  archc load shop.arch --set shop.web.emits='200/s of 1 KB'";

impl Load {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let mut opened = self.input.open()?;
        let analysis = self.suppositions.analyse(&mut opened, today)?;
        let model = &analysis.model;
        let only = self.architecture.as_deref().map(|name| architecture(model, name)).transpose()?;
        let selection = Selection { architecture: only.map(|it| it.id) };
        let survey = Survey::new(model);
        let stdout = match self.format {
            Format::Json => load::json(&survey, selection, self.suppositions.words()),
            Format::Table => Page { survey: &survey, selection, style: terminal.stdout() }.render(),
        };
        let report = findings::report(&opened, &analysis);
        let stderr = findings::brief(&opened, &report, Severity::Error, terminal);
        Ok(findings::beside(stdout, stderr, report.reaches(Severity::Error)))
    }
}

/// How far tables stand in from their headings.
const INDENT: usize = 2;

struct Page<'a> {
    survey: &'a Survey<'a>,
    selection: Selection,
    style: Style,
}

impl Page<'_> {
    fn render(&self) -> String {
        let shown = self.model().architectures.iter();
        let shown = shown.filter(|it| self.selection.architecture.is_none_or(|only| only == it.id));
        let mut blocks: Vec<String> = shown.flat_map(|it| self.architecture(it)).collect();
        let limits = self.limits();
        if !limits.is_empty() {
            blocks.push(format!("{}{limits}", self.heading("Limits at the peak, the nearest first")));
            blocks.extend(
                self.survey.growth().map(|growth| format!("{}\n", words::growth(&growth, &|id| self.name(id)))),
            );
        }
        let undeclared = self.undeclared();
        if !undeclared.is_empty() {
            blocks.push(format!("{}{undeclared}", self.heading("Not known, and what to declare")));
        }
        blocks.join("\n")
    }

    fn model(&self) -> &Model {
        self.survey.model
    }

    fn heading(&self, text: &str) -> String {
        let (start, end) = if self.style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        format!("{start}{text}{end}\n")
    }

    /// The name of an element where those of several architectures stand together.
    fn name(&self, id: ElementId) -> String {
        let several = self.selection.architecture.is_none() && self.model().architectures.len() > 1;
        words::name(self.model(), several, id)
    }

    /// The loads of the elements and edges of an architecture.
    fn architecture(&self, architecture: &Architecture) -> Vec<String> {
        let name = &architecture.name;
        let title = match architecture.title.as_deref().map(|title| title.split_whitespace().collect::<Vec<_>>()) {
            Some(title) => format!("{} ({name})", title.join(" ")),
            None => name.to_string(),
        };
        let elements = self.elements(architecture);
        if elements.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![format!("{}{elements}", self.heading(&title))];
        let edges = self.edges(architecture);
        blocks.extend((!edges.is_empty()).then_some(edges));
        blocks
    }

    fn elements(&self, architecture: &Architecture) -> String {
        let mut table = Table::new([
            Column::Text("Element"),
            Column::Figure("Emits"),
            Column::Figure("Receives"),
            Column::Figure("Peak"),
            Column::Figure("Bytes"),
            Column::Figure("Peak"),
            Column::Figure("Record size"),
            Column::Figure("On the side"),
            Column::Figure("Passes on"),
        ]);
        for id in &architecture.elements {
            let load = self.survey.loads.node(*id);
            let received = Figures::along(&load.received, load.in_edges);
            let cells = [
                self.model().path(*id),
                load.emitted.as_ref().map(words::emission).unwrap_or_default(),
                received.records,
                received.peak,
                received.bytes,
                received.peak_bytes,
                received.sizes,
                words::aside(load),
                Figures::along(&load.sent, load.out_edges).records,
            ];
            if cells.iter().skip(1).any(|cell| !cell.is_empty()) {
                table.row(cells);
            }
        }
        table.render(INDENT, self.style)
    }

    /// A row for each hop of each edge. Side channels that do not say how often they fire are left out.
    fn edges(&self, architecture: &Architecture) -> String {
        let mut table = Table::new([
            Column::Text("From"),
            Column::Text(""),
            Column::Text("To"),
            Column::Figure("Moves"),
            Column::Figure("Peak"),
            Column::Figure("Bytes"),
            Column::Figure("Peak"),
            Column::Figure("Record size"),
        ]);
        for edge in architecture.edges.iter().map(|id| self.model().edge(*id)) {
            let mut from = edge.from;
            let ends = edge.carriers.iter().copied().chain([edge.to]);
            for (to, flow) in ends.zip(&self.survey.loads.edge(edge.id).hops) {
                if edge.arrow != Arrow::Side || flow.is_ok() {
                    let Figures { records, peak, bytes, peak_bytes, sizes } = Figures::of(flow);
                    let [from, to] = [from, to].map(|id| self.model().path(id));
                    table.row([from, edge.arrow.symbol().to_owned(), to, records, peak, bytes, peak_bytes, sizes]);
                }
                from = to;
            }
        }
        table.render(INDENT, self.style)
    }

    fn limits(&self) -> String {
        let mut table = Table::new([
            Column::Figure("Headroom"),
            Column::Text("Service"),
            Column::Text("Limit"),
            Column::Figure("Used"),
            Column::Figure("Allowed"),
            Column::Text(""),
            Column::Text("Source"),
        ]);
        let mut sources = Sources::default();
        for capacity in &self.survey.capacities {
            if !capacity.users.iter().any(|id| self.selection.has(self.model(), *id)) {
                continue;
            }
            let limit = capacity.limit;
            let [used, allowed] = words::usage(capacity);
            table.row([
                words::headroom(capacity),
                words::few(capacity.users.iter().map(|id| self.name(*id))),
                limit.name.to_string(),
                used,
                allowed,
                if limit.is_soft { "soft" } else { "hard" }.to_owned(),
                sources.mark(limit),
            ]);
        }
        let mut text = table.render(INDENT, self.style);
        if !text.is_empty() {
            text.push('\n');
            text.push_str(&sources.render(self.style));
        }
        text
    }

    fn undeclared(&self) -> String {
        let mut table = Table::new([Column::Text("Declare"), Column::Text("For")]);
        for Undeclared { need, hidden } in &self.survey.undeclared {
            let is_selected = |id| self.selection.has(self.model(), id);
            let hidden: Vec<_> = hidden.iter().copied().filter(|hidden| is_selected(hidden.element())).collect();
            if !hidden.is_empty() {
                table.row([need.advice(self.model()), words::hidden(&hidden, &|id| self.name(id))]);
            }
        }
        table.render(INDENT, self.style)
    }
}

/// Who says which limits there are, numbered in the order in which they come up.
#[derive(Default)]
struct Sources {
    numbers: BTreeMap<String, usize>,
    listed: Vec<String>,
}

impl Sources {
    fn mark(&mut self, limit: &Limit) -> String {
        let note = limit.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
        let source = format!("{}, read {}{note}", limit.source, limit.read);
        let next = self.listed.len() + 1;
        let number = *self.numbers.entry(source.clone()).or_insert(next);
        if number == next {
            self.listed.push(source);
        }
        format!("[{number}]")
    }

    fn render(self, style: Style) -> String {
        let mut table = Table::new([Column::Figure(""), Column::Text("")]);
        for (source, number) in self.listed.into_iter().zip(1..) {
            table.row([format!("[{number}]"), source]);
        }
        table.render(INDENT, style)
    }
}
