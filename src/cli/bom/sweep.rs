//! The bill at several loads: what it costs, what a million records cost, and which quota breaks first.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr;

use serde::Serialize;
use smol_str::SmolStr;

use super::alternatives::Comparison;
use crate::cli::table::{Column, Table};
use crate::cost::{Terms, bill_at};
use crate::emit::bill::costs_in_words;
use crate::emit::load::words;
use crate::emit::{csv_table, escape};
use crate::load::{Capacity, capacities};
use crate::model::Model;
use crate::quantity::{Amount, DimensionKind, Quantity};
use crate::report::count;
use crate::report::pretty::Style;

/// The version of the format of a sweep.
const VERSION: u32 = 1;

/// Factors on the load, such as `1x,10x,100x`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Steps(Vec<(String, Amount)>);

impl FromStr for Steps {
    type Err = String;

    fn from_str(text: &str) -> Result<Steps, String> {
        let form = "factors are expected, such as `1x,10x,100x`";
        let step = |text: &str| {
            let quantity = Quantity::parse(text.trim()).map_err(|error| format!("{error}; {form}"))?;
            let is_factor = matches!(quantity.dimension().kind(), DimensionKind::Percent | DimensionKind::Multiple);
            let amount = quantity.amount().filter(|amount| is_factor && !amount.is_negative() && !amount.is_zero());
            amount.map(|amount| (quantity.to_string(), amount)).ok_or_else(|| form.to_owned())
        };
        text.split(',').map(step).collect::<Result<_, _>>().map(Steps)
    }
}

impl Steps {
    /// The factors, each as it was written and as a number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &(String, Amount)> {
        self.0.iter()
    }
}

/// The bill at one load.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Point {
    pub(in crate::cli) scale: String,
    pub(in crate::cli) costs: BTreeMap<String, String>,
    pub(in crate::cli) unpriced: usize,
    /// What a million of the records that the sources send cost; none if the sources are not all known.
    per_million_records: BTreeMap<String, String>,
    /// The quotas that are exceeded, the one that is exceeded most first.
    exceeded: Vec<String>,
}

/// The bill at each of the steps.
pub(in crate::cli) fn points(steps: &Steps, model: &Model, terms: Terms<'_>) -> Vec<Point> {
    let texts = |amounts: BTreeMap<SmolStr, Amount>| -> BTreeMap<String, String> {
        amounts.into_iter().map(|(currency, amount)| (currency.to_string(), amount.to_string())).collect()
    };
    let point = |(scale, factor): &(String, Amount)| {
        let step = bill_at(model, *factor, terms);
        let total = step.bill.total();
        let exceeded = capacities(model, &step.loads);
        let exceeded = exceeded.iter().filter(|capacity| capacity.is_exceeded()).map(|it| quota(model, it));
        Point {
            scale: scale.clone(),
            per_million_records: texts(step.per_million_records(model).unwrap_or_default()),
            costs: texts(total.sums),
            unpriced: total.unpriced,
            exceeded: exceeded.collect(),
        }
    };
    steps.iter().map(point).collect()
}

fn quota(model: &Model, capacity: &Capacity<'_>) -> String {
    let first = capacity.users.first().map(|id| model.path(*id)).unwrap_or_default();
    let more = if capacity.users.len() > 1 { " and others" } else { "" };
    let factor = capacity.used.checked_div(capacity.allowed).and_then(|factor| factor.round(2));
    let factor = factor.map_or_else(String::new, |factor| format!(", {factor} times"));
    format!("{first}{more}: {}{factor}", capacity.limit.name)
}

const HEADER: [&str; 5] = ["Load", "A month", "Unpriced", "A million records", "Quotas that break"];

fn cells(point: &Point) -> [String; 5] {
    let exceeded = match point.exceeded.as_slice() {
        [] => "none".to_owned(),
        [first] => first.clone(),
        [first, rest @ ..] => format!("{first}; {} more", rest.len()),
    };
    let unpriced = if point.unpriced == 0 { String::new() } else { count(point.unpriced, "line") };
    [point.scale.clone(), costs_in_words(&point.costs), unpriced, costs_in_words(&point.per_million_records), exceeded]
}

/// For people.
pub(in crate::cli) fn table(points: &[Point], style: Style) -> String {
    let [load, cost, unpriced, unit, quotas] = HEADER;
    let figures = [load, cost, unpriced, unit].map(Column::Figure);
    let [load, cost, unpriced, unit] = figures;
    let mut table = Table::new([load, cost, unpriced, unit, Column::Text(quotas)]);
    for point in points {
        table.row(cells(point));
    }
    table.render(0, style)
}

/// What stays as it is at every load, as a paragraph after the table; empty if there is nothing.
pub(super) fn unscaled(model: &Model) -> String {
    let rates = words::unscaled(model);
    if rates.is_empty() {
        return String::new();
    }
    let rates = words::few(rates.into_iter());
    format!("\nThe load is what sources emit. Not scaled with it: {rates}.\n")
}

/// For documents.
pub(in crate::cli) fn markdown(points: &[Point]) -> String {
    let mut text = format!("| {} |\n|--:|--:|--:|--:|---|\n", HEADER.join(" | "));
    for point in points {
        let _ = writeln!(text, "| {} |", cells(point).map(|cell| escape(&cell)).join(" | "));
    }
    text
}

/// For spreadsheets: a row for each currency of each point.
pub(in crate::cli) fn csv(points: &[Point]) -> String {
    let row = |point: &Point, cost: &str, currency: &str| {
        let unit = point.per_million_records.get(currency).cloned().unwrap_or_default();
        let exceeded = point.exceeded.join("; ");
        [point.scale.clone(), cost.to_owned(), currency.to_owned(), point.unpriced.to_string(), unit, exceeded]
    };
    // A step at which nothing is priced has a row, too: it still says what is not known, and what breaks.
    let rows = points.iter().flat_map(|point| match point.costs.len() {
        0 => vec![row(point, "", "")],
        _ => point.costs.iter().map(|(currency, cost)| row(point, cost, currency)).collect(),
    });
    csv_table(&["scale", "cost", "currency", "unpriced", "per_million_records", "exceeded"], rows)
}

/// For programs: the points, and what services cost that could be billed in another way.
pub(super) fn json(points: &[Point], alternatives: &[Comparison]) -> String {
    let document = serde_json::json!({ "version": VERSION, "steps": points, "alternatives": alternatives });
    crate::emit::to_json(&document)
}
