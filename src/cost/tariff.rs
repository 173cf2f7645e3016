//! What quantities cost under a price: tiers, free pools, and how the cost of all is shared out to each.
//!
//! Providers count an account's usage of a month as a whole: tiers and free pools hold for the sum over all services. What
//! the sum costs is shared out in proportion to what each one uses.

use std::collections::BTreeMap;

use crate::prices::{FreePool, FreeScope, Price, Tier};
use crate::quantity::Amount;

/// One use of a price: so many units in a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage<'p> {
    pub(super) price: &'p Price,
    pub(super) account: &'p str,
    pub(super) region: &'p str,
    /// In units of the price, rounded as it asks.
    pub(super) units: Amount,
}

/// What one usage comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charge {
    /// Its part of the cost of all.
    pub(super) cost: Amount,
    /// Its part of a free pool, in units.
    pub(super) free: Amount,
    /// What all usages of the price in the account and region come to, in units.
    pub(super) together: Amount,
}

/// Whose usage is summed: one price, in one account and region.
type GroupKey<'p> = (&'p str, Option<&'p str>, &'p str, &'p str);

/// Whose usage shares a free pool: the pool, the account, and the region if it is one pool a region.
type PoolKey<'p> = (&'p str, &'p str, &'p str);

/// What each usage costs, in the same order; `None` where a number gets too large.
pub(super) fn charge(usages: &[Usage<'_>], with_free_tier: bool) -> Vec<Option<Charge>> {
    let groups = sum(usages, group_key);
    let pools = sum(usages.iter().filter(|usage| usage.price.free.is_some()), pool_key);
    let shares = usages.iter().map(|usage| {
        let together = groups.get(&group_key(usage)).copied().flatten()?;
        let is_free = |free: &FreePool| {
            let demand = pools.get(&pool_key(usage)).copied().flatten()?;
            free_share(Amount::from(free.quantity), demand)
        };
        let share = match &usage.price.free {
            Some(free) if with_free_tier => is_free(free)?,
            _ => Amount::ZERO,
        };
        let cost = group_cost(usage.price, together, share)?;
        let part = if together.is_zero() { Amount::ZERO } else { usage.units.checked_div(together)? };
        Some(Charge { cost: cost.checked_mul(part)?, free: usage.units.checked_mul(share)?, together })
    });
    shares.collect()
}

fn group_key<'p>(usage: &Usage<'p>) -> GroupKey<'p> {
    (&usage.price.id, usage.price.variant.as_deref(), usage.account, usage.region)
}

fn pool_key<'p>(usage: &Usage<'p>) -> PoolKey<'p> {
    let free = usage.price.free.as_ref();
    let pool = free.map_or("", |free| free.pool.as_str());
    let is_regional = free.is_some_and(|free| free.scope == FreeScope::Region);
    (pool, usage.account, if is_regional { usage.region } else { "" })
}

fn sum<'u, 'p: 'u, K: Ord>(
    usages: impl IntoIterator<Item = &'u Usage<'p>>,
    key: impl Fn(&Usage<'p>) -> K,
) -> BTreeMap<K, Option<Amount>> {
    let mut sums = BTreeMap::new();
    for usage in usages {
        let sum = sums.entry(key(usage)).or_insert(Some(Amount::ZERO));
        *sum = sum.and_then(|sum: Amount| sum.checked_add(usage.units));
    }
    sums
}

/// The part of a demand that a pool covers: 1 if it covers all.
fn free_share(pool: Amount, demand: Amount) -> Option<Amount> {
    if demand <= pool { Some(Amount::ONE) } else { pool.checked_div(demand) }
}

/// What the units of a group cost. Free units are the first ones: they use up the beginning of the first tier.
fn group_cost(price: &Price, units: Amount, free_share: Amount) -> Option<Amount> {
    let free = units.checked_mul(free_share)?;
    let cost = tiered(&price.tiers, units)?.checked_sub(tiered(&price.tiers, free)?)?;
    cost.checked_div(Amount::from(price.per))
}

/// What so many units cost from the first on, with each tier's price for what falls into it.
fn tiered(tiers: &[Tier], units: Amount) -> Option<Amount> {
    tiers.iter().try_fold(Amount::ZERO, |sum, tier| {
        let from = Amount::from(tier.from);
        let to = tier.to.map_or(units, Amount::from).min(units);
        if to <= from {
            return Some(sum);
        }
        to.checked_sub(from)?.checked_mul(Amount::from(tier.price))?.checked_add(sum)
    })
}
