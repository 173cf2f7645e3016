//! A label that names the service which carries the edge.

use super::{Action, Changes, Desk, Sort, between, kinds};
use crate::catalog::{Catalog, KindId, Wiring};
use crate::diagnostic::Edit;
use crate::model::{Edge, Element, ElementId, Model, Variety};
use crate::syntax::ast::Arrow;

/// How many kinds are offered.
const MOST: usize = 2;

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let Some(statement) = desk.edge().filter(|it| between::stands_alone(it)) else { return };
    let Some(label) = &statement.label else { return };
    let edges = desk.edges_of(statement);
    let Some(edge) = edges.first() else { return };
    let model = desk.snapshot.model();
    let ends = [model.element(edge.from).kind, model.element(edge.to).kind];
    let [Some(from), Some(to)] = ends else { return };
    let mends: Vec<usize> = desk
        .findings()
        .into_iter()
        .filter(|(_, finding)| {
            finding.code == "wiring/unsupported" && finding.primary.span == edge.arrow_span.written()
        })
        .map(|(index, _)| index)
        .collect();
    for carrier in carriers(model, edge, &label.value, (from, to)) {
        let edit = Edit { span: edge.to_span.written().after(), replacement: format!(" via {carrier}") };
        let sort = if mends.is_empty() { Sort::Rewrite } else { Sort::QuickFix };
        let mut action = Action::new(format!("Let `{carrier}` carry it"), sort, Changes::of(vec![edit]));
        action.mends.clone_from(&mends);
        found.push(action);
    }
}

/// What can carry an edge whose label names it: a service of the architecture, or else a kind.
fn carriers(model: &Model, edge: &Edge, label: &str, ends: (KindId, KindId)) -> Vec<String> {
    let said: Vec<String> = kinds::words(label).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let fits = |kind: KindId| {
        works(&model.catalog, ends.0, edge.arrow, kind) && works(&model.catalog, kind, edge.arrow, ends.1)
    };
    let is_free = |id: ElementId| id != edge.from && id != edge.to;
    let is_named = |element: &&Element| {
        kinds::words(element.label()).eq(said.iter().cloned()) || kinds::words(&element.name).eq(said.iter().cloned())
    };
    let services = model.elements.iter().filter(|it| it.architecture == edge.architecture && is_free(it.id));
    let mut services = services.filter(|it| it.variety == Variety::Service && it.kind.is_some_and(fits));
    let service = services.find(is_named);
    if let Some(service) = service {
        return vec![model.path(service.id)];
    }
    let kinds = model.catalog.kinds().filter(|kind| {
        let is_product = kind.name.contains('.') && !kind.is_abstract && model.catalog.retirement(kind.id).is_none();
        is_product && kinds::names(kind).any(|name| kinds::words(name).eq(said.iter().cloned()))
    });
    let fitting = kinds.filter(|kind| kind.id != ends.0 && kind.id != ends.1 && fits(kind.id));
    fitting.take(MOST).map(|kind| kind.name.to_string()).collect()
}

fn works(catalog: &Catalog, from: KindId, arrow: Arrow, to: KindId) -> bool {
    matches!(catalog.wiring(from, arrow, to), Wiring::Works(_))
}
