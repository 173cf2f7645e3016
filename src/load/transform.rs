//! What services and edges make of what reaches them.

use super::facts::Receiving;
use super::{Gap, Known, Need};
use crate::catalog::{Value, evaluate_flow};
use crate::flow::{Flow, Rates};
use crate::model::{Edge, Element, ElementId, Model, Settings};
use crate::quantity::Amount;

/// What services and edges of a model make of flows.
#[derive(Clone, Copy)]
pub(super) struct Transform<'m> {
    pub(super) model: &'m Model,
    /// How many times as much starts at the sources as they declare and the environment makes of it.
    pub(super) scale: Amount,
}

impl<'m> Transform<'m> {
    /// What starts at an element, if it says so.
    pub(super) fn emits(&self, element: &Element) -> Option<Known> {
        let Some(Value::Load(load)) = element.settings.get("emits") else { return None };
        let peak = amount(&element.settings, "peak").unwrap_or(Amount::ONE);
        let rates = load.0.amount().and_then(|rate| {
            let scale = Amount::from(self.model.architecture(element.architecture).scale).checked_mul(self.scale)?;
            let mean = rate.checked_mul(scale)?;
            Some(Rates { mean, peak: mean.checked_mul(peak)? })
        });
        // What is not positive has a finding, and nothing is computed with it.
        let is_positive = |value: rust_decimal::Decimal| !value.is_zero() && !value.is_sign_negative();
        if !is_positive(load.1.value()) || load.0.value().is_sign_negative() {
            return Some(Err(Gap::of(Need::Emits(element.id))));
        }
        let too_large = || Gap::of(Need::Magnitude(element.id));
        Some(rates.map(|rates| Flow::of(rates, load.1.amount())).ok_or_else(too_large))
    }

    /// What an element passes on of what it receives; some pass on what does not depend on that. What starts at it comes
    /// on top.
    pub(super) fn pass(&self, element: &Element, received: Option<&Flow>, in_edges: usize) -> Known {
        let Some(passes) = element.kind.and_then(|kind| self.model.catalog.passes(kind)) else {
            return received.cloned().ok_or_else(|| Gap::of(Need::Emits(element.id)));
        };
        let facts = Receiving { model: self.model, element, received, in_edges };
        evaluate_flow(passes, &facts).map_err(|unknown| facts.gap(unknown))
    }

    /// Whether what leaves an element follows from what it receives.
    pub(super) fn passes_anything(&self, element: &Element) -> bool {
        let passes = element.kind.and_then(|kind| self.model.catalog.passes(kind));
        passes.is_none_or(|passes| !passes.is_nothing())
    }

    /// The flow along each hop of an edge, if this is what its source passes on.
    pub(super) fn along(&self, edge: &'m Edge, passed: &Known) -> Vec<Known> {
        let mut at = first(edge, passed);
        let mut hops = Vec::with_capacity(edge.carriers.len() + 1);
        for carrier in &edge.carriers {
            let carrier = self.model.element(*carrier);
            let next = self.onward(carrier, &at);
            hops.push(std::mem::replace(&mut at, next));
        }
        hops.push(last(edge, at));
        hops
    }

    /// What a carrier passes on of what came along one edge.
    fn onward(&self, carrier: &Element, came: &Known) -> Known {
        if self.passes_anything(carrier) {
            let passed = self.pass(carrier, came.as_ref().ok(), 1);
            return passed.map_err(|gap| came.as_ref().err().cloned().unwrap_or(gap));
        }
        self.emits(carrier).unwrap_or_else(|| Err(Gap::of(Need::of_source(carrier))))
    }
}

/// What of the source's records takes the edge.
fn first(edge: &Edge, passed: &Known) -> Known {
    let settings = &edge.settings;
    let own = amount(settings, "rate").map(|rate| {
        let size = amount(settings, "size").or_else(|| single_size(passed));
        Flow::of(Rates { mean: rate, peak: rate }, size)
    });
    let factors = [amount(settings, "calls"), amount(settings, "share")];
    let factor = factors.into_iter().flatten().try_fold(Amount::ONE, Amount::checked_mul);
    let flow = match own {
        Some(own) => own,
        None => passed.clone()?,
    };
    let scaled = factor.and_then(|factor| if factor == Amount::ONE { Some(flow) } else { flow.scaled(factor) });
    scaled.ok_or_else(|| Gap::of(Need::Magnitude(edge.from)))
}

/// What arrives of what comes to the last hop.
fn last(edge: &Edge, flow: Known) -> Known {
    let settings = &edge.settings;
    let [keep, size, ratio, batch] = ["keep", "size", "ratio", "batch"].map(|name| amount(settings, name));
    if keep.is_none() && size.is_none() && ratio.is_none() && batch.is_none() {
        return flow;
    }
    let mapped = flow?.mapped(|old, rates| {
        let kept = keep.map_or(Some(rates), |keep| rates.scaled(keep))?;
        let resized = match (size.or(old), ratio) {
            (Some(size), Some(ratio)) => Some(size.checked_mul(ratio)?),
            (size, _) => size,
        };
        let Some(batch) = batch.filter(|batch| !batch.is_zero()) else { return Some((resized, kept)) };
        let together = match resized {
            Some(size) => Some(size.checked_mul(batch)?),
            None => None,
        };
        Some((together, kept.scaled(Amount::ONE.checked_div(batch)?)?))
    });
    mapped.ok_or_else(|| Gap::of(Need::Magnitude(edge.to)))
}

/// What a side channel carries, if this is what its source passes on.
pub(super) fn aside(edge: &Edge, passed: &Known) -> Known {
    let settings = &edge.settings;
    let size = amount(settings, "size");
    let rates = match (amount(settings, "rate"), amount(settings, "calls")) {
        (Some(rate), _) => Some(Rates { mean: rate, peak: rate }),
        (None, Some(calls)) => {
            let records = passed.as_ref().map_err(Clone::clone)?.records();
            records.and_then(|records| records.scaled(calls))
        }
        (None, None) => return Err(Gap::of(Need::Rate(edge.id))),
    };
    rates.map(|rates| Flow::of(rates, size)).ok_or_else(|| Gap::of(Need::Magnitude(edge.to)))
}

/// Whether what moves along an edge does not depend on its source: not even its size does.
pub(super) fn is_absolute(edge: &Edge) -> bool {
    edge.settings.get("rate").is_some() && edge.settings.get("size").is_some()
}

/// The one size that all records of a flow have.
fn single_size(flow: &Known) -> Option<Amount> {
    let flow = flow.as_ref().ok()?;
    // Batches have other sizes at the peak, which is not what moves in the mean.
    let mut parcels = flow.parcels().filter(|(_, rates)| !rates.mean.is_zero());
    let (size, _) = parcels.next()?;
    size.filter(|_| parcels.next().is_none())
}

fn amount(settings: &Settings, name: &str) -> Option<Amount> {
    match settings.get(name) {
        Some(Value::Quantity(quantity)) => quantity.amount(),
        _ => None,
    }
}

/// The elements that a hop of an edge leads to, in the order of the hops.
pub(super) fn ends(edge: &Edge) -> impl Iterator<Item = ElementId> + '_ {
    edge.carriers.iter().copied().chain(std::iter::once(edge.to))
}
