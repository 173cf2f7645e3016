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
/// bring back what the called one holds. That is what it declares, what `->` brings to it, and what it gets as an answer
/// itself; what a call sends to it goes on from there, and is no answer to others. An edge may declare a class, too; what
/// `drops` a class lets none of it on.
pub(super) fn lineage(graph: &Graph<'_>, class: &str) -> Lineage {
    let mut follower = Follower {
        graph,
        class,
        lineage: Lineage::default(),
        held: BTreeSet::new(),
        only_answered: BTreeMap::new(),
        queues: <_>::default(),
    };
    follower.declared();
    // What is held first: its ways tell more than those of what was sent.
    while let Some((id, is_held)) = follower.next() {
        if has(&graph.model.element(id).settings, "drops", class) {
            continue;
        }
        if is_held {
            for hop in graph.incoming(id).filter(|hop| hop.arrow == Arrow::Call) {
                follower.follow(Move { hop, is_answer: true }, Origin::Answer(id), true);
            }
        }
        for hop in graph.outgoing(id).filter(|hop| hop.arrow != Arrow::Side) {
            if !follower.is_taken_back(hop) {
                let way = Move { hop, is_answer: false };
                follower.follow(way, Origin::Element(id), hop.arrow == Arrow::Data);
            }
        }
    }
    follower.lineage
}

/// Where data has come on its way.
struct Follower<'g> {
    graph: &'g Graph<'g>,
    class: &'g str,
    lineage: Lineage,
    /// The elements that answer calls with it.
    held: BTreeSet<ElementId>,
    /// The elements that have it as the answer of one called element only: it is not taken back there.
    only_answered: BTreeMap<ElementId, ElementId>,
    /// Those to go on from: the holders, and those that it was only sent to.
    queues: [VecDeque<ElementId>; 2],
}

impl Follower<'_> {
    fn next(&mut self) -> Option<(ElementId, bool)> {
        let [held, sent] = &mut self.queues;
        held.pop_front().map(|id| (id, true)).or_else(|| sent.pop_front().map(|id| (id, false)))
    }

    /// Begins with what elements and edges declare.
    fn declared(&mut self) {
        let model = self.graph.model;
        for element in model.elements.iter().filter(|element| has(&element.settings, "data", self.class)) {
            let all = self.graph.with_contents(element.id);
            self.held.extend(all.iter().copied());
            let here = all.into_iter().map(|id| (id, Arrival { origin: Origin::Declared, start: id }));
            self.lineage.reached.extend(here);
        }
        let [held, _] = &mut self.queues;
        held.extend(self.held.iter().copied());
        for hop in self.graph.hops().iter().filter(|hop| hop.arrow != Arrow::Side) {
            if has(&model.edge(hop.edge).settings, "data", self.class) {
                let way = Move { hop: *hop, is_answer: false };
                self.follow(way, Origin::Edge(hop.from), hop.arrow == Arrow::Data);
            }
        }
    }

    /// Whether all the data at the start of a call is the answer to it.
    fn is_taken_back(&self, hop: Hop) -> bool {
        hop.arrow == Arrow::Call && self.only_answered.get(&hop.from) == Some(&hop.to)
    }

    /// Notes that data moves along a connection to an element, and whether that holds it from then on.
    fn follow(&mut self, way: Move, origin: Origin, is_held: bool) {
        if has(&self.graph.model.edge(way.hop.edge).settings, "drops", self.class) {
            return;
        }
        self.lineage.moves.insert(way);
        let to = way.to();
        let answers = if let Origin::Answer(from) = origin { Some(from) } else { None };
        let start = match origin {
            Origin::Declared => to,
            Origin::Edge(from) => from,
            Origin::Element(from) | Origin::Answer(from) => self.lineage.start(from).unwrap_or(from),
        };
        let is_new = match self.lineage.reached.entry(to) {
            Entry::Vacant(entry) => {
                entry.insert(Arrival { origin, start });
                self.only_answered.extend(answers.map(|from| (to, from)));
                true
            }
            // What comes from elsewhere can go to where the rest has come from.
            Entry::Occupied(_) => {
                let is_other = self.only_answered.get(&to).is_some_and(|from| answers != Some(*from));
                is_other && self.only_answered.remove(&to).is_some()
            }
        };
        let [held, sent] = &mut self.queues;
        if is_held && self.held.insert(to) {
            held.push_back(to);
        } else if is_new {
            sent.push_back(to);
        }
    }
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
}

fn has(settings: &Settings, property: &str, class: &str) -> bool {
    settings.get(property).is_some_and(|value| value.items().iter().any(|item| item.as_str() == Some(class)))
}
