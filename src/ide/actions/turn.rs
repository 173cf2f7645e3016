//! Arrows that point the other way, or both ways.

use super::{Action, Changes, Desk, place};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;
use crate::syntax::ast::{self, Statement};

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let (at, text) = (finding.primary.span, desk.text());
    let written = text.get(at.range()).unwrap_or_default();
    let Some(Statement::Edge(edge)) = desk.around(at).last().copied() else { return };
    // In a chain, what stands further on would have another beginning.
    let ([step], Some((first, ends))) = (edge.steps.as_slice(), ends(edge, text)) else { return };
    if step.arrow_span != at {
        return;
    }
    let (from, to) = ends;
    let action = match written {
        "<-" | "<--" => {
            let replacement = format!("{to} -> {from}");
            let title = format!("Write `{replacement}`");
            Action::mending(index, title, Changes::of(vec![Edit { span: first, replacement }]))
        }
        "<->" => {
            let rest = text.get(first.end as usize..edge.span.end as usize).unwrap_or_default();
            // A carrier of a name would be declared twice.
            let is_plain = edge.carriers.iter().all(|carrier| carrier.name.is_none())
                && edge.preamble.doc.is_none()
                && edge.preamble.attributes.is_empty()
                && place::starts_line(text, edge.span.start as usize)
                && !rest.contains('\n');
            if !is_plain {
                return;
            }
            let indent = place::indent(text, edge.span.start as usize);
            let replacement = format!("{from} -> {to}{rest}\n{indent}{to} -> {from}{rest}");
            Action::mending(index, "Write two edges", Changes::of(vec![Edit { span: edge.span, replacement }]))
        }
        _ => return,
    };
    found.push(action);
}

/// The names on either side of a single arrow, and the place of all of it.
fn ends<'t>(edge: &ast::Edge, text: &'t str) -> Option<(Span, (&'t str, &'t str))> {
    let step = edge.steps.first()?;
    let from = edge.first.first()?.span.to(edge.first.last()?.span);
    let to = step.to.first()?.span.to(step.to.last()?.span);
    Some((from.to(to), (text.get(from.range())?, text.get(to.range())?)))
}
