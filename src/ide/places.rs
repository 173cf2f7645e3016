//! Where the elements and edges of a model are written.

use std::collections::BTreeMap;

use crate::model::{ArchitectureId, EdgeId, ElementId, Model};
use crate::source::Span;

/// The model by the places of its names and arrows in the text as it was written. What stands in a pattern is there once for
/// each instance.
#[derive(Debug, Default)]
pub struct Places {
    architectures: BTreeMap<Span, ArchitectureId>,
    elements: BTreeMap<Span, Vec<ElementId>>,
    edges: BTreeMap<Span, Vec<EdgeId>>,
}

impl Places {
    pub(super) fn of(model: &Model) -> Places {
        let mut places = Places::default();
        for architecture in &model.architectures {
            places.architectures.insert(architecture.name_span.written(), architecture.id);
        }
        for element in &model.elements {
            places.elements.entry(element.name_span.written()).or_default().push(element.id);
        }
        for edge in &model.edges {
            places.edges.entry(edge.arrow_span.written()).or_default().push(edge.id);
        }
        places
    }

    /// The architecture whose name stands at a place.
    pub fn architecture(&self, name: Span) -> Option<ArchitectureId> {
        self.architectures.get(&name.written()).copied()
    }

    /// The elements whose name stands at a place: several where that is in a pattern.
    pub fn elements(&self, name: Span) -> &[ElementId] {
        self.elements.get(&name.written()).map_or(&[], Vec::as_slice)
    }

    /// The edges whose arrow stands at a place.
    pub fn edges(&self, arrow: Span) -> impl Iterator<Item = EdgeId> + '_ {
        self.edges.get(&arrow.written()).into_iter().flatten().copied()
    }
}
