//! Properties that hold for all quantities.

use std::cmp::Ordering;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::Quantity;

const NUMERATORS: &[&str] = &["", "B", "KB", "GiB", "records", "query", "ms", "d", "weeks", "USD", "JPY"];
const DENOMINATORS: &[&str] = &["", "/ns", "/s", "/min", "/month", "/GB", "/KiB", "/request", "/row"];

/// A larger unit, a smaller one, and how many of the smaller make one of the larger.
const CONVERSIONS: &[(&str, &str, i128)] = &[
    ("KB", "B", 1_000),
    ("PiB", "KiB", 1 << 40),
    ("s", "ns", 1_000_000_000),
    ("year", "month", 12),
    ("month", "h", 730),
    ("PB/s", "KB/month", 2_628_000_000_000_000_000),
    ("/min", "/d", 1_440),
    ("USD/KB", "USD/TB", 1_000_000_000),
];

fn unit() -> impl Strategy<Value = String> {
    let quotient = (prop::sample::select(NUMERATORS), prop::sample::select(DENOMINATORS));
    prop_oneof![
        8 => quotient.prop_map(|(numerator, denominator)| format!("{numerator}{denominator}")),
        1 => Just("%".to_owned()),
        1 => Just("x".to_owned()),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(mantissa in -10_i128.pow(14)..10_i128.pow(14), scale in 0_u32..10, unit in unit()) {
        let number = Decimal::from_i128_with_scale(mantissa, scale);
        let quantity = Quantity::parse(&format!("{number} {unit}")).expect("a quantity");
        prop_assert_eq!(quantity.value(), number);
        prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
    }

    /// Amounts of up to 22 digits, so that the cross products of a comparison exceed 128 bits.
    #[test]
    fn comparison_converts_exactly(
        number in 1_i128..10_i128.pow(9),
        scale in 0_u32..9,
        (larger, smaller, ratio) in prop::sample::select(CONVERSIONS),
    ) {
        let parse = |mantissa: i128, unit: &str| {
            let number = Decimal::from_i128_with_scale(mantissa, scale);
            Quantity::parse(&format!("{number} {unit}")).expect("a quantity")
        };
        let amount = parse(number, larger);
        for (offset, expected) in [(-1, Ordering::Greater), (0, Ordering::Equal), (1, Ordering::Less)] {
            let other = parse(number * ratio + offset, smaller);
            prop_assert_eq!(amount.try_cmp(&other), Ok(expected), "{} and {}", amount, other);
            prop_assert_eq!(other.try_cmp(&amount), Ok(expected.reverse()), "{} and {}", other, amount);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-0-9_. a-zA-Z/%µ€]{0,40}") {
        if let Err(error) = Quantity::parse(&text) {
            prop_assert!(text.get(error.range()).is_some(), "{:?} is outside of the text", error.range());
        }
    }
}
