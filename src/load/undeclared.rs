//! Everything of a model's loads and quotas that is not known, by the declaration that would make it known.

use std::collections::{BTreeMap, BTreeSet};

use super::transform::ends;
use super::{At, Gap, Known, Loads, Need, NodeLoad};
use crate::catalog::{Direction, KindId, Limit, Missing, Unknown, evaluate_amount, evaluate_truth};
use crate::flow::Basis;
use crate::model::{EdgeId, ElementId, Model, Variety};
use crate::syntax::ast::Arrow;

/// How many connections upstream of a service are asked for the size of what they carry.
const MAX_WAY: usize = 64;

/// A declaration that is missing, and what depends on it.
#[derive(Clone, Debug)]
pub struct Undeclared<'m> {
    /// What to declare.
    pub need: Need,
    /// What would become known, or come closer to it.
    pub hidden: Vec<Hidden<'m>>,
}

/// Something that is not known.
#[derive(Clone, Copy, Debug)]
pub enum Hidden<'m> {
    /// The load of an element.
    Load(ElementId),
    /// How far an element is from a quota.
    Headroom(ElementId, &'m Limit),
}

impl Hidden<'_> {
    /// The element that it is of.
    pub fn element(&self) -> ElementId {
        match self {
            Hidden::Load(id) | Hidden::Headroom(id, _) => *id,
        }
    }
}

/// The missing declarations, in the order of the model, each with the elements in their order, loads first. An element
/// that neither receives nor sends anything misses nothing.
pub fn undeclared<'m>(model: &'m Model, loads: &Loads) -> Vec<Undeclared<'m>> {
    let mut found: BTreeMap<Need, Vec<Hidden<'m>>> = BTreeMap::new();
    let mut note = |gap: &Gap, hidden: Hidden<'m>| {
        for need in gap.needs() {
            found.entry(need.clone()).or_default().push(hidden);
        }
    };
    let sizes = Sizes::new(model, loads);
    for element in &model.elements {
        let mut gap = unknown_load(loads.node(element.id));
        if is_unsized(&loads.node(element.id).received) {
            gap.extend(&sizes.of(element.id, Direction::In));
        }
        note(&gap, Hidden::Load(element.id));
    }
    let mut limits: BTreeMap<KindId, Vec<&'m Limit>> = BTreeMap::new();
    for element in model.elements.iter().filter(|element| element.variety != Variety::Group) {
        let Some(kind) = element.kind else { continue };
        for limit in limits.entry(kind).or_insert_with(|| model.catalog.limits(kind)) {
            if let Some(unknown) = unknown_limit(model, loads, element.id, limit) {
                note(&sizes.gap(element.id, unknown), Hidden::Headroom(element.id, limit));
            }
        }
    }
    found.into_iter().map(|(need, hidden)| Undeclared { need, hidden }).collect()
}

/// What is missing of the load of an element that takes part in any. Side channels do not count: most of them never say how
/// often they fire, and nobody needs to know but the quotas that ask for it.
fn unknown_load(load: &NodeLoad) -> Gap {
    let mut gap = Gap::default();
    let parts = [(&load.received, load.in_edges), (&load.sent, load.out_edges)];
    let taking_part = parts.into_iter().filter(|(_, edges)| *edges > 0);
    for missing in taking_part.filter_map(|(flow, _)| flow.as_ref().err()) {
        gap.extend(missing);
    }
    gap
}

fn unknown_limit(model: &Model, loads: &Loads, id: ElementId, limit: &Limit) -> Option<Unknown> {
    let facts = At::element(model, loads, id);
    if let Some(when) = &limit.when {
        match evaluate_truth(when, &facts) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(unknown) => return Some(unknown),
        }
    }
    [&limit.used, &limit.allowed].into_iter().find_map(|side| evaluate_amount(side, &facts, Basis::Peak).err())
}

/// Where records get their sizes, or do not.
struct Sizes<'m, 'l> {
    model: &'m Model,
    loads: &'l Loads,
    /// The hops that lead to each element.
    arriving: Vec<Vec<(EdgeId, usize)>>,
}

impl<'m, 'l> Sizes<'m, 'l> {
    fn new(model: &'m Model, loads: &'l Loads) -> Sizes<'m, 'l> {
        let mut arriving = vec![Vec::new(); model.elements.len()];
        for edge in &model.edges {
            for (hop, end) in ends(edge).enumerate() {
                if let Some(hops) = arriving.get_mut(end.index()) {
                    hops.push((edge.id, hop));
                }
            }
        }
        Sizes { model, loads, arriving }
    }

    /// What it takes to know what an expression at an element could not.
    fn gap(&self, id: ElementId, unknown: Unknown) -> Gap {
        let load = self.loads.node(id);
        let mut gap = Gap::default();
        let mut flows: BTreeSet<Direction> = BTreeSet::new();
        for missing in unknown.missing {
            match missing {
                Missing::Property(name) => gap.extend(&Gap::of(Need::Property(id, name))),
                Missing::Flow(direction) => drop(flows.insert(direction)),
                Missing::Size(direction) => gap.extend(&self.of(id, direction)),
                Missing::Quotient | Missing::Magnitude => gap.extend(&Gap::of(Need::Magnitude(id))),
            }
        }
        for direction in flows {
            match missing_flow(load, direction) {
                _ if direction == Direction::In && load.in_edges == 0 => gap.extend(&Gap::of(Need::Feeds(id))),
                Some(missing) => gap.extend(missing),
                None => {}
            }
        }
        gap
    }

    /// The nearest edges that give the records that come to an element a rate and no size. All else keeps the size that it
    /// had.
    fn of(&self, id: ElementId, direction: Direction) -> Gap {
        let mut gap = Gap::default();
        let mut seen = BTreeSet::from([id]);
        let mut open = vec![id];
        let mut budget = MAX_WAY;
        while let Some(at) = open.pop() {
            for (edge, hop) in self.arriving.get(at.index()).into_iter().flatten().take(budget) {
                budget -= 1;
                let edge = self.model.edge(*edge);
                let is_side = edge.arrow == Arrow::Side;
                let counts = is_side == (direction == Direction::Side);
                if !counts || !self.loads.edge(edge.id).hops.get(*hop).is_some_and(is_unsized) {
                    continue;
                }
                if is_side || edge.settings.get("rate").is_some() {
                    gap.extend(&Gap::of(Need::Size(edge.id)));
                } else if seen.insert(edge.from) {
                    open.push(edge.from);
                }
            }
        }
        gap
    }
}

fn is_unsized(flow: &Known) -> bool {
    flow.as_ref().is_ok_and(|flow| !flow.has_sizes())
}

fn missing_flow(load: &NodeLoad, direction: Direction) -> Option<&Gap> {
    let flow = match direction {
        Direction::In => &load.received,
        Direction::Side => &load.side,
        Direction::Out => &load.sent,
    };
    flow.as_ref().err()
}
