//! Findings in instances of patterns: shown where the pattern was written, with the places where it is used.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Context;
use super::words::MOST;
use crate::diagnostic::{Diagnostic, Label};
use crate::model::Model;
use crate::source::{Origin, SourceMap, Span};

/// Moves findings from instances to what was written. One that several instances have becomes one finding.
pub(super) fn translate(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.model.instances.is_empty() {
        return;
    }
    let (inside, mut others): (Vec<_>, Vec<_>) =
        std::mem::take(found).into_iter().partition(|finding| finding.primary.span.file.instance() > 0);
    others.iter_mut().for_each(shift);
    let mut merged: BTreeMap<(Span, Cow<'static, str>, String), Merged> = BTreeMap::new();
    for finding in inside {
        let at = finding.primary.span;
        let key = (at.written(), finding.code.clone(), finding.message.clone());
        let merged = merged.entry(key).or_insert_with(|| Merged { finding, instances: Vec::new() });
        merged.instances.push(at);
    }
    *found = others;
    found.extend(merged.into_values().map(|merged| merged.finding(context)));
}

/// A finding, and its places in all instances.
struct Merged {
    finding: Diagnostic,
    instances: Vec<Span>,
}

impl Merged {
    fn finding(self, context: &Context<'_>) -> Diagnostic {
        let model = context.model;
        let Merged { mut finding, mut instances } = self;
        shift(&mut finding);
        // Several findings of one instance may be the same.
        instances.sort_by_key(|at| at.file.instance());
        instances.dedup_by_key(|at| at.file.instance());
        let more = instances.len().saturating_sub(MOST);
        for at in instances.iter().take(MOST) {
            let uses = std::iter::successors(model.used_at(*at), |at| model.used_at(*at));
            // A pattern on its own is used by nobody who could look there.
            let is_real = |at: &Span| !context.is_of_patterns || at.file.instance() > 0;
            for (at, name) in uses.filter(is_real).zip(names(model, *at)) {
                let label = Label { span: at.written(), text: format!("used here as `{name}`") };
                if !finding.secondary.contains(&label) {
                    finding.secondary.push(label);
                }
            }
        }
        if let (Some(last), true) = (finding.secondary.last_mut(), more > 0) {
            last.text = format!("{}, and {more} more times elsewhere", last.text);
        }
        show_to_user(&mut finding, &context.workspace.sources);
        finding
    }
}

/// What the instances are called that a place belongs to, the innermost first.
fn names(model: &Model, place: Span) -> impl Iterator<Item = &str> {
    let instance = |place: Span| model.instances.get(&place.file.instance());
    let all = std::iter::successors(instance(place), move |inner| instance(inner.at));
    all.map(|instance| instance.name.as_str())
}

/// Nobody can change a pattern that ships: what is wrong with an instance is a matter of its use.
fn show_to_user(finding: &mut Diagnostic, sources: &SourceMap) {
    let is_shipped = |span: Span| sources.file(span.file).origin() == Origin::Catalog;
    if !is_shipped(finding.primary.span) {
        return;
    }
    let Some(at) = finding.secondary.iter().position(|label| !is_shipped(label.span)) else { return };
    let used = finding.secondary.remove(at);
    let mut inside = std::mem::replace(&mut finding.primary, used);
    if inside.text.is_empty() {
        inside.text = "in the pattern, here".into();
    }
    finding.secondary.insert(0, inside);
    finding.fix = finding.fix.take().filter(|fix| !fix.edits.iter().any(|edit| is_shipped(edit.span)));
}

/// Gives all places of a finding as they were written.
fn shift(finding: &mut Diagnostic) {
    let labels = std::iter::once(&mut finding.primary).chain(&mut finding.secondary);
    labels.for_each(|label| label.span = label.span.written());
    if let Some(fix) = &mut finding.fix {
        fix.edits.iter_mut().for_each(|edit| edit.span = edit.span.written());
        fix.edits.sort_by_key(|edit| edit.span);
        fix.edits.dedup();
    }
}
