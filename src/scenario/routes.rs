//! Which steps are declared.

use std::collections::{BTreeMap, BTreeSet};

use super::Participant;
use crate::model::{EdgeId, ElementId, Model};
use crate::syntax::ast::Arrow;

/// The edges that lead from one participant to another: of each arrow the first.
#[derive(Debug)]
pub(super) struct Routes {
    edges: BTreeMap<(Participant, Participant), BTreeMap<Arrow, EdgeId>>,
}

impl Routes {
    /// All routes between elements, and those between the groups and architectures that take part in scenarios.
    pub(super) fn new(model: &Model, containers: &BTreeSet<Participant>) -> Routes {
        let mut routes = Routes { edges: BTreeMap::new() };
        for edge in &model.edges {
            let hops = model.hops(edge).map(|hop| (hop.from, hop.to));
            for (from, to) in std::iter::once((edge.from, edge.to)).chain(hops) {
                for from in around(model, containers, from) {
                    for to in around(model, containers, to) {
                        routes.edges.entry((from, to)).or_default().entry(edge.arrow).or_insert(edge.id);
                    }
                }
            }
        }
        routes
    }

    /// The edge that a step follows.
    pub(super) fn edge(&self, from: Participant, arrow: Arrow, to: Participant) -> Option<EdgeId> {
        let edges = self.edges.get(&(from, to))?;
        followed(arrow).iter().find_map(|arrow| edges.get(arrow).copied())
    }
}

/// The arrows of edges that a step with an arrow may follow, the best first.
fn followed(arrow: Arrow) -> &'static [Arrow] {
    match arrow {
        Arrow::Data => &[Arrow::Data, Arrow::Call],
        Arrow::Call => &[Arrow::Call],
        Arrow::Side => &[Arrow::Side],
        Arrow::Reply => &[],
    }
}

/// An element, and those of the containers that it stands in.
fn around<'m>(
    model: &'m Model,
    containers: &'m BTreeSet<Participant>,
    id: ElementId,
) -> impl Iterator<Item = Participant> + 'm {
    let own = Participant::Element(id);
    let inside = move |it: &Participant| *it != own && containers.contains(it);
    std::iter::once(own).chain(places(model, id).filter(inside))
}

/// An element, the groups around it and its architecture.
pub(super) fn places(model: &Model, id: ElementId) -> impl Iterator<Item = Participant> + '_ {
    let groups = std::iter::successors(Some(id), |id| model.element(*id).group);
    let architecture = Participant::Architecture(model.element(id).architecture);
    groups.map(Participant::Element).chain([architecture])
}
