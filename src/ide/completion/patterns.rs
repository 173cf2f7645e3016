//! Patterns, and the arguments that they take.

use super::context::Context;
use super::documentation::of_pattern;
use super::items::{Items, escaped};
use super::values;
use super::{About, Item, Sort};
use crate::docs;
use crate::ide::position::{Brackets, Lexeme};
use crate::pattern::{Parameter, Pattern, Takes};
use crate::syntax::ast::ValueKind;

/// Patterns where one is named: with the arguments that they need after `use`.
pub(super) fn patterns(context: &Context<'_>, items: &mut Items, is_used: bool) {
    let own = context.pattern().map(|pattern| pattern.name.as_str());
    for pattern in context.snapshot.library().iter().filter(|it| Some(it.name.as_str()) != own) {
        let title = pattern.title.as_ref().map(|title| title.value.to_string());
        let summary = pattern.preamble.doc.as_ref().map(|doc| docs::summary(&of_pattern(doc, pattern)));
        let item = Item::new(Sort::Pattern, pattern.name.as_str())
            .detail(title.or(summary).unwrap_or_default())
            .about(About::Pattern(pattern.name.to_string()))
            .tier(u8::from(pattern.is_shipped));
        let is_called = context.position.rest_of_line().trim_start().starts_with('(');
        items.add(if is_used && !is_called { item.snippet(call(context, pattern)) } else { item });
    }
}

/// A pattern with the arguments that have no default.
fn call(context: &Context<'_>, pattern: &Pattern) -> String {
    let needed = pattern.parameters.iter().filter(|parameter| parameter.default.is_none());
    let arguments: Vec<String> = needed.enumerate().map(|(at, it)| argument(context, it, at + 1)).collect();
    let alias = format!(" as ${{{}:name}}", arguments.len() + 1);
    match arguments.as_slice() {
        [] => format!("{}{alias}", pattern.name),
        [_] | [_, _] => format!("{}({}){alias}", pattern.name, arguments.join(", ")),
        _ => format!("{}(\n  {},\n){alias}", pattern.name, arguments.join(",\n  ")),
    }
}

fn argument(context: &Context<'_>, parameter: &Parameter, number: usize) -> String {
    let name = &parameter.name.text;
    let place = match &parameter.takes {
        Some(Takes::Value(ty)) => {
            let default = parameter.default.as_ref().and_then(|default| simple(&default.kind));
            values::place(context, name, ty, default.as_deref(), number)
        }
        Some(Takes::Element(sort)) => {
            let first = values::first_fitting(context, *sort);
            format!("${{{number}:{}}}", escaped(first.as_deref().unwrap_or(name)))
        }
        None => format!("${{{number}:{}}}", escaped(name)),
    };
    format!("{name} = {place}")
}

/// A value as it is written, if it is one word.
pub(in crate::ide) fn simple(value: &ValueKind) -> Option<String> {
    Some(match value {
        ValueKind::Path(text) | ValueKind::Number(text) | ValueKind::Date(text) => text.to_string(),
        ValueKind::Text(text) => format!("\"{text}\""),
        ValueKind::Load(load) => format!("{} of {}", simple(&load.0.kind)?, simple(&load.1.kind)?),
        ValueKind::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| simple(&item.kind)).collect();
            format!("[{}]", items?.join(", "))
        }
        _ => return None,
    })
}

/// Arguments of a `use`: the parameters that have none yet, those that need one first, and values.
pub(super) fn arguments(context: &Context<'_>, items: &mut Items, brackets: &[Brackets<'_>]) {
    let [call, inner @ ..] = brackets else { return };
    let Some(pattern) = call.callee.and_then(|name| context.snapshot.library().find(name)) else { return };
    let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
    let is_named = |words: &[Lexeme]| words.get(1).is_some_and(|sign| text(sign) == "=");
    if let [name, _, words @ ..] = call.current
        && is_named(call.current)
    {
        let parameter = pattern.parameters.iter().find(|it| it.name.text == text(name));
        let words = if inner.is_empty() { words } else { &[] };
        return parameter.into_iter().for_each(|it| values::of_parameter(context, items, it, words));
    }
    if !call.current.is_empty() {
        return;
    }
    let given: Vec<&str> =
        call.earlier.iter().filter(|it| is_named(it)).filter_map(|it| it.first()).map(text).collect();
    let by_place = call.earlier.len() - given.len();
    let open = pattern.parameters.iter().skip(by_place).filter(|it| !given.contains(&it.name.text.as_str()));
    for parameter in open {
        let name = parameter.name.text.as_str();
        let default = parameter.default.as_ref().and_then(|default| simple(&default.kind));
        let detail = match default {
            Some(default) => format!("{parameter} = {default}"),
            None => format!("{parameter} · required"),
        };
        let item = Item::new(Sort::Parameter, name)
            .detail(detail)
            .about(About::Parameter(pattern.name.to_string(), name.to_owned()))
            .tier(u8::from(parameter.default.is_some()));
        let has_value = context.position.rest_of_line().trim_start().starts_with('=');
        items.add(if has_value {
            item
        } else {
            item.text(format!("{name} = ")).snippet(argument(context, parameter, 1))
        });
    }
}
