//! What stands between two services that cannot be connected.

use super::{Action, Changes, Desk, place};
use crate::catalog::{Catalog, End, KindId, Wiring};
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{Edge, Scope};
use crate::syntax::ast::{self, Arrow, Statement};

/// How many ways are offered.
const MOST: usize = 4;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let statement = desk.around(at).into_iter().rev().find_map(|it| match it {
        Statement::Edge(edge) => Some(&**edge),
        _ => None,
    });
    let models = [desk.snapshot.model(), &desk.snapshot.analysis.templates];
    let edge = models.into_iter().find_map(|model| {
        let edge = model.edges.iter().find(|edge| edge.arrow_span.written() == at)?;
        Some((model, edge))
    });
    let Some((statement, (model, edge))) = statement.zip(edge) else { return };
    if !stands_alone(statement) {
        return;
    }
    let kind = |id| model.element(id).kind;
    let Some((from, to)) = kind(edge.from).zip(kind(edge.to)) else { return };
    let catalog = &model.catalog;
    if let Some(arrow) = other_arrow(catalog, from, to, edge.arrow) {
        let title = format!("Write `{}`, which connects the two", arrow.symbol());
        let edit = Edit { span: at, replacement: arrow.symbol().to_owned() };
        found.push(Action::mending(index, title, Changes::of(vec![edit])));
    }
    let ways = catalog.ways_around(from, edge.arrow, to);
    for way in ways.iter().take(MOST) {
        let names: Vec<&str> = way.iter().map(|kind| catalog.kind(*kind).name.as_str()).collect();
        let names = names.join(", ");
        let carried = Edit { span: edge.to_span.written().after(), replacement: format!(" via {names}") };
        let title = format!("Put `{names}` between them, as `via`");
        found.push(Action::mending(index, title, Changes::of(vec![carried])).preferred_if(ways.len() == 1));
    }
    for way in ways.iter().take(MOST) {
        if let [kind] = way.as_slice() {
            found.extend(as_service(desk, statement, edge, *kind).map(|(name, edits)| {
                let title = format!("Put `{}` between them, as the service `{name}`", catalog.kind(*kind).name);
                Action::mending(index, title, Changes::of(edits))
            }));
        }
    }
}

/// Whether a statement declares one edge, and nothing carries it.
pub(super) fn stands_alone(statement: &ast::Edge) -> bool {
    let one = |ends: &[ast::Path]| ends.len() == 1;
    let one_step = matches!(statement.steps.as_slice(), [step] if one(&step.to));
    one(&statement.first) && one_step && statement.carriers.is_empty()
}

/// A service of the kind, an edge to it, and the edge that there was, which starts there now.
fn as_service(desk: &Desk<'_>, statement: &ast::Edge, edge: &Edge, kind: KindId) -> Option<(String, Vec<Edit>)> {
    let model = desk.snapshot.model();
    let text = desk.text();
    let start = place::extent(&Statement::Edge(Box::new(statement.clone()))).before();
    if !place::starts_line(text, start.start as usize) || edge.span.file.instance() > 0 {
        return None;
    }
    let kind = &model.catalog.kind(kind).name;
    let scope = Scope { architecture: edge.architecture, group: edge.group };
    let name = place::free_name(model, Some(scope), kind.rsplit('.').next().unwrap_or(kind));
    let indent = place::indent(text, start.start as usize);
    let first = statement.first.first()?;
    let lines = format!("service {name}: {kind}\n{indent}{} {} {name}\n{indent}", first.text, edge.arrow.symbol());
    let edits = vec![Edit { span: start, replacement: lines }, Edit { span: first.span, replacement: name.clone() }];
    // Where the statement begins with its start, both are one.
    let [before, renamed] = <[Edit; 2]>::try_from(edits).ok()?;
    if before.span.end == renamed.span.start {
        let replacement = before.replacement + &renamed.replacement;
        return Some((name, vec![Edit { span: renamed.span, replacement }]));
    }
    Some((name, vec![before, renamed]))
}

/// Another arrow by which a fact about these two kinds connects them.
fn other_arrow(catalog: &Catalog, from: KindId, to: KindId, not: Arrow) -> Option<Arrow> {
    let works = |arrow: &Arrow| match catalog.wiring(from, *arrow, to) {
        Wiring::Works(fact) => *arrow != not && fact.from != End::Any && fact.to != End::Any,
        _ => false,
    };
    [Arrow::Side, Arrow::Data, Arrow::Call].into_iter().find(works)
}
