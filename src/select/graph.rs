//! The connections of a model by their ends.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use smol_str::SmolStr;

use super::Way;
use super::lineage::{Lineage, lineage};
use crate::model::{ElementId, Hop, Model};
use crate::syntax::ast::Arrow;

/// A model with the connections of each element, made once for many selectors.
#[derive(Debug)]
pub struct Graph<'m> {
    /// The model.
    pub model: &'m Model,
    hops: Vec<Hop>,
    outgoing: Vec<Vec<usize>>,
    incoming: Vec<Vec<usize>>,
    /// Of each group: what stands directly in it, carriers among them.
    contents: Vec<Vec<ElementId>>,
    /// Of each class that somebody asked about: where its data is.
    lineages: RefCell<BTreeMap<SmolStr, Rc<Lineage>>>,
}

impl<'m> Graph<'m> {
    /// Collects the connections of all edges and their carriers.
    pub fn new(model: &'m Model) -> Graph<'m> {
        let hops: Vec<Hop> = model.edges.iter().flat_map(|edge| model.hops(edge)).collect();
        let mut outgoing = vec![Vec::new(); model.elements.len()];
        let mut incoming = outgoing.clone();
        for (at, hop) in hops.iter().enumerate() {
            if let Some(list) = outgoing.get_mut(hop.from.index()) {
                list.push(at);
            }
            if let Some(list) = incoming.get_mut(hop.to.index()) {
                list.push(at);
            }
        }
        let mut contents = vec![Vec::new(); model.elements.len()];
        for element in &model.elements {
            if let Some(list) = element.group.and_then(|group| contents.get_mut(group.index())) {
                list.push(element.id);
            }
        }
        Graph { model, hops, outgoing, incoming, contents, lineages: RefCell::default() }
    }

    /// All connections, in the order of the edges.
    pub fn hops(&self) -> &[Hop] {
        &self.hops
    }

    /// The connections that start at an element.
    pub fn outgoing(&self, id: ElementId) -> impl Iterator<Item = Hop> + '_ {
        self.at(&self.outgoing, id)
    }

    /// The connections that lead to an element.
    pub fn incoming(&self, id: ElementId) -> impl Iterator<Item = Hop> + '_ {
        self.at(&self.incoming, id)
    }

    fn at<'g>(&'g self, lists: &'g [Vec<usize>], id: ElementId) -> impl Iterator<Item = Hop> + 'g {
        lists.get(id.index()).into_iter().flatten().filter_map(|at| self.hops.get(*at).copied())
    }

    /// An element, and all that it holds if it is a group: carriers, too, which are no members of it.
    pub fn with_contents(&self, id: ElementId) -> Vec<ElementId> {
        let mut all = vec![id];
        let mut at = 0;
        while let Some(id) = all.get(at).copied() {
            all.extend(self.contents.get(id.index()).into_iter().flatten());
            at += 1;
        }
        all
    }

    /// Where data of a class is, followed once for all who ask.
    pub fn lineage(&self, class: &SmolStr) -> Rc<Lineage> {
        if let Some(known) = self.lineages.borrow().get(class) {
            return Rc::clone(known);
        }
        let followed = Rc::new(lineage(self, class));
        self.lineages.borrow_mut().insert(class.clone(), Rc::clone(&followed));
        followed
    }

    /// The set and what can be reached from it in so many steps, or in any number.
    pub(super) fn reach(&self, from: BTreeSet<ElementId>, way: Way, steps: Option<usize>) -> BTreeSet<ElementId> {
        let mut queue: VecDeque<(ElementId, usize)> = from.iter().map(|id| (*id, 0)).collect();
        let mut reached = from;
        while let Some((id, distance)) = queue.pop_front() {
            if steps.is_some_and(|steps| distance >= steps) {
                continue;
            }
            for next in self.neighbors(id, way) {
                if reached.insert(next) {
                    queue.push_back((next, distance + 1));
                }
            }
        }
        reached
    }

    fn neighbors(&self, id: ElementId, way: Way) -> Vec<ElementId> {
        let follows = |hop: &Hop| way == Way::Around || hop.arrow != Arrow::Side;
        let mut next = Vec::new();
        if way != Way::Up {
            next.extend(self.outgoing(id).filter(follows).map(|hop| hop.to));
        }
        if way != Way::Down {
            next.extend(self.incoming(id).filter(follows).map(|hop| hop.from));
        }
        next
    }
}
