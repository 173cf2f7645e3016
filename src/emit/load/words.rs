//! Loads in a few words.

use crate::catalog::Value;
use crate::flow::{Flow, Rates};
use crate::load::{Capacity, Growth, Hidden, Known, NodeLoad};
use crate::model::{ElementId, Model, Settings};
use crate::quantity::{Amount, Dimension, DimensionKind, grouped};

/// How many names or sizes stand in a list before it says how many more there are.
const FEW: usize = 3;

/// What stands for a figure that is not known.
const UNKNOWN: &str = "unknown";

/// The figures of a flow, each for a column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Records a second in the mean: `5,000/s`.
    pub records: String,
    /// The same at the peak.
    pub peak: String,
    /// Bytes a second in the mean: `4.88 MiB/s`.
    pub bytes: String,
    /// The same at the peak.
    pub peak_bytes: String,
    /// The sizes of the records, from the smallest.
    pub sizes: String,
}

impl Figures {
    /// The figures of a flow.
    pub fn of(flow: &Known) -> Figures {
        let Ok(flow) = flow else { return Figures { records: UNKNOWN.to_owned(), ..Figures::default() } };
        if flow.is_none() {
            return Figures { records: "nothing".to_owned(), ..Figures::default() };
        }
        let (records, bytes) = (flow.records(), flow.bytes());
        let words = |amount: Option<Amount>, dimension: Dimension| {
            amount.map_or_else(|| UNKNOWN.to_owned(), |amount| amount.in_brief(dimension))
        };
        Figures {
            records: words(records.map(|rates| rates.mean), Dimension::RATE),
            peak: words(records.map(|rates| rates.peak), Dimension::RATE),
            bytes: words(bytes.map(|rates| rates.mean), Dimension::THROUGHPUT),
            peak_bytes: words(bytes.map(|rates| rates.peak), Dimension::THROUGHPUT),
            sizes: sizes(flow),
        }
    }

    /// The figures of a flow that comes along so many edges; none, if that is along none.
    pub fn along(flow: &Known, edges: usize) -> Figures {
        if edges == 0 { Figures::default() } else { Figures::of(flow) }
    }
}

/// The sizes of the mean; and where batches are fuller at the peak, theirs.
fn sizes(flow: &Flow) -> String {
    let words = |size: &Option<Amount>| size.map_or_else(|| UNKNOWN.to_owned(), |size| size.in_brief(Dimension::SIZE));
    let (at_peak, in_mean): (Vec<_>, Vec<_>) =
        flow.parcels().partition(|(_, rates)| rates.mean.is_zero() && !rates.peak.is_zero());
    let of = |parcels: Vec<(Option<Amount>, Rates)>| few(parcels.iter().map(|(size, _)| words(size)));
    match (at_peak.is_empty(), in_mean.is_empty()) {
        (true, _) => of(in_mean),
        (_, true) => of(at_peak),
        _ => format!("{}, {} at the peak", of(in_mean), of(at_peak)),
    }
}

/// A flow as the label of an arrow: `5,000/s, 4.88 MiB/s`.
pub fn label(flow: &Known) -> String {
    let figures = Figures::of(flow);
    if figures.bytes.is_empty() || figures.bytes == UNKNOWN {
        return figures.records;
    }
    format!("{}, {}", figures.records, figures.bytes)
}

/// What an element emits: `5,000/s of 1 KB`.
pub fn emission(flow: &Known) -> String {
    let Figures { records, sizes, .. } = Figures::of(flow);
    if sizes.is_empty() || sizes == UNKNOWN { records } else { format!("{records} of {sizes}") }
}

/// What comes to an element along side channels; empty if they do not say how often they fire.
pub fn aside(load: &NodeLoad) -> String {
    if load.side_edges > 0 && load.side.is_ok() { emission(&load.side) } else { String::new() }
}

