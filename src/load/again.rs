//! Loads and quotas of a model that are those of an earlier one: most changes are about names, words and places, and move
//! no load; and most that do, move few.

use std::sync::Arc;

use super::capacity::{self, Outcomes};
use super::{Capacity, Known, Loads, NodeLoad, load};
use smol_str::SmolStr;

use crate::catalog::Catalog;
use crate::model::{Architecture, Edge, Element, Model, Settings, Variety};
use crate::quantity::Amount;

/// The loads of a model and what came of its quotas, kept beyond the model.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What moves where.
    pub loads: Arc<Loads>,
    outcomes: Arc<[Outcomes]>,
}

impl Kept {
    /// Computes the loads and the quotas of a model; what follows from the same as in an earlier one is taken from there.
    pub fn of(model: &Model, earlier: Option<(&Model, &Kept)>) -> Kept {
        let Some((before, kept)) = earlier.filter(|(before, _)| has_same_frame(before, model)) else {
            return Kept::afresh(model);
        };
        let moves_the_same = moves_the_same(before, model);
        let loads = if moves_the_same { Arc::clone(&kept.loads) } else { Arc::new(load(model, Amount::ONE)) };
        let known = |element: &Element| {
            let at = element.id.index();
            let is_same = before.elements.get(at).is_some_and(|before| same_settings(before, element))
                && (moves_the_same || same_load(kept.loads.node(element.id), loads.node(element.id)));
            kept.outcomes.get(at).filter(|_| is_same).cloned()
        };
        let outcomes = capacity::outcomes(model, &loads, known).into();
        Kept { loads, outcomes }
    }

    fn afresh(model: &Model) -> Kept {
        let loads = Arc::new(load(model, Amount::ONE));
        let outcomes = capacity::outcomes(model, &loads, |_| None).into();
        Kept { loads, outcomes }
    }

    /// The quotas that the peak load exceeds, in the order of [`super::capacities`]. The model has these loads.
    pub fn exceeded<'m>(&self, model: &'m Model) -> Vec<Capacity<'m>> {
        capacity::among(model, &self.outcomes, Capacity::is_exceeded)
    }
}

/// Whether two models have the same elements under the same ids, and what holds for all in a group or an architecture is
/// the same: what loads and limits look at beside the edges and an element's own settings.
fn has_same_frame(before: &Model, now: &Model) -> bool {
    let is_same = |before: &Element, now: &Element| {
        let facts = |it: &Element| (it.variety, it.kind, it.architecture, it.group);
        facts(before) == facts(now) && (now.variety != Variety::Group || same_settings(before, now))
    };
    Arc::ptr_eq(&before.catalog, &now.catalog)
        && before.environment == now.environment
        && all_same(&before.architectures, &now.architectures, same_architecture)
        && all_same(&before.elements, &now.elements, is_same)
}

/// Whether the loads of two models with the same frame are the same, because all is the same that these follow from. False
/// where that is not sure.
fn moves_the_same(before: &Model, now: &Model) -> bool {
    let catalog = &now.catalog;
    let is_same = |before: &Element, now: &Element| same_settings(before, now) || sends_the_same(before, now, catalog);
    all_same(&before.elements, &now.elements, is_same) && all_same(&before.edges, &now.edges, same_edge)
}

/// Whether limits see the same load: what is not known is not known.
fn same_load(before: &NodeLoad, now: &NodeLoad) -> bool {
    let edges = |node: &NodeLoad| (node.in_edges, node.side_edges, node.out_edges);
    let same = |before: &Known, now: &Known| before.as_ref().ok() == now.as_ref().ok();
    edges(before) == edges(now)
        && same(&before.received, &now.received)
        && same(&before.side, &now.side)
        && same(&before.sent, &now.sent)
}

/// Whether the settings are the same from which it follows what leaves an element.
fn sends_the_same(before: &Element, now: &Element, catalog: &Catalog) -> bool {
    let passes = now.kind.and_then(|kind| Some((kind, catalog.passes(kind)?)));
    let reads = passes.map(|(kind, passes)| catalog.needs(kind, [passes]).0).unwrap_or_default();
    let mut names = reads.iter().map(SmolStr::as_str).chain(["emits", "peak"]);
    names.all(|name| before.settings.get(name) == now.settings.get(name))
}

fn all_same<T>(before: &[T], now: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|(before, now)| same(before, now))
}

fn same_architecture(a: &Architecture, b: &Architecture) -> bool {
    a.scale == b.scale && equal(&a.settings, &b.settings)
}

fn same_settings(a: &Element, b: &Element) -> bool {
    equal(&a.settings, &b.settings)
}

fn same_edge(a: &Edge, b: &Edge) -> bool {
    let facts = |it: &Edge| (it.from, it.to, it.arrow, it.lost_carrier, it.architecture);
    facts(a) == facts(b) && a.carriers == b.carriers && equal(&a.settings, &b.settings)
}

fn equal(a: &Settings, b: &Settings) -> bool {
    all_same(&a.properties, &b.properties, |a, b| a.name == b.name && a.value == b.value)
}
