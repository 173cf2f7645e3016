//! Services, external systems, people and carriers.

use std::fmt::Write as _;

use super::{Links, blocks, container, cost, fence, load, prose, quoted};
use crate::cost::Subject;
use crate::ide::Snapshot;
use crate::ide::effective::Effects;
use crate::model::{Element, ElementId, Model, Scope, Variety};

/// All that is known of an element of the model.
pub(super) fn words(snapshot: &Snapshot, id: ElementId, links: Links<'_>) -> String {
    let model = snapshot.model();
    let element = model.element(id);
    if element.variety == Variety::Group {
        return container::group(snapshot, element, links);
    }
    let loads = snapshot.loads();
    let mut moves = load::of_element(model, loads, id);
    let nearest = snapshot.headrooms().nearest(model, id).filter(|capacity| capacity.headroom().is_some());
    moves.extend(nearest.map(|capacity| load::headroom(model, loads, &capacity)));
    let cost = cost::lines(snapshot, |line| line.subject == Subject::Element(id));
    blocks([
        Some(fence(&signature(model, element))),
        Some(facts(model, element, false)),
        prose::doc(model, Some(scope(element)), element.doc.as_ref(), links),
        Some(moves.join("\n")),
        cost.or_else(|| cost::unbilled(snapshot.bill(), id)),
        effects(snapshot, element),
    ])
}

/// What is known of an element of a pattern that nobody uses.
pub(super) fn template(snapshot: &Snapshot, id: ElementId, links: Links<'_>) -> String {
    let model = &snapshot.analysis.templates;
    let element = model.element(id);
    blocks([
        Some(fence(&signature(model, element))),
        Some(facts(model, element, true)),
        prose::doc(model, Some(scope(element)), element.doc.as_ref(), links),
        Some("Of a pattern that nobody uses: load and cost are those of its instances.".to_owned()),
    ])
}

pub(super) fn scope(element: &Element) -> Scope {
    let group = if element.variety == Variety::Group { Some(element.id) } else { element.group };
    Scope { architecture: element.architecture, group }
}

/// The declaration as it would be written.
pub(super) fn signature(model: &Model, element: &Element) -> String {
    let kind = model.kind_of(element).map(|kind| kind.name.as_str());
    let title = element.title.as_ref().map(|title| format!(" {}", quoted(title))).unwrap_or_default();
    let typed = |word: &str| match kind {
        Some(kind) => format!("{word} {}: {kind}{title}", element.name),
        None => format!("{word} {}{title}", element.name),
    };
    match element.variety {
        Variety::Service => typed("service"),
        Variety::Carrier if element.name_span == element.kind_span => format!("via {}", kind.unwrap_or(&element.name)),
        Variety::Carrier => typed("via"),
        Variety::External if kind.is_none_or(|kind| kind == "external") => format!("external {}{title}", element.name),
        Variety::External => typed("external"),
        Variety::Person if kind.is_none_or(|kind| kind == "person") => format!("person {}{title}", element.name),
        Variety::Person => typed("person"),
        Variety::Group => match &element.pattern {
            Some(pattern) => format!("use {pattern}(…) as {}{title}", element.name),
            None => format!("group {}{title}", element.name),
        },
    }
}

/// What it is, where it stands and who owns it.
pub(super) fn facts(model: &Model, element: &Element, is_template: bool) -> String {
    let mut facts = Vec::new();
    if let Some(kind) = model.kind_of(element).filter(|kind| !kind.is_abstract) {
        let is_ours = matches!(element.variety, Variety::Service | Variety::Carrier);
        let category = model.category(element).filter(|_| is_ours);
        let category = category.map(|category| format!(", {}", category.name())).unwrap_or_default();
        facts.push(format!("{}{category}", kind.product));
    } else if element.kind.is_none() && element.variety == Variety::Service {
        facts.push("of a kind that is not known".to_owned());
    }
    let architecture = &model.architecture(element.architecture).name;
    facts.push(match element.group {
        _ if is_template => format!("in the pattern `{architecture}`"),
        Some(group) => format!("in `{architecture}.{}`", model.path(group)),
        None => format!("in `{architecture}`"),
    });
    facts.extend(model.inherited(element, "owner").map(|owner| format!("owner {owner}")));
    facts.extend(element.settings.text("status").map(|status| format!("status {status}")));
    facts.extend(element.settings.get("tags").map(|tags| format!("tags {tags}")));
    let mut text = facts.join(" · ");
    // What a pattern declares has as many instances as the pattern.
    if element.name_span.file.instance() > 0 && !is_template {
        let pattern = model.instances.get(&element.name_span.file.instance()).map(|instance| &instance.pattern);
        let pattern = pattern.map(|name| format!(" of the pattern `{name}`")).unwrap_or_default();
        let _ = write!(text, "\n\nShown as `{}`, the first instance{pattern}.", model.full_path(element.id));
    }
    text
}

/// What holds without being written, as far as it enters the load or the bill.
fn effects(snapshot: &Snapshot, element: &Element) -> Option<String> {
    let effects = Effects::new(snapshot.model(), snapshot.loads()).of(element);
    let lines = effects.iter().map(|it| format!("- `{}` = {}, {}", it.name, it.value, it.origin));
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("Holds without being written:\n\n{}", lines.join("\n")))
}
