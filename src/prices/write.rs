//! A file with prices, as text that [`super::read`] reads.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{FreePool, FreeScope, Quote, Source, Tier};

/// A price to be written.
#[derive(Clone, Debug)]
pub struct NewPrice {
    /// What a meter names it by.
    pub id: SmolStr,
    /// Which of several.
    pub variant: Option<SmolStr>,
    /// The region.
    pub region: SmolStr,
    /// What one unit is.
    pub unit: SmolStr,
    /// The units of a line in a month are rounded up to a multiple of this.
    pub round_up: Option<Decimal>,
    /// The least units that a line is billed in a month.
    pub minimum: Option<Decimal>,
    /// Units that cost nothing.
    pub free: Option<FreePool>,
    /// What it costs.
    pub quote: Quote,
    /// A remark.
    pub note: Option<SmolStr>,
}

/// The text of a file with prices of one source, which the provider itself says.
pub fn price_file(source: &Source, prices: &[NewPrice]) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "[sources.offer]\nkind = {}\nref = {}", quoted(&source.kind), quoted(&source.reference));
    if let Some(published) = source.published {
        let _ = writeln!(text, "published = {published}");
    }
    let _ = writeln!(text, "read = {}", source.read);
    for price in prices {
        write_price(price, &mut text);
    }
    text
}

fn write_price(price: &NewPrice, text: &mut String) {
    let _ = writeln!(text, "\n[[price]]\nid = {}\nunit = {}", quoted(&price.id), quoted(&price.unit));
    if price.quote.currency != "USD" {
        let _ = writeln!(text, "currency = {}", quoted(&price.quote.currency));
    }
    for (name, figure) in [("round_up", price.round_up), ("minimum", price.minimum)] {
        if let Some(figure) = figure {
            let _ = writeln!(text, "{name} = \"{}\"", figure.normalize());
        }
    }
    if let Some(free) = &price.free {
        let scope = match free.scope {
            FreeScope::Account => "account",
            FreeScope::Region => "region",
        };
        let (quantity, pool) = (free.quantity.normalize(), quoted(&free.pool));
        let _ = writeln!(text, "free = {{ quantity = \"{quantity}\", scope = \"{scope}\", pool = {pool} }}");
    }
    text.push_str("source = \"offer\"\nconfidence = \"A\"\n");
    if let Some(note) = &price.note {
        let _ = writeln!(text, "note = {}", quoted(note));
    }
    text.push_str("rows = [\n");
    for tier in &price.quote.tiers {
        write_row(price, tier, text);
    }
    text.push_str("]\n");
}

fn write_row(price: &NewPrice, tier: &Tier, text: &mut String) {
    let mut fields = Vec::new();
    if let Some(variant) = &price.variant {
        fields.push(format!("variant = {}", quoted(variant)));
    }
    fields.push(format!("region = {}", quoted(&price.region)));
    if !tier.from.is_zero() {
        fields.push(format!("from = \"{}\"", tier.from.normalize()));
    }
    if let Some(to) = tier.to {
        fields.push(format!("to = \"{}\"", to.normalize()));
    }
    fields.push(format!("price = \"{}\"", tier.price.normalize()));
    if tier.price.is_zero() {
        fields.push("zero = \"the provider says so\"".to_owned());
    }
    if let Some(code) = &tier.rate_code {
        fields.push(format!("rate_code = {}", quoted(code)));
    }
    let _ = writeln!(text, "  {{ {} }},", fields.join(", "));
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
