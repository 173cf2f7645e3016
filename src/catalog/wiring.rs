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
    /// Whether the workspace declares it: its word counts more than one that ships.
    pub is_own: bool,
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

    fn starting_at(&self, kind: KindId) -> impl Iterator<Item = &WireFact> {
        let from = End::Kind(kind);
        let ends = (from, End::Kind(KindId::new(0)))..=(from, End::Any);
        self.by_ends.range(ends).flat_map(|(_, indices)| indices).filter_map(|index| self.facts.get(*index))
    }
}

/// Whether a fact about one arrow speaks of an edge with another. A call is covered by facts about data, which move along
/// calls, and by facts about side channels, which are made of calls.
fn covers(fact: Arrow, edge: Arrow) -> bool {
    fact == edge || edge == Arrow::Call
}

/// How far `*` is from any kind: further than any ancestor.
const ANY_DISTANCE: usize = usize::MAX / 4;

/// From how many kinds on either side ways over two kinds are looked for: all pairs of them are tried.
const MAX_FAN: usize = 100;

/// Which of several facts about a pair decides: the least. The nearest comes first; among those, the workspace's before
/// the ones that ship, those on the very arrow before those that cover it, and what allows before what refuses.
fn rank(distance: usize, fact: &WireFact, arrow: Arrow) -> impl Ord + use<> {
    (distance, !fact.is_own, fact.arrow != arrow, !fact.verdict.is_positive())
}

impl Catalog {
    /// All wiring facts, in the order of their declaration.
    pub fn wire_facts(&self) -> &[WireFact] {
        &self.wiring.facts
    }

    /// What the facts say of an edge between two kinds. The most specific facts decide: those on the kinds themselves
    /// before those on their parents, and those before `*`; among equals, the workspace's before the ones that ship, and
    /// then one that allows before one that refuses. A list that the workspace calls complete is so, whatever ships.
    pub fn wiring(&self, from: KindId, arrow: Arrow, to: KindId) -> Wiring<'_> {
        let nearest = self
            .facts_about(from, to)
            .filter(|(_, fact)| covers(fact.arrow, arrow))
            .min_by_key(|(distance, fact)| rank(*distance, fact, arrow));
        let Some((_, fact)) = nearest else {
            let closed_by = self.closed_by(from, arrow);
            return closed_by.map_or(Wiring::Unknown, |closed_by| self.not_listed(closed_by, from, arrow));
        };
        if !fact.verdict.is_positive() {
            return Wiring::Refused(Refusal::Named(fact));
        }
        match self.closed_by(from, arrow) {
            Some(closed_by) if self.overrules(closed_by, fact, from) => self.not_listed(closed_by, from, arrow),
            _ => Wiring::Works(fact),
        }
    }

    /// Whether a complete list of the workspace takes back a target that ships with the compiler.
    fn overrules(&self, closed_by: &WireFact, fact: &WireFact, from: KindId) -> bool {
        let distance = |end: End| self.ancestry(from).position(|kind| End::Kind(kind.id) == end);
        let (Some(list), Some(target)) = (distance(closed_by.from), distance(fact.from)) else { return false };
        closed_by.is_own && !fact.is_own && list <= target
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

    /// What a kind is said to reach, nearest start first.
    fn reached(&self, from: KindId, arrow: Arrow) -> impl Iterator<Item = &WireFact> {
        let facts = self.ancestry(from).flat_map(|kind| self.wiring.starting_at(kind.id));
        facts.filter(move |fact| fact.verdict.is_positive() && covers(fact.arrow, arrow))
    }

    /// A fact that makes the list of a kind's targets complete.
    fn closed_by(&self, from: KindId, arrow: Arrow) -> Option<&WireFact> {
        // The first of the least: the nearest of the workspace's, or else of those that ship.
        self.reached(from, arrow).filter(|fact| fact.verdict == Verdict::Only).min_by_key(|fact| !fact.is_own)
    }

    fn not_listed<'c>(&'c self, closed_by: &'c WireFact, from: KindId, arrow: Arrow) -> Wiring<'c> {
        let listed = self.reached(from, arrow).filter(|fact| fact.is_own || !closed_by.is_own);
        let listed: BTreeSet<KindId> = listed
            .filter_map(|fact| match fact.to {
                End::Kind(kind) => Some(kind),
                End::Any => None,
            })
            .collect();
        Wiring::Refused(Refusal::NotListed { closed_by, listed: listed.into_iter().collect() })
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
        let (first, last) = (first.iter().take(MAX_FAN), last.iter().take(MAX_FAN));
        let pairs = first.flat_map(|first| last.clone().map(move |last| (*first, *last)));
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
        // Asks the catalog only where there is such a fact: most kinds have nothing to do with each other.
        self.facts_about(from, to).find(|(distance, _)| *distance < ANY_DISTANCE)?;
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
