//! Selectors: names, functions, and what connects them.

use std::collections::BTreeSet;

use super::context::{Context, Place};
use super::items::{Items, choice, escaped};
use super::names::{Rank, names};
use super::values::{self, Asked};
use super::{About, Item, Sort, kinds};
use crate::catalog::{KindId, PropertySpec, PropertyType};
use crate::ide::position::{Brackets, Lexeme, Sort as Word};
use crate::select::{self, Form, Signature, Takes};

/// Offers what goes on with a selector; `property` is what it is the value of.
pub(super) fn selector(context: &Context<'_>, items: &mut Items, property: &str, words: &[Lexeme]) {
    let brackets = context.position.brackets();
    let call = brackets.last().and_then(|brackets| Some((brackets, select::signature(brackets.callee?)?)));
    match (call, brackets.last()) {
        (Some((brackets, signature)), _) => argument(context, items, property, brackets, signature),
        (None, Some(brackets)) => operand_or_sign(context, items, property, brackets.current, true),
        (None, None) => operand_or_sign(context, items, property, words, false),
    }
}

fn argument(context: &Context<'_>, items: &mut Items, property: &str, brackets: &Brackets<'_>, signature: &Signature) {
    let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
    let named = match brackets.current {
        [name, sign, ..] if text(sign) == "=" => signature.parameters.iter().find(|it| it.name == text(name)),
        _ => None,
    };
    let named = named.filter(|it| it.form == Form::Named);
    let words = brackets.current.get(if named.is_some() { 2 } else { 0 }..).unwrap_or_default();
    let by_place = signature
        .parameters
        .get(brackets.earlier.len())
        .or_else(|| signature.parameters.last().filter(|last| last.form == Form::Repeated));
    let given: Vec<&str> = brackets.earlier.iter().filter_map(|it| it.first()).map(text).collect();
    let Some(parameter) = named.or(by_place) else { return };
    if parameter.form == Form::Named && named.is_none() {
        if words.is_empty() {
            let open = signature.parameters.iter().filter(|it| it.form == Form::Named && !given.contains(&it.name));
            items.extend(open.map(|it| {
                let item = Item::new(Sort::Parameter, it.name).detail(it.summary);
                item.text(format!("{} = ", it.name)).snippet(format!("{} = ${{1:external}}", it.name))
            }));
        }
        return;
    }
    match parameter.takes {
        Takes::Selector => operand_or_sign(context, items, property, words, true),
        Takes::Comparison => comparison(context, items, words),
        _ if !words.is_empty() => {}
        Takes::Kind => kinds::any(context, items, 0),
        Takes::Category => values::categories(items),
        Takes::Word(property) => values::words_of(context, items, property, &given, true),
        Takes::Property => items
            .extend(known_properties(context, &given).into_iter().map(|(spec, tier)| property_item(spec).tier(tier))),
        Takes::Number => {}
    }
}

/// An operand, or after one the sign that goes on with it.
fn operand_or_sign(context: &Context<'_>, items: &mut Items, property: &str, words: &[Lexeme], is_inner: bool) {
    let is_operand_next = match words.last() {
        None => true,
        Some(last) => {
            last.sort == Word::Arrow || matches!(context.position.text_of(last), "+" | "-" | "&" | "(" | "[" | ",")
        }
    };
    let is_limit = property == "limit" && context.place == Place::Rule && !is_inner;
    match (is_operand_next, is_limit) {
        (true, true) => items.extend(select::measures().map(|it| function(context, it))),
        (true, false) => {
            let has_arrow = words.iter().any(|it| it.sort == Word::Arrow);
            operands(context, items, property, !has_arrow && is_about_connections(context, property) && !is_inner);
        }
        (false, true) => {
            let text = words.last().map(|last| context.position.text_of(last));
            let signs = if text == Some(")") { ["<=", ">=", "<", ">", "=="] } else { [""; 5] };
            let signs = signs.into_iter().filter(|sign| !sign.is_empty());
            items.extend(
                signs.map(|sign| operator(sign, "compared with a whole number").snippet(format!("{sign} ${{1:3}}"))),
            );
        }
        (false, false) => signs(context, items, property, words),
    }
}

fn operator(sign: &str, what: &str) -> Item {
    Item::new(Sort::Operator, sign).detail(what)
}

fn signs(context: &Context<'_>, items: &mut Items, property: &str, words: &[Lexeme]) {
    items.extend([
        operator("+", "both"),
        operator("-", "the left without the right"),
        operator("&", "what both have in common"),
    ]);
    let has_arrow = words.iter().any(|it| it.sort == Word::Arrow);
    if is_about_connections(context, property) && !has_arrow {
        let arrows = [("->", "connections that move data"), ("=>", "calls"), ("~>", "side channels")];
        items.extend(arrows.map(|(arrow, what)| operator(arrow, what)));
    }
}

/// Whether a selector can be about connections.
fn is_about_connections(context: &Context<'_>, property: &str) -> bool {
    context.place == Place::Rule && matches!(property, "deny" | "require" | "except")
}

fn operands(context: &Context<'_>, items: &mut Items, property: &str, with_connections: bool) {
    // What a property is about comes first.
    let first = match property {
        "collapse" => Some(Sort::Group),
        "expand" => Some(Sort::Service),
        _ => None,
    };
    names(context, items, |known| {
        let is_first = first.is_none_or(|first| known.sort == first);
        Some(Rank { tier: u8::from(!is_first), ..Rank::default() })
    });
    let words = select::words().map(|word| Item::new(Sort::Choice, word).detail("all of this sort").tier(2));
    items.extend(words);
    let functions = select::functions().filter(|it| with_connections || it.name != "moves");
    items.extend(functions.map(|it| function(context, it).tier(3)));
    items.add(operator("*", "everything").tier(4));
}

