//! The bill for people at a terminal: two lines for each meter, what it costs, and how that came about.

use std::fmt::Write as _;

use crate::emit::bill::difference::{Cause, Difference};
use crate::emit::bill::{Row, Sheet, Sum, figure_text, money_text, price_text, provenance, total_in_words};
use crate::report::pretty::Style;
use crate::report::visible_char;

/// The bill of all architectures, and the total.
pub(super) fn render(sheet: &Sheet, style: Style) -> String {
    let mut text = String::new();
    let ink = Ink { color: style.color };
    for sum in sheet.architectures.iter().filter(|sum| sum.priced + sum.unpriced > 0) {
        let _ = writeln!(text, "{}", ink.bold(&sum.name));
        let rows: Vec<&Row> = sheet.lines.iter().filter(|row| row.architecture == sum.name).collect();
        lines(&rows, &ink, &mut text);
        let _ = writeln!(text, "  {}\n", ink.bold(&coverage(sum)));
    }
    if sheet.architectures.iter().filter(|sum| sum.priced + sum.unpriced > 0).count() > 1 {
        let _ = writeln!(text, "{}\n", ink.bold(&format!("Total: {}", coverage(&sheet.total))));
    }
    for (name, value) in &sheet.assumptions {
        let _ = write!(text, "{name}: {}. ", visible(value));
    }
    let _ = writeln!(text, "{}", provenance(sheet.lines.iter()));
    let _ = writeln!(text, "Not covered: {}.", sheet.not_covered.join("; "));
    text
}

/// The text without what commands a terminal: names of sources and bills to compare with come from files that others wrote.
fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// The lines that differ, and why.
pub(super) fn difference(difference: &Difference) -> String {
    let mut text = String::new();
    for change in &difference.lines {
        let causes: Vec<_> = change.causes.iter().map(Cause::words).collect();
        let (before, after) = (change.before_in_words(), change.after_in_words());
        let _ = writeln!(text, "{}  {} {}: {before} → {after}", change.more_in_words(), change.element, change.meter);
        let _ = writeln!(text, "    {}", causes.join("; "));
    }
    if difference.lines.is_empty() {
        let _ = writeln!(text, "the bill is the same: {} a month", total_in_words(&difference.total.after));
    } else {
        text.push('\n');
        if let [_, _, ..] = difference.architectures.as_slice() {
            for change in &difference.architectures {
                let _ = writeln!(text, "{}: {}", change.after.name, change.words());
            }
        }
        let _ = writeln!(text, "{}", difference.total.words());
    }
    if !difference.assumptions.is_empty() {
        let _ = writeln!(text, "the two suppose different things: {}", difference.assumptions.join("; "));
    }
    text.lines().map(|line| visible(line) + "\n").collect()
}

/// What some lines come to, and how many there are.
fn coverage(sum: &Sum) -> String {
    let total = total_in_words(sum);
    if sum.unpriced == 0 {
        return format!("{total} a month, all {} lines priced", sum.priced);
    }
    format!("{total} a month ({} of {} lines priced)", sum.priced, sum.priced + sum.unpriced)
}

fn lines(rows: &[&Row], ink: &Ink, text: &mut String) {
    let width = |cell: fn(&Row) -> String| rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or_default();
    let [elements, meters, quantities, costs] =
        [width(|row| row.element.clone()), width(|row| row.meter.clone()), width(quantity), width(cost)];
    let mut last = "";
    for row in rows {
        let element = if row.element == last { "" } else { &row.element };
        last = &row.element;
        let (quantity, cost) = (quantity(row), cost(row));
        let line = format!("  {element:elements$}  {:meters$}  {quantity:>quantities$}  {cost:>costs$}", row.meter);
        let _ = writeln!(text, "{}", visible(line.trim_end()));
        let detail = detail(row);
        if !detail.is_empty() {
            let indent = elements + 4;
            let _ = writeln!(text, "{:indent$}  {}", "", ink.dim(&visible(&detail)));
        }
    }
}

fn quantity(row: &Row) -> String {
    match (&row.quantity, &row.unit) {
        (Some(quantity), Some(unit)) => format!("{} {unit}", figure_text(quantity)),
        _ => String::new(),
    }
}

fn cost(row: &Row) -> String {
    match (&row.cost, &row.currency) {
        (Some(cost), Some(currency)) => format!("{} {currency}", money_text(cost)),
        _ => "unpriced".to_owned(),
    }
}

/// How the line came about, and where its price is from; or why it is unpriced.
fn detail(row: &Row) -> String {
    if let Some(reason) = &row.unpriced {
        return reason.clone();
    }
    let mut parts = vec![row.derivation.clone()];
    if let Some(price) = &row.unit_price {
        parts.push(format!("at {} {}", price_text(price), row.currency.as_deref().unwrap_or_default()));
    }
    if !row.remark.is_empty() {
        parts.push(row.remark.clone());
    }
    if let Some(source) = &row.source {
        let date = source.published.as_deref().or(source.read.as_deref()).unwrap_or_default();
        let confidence = source.confidence.as_deref().unwrap_or_default();
        parts.push([source.kind.as_str(), date, confidence].join(" ").trim().to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

struct Ink {
    color: bool,
}

impl Ink {
    fn bold(&self, text: &str) -> String {
        if self.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn dim(&self, text: &str) -> String {
        if self.color { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
