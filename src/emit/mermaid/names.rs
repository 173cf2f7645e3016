//! What nodes and arrows are called: ids for Mermaid, labels for people.

use super::drawing::{Arrows, Drawing, End, Level};
use super::escape;
use crate::emit::load::words;
use crate::flow::Flow;
use crate::load::Loads;
use crate::model::{Edge, Element, ElementId};
use crate::syntax::ast::Arrow;

/// The longest label where there is no room, in characters.
const SHORT_LABEL: usize = 80;

impl<'m> Drawing<'_, 'm> {
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
        let label = match (self.level, arrow.others.len()) {
            (Level::Terse(_), 0) => String::new(),
            (_, 0) => self.edge_label(arrow.first),
            (_, others) => format!("{} connections", others + 1),
        };
        match self.loads.and_then(|loads| load_label(loads, arrow)) {
            None => label,
            Some(load) if label.is_empty() => load,
            Some(load) => format!("{label}<br/>{load}"),
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

/// The load of an arrow: what arrives along all of its edges. None for side channels that do not say how often they fire.
fn load_label(loads: &Loads, arrow: &Arrows<'_>) -> Option<String> {
    let mut sum = Flow::none();
    let mut unknown = None;
    for edge in arrow.others.iter().chain([&arrow.first]) {
        match loads.edge(edge.id).at_end()? {
            Ok(flow) => sum = sum.merged(flow)?,
            Err(gap) => unknown = Some(gap.clone()),
        }
    }
    let is_silent = unknown.is_some() && arrow.first.arrow == Arrow::Side;
    (!is_silent).then(|| escape::line(&words::label(&unknown.map_or(Ok(sum), Err))))
}

/// Cuts a text after so many characters.
pub(super) fn shorten(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
