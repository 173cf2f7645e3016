use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{DimensionKind, Quantity, QuantityError};

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}

#[test]
fn reads_prints_and_names_quantities() {
    use DimensionKind as K;
    let table = [
        ("512 MB", "512 MB", K::Size, "512000000"),
        ("512MB", "512 MB", K::Size, "512000000"),
        ("2 KiB", "2 KiB", K::Size, "2048"),
        ("1 kB", "1 KB", K::Size, "1000"),
        ("1 PiB", "1 PiB", K::Size, "1125899906842624"),
        ("5_000/s", "5_000/s", K::Rate, "5000"),
        ("5000 /s", "5_000/s", K::Rate, "5000"),
        ("2_000_000/d", "2_000_000/d", K::Rate, "23.148148148148148148148148148"),
        ("24/d", "24/d", K::Rate, "0.0002777777777777777777777778"),
        ("10 records/s", "10 records/s", K::Rate, "10"),
        ("10 rec/second", "10 records/s", K::Rate, "10"),
        ("3 req/min", "3 requests/min", K::Rate, "0.05"),
        ("1 messages", "1 message", K::Count, "1"),
        ("90 d", "90 d", K::Duration, "7776000"),
        ("120 ms", "120 ms", K::Duration, "0.12"),
        ("7 µs", "7 us", K::Duration, "0.000007"),
        ("7 μs", "7 us", K::Duration, "0.000007"),
        ("1 ns", "1 ns", K::Duration, "0.000000001"),
        ("1 month", "1 month", K::Duration, "2628000"),
        ("2 w", "2 weeks", K::Duration, "1209600"),
        ("1 y", "1 year", K::Duration, "31536000"),
        ("30%", "30%", K::Percent, "0.3"),
        ("30 %", "30%", K::Percent, "0.3"),
        ("3x", "3x", K::Multiple, "3"),
        ("500 USD", "500 USD", K::Money, "500"),
        ("2_628_000 USD/month", "2_628_000 USD/month", K::MoneyRate, "1"),
        ("0.09 USD/GB", "0.09 USD/GB", K::Other, "0.00000000009"),
        ("5 MiB/s", "5 MiB/s", K::Throughput, "5242880"),
        ("4", "4", K::Number, "4"),
        ("0.250", "0.25", K::Number, "0.25"),
        ("1.000_0", "1", K::Number, "1"),
        ("-1_234.5", "-1_234.5", K::Number, "-1234.5"),
        ("-0", "0", K::Number, "0"),
        ("007 d", "7 d", K::Duration, "604800"),
    ];
    for (text, printed, kind, base) in table {
        let quantity = quantity(text);
        assert_eq!(quantity.to_string(), printed, "print of `{text}`");
        assert_eq!(quantity.dimension().kind(), kind, "kind of `{text}`");
        assert_eq!(quantity.in_base_units(), Some(decimal(base)), "`{text}` in base units");
    }
}

#[test]
fn says_what_is_wrong_and_where() {
    let table = [
        ("", "this is not a number", ""),
        ("MB", "this is not a number", ""),
        ("1__0 MB", "this is not a number", "1__0"),
        ("_1", "this is not a number", "_1"),
        ("1_", "this is not a number", "1_"),
        ("5.", "this is not a number", "5."),
        (".5", "this is not a number", ".5"),
        ("1.2.3", "this is not a number", "1.2.3"),
        ("1-2", "this is not a number", "1-2"),
        ("--1", "this is not a number", "--1"),
        ("5 parsecs", "unknown unit `parsecs`", "parsecs"),
        ("5 USD/mnth", "unknown unit `mnth`", "mnth"),
        ("5 Mx/s", "unknown unit `Mx`", "Mx"),
        ("5/", "a unit is missing after `/`", "/"),
        ("5 USD/ ", "a unit is missing after `/`", "/"),
        ("5 USD/GB/month", "unknown unit `GB/month`", "GB/month"),
        ("8 Mbit/s", "`Mbit` counts bits, and sizes are in bytes", "Mbit"),
        ("5 %/d", "`%` cannot stand before `/`", "%"),
        ("5 GB/USD", "`USD` cannot stand after `/`", "USD"),
        ("1/x", "`x` cannot stand after `/`", "x"),
    ];
    for (text, message, blamed) in table {
        let error = Quantity::parse(text).expect_err(text);
        assert_eq!(error.to_string(), message, "message on `{text}`");
        assert_eq!(text.get(error.range()), Some(blamed), "range on `{text}`");
    }
}

