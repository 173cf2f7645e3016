//! What changed from one bill to another: line by line, with the cause.

mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

pub use tally::{SumChange, more_in_words};

use tally::{Tally, signed};

use super::money_text;
use super::sheet::{Row, Sheet, Sum};
use crate::emit::markdown::escape;
use crate::quantity::{Amount, Dimension, Quantity};

/// The version of the format.
pub const VERSION: u32 = 1;

/// The difference of two bills. Version 1. Fields may be added; the version changes when one goes or changes its meaning.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Differences of `archc bom --against … --format json`")]
pub struct Difference {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// The lines that differ, in the order of the newer bill, then those that are gone.
    pub lines: Vec<Change>,
    /// What the lines of each architecture came and come to, where it differs.
    pub architectures: Vec<SumChange>,
    /// What everything came and comes to.
    pub total: SumChange,
    /// What the two bills suppose, where that differs.
    pub assumptions: Vec<String>,
}

/// A line that differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Change {
    /// The architecture.
    pub architecture: String,
    /// The service or the connection.
    pub element: String,
    /// The meter.
    pub meter: String,
    /// What it cost; none if there was no such line, or if it was unpriced.
    pub before: Option<String>,
    /// What it costs; none if there is no such line any more, or if it is unpriced.
    pub after: Option<String>,
    /// The currency of both.
    pub currency: Option<String>,
    /// How much more it costs; none if one of the two is unpriced.
    pub more: Option<String>,
    /// Why.
    pub causes: Vec<Cause>,
}

/// Why a line differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[serde(tag = "cause", rename_all = "kebab-case")]
pub enum Cause {
    /// The service, or this meter of it, is new.
    Added,
    /// The service, or this meter of it, is gone.
    Removed,
    /// What reaches it changed.
    Load {
        /// What reached it.
        before: String,
        /// What reaches it.
        after: String,
    },
    /// A property changed.
    Property {
        /// Which.
        name: String,
        /// What it was, if it was given.
        before: Option<String>,
        /// What it is, if it is given.
        after: Option<String>,
    },
    /// The price changed.
    Price {
        /// What one unit cost, or why that was not known.
        before: String,
        /// What one unit costs, or why that is not known.
        after: String,
    },
    /// It is known now what it costs, or no longer.
    Unpriced {
        /// Why it was unpriced, if it was.
        before: Option<String>,
        /// Why it is unpriced, if it is.
        after: Option<String>,
    },
    /// Something else did: an assumption, the tiers that it shares with others, or how the meter counts.
    Other,
}

/// A line in its bill: the architecture, the element, the meter, and which of several of these.
type Key<'s> = (&'s str, &'s str, &'s str, usize);

impl Difference {
    /// What changed from an older bill to a newer one.
    pub fn between(before: &Sheet, after: &Sheet) -> Difference {
        let (old, new) = (index(before), index(after));
        let keys = keys(after).into_iter().chain(keys(before).into_iter().filter(|key| !new.contains_key(key)));
        let pairs: Vec<_> = keys.map(|key| (key, old.get(&key).copied(), new.get(&key).copied())).collect();
        let mut all = Tally::default();
        let mut parts: BTreeMap<&str, Tally> = BTreeMap::new();
        for ((architecture, ..), old, new) in &pairs {
            all.add(*old, *new);
            parts.entry(architecture).or_default().add(*old, *new);
        }
        Difference {
            version: VERSION,
            lines: pairs.into_iter().filter_map(|(key, old, new)| change(key, old, new)).collect(),
            architectures: architectures(before, after, parts),
            total: all.change(before.total.clone(), after.total.clone()),
            assumptions: assumptions(before, after),
        }
    }

    /// How much more each service and each connection costs as far as that is known, by currency, and of how many of its lines it is
    /// not; by architecture and path, or ends.
    pub fn by_subject(before: &Sheet, after: &Sheet) -> BTreeMap<(String, String), (BTreeMap<String, String>, usize)> {
        let (old, new) = (index(before), index(after));
        let mut subjects: BTreeMap<(String, String), Tally> = BTreeMap::new();
        for key in keys(after).into_iter().chain(keys(before).into_iter().filter(|key| !new.contains_key(key))) {
            let subject = subjects.entry((key.0.to_owned(), key.1.to_owned())).or_default();
            subject.add(old.get(&key).copied(), new.get(&key).copied());
        }
        subjects.into_iter().map(|(subject, tally)| (subject, tally.known())).collect()
    }
}

/// The architectures whose sums differ, in the order of the newer bill, then those that are gone.
fn architectures(before: &Sheet, after: &Sheet, mut parts: BTreeMap<&str, Tally>) -> Vec<SumChange> {
    let of = |sheet: &Sheet, name: &str| sheet.architectures.iter().find(|sum| sum.name == name).cloned();
    let gone = before.architectures.iter().filter(|it| of(after, &it.name).is_none());
    let names = after.architectures.iter().chain(gone).map(|sum| sum.name.as_str());
    let changes = names.map(|name| {
        let sum = |sheet: &Sheet| of(sheet, name).unwrap_or_else(|| Sum { name: name.to_owned(), ..Sum::default() });
        parts.remove(name).unwrap_or_default().change(sum(before), sum(after))
    });
    changes.filter(|it| it.before.costs != it.after.costs || it.before.unpriced != it.after.unpriced).collect()
}

