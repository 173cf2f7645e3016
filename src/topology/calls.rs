//! Chains of calls, in which each waits for the next.

use std::collections::{BTreeMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{ArchitectureId, ElementId, Model, Variety};
use crate::syntax::ast::Arrow;

/// The calls of a model: the node of an element has its index. People are left out: they wait, but nobody waits for them.
pub(super) fn calls(model: &Model) -> DiGraph<(), ()> {
    let mut calls = DiGraph::with_capacity(model.elements.len(), 0);
    for _ in &model.elements {
        calls.add_node(());
    }
    let is_person = |id: ElementId| model.element(id).variety == Variety::Person;
    // The graph gives the edges of a node in the reverse order of their adding: the first declared is to be found first.
    for edge in model.edges.iter().rev().filter(|edge| edge.arrow == Arrow::Call) {
        for hop in model.hops(edge).filter(|hop| hop.from != hop.to && !is_person(hop.from) && !is_person(hop.to)) {
            calls.add_edge(NodeIndex::new(hop.from.index()), NodeIndex::new(hop.to.index()), ());
        }
    }
    calls
}

/// Services that wait for each other in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The services, from the one that waits for all others: at least two.
    pub elements: Vec<ElementId>,
}

/// The longest chain of calls that starts in each architecture, if any does.
///
/// Calls in a circle are a matter of their own: where chains are compared, a circle counts as one, and a chain takes the
/// shortest way through it. Of several longest chains it is the one whose services are declared first.
pub fn longest_chains(model: &Model) -> BTreeMap<ArchitectureId, Chain> {
    let circles = Circles::of(calls(model));
    let mut longest: BTreeMap<ArchitectureId, (usize, ElementId)> = BTreeMap::new();
    for element in &model.elements {
        let length = circles.longest_from(NodeIndex::new(element.id.index())).map_or(0, |(length, _)| length);
        let best = longest.entry(element.architecture).or_insert((length, element.id));
        if length > best.0 {
            *best = (length, element.id);
        }
    }
    let chains = longest.into_iter().filter(|(_, (length, _))| *length > 1);
    chains.map(|(architecture, (_, start))| (architecture, Chain { elements: circles.chain_from(start) })).collect()
}

/// How a chain goes on: the last element of a circle, and the first of the next.
type Step = (NodeIndex, NodeIndex);

/// The calls, with the elements that wait for each other taken together.
struct Circles {
    calls: DiGraph<(), ()>,
    /// Of each element: the circle it belongs to, alone in most cases.
    circle_of: Vec<usize>,
    /// Of each circle: how many follow each other from it on, itself included, and how the longest chain goes on.
    longest: Vec<(usize, Option<Step>)>,
}

impl Circles {
    fn of(calls: DiGraph<(), ()>) -> Circles {
        let mut circles = Circles { circle_of: vec![usize::MAX; calls.node_count()], calls, longest: Vec::new() };
        // Whatever a circle leads to comes before it.
        for (circle, mut members) in kosaraju_scc(&circles.calls).into_iter().enumerate() {
            members.sort_unstable();
            for member in &members {
                if let Some(of) = circles.circle_of.get_mut(member.index()) {
                    *of = circle;
                }
            }
            let longest = circles.longest_of(&members);
            circles.longest.push(longest);
        }
        circles
    }

    /// The longest chain from a circle on, given those of all that it leads to.
    fn longest_of(&self, members: &[NodeIndex]) -> (usize, Option<Step>) {
        let mut best = (1, None);
        for from in members {
            for to in self.calls.neighbors(*from) {
                // That of the circle itself is not known yet.
                if let Some((length, _)) = self.longest_from(to).filter(|(length, _)| *length >= best.0) {
                    best = (length + 1, Some((*from, to)));
                }
            }
        }
        best
    }

    fn longest_from(&self, node: NodeIndex) -> Option<(usize, Option<Step>)> {
        self.longest.get(*self.circle_of.get(node.index())?).copied()
    }

    fn chain_from(&self, start: ElementId) -> Vec<ElementId> {
        let mut chain = Vec::new();
        let mut at = NodeIndex::new(start.index());
        while let Some((_, Some((last, next)))) = self.longest_from(at) {
            chain.extend(self.way(at, last));
            at = next;
        }
        chain.push(at);
        chain.into_iter().map(|node| ElementId::new(node.index())).collect()
    }

    /// The shortest way between two members of a circle.
    fn way(&self, from: NodeIndex, to: NodeIndex) -> Vec<NodeIndex> {
        let circle = |node: NodeIndex| self.circle_of.get(node.index());
        let mut came_from: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
        let mut open = VecDeque::from([from]);
        while let Some(node) = open.pop_front().filter(|node| *node != to) {
            for next in self.calls.neighbors(node).filter(|next| circle(*next) == circle(from) && *next != from) {
                came_from.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    node
                });
            }
        }
        let mut way: Vec<NodeIndex> = std::iter::successors(Some(to), |node| came_from.get(node).copied()).collect();
        way.reverse();
        way
    }
}
