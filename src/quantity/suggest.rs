//! What was probably meant by a unit that is not known.

use smol_str::SmolStr;

use super::currency;
use super::error::QuantityError;
use super::unit::NAMES;

/// Habits from elsewhere that no measure of likeness finds.
const HABITS: &[(&str, &str)] = &[
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("m", "min"),
    ("mins", "min"),
    ("sec", "s"),
    ("secs", "s"),
    ("hr", "h"),
    ("hrs", "h"),
    ("wk", "week"),
    ("mo", "month"),
    ("mon", "month"),
    ("mth", "month"),
    ("yr", "year"),
    ("msg", "messages"),
    ("msgs", "messages"),
    ("recs", "records"),
    ("reqs", "requests"),
    ("rps", "requests/s"),
    ("tps", "requests/s"),
    ("qps", "queries/s"),
    ("Bps", "B/s"),
    ("KBps", "KB/s"),
    ("kBps", "KB/s"),
    ("MBps", "MB/s"),
    ("GBps", "GB/s"),
    ("pct", "%"),
    ("percent", "%"),
    ("times", "x"),
];

/// The units of bits, by their prefix, and the bytes of the same prefix.
const BITS: &[(&str, &str)] = &[
    ("", "B"),
    ("K", "KB"),
    ("k", "KB"),
    ("M", "MB"),
    ("G", "GB"),
    ("T", "TB"),
    ("P", "PB"),
    ("Ki", "KiB"),
    ("Mi", "MiB"),
    ("Gi", "GiB"),
    ("Ti", "TiB"),
    ("Pi", "PiB"),
];

/// The error about a unit that is not known, which begins at byte `start`.
pub(super) fn unknown(name: &str, start: usize) -> QuantityError {
    let range = start..start + name.len();
    let unit = SmolStr::new(name);
    // Small letters are how many write a size; those who count bits write `kbit` or `Kb`.
    match bytes_for_bits(name).filter(|_| name != "kb") {
        Some(bytes) => QuantityError::Bits { unit, bytes, range },
        None => QuantityError::UnknownUnit { nearest: nearest(name), unit, range },
    }
}

/// The bytes that correspond to a unit of bits: `MB` for `Mb`, `Mbit`, `Mbits` and `Mbps`.
fn bytes_for_bits(name: &str) -> Option<&'static str> {
    let prefix = ["bits", "bit", "bps", "b"].iter().find_map(|suffix| name.strip_suffix(suffix))?;
    BITS.iter().find(|(candidate, _)| *candidate == prefix).map(|(_, bytes)| *bytes)
}

/// Whether a unit is what people elsewhere write for another one. `m` may be minutes, months or metres.
pub fn is_habit(unit: &str, meant: &str) -> bool {
    unit != "m" && HABITS.iter().any(|(habit, of)| habit.eq_ignore_ascii_case(unit) && *of == meant)
}

/// The known unit that is most like `name`: a habit, the same but for case, or one slip away (two in a long word).
fn nearest(name: &str) -> Option<&'static str> {
    if let Some((_, meant)) = HABITS.iter().find(|(habit, _)| habit.eq_ignore_ascii_case(name)) {
        return Some(meant);
    }
    let known = || NAMES.iter().copied().chain(currency::codes());
    if let Some(same) = known().find(|candidate| candidate.eq_ignore_ascii_case(name)) {
        return Some(same);
    }
    // One slip makes anything of a symbol of one or two letters.
    let slips = match name.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    known()
        .filter(|candidate| candidate.len() > 2)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
