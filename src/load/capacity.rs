//! Quotas held against the peak load, and by how much the load can grow before one breaks.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{At, Loads, load};
use crate::catalog::{KindId, Limit, LimitScope, Type, Value, derive, evaluate_amount, evaluate_truth};
use crate::flow::Basis;
use crate::model::{Element, ElementId, Model, Variety};
use crate::quantity::{Amount, Dimension};
use crate::source::Span;

/// A quota and how much of it is used at the peak.
#[derive(Clone, Debug)]
pub struct Capacity<'m> {
    /// The services that use it: one, or all of a kind in one account and region.
    pub users: Vec<ElementId>,
    /// The quota.
    pub limit: &'m Limit,
    /// What is used, in base units.
    pub used: Amount,
    /// What may be used, in base units.
    pub allowed: Amount,
    /// Whether what may be used follows from the load, as where nobody said how many shards a stream has. Such a quota does
    /// not stand in the way of more load.
    pub adapts: bool,
    /// Whether neither amount follows from the load, as with a timeout. More load does not come closer to such a quota.
    pub is_fixed: bool,
}

/// Up to which load the quotas hold.
#[derive(Clone, Debug)]
pub struct Growth {
    /// How many times the load of the sources there can be: less than 1 if a quota is exceeded already, 0 if that does not
    /// depend on the load.
    pub factor: Amount,
    /// The quota that breaks first.
    pub limit: SmolStr,
    /// The services whose quota it is.
    pub users: Vec<ElementId>,
}

/// How many times the load of today is looked at, at most.
const MAX_FACTOR: i128 = 1_000_000;

/// How long the derivation of a sum gets: a few terms explain it, thousands do not.
const MAX_DERIVATION: usize = 200;

/// How many loads are tried between one that fits and one that does not.
const MAX_STEPS: usize = 16;

impl Capacity<'_> {
    /// How many times as much could be used; `None` if nothing is.
    pub fn headroom(&self) -> Option<Amount> {
        self.allowed.checked_div(self.used)
    }

    /// Whether more is used than may be.
    pub fn is_exceeded(&self) -> bool {
        self.used > self.allowed || (self.limit.is_strict && self.used == self.allowed)
    }

    /// How the two amounts came about: what is used, and what may be.
    pub fn derivations(&self, model: &Model, loads: &Loads) -> [String; 2] {
        let derive = |side, id: &ElementId| derive(side, &At::element(model, loads, *id), Basis::Peak);
        let mut used = String::new();
        for id in &self.users {
            if !used.is_empty() {
                used.push_str(" + ");
            }
            if used.len() > MAX_DERIVATION {
                used.push('…');
                break;
            }
            used.push_str(&derive(&self.limit.used, id));
        }
        [used, self.users.first().map(|id| derive(&self.limit.allowed, id)).unwrap_or_default()]
    }

    /// What both amounts measure.
    pub fn dimension(&self) -> Dimension {
        match (self.limit.used.ty, self.limit.allowed.ty) {
            (Type::Amount(one), Type::Amount(other)) => one.sum(other).unwrap_or(one),
            _ => Dimension::NUMBER,
        }
    }
}

/// Whose usage is summed: the quota, by the kind that declares it, in one account and region.
type Scope<'m> = (Span, &'m str, &'m str);

/// What came of holding a service against one limit of its kind.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    /// The limit is not one of this service.
    NotApplicable,
    /// The use, or what is allowed, is not known.
    Unknown,
    /// What is used and what is allowed, and which of them follows from the load.
    Known(Amount, Amount, Follows),
}

/// Which amounts of a quota follow from the load.
#[derive(Clone, Copy, Debug)]
pub(super) struct Follows {
    used: bool,
    allowed: bool,
}

/// The outcomes of one element, in the order of the limits of its kind.
pub(super) type Outcomes = Arc<[Outcome]>;

