//! Words that several rules share.

use super::rule::Rule;
use crate::catalog::{Catalog, KindId, WireFact};
use crate::cost::money;
use crate::diagnostic::Diagnostic;
use crate::load::{Capacity, Loads};
use crate::model::{Element, ElementId, Hop, Model, Variety};
use crate::quantity::Amount;
use crate::source::Span;
pub(crate) use crate::suggest::{MOST, listing};
use crate::syntax::ast::Arrow;

/// What is spent in a month.
pub(super) fn monthly(amount: Amount, currency: &str) -> String {
    format!("{} {currency} a month", money(amount))
}

/// What a rule has to say of a quota that is exceeded, at the first service that uses it.
pub(super) fn exceeded(model: &Model, loads: &Loads, capacity: &Capacity<'_>, rule: &Rule) -> Option<Diagnostic> {
    let limit = capacity.limit;
    let first = model.element(*capacity.users.first()?);
    let dimension = capacity.dimension();
    let [used, allowed] = [capacity.used, capacity.allowed].map(|amount| amount.in_words(dimension));
    let [how_used, how_allowed] = &capacity.derivations(model, loads);
    let users = match capacity.users.as_slice() {
        [one] => format!("`{}` needs", model.path(*one)),
        all => format!("{} need", listing(all.iter().map(|id| model.path(*id)).collect::<Vec<_>>(), "and")),
    };
    let how = |amount: &str, how: &str| if amount == how { String::new() } else { format!(" ({how})") };
    let message = format!(
        "{users} {used}{} at the peak, and {allowed}{} is the limit: {}",
        how(&used, how_used),
        how(&allowed, how_allowed),
        limit.name,
    );
    let headroom = capacity.headroom().and_then(|headroom| headroom.round(2));
    let headroom = headroom.map_or_else(String::new, |headroom| format!("headroom {headroom}x; "));
    let note = limit.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
    let advice = if limit.is_soft { "the provider raises it on request" } else { "it cannot be raised" };
    let help = format!("{headroom}{advice}; {}, read {}{note}", limit.source, limit.read);
    let share = capacity.used.checked_div(capacity.allowed).and_then(Amount::decimal);
    Some(rule.at(first.name_span, message).help(help).measured(limit.name.as_str(), [share]))
}

/// The names of kinds.
pub(super) fn kinds<'c>(catalog: &'c Catalog, ids: &[KindId]) -> Vec<&'c str> {
    ids.iter().map(|id| catalog.kind(*id).name.as_str()).collect()
}

/// What one end does to the other along an arrow, as it follows "can" and "cannot".
pub(super) fn verb(arrow: Arrow) -> &'static str {
    match arrow {
        Arrow::Data | Arrow::Reply => "send data to",
        Arrow::Call => "call",
        Arrow::Side => "have a side channel to",
    }
}

/// Where the two ends of a connection are named: in the edge, or where a carrier's kind is.
pub(crate) fn ends(model: &Model, hop: Hop) -> (Span, Span) {
    let edge = model.edge(hop.edge);
    let place = |id, end, span| if id == end { span } else { model.element(id).kind_span };
    (place(hop.from, edge.from, edge.from_span), place(hop.to, edge.to, edge.to_span))
}

/// That two elements can be connected, if not by this arrow.
pub(super) fn other_arrow(model: &Model, hop: Hop, arrow: Arrow) -> String {
    let what = match arrow {
        Arrow::Side => "as a side channel",
        Arrow::Call => "as a call",
        Arrow::Data | Arrow::Reply => "as data",
    };
    format!("{what} it works: `{} {} {}`", name(model, hop.from), arrow.symbol(), name(model, hop.to))
}

/// What a wiring fact adds.
pub(super) fn note(fact: &WireFact) -> Option<String> {
    fact.note.as_ref().map(ToString::to_string)
}

/// Who says so.
pub(super) fn source(fact: &WireFact) -> String {
    match fact.read {
        Some(read) => format!("source: {}, read {read}", fact.source),
        None => format!("source: {}", fact.source),
    }
}

/// What to call an element: a carrier without a name of its own is known by its kind.
pub(super) fn name(model: &Model, id: ElementId) -> &str {
    let element = model.element(id);
    match model.kind_of(element) {
        Some(kind) if is_anonymous(element) => &kind.name,
        _ => &element.name,
    }
}

/// Whether an element is a carrier without a name, which is declared where its kind is named.
pub(super) fn is_anonymous(element: &Element) -> bool {
    element.variety == Variety::Carrier && element.name_span == element.kind_span
}
