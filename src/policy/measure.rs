//! What a limit measures of single elements.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Bound, Breach, Measure};
use crate::model::{ElementId, Variety};
use crate::select::Graph;
use crate::syntax::ast::Arrow;

/// The elements whose measure a bound does not allow. `from` is where ways begin.
pub(super) fn breaches(
    measure: Measure,
    elements: &BTreeSet<ElementId>,
    from: BTreeSet<ElementId>,
    bound: Bound,
    graph: &Graph<'_>,
) -> Vec<Breach> {
    let ways = if measure == Measure::PathLength { ways(graph, from) } else { BTreeMap::new() };
    let mut found = Vec::new();
    for element in elements.iter().copied() {
        // A boundary connects to nothing itself.
        if measure != Measure::Depth && graph.model.element(element).variety == Variety::Group {
            continue;
        }
        let others = match measure {
            Measure::FanIn => {
                others(element, graph.incoming(element).filter(|hop| hop.arrow != Arrow::Side).map(|hop| hop.from))
            }
            Measure::FanOut => {
                others(element, graph.outgoing(element).filter(|hop| hop.arrow != Arrow::Side).map(|hop| hop.to))
            }
            Measure::Depth => around(graph, element),
            Measure::PathLength => way(&ways, element),
            Measure::Count => continue,
        };
        // The way to an element begins elsewhere, and has one step less than elements; where there is none, nothing is long.
        let measured = match measure {
            Measure::PathLength => match others.len().checked_sub(1) {
                Some(steps) => steps,
                None => continue,
            },
            _ => others.len(),
        };
        if !bound.allows(measured) {
            found.push(Breach::Measured { element, measure, bound, measured, others });
        }
    }
    found
}

/// The other ends of connections, each once.
fn others(element: ElementId, ends: impl Iterator<Item = ElementId>) -> Vec<ElementId> {
    let ends: BTreeSet<ElementId> = ends.filter(|end| *end != element).collect();
    ends.into_iter().collect()
}

/// The groups around an element, from the outermost.
fn around(graph: &Graph<'_>, element: ElementId) -> Vec<ElementId> {
    let group_of = |id: &ElementId| graph.model.element(*id).group;
    let mut groups: Vec<ElementId> = std::iter::successors(group_of(&element), group_of).collect();
    groups.reverse();
    groups
}

/// Of each element that can be reached: the one before it on a shortest way; none where ways begin.
fn ways(graph: &Graph<'_>, from: BTreeSet<ElementId>) -> BTreeMap<ElementId, Option<ElementId>> {
    let mut before: BTreeMap<ElementId, Option<ElementId>> = from.iter().map(|id| (*id, None)).collect();
    let mut queue: VecDeque<ElementId> = from.into_iter().collect();
    while let Some(id) = queue.pop_front() {
        for hop in graph.outgoing(id).filter(|hop| hop.arrow != Arrow::Side) {
            before.entry(hop.to).or_insert_with(|| {
                queue.push_back(hop.to);
                Some(id)
            });
        }
    }
    before
}

/// The way to an element, with its first and last; empty if none leads there.
fn way(before: &BTreeMap<ElementId, Option<ElementId>>, to: ElementId) -> Vec<ElementId> {
    let start = before.contains_key(&to).then_some(to);
    let mut way: Vec<ElementId> = std::iter::successors(start, |id| before.get(id).copied().flatten()).collect();
    way.reverse();
    way
}
