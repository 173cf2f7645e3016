//! What is promised of availability, against what the services that are waited for allow.

use std::collections::BTreeMap;

use petgraph::graph::{DiGraph, NodeIndex};

use super::calls::calls;
use super::facts::amount;
use crate::model::{Element, ElementId, Model, Variety};
use crate::quantity::Amount;

/// How many calls may be followed for each element and call of the model. Where so many services promise something and
/// wait for so many others that this is not enough, the last of them have no outlook.
const STEPS: usize = 32;

/// What a service promises to those who call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The service.
    pub element: ElementId,
    /// The part of the time that it is to be there.
    pub slo: Amount,
    /// What can come of it; none if too much depends on too much to tell.
    pub outlook: Option<Outlook>,
}

/// What the services of a chain of calls can keep together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The service itself and all that it waits for, each once, the nearest first.
    pub chain: Vec<ElementId>,
    /// The product of all availabilities that are known: the chain is there no more than that.
    pub at_most: Amount,
    /// Those of the chain whose availability nobody states.
    pub unknown: Vec<ElementId>,
}

impl Promise {
    /// Whether it cannot be kept, whatever is not known.
    pub fn is_broken(&self) -> bool {
        self.outlook.as_ref().is_some_and(|outlook| outlook.at_most < self.slo)
    }
}

/// The part of the time that an element is there: its own word, or else its kind's.
pub fn availability(model: &Model, id: ElementId) -> Option<Amount> {
    amount(model, model.element(id), "availability")
}

/// All promises, in the order of their declaration.
///
/// An element is there when all that it waits for along calls are, too: the availability of the chain is the product of
/// theirs, each counted once, as if failures had nothing to do with each other.
pub fn promises(model: &Model) -> Vec<Promise> {
    let can_promise = |element: &&Element| !matches!(element.variety, Variety::Group | Variety::Person);
    let slo = |element: &Element| Some((element.id, amount(model, element, "slo")?));
    let promised: Vec<(ElementId, Amount)> = model.elements.iter().filter(can_promise).filter_map(slo).collect();
    if promised.is_empty() {
        return Vec::new();
    }
    let mut search = Search::new(calls(model));
    let promise = |(element, slo)| {
        let outlook = search.chain(element).map(|chain| outlook(model, chain));
        Promise { element, slo, outlook }
    };
    promised.into_iter().map(promise).collect()
}

/// Follows calls as far as they lead, from one element after the other.
struct Search {
    calls: DiGraph<(), ()>,
    /// How many calls may still be followed.
    budget: usize,
    /// Of each element: the number of the last search that came by.
    seen_in: Vec<usize>,
    number: usize,
}

impl Search {
    fn new(calls: DiGraph<(), ()>) -> Search {
        let (nodes, edges) = (calls.node_count(), calls.edge_count());
        Search { calls, budget: STEPS * (nodes + edges), seen_in: vec![0; nodes], number: 0 }
    }

    /// An element and all that it waits for; none if there are no steps left.
    fn chain(&mut self, start: ElementId) -> Option<Vec<ElementId>> {
        self.number += 1;
        let mut chain = vec![NodeIndex::new(start.index())];
        self.is_new(NodeIndex::new(start.index()));
        let mut at = 0;
        while let Some(node) = chain.get(at).copied() {
            at += 1;
            let mut calls = self.calls.neighbors(node).detach();
            while let Some(next) = calls.next_node(&self.calls) {
                self.budget = self.budget.checked_sub(1)?;
                if self.is_new(next) {
                    chain.push(next);
                }
            }
        }
        Some(chain.into_iter().map(|node| ElementId::new(node.index())).collect())
    }

    /// Whether this search has not seen an element before.
    fn is_new(&mut self, node: NodeIndex) -> bool {
        let seen_in = self.seen_in.get_mut(node.index());
        seen_in.is_some_and(|seen_in| std::mem::replace(seen_in, self.number) != self.number)
    }
}

fn outlook(model: &Model, chain: Vec<ElementId>) -> Outlook {
    let mut unknown = Vec::new();
    let mut factors: BTreeMap<Amount, u32> = BTreeMap::new();
    for id in &chain {
        match availability(model, *id) {
            Some(availability) => *factors.entry(availability).or_default() += 1,
            None => unknown.push(*id),
        }
    }
    let product = |product: Amount, (factor, times): (Amount, u32)| times_power(product, factor, times);
    let at_most = factors.into_iter().fold(Amount::ONE, product);
    Outlook { chain, at_most, unknown }
}

/// A product with a power, by squaring. No factor is more than 1, so that nothing grows too large.
fn times_power(mut product: Amount, mut factor: Amount, mut times: u32) -> Amount {
    while times > 0 {
        if times % 2 == 1 {
            product = product.checked_mul(factor).unwrap_or(Amount::ZERO);
        }
        factor = factor.checked_mul(factor).unwrap_or(Amount::ZERO);
        times /= 2;
    }
    product
}
