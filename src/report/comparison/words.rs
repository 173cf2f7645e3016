//! Differences in words.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::compare::{Change, Comparison, CostChange, ElementChange, Field, LoadChange, Measured, Started, Way};
use crate::emit::bill::costs_in_words;
use crate::emit::bill::difference::more_in_words;
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
        parts.push(comparison.bill.total.words());
    }
    let (gained, lost) = (comparison.findings.gained.len(), comparison.findings.lost.len());
    if gained + lost > 0 {
        parts.push(format!("{} gained, {lost} lost", count(gained, "finding")));
    }
    parts
}

/// How much more something costs; `unknown` where nobody knows.
pub(super) fn more(change: &CostChange) -> String {
    more_in_words(&change.more, change.unknown).unwrap_or_else(|| "±0".to_owned())
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

/// What moved and what moves, each as `100/s, 200 KB/s`, and both in one unit.
pub(super) fn load(change: &LoadChange) -> [String; 2] {
    let sides = [&change.before, &change.after];
    let rates = sides.map(|side| side.as_ref().and_then(|it| it.records.as_ref()).map(|it| (&it.mean, &it.peak)));
    let bytes = sides.map(|side| side.as_ref().and_then(|it| it.bytes.as_ref()).map(|it| &it.mean));
    let [old, new] = rates.map(|it| [it.map(|it| it.0.as_str()), it.map(|it| it.1.as_str())]);
    let [mean_old, peak_old, mean_new, peak_new] = in_one_unit([old[0], old[1], new[0], new[1]], Dimension::RATE);
    let [bytes_old, bytes_new] = in_one_unit(bytes.map(|it| it.map(String::as_str)), Dimension::THROUGHPUT);
    let words =
        |side: &Option<Measured>, is_even: bool, [records, peak, bytes]: [Option<String>; 3]| match (side, records) {
            (None, _) => "nothing".to_owned(),
            (_, None) => "unknown".to_owned(),
            (_, Some(records)) => {
                let peak = peak.filter(|_| !is_even && bytes.is_some()).map(|peak| format!("peak {peak}"));
                [Some(records), bytes, peak].into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        };
    let is_even = rates.map(|it| it.is_none_or(|(mean, peak)| mean == peak));
    [
        words(&change.before, is_even[0], [mean_old, peak_old, bytes_old]),
        words(&change.after, is_even[1], [mean_new, peak_new, bytes_new]),
    ]
}

/// What starts in a workspace, before and after, in one unit.
pub(super) fn started([before, after]: [&Started; 2]) -> [String; 2] {
    let is_known = |it: &Started| it.sources > 0 && it.sources != it.unknown;
    let of = |it: &'_ Started, text: &'_ String| is_known(it).then(|| text.clone());
    let records = [of(before, &before.records), of(after, &after.records)];
    let bytes = [of(before, &before.bytes), of(after, &after.bytes)];
    let [old, new] = in_one_unit(records.each_ref().map(Option::as_deref), Dimension::RATE);
    let [old_bytes, new_bytes] = in_one_unit(bytes.each_ref().map(Option::as_deref), Dimension::THROUGHPUT);
    let words = |it: &Started, records: Option<String>, bytes: Option<String>| match (it.sources, records.zip(bytes)) {
        (0, _) => "nothing".to_owned(),
        (_, None) => "unknown".to_owned(),
        (_, Some((records, bytes))) if it.unknown == 0 => format!("{records}, {bytes}"),
        (_, Some((records, bytes))) => format!("{records}, {bytes} + {} unknown", count(it.unknown, "source")),
    };
    [words(before, old, old_bytes), words(after, new, new_bytes)]
}

/// Those figures that are known, all in one unit.
fn in_one_unit<const N: usize>(decimals: [Option<&str>; N], dimension: Dimension) -> [Option<String>; N] {
    let amounts = decimals.map(|it| it.and_then(|it| it.parse::<Decimal>().ok()).map(Amount::from));
    // 0 decides no unit.
    let words = Amount::all_in_brief(amounts.map(|it| it.unwrap_or(Amount::ZERO)), dimension);
    let mut known = amounts.iter().map(Option::is_some);
    words.map(|it| known.next().unwrap_or_default().then_some(it))
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
