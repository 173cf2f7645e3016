//! A document as three tables: elements, hops of edges, and properties of both in the long form, since no two kinds have
//! the same ones.

use super::graphml::{cost, hops, rates};
use super::value::{Fact, Property};
use super::{Document, Edge, Element};
use crate::emit::{Artifact, csv_table};

/// The tables, each in a file.
pub fn tables(document: &Document) -> Vec<Artifact> {
    let file = |path: &str, content: String| Artifact { path: path.to_owned(), content };
    vec![
        file("connections.csv", connections(document)),
        file("elements.csv", elements(document)),
        file("properties.csv", properties(document)),
    ]
}

const ELEMENTS: [&str; 15] = [
    "path",
    "name",
    "architecture",
    "group",
    "variety",
    "kind",
    "category",
    "label",
    "owner",
    "region",
    "account",
    "cost",
    "unpriced",
    "file",
    "line",
];

fn elements(document: &Document) -> String {
    let row = |element: &Element| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let unpriced = element.cost.as_ref().map(|cost| cost.unpriced.to_string());
        [
            element.path.clone(),
            element.name.clone(),
            element.architecture.clone(),
            text(&element.group),
            element.variety.name().to_owned(),
            text(&element.kind),
            text(&element.category),
            element.label.clone(),
            text(&element.owner),
            text(&element.region),
            text(&element.account),
            cost(element.cost.as_ref()).unwrap_or_default(),
            unpriced.unwrap_or_default(),
            element.declared.file.clone(),
            element.declared.line.to_string(),
        ]
    };
    csv_table(&ELEMENTS, document.elements.iter().map(row))
}

const CONNECTIONS: [&str; 12] =
    ["edge", "hop", "from", "arrow", "to", "label", "records", "records_peak", "bytes", "bytes_peak", "file", "line"];

/// An edge has a row for each of its parts, so that what carries it is on the way.
fn connections(document: &Document) -> String {
    let rows = document.edges.iter().flat_map(|edge| {
        let row = |(number, from, to, hop): (usize, &str, &str, Option<&super::Hop>)| {
            let [records, records_peak, bytes, bytes_peak] =
                rates(hop).map(|(_, rate)| rate.unwrap_or_default().to_owned());
            [
                edge.id.clone(),
                number.to_string(),
                from.to_owned(),
                // An arrow would be a formula to a spreadsheet.
                edge.arrow.name().to_owned(),
                to.to_owned(),
                edge.label.clone().unwrap_or_default(),
                records,
                records_peak,
                bytes,
                bytes_peak,
                edge.declared.file.clone(),
                edge.declared.line.to_string(),
            ]
        };
        hops(edge).into_iter().map(row).collect::<Vec<_>>()
    });
    csv_table(&CONNECTIONS, rows)
}

const PROPERTIES: [&str; 4] = ["of", "subject", "property", "value"];

fn properties(document: &Document) -> String {
    let architectures = document.architectures.iter().map(|it| ("architecture", &it.name, &it.properties, &it.meta));
    let elements = document.elements.iter().map(|it: &Element| ("element", &it.path, &it.properties, &it.meta));
    let edges = document.edges.iter().map(|it: &Edge| ("edge", &it.id, &it.properties, &it.meta));
    let rows = architectures.chain(elements).chain(edges).flat_map(|(of, subject, properties, meta)| {
        let row = |name: String, value: String| [of.to_owned(), subject.clone(), name, value];
        let given = properties.iter().map(|Property { name, value }| row(name.clone(), value.to_string()));
        let facts = meta.iter().map(|Fact { key, value }| row(format!("meta.{key}"), value.clone()));
        given.chain(facts).collect::<Vec<_>>()
    });
    csv_table(&PROPERTIES, rows)
}
