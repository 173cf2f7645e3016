//! Cycles: elements whose loads depend on each other, as a queue and a worker that puts back what failed.
//!
//! What reaches each of them is what comes from outside plus fixed parts of what reaches the others: linear equations, which
//! are solved exactly. A solution exists and is not negative if and only if each pivot of the elimination is more than 0,
//! which is to say that less comes back around every cycle than went out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::transform::Transform;
use super::{Cycle, Gap, Need};
use crate::flow::{Flow, Rates};
use crate::model::{EdgeId, ElementId};
use crate::quantity::Amount;

/// How many steps an elimination may take for each link: cycles that are more entangled than this are refused.
const STEPS_PER_LINK: usize = 64;

/// How many sizes records may take on in a cycle for each of its elements, before their sizes are averaged.
const STATES_PER_ELEMENT: usize = 8;

/// The way from one element of a cycle to another: a hop of an edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: ElementId,
    pub(super) to: ElementId,
    pub(super) edge: EdgeId,
    pub(super) hop: usize,
}

/// Why a cycle has no loads.
#[derive(Debug)]
pub(super) struct Refused {
    /// Where as much comes back as went out; none if it is too entangled, or not linear.
    pub(super) cycle: Option<Cycle>,
}

impl Refused {
    /// What it would take to know the loads.
    pub(super) fn gap(&self, members: &[ElementId]) -> Gap {
        let need = if self.cycle.is_some() { Need::Cycle } else { Need::EntangledCycle };
        members.first().map_or_else(Gap::default, |id| Gap::of(need(*id)))
    }
}

/// Records of one size at one element; without a size where sizes are averaged.
type State = (usize, Option<Amount>);

/// What reaches each of the elements, given what reaches it from outside of the cycle.
pub(super) fn solve(
    transform: &Transform<'_>,
    members: &[ElementId],
    links: &[Link],
    outside: &[Flow],
) -> Result<Vec<Flow>, Refused> {
    let entangled = || Refused { cycle: None };
    let Some(states) = states(transform, members, links, outside) else {
        return averaged(transform, members, links, outside);
    };
    let mut system = System::default();
    let numbers: BTreeMap<State, usize> = states.keys().copied().enumerate().map(|(at, state)| (state, at)).collect();
    for (state, targets) in &states {
        let Some(from) = numbers.get(state).copied() else { continue };
        for (target, factor) in targets {
            let Some(to) = numbers.get(target).copied() else { continue };
            system.add(to, from, *factor).ok_or_else(entangled)?;
        }
    }
    system.constants = states.keys().map(|state| outside_of(outside, *state)).collect();
    let budget = STEPS_PER_LINK * (links.len() + states.len());
    let member_of = |stuck: Stuck| Some(Stuck { unknown: states.keys().nth(stuck.unknown)?.0, ..stuck });
    let rates = system.solve(budget).map_err(|stuck| refused(transform, members, links, stuck.and_then(member_of)))?;
    let mut flows = vec![Flow::none(); members.len()];
    for (((member, size), _), rates) in states.iter().zip(rates) {
        if let Some(flow) = flows.get_mut(*member) {
            let sum = std::mem::take(flow).merged(&Flow::of(rates, *size));
            *flow = sum.ok_or_else(entangled)?;
        }
    }
    Ok(flows)
}

fn refused(transform: &Transform<'_>, members: &[ElementId], links: &[Link], stuck: Option<Stuck>) -> Refused {
    Refused { cycle: stuck.and_then(|stuck| around(transform, links, *members.get(stuck.unknown)?, stuck.gain)) }
}

/// The same where sizes change with each round: records and bytes are solved for themselves, and what is left to say of
/// sizes is their mean.
fn averaged(
    transform: &Transform<'_>,
    members: &[ElementId],
    links: &[Link],
    outside: &[Flow],
) -> Result<Vec<Flow>, Refused> {
    let entangled = || Refused { cycle: None };
    let budget = STEPS_PER_LINK * (links.len() + members.len());
    let constants = |of: fn(&Flow) -> Option<Rates>| outside.iter().map(of).collect::<Option<Vec<_>>>();
    let mut records = System { constants: constants(Flow::records).ok_or_else(entangled)?, ..System::default() };
    let mut bytes = System { constants: constants(Flow::bytes).ok_or_else(entangled)?, ..System::default() };
    let mut given_sizes = Vec::new();
    for link in links {
        let ends = [link.from, link.to].map(|id| members.binary_search(&id).ok());
        let [Some(from), Some(to)] = ends else { continue };
        let Some((factor, size)) = averages(transform, link).ok_or_else(entangled)? else { continue };
        records.add(to, from, factor).ok_or_else(entangled)?;
        match size {
            Size::Scaled(by) => {
                let part = factor.checked_mul(by).ok_or_else(entangled)?;
                bytes.add(to, from, part).ok_or_else(entangled)?;
            }
            Size::Given(size) => given_sizes.push((to, from, factor, size)),
        }
    }
    let records = records.solve(budget).map_err(|stuck| refused(transform, members, links, stuck))?;
    for (to, from, factor, size) in given_sizes {
        let more = records.get(from).and_then(|rates| rates.scaled(factor)?.scaled(size)).ok_or_else(entangled)?;
        let constant = bytes.constants.get_mut(to).ok_or_else(entangled)?;
        *constant = constant.checked_add(more).ok_or_else(entangled)?;
    }
    let bytes = bytes.solve(budget).map_err(|stuck| refused(transform, members, links, stuck))?;
    let flow = |(records, bytes): (Rates, Rates)| match bytes.mean.checked_div(records.mean) {
        Some(size) => Flow::of(records, Some(size)),
        None => Flow::none(),
    };
    Ok(records.into_iter().zip(bytes).map(flow).collect())
}

