//! What one unit of a price is.

use smol_str::SmolStr;

use crate::quantity::{Amount, Dimension, Quantity};
use crate::suggest::nearest;

/// The unit of a price: `GiB-month`, `shard-hour`, `request`.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceUnit {
    /// As it is written.
    pub text: SmolStr,
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units (bytes, seconds, and products of these) one is.
    pub size: Amount,
}

/// Why a text is no unit of a price.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NoUnit {
    /// The factor to blame; empty if there is nothing between two `-`.
    pub(super) factor: SmolStr,
    /// What to do about it.
    pub(super) help: String,
}

impl PriceUnit {
    /// Whether the unit is what a month of something that measures this comes to.
    pub fn bills(&self, measured: Dimension) -> bool {
        let month = measured.product(Dimension::DURATION);
        month.and_then(|month| month.sum(self.dimension)).is_some()
    }

    /// Reads a unit: factors joined by `-`. A factor that is no unit of size or time counts things, as `shard` does.
    pub(super) fn parse(text: &str) -> Result<PriceUnit, NoUnit> {
        let (mut dimension, mut size) = (Dimension::NUMBER, Amount::ONE);
        for factor in text.split('-') {
            let refuse = |help: String| NoUnit { factor: factor.into(), help };
            if factor.is_empty() || !factor.chars().all(|c| c.is_alphanumeric() || c == '_') {
                return Err(refuse("join words by `-`: `GiB-month`, `shard-hour`, `request`".to_owned()));
            }
            let Ok(one) = Quantity::parse(&format!("1 {factor}")) else {
                advice(factor).map_or(Ok(()), |help| Err(refuse(help)))?;
                continue;
            };
            if !matters(one.dimension()) {
                continue;
            }
            let product = dimension.product(one.dimension()).zip(one.amount().and_then(|one| size.checked_mul(one)));
            (dimension, size) = product.ok_or_else(|| refuse("it is too large with the others".to_owned()))?;
        }
        Ok(PriceUnit { text: text.into(), dimension, size })
    }
}

/// What to write for a word that looks like a unit and would count things otherwise.
fn advice(factor: &str) -> Option<String> {
    const UNITS: [&str; 12] = ["KiB", "MiB", "GiB", "TiB", "KB", "MB", "GB", "TB", "second", "minute", "hour", "month"];
    let near = match factor.to_ascii_lowercase().as_str() {
        "hr" | "hrs" => Some("hour"),
        "mo" | "mth" | "mths" => Some("month"),
        "sec" | "secs" => Some("second"),
        "thousand" | "million" | "billion" => {
            return Some("write `per = \"1_000_000\"`: the price is for so many units".to_owned());
        }
        _ => nearest(factor, UNITS),
    };
    near.map(|near| format!("did you mean `{near}`?"))
}

/// Whether a unit measures more than how many.
fn matters(dimension: Dimension) -> bool {
    dimension == Dimension::SIZE || dimension == Dimension::DURATION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_sizes_and_times_and_counts_the_rest() {
        let unit =
            |text: &str| PriceUnit::parse(text).map(|unit| (unit.dimension.to_string(), unit.size.to_string())).ok();
        let table = [
            ("request", "a number without a unit", "1"),
            ("shard-hour", "a duration", "3600"),
            ("GiB", "a size", "1073741824"),
            ("GiB-month", "size and time", "2821793513472000"),
            ("GiB-second", "size and time", "1073741824"),
            ("object-month", "a duration", "2628000"),
            ("DPU-hour", "a duration", "3600"),
        ];
        for (text, dimension, size) in table {
            assert_eq!(unit(text), Some((dimension.to_owned(), size.to_owned())), "{text}");
        }
        assert_eq!(unit("GiB-"), None);
        assert_eq!(unit(""), None);
        assert_eq!(unit("GiB/month"), None);
    }

    #[test]
    fn refuses_what_would_count_things_by_mistake() {
        let help = |text: &str| PriceUnit::parse(text).unwrap_err().help;
        assert_eq!(help("GIB-month"), "did you mean `GiB`?");
        assert_eq!(help("shard-huor"), "did you mean `hour`?");
        assert_eq!(help("GiB-mo"), "did you mean `month`?");
        assert!(help("million").contains("per ="));
    }
}
