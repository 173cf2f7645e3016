//! Services that alone connect parts of an architecture: its articulation points.

use std::collections::BTreeSet;

use petgraph::algo::articulation_points::articulation_points;
use petgraph::graph::{NodeIndex, UnGraph};

use super::single_points::may_fail;
use crate::model::{ElementId, Model};

/// The services and carriers without which elements that are connected are so no more, whatever the arrows say and side
/// channels included. Those that are `redundant` are not among them. In the order of their declaration.
///
/// This is more than a single point of failure says: two producers of one topic are parts that the topic alone connects,
/// though neither loses its way to anybody else.
pub fn only_links(model: &Model) -> Vec<ElementId> {
    let mut graph: UnGraph<(), ()> = UnGraph::new_undirected();
    for _ in &model.elements {
        graph.add_node(());
    }
    // Parallel connections are one; a loop is none.
    let hops = model.edges.iter().flat_map(|edge| model.hops(edge)).filter(|hop| hop.from != hop.to);
    let pairs: BTreeSet<(ElementId, ElementId)> =
        hops.map(|hop| (hop.from.min(hop.to), hop.from.max(hop.to))).collect();
    for (one, other) in pairs {
        graph.add_edge(NodeIndex::new(one.index()), NodeIndex::new(other.index()), ());
    }
    let points = articulation_points(&graph);
    let is_point = |id: ElementId| points.contains(&NodeIndex::new(id.index()));
    let may_fail = model.elements.iter().filter(|element| may_fail(model, element));
    may_fail.map(|element| element.id).filter(|id| is_point(*id)).collect()
}
