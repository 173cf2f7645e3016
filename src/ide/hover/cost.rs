//! Costs, in the words of `archc bom`.

use std::collections::BTreeMap;

use crate::cost::{Bill, Line, Spending, Subject, Total};
use crate::emit::bill::{Row, price_text, total_in_words};
use crate::emit::bill::{Sum, figure_text, money_text};
use crate::emit::escape;
use crate::ide::Snapshot;
use crate::model::ElementId;

/// How many of the dearest are listed.
const MOST: usize = 5;

/// The lines of the bill that an element or a connection has, with what they come to.
pub(super) fn lines(snapshot: &Snapshot, of: impl Fn(&Line) -> bool) -> Option<String> {
    let (model, loads) = (snapshot.model(), snapshot.loads());
    let lines: Vec<&Line> = snapshot.bill().lines.iter().filter(|line| of(line)).collect();
    if lines.is_empty() {
        return None;
    }
    let heading = heading(&Total::of(lines.iter().copied()));
    let rows = lines.into_iter().map(|line| row(&Row::of(model, loads, line)));
    Some(format!("{heading}\n\n{}", rows.collect::<Vec<_>>().join("\n")))
}

/// `**412.38 USD a month**`
pub(in crate::ide) fn heading(total: &Total) -> String {
    let words = total_in_words(&Sum::of("", total));
    if total.priced == 0 { format!("**{words}**") } else { format!("**{words} a month**") }
}

/// A line of the bill, with how its cost came about.
pub(in crate::ide) fn row(row: &Row) -> String {
    let meter = escape(&row.meter);
    if let Some(reason) = &row.unpriced {
        return format!("- {meter}: unpriced; {reason}");
    }
    let cost = format!(
        "{} {}",
        money_text(row.cost.as_deref().unwrap_or_default()),
        row.currency.as_deref().unwrap_or_default()
    );
    let mut text = format!("- {meter}: **{}**", cost.trim());
    if let (Some(quantity), Some(unit)) = (&row.quantity, &row.unit) {
        let price = row.unit_price.as_deref().map(price_text).unwrap_or_default();
        text = format!("{text} = {} {unit} × {price}", figure_text(quantity));
    }
    let remark = (!row.remark.is_empty()).then(|| format!(" ({})", escape(&row.remark)));
    text.push_str(&remark.unwrap_or_default());
    if !row.derivation.is_empty() {
        text = format!("{text}; {}", escape(&row.derivation));
    }
    format!("{text}{}", source(row))
}

fn source(row: &Row) -> String {
    let Some(source) = &row.source else { return String::new() };
    let date = source.published.as_deref().or(source.read.as_deref());
    let price = row.price.as_deref().map(|price| format!("`{price}`"));
    let region = row.region.as_deref().map(|region| format!("in {region}"));
    let confidence = source.confidence.as_ref().map(|level| format!("confidence {level}"));
    let parts = [price, region, Some(source.kind.clone()), date.map(str::to_owned), confidence];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!(" — {}", parts.join(", ")) }
}

/// Why an element costs nothing, if it does.
pub(super) fn unbilled(bill: &Bill, id: ElementId) -> Option<String> {
    let (_, reason) = bill.unbilled.iter().find(|(element, _)| *element == id)?;
    Some(format!("**Costs nothing**: {reason}"))
}

/// What some elements come to together, and which of them cost the most.
pub(super) fn sum(snapshot: &Snapshot, total: &Total, of: impl Fn(&Line) -> bool) -> Option<String> {
    if total.priced + total.unpriced == 0 {
        return None;
    }
    let model = snapshot.model();
    let mut dearest: BTreeMap<Subject, Total> = BTreeMap::new();
    let mut gaps: BTreeMap<String, usize> = BTreeMap::new();
    for line in snapshot.bill().lines.iter().filter(|line| of(line)) {
        match &line.cost {
            Ok(_) => {
                let single = Total::of([line]);
                let entry = dearest.entry(line.subject).or_default();
                for (currency, amount) in single.sums {
                    let sum = entry.sums.get(&currency).copied().unwrap_or(crate::quantity::Amount::ZERO);
                    entry.sums.insert(currency, sum.checked_add(amount).unwrap_or(sum));
                }
                entry.priced += 1;
            }
            Err(gap) => *gaps.entry(gap.reason(model, line)).or_default() += 1,
        }
    }
    let mut dearest: Vec<(Subject, Total)> = dearest.into_iter().collect();
    dearest.sort_by_key(|(_, total)| std::cmp::Reverse(total.sums.values().max().copied()));
    let dearest = dearest
        .into_iter()
        .take(MOST)
        .map(|(subject, total)| format!("- `{}`: {}", subject.words(model), total_in_words(&Sum::of("", &total))));
    let mut text = format!("{}\n\n", heading(total));
    text.push_str(&dearest.collect::<Vec<_>>().join("\n"));
    let more = gaps.len().saturating_sub(MOST);
    let mut reasons: Vec<String> =
        gaps.into_iter().take(MOST).map(|(reason, _)| format!("- unpriced: {reason}")).collect();
    if more > 0 {
        reasons.push(format!("- unpriced for {more} more reasons"));
    }
    if !reasons.is_empty() {
        text = format!("{}\n{}", text.trim_end(), reasons.join("\n"));
    }
    Some(text.trim_end().to_owned())
}

/// What is spent of a budget.
pub(super) fn budget(spending: &Spending) -> String {
    let Spending { budget, currency, allowed, spent, uncovered, .. } = spending;
    let money = |amount| crate::cost::money(amount);
    let state = if spending.is_exceeded() { "exceeded" } else { "kept" };
    let rest = match uncovered {
        0 => String::new(),
        1 => ", 1 line not covered".to_owned(),
        lines => format!(", {lines} lines not covered"),
    };
    format!("Budget `{budget}`: {state}, {} of {} {currency} a month{rest}", money(*spent), money(*allowed))
}
