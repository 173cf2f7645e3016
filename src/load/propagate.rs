//! Loads from the sources on, in the order in which one depends on another.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::cycle::{self, Link};
use super::transform::{Transform, aside, ends, is_absolute};
use super::{EdgeLoad, Gap, Known, Loads, Need, NodeLoad};
use crate::flow::Flow;
use crate::model::{Edge, EdgeId, ElementId, Model};
use crate::quantity::Amount;
use crate::syntax::ast::Arrow;

/// The loads of a model, with so many times as much starting at each source as it declares, beyond the factor of the
/// model's environment.
pub fn load(model: &Model, scale: Amount) -> Loads {
    let mut propagation = Propagation::new(model, scale);
    propagation.start();
    for members in propagation.order() {
        propagation.settle(&members);
    }
    propagation.side_channels();
    propagation.loads()
}

/// What has come to an element so far.
#[derive(Clone, Debug, Default)]
struct Sum {
    flow: Flow,
    gap: Option<Gap>,
    edges: usize,
}

impl Sum {
    fn add(&mut self, flow: &Known, at: ElementId) {
        self.edges += 1;
        match flow {
            Ok(more) => match std::mem::take(&mut self.flow).merged(more) {
                Some(sum) => self.flow = sum,
                None => self.miss(&Gap::of(Need::Magnitude(at))),
            },
            Err(gap) => self.miss(gap),
        }
    }

    fn miss(&mut self, gap: &Gap) {
        self.gap.get_or_insert_default().extend(gap);
    }

    fn known(&self) -> Known {
        self.gap.as_ref().map_or_else(|| Ok(self.flow.clone()), |gap| Err(gap.clone()))
    }
}

struct Propagation<'m> {
    model: &'m Model,
    transform: Transform<'m>,
    /// The data edges and calls that leave each element.
    leaving: Vec<Vec<EdgeId>>,
    received: Vec<Sum>,
    side: Vec<Sum>,
    sent: Vec<Sum>,
    /// What each element passes on, once that is known.
    passed: Vec<Option<Known>>,
    edges: Vec<EdgeLoad>,
    cycles: Vec<super::Cycle>,
}

