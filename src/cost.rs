//! What the services cost: each meter of each service, with how its quantity came about and where its price is from.
//!
//! What is not known is *unpriced*, with the reason and what to declare. It is never 0, and every total says how many
//! lines it does not cover.

mod alternatives;
mod budget;
mod line;
mod metering;
mod reads;
mod sweep;
mod tariff;
mod words;

use std::collections::BTreeMap;

use smol_str::SmolStr;

pub use alternatives::{Alternatives, Stretch, alternatives};
pub use budget::{Spending, has_budget, spendings};
pub use line::{Cost, Gap, Line, Source, Subject};
pub use reads::Reads;
pub use sweep::{Billed, bill_at};
pub use words::money;

use crate::load::Loads;
use crate::model::{ArchitectureId, ElementId, Model};
use crate::prices::PriceBook;
use crate::quantity::Amount;

/// What a bill depends on besides the model and its loads.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'p> {
    /// The prices.
    pub prices: &'p PriceBook,
    /// Whether free pools are taken off.
    pub free_tier: bool,
}

/// The bill of a workspace for a month of 730 h.
#[derive(Debug, Default)]
pub struct Bill {
    /// Its lines: by architecture, then by service in the order of declaration, then by meter; connections last.
    pub lines: Vec<Line>,
    /// The services that cost nothing, and why.
    pub unbilled: Vec<(ElementId, SmolStr)>,
    /// How many connections of each architecture do not say where their bytes go, so that nobody knows what is charged.
    pub without_transfer: BTreeMap<ArchitectureId, usize>,
}

/// What some lines come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum, by the ISO 4217 code of the currency. There are no exchange rates.
    pub sums: BTreeMap<SmolStr, Amount>,
    /// How many lines are in it.
    pub priced: usize,
    /// How many lines are not, because they are unpriced.
    pub unpriced: usize,
}

/// Makes the bill of all architectures of a workspace, which share tiers and free pools.
pub fn bill(model: &Model, loads: &Loads, terms: Terms<'_>) -> Bill {
    let metered = metering::meter(model, loads, terms.prices);
    let charges = tariff::charge(&metered.usages(), terms.free_tier);
    metered.bill(charges)
}

impl Bill {
    /// What the lines of an architecture come to.
    pub fn total_of(&self, architecture: ArchitectureId) -> Total {
        Total::of(self.lines.iter().filter(|line| line.architecture == architecture))
    }

    /// What everything comes to.
    pub fn total(&self) -> Total {
        Total::of(&self.lines)
    }

    /// What each element comes to; of connections, there is none.
    pub fn by_element(&self) -> BTreeMap<ElementId, Total> {
        let mut totals: BTreeMap<ElementId, Total> = BTreeMap::new();
        for line in &self.lines {
            if let Subject::Element(id) = line.subject {
                totals.entry(id).or_default().add(line);
            }
        }
        totals
    }

    /// What each group comes to, everything inside included.
    pub fn by_group(&self, model: &Model) -> BTreeMap<ElementId, Total> {
        let mut totals: BTreeMap<ElementId, Total> = BTreeMap::new();
        for line in &self.lines {
            for group in line.subject.groups(model) {
                totals.entry(group).or_default().add(line);
            }
        }
        totals
    }
}

impl Total {
    /// What these lines come to.
    pub fn of<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Total {
        let mut total = Total::default();
        lines.into_iter().for_each(|line| total.add(line));
        total
    }

    fn add(&mut self, line: &Line) {
        let sum = line.cost.as_ref().ok().and_then(|cost| {
            let sum = self.sums.get(&cost.currency).copied().unwrap_or(Amount::ZERO);
            let sum = sum.checked_add(cost.amount).filter(|sum| sum.decimal().is_some())?;
            Some((cost.currency.clone(), sum))
        });
        match sum {
            Some((currency, sum)) => {
                self.sums.insert(currency, sum);
                self.priced += 1;
            }
            None => self.unpriced += 1,
        }
    }
}
