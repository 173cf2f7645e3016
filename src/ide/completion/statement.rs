//! From what a statement begins with to what goes on with it.

use super::context::{Context, Place};
use super::items::Items;
use super::names::{Rank, names};
use super::values::Asked;
use super::{About, Item, Sort, catalog, edges, keywords, kinds, patterns, properties, rules, values};
use crate::ide::position::{Lexeme, Sort as Word};
use crate::model::Variety;
use crate::syntax::ast;

/// Whether something has to follow what stands before the cursor.
pub(super) fn must_go_on(context: &Context<'_>) -> bool {
    let words = &context.position.before;
    let Some(last) = words.last() else { return false };
    match (last.sort, context.position.text_of(last)) {
        (Word::Arrow, _) => true,
        (Word::Sign, sign) => matches!(sign, ":" | "=" | "," | "+" | "&" | ">=" | "<=" | "!="),
        (Word::Name, "use" | "extend" | "without" | "note") => words.len() == 1,
        (Word::Name, "via" | "is" | "follows" | "of" | "through") => words.len() > 1,
        _ => false,
    }
}

/// Offers what goes on with the statement at the cursor.
pub(super) fn statement(context: &Context<'_>, items: &mut Items) {
    let position = &context.position;
    let words = position.before.as_slice();
    let text = |at: usize| words.get(at).map(|it| position.text_of(it));
    let brackets = position.brackets();
    let is_free = context.place == Place::Free;
    match (text(0), text(1)) {
        (Some("@"), None) => rules::attributes(context, items),
        (Some("@"), Some("allow")) => {
            brackets.first().into_iter().for_each(|brackets| rules::arguments(context, items, brackets));
        }
        (Some("@"), _) => {}
        _ if is_free => {}
        (None, _) => beginning(context, items),
        (Some(key), Some("=")) if is_name(words) => value(context, items, key, words.get(2..).unwrap_or_default()),
        (Some("wire"), _) if context.place == Place::Top => catalog::wire(context, items),
        _ if is_edge(context) => edges::edge(context, items),
        (Some(word), _) if is_name(words) => after_word(context, items, word),
        _ => {}
    }
}

/// Offers what a property is given elsewhere, in the quotes of its text.
pub(super) fn in_text(context: &Context<'_>, items: &mut Items) {
    let position = &context.position;
    let words = position.before.as_slice();
    let text = |at: usize| words.get(at).map(|it| position.text_of(it));
    let callee = position.brackets().last().and_then(|brackets| brackets.callee.map(str::to_owned));
    let property = match (callee, text(0), text(1)) {
        // `owner("…")` in a selector.
        (Some(callee), ..) => callee,
        (None, Some(key), Some("=")) if is_name(words) => key.rsplit('.').next().unwrap_or(key).to_owned(),
        _ => return,
    };
    // A text that is not closed takes in the rest of the line.
    let is_closed = position.slice(position.word.end..position.text.len()).starts_with('"');
    for word in values::used(context, &property).into_iter().filter(|word| !word.contains(['\n', '"', '\\'])) {
        let item = Item::new(Sort::Value, word.as_str()).detail("used in the workspace");
        items.add(if is_closed { item } else { item.text(format!("{word}\"")) });
    }
}

fn is_name(words: &[Lexeme]) -> bool {
    words.first().is_some_and(|first| first.sort == Word::Name)
}

fn holds_edges(place: Place) -> bool {
    matches!(place, Place::Architecture | Place::Group | Place::Example | Place::Scenario | Place::Steps)
}

fn is_edge(context: &Context<'_>) -> bool {
    holds_edges(context.place) && context.position.before.iter().any(|it| it.sort == Word::Arrow)
}

/// The beginning of a statement.
fn beginning(context: &Context<'_>, items: &mut Items) {
    if context.position.text_before().trim_end_matches([' ', '\t']).ends_with('}') {
        // After a block, nothing but its next branch begins on the same line.
        return keywords::branches(context, items);
    }
    let rest = context.position.rest_of_line().trim_start();
    let has_arrow = ["->", "=>", "~>", "<-"].iter().any(|arrow| rest.starts_with(arrow));
    let has_value = rest.starts_with('=') && !has_arrow;
    let base = context.position.typed().rsplit_once('.').map(|(base, _)| base);
    if let (Place::Environment, Some(base)) = (context.place, base) {
        properties::of_another(context, items, base);
    }
    if base.is_none() && !has_arrow {
        properties::properties(context, items);
        catalog::keys(context, items);
        if !has_value {
            keywords::keywords(context, items);
        }
    }
    if !has_value {
        beginning_names(context, items, rest);
    }
}

/// Names that a statement can begin with; `rest` is what follows.
fn beginning_names(context: &Context<'_>, items: &mut Items, rest: &str) {
    let is_step = matches!(context.place, Place::Scenario | Place::Steps);
    let moves_data = rest.starts_with("->") || rest.starts_with("=>");
    match context.place {
        Place::Environment => names(context, items, |_| Some(Rank { tier: 5, ..Rank::default() })),
        place if holds_edges(place) => names(context, items, |known| {
            let is_container = known.sort == Sort::Architecture || (moves_data && known.sort == Sort::Group);
            (is_step || !is_container).then_some(Rank { tier: if is_step { 0 } else { 3 }, ..Rank::default() })
        }),
        _ => {}
    }
}

