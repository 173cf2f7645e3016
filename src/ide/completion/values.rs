//! Values of properties and parameters, by their type.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::context::{Context, Place};
use super::items::{Items, choice, escaped};
use super::names::{Known, Rank, names};
use super::{About, Item, Sort, selectors};
use crate::catalog::{Category, PropertySpec, PropertyType, Value, type_value};
use crate::decision::Decisions;
use crate::ide::examples::{self, written};
use crate::ide::position::{Lexeme, Sort as Word};
use crate::model::Settings;
use crate::pattern::{self, Takes};
use crate::prices;
use crate::source::Span;
use crate::syntax::ast;

/// What a value is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The name of the property or parameter.
    pub(super) name: &'a str,
    /// Its type.
    pub(super) ty: &'a PropertyType,
    /// What the kind says of it.
    pub(super) spec: Option<&'a PropertySpec>,
}

// ---- Examples ---------------------------------------------------------------------------------------------------------

/// What stands for the value of a property in a snippet.
pub(super) fn placeholder(context: &Context<'_>, spec: &PropertySpec) -> String {
    let default = spec.default.as_ref().and_then(written);
    match &spec.ty {
        // One value of many: it keeps to the range.
        ty if default.is_none() && ty.is_quantity() => format!("${{1:{}}}", escaped(&examples::of(spec))),
        ty => place(context, &spec.name, ty, default.as_deref(), 1),
    }
}

/// A place of a snippet for a value of a type.
pub(super) fn place(
    context: &Context<'_>,
    name: &str,
    ty: &PropertyType,
    default: Option<&str>,
    number: usize,
) -> String {
    let plain = |text: &str| format!("${{{number}:{}}}", escaped(text));
    match (ty, default) {
        (PropertyType::OneOf(words), _) => {
            let others = words.iter().map(SmolStr::as_str).filter(|word| Some(*word) != default);
            choice(number, default.into_iter().chain(others))
        }
        (PropertyType::Bool, _) => {
            choice(number, if default == Some("true") { ["false", "true"] } else { ["true", "false"] })
        }
        (_, Some(default)) => plain(default),
        (PropertyType::Text, None) => format!("\"${number}\""),
        (PropertyType::List(inner), None) if **inner == PropertyType::Text => format!("[\"${number}\"]"),
        (PropertyType::List(_), None) => format!("[${number}]"),
        (PropertyType::Load, None) => format!("${{{number}:100/s}} of ${{{}:1 KB}}", number + 1),
        (PropertyType::Date, None) => plain(&context.snapshot.today.to_string()),
        (ty, None) => plain(&examples::of_type(ty, name)),
    }
}

// ---- Values -----------------------------------------------------------------------------------------------------------

/// Offers values; `words` is what stands before the cursor in the value.
pub(super) fn values(context: &Context<'_>, items: &mut Items, asked: Asked<'_>, words: &[Lexeme]) {
    if *asked.ty == PropertyType::Selector {
        return selectors::selector(context, items, asked.name, words);
    }
    let brackets = context.position.brackets();
    let list = brackets.last().filter(|brackets| brackets.is_list);
    match (asked.ty, list) {
        (PropertyType::List(inner), Some(list)) if list.current.is_empty() => {
            let taken: Vec<&str> =
                list.earlier.iter().filter_map(|it| it.first()).map(|it| context.position.text_of(it)).collect();
            let inner = Asked { ty: inner, ..asked };
            scalars(context, items, inner, &taken);
        }
        (PropertyType::List(inner), None) if words.is_empty() => {
            parameters(context, items, asked);
            let mut members = Items::default();
            scalars(context, &mut members, Asked { ty: inner, ..asked }, &[]);
            items.extend(members.in_brackets());
            items.add(Item::new(Sort::Value, "[…]").text("[]").snippet("[$1]").filter("[").detail("a list").tier(9));
        }
        (PropertyType::List(_), _) | (_, Some(_)) => {}
        (_, None) => scalar_or_unit(context, items, asked, words),
    }
}

