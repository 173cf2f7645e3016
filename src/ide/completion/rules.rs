//! Attributes, and the codes of rules in them.

use std::collections::BTreeSet;

use super::context::Context;
use super::items::Items;
use super::{About, Item, Sort};
use crate::check;
use crate::ide::position::{Brackets, Position, Sort as Word};
use crate::policy;

/// Offers the names of attributes, of which there is one.
pub(super) fn attributes(context: &Context<'_>, items: &mut Items) {
    let item = Item::new(Sort::Keyword, "allow").detail("allow a finding, and say why").about_word("@allow");
    let is_called = context.position.rest_of_line().starts_with('(');
    items.add(if is_called { item } else { item.snippet("allow(${1:code}, \"${2:why}\")") });
}

/// Offers arguments of `@allow`: the code of a rule, then why and until when.
pub(super) fn arguments(context: &Context<'_>, items: &mut Items, brackets: &Brackets<'_>) {
    if brackets.earlier.is_empty() {
        return codes(context, items, brackets);
    }
    let text = |at: usize| brackets.current.get(at).map(|it| context.position.text_of(it));
    let today = context.snapshot.today;
    let in_a_year = today.saturating_add(jiff::Span::new().years(1));
    match (text(0), text(1), brackets.current.len()) {
        (None, ..) => {
            let is_given = |name: &str| {
                brackets.earlier.iter().filter_map(|it| it.first()).any(|it| context.position.is(it, name))
            };
            let has_reason = brackets.earlier.iter().skip(1).any(|it| matches!(it, [only] if only.sort == Word::Text));
            if !has_reason && !is_given("reason") {
                items.add(Item::new(Sort::Value, "\"…\"").text("\"\"").snippet("\"$1\"").filter("\"").detail("why"));
            }
            if !is_given("until") {
                let item = Item::new(Sort::Parameter, "until").detail("the last day that it holds");
                items.add(item.text("until = ").snippet(format!("until = ${{1:{in_a_year}}}")));
            }
        }
        (Some("until"), Some("="), 2) => {
            items.add(Item::new(Sort::Value, in_a_year.to_string()).detail("in a year"));
        }
        _ => {}
    }
}

fn codes(context: &Context<'_>, items: &mut Items, brackets: &Brackets<'_>) {
    // A code is a word to the language, and three to whoever reads it from the left.
    match brackets.current {
        [] => {}
        [family, slash] if context.position.is(slash, "/") && family.sort == Word::Name => {
            items.start = Some(family.range.start);
        }
        _ => return,
    }
    let rest = context.position.rest_of_line().trim_start();
    let is_alone = rest.is_empty() || rest.starts_with(')');
    let code = |code: &str, summary: &str| {
        let item = Item::new(Sort::Rule, code).detail(summary).about(About::Rule(code.to_owned()));
        if is_alone { item.snippet(format!("{code}, \"${{1:why}}\"")) } else { item }
    };
    // What is found where the attribute stands is mostly what is meant.
    let found = found(context);
    let item = |name: &str, summary: &str| code(name, summary).tier(u8::from(!found.contains(name)));
    let own = context.model().rules.iter();
    items.extend(own.map(|rule| item(&policy::code(rule), rule.head.label())));
    let shipped = check::rules().iter().filter(|rule| rule.can_be_allowed());
    items.extend(shipped.map(|rule| item(rule.code, rule.summary)));
}

/// The codes that are found in the line of the statement which the attribute is for.
fn found<'c>(context: &Context<'c>) -> BTreeSet<&'c str> {
    let Position { text, cursor, .. } = context.position;
    let mut start = cursor;
    let mut lines = text.get(cursor..).unwrap_or_default().split_inclusive('\n');
    // More attributes and documentation may stand between.
    let is_between = |line: &str| line.is_empty() || line.starts_with('@') || line.starts_with("//");
    let mut line = lines.next().unwrap_or_default();
    for next in lines {
        start += line.len();
        line = next;
        if !is_between(next.trim()) {
            break;
        }
    }
    let here = start..start + line.len();
    let all = context.snapshot.analysis.diagnostics.iter();
    let all = all.filter(|it| it.primary.span.file == context.file && here.contains(&it.primary.span.range().start));
    all.map(|it| it.code.as_ref()).collect()
}
