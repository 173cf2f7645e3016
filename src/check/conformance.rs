//! Whether an architecture has what a pattern asks for: a search for the services of the one in the other.
//!
//! The pattern's elements are its services, externals and people, carriers among them, and the placeholders of its
//! parameters. Each is given an element of the architecture of the same kind, or of one that inherits from it; no two get
//! the same. A connection is there if an edge leads from the one to the other along the same arrow, whatever else carries
//! it. Of all ways to give them, the one counts that leaves the least missing, and of equally good ones that where names
//! agree. The search looks at a bounded number of ways: beyond it, the best one so far counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Architecture, Edge, Element, ElementId, Model, Variety};
use crate::syntax::ast::Arrow;

/// How many elements of a pattern are looked for.
const MAX_ELEMENTS: usize = 256;

/// How many candidates are looked at for one architecture and one pattern.
const MAX_STEPS: usize = 200_000;

/// Something that a pattern asks for and an architecture does not have. Elements are those of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Missing {
    /// An element.
    Element(ElementId),
    /// A connection between two that it has.
    Connection(Connection),
}

/// A connection between two elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Connection {
    pub(super) from: ElementId,
    pub(super) to: ElementId,
    pub(super) arrow: Arrow,
}

/// How an architecture follows a pattern.
#[derive(Debug)]
pub(super) struct Conformance {
    /// The architecture's element for each of the pattern's that it has.
    pub(super) matched: BTreeMap<ElementId, ElementId>,
    /// What it lacks, in the order of the pattern.
    pub(super) missing: Vec<Missing>,
}

/// Holds an architecture against the template of a pattern.
pub(super) fn compare(
    model: &Model,
    architecture: &Architecture,
    templates: &Model,
    template: &Architecture,
) -> Conformance {
    let nodes: Vec<&Element> = template.elements.iter().map(|id| templates.element(*id)).collect();
    let nodes: Vec<&Element> = nodes.into_iter().filter(|it| it.variety != Variety::Group).take(MAX_ELEMENTS).collect();
    let ids: BTreeMap<ElementId, usize> = nodes.iter().enumerate().map(|(index, node)| (node.id, index)).collect();
    let mut wanted: BTreeSet<Connection> =
        template.edges.iter().flat_map(|id| steps(templates, templates.edge(*id))).collect();
    wanted.retain(|wanted| ids.contains_key(&wanted.from) && ids.contains_key(&wanted.to));
    let candidates = nodes.iter().map(|node| candidates(model, architecture, node)).collect();
    let neighbours = neighbours(&ids, &wanted);
    let present = architecture.edges.iter().flat_map(|id| reach(model.edge(*id))).collect();
    let order = order(&neighbours);
    let mut search = Search {
        candidates,
        left: left(&order, &neighbours),
        neighbours,
        order,
        present,
        given: vec![None; nodes.len()],
        taken: BTreeSet::new(),
        best: Vec::new(),
        best_score: None,
        connections: wanted.len(),
        steps: 0,
    };
    search.run(0, 0);
    let found = nodes.iter().zip(search.best).filter_map(|(node, given)| Some((node.id, given?)));
    let matched: BTreeMap<ElementId, ElementId> = found.collect();
    let missing = missing(&nodes, &wanted, &matched, &search.present);
    Conformance { matched, missing }
}

/// The connections that an edge is made of.
fn steps<'m>(model: &'m Model, edge: &'m Edge) -> impl Iterator<Item = Connection> + 'm {
    model.hops(edge).map(|hop| Connection { from: hop.from, to: hop.to, arrow: hop.arrow })
}

/// What an edge leads from and to, with some of its carriers between them or none. Of very many carriers, only neighbours.
fn reach(edge: &Edge) -> Vec<Connection> {
    const MAX_CARRIERS: usize = 16;
    let all: Vec<ElementId> =
        std::iter::once(edge.from).chain(edge.carriers.iter().copied()).chain([edge.to]).collect();
    let width = if edge.carriers.len() > MAX_CARRIERS { 1 } else { all.len() };
    let starts = all.iter().enumerate();
    let pairs = starts.flat_map(|(at, from)| all.iter().skip(at + 1).take(width).map(move |to| (*from, *to)));
    pairs.map(|(from, to)| Connection { from, to, arrow: edge.arrow }).collect()
}