/// Offers values that are no lists, and what goes on with a number.
pub(super) fn scalar_or_unit(context: &Context<'_>, items: &mut Items, asked: Asked<'_>, words: &[Lexeme]) {
    let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
    match words {
        [] if context.position.typed().starts_with(|c: char| c.is_ascii_digit()) => {
            let (ty, typed) = (asked.ty, context.position.typed());
            units(items, asked, typed, *ty == PropertyType::Load);
        }
        [] => scalars(context, items, asked, &[]),
        [number] if number.sort == Word::Number && context.position.typed().is_empty() => {
            let is_load = *asked.ty == PropertyType::Load;
            if is_load && text(number).contains('/') {
                items.add(Item::new(Sort::Keyword, "of").snippet("of ${1:1 KB}").detail("and the size of one record"));
            } else {
                items.start = Some(number.range.start);
                let typed = context.position.slice(number.range.start..context.position.cursor);
                units(items, asked, typed, is_load);
            }
        }
        [_, of] if *asked.ty == PropertyType::Load && text(of) == "of" => {
            let size = Asked { ty: &PropertyType::Size, ..asked };
            scalar_or_unit(context, items, size, &[]);
        }
        [_, of, size] if *asked.ty == PropertyType::Load && text(of) == "of" => {
            let size = std::slice::from_ref(size);
            scalar_or_unit(context, items, Asked { ty: &PropertyType::Size, ..asked }, size);
        }
        _ => {}
    }
}

fn scalars(context: &Context<'_>, items: &mut Items, asked: Asked<'_>, taken: &[&str]) {
    parameters(context, items, asked);
    let default = asked.spec.and_then(|spec| spec.default.as_ref()).and_then(written);
    let fixed: Vec<&str> = match asked.ty {
        PropertyType::Bool => vec!["true", "false"],
        PropertyType::OneOf(words) => words.iter().map(SmolStr::as_str).collect(),
        _ => Vec::new(),
    };
    for word in fixed.into_iter().filter(|word| !taken.contains(word)) {
        let is_default = default.as_deref() == Some(word);
        items.add(Item::new(Sort::Choice, word).detail(if is_default { "default" } else { "" }).tier(1));
    }
    match asked.ty {
        PropertyType::Bool | PropertyType::OneOf(_) | PropertyType::Selector | PropertyType::List(_) => {}
        PropertyType::Text => texts(context, items, asked.name, default.as_deref(), taken),
        PropertyType::Symbol => symbols(context, items, asked.name, default.as_deref(), taken),
        PropertyType::Element => names(context, items, |_| Some(Rank::default())),
        PropertyType::Date => {
            let today = context.snapshot.today.to_string();
            items.add(Item::new(Sort::Value, today).detail("today"));
        }
        PropertyType::Load => {
            let item = Item::new(Sort::Value, "100/s of 1 KB").detail("a rate, and the size of one record");
            items.add(item.snippet("${1:100/s} of ${2:1 KB}"));
        }
        ty => {
            let bound = |value: Option<&Value>| value.and_then(written);
            let (min, max) =
                asked.spec.map_or((None, None), |spec| (bound(spec.min.as_ref()), bound(spec.max.as_ref())));
            let is_free = default.is_none() && min.is_none();
            let own = asked.spec.filter(|spec| spec.ty == *ty);
            let usual = || own.map_or_else(|| examples::of_type(ty, asked.name), examples::of);
            let of = [(default, "default"), (min, "least"), (max, "most")];
            let of = of.into_iter().filter_map(|(value, what)| Some((value?, what)));
            let example = is_free.then(|| (usual(), "for example"));
            for (value, what) in of.chain(example) {
                items.add(Item::new(Sort::Value, value).detail(what).tier(1));
            }
        }
    }
}

