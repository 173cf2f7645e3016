//! A survey as plain data with names in it: the document of `archc load --format json`, which `schemas/load.schema.json`
//! describes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Survey;
use crate::flow::Rates as FlowRates;
use crate::load::{Capacity, Growth as LoadGrowth, Hidden, Known, Loads, NodeLoad};
use crate::model::{ArchitectureId, EdgeId, ElementId, Model};
use crate::quantity::{Dimension, DimensionKind};

/// The version of the format.
pub const VERSION: u32 = 1;

/// What a survey is written of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Selection {
    /// One architecture; none for all.
    pub architecture: Option<ArchitectureId>,
}

impl Selection {
    /// Whether an element belongs to it.
    pub fn has(self, model: &Model, id: ElementId) -> bool {
        self.architecture.is_none_or(|only| model.element(id).architecture == only)
    }
}

/// The loads of a workspace. Amounts are in base units: records and bytes a second, bytes, seconds. They are texts, so that
/// nobody reads them as floats.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// The version of the format. It changes when a field goes or changes its meaning; fields may be added without.
    pub version: u32,
    /// Under which assumptions it was made: `environment`, `scale`, `set`, `region`.
    pub assumptions: BTreeMap<String, String>,
    /// The elements, those that carry edges included.
    pub elements: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
    /// The quotas whose use is known, those closest to being exceeded first.
    pub limits: Vec<Limit>,
    /// How far the load can grow; none if no quota that is known ever breaks.
    pub growth: Option<Growth>,
    /// Cycles along which as much comes back as went out.
    pub cycles: Vec<Cycle>,
    /// What is not known, by what to declare.
    pub undeclared: Vec<Undeclared>,
}

/// An element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// Its architecture.
    pub architecture: String,
    /// Its path in it.
    pub element: String,
    /// Its kind, if it has one that is known.
    pub kind: Option<String>,
    /// What starts at it, if it says so.
    pub emits: Option<Flow>,
    /// What comes along `->` and `=>`; none if no such edge leads to it.
    pub receives: Option<Flow>,
    /// What comes along `~>`, in the same way.
    pub side: Option<Flow>,
    /// What leaves along `->` and `=>`, all copies together, in the same way.
    pub sends: Option<Flow>,
}

/// What moves, or what it takes to know it.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Flow {
    /// What to declare; empty if the flow is known.
    pub needs: Vec<String>,
    /// Records a second.
    pub records: Option<Rates>,
    /// Bytes a second; none if a size is not known.
    pub bytes: Option<Rates>,
    /// By the size of the records, from the smallest.
    pub sizes: Vec<Parcel>,
}

/// A mean and a peak, a second.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Rates {
    /// On the whole.
    pub mean: String,
    /// At the busiest time.
    pub peak: String,
}

/// Records of one size.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Parcel {
    /// The bytes of one record; none if that is not known.
    pub size: Option<String>,
    /// How many a second.
    pub records: Rates,
}

/// An edge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// The architecture that it is declared in.
    pub architecture: String,
    /// The path of its source.
    pub from: String,
    /// `->`, `=>` or `~>`.
    pub arrow: String,
    /// The path of its target.
    pub to: String,
    /// The hops: to each service that carries the edge, then to the target.
    pub hops: Vec<Hop>,
}

/// A part of an edge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hop {
    /// The path of the element that it leads to.
    pub to: String,
    /// What moves along it.
    pub flow: Flow,
}

/// A quota.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the document")]
pub struct Limit {
    /// The services that use it together, as `architecture.path`.
    pub users: Vec<String>,
    /// Its name.
    pub limit: String,
    /// What is used at the peak, in units.
    pub used: String,
    /// What may be used, in units.
    pub allowed: String,
    /// The unit of both.
    pub unit: String,
    /// How many times as much could be used; none if nothing is.
    pub headroom: Option<String>,
    /// Whether more is used than may be.
    pub exceeded: bool,
    /// Whether `allowed` follows from the load, as where nobody said how many shards a stream has.
    pub adapts: bool,
    /// Whether neither `used` nor `allowed` follows from the load, as with a timeout.
    pub fixed: bool,
    /// Whether the provider raises it on request.
    pub soft: bool,
    /// How `used` came about.
    pub used_as: String,
    /// How `allowed` came about.
    pub allowed_as: String,
    /// Who says so.
    pub source: String,
    /// When that was read.
    pub read: String,
    /// A remark.
    pub note: Option<String>,
}

/// How far the load can grow.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Growth {
    /// How many times the load of the sources there can be.
    pub factor: String,
    /// The quota that breaks first.
    pub limit: String,
    /// The services whose quota it is, as `architecture.path`.
    pub users: Vec<String>,
}

/// A cycle that no load can settle on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cycle {
    /// The elements in order, as `architecture.path`, each with how many records go on for each that it receives.
    pub steps: Vec<Step>,
    /// How many records come back for each that sets out, along this and all other ways.
    pub gain: String,
}

/// A step of a cycle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The element, as `architecture.path`.
    pub element: String,
    /// How many records arrive at the next for each that this one receives.
    pub gain: String,
}

/// A declaration that is missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Undeclared {
    /// What to declare, in words.
    pub declare: String,
    /// The elements whose load would become known, as `architecture.path`.
    pub loads: Vec<String>,
    /// The quotas whose use would become known.
    pub limits: Vec<Headroom>,
}

/// A quota of an element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headroom {
    /// The element, as `architecture.path`.
    pub element: String,
    /// The quota.
    pub limit: String,
}

