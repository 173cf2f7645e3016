//! A plan as Mermaid's `architecture-beta`: services with icons, in groups, tied together at their sides.
//!
//! Its titles hold letters, digits and blanks. An arrow leaves and enters at a side, and these sides are all that Mermaid
//! places nodes by: it walks along the arrows and puts each node next to the one that it came from. `grid.rs` walks in the
//! same way, and chooses sides so that no two nodes come to stand in one place. Of groups it knows nothing: where arrows
//! cross their borders back and forth, Mermaid may still draw one node over another.

mod grid;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::chart::{self, Chart};
use super::page::Heading;
use super::{Drawn, MAX_CHARACTERS};
use crate::catalog::Category;
use crate::model::{ElementId, Variety};
use crate::view::{Item, What};

/// What hosts have to know.
const VERSION: &str = "Mermaid draws this sort of diagram from version 11.1; hosts with an older one show an error.";

/// Draws a plan; none if that is too much for one diagram. What cannot be drawn stands in the notes.
pub(super) fn draw(chart: &Chart<'_, '_>, heading: &Heading<'_>) -> Option<Drawn> {
    let plan = chart.plan;
    if plan.is_too_large() {
        return None;
    }
    let ids = chart::ids(plan, &chart.names);
    let id = |place: usize| ids.get(place).map(String::as_str).unwrap_or_default();
    let mut text = format!("%% {}: drawn by archc\narchitecture-beta\n", heading.architecture);
    let mut open: Vec<usize> = Vec::new();
    for (place, item) in plan.items.iter().enumerate() {
        open.retain(|frame| plan.items.get(*frame).is_some_and(|frame| frame.end > place));
        let around = open.last().map(|frame| format!(" in {}", id(*frame))).unwrap_or_default();
        let title = title(chart, item, id(place));
        if plan.is_frame(place) {
            _ = writeln!(text, "  group {}(cloud)[{title}]{around}", id(place));
            open.push(place);
        } else {
            _ = writeln!(text, "  service {}({})[{title}]{around}", id(place), icon(chart, item));
        }
    }
    let mut left_out = Vec::new();
    let mut arrows = Vec::new();
    let mut known = BTreeSet::new();
    let mut beside = 0_usize;
    for (at, arrow) in plan.arrows.iter().enumerate() {
        if arrow.from == arrow.to || plan.is_frame(arrow.from) || plan.is_frame(arrow.to) {
            left_out.push(at);
        } else if known.insert((arrow.from, arrow.to)) {
            arrows.push((arrow.from, arrow.to));
        } else {
            beside += 1;
        }
    }
    for ((from, to), (leaves, enters)) in grid::sides(heading.direction, plan.items.len(), &arrows) {
        _ = writeln!(text, "  {}:{leaves} --> {enters}:{}", id(from), id(to));
    }
    let reason = "this sort of diagram has no arrows to groups, and none from a service to itself";
    let merged = match beside {
        0 => None,
        1 => Some("One arrow is not drawn beside another one that leads the same way.".to_owned()),
        _ => Some(format!("{beside} arrows are not drawn beside others that lead the same way.")),
    };
    let notes = chart.left_out(&left_out, reason).into_iter().chain(merged).chain([VERSION.to_owned()]).collect();
    (text.encode_utf16().count() <= MAX_CHARACTERS).then_some(Drawn { text, notes })
}

/// One of the icons that every host has.
fn icon(chart: &Chart<'_, '_>, item: &Item) -> &'static str {
    let of = |id: ElementId| {
        let element = chart.names.model.element(id);
        match chart.names.model.category(element) {
            Some(Category::External | Category::Person | Category::Network) => "internet",
            Some(Category::Store) => "disk",
            Some(Category::Database) => "database",
            _ if element.variety == Variety::Group => "cloud",
            _ => "server",
        }
    };
    match item.what {
        What::Element(id) => of(id),
        What::Foreign(_) => "internet",
        What::Architecture(_) | What::Sharing(_) => "cloud",
    }
}

/// The label of an item in the characters that a title may have; its name if there are none of them, or else its id.
fn title(chart: &Chart<'_, '_>, item: &Item, id: &str) -> String {
    let model = chart.names.model;
    let texts = [plain(&chart::plain_label(item, model)), plain(chart::name(item, model))];
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_else(|| id.to_owned())
}

fn plain(text: &str) -> String {
    let plain = |char: char| if char.is_ascii_alphanumeric() || char == '_' { char } else { ' ' };
    let text: String = text.chars().map(plain).collect();
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