/// What a link makes of the size of a record.
enum Size {
    /// So many times as large.
    Scaled(Amount),
    /// This size.
    Given(Amount),
}

/// How many records arrive for each at the start of a link, and what becomes of their size; an inner `None` if nothing
/// arrives. `None` if there is no such rule.
#[expect(clippy::option_option, reason = "either may be missing, and for different reasons")]
fn averages(transform: &Transform<'_>, link: &Link) -> Option<Option<(Amount, Size)>> {
    let small = Amount::whole(1_000);
    let large = Amount::whole(2_000);
    match (becomes(transform, link, Some(small))?, becomes(transform, link, Some(large))?) {
        (None, None) => Some(None),
        (Some((Some(one), factor)), Some((Some(other), same))) if factor == same => {
            if one == other {
                return Some(Some((factor, Size::Given(one))));
            }
            let by = one.checked_div(small)?;
            (large.checked_mul(by)? == other).then_some(Some((factor, Size::Scaled(by))))
        }
        _ => None,
    }
}

fn outside_of(outside: &[Flow], (member, size): State) -> Rates {
    let parcels = outside.get(member).map(Flow::parcels).into_iter().flatten();
    parcels.filter(|(other, _)| *other == size).map(|(_, rates)| rates).next().unwrap_or(Rates::NONE)
}

/// All sizes that records can have at each element, and what becomes of one record a second of each.
fn states(
    transform: &Transform<'_>,
    members: &[ElementId],
    links: &[Link],
    outside: &[Flow],
) -> Option<BTreeMap<State, Vec<(State, Amount)>>> {
    let most = STATES_PER_ELEMENT * (members.len() + 8);
    let mut states: BTreeMap<State, Vec<(State, Amount)>> = BTreeMap::new();
    let leaving = by_start(links);
    let starts = outside.iter().enumerate().flat_map(|(at, flow)| flow.parcels().map(move |(size, _)| (at, size)));
    let mut open: Vec<State> = starts.collect();
    while let Some(state) = open.pop() {
        if states.contains_key(&state) {
            continue;
        }
        if states.len() >= most {
            return None;
        }
        let member = *members.get(state.0)?;
        let mut targets = Vec::new();
        for link in leaving.get(&member).into_iter().flatten() {
            if let Some((size, factor)) = becomes(transform, link, state.1)? {
                targets.push(((members.binary_search(&link.to).ok()?, size), factor));
            }
        }
        open.extend(targets.iter().map(|(target, _)| *target));
        states.insert(state, targets);
    }
    Some(states)
}

/// What arrives at the end of a link.
enum Arrival {
    /// Nothing.
    Nothing,
    /// Records of this size, so many a second.
    Records(Option<Amount>, Amount),
}

/// What arrives of each record of a size that the start of a link receives; an inner `None` if nothing does. `None` if that
/// depends on how many there are.
#[expect(clippy::option_option, reason = "either may be missing, and for different reasons")]
fn becomes(transform: &Transform<'_>, link: &Link, size: Option<Amount>) -> Option<Option<(Option<Amount>, Amount)>> {
    let three = Amount::whole(3);
    match (arrives(transform, link, size, Amount::ONE)?, arrives(transform, link, size, three)?) {
        (Arrival::Nothing, Arrival::Nothing) => Some(None),
        (Arrival::Records(size, factor), Arrival::Records(same_size, three_times)) => {
            let is_linear = size == same_size && factor.checked_mul(three) == Some(three_times);
            is_linear.then_some(Some((size, factor)))
        }
        _ => None,
    }
}

fn arrives(transform: &Transform<'_>, link: &Link, size: Option<Amount>, rate: Amount) -> Option<Arrival> {
    let probe = Flow::of(Rates { mean: rate, peak: rate }, size);
    let passed = transform.pass(transform.model.element(link.from), Some(&probe), 1);
    let hops = transform.along(transform.model.edge(link.edge), &passed);
    let flow = hops.into_iter().nth(link.hop)?.ok()?;
    let mut parcels = flow.parcels();
    match (parcels.next(), parcels.next()) {
        (None, _) => Some(Arrival::Nothing),
        (Some((_, rates)), None) if rates.mean.is_zero() => Some(Arrival::Nothing),
        (Some((size, rates)), None) => Some(Arrival::Records(size, rates.mean)),
        _ => None,
    }
}

