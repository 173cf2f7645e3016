//! Which of several of the same name.

use super::declare::scope_of;
use super::{Action, Changes, Desk};
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{ElementId, Lookup, Problem};
use crate::syntax::ast::Path;

/// How many are offered.
const MOST: usize = 6;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    for path in desk.snapshot.model().telling_paths(&candidates(desk, finding)).into_iter().take(MOST) {
        let edit = Edit { span: at, replacement: path.clone() };
        found.push(Action::mending(index, format!("Write `{path}`"), Changes::of(vec![edit])));
    }
}

/// What a name can mean. In an edge it has been looked up in the edge's group; in everything else, in the architecture.
fn candidates(desk: &Desk<'_>, finding: &Diagnostic) -> Vec<ElementId> {
    let (at, model) = (finding.primary.span, desk.snapshot.model());
    let known = model.problems.iter().find_map(|problem| match problem {
        Problem::AmbiguousName { span, candidates, .. } if span.written() == at => Some(candidates.to_vec()),
        _ => None,
    });
    known.unwrap_or_else(|| {
        let path = Path { text: desk.snapshot.workspace.sources.text(at).into(), span: at };
        let scopes = [scope_of(desk, at), None];
        let meant = scopes.into_iter().find_map(|scope| match model.look_up(scope, &path) {
            Lookup::Ambiguous(candidates) => Some(candidates.to_vec()),
            _ => None,
        });
        meant.unwrap_or_default()
    })
}