/// How many times as much load a quota allows: `2.4x`. `adapts` where what it allows grows with the load, `fixed` where
/// neither amount has to do with it, `unused` where nothing uses it. Rounded down, so that 0.999 is not taken for 1.
pub fn headroom(capacity: &Capacity<'_>) -> String {
    match capacity.headroom() {
        _ if capacity.adapts && !capacity.is_exceeded() => "adapts".to_owned(),
        _ if capacity.is_fixed && !capacity.is_exceeded() => "fixed".to_owned(),
        Some(headroom) => multiple(headroom),
        None => "unused".to_owned(),
    }
}

/// What is used of a quota, and what it allows.
pub fn usage(capacity: &Capacity<'_>) -> [String; 2] {
    let dimension = capacity.dimension();
    [capacity.used, capacity.allowed].map(|amount| amount.in_words(dimension))
}

/// How far the load can grow, as a sentence; `name` gives an element its name.
pub fn growth(growth: &Growth, name: &dyn Fn(ElementId) -> String) -> String {
    let users = few(growth.users.iter().map(|id| format!("`{}`", name(*id))));
    let Growth { factor, limit, .. } = growth;
    if factor.is_zero() {
        return format!("A limit is exceeded at any load: {limit} of {users}.");
    }
    if *factor < Amount::ONE {
        return format!(
            "The load has to shrink to {} before every limit that is known holds: {limit} of {users}.",
            multiple(*factor)
        );
    }
    format!("The load can grow {} before the first limit that is known breaks: {limit} of {users}.", multiple(*factor))
}

/// What is not known, in a list; `name` gives an element its name.
pub fn hidden(hidden: &[Hidden<'_>], name: &dyn Fn(ElementId) -> String) -> String {
    let words = |hidden: &Hidden<'_>| match hidden {
        Hidden::Load(id) => format!("`{}`", name(*id)),
        Hidden::Headroom(id, limit) => format!("{} of `{}`", limit.name, name(*id)),
    };
    few(hidden.iter().map(words))
}

/// The paths of elements, with the architecture's name where there are several.
pub fn name(model: &Model, with_architecture: bool, id: ElementId) -> String {
    if with_architecture { model.full_path(id) } else { model.path(id) }
}

/// A factor: `2.4x`, `15.5x`, `1,200x`.
fn multiple(factor: Amount) -> String {
    let places = if factor >= Amount::whole(100) { 0 } else { u32::from(factor < Amount::whole(10)) + 1 };
    let power = Amount::whole(10_i128.pow(places));
    let floored = factor.checked_mul(power).and_then(|factor| factor.floor().checked_div(power));
    let decimal = floored.and_then(Amount::decimal);
    decimal.map_or_else(|| factor.to_string(), |decimal| format!("{}x", grouped(decimal)))
}

/// The first of some words, and how many more there are. Words that are not shown are not made either.
pub fn few(words: impl ExactSizeIterator<Item = String>) -> String {
    let more = words.len().saturating_sub(FEW);
    let mut shown: Vec<String> = words.take(FEW).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.join(", ")
}

/// The rates that a factor on the load leaves as they are, since no source emits them: `reads` of `store`.
pub fn unscaled(model: &Model) -> Vec<String> {
    let rates = |settings: &Settings, of: &dyn Fn() -> String| -> Vec<String> {
        let is_rate = |value: &Value| match value {
            Value::Quantity(it) => matches!(it.dimension().kind(), DimensionKind::Rate | DimensionKind::Throughput),
            _ => false,
        };
        let rates = settings.properties.iter().filter(|property| is_rate(&property.value));
        rates.map(|property| format!("`{}` of `{}`", property.name, of())).collect()
    };
    let elements = model.elements.iter().flat_map(|it| rates(&it.settings, &|| model.path(it.id)));
    let edges = model.edges.iter().flat_map(|it| {
        rates(&it.settings, &|| format!("{} {} {}", model.path(it.from), it.arrow.symbol(), model.path(it.to)))
    });
    elements.chain(edges).collect()
}
