//! Parts of an architecture that nothing connects with the rest.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use crate::model::{ArchitectureId, ElementId, Model, Variety};

/// Elements that are connected with each other, and not with the rest of their architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Island {
    /// The architecture.
    pub architecture: ArchitectureId,
    /// The elements, in the order of their declaration; groups are not among them.
    pub elements: Vec<ElementId>,
    /// How many other elements of the architecture have edges.
    pub others: usize,
}

/// All islands, by architecture, and in the order of their first elements.
///
/// Every edge connects, side channels and carriers included; an edge of a group connects all that stands in it, and so
/// does a way through another architecture. The largest part of an architecture is what the others are apart from: of
/// equal ones, the first declared. Elements without any edge are left to `element/unconnected`.
pub fn islands(model: &Model) -> Vec<Island> {
    let mut islands = Vec::new();
    for (architecture, mut parts) in parts(model) {
        let total: usize = parts.iter().map(Vec::len).sum();
        let largest = (0..parts.len()).rev().max_by_key(|part| parts.get(*part).map(Vec::len));
        if let Some(largest) = largest {
            parts.remove(largest);
        }
        let island = |elements: Vec<ElementId>| Island { architecture, others: total - elements.len(), elements };
        islands.extend(parts.into_iter().map(island));
    }
    islands
}

/// The elements of each architecture that hang together, in the order of their first ones.
fn parts(model: &Model) -> BTreeMap<ArchitectureId, Vec<Vec<ElementId>>> {
    let mut connected = Connected::of(model);
    let mut numbers: BTreeMap<(ArchitectureId, usize), usize> = BTreeMap::new();
    let mut parts: BTreeMap<ArchitectureId, Vec<Vec<ElementId>>> = BTreeMap::new();
    for element in model.elements.iter().filter(|element| element.variety != Variety::Group) {
        if !connected.has_edge(element.id) {
            continue;
        }
        let root = connected.joined.find_mut(element.id.index());
        let parts = parts.entry(element.architecture).or_default();
        let number = *numbers.entry((element.architecture, root)).or_insert(parts.len());
        match parts.get_mut(number) {
            Some(part) => part.push(element.id),
            None => parts.push(vec![element.id]),
        }
    }
    parts
}

/// Which elements are connected.
struct Connected {
    joined: UnionFind<usize>,
    /// Of each element: whether it has an edge, or stands in a group that has one.
    touched: Vec<bool>,
}

impl Connected {
    fn of(model: &Model) -> Connected {
        let count = model.elements.len();
        let mut connected = Connected { joined: UnionFind::new(count), touched: vec![false; count] };
        for edge in &model.edges {
            for other in edge.carriers.iter().chain([&edge.to]) {
                connected.join(edge.from, *other);
            }
        }
        // A group comes before what stands in it.
        for element in &model.elements {
            if let Some(group) = element.group.filter(|group| connected.has_edge(*group)) {
                connected.join(group, element.id);
            }
        }
        connected
    }

    fn has_edge(&self, id: ElementId) -> bool {
        self.touched.get(id.index()).copied().unwrap_or_default()
    }

    fn join(&mut self, one: ElementId, other: ElementId) {
        self.joined.union(one.index(), other.index());
        for id in [one, other] {
            if let Some(touched) = self.touched.get_mut(id.index()) {
                *touched = true;
            }
        }
    }
}
