//! By how much bills differ, as far as that is known.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::sheet::{Row, Sum};
use super::super::{money_text, total_in_words};

/// Two sums and their difference.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct SumChange {
    /// What the lines came to.
    pub before: Sum,
    /// What they come to.
    pub after: Sum,
    /// How much more the lines cost whose difference is known, by currency. What is not there costs nothing.
    pub more: BTreeMap<String, String>,
    /// The same as a percentage of what these lines cost; none if they cost nothing, or in several currencies.
    pub percent: Option<String>,
    /// Of how many lines nobody knows by how much they differ, since they are unpriced before or after.
    pub unknown: usize,
}

/// How much more some lines cost.
#[derive(Debug, Default)]
pub(super) struct Tally {
    before: BTreeMap<String, Decimal>,
    more: BTreeMap<String, Decimal>,
    unknown: usize,
}

impl Tally {
    /// Adds a line, as it was and as it is.
    pub(super) fn add(&mut self, before: Option<&Row>, after: Option<&Row>) {
        if self.added(before, after).is_none() {
            self.unknown += 1;
        }
    }

    /// None if one of the two is unpriced, or if there are too many digits.
    fn added(&mut self, before: Option<&Row>, after: Option<&Row>) -> Option<()> {
        let priced = |row: Option<&Row>| match row {
            None => Some(None),
            Some(row) => Some(Some((row.currency.clone()?, row.cost.as_ref()?.parse::<Decimal>().ok()?))),
        };
        let (old, new) = (priced(before)?, priced(after)?);
        let (mut base, mut more) = (self.before.clone(), self.more.clone());
        if let Some((currency, cost)) = old {
            let sum = base.entry(currency.clone()).or_default();
            *sum = sum.checked_add(cost)?;
            let sum = more.entry(currency).or_default();
            *sum = sum.checked_sub(cost)?;
        }
        if let Some((currency, cost)) = new {
            let sum = more.entry(currency).or_default();
            *sum = sum.checked_add(cost)?;
        }
        (self.before, self.more) = (base, more);
        Some(())
    }

    /// What it comes to, with the sums that the bills give.
    pub(super) fn change(self, before: Sum, after: Sum) -> SumChange {
        let (percent, unknown) = (self.percent(), self.unknown);
        SumChange { before, after, more: self.more(), percent, unknown }
    }

    /// How much more, by currency, without those in which there is none; and of how many lines that is not known.
    pub(super) fn known(self) -> (BTreeMap<String, String>, usize) {
        let unknown = self.unknown;
        (self.more(), unknown)
    }

    fn more(self) -> BTreeMap<String, String> {
        let more = self.more.into_iter().filter(|(_, more)| !more.is_zero());
        more.map(|(currency, more)| (currency, more.normalize().to_string())).collect()
    }

    fn percent(&self) -> Option<String> {
        let currencies = self.more.iter().filter(|(_, more)| !more.is_zero());
        let [(currency, more)] = currencies.collect::<Vec<_>>()[..] else { return None };
        let base = self.before.get(currency).filter(|base| !base.is_zero())?;
        let percent = more.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(*base)?;
        let rounded = if percent.abs() < Decimal::TEN { percent.round_sf(2)? } else { percent.round_dp(0) };
        Some(rounded.normalize().to_string())
    }
}

impl SumChange {
    /// Both sums, and what lies between them: `902.28 USD → 1,627.31 USD + 1 unpriced a month (+725.03 USD, +80% + 1 unknown)`.
    pub fn words(&self) -> String {
        let (before, after) = (total_in_words(&self.before), total_in_words(&self.after));
        let more = self.more_in_words();
        let more = more.map(|more| format!(" ({more})")).unwrap_or_default();
        format!("{before} → {after} a month{more}")
    }

    /// The cells of a row: the name, both sums, and the difference.
    pub fn cells(&self) -> [String; 4] {
        let more = self.more_in_words().unwrap_or_else(|| if self.unknown > 0 { "unknown" } else { "" }.to_owned());
        [self.after.name.clone(), total_in_words(&self.before), total_in_words(&self.after), more]
    }

    /// By how much they differ; none if they do not, as far as that is known.
    pub fn more_in_words(&self) -> Option<String> {
        let percent = self.percent.as_ref().map(|percent| match percent.strip_prefix('-') {
            Some(less) => format!("−{less}%"),
            None => format!("+{percent}%"),
        });
        let known = more_in_words(&self.more, 0)?;
        let known: Vec<String> = std::iter::once(known).chain(percent).collect();
        let unknown = if self.unknown > 0 { format!(" + {} unknown", self.unknown) } else { String::new() };
        Some(format!("{}{unknown}", known.join(", ")))
    }
}

/// How much more something costs: `+725.03 USD + 1 unknown`, or `unknown`; none if that is nothing.
pub fn more_in_words(more: &BTreeMap<String, String>, unknown: usize) -> Option<String> {
    let known: Vec<String> = more.iter().map(|(currency, amount)| format!("{} {currency}", signed(amount))).collect();
    match (known.is_empty(), unknown) {
        (true, 0) => None,
        (true, _) => Some("unknown".to_owned()),
        (false, 0) => Some(known.join(", ")),
        (false, _) => Some(format!("{} + {unknown} unknown", known.join(", "))),
    }
}

/// An amount with its sign: `+87.62`.
pub(super) fn signed(amount: &str) -> String {
    match amount.strip_prefix('-') {
        Some(less) => format!("−{}", money_text(less)),
        None => format!("+{}", money_text(amount)),
    }
}
