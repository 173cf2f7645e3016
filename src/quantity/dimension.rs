//! What a quantity measures.

use std::fmt;

/// What one unit symbol measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Bytes,
    Records,
    Requests,
    Time,
    /// Money in the currency of this ISO 4217 code.
    Money(&'static str),
    Percent,
    Multiple,
}

/// What a quantity measures: an exponent for each base dimension, `bytes: 1, time: -1` for `5 MiB/s`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
    bytes: i8,
    records: i8,
    requests: i8,
    time: i8,
    money: i8,
    /// The ISO 4217 code, if money is part of the dimension.
    currency: Option<&'static str>,
    proportion: Proportion,
}

/// How a number without a physical dimension is written. Percentages, multiples and plain numbers do not stand in for
/// each other: `30` where `30%` is meant is a mistake worth finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Proportion {
    #[default]
    Plain,
    Percent,
    Multiple,
}

/// The kinds of dimension that properties are declared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DimensionKind {
    /// A number without a unit: `4`, `0.25`.
    Number,
    /// A number of named things: `10 records`, `5 requests`.
    Count,
    /// `512 MB`
    Size,
    /// `90 d`
    Duration,
    /// A count, named or not, per time: `5_000/s`, `10 records/s`.
    Rate,
    /// A size per time: `5 MiB/s`.
    Throughput,
    /// `500 USD`
    Money,
    /// Money per time: `500 USD/month`.
    MoneyRate,
    /// `30%`
    Percent,
    /// `3x`
    Multiple,
    /// Any other quotient: `0.09 USD/GB`.
    Other,
}

impl Dimension {
    /// The dimension of `numerator` / `denominator`.
    pub(super) fn quotient(numerator: Option<Base>, denominator: Option<Base>) -> Self {
        let dimension = numerator.map_or(Self::default(), |base| Self::default().times(base, 1));
        denominator.map_or(dimension, |base| dimension.times(base, -1))
    }

    /// A number without a unit.
    pub const NUMBER: Dimension = Dimension::of(0, 0);
    /// Bytes.
    pub const SIZE: Dimension = Dimension::of(1, 0);
    /// Time.
    pub const DURATION: Dimension = Dimension::of(0, 1);
    /// A count per time, of nothing in particular.
    pub const RATE: Dimension = Dimension::of(0, -1);
    /// Bytes per time.
    pub const THROUGHPUT: Dimension = Dimension::of(1, -1);

    const fn of(bytes: i8, time: i8) -> Dimension {
        Dimension { bytes, records: 0, requests: 0, time, money: 0, currency: None, proportion: Proportion::Plain }
    }

    /// The dimension of a product. Percentages and multiples are numbers there, and bytes of so many records are bytes.
    /// `None` for money of two currencies.
    #[must_use]
    pub fn product(self, other: Dimension) -> Option<Dimension> {
        self.combine(other, i8::saturating_add)
    }

    /// The dimension of a quotient, by the same rules.
    #[must_use]
    pub fn ratio(self, other: Dimension) -> Option<Dimension> {
        self.combine(other, i8::saturating_sub)
    }

    fn combine(self, other: Dimension, exponent: fn(i8, i8) -> i8) -> Option<Dimension> {
        let currency = match (self.currency, other.currency) {
            (Some(one), Some(another)) if one != another => return None,
            (one, another) => one.or(another),
        };
        let money = exponent(self.money, other.money);
        let bytes = exponent(self.bytes, other.bytes);
        let count = |one: i8, another: i8| if bytes == 0 { exponent(one, another) } else { 0 };
        Some(Dimension {
            bytes,
            records: count(self.records, other.records),
            requests: count(self.requests, other.requests),
            time: exponent(self.time, other.time),
            money,
            currency: currency.filter(|_| money != 0),
            proportion: Proportion::Plain,
        })
    }

    /// The dimension of a sum, of the greater of two and the like: theirs, if they are the same but for the name of what
    /// is counted, which one of them may leave out.
    #[must_use]
    pub fn sum(self, other: Dimension) -> Option<Dimension> {
        let (one, another) = (self.plain(), other.plain());
        one.is_comparable_with(another).then_some(if one.is_unnamed() { another } else { one })
    }

    /// The same, with percentages and multiples as plain numbers.
    fn plain(self) -> Dimension {
        Dimension { proportion: Proportion::Plain, ..self }
    }

