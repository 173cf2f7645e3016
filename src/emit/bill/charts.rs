//! Mermaid charts of a bill: a pie of cost by service, and a line of cost against scale.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::sheet::Sheet;

/// Slices of a pie that can still be told apart; the rest is one.
const MAX_SLICES: usize = 10;

/// The cost of each service of an architecture, the largest first, in one currency. None where nothing costs anything.
pub fn pie(sheet: &Sheet, architecture: &str) -> Option<String> {
    let mut costs: BTreeMap<&str, BTreeMap<&str, (String, Decimal)>> = BTreeMap::new();
    for row in sheet.lines.iter().filter(|row| row.architecture == architecture) {
        let (Some(cost), Some(currency)) = (&row.cost, &row.currency) else { continue };
        let label = if row.label.is_empty() { row.element.clone() } else { row.label.clone() };
        let cost: Decimal = cost.parse().ok()?;
        let of_currency = costs.entry(currency).or_default();
        of_currency.entry(&row.element).or_insert((label, Decimal::ZERO)).1 += cost;
    }
    // Amounts of two currencies are no parts of one whole: the one with the most services is shown.
    let (currency, services) = costs.into_iter().max_by_key(|(_, services)| services.len())?;
    let mut slices: Vec<(String, Decimal)> = services.into_values().filter(|(_, cost)| *cost >= cent()).collect();
    slices.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if slices.is_empty() {
        return None;
    }
    if slices.len() > MAX_SLICES {
        let rest = slices.split_off(MAX_SLICES - 1);
        slices.push((format!("{} others", rest.len()), rest.iter().map(|(_, cost)| cost).sum()));
    }
    let mut text = format!("pie showData\n  title Monthly cost in {currency}\n");
    let mut names = BTreeSet::new();
    for (label, cost) in slices {
        let _ = writeln!(text, "  \"{}\" : {}", unique(&plain(&label), &mut names), cost.round_dp(2));
    }
    Some(text)
}

/// The label, or with a number where another slice has it already: Mermaid drops slices of the same label.
fn unique(label: &str, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{label} ({number})"));
    let mut candidates = std::iter::once(label.to_owned()).chain(numbered);
    candidates.find(|name| names.insert(name.clone())).unwrap_or_default()
}

fn cent() -> Decimal {
    Decimal::new(1, 2)
}

/// Mermaid's own colour for the first line can hardly be seen on white.
const INK: &str = "%%{init: {\"themeVariables\": {\"xyChart\": {\"plotColorPalette\": \"#2f6fdb\"}}}}%%\n";

/// The total cost of an architecture at several scales, in one currency. None with fewer than two points.
pub fn against_scale(points: &[(String, Decimal)], currency: &str) -> Option<String> {
    let most = points.iter().map(|(_, cost)| *cost).max().filter(|most| !most.is_zero())?;
    if points.len() < 2 {
        return None;
    }
    let scales: Vec<String> = points.iter().map(|(scale, _)| format!("\"{}\"", plain(scale))).collect();
    let costs: Vec<String> = points.iter().map(|(_, cost)| cost.round_dp(2).to_string()).collect();
    Some(format!(
        "{INK}xychart-beta\n  title \"Monthly cost against scale\"\n  x-axis \"Scale of all loads\" [{}]\n  y-axis \"{currency}\" 0 --> {}\n  line [{}]\n",
        scales.join(", "),
        most.ceil(),
        costs.join(", "),
    ))
}

/// The text without what ends a quoted text in these charts, or is read as markup.
fn plain(text: &str) -> String {
    let kept =
        |c: char| if c.is_control() || matches!(c, '"' | '#' | ';' | '<' | '>' | '`' | '\\' | '%') { ' ' } else { c };
    let text: String = text.chars().map(kept).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "?".to_owned() } else { text }
}
