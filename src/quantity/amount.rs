//! Exact numbers for computing with: fractions of integers.

use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};
use rust_decimal::Decimal;

/// Digits that a decimal holds.
const DIGITS: u32 = 28;

/// An exact number without a unit: in base units (bytes, seconds, counts), or an amount of money.
///
/// A fraction, because `20_000/d` has no finite decimal, and `ceil` of a rounded 730.0000001 would be 731. Results whose
/// fraction needs more than 127 bits are rounded to 28 digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Ratio<i128>);

impl Amount {
    /// 0
    pub const ZERO: Amount = Amount(Ratio::new_raw(0, 1));
    /// 1
    pub const ONE: Amount = Amount(Ratio::new_raw(1, 1));
    /// The seconds of a month of 730 h.
    pub const MONTH: Amount = Amount(Ratio::new_raw(2_628_000, 1));

    /// A whole number.
    pub const fn whole(number: i128) -> Amount {
        Amount(Ratio::new_raw(number, 1))
    }

    /// `numerator / denominator`; `None` for a denominator of 0.
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Amount> {
        Amount::whole(numerator).checked_div(Amount::whole(denominator))
    }

    /// The sum; `None` if it is too large.
    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(&other.0).map(Amount).or_else(|| rounded(self, other, Decimal::checked_add))
    }

    /// The difference; `None` if it is too large.
    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(&other.0).map(Amount).or_else(|| rounded(self, other, Decimal::checked_sub))
    }

    /// The product; `None` if it is too large.
    pub fn checked_mul(self, other: Amount) -> Option<Amount> {
        self.0.checked_mul(&other.0).map(Amount).or_else(|| rounded(self, other, Decimal::checked_mul))
    }

    /// The quotient; `None` if it is too large, or if `other` is 0.
    pub fn checked_div(self, other: Amount) -> Option<Amount> {
        if other.is_zero() {
            return None;
        }
        self.0.checked_div(&other.0).map(Amount).or_else(|| rounded(self, other, Decimal::checked_div))
    }

    /// The least whole number that is not less.
    #[must_use]
    pub fn ceil(self) -> Amount {
        let floor = self.floor();
        if floor == self { floor } else { Amount::whole(floor.0.numer().saturating_add(1)) }
    }

    /// The greatest whole number that is not more.
    #[must_use]
    pub fn floor(self) -> Amount {
        Amount::whole(self.0.numer().div_euclid(*self.0.denom()))
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is less than 0.
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// The number as a decimal: exact if it has a finite one of up to 28 digits, else rounded to as many, half away from 0.
    /// `None` if its whole part has more.
    pub fn decimal(self) -> Option<Decimal> {
        let (numerator, denominator) = (self.0.numer().unsigned_abs(), self.0.denom().unsigned_abs());
        let mut mantissa = i128::try_from(numerator / denominator).ok()?;
        let (mut rest, mut denominator) = (numerator % denominator, denominator);
        let mut scale = 0;
        let limit = 10_i128.pow(DIGITS - 1);
        while rest > 0 && mantissa < limit && scale < DIGITS {
            while denominator > u128::MAX / 10 {
                (rest, denominator) = (rest / 2, denominator / 2);
            }
            rest *= 10;
            mantissa = mantissa * 10 + i128::try_from(rest / denominator).ok()?;
            rest %= denominator;
            scale += 1;
        }
        let mantissa = if rest >= denominator.div_ceil(2) && rest > 0 { mantissa + 1 } else { mantissa };
        let mantissa = if self.is_negative() { -mantissa } else { mantissa };
        Some(Decimal::try_from_i128_with_scale(mantissa, scale).ok()?.normalize())
    }

    /// The number rounded to so many decimal places, half away from 0; `None` if its whole part has more than 28 digits.
    pub fn round(self, places: u32) -> Option<Decimal> {
        let power = Amount::whole(10_i128.checked_pow(places)?);
        let half = Amount(Ratio::new_raw(1, 2));
        let size = Amount(self.0.abs()).checked_mul(power)?.checked_add(half)?.floor().checked_div(power)?.decimal()?;
        Some(if self.is_negative() { -size } else { size })
    }
}

/// What a decimal operation makes of two amounts whose fractions are too long.
fn rounded(left: Amount, right: Amount, operation: fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Amount> {
    operation(left.decimal()?, right.decimal()?).map(Amount::from)
}

impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Amount {
        // 10 to the 28th fits in 127 bits.
        Amount(Ratio::new(decimal.mantissa(), 10_i128.pow(decimal.scale())))
    }
}

/// Writes the decimal, or the fraction where it has too many digits.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal() {
            Some(decimal) => decimal.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::from(text.parse::<Decimal>().expect(text))
    }

    #[test]
    fn a_day_of_a_month_is_exact() {
        let daily = Amount::whole(24).checked_div(Amount::whole(86_400)).unwrap();
        assert_eq!(daily.checked_mul(Amount::MONTH).unwrap(), Amount::whole(730));
        assert_eq!(daily.checked_mul(Amount::MONTH).unwrap().ceil(), Amount::whole(730));
    }

    #[test]
    fn rounds_up_and_down() {
        for (number, floor, ceil) in [("2.5", 2, 3), ("-2.5", -3, -2), ("3", 3, 3), ("0", 0, 0)] {
            assert_eq!(amount(number).floor(), Amount::whole(floor), "{number}");
            assert_eq!(amount(number).ceil(), Amount::whole(ceil), "{number}");
        }
    }

    #[test]
    fn becomes_a_decimal() {
        let third = Amount::fraction(1, 3).unwrap();
        assert_eq!(third.to_string(), "0.3333333333333333333333333333");
        assert_eq!(Amount::fraction(2, 3).unwrap().round(2).unwrap().to_string(), "0.67");
        assert_eq!(amount("-0.005").round(2).unwrap().to_string(), "-0.01");
        assert_eq!(amount("726.81427001953125").to_string(), "726.81427001953125");
    }

    #[test]
    fn long_fractions_are_rounded_and_large_numbers_refused() {
        let mut shrinking = Amount::ONE;
        for _ in 0..400 {
            shrinking = shrinking.checked_mul(Amount::fraction(997, 1009).unwrap()).unwrap();
        }
        let text = shrinking.round(10).unwrap().to_string();
        // (997 / 1009) to the 400th.
        assert_eq!(text, "0.0083482766");
        let huge = Amount::whole(i128::MAX);
        assert_eq!(huge.checked_mul(huge), None);
        assert_eq!(Amount::ONE.checked_div(Amount::ZERO), None);
    }
}
