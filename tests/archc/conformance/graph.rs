//! The graph that a diagram shows: made from the model, and from what a parser read.

use std::collections::{BTreeMap, BTreeSet};

use archc::docs;
use archc::emit::load::words;
use archc::load::Loads;
use archc::model::{Architecture, Edge, Element, ElementId, Model, Variety};
use archc::syntax::ast::Arrow;
use serde_json::Value;

/// Nodes and frames by their path in the architecture, arrows in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Graph {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) direction: String,
    pub(crate) nodes: BTreeMap<String, String>,
    pub(crate) edges: Vec<Line>,
    pub(crate) frames: BTreeMap<String, Frame>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    from: String,
    to: String,
    pub(crate) label: String,
    stroke: String,
    arrow: String,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) title: String,
    members: BTreeSet<String>,
}

impl Graph {
    pub(crate) fn of_model(model: &Model, architecture: &Architecture) -> Graph {
        let edges: Vec<&Edge> = architecture.edges.iter().map(|id| model.edge(*id)).collect();
        let is_end = |id| edges.iter().any(|edge| edge.from == id || edge.to == id);
        let carries = |id| edges.iter().any(|edge| edge.carriers.contains(&id));
        let elements = architecture.elements.iter().map(|id| model.element(*id));
        let drawn: Vec<&Element> = elements.filter(|it| is_end(it.id) || !carries(it.id)).collect();
        let mut graph = Graph {
            title: plain(architecture.label()),
            description: plain(&architecture.doc.as_ref().map(|doc| docs::summary(&doc.text)).unwrap_or_default()),
            direction: match architecture.settings.text("direction") {
                Some("down") => "TB".to_owned(),
                Some("left") => "RL".to_owned(),
                Some("up") => "BT".to_owned(),
                _ => "LR".to_owned(),
            },
            nodes: BTreeMap::new(),
            edges: Vec::new(),
            frames: BTreeMap::new(),
        };
        for element in &drawn {
            let members = drawn.iter().filter(|it| it.group == Some(element.id));
            let members: BTreeSet<String> = members.map(|it| model.path(it.id)).collect();
            if members.is_empty() {
                graph.nodes.insert(model.path(element.id), label_of(element));
            } else {
                graph.frames.insert(model.path(element.id), Frame { title: label_of(element), members });
            }
        }
        for edge in edges.into_iter().filter(|edge| can_be_drawn(model, edge)) {
            for end in [edge.from, edge.to].map(|id| model.element(id)) {
                if end.architecture != architecture.id {
                    let home = model.architecture(end.architecture).label();
                    graph
                        .nodes
                        .insert(end_of(model, architecture, end.id), lines(&format!("{}\n({home})", label_of(end))));
                }
            }
            graph.edges.push(Line {
                from: end_of(model, architecture, edge.from),
                to: end_of(model, architecture, edge.to),
                label: edge_label(model, edge),
                stroke: if edge.arrow == Arrow::Side { "dotted" } else { "normal" }.to_owned(),
                arrow: "arrow_point".to_owned(),
            });
        }
        graph
    }

    /// The graph with the loads of its edges as last lines of their labels.
    pub(crate) fn with_loads(mut self, model: &Model, architecture: &Architecture, loads: &Loads) -> Graph {
        let edges = architecture.edges.iter().map(|id| model.edge(*id)).filter(|edge| can_be_drawn(model, edge));
        for (line, edge) in self.edges.iter_mut().zip(edges) {
            let load = loads.edge(edge.id).at_end().unwrap();
            if edge.arrow != Arrow::Side || load.is_ok() {
                line.label = [line.label.as_str(), &words::label(load)].join("\n").trim().into();
            }
        }
        self
    }

    pub(crate) fn of_parser(read: &Value) -> Graph {
        let string = |value: &Value| value.as_str().unwrap().to_owned();
        let id = |value: &Value| path(value.as_str().unwrap());
        let list = |value: &Value| value.as_array().unwrap().clone();
        Graph {
            title: plain(&string(&read["accTitle"])),
            description: plain(&string(&read["accDescr"])),
            direction: string(&read["direction"]),
            nodes: list(&read["nodes"]).iter().map(|it| (id(&it["id"]), text(&it["label"]))).collect(),
            edges: list(&read["edges"])
                .iter()
                .map(|it| Line {
                    from: id(&it["from"]),
                    to: id(&it["to"]),
                    label: text(&it["label"]),
                    stroke: string(&it["stroke"]),
                    arrow: string(&it["arrow"]),
                })
                .collect(),
            frames: list(&read["subgraphs"])
                .iter()
                .map(|it| {
                    let members = list(&it["nodes"]).iter().map(id).collect();
                    (id(&it["id"]), Frame { title: text(&it["title"]), members })
                })
                .collect(),
        }
    }
}

/// Mermaid cannot draw an arrow between a group and itself, or what stands in it.
fn can_be_drawn(model: &Model, edge: &Edge) -> bool {
    let around = |id: ElementId| std::iter::successors(Some(id), |id| model.element(*id).group);
    let apart = !around(edge.from).any(|id| id == edge.to) && !around(edge.to).any(|id| id == edge.from);
    apart || (edge.from == edge.to && model.element(edge.from).variety != Variety::Group)
}

fn end_of(model: &Model, architecture: &Architecture, id: ElementId) -> String {
    let home = model.element(id).architecture;
    if home == architecture.id {
        model.path(id)
    } else {
        format!("{}/{}", model.architecture(home).name, model.path(id))
    }
}

fn label_of(element: &Element) -> String {
    let label = lines(element.label());
    if label.is_empty() { element.name.to_string() } else { label }
}

fn edge_label(model: &Model, edge: &Edge) -> String {
    let name = |id: &ElementId| {
        let carrier = model.element(*id);
        plain(carrier.title.as_ref().unwrap_or(&model.kind_of(carrier).unwrap().product))
    };
    match &edge.label {
        Some(label) => lines(label),
        None => edge.carriers.iter().map(name).collect::<Vec<_>>().join(" → "),
    }
}

/// A label as a reader sees it.
pub(crate) fn text(label: &Value) -> String {
    lines(label.as_str().unwrap())
}

fn lines(text: &str) -> String {
    text.trim().lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// A text on one line.
pub(crate) fn plain(text: &str) -> String {
    text.split(|it: char| it.is_whitespace() || it.is_control())
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The path that an id of a diagram was made from; that of another architecture's element with `/` after its name.
pub(crate) fn path(id: &str) -> String {
    let (kind, mut rest) = id.split_once('_').unwrap();
    let mut path = String::new();
    while let Some(char) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("__") {
            path.push('.');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("_x") {
            let (digits, after) = after.split_once('_').unwrap();
            path.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
            rest = after;
        } else {
            path.push(char);
            rest = &rest[1..];
        }
    }
    if kind == "f" { path.replacen('.', "/", 1) } else { path }
}