/// Parameters of the pattern around that have the type.
fn parameters(context: &Context<'_>, items: &mut Items, asked: Asked<'_>) {
    let Some(pattern) = context.pattern() else { return };
    let fitting = pattern.parameters.iter().filter(|it| it.takes == Some(Takes::Value(asked.ty.clone())));
    for parameter in fitting {
        let about = About::Parameter(pattern.name.to_string(), parameter.name.text.to_string());
        items.add(Item::new(Sort::Parameter, parameter.name.text.as_str()).detail(parameter.to_string()).about(about));
    }
}

impl Items {
    /// The same in the brackets of a list.
    fn in_brackets(self) -> impl Iterator<Item = Item> {
        let bracketed = |item: Item| Item {
            text: format!("[{}]", item.text),
            snippet: Some(format!("[{}$1]", escaped(&item.text))),
            label: format!("[{}]", item.label),
            ..item
        };
        self.into_all().filter(|item| item.sort != Sort::Parameter).map(bracketed)
    }
}

// ---- Words of the workspace -------------------------------------------------------------------------------------------

/// The texts and names that the workspace gives a property, those that are given most often first.
pub(super) fn used(context: &Context<'_>, property: &str) -> Vec<String> {
    let model = context.model();
    let elements = model.elements.iter().map(|element| &element.settings);
    let edges = model.edges.iter().map(|edge| &edge.settings);
    let architectures = model.architectures.iter().map(|architecture| &architecture.settings);
    let all = elements.chain(edges).chain(architectures).chain(model.heads().map(|head| &head.settings));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let values = all.filter_map(|settings: &Settings| settings.get(property)).flat_map(Value::items);
    for word in values.filter_map(Value::as_str) {
        *counts.entry(word).or_default() += 1;
    }
    // What is being typed is no word of the workspace yet.
    let typed = context.position.slice(context.position.word.clone());
    if counts.get(typed) == Some(&1) {
        counts.remove(typed);
    }
    let mut words: Vec<(&str, usize)> = counts.into_iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    words.into_iter().map(|(word, _)| word.to_owned()).collect()
}

fn texts(context: &Context<'_>, items: &mut Items, name: &str, default: Option<&str>, taken: &[&str]) {
    for word in used(context, name) {
        let text = written(&Value::Text(word.as_str().into())).unwrap_or_default();
        if !taken.contains(&text.as_str()) && !word.contains('\n') {
            let snippet = escaped(&text);
            items.add(
                Item::new(Sort::Value, text).snippet(snippet).filter(word).detail("used in the workspace").tier(1),
            );
        }
    }
    items.extend(default.map(|default| Item::new(Sort::Value, default).detail("default")));
    items.add(Item::new(Sort::Value, "\"…\"").text("\"\"").snippet("\"$1\"").filter("\"").detail("a text").tier(9));
}

fn symbols(context: &Context<'_>, items: &mut Items, name: &str, default: Option<&str>, taken: &[&str]) {
    match (context.place, name) {
        (Place::Decision, "affects") => return names(context, items, |_| Some(Rank::default())),
        (Place::Decision, "supersedes") => return decisions(context, items, taken),
        _ => {}
    }
    items.extend(default.map(|default| Item::new(Sort::Value, default).detail("default")));
    words_of(context, items, name, taken, false);
}

