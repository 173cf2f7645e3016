//! Amounts for people to read: in the unit that suits them.

use rust_decimal::Decimal;

use super::{Amount, Dimension, DimensionKind};

/// A unit: its name and how many base units it is.
type Scale = (&'static str, i128, i128);

const SIZES: [Scale; 11] = [
    ("TiB", 1_099_511_627_776, 1),
    ("TB", 1_000_000_000_000, 1),
    ("GiB", 1_073_741_824, 1),
    ("GB", 1_000_000_000, 1),
    ("MiB", 1_048_576, 1),
    ("MB", 1_000_000, 1),
    ("KiB", 1_024, 1),
    ("KB", 1_000, 1),
    ("B", 1, 1),
    ("B", 1, 1),
    ("B", 1, 1),
];
const BYTES: Scale = ("B", 1, 1);
const TIMES: [Scale; 7] = [
    ("year", 31_536_000, 1),
    ("month", 2_628_000, 1),
    ("d", 86_400, 1),
    ("h", 3_600, 1),
    ("min", 60, 1),
    ("s", 1, 1),
    ("ms", 1, 1_000),
];
const PERIODS: [Scale; 5] = [("s", 1, 1), ("min", 60, 1), ("h", 3_600, 1), ("d", 86_400, 1), ("month", 2_628_000, 1)];

/// Decimal places of an exact figure that is still easy to read.
const PLACES: u32 = 6;

impl Amount {
    /// The amount of a dimension in words, exact where a few digits can say it: `2 KiB`, `5,000/s`, `24/d`, `3.90625 MiB/s`.
    pub fn in_words(self, dimension: Dimension) -> String {
        self.with_detail(dimension, Detail::Full)
    }

    /// The same with three digits, or as many as its whole part has, for diagrams and columns of tables: `4.1 MB/s`.
    pub fn in_brief(self, dimension: Dimension) -> String {
        self.with_detail(dimension, Detail::Brief)
    }

    /// Two amounts in brief that are compared: in one unit, that of the smaller one.
    pub fn pair_in_brief(one: Amount, other: Amount, dimension: Dimension) -> [String; 2] {
        Amount::all_in_brief([one, other], dimension)
    }

    /// Several amounts in brief that are compared: in one unit, that of the smallest that is not 0.
    pub fn all_in_brief<const N: usize>(all: [Amount; N], dimension: Dimension) -> [String; N] {
        let Some(smallest) = all.into_iter().filter(|it| !it.is_zero()).min() else {
            return all.map(|it| it.in_brief(dimension));
        };
        let period =
            PERIODS.iter().find(|it| smallest.checked_mul(Amount::whole(it.1)).is_some_and(|it| it >= Amount::ONE));
        let period = period.unwrap_or(&PERIODS[0]);
        let per = |amount: Amount| amount.checked_mul(Amount::whole(period.1)).unwrap_or(amount);
        match dimension.kind() {
            DimensionKind::Rate => all.map(|it| format!("{}/{}", grouped(brief(per(it))), period.0)),
            DimensionKind::Throughput => {
                let all = all.map(per);
                let scale = common_scale(&all, per(smallest));
                all.map(|it| format!("{}/{}", with_unit(it, &[scale], Detail::Brief), period.0))
            }
            _ => all.map(|it| it.in_brief(dimension)),
        }
    }

    /// A part of a whole as a percentage, rounded down to four places, so that 99.99999% is not taken for all of it.
    pub fn in_percent(self) -> String {
        const PLACES: Amount = Amount::whole(10_000);
        let percent = self.checked_mul(Amount::whole(100)).and_then(|percent| percent.checked_mul(PLACES));
        let floored = percent.and_then(|percent| percent.floor().checked_div(PLACES));
        format!("{}%", floored.unwrap_or(self))
    }

    fn with_detail(self, dimension: Dimension, detail: Detail) -> String {
        match dimension.kind() {
            DimensionKind::Size => with_unit(self, &SIZES, detail),
            DimensionKind::Duration => with_unit(self, &TIMES, detail),
            DimensionKind::Rate => per_time(self, detail, &|amount| grouped(detail.figure(amount))),
            DimensionKind::Throughput => per_time(self, detail, &|amount| with_unit(amount, &SIZES, detail)),
            _ => grouped(detail.figure(self)),
        }
    }
}

/// How much is said of an amount.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Full,
    Brief,
}

impl Detail {
    fn figure(self, amount: Amount) -> Decimal {
        match self {
            Detail::Full => rounded(amount),
            Detail::Brief => brief(amount),
        }
    }
}