/// Holds all services against the limits of their kinds. What `known` knows of an element is taken from there.
pub(super) fn outcomes(model: &Model, loads: &Loads, known: impl Fn(&Element) -> Option<Outcomes>) -> Vec<Outcomes> {
    let nothing = Outcomes::default();
    let mut limits: BTreeMap<KindId, Vec<&Limit>> = BTreeMap::new();
    let mut of_element = |element: &Element| {
        let kind = element.kind.filter(|_| element.variety != Variety::Group)?;
        let limits = limits.entry(kind).or_insert_with(|| model.catalog.limits(kind));
        if limits.is_empty() {
            return None;
        }
        known(element).or_else(|| {
            let facts = At::element(model, loads, element.id);
            Some(limits.iter().map(|limit| outcome(limit, &facts)).collect())
        })
    };
    model.elements.iter().map(|element| of_element(element).unwrap_or_else(|| Arc::clone(&nothing))).collect()
}

fn outcome(limit: &Limit, facts: &At<'_>) -> Outcome {
    if !limit.when.as_ref().is_none_or(|when| evaluate_truth(when, facts) == Ok(true)) {
        return Outcome::NotApplicable;
    }
    let amount = |side| evaluate_amount(side, facts, Basis::Peak);
    match (amount(&limit.used), amount(&limit.allowed)) {
        (Ok(used), Ok(allowed)) => {
            let follows = Follows { used: limit.used.follows_load(facts), allowed: limit.allowed.follows_load(facts) };
            Outcome::Known(used, allowed, follows)
        }
        _ => Outcome::Unknown,
    }
}

/// The quotas of all services whose use is known: those closest to being exceeded first; then those that adapt to the load,
/// those that have nothing to do with it, and those that nothing uses. The quotas of one service alone come in the order of services, those of a region after
/// them, where their headroom is the same. A quota of a region of which only a part is known is left out, unless that part
/// exceeds it.
pub fn capacities<'m>(model: &'m Model, loads: &Loads) -> Vec<Capacity<'m>> {
    among(model, &outcomes(model, loads, |_| None), |_| true)
}

/// Those of the quotas that `is_wanted` wants, in the order of [`capacities`].
pub(super) fn among<'m>(
    model: &'m Model,
    outcomes: &[Outcomes],
    is_wanted: impl Fn(&Capacity<'m>) -> bool,
) -> Vec<Capacity<'m>> {
    let mut found = Vec::new();
    let mut regional: BTreeMap<Scope<'m>, Sum<'m>> = BTreeMap::new();
    let mut limits: BTreeMap<KindId, Vec<&'m Limit>> = BTreeMap::new();
    for (element, outcomes) in model.elements.iter().zip(outcomes).filter(|(_, outcomes)| !outcomes.is_empty()) {
        let Some(kind) = element.kind else { continue };
        let limits = limits.entry(kind).or_insert_with(|| model.catalog.limits(kind));
        for (limit, outcome) in limits.iter().zip(outcomes.iter()) {
            let capacity = match *outcome {
                Outcome::NotApplicable => continue,
                Outcome::Unknown => None,
                Outcome::Known(used, allowed, follows) => Some(Capacity {
                    users: vec![element.id],
                    limit,
                    used,
                    allowed,
                    adapts: follows.allowed,
                    is_fixed: !follows.used && !follows.allowed,
                }),
            };
            if limit.scope == LimitScope::Service {
                found.extend(capacity.filter(&is_wanted));
                continue;
            }
            let inherited = |name| model.inherited(element, name).and_then(Value::as_str).unwrap_or_default();
            let scope = (limit.name_span, inherited("account"), inherited("region"));
            regional.entry(scope).or_default().add(capacity);
        }
    }
    found.extend(regional.into_values().filter_map(Sum::known).filter(is_wanted));
    found.sort_by_cached_key(|capacity| {
        let headroom = capacity.headroom();
        let is_far = !capacity.is_exceeded();
        (headroom.is_none(), capacity.is_fixed && is_far, capacity.adapts && is_far, headroom)
    });
    found
}

