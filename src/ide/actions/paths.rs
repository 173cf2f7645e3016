//! Which of several of the same name.

use super::{Action, Changes, Desk};
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::Problem;

/// How many are offered.
const MOST: usize = 6;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let (at, model) = (finding.primary.span, desk.snapshot.model());
    let candidates = model.problems.iter().find_map(|problem| match problem {
        Problem::AmbiguousName { span, candidates, .. } if span.written() == at => Some(candidates),
        _ => None,
    });
    let Some(candidates) = candidates else { return };
    let owner = |id| model.element(id).architecture;
    let is_spread = candidates.iter().any(|id| candidates.first().is_some_and(|first| owner(*first) != owner(*id)));
    for id in candidates.iter().take(MOST) {
        let path = if is_spread { model.full_path(*id) } else { model.path(*id) };
        let edit = Edit { span: at, replacement: path.clone() };
        found.push(Action::mending(index, format!("Write `{path}`"), Changes::of(vec![edit])));
    }
}
