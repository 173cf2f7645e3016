//! The unit symbols, and units made of them.

use std::fmt;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::currency;
use super::dimension::{Base, Dimension};
use super::error::QuantityError;
use super::suggest;

/// One unit symbol and its size: `factor / divisor` base units.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    /// How it is printed behind 1 and behind `/`.
    pub(super) one: &'static str,
    /// How it is printed behind other numbers.
    pub(super) many: &'static str,
    pub(super) base: Base,
    pub(super) factor: i64,
    pub(super) divisor: i64,
}

/// Makes the lookup of symbols and the list of their names from one table. A row is the spellings, then how the symbol
/// is printed (one, and many if that differs), its base and its size.
macro_rules! symbols {
    (@many $one:literal) => { $one };
    (@many $one:literal $many:literal) => { $many };
    ($($($name:literal)|+ => $one:literal $($many:literal)?, $base:ident $factor:literal / $divisor:literal;)+) => {
        /// Every spelling of every symbol but the currencies.
        pub(super) const NAMES: &[&str] = &[$($($name),+),+];

        fn find(name: &str) -> Option<&'static Symbol> {
            Some(match name {
                $($($name)|+ => &Symbol {
                    one: $one,
                    many: symbols!(@many $one $($many)?),
                    base: Base::$base,
                    factor: $factor,
                    divisor: $divisor,
                },)+
                _ => return currency::find(name),
            })
        }
    };
}

symbols! {
    "s" | "second" | "seconds" => "s", Time 1 / 1;
    "d" | "day" | "days" => "d", Time 86_400 / 1;
    "KB" | "kB" => "KB", Bytes 1_000 / 1;
    "MB" => "MB", Bytes 1_000_000 / 1;
    "GB" => "GB", Bytes 1_000_000_000 / 1;
    "TB" => "TB", Bytes 1_000_000_000_000 / 1;
    "PB" => "PB", Bytes 1_000_000_000_000_000 / 1;
    "B" | "byte" | "bytes" => "B", Bytes 1 / 1;
    "KiB" => "KiB", Bytes 1_024 / 1;
    "MiB" => "MiB", Bytes 1_048_576 / 1;
    "GiB" => "GiB", Bytes 1_073_741_824 / 1;
    "TiB" => "TiB", Bytes 1_099_511_627_776 / 1;
    "PiB" => "PiB", Bytes 1_125_899_906_842_624 / 1;
    "%" => "%", Percent 1 / 100;
    "x" => "x", Multiple 1 / 1;
    "ns" => "ns", Time 1 / 1_000_000_000;
    // The micro sign, and the Greek letter that looks like it.
    "us" | "µs" | "μs" => "us", Time 1 / 1_000_000;
    "ms" => "ms", Time 1 / 1_000;
    "min" | "minute" | "minutes" => "min", Time 60 / 1;
    "h" | "hour" | "hours" => "h", Time 3_600 / 1;
    "w" | "week" | "weeks" => "week" "weeks", Time 604_800 / 1;
    "month" | "months" => "month" "months", Time 2_628_000 / 1;
    "y" | "year" | "years" => "year" "years", Time 31_536_000 / 1;
    "rec" | "record" | "records" => "record" "records", Records 1 / 1;
    "event" | "events" => "event" "events", Records 1 / 1;
    "message" | "messages" => "message" "messages", Records 1 / 1;
    "object" | "objects" => "object" "objects", Records 1 / 1;
    "row" | "rows" => "row" "rows", Records 1 / 1;
    "req" | "request" | "requests" => "request" "requests", Requests 1 / 1;
    "query" | "queries" => "query" "queries", Requests 1 / 1;
    "run" | "runs" => "run" "runs", Requests 1 / 1;
    "invocation" | "invocations" => "invocation" "invocations", Requests 1 / 1;
}

/// The unit of a quantity: nothing (`4`), a symbol (`512 MB`), a quotient (`5 MiB/s`) or only its lower half (`500/d`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    numerator: Option<&'static Symbol>,
    denominator: Option<&'static Symbol>,
}

impl Unit {
    /// Reads a unit that begins at byte `start` of the text that errors shall point into.
    pub(super) fn parse(text: &str, start: usize) -> Result<Self, QuantityError> {
        let (numerator, denominator) = match text.split_once('/') {
            None if text.is_empty() => return Ok(Self::default()),
            None => {
                return Ok(Self { numerator: Some(symbol(text, start)?), denominator: None });
            }
            Some(halves) => halves,
        };
        let slash = start + numerator.len();
        Ok(Self {
            numerator: (!numerator.is_empty()).then(|| numerator_symbol(numerator, start)).transpose()?,
            denominator: Some(denominator_symbol(denominator, slash)?),
        })
    }

    /// What the unit measures.
    pub fn dimension(self) -> Dimension {
        Dimension::quotient(self.numerator.map(|symbol| symbol.base), self.denominator.map(|symbol| symbol.base))
    }

    /// The size of the unit in base units, as a fraction with a positive denominator.
    pub(super) fn scale(self) -> Option<(i128, i128)> {
        let size = |symbol: Option<&Symbol>| match symbol {
            Some(symbol) => (i128::from(symbol.factor), i128::from(symbol.divisor)),
            None => (1, 1),
        };
        let ((factor, divisor), (per_factor, per_divisor)) = (size(self.numerator), size(self.denominator));
        Some((factor.checked_mul(per_divisor)?, divisor.checked_mul(per_factor)?))
    }

    /// Prints the unit as it stands behind `value`, with the blank between the two where one belongs.
    pub(super) fn write_after(self, f: &mut fmt::Formatter<'_>, value: Decimal) -> fmt::Result {
        if let Some(symbol) = self.numerator {
            let blank = if matches!(symbol.base, Base::Percent | Base::Multiple) { "" } else { " " };
            let name = if value == Decimal::ONE { symbol.one } else { symbol.many };
            write!(f, "{blank}{name}")?;
        }
        match self.denominator {
            Some(symbol) => write!(f, "/{}", symbol.one),
            None => Ok(()),
        }
    }
}

fn symbol(name: &str, start: usize) -> Result<&'static Symbol, QuantityError> {
    find(name).ok_or_else(|| suggest::unknown(name, start))
}

/// The symbol in front of a `/`.
fn numerator_symbol(name: &str, start: usize) -> Result<&'static Symbol, QuantityError> {
    let symbol = symbol(name, start)?;
    match symbol.base {
        Base::Percent | Base::Multiple => {
            Err(QuantityError::BadNumerator { unit: SmolStr::new(name), range: start..start + name.len() })
        }
        _ => Ok(symbol),
    }
}

/// The symbol behind the `/` at byte `slash`.
fn denominator_symbol(name: &str, slash: usize) -> Result<&'static Symbol, QuantityError> {
    let start = slash + 1;
    if name.is_empty() {
        return Err(QuantityError::NoDenominator { range: slash..start });
    }
    let symbol = symbol(name, start)?;
    match symbol.base {
        Base::Percent | Base::Multiple | Base::Money(_) => {
            Err(QuantityError::BadDenominator { unit: SmolStr::new(name), range: start..start + name.len() })
        }
        _ => Ok(symbol),
    }
}
