//! What can be told about an item, in Markdown.

use super::keywords::KEYWORDS;
use super::properties::detail;
use super::{About, Wire, patterns, selectors};
use crate::catalog::{Kind, Refusal, Wiring};
use crate::check;
use crate::check::words::listing;
use crate::docs::{self, Target};
use crate::ide::Snapshot;
use crate::ide::hover::own_words;
use crate::model::{Lookup, Model};
use crate::pattern::Pattern;
use crate::policy;
use crate::select;
use crate::source::Span;
use crate::syntax::ast::{Arrow, Doc, Path};

/// The documentation of an item; none if there is nothing to tell.
pub fn documentation(snapshot: &Snapshot, about: &About) -> Option<String> {
    said(snapshot, about).map(|text| docs::keep_links(&text, |target| matches!(target, Target::Web(_))))
}

fn said(snapshot: &Snapshot, about: &About) -> Option<String> {
    let model = snapshot.model();
    match about {
        About::Keyword(word) => KEYWORDS.iter().find(|it| it.word == *word).map(|it| it.summary.to_owned()),
        About::Kind(name, wires) => {
            let kind = model.catalog.kind(model.catalog.find(name)?);
            Some(joined([wiring(model, wires), Some(of_kind(model, kind))]))
        }
        About::Property(kind, name) => {
            let kind = model.catalog.find(kind)?;
            let spec = model.catalog.property(kind, name)?;
            let is_required = model.catalog.required(kind).any(|it| it == name) && spec.default.is_none();
            let head = format!("`{name}`: {}", detail(spec, is_required));
            Some(joined([Some(head), text(spec.doc.as_ref())]))
        }
        About::Element(path, wires) => Some(joined([wiring(model, wires), of_element(model, path)])),
        About::Pattern(name) => {
            let pattern = snapshot.library().find(name)?;
            let parameters = pattern.parameters.iter().map(|parameter| {
                match parameter.default.as_ref().map(|default| patterns::simple(&default.kind)) {
                    Some(Some(default)) => format!("- `{parameter} = {default}`"),
                    Some(None) => format!("- `{parameter}`"),
                    None => format!("- `{parameter}`, which it needs"),
                }
            });
            let parameters = parameters.collect::<Vec<_>>().join("\n");
            let doc = pattern.preamble.doc.as_ref().map(|doc| of_pattern(doc, pattern));
            Some(joined([doc, Some(parameters)]))
        }
        About::Parameter(pattern, name) => {
            let pattern = snapshot.library().find(pattern)?;
            let parameter = pattern.parameters.iter().find(|it| it.name.text == *name)?;
            Some(joined([Some(format!("`{parameter}`")), comment_before(snapshot, parameter.name.span)]))
        }
        About::Function(name) => {
            let signature = select::signature(name)?;
            Some(joined([Some(format!("`{}`", selectors::label(signature))), Some(signature.summary.to_owned())]))
        }
        About::Rule(code) => of_rule(model, code),
    }
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

fn text(doc: Option<&Doc>) -> Option<String> {
    doc.map(|doc| doc.text.trim().to_owned())
}

/// The documentation of a pattern, in which names of its own are words.
pub(in crate::ide) fn of_pattern(doc: &Doc, pattern: &Pattern) -> String {
    let parameters: Vec<&Path> = pattern.parameters.iter().map(|it| &it.name).collect();
    own_words(doc, &parameters, &pattern.statements)
}

fn of_kind(model: &Model, kind: &Kind) -> String {
    let category = model.catalog.category(kind.id).name();
    let head = format!("**{}** `{}`, {category}", kind.product, kind.name);
    let retired = model.catalog.retirement(kind.id).map(|retired| {
        let instead = retired.instead.as_ref().map(|instead| format!(" Use `{instead}`."));
        format!("No longer offered.{}", instead.unwrap_or_default())
    });
    joined([Some(head), retired, text(kind.doc.as_ref())])
}

fn of_element(model: &Model, path: &str) -> Option<String> {
    let path = Path { text: path.into(), span: Span::default() };
    match model.look_up(None, &path) {
        Lookup::Element(id) => {
            let element = model.element(id);
            let head = format!("**{}** `{}`", element.label_line(), path.text);
            let kind = model.kind_of(element).map(|kind| format!("{} `{}`", kind.product, kind.name));
            Some(joined([Some(head), text(element.doc.as_ref()), kind]))
        }
        Lookup::Architecture(id) => {
            let architecture = model.architecture(id);
            let head = format!("**{}** `{}`", architecture.label(), architecture.name);
            Some(joined([Some(head), text(architecture.doc.as_ref())]))
        }
        Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => None,
    }
}

fn of_rule(model: &Model, code: &str) -> Option<String> {
    if let Some(rule) = check::rule(code) {
        // The first paragraphs say what it is about; the rest is for its page.
        let about = rule.documentation.trim().split("\n```").next().unwrap_or_default();
        return Some(joined([Some(rule.summary.to_owned()), Some(about.trim().to_owned())]));
    }
    let rule = model.rules.iter().find(|rule| policy::code(rule) == code)?;
    let because = rule.head.settings.text("because").map(str::to_owned);
    Some(joined([Some(rule.head.label().to_owned()), because, text(rule.head.doc.as_ref())]))
}

/// What the facts say of connections that would be made.
fn wiring(model: &Model, wires: &[Wire]) -> Option<String> {
    let said: Vec<String> = wires.iter().filter_map(|wire| verdict(model, wire)).collect();
    (!said.is_empty()).then(|| said.join("\n\n"))
}

fn verdict(model: &Model, wire: &Wire) -> Option<String> {
    let catalog = &model.catalog;
    let (from, to) = (catalog.find(&wire.from)?, catalog.find(&wire.to)?);
    let arrow = [Arrow::Data, Arrow::Call, Arrow::Side].into_iter().find(|it| it.symbol() == wire.arrow)?;
    let pair = format!("`{} {} {}`", wire.from, wire.arrow, wire.to);
    match catalog.wiring(from, arrow, to) {
        Wiring::Works(fact) => Some(format!("{pair} works: {}.", fact.source.trim_end_matches('.'))),
        Wiring::Unknown => None,
        Wiring::Refused(refusal) => {
            let (Refusal::Named(fact) | Refusal::NotListed { closed_by: fact, .. }) = refusal;
            let ways = catalog.ways_around(from, arrow, to);
            let name =
                |way: &Vec<_>| way.iter().map(|kind| catalog.kind(*kind).name.as_str()).collect::<Vec<_>>().join(", ");
            let ways: Vec<String> = ways.iter().map(name).collect();
            let way =
                if ways.is_empty() { String::new() } else { format!(" Put {} between them.", listing(ways, "or")) };
            Some(format!("{pair} does not work: {}.{way}", fact.source.trim_end_matches('.')))
        }
    }
}

/// The comment on the lines before a place, which is how parameters are documented.
pub(in crate::ide) fn comment_before(snapshot: &Snapshot, place: Span) -> Option<String> {
    let text = snapshot.text(place.file).get(..place.start as usize)?;
    let (before, indent) = text.rsplit_once('\n')?;
    if !indent.trim().is_empty() {
        return None;
    }
    let lines = before.lines().rev().map(str::trim).take_while(|line| line.starts_with("//"));
    let mut lines: Vec<&str> = lines.map(|line| line.trim_start_matches('/').trim()).collect();
    lines.reverse();
    (!lines.is_empty()).then(|| lines.join(" "))
}
