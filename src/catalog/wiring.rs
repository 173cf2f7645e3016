//! Wiring facts: what may connect to what, who says so, and which way leads around what may not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use smol_str::SmolStr;

use super::{Catalog, KindId};
use crate::source::Span;
use crate::syntax::ast::Arrow;

/// One fact about one pair of kinds.
#[derive(Clone, Debug)]
pub struct WireFact {
    /// Where the connection starts.
    pub from: End,
    /// Where it leads.
    pub to: End,
    /// The arrow it is about.
    pub arrow: Arrow,
    /// What it says.
    pub verdict: Verdict,
    /// Who says so.
    pub source: SmolStr,
    /// When that was read.
    pub read: Option<Date>,
    /// More about it.
    pub note: Option<SmolStr>,
    /// Where it is declared.
    pub span: Span,
}

/// An end of a [`WireFact`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A kind and all that inherit from it.
    Kind(KindId),
    /// `*`: any kind.
    Any,
}

/// What a fact says of its pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It works.
    Works,
    /// It works, and the start's list of targets is complete.
    Only,
    /// It cannot work.
    Never,
    /// It worked once.
    Retired,
    /// It needs one of these between them.
    Through(Vec<KindId>),
}

impl Verdict {
    fn is_positive(&self) -> bool {
        matches!(self, Verdict::Works | Verdict::Only)
    }
}

