//! The views of an architecture and of the whole workspace.

use super::Options;
use super::escape::escape;
use super::page::Page;
use super::places::{Places, anchor};
use super::prose::Setting;
use crate::emit::mermaid::{Diagram, Painter, fence};
use crate::model::{Model, View};

/// All views with their diagrams.
pub(super) struct Views<'m> {
    declared: Vec<(&'m View, Diagram)>,
    /// All architectures and the edges between them, where nobody has declared a view of the whole.
    landscape: Option<Diagram>,
}

impl<'m> Views<'m> {
    pub(super) fn new(painter: Painter<'_, '_>, model: &'m Model) -> Views<'m> {
        let has_own = model.views.iter().any(|view| view.head.architecture.is_none());
        Views {
            declared: model.views.iter().map(|view| (view, painter.view(view, None))).collect(),
            landscape: if has_own { None } else { painter.landscape() },
        }
    }

    /// All diagrams.
    pub(super) fn diagrams(&self) -> impl Iterator<Item = &Diagram> {
        self.declared.iter().map(|(_, diagram)| diagram).chain(&self.landscape)
    }
}

/// The views of a page's architecture, each with its title, its documentation and its diagram.
pub(super) fn of_architecture(page: &Page<'_>) -> Vec<String> {
    let own = page.views.declared.iter().filter(|(view, _)| view.head.architecture == Some(page.architecture.id));
    own.flat_map(|(view, diagram)| section(page.places, page.options, view, diagram)).collect()
}

/// The views of the whole workspace, or else its landscape.
pub(super) fn of_workspace(places: &Places<'_>, options: &Options<'_>, views: &Views<'_>) -> Vec<String> {
    let own = views.declared.iter().filter(|(view, _)| view.head.architecture.is_none());
    let sections: Vec<String> = own.flat_map(|(view, diagram)| section(places, options, view, diagram)).collect();
    let landscape = views.landscape.iter().flat_map(|diagram| ["## Landscape".to_owned(), fence(&diagram.text)]);
    let heading = (!sections.is_empty()).then(|| "## Views".to_owned());
    heading.into_iter().chain(sections).chain(landscape).collect()
}

fn section(places: &Places<'_>, options: &Options<'_>, view: &View, diagram: &Diagram) -> Vec<String> {
    let head = &view.head;
    let prefix = format!("view.{}.", head.name);
    let mut blocks = vec![format!("### {}{}", anchor(&format!("view.{}", head.name)), escape(head.label()))];
    let setting = Setting { places, options, scope: head.scope(), level: 3, prefix };
    blocks.extend(head.doc.as_ref().map(|doc| setting.embed(doc)));
    blocks.push(fence(&diagram.text));
    blocks.extend(diagram.notes.iter().map(|note| escape(note)));
    blocks
}
