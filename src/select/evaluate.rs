//! What a selector selects of a model.

use std::collections::BTreeSet;

use super::lineage::Move;
use super::{Graph, Node, Operation};
use crate::model::{ArchitectureId, Element, ElementId, Hop};

/// The elements that a part selects.
pub(super) fn elements(graph: &Graph<'_>, within: Option<ArchitectureId>, node: &Node) -> BTreeSet<ElementId> {
    let select = |node: &Node| elements(graph, within, node);
    match node {
        Node::Everything => all(graph, within).map(|element| element.id).collect(),
        Node::Variety(variety) => {
            let all = all(graph, within).filter(|element| element.variety == *variety);
            all.map(|element| element.id).collect()
        }
        Node::Element(id) => graph.with_contents(*id).into_iter().collect(),
        Node::Architecture(id) => graph.model.architecture(*id).elements.iter().copied().collect(),
        Node::Nothing | Node::Hops { .. } | Node::Moves { .. } => BTreeSet::new(),
        Node::Where(tests) => {
            let holds = |element: &&Element| tests.iter().all(|test| test.holds_for(graph.model, element));
            all(graph, within).filter(holds).map(|element| element.id).collect()
        }
        Node::Walk { way, from, steps } => graph.reach(select(from), *way, *steps),
        Node::Between(from, to) => {
            let down = graph.reach(select(from), super::Way::Down, None);
            &down & &graph.reach(select(to), super::Way::Up, None)
        }
        Node::Carries(class) => graph.lineage(class).elements().filter(|id| is_in(graph, within, *id)).collect(),
        Node::Combined { operation, left, right } => combine(*operation, &select(left), &select(right)),
        Node::Union(parts) => parts.iter().flat_map(select).collect(),
    }
}

/// What the ends of an arrow are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Those of the connection: what goes through something is not direct.
    Hop,
    /// Those of the connection, or those that its edge is written with: who takes `a -> b` out means all of that edge.
    Edge,
}

/// The connections that a part selects.
pub(super) fn hops(graph: &Graph<'_>, within: Option<ArchitectureId>, node: &Node, ends: Ends) -> BTreeSet<Hop> {
    let select = |node: &Node| hops(graph, within, node, ends);
    match node {
        Node::Hops { arrow, from, to } => {
            let [from, to] = [from, to].map(|end| elements(graph, within, end));
            let meets = |start, end| from.contains(&start) && to.contains(&end);
            let hops = graph.hops().iter().filter(|hop| hop.arrow == *arrow);
            let hops = hops.filter(|hop| {
                let edge = graph.model.edge(hop.edge);
                meets(hop.from, hop.to) || ends == Ends::Edge && meets(edge.from, edge.to)
            });
            hops.copied().collect()
        }
        Node::Moves { .. } => moves(graph, within, node).into_iter().map(|way| way.hop).collect(),
        Node::Where(tests) => {
            let holds = |hop: &&Hop| tests.iter().all(|test| test.holds_for_hop(graph.model, **hop));
            let here = |hop: &&Hop| is_in(graph, within, hop.from) || is_in(graph, within, hop.to);
            graph.hops().iter().filter(|hop| here(hop) && holds(hop)).copied().collect()
        }
        Node::Combined { operation: Operation::Difference, left, right } => {
            &select(left) - &hops(graph, within, right, Ends::Edge)
        }
        Node::Combined { operation, left, right } => combine(*operation, &select(left), &select(right)),
        Node::Union(parts) => parts.iter().flat_map(select).collect(),
        _ => BTreeSet::new(),
    }
}

/// The ways that data takes along the connections of a part that is about a class; none of any other.
pub(super) fn moves(graph: &Graph<'_>, within: Option<ArchitectureId>, node: &Node) -> BTreeSet<Move> {
    let Node::Moves { class, from, to } = node else { return BTreeSet::new() };
    let [from, to] = [from, to].map(|end| end.as_ref().map(|end| elements(graph, within, end)));
    let meets = |ends: &Option<BTreeSet<ElementId>>, id: ElementId| match ends {
        Some(ends) => ends.contains(&id),
        None => true,
    };
    let is_here = |way: &&Move| is_in(graph, within, way.hop.from) || is_in(graph, within, way.hop.to);
    let lineage = graph.lineage(class);
    let ways = lineage.moves().iter().filter(|way| meets(&from, way.from()) && meets(&to, way.to()));
    ways.filter(is_here).copied().collect()
}

fn combine<T: Ord + Copy>(operation: Operation, left: &BTreeSet<T>, right: &BTreeSet<T>) -> BTreeSet<T> {
    match operation {
        Operation::Union => left | right,
        Operation::Difference => left - right,
        Operation::Intersection => left & right,
    }
}

fn all<'m>(graph: &Graph<'m>, within: Option<ArchitectureId>) -> impl Iterator<Item = &'m Element> {
    graph.model.elements.iter().filter(move |element| within.is_none_or(|within| element.architecture == within))
}

fn is_in(graph: &Graph<'_>, within: Option<ArchitectureId>, id: ElementId) -> bool {
    within.is_none_or(|within| graph.model.element(id).architecture == within)
}