/// The words of a property, and those that it could have.
pub(super) fn words_of(context: &Context<'_>, items: &mut Items, property: &str, taken: &[&str], may_quote: bool) {
    for word in used(context, property).into_iter().filter(|word| !taken.contains(&word.as_str())) {
        if is_name(&word) {
            items.add(Item::new(Sort::Value, word).detail("used in the workspace").tier(1));
        } else if may_quote && !word.contains('\n') {
            let text = written(&Value::Text(word.as_str().into())).unwrap_or_default();
            let snippet = escaped(&text);
            items.add(
                Item::new(Sort::Value, text).snippet(snippet).filter(word).detail("used in the workspace").tier(1),
            );
        }
    }
    if property == "region" {
        let own = context.snapshot.workspace.own_prices.iter().map(|price| price.region.as_str());
        let region = |region: &str| Item::new(Sort::Value, region).detail("region").tier(2);
        items.extend(own.filter(|it| !taken.contains(it)).map(region));
        items.extend(prices::aws_regions().filter(|it| !taken.contains(it)).map(region));
    }
    let spec = context.core("element").and_then(|kind| context.catalog().property(kind, property));
    if let Some(PropertyType::OneOf(words)) = spec.map(|spec| &spec.ty) {
        items.extend(words.iter().map(|word| Item::new(Sort::Choice, word.as_str()).tier(2)));
    }
}

fn is_name(word: &str) -> bool {
    let starts_well = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    starts_well && word.chars().all(is_inner) && !word.ends_with(['-', '.']) && !word.contains("..")
}

fn decisions(context: &Context<'_>, items: &mut Items, taken: &[&str]) {
    let own = context.head().get(1).map(|name| context.position.text_of(name));
    // Records in Markdown are decisions, too.
    let all = Decisions::of(context.model(), &context.snapshot.workspace).all;
    for decision in all.iter().filter(|it| Some(it.name.as_str()) != own && !taken.contains(&it.name.as_str())) {
        items.add(Item::new(Sort::Other, decision.name.as_str()).detail(decision.label()));
    }
}

pub(super) fn categories(items: &mut Items) {
    items.extend(Category::ALL.iter().map(|category| Item::new(Sort::Choice, category.name())));
}

// ---- Units ------------------------------------------------------------------------------------------------------------

/// Units behind a number, those first that are used most.
fn units(items: &mut Items, asked: Asked<'_>, typed: &str, with_size: bool) {
    let ty = if with_size { &PropertyType::Rate } else { asked.ty };
    let digits = typed.find(|c: char| !c.is_ascii_digit() && !matches!(c, '_' | '.')).unwrap_or(typed.len());
    let digits = typed.get(..digits).unwrap_or_default();
    for (unit, what) in units_of(ty) {
        let blank = if unit.starts_with(['/', '%', 'x']) { "" } else { " " };
        let text = format!("{digits}{blank}{unit}");
        if !with_size && !is_in_range(asked, &text) {
            continue;
        }
        // Blanks before a unit are no matter.
        let filter = if typed.contains(' ') { text.clone() } else { format!("{digits}{unit}") };
        let item = Item::new(Sort::Unit, text.clone()).detail(*what);
        let item = if with_size {
            item.text(format!("{text} of 1 KB")).snippet(format!("{} of ${{1:1 KB}}", escaped(&text)))
        } else {
            item
        };
        items.add(item.filter(filter));
    }
}

/// Whether a number with its unit is a value that the kind allows.
fn is_in_range(asked: Asked<'_>, number: &str) -> bool {
    let Some(spec) = asked.spec else { return true };
    let value = ast::Value { kind: ast::ValueKind::Number(number.into()), span: Span::default() };
    type_value(&value, asked.ty).is_ok_and(|value| spec.allows(&value))
}

