//! The connections of an architecture.

use super::element::{free, properties};
use super::escape::escape;
use super::page::Page;
use super::prose::Setting;
use super::subject::Subject;
use super::table::Table;
use crate::model::{Edge, ElementId, Scope};
use crate::syntax::ast::Arrow;

/// The table of connections, and what their authors say of them.
pub(super) fn connections(page: &Page<'_>) -> Vec<String> {
    let edges = page.architecture.edges.iter().map(|id| page.places.model.edge(*id));
    let prose = edges.zip(1..).filter_map(|(edge, number)| prose(page, edge, number));
    table(&page.subject()).into_iter().chain(prose).collect()
}

/// The table of connections.
pub(super) fn table(of: &Subject<'_>) -> Option<String> {
    let mut table = Table::new(["From", "Moves", "To", "Label", "Via", "Details"]);
    for edge in of.architecture.edges.iter().map(|id| of.places.model.edge(*id)) {
        let carriers: Vec<String> = edge.carriers.iter().map(|carrier| via(of, *carrier)).collect();
        table.row([
            of.link(edge.from),
            moves(edge.arrow).to_owned(),
            of.link(edge.to),
            escape(edge.label.as_deref().unwrap_or_default()),
            carriers.join(", "),
            details(edge),
        ]);
    }
    table.render()
}

/// The properties of an edge, and its free facts.
fn details(edge: &Edge) -> String {
    let properties = properties(&edge.settings, &[]).join(", ");
    let parts = [properties, free(&edge.settings).unwrap_or_default()];
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(". ")
}

/// What moves along an arrow, in words.
fn moves(arrow: Arrow) -> &'static str {
    match arrow {
        Arrow::Data => "data",
        Arrow::Call => "a call and its answer",
        Arrow::Side => "a signal, no data",
        Arrow::Reply => "an answer",
    }
}

/// A carrier by its product: the label of the edge stands beside it.
fn via(of: &Subject<'_>, id: ElementId) -> String {
    match of.places.product(of.places.model.element(id)) {
        "" => of.link(id),
        product => of.places.link_as(product, Some(of.architecture.id), id),
    }
}

fn prose(page: &Page<'_>, edge: &Edge, number: usize) -> Option<String> {
    let doc = edge.doc.as_ref()?;
    let (from, to) = (page.places.label(edge.from), page.places.label(edge.to));
    let setting = Setting {
        places: page.places,
        options: page.options,
        scope: Some(Scope { architecture: edge.architecture, group: edge.group }),
        level: 3,
        prefix: format!("connection.{number}"),
    };
    Some(format!("### {} → {}\n\n{}", escape(&from), escape(&to), setting.embed(doc)))
}
