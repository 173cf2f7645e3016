//! Price files of AWS: what the provider itself says of a price.
//!
//! Three forms are read: the bulk offer file of a service, the feed of the pricing pages, and a saved response of
//! `GetProducts`. Offer files may have hundreds of megabytes: they are read as a stream, and only what was asked for is kept.
//! All of the file is read, so that one that is cut off is noticed wherever that is.

mod form;
mod quote;
mod stream;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::DeserializeSeed as _;
use serde_json::error::Category;
use smol_str::SmolStr;

pub use quote::Quote;

/// What was asked for of a price file.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What the file is: `aws-offer`, `aws-page-feed` or `aws-price-list`.
    pub kind: &'static str,
    /// The name of the service and the version of the file, as far as it gives them.
    pub reference: String,
    /// When it was published, if it says so.
    pub published: Option<Date>,
    /// The region of each product by its SKU, where the file says so.
    pub regions: BTreeMap<SmolStr, SmolStr>,
    /// The on-demand rates, in the order of the file.
    pub rates: Vec<Rate>,
}

/// What one unit costs within bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The rate code: the SKU, the offer term and the rate, joined by `.`.
    pub code: SmolStr,
    /// The first and the last unit it is for, where the file says so; no last one means all.
    pub bounds: Option<(Decimal, Option<Decimal>)>,
    /// The ISO 4217 code.
    pub currency: SmolStr,
    /// The price of one unit.
    pub price: Decimal,
}

impl Rate {
    /// The product that the rate is for.
    pub fn sku(&self) -> &str {
        self.code.split('.').next().unwrap_or_default()
    }

    /// The offer term that the rate belongs to.
    pub fn term(&self) -> &str {
        self.code.split('.').nth(1).unwrap_or_default()
    }
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferError {
    /// The line and the column, from 1; none if it is about the file as a whole.
    pub at: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for OfferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(f, "{line}:{column}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for OfferError {}

/// Reads the rates of some products, given by their SKUs, from a price file.
///
/// # Errors
/// The file cannot be read, is cut off, is no JSON, or is no price file of AWS.
pub fn read_offer(input: impl Read, skus: &BTreeSet<SmolStr>) -> Result<Offer, OfferError> {
    let mut deserializer = serde_json::Deserializer::from_reader(input);
    let draft = stream::File { skus }.deserialize(&mut deserializer).map_err(|error| wrong(&error))?;
    deserializer.end().map_err(|error| wrong(&error))?;
    draft.finish().map_err(|message| OfferError { at: None, message })
}

fn wrong(error: &serde_json::Error) -> OfferError {
    let text = error.to_string();
    // Where it is stands in front.
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    let message = match error.classify() {
        Category::Eof => "the file is cut off here".to_owned(),
        Category::Syntax => format!("this is no JSON: {reason}"),
        Category::Data => reason.to_owned(),
        Category::Io => return OfferError { at: None, message: format!("it cannot be read: {reason}") },
    };
    OfferError { at: Some((error.line(), error.column())), message }
}
