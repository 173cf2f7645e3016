//! From the analysed model to text. Nothing here reads or writes a file.

pub mod bill;
pub mod bom;
pub mod document;
pub mod excerpt;
pub mod kinds;
pub mod load;
pub mod markdown;
pub mod mermaid;
pub mod patterns;
pub mod query;

use std::collections::BTreeMap;

use serde::Serialize;

use self::bill::Sheet;
use self::load::Survey;
use self::markdown::{Costs, Topic};
pub(crate) use self::markdown::{escape, sentence};
use crate::analysis::Analysis;
use crate::cost::{Billed, Terms, bill_at};
use crate::decision::Decisions;
use crate::load::{self as loads, Loads};
use crate::model::{ArchitectureId, Model, Scenario, View};
use crate::project::{DiagramStyle, Workspace};
use crate::quantity::Amount;
use crate::scenario::sequences;
use crate::source::SourceFile;
use crate::view::{Canvas, Labels};

/// A file to write: nothing here writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where, relative to the output folder, with `/` between names.
    pub path: String,
    /// What it holds.
    pub content: String,
}

/// All files of a build. `link_base` is the path from the output folder to the workspace, for links to its files;
/// without it, such links are printed as their text.
pub fn artifacts(workspace: &Workspace, analysis: &Analysis, link_base: Option<&str>) -> Vec<Artifact> {
    let topic = |file: &SourceFile| Topic { path: file.path().to_owned(), text: file.text().to_owned() };
    let topics: Vec<Topic> = workspace.topics.iter().map(|id| topic(workspace.sources.file(*id))).collect();
    let (costs, loads) = costs(workspace, &analysis.model);
    let decisions = Decisions::of(&analysis.model, workspace);
    let options = markdown::Options {
        costs: &costs,
        // Not the folder's name, which differs from one checkout to the next.
        title: workspace.config.name.as_deref().unwrap_or("Architecture"),
        style: style(workspace),
        topics: &topics,
        link_base,
        sources: &workspace.sources,
        levels: &workspace.config.rules,
        findings: &analysis.diagnostics,
        decisions: &decisions,
    };
    markdown::documentation(&Survey::of(&analysis.model, loads), &options)
}

/// The loads besides that of today at which the cost is shown. The chart sets them side by side, so that they have to be as
/// far from each other as they stand.
const SCALES: [i128; 3] = [4, 7, 10];

/// The costs of a model, and the loads that they follow from.
fn costs(workspace: &Workspace, model: &Model) -> (Costs, Loads) {
    let prices = workspace.price_book();
    let terms = Terms { prices: &prices, free_tier: false };
    let Billed { loads, bill } = bill_at(model, Amount::ONE, terms);
    let sheet = Sheet::new(model, &loads, &bill, BTreeMap::new());
    let mut course = vec![("1x".to_owned(), bill::sheet::sums(model, &bill))];
    // Without a price there is no course to show.
    let scales: &[i128] = if sheet.total.priced == 0 { &[] } else { &SCALES };
    course.extend(scales.iter().map(|scale| {
        let Billed { bill, .. } = bill_at(model, Amount::whole(*scale), terms);
        (format!("{scale}x"), bill::sheet::sums(model, &bill))
    }));
    (Costs { sheet, course }, loads)
}

/// The Mermaid text of one architecture: the whole, or an overview of what is too large for one diagram.
pub fn diagram(workspace: &Workspace, analysis: &Analysis, architecture: &str, labels: Labels) -> String {
    let Some(found) = analysis.model.find_architecture(architecture) else { return String::new() };
    architecture_diagram(workspace, &analysis.model, found.id, labels).map(|it| it.text).unwrap_or_default()
}

/// The same with what its nodes stand for; of a model that need not be that of the workspace's files.
pub fn architecture_diagram(
    workspace: &Workspace,
    model: &Model,
    architecture: ArchitectureId,
    labels: Labels,
) -> Option<mermaid::Diagram> {
    let style = style(workspace);
    let diagrams = match labels {
        Labels::Names => mermaid::diagrams(model, architecture, style),
        Labels::Load => mermaid::load_diagrams(model, architecture, style, &loads::load(model, Amount::ONE)),
    };
    diagrams.into_iter().next()
}

/// The diagram of a view. `labels`, if given, has the say over what its arrows are labelled with.
pub fn view(workspace: &Workspace, analysis: &Analysis, view: &View, labels: Option<Labels>) -> mermaid::Diagram {
    let loads = loads::load(&analysis.model, Amount::ONE);
    let canvas = Canvas::new(&analysis.model);
    mermaid::Painter { canvas: &canvas, style: style(workspace), loads: &loads }.view(view, labels)
}

/// The Mermaid text of a scenario: its first part, if it is too long for one diagram. Empty if nothing happens in it.
pub fn scenario(model: &Model, scenario: &Scenario) -> String {
    scenario_diagram(model, scenario).map(|it| it.text).unwrap_or_default()
}

/// The same with who takes part in it.
pub fn scenario_diagram(model: &Model, scenario: &Scenario) -> Option<mermaid::Diagram> {
    let mut sequences = sequences(model).into_iter();
    let sequence = sequences.find(|sequence| std::ptr::eq(sequence.scenario, scenario))?;
    mermaid::sequence_diagrams(model, &sequence).into_iter().next()
}

fn style(workspace: &Workspace) -> mermaid::Style {
    match workspace.config.diagram.style {
        DiagramStyle::Styled => mermaid::Style::Styled,
        DiagramStyle::Plain => mermaid::Style::Plain,
    }
}

/// What programs read: JSON that people can read as well, which ends with a line break.
pub(crate) fn to_json(value: &impl Serialize) -> String {
    // Nothing in the types that are written can fail to become JSON: all keys are texts.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// Rows under a header as CSV.
#[expect(
    clippy::expect_used,
    reason = "the rows are texts of one length, as their type says, and are written to memory"
)]
pub(crate) fn csv_table<const N: usize>(header: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("memory takes all");
    for row in rows {
        writer.write_record(row.map(harmless)).expect("rows are of one length");
    }
    let bytes = writer.into_inner().expect("memory takes all");
    String::from_utf8(bytes).expect("rows are texts")
}

/// A cell of a table that no spreadsheet takes for a formula: an apostrophe in front shows as text.
fn harmless(cell: String) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula || cell.starts_with(['\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

/// The text between the quotes of a value as written; the value itself if it has none.
fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}
