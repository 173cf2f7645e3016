//! Single points of failure of the data path.
//!
//! The data path is made of the hops of data edges and calls, carriers included; side channels are no part of it. It has
//! ends:
//! - a *source* is an external system or people that data comes from, what `emits`, and what nothing leads to;
//! - a *sink* is an external system or people that data goes to, and what leads to nothing.
//!
//! What others run is an end even where it is both: what comes back from it is their doing, so no way leads through it.
//!
//! A service or a carrier is a single point of failure if it is not `redundant`, and
//! - no source reaches a sink without it that others than itself do reach, or
//! - a source reaches no sink without it, and does reach others than it.
//!
//! A sink that still gets something from elsewhere, or a source that still leads somewhere, is not counted: what is left
//! is less, but not nothing. Both are dominators: of the sinks as seen from all sources together, and of the sources as
//! seen against the arrows from all sinks together.

use std::ops::Range;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};

use super::dominators::Dominators;
use super::facts::is_true;
use crate::model::{Element, ElementId, Model, Variety};
use crate::syntax::ast::Arrow;

/// A service that the data path cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SinglePoint<'a> {
    /// The service or carrier.
    pub element: ElementId,
    /// The sinks that nothing reaches without it.
    pub starved: &'a [ElementId],
    /// The sources of which nothing arrives anywhere without it.
    pub stranded: &'a [ElementId],
}

/// All single points of failure of a model.
#[derive(Debug)]
pub struct SinglePoints {
    /// Each point, and its parts of the two lists below.
    points: Vec<(ElementId, Range<usize>, Range<usize>)>,
    /// All sinks, such that what hangs on one point stands together.
    sinks: Vec<ElementId>,
    /// The same of all sources.
    sources: Vec<ElementId>,
}

impl SinglePoints {
    /// Finds them.
    pub fn of(model: &Model) -> SinglePoints {
        let mut path = DataPath::of(model);
        let forward = Cuts::of(&mut path.graph, &path.sources, &path.sinks);
        path.graph.reverse();
        let backward = Cuts::of(&mut path.graph, &path.sinks, &path.sources);
        let mut points = Vec::new();
        for element in model.elements.iter().filter(|element| may_fail(model, element)) {
            let node = NodeIndex::new(element.id.index());
            let (starved, stranded) = (forward.behind(node), backward.behind(node));
            if !starved.is_empty() || !stranded.is_empty() {
                points.push((element.id, starved, stranded));
            }
        }
        let elements = |cuts: Cuts| cuts.ends.into_iter().map(|(_, node)| path.element(node)).collect();
        SinglePoints { points, sinks: elements(forward), sources: elements(backward) }
    }

    /// Each of them, in the order of their declaration.
    pub fn iter(&self) -> impl Iterator<Item = SinglePoint<'_>> {
        self.points.iter().map(|point| self.point(point))
    }

    /// What is lost without an element, if it is one of them.
    pub fn get(&self, element: ElementId) -> Option<SinglePoint<'_>> {
        let at = self.points.binary_search_by_key(&element, |(element, ..)| *element).ok()?;
        self.points.get(at).map(|point| self.point(point))
    }

    fn point(&self, (element, starved, stranded): &(ElementId, Range<usize>, Range<usize>)) -> SinglePoint<'_> {
        SinglePoint {
            element: *element,
            starved: self.sinks.get(starved.clone()).unwrap_or_default(),
            stranded: self.sources.get(stranded.clone()).unwrap_or_default(),
        }
    }
}

/// Whether an element is run by us, and is not known to go on when a part of it fails.
pub(super) fn may_fail(model: &Model, element: &Element) -> bool {
    matches!(element.variety, Variety::Service | Variety::Carrier) && !is_true(model, element, "redundant")
}

/// Whether an element is run by others, or is people.
fn is_outside(element: &Element) -> bool {
    matches!(element.variety, Variety::External | Variety::Person)
}

/// The hops that data takes. The node of an element has its index; what is outside has one more, at which data ends.
struct DataPath<'m> {
    model: &'m Model,
    graph: DiGraph<(), ()>,
    sources: Vec<NodeIndex>,
    sinks: Vec<NodeIndex>,
}

impl<'m> DataPath<'m> {
    fn of(model: &'m Model) -> DataPath<'m> {
        let mut path = DataPath { model, graph: DiGraph::new(), sources: Vec::new(), sinks: Vec::new() };
        for _ in 0..2 * model.elements.len() {
            path.graph.add_node(());
        }
        // The graph gives the edges of a node in the reverse order of their adding: what is declared first comes first.
        let edges = model.edges.iter().rev().filter(|edge| matches!(edge.arrow, Arrow::Data | Arrow::Call));
        for hop in edges.flat_map(|edge| model.hops(edge)).filter(|hop| hop.from != hop.to) {
            let end = if is_outside(model.element(hop.to)) { model.elements.len() } else { 0 };
            path.graph.add_edge(NodeIndex::new(hop.from.index()), NodeIndex::new(hop.to.index() + end), ());
        }
        for node in path.graph.node_indices() {
            let has = |direction| path.graph.neighbors_directed(node, direction).next().is_some();
            let (comes, goes) = (has(Direction::Incoming), has(Direction::Outgoing));
            if goes && (!comes || model.element(path.element(node)).settings.get("emits").is_some()) {
                path.sources.push(node);
            }
            if comes && !goes {
                path.sinks.push(node);
            }
        }
        path
    }

    /// The element of a node.
    fn element(&self, node: NodeIndex) -> ElementId {
        ElementId::new(node.index() % self.model.elements.len().max(1))
    }
}

/// Which ends are cut off from all starts by which node.
struct Cuts {
    dominators: Dominators,
    /// The ends that are reached, by their place in the tree of dominators.
    ends: Vec<(usize, NodeIndex)>,
    /// The starts that no other leads to: what hangs on them has nothing between itself and its start.
    first: Vec<NodeIndex>,
}

impl Cuts {
    fn of(graph: &mut DiGraph<(), ()>, starts: &[NodeIndex], ends: &[NodeIndex]) -> Cuts {
        let root = graph.add_node(());
        for start in starts.iter().rev() {
            graph.add_edge(root, *start, ());
        }
        let dominators = Dominators::new(graph, root);
        let place = |end: &NodeIndex| Some((dominators.span(*end).next()?, *end));
        let mut ends: Vec<(usize, NodeIndex)> = ends.iter().filter_map(place).collect();
        ends.sort_unstable();
        let comes_from_elsewhere = |start: NodeIndex| {
            let below = dominators.span(start);
            let mut places =
                graph.neighbors_directed(start, Direction::Incoming).map(|from| dominators.span(from).next());
            // The root has the first place.
            places.any(|place| place.is_some_and(|place| place > 0 && !below.contains(&place)))
        };
        let first = starts.iter().copied().filter(|start| !comes_from_elsewhere(*start)).collect();
        graph.remove_node(root);
        Cuts { dominators, ends, first }
    }

    /// The ends that no start reaches without a node, other than both themselves: a part of `ends`.
    fn behind(&self, node: NodeIndex) -> Range<usize> {
        let span = self.dominators.span(node);
        if span.is_empty() || self.first.binary_search(&node).is_ok() {
            return 0..0;
        }
        let at = |place: usize| self.ends.partition_point(|(end, _)| *end < place);
        at(span.start + 1)..at(span.end)
    }
}