/// The number with commas between groups of three digits of its whole part.
pub fn grouped(number: Decimal) -> String {
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(if number.is_sign_negative() && !number.is_zero() { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The decimal with few places, or with as many as its first digits need.
fn rounded(amount: Amount) -> Decimal {
    let Some(exact) = amount.decimal() else { return Decimal::MAX };
    if exact.scale() <= PLACES {
        return exact;
    }
    exact.round_sf(PLACES).unwrap_or(exact).normalize()
}

/// The decimal with three digits, or with all of its whole part.
fn brief(amount: Amount) -> Decimal {
    const FIGURES: u32 = 3;
    let Some(exact) = amount.decimal() else { return Decimal::MAX };
    let rounded = if exact.abs() >= Decimal::ONE_HUNDRED { amount.round(0) } else { exact.round_sf(FIGURES) };
    rounded.unwrap_or(exact).normalize()
}

fn is_short(amount: Amount) -> bool {
    amount.decimal().is_some_and(|exact| exact.scale() <= 3)
}

/// In the largest unit that gives a short number of at least 1, else in the largest that is not larger than the amount. In
/// brief, in the largest anyway.
fn with_unit(amount: Amount, scales: &[Scale], detail: Detail) -> String {
    let size = if amount.is_negative() { Amount::ZERO.checked_sub(amount).unwrap_or(amount) } else { amount };
    let in_scale = |scale: &Scale| Amount::fraction(scale.1, scale.2).and_then(|unit| amount.checked_div(unit));
    let reaches = |scale: &&Scale| Amount::fraction(scale.1, scale.2).is_some_and(|unit| size >= unit);
    let mut fitting = scales.iter().filter(reaches);
    let suiting = match detail {
        Detail::Full => fitting.clone().find(|scale| in_scale(scale).is_some_and(is_short)),
        Detail::Brief => {
            // Powers of 1024 where they are the shorter ones: a column is easier to read in one sort of units.
            let [binary, decimal] = [true, false].map(|it| fitting.clone().find(|scale| scale.0.ends_with("iB") == it));
            let places = |scale: &&Scale| in_scale(scale).and_then(Amount::decimal).map_or(u32::MAX, |it| it.scale());
            binary.filter(|it| decimal.is_none_or(|other| places(it) < places(&other))).or(decimal)
        }
    };
    let scale = suiting.or_else(|| fitting.next()).or(scales.last());
    match scale.and_then(|scale| Some((scale.0, in_scale(scale)?))) {
        Some((unit, number)) => format!("{} {unit}", grouped(detail.figure(number))),
        None => grouped(detail.figure(amount)),
    }
}

/// The unit of a size that suits several: the largest that the smallest of them reaches, and one of the powers of 1024 only where
/// these make none of them longer.
fn common_scale(all: &[Amount], smallest: Amount) -> Scale {
    let reached = |is_binary: bool| {
        SIZES.iter().find(|scale| scale.0.ends_with("iB") == is_binary && smallest >= Amount::whole(scale.1))
    };
    let places = |scale: &Scale| -> Vec<u32> {
        let place = |it: &Amount| it.checked_div(Amount::whole(scale.1)).and_then(Amount::decimal);
        all.iter().map(|it| place(it).map_or(u32::MAX, |it| it.normalize().scale())).collect()
    };
    let decimal = reached(false).unwrap_or(&BYTES);
    let is_shorter = |binary: &&Scale| {
        let (binary, decimal) = (places(binary), places(decimal));
        binary != decimal && binary.iter().zip(&decimal).all(|(binary, decimal)| binary <= decimal)
    };
    *reached(true).filter(is_shorter).unwrap_or(decimal)
}

/// Whether a decimal takes few digits, zeros at its end not counted.
fn is_simple(amount: Amount) -> bool {
    const FIGURES: usize = 6;
    let digits = |exact: Decimal| exact.mantissa().to_string().trim_start_matches('-').trim_end_matches('0').len();
    amount.decimal().is_some_and(|exact| digits(exact) <= FIGURES)
}

/// Per second, or per the shortest longer time that gives a simple number of at least 1; in brief, any such number.
fn per_time(amount: Amount, detail: Detail, words: &dyn Fn(Amount) -> String) -> String {
    let in_period = |scale: &Scale| Some((scale.0, amount.checked_mul(Amount::whole(scale.1))?));
    let periods = || PERIODS.iter().filter_map(in_period).filter(|(_, number)| *number >= Amount::ONE);
    let short = periods().find(|(_, number)| detail == Detail::Full && is_short(*number) && is_simple(*number));
    let (unit, number) = short.or_else(|| periods().next()).unwrap_or((PERIODS[0].0, amount));
    format!("{}/{unit}", words(number))
}
