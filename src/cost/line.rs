//! The lines of a bill.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::load;
use crate::model::{ArchitectureId, EdgeId, ElementId, Model, Settings, Variety};
use crate::prices::Confidence;
use crate::quantity::Amount;

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A service; or a group, for what it costs itself.
    Element(ElementId),
    /// A connection.
    Edge(EdgeId),
    /// A whole architecture, for what it costs itself.
    Architecture(ArchitectureId),
}

impl Subject {
    /// The groups that it costs something in, from the innermost one: those around it, and of a group, itself.
    pub fn groups(self, model: &Model) -> impl Iterator<Item = ElementId> + '_ {
        let first = match self {
            Subject::Element(id) if model.element(id).variety == Variety::Group => Some(id),
            Subject::Element(id) => model.element(id).group,
            Subject::Edge(id) => model.edge(id).group,
            Subject::Architecture(_) => None,
        };
        std::iter::successors(first, |group| model.element(*group).group)
    }

    /// Its properties.
    pub fn settings(self, model: &Model) -> &Settings {
        match self {
            Subject::Element(id) => &model.element(id).settings,
            Subject::Edge(id) => &model.edge(id).settings,
            Subject::Architecture(id) => &model.architecture(id).settings,
        }
    }
}

/// One meter of one service for a month of 730 h.
#[derive(Clone, Debug)]
pub struct Line {
    /// The architecture it belongs to.
    pub architecture: ArchitectureId,
    /// Whose meter it is.
    pub subject: Subject,
    /// The name of the meter.
    pub meter: SmolStr,
    /// The id of the price, with its variant after a `/`; empty for a declared cost.
    pub price: SmolStr,
    /// The region whose price holds; empty if none is known.
    pub region: SmolStr,
    /// The account that pays; empty for the one that all share.
    pub account: SmolStr,
    /// The properties that the quantity and the price depend on, sorted.
    pub inputs: Vec<SmolStr>,
    /// Whether the quantity depends on what moves.
    pub follows_load: bool,
    /// How much is used in a month, in units of the price; `None` if that is not known.
    pub quantity: Option<Amount>,
    /// The unit of the price, such as `GiB-month`; empty if there is no price.
    pub unit: SmolStr,
    pub(super) derivation: Derivation,
    /// What it costs, or why nobody knows.
    pub cost: Result<Cost, Gap>,
}

/// How a quantity came about. Most bills are made for their sums, so that it is put into words when somebody asks:
/// [`Line::derivation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Derivation {
    /// There is no quantity.
    Nothing,
    /// By `cost = …`.
    Declared,
    /// By the expression of the meter, and then rounded as these words say, if there are any.
    Metered(String),
}

/// What a line costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// The amount for a month.
    pub amount: Amount,
    /// The ISO 4217 code of its currency.
    pub currency: SmolStr,
    /// What one unit costs: the price of the row, or where tiers and free units come in, the mean.
    pub unit_price: Amount,
    /// How tiers and free units came in, in words; empty where they did not.
    pub remark: String,
    /// Who says so.
    pub source: Source,
}

/// Where a price is from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What it is, such as `aws-offer` or `declared`.
    pub kind: SmolStr,
    /// A reference: a document, a rate code, or a place in a file.
    pub reference: String,
    /// The rate code of the provider, if it is known.
    pub rate_code: Option<SmolStr>,
    /// When it was published, as far as that is known.
    pub published: Option<Date>,
    /// When it was read.
    pub read: Option<Date>,
    /// How far it can be relied on; none for what the team declares itself.
    pub confidence: Option<Confidence>,
}

/// Why a line is unpriced.
#[derive(Clone, Debug, PartialEq)]
pub enum Gap {
    /// The kind of the service has no meters, and nothing says that it is free.
    NoMeters,
    /// A property without a value.
    Property(SmolStr),
    /// A load that is not known, and what would make it known.
    Load(load::Gap),
    /// The size of what moves is not known.
    Size,
    /// The quantity comes out less than 0.
    Negative,
    /// A quotient whose divisor is 0.
    Quotient,
    /// A number that is too large to compute with.
    Magnitude,
    /// The service says no region, and prices differ between regions.
    NoRegion,
    /// The price book has no such price.
    NoPrice,
    /// It has, but not for this variant; it knows these.
    NoVariant(String, Vec<SmolStr>),
    /// It has, but not for this region; it knows these.
    NoPriceInRegion(SmolStr, Vec<SmolStr>),
    /// Its sources contradict each other; these figures are given.
    Conflicting(Vec<SmolStr>),
    /// The meter measures another thing than the price is for.
    Dimension(String, SmolStr),
}
