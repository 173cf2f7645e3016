//! A property that its kind does not know: a free fact, or nothing.

use super::{Action, Changes, Desk, place};
use crate::diagnostic::{Diagnostic, Edit};
use crate::edits;
use crate::source::Span;
use crate::syntax::ast::{Block, Property, Section, Statement};

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let around = desk.around(finding.primary.span);
    let [.., holder, Statement::Property(property)] = around.as_slice() else { return };
    if property.key.span != finding.primary.span {
        return;
    }
    let own = holder.blocks().flat_map(|block| &block.statements).find_map(|statement| match statement {
        Statement::Section(it) if it.name.text == "meta" => Some(it),
        _ => None,
    });
    let is_known = finding.fix.is_some();
    if let Some(edits) = moved(desk, holder, property, own).filter(|_| !is_known) {
        found.push(Action::mending(index, "Move it into `meta`", Changes::of(edits)));
    }
    let edit = removal(desk, holder, property);
    found.push(Action::mending(index, format!("Remove `{}`", property.key.text), Changes::of(vec![edit])));
}

/// What leaves nothing of a property, and no block that has nothing in it.
fn removal(desk: &Desk<'_>, holder: &Statement, property: &Property) -> Edit {
    let text = desk.text();
    let block = holder.blocks().find(|block| block.statements.len() == 1 && block.span.contains(property.span));
    let is_all = |block: &&Block| {
        let before = text.get(block.span.start as usize + 1..property.span.start as usize).unwrap_or_default();
        let after =
            text.get(property.span.end as usize..(block.span.end as usize).saturating_sub(1)).unwrap_or_default();
        block.closed && before.trim().is_empty() && after.trim().is_empty()
    };
    if let Some(block) = block.filter(is_all) {
        return Edit { span: edits::removal(text, block.span), replacement: String::new() };
    }
    Edit { span: edits::removal(text, place::with_tail(text, property.span)), replacement: String::new() }
}

/// The property in a block of free facts; none where it cannot have such a name or value.
fn moved(desk: &Desk<'_>, holder: &Statement, property: &Property, own: Option<&Section>) -> Option<Vec<Edit>> {
    let text = desk.text();
    let written = text.get(property.span.range())?;
    if property.key.text.contains('.') || property.value.is_none() || written.contains('\n') {
        return None;
    }
    let Some(section) = own else {
        return Some(vec![Edit { span: property.span, replacement: format!("meta {{ {written} }}") }]);
    };
    let last = section.block.statements.last()?;
    let is_line = place::starts_line(text, last.span().start as usize);
    let separator =
        if is_line { format!("\n{}", place::indent(text, last.span().start as usize)) } else { ", ".to_owned() };
    let end = if is_line { place::line_end(text, last.span().end as usize) } else { last.span().end as usize };
    let at = Span::of(last.span().file, end..end);
    Some(vec![Edit { span: at, replacement: format!("{separator}{written}") }, removal(desk, holder, property)])
}