/// The value of a property.
fn value(context: &Context<'_>, items: &mut Items, key: &str, words: &[Lexeme]) {
    if matches!(
        context.place,
        Place::Kind | Place::PropertyDeclaration | Place::Metering | Place::Wire | Place::Retired
    ) {
        return catalog::values(context, items, key, words);
    }
    let Some(spec) = properties::find_key(context, key) else { return };
    values::values(context, items, Asked { name: &spec.name, ty: &spec.ty, spec: Some(spec) }, words);
}

/// What goes on with a statement that is neither a property nor an edge.
fn after_word(context: &Context<'_>, items: &mut Items, word: &str) {
    let position = &context.position;
    let words = position.before.as_slice();
    let last = words.last().map_or("", |last| position.text_of(last));
    let is_list = words.len() == 1 || last == ",";
    let clause = words.iter().rposition(|it| matches!(position.text_of(it), "is" | "follows")).filter(|at| *at > 1);
    let in_clause = clause.is_some_and(|at| at + 1 == words.len() || last == ",");
    match word {
        "service" | "external" | "person" if last == ":" => kinds::of_element(context, items, word),
        // It cannot inherit from itself.
        "kind" if in_clause => kinds::others(context, items, words.get(1).map_or("", |own| position.text_of(own))),
        "environment" if in_clause => environments(context, items),
        "architecture" if in_clause => patterns::patterns(context, items, false),
        "kind" | "environment" if words.len() == 2 => items.add(keyword("is", "inherits from")),
        "architecture" if words.len() == 2 => items.add(keyword("follows", "is held against a pattern")),
        "extend" if words.len() == 1 => extended(context, items),
        "use" => used(context, items),
        "note" if is_list && context.place != Place::Top => names(context, items, |_| Some(Rank::default())),
        "without" if is_list && context.place == Place::Environment => {
            names(context, items, |_| Some(Rank::default()));
        }
        "example" if words.len() == 1 => {
            let all = [("bad", "the rule finds something in it"), ("good", "it finds nothing")];
            items.extend(all.map(|(word, what)| Item::new(Sort::Choice, word).detail(what)));
        }
        "property" if context.place == Place::Kind => catalog::typed(context, items, words, false),
        "meter" | "limit" if context.place == Place::Kind => catalog::metering(context, items),
        "pattern" => {
            let brackets = position.brackets();
            brackets.first().into_iter().for_each(|it| catalog::typed(context, items, it.current, true));
        }
        _ if holds_edges(context.place) => ends(context, items),
        _ => {}
    }
}

fn keyword(word: &str, detail: &str) -> Item {
    Item::new(Sort::Keyword, word).detail(detail).about_word(word)
}

/// What follows `use`.
fn used(context: &Context<'_>, items: &mut Items) {
    let brackets = context.position.brackets();
    let words = &context.position.before;
    let has_alias = words.iter().skip(2).any(|it| context.position.is(it, "as"));
    let last = words.last().filter(|last| context.position.is(last, ")") || words.len() == 2);
    match (words.len(), brackets.is_empty()) {
        (1, _) => patterns::patterns(context, items, true),
        (_, false) => patterns::arguments(context, items, &brackets),
        (_, true) if last.is_some() && !has_alias => items.add(keyword("as", "the name of the instance")),
        _ => {}
    }
}

/// Names without an arrow so far: another one after a comma, or an arrow.
fn ends(context: &Context<'_>, items: &mut Items) {
    let position = &context.position;
    let words = position.before.as_slice();
    let (sign, ends) = match words.split_last() {
        Some((last, ends)) if last.sort == Word::Sign => (Some(last), ends),
        _ => (None, words),
    };
    let are_names = ends.iter().all(|it| it.sort == Word::Name || position.is(it, ","));
    let is_one_a_comma = ends.iter().step_by(2).all(|it| it.sort == Word::Name) && ends.len() % 2 == 1;
    if !are_names || !is_one_a_comma || !position.typed().is_empty() && sign.is_none() {
        return;
    }
    // What declares something is a word, unless something has its name.
    let first = words.first().map_or("", |first| position.text_of(first));
    if ast::Keyword::of(first).is_some() && context.meaning(first).is_none() {
        return;
    }
    match sign.map(|sign| (position.text_of(sign), sign)) {
        None => edges::arrows(context, items),
        Some((",", _)) => names(context, items, |known| (known.sort != Sort::Architecture).then(Rank::default)),
        // The beginning of an arrow.
        Some(("-" | "~" | "=" | "<", sign)) if sign.range.end == position.cursor => {
            items.start = Some(sign.range.start);
            edges::arrows(context, items);
        }
        Some(_) => {}
    }
}

/// Architectures, and groups by the name of theirs.
fn extended(context: &Context<'_>, items: &mut Items) {
    let model = context.model();
    for architecture in &model.architectures {
        let about = About::Element(architecture.name.to_string(), Vec::new());
        let item = Item::new(Sort::Architecture, architecture.name.as_str()).detail(architecture.label()).about(about);
        items.add(Item { has_members: true, ..item });
    }
    for group in model.elements.iter().filter(|element| element.variety == Variety::Group) {
        let path = model.full_path(group.id);
        let about = About::Element(path.clone(), Vec::new());
        let item = Item::new(Sort::Group, path).detail(group.label_line()).about(about).tier(1);
        items.add(Item { has_members: true, ..item });
    }
}

fn environments(context: &Context<'_>, items: &mut Items) {
    let own = context.position.before.get(1).map(|name| context.position.text_of(name));
    let others = context.model().environments.iter().filter(|it| Some(it.name.as_str()) != own);
    items.extend(others.map(|it| {
        let title = it.parts.iter().find_map(|part| part.title.clone()).unwrap_or_default();
        Item::new(Sort::Other, it.name.as_str()).detail(title.as_str())
    }));
}
