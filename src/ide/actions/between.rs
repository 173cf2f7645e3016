//! What stands between two services that cannot be connected.

use super::{Action, Changes, Desk, place};
use crate::catalog::{Catalog, End, KindId, Wiring};
use crate::check::between::Connection;
use crate::check::words;
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{Hop, Model, Scope};
use crate::syntax::ast::{self, Arrow, Statement};

/// How many ways are offered.
const MOST: usize = 4;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let statement = desk.around(at).into_iter().rev().find(|it| matches!(it, Statement::Edge(_)));
    let models = [desk.snapshot.model(), &desk.snapshot.analysis.templates];
    let hop = models.into_iter().find_map(|model| Some((model, hop(model, finding)?)));
    let Some((statement, (model, hop))) = statement.zip(hop) else { return };
    let Some(connection) = Connection::find(model, hop, desk.text()) else { return };
    let kind = |id| model.element(id).kind;
    let Some((from, to)) = kind(hop.from).zip(kind(hop.to)) else { return };
    let (catalog, edge) = (&model.catalog, model.edge(hop.edge));
    // An arrow that others share has a say in what they mean.
    let is_only_one = connection.is_only_one_of_step() && edge.carriers.is_empty();
    if let Some(arrow) = other_arrow(catalog, from, to, edge.arrow).filter(|_| is_only_one) {
        let title = format!("Write `{}`, which connects the two", arrow.symbol());
        let edit = Edit { span: at, replacement: arrow.symbol().to_owned() };
        found.push(Action::mending(index, title, Changes::of(vec![edit])));
    }
    let ways = catalog.ways_around(from, edge.arrow, to);
    for way in ways.iter().take(MOST) {
        let names: Vec<&str> = way.iter().map(|kind| catalog.kind(*kind).name.as_str()).collect();
        let names = names.join(", ");
        let Some(edits) = connection.carried_by(&names) else { break };
        let title = format!("Put `{names}` between {}, as `via`", them(&connection));
        found.push(Action::mending(index, title, Changes::of(edits)).preferred_if(ways.len() == 1));
    }
    let start = place::extent(statement).before();
    for way in ways.iter().take(MOST) {
        let [kind] = way.as_slice() else { continue };
        let kind = &catalog.kind(*kind).name;
        let scope = Scope { architecture: edge.architecture, group: edge.group };
        let name = place::free_name(model, Some(scope), kind.rsplit('.').next().unwrap_or(kind));
        let edits = connection.by_service(&name, kind, start).filter(|_| edge.span.file.instance() == 0);
        found.extend(edits.map(|edits| {
            let title = format!("Put `{kind}` between {}, as the service `{name}`", them(&connection));
            Action::mending(index, title, Changes::of(edits))
        }));
    }
}

/// The connection that a finding is about. Of a chain or a list, it names the two ends.
fn hop(model: &Model, finding: &Diagnostic) -> Option<Hop> {
    let at = finding.primary.span;
    let edges = model.edges.iter().filter(|edge| edge.arrow_span.written() == at);
    let is_named = |hop: &Hop| {
        let (start, end) = words::ends(model, *hop);
        let said = finding.secondary.iter().map(|label| label.span);
        said.take(2).eq([start.written(), end.written()])
    };
    edges.flat_map(|edge| model.hops(edge)).find(is_named)
}

/// The two ends, by their names where a statement has more than two.
fn them(connection: &Connection<'_>) -> String {
    match connection.names().filter(|_| !connection.stands_alone()) {
        Some((from, to)) => format!("`{from}` and `{to}`"),
        None => "them".to_owned(),
    }
}

/// Whether a statement declares one edge, and nothing carries it.
pub(super) fn stands_alone(statement: &ast::Edge) -> bool {
    let one = |ends: &[ast::Path]| ends.len() == 1;
    let one_step = matches!(statement.steps.as_slice(), [step] if one(&step.to));
    one(&statement.first) && one_step && statement.carriers.is_empty()
}

/// Another arrow by which a fact about these two kinds connects them.
fn other_arrow(catalog: &Catalog, from: KindId, to: KindId, not: Arrow) -> Option<Arrow> {
    let works = |arrow: &Arrow| match catalog.wiring(from, *arrow, to) {
        Wiring::Works(fact) => *arrow != not && fact.from != End::Any && fact.to != End::Any,
        _ => false,
    };
    [Arrow::Side, Arrow::Data, Arrow::Call].into_iter().find(works)
}