/// The elements that can stand for one of the pattern's, those of the same name first.
fn candidates(model: &Model, architecture: &Architecture, node: &Element) -> Vec<ElementId> {
    let kind = model.kind_of(node).map(|kind| kind.name.as_str());
    let fits = |element: &Element| match (kind, element.kind) {
        _ if element.variety == Variety::Group => false,
        // What is generic stands for all of its sort. Of an element whose kind is not known, which has its own finding, too.
        (Some("service") | None, _) | (_, None) => is_service(element.variety) == is_service(node.variety),
        (Some("external" | "person"), _) => element.variety == node.variety,
        (Some(_), Some(own)) => node.kind.is_some_and(|asked| model.catalog.is_a(own, asked)),
    };
    let all = architecture.elements.iter().map(|id| model.element(*id));
    let mut found: Vec<&Element> = all.filter(|element| fits(element)).collect();
    found.sort_by_key(|element| element.name != node.name);
    found.into_iter().map(|element| element.id).collect()
}

fn is_service(variety: Variety) -> bool {
    matches!(variety, Variety::Service | Variety::Carrier)
}

/// The connections of each node.
fn neighbours(ids: &BTreeMap<ElementId, usize>, wanted: &BTreeSet<Connection>) -> Vec<Vec<Link>> {
    let mut neighbours = vec![Vec::new(); ids.len()];
    for Connection { from, to, arrow } in wanted {
        let (Some(from), Some(to)) = (ids.get(from).copied(), ids.get(to).copied()) else { continue };
        if let Some(links) = neighbours.get_mut(from) {
            links.push(Link { other: to, arrow: *arrow, leaves: true });
        }
        if let Some(links) = neighbours.get_mut(to).filter(|_| from != to) {
            links.push(Link { other: from, arrow: *arrow, leaves: false });
        }
    }
    neighbours
}

/// A connection of one node, seen from it.
#[derive(Clone, Copy, Debug)]
struct Link {
    other: usize,
    arrow: Arrow,
    leaves: bool,
}

/// The nodes in an order in which each stands next to an earlier one where it can.
fn order(neighbours: &[Vec<Link>]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(neighbours.len());
    let mut seen = vec![false; neighbours.len()];
    for start in 0..neighbours.len() {
        let mut waiting = vec![start];
        while let Some(node) = waiting.pop() {
            if std::mem::replace(seen.get_mut(node).unwrap_or(&mut true), true) {
                continue;
            }
            order.push(node);
            waiting.extend(neighbours.get(node).into_iter().flatten().rev().map(|link| link.other));
        }
    }
    order
}

/// Of each position in the order, and of the end: how much the nodes from there on can add to a score.
fn left(order: &[usize], neighbours: &[Vec<Link>]) -> Vec<usize> {
    let positions: BTreeMap<usize, usize> = order.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let mut left = vec![0; order.len() + 1];
    let mut sum = 0;
    for (at, node) in order.iter().enumerate().rev() {
        // A connection is decided with the later one of its ends.
        let decided = |link: &&Link| positions.get(&link.other).is_some_and(|other| *other <= at);
        sum += 1 + neighbours.get(*node).map_or(0, |links| links.iter().filter(decided).count());
        if let Some(place) = left.get_mut(at) {
            *place = sum;
        }
    }
    left
}

struct Search {
    /// Of each node: who can stand for it.
    candidates: Vec<Vec<ElementId>>,
    neighbours: Vec<Vec<Link>>,
    order: Vec<usize>,
    /// How much can be added from each position of the order on.
    left: Vec<usize>,
    present: BTreeSet<Connection>,
    /// Of each node: who stands for it.
    given: Vec<Option<ElementId>>,
    taken: BTreeSet<ElementId>,
    best: Vec<Option<ElementId>>,
    /// How many nodes and connections the best way has.
    best_score: Option<usize>,
    connections: usize,
    steps: usize,
}

