//! Views, scenarios, decisions and environments.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Links, blocks, fence, property, prose, quoted};
use crate::decision::Decisions;
use crate::docs;
use crate::ide::Snapshot;
use crate::model::{Decision, Difference, ElementId, Environment, Head, Model, Scenario, View};
use crate::scenario::{Item, Participant, participants, sequences};
use crate::source::Span;
use crate::view::Canvas;

/// How many differences of an environment are listed.
const MOST: usize = 12;

fn signature(keyword: &str, head: &Head) -> String {
    let title = head.title.as_ref().map(|title| format!(" {}", quoted(title))).unwrap_or_default();
    fence(&format!("{keyword} {}{title}", head.name))
}

fn home(model: &Model, head: &Head) -> String {
    match head.architecture {
        Some(id) => format!("in `{}`", model.architecture(id).name),
        None => "of the whole workspace".to_owned(),
    }
}

pub(super) fn view(snapshot: &Snapshot, view: &View, links: Links<'_>) -> String {
    let model = snapshot.model();
    let canvas = Canvas::new(model);
    let picture = canvas.picture(view);
    // What stands in a group that is drawn as one node is not drawn.
    let is_hidden = |id: &ElementId| {
        let around = std::iter::successors(model.element(*id).group, |group| model.element(*group).group);
        around.into_iter().any(|group| picture.collapsed.contains(&group))
    };
    let drawn: BTreeSet<ElementId> = picture.shown.union(&picture.collapsed).copied().collect();
    let shown: Vec<String> = drawn.iter().filter(|id| !is_hidden(id)).map(|id| model.full_path(*id)).collect();
    blocks([
        Some(signature("view", &view.head)),
        Some(home(model, &view.head)),
        prose::doc(model, view.head.scope(), view.head.doc.as_ref(), links),
        Some(property::listing("Shows", ["element", "elements"], &shown)),
    ])
}

pub(super) fn scenario(snapshot: &Snapshot, scenario: &Scenario, links: Links<'_>) -> String {
    let model = snapshot.model();
    let all = sequences(model);
    let sequence = all.iter().find(|sequence| std::ptr::eq(sequence.scenario, scenario));
    let steps = sequence.map(|sequence| steps(&sequence.items)).unwrap_or_default();
    let taking_part = sequence.map(|sequence| participants(&sequence.items)).unwrap_or_default();
    let name = |participant: &Participant| match participant {
        Participant::Architecture(id) => format!("`{}`", model.architecture(*id).name),
        Participant::Element(id) => format!("`{}`", model.path(*id)),
    };
    let names: Vec<String> = taking_part.iter().map(name).collect();
    let steps = if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
    blocks([
        Some(signature("scenario", &scenario.head)),
        Some(home(model, &scenario.head)),
        prose::doc(model, scenario.head.scope(), scenario.head.doc.as_ref(), links),
        Some(if names.is_empty() { steps } else { format!("{steps} between {}", names.join(", ")) }),
    ])
}

fn steps(items: &[Item]) -> usize {
    let steps = items.iter().map(|item| match item {
        Item::Message(_) => 1,
        Item::Fragment(fragment) => fragment.branches.iter().map(|branch| steps(&branch.items)).sum(),
        Item::Note(_) => 0,
    });
    steps.sum()
}

pub(super) fn decision(snapshot: &Snapshot, decision: &Decision, links: Links<'_>) -> String {
    let model = snapshot.model();
    let head = &decision.head;
    let status = head.settings.text("status").map(|status| format!("**{status}**"));
    let date = head.settings.get("date").map(|date| format!("since {date}"));
    let facts: Vec<String> = status.into_iter().chain(date).chain([home(model, head)]).collect();
    let names = |paths: &[crate::syntax::ast::Path]| {
        let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.text)).collect();
        names.join(", ")
    };
    let affects = (!decision.affects.is_empty()).then(|| format!("Affects {}", names(&decision.affects)));
    let supersedes = (!decision.supersedes.is_empty()).then(|| format!("Supersedes {}", names(&decision.supersedes)));
    blocks([
        Some(signature("decision", head)),
        Some(facts.join(" · ")),
        prose::doc(model, head.scope(), head.doc.as_ref(), links),
        affects,
        supersedes,
    ])
}

/// A decision record in Markdown, by the place of its title.
pub(super) fn record(snapshot: &Snapshot, place: Span) -> Option<String> {
    let decisions = Decisions::of(snapshot.model(), &snapshot.workspace);
    let found = decisions.all.iter().find(|decision| decision.name_span.written() == place)?;
    let status = found.status.map(|status| format!("**{}**", status.name()));
    let date = found.date.map(|date| format!("of {date}"));
    let path = found.path.as_ref().map(|path| format!("`{path}`"));
    let facts: Vec<String> = status.into_iter().chain(date).chain(path).collect();
    let summary = found.text.as_ref().map(|text| docs::summary(&text.text));
    Some(blocks([Some(format!("**{}**", found.label())), Some(facts.join(" · ")), summary]))
}

pub(super) fn environment(snapshot: &Snapshot, environment: &Environment, links: Links<'_>) -> String {
    let model = snapshot.model();
    let parents: Vec<String> = model.parents(environment).map(|name| format!("`{name}`")).collect();
    let inherits = (!parents.is_empty()).then(|| format!("Inherits from {}", parents.join(", ")));
    let docs = environment.parts.iter().map(|part| {
        let scope = part.architecture.map(|architecture| crate::model::Scope { architecture, group: None });
        prose::doc(model, scope, part.doc.as_ref(), links)
    });
    let label = environment.label(None);
    let title = if label == environment.name { String::new() } else { format!(" {}", quoted(label)) };
    let mut all = vec![Some(fence(&format!("environment {}{title}", environment.name))), inherits];
    all.extend(docs);
    all.push(Some(differences(model, environment)));
    blocks(all)
}

fn differences(model: &Model, environment: &Environment) -> String {
    let differences = model.differences(environment);
    let rows = differences.iter().flat_map(|(architecture, all)| all.iter().map(move |it| (*architecture, it)));
    let rows: Vec<String> = rows.map(|(id, it)| difference(&model.architecture(id).name, it)).collect();
    if rows.is_empty() {
        return "Nothing differs from the base".to_owned();
    }
    let more = rows.len().saturating_sub(MOST);
    let mut text = format!(
        "| What differs | In the base | In `{}` |\n|---|---|---|\n{}",
        environment.name,
        rows.into_iter().take(MOST).collect::<Vec<_>>().join("\n")
    );
    if more > 0 {
        let _ = write!(text, "\n\nand {more} more");
    }
    text
}

fn difference(architecture: &str, difference: &Difference) -> String {
    let path = difference.path.as_ref().map(|path| format!(".{path}")).unwrap_or_default();
    let Some(change) = &difference.change else { return format!("| `{architecture}{path}` | there | not there |") };
    let before = change.before.as_ref().map(ToString::to_string);
    let default = change.default.as_ref().map(|value| format!("{value} (default)"));
    let before = before.or(default).unwrap_or_else(|| "not given".to_owned());
    format!("| `{architecture}{path}.{}` | {before} | {} |", change.name, change.after)
}
