//! Loads and costs that differ.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::Matching;
use crate::emit::document::{Cost, Document, Element, Load};
use crate::emit::load::sheet::{Flow, Rates};

/// Which way something moves.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// It starts at the element.
    Emits,
    /// It arrives along `->` and `=>`.
    Receives,
    /// It arrives along `~>`.
    Side,
    /// It leaves along `->` and `=>`.
    Sends,
}

/// A load that differs at an element that is on both sides.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct LoadChange {
    /// The path of the element in the newer model.
    pub element: String,
    /// Its label on one line.
    pub label: String,
    /// Which way it moves.
    pub way: Way,
    /// What moved; null if there was nothing that could.
    pub before: Option<Measured>,
    /// What moves; null if there is nothing that could.
    pub after: Option<Measured>,
}

/// What moves, as far as that is known. Null is unknown, and not 0.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Measured {
    /// Records a second.
    pub records: Option<Rates>,
    /// Bytes a second.
    pub bytes: Option<Rates>,
}

/// What starts in all of a workspace.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Sum {
    /// Before.
    pub before: Started,
    /// After.
    pub after: Started,
}

/// What starts at all elements that say so.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Started {
    /// Records a second in the mean, as far as they are known.
    pub records: String,
    /// Bytes a second in the mean, as far as they are known.
    pub bytes: String,
    /// How many elements feed the rest: external systems and people with edges that leave them, and what says what it emits.
    pub sources: usize,
    /// Of how many of these it is not known how many bytes they send, so that both sums lack something.
    pub unknown: usize,
}

/// A cost that differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct CostChange {
    /// The path of the element or the id of the edge: in the newer model, if it is there.
    pub subject: String,
    /// What it cost a month; null if no line of the bill was about it.
    pub before: Option<Cost>,
    /// What it costs a month; null if no line of the bill is about it.
    pub after: Option<Cost>,
    /// How much more the lines cost whose difference is known, by currency. What is not there costs nothing.
    pub more: BTreeMap<String, String>,
    /// Of how many lines nobody knows by how much they differ, since they are unpriced before or after.
    pub unknown: usize,
}

/// How much more the services and connections of two bills cost, by architecture and path, or ends.
pub(super) type BySubject = BTreeMap<(String, String), (BTreeMap<String, String>, usize)>;

/// One of the flows of a load.
type Of = fn(&Load) -> &Option<Flow>;

pub(super) fn loads(matching: &Matching<'_>) -> Vec<LoadChange> {
    let mut changes = Vec::new();
    for (was, it) in matching.elements() {
        let Some(was) = was else { continue };
        let directions: [(Way, Of); 4] = [
            (Way::Emits, |load| &load.emits),
            (Way::Receives, |load| &load.receives),
            (Way::Side, |load| &load.side),
            (Way::Sends, |load| &load.sends),
        ];
        for (way, of) in directions {
            let [before, after] = [was, it].map(|element: &Element| of(&element.load).as_ref().map(Measured::of));
            if before != after {
                changes.push(LoadChange { element: it.path.clone(), label: it.label_line(), way, before, after });
            }
        }
    }
    changes
}

impl Measured {
    fn of(flow: &Flow) -> Measured {
        Measured { records: flow.records.clone(), bytes: flow.bytes.clone() }
    }
}

impl Sum {
    pub(super) fn of(old: &Document, new: &Document) -> Sum {
        Sum { before: Started::of(old), after: Started::of(new) }
    }
}

impl Started {
    fn of(document: &Document) -> Started {
        let (mut records, mut bytes, mut sources, mut unknown) = (Decimal::ZERO, Decimal::ZERO, 0, 0);
        for element in &document.elements {
            let load = &element.load;
            let feeds = load.receives.is_none() && load.sends.is_some();
            let Some(flow) = load.emits.as_ref().or_else(|| load.sends.as_ref().filter(|_| feeds)) else { continue };
            sources += 1;
            let mean = |rates: &Option<Rates>| rates.as_ref().and_then(|it| it.mean.parse::<Decimal>().ok());
            let (more_records, more_bytes) = (mean(&flow.records), mean(&flow.bytes));
            let sum = more_records.and_then(|it| records.checked_add(it));
            records = sum.unwrap_or(records);
            let bytes_sum = more_bytes.and_then(|it| bytes.checked_add(it));
            bytes = bytes_sum.unwrap_or(bytes);
            unknown += usize::from(sum.is_none() || bytes_sum.is_none());
        }
        Started { records: records.normalize().to_string(), bytes: bytes.normalize().to_string(), sources, unknown }
    }
}

pub(super) fn costs(matching: &Matching<'_>, known: &BySubject) -> Vec<CostChange> {
    let mut changes = Vec::new();
    let mut add = |subject: &str, of: Option<(&str, &str)>, before: Option<&Cost>, after: Option<&Cost>| {
        if before != after {
            let of_lines = of.and_then(|(home, path)| known.get(&(home.to_owned(), path.to_owned())).cloned());
            let (more, unknown) = of_lines.unwrap_or_else(|| more(before, after));
            let subject = subject.to_owned();
            changes.push(CostChange { subject, before: before.cloned(), after: after.cloned(), more, unknown });
        }
    };
    for (was, it) in matching.elements() {
        add(&it.path, Some(within(it)), was.and_then(|it| it.cost.as_ref()), it.cost.as_ref());
    }
    for it in matching.gone_elements() {
        add(&it.path, Some(within(it)), it.cost.as_ref(), None);
    }
    // Of several edges between the same ends, bills do not say which is which.
    for (was, it) in matching.edges() {
        add(&it.id, None, was.and_then(|it| it.cost.as_ref()), it.cost.as_ref());
    }
    for it in matching.gone_edges() {
        add(&it.id, None, it.cost.as_ref(), None);
    }
    changes
}

/// An element as bills name it: by its architecture, and its path in it.
fn within(element: &Element) -> (&str, &str) {
    let path = element.path.strip_prefix(element.architecture.as_str()).and_then(|path| path.strip_prefix('.'));
    (element.architecture.as_str(), path.unwrap_or(&element.path))
}

/// How much more something costs by its sums, and how many of its lines nobody knows that of. What has no line costs nothing; what
/// is unpriced may cost anything.
fn more(before: Option<&Cost>, after: Option<&Cost>) -> (BTreeMap<String, String>, usize) {
    let all = |cost: Option<&Cost>| cost.map_or_else(BTreeMap::new, |it| it.costs.clone());
    let unpriced = [before, after].into_iter().flatten().map(|cost| cost.unpriced).max().unwrap_or_default();
    let known = if unpriced > 0 { None } else { difference(&all(before), &all(after)) };
    known.map_or_else(|| (BTreeMap::new(), unpriced.max(1)), |more| (more, 0))
}

/// The difference of sums by currency, without those in which there is none; none if a figure has too many digits.
fn difference(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Option<BTreeMap<String, String>> {
    let mut more = BTreeMap::new();
    let mut currencies: Vec<&String> = before.keys().chain(after.keys()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    for currency in currencies {
        let amount = |costs: &BTreeMap<String, String>| {
            costs.get(currency).map_or(Some(Decimal::ZERO), |text| text.parse::<Decimal>().ok())
        };
        let difference = amount(after)?.checked_sub(amount(before)?)?.normalize();
        if !difference.is_zero() {
            more.insert(currency.clone(), difference.to_string());
        }
    }
    Some(more)
}
