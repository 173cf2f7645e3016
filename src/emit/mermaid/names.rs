//! What nodes and arrows are called: ids for Mermaid, labels for people.

use super::escape;
use super::view::{Arrows, End, Level, View};
use crate::model::{Edge, Element, ElementId};

/// The longest label where there is no room, in characters.
const SHORT_LABEL: usize = 80;

impl<'m> View<'_, 'm> {
    /// The id of an end of an arrow.
    pub(super) fn id(&self, end: End) -> String {
        match end {
            End::Item(place) => self.outline.item(place).id.clone(),
            End::Part(index) => format!("p_{}", index + 1),
            End::Foreign(id) => {
                let model = self.outline.model;
                let home = &model.architecture(model.element(id).architecture).name;
                let path = escape::id(&format!("{home}.{}", model.path(id)));
                path.map_or_else(|| format!("j_{}", id.index()), |path| format!("f_{path}"))
            }
            End::Elsewhere => "elsewhere".to_owned(),
        }
    }

    /// The escaped label of an element: its title, or its name if a reader would see nothing.
    pub(super) fn label(&self, element: &Element) -> String {
        let label = match self.level {
            Level::Terse(_) => escape::line(&shorten(element.label(), SHORT_LABEL)),
            _ => escape::label(element.label()),
        };
        if label.is_empty() { escape::line(&shorten(&element.name, SHORT_LABEL)) } else { label }
    }

    /// The escaped label of an arrow, which may be empty.
    pub(super) fn arrow_label(&self, arrow: &Arrows<'m>) -> String {
        match (self.level, arrow.count) {
            (Level::Terse(_), 1) => String::new(),
            (_, 1) => self.edge_label(arrow.first),
            (_, count) => format!("{count} connections"),
        }
    }

    /// The escaped label of an edge: its own, or else the names of the services that carry it.
    fn edge_label(&self, edge: &Edge) -> String {
        if let Some(label) = &edge.label {
            return escape::label(label);
        }
        let names: Vec<String> = edge.carriers.iter().map(|id| self.carrier_name(*id)).collect();
        names.join(" → ")
    }

    fn carrier_name(&self, id: ElementId) -> String {
        let carrier = self.outline.model.element(id);
        let product = self.outline.model.kind_of(carrier).map(|kind| kind.product.as_str());
        let title = carrier.title.as_deref().filter(|title| !title.trim().is_empty());
        escape::line(title.or(product).unwrap_or(&carrier.name))
    }
}

/// Cuts a text after so many characters.
pub(super) fn shorten(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