/// What the facts say of one connection.
#[derive(Clone, Debug)]
pub enum Wiring<'c> {
    /// It works, as this fact says.
    Works(&'c WireFact),
    /// It does not.
    Refused(Refusal<'c>),
    /// No fact covers it.
    Unknown,
}

/// Why a connection does not work.
#[derive(Clone, Debug)]
pub enum Refusal<'c> {
    /// A fact names the pair.
    Named(&'c WireFact),
    /// The list of the start's targets is complete, and this is none of them.
    NotListed {
        /// One of the facts that make the list complete.
        closed_by: &'c WireFact,
        /// The whole list.
        listed: Vec<KindId>,
    },
}

/// All facts, by their ends.
#[derive(Debug, Default)]
pub(super) struct WiringTable {
    facts: Vec<WireFact>,
    by_ends: BTreeMap<(End, End), Vec<usize>>,
}

impl WiringTable {
    pub(super) fn add(&mut self, fact: WireFact) {
        self.by_ends.entry((fact.from, fact.to)).or_default().push(self.facts.len());
        self.facts.push(fact);
    }

    fn between(&self, from: End, to: End) -> impl Iterator<Item = &WireFact> {
        let indices = self.by_ends.get(&(from, to)).map_or(&[][..], Vec::as_slice);
        indices.iter().filter_map(|index| self.facts.get(*index))
    }
}

/// Whether a fact about one arrow speaks of an edge with another. A call is covered by facts about data, which move along
/// calls, and by facts about side channels, which are made of calls.
fn covers(fact: Arrow, edge: Arrow) -> bool {
    fact == edge || edge == Arrow::Call
}

/// How far `*` is from any kind: further than any ancestor.
const ANY_DISTANCE: usize = 1000;

impl Catalog {
    /// All wiring facts, in the order of their declaration.
    pub fn wire_facts(&self) -> &[WireFact] {
        &self.wiring.facts
    }

    /// What the facts say of an edge between two kinds. The most specific facts decide: those on the kinds themselves
    /// before those on their parents, and those before `*`; among equals, one that allows before one that refuses.
    pub fn wiring(&self, from: KindId, arrow: Arrow, to: KindId) -> Wiring<'_> {
        let nearest = self
            .facts_about(from, to)
            .filter(|(_, fact)| covers(fact.arrow, arrow))
            .min_by_key(|(distance, fact)| (*distance, !fact.verdict.is_positive()));
        match nearest {
            Some((_, fact)) if fact.verdict.is_positive() => Wiring::Works(fact),
            Some((_, fact)) => Wiring::Refused(Refusal::Named(fact)),
            None => self.closed_list(from, arrow).map_or(Wiring::Unknown, Wiring::Refused),
        }
    }

    /// The facts whose ends are the two kinds or ancestors of them, with their distances.
    fn facts_about(&self, from: KindId, to: KindId) -> impl Iterator<Item = (usize, &WireFact)> {
        self.ends_of(from).flat_map(move |(from_distance, from)| {
            self.ends_of(to).flat_map(move |(to_distance, to)| {
                self.wiring.between(from, to).map(move |fact| (from_distance + to_distance, fact))
            })
        })
    }

    fn ends_of(&self, kind: KindId) -> impl Iterator<Item = (usize, End)> {
        let kinds = self.ancestry(kind).map(|kind| End::Kind(kind.id)).enumerate();
        kinds.chain(std::iter::once((ANY_DISTANCE, End::Any)))
    }

    fn closed_list(&self, from: KindId, arrow: Arrow) -> Option<Refusal<'_>> {
        let starts: Vec<End> = self.ancestry(from).map(|kind| End::Kind(kind.id)).collect();
        let positive =
            |fact: &&WireFact| fact.verdict.is_positive() && covers(fact.arrow, arrow) && starts.contains(&fact.from);
        let closed_by = self.wiring.facts.iter().filter(positive).find(|fact| fact.verdict == Verdict::Only)?;
        let listed: BTreeSet<KindId> = self
            .wiring
            .facts
            .iter()
            .filter(positive)
            .filter_map(|fact| match fact.to {
                End::Kind(kind) => Some(kind),
                End::Any => None,
            })
            .collect();
        Some(Refusal::NotListed { closed_by, listed: listed.into_iter().collect() })
    }

    /// The shortest ways from one kind to another where the direct one is refused: each is the list of the kinds between
    /// them. What a fact names stands first; else all ways are equally long and equally specific, sorted by name, and
    /// each of their hops works along the same arrow. None is longer than two kinds.
    pub fn ways_around(&self, from: KindId, arrow: Arrow, to: KindId) -> Vec<Vec<KindId>> {
        if let Wiring::Refused(Refusal::Named(WireFact { verdict: Verdict::Through(kinds), .. })) =
            self.wiring(from, arrow, to)
        {
            return kinds.iter().map(|kind| vec![*kind]).collect();
        }
        let between = self.intermediaries(from, to);
        let first: Vec<_> = between.iter().filter_map(|kind| Some((self.leap(from, arrow, *kind)?, *kind))).collect();
        let last: Vec<_> = between.iter().filter_map(|kind| Some((self.leap(*kind, arrow, to)?, *kind))).collect();
        let ends_of = |kind| last.iter().filter(move |(_, last)| *last == kind);
        let one: Vec<_> = first
            .iter()
            .flat_map(|(start, kind)| ends_of(*kind).map(move |(end, _)| (start + end, vec![*kind])))
            .collect();
        if !one.is_empty() {
            return most_specific(one);
        }
        let pairs = first.iter().flat_map(|first| last.iter().map(move |last| (*first, *last)));
        let two = pairs.filter_map(|((start, first), (end, last))| {
            let middle = self.leap(first, arrow, last).filter(|_| first != last)?;
            Some((start + middle + end, vec![first, last]))
        });
        most_specific(two.collect())
    }

    /// Kinds that may stand between two others: products of the same makers, on offer today.
    fn intermediaries(&self, from: KindId, to: KindId) -> Vec<KindId> {
        let maker = |id: KindId| self.kind(id).name.split_once('.').map(|(maker, _)| maker);
        let makers = [maker(from), maker(to)];
        self.kinds()
            .filter(|kind| !kind.is_abstract && kind.id != from && kind.id != to)
            .filter(|kind| maker(kind.id).is_some() && makers.contains(&maker(kind.id)))
            .filter(|kind| self.retirement(kind.id).is_none())
            .map(|kind| kind.id)
            .collect()
    }

    /// How far the fact is from two kinds that says that one leads to the other: 0 if it names both themselves. None if
    /// there is no such fact, or if it speaks of `*`: what anything can do is no advice.
    fn leap(&self, from: KindId, arrow: Arrow, to: KindId) -> Option<usize> {
        let Wiring::Works(fact) = self.wiring(from, arrow, to) else { return None };
        let distance = |kind: KindId, end: End| match end {
            End::Kind(named) => self.ancestry(kind).position(|ancestor| ancestor.id == named),
            End::Any => None,
        };
        Some(distance(from, fact.from)? + distance(to, fact.to)?)
    }
}

/// The ways of the least distance, in their order.
fn most_specific(ways: Vec<(usize, Vec<KindId>)>) -> Vec<Vec<KindId>> {
    let least = ways.iter().map(|(distance, _)| *distance).min();
    ways.into_iter().filter(|(distance, _)| Some(*distance) == least).map(|(_, way)| way).collect()
}
