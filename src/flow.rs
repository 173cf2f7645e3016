//! Records that move: how many a second, and of which size.

use std::sync::Arc;

use crate::quantity::Amount;

/// How many sizes are kept apart before the nearest are merged.
const MAX_SIZES: usize = 128;

/// How often something happens, a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// On the whole. Costs follow from it.
    pub mean: Amount,
    /// At the busiest time. Quotas are held against it.
    pub peak: Amount,
}

impl Rates {
    /// Nothing ever happens.
    pub const NONE: Rates = Rates { mean: Amount::ZERO, peak: Amount::ZERO };

    /// Both together; `None` if that is too large.
    #[must_use]
    pub fn checked_add(self, other: Rates) -> Option<Rates> {
        Some(Rates { mean: self.mean.checked_add(other.mean)?, peak: self.peak.checked_add(other.peak)? })
    }

    /// So many times as often; `None` if that is too large.
    #[must_use]
    pub fn scaled(self, factor: Amount) -> Option<Rates> {
        Some(Rates { mean: self.mean.checked_mul(factor)?, peak: self.peak.checked_mul(factor)? })
    }
}

/// Which of the two rates counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The mean: for costs.
    Mean,
    /// The peak: for quotas.
    Peak,
}

/// Records of one size in bytes, and how often they come; `None` is a size that nobody declared.
type Parcel = (Option<Amount>, Rates);

/// Records of several sizes. Sizes are kept apart, since what is rounded for each record cannot be rounded for their mean.
/// Most services pass on what they receive, so that flows are shared rather than copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// By size, each of which is there once.
    parcels: Arc<[Parcel]>,
}

impl Flow {
    /// Nothing.
    pub fn none() -> Flow {
        Flow::default()
    }

    /// Records of one size.
    pub fn of(rates: Rates, size: Option<Amount>) -> Flow {
        Flow { parcels: Arc::new([(size, rates)]) }
    }

    /// The sizes in bytes and their rates, the unknown size first, then from the smallest.
    pub fn parcels(&self) -> impl ExactSizeIterator<Item = (Option<Amount>, Rates)> + '_ {
        self.parcels.iter().copied()
    }

    /// Whether nothing moves.
    pub fn is_none(&self) -> bool {
        self.parcels.is_empty()
    }

    /// Records a second; `None` if that is too large a number.
    pub fn records(&self) -> Option<Rates> {
        self.parcels().try_fold(Rates::NONE, |sum, (_, rates)| sum.checked_add(rates))
    }

    /// Bytes a second; `None` if a size is not known, or that is too large a number.
    pub fn bytes(&self) -> Option<Rates> {
        self.parcels().try_fold(Rates::NONE, |sum, (size, rates)| sum.checked_add(rates.scaled(size?)?))
    }

    /// Whether the size of each record is known.
    pub fn has_sizes(&self) -> bool {
        self.parcels.first().is_none_or(|(size, _)| size.is_some())
    }

    /// Adds records.
    #[must_use]
    pub fn merged(self, other: &Flow) -> Option<Flow> {
        if self.is_none() {
            return Some(other.clone());
        }
        let mut parcels = self.parcels.to_vec();
        for (size, rates) in other.parcels() {
            insert(&mut parcels, size, rates)?;
        }
        Some(limited(parcels))
    }

    /// The same records, so many times as often.
    #[must_use]
    pub fn scaled(&self, factor: Amount) -> Option<Flow> {
        self.mapped(|size, rates| Some((size, rates.scaled(factor)?)))
    }

    /// Each record and its rates made into another.
    #[must_use]
    pub fn mapped(&self, map: impl Fn(Option<Amount>, Rates) -> Option<(Option<Amount>, Rates)>) -> Option<Flow> {
        let mut parcels = Vec::with_capacity(self.parcels.len());
        for (size, rates) in self.parcels() {
            let (size, rates) = map(size, rates)?;
            insert(&mut parcels, size, rates)?;
        }
        Some(Flow { parcels: parcels.into() })
    }

    /// The flow whose mean is the peak of this one.
    #[must_use]
    pub fn at_peak(&self) -> Flow {
        let parcels = self.parcels();
        Flow { parcels: parcels.map(|(size, rates)| (size, Rates { mean: rates.peak, ..rates })).collect() }
    }
}

/// Adds records of one size to sorted ones.
fn insert(parcels: &mut Vec<Parcel>, size: Option<Amount>, rates: Rates) -> Option<()> {
    match parcels.binary_search_by_key(&size, |(size, _)| *size) {
        Ok(at) => {
            let (_, sum) = parcels.get_mut(at)?;
            *sum = sum.checked_add(rates)?;
        }
        Err(at) => parcels.insert(at, (size, rates)),
    }
    Some(())
}

/// Merges neighbours where there are too many sizes, which would make work and memory grow with the square of a
/// system's size. What is merged keeps its records and its bytes, in the mean.
fn limited(parcels: Vec<Parcel>) -> Flow {
    if parcels.len() <= MAX_SIZES {
        return Flow { parcels: parcels.into() };
    }
    let mut fewer = Vec::with_capacity(parcels.len());
    let mut waiting: Option<(Amount, Rates)> = None;
    for (size, rates) in parcels {
        let (Some(size), earlier) = (size, waiting.take()) else {
            fewer.push((None, rates));
            continue;
        };
        match earlier {
            None => waiting = Some((size, rates)),
            Some(earlier) => {
                if let Some((mean, both)) = mean_of(earlier, (size, rates)) {
                    fewer.push((Some(mean), both));
                } else {
                    fewer.push((Some(earlier.0), earlier.1));
                    fewer.push((Some(size), rates));
                }
            }
        }
    }
    fewer.extend(waiting.map(|(size, rates)| (Some(size), rates)));
    Flow { parcels: fewer.into() }
}

fn mean_of(one: (Amount, Rates), other: (Amount, Rates)) -> Option<(Amount, Rates)> {
    let both = one.1.checked_add(other.1)?;
    let bytes = one.0.checked_mul(one.1.mean)?.checked_add(other.0.checked_mul(other.1.mean)?)?;
    Some((bytes.checked_div(both.mean)?, both))
}
