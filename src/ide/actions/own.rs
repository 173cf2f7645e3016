//! Somebody to ask.

use super::{Action, Changes, Desk, place};
use crate::diagnostic::Diagnostic;
use crate::model::Element;

/// How many owners are offered.
const MOST: usize = 3;

/// The owner that is written where nobody knows one.
const ANYBODY: &str = "team";

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let Some((element, declaration)) = desk.element(at).zip(desk.declaration(at)) else { return };
    let near = owners(desk, element);
    let mut add = |owner: &str, is_guess: bool| {
        let setting = format!("owner = \"{}\"", owner.replace('\\', "\\\\").replace('"', "\\\""));
        let Some(edit) = place::property(desk.text(), declaration, &setting) else { return };
        let changes = if is_guess { Changes::with_placeholder(edit, owner) } else { Changes::of(vec![edit]) };
        found.push(Action::mending(index, format!("Add `{setting}`"), changes));
    };
    near.iter().take(MOST).for_each(|owner| add(owner, false));
    if near.is_empty() {
        add(ANYBODY, true);
    }
}

/// Who owns what stands around an element, the nearest first.
fn owners<'s>(desk: &Desk<'s>, element: &Element) -> Vec<&'s str> {
    let model = desk.snapshot.model();
    let distance = |other: &Element| match (other.architecture == element.architecture, other.group == element.group) {
        (true, true) => 0,
        (true, false) => 1,
        _ => 2,
    };
    let of_elements = model.elements.iter().filter_map(|it| Some((distance(it), it.settings.text("owner")?)));
    let of_systems = model.architectures.iter().filter_map(|it| Some((2, it.settings.text("owner")?)));
    let mut all: Vec<(usize, &str)> = of_elements.chain(of_systems).collect();
    all.sort_by_key(|(distance, _)| *distance);
    let mut owners: Vec<&str> = Vec::new();
    for (_, owner) in all {
        if owners.len() < MOST && !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners
}