/// What several services use of one quota together.
#[derive(Default)]
struct Sum<'m> {
    together: Option<Capacity<'m>>,
    has_unknown: bool,
}

impl<'m> Sum<'m> {
    fn add(&mut self, more: Option<Capacity<'m>>) {
        self.has_unknown |= more.is_none();
        let Some(more) = more else { return };
        self.together = match self.together.take() {
            None => Some(more),
            Some(sum) => {
                let sum = together(sum, more);
                self.has_unknown |= sum.is_none();
                sum
            }
        };
    }

    fn known(self) -> Option<Capacity<'m>> {
        self.together.filter(|sum| !self.has_unknown || sum.is_exceeded())
    }
}

fn together<'m>(mut sum: Capacity<'m>, more: Capacity<'m>) -> Option<Capacity<'m>> {
    sum.used = sum.used.checked_add(more.used)?;
    sum.allowed = sum.allowed.min(more.allowed);
    sum.adapts |= more.adapts;
    sum.is_fixed &= more.is_fixed;
    sum.users.extend(more.users);
    Some(sum)
}

/// How far the load can grow before the first quota breaks; `None` if no quota that is known ever does.
pub fn growth(model: &Model, capacities: &[Capacity<'_>]) -> Option<Growth> {
    let broken = |factor: Amount| {
        let loads = load(model, factor);
        let first = self::capacities(model, &loads).into_iter().find(Capacity::is_exceeded)?;
        Some((first.limit.name.clone(), first.users))
    };
    // Most quotas are used in proportion to the load: the one with the least headroom breaks when that is used up.
    let nearest = capacities.iter().find(|it| it.headroom().is_some() && (!it.is_fixed || it.is_exceeded()))?;
    let guess = nearest.headroom()?;
    let [below, beyond] = [999_999, 1_000_001].map(|part| guess.checked_mul(Amount::fraction(part, 1_000_000)?));
    if broken(below?).is_none()
        && let Some((limit, users)) = broken(beyond?)
    {
        return Some(Growth { factor: guess, limit, users });
    }
    search(guess, &broken)
}

/// The quota that breaks first, by its name, and whose it is.
type Broken = (SmolStr, Vec<ElementId>);

/// The factor at which the first quota breaks, to a thousandth part.
fn search(guess: Amount, broken: &dyn Fn(Amount) -> Option<Broken>) -> Option<Growth> {
    let (mut fits, mut first) = (Amount::ZERO, None);
    let mut breaks = guess.max(Amount::ONE);
    while first.is_none() {
        if breaks > Amount::whole(MAX_FACTOR) {
            return None;
        }
        first = broken(breaks);
        if first.is_none() {
            fits = breaks;
            breaks = breaks.checked_mul(Amount::whole(4))?;
        }
    }
    let (mut limit, mut users) = first?;
    for _ in 0..MAX_STEPS {
        let middle = fits.checked_add(breaks)?.checked_div(Amount::whole(2))?;
        if let Some(found) = broken(middle) {
            breaks = middle;
            (limit, users) = found;
        } else {
            fits = middle;
        }
    }
    let factor = round(fits, breaks, broken)?;
    Some(Growth { factor, limit, users })
}

/// The roundest factor that holds between one that does and one that does not: where what is used rises in steps, halving
/// never comes to the end of a step.
fn round(fits: Amount, breaks: Amount, broken: &dyn Fn(Amount) -> Option<Broken>) -> Option<Amount> {
    const PLACES: u32 = 3;
    for places in 0..=PLACES {
        let power = Amount::whole(10_i128.pow(places));
        let candidate = fits.checked_mul(power)?.ceil().checked_div(power)?;
        if candidate < breaks && broken(candidate).is_none() {
            return Some(candidate);
        }
    }
    // Rounded down, so that what is promised holds.
    let power = Amount::whole(10_i128.pow(PLACES));
    fits.checked_mul(power)?.floor().checked_div(power)
}
