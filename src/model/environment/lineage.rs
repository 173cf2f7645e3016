//! What inherits from what: circles are found and cut, and the rest has an order.

use super::{Change, Environment, Model};
use crate::source::Span;

/// Of each environment: which ones it inherits from, and where it says so.
pub(super) type Parents = Vec<Vec<(usize, Span)>>;

/// A circle of environments, each with the place where it names the next one.
pub(super) type Circle = Vec<(usize, Span)>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the way from where the search began.
    Open,
    Done,
}

/// The search for circles. It keeps its way itself: environments may inherit in longer chains than the stack has room for.
struct Search<'p> {
    parents: &'p mut Parents,
    states: Vec<State>,
    /// Environments that a circle was reported for: one finding for a knot is enough.
    reported: Vec<bool>,
    /// The way from the beginning, each with the number of parents that have been looked at.
    way: Vec<(usize, usize)>,
    circles: Vec<Circle>,
}

/// Takes away what closes circles, and returns them.
pub(super) fn cut_circles(parents: &mut Parents) -> Vec<Circle> {
    let count = parents.len();
    let (states, reported) = (vec![State::New; count], vec![false; count]);
    let mut search = Search { parents, states, reported, way: Vec::new(), circles: Vec::new() };
    for start in 0..count {
        search.run(start);
    }
    search.circles
}

impl Search<'_> {
    fn run(&mut self, start: usize) {
        if self.states.get(start) != Some(&State::New) {
            return;
        }
        self.open(start);
        while let Some((node, seen)) = self.way.last_mut() {
            let (node, at) = (*node, *seen);
            let Some((parent, span)) = self.parents.get(node).and_then(|parents| parents.get(at)).copied() else {
                self.set(node, State::Done);
                self.way.pop();
                continue;
            };
            match self.states.get(parent) {
                Some(State::New) => {
                    *seen += 1;
                    self.open(parent);
                }
                Some(State::Open) => self.cut(node, at, parent, span),
                _ => *seen += 1,
            }
        }
    }

    fn open(&mut self, node: usize) {
        self.set(node, State::Open);
        self.way.push((node, 0));
    }

    fn set(&mut self, node: usize, state: State) {
        if let Some(place) = self.states.get_mut(node) {
            *place = state;
        }
    }

    /// Takes away the step from the end of the way back to one on it.
    fn cut(&mut self, node: usize, at: usize, parent: usize, span: Span) {
        if let Some(parents) = self.parents.get_mut(node) {
            parents.remove(at);
        }
        let is_reported = |node: usize| self.reported.get(node).copied().unwrap_or(false);
        if is_reported(node) || is_reported(parent) {
            return;
        }
        let start = self.way.iter().position(|(it, _)| *it == parent).unwrap_or_default();
        let mut circle: Circle = Vec::new();
        for (node, seen) in self.way.iter().skip(start) {
            // The step that was taken is the last one that was looked at.
            let step = self.parents.get(*node).and_then(|parents| parents.get(seen.checked_sub(1)?));
            circle.push((*node, step.map_or(span, |(_, span)| *span)));
        }
        if let Some(last) = circle.last_mut() {
            last.1 = span;
        }
        for (node, _) in &circle {
            if let Some(reported) = self.reported.get_mut(*node) {
                *reported = true;
            }
        }
        self.circles.push(circle);
    }
}

impl Model {
    /// All changes of an environment, inherited ones first. Within one, what is narrower comes later.
    pub(super) fn changes(&self, environment: &Environment) -> Vec<Change> {
        let mut changes = Vec::new();
        for environment in self.lineage(environment) {
            let start = changes.len();
            changes.extend(environment.parts.iter().flat_map(|part| part.changes.iter().cloned()));
            if let Some(own) = changes.get_mut(start..) {
                own.sort_by_key(|change| change.target.rank());
            }
        }
        changes
    }

    /// An environment after all that it inherits from, each of them once.
    fn lineage<'m>(&'m self, environment: &'m Environment) -> Vec<&'m Environment> {
        let mut order = Vec::new();
        let mut known = vec![false; self.environments.len()];
        let mut way = vec![(environment, environment.is.iter())];
        while let Some((here, parents)) = way.last_mut() {
            let Some(at) = parents.next() else {
                order.push(*here);
                way.pop();
                continue;
            };
            let (Some(parent), Some(known)) = (self.environments.get(*at), known.get_mut(*at)) else { continue };
            if !std::mem::replace(known, true) {
                way.push((parent, parent.is.iter()));
            }
        }
        order
    }
}