impl Search {
    /// Gives the nodes from a position of the order on somebody to stand for them, where what is given before makes up a score.
    /// As deep as there are elements to be looked for.
    fn run(&mut self, at: usize, score: usize) {
        let Some(node) = self.order.get(at).copied() else {
            if self.best_score.is_none_or(|best| score > best) {
                self.best_score = Some(score);
                self.best.clone_from(&self.given);
            }
            return;
        };
        for (candidate, gained) in self.ranked(node) {
            // What is left can add no more than all of it.
            if self.is_hopeless(at, score + gained) {
                continue;
            }
            self.place(node, Some(candidate));
            self.run(at + 1, score + gained);
            self.place(node, None);
            if self.is_over() {
                return;
            }
        }
        if !self.is_hopeless(at, score) {
            self.run(at + 1, score);
        }
    }

    fn place(&mut self, node: usize, candidate: Option<ElementId>) {
        let Some(place) = self.given.get_mut(node) else { return };
        match candidate {
            Some(candidate) => self.taken.insert(candidate),
            None => place.is_some_and(|earlier| self.taken.remove(&earlier)),
        };
        *place = candidate;
    }

    /// Whether nothing better can be found, or enough has been looked at.
    fn is_over(&self) -> bool {
        let all = self.order.len() + self.connections;
        self.steps > MAX_STEPS && self.best_score.is_some() || self.best_score == Some(all)
    }

    /// Whether even the best end of a way is no better than what is known: `score` with the node at a position decided.
    fn is_hopeless(&self, at: usize, score: usize) -> bool {
        let left = self.left.get(at + 1).copied().unwrap_or_default();
        self.best_score.is_some_and(|best| score + left <= best)
    }

    /// Those who can stand for a node and do not stand for another, the best first, with what each adds to the score.
    fn ranked(&mut self, node: usize) -> Vec<(ElementId, usize)> {
        let free = self.candidates.get(node).into_iter().flatten().filter(|candidate| !self.taken.contains(candidate));
        let mut ranked: Vec<(ElementId, usize)> =
            free.map(|candidate| (*candidate, 1 + self.held(node, *candidate))).collect();
        self.steps += ranked.len() + 1;
        ranked.sort_by_key(|(_, gained)| std::cmp::Reverse(*gained));
        ranked
    }

    /// How many connections to nodes that are given hold if somebody stands for a node.
    fn held(&self, node: usize, candidate: ElementId) -> usize {
        let links = self.neighbours.get(node).into_iter().flatten();
        let holds = |link: &&Link| {
            let other =
                if link.other == node { Some(candidate) } else { self.given.get(link.other).copied().flatten() };
            other.is_some_and(|other| {
                let (from, to) = if link.leaves { (candidate, other) } else { (other, candidate) };
                self.present.contains(&Connection { from, to, arrow: link.arrow })
            })
        };
        links.filter(holds).count()
    }
}

fn missing(
    nodes: &[&Element],
    wanted: &BTreeSet<Connection>,
    matched: &BTreeMap<ElementId, ElementId>,
    present: &BTreeSet<Connection>,
) -> Vec<Missing> {
    let lost = nodes.iter().map(|node| node.id).filter(|id| !matched.contains_key(id)).map(Missing::Element);
    // What one end of is missing goes without saying.
    let is_missing = |wanted: &&Connection| {
        let ends = matched.get(&wanted.from).zip(matched.get(&wanted.to));
        ends.is_some_and(|(from, to)| !present.contains(&Connection { from: *from, to: *to, arrow: wanted.arrow }))
    };
    lost.chain(wanted.iter().filter(is_missing).copied().map(Missing::Connection)).collect()
}