impl Sheet {
    /// The survey with the names of the model.
    pub fn new(survey: &Survey<'_>, selection: Selection, assumptions: BTreeMap<String, String>) -> Sheet {
        let model = survey.model;
        let is_selected = |id: ElementId| selection.has(model, id);
        let elements = model.elements.iter().map(|element| element.id).filter(|id| is_selected(*id));
        let edges = model.edges.iter().map(|edge| edge.id);
        let edges = edges.filter(|id| selection.architecture.is_none_or(|only| model.edge(*id).architecture == only));
        let limits = survey.capacities.iter().filter(|capacity| capacity.users.iter().any(|id| is_selected(*id)));
        Sheet {
            version: VERSION,
            assumptions,
            elements: elements.map(|id| node(model, survey.loads.node(id), id)).collect(),
            edges: edges.map(|id| edge(survey, id)).collect(),
            limits: limits.map(|capacity| limit(model, &survey.loads, capacity)).collect(),
            growth: survey.growth().map(|growth| self::growth(model, &growth)),
            cycles: survey.loads.cycles.iter().map(|it| cycle(model, it)).collect(),
            undeclared: undeclared(survey, selection),
        }
    }
}

fn node(model: &Model, load: &NodeLoad, id: ElementId) -> Node {
    let element = model.element(id);
    let along = |known: &Known, edges: usize| (edges > 0).then(|| flow(model, known));
    Node {
        architecture: model.architecture(element.architecture).name.to_string(),
        element: model.path(id),
        kind: model.kind_of(element).map(|kind| kind.name.to_string()),
        emits: load.emitted.as_ref().map(|known| flow(model, known)),
        receives: along(&load.received, load.in_edges),
        side: along(&load.side, load.side_edges),
        sends: along(&load.sent, load.out_edges),
    }
}

fn flow(model: &Model, known: &Known) -> Flow {
    match known {
        Ok(flow) => Flow {
            needs: Vec::new(),
            records: flow.records().map(rates),
            bytes: flow.bytes().map(rates),
            sizes: flow
                .parcels()
                .map(|(size, records)| Parcel { size: size.map(|size| size.to_string()), records: rates(records) })
                .collect(),
        },
        Err(gap) => {
            let needs = gap.needs().map(|need| need.advice(model)).collect();
            Flow { needs, records: None, bytes: None, sizes: Vec::new() }
        }
    }
}

fn rates(rates: FlowRates) -> Rates {
    Rates { mean: rates.mean.to_string(), peak: rates.peak.to_string() }
}

fn edge(survey: &Survey<'_>, id: EdgeId) -> Edge {
    let model = survey.model;
    let edge = model.edge(id);
    let ends = edge.carriers.iter().copied().chain([edge.to]);
    let hops = ends.zip(&survey.loads.edge(id).hops);
    Edge {
        architecture: model.architecture(edge.architecture).name.to_string(),
        from: model.path(edge.from),
        arrow: edge.arrow.symbol().to_owned(),
        to: model.path(edge.to),
        hops: hops.map(|(to, known)| Hop { to: model.path(to), flow: flow(model, known) }).collect(),
    }
}

fn full_paths(model: &Model, ids: &[ElementId]) -> Vec<String> {
    ids.iter().map(|id| model.full_path(*id)).collect()
}

fn limit(model: &Model, loads: &Loads, capacity: &Capacity<'_>) -> Limit {
    let limit = capacity.limit;
    let [used_as, allowed_as] = capacity.derivations(model, loads);
    Limit {
        users: full_paths(model, &capacity.users),
        limit: limit.name.to_string(),
        used: capacity.used.to_string(),
        allowed: capacity.allowed.to_string(),
        unit: unit(capacity.dimension()),
        headroom: capacity.headroom().map(|headroom| headroom.to_string()),
        exceeded: capacity.is_exceeded(),
        adapts: capacity.adapts,
        fixed: capacity.is_fixed,
        soft: limit.is_soft,
        used_as,
        allowed_as,
        source: limit.source.to_string(),
        read: limit.read.to_string(),
        note: limit.note.as_ref().map(ToString::to_string),
    }
}

/// The base unit of a dimension.
fn unit(dimension: Dimension) -> String {
    match dimension.kind() {
        DimensionKind::Number | DimensionKind::Count | DimensionKind::Percent | DimensionKind::Multiple => "1",
        DimensionKind::Size => "B",
        DimensionKind::Duration => "s",
        DimensionKind::Rate => "1/s",
        DimensionKind::Throughput => "B/s",
        _ => return dimension.to_string(),
    }
    .to_owned()
}

fn growth(model: &Model, growth: &LoadGrowth) -> Growth {
    Growth {
        factor: growth.factor.to_string(),
        limit: growth.limit.to_string(),
        users: full_paths(model, &growth.users),
    }
}

fn cycle(model: &Model, cycle: &crate::load::Cycle) -> Cycle {
    let steps = cycle.edges.iter();
    let step = |(edge, gain): &(EdgeId, crate::quantity::Amount)| Step {
        element: model.full_path(model.edge(*edge).from),
        gain: gain.to_string(),
    };
    Cycle { steps: steps.map(step).collect(), gain: cycle.gain.to_string() }
}

fn undeclared(survey: &Survey<'_>, selection: Selection) -> Vec<Undeclared> {
    let model = survey.model;
    let all = survey.undeclared.iter().filter_map(|undeclared| {
        let (mut loads, mut limits) = (Vec::new(), Vec::new());
        for hidden in undeclared.hidden.iter().filter(|hidden| selection.has(model, hidden.element())) {
            let element = model.full_path(hidden.element());
            match hidden {
                Hidden::Load(_) => loads.push(element),
                Hidden::Headroom(_, limit) => limits.push(Headroom { element, limit: limit.name.to_string() }),
            }
        }
        let declare = undeclared.need.advice(model);
        (loads.len() + limits.len() > 0).then_some(Undeclared { declare, loads, limits })
    });
    all.collect()
}
