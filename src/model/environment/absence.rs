//! Takes elements out of a model, with all that hangs on them: what stands in a group, edges, and the carriers of edges.

use std::sync::{Arc, OnceLock};

use super::Target;
use crate::model::scope::Renumbering;
use crate::model::{Edge, EdgeId, Element, ElementId, Model, Owner, Problem, Variety};

/// What leaves a model, in the making.
struct Departure<'m> {
    model: &'m Model,
    elements: Vec<bool>,
    edges: Vec<bool>,
    /// Of each element: the edges that end at it or are carried by it.
    edges_of: Vec<Vec<EdgeId>>,
    /// Of each element: how many edges that are left it carries.
    carries: Vec<usize>,
    /// Elements that leave, and whose edges have not been seen to.
    waiting: Vec<ElementId>,
}

impl<'m> Departure<'m> {
    fn new(model: &'m Model) -> Departure<'m> {
        let count = model.elements.len();
        let mut departure = Departure {
            model,
            elements: vec![false; count],
            edges: vec![false; model.edges.len()],
            edges_of: vec![Vec::new(); count],
            carries: vec![0; count],
            waiting: Vec::new(),
        };
        for edge in &model.edges {
            for id in [edge.from, edge.to].iter().chain(&edge.carriers) {
                departure.edges_of.get_mut(id.index()).into_iter().for_each(|edges| edges.push(edge.id));
            }
            for id in &edge.carriers {
                departure.carries.get_mut(id.index()).into_iter().for_each(|count| *count += 1);
            }
        }
        departure
    }

    fn run(&mut self, targets: &[Target]) {
        let mut architectures = vec![false; self.model.architectures.len()];
        for target in targets {
            match target {
                Target::Element(id) => self.element(*id),
                Target::Architecture(id) => {
                    architectures.get_mut(id.index()).into_iter().for_each(|gone| *gone = true);
                }
                Target::Workspace => {}
            }
        }
        let model = self.model;
        let is_gone = |index: usize| architectures.get(index).copied().unwrap_or(false);
        // A group comes before what stands in it.
        for element in &model.elements {
            let group_is_gone = element.group.is_some_and(|group| self.is_gone(group));
            if group_is_gone || is_gone(element.architecture.index()) {
                self.element(element.id);
            }
        }
        for edge in &model.edges {
            if edge.group.is_some_and(|group| self.is_gone(group)) || is_gone(edge.architecture.index()) {
                self.edge(edge);
            }
        }
        while let Some(id) = self.waiting.pop() {
            for edge in self.edges_of.get_mut(id.index()).map(std::mem::take).unwrap_or_default() {
                self.edge(model.edge(edge));
            }
        }
    }

    fn is_gone(&self, id: ElementId) -> bool {
        self.elements.get(id.index()).copied().unwrap_or(false)
    }

    fn element(&mut self, id: ElementId) {
        if let Some(gone) = self.elements.get_mut(id.index())
            && !std::mem::replace(gone, true)
        {
            self.waiting.push(id);
        }
    }

    /// An edge leaves, and its carriers if no other edge needs them.
    fn edge(&mut self, edge: &Edge) {
        let Some(gone) = self.edges.get_mut(edge.id.index()) else { return };
        if std::mem::replace(gone, true) {
            return;
        }
        for id in &edge.carriers {
            let Some(carries) = self.carries.get_mut(id.index()) else { continue };
            *carries = carries.saturating_sub(1);
            if *carries == 0 && self.model.element(*id).variety == Variety::Carrier {
                self.element(*id);
            }
        }
    }
}

impl Model {
    /// Takes elements out, or all of an architecture's. Ids stay dense: returns what became of those of elements.
    pub(super) fn take_out(&mut self, targets: &[Target]) -> Renumbering {
        let mut departure = Departure::new(self);
        departure.run(targets);
        let (elements, edges) = (departure.elements, departure.edges);
        let renumbering = renumbering(&elements);
        let edge_ids = left(&edges, EdgeId::new);
        retain(&mut self.elements, &elements);
        retain(&mut self.edges, &edges);
        self.leaving = OnceLock::new();
        for element in &mut self.elements {
            element.renumber(&renumbering);
        }
        for (index, edge) in self.edges.iter_mut().enumerate() {
            edge.id = EdgeId::new(index);
            edge.renumber(&renumbering);
        }
        for architecture in &mut self.architectures {
            renumber(&mut architecture.members, &renumbering);
            renumber(&mut architecture.elements, &renumbering);
            let edges = architecture.edges.iter().filter_map(|id| edge_ids.get(id.index()).copied().flatten());
            architecture.edges = edges.collect();
        }
        self.problems.retain_mut(|problem| problem.renumber(&renumbering));
        renumbering
    }
}

/// The new ids of what is left, by the old ones.
fn left<Id: Copy>(gone: &[bool], id: impl Fn(usize) -> Id) -> Vec<Option<Id>> {
    let mut next = 0;
    let ids = gone.iter().map(|gone| {
        let now = (!gone).then(|| id(next));
        next += usize::from(!gone);
        now
    });
    ids.collect()
}

fn renumbering(gone: &[bool]) -> Renumbering {
    let is_left = |(_, gone): &(usize, &bool)| !**gone;
    let before = gone.iter().enumerate().filter(is_left).map(|(index, _)| ElementId::new(index)).collect();
    Renumbering { now: left(gone, ElementId::new), before }
}

fn retain<T>(items: &mut Vec<T>, gone: &[bool]) {
    let mut gone = gone.iter();
    items.retain(|_| gone.next() == Some(&false));
}

fn renumber(ids: &mut Vec<ElementId>, renumbering: &Renumbering) {
    *ids = ids.iter().filter_map(|id| renumbering.of(*id)).collect();
}

impl Element {
    fn renumber(&mut self, renumbering: &Renumbering) {
        self.id = renumbering.of(self.id).unwrap_or(self.id);
        self.group = self.group.and_then(|group| renumbering.of(group));
        renumber(&mut self.members, renumbering);
    }
}

impl Edge {
    fn renumber(&mut self, renumbering: &Renumbering) {
        self.from = renumbering.of(self.from).unwrap_or(self.from);
        self.to = renumbering.of(self.to).unwrap_or(self.to);
        self.group = self.group.and_then(|group| renumbering.of(group));
        renumber(&mut self.carriers, renumbering);
    }
}

impl Problem {
    /// Returns whether it is still one: what it is about may have left.
    fn renumber(&mut self, renumbering: &Renumbering) -> bool {
        match self {
            Problem::MissingKind { element: id }
            | Problem::PropertyOutside { element: id, .. }
            | Problem::PropertyOfAnother { carrier: id, .. }
            | Problem::MissingProperty { owner: Owner::Element(id), .. } => {
                let now = renumbering.of(*id);
                *id = now.unwrap_or(*id);
                now.is_some()
            }
            Problem::AmbiguousName { candidates, .. } => {
                let left: Vec<ElementId> = candidates.iter().filter_map(|id| renumbering.of(*id)).collect();
                let is_left = !left.is_empty();
                *candidates = Arc::new(left);
                is_left
            }
            _ => true,
        }
    }
}