/// What the two bills suppose, in words, where that differs.
fn assumptions(before: &Sheet, after: &Sheet) -> Vec<String> {
    let names: BTreeSet<&String> = before.assumptions.keys().chain(after.assumptions.keys()).collect();
    let words = |sheet: &Sheet, name: &str| sheet.assumptions.get(name).cloned().unwrap_or_else(|| "none".to_owned());
    let differ = names.into_iter().filter(|name| before.assumptions.get(*name) != after.assumptions.get(*name));
    differ.map(|name| format!("{name}: {} → {}", words(before, name), words(after, name))).collect()
}

/// The keys of a bill's lines, in their order.
fn keys(sheet: &Sheet) -> Vec<Key<'_>> {
    let mut seen: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    sheet
        .lines
        .iter()
        .map(|row| {
            let number = seen.entry((&row.architecture, &row.element, &row.meter)).or_default();
            *number += 1;
            (row.architecture.as_str(), row.element.as_str(), row.meter.as_str(), *number)
        })
        .collect()
}

fn index(sheet: &Sheet) -> BTreeMap<Key<'_>, &Row> {
    keys(sheet).into_iter().zip(&sheet.lines).collect()
}

fn change(key: Key<'_>, before: Option<&Row>, after: Option<&Row>) -> Option<Change> {
    let cost = |row: Option<&Row>| row.and_then(|row| row.cost.clone());
    let (old, new) = (cost(before), cost(after));
    let reason = |row: Option<&Row>| row.map(|row| row.unpriced.is_some());
    let currency = |row: Option<&Row>| row.and_then(|row| row.currency.clone());
    let (old_currency, new_currency) = (currency(before), currency(after));
    if old == new && old_currency == new_currency && reason(before) == reason(after) {
        return None;
    }
    let causes = match (before, after) {
        (None, _) => vec![Cause::Added],
        (_, None) => vec![Cause::Removed],
        (Some(before), Some(after)) => causes(before, after),
    };
    let decimal = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Decimal>().ok());
    // A line that is not there costs nothing; one that is unpriced may cost anything.
    let known =
        |row: Option<&Row>, cost: &Option<String>| if row.is_none() { Some(Decimal::ZERO) } else { decimal(cost) };
    // There are no exchange rates: amounts of two currencies have no difference.
    let comparable = old_currency.is_none() || new_currency.is_none() || old_currency == new_currency;
    let both = known(after, &new).zip(known(before, &old)).filter(|_| comparable);
    let more = both.and_then(|(new, old)| Some(new.checked_sub(old)?.normalize()));
    // A line that came or went, and costs nothing, is no difference.
    if more.is_some_and(|more| more.is_zero()) {
        return None;
    }
    let more = more.map(|more| more.to_string());
    Some(Change {
        architecture: key.0.to_owned(),
        element: key.1.to_owned(),
        meter: key.2.to_owned(),
        currency: new_currency.or(old_currency),
        before: old,
        after: new,
        more,
        causes,
    })
}

fn causes(before: &Row, after: &Row) -> Vec<Cause> {
    let mut causes = Vec::new();
    // Where one side does not follow the load at all, something that is declared took its place or left it.
    if let (Some(old), Some(new)) = (&before.load, &after.load)
        && old != new
    {
        let words = |load: &String| if load.is_empty() { "nothing".to_owned() } else { load.clone() };
        causes.push(Cause::Load { before: words(old), after: words(new) });
    }
    let (old, new) = (inputs(before), inputs(after));
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for name in names {
        let (before, after) = (old.get(name).copied(), new.get(name).copied());
        if before != after {
            let value = |value: Option<&String>| value.cloned();
            causes.push(Cause::Property { name: name.to_owned(), before: value(before), after: value(after) });
        }
    }
    // What is unpriced for want of a load or a property has that as its cause.
    if before.unpriced.is_some() != after.unpriced.is_some() {
        if !causes.is_empty() {
            return causes;
        }
        causes.push(Cause::Unpriced { before: before.unpriced.clone(), after: after.unpriced.clone() });
    } else if has_other_price(before, after) {
        let price = |row: &Row| row.unit_price.clone().unwrap_or_default();
        causes.push(Cause::Price { before: price(before), after: price(after) });
    }
    if causes.is_empty() {
        causes.push(Cause::Other);
    }
    causes
}

/// The declared properties that the line depends on, and where and by whom it is paid.
fn inputs(row: &Row) -> BTreeMap<&str, &String> {
    let places = [("region", &row.region), ("account", &row.account)];
    let places = places.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    row.inputs.iter().map(|(name, value)| (name.as_str(), value)).chain(places).collect()
}