/// The units that a type takes, each with what it is.
pub(super) fn units_of(ty: &PropertyType) -> &'static [(&'static str, &'static str)] {
    match ty {
        PropertyType::Size => &[
            ("KB", "1,000 bytes"),
            ("MB", "1,000 KB"),
            ("GB", "1,000 MB"),
            ("TB", "1,000 GB"),
            ("KiB", "1,024 bytes"),
            ("MiB", "1,024 KiB"),
            ("GiB", "1,024 MiB"),
            ("TiB", "1,024 GiB"),
            ("B", "bytes"),
        ],
        PropertyType::Duration => &[
            ("ms", "milliseconds"),
            ("s", "seconds"),
            ("min", "minutes"),
            ("h", "hours"),
            ("d", "days"),
            ("weeks", "7 days each"),
            ("months", "730 h each"),
            ("y", "years"),
        ],
        PropertyType::Rate => &[
            ("/s", "every second"),
            ("/min", "every minute"),
            ("/h", "every hour"),
            ("/d", "every day"),
            ("/month", "every month"),
        ],
        PropertyType::Throughput => &[
            ("KB/s", "1,000 bytes a second"),
            ("MB/s", "1,000 KB a second"),
            ("GB/s", "1,000 MB a second"),
            ("KiB/s", "1,024 bytes a second"),
            ("MiB/s", "1,024 KiB a second"),
            ("GiB/s", "1,024 MiB a second"),
        ],
        PropertyType::Money => &[("USD", "US dollars"), ("EUR", "euros")],
        PropertyType::MoneyRate => &[
            ("USD/month", "US dollars a month"),
            ("USD/y", "US dollars a year"),
            ("EUR/month", "euros a month"),
            ("EUR/y", "euros a year"),
        ],
        PropertyType::Percent => &[("%", "of the whole")],
        PropertyType::Multiple => &[("x", "times")],
        _ => &[],
    }
}

/// The parameter's sort of element, or what its values are.
pub(super) fn of_parameter(context: &Context<'_>, items: &mut Items, parameter: &pattern::Parameter, words: &[Lexeme]) {
    let name = parameter.name.text.as_str();
    match &parameter.takes {
        Some(Takes::Value(ty)) => values(context, items, Asked { name, ty, spec: None }, words),
        Some(Takes::Element(sort)) if words.is_empty() => {
            names(context, items, |known| fits(context, known, *sort).then(Rank::default));
        }
        _ => {}
    }
}

/// Whether something is of the sort that a parameter asks for.
fn fits(context: &Context<'_>, known: &Known<'_>, sort: pattern::Sort) -> bool {
    let is_a = |name: &str| {
        let root = context.core(name);
        root.zip(known.kind).is_some_and(|(root, kind)| context.catalog().is_a(kind, root))
    };
    let is_parameter = known.sort == Sort::Parameter;
    match sort {
        pattern::Sort::Element => known.sort != Sort::Architecture,
        pattern::Sort::Service => known.sort == Sort::Service || (is_parameter && !is_a("external") && !is_a("person")),
        pattern::Sort::External => known.sort == Sort::External || (is_parameter && is_a("external")),
        pattern::Sort::Person => known.sort == Sort::Person || (is_parameter && is_a("person")),
        pattern::Sort::Group => known.sort == Sort::Group,
        pattern::Sort::Kind(kind) => known.kind.is_some_and(|it| context.catalog().is_a(it, kind)),
    }
}

/// The first name that a parameter can stand for.
pub(super) fn first_fitting(context: &Context<'_>, sort: pattern::Sort) -> Option<String> {
    let known = context.known();
    known.iter().filter(|known| fits(context, known, sort)).find_map(|known| context.path(known))
}

#[cfg(test)]
mod tests {
    use super::units_of;
    use crate::catalog::{PropertyType, type_value};
    use crate::source::{FileId, Span};
    use crate::syntax::ast;

    #[test]
    fn units_fit_their_types() {
        let value = |text: &str| ast::Value {
            kind: ast::ValueKind::Number(text.into()),
            span: Span::of(FileId::default(), 0..text.len()),
        };
        let types = [
            PropertyType::Size,
            PropertyType::Duration,
            PropertyType::Rate,
            PropertyType::Throughput,
            PropertyType::Money,
            PropertyType::MoneyRate,
            PropertyType::Percent,
            PropertyType::Multiple,
        ];
        for ty in types {
            for (unit, _) in units_of(&ty) {
                assert!(type_value(&value(&format!("3 {unit}")), &ty).is_ok(), "{unit} is no {ty}");
            }
        }
    }
}
