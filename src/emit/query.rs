//! What a selector has selected, for people and for programs.

use serde::Serialize;

use crate::model::{Element, ElementId, Hop, Model, Variety};
use crate::select::{Graph, Selector, Sort};
use crate::source::{SourceMap, Span};

/// What was selected, in the order of its declaration.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Selection {
    /// The version of this form.
    version: u32,
    /// The selector as it was understood.
    selector: String,
    /// What it is about: `elements` or `connections`.
    about: &'static str,
    /// The elements; none if it is about connections.
    pub elements: Vec<Item>,
    /// The connections; none if it is about elements.
    pub connections: Vec<Connection>,
}

/// An element.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Its path in the workspace: `lake.ingest.stream`.
    pub path: String,
    /// What it is to those who drew it: `service`, `external`, `person`, `group`, `carrier`.
    pub variety: &'static str,
    /// Its kind, if it has one that is known.
    pub kind: Option<String>,
    /// Its label on one line.
    pub label: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it is declared.
    pub declared: Place,
}

/// A connection: an edge, or a part of one that has carriers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The path of where it starts.
    pub from: String,
    /// `->`, `=>` or `~>`.
    pub arrow: &'static str,
    /// The path of where it leads.
    pub to: String,
    /// The label of its edge on one line.
    pub label: Option<String>,
    /// Where its edge is declared.
    pub declared: Place,
}

/// A place in a file.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl Selection {
    /// Evaluates a selector.
    pub fn of(selector: &Selector, written: String, model: &Model, sources: &SourceMap) -> Selection {
        let graph = Graph::new(model);
        let item = |id: ElementId| item(model, model.element(id), sources);
        let connection = |hop: Hop| connection(model, hop, sources);
        let hops = selector.hops(&graph);
        let mut hops: Vec<Hop> = hops.into_iter().collect();
        hops.sort_by_key(|hop| (hop.edge, *hop));
        Selection {
            version: 1,
            selector: written,
            about: match selector.sort() {
                Sort::Elements => "elements",
                Sort::Hops => "connections",
            },
            elements: selector.elements(&graph).into_iter().map(item).collect(),
            connections: hops.into_iter().map(connection).collect(),
        }
    }

    /// The selection as JSON, as `schemas/query.schema.json` describes it. Ends with a line break.
    pub fn json(&self) -> String {
        super::to_json(self)
    }
}

fn item(model: &Model, element: &Element, sources: &SourceMap) -> Item {
    Item {
        path: model.full_path(element.id),
        variety: match element.variety {
            Variety::Service => "service",
            Variety::Carrier => "carrier",
            Variety::External => "external",
            Variety::Person => "person",
            Variety::Group => "group",
        },
        kind: model.kind_of(element).filter(|kind| !kind.is_abstract).map(|kind| kind.name.to_string()),
        label: element.label_line(),
        owner: model.inherited(element, "owner").map(ToString::to_string),
        declared: place(sources, element.name_span),
    }
}

fn connection(model: &Model, hop: Hop, sources: &SourceMap) -> Connection {
    let edge = model.edge(hop.edge);
    let one_line = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ");
    Connection {
        from: model.full_path(hop.from),
        arrow: hop.arrow.symbol(),
        to: model.full_path(hop.to),
        label: edge.label.as_deref().map(one_line),
        declared: place(sources, edge.span),
    }
}

fn place(sources: &SourceMap, span: Span) -> Place {
    Place { file: sources.file(span.file).path().to_owned(), line: sources.line_column(span).line }
}
