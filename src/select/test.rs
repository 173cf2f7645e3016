//! What single elements and connections are asked.

use std::cmp::Ordering;

use smol_str::SmolStr;

use crate::catalog::{Category, KindId, PropertyType, Value, type_value};
use crate::model::{Element, Hop, Model, Settings, is_inherited};
use crate::syntax::ast::{self, Operator};

/// One question.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// Whether it is of one of these kinds.
    Kind(Vec<KindId>),
    /// Whether it is in one of these categories.
    Category(Vec<Category>),
    /// Whether a property is, or has, one of these words.
    Words { property: &'static str, words: Vec<SmolStr> },
    /// How a property compares with a value.
    Compare { property: SmolStr, operator: Operator, value: ast::Value },
    /// Whether a property is given, or has a default.
    Has(SmolStr),
}

impl Test {
    pub(super) fn holds_for(&self, model: &Model, element: &Element) -> bool {
        match self {
            Test::Kind(kinds) => {
                element.kind.is_some_and(|kind| kinds.iter().any(|asked| model.catalog.is_a(kind, *asked)))
            }
            Test::Category(categories) => {
                model.category(element).is_some_and(|category| categories.contains(&category))
            }
            Test::Words { property, words } => {
                let items = values(model, element, property).into_iter().flat_map(Value::items);
                items.filter_map(Value::as_str).any(|item| words.iter().any(|word| word == item))
            }
            Test::Compare { property, operator, value: asked } => {
                let of_kind = element.kind.and_then(|kind| model.catalog.property(kind, property));
                let typed = of_kind.and_then(|spec| typed(asked, &spec.ty));
                typed.is_some_and(|asked| compare(&values(model, element, property), *operator, &asked))
            }
            Test::Has(property) => !values(model, element, property).is_empty(),
        }
    }

    pub(super) fn holds_for_hop(&self, model: &Model, hop: Hop) -> bool {
        let settings = &model.edge(hop.edge).settings;
        match self {
            Test::Kind(_) | Test::Category(_) => false,
            Test::Words { property, words } => {
                let items = settings.get(property).map(Value::items).into_iter().flatten();
                items.filter_map(Value::as_str).any(|item| words.iter().any(|word| word == item))
            }
            Test::Compare { property, operator, value: asked } => {
                let spec = model.catalog.find("edge").and_then(|kind| model.catalog.property(kind, property));
                let typed = spec.and_then(|spec| typed(asked, &spec.ty));
                let value = settings.get(property).or_else(|| spec?.default.as_ref());
                // What does not say that it is so is taken to be not so.
                let value = value.or(matches!(typed, Some(Value::Bool(_))).then_some(&Value::Bool(false)));
                value.zip(typed).is_some_and(|(value, asked)| compare(&[value], *operator, &asked))
            }
            Test::Has(property) => settings.get(property).is_some(),
        }
    }
}

/// What a group says of itself alone: its members do not cost again what it costs as a whole.
const IS_OWN: [&str; 2] = ["cost", "budget"];

/// What a property of an element is: what it says itself, or what the nearest group around says of all that it holds, or the
/// default of its kind. Lists add up: what stands in a group with a tag has that tag beside its own.
fn values<'m>(model: &'m Model, element: &'m Element, property: &str) -> Vec<&'m Value> {
    if is_inherited(property) {
        return model.placed(element, property).or_else(|| default(model, element, property)).into_iter().collect();
    }
    let is_own = IS_OWN.contains(&property);
    let around = |inner: &&Element| inner.group.filter(|_| !is_own).map(|group| model.element(group));
    let mut given =
        std::iter::successors(Some(element), around).filter_map(|element| element.settings.get(property)).peekable();
    match given.peek() {
        Some(Value::List(_)) => given.collect(),
        Some(_) => given.take(1).collect(),
        None => default(model, element, property).into_iter().collect(),
    }
}

fn default<'m>(model: &'m Model, element: &Element, property: &str) -> Option<&'m Value> {
    model.catalog.property(element.kind?, property)?.default.as_ref()
}

/// A value as one of a property's; of a list, as one of its items.
pub(super) fn typed(value: &ast::Value, ty: &PropertyType) -> Option<Value> {
    match ty {
        PropertyType::List(item) => type_value(value, item).ok(),
        ty => type_value(value, ty).ok(),
    }
}

/// Compares values, or any items of those that are lists. What says nothing is not that.
fn compare(values: &[&Value], operator: Operator, asked: &Value) -> bool {
    let items = || values.iter().flat_map(|value| value.items());
    let is_any = |holds: &dyn Fn(Ordering) -> bool| items().any(|item| order(item, asked).is_some_and(holds));
    match operator {
        Operator::NotEqual => !is_any(&Ordering::is_eq),
        Operator::AtMost => is_any(&Ordering::is_le),
        Operator::AtLeast => is_any(&Ordering::is_ge),
        Operator::Less => is_any(&Ordering::is_lt),
        Operator::Greater => is_any(&Ordering::is_gt),
        _ => is_any(&Ordering::is_eq),
    }
}

fn order(value: &Value, asked: &Value) -> Option<Ordering> {
    match (value, asked) {
        (Value::Quantity(value), Value::Quantity(asked)) => value.try_cmp(asked).ok(),
        (Value::Date(value), Value::Date(asked)) => Some(value.cmp(asked)),
        (Value::Bool(value), Value::Bool(asked)) => Some(value.cmp(asked)),
        _ => Some(value.as_str()?.cmp(asked.as_str()?)),
    }
}

/// The words that elements have in a property, each as often as it is there.
pub(super) fn vocabulary<'m>(model: &'m Model, property: &str) -> impl Iterator<Item = &'m str> {
    let settings = model.elements.iter().map(|element| &element.settings);
    let settings = settings.chain(model.architectures.iter().map(|architecture| &architecture.settings));
    let settings = settings.chain(model.edges.iter().map(|edge| &edge.settings));
    settings.flat_map(move |settings: &Settings| words(settings, property))
}

fn words<'m>(settings: &'m Settings, property: &str) -> impl Iterator<Item = &'m str> {
    settings.get(property).map(Value::items).into_iter().flatten().filter_map(Value::as_str)
}
