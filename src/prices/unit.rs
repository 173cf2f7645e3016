//! What one unit of a price is.

use smol_str::SmolStr;

use crate::quantity::{Amount, Dimension, Quantity};

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

impl PriceUnit {
    /// Reads a unit: factors joined by `-`. A factor that is no unit of size or time counts things, as `shard` does.
    pub fn parse(text: &str) -> Option<PriceUnit> {
        let (mut dimension, mut size) = (Dimension::NUMBER, Amount::ONE);
        for factor in text.split('-') {
            if factor.is_empty() || !factor.chars().all(|c| c.is_alphanumeric() || c == '_') {
                return None;
            }
            let Ok(one) = Quantity::parse(&format!("1 {factor}")) else { continue };
            let measured = one.dimension();
            if measured.product(Dimension::NUMBER)? == measured && matters(measured) {
                dimension = dimension.product(measured)?;
                size = size.checked_mul(one.amount()?)?;
            }
        }
        Some(PriceUnit { text: text.into(), dimension, size })
    }
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
        let unit = |text: &str| PriceUnit::parse(text).map(|unit| (unit.dimension.to_string(), unit.size.to_string()));
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
}
