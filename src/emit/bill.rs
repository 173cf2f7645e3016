//! Bills in the formats that people and programs read.

pub mod charts;
pub mod csv;
pub mod cyclonedx;
pub mod difference;
pub mod focus;
pub mod markdown;
pub mod sheet;

pub use sheet::{Row, Sheet, Sum};

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::cost::money;
use crate::quantity::{Amount, grouped};

/// The sheet as JSON, as `schemas/bom.schema.json` describes it. Ends with a line break.
pub fn json(sheet: &Sheet) -> String {
    crate::emit::to_json(sheet)
}

/// What some lines come to, and how many of them are not in it: `412.38 USD + 3 unpriced`.
pub fn total_in_words(sum: &Sum) -> String {
    let mut parts = Vec::new();
    parts.extend((!sum.costs.is_empty()).then(|| costs_in_words(&sum.costs)));
    if sum.unpriced > 0 {
        parts.push(format!("{} unpriced", sum.unpriced));
    }
    if parts.is_empty() { "nothing to bill".to_owned() } else { parts.join(" + ") }
}

/// Costs by currency, as decimal texts: `412.38 USD + 20.00 EUR`.
pub fn costs_in_words(costs: &BTreeMap<String, String>) -> String {
    let costs = costs.iter().map(|(currency, cost)| format!("{} {currency}", money_text(cost)));
    costs.collect::<Vec<_>>().join(" + ")
}

/// A unit price with all digits that a price list has, and no more.
pub fn price_text(decimal: &str) -> String {
    const DIGITS: u32 = 8;
    let parsed = decimal.parse::<Decimal>();
    parsed.map_or_else(|_| decimal.to_owned(), |price| price.round_sf(DIGITS).unwrap_or(price).normalize().to_string())
}

/// A decimal text as money for people.
pub fn money_text(decimal: &str) -> String {
    decimal.parse::<Decimal>().map_or_else(|_| decimal.to_owned(), |decimal| money(Amount::from(decimal)))
}

/// A decimal text with few places and grouped digits, for people.
pub fn figure_text(decimal: &str) -> String {
    const PLACES: u32 = 4;
    let Ok(exact) = decimal.parse::<Decimal>() else { return decimal.to_owned() };
    let rounded = exact.round_dp(PLACES);
    grouped(if rounded.is_zero() { exact.round_sf(2).unwrap_or(exact) } else { rounded }.normalize())
}

/// The latest and the earliest date of the prices of some lines, and how many there are of each confidence; for the foot of
/// a bill.
pub fn provenance<'s>(lines: impl Iterator<Item = &'s Row>) -> String {
    let sources: Vec<_> = lines.filter_map(|row| row.source.as_ref()).collect();
    let dates = || sources.iter().filter_map(|source| source.published.as_ref().or(source.read.as_ref()));
    let confidence = |level: &str| sources.iter().filter(|source| source.confidence.as_deref() == Some(level)).count();
    let levels = ["A", "B", "C"].map(|level| (level, confidence(level)));
    let levels: Vec<_> =
        levels.iter().filter(|(_, lines)| *lines > 0).map(|(level, lines)| format!("{level} {lines}")).collect();
    match (dates().min(), dates().max()) {
        (Some(first), Some(last)) => {
            format!("Prices of {first} to {last}; lines by confidence: {}.", levels.join(", "))
        }
        _ => "No line has a price.".to_owned(),
    }
}
