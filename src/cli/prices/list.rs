//! `archc prices list`

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{BookOf, in_region};
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::cli::table::{Column, Table};
use crate::cli::terminal::Terminal;
use crate::prices::{Price, Tier};
use crate::quantity::grouped;
use crate::report::pretty::Style;

/// Lists the prices that are known
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct List {
    /// Only those that have all of these words in their name, their unit or their note [default: all]
    #[arg(value_name = "WORDS")]
    words: Vec<String>,

    /// Only those that hold in a region
    #[arg(long)]
    region: Option<String>,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,

    #[command(flatten)]
    book: BookOf,
}

const AFTER_HELP: &str = "\
Examples:
  archc prices list                               all
  archc prices list s3 storage --region eu-west-1
  archc prices list --in shop --format csv        with the workspace's own, exact, a line for each tier";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets: a line for each tier
    Csv,
}

/// A tier of a price, or a price without tiers. Figures are texts: they are exact.
#[derive(Serialize)]
struct Row<'p> {
    id: &'p str,
    variant: Option<&'p str>,
    region: &'p str,
    unit: &'p str,
    per: String,
    currency: &'p str,
    from: Option<String>,
    to: Option<String>,
    price: Option<String>,
    conflicting: String,
    rate_code: Option<&'p str>,
    source: &'p str,
    #[serde(rename = "ref")]
    reference: &'p str,
    published: Option<String>,
    read: String,
    confidence: String,
    note: Option<&'p str>,
}

impl List {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let book = self.book.book()?;
        let words: Vec<String> = self.words.iter().map(|word| word.to_lowercase()).collect();
        let found: Vec<&Price> = book.prices().filter(|price| has_words(price, &words)).collect();
        if found.is_empty() {
            let failure = Failure::new(format!("no price is called or described as `{}`", self.words.join(" ")));
            return Err(failure.help("`archc prices list` lists all; `--in PATH` adds those of a workspace"));
        }
        let prices = in_region(found, self.region.as_deref())?;
        let text = match self.format {
            Format::Table => table(&prices, terminal.stdout()),
            Format::Json => {
                let rows: Vec<Row<'_>> = prices.iter().flat_map(|price| rows(price)).collect();
                crate::emit::to_json(&rows)
            }
            Format::Csv => csv(&prices)?,
        };
        Ok(Outcome::text(text))
    }
}

fn has_words(price: &Price, words: &[String]) -> bool {
    let fields = [Some(&price.id), price.variant.as_ref(), Some(&price.unit.text), price.note.as_ref()];
    let text = fields.into_iter().flatten().map(|field| field.to_lowercase()).collect::<Vec<_>>().join("\n");
    words.iter().all(|word| text.contains(word))
}

fn table(prices: &[&Price], style: Style) -> String {
    let [id, variant, region, unit_of] = ["id", "variant", "region", "unit"].map(Column::Name);
    let [price, date, confidence] = ["price", "date", "confidence"].map(Column::Name);
    let mut table = Table::new([id, variant, region, unit_of, price, date, confidence]);
    for price in prices {
        table.row([
            price.id.to_string(),
            price.variant.as_deref().unwrap_or_default().to_owned(),
            price.region.to_string(),
            unit(price),
            figures(price),
            price.source.date().to_string(),
            price.confidence.to_string(),
        ]);
    }
    table.render(0, style)
}

/// `10,000 request`: for how many units the price is.
fn unit(price: &Price) -> String {
    if price.per == rust_decimal::Decimal::ONE {
        return price.unit.text.to_string();
    }
    format!("{} {}", grouped(price.per.normalize()), price.unit.text)
}

/// `0.023, 0.022, 0.021 USD`
fn figures(price: &Price) -> String {
    if price.tiers.is_empty() {
        return format!("conflicting: {}", price.conflicting.join(", "));
    }
    let tiers: Vec<String> = price.tiers.iter().map(|tier| tier.price.to_string()).collect();
    format!("{} {}", tiers.join(", "), price.currency)
}

fn rows(price: &Price) -> Vec<Row<'_>> {
    if price.tiers.is_empty() {
        return vec![row(price, None)];
    }
    price.tiers.iter().map(|tier| row(price, Some(tier))).collect()
}

fn row<'p>(price: &'p Price, tier: Option<&'p Tier>) -> Row<'p> {
    Row {
        id: &price.id,
        variant: price.variant.as_deref(),
        region: &price.region,
        unit: &price.unit.text,
        per: price.per.normalize().to_string(),
        currency: &price.currency,
        from: tier.map(|tier| tier.from.normalize().to_string()),
        to: tier.and_then(|tier| tier.to).map(|to| to.normalize().to_string()),
        price: tier.map(|tier| tier.price.to_string()),
        conflicting: price.conflicting.join(" "),
        rate_code: tier.and_then(|tier| tier.rate_code.as_deref()),
        source: &price.source.kind,
        reference: &price.source.reference,
        published: price.source.published.map(|date| date.to_string()),
        read: price.source.read.to_string(),
        confidence: price.confidence.to_string(),
        note: price.note.as_deref(),
    }
}

fn csv(prices: &[&Price]) -> Result<String, Failure> {
    let failed = |reason: &dyn std::fmt::Display| Failure::new(format!("cannot make a table of the prices: {reason}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in prices.iter().flat_map(|price| rows(price)) {
        writer.serialize(row).map_err(|reason| failed(&reason))?;
    }
    let bytes = writer.into_inner().map_err(|reason| failed(&reason))?;
    String::from_utf8(bytes).map_err(|reason| failed(&reason))
}
