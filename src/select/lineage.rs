//! Where data of a class is, and how it came there.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Graph;
use crate::model::{ElementId, Hop, Settings};
use crate::syntax::ast::Arrow;

/// Where data of a class is, and the connections along which it moves.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// Of each element that holds or receives it: how it was first found to come there.
    reached: BTreeMap<ElementId, Arrival>,
    /// The ways that it takes along connections.
    moves: BTreeSet<Move>,
    /// The elements that have got it as an answer of one called element only: it is not taken back there.
    only_answered: BTreeMap<ElementId, ElementId>,
}

/// A connection, and which way data goes along it: with the arrow, or back to who called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// The connection.
    pub hop: Hop,
    /// Whether the data is in the answer to a call.
    pub is_answer: bool,
}

impl Move {
    /// Where the data leaves.
    pub fn from(self) -> ElementId {
        if self.is_answer { self.hop.to } else { self.hop.from }
    }

    /// Where the data arrives.
    pub fn to(self) -> ElementId {
        if self.is_answer { self.hop.from } else { self.hop.to }
    }
}

/// How data comes to an element, and where its way begins.
#[derive(Clone, Copy, Debug)]
struct Arrival {
    origin: Origin,
    start: ElementId,
}

/// How data comes to an element.
#[derive(Clone, Copy, Debug)]
enum Origin {
    /// It is declared there.
    Declared,
    /// From another element, which declares nothing: the edge between them does.
    Edge(ElementId),
    /// From another element where it is.
    Element(ElementId),
    /// From another element where it is, which was called.
    Answer(ElementId),
}

/// Follows data of a class from where it is declared (`data = [pii]`): along `->` and with the calls of `=>`, whose answers
/// bring back what the called one holds or gets as an answer itself. An edge may declare a class, too; what `drops` a class lets none of it on.
pub(super) fn lineage(graph: &Graph<'_>, class: &str) -> Lineage {
    let mut lineage = Lineage::default();
    let mut queue = VecDeque::new();
    let model = graph.model;
    for element in model.elements.iter().filter(|element| has(&element.settings, "data", class)) {
        let all = graph.with_contents(element.id);
        lineage.reached.extend(all.into_iter().map(|id| (id, Arrival { origin: Origin::Declared, start: id })));
    }
    // Answers first: they bring back what the called one holds, or has got as an answer itself, but not what was sent to it.
    queue.extend(lineage.reached.keys().copied());
    while let Some(id) = queue.pop_front() {
        let callers = graph.incoming(id).filter(|hop| hop.arrow == Arrow::Call);
        for hop in callers.filter(|_| lets_on(graph, class, id)) {
            queue.extend(lineage.follow(graph, class, Move { hop, is_answer: true }, Origin::Answer(id)));
        }
    }
    queue.extend(lineage.reached.keys().copied());
    for hop in graph.hops().iter().filter(|hop| hop.arrow != Arrow::Side) {
        if has(&model.edge(hop.edge).settings, "data", class) {
            queue.extend(lineage.follow(graph, class, Move { hop: *hop, is_answer: false }, Origin::Edge(hop.from)));
        }
    }
    while let Some(id) = queue.pop_front() {
        let outgoing = graph.outgoing(id).filter(|hop| hop.arrow != Arrow::Side);
        for hop in outgoing.filter(|_| lets_on(graph, class, id)) {
            if !lineage.is_taken_back(hop) {
                queue.extend(lineage.follow(graph, class, Move { hop, is_answer: false }, Origin::Element(id)));
            }
        }
    }
    lineage
}

impl Lineage {
    /// The elements that hold or receive the data.
    pub fn elements(&self) -> impl Iterator<Item = ElementId> + '_ {
        self.reached.keys().copied()
    }

    /// The ways that it takes along connections. One may be taken both ways.
    pub fn moves(&self) -> &BTreeSet<Move> {
        &self.moves
    }

    /// Where the data that comes to an element is declared: there, or by the edge that leaves from there. None if no data
    /// comes to it.
    pub fn start(&self, to: ElementId) -> Option<ElementId> {
        self.reached.get(&to).map(|arrival| arrival.start)
    }

    /// The way to an element, from where the data is declared; of a long one, so many elements at its end. It ends with the
    /// element, and is empty if no data comes there.
    pub fn path(&self, to: ElementId, most: usize) -> Vec<ElementId> {
        let mut path = Vec::new();
        let mut at = self.reached.get(&to).map(|arrival| (to, arrival.origin));
        while let Some((id, origin)) = at.filter(|_| path.len() < most) {
            path.push(id);
            at = match origin {
                Origin::Declared => None,
                // What the start receives itself is another way.
                Origin::Edge(from) => Some((from, Origin::Declared)),
                Origin::Element(from) | Origin::Answer(from) => {
                    self.reached.get(&from).map(|arrival| (from, arrival.origin))
                }
            };
        }
        path.reverse();
        path
    }

    /// Whether all the data at the start of a call is the answer to it.
    fn is_taken_back(&self, hop: Hop) -> bool {
        hop.arrow == Arrow::Call && self.only_answered.get(&hop.from) == Some(&hop.to)
    }

    /// Notes that data moves along a connection. Returns the element that it comes to, if it can go on to more from there
    /// than before.
    fn follow(&mut self, graph: &Graph<'_>, class: &str, way: Move, origin: Origin) -> Option<ElementId> {
        if has(&graph.model.edge(way.hop.edge).settings, "drops", class) {
            return None;
        }
        self.moves.insert(way);
        let to = way.to();
        let answers = if let Origin::Answer(from) = origin { Some(from) } else { None };
        let start = match origin {
            Origin::Declared => to,
            Origin::Edge(from) => from,
            Origin::Element(from) | Origin::Answer(from) => self.start(from).unwrap_or(from),
        };
        match self.reached.entry(to) {
            Entry::Vacant(entry) => {
                entry.insert(Arrival { origin, start });
                self.only_answered.extend(answers.map(|from| (to, from)));
                Some(to)
            }
            Entry::Occupied(_) => {
                let is_new = self.only_answered.get(&to).is_some_and(|from| answers != Some(*from));
                is_new.then(|| self.only_answered.remove(&to)).map(|_| to)
            }
        }
    }
}

/// Whether data of a class goes on from an element.
fn lets_on(graph: &Graph<'_>, class: &str, id: ElementId) -> bool {
    !has(&graph.model.element(id).settings, "drops", class)
}

fn has(settings: &Settings, property: &str, class: &str) -> bool {
    settings.get(property).is_some_and(|value| value.items().iter().any(|item| item.as_str() == Some(class)))
}