#[expect(clippy::indexing_slicing, reason = "all lists are made for all elements or edges of the model")]
impl<'m> Propagation<'m> {
    fn new(model: &'m Model, scale: Amount) -> Propagation<'m> {
        let mut leaving = vec![Vec::new(); model.elements.len()];
        for edge in model.edges.iter().filter(|edge| carries_data(edge)) {
            leaving[edge.from.index()].push(edge.id);
        }
        Propagation {
            model,
            transform: Transform { model, scale },
            leaving,
            received: vec![Sum::default(); model.elements.len()],
            side: vec![Sum::default(); model.elements.len()],
            sent: vec![Sum::default(); model.elements.len()],
            passed: vec![None; model.elements.len()],
            edges: model.edges.iter().map(|_| EdgeLoad::default()).collect(),
            cycles: Vec::new(),
        }
    }

    /// The elements, those first that others depend on; elements that depend on each other are together.
    fn order(&self) -> Vec<Vec<ElementId>> {
        let mut graph = DiGraph::<(), ()>::with_capacity(self.model.elements.len(), self.model.edges.len());
        for _ in &self.model.elements {
            graph.add_node(());
        }
        for edge in self.model.edges.iter().filter(|edge| carries_data(edge)) {
            if self.depends(edge) {
                for end in ends(edge) {
                    graph.add_edge(NodeIndex::new(edge.from.index()), NodeIndex::new(end.index()), ());
                }
            }
        }
        let element = |node: &NodeIndex| self.model.elements[node.index()].id;
        let mut order: Vec<Vec<ElementId>> =
            kosaraju_scc(&graph).iter().map(|members| members.iter().map(element).collect()).collect();
        order.reverse();
        for members in &mut order {
            members.sort();
        }
        order
    }

    /// Sends on what does not depend on what anybody receives, so that it has arrived when others are settled.
    fn start(&mut self) {
        for edge in &self.model.edges {
            if carries_data(edge) && !self.depends(edge) {
                let source = self.model.element(edge.from);
                let passed = self.transform.emits(source);
                self.send(edge, &passed.unwrap_or_else(|| Err(Gap::of(Need::of_source(source)))), &BTreeSet::new());
            }
        }
    }

    /// Whether what moves along an edge follows from what its source receives.
    fn depends(&self, edge: &Edge) -> bool {
        !is_absolute(edge) && self.transform.passes_anything(self.model.element(edge.from))
    }

    /// Finds the loads of elements that depend on each other, or of one, and sends them on.
    fn settle(&mut self, members: &[ElementId]) {
        let links = self.links(members);
        if !links.is_empty() {
            self.solve(members, &links);
        }
        let inside = links.iter().map(|link| (link.edge, link.hop)).collect();
        for id in members {
            self.pass_on(*id, &inside);
        }
    }

    /// The ways from one of the elements to another of them.
    fn links(&self, members: &[ElementId]) -> Vec<Link> {
        let mut links = Vec::new();
        for from in members {
            for edge in self.leaving[from.index()].iter().map(|id| self.model.edge(*id)) {
                if !self.depends(edge) {
                    continue;
                }
                let inside = ends(edge).enumerate().filter(|(_, end)| members.binary_search(end).is_ok());
                links.extend(inside.map(|(hop, to)| Link { from: *from, to, edge: edge.id, hop }));
            }
        }
        links
    }

    /// Replaces what came from outside of a cycle by what the cycle makes of it.
    fn solve(&mut self, members: &[ElementId], links: &[Link]) {
        // What starts at an element of the cycle leaves it, but does not come to it: it comes to where its edges lead.
        for link in links {
            let emitted = self.transform.emits(self.model.element(link.from));
            if let Some(emitted) = emitted {
                let edge = self.model.edge(link.edge);
                if let Some(flow) = self.transform.along(edge, &emitted).get(link.hop) {
                    self.received[link.to.index()].add(flow, link.to);
                    self.received[link.to.index()].edges -= 1;
                }
            }
        }
        for link in links {
            self.received[link.to.index()].edges += 1;
        }
        let outside: Vec<Known> = members.iter().map(|id| self.received[id.index()].known()).collect();
        if outside.iter().any(Result::is_err) {
            let mut gap = Gap::default();
            for missing in outside.iter().filter_map(|known| known.as_ref().err()) {
                gap.extend(missing);
            }
            self.miss(members, &gap);
            return;
        }
        let outside: Vec<Flow> = outside.into_iter().flatten().collect();
        if outside.iter().all(Flow::is_none) {
            // Nothing ever enters: whoever feeds one of them feeds all.
            for id in members {
                self.received[id.index()].miss(&Gap::of(Need::Emits(*id)));
            }
            return;
        }
        match cycle::solve(&self.transform, members, links, &outside) {
            Ok(flows) => {
                for (id, flow) in members.iter().zip(flows) {
                    self.received[id.index()].flow = flow;
                }
            }
            Err(refused) => {
                self.miss(members, &refused.gap(members));
                self.cycles.extend(refused.cycle);
            }
        }
    }

    fn miss(&mut self, members: &[ElementId], gap: &Gap) {
        for id in members {
            self.received[id.index()].miss(gap);
        }
    }

    /// Sends what leaves an element along its edges.
    fn pass_on(&mut self, id: ElementId, inside: &BTreeSet<(EdgeId, usize)>) {
        let passed = self.passes(id);
        // What leaves an element is sent once.
        for edge in std::mem::take(&mut self.leaving[id.index()]) {
            let edge = self.model.edge(edge);
            if self.depends(edge) {
                self.send(edge, &passed, inside);
            }
        }
        self.passed[id.index()] = Some(passed);
    }

    /// Sends something along an edge. What stays inside of a cycle has arrived already.
    fn send(&mut self, edge: &'m Edge, passed: &Known, inside: &BTreeSet<(EdgeId, usize)>) {
        let hops = self.transform.along(edge, passed);
        let mut start = edge.from;
        for (hop, (end, flow)) in ends(edge).zip(&hops).enumerate() {
            self.sent[start.index()].add(flow, start);
            if !inside.contains(&(edge.id, hop)) {
                self.received[end.index()].add(flow, end);
            }
            start = end;
        }
        self.edges[edge.id.index()].hops = hops;
    }

    /// What leaves an element: what it passes on of what it receives, and what starts at it.
    fn passes(&self, id: ElementId) -> Known {
        let element = self.model.element(id);
        let emitted = self.transform.emits(element);
        if !self.transform.passes_anything(element) {
            return emitted.unwrap_or_else(|| Err(Gap::of(Need::of_source(element))));
        }
        let sum = &self.received[id.index()];
        let received = if sum.edges == 0 { Err(Gap::of(Need::Emits(id))) } else { sum.known() };
        let passed = self.transform.pass(element, received.as_ref().ok(), sum.edges);
        match (passed, emitted) {
            (passed, None) => passed.map_err(|gap| received.err().unwrap_or(gap)),
            // Nothing is drawn that comes in: what starts here is all there is.
            (Err(_), Some(emitted)) if sum.edges == 0 => emitted,
            (Err(gap), Some(_)) => Err(received.err().unwrap_or(gap)),
            (Ok(passed), Some(emitted)) => passed.merged(&emitted?).ok_or_else(|| Gap::of(Need::Magnitude(id))),
        }
    }

    /// Side channels come last: they may fire for each record of their source, and nothing depends on them.
    fn side_channels(&mut self) {
        for edge in &self.model.edges {
            if edge.arrow != Arrow::Side || edge.lost_carrier {
                continue;
            }
            let unknown = || Err(Gap::of(Need::Emits(edge.from)));
            let passed = self.passed[edge.from.index()].clone().unwrap_or_else(unknown);
            let flow = aside(edge, &passed);
            for end in ends(edge) {
                self.side[end.index()].add(&flow, end);
                self.edges[edge.id.index()].hops.push(flow.clone());
            }
        }
    }

    fn loads(self) -> Loads {
        let nodes = self.received.iter().zip(&self.side).zip(&self.sent).enumerate();
        let nodes = nodes.map(|(index, ((received, side), sent))| {
            let id = self.model.elements[index].id;
            let is_source = self.model.elements[index].settings.get("emits").is_some();
            let nothing_known = || Gap::of(if is_source { Need::Feeds(id) } else { Need::Emits(id) });
            NodeLoad {
                emitted: self.transform.emits(&self.model.elements[index]),
                received: if received.edges == 0 { Err(nothing_known()) } else { received.known() },
                side: side.known(),
                sent: sent.known(),
                in_edges: received.edges,
                side_edges: side.edges,
                out_edges: sent.edges,
            }
        });
        Loads { nodes: nodes.collect(), edges: self.edges, cycles: self.cycles }
    }
}

/// Whether data or calls move along an edge, and it is known where.
fn carries_data(edge: &Edge) -> bool {
    matches!(edge.arrow, Arrow::Data | Arrow::Call) && !edge.lost_carrier
}
