//! A plan as Mermaid's `architecture-beta`: services with icons, in groups, tied together at their sides.
//!
//! Its titles hold letters, digits and blanks. An arrow leaves and enters at a side, which places its ends: along the
//! direction of the diagram where one end is further down the way than the other, and across it where they are level.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::chart::{self, Chart};
use super::page::Heading;
use super::{Drawn, MAX_CHARACTERS};
use crate::catalog::Category;
use crate::model::{ElementId, Variety};
use crate::view::{Direction, Item, Plan, What};

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
        let title = title(&chart::plain_label(item, chart.names.model), id(place));
        if plan.is_frame(place) {
            _ = writeln!(text, "  group {}(cloud)[{title}]{around}", id(place));
            open.push(place);
        } else {
            _ = writeln!(text, "  service {}({})[{title}]{around}", id(place), icon(chart, item));
        }
    }
    let ranks = ranks(plan);
    let mut drawn = BTreeSet::new();
    let mut left_out = Vec::new();
    for (at, arrow) in plan.arrows.iter().enumerate() {
        let (from, to) = (arrow.from, arrow.to);
        if from == to || plan.is_frame(from) || plan.is_frame(to) {
            left_out.push(at);
        } else if drawn.insert((from, to)) {
            let (leaves, enters) = sides(heading.direction, ranks.get(from) == ranks.get(to));
            _ = writeln!(text, "  {}:{leaves} --> {enters}:{}", id(from), id(to));
        }
    }
    let reason = "this sort of diagram has no arrows to groups, and none from a service to itself";
    let notes = chart.left_out(&left_out, reason).into_iter().chain([VERSION.to_owned()]).collect();
    (text.encode_utf16().count() <= MAX_CHARACTERS).then_some(Drawn { text, notes })
}

/// The sides that an arrow leaves and enters at.
fn sides(direction: Direction, is_level: bool) -> (char, char) {
    match (direction, is_level) {
        (Direction::Right, false) | (Direction::Down, true) => ('R', 'L'),
        (Direction::Left, false) => ('L', 'R'),
        (Direction::Down, false) | (Direction::Right | Direction::Left, true) => ('B', 'T'),
        (Direction::Up, false) => ('T', 'B'),
        (Direction::Up, true) => ('R', 'L'),
    }
}

/// How far each item is from where arrows begin, by the fewest steps.
fn ranks(plan: &Plan) -> Vec<usize> {
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); plan.items.len()];
    let mut is_target = vec![false; plan.items.len()];
    for arrow in &plan.arrows {
        if let (Some(list), Some(is_target)) = (targets.get_mut(arrow.from), is_target.get_mut(arrow.to)) {
            list.push(arrow.to);
            *is_target = true;
        }
    }
    let mut ranks: Vec<Option<usize>> = is_target.iter().map(|is_target| (!is_target).then_some(0)).collect();
    let mut queue: Vec<usize> = (0..ranks.len()).filter(|place| ranks.get(*place) == Some(&Some(0))).collect();
    let mut next = 0;
    while let Some(place) = queue.get(next).copied() {
        next += 1;
        let rank = ranks.get(place).copied().flatten().unwrap_or_default();
        for to in targets.get(place).into_iter().flatten() {
            if let Some(of_target @ None) = ranks.get_mut(*to) {
                *of_target = Some(rank + 1);
                queue.push(*to);
            }
        }
    }
    ranks.into_iter().map(Option::unwrap_or_default).collect()
}

/// One of the icons that every host has.
fn icon(chart: &Chart<'_, '_>, item: &Item) -> &'static str {
    let of = |id: ElementId| {
        let element = chart.names.model.element(id);
        match chart.names.category(element) {
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

/// A text in the characters that a title may have.
fn title(text: &str, id: &str) -> String {
    let plain = |char: char| if char.is_ascii_alphanumeric() || char == '_' { char } else { ' ' };
    let text: String = text.chars().map(plain).collect();
    let title = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if title.is_empty() { id.to_owned() } else { title }
}
