//! How much moves where: rates declared at the sources, carried along the edges.
//!
//! A service passes on what it receives, a copy along each edge, unless its kind or the edge says otherwise. What is not
//! declared is unknown and stays unknown downstream, with what would make it known; it is never 0.
//!
//! - `->` and `=>` carry records. On the first hop of an edge count `rate` (which replaces what the source passes), `calls`
//!   and `share`; on the last `keep`, `size`, `ratio` and `batch`. Carriers of a `via` are services in between: each
//!   passes on what came along this edge, even if it carries others, too.
//! - `~>` carries no data. `rate` or `calls` say how often it fires, and `size` how large what it carries is.
//! - Cycles are solved exactly where less comes back than went out, and refused otherwise.

mod again;
mod capacity;
mod cycle;
mod facts;
mod gap;
mod propagate;
mod transform;
mod undeclared;

pub use again::Kept;
pub use capacity::{Capacity, Growth, capacities, growth};
pub use facts::At;
pub use gap::{Gap, Need};
pub use propagate::load;
pub use undeclared::{Hidden, Undeclared, undeclared};

use crate::flow::Flow;
use crate::model::{EdgeId, ElementId, Model};
use crate::quantity::{Amount, Dimension};

/// A flow, or what it takes to know it.
pub type Known = Result<Flow, Gap>;

/// The loads of a model.
#[derive(Debug, Default)]
pub struct Loads {
    nodes: Vec<NodeLoad>,
    edges: Vec<EdgeLoad>,
    /// Cycles along which at least as much comes back as went out, so that no load could ever settle.
    pub cycles: Vec<Cycle>,
}

/// The load of one element.
#[derive(Clone, Debug)]
pub struct NodeLoad {
    /// What starts here, if the element says so.
    pub emitted: Option<Known>,
    /// What comes along `->` and `=>`.
    pub received: Known,
    /// What comes along `~>`.
    pub side: Known,
    /// What leaves along `->` and `=>`, all copies together.
    pub sent: Known,
    /// How many edges `received` comes along.
    pub in_edges: usize,
    /// How many edges `side` comes along.
    pub side_edges: usize,
    /// How many edges `sent` leaves along.
    pub out_edges: usize,
}

impl NodeLoad {
    /// So many times as much of all that moves here; `None` if that is too large.
    #[must_use]
    pub fn scaled(&self, factor: Amount) -> Option<NodeLoad> {
        let times = |flow: &Known| match flow {
            Ok(flow) => flow.scaled(factor).map(Ok),
            Err(gap) => Some(Err(gap.clone())),
        };
        Some(NodeLoad {
            emitted: match &self.emitted {
                Some(flow) => Some(times(flow)?),
                None => None,
            },
            received: times(&self.received)?,
            side: times(&self.side)?,
            sent: times(&self.sent)?,
            ..*self
        })
    }
}

/// The load of one edge.
#[derive(Clone, Debug, Default)]
pub struct EdgeLoad {
    /// What moves along each of its hops: one, or one more than it has carriers.
    pub hops: Vec<Known>,
}

impl EdgeLoad {
    /// What arrives at its end; `None` for an edge that has lost a carrier.
    pub fn at_end(&self) -> Option<&Known> {
        self.hops.last()
    }
}

/// A cycle that no load can settle on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Its edges in order, each with how many records arrive at its end for each that its source receives.
    pub edges: Vec<(EdgeId, Amount)>,
    /// How many records come back for each that sets out, along this and all other ways: 1 or more.
    pub gain: Amount,
}

#[expect(clippy::indexing_slicing, reason = "loads are made for all elements and edges of the model that ids are of")]
impl Loads {
    /// The load of an element.
    pub fn node(&self, id: ElementId) -> &NodeLoad {
        &self.nodes[id.index()]
    }

    /// The load of an edge.
    pub fn edge(&self, id: EdgeId) -> &EdgeLoad {
        &self.edges[id.index()]
    }
}

impl Loads {
    /// What an element receives, in words; empty if nothing reaches it.
    pub fn words(&self, model: &Model, id: ElementId) -> String {
        let node = self.node(id);
        let mut words = Vec::new();
        words.extend(node.emitted.as_ref().map(|flow| format!("emits {}", in_words(flow, model))));
        if node.in_edges > 0 {
            words.push(in_words(&node.received, model));
        }
        if node.side_edges > 0 {
            words.push(format!("{} on the side", in_words(&node.side, model)));
        }
        words.join(", ")
    }
}

impl Loads {
    /// What arrives at the end of an edge, in words.
    pub fn edge_words(&self, model: &Model, id: EdgeId) -> String {
        self.edge(id).at_end().map(|flow| in_words(flow, model)).unwrap_or_default()
    }
}

/// A flow in words: `5,000/s of 1 KB`, or `unknown: give …`.
pub fn in_words(flow: &Known, model: &Model) -> String {
    match flow {
        Ok(flow) => flow_in_words(flow),
        Err(gap) => format!("unknown: {}", gap.advice(model)),
    }
}

fn flow_in_words(flow: &Flow) -> String {
    const FEW: usize = 3;
    let all = flow.parcels().len();
    let parcels: Vec<_> = flow.parcels().filter(|(_, rates)| all == 1 || !rates.mean.is_zero()).collect();
    let more = parcels.len().saturating_sub(FEW);
    let mut words: Vec<String> = parcels
        .into_iter()
        .take(FEW)
        .map(|(size, rates)| {
            let rate = rates.mean.in_words(Dimension::RATE);
            size.map_or_else(|| rate.clone(), |size| format!("{rate} of {}", size.in_words(Dimension::SIZE)))
        })
        .collect();
    if more > 0 {
        words.push(format!("{more} more sizes"));
    }
    if words.is_empty() { "nothing".to_owned() } else { words.join(" + ") }
}