#[test]
fn suggests_what_was_meant() {
    let table = [
        ("mb", Some("MB")),
        ("MIB", Some("MiB")),
        ("kib", Some("KiB")),
        ("usd", Some("USD")),
        ("UDS", Some("USD")),
        ("$", Some("USD")),
        ("S", Some("s")),
        ("Sec", Some("s")),
        ("hr", Some("h")),
        ("m", Some("min")),
        ("secnds", Some("seconds")),
        ("monht", Some("month")),
        ("recrds", Some("records")),
        ("MBps", Some("MB/s")),
        ("rps", Some("requests/s")),
        ("kb", Some("KB")),
        ("q", None),
        ("e6", None),
        ("furlongs", None),
    ];
    for (unit, expected) in table {
        match Quantity::parse(&format!("5 {unit}")) {
            Err(QuantityError::UnknownUnit { nearest, .. }) => {
                assert_eq!(nearest, expected, "for `{unit}`");
            }
            other => panic!("`{unit}`: {other:?}"),
        }
    }
}

#[test]
fn refuses_bits_and_names_the_bytes() {
    let table =
        [("b", "B"), ("bits", "B"), ("Kb", "KB"), ("Mb", "MB"), ("Mbit", "MB"), ("Gbps", "GB"), ("Gibit", "GiB")];
    for (unit, expected) in table {
        match Quantity::parse(&format!("5 {unit}")) {
            Err(QuantityError::Bits { bytes, .. }) => {
                assert_eq!(bytes, expected, "for `{unit}`");
            }
            other => panic!("`{unit}`: {other:?}"),
        }
    }
}

#[test]
fn says_what_to_do() {
    let table = [
        ("5 mb", "did you mean `MB`?"),
        ("5 Mb", "write `MB` if bytes are meant, else divide the number by 8"),
        ("5 GB/USD", "a time, a size or a count stands after `/`, as in `500 USD/month`"),
        ("5,000", "write digits, with single `_` between them"),
        ("5 furlongs", "units are sizes"),
        ("1__0", "write digits, with single `_` between them"),
    ];
    for (text, help) in table {
        let error = Quantity::parse(text).expect_err(text);
        assert!(error.help().starts_with(help), "`{text}`: {}", error.help());
    }
}

/// The lookup is a binary search, so a code out of order would not be found.
#[test]
fn every_unit_reads_as_itself() {
    for name in super::unit::NAMES.iter().copied().chain(super::currency::codes()) {
        let printed = quantity(&format!("2 {name}"));
        assert_eq!(quantity(&printed.to_string()), printed, "`{name}`");
    }
}

#[test]
fn compares_exactly_across_units() {
    let table = [
        ("1 KiB", Ordering::Greater, "1 KB"),
        ("1000 B", Ordering::Equal, "1 KB"),
        ("60/min", Ordering::Equal, "1/s"),
        ("1/min", Ordering::Greater, "0.0166666666666666666666666666/s"),
        ("1/min", Ordering::Less, "0.0166666666666666666666666667/s"),
        ("1 year", Ordering::Equal, "12 months"),
        ("365 d", Ordering::Equal, "1 year"),
        ("30 d", Ordering::Less, "1 month"),
        ("500/s", Ordering::Greater, "10 records/s"),
        ("3 events", Ordering::Equal, "3 rows"),
        ("4", Ordering::Greater, "3 requests"),
        ("-1 s", Ordering::Less, "1 ms"),
        ("24 USD/d", Ordering::Equal, "1 USD/h"),
        ("0%", Ordering::Less, "0.5%"),
        // The cross products of these do not fit in 128 bits.
        ("1.000000000000000000000000001/month", Ordering::Less, "1.000000000000000000000000002/month"),
        ("0.0000000000000000000000003 B/year", Ordering::Equal, "0.000000000000000000000000025 B/month"),
        ("-1.000000000000000000000000001/h", Ordering::Greater, "-1.000000000000000000000000002/h"),
        ("1.000000000000000000000000001/s", Ordering::Greater, "60/min"),
    ];
    for (left, expected, right) in table {
        let (left, right) = (quantity(left), quantity(right));
        assert_eq!(left.try_cmp(&right), Ok(expected), "`{left}` and `{right}`");
        assert_eq!(right.try_cmp(&left), Ok(expected.reverse()), "`{right}` and `{left}`");
    }
}

