//! Prices by id, variant and region.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::unit::PriceUnit;
use super::{embedded_files, read};

/// The region of a price that holds everywhere.
const ANYWHERE: &str = "*";

/// What one meter costs in one region.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// What a meter names it by.
    pub id: SmolStr,
    /// Which of several: an instance class, a storage class.
    pub variant: Option<SmolStr>,
    /// The region, or `*` for all.
    pub region: SmolStr,
    /// What one unit is.
    pub unit: PriceUnit,
    /// For how many units the price is.
    pub per: Decimal,
    /// The ISO 4217 code.
    pub currency: SmolStr,
    /// The prices by how much is used, from the first unit on; none if the sources contradict each other.
    pub tiers: Vec<Tier>,
    /// The units of a line in a month are rounded up to a multiple of this.
    pub round_up: Option<Decimal>,
    /// The least units that a line is billed in a month.
    pub minimum: Option<Decimal>,
    /// Units that cost nothing.
    pub free: Option<FreePool>,
    /// Who says so.
    pub source: Source,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// The figures of sources that contradict each other.
    pub conflicting: Vec<SmolStr>,
    /// A remark.
    pub note: Option<SmolStr>,
    /// The file it stands in.
    pub file: SmolStr,
    /// The line it stands in, from 1.
    pub line: usize,
}

/// The price of the units within bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// The first unit it is for, from 0.
    pub from: Decimal,
    /// The first unit it is not for any more; none for the last tier.
    pub to: Option<Decimal>,
    /// The price of as many units as [`Price::per`] says.
    pub price: Decimal,
    /// What the provider calls it in price files.
    pub rate_code: Option<SmolStr>,
}

/// Units that cost nothing, whoever uses them first.
#[derive(Clone, Debug, PartialEq)]
pub struct FreePool {
    /// How many units a month.
    pub quantity: Decimal,
    /// Who shares them.
    pub scope: FreeScope,
    /// Prices with the same pool share it.
    pub pool: SmolStr,
}

/// Who shares a free pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreeScope {
    /// All of an account.
    Account,
    /// All of an account in one region.
    Region,
}

/// Where a price is from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What it is, such as `aws-offer`, `aws-page-feed`, `contract`.
    pub kind: SmolStr,
    /// Where it is found.
    pub reference: SmolStr,
    /// When it was published, if that is known.
    pub published: Option<Date>,
    /// When it was read.
    pub read: Date,
}

impl Source {
    /// The day that the price is of: when it was published, or else read.
    pub fn date(&self) -> Date {
        self.published.unwrap_or(self.read)
    }
}

/// How far a price can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// From the provider and recent, or from two independent sources.
    A,
    /// From one source that a machine made, or an older one.
    B,
    /// Second hand, and nobody contradicts.
    C,
    /// Sources contradict each other.
    X,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Confidence::A => "A",
            Confidence::B => "B",
            Confidence::C => "C",
            Confidence::X => "X",
        })
    }
}

type Key = (SmolStr, Option<SmolStr>, SmolStr);

/// All prices that hold.
#[derive(Clone, Debug, Default)]
pub struct PriceBook {
    prices: BTreeMap<Key, Price>,
}

/// What a price book knows of a price.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup<'b> {
    /// The price.
    Priced(&'b Price),
    /// Its sources contradict each other.
    Conflicting(&'b Price),
    /// It is known for these regions only.
    NoRegion {
        /// The regions, sorted.
        regions: Vec<&'b str>,
    },
    /// It is known for these variants only; the empty one is none.
    NoVariant {
        /// The variants, sorted.
        variants: Vec<&'b str>,
    },
    /// It is not known.
    NoId,
}

impl PriceBook {
    /// The prices that ship with the compiler. What breaks their form is left out, and a test sees to it that nothing does.
    pub fn shipped() -> PriceBook {
        let mut book = PriceBook::default();
        for (path, text) in embedded_files() {
            book.add(read(path, text).0);
        }
        book
    }

    /// Adds prices. They replace those of the same id, variant and region.
    pub fn add(&mut self, prices: Vec<Price>) {
        let keyed = prices.into_iter().map(|price| (key(&price), price));
        self.prices.extend(keyed);
    }

    /// The price of an id, a variant and a region.
    pub fn lookup(&self, id: &str, variant: Option<&str>, region: &str) -> Lookup<'_> {
        let get = |region: &str| self.prices.get(&(id.into(), variant.map(Into::into), region.into()));
        if let Some(price) = get(region).or_else(|| get(ANYWHERE)) {
            return if price.confidence == Confidence::X { Lookup::Conflicting(price) } else { Lookup::Priced(price) };
        }
        let regions: BTreeSet<&str> = self
            .of(id)
            .filter(|price| price.variant.as_deref() == variant)
            .map(|price| price.region.as_str())
            .collect();
        if !regions.is_empty() {
            return Lookup::NoRegion { regions: regions.into_iter().collect() };
        }
        let variants: BTreeSet<&str> = self.of(id).map(|price| price.variant.as_deref().unwrap_or_default()).collect();
        if variants.is_empty() { Lookup::NoId } else { Lookup::NoVariant { variants: variants.into_iter().collect() } }
    }

    /// All prices, by id, variant and region.
    pub fn prices(&self) -> impl Iterator<Item = &Price> {
        self.prices.values()
    }

    /// The prices of an id.
    pub fn of(&self, id: &str) -> impl Iterator<Item = &Price> + use<'_> {
        let id = SmolStr::new(id);
        let first: Key = (id.clone(), None, SmolStr::default());
        self.prices.range(first..).map(|(_, price)| price).take_while(move |price| price.id == id)
    }
}

fn key(price: &Price) -> Key {
    (price.id.clone(), price.variant.clone(), price.region.clone())
}