/// Whether both lines have a price, and not the same one. With tiers or free units, what a unit costs is a mean that
/// follows the quantity.
fn has_other_price(before: &Row, after: &Row) -> bool {
    let (Some(old), Some(new)) = (&before.source, &after.source) else { return false };
    let is_flat = before.remark.is_empty() && after.remark.is_empty();
    before.price != after.price || old != new || (is_flat && before.unit_price != after.unit_price)
}

impl Cause {
    /// The cause in words.
    pub fn words(&self) -> String {
        let arrow = |before: &str, after: &str| format!("{before} → {after}");
        let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "not given".to_owned());
        match self {
            Cause::Added => "added".to_owned(),
            Cause::Removed => "removed".to_owned(),
            Cause::Load { before, after } => {
                let (before, after) = in_one_unit(before, after);
                format!("load: {}", arrow(&before, &after))
            }
            Cause::Property { name, before, after } => format!("{name}: {}", arrow(&or_none(before), &or_none(after))),
            Cause::Price { before, after } => format!("price: {}", arrow(before, after)),
            Cause::Unpriced { after: Some(reason), .. } => format!("unpriced now: {reason}"),
            Cause::Unpriced { before: Some(reason), after: None } => format!("priced now; before: {reason}"),
            Cause::Unpriced { .. } => "priced now".to_owned(),
            Cause::Other => "shared tiers or assumptions".to_owned(),
        }
    }
}

/// Two loads in words, with the first rate of both in one unit, so that the larger one looks so.
fn in_one_unit(before: &str, after: &str) -> (String, String) {
    let rate = |words: &str| {
        let (figure, _) = words.split_once(' ').unwrap_or((words, ""));
        let quantity = Quantity::parse(&figure.replace(',', "")).ok()?;
        let amount = quantity.amount().filter(|_| quantity.dimension() == Dimension::RATE)?;
        Some((amount, words.get(figure.len()..)?.to_owned(), figure.rsplit_once('/')?.1.to_owned()))
    };
    match (rate(before), rate(after)) {
        (Some((old, old_rest, old_unit)), Some((new, new_rest, new_unit))) if old_unit != new_unit => {
            let [old, new] = Amount::pair_in_brief(old, new, Dimension::RATE);
            (old + &old_rest, new + &new_rest)
        }
        _ => (before.to_owned(), after.to_owned()),
    }
}

impl Change {
    /// What it cost, for people: an amount, or what stands in its place.
    pub fn before_in_words(&self) -> String {
        cost_in_words(self.before.as_deref(), self.causes.contains(&Cause::Added))
    }

    /// What it costs, for people: an amount, or what stands in its place.
    pub fn after_in_words(&self) -> String {
        cost_in_words(self.after.as_deref(), self.causes.contains(&Cause::Removed))
    }

    /// How much more or less it costs, with its sign.
    pub fn more_in_words(&self) -> String {
        match &self.more {
            Some(more) => format!("{} {}", signed(more), self.currency.as_deref().unwrap_or_default()),
            None => "unknown".to_owned(),
        }
    }
}

fn cost_in_words(cost: Option<&str>, is_absent: bool) -> String {
    let none = if is_absent { "none" } else { "unpriced" };
    cost.map_or_else(|| none.to_owned(), money_text)
}

/// The difference as JSON. Ends with a line break.
pub fn json(difference: &Difference) -> String {
    crate::emit::to_json(difference)
}

/// What describes the JSON of a difference.
pub fn schema() -> String {
    crate::emit::document::schema_of::<Difference>()
}

/// The difference as a Markdown table.
pub fn markdown(difference: &Difference) -> String {
    if difference.lines.is_empty() {
        return "The bill is the same.\n".to_owned();
    }
    let mut text =
        String::from("| Service | Meter | Before | After | Difference | Cause |\n|---|---|--:|--:|--:|---|\n");
    for change in &difference.lines {
        let causes: Vec<_> = change.causes.iter().map(|cause| escape(&cause.words())).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            escape(&change.element),
            escape(&change.meter),
            change.before_in_words(),
            change.after_in_words(),
            change.more_in_words(),
            causes.join("; "),
        );
    }
    if let [_, _, ..] = difference.architectures.as_slice() {
        text.push_str("\n| Architecture | Before | After | Difference |\n|---|--:|--:|--:|\n");
        for change in &difference.architectures {
            let [name, before, after, more] = change.cells().map(|cell| escape(&cell));
            let _ = writeln!(text, "| {name} | {before} | {after} | {more} |");
        }
    }
    let _ = write!(text, "\nIn total: {}.\n", difference.total.words());
    if !difference.assumptions.is_empty() {
        let _ = write!(text, "\nThe two suppose different things: {}.\n", escape(&difference.assumptions.join("; ")));
    }
    text
}
