//! What a selector selects of a model.

use std::collections::BTreeSet;

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

/// The connections that a part selects.
pub(super) fn hops(graph: &Graph<'_>, within: Option<ArchitectureId>, node: &Node) -> BTreeSet<Hop> {
    let select = |node: &Node| hops(graph, within, node);
    match node {
        Node::Hops { arrow, from, to } => {
            let [from, to] = [from, to].map(|end| elements(graph, within, end));
            let hops = graph.hops().iter().filter(|hop| hop.arrow == *arrow);
            hops.filter(|hop| from.contains(&hop.from) && to.contains(&hop.to)).copied().collect()
        }
        Node::Moves { class, from, to } => {
            let [from, to] = [from, to].map(|end| end.as_ref().map(|end| elements(graph, within, end)));
            let meets = |ends: &Option<BTreeSet<ElementId>>, id: ElementId| match ends {
                Some(ends) => ends.contains(&id),
                None => true,
            };
            let lineage = graph.lineage(class);
            let hops = lineage.hops().iter().filter(|hop| meets(&from, hop.from) && meets(&to, hop.to));
            hops.filter(|hop| is_in(graph, within, hop.from) || is_in(graph, within, hop.to)).copied().collect()
        }
        Node::Where(tests) => {
            let holds = |hop: &&Hop| tests.iter().all(|test| test.holds_for_hop(graph.model, **hop));
            let here = |hop: &&Hop| is_in(graph, within, hop.from) || is_in(graph, within, hop.to);
            graph.hops().iter().filter(|hop| here(hop) && holds(hop)).copied().collect()
        }
        Node::Combined { operation, left, right } => combine(*operation, &select(left), &select(right)),
        Node::Union(parts) => parts.iter().flat_map(select).collect(),
        _ => BTreeSet::new(),
    }
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