/// A function as it is called: with places for what it needs.
fn function(context: &Context<'_>, signature: &Signature) -> Item {
    let name = signature.name;
    let item = Item::new(Sort::Function, name).detail(label(signature)).about(About::Function(name.to_owned()));
    if context.position.rest_of_line().starts_with('(') {
        return item;
    }
    let needed = signature.parameters.iter().filter(|it| matches!(it.form, Form::Plain | Form::Repeated));
    let places: Vec<String> = needed.enumerate().map(|(at, it)| place(context, it.takes, at + 1)).collect();
    item.text(format!("{name}(")).snippet(format!("{name}({})", places.join(", ")))
}

fn place(context: &Context<'_>, takes: Takes, number: usize) -> String {
    let plain = |text: &str| format!("${{{number}:{}}}", escaped(text));
    match takes {
        Takes::Kind => plain("application"),
        Takes::Category => choice(number, crate::catalog::Category::ALL.iter().map(|it| it.name())),
        Takes::Word("status") => choice(number, ["planned", "live", "deprecated"]),
        Takes::Word("region") => plain("eu-west-1"),
        Takes::Word(property) => {
            let used = values::used(context, property).into_iter().find(|word| !word.contains('\n'));
            let word = used.map_or_else(|| "name".to_owned(), |word| word.replace(['"', '\\'], ""));
            plain(&format!("\"{word}\""))
        }
        Takes::Selector => plain("service"),
        Takes::Number => plain("1"),
        Takes::Property => plain("owner"),
        Takes::Comparison => plain("redundant = true"),
    }
}

/// A function with the names of its parameters: `neighbors(start, steps?)`.
pub(super) fn label(signature: &Signature) -> String {
    let parameters: Vec<String> = signature.parameters.iter().map(parameter_label).collect();
    format!("{}({})", signature.name, parameters.join(", "))
}

/// A parameter as it stands in the label of its function.
pub(in crate::ide) fn parameter_label(parameter: &select::Parameter) -> String {
    let select::Parameter { name, takes, form, .. } = parameter;
    match form {
        Form::Plain => format!("{name}: {}", takes.name()),
        Form::Optional => format!("{name}?: {}", takes.name()),
        Form::Repeated => format!("{name}: {}, …", takes.name()),
        Form::Named => format!("{name} = {}", takes.name()),
    }
}

// ---- Properties -------------------------------------------------------------------------------------------------------

/// What kinds say of properties: the first that says something of each name, and how likely it is meant. Those that somebody
/// gives come first, then those of all elements, those of kinds that are there, and the rest.
fn known_properties<'s>(context: &Context<'s>, given: &[&str]) -> Vec<(&'s PropertySpec, u8)> {
    let catalog = context.catalog();
    let all = catalog.kinds().filter(|kind| catalog.category(kind.id).name() != "" && is_element(context, kind.id));
    let mut specs: Vec<&PropertySpec> = all.flat_map(|kind| &kind.properties).collect();
    specs.sort_by(|a, b| a.name.cmp(&b.name));
    specs.dedup_by(|a, b| a.name == b.name);
    specs.retain(|spec| !given.contains(&spec.name.as_str()));
    let elements = || context.model().elements.iter();
    let set: BTreeSet<&str> = elements().flat_map(|it| &it.settings.properties).map(|it| it.name.as_str()).collect();
    let kinds: BTreeSet<KindId> = elements().filter_map(|it| it.kind).collect();
    let kinds = kinds.into_iter().flat_map(|kind| catalog.ancestry(kind));
    let near: BTreeSet<&str> = kinds.flat_map(|kind| &kind.properties).map(|it| it.name.as_str()).collect();
    let common = context.core("element").map(|kind| catalog.kind(kind));
    let is_common = |name: &str| common.is_some_and(|kind| kind.properties.iter().any(|it| it.name == name));
    let tier = |spec: &&'s PropertySpec| match spec.name.as_str() {
        name if set.contains(name) => 0,
        name if is_common(name) => 1,
        name if near.contains(name) => 2,
        _ => 3,
    };
    specs.into_iter().map(|spec| (spec, tier(&spec))).collect()
}

fn is_element(context: &Context<'_>, kind: KindId) -> bool {
    context.core("element").is_some_and(|root| context.catalog().is_a(kind, root))
}

fn property_item(spec: &PropertySpec) -> Item {
    Item::new(Sort::Property, spec.name.as_str()).detail(spec.ty.to_string())
}

fn comparison(context: &Context<'_>, items: &mut Items, words: &[Lexeme]) {
    let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
    match words {
        [] => items.extend(known_properties(context, &[]).into_iter().map(|(spec, tier)| {
            // A list is asked for one of its values.
            let ty = if let PropertyType::List(inner) = &spec.ty { inner } else { &spec.ty };
            let value = values::place(context, &spec.name, ty, None, 1);
            let item = property_item(spec).text(format!("{} = ", spec.name));
            item.snippet(format!("{} = {value}", spec.name)).tier(tier)
        })),
        [name] if name.sort == Word::Name => {
            let all =
                [("=", "is"), ("!=", "is not"), (">=", "at least"), ("<=", "at most"), (">", "more"), ("<", "less")];
            items.extend(all.map(|(sign, what)| operator(sign, what)));
        }
        [name, _, rest @ ..] => {
            let spec = known_properties(context, &[]).into_iter().find(|(spec, _)| spec.name == text(name));
            let Some((spec, _)) = spec else { return };
            let ty = match &spec.ty {
                PropertyType::List(inner) => inner,
                ty => ty,
            };
            values::scalar_or_unit(context, items, Asked { name: &spec.name, ty, spec: None }, rest);
        }
        _ => {}
    }
}
