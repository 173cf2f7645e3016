//! The documentation of a workspace: an index, a page for each architecture, its diagrams, its bill of materials, and the
//! topics that the team has written. The folder is readable on any host of repositories, and is the source of an mdBook.

mod connections;
mod cost;
mod decisions;
mod element;
mod environments;
mod escape;
mod index;
mod load;
mod page;
mod places;
mod prose;
mod related;
mod resilience;
mod scenarios;
mod services;
mod table;
mod views;

pub use self::cost::Costs;
use self::environments::Environments;
pub(crate) use self::escape::escape;
use self::places::Places;
use self::related::Ties;
use self::resilience::Resilience;
use self::scenarios::Scenarios;
use self::views::Views;
use super::load::Survey;
use super::mermaid::{self, Painter, Style};
use super::{Artifact, bill, bom};
use crate::decision::Decisions;
use crate::source::SourceMap;
use crate::view::Canvas;

/// What the documentation depends on besides the model.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The workspace's name, for the index.
    pub title: &'a str,
    /// How diagrams are drawn.
    pub style: Style,
    /// Markdown pages that are carried over and linked from every page.
    pub topics: &'a [Topic],
    /// The path from the output folder to the workspace, for links to its files; empty if they are the same. Without
    /// it, such links are printed as their text.
    pub link_base: Option<&'a str>,
    /// The files of the workspace, to say where a page comes from.
    pub sources: &'a SourceMap,
    /// What everything costs.
    pub costs: &'a Costs,
    /// What has been decided, records included.
    pub decisions: &'a Decisions,
}

/// A Markdown page of the team's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its path in the workspace.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Where topics lie in the output.
const TOPICS: &str = "topics/";

impl Topic {
    /// Where it lies in the output: at its own path, under `topics/`.
    fn output_path(&self) -> String {
        match self.path.strip_prefix(TOPICS) {
            Some(path) => format!("{TOPICS}{path}"),
            None => format!("{TOPICS}{}", self.path),
        }
    }
}

/// All files of the documentation, sorted by path.
pub fn documentation(survey: &Survey<'_>, options: &Options<'_>) -> Vec<Artifact> {
    let model = survey.model;
    let places = Places::new(model, options.sources, options.decisions);
    let ties = Ties::new(model);
    let environments = Environments::new(model);
    let resilience = Resilience::new(model);
    let canvas = Canvas::new(model);
    let painter = Painter { canvas: &canvas, style: options.style, loads: &survey.loads };
    let views = Views::new(painter, model);
    let scenarios = Scenarios::new(model);
    let mut files = vec![index::readme(&places, options, &views, &scenarios), index::summary(&places, options)];
    files.extend(options.topics.iter().map(|topic| index::topic(topic, options)));
    for architecture in &model.architectures {
        let diagrams = mermaid::diagrams(model, architecture.id, options.style);
        let (places, ties, environments) = (&places, &ties, &environments);
        let (diagrams, views, scenarios, resilience) = (&diagrams, &views, &scenarios, &resilience);
        let page = page::Page {
            places,
            options,
            architecture,
            diagrams,
            views,
            scenarios,
            ties,
            environments,
            resilience,
            survey,
        };
        files.push(Artifact { path: places.page(architecture.id), content: page.render() });
        files.push(Artifact {
            path: format!("bom/{}.csv", architecture.name),
            content: bom::bill_of_materials(model, architecture.id),
        });
        files.extend(
            bill::csv::of_architecture(&options.costs.sheet, &architecture.name)
                .map(|content| Artifact { path: format!("cost/{}.csv", architecture.name), content }),
        );
        files.extend(diagrams.iter().map(diagram));
    }
    files.extend(views.diagrams().chain(scenarios.diagrams()).map(diagram));
    files.extend(decisions::files(&places, options));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn diagram(diagram: &mermaid::Diagram) -> Artifact {
    Artifact { path: format!("diagrams/{}.mmd", diagram.name), content: end_line(diagram.text.clone()) }
}

/// The text with one line break at its end.
fn end_line(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
