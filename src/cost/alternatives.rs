//! What a service would cost if it were billed in another way, and from which load on another way is the cheapest.
//!
//! Each service is looked at alone: tiers and free units that it shares with others are left out.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Terms, Total, metering, tariff};
use crate::catalog::{Expression, PropertyType, Value, evaluate_truth};
use crate::load::{At, Loads};
use crate::model::{Element, ElementId, Model};
use crate::quantity::Amount;

/// A service that can be billed in several ways.
#[derive(Debug)]
pub struct Alternatives<'a> {
    model: &'a Model,
    loads: &'a Loads,
    terms: Terms<'a>,
    /// The service.
    pub element: ElementId,
    /// The property that chooses.
    pub property: SmolStr,
    /// What it can be, in the order of the kind. Each has a meter that none of the others has.
    pub options: Vec<SmolStr>,
}

/// The loads at which one option is the cheapest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// How many times the load it begins at, to three digits; none for the first, which begins at the least.
    pub from: Option<Decimal>,
    /// The option.
    pub option: SmolStr,
}

/// The loads that are looked at go from 2^-10 to 2^10 times the declared one.
const OCTAVES: u32 = 10;

/// How often an interval is halved: enough for three digits of a factor within one octave.
const HALVINGS: u32 = 14;

/// The services whose kinds have alternatives: a property of type `one_of`, each of whose values is billed by a meter of its own.
pub fn alternatives<'a>(model: &'a Model, loads: &'a Loads, terms: Terms<'a>) -> Vec<Alternatives<'a>> {
    let of = |element: &Element| {
        let id = element.id;
        let choices = choices(model, loads, element).into_iter();
        choices.map(move |(property, options)| Alternatives { model, loads, terms, element: id, property, options })
    };
    model.elements.iter().flat_map(of).collect()
}

/// The properties of an element that choose between meters, and their values.
fn choices(model: &Model, loads: &Loads, element: &Element) -> Vec<(SmolStr, Vec<SmolStr>)> {
    let Some(kind) = element.kind else { return Vec::new() };
    let conditions: Vec<(&SmolStr, &Expression)> =
        model.catalog.meters(kind).into_iter().filter_map(|meter| Some((&meter.name, meter.when.as_ref()?))).collect();
    let (names, _) = model.catalog.needs(kind, conditions.iter().map(|(_, when)| *when));
    let choice = |name: SmolStr| {
        let PropertyType::OneOf(options) = &model.catalog.property(kind, &name)?.ty else { return None };
        let billed = |option: &SmolStr| -> BTreeSet<&SmolStr> {
            let value = Value::Symbol(option.clone());
            let facts = At::supposing(model, loads.node(element.id), element.id, &name, &value);
            let holds = |when: &Expression| evaluate_truth(when, &facts) == Ok(true);
            conditions.iter().filter(|(_, when)| holds(when)).map(|(meter, _)| *meter).collect()
        };
        let meters: Vec<BTreeSet<&SmolStr>> = options.iter().map(billed).collect();
        let has_its_own = |own: &BTreeSet<&SmolStr>| {
            own.iter().any(|meter| meters.iter().filter(|others| others.contains(meter)).count() == 1)
        };
        let are_alternatives = meters.len() > 1 && meters.iter().all(has_its_own);
        are_alternatives.then(|| (name.clone(), options.clone()))
    };
    names.into_iter().filter_map(choice).collect()
}

impl Alternatives<'_> {
    /// What each option costs a month at so many times what reaches the service, with the currency; or why nobody knows.
    pub fn costs(&self, factor: Amount) -> Vec<Result<(Amount, SmolStr), String>> {
        self.options.iter().map(|option| self.cost(option, factor)).collect()
    }

    fn cost(&self, option: &SmolStr, factor: Amount) -> Result<(Amount, SmolStr), String> {
        let too_large = || "a figure has more digits than can be computed with".to_owned();
        let load = self.loads.node(self.element).scaled(factor).ok_or_else(too_large)?;
        let value = Value::Symbol(option.clone());
        let facts = At::supposing(self.model, &load, self.element, &self.property, &value);
        let metered = metering::meter_one(self.model, self.loads, self.terms.prices, self.element, &facts);
        let charges = tariff::charge(&metered.usages(), false);
        let bill = metered.bill(charges);
        for line in &bill.lines {
            if let Err(gap) = &line.cost {
                return Err(gap.reason(self.model, line));
            }
        }
        let mut sums = Total::of(&bill.lines).sums.into_iter();
        match (sums.next(), sums.next()) {
            (Some((currency, sum)), None) => Ok((sum, currency)),
            _ => Err("it is billed in several currencies".to_owned()),
        }
    }

    /// Which option is the cheapest at which loads, from the least on; empty if no two can be compared. Costs rise in steps,
    /// so options may take turns for a short while; of a change and back between two powers of two, nothing is said.
    pub fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut last: Option<(Amount, usize)> = None;
        for factor in factors() {
            let Some(option) = self.cheapest(factor) else { continue };
            let from = match last {
                Some((_, before)) if before == option => None,
                Some((below, before)) => self.crossing(below, factor, before),
                None => None,
            };
            if last.is_none_or(|(_, before)| before != option) {
                stretches.extend(self.options.get(option).map(|name| Stretch { from, option: name.clone() }));
            }
            last = Some((factor, option));
        }
        stretches
    }

    /// The first of the cheapest options; `None` if fewer than two have a cost in the same currency.
    fn cheapest(&self, factor: Amount) -> Option<usize> {
        let costs = self.costs(factor);
        let known = || costs.iter().enumerate().filter_map(|(at, cost)| Some((at, cost.as_ref().ok()?)));
        let (_, (_, currency)) = known().next()?;
        let comparable: Vec<_> = known().filter(|(_, (_, other))| other == currency).collect();
        let cheapest = comparable.iter().min_by_key(|(at, (amount, _))| (*amount, *at))?;
        (comparable.len() > 1).then_some(cheapest.0)
    }

    /// The factor up to which an option that is the cheapest at `below` stays so; at `above` it is not.
    fn crossing(&self, mut below: Amount, mut above: Amount, option: usize) -> Option<Decimal> {
        const DIGITS: u32 = 3;
        for _ in 0..HALVINGS {
            let middle = below.checked_add(above)?.checked_div(Amount::whole(2))?;
            if self.cheapest(middle) == Some(option) {
                below = middle;
            } else {
                above = middle;
            }
        }
        above.decimal()?.round_sf(DIGITS).map(|factor| factor.normalize())
    }
}

fn factors() -> impl Iterator<Item = Amount> {
    let power = |octave: u32| Amount::whole(2_i128.pow(octave));
    let below = (1..=OCTAVES).rev().filter_map(move |octave| Amount::ONE.checked_div(power(octave)));
    below.chain((0..=OCTAVES).map(power))
}
