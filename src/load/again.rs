//! Loads and quotas of a model that are those of an earlier one: most changes are about names, words and places, and move
//! no load; and most that do, move few.

use std::sync::Arc;

use super::capacity::{self, Outcomes};
use super::{Capacity, Known, Loads, NodeLoad, load};
use crate::catalog::KindId;
use crate::model::{Architecture, Edge, Element, ElementId, Model, Settings, Variety};
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
        let Some((before, kept)) = earlier else { return Kept::afresh(model) };
        if has_same_loads(before, model) {
            return kept.clone();
        }
        if !has_same_frame(before, model) {
            return Kept::afresh(model);
        }
        let loads = Arc::new(load(model, Amount::ONE));
        let known = |element: &Element| {
            let at = element.id.index();
            let is_same = before.elements.get(at).is_some_and(|before| same_element(before, element))
                && same_load(kept.loads.node(element.id), loads.node(element.id));
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

/// Whether the elements are as many as before, and what holds for all in them is the same: what limits look at beside an
/// element's own settings and load.
fn has_same_frame(before: &Model, now: &Model) -> bool {
    let is_same = |before: &Element, now: &Element| {
        before.architecture == now.architecture
            && before.group == now.group
            && before.variety == now.variety
            && (now.variety != Variety::Group || same_settings(&before.settings, &now.settings))
    };
    Arc::ptr_eq(&before.catalog, &now.catalog)
        && before.environment == now.environment
        && all_same(&before.architectures, &now.architectures, same_architecture)
        && all_same(&before.elements, &now.elements, is_same)
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

/// Whether two models have the same loads and quotas because all is the same that these follow from: what there is, of which
/// kind, with which properties, and how it is connected. False where that is not sure.
fn has_same_loads(before: &Model, now: &Model) -> bool {
    Arc::ptr_eq(&before.catalog, &now.catalog)
        && before.environment == now.environment
        && all_same(&before.architectures, &now.architectures, same_architecture)
        && all_same(&before.elements, &now.elements, same_element)
        && all_same(&before.edges, &now.edges, same_edge)
}

fn all_same<T>(before: &[T], now: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|(before, now)| same(before, now))
}

fn same_architecture(a: &Architecture, b: &Architecture) -> bool {
    a.scale == b.scale && same_settings(&a.settings, &b.settings)
}

fn same_element(a: &Element, b: &Element) -> bool {
    let facts = |it: &Element| -> (Variety, Option<KindId>, Option<ElementId>) { (it.variety, it.kind, it.group) };
    facts(a) == facts(b) && a.architecture == b.architecture && same_settings(&a.settings, &b.settings)
}

fn same_edge(a: &Edge, b: &Edge) -> bool {
    let facts = |it: &Edge| (it.from, it.to, it.arrow, it.lost_carrier, it.architecture);
    facts(a) == facts(b) && a.carriers == b.carriers && same_settings(&a.settings, &b.settings)
}

fn same_settings(a: &Settings, b: &Settings) -> bool {
    all_same(&a.properties, &b.properties, |a, b| a.name == b.name && a.value == b.value) && a.has_same_mistakes(b)
}