#[test]
fn refuses_to_compare_different_dimensions() {
    let table = [
        ("5 MB", "a size", "5 s", "a duration"),
        ("5 MB/s", "a size per time", "5/s", "a rate (per time)"),
        ("5 records/s", "a rate (records per time)", "5 requests/s", "a rate (requests per time)"),
        ("5 USD", "money in USD", "5 EUR", "money in EUR"),
        ("5 USD/h", "money in USD per time", "5 USD", "money in USD"),
        ("0.3", "a number without a unit", "30%", "a percentage"),
        ("3", "a number without a unit", "3x", "a multiple"),
        ("3 rows", "a count of records", "3 MB", "a size"),
        ("5 ms", "a duration", "5 ms/record", "time per record"),
        ("1 USD/GB", "USD per size", "1/GB", "a number per size"),
        ("2 records/request", "record per request", "2", "a number without a unit"),
    ];
    for (left, left_name, right, right_name) in table {
        let error = quantity(left).try_cmp(&quantity(right)).expect_err(left);
        let expected = format!("`{left}` is {left_name} and `{right}` is {right_name}: they cannot be compared");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn amounts_beyond_exact_arithmetic_are_refused() {
    let largest = "79_228_162_514_264_337_593_543_950_335";
    assert_eq!(quantity(largest).in_base_units(), Some(Decimal::MAX));
    for text in [
        "79_228_162_514_264_337_593_543_950_336",
        "999999999999999999999999999999999999999999999",
        "0.12345678901234567890123456789",
        "79_228_162_514_264_337_593_543_950_335 PiB",
    ] {
        let error = Quantity::parse(text).expect_err(text);
        assert_eq!(error, QuantityError::TooLarge { range: 0..text.len() });
    }
    assert_eq!(quantity("100_000_000_000_000_000_000 PiB").in_base_units(), None);
}

#[test]
fn amounts_in_words() {
    let table = [
        ("5_000/s", "5,000/s", "5,000/s"),
        ("20_000/d", "20,000/d", "13.9/min"),
        ("300/d", "12.5/h", "12.5/h"),
        ("1/month", "1/month", "1/month"),
        ("0/s", "0/s", "0/s"),
        ("7_615.0005/s", "7,615.0005/s", "7,615/s"),
        ("3.90625 MiB/s", "4.096 MB/s", "4.1 MB/s"),
        ("5 MiB", "5 MiB", "5 MiB"),
        ("1_200_000 B/s", "1.2 MB/s", "1.2 MB/s"),
        ("96 KB/s", "93.75 KiB/s", "96 KB/s"),
        ("4 KiB", "4 KiB", "4 KiB"),
        ("123_456 B", "123.456 KB", "123 KB"),
        ("90 min", "1.5 h", "1.5 h"),
        ("1234.5678", "1,234.5678", "1,235"),
        ("0.0012345678", "0.00123457", "0.00123"),
        ("-2_500 B", "-2.5 KB", "-2.5 KB"),
    ];
    for (text, full, brief) in table {
        let quantity = quantity(text);
        let amount = quantity.amount().expect(text);
        let words = [amount.in_words(quantity.dimension()), amount.in_brief(quantity.dimension())];
        assert_eq!(words, [full, brief], "of `{text}`");
    }
}
