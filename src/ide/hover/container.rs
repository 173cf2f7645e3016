//! Groups and architectures: what is in them, together.

use std::collections::BTreeSet;

use super::{Links, blocks, cost, element, fence, load, prose, quoted};
use crate::cost::{Line, Total, spendings};
use crate::flow::Flow;
use crate::ide::Snapshot;
use crate::load::Known;
use crate::model::{ArchitectureId, Element, ElementId, Model, Scope, Settings, Variety};

/// All that is known of an architecture.
pub(super) fn architecture(snapshot: &Snapshot, id: ArchitectureId, links: Links<'_>) -> String {
    let model = snapshot.model();
    let architecture = model.architecture(id);
    let title = architecture.title.as_ref().map(|title| format!(" {}", quoted(title))).unwrap_or_default();
    let inside: BTreeSet<ElementId> = architecture.elements.iter().copied().collect();
    let mut facts = vec![count(model, &inside)];
    facts.extend(architecture.settings.text("owner").map(|owner| format!("owner {owner}")));
    facts.extend(architecture.settings.text("status").map(|status| format!("status {status}")));
    let scope = Scope { architecture: id, group: None };
    let bill = snapshot.bill();
    let without = bill.without_transfer.get(&id).copied().unwrap_or_default();
    blocks([
        Some(fence(&format!("architecture {}{title}", architecture.name))),
        Some(facts.join(" · ")),
        prose::doc(model, Some(scope), architecture.doc.as_ref(), links),
        Some(moves(snapshot, &inside, true)),
        cost::sum(snapshot, &bill.total_of(id), |line| line.architecture == id),
        budget(snapshot, &architecture.settings),
        (without > 0).then(|| not_covered(without)),
    ])
}

fn not_covered(connections: usize) -> String {
    match connections {
        1 => "Not in it: data transfer along 1 connection that does not say `transfer`.".to_owned(),
        _ => format!("Not in it: data transfer along {connections} connections that do not say `transfer`."),
    }
}

/// All that is known of a group.
pub(super) fn group(snapshot: &Snapshot, group: &Element, links: Links<'_>) -> String {
    let model = snapshot.model();
    let inside: BTreeSet<ElementId> = within(model, group.id).collect();
    let is_inside = |line: &Line| line.subject.groups(model).any(|it| it == group.id);
    let total = Total::of(snapshot.bill().lines.iter().filter(|line| is_inside(line)));
    blocks([
        Some(fence(&element::signature(model, group))),
        Some(format!("{} · {}", element::facts(model, group, false), count(model, &inside))),
        prose::doc(model, Some(element::scope(group)), group.doc.as_ref(), links),
        Some(moves(snapshot, &inside, false)),
        cost::sum(snapshot, &total, is_inside),
        budget(snapshot, &group.settings),
    ])
}

/// The elements of a group at any depth, carriers included.
pub(in crate::ide) fn within(model: &Model, group: ElementId) -> impl Iterator<Item = ElementId> + '_ {
    let all = model.architecture(model.element(group).architecture).elements.iter().copied();
    all.filter(move |id| {
        std::iter::successors(model.element(*id).group, |it| model.element(*it).group).any(|it| it == group)
    })
}

/// `12 services, 3 carriers, 2 external systems`
fn count(model: &Model, inside: &BTreeSet<ElementId>) -> String {
    let number =
        |variety: &[Variety]| inside.iter().filter(|id| variety.contains(&model.element(**id).variety)).count();
    let words = [
        (number(&[Variety::Service]), "service", "services"),
        (number(&[Variety::Carrier]), "carrier", "carriers"),
        (number(&[Variety::External]), "external system", "external systems"),
        (number(&[Variety::Person]), "person", "people"),
        (number(&[Variety::Group]), "group", "groups"),
    ];
    let words = words.iter().filter(|(number, ..)| *number > 0);
    let words: Vec<String> =
        words.map(|(number, one, many)| format!("{number} {}", if *number == 1 { one } else { many })).collect();
    if words.is_empty() { "empty".to_owned() } else { words.join(", ") }
}

/// What crosses the boundary, both ways. External systems and people stand outside of an architecture, wherever it names
/// them.
fn moves(snapshot: &Snapshot, inside: &BTreeSet<ElementId>, is_system: bool) -> String {
    let (model, loads) = (snapshot.model(), snapshot.loads());
    let is_others = |id: ElementId| matches!(model.element(id).variety, Variety::External | Variety::Person);
    let is_inside = |id: ElementId| inside.contains(&id) && !(is_system && is_others(id));
    let data = || model.edges.iter().filter(|edge| edge.arrow != crate::syntax::ast::Arrow::Side);
    let coming = data().filter(|edge| is_inside(edge.to) && !is_inside(edge.from));
    let coming = together(model, coming.filter_map(|edge| loads.edge(edge.id).at_end()));
    let going = data().filter(|edge| is_inside(edge.from) && !is_inside(edge.to));
    let going = together(model, going.filter_map(|edge| loads.edge(edge.id).hops.first()));
    let mut lines = Vec::new();
    lines.extend(coming.map(|words| format!("- Comes in {words}")));
    lines.extend(going.map(|words| format!("- Goes out {words}")));
    let nearest = snapshot.headrooms().nearest_of(model, inside.iter().copied());
    if let Some(capacity) = nearest.filter(|capacity| capacity.headroom().is_some()) {
        let user = capacity.users.first().map(|id| format!(" at {}", model.called(*id))).unwrap_or_default();
        lines.push(format!("{}{user}", load::headroom(model, loads, &capacity)));
    }
    lines.join("\n")
}

/// Some flows together in words, and what would make the rest known; none if there are none.
fn together<'l>(model: &Model, flows: impl Iterator<Item = &'l Known>) -> Option<String> {
    let mut sum: Option<Flow> = None;
    let mut gap = None;
    for known in flows {
        match known {
            Err(unknown) => gap = gap.or(Some(unknown)),
            Ok(flow) => sum = Some(sum.unwrap_or_else(Flow::none).merged(flow)?),
        }
    }
    let sum = sum.map(|flow| load::flow(model, &Ok(flow)));
    match (sum, gap) {
        (Some(sum), Some(gap)) => Some(format!("{sum}; and what is not known: {}", gap.advice(model))),
        (None, Some(gap)) => Some(format!("unknown: {}", gap.advice(model))),
        (sum, None) => sum,
    }
}

fn budget(snapshot: &Snapshot, settings: &Settings) -> Option<String> {
    let budget = settings.properties.iter().find(|property| property.name == "budget")?;
    let spendings = spendings(snapshot.model(), snapshot.bill());
    spendings.iter().find(|spending| spending.span == budget.span).map(cost::budget)
}
