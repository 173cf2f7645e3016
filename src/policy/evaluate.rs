//! What in a model breaks a rule.

use std::collections::BTreeSet;

use super::{Bound, Breach, Clause, Demand, MOST_STEPS, Measure, Selected, Trail, Violation, Way, measure};
use crate::model::{ElementId, Hop, Variety};
use crate::select::{Graph, Lineage, Move, Selector, Sort};

/// What breaks a clause.
pub(super) fn violations(clause: &Clause, graph: &Graph<'_>) -> Vec<Violation> {
    let breaches = match &clause.demand {
        Demand::Deny(selector) => denied(clause, selector, graph),
        Demand::Exists(selector) => exists(clause, selector, graph).into_iter().collect(),
        Demand::Each { starts, hops } => unconnected(clause, starts, hops, graph),
        Demand::Limit { measure: Measure::Count, of, bound, .. } => count(clause, of, *bound, graph),
        Demand::Limit { measure, of, from, bound } => {
            let elements = elements(clause, of, graph);
            let from = from.as_ref().map(|from| from.elements(graph)).unwrap_or_default();
            measure::breaches(*measure, &elements, from, *bound, graph)
        }
    };
    breaches.into_iter().map(|breach| Violation { clause: clause.span, breach }).collect()
}

fn denied(clause: &Clause, selector: &Selector, graph: &Graph<'_>) -> Vec<Breach> {
    let lineage = selector.class().map(|class| (class, graph.lineage(class)));
    let moves = selector.moves(graph);
    let trail = |what: Selected| {
        let (class, lineage) = lineage.as_ref()?;
        let way = match what {
            Selected::Element(id) => Way::new(lineage.start(id)?, lineage.path(id, MOST_STEPS + 2)),
            // With the arrow comes before back against it.
            Selected::Hop(hop) => {
                let along = moves.range(Move { hop, is_answer: false }..).next();
                way_along(lineage, *along.filter(|way| way.hop == hop)?)
            }
        };
        Some(Trail { class: (*class).clone(), way })
    };
    let all = selected(clause, selector, graph);
    all.into_iter().map(|what| Breach::Denied { what, trail: trail(what) }).collect()
}

/// The way of data along a connection, from where it is declared.
fn way_along(lineage: &Lineage, way: Move) -> Way {
    let mut path = lineage.path(way.from(), MOST_STEPS + 2);
    if path.is_empty() {
        path.push(way.from());
    }
    path.push(way.to());
    Way::new(lineage.start(way.from()).unwrap_or(way.from()), path)
}

fn exists(clause: &Clause, selector: &Selector, graph: &Graph<'_>) -> Option<Breach> {
    // Where there is no architecture, there is nothing to ask for.
    let is_empty = !graph.model.architectures.is_empty() && selected(clause, selector, graph).is_empty();
    is_empty.then_some(Breach::Nothing)
}

fn unconnected(clause: &Clause, starts: &Selector, hops: &Selector, graph: &Graph<'_>) -> Vec<Breach> {
    let connected: BTreeSet<ElementId> = hops.hops(graph).into_iter().map(|hop| hop.from).collect();
    let elements = elements(clause, starts, graph).into_iter();
    // A boundary connects to nothing itself.
    let asked = elements.filter(|id| graph.model.element(*id).variety != Variety::Group);
    asked.filter(|id| !connected.contains(id)).map(Breach::Unconnected).collect()
}

fn count(clause: &Clause, of: &Selector, bound: Bound, graph: &Graph<'_>) -> Vec<Breach> {
    let counted = selected(clause, of, graph);
    if bound.allows(counted.len()) { Vec::new() } else { vec![Breach::Count { bound, counted }] }
}

/// What a selector of the clause selects, without what is excepted.
fn selected(clause: &Clause, selector: &Selector, graph: &Graph<'_>) -> Vec<Selected> {
    match selector.sort() {
        Sort::Elements => elements(clause, selector, graph).into_iter().map(Selected::Element).collect(),
        Sort::Hops => hops(clause, selector, graph).into_iter().map(Selected::Hop).collect(),
    }
}

fn elements(clause: &Clause, selector: &Selector, graph: &Graph<'_>) -> BTreeSet<ElementId> {
    let all = selector.elements(graph);
    match &clause.except {
        Some(except) => &all - &except.elements(graph),
        None => all,
    }
}

/// The connections of a selector. Those that start or end at an excepted element are left out.
fn hops(clause: &Clause, selector: &Selector, graph: &Graph<'_>) -> BTreeSet<Hop> {
    let mut all = selector.hops(graph);
    match &clause.except {
        Some(except) if except.sort() == Sort::Hops => &all - &except.excepted(graph),
        Some(except) => {
            let ends = except.elements(graph);
            all.retain(|hop| !ends.contains(&hop.from) && !ends.contains(&hop.to));
            all
        }
        None => all,
    }
}
