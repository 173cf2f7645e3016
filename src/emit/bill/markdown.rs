//! A bill as Markdown: a table of the lines, and what they come to.

use std::fmt::Write as _;

use super::sheet::{Row, Sheet, Sum, not_covered};
use super::{figure_text, money_text, price_text, provenance, total_in_words};
use crate::emit::markdown::{escape, sentence};

/// The bill of all architectures, each under a heading of its own, and the total.
pub fn render(sheet: &Sheet) -> String {
    let mut text = String::from("# Bill of materials\n\nFor a month of 730 h");
    for (name, value) in &sheet.assumptions {
        let _ = write!(text, "; {}: {}", escape(name), escape(value));
    }
    text.push_str(".\n");
    for sum in sheet.architectures.iter().filter(|sum| sum.priced + sum.unpriced > 0) {
        let _ = write!(text, "\n## {}\n\n{}\n", escape(&sum.name), lines(sheet, &sum.name));
        let _ = write!(text, "\n{}\n", total(sum));
    }
    if sheet.architectures.len() > 1 {
        let _ = write!(text, "\n## Total\n\n{}\n", total(&sheet.total));
    }
    let _ = write!(text, "\n{}\n", foot(&sheet.total, sheet.lines.iter()).join("\n\n"));
    text
}

/// The bill of one architecture without a heading; ends without a line break.
pub fn of_architecture(sheet: &Sheet, architecture: &str) -> Option<String> {
    let sum = sheet.architectures.iter().find(|sum| sum.name == architecture && sum.priced + sum.unpriced > 0)?;
    let blocks = [lines(sheet, architecture), total(sum)];
    Some(blocks.into_iter().chain(foot_of(sheet, sum)).collect::<Vec<_>>().join("\n\n"))
}

/// The same for a narrow page, such as one beside a text: the figures stand in front, and what they are made of behind.
pub fn page_of_architecture(sheet: &Sheet, architecture: &str) -> Option<String> {
    let sum = sheet.architectures.iter().find(|sum| sum.name == architecture && sum.priced + sum.unpriced > 0)?;
    let blocks = [total(sum), narrow_lines(sheet, architecture)];
    Some(blocks.into_iter().chain(foot_of(sheet, sum)).collect::<Vec<_>>().join("\n\n"))
}

/// What each architecture costs, and all together; `title` gives people's name of one. Ends without a line break.
pub fn of_workspace(sheet: &Sheet, title: &dyn Fn(&str) -> String) -> Option<String> {
    let mut table = String::from("| Architecture | Cost a month |\n|---|--:|");
    for sum in sheet.architectures.iter().filter(|sum| sum.priced + sum.unpriced > 0) {
        let _ = write!(table, "\n| {} | {} |", escape(&title(&sum.name)), escape(&total_in_words(sum)));
    }
    let blocks = [table, total(&sheet.total)];
    let is_something = sheet.total.priced + sheet.total.unpriced > 0;
    let foot = foot(&sheet.total, sheet.lines.iter());
    is_something.then(|| blocks.into_iter().chain(foot).collect::<Vec<_>>().join("\n\n"))
}

/// The table of an architecture's lines in few columns; ends without a line break.
pub fn narrow_lines(sheet: &Sheet, architecture: &str) -> String {
    let mut text = String::from("| Service | Meter | Cost | How it came about |\n|---|---|--:|---|");
    let mut last = "";
    for row in sheet.lines.iter().filter(|row| row.architecture == architecture) {
        let name = if row.element == last { String::new() } else { service(row) };
        last = &row.element;
        let (cost, reasons) = match &row.cost {
            // An amount and its currency stay in one line.
            Some(_) => (cost(row).replace(' ', "\u{a0}"), vec![calculation(row), source(row)]),
            None => ("*unpriced*".to_owned(), vec![why_unpriced(row)]),
        };
        let reasons: Vec<String> = reasons.into_iter().filter(|reason| !reason.is_empty()).collect();
        let _ = write!(text, "\n| {name} | {} | {cost} | {} |", escape(&row.meter), reasons.join("; "));
    }
    text
}

/// How a line's cost came about: `20/s × 2,628,000 s = 52,560,000 request at 0.0000035`.
fn calculation(row: &Row) -> String {
    let known = |parts: [String; 2], between: &str| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    };
    known([known([derivation(row), quantity(row)], " = "), unit_price(row)], " at ")
}

/// The table of an architecture's lines; ends without a line break.
pub fn lines(sheet: &Sheet, architecture: &str) -> String {
    let mut text = String::from(
        "| Service | Meter | Quantity | How it came about | Unit price | Cost | Source |\n\
         |---|---|--:|---|--:|--:|---|",
    );
    let mut last = "";
    for row in sheet.lines.iter().filter(|row| row.architecture == architecture) {
        // The service stands on the first of its lines.
        let name = if row.element == last { String::new() } else { service(row) };
        last = &row.element;
        let cells = [name, escape(&row.meter), quantity(row), derivation(row), unit_price(row), cost(row), source(row)];
        let _ = write!(text, "\n| {} |", cells.join(" | "));
    }
    text
}

/// What an architecture costs, and how many lines that does not cover.
pub fn total(sum: &Sum) -> String {
    let mut text = format!("**{} a month**", total_in_words(sum));
    if sum.unpriced > 0 {
        let _ = write!(text, ", where {} of {} lines are priced", sum.priced, sum.priced + sum.unpriced);
    }
    text.push('.');
    text
}

/// What stands below the lines of an architecture.
pub fn foot_of(sheet: &Sheet, sum: &Sum) -> [String; 2] {
    foot(sum, sheet.lines.iter().filter(|row| row.architecture == sum.name))
}

/// What stands below some lines: what nothing covers, and how old the prices are.
fn foot<'s>(sum: &Sum, lines: impl Iterator<Item = &'s Row> + Clone) -> [String; 2] {
    [format!("Not covered: {}.", not_covered(sum.without_transfer).join("; ")), provenance(lines)]
}

fn service(row: &Row) -> String {
    let label = if row.label.is_empty() || row.label == row.element { &row.element } else { &row.label };
    escape(label)
}

fn quantity(row: &Row) -> String {
    match (&row.quantity, &row.unit) {
        (Some(quantity), Some(unit)) => format!("{} {}", figure_text(quantity), escape(unit)),
        _ => String::new(),
    }
}

fn derivation(row: &Row) -> String {
    if row.derivation.is_empty() { String::new() } else { escape(&row.derivation) }
}

fn unit_price(row: &Row) -> String {
    let price = row.unit_price.as_deref().map(price_text).unwrap_or_default();
    if row.remark.is_empty() { price } else { format!("{price} ({})", escape(&row.remark)) }
}

fn cost(row: &Row) -> String {
    match (&row.cost, &row.currency) {
        (Some(cost), Some(currency)) => format!("{} {currency}", money_text(cost)),
        _ => format!("*unpriced*: {}", why_unpriced(row)),
    }
}

fn why_unpriced(row: &Row) -> String {
    sentence(row.unpriced.as_deref().unwrap_or("nobody knows"))
}

fn source(row: &Row) -> String {
    let Some(source) = &row.source else { return String::new() };
    let mut parts = vec![escape(&source.kind)];
    parts.extend(
        source.published.iter().chain(source.published.is_none().then_some(source.read.as_ref()).flatten()).cloned(),
    );
    parts.extend(source.confidence.iter().cloned());
    parts.join(", ")
}
