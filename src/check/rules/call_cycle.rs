//! Calls that wait for each other in a circle.

use std::collections::{BTreeMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{ElementId, Hop, Model};
use crate::syntax::ast::Arrow;

pub(in crate::check) const RULE: Rule = Rule {
    code: "call/cycle",
    level: Level::Warning,
    summary: "services call each other in a circle, and each waits for the next",
    documentation: r#"
A call (`=>`) waits for its answer. Where calls lead around in a circle, each service needs all the others to answer: one
slow service stops them all, none can be deployed or started alone, and a retry can multiply on its way around.

```arch bad
architecture shop "Shop" {
  service orders: api
  service payments: api
  service customers: api
  orders => payments => customers => orders
}
```

Turn one of the calls into data that moves on its own (`->`): an event that the other picks up when it can.

```arch good
architecture shop "Shop" {
  service orders: api
  service payments: api
  service customers: api
  orders => payments => customers
  customers -> orders "changes"
}
```
"#,
    check: Check::Model(check),
};

type Calls = DiGraph<ElementId, Hop>;

/// How many elements of a knot of calls are visited in search of its shortest circle. In a large knot, not every member is
/// tried as the start.
const MOST_VISITS: usize = 2_000;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let calls = calls(context.model);
    for knot in kosaraju_scc(&calls).into_iter().filter(|knot| knot.len() > 1) {
        found.extend(shortest_circle(context.model, &calls, knot).and_then(|circle| finding(context.model, &circle)));
    }
}

fn calls(model: &Model) -> Calls {
    let mut calls = Calls::new();
    let mut nodes: BTreeMap<ElementId, NodeIndex> = BTreeMap::new();
    // The graph gives the edges of a node in the reverse order of their adding: the first declared is to be found first.
    for edge in model.edges.iter().rev().filter(|edge| edge.arrow == Arrow::Call) {
        for hop in model.hops(edge).filter(|hop| hop.from != hop.to) {
            let [from, to] = [hop.from, hop.to].map(|id| *nodes.entry(id).or_insert_with(|| calls.add_node(id)));
            calls.add_edge(from, to, hop);
        }
    }
    calls
}

/// The calls of the shortest circle among elements that all reach each other, beginning at the one of the least name.
fn shortest_circle(model: &Model, calls: &Calls, mut knot: Vec<NodeIndex>) -> Option<Vec<Hop>> {
    let path = |node: &NodeIndex| calls.node_weight(*node).map(|id| (model.path(*id), *id));
    knot.sort_by_cached_key(path);
    let starts = (MOST_VISITS / knot.len().max(1)).max(1);
    let mut shortest: Option<Vec<Hop>> = None;
    for start in knot.iter().take(starts) {
        let less_than = shortest.as_ref().map_or(usize::MAX, Vec::len);
        shortest = circle_from(calls, *start, less_than).or(shortest);
    }
    let mut shortest = shortest?;
    let least = (0..shortest.len()).min_by_key(|index| shortest.get(*index).map(|hop| model.path(hop.from)))?;
    shortest.rotate_left(least);
    Some(shortest)
}

/// The calls of a shortest way from an element back to itself, if it has less than so many.
fn circle_from(calls: &Calls, start: NodeIndex, less_than: usize) -> Option<Vec<Hop>> {
    let mut reached_by: BTreeMap<NodeIndex, (NodeIndex, Hop)> = BTreeMap::new();
    let mut waiting = VecDeque::from([(start, 1)]);
    while let Some((node, length)) = waiting.pop_front().filter(|(_, length)| *length < less_than) {
        for edge in calls.edges(node) {
            let next = edge.target();
            if reached_by.contains_key(&next) {
                continue;
            }
            reached_by.insert(next, (node, *edge.weight()));
            if next == start {
                return Some(way_back(&reached_by, start));
            }
            waiting.push_back((next, length + 1));
        }
    }
    None
}

fn way_back(reached_by: &BTreeMap<NodeIndex, (NodeIndex, Hop)>, start: NodeIndex) -> Vec<Hop> {
    let mut circle = Vec::new();
    let mut node = start;
    while let Some((before, hop)) = reached_by.get(&node) {
        circle.push(*hop);
        node = *before;
        if node == start {
            break;
        }
    }
    circle.reverse();
    circle
}

fn finding(model: &Model, circle: &[Hop]) -> Option<Diagnostic> {
    let (first, others) = circle.split_first()?;
    let name = |id| words::name(model, id);
    let mut names: Vec<&str> = circle.iter().map(|hop| name(hop.from)).collect();
    names.push(name(first.from));
    let label = |hop: &Hop| format!("`{}` waits for `{}`", name(hop.from), name(hop.to));
    let mut finding = RULE
        .at(model.edge(first.edge).arrow_span, format!("calls in a circle: `{}`", names.join(" => ")))
        .label(label(first))
        .help("turn one of the calls into data that moves on its own: `a -> b`");
    for hop in others {
        finding = finding.also(model.edge(hop.edge).arrow_span, label(hop));
    }
    Some(finding)
}
