//! Records that move: how many a second, and of which size.

use std::collections::BTreeMap;

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

/// Records of several sizes. Sizes are kept apart, since what is rounded for each record cannot be rounded for their mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// By the size of one record in bytes; `None` is a size that nobody declared.
    parcels: BTreeMap<Option<Amount>, Rates>,
}

impl Flow {
    /// Nothing.
    pub fn none() -> Flow {
        Flow::default()
    }

    /// Records of one size.
    pub fn of(rates: Rates, size: Option<Amount>) -> Flow {
        Flow { parcels: BTreeMap::from([(size, rates)]) }
    }

    /// The sizes in bytes and their rates, the unknown size first, then from the smallest.
    pub fn parcels(&self) -> impl ExactSizeIterator<Item = (Option<Amount>, Rates)> + '_ {
        self.parcels.iter().map(|(size, rates)| (*size, *rates))
    }

    /// Whether nothing moves.
    pub fn is_none(&self) -> bool {
        self.parcels.is_empty()
    }

    /// Records a second; `None` if that is too large a number.
    pub fn records(&self) -> Option<Rates> {
        self.parcels.values().try_fold(Rates::NONE, |sum, rates| sum.checked_add(*rates))
    }

    /// Bytes a second; `None` if a size is not known, or that is too large a number.
    pub fn bytes(&self) -> Option<Rates> {
        self.parcels().try_fold(Rates::NONE, |sum, (size, rates)| sum.checked_add(rates.scaled(size?)?))
    }

    /// Whether the size of each record is known.
    pub fn has_sizes(&self) -> bool {
        !self.parcels.contains_key(&None)
    }

    /// Adds records.
    #[must_use]
    pub fn merged(mut self, other: &Flow) -> Option<Flow> {
        for (size, rates) in other.parcels() {
            self.insert(size, rates)?;
        }
        Some(self.limited())
    }

    /// The same records, so many times as often.
    #[must_use]
    pub fn scaled(&self, factor: Amount) -> Option<Flow> {
        self.mapped(|size, rates| Some((size, rates.scaled(factor)?)))
    }

    /// Each record and its rates made into another.
    #[must_use]
    pub fn mapped(&self, map: impl Fn(Option<Amount>, Rates) -> Option<(Option<Amount>, Rates)>) -> Option<Flow> {
        let mut flow = Flow::none();
        for (size, rates) in self.parcels() {
            let (size, rates) = map(size, rates)?;
            flow.insert(size, rates)?;
        }
        Some(flow)
    }

    /// The flow whose mean is the peak of this one.
    #[must_use]
    pub fn at_peak(&self) -> Flow {
        let parcels = self.parcels();
        Flow { parcels: parcels.map(|(size, rates)| (size, Rates { mean: rates.peak, ..rates })).collect() }
    }

    fn insert(&mut self, size: Option<Amount>, rates: Rates) -> Option<()> {
        let entry = self.parcels.entry(size).or_insert(Rates::NONE);
        *entry = entry.checked_add(rates)?;
        Some(())
    }

    /// Merges neighbours where there are too many sizes, which would make work and memory grow with the square of a
    /// system's size. What is merged keeps its records and its bytes, in the mean.
    fn limited(self) -> Flow {
        if self.parcels.len() <= MAX_SIZES {
            return self;
        }
        let mut flow = Flow::none();
        let mut waiting: Option<(Amount, Rates)> = None;
        for (size, rates) in self.parcels() {
            let (Some(size), earlier) = (size, waiting.take()) else {
                flow.parcels.insert(None, rates);
                continue;
            };
            match earlier {
                None => waiting = Some((size, rates)),
                Some(earlier) => {
                    if let Some((mean, both)) = mean_of(earlier, (size, rates)) {
                        flow.insert(Some(mean), both);
                    } else {
                        flow.parcels.insert(Some(earlier.0), earlier.1);
                        flow.parcels.insert(Some(size), rates);
                    }
                }
            }
        }
        flow.parcels.extend(waiting.map(|(size, rates)| (Some(size), rates)));
        flow
    }
}

fn mean_of(one: (Amount, Rates), other: (Amount, Rates)) -> Option<(Amount, Rates)> {
    let both = one.1.checked_add(other.1)?;
    let bytes = one.0.checked_mul(one.1.mean)?.checked_add(other.0.checked_mul(other.1.mean)?)?;
    Some((bytes.checked_div(both.mean)?, both))
}
