//! What leads to an element and what it leads to, one connection at a time: an edge with carriers is several.

use std::collections::{BTreeMap, BTreeSet};

use super::Snapshot;
use super::declared::{Declared, declared};
use super::hover::within;
use crate::model::{Edge, ElementId, Hop, Model, Variety};
use crate::source::{FileId, Span};

/// An element, as it is shown among its neighbours.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Which one it is.
    pub element: ElementId,
    /// Its path in the workspace, which finds it again after a change.
    pub path: String,
    /// Where its name is declared; of a carrier without a name, where its kind stands.
    pub name: Span,
    /// All of its declaration.
    pub whole: Span,
}

/// The connections of an element with one other.
#[derive(Clone, Debug)]
pub struct Connections {
    /// The other one.
    pub with: Neighbour,
    /// Where the edges stand that they are of.
    pub edges: Vec<Span>,
}

/// The elements at an offset: several for a name in a pattern that has several instances.
pub fn elements_at(snapshot: &Snapshot, file: FileId, offset: usize) -> Vec<Neighbour> {
    let names = snapshot.names_for(file);
    let Some(occurrence) = names.at(file, offset) else { return Vec::new() };
    // A kind in a `via` is where its carrier is.
    let places = [names.definition(occurrence.definition).span, occurrence.span];
    let elements = snapshot.model().elements.iter().filter(|it| places.contains(&it.name_span.written()));
    elements.map(|it| neighbour(snapshot, it.id)).collect()
}

/// The element of a path of the workspace.
pub fn element_of(snapshot: &Snapshot, path: &str) -> Option<ElementId> {
    let model = snapshot.model();
    model
        .elements
        .iter()
        .map(|it| it.id)
        .find(|id| path.ends_with(model.element(*id).name.as_str()) && model.full_path(*id) == path)
}

/// What leads to an element, or over the boundary of a group.
pub fn incoming(snapshot: &Snapshot, element: ElementId) -> Vec<Connections> {
    let own = own(snapshot, element);
    connections(snapshot, |hop| (own.contains(&hop.to) && !own.contains(&hop.from)).then_some(hop.from))
}

/// What an element leads to, or what leads out of a group.
pub fn outgoing(snapshot: &Snapshot, element: ElementId) -> Vec<Connections> {
    let own = own(snapshot, element);
    connections(snapshot, |hop| (own.contains(&hop.from) && !own.contains(&hop.to)).then_some(hop.to))
}

/// An element, and what is in it.
fn own(snapshot: &Snapshot, element: ElementId) -> BTreeSet<ElementId> {
    let model = snapshot.model();
    match model.element(element).variety {
        Variety::Group => within(model, element).chain([element]).collect(),
        _ => BTreeSet::from([element]),
    }
}

fn connections(snapshot: &Snapshot, other: impl Fn(&Hop) -> Option<ElementId>) -> Vec<Connections> {
    let model = snapshot.model();
    let mut found: BTreeMap<ElementId, Vec<Span>> = BTreeMap::new();
    for edge in &model.edges {
        for hop in model.hops(edge) {
            if let Some(other) = other(&hop) {
                found.entry(other).or_default().push(place(model, edge, &hop));
            }
        }
    }
    let connections = found.into_iter().map(|(other, mut edges)| {
        edges.sort_unstable();
        edges.dedup();
        Connections { with: neighbour(snapshot, other), edges }
    });
    connections.collect()
}

/// Where an edge stands, for who looks from its beginning: what a pattern draws from its argument, where that is used.
fn place(model: &Model, edge: &Edge, hop: &Hop) -> Span {
    let own = model.element(hop.from).name_span.file.instance();
    let is_around = |at: &Span| at.file.instance() == own;
    let mut places = std::iter::successors(Some(edge.span), |at| model.used_at(*at));
    match places.find(is_around) {
        Some(used) if edge.span.file.instance() != own => used.written(),
        _ => edge.from_span.written().to(edge.to_span.written()),
    }
}

/// An element, as it is shown.
pub fn neighbour(snapshot: &Snapshot, id: ElementId) -> Neighbour {
    let model = snapshot.model();
    let element = model.element(id);
    let name = element.name_span.written();
    let declared = snapshot.tree(name.file).and_then(|tree| declared(tree, name));
    let whole = declared.map_or(element.span.written(), Declared::span);
    Neighbour { element: id, path: model.full_path(id), name, whole }
}
