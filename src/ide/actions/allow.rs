//! `@allow`: to leave something as it is, and say why.

use super::{Action, Changes, Desk, may_allow, place};
use crate::check;
use crate::diagnostic::{Diagnostic, Edit};
use crate::edits;
use crate::syntax::ast::{Attribute, Statement, ValueKind};

/// The reason that waits to be written.
const REASON: &str = "reason";

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let (at, text) = (finding.primary.span, desk.text());
    if !may_allow(&finding.code) {
        return;
    }
    // The innermost statement that takes attributes and begins a line, maybe with those that it has.
    let holder = desk.around(at).into_iter().rev().find_map(|statement| {
        let preamble = statement.preamble()?;
        let attribute = preamble.attributes.first().map_or(statement.span(), |first| first.span);
        let (start, first) = (statement.span().start as usize, attribute.start as usize);
        let begins = place::starts_line(text, start) || place::starts_line(text, first);
        begins.then_some((statement, preamble))
    });
    let Some((holder, preamble)) = holder else { return };
    // What is found at the documentation or another attribute is not covered by one of the statement.
    if !holder.span().contains(at) {
        return;
    }
    let start = holder.span().before();
    let attribute = format!("@allow({}, \"{REASON}\")", finding.code);
    // One of the same code that holds no longer gives way: two would say the same.
    let earlier = preamble.attributes.iter().find(|it| it.name.text == "allow" && code_of(it) == Some(&finding.code));
    let edit = match earlier {
        Some(earlier) => Edit { span: earlier.span, replacement: attribute },
        None if place::starts_line(text, start.start as usize) => {
            let replacement = format!("{attribute}\n{}", place::indent(text, start.start as usize));
            Edit { span: start, replacement }
        }
        // Beside those that stand on the same line.
        None => Edit { span: start, replacement: format!("{attribute} ") },
    };
    let changes = Changes::with_placeholder(edit, REASON);
    found.push(Action::mending(index, format!("Allow `{}` here", finding.code), changes));
}

/// The rule that an `@allow` is about.
fn code_of(attribute: &Attribute) -> Option<&str> {
    let first = attribute.arguments.first().filter(|it| it.name.is_none())?;
    match &first.value.kind {
        ValueKind::RuleCode(code) | ValueKind::Path(code) | ValueKind::Text(code) => Some(code),
        _ => None,
    }
}

/// Of an `@allow` that does not say what it should.
pub(super) fn mend(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    give_reason(desk, index, finding, found);
    let at = finding.primary.span;
    let attributes = desk.around(at).into_iter().rev().filter_map(Statement::preamble).flat_map(|it| &it.attributes);
    let Some(attribute) = attributes.into_iter().find(|it| it.span.contains(at)) else { return };
    // One that names a rule has a meaning; what is the matter with it is something else.
    let names_one = code_of(attribute).is_some_and(|code| check::rule(code).is_some_and(check::Rule::can_be_allowed));
    if !names_one {
        let edit = Edit { span: edits::removal(desk.text(), attribute.span), replacement: String::new() };
        found.push(Action::mending(index, "Remove the `@allow`", Changes::of(vec![edit])));
    }
}

fn give_reason(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let attributes = desk.around(at).into_iter().rev().filter_map(Statement::preamble).flat_map(|it| &it.attributes);
    let Some(attribute) = attributes.into_iter().find(|it| it.span == at) else { return };
    let [code, rest @ ..] = attribute.arguments.as_slice() else { return };
    if rest.iter().any(|argument| argument.name.is_none()) {
        return;
    }
    let edit = Edit { span: code.value.span.after(), replacement: format!(", \"{REASON}\"") };
    found.push(Action::mending(index, "Give a reason", Changes::with_placeholder(edit, REASON)));
}
