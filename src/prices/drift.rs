//! The price book held against what the provider says.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Offer, Price, Tier};

/// What a file says of a price of the book.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The same.
    Same,
    /// Something else.
    Differs(Vec<Drift>),
    /// Nothing.
    Missing,
}

/// Where a price differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// What the book says.
    pub ours: String,
    /// What the file says.
    pub theirs: String,
    /// By how much more, in percent of ours, where that makes sense.
    pub percent: Option<Decimal>,
}

/// The products that a price is for, by its rate codes.
pub fn skus(price: &Price) -> BTreeSet<SmolStr> {
    let codes = price.tiers.iter().filter_map(|tier| tier.rate_code.as_deref());
    codes.filter_map(|code| code.split('.').next()).map(SmolStr::new).collect()
}

/// Holds a price that has rate codes against an offer.
pub fn verify(price: &Price, offer: &Offer) -> Verdict {
    let Some(code) = price.tiers.iter().find_map(|tier| tier.rate_code.as_deref()) else { return Verdict::Missing };
    let mut parts = code.split('.');
    let (sku, term) = (parts.next().unwrap_or_default(), parts.next());
    let rates = offer.rates_of(sku, term);
    if rates.is_empty() {
        return Verdict::Missing;
    }
    let drifts = if rates.iter().any(|rate| rate.bounds.is_none()) {
        // The feed has no bounds: each rate stands for itself.
        let own = price.tiers.iter().filter_map(|tier| {
            let rate = rates.iter().find(|rate| Some(&rate.code) == tier.rate_code.as_ref())?;
            Some(figure(price, tier, rate.price, &rate.currency))
        });
        let own: Vec<Option<Drift>> = own.collect();
        if own.is_empty() {
            return Verdict::Missing;
        }
        own.into_iter().flatten().collect()
    } else {
        drifts(price, offer, sku, term)
    };
    if drifts.is_empty() { Verdict::Same } else { Verdict::Differs(drifts) }
}

fn drifts(price: &Price, offer: &Offer, sku: &str, term: Option<&str>) -> Vec<Drift> {
    let quote = match offer.quote(sku, term) {
        Ok(quote) => quote,
        Err(theirs) => return vec![Drift { ours: bounds(&price.tiers), theirs, percent: None }],
    };
    if !is_alike(&price.tiers, &quote.tiers) {
        return vec![Drift { ours: bounds(&price.tiers), theirs: bounds(&quote.tiers), percent: None }];
    }
    let pairs = price.tiers.iter().zip(&quote.tiers);
    let mut drifts: Vec<Drift> =
        pairs.filter_map(|(ours, theirs)| figure(price, ours, theirs.price, &quote.currency)).collect();
    let ours = price.free.as_ref().map(|free| free.quantity);
    // Free units of an account often stand with a product of their own: that the file has none here says nothing.
    if let Some(theirs) = quote.free.filter(|theirs| ours != Some(*theirs)) {
        let ours = ours.map_or_else(|| "none free".to_owned(), |ours| format!("{} free", ours.normalize()));
        drifts.push(Drift { ours, theirs: format!("{theirs} free"), percent: None });
    }
    drifts
}

/// How the price of a tier differs. Theirs is for one unit, ours for as many as the price says.
fn figure(price: &Price, ours: &Tier, theirs: Decimal, currency: &str) -> Option<Drift> {
    let theirs = theirs.checked_mul(price.per)?.normalize();
    let own = ours.price.normalize();
    if own == theirs && price.currency == currency {
        return None;
    }
    let percent = theirs.checked_sub(own).and_then(|more| more.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(own));
    let percent = percent.filter(|_| price.currency == currency).map(|percent| percent.round_dp(2).normalize());
    let place = if price.tiers.len() > 1 { format!(" from {}", ours.from.normalize()) } else { String::new() };
    let ours = format!("{own} {}{place}", price.currency);
    Some(Drift { ours, theirs: format!("{theirs} {currency}{place}"), percent })
}

fn is_alike(ours: &[Tier], theirs: &[Tier]) -> bool {
    let bounds = |tiers: &[Tier]| tiers.iter().map(|tier| (tier.from, tier.to)).collect::<Vec<_>>();
    bounds(ours) == bounds(theirs)
}

/// `tiers from 0, 51200, 512000`
fn bounds(tiers: &[Tier]) -> String {
    let from: Vec<String> = tiers.iter().map(|tier| tier.from.normalize().to_string()).collect();
    format!("tiers from {}", from.join(", "))
}
