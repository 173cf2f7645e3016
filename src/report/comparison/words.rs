//! Differences in words.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::compare::{
    Change, Comparison, CostChange, ElementChange, Field, LoadChange, Measured, Started, Way, cost_difference,
};
use crate::emit::bill::{Sum, costs_in_words, money_text, total_in_words};
use crate::emit::document::Cost;
use crate::quantity::{Amount, Dimension};
use crate::report::count;

/// The longest value that is shown, in characters.
const MAX_VALUE: usize = 120;

/// Fields whose values are texts of any length: only that they differ is said.
const LONG: [&str; 2] = ["docs", "steps"];

/// What became of something, in a word.
pub(super) fn change(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
    }
}

/// A field that differs: `shards: 1 → 2`.
pub(super) fn field(field: &Field) -> String {
    if LONG.contains(&field.name.as_str()) {
        let what = if field.name == "docs" { "documentation" } else { "steps" };
        return match (&field.before, &field.after) {
            (None, _) => format!("{what} added"),
            (_, None) => format!("{what} removed"),
            _ => format!("{what} changed"),
        };
    }
    let value = |value: &Option<String>| value.as_deref().map_or_else(|| "not given".to_owned(), shortened);
    format!("{}: {} → {}", field.name, value(&field.before), value(&field.after))
}

/// The name of a side: of a commit, as many digits as people read.
pub(super) fn brief(name: &str) -> &str {
    const DIGITS: usize = 10;
    let is_commit = matches!(name.len(), 40 | 64) && name.bytes().all(|digit| digit.is_ascii_hexdigit());
    name.get(..DIGITS).filter(|_| is_commit).unwrap_or(name)
}

