//! Properties: what they take, and what holds at the place.

use super::{Links, blocks, fence, prose};
use crate::catalog::{KindId, PropertyFact, PropertyType, derive};
use crate::emit::kinds;
use crate::flow::Basis;
use crate::ide::Snapshot;
use crate::ide::effective::{computed, inherited_from};
use crate::load::At;
use crate::model::{Element, ElementId, Lookup, Model, Scope, is_inherited};
use crate::select::{Graph, Selector};
use crate::syntax::ast::{Declaration, Keyword, Path, Property, Statement, Value};

/// How many elements or connections of a selection are named.
const MOST: usize = 8;

/// What there is to say of a property of a kind, and of its value at an element.
pub(super) fn words(
    snapshot: &Snapshot,
    kind: KindId,
    name: &str,
    owner: Option<ElementId>,
    links: Links<'_>,
) -> Option<String> {
    let model = snapshot.model();
    let catalog = &model.catalog;
    let spec = catalog.property(kind, name)?;
    let is_required = catalog.required(kind).any(|it| it == name);
    let of = catalog.kind(kind);
    let takes = matches!(spec.ty, PropertyType::OneOf(_)).then(|| format!("It is {}.", spec.ty.expectation()));
    let element = owner.map(|id| model.element(id));
    Some(blocks([
        Some(fence(&format!("property {}", kinds::declaration(spec, is_required)))),
        Some(match of.name.as_str() {
            // The kinds that all others inherit from are nobody's words.
            "declaration" => "A property of everything that is declared".to_owned(),
            "element" => "A property of every element".to_owned(),
            "architecture" => "A property of architectures".to_owned(),
            "edge" => "A property of edges".to_owned(),
            name => format!("A property of `{name}` ({})", of.product),
        }),
        prose::doc(model, None, spec.doc.as_ref(), links),
        takes,
        element.and_then(|element| in_effect(snapshot, element, name)),
    ]))
}

/// The value that holds at an element, where it does not stand there.
fn in_effect(snapshot: &Snapshot, element: &Element, name: &str) -> Option<String> {
    if element.settings.get(name).is_some() {
        return None;
    }
    let (model, at) = (snapshot.model(), At::element(snapshot.model(), snapshot.loads(), element.id));
    match model.fact(element, name) {
        PropertyFact::Value(value) if is_inherited(name) => {
            Some(format!("Here: `{value}`, {}", inherited_from(model, element, name)))
        }
        PropertyFact::Value(value) => Some(format!("Here: `{value}`, the default")),
        PropertyFact::Computed(expression) => {
            let derivation = derive(expression, &at, Basis::Peak);
            computed(expression, &at).map(|value| format!("Here: `{value}` = {derivation}"))
        }
        PropertyFact::Unknown => None,
    }
}

/// The value that an environment puts in the place of another one.
pub(super) fn replaced(
    snapshot: &Snapshot,
    environment: &Declaration,
    property: &Property,
    scope: Option<Scope>,
    links: Links<'_>,
) -> Option<String> {
    let model = snapshot.model();
    let environment = environment.name.as_ref()?;
    let (path, name) = property.key.text.rsplit_once('.')?;
    let there = snapshot.workspace.sources.text(property.value.as_ref()?.span);
    let path = Path { text: path.into(), span: property.key.span };
    let (before, kind, whose) = match model.look_up(scope, &path) {
        Lookup::Element(id) => {
            let element = model.element(id);
            (base(model, element, name), element.kind, model.full_path(id))
        }
        Lookup::Architecture(id) => {
            let architecture = model.architecture(id);
            let value = architecture.settings.get(name).map(ToString::to_string);
            (value, model.catalog.find("architecture"), architecture.name.to_string())
        }
        Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => return None,
    };
    let before = before.map_or_else(|| "not given".to_owned(), |value| format!("`{value}`"));
    let change = format!("`{whose}.{name}`: {before} in the base → `{there}` in `{}`", environment.text);
    let said = kind.and_then(|kind| words(snapshot, kind, name, None, links));
    Some(blocks([Some(change), said]))
}

fn base(model: &Model, element: &Element, name: &str) -> Option<String> {
    match model.fact(element, name) {
        PropertyFact::Value(value) => Some(value.to_string()),
        PropertyFact::Computed(expression) => Some(expression.to_string()),
        PropertyFact::Unknown => None,
    }
}

/// What a selector selects; none of a value that is no selector.
pub(super) fn selection(
    snapshot: &Snapshot,
    scope: Option<Scope>,
    chain: &[&Statement],
    property: &Property,
    value: &Value,
) -> Option<String> {
    let model = snapshot.model();
    let owner = super::place::declarations(chain).next()?;
    let is_head = matches!(owner.keyword, Keyword::View | Keyword::Rule);
    let kind = model.catalog.find(owner.keyword.word()).filter(|_| is_head)?;
    let ty = &model.catalog.property(kind, &property.key.text)?.ty;
    let is_selector = match ty {
        PropertyType::Selector => true,
        PropertyType::List(inner) => **inner == PropertyType::Selector,
        _ => false,
    };
    if !is_selector {
        return None;
    }
    let selector = Selector::new(model, scope, value).ok()?;
    Some(selected(model, "Selects", &selector))
}

/// How many elements or connections a selector selects, and which.
pub(super) fn selected(model: &Model, verb: &str, selector: &Selector) -> String {
    let graph = Graph::new(model);
    let (what, names): (_, Vec<String>) = match selector.sort() {
        crate::select::Sort::Elements => {
            let elements = selector.elements(&graph);
            (["element", "elements"], elements.into_iter().map(|id| model.full_path(id)).collect())
        }
        crate::select::Sort::Hops => {
            let hops = selector.hops(&graph).into_iter();
            let name = |hop: crate::model::Hop| {
                format!("{} {} {}", model.full_path(hop.from), hop.arrow.symbol(), model.full_path(hop.to))
            };
            (["connection", "connections"], hops.map(name).collect())
        }
    };
    listing(verb, what, &names)
}

/// So many of something, and the names of the first of them.
pub(super) fn listing(verb: &str, [one, many]: [&str; 2], names: &[String]) -> String {
    let mut lines: Vec<String> = names.iter().take(MOST).map(|name| format!("- `{name}`")).collect();
    if names.len() > MOST {
        lines.push(format!("- and {} more", names.len() - MOST));
    }
    let number = match names.len() {
        0 => return format!("{verb} no {one}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    };
    format!("{verb} **{number}**\n\n{}", lines.join("\n"))
}
