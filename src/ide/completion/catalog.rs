//! Kinds, wiring facts and parameters as they are declared.

use std::collections::BTreeSet;

use super::context::{Context, Place};
use super::items::{Items, choice};
use super::values::{self, Asked};
use super::{About, Item, Sort, kinds};
use crate::catalog::{Category, KIND_SETTINGS, PropertyType, Shape, TYPE_NAMES};
use crate::ide::examples;
use crate::ide::position::{Lexeme, Sort as Word};
use crate::source::FileId;
use crate::syntax::ast;

// ---- Settings ---------------------------------------------------------------------------------------------------------

/// What a block of the catalog can say, each with its type and what it means.
fn settings(place: Place) -> Vec<(&'static str, PropertyType, &'static str)> {
    let text = || PropertyType::Text;
    match place {
        Place::Kind => KIND_SETTINGS.iter().filter_map(|name| kind_setting(name)).collect(),
        Place::PropertyDeclaration => vec![
            ("min", PropertyType::Symbol, "the least value"),
            ("max", PropertyType::Symbol, "the greatest value"),
            ("required", PropertyType::Bool, "whether a value must be given"),
            ("source", text(), "who says so"),
            ("read", PropertyType::Date, "the day that the source was read"),
            ("note", text(), "more about it"),
        ],
        Place::Wire | Place::Metering => vec![
            ("source", text(), "who says so"),
            ("read", PropertyType::Date, "the day that the source was read"),
            ("note", text(), "more about it"),
        ],
        Place::Retired => vec![
            ("since", PropertyType::Date, "the day that it ended"),
            ("instead", PropertyType::Symbol, "the kind to use today"),
            ("source", text(), "who says so"),
            ("read", PropertyType::Date, "the day that the source was read"),
            ("note", text(), "more about it"),
        ],
        _ => Vec::new(),
    }
}

fn kind_setting(name: &'static str) -> Option<(&'static str, PropertyType, &'static str)> {
    let names = |all: Vec<&str>| PropertyType::OneOf(all.into_iter().map(Into::into).collect());
    let list = |of: PropertyType| PropertyType::List(Box::new(of));
    let (ty, what) = match name {
        "category" => (names(Category::ALL.iter().map(|it| it.name()).collect()), "what it is for"),
        "shape" => (names(Shape::ALL.iter().map(|it| it.name()).collect()), "the outline of its node"),
        "abstract" => (PropertyType::Bool, "whether it only serves other kinds as a parent"),
        "require" => (list(PropertyType::Symbol), "properties that must be given"),
        "aliases" => (list(PropertyType::Text), "what people call it as well"),
        "unbilled" => (PropertyType::Text, "why it costs nothing"),
        // An expression.
        "passes" => (PropertyType::Symbol, "what it passes on, if not what it receives"),
        _ => return None,
    };
    Some((name, ty, what))
}

/// Offers the settings of a kind, a wiring fact and the like.
pub(super) fn keys(context: &Context<'_>, items: &mut Items) {
    for (name, ty, what) in settings(context.place).into_iter().filter(|it| !context.position.keys.contains(&it.0)) {
        let value = match name {
            "passes" => "${1:in}".to_owned(),
            "min" | "max" => format!(
                "${{1:{}}}",
                declared_type(context).map_or_else(|| "1".to_owned(), |ty| examples::of_type(&ty, ""))
            ),
            _ => values::place(context, name, &ty, None, 1),
        };
        let item = Item::new(Sort::Property, name).detail(what).text(format!("{name} = "));
        items.add(item.snippet(format!("{name} = {value}")).tier(2));
    }
}

/// Offers values of the settings of a kind, a wiring fact and the like.
pub(super) fn values(context: &Context<'_>, items: &mut Items, key: &str, words: &[Lexeme]) {
    let Some((_, ty, _)) = settings(context.place).into_iter().find(|(name, ..)| *name == key) else { return };
    match key {
        "instead" if words.is_empty() => kinds::any(context, items, 0),
        "passes" => expression(context, items),
        "min" | "max" => {
            let ty = declared_type(context);
            if let Some(ty) = &ty {
                values::values(context, items, Asked { name: key, ty, spec: None }, words);
            }
        }
        "require" => {
            let list = context.position.brackets();
            if list.last().is_some_and(|list| list.current.is_empty()) {
                items.extend(own_properties(context).into_iter().map(|name| Item::new(Sort::Property, name)));
            }
        }
        _ => values::values(context, items, Asked { name: key, ty: &ty, spec: None }, words),
    }
}

/// The type of the property that is being declared around the cursor.
fn declared_type(context: &Context<'_>) -> Option<PropertyType> {
    let head = context.head();
    let colon = head.iter().position(|it| context.position.is(it, ":"))?;
    type_of(context, head.get(colon + 1..)?)
}

/// The type that some words name.
pub(super) fn type_of(context: &Context<'_>, words: &[Lexeme]) -> Option<PropertyType> {
    let (first, last) = (words.first()?, words.iter().take_while(|it| !context.position.is(it, "=")).last()?);
    let written = context.position.slice(first.range.start..last.range.end);
    let property = format!("kind k {{ property p: {written} }}");
    let tree = crate::syntax::parse(FileId::default(), &property).tree;
    let Some(ast::Statement::Declaration(kind)) = tree.statements.first() else { return None };
    let Some(ast::Statement::PropertyDeclaration(it)) = kind.statements().first() else { return None };
    crate::catalog::property_type(&it.ty, "", &mut Vec::new())
}

