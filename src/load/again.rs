//! Loads of a model that are those of an earlier one: most changes are about names, words and places, and move no load.

use std::sync::Arc;

use super::{Capacity, Loads};
use crate::catalog::{KindId, Limit};
use crate::model::{Architecture, Edge, Element, ElementId, Model, Settings, Variety};
use crate::quantity::Amount;

/// The loads of a model and the quotas that they exceed, kept beyond the model.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What moves where.
    pub loads: Arc<Loads>,
    exceeded: Vec<Quota>,
}

/// A [`Capacity`] without its model.
#[derive(Clone, Debug)]
struct Quota {
    users: Vec<ElementId>,
    used: Amount,
    allowed: Amount,
    adapts: bool,
    kind: KindId,
    /// Which of the limits of the kind it is.
    index: usize,
}

impl Kept {
    /// Keeps what was computed for a model.
    pub fn new(model: &Model, loads: Arc<Loads>, exceeded: &[Capacity<'_>]) -> Kept {
        Kept { loads, exceeded: exceeded.iter().filter_map(|capacity| quota(model, capacity)).collect() }
    }

    /// The quotas that are exceeded, for a model that has the same loads.
    pub fn exceeded<'m>(&self, model: &'m Model) -> Vec<Capacity<'m>> {
        let capacity = |quota: &Quota| {
            let limit: &'m Limit = model.catalog.limits(quota.kind).into_iter().nth(quota.index)?;
            let Quota { used, allowed, adapts, .. } = *quota;
            Some(Capacity { users: quota.users.clone(), limit, used, allowed, adapts })
        };
        self.exceeded.iter().filter_map(capacity).collect()
    }
}

fn quota(model: &Model, capacity: &Capacity<'_>) -> Option<Quota> {
    let kind = model.element(*capacity.users.first()?).kind?;
    let limits = model.catalog.limits(kind);
    let index = limits.iter().position(|limit| std::ptr::eq(*limit, capacity.limit))?;
    let Capacity { used, allowed, adapts, .. } = *capacity;
    Some(Quota { users: capacity.users.clone(), used, allowed, adapts, kind, index })
}

/// Whether two models have the same loads and quotas because all is the same that these follow from: what there is, of which
/// kind, with which properties, and how it is connected. False where that is not sure.
pub fn has_same_loads(before: &Model, now: &Model) -> bool {
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
