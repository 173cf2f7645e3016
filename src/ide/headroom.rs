//! Quotas that services are closest to, computed once for a workspace.

use std::collections::BTreeMap;

use super::Snapshot;
use crate::load::{self, Capacity};
use crate::model::{ElementId, Model};
use crate::quantity::Amount;
use crate::source::Span;

/// The quotas of a model, those closest to being exceeded first.
#[derive(Debug, Default)]
pub struct Headrooms {
    list: Vec<Entry>,
    /// Of each element: which of them it is closest to.
    nearest: BTreeMap<ElementId, usize>,
}

/// A [`Capacity`] without what it borrows.
#[derive(Debug)]
struct Entry {
    users: Vec<ElementId>,
    limit: Span,
    used: Amount,
    allowed: Amount,
    adapts: bool,
    is_fixed: bool,
}

impl Headrooms {
    pub(super) fn of(snapshot: &Snapshot) -> Headrooms {
        let capacities = load::capacities(snapshot.model(), snapshot.loads());
        let mut nearest = BTreeMap::new();
        for (at, capacity) in capacities.iter().enumerate() {
            for user in &capacity.users {
                nearest.entry(*user).or_insert(at);
            }
        }
        let entry = |it: Capacity<'_>| Entry {
            users: it.users,
            limit: it.limit.name_span,
            used: it.used,
            allowed: it.allowed,
            adapts: it.adapts,
            is_fixed: it.is_fixed,
        };
        Headrooms { list: capacities.into_iter().map(entry).collect(), nearest }
    }

    /// The quota that an element is closest to.
    pub(super) fn nearest<'m>(&self, model: &'m Model, id: ElementId) -> Option<Capacity<'m>> {
        self.list.get(*self.nearest.get(&id)?)?.capacity(model)
    }

    /// The quota that the closest of some elements is closest to.
    pub(super) fn nearest_of<'m>(
        &self,
        model: &'m Model,
        ids: impl Iterator<Item = ElementId>,
    ) -> Option<Capacity<'m>> {
        let first = ids.filter_map(|id| self.nearest.get(&id)).min()?;
        self.list.get(*first)?.capacity(model)
    }
}

impl Entry {
    fn capacity<'m>(&self, model: &'m Model) -> Option<Capacity<'m>> {
        let kind = model.element(*self.users.first()?).kind?;
        let limit = model.catalog.limits(kind).into_iter().find(|limit| limit.name_span == self.limit)?;
        let (used, allowed, adapts, is_fixed) = (self.used, self.allowed, self.adapts, self.is_fixed);
        Some(Capacity { users: self.users.clone(), limit, used, allowed, adapts, is_fixed })
    }
}
