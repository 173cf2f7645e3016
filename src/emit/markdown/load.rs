//! What moves through an architecture, and how close its services are to their limits.

use super::escape::escape;
use super::page::Page;
use super::table::Table;
use crate::emit::load::words::{self, Figures};
use crate::load::{Hidden, Known, Undeclared};
use crate::model::ElementId;

/// How many names stand in a list before it says how many more there are.
const FEW: usize = 5;

/// The table of loads, and what is not known; nothing where no load is declared.
pub(super) fn load(page: &Page<'_>) -> Vec<String> {
    let Some(table) = table(page) else { return Vec::new() };
    let mut blocks = vec![table];
    blocks.extend(undeclared(page));
    blocks
}

fn table(page: &Page<'_>) -> Option<String> {
    let mut table = Table::new([
        "Element",
        "Emits",
        "Receives",
        "At the peak",
        "Bytes",
        "At the peak",
        "Record size",
        "On the side",
        "Passes on",
        "Nearest limit",
    ]);
    let mut is_known = false;
    for id in &page.architecture.elements {
        let load = page.survey.loads.node(*id);
        let moves = |flow: &Known| flow.as_ref().is_ok_and(|flow| !flow.is_none());
        is_known |= load.emitted.is_some() || [&load.received, &load.side, &load.sent].into_iter().any(moves);
        let received = Figures::along(&load.received, load.in_edges);
        let cells = [
            page.link(*id),
            load.emitted.as_ref().map(words::emission).unwrap_or_default(),
            received.records,
            received.peak,
            received.bytes,
            received.peak_bytes,
            received.sizes,
            words::aside(load),
            Figures::along(&load.sent, load.out_edges).records,
            nearest(page, *id),
        ];
        if cells.iter().skip(1).any(|cell| !cell.is_empty()) {
            table.row(cells);
        }
    }
    table.render().filter(|_| is_known)
}

/// The quota that an element is closest to.
fn nearest(page: &Page<'_>, id: ElementId) -> String {
    let Some(capacity) = page.survey.nearest(id) else { return String::new() };
    let [used, allowed] = words::usage(capacity);
    let words = format!("{used} of {allowed} ({})", words::headroom(capacity));
    let words = if capacity.is_exceeded() { format!("**{words}**") } else { words };
    format!("{}: {words}", escape(&capacity.limit.name))
}

/// A list of what to declare.
fn undeclared(page: &Page<'_>) -> Option<String> {
    let mut lines = Vec::new();
    for Undeclared { need, hidden } in &page.survey.undeclared {
        let is_here = |id: ElementId| page.places.model.element(id).architecture == page.architecture.id;
        let here: Vec<_> = hidden.iter().filter(|hidden| is_here(hidden.element())).collect();
        if here.is_empty() {
            continue;
        }
        let words = |hidden: &&Hidden<'_>| match *hidden {
            Hidden::Load(id) => page.link(*id),
            Hidden::Headroom(id, limit) => format!("{} of {}", escape(&limit.name), page.link(*id)),
        };
        let mut names: Vec<String> = here.iter().take(FEW).map(words).collect();
        if here.len() > FEW {
            names.push(format!("{} more", here.len() - FEW));
        }
        lines.push(format!("- {}: {}", need.advice(page.places.model), names.join(", ")));
    }
    (!lines.is_empty()).then(|| format!("Not known, and what to declare:\n\n{}", lines.join("\n")))
}