/// The properties of the kind that is being declared.
fn own_properties(context: &Context<'_>) -> Vec<String> {
    let blocks = &context.position.blocks;
    let head = blocks.iter().rev().map(|block| &block.head);
    let head = head.into_iter().find(|head| head.first().is_some_and(|first| context.position.is(first, "kind")));
    let name = head.and_then(|head| head.get(1)).map(|name| context.position.text_of(name));
    let kind = name.and_then(|name| context.catalog().find(name));
    let specs = kind.map(|kind| context.catalog().properties(kind)).unwrap_or_default();
    specs.into_iter().map(|spec| spec.name.to_string()).collect()
}

// ---- Declarations -----------------------------------------------------------------------------------------------------

/// Offers types of properties, or of the parameters of a pattern.
pub(super) fn types(context: &Context<'_>, items: &mut Items, of_parameter: bool) {
    for name in TYPE_NAMES {
        let item = Item::new(Sort::Choice, name).detail("type");
        items.add(match name {
            "one_of" => item.text("one_of(").snippet("one_of(${1:this}, ${2:that})"),
            "list" => item.text("list(").snippet(format!("list({})", choice(1, ["symbol", "text", "size"]))),
            _ => item,
        });
    }
    if of_parameter {
        let sorts = ["service", "external", "person", "group"];
        items.extend(sorts.map(|sort| Item::new(Sort::Choice, sort).detail("sort of element")));
        kinds::any(context, items, 1);
    }
}

/// What goes on with `property name: type = default`, or a parameter of that form.
pub(super) fn typed(context: &Context<'_>, items: &mut Items, words: &[Lexeme], of_parameter: bool) {
    let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
    let colon = words.iter().position(|it| text(it) == ":");
    let Some(rest) = colon.and_then(|colon| words.get(colon + 1..)) else { return };
    let equals = rest.iter().position(|it| text(it) == "=");
    match (rest, equals) {
        ([], _) => types(context, items, of_parameter),
        ([list, open], None) if text(list) == "list" && text(open) == "(" => types(context, items, false),
        (_, Some(equals)) => {
            let words = rest.get(equals + 1..).unwrap_or_default();
            let ty = type_of(context, rest);
            if let Some(ty) = &ty {
                values::values(context, items, Asked { name: "", ty, spec: None }, words);
            }
        }
        _ => {}
    }
}

/// What goes on with `wire from -> to modality`.
pub(super) fn wire(context: &Context<'_>, items: &mut Items) {
    let words = context.position.before.get(1..).unwrap_or_default();
    let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
    let is_end_next = words.last().is_none_or(|last| last.sort == Word::Arrow || text(last) == ",");
    let has_arrow = words.iter().any(|it| it.sort == Word::Arrow);
    let through = words.iter().position(|it| text(it) == "through");
    match (is_end_next, through) {
        (true, _) => {
            kinds::any(context, items, 0);
            if through.is_none() {
                items.add(Item::new(Sort::Operator, "*").detail("any kind").tier(1));
            }
        }
        (false, Some(through)) if through + 1 == words.len() => kinds::any(context, items, 0),
        (false, None) if has_arrow => {
            let ends_with_kind = words.last().is_some_and(|it| !matches!(text(it), "only" | "never" | "retired"));
            let all = [
                ("only", "and to nothing else"),
                ("never", "cannot work"),
                ("retired", "worked once"),
                ("through", "needs one of these between them"),
            ];
            items.extend(all.into_iter().filter(|_| ends_with_kind).map(|(word, what)| {
                let item = Item::new(Sort::Keyword, word).detail(what);
                if word == "through" { item.text("through ").snippet("through ${1:application}") } else { item }
            }));
        }
        (false, None) => {
            let all = [("->", "data moves"), ("=>", "a call"), ("~>", "a side channel")];
            items.extend(all.map(|(arrow, what)| Item::new(Sort::Operator, arrow).detail(what)));
        }
        (false, Some(_)) => {}
    }
}

/// What goes on with a meter or a quota.
pub(super) fn metering(context: &Context<'_>, items: &mut Items) {
    let words = &context.position.before;
    let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
    let is_price_next = words.last().is_some_and(|last| text(last) == "@");
    let is_named = words.get(1).is_some_and(|name| name.sort == Word::Text);
    let begins = words.first().map_or("", text);
    let ends_operand = |last: &Lexeme| matches!(last.sort, Word::Name | Word::Number) || text(last) == ")";
    match begins {
        "meter" | "limit" if is_price_next => {
            let prices = context.snapshot.workspace.price_book();
            let ids: BTreeSet<&str> = prices.prices().map(|price| price.id.as_str()).collect();
            items.extend(ids.into_iter().map(|id| Item::new(Sort::Value, id).detail("price")));
        }
        "meter" | "limit" if is_named && !words.last().is_some_and(ends_operand) && words.len() > 2 => {
            expression(context, items);
        }
        "limit" if is_named && words.len() == 2 => expression(context, items),
        "limit" if is_named && words.last().is_some_and(|last| last.sort == Word::Number) => {
            items.extend([
                Item::new(Sort::Keyword, "soft").detail("can be raised"),
                Item::new(Sort::Keyword, "hard").detail("cannot be raised"),
            ]);
        }
        _ => {}
    }
}

/// Names in expressions: what arrives and leaves, and the properties of the kind.
fn expression(context: &Context<'_>, items: &mut Items) {
    for (name, what) in [("in", "what arrives"), ("out", "what leaves")] {
        items.add(Item::new(Sort::Parameter, name).detail(what));
        for part in ["records", "bytes"] {
            items.add(Item::new(Sort::Parameter, format!("{name}.{part}")).detail(what));
        }
    }
    let kind = own_properties(context);
    items.extend(kind.into_iter().map(|name| {
        Item::new(Sort::Property, name.clone()).about(About::Property("element".to_owned(), name)).tier(1)
    }));
}
