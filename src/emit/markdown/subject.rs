//! What the tables of an architecture are made from.

use super::places::Places;
use crate::emit::load::Survey;
use crate::model::{Architecture, ElementId, Variety};

/// An architecture, and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) places: &'a Places<'a>,
    pub(super) architecture: &'a Architecture,
    pub(super) survey: &'a Survey<'a>,
}

impl<'a> Subject<'a> {
    /// The elements of the architecture that are one of these.
    pub(super) fn elements(self, varieties: &'a [Variety]) -> impl Iterator<Item = ElementId> + 'a {
        let is_wanted = move |id: &ElementId| varieties.contains(&self.places.model.element(*id).variety);
        self.architecture.elements.iter().copied().filter(is_wanted)
    }

    /// A link to an element, for the architecture's page.
    pub(super) fn link(&self, id: ElementId) -> String {
        self.places.link(self.architecture.id, id)
    }
}
