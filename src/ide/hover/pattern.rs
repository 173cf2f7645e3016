//! Patterns and their parameters.

use super::{Links, blocks, fence, prose};
use crate::ide::Snapshot;
use crate::pattern::Sort;
use crate::source::Span;
use crate::syntax::ast::{Declaration, Doc, Keyword, Parameter, Path, Statement};

/// The declarations of all patterns, those that ship included.
pub(in crate::ide) fn declarations(snapshot: &Snapshot) -> impl Iterator<Item = &Declaration> {
    let parses = snapshot.parses.written.iter().chain(&snapshot.parses.shipped);
    let statements = parses.flat_map(|parse| &parse.tree.statements);
    statements.filter_map(|statement| match statement {
        Statement::Declaration(it) if it.keyword == Keyword::Pattern => Some(it.as_ref()),
        _ => None,
    })
}

/// All that there is to say of a pattern, by the place of its name.
pub(super) fn words(snapshot: &Snapshot, place: Span, links: Links<'_>) -> Option<String> {
    let pattern = declarations(snapshot).find(|it| it.name_span().written() == place)?;
    let name = pattern.name.as_ref()?;
    let title = pattern.title.as_ref().map(|title| format!(" {}", super::quoted(&title.value))).unwrap_or_default();
    let parameters: Vec<String> = pattern.parameters.iter().map(|it| declaration(snapshot, it)).collect();
    let signature = match parameters.as_slice() {
        [] => format!("pattern {}{title}", name.text),
        [one] => format!("pattern {}({one}){title}", name.text),
        all => format!("pattern {}(\n  {},\n){title}", name.text, all.join(",\n  ")),
    };
    let uses = snapshot.model().instances.values().filter(|instance| instance.pattern == name.text).count();
    let uses = match uses {
        0 => "nobody uses it".to_owned(),
        1 => "1 instance".to_owned(),
        uses => format!("{uses} instances"),
    };
    Some(blocks([
        Some(fence(&signature)),
        Some(uses),
        doc(pattern).and_then(|doc| prose::doc(snapshot.model(), None, Some(&doc), links)),
    ]))
}

/// The documentation of a pattern. What it names is its own, and nowhere else to be found.
fn doc(pattern: &Declaration) -> Option<Doc> {
    let doc = pattern.preamble.doc.as_ref()?;
    let parameters: Vec<&Path> = pattern.parameters.iter().map(|it| &it.name).collect();
    Some(Doc { text: own_words(doc, &parameters, pattern.statements()), ..doc.clone() })
}

/// The documentation of a pattern, with the names of what is in it as words.
pub(in crate::ide) fn own_words(doc: &Doc, parameters: &[&Path], statements: &[Statement]) -> String {
    let is_parameter = |name: &str| parameters.iter().any(|it| it.text == name);
    prose::without_links(&doc.text, |name| is_parameter(name) || declares(statements, name))
}

/// Whether one of some statements, or one inside of them, declares a name.
fn declares(statements: &[Statement], name: &str) -> bool {
    statements.iter().any(|statement| match statement {
        Statement::Declaration(it) => {
            let own = it.alias.as_ref().or(it.name.as_ref());
            own.is_some_and(|own| own.text == name) || declares(it.statements(), name)
        }
        Statement::Edge(it) => it.carriers.iter().filter_map(|it| it.name.as_ref()).any(|own| own.text == name),
        _ => false,
    })
}

/// `keep: duration = 30 d`
fn declaration(snapshot: &Snapshot, parameter: &Parameter) -> String {
    let text = |span: Span| snapshot.workspace.sources.text(span);
    let default = parameter.default.as_ref().map(|value| format!(" = {}", text(value.span))).unwrap_or_default();
    format!("{}: {}{default}", parameter.name.text, text(parameter.ty.span))
}

/// What a parameter of a pattern takes, by the place of its name.
pub(super) fn parameter(snapshot: &Snapshot, place: Span) -> Option<String> {
    let all = declarations(snapshot);
    let (pattern, parameter) = all
        .flat_map(|pattern| pattern.parameters.iter().map(move |parameter| (pattern, parameter)))
        .find(|(_, parameter)| parameter.name.span.written() == place)?;
    let catalog = &snapshot.model().catalog;
    let takes = match Sort::of(&parameter.ty.name.text, catalog) {
        Some(Sort::Element) => "It stands for an element.".to_owned(),
        Some(sort) => format!("It stands for an element: {}.", sort.expectation(catalog)),
        None => "It stands for a value.".to_owned(),
    };
    let needed = if parameter.default.is_some() { "may be left out" } else { "has to be given" };
    let name = pattern.name.as_ref().map(|name| name.text.as_str()).unwrap_or_default();
    Some(blocks([
        Some(fence(&declaration(snapshot, parameter))),
        Some(format!("A parameter of the pattern `{name}`; it {needed}.")),
        Some(takes),
    ]))
}
