//! Bills at other loads than the declared one.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{Bill, Terms, bill};
use crate::load::{Loads, load};
use crate::model::Model;
use crate::quantity::Amount;

/// A bill and the loads that it follows from.
#[derive(Debug)]
pub struct Billed {
    /// The loads.
    pub loads: Loads,
    /// The bill.
    pub bill: Bill,
}

/// The bill of a model at so many times its load.
pub fn bill_at(model: &Model, factor: Amount, terms: Terms<'_>) -> Billed {
    let loads = load(model, factor);
    let bill = bill(model, &loads, terms);
    Billed { loads, bill }
}

impl Billed {
    /// What a million of the records that the sources send cost, by currency; `None` if the sources are not all known.
    pub fn per_million_records(&self, model: &Model) -> Option<BTreeMap<SmolStr, Amount>> {
        let mut records = Amount::ZERO;
        for element in &model.elements {
            let Some(emitted) = &self.loads.node(element.id).emitted else { continue };
            records = records.checked_add(emitted.as_ref().ok()?.records()?.mean)?;
        }
        let millions = records.checked_mul(Amount::MONTH)?.checked_div(Amount::whole(1_000_000))?;
        let costs = self.bill.total().sums.into_iter();
        costs.map(|(currency, sum)| Some((currency, sum.checked_div(millions)?))).collect()
    }
}
