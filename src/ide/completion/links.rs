//! Links in documentation: a name in brackets.

use super::context::{Context, Home};
use super::items::Items;
use super::names::{Rank, names};
use super::{Item, Sort};
use crate::docs;
use crate::ide::position::Position;
use crate::model::{Lookup, Scope, Variety};

/// Offers the names that a bracket before the cursor can link to.
pub(super) fn links(context: &Context<'_>, items: &mut Items) {
    let position = &context.position;
    let line = position.text_before().rsplit('\n').next().unwrap_or_default();
    if let Some((_, target)) = line.rsplit_once("](").filter(|(_, target)| !target.contains([')', ' '])) {
        return targets(context, items, target);
    }
    let Some(bracket) = line.rfind('[') else { return };
    let inside = line.get(bracket + 1..).unwrap_or_default();
    let name = inside.strip_prefix('`').unwrap_or(inside);
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !name.chars().all(is_inner) {
        return;
    }
    let start = position.cursor - name.len();
    let after = position.text_after();
    let (left, rest) = after.split_at(after.find(|c| !is_inner(c)).unwrap_or(after.len()));
    let closing = match (name.len() < inside.len(), rest.starts_with('`'), rest.starts_with(']')) {
        (true, false, false) => "`]",
        (false, _, false) => "]",
        _ => "",
    };
    let position = Position { word: start..position.cursor + left.len(), ..position.clone() };
    let linking =
        Context { snapshot: context.snapshot, file: context.file, position, place: context.place, home: home(context) };
    let mut found = Items::default();
    names(&linking, &mut found, |_| Some(Rank::default()));
    items.start = Some(start);
    items.extend(found.into_all().map(|item| Item { text: format!("{}{closing}", item.text), ..item }));
}

/// Offers what a link in parentheses can lead to: a heading of the same text, or a file.
fn targets(context: &Context<'_>, items: &mut Items, typed: &str) {
    let position = &context.position;
    items.start = Some(position.cursor - typed.len());
    if typed.starts_with('#') {
        let headings = docs::headings(&own_text(position.text_before(), position.text_after()));
        items.extend(headings.into_iter().map(|heading| Item::new(Sort::Other, format!("#{}", heading.slug))));
        return;
    }
    let workspace = &context.snapshot.workspace;
    let folder = workspace.sources.file(context.file).path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let seen = |path: &String| {
        let inside = if folder.is_empty() { Some(path.as_str()) } else { path.strip_prefix(folder)?.strip_prefix('/') };
        inside.map(str::to_owned)
    };
    let files = workspace.known_files.iter().flatten();
    items.extend(files.map(|path| Item::new(Sort::Other, seen(path).unwrap_or_else(|| format!("/{path}")))));
}

/// The documentation around the cursor, without its marks.
fn own_text(before: &str, after: &str) -> String {
    let content =
        |line: &str| line.trim_start().strip_prefix("//").map(|line| line.get(1..).unwrap_or_default().to_owned());
    let mut lines: Vec<String> = before.lines().rev().map_while(content).collect();
    lines.reverse();
    lines.extend(after.lines().skip(1).map_while(content));
    lines.iter().map(|line| line.trim_start()).collect::<Vec<_>>().join("\n")
}

/// Where names in the documentation are looked up: in what it belongs to, if that holds elements.
fn home<'s>(context: &Context<'s>) -> Home<'s> {
    let lines = context.position.text_after().lines().skip(1).map(str::trim_start);
    let mut lines = lines.skip_while(|line| line.starts_with("///") || line.starts_with('@') || line.is_empty());
    let mut words = lines.next().unwrap_or_default().split([' ', '\t', '{']).filter(|word| !word.is_empty());
    let (Some(keyword), Some(name)) = (words.next(), words.next()) else { return context.home };
    let model = context.model();
    match (keyword, context.home) {
        ("architecture", Home::Model(None)) => {
            let architecture = model.find_architecture(name);
            Home::Model(architecture.map(|it| Scope { architecture: it.id, group: None }))
        }
        ("group", Home::Model(Some(scope))) => match context.look_up(name) {
            Lookup::Element(id) if model.element(id).variety == Variety::Group => {
                Home::Model(Some(Scope { group: Some(id), ..scope }))
            }
            _ => context.home,
        },
        _ => context.home,
    }
}
