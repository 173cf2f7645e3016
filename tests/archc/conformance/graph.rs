//! The graph that a diagram shows: made from the model, and from what a parser read.

use std::collections::{BTreeMap, BTreeSet};

use archc::docs;
use archc::emit::load::words;
use archc::load::{Loads, load};
use archc::model::{Architecture, Edge, Element, ElementId, Model, Variety, View};
use archc::quantity::Amount;
use archc::syntax::ast::Arrow;
use archc::view::{Canvas, Direction, Item, Labels, Piece, Plan, What};
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

    /// What is to be read of a view.
    pub(crate) fn of_view(model: &Model, view: &View) -> Graph {
        let canvas = Canvas::new(model);
        let picture = canvas.picture(view);
        let plan = canvas.plan(&picture);
        let home = view.head.architecture.map(|id| model.architecture(id).label());
        let mut graph = Graph {
            title: plain(&home.into_iter().chain([view.head.label()]).collect::<Vec<_>>().join(": ")),
            description: plain(&view.head.doc.as_ref().map(|doc| docs::summary(&doc.text)).unwrap_or_default()),
            direction: match picture.direction {
                Direction::Right => "LR".to_owned(),
                Direction::Down => "TB".to_owned(),
                Direction::Left => "RL".to_owned(),
                Direction::Up => "BT".to_owned(),
            },
            nodes: BTreeMap::new(),
            edges: Vec::new(),
            frames: BTreeMap::new(),
        };
        let mut members = frame_members(model, &plan);
        for place in 0..plan.items.len() {
            let (name, label) = (name_of(model, &plan, place), plan_label(model, &plan.items[place]));
            match members.remove(&name).filter(|_| plan.is_frame(place)) {
                Some(members) => _ = graph.frames.insert(name, Frame { title: label, members }),
                None => _ = graph.nodes.insert(name, label),
            }
        }
        let loads = load(model, Amount::ONE);
        for arrow in &plan.arrows {
            let mut labels = arrow.pieces.iter().map(|piece| piece_label(model, piece));
            let first = labels.next().unwrap();
            let is_shared = arrow.pieces.len() == 1 || (!first.is_empty() && labels.all(|it| it == first));
            let mut label = if is_shared { first } else { format!("{} connections", arrow.pieces.len()) };
            if picture.labels == Labels::Load {
                let flows = arrow.pieces.iter().map(|it| loads.edge(it.edge).hops[it.hops.end - 1].clone());
                let load = flows.reduce(|sum, flow| Ok(sum?.merged(&flow?).unwrap())).unwrap();
                if !arrow.is_side || load.is_ok() {
                    label = [label.as_str(), &words::label(&load)].join("\n").trim().into();
                }
            }
            graph.edges.push(Line {
                from: name_of(model, &plan, arrow.from),
                to: name_of(model, &plan, arrow.to),
                label,
                stroke: if arrow.is_side { "dotted" } else { "normal" }.to_owned(),
                arrow: "arrow_point".to_owned(),
            });
        }
        graph
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

/// The frames of a plan, each with what stands directly in it.
pub(crate) fn frame_members(model: &Model, plan: &Plan) -> BTreeMap<String, BTreeSet<String>> {
    let frames = (0..plan.items.len()).filter(|place| plan.is_frame(*place));
    frames
        .map(|place| {
            let inside = place + 1..plan.items[place].end;
            let is_around = |at: &usize| inside.clone().all(|it| it >= *at || plan.items[it].end <= *at);
            let members = inside.clone().filter(is_around).map(|at| name_of(model, plan, at)).collect();
            (name_of(model, plan, place), members)
        })
        .collect()
}

/// The path of what stands at a place of a plan, as its id gives it.
pub(crate) fn name_of(model: &Model, plan: &Plan, place: usize) -> String {
    let home = |id: ElementId| &model.architecture(model.element(id).architecture).name;
    match &plan.items[place].what {
        What::Element(id) if plan.architecture.is_some() => model.path(*id),
        What::Element(id) => format!("{}.{}", home(*id), model.path(*id)),
        What::Foreign(id) => format!("{}/{}", home(*id), model.path(*id)),
        What::Architecture(id) => model.architecture(*id).name.to_string(),
        What::Sharing(_) => place.to_string(),
    }
}

pub(crate) fn plan_label(model: &Model, item: &Item) -> String {
    let label = match &item.what {
        What::Element(id) => match model.element(*id) {
            carrier if carrier.variety == Variety::Carrier => carrier_label(model, *id),
            element => label_of(element),
        },
        What::Foreign(id) => {
            let element = model.element(*id);
            format!("{}\n({})", label_of(element), plain(model.architecture(element.architecture).label()))
        }
        What::Architecture(id) => {
            let architecture = model.architecture(*id);
            Some(lines(architecture.label()))
                .filter(|it| !it.is_empty())
                .unwrap_or_else(|| architecture.name.to_string())
        }
        What::Sharing(value) => plain(value),
    };
    match item.count {
        Some(1) => format!("{label}\n(1 element)"),
        Some(count) => format!("{label}\n({count} elements)"),
        None => label,
    }
}

fn piece_label(model: &Model, piece: &Piece) -> String {
    let edge = model.edge(piece.edge);
    let within = &edge.carriers[piece.hops.start..piece.hops.end - 1];
    if within.len() == edge.carriers.len() {
        return edge_label(model, edge);
    }
    let names: Vec<String> = within.iter().map(|id| plain(&carrier_label(model, *id))).collect();
    let is_said = edge.carriers.iter().any(|id| model.element(*id).title == edge.label);
    match &edge.label {
        Some(label) if names.is_empty() && piece.hops.start == 0 && !is_said => lines(label),
        _ => names.join(" → "),
    }
}

fn carrier_label(model: &Model, id: ElementId) -> String {
    let carrier = model.element(id);
    let product = &model.kind_of(carrier).unwrap().product;
    lines(carrier.title.as_ref().filter(|title| !plain(title).is_empty()).unwrap_or(product))
}

fn label_of(element: &Element) -> String {
    let label = lines(element.label());
    if label.is_empty() { element.name.to_string() } else { label }
}

fn edge_label(model: &Model, edge: &Edge) -> String {
    let name = |id: &ElementId| plain(&carrier_label(model, *id));
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
