//! `archc prices import`

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use smol_str::SmolStr;

use super::{BookOf, offer, shown};
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::cli::input::today;
use crate::cli::output::Staged;
use crate::cli::terminal::Terminal;
use crate::prices::{self, FreePool, FreeScope, NewPrice, Offer, Price, PriceBook, Quote, Source, price_file, skus};
use crate::report::count;

/// Makes a price file from a price file of AWS
///
/// Takes over the prices whose rate codes are known, or that of one product; rounding, minimum and the pool of free units
/// are those of the price that it is to replace. Name the new file in `[prices] files` of `archc.toml`.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Import {
    /// A price file of AWS, as JSON
    #[arg(value_name = "OFFER_FILE")]
    file: PathBuf,

    /// The region that the prices are for
    #[arg(long)]
    region: SmolStr,

    /// Write to a file, which is replaced [default: print]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Take over the price of one product under this name
    #[arg(long, requires = "sku")]
    id: Option<SmolStr>,

    /// The SKU of that product, as the price file has it
    #[arg(long, requires = "id")]
    sku: Option<SmolStr>,

    /// Which of several prices of that name it is
    #[arg(long, requires = "id")]
    variant: Option<SmolStr>,

    /// What one unit is, if no price of that name is known yet: `GiB-month`, `request`
    #[arg(long, requires = "id")]
    unit: Option<SmolStr>,

    /// The date of the run [default: `SOURCE_DATE_EPOCH`, or else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,

    #[command(flatten)]
    book: BookOf,
}

const AFTER_HELP: &str = "\
Examples:
  archc prices import AmazonKinesis.json --region us-east-1 --out kinesis.toml
  archc prices import AmazonKinesis.json --region eu-central-1 --id aws.kinesis.shard_hour --sku 7RXVY4V5SG8NQC38
  archc prices import AmazonS3.json --region eu-west-1 --id aws.s3.storage --variant glacier-ir --sku 2WP9ANXZGBYYSGJE";

impl Import {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = today(self.today)?;
        let book = self.book.book()?;
        let (wanted, new): (BTreeSet<SmolStr>, _) = match &self.sku {
            Some(sku) => (BTreeSet::from([sku.clone()]), true),
            None => (offer::known_skus(&book), false),
        };
        let offer = offer::open(&self.file, &wanted)?;
        let prices = if new { vec![self.one(&book, &offer)?] } else { self.known(&book, &offer)? };
        let text = self.text(&offer, &prices, today)?;
        let Some(path) = &self.out else { return Ok(Outcome::text(text)) };
        Staged::write(path.clone(), &text)?.publish()?;
        let help = "name it in `archc.toml`: `[prices]`, `files = [\"…\"]`";
        let wrote = format!("wrote {} to {}; {help}\n", count(prices.len(), "price"), shown(path));
        Ok(Outcome::text(terminal.remark(wrote)))
    }

    /// The prices of the region whose rate codes are in the file.
    fn known(&self, book: &PriceBook, offer: &Offer) -> Result<Vec<NewPrice>, Failure> {
        let mut prices = Vec::new();
        for price in book.prices().filter(|price| price.region == self.region) {
            let Some(sku) = skus(price).into_iter().next() else { continue };
            if offer.rates_of(&sku, None).is_empty() {
                continue;
            }
            let quote = self.quote(offer, &sku)?;
            prices.push(replacing(price, quote, self.region.clone()));
        }
        if prices.is_empty() {
            let (file, region) = (shown(&self.file), &self.region);
            let message = format!("`{file}` has no rate code that the book knows for `{region}`");
            let help = "name what you want, a product at a time: `--id aws.kinesis.shard_hour --sku SKU`";
            return Err(Failure::new(message).help(help));
        }
        Ok(prices)
    }

    /// The price of the product that was named.
    fn one(&self, book: &PriceBook, offer: &Offer) -> Result<NewPrice, Failure> {
        let (id, sku) = (self.id.clone().unwrap_or_default(), self.sku.clone().unwrap_or_default());
        if let Some(region) = offer.regions.get(&sku).filter(|region| **region != self.region) {
            let message = format!("`{sku}` is a product of `{region}`, and not of `{}`", self.region);
            return Err(Failure::new(message).help(format!("give `--region {region}`, or another SKU")));
        }
        let quote = self.quote(offer, &sku)?;
        let like = |price: &&Price| price.variant == self.variant;
        let known = book.of(&id).find(like).or_else(|| book.of(&id).next());
        if let Some(known) = known {
            let price = NewPrice { variant: self.variant.clone(), ..replacing(known, quote, self.region.clone()) };
            return Ok(NewPrice { unit: self.unit.clone().unwrap_or(price.unit), ..price });
        }
        let Some(unit) = self.unit.clone() else {
            let failure = Failure::new(format!("there is no price `{id}` yet that would say what one unit is"));
            return Err(failure.help("give `--unit`, such as `GiB-month`, `shard-hour` or `request`"));
        };
        let free = free_units(None, &quote, &id);
        let variant = self.variant.clone();
        Ok(NewPrice {
            id,
            variant,
            region: self.region.clone(),
            unit,
            round_up: None,
            minimum: None,
            free,
            quote,
            note: None,
        })
    }

    fn quote(&self, offer: &Offer, sku: &str) -> Result<Quote, Failure> {
        offer.quote(sku, None).map_err(|reason| Failure::new(format!("cannot use `{}`: {reason}", shown(&self.file))))
    }

    /// The text of the new file, which is read once to see that it holds what it should.
    fn text(&self, offer: &Offer, prices: &[NewPrice], today: Date) -> Result<String, Failure> {
        let source = Source {
            kind: offer.kind.into(),
            reference: if offer.reference.is_empty() {
                shown(&self.file).into()
            } else {
                offer.reference.as_str().into()
            },
            published: offer.published,
            read: today,
        };
        let text = price_file(&source, prices);
        match prices::read("", &text).1.into_iter().next() {
            None => Ok(text),
            Some(mistake) => {
                let failure = Failure::new(format!("cannot make a price file of this: {}", mistake.message));
                Err(mistake.help.into_iter().fold(failure, Failure::help))
            }
        }
    }
}

/// A price like another, with other figures.
fn replacing(price: &Price, quote: Quote, region: SmolStr) -> NewPrice {
    NewPrice {
        id: price.id.clone(),
        variant: price.variant.clone(),
        region,
        unit: price.unit.text.clone(),
        round_up: price.round_up,
        minimum: price.minimum,
        free: free_units(price.free.as_ref(), &quote, &price.id),
        quote,
        note: price.note.clone(),
    }
}

/// As many free units as the file says, or else those that were known.
fn free_units(known: Option<&FreePool>, quote: &Quote, id: &SmolStr) -> Option<FreePool> {
    let Some(quantity) = quote.free else { return known.cloned() };
    let fresh = || FreePool { quantity, scope: FreeScope::Account, pool: id.clone() };
    Some(known.map_or_else(fresh, |known| FreePool { quantity, ..known.clone() }))
}
