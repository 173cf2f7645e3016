//! `@allow`: to leave something as it is, and say why.

use super::{Action, Changes, Desk, may_allow, place};
use crate::diagnostic::{Diagnostic, Edit};
use crate::syntax::ast::Statement;

/// The reason that waits to be written.
const REASON: &str = "reason";

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let (at, text) = (finding.primary.span, desk.text());
    if !may_allow(&finding.code) {
        return;
    }
    // The innermost statement on a line of its own that takes attributes.
    let holder =
        desk.around(at).into_iter().rev().find(|statement| {
            statement.preamble().is_some() && place::starts_line(text, statement.span().start as usize)
        });
    let Some(holder) = holder else { return };
    // What is found at the documentation or another attribute is not covered by one of the statement.
    if !holder.span().contains(at) {
        return;
    }
    let start = holder.span().before();
    let attribute = format!("@allow({}, \"{REASON}\")", finding.code);
    let replacement = format!("{attribute}\n{}", place::indent(text, start.start as usize));
    let changes = Changes::with_placeholder(Edit { span: start, replacement }, REASON);
    found.push(Action::mending(index, format!("Allow `{}` here", finding.code), changes));
}

/// Of an `@allow` that gives no reason.
pub(super) fn give_reason(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
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
