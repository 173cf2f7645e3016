//! The declared edges that are most like a step which follows none.

use std::collections::BTreeMap;

use super::routes::places;
use super::{Message, Participant};
use crate::model::{ElementId, Hop, Model};
use crate::suggest;

/// What is declared in place of an edge for a step.
#[derive(Debug)]
pub enum Nearest {
    /// An edge between the same two, with another arrow.
    OtherArrow(Hop),
    /// An edge the other way round.
    Reversed(Hop),
    /// A way through one other element.
    Through(Hop, Hop),
    /// Edges from the same sender: that to a name like the receiver's, if there is one, or else all.
    From(Vec<Hop>),
    /// Edges to the same receiver.
    To(Vec<Hop>),
    /// Neither has an edge.
    Nothing,
}

/// The edges most like a step. Looks at all edges of the model.
pub fn nearest(model: &Model, step: &Message) -> Nearest {
    let whole = model.edges.iter().map(|edge| Hop { from: edge.from, to: edge.to, arrow: edge.arrow, edge: edge.id });
    let parts = model.edges.iter().filter(|edge| !edge.carriers.is_empty()).flat_map(|edge| model.hops(edge));
    let hops: Vec<Hop> = whole.chain(parts).collect();
    let is = |participant: Participant, id: ElementId| places(model, id).any(|place| place == participant);
    let leaves = |hop: &Hop| is(step.from, hop.from);
    let arrives = |hop: &Hop| is(step.to, hop.to);
    if let Some(hop) = hops.iter().find(|hop| leaves(hop) && arrives(hop)) {
        return Nearest::OtherArrow(*hop);
    }
    if let Some(hop) = hops.iter().find(|hop| is(step.to, hop.from) && is(step.from, hop.to)) {
        return Nearest::Reversed(*hop);
    }
    let from: Vec<Hop> = hops.iter().copied().filter(leaves).collect();
    let to: Vec<Hop> = hops.iter().copied().filter(arrives).collect();
    let starts: BTreeMap<ElementId, Hop> = to.iter().rev().map(|hop| (hop.from, *hop)).collect();
    if let Some((first, second)) = from.iter().find_map(|hop| Some((*hop, *starts.get(&hop.to)?))) {
        return Nearest::Through(first, second);
    }
    match (from.is_empty(), to.is_empty()) {
        (false, _) => Nearest::From(alike(model, step, from)),
        (true, false) => Nearest::To(to),
        (true, true) => Nearest::Nothing,
    }
}

/// The edge to the element whose name is most like the receiver's, or else all.
fn alike(model: &Model, step: &Message, from: Vec<Hop>) -> Vec<Hop> {
    let Participant::Element(to) = step.to else { return from };
    let name = |hop: &Hop| model.element(hop.to).name.as_str();
    let near = suggest::nearest(&model.element(to).name, from.iter().map(name));
    match near.and_then(|near| from.iter().find(|hop| name(hop) == near)) {
        Some(hop) => vec![*hop],
        None => from,
    }
}
