//! Exact decimals with units: `512 MB`, `5_000/s`, `30%`, `500 USD/month`.
//!
//! A quantity keeps the unit its author wrote, so that it prints as it was written, and compares exactly with any
//! quantity of the same dimension: `1 KiB` is more than `1 KB`, `60/min` is as much as `1/s`. No float is involved.
//!
//! Conventions that change results:
//! - `KB`, `MB`, … are powers of 1000; `KiB`, `MiB`, … are powers of 1024. Bits are refused.
//! - A month is 730 h (2,628,000 s) and a year is twelve months (8,760 h, 365 d), everywhere.
//! - Records (what flows) and requests (what is asked) are different dimensions: one request may carry many records.
//! - Each currency is a dimension of its own: there are no exchange rates.

mod amount;
mod currency;
mod dimension;
mod error;
mod number;
mod suggest;
mod unit;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

pub use amount::Amount;
pub use dimension::{Dimension, DimensionKind};
pub use error::{DimensionMismatch, QuantityError};
pub use suggest::is_habit;
pub use unit::Unit;
pub use words::grouped;

/// An exact decimal with a unit.
///
/// Equality is equality as written: `1 KB` and `1000 B` differ, and [`Quantity::try_cmp`] says that they are as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    value: Decimal,
    unit: Unit,
}

impl Quantity {
    /// Reads a number with an optional unit: digits with `_` between them, an optional fraction, blanks, the unit.
    ///
    /// # Errors
    ///
    /// Says what is wrong and which bytes of `text` are to blame; see [`QuantityError`].
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let number_end = text.find(|c: char| !number::may_contain(c)).unwrap_or(text.len());
        let (number, rest) = text.split_at(number_end);
        let unit = rest.trim();
        let unit_start = text.len() - rest.trim_start().len();
        let value = number::parse(number)?;
        let quantity = Self { value, unit: Unit::parse(unit, unit_start)? };
        match quantity.ratio() {
            Some(_) => Ok(quantity),
            None => Err(QuantityError::TooLarge { range: 0..text.trim_end().len() }),
        }
    }

    /// The number in front of the unit, as written: 512 for `512 MB`, 30 for `30%`.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The unit, as written.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// What the quantity measures.
    pub fn dimension(&self) -> Dimension {
        self.unit.dimension()
    }

    /// The amount in bytes, seconds, records, requests and units of currency, and quotients of these (bytes per second);
    /// 0.3 for `30%`.
    ///
    /// Exact, but for a quotient without a finite decimal (`1/min` is 0.01666… per second), which is rounded to 28
    /// digits; [`Quantity::try_cmp`] is exact there, too. `None` if the amount has more than 28 digits.
    pub fn in_base_units(&self) -> Option<Decimal> {
        let (factor, divisor) = self.unit.scale()?;
        let amount = self.value.mantissa().checked_mul(factor)?;
        let amount = Decimal::try_from_i128_with_scale(amount, self.value.scale()).ok()?;
        let amount = match divisor {
            1 => amount,
            _ => amount.checked_div(Decimal::try_from_i128_with_scale(divisor, 0).ok()?)?,
        };
        Some(amount.normalize())
    }

    /// The amount in base units, exactly: 0.3 for `30%`, 1/60 for `1/min`.
    pub fn amount(&self) -> Option<Amount> {
        let (numerator, denominator) = self.ratio()?;
        Amount::fraction(numerator, denominator)
    }

    /// Compares two amounts exactly, whatever their units.
    ///
    /// A count without a name takes the name of the other side: `500/s` compares with `10 records/s`.
    ///
    /// # Errors
    ///
    /// If the two measure different things: a size and a duration, or two currencies.
    pub fn try_cmp(&self, other: &Self) -> Result<Ordering, DimensionMismatch> {
        let mismatch = DimensionMismatch { left: *self, right: *other };
        if !self.dimension().is_comparable_with(other.dimension()) {
            return Err(mismatch);
        }
        // Parsing has made sure that both ratios exist.
        match (self.ratio(), other.ratio()) {
            (Some(left), Some(right)) => Ok(number::cmp_ratios(left, right)),
            _ => Err(mismatch),
        }
    }

    /// The amount in base units as a fraction with a positive denominator; `None` if it does not fit.
    fn ratio(&self) -> Option<(i128, i128)> {
        let (factor, divisor) = self.unit.scale()?;
        let numerator = self.value.mantissa().checked_mul(factor)?;
        let denominator = 10_i128.checked_pow(self.value.scale())?.checked_mul(divisor)?;
        Some((numerator, denominator))
    }
}

/// Prints the quantity as a source file would have it, so that it reads back as the same: `5_000/s`, `1.5 GB`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        number::write_grouped(f, self.value)?;
        self.unit.write_after(f, self.value)
    }
}
