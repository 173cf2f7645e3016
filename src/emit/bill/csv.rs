//! A bill as CSV: a line each, with all figures exact.

use super::sheet::{Row, Sheet};
use crate::emit::csv_table;

const HEADER: [&str; 23] = [
    "architecture",
    "element",
    "label",
    "kind",
    "product",
    "group",
    "account",
    "region",
    "meter",
    "price",
    "quantity",
    "unit",
    "derivation",
    "unit_price",
    "cost",
    "currency",
    "remark",
    "unpriced",
    "source_kind",
    "source",
    "rate_code",
    "published",
    "confidence",
];

/// The lines of a bill. What is unpriced has no cost, and says why.
pub fn render(sheet: &Sheet) -> String {
    csv_table(&HEADER, sheet.lines.iter().map(cells))
}

/// The lines of one architecture, if one of them is priced.
pub fn of_architecture(sheet: &Sheet, architecture: &str) -> Option<String> {
    let rows = || sheet.lines.iter().filter(|row| row.architecture == architecture);
    rows().any(|row| row.cost.is_some()).then(|| csv_table(&HEADER, rows().map(cells)))
}

fn cells(row: &Row) -> [String; HEADER.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let source = row.source.as_ref();
    [
        row.architecture.clone(),
        row.element.clone(),
        row.label.clone(),
        row.kind.clone(),
        row.product.clone(),
        text(&row.group),
        text(&row.account),
        text(&row.region),
        row.meter.clone(),
        text(&row.price),
        text(&row.quantity),
        text(&row.unit),
        row.derivation.clone(),
        text(&row.unit_price),
        text(&row.cost),
        text(&row.currency),
        row.remark.clone(),
        text(&row.unpriced),
        source.map_or_else(String::new, |source| source.kind.clone()),
        source.map_or_else(String::new, |source| source.reference.clone()),
        source.map_or_else(String::new, |source| text(&source.rate_code)),
        source.map_or_else(String::new, |source| text(&source.published)),
        source.map_or_else(String::new, |source| text(&source.confidence)),
    ]
}
