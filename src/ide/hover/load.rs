//! Loads and headrooms, in the words of `archc load`.

use crate::emit::load::words::{self, Figures};
use crate::load::{Capacity, Known, Loads};
use crate::model::{ElementId, Model};

/// A flow on one line: `5,000/s, 4.88 MiB/s; at the peak 15,000/s, 14.6 MiB/s; records of 1 KB`.
pub(super) fn flow(model: &Model, known: &Known) -> String {
    if let Err(gap) = known {
        return format!("unknown: {}", gap.advice(model));
    }
    let Figures { records, peak, bytes, peak_bytes, sizes } = Figures::of(known);
    let pair = |one: &str, other: &str| if other.is_empty() { one.to_owned() } else { format!("{one}, {other}") };
    let mut parts = vec![pair(&records, &bytes)];
    if !peak.is_empty() && peak != records {
        parts.push(format!("at the peak {}", pair(&peak, &peak_bytes)));
    }
    if !sizes.is_empty() {
        parts.push(format!("records of {sizes}"));
    }
    parts.join("; ")
}

/// What comes in and goes out at an element, a line each.
pub(super) fn of_element(model: &Model, loads: &Loads, id: ElementId) -> Vec<String> {
    let node = loads.node(id);
    let mut lines = Vec::new();
    lines.extend(node.emitted.as_ref().map(|known| format!("- Emits {}", flow(model, known))));
    if node.in_edges > 0 {
        lines.push(format!("- Receives {}", flow(model, &node.received)));
    }
    let aside = words::aside(node);
    if !aside.is_empty() {
        lines.push(format!("- On the side {aside}"));
    }
    if node.out_edges > 0 {
        lines.push(format!("- Passes on {}", flow(model, &node.sent)));
    }
    lines
}

/// How far something is from the quota that it is closest to.
pub(super) fn headroom(model: &Model, loads: &Loads, capacity: &Capacity<'_>) -> String {
    let limit = capacity.limit;
    let [used, allowed] = words::usage(capacity);
    let [how_used, how_allowed] = capacity.derivations(model, loads);
    let how = |amount: &str, how: &str| if amount == how { String::new() } else { format!(" = {how}") };
    let force = if limit.is_soft { "can be raised" } else { "cannot be raised" };
    let share = match capacity.users.len() {
        1 => String::new(),
        users => format!(", {users} services together"),
    };
    format!(
        "- Headroom **{}**: {}, {used}{} of {allowed}{}{share}; {force} ({}, {})",
        words::headroom(capacity),
        limit.name,
        how(&used, &how_used),
        how(&allowed, &how_allowed),
        limit.source,
        limit.read,
    )
}
