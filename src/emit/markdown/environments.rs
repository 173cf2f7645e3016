//! What differs in the environments of an architecture.

use super::element::{free, value};
use super::escape::escape;
use super::page::Page;
use super::prose::{Setting, scope_of};
use super::table::Table;
use crate::model::{ArchitectureId, Difference, Differences, Environment, Lookup, Model, Part, Replacement};
use crate::syntax::ast::Path;

/// How many environments a documentation shows. Each has what it inherits, too, which can be as much again and again.
const MOST: usize = 50;

/// The environments that a documentation shows, each with its differences: all where it shows the base, else the one.
pub(super) struct Environments<'m> {
    shown: Vec<(&'m Environment, Differences)>,
    /// How many there are besides.
    left_out: usize,
}

impl<'m> Environments<'m> {
    pub(super) fn new(model: &'m Model) -> Environments<'m> {
        let is_shown = |it: &&Environment| model.environment.as_ref().is_none_or(|shown| *shown == it.name);
        let all: Vec<&Environment> = model.environments.iter().filter(is_shown).collect();
        let shown = all.iter().take(MOST).map(|environment| (*environment, model.differences(environment)));
        Environments { shown: shown.collect(), left_out: all.len().saturating_sub(MOST) }
    }
}

/// What to call a thing in the environment that the model shows: its name and that of the environment.
pub(super) fn titled(model: &Model, title: &str, architecture: Option<ArchitectureId>) -> String {
    let environment = model.environment.as_ref().and_then(|name| model.find_environment(name));
    match environment {
        Some(environment) => format!("{title} ({})", environment.label(architecture)),
        None => title.to_owned(),
    }
}

/// A section for each environment that differs in the architecture of a page.
pub(super) fn environments(page: &Page<'_>) -> Vec<String> {
    let own = |(environment, differences): &(&Environment, Differences)| {
        let differences = differences.get(&page.architecture.id).map(Vec::as_slice).unwrap_or_default();
        section(page, environment, differences)
    };
    let mut blocks: Vec<String> = page.environments.shown.iter().flat_map(own).collect();
    if page.environments.left_out > 0 {
        blocks.push(format!("And {} more, which `archc build --env NAME` shows.", page.environments.left_out));
    }
    blocks
}

fn section(page: &Page<'_>, environment: &Environment, differences: &[Difference]) -> Vec<String> {
    let id = page.architecture.id;
    let parts = environment.parts.iter().filter(|part| part.architecture.is_none_or(|owner| owner == id));
    let prose: Vec<String> = parts.flat_map(|part| prose(page, environment, part)).collect();
    let Some(table) = table(page, differences) else { return Vec::new() };
    let mut blocks = vec![format!("### {}", escape(environment.label(Some(id))))];
    blocks.push(summary(page, environment));
    blocks.extend(prose);
    blocks.push(table);
    blocks
}

/// Its name, and where the rest comes from.
fn summary(page: &Page<'_>, environment: &Environment) -> String {
    let mut text = format!("`{}`", environment.name);
    let parents = page.places.model.parents(environment).map(|name| format!("`{name}`"));
    let parents = parents.collect::<Vec<_>>().join(", ");
    if !parents.is_empty() {
        text.push_str(" · inherits from ");
        text.push_str(&parents);
    }
    text
}

fn prose(page: &Page<'_>, environment: &Environment, part: &Part) -> Vec<String> {
    let place = if part.architecture.is_some() { "environment" } else { "environments" };
    let setting = Setting {
        places: page.places,
        options: page.options,
        scope: Some(scope_of(page.architecture.id)),
        level: 3,
        prefix: format!("{place}.{}.", environment.name),
    };
    let doc = part.doc.as_ref().map(|doc| setting.embed(doc));
    doc.into_iter().chain(free(&part.settings)).collect()
}

fn table(page: &Page<'_>, differences: &[Difference]) -> Option<String> {
    let mut table = Table::new(["Element", "Property", "Base", "There"]);
    for difference in differences {
        let element = element(page, difference);
        table.row(match &difference.change {
            None => [element, String::new(), String::new(), "*not there*".to_owned()],
            Some(change) => [element, escape(&change.name), before(change), escape(&value(&change.after))],
        });
    }
    table.render()
}

/// A link to the element, where it is there; of what holds for the architecture, that it does.
fn element(page: &Page<'_>, difference: &Difference) -> String {
    let Some(path) = &difference.path else { return "*all*".to_owned() };
    let path = Path { text: path.into(), span: page.architecture.name_span };
    match page.places.model.look_up(Some(scope_of(page.architecture.id)), &path) {
        Lookup::Element(id) => page.link(id),
        _ => escape(&difference.label),
    }
}

fn before(change: &Replacement) -> String {
    match (&change.before, &change.default) {
        (Some(before), _) => escape(&value(before)),
        (None, Some(default)) => format!("{} *(default)*", escape(&value(default))),
        (None, None) => "—".to_owned(),
    }
}
