//! What a limit measures of single elements.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Bound, Breach, Counted, MOST_STEPS, Measure, Way};
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
    let ways = if measure == Measure::PathLength { Ways::from(from, graph) } else { Ways::default() };
    // A boundary connects to nothing itself.
    let is_asked = |id: &ElementId| measure == Measure::Depth || graph.model.element(*id).variety != Variety::Group;
    let breach = |element: ElementId| {
        let (measured, counted) = match measure {
            Measure::PathLength => {
                let steps = ways.steps(element)?;
                (!bound.allows(steps)).then(|| (steps, Counted::Way(ways.to(element))))?
            }
            _ => list(measure, element, graph)?,
        };
        (!bound.allows(measured)).then_some(Breach::Measured { element, measure, bound, measured, counted })
    };
    elements.iter().copied().filter(is_asked).filter_map(breach).collect()
}

/// What a measure counts at an element one by one.
fn list(measure: Measure, element: ElementId, graph: &Graph<'_>) -> Option<(usize, Counted)> {
    let others = |ends: BTreeSet<ElementId>| {
        let ends: Vec<ElementId> = ends.into_iter().filter(|end| *end != element).collect();
        (ends.len(), Counted::Ends(ends))
    };
    match measure {
        Measure::FanIn => {
            let incoming = graph.incoming(element).filter(|hop| hop.arrow != Arrow::Side);
            Some(others(incoming.map(|hop| hop.from).collect()))
        }
        Measure::FanOut => {
            let outgoing = graph.outgoing(element).filter(|hop| hop.arrow != Arrow::Side);
            Some(others(outgoing.map(|hop| hop.to).collect()))
        }
        Measure::Depth => {
            let group_of = |id: &ElementId| graph.model.element(*id).group;
            let mut groups: Vec<ElementId> = std::iter::successors(group_of(&element), group_of).collect();
            groups.reverse();
            Some((groups.len(), Counted::Groups(groups)))
        }
        Measure::Count | Measure::PathLength => None,
    }
}

/// The shortest ways along data and calls from some elements to all others.
#[derive(Default)]
struct Ways {
    reached: BTreeMap<ElementId, Arrival>,
}

/// How an element is reached.
#[derive(Clone, Copy)]
struct Arrival {
    /// The element before it; none where ways begin.
    before: Option<ElementId>,
    start: ElementId,
    steps: usize,
}

impl Ways {
    fn from(starts: BTreeSet<ElementId>, graph: &Graph<'_>) -> Ways {
        let mut queue: VecDeque<(ElementId, Arrival)> =
            starts.into_iter().map(|start| (start, Arrival { before: None, start, steps: 0 })).collect();
        let mut reached: BTreeMap<ElementId, Arrival> = queue.iter().copied().collect();
        while let Some((id, Arrival { start, steps, .. })) = queue.pop_front() {
            for hop in graph.outgoing(id).filter(|hop| hop.arrow != Arrow::Side) {
                reached.entry(hop.to).or_insert_with(|| {
                    let arrival = Arrival { before: Some(id), start, steps: steps + 1 };
                    queue.push_back((hop.to, arrival));
                    arrival
                });
            }
        }
        Ways { reached }
    }

    /// The number of steps to an element; none if no way leads there.
    fn steps(&self, to: ElementId) -> Option<usize> {
        self.reached.get(&to).map(|arrival| arrival.steps)
    }

    fn to(&self, to: ElementId) -> Way {
        let before = |id: &ElementId| self.reached.get(id)?.before;
        let mut end: Vec<ElementId> = std::iter::successors(Some(to), before).take(MOST_STEPS + 2).collect();
        end.reverse();
        Way::new(self.reached.get(&to).map_or(to, |arrival| arrival.start), end)
    }
}
