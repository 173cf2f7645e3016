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
mod policies;
mod prose;
mod related;
mod resilience;
mod scenarios;
mod services;
mod subject;
mod table;
mod views;

use std::collections::BTreeMap;

pub use self::cost::Costs;
use self::environments::Environments;
pub(crate) use self::escape::{escape, sentence};
use self::places::Places;
use self::related::Ties;
use self::resilience::Resilience;
use self::scenarios::Scenarios;
use self::subject::Subject;
use self::views::Views;
use super::load::Survey;
use super::mermaid::{self, Painter, Style};
use super::{Artifact, bill, bom};
use crate::decision::Decisions;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::ArchitectureId;
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
    /// What the findings of rules weigh, where the workspace says so.
    pub levels: &'a BTreeMap<String, Level>,
    /// The findings.
    pub findings: &'a [Diagnostic],
}

impl Options<'_> {
    fn findings_of(&self, code: &str) -> usize {
        self.findings.iter().filter(|finding| finding.code == code).count()
    }

    /// The path to the workspace from a folder of the output, from which `up` leads back to the output folder.
    fn link_base_below(&self, up: &str) -> Option<String> {
        self.link_base.map(|base| format!("{up}{base}").trim_end_matches('/').to_owned())
    }
}

/// A table, or the like, of an architecture's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The services by what they are there for, as a list.
    Roles,
    /// The table of all services.
    Services,
    /// The table of groups.
    Groups,
    /// The table of outside systems and people.
    Outside,
    /// The table of connections.
    Connections,
    /// The table of loads, and what is not known of them.
    Load,
    /// The table of decisions that affect it.
    Decisions,
}

/// What parts of pages are made from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The model with its loads.
    pub survey: &'a Survey<'a>,
    /// The files of the workspace.
    pub sources: &'a SourceMap,
    /// What has been decided.
    pub decisions: &'a Decisions,
}

impl<'a> Facts<'a> {
    fn places(self) -> Places<'a> {
        Places::alone(self.survey.model, self.sources, self.decisions)
    }
}

/// The table of all decisions, in the same form as [`part`].
pub fn all_decisions(facts: Facts<'_>) -> Option<String> {
    decisions::of_workspace(&facts.places())
}

/// A part of an architecture's page for another document, where its names are no links; `None` if there is nothing of
/// the sort. Ends without a line break.
pub fn part(facts: Facts<'_>, architecture: ArchitectureId, part: Part) -> Option<String> {
    let places = facts.places();
    let survey = facts.survey;
    let subject = Subject { places: &places, architecture: survey.model.architecture(architecture), survey };
    match part {
        Part::Roles => services::key_services(&subject),
        Part::Services => services::services(&subject),
        Part::Groups => services::groups(&subject),
        Part::Outside => services::outside(&subject),
        Part::Connections => connections::table(&subject),
        Part::Decisions => decisions::of_architecture(&subject),
        Part::Load => Some(load::load(&subject).join("\n\n")).filter(|text| !text.is_empty()),
    }
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
    files.extend(options.topics.iter().map(|topic| index::topic(topic, &places, options)));
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
            path: format!("services/{}.csv", architecture.name),
            content: bom::bill_of_materials(model, architecture.id),
        });
        files.extend(
            bill::csv::of_architecture(&options.costs.sheet, &architecture.name)
                .map(|content| Artifact { path: format!("bom/{}.csv", architecture.name), content }),
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
