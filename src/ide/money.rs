//! Costs in a few words.

use crate::cost::{Total, money};
use crate::quantity::{Amount, grouped};

/// An amount of money: `$1,234`, `$0.42`, `20.00 EUR`. From a hundred on, cents say nothing.
pub(super) fn amount(amount: Amount, currency: &str) -> String {
    let whole = amount.round(0).filter(|_| amount >= Amount::whole(100));
    let figure = whole.map_or_else(|| money(amount), grouped);
    if currency == "USD" { format!("${figure}") } else { format!("{figure} {currency}") }
}

/// What some lines come to in a month, `per` standing behind it: `$1,234 a month, 2 unpriced`. None if there are no lines.
pub(super) fn total(total: &Total, per: &str) -> Option<String> {
    let sums: Vec<String> = total.sums.iter().map(|(currency, sum)| amount(*sum, currency)).collect();
    let sums = sums.join(" + ");
    Some(match (total.priced, total.unpriced) {
        (0, 0) => return None,
        (0, 1) => "unpriced".to_owned(),
        (0, unpriced) => format!("{unpriced} unpriced"),
        (_, 0) => format!("{sums}{per}"),
        (_, unpriced) => format!("{sums}{per}, {unpriced} unpriced"),
    })
}
