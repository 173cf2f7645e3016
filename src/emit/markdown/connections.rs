//! The connections of an architecture.

use super::element::{free, properties};
use super::escape::{escape, link};
use super::page::Page;
use super::prose::Setting;
use super::table::Table;
use crate::model::{Edge, ElementId, Scope};
use crate::syntax::ast::Arrow;

/// The table of connections, and what their authors say of them.
pub(super) fn connections(page: &Page<'_>) -> Vec<String> {
    let mut table = Table::new(["From", "Moves", "To", "Label", "Via", "Details"]);
    let edges = || page.architecture.edges.iter().map(|id| page.places.model.edge(*id));
    for edge in edges() {
        let carriers: Vec<String> = edge.carriers.iter().map(|carrier| via(page, *carrier)).collect();
        table.row([
            page.link(edge.from),
            moves(edge.arrow).to_owned(),
            page.link(edge.to),
            escape(edge.label.as_deref().unwrap_or_default()),
            carriers.join(", "),
            details(edge),
        ]);
    }
    let mut blocks: Vec<String> = table.render().into_iter().collect();
    blocks.extend(edges().zip(1..).filter_map(|(edge, number)| prose(page, edge, number)));
    blocks
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
fn via(page: &Page<'_>, id: ElementId) -> String {
    let places = page.places;
    match places.product(places.model.element(id)) {
        "" => page.link(id),
        product => link(product, &places.address(Some(page.architecture.id), id)),
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