/// A value on one line, cut if it is long.
pub(super) fn shortened(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// What differs of an element that is on both sides.
pub(super) fn of_element(element: &ElementChange) -> Vec<String> {
    let renamed = element.renamed_from.iter().map(|from| format!("renamed from {from}"));
    let moved = element.moved_from.iter().zip(&element.moved_to).map(|(from, to)| format!("moved from {from} to {to}"));
    renamed.chain(moved).chain(element.fields.iter().map(field)).collect()
}

/// How many there are of each change: `2 elements added, 1 removed, 3 changed`; none if there are none.
pub(super) fn totals(changes: impl Iterator<Item = Change>, noun: &str) -> Option<String> {
    let changes: Vec<Change> = changes.collect();
    let mut parts = Vec::new();
    for kind in [Change::Added, Change::Removed, Change::Changed] {
        let number = changes.iter().filter(|it| **it == kind).count();
        match (number, parts.is_empty()) {
            (0, _) => {}
            (number, true) => parts.push(format!("{} {}", count(number, noun), change(kind))),
            (number, false) => parts.push(format!("{number} {}", change(kind))),
        }
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Everything in numbers, each part a phrase.
pub(super) fn summary(comparison: &Comparison) -> Vec<String> {
    let mut parts: Vec<String> = [
        totals(comparison.architectures.iter().map(|it| it.change), "architecture"),
        totals(comparison.elements.iter().map(|it| it.change), "element"),
        totals(comparison.edges.iter().map(|it| it.change), "edge"),
        totals(comparison.declarations.iter().map(|it| it.change), "declaration"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !comparison.loads.is_empty() {
        let mut elements: Vec<&str> = comparison.loads.iter().map(|it| it.element.as_str()).collect();
        elements.dedup();
        parts.push(format!("other loads at {}", count(elements.len(), "element")));
    }
    if !comparison.bill.lines.is_empty() {
        parts.push(bill_in_short(comparison));
    }
    let (gained, lost) = (comparison.findings.gained.len(), comparison.findings.lost.len());
    if gained + lost > 0 {
        parts.push(format!("{} gained, {lost} lost", count(gained, "finding")));
    }
    parts
}

/// By how much the bill differs.
fn bill_in_short(comparison: &Comparison) -> String {
    let (before, after) = (&comparison.bill.before, &comparison.bill.after);
    match total_difference(before, after) {
        Some(more) => format!("{more} a month"),
        None if before.unpriced == after.unpriced => "another bill".to_owned(),
        None => format!("{} → {} a month", total_in_words(before), total_in_words(after)),
    }
}

/// How much more everything costs, of what is priced on both sides; none if that is nothing, or if it is not the same that is
/// priced.
pub(super) fn total_difference(before: &Sum, after: &Sum) -> Option<String> {
    if before.unpriced != after.unpriced {
        return None;
    }
    let more = cost_difference(&before.costs, &after.costs).filter(|more| !more.is_empty())?;
    let words: Vec<String> = more.iter().map(|(currency, amount)| signed(amount, currency)).collect();
    Some(words.join(", "))
}

/// An amount with its sign: `+87.62 USD`.
fn signed(amount: &str, currency: &str) -> String {
    match amount.strip_prefix('-') {
        Some(less) => format!("−{} {currency}", money_text(less)),
        None => format!("+{} {currency}", money_text(amount)),
    }
}

/// How much more something costs; `unknown` where nobody knows.
pub(super) fn more(change: &CostChange) -> String {
    match &change.more {
        None => "unknown".to_owned(),
        Some(more) if more.is_empty() => "±0".to_owned(),
        Some(more) => more.iter().map(|(it, amount)| signed(amount, it)).collect::<Vec<_>>().join(", "),
    }
}

/// What something costs: `12.00 USD + 1 unpriced`.
pub(super) fn cost(cost: Option<&Cost>) -> String {
    let Some(cost) = cost else { return "none".to_owned() };
    let mut parts = Vec::new();
    parts.extend((!cost.costs.is_empty()).then(|| costs_in_words(&cost.costs)));
    parts.extend((cost.unpriced > 0).then(|| format!("{} unpriced", cost.unpriced)));
    if parts.is_empty() { "none".to_owned() } else { parts.join(" + ") }
}

/// The loads without those that only pass on what another one of them says of the same element.
pub(super) fn arrivals(loads: &[LoadChange]) -> impl Iterator<Item = &LoadChange> {
    let arrives: BTreeSet<&str> =
        loads.iter().filter(|it| it.way != Way::Sends).map(|it| it.element.as_str()).collect();
    loads.iter().filter(move |it| it.way != Way::Sends || !arrives.contains(it.element.as_str()))
}

pub(super) fn way(way: Way) -> &'static str {
    match way {
        Way::Emits => "emits",
        Way::Receives => "receives",
        Way::Side => "on the side",
        Way::Sends => "sends",
    }
}

/// What moves: `100/s, 200 KB/s`.
pub(super) fn load(load: Option<&Measured>) -> String {
    let Some(load) = load else { return "nothing".to_owned() };
    let records = load.records.as_ref().map(|rates| in_brief(&rates.mean, Dimension::RATE));
    let bytes = load.bytes.as_ref().map(|rates| in_brief(&rates.mean, Dimension::THROUGHPUT));
    match (records, bytes) {
        (None, _) => "unknown".to_owned(),
        (Some(records), None) => records,
        (Some(records), Some(bytes)) => {
            let peak = load.records.as_ref().filter(|rates| rates.mean != rates.peak);
            let peak = peak.map(|rates| format!(", peak {}", in_brief(&rates.peak, Dimension::RATE)));
            format!("{records}, {bytes}{}", peak.unwrap_or_default())
        }
    }
}

/// What starts in a workspace.
pub(super) fn started(started: &Started) -> String {
    if started.sources == 0 {
        return "nothing".to_owned();
    }
    if started.sources == started.unknown {
        return "unknown".to_owned();
    }
    let known =
        [in_brief(&started.records, Dimension::RATE), in_brief(&started.bytes, Dimension::THROUGHPUT)].join(", ");
    if started.unknown == 0 { known } else { format!("{known} + {} unknown", count(started.unknown, "source")) }
}

fn in_brief(decimal: &str, dimension: Dimension) -> String {
    let parsed = decimal.parse::<Decimal>().ok();
    parsed.map_or_else(|| decimal.to_owned(), |decimal| Amount::from(decimal).in_brief(dimension))
}

/// What the readers of a comparison should know of its sides.
pub(super) fn notes(comparison: &Comparison) -> Vec<String> {
    let mut notes = Vec::new();
    for side in [&comparison.before, &comparison.after] {
        if side.errors > 0 {
            let errors = count(side.errors, "error");
            let they = if side.errors == 1 { "it hides" } else { "they hide" };
            notes.push(format!("{} has {errors}: what {they} is not compared", side.name));
        }
        if side.elements == 0 {
            notes.push(format!("there is no architecture in {}", side.name));
        }
    }
    if comparison.before.assumptions != comparison.after.assumptions {
        let words = |side: &crate::compare::Side| {
            let all: Vec<String> = side.assumptions.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
        };
        let (before, after) = (words(&comparison.before), words(&comparison.after));
        notes.push(format!("the two suppose different things: {before} → {after}"));
    }
    notes
}
