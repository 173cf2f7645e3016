//! Numbers with units: what they measure, and how much that is exactly.

use crate::quantity::{Amount, Dimension, DimensionKind, Quantity, grouped};
use crate::syntax::ast::{Value, ValueKind};

/// What a number says; of one in a load such as `5_000/s of 1 KB`, with what both give together.
pub(super) fn words(text: &str, load: Option<&(Value, Value)>) -> Option<String> {
    let quantity = Quantity::parse(text).ok()?;
    let mut lines = vec![format!("`{quantity}` is {}", quantity.dimension())];
    let exact = exact(&quantity);
    if !exact.is_empty() {
        lines.push(exact.iter().map(|it| format!("= {it}")).collect::<Vec<_>>().join("  \n"));
    }
    let together = load.and_then(throughput).map(|amount| {
        let [second, month] = [amount, amount.checked_mul(Amount::MONTH).unwrap_or(amount)];
        let second = second.in_brief(Dimension::THROUGHPUT);
        format!("Together {second}, in a month of 730 h {}", month.in_brief(Dimension::SIZE))
    });
    lines.extend(together);
    Some(lines.join("\n\n"))
}

fn exact(quantity: &Quantity) -> Vec<String> {
    const DAY: Amount = Amount::whole(86_400);
    let Some(amount) = quantity.amount() else { return Vec::new() };
    let figure = |amount: Option<Amount>| {
        let decimal = amount.and_then(Amount::decimal).map(|it| it.round_dp(9).normalize());
        decimal.map_or_else(|| "too many".to_owned(), grouped)
    };
    let times = |factor: Amount| amount.checked_mul(factor);
    let written = quantity.to_string().replace('_', ",");
    let words = match quantity.dimension().kind() {
        DimensionKind::Size => vec![format!("{} B", figure(Some(amount)))],
        DimensionKind::Duration => vec![format!("{} s", figure(Some(amount)))],
        DimensionKind::Rate => vec![
            format!("{}/s", figure(Some(amount))),
            format!("{}/d", figure(times(DAY))),
            format!("{} in a month of 730 h", figure(times(Amount::MONTH))),
        ],
        DimensionKind::Throughput => vec![
            format!("{} B/s", figure(Some(amount))),
            format!("{} B/d", figure(times(DAY))),
            format!("{} in a month of 730 h", times(Amount::MONTH).unwrap_or(amount).in_brief(Dimension::SIZE)),
        ],
        DimensionKind::MoneyRate => {
            let currency = quantity.dimension().currency().unwrap_or_default();
            let hour = amount.checked_mul(Amount::whole(3_600));
            vec![
                format!("{} {currency} in a month of 730 h", figure(times(Amount::MONTH))),
                format!("{} {currency} an hour", figure(hour)),
            ]
        }
        DimensionKind::Percent => vec![figure(Some(amount))],
        DimensionKind::Multiple => vec![format!("{} times as much", figure(Some(amount)))],
        DimensionKind::Number | DimensionKind::Count | DimensionKind::Money | DimensionKind::Other => Vec::new(),
    };
    words.into_iter().filter(|it| *it != written).collect()
}

fn throughput(load: &(Value, Value)) -> Option<Amount> {
    let amount = |value: &Value| match &value.kind {
        ValueKind::Number(text) => Quantity::parse(text).ok()?.amount(),
        _ => None,
    };
    amount(&load.0)?.checked_mul(amount(&load.1)?)
}
