//! The scenarios of an architecture and of the whole workspace.

use super::Options;
use super::escape::escape;
use super::page::Page;
use super::places::{Places, anchor};
use super::prose::Setting;
use crate::emit::mermaid::{Diagram, fence, sequence_diagrams};
use crate::model::{ArchitectureId, Model, Scenario};
use crate::scenario::sequences;

/// All scenarios with their diagrams. Those in which nothing happens are not among them.
pub(super) struct Scenarios<'m> {
    drawn: Vec<(&'m Scenario, Vec<Diagram>)>,
}

impl<'m> Scenarios<'m> {
    pub(super) fn new(model: &'m Model) -> Scenarios<'m> {
        let drawn = sequences(model).into_iter().map(|it| (it.scenario, sequence_diagrams(model, &it)));
        Scenarios { drawn: drawn.filter(|(_, diagrams)| !diagrams.is_empty()).collect() }
    }

    /// All diagrams.
    pub(super) fn diagrams(&self) -> impl Iterator<Item = &Diagram> {
        self.drawn.iter().flat_map(|(_, diagrams)| diagrams)
    }

    /// The sections of those that stand in an architecture, or outside of all.
    fn sections(&self, places: &Places<'_>, options: &Options<'_>, home: Option<ArchitectureId>) -> Vec<String> {
        let own = self.drawn.iter().filter(|(scenario, _)| scenario.head.architecture == home);
        own.flat_map(|(scenario, diagrams)| section(places, options, scenario, diagrams)).collect()
    }
}

/// The scenarios of a page's architecture, each with its title, its documentation and its diagrams.
pub(super) fn of_architecture(page: &Page<'_>) -> Vec<String> {
    page.scenarios.sections(page.places, page.options, Some(page.architecture.id))
}

/// The scenarios that stand outside of all architectures.
pub(super) fn of_workspace(places: &Places<'_>, options: &Options<'_>, scenarios: &Scenarios<'_>) -> Vec<String> {
    let sections = scenarios.sections(places, options, None);
    let heading = (!sections.is_empty()).then(|| "## Scenarios".to_owned());
    heading.into_iter().chain(sections).collect()
}

fn section(places: &Places<'_>, options: &Options<'_>, scenario: &Scenario, diagrams: &[Diagram]) -> Vec<String> {
    let head = &scenario.head;
    let name = format!("scenario.{}", head.name);
    let mut blocks = vec![format!("### {}{}", anchor(&name), escape(head.label()))];
    let setting = Setting { places, options, scope: head.scope(), level: 3, prefix: format!("{name}.") };
    blocks.extend(head.doc.as_ref().map(|doc| setting.embed(doc)));
    blocks.extend(diagrams.iter().map(|diagram| fence(&diagram.text)));
    blocks
}
