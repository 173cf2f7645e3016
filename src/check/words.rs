//! Words that several rules share.

use std::fmt::Display;

use crate::catalog::{Catalog, KindId, WireFact};
use crate::diagnostic::Diagnostic;
use crate::model::{Element, ElementId, Hop, Model, Variety};
use crate::source::Span;
use crate::syntax::ast::Arrow;

/// How many names a list shows before it says how many more there are.
pub(super) const MOST: usize = 6;

/// `a`, `b` and `c`; beyond [`MOST`], "and 5 more".
pub(super) fn listing<I>(names: I, conjunction: &str) -> String
where
    I: IntoIterator<Item: Display, IntoIter: ExactSizeIterator>,
{
    let names = names.into_iter();
    let more = names.len().saturating_sub(MOST);
    let names: Vec<String> = names.take(MOST).map(|name| format!("`{name}`")).collect();
    if more > 0 {
        return format!("{} {conjunction} {more} more", names.join(", "));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {conjunction} {last}", others.join(", ")),
        None => String::new(),
    }
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

/// Adds the name that was probably meant, with a fix that writes it; or else what to do where none is near.
pub(super) fn did_you_mean(
    finding: Diagnostic,
    written: &str,
    at: Span,
    near: Option<&str>,
    otherwise: impl FnOnce() -> String,
) -> Diagnostic {
    match near {
        Some(near) => {
            finding.help(format!("did you mean `{near}`?")).fix(format!("Replace `{written}` with `{near}`"), at, near)
        }
        None => finding.help(otherwise()),
    }
}

/// Where the two ends of a connection are named: in the edge, or where a carrier's kind is.
pub(super) fn ends(model: &Model, hop: Hop) -> (Span, Span) {
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
