//! What can be wrong with a quantity.

use std::ops::Range;

use smol_str::SmolStr;
use thiserror::Error;

use super::Quantity;

/// Why a text is not a quantity. Ranges are in bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// The text does not begin with a number.
    #[error("this is not a number")]
    NotANumber {
        /// What was read as the number.
        range: Range<usize>,
    },
    /// The unit is not one that archc knows.
    #[error("unknown unit `{unit}`")]
    UnknownUnit {
        /// The part of the unit that is not known.
        unit: SmolStr,
        /// What was probably meant.
        nearest: Option<&'static str>,
        /// Where `unit` is.
        range: Range<usize>,
    },
    /// The unit counts bits.
    #[error("`{unit}` counts bits, and sizes are in bytes")]
    Bits {
        /// The unit.
        unit: SmolStr,
        /// The unit of the same prefix that counts bytes, eight times as much.
        bytes: &'static str,
        /// Where `unit` is.
        range: Range<usize>,
    },
    /// A unit that has no rate per anything stands before `/`: `30 %/d`.
    #[error("`{unit}` cannot stand before `/`")]
    BadNumerator {
        /// The unit.
        unit: SmolStr,
        /// Where `unit` is.
        range: Range<usize>,
    },
    /// A unit that nothing is measured by stands after `/`: `5 GB/USD`.
    #[error("`{unit}` cannot stand after `/`")]
    BadDenominator {
        /// The unit.
        unit: SmolStr,
        /// Where `unit` is.
        range: Range<usize>,
    },
    /// Nothing stands after `/`.
    #[error("a unit is missing after `/`")]
    NoDenominator {
        /// Where the `/` is.
        range: Range<usize>,
    },
    /// The amount has more digits than can be held exactly.
    #[error("this has more digits than can be computed with exactly")]
    TooLarge {
        /// The number, or the number with its unit.
        range: Range<usize>,
    },
}

impl QuantityError {
    /// The bytes of the text that are to blame.
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::NotANumber { range }
            | Self::UnknownUnit { range, .. }
            | Self::Bits { range, .. }
            | Self::BadNumerator { range, .. }
            | Self::BadDenominator { range, .. }
            | Self::NoDenominator { range }
            | Self::TooLarge { range } => range.clone(),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::NotANumber { .. } => {
                "write digits, with single `_` between them if you like, such as `5_000` or `0.25`".to_owned()
            }
            Self::UnknownUnit { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownUnit { nearest: None, .. } => {
                "units are sizes (`MB`, `MiB`), times (`ms`, `h`, `month`), counts (`records`, `requests`), \
                 currencies (`USD`), `%`, `x`, and quotients of these (`/s`, `MB/s`, `USD/month`)"
                    .to_owned()
            }
            Self::Bits { bytes, .. } => format!("write `{bytes}` if bytes are meant, else divide the number by 8"),
            Self::BadNumerator { .. } => "a size, a time, a count or money may stand before `/`, or nothing".to_owned(),
            Self::BadDenominator { .. } | Self::NoDenominator { .. } => {
                "a time, a size or a count stands after `/`, as in `500 USD/month`".to_owned()
            }
            Self::TooLarge { .. } => "use fewer digits or a larger unit".to_owned(),
        }
    }
}

/// Two quantities that measure different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("`{left}` is {} and `{right}` is {}: they cannot be compared", .left.dimension(), .right.dimension())]
pub struct DimensionMismatch {
    /// The quantity that was to be compared.
    pub left: Quantity,
    /// The quantity that it was to be compared with.
    pub right: Quantity,
}
