//! `archc prices show`

use std::fmt::Write as _;

use clap::Args;
use rust_decimal::Decimal;

use super::{BookOf, in_region};
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::prices::{FreeScope, Price, PriceBook, Tier};
use crate::quantity::grouped;

/// Shows all that is known of a price
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Show {
    /// What a meter names it by, such as `aws.kinesis.shard_hour`
    id: String,

    /// Which of several, such as `standard-ia` [default: all]
    #[arg(long)]
    variant: Option<String>,

    /// In which region [default: all]
    #[arg(long)]
    region: Option<String>,

    #[command(flatten)]
    book: BookOf,
}

const AFTER_HELP: &str = "\
Examples:
  archc prices show aws.kinesis.shard_hour
  archc prices show aws.s3.storage --variant standard --region eu-west-1
  archc prices show team.queue --in shop";

impl Show {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let book = self.book.book()?;
        let prices = in_region(self.of_variant(&book)?, self.region.as_deref())?;
        let pages: Vec<String> = prices.into_iter().map(page).collect();
        Ok(Outcome::text(pages.join("\n")))
    }

    fn of_variant<'b>(&self, book: &'b PriceBook) -> Result<Vec<&'b Price>, Failure> {
        let all: Vec<&Price> = book.of(&self.id).collect();
        if all.is_empty() {
            return Err(no_id(&self.id, book));
        }
        let Some(variant) = &self.variant else { return Ok(all) };
        let mut known: Vec<&str> = all.iter().filter_map(|price| price.variant.as_deref()).collect();
        let found: Vec<&Price> = all.iter().copied().filter(|it| it.variant.as_deref() == Some(variant)).collect();
        if found.is_empty() {
            known.dedup();
            return Err(Failure::unknown(&format!("variant of `{}`", self.id), variant, &known));
        }
        Ok(found)
    }
}

fn no_id(id: &str, book: &PriceBook) -> Failure {
    let failure = Failure::new(format!("there is no price `{id}`"));
    match crate::suggest::nearest(id, book.prices().map(|price| price.id.as_str())) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("`archc prices list` lists all; `--in PATH` adds those of a workspace"),
    }
}

fn page(price: &Price) -> String {
    let variant = price.variant.as_ref().map(|variant| format!("  {variant}")).unwrap_or_default();
    let mut text = format!("{}{variant}  {}\n", price.id, price.region);
    for (name, value) in facts(price) {
        let _ = writeln!(text, "  {name:10}  {value}");
    }
    text
}

fn facts(price: &Price) -> Vec<(&'static str, String)> {
    let unit = &price.unit.text;
    let mut facts = vec![("unit", unit.to_string())];
    if price.tiers.is_empty() {
        facts.push(("price", format!("unpriced: sources contradict each other: {}", price.conflicting.join(", "))));
    }
    facts.extend(price.tiers.iter().map(|tier| ("price", tier_in_words(price, tier))));
    facts.extend(price.round_up.map(|step| ("rounded up", format!("to multiples of {} {unit} a month", amount(step)))));
    facts.extend(price.minimum.map(|least| ("at least", format!("{} {unit} a month", amount(least)))));
    if let Some(free) = &price.free {
        let scope = match free.scope {
            FreeScope::Account => "account",
            FreeScope::Region => "account and region",
        };
        let quantity = amount(free.quantity);
        facts.push(("free", format!("{quantity} {unit} a month for each {scope}, shared as `{}`", free.pool)));
    }
    facts.push(("confidence", price.confidence.to_string()));
    facts.push(("source", format!("{}: {}", price.source.kind, price.source.reference)));
    facts.extend(price.source.published.map(|date| ("published", date.to_string())));
    facts.push(("read", price.source.read.to_string()));
    facts.extend(price.note.as_ref().map(|note| ("note", note.to_string())));
    facts.push(("written in", format!("{}:{}", price.file, price.line)));
    facts
}

/// `0.03 USD for 10,000, from 0 to 51,200 (rate code …)`
fn tier_in_words(price: &Price, tier: &Tier) -> String {
    let mut text = format!("{} {}", tier.price, price.currency);
    if price.per != Decimal::ONE {
        let _ = write!(text, " for {}", amount(price.per));
    }
    match tier.to {
        Some(to) => {
            let _ = write!(text, ", from {} to {}", amount(tier.from), amount(to));
        }
        None if !tier.from.is_zero() => {
            let _ = write!(text, ", above {}", amount(tier.from));
        }
        None => {}
    }
    if let Some(code) = &tier.rate_code {
        let _ = write!(text, " (rate code {code})");
    }
    text
}

fn amount(figure: Decimal) -> String {
    grouped(figure.normalize())
}
