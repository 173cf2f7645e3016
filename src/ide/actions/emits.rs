//! What nobody has said of the loads yet.

use super::{Action, Changes, Desk, Sort, place};
use crate::ide::examples;
use crate::load::{Gap, Need};
use crate::model::{Element, Variety};
use crate::syntax::ast::{Arrow, Keyword, Statement};

/// How many properties are offered at one service.
const MOST: usize = 3;

/// A plausible load, to be replaced.
const PLAUSIBLE: &str = "100/s of 1 KB";

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let declaration = desk.around(desk.at).into_iter().next_back().and_then(|statement| match statement {
        Statement::Declaration(it) => Some(&**it),
        _ => None,
    });
    let sources = [Keyword::Service, Keyword::External, Keyword::Person];
    let Some(declaration) = declaration.filter(|it| sources.contains(&it.keyword)) else { return };
    let Some(element) = desk.element(declaration.name_span()) else { return };
    let mut add = |name: &str, value: &str| {
        let setting = format!("{name} = {value}");
        let edit = place::property(desk.text(), declaration, &setting);
        let changes = edit.map(|edit| Changes::with_value(edit, value));
        found.extend(changes.map(|changes| Action::new(format!("Declare `{setting}`"), Sort::Rewrite, changes)));
    };
    if is_silent_source(desk, element) {
        add("emits", PLAUSIBLE);
    }
    let model = desk.snapshot.model();
    let load = desk.snapshot.loads().node(element.id);
    let gaps = [&load.received, &load.sent].into_iter().filter_map(|flow| flow.as_ref().err());
    let properties = gaps.flat_map(Gap::needs).filter_map(|need| match need {
        Need::Property(id, name) if *id == element.id => model.catalog.property(element.kind?, name),
        _ => None,
    });
    for spec in properties.take(MOST) {
        add(&spec.name, &examples::of(spec));
    }
}

/// Whether data leaves an element, none comes to it, and nobody knows how much.
fn is_silent_source(desk: &Desk<'_>, element: &Element) -> bool {
    let model = desk.snapshot.model();
    let is_element = model.elements.get(element.id.index()).is_some_and(|it| it.name_span == element.name_span);
    let takes = matches!(element.variety, Variety::External | Variety::Person | Variety::Service);
    let moves = |arrow: Arrow| arrow != Arrow::Side;
    let mut edges = model.edges.iter().filter(|edge| moves(edge.arrow));
    is_element
        && takes
        && element.settings.get("emits").is_none()
        && edges.clone().any(|edge| edge.from == element.id && edge.settings.get("rate").is_none())
        && !edges.any(|edge| edge.to == element.id || edge.carriers.contains(&element.id))
}
