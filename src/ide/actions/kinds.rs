//! Kinds that may be meant.

use super::{Action, Changes, Desk};
use crate::catalog::{Catalog, Kind};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;
use crate::syntax::ast::Statement;

/// How many kinds are offered.
const MOST: usize = 3;

/// The kind of anything that we run.
pub(super) const ANY: &str = "service";

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let catalog = &desk.snapshot.model().catalog;
    let written = desk.snapshot.workspace.sources.text(at);
    match finding.code.as_ref() {
        "kind/missing" => {
            let title = title_of(desk, at).unwrap_or_default();
            for kind in like(catalog, written, &title).into_iter().chain([ANY]).take(MOST) {
                let edit = Edit { span: at.after(), replacement: format!(": {kind}") };
                let changes = Changes::with_placeholder(edit, kind);
                found.push(Action::mending(index, format!("Give it the kind `{kind}`"), changes));
            }
        }
        "kind/unknown" if finding.fix.is_none() => {
            let last = written.rsplit('.').next().unwrap_or(written);
            like(catalog, last, "")
                .into_iter()
                .take(MOST)
                .for_each(|kind| found.push(replace(index, at, written, kind)));
        }
        "kind/abstract" => {
            let Some(parent) = catalog.find(written) else { return };
            let heirs = catalog.kinds().filter(|kind| !kind.is_abstract && catalog.is_a(kind.id, parent));
            heirs.take(2 * MOST).for_each(|kind| found.push(replace(index, at, written, &kind.name)));
        }
        _ => {}
    }
}

fn replace(index: usize, at: Span, written: &str, kind: &str) -> Action {
    let edit = Edit { span: at, replacement: kind.to_owned() };
    Action::mending(index, format!("Replace `{written}` with `{kind}`"), Changes::of(vec![edit]))
}

fn title_of(desk: &Desk<'_>, name: Span) -> Option<String> {
    desk.around(name).into_iter().next_back().and_then(|statement| match statement {
        Statement::Declaration(it) => it.title.as_ref().map(|title| title.value.to_string()),
        _ => None,
    })
}

/// The kinds whose names are like that of an element or its title: those first that all words fit.
pub(super) fn like<'c>(catalog: &'c Catalog, name: &str, title: &str) -> Vec<&'c str> {
    let asked: Vec<String> = words(name).chain(words(title)).filter(|word| word.len() > 1).collect();
    let mut fitting: Vec<(usize, usize, &str)> = catalog
        .kinds()
        .filter(|kind| is_offered(catalog, kind))
        .filter_map(|kind| {
            let known: Vec<String> = names(kind).flat_map(words).collect();
            let hits = asked.iter().filter(|word| known.contains(word)).count();
            (hits > 0).then_some((asked.len() - hits, known.len(), kind.name.as_str()))
        })
        .collect();
    fitting.sort_unstable();
    fitting.into_iter().map(|(_, _, name)| name).take(MOST).collect()
}

fn is_offered(catalog: &Catalog, kind: &Kind) -> bool {
    let is_keyword = matches!(kind.name.as_str(), "group" | "external" | "person" | "architecture" | "edge");
    !kind.is_abstract && !is_keyword && catalog.retirement(kind.id).is_none()
}

/// What people call a kind.
pub(super) fn names(kind: &Kind) -> impl Iterator<Item = &str> {
    let last = kind.name.rsplit('.').next().unwrap_or_default();
    [last, kind.product.as_str()].into_iter().chain(kind.aliases.iter().map(AsRef::as_ref))
}

/// The words of a name, in small letters.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