fn by_start(links: &[Link]) -> BTreeMap<ElementId, Vec<&Link>> {
    let mut leaving: BTreeMap<ElementId, Vec<&Link>> = BTreeMap::new();
    for link in links {
        leaving.entry(link.from).or_default().push(link);
    }
    leaving
}

/// The shortest cycle through an element, with the gain of each of its edges.
fn around(transform: &Transform<'_>, links: &[Link], start: ElementId, gain: Amount) -> Option<Cycle> {
    let leaving = by_start(links);
    let mut came_by: BTreeMap<ElementId, &Link> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for link in leaving.get(&at).into_iter().flatten() {
            if came_by.contains_key(&link.to) {
                continue;
            }
            came_by.insert(link.to, link);
            open.push_back(link.to);
        }
    }
    let size = Some(Amount::whole(1_000));
    let mut edges = Vec::new();
    let mut at = start;
    loop {
        let link = came_by.get(&at)?;
        let factor = match arrives(transform, link, size, Amount::ONE)? {
            Arrival::Nothing => Amount::ZERO,
            Arrival::Records(_, factor) => factor,
        };
        edges.push((link.edge, factor));
        at = link.from;
        if at == start {
            break;
        }
    }
    edges.reverse();
    Some(Cycle { edges, gain })
}

/// The unknown at which as much comes back as went out, or more, and how much.
struct Stuck {
    unknown: usize,
    gain: Amount,
}

/// Linear equations: each unknown is a constant plus fixed parts of the others.
#[derive(Default)]
struct System {
    constants: Vec<Rates>,
    /// Of each unknown: the unknowns that it takes parts of, and the parts.
    takes: BTreeMap<usize, BTreeMap<usize, Amount>>,
    /// Of each unknown: those that take parts of it.
    gives: BTreeMap<usize, BTreeSet<usize>>,
}

impl System {
    /// Lets an unknown take a part of another.
    fn add(&mut self, to: usize, from: usize, part: Amount) -> Option<()> {
        let sum = self.takes.entry(to).or_default().entry(from).or_insert(Amount::ZERO);
        *sum = sum.checked_add(part)?;
        self.gives.entry(from).or_default().insert(to);
        Some(())
    }

    /// The unknowns, or the one at which as much comes back as went out; none if it takes more steps than allowed.
    #[expect(clippy::indexing_slicing, reason = "there is a constant for each unknown")]
    fn solve(mut self, mut budget: usize) -> Result<Vec<Rates>, Option<Stuck>> {
        let mut solved: Vec<(usize, BTreeMap<usize, Amount>)> = Vec::new();
        let mut open: BTreeSet<(usize, usize)> =
            (0..self.constants.len()).map(|unknown| (self.degree(unknown), unknown)).collect();
        while let Some((degree, unknown)) = open.pop_first() {
            let now = self.degree(unknown);
            if now > degree {
                open.insert((now, unknown));
                continue;
            }
            let mut takes = self.takes.remove(&unknown).unwrap_or_default();
            let back = takes.remove(&unknown).unwrap_or(Amount::ZERO);
            let pivot = Amount::ONE.checked_sub(back).filter(|pivot| !pivot.is_negative() && !pivot.is_zero());
            let pivot = pivot.ok_or(Some(Stuck { unknown, gain: back }))?;
            let whole = Amount::ONE.checked_div(pivot).ok_or(None)?;
            for part in takes.values_mut() {
                *part = part.checked_mul(whole).ok_or(None)?;
            }
            self.constants[unknown] = self.constants[unknown].scaled(whole).ok_or(None)?;
            for from in takes.keys() {
                self.gives.entry(*from).or_default().remove(&unknown);
            }
            let receivers = self.gives.remove(&unknown).unwrap_or_default();
            for to in receivers.into_iter().filter(|to| *to != unknown) {
                let part = self.takes.get_mut(&to).and_then(|takes| takes.remove(&unknown));
                let Some(part) = part else { continue };
                let more = self.constants[unknown].scaled(part).ok_or(None)?;
                self.constants[to] = self.constants[to].checked_add(more).ok_or(None)?;
                for (from, share) in &takes {
                    budget = budget.checked_sub(1).ok_or(None)?;
                    self.add(to, *from, share.checked_mul(part).ok_or(None)?).ok_or(None)?;
                }
            }
            solved.push((unknown, takes));
        }
        let mut values = self.constants;
        for (unknown, takes) in solved.into_iter().rev() {
            for (from, part) in takes {
                let more = values[from].scaled(part).ok_or(None)?;
                values[unknown] = values[unknown].checked_add(more).ok_or(None)?;
            }
        }
        Ok(values)
    }

    /// How many equations an elimination touches, at most.
    fn degree(&self, unknown: usize) -> usize {
        let takes = self.takes.get(&unknown).map_or(0, BTreeMap::len);
        takes * self.gives.get(&unknown).map_or(0, BTreeSet::len)
    }
}
