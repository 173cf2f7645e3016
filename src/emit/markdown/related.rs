//! What else a reader of a page may want to see.

use std::collections::{BTreeMap, BTreeSet};

use super::element::links;
use super::escape::{escape, file, link};
use super::index::topic_title;
use super::page::Page;
use crate::model::{ArchitectureId, EdgeId, Model};

/// Which architectures are tied together by which edges.
pub(super) struct Ties {
    by_architecture: BTreeMap<ArchitectureId, BTreeMap<ArchitectureId, BTreeSet<EdgeId>>>,
}

impl Ties {
    pub(super) fn new(model: &Model) -> Ties {
        let mut ties = Ties { by_architecture: BTreeMap::new() };
        for edge in &model.edges {
            let elements = [edge.from, edge.to].into_iter().chain(edge.carriers.iter().copied());
            let touched: BTreeSet<_> = elements.map(|id| model.element(id).architecture).collect();
            for (one, other) in touched.iter().flat_map(|one| touched.iter().map(move |other| (*one, *other))) {
                if one != other {
                    ties.by_architecture.entry(one).or_default().entry(other).or_default().insert(edge.id);
                }
            }
        }
        ties
    }
}

/// Architectures that share an edge with this one, topics, and links that the architecture names.
pub(super) fn related(page: &Page<'_>) -> Vec<String> {
    let topics = page.options.topics.iter();
    let mut lines: Vec<String> =
        topics.map(|topic| format!("- {}", link(&topic_title(topic), &file(&topic.output_path())))).collect();
    if let Some(others) = page.ties.by_architecture.get(&page.architecture.id) {
        lines.extend(others.iter().map(|(other, edges)| tie(page, *other, edges)));
    }
    lines.extend(links(&page.architecture.settings));
    if lines.is_empty() { Vec::new() } else { vec![lines.join("\n")] }
}

/// Another architecture, and the connections that lead there or come from there.
fn tie(page: &Page<'_>, other: ArchitectureId, edges: &BTreeSet<EdgeId>) -> String {
    let model = page.places.model;
    let edges = edges.iter().map(|edge| {
        let edge = model.edge(*edge);
        let label = |id| escape(&page.places.label(id));
        format!("{} → {}", label(edge.from), label(edge.to))
    });
    let title = link(model.architecture(other).label(), &page.places.page(other));
    format!("- {title}: {}", edges.collect::<Vec<_>>().join(", "))
}
