//! What an offer says of one product, in the form of the price book.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Offer, Rate};
use crate::prices::Tier;

/// The offer term of all prices on demand.
const ON_DEMAND: &str = "JRTCKXETXF";

/// The price of one product.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The ISO 4217 code.
    pub currency: SmolStr,
    /// The prices of one unit by how much is used, from the first unit on.
    pub tiers: Vec<Tier>,
    /// The units that cost nothing: a first tier at 0 with others behind it.
    pub free: Option<Decimal>,
}

impl Offer {
    /// The rates of a product in one offer term; the one of prices on demand, if none is named.
    pub fn rates_of<'o>(&'o self, sku: &'o str, term: Option<&str>) -> Vec<&'o Rate> {
        let term = term.filter(|term| !term.is_empty()).unwrap_or(ON_DEMAND).to_owned();
        self.rates.iter().filter(|rate| rate.sku() == sku && rate.term() == term).collect()
    }

    /// What a product costs.
    ///
    /// # Errors
    /// The file has no price for it, or its tiers do not make up a price.
    pub fn quote(&self, sku: &str, term: Option<&str>) -> Result<Quote, String> {
        let rates = self.rates_of(sku, term);
        let [first, rest @ ..] = rates.as_slice() else { return Err(format!("it has no price on demand for `{sku}`")) };
        if !rest.is_empty() && rates.iter().any(|rate| rate.bounds.is_none()) {
            return Err(format!("it has {} rates for `{sku}`, and does not say which is for how much", rates.len()));
        }
        if rest.iter().any(|rate| rate.currency != first.currency) {
            return Err(format!("it has rates in several currencies for `{sku}`"));
        }
        let mut tiers: Vec<Tier> = rates.iter().map(|rate| tier(rate)).collect();
        tiers.sort_by_key(|tier| tier.from);
        let free = free_units(&mut tiers);
        Ok(Quote { currency: first.currency.clone(), tiers, free })
    }
}

fn tier(rate: &Rate) -> Tier {
    let (from, to) = rate.bounds.unwrap_or_default();
    Tier { from, to, price: rate.price, rate_code: Some(rate.code.clone()) }
}

/// Takes a first tier at 0 away. The next one begins at 0 then: free units count as used where tiers are concerned.
fn free_units(tiers: &mut Vec<Tier>) -> Option<Decimal> {
    let [first, next, ..] = tiers.as_mut_slice() else { return None };
    let free = first.to.filter(|_| first.price.is_zero())?;
    next.from = Decimal::ZERO;
    tiers.remove(0);
    Some(free)
}
