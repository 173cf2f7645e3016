//! What nodes and arrows are called, and how nodes look: ids for Mermaid, labels for people.

use std::collections::HashSet;

use super::escape;
use super::page::Look;
use crate::catalog::{Category, Shape};
use crate::emit::load::words;
use crate::flow::Flow;
use crate::load::Known;
use crate::model::{Edge, Element, ElementId, Model, Variety};

/// The longest label where there is no room, in characters.
const SHORT_LABEL: usize = 80;

/// Ids that no two nodes of a diagram have in common.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// An id that was not made before: from a path, or from a number where that is too long or taken.
    pub(super) fn make(&mut self, prefix: &str, path: &str, number: usize) -> String {
        let id = escape::id(path).map(|id| format!("{prefix}_{id}"));
        let id = id.filter(|id| !self.taken.contains(id)).unwrap_or_else(|| format!("i_{number}"));
        self.taken.insert(id.clone());
        id
    }
}

/// Names for the nodes and arrows of a model.
#[derive(Clone, Copy)]
pub(super) struct Names<'m> {
    pub(super) model: &'m Model,
    /// Whether there is no room for long labels.
    pub(super) is_terse: bool,
}

impl Names<'_> {
    /// The escaped label of an element: its title, or its name if a reader would see nothing.
    pub(super) fn label(&self, element: &Element) -> String {
        self.text(element.label(), &element.name)
    }

    /// An escaped text, or a name if a reader would see nothing.
    pub(super) fn text(&self, text: &str, name: &str) -> String {
        let label = if self.is_terse { escape::line(&shorten(text, SHORT_LABEL)) } else { escape::label(text) };
        if label.is_empty() { escape::line(&shorten(name, SHORT_LABEL)) } else { label }
    }

    /// The escaped label of an element of another architecture.
    pub(super) fn foreign_label(&self, element: &Element) -> String {
        let home = self.model.architecture(element.architecture);
        format!("{}<br/>({})", self.label(element), escape::line(home.label()))
    }

    /// The id of an element of another architecture.
    pub(super) fn foreign_id(&self, id: ElementId) -> String {
        let path = escape::id(&self.model.full_path(id));
        path.map_or_else(|| format!("j_{}", id.index()), |path| format!("f_{path}"))
    }

    /// The escaped label of an edge: its own, or else the names of the services that carry it.
    pub(super) fn edge_label(&self, edge: &Edge) -> String {
        match &edge.label {
            Some(label) => escape::label(label),
            None => self.carriers(&edge.carriers),
        }
    }

    /// The escaped names of carriers.
    pub(super) fn carriers(&self, carriers: &[ElementId]) -> String {
        let names: Vec<String> = carriers.iter().map(|id| self.carrier_name(*id)).collect();
        names.join(" → ")
    }

    /// The escaped label of a carrier that is a node: its title, or its product.
    pub(super) fn carrier_label(&self, carrier: &Element) -> String {
        let product = self.model.kind_of(carrier).map(|kind| kind.product.as_str());
        self.text(carrier.title.as_deref().unwrap_or_default(), product.unwrap_or(&carrier.name))
    }

    fn carrier_name(&self, id: ElementId) -> String {
        let carrier = self.model.element(id);
        let product = self.model.kind_of(carrier).map(|kind| kind.product.as_str());
        let title = carrier.title.as_deref().filter(|title| !title.trim().is_empty());
        escape::line(title.or(product).unwrap_or(&carrier.name))
    }

    /// The outline and the colours of an element: who runs it comes before what it is.
    pub(super) fn appearance(&self, element: &Element) -> (Shape, Option<Look>) {
        let catalog = &self.model.catalog;
        let category = self.model.category(element);
        let shape = match element.kind {
            Some(kind) if element.variety != Variety::Group => catalog.shape(kind),
            _ => category.map_or(Shape::Box, Category::shape),
        };
        let look = match category {
            Some(category) => Some(Look::Category(category)),
            None if element.variety == Variety::Group => Some(Look::Collapsed),
            None => None,
        };
        (shape, look)
    }
}

/// Adds to an escaped label how many elements a node stands for.
pub(super) fn with_count(label: &str, elements: usize) -> String {
    format!("{label}<br/>({})", in_words(elements))
}

/// So many elements.
pub(super) fn in_words(elements: usize) -> String {
    format!("{elements} {}", if elements == 1 { "element" } else { "elements" })
}

/// The escaped label of an arrow that stands for several edges.
pub(super) fn connections(count: usize) -> String {
    format!("{count} connections")
}

/// The escaped label of an arrow with what moves along it on a line of its own.
pub(super) fn with_load(label: String, load: Option<String>) -> String {
    match load {
        None => label,
        Some(load) if label.is_empty() => load,
        Some(load) => format!("{label}<br/>{load}"),
    }
}

/// What moves along all edges of an arrow, escaped. None for side channels that do not say how often they fire, and for
/// edges that have lost a carrier.
pub(super) fn load_label<'l>(flows: impl Iterator<Item = Option<&'l Known>>, is_side: bool) -> Option<String> {
    let mut sum = Flow::none();
    let mut unknown = None;
    for flow in flows {
        match flow? {
            Ok(flow) => sum = sum.merged(flow)?,
            Err(gap) => unknown = Some(gap.clone()),
        }
    }
    let is_silent = unknown.is_some() && is_side;
    (!is_silent).then(|| escape::line(&words::label(&unknown.map_or(Ok(sum), Err))))
}

/// Cuts a text after so many characters.
pub(super) fn shorten(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