    fn times(mut self, base: Base, exponent: i8) -> Self {
        match base {
            Base::Bytes => self.bytes += exponent,
            Base::Records => self.records += exponent,
            Base::Requests => self.requests += exponent,
            Base::Time => self.time += exponent,
            Base::Money(currency) => {
                self.money += exponent;
                self.currency = Some(currency);
            }
            Base::Percent => self.proportion = Proportion::Percent,
            Base::Multiple => self.proportion = Proportion::Multiple,
        }
        self
    }

    /// The kind of property value that has this dimension.
    pub fn kind(self) -> DimensionKind {
        // Wider, for products of many counts have exponents at the end of their range.
        let counts = i16::from(self.records) + i16::from(self.requests);
        match (self.bytes, counts, self.time, self.money) {
            (0, 0, 0, 0) => match self.proportion {
                Proportion::Plain if self.is_unnamed() => DimensionKind::Number,
                Proportion::Plain => DimensionKind::Other,
                Proportion::Percent => DimensionKind::Percent,
                Proportion::Multiple => DimensionKind::Multiple,
            },
            (0, 1, 0, 0) => DimensionKind::Count,
            (1, 0, 0, 0) => DimensionKind::Size,
            (0, 0, 1, 0) => DimensionKind::Duration,
            (0, 0 | 1, -1, 0) => DimensionKind::Rate,
            (1, 0, -1, 0) => DimensionKind::Throughput,
            (0, 0, 0, 1) => DimensionKind::Money,
            (0, 0, -1, 1) => DimensionKind::MoneyRate,
            _ => DimensionKind::Other,
        }
    }

    /// The ISO 4217 code of the currency, if money is part of the dimension.
    pub fn currency(self) -> Option<&'static str> {
        self.currency
    }

    /// Whether amounts of the two dimensions can be compared: they are the same, or one counts things without naming
    /// them (`500/s`) and the other names them (`10 records/s`).
    pub(super) fn is_comparable_with(self, other: Self) -> bool {
        let unnamed = |dimension: Self| Self { records: 0, requests: 0, ..dimension };
        let names_one = |dimension: Self| matches!((dimension.records, dimension.requests), (1, 0) | (0, 1));
        let one_is_unnamed = (self.is_unnamed() && names_one(other)) || (other.is_unnamed() && names_one(self));
        self == other || (one_is_unnamed && unnamed(self) == unnamed(other))
    }

    fn is_unnamed(self) -> bool {
        self.records == 0 && self.requests == 0
    }

    /// `records` or `requests` if the dimension counts these.
    fn counted(self) -> Option<&'static str> {
        match (self.records, self.requests) {
            (1, 0) => Some("records"),
            (0, 1) => Some("requests"),
            _ => None,
        }
    }

    /// The base dimensions with the given sign, joined by `and`; `None` if there are none.
    fn factors(self, sign: i8) -> Option<String> {
        let exponents = [
            (self.money, self.currency.unwrap_or("money")),
            (self.bytes, "size"),
            (self.records, "record"),
            (self.requests, "request"),
            (self.time, "time"),
        ];
        let names: Vec<_> = exponents.iter().filter(|(e, _)| e.signum() == sign).map(|(_, name)| *name).collect();
        (!names.is_empty()).then(|| names.join(" and "))
    }
}

/// The dimension in words that fit behind "found": `a size`, `a rate (records per time)`, `money in USD per time`.
impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let currency = self.currency.unwrap_or("any currency");
        match self.kind() {
            DimensionKind::Number => f.write_str("a number without a unit"),
            DimensionKind::Count => write!(f, "a count of {}", self.counted().unwrap_or("things")),
            DimensionKind::Size => f.write_str("a size"),
            DimensionKind::Duration => f.write_str("a duration"),
            DimensionKind::Rate => match self.counted() {
                Some(things) => write!(f, "a rate ({things} per time)"),
                None => f.write_str("a rate (per time)"),
            },
            DimensionKind::Throughput => f.write_str("a size per time"),
            DimensionKind::Money => write!(f, "money in {currency}"),
            DimensionKind::MoneyRate => write!(f, "money in {currency} per time"),
            DimensionKind::Percent => f.write_str("a percentage"),
            DimensionKind::Multiple => f.write_str("a multiple"),
            DimensionKind::Other => {
                let numerator = self.factors(1).unwrap_or_else(|| "a number".to_owned());
                let denominator = self.factors(-1).map_or(String::new(), |factors| format!(" per {factors}"));
                write!(f, "{numerator}{denominator}")
            }
        }
    }
}
