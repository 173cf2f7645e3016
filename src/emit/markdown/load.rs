//! What moves through an architecture, and how close its services are to their limits.

use super::escape::escape;
use super::subject::Subject;
use super::table::Table;
use crate::emit::load::words::{self, Figures};
use crate::load::{Hidden, Known, Undeclared};
use crate::model::ElementId;

/// How many names stand in a list before it says how many more there are.
const FEW: usize = 5;

/// The table of loads, and what is not known; nothing where no load is declared.
pub(super) fn load(of: &Subject<'_>) -> Vec<String> {
    let Some(table) = table(of) else { return Vec::new() };
    let mut blocks = vec![table];
    blocks.extend(undeclared(of));
    blocks
}

fn table(of: &Subject<'_>) -> Option<String> {
    let mut table = Table::new([
        "Element",
        "Emits",
        "Receives",
        "Peak rate",
        "Bytes",
        "Peak bytes",
        "Record size",
        "On the side",
        "Passes on",
        "Nearest limit",
    ]);
    let mut is_known = false;
    for id in &of.architecture.elements {
        let load = of.survey.loads.node(*id);
        let moves = |flow: &Known| flow.as_ref().is_ok_and(|flow| !flow.is_none());
        is_known |= load.emitted.is_some() || [&load.received, &load.side, &load.sent].into_iter().any(moves);
        let received = Figures::along(&load.received, load.in_edges);
        let cells = [
            of.link(*id),
            load.emitted.as_ref().map(words::emission).unwrap_or_default(),
            received.records,
            received.peak,
            received.bytes,
            received.peak_bytes,
            received.sizes,
            words::aside(load),
            Figures::along(&load.sent, load.out_edges).records,
            nearest(of, *id),
        ];
        if cells.iter().skip(1).any(|cell| !cell.is_empty()) {
            table.row(cells);
        }
    }
    table.render().filter(|_| is_known)
}

/// The quota that an element is closest to.
fn nearest(of: &Subject<'_>, id: ElementId) -> String {
    let Some(capacity) = of.survey.nearest(id) else { return String::new() };
    let [used, allowed] = words::usage(capacity);
    let words = format!("{used} of {allowed} ({})", words::headroom(capacity));
    let words = if capacity.is_exceeded() { format!("**{words}**") } else { words };
    format!("{}: {words}", escape(&capacity.limit.name))
}

/// A list of what to declare.
fn undeclared(of: &Subject<'_>) -> Option<String> {
    let mut lines = Vec::new();
    for Undeclared { need, hidden } in &of.survey.undeclared {
        let is_here = |id: ElementId| of.places.model.element(id).architecture == of.architecture.id;
        let here: Vec<_> = hidden.iter().filter(|hidden| is_here(hidden.element())).collect();
        if here.is_empty() {
            continue;
        }
        let words = |hidden: &&Hidden<'_>| match *hidden {
            Hidden::Load(id) => of.link(*id),
            Hidden::Headroom(id, limit) => format!("{} of {}", escape(&limit.name), of.link(*id)),
        };
        let mut names: Vec<String> = here.iter().take(FEW).map(words).collect();
        if here.len() > FEW {
            names.push(format!("{} more", here.len() - FEW));
        }
        lines.push(format!("- {}: {}", need.advice(of.places.model), names.join(", ")));
    }
    (!lines.is_empty()).then(|| format!("Not known, and what to declare:\n\n{}", lines.join("\n")))
}
