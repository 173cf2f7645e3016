//! A property that must be given.

use super::{Action, Changes, Desk, place};
use crate::diagnostic::Diagnostic;
use crate::ide::examples;
use crate::model::Problem;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let models = [desk.snapshot.model(), &desk.snapshot.analysis.templates];
    let missing = models.into_iter().find_map(|model| {
        model.problems.iter().find_map(|problem| match problem {
            Problem::MissingProperty { name, kind, span, .. }
                if span.written() == at && finding.message.contains(&format!("`{name}`")) =>
            {
                model.catalog.property(*kind, name)
            }
            _ => None,
        })
    });
    let Some((spec, declaration)) = missing.zip(desk.declaration(at)) else { return };
    let value = examples::of(spec);
    let setting = format!("{} = {value}", spec.name);
    let Some(edit) = place::property(desk.text(), declaration, &setting) else { return };
    found.push(Action::mending(index, format!("Add `{setting}`"), Changes::with_value(edit, &value)));
}
