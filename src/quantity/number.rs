//! The number of a quantity: reading it, grouping its digits, comparing fractions of integers.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use rust_decimal::Decimal;

use super::error::QuantityError;

/// Digits a group has in print: `2_000_000`.
const GROUP: usize = 3;

/// Whether `c` belongs to the number; the first other character begins the unit. A comma makes the number wrong, which
/// says more about `5,000` than an unknown unit `,000` would.
pub(super) fn may_contain(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '_' | '.' | ',' | '-')
}

/// Reads `-1_000.25`; zeros at the end of a fraction are dropped.
pub(super) fn parse(text: &str) -> Result<Decimal, QuantityError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    if !is_digits(whole) || fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return Err(QuantityError::NotANumber { range: 0..text.len() });
    }
    let too_large = || QuantityError::TooLarge { range: 0..text.len() };
    let fraction = fraction.unwrap_or("").trim_end_matches(['0', '_']);
    let (mantissa, _) = append_digits(0, whole).ok_or_else(too_large)?;
    let (mantissa, scale) = append_digits(mantissa, fraction).ok_or_else(too_large)?;
    let mantissa = if unsigned.len() < text.len() { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| too_large())
}

/// Whether `text` is digits, with single `_` between them at most.
fn is_digits(text: &str) -> bool {
    let mut after_digit = false;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => after_digit = true,
            b'_' if after_digit => after_digit = false,
            _ => return false,
        }
    }
    after_digit
}

/// The number with the digits of `digits` written behind it, and how many these are.
fn append_digits(number: i128, digits: &str) -> Option<(i128, u32)> {
    digits.bytes().filter(|byte| *byte != b'_').try_fold((number, 0), |(number, count), digit| {
        let number = number.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        Some((number, count + 1))
    })
}

/// Writes the number with `_` between groups of three digits of its whole part.
pub(super) fn write_grouped(f: &mut fmt::Formatter<'_>, value: Decimal) -> fmt::Result {
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if value.is_sign_negative() && !value.is_zero() {
        f.write_char('-')?;
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(GROUP) {
            f.write_char('_')?;
        }
        f.write_char(digit)?;
    }
    if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
}

/// Compares two fractions with positive denominators exactly, also where their cross products do not fit.
pub(super) fn cmp_ratios(left: (i128, i128), right: (i128, i128)) -> Ordering {
    let ((mut a, mut b), (mut c, mut d)) = (left, right);
    loop {
        if let (Some(ad), Some(cb)) = (a.checked_mul(d), c.checked_mul(b)) {
            return ad.cmp(&cb);
        }
        let wholes = a.div_euclid(b).cmp(&c.div_euclid(d));
        let (rest_left, rest_right) = (a.rem_euclid(b), c.rem_euclid(d));
        if wholes.is_ne() || rest_left == 0 || rest_right == 0 {
            return wholes.then(rest_left.signum().cmp(&rest_right.signum()));
        }
        // Equal whole parts: the rests p/b and q/d compare as their reciprocals d/q and b/p do.
        (a, b, c, d) = (d, rest_right, b, rest_left);
    }
}
