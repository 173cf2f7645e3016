//! What the value of an expression came from at one service, where expressions decide what they read: `default(storage, …)`
//! asks for the rest only where nobody gives `storage`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::{Direction, Facts, PropertyFact};
use crate::flow::Flow;

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Properties, whether they are given or not.
    pub properties: BTreeSet<SmolStr>,
    /// Flows, or how many edges they have.
    pub flows: BTreeSet<Direction>,
}

/// Facts that remember what they were asked for.
pub struct Watched<'a> {
    facts: &'a dyn Facts,
    asked: RefCell<Asked>,
}

impl<'a> Watched<'a> {
    /// Nothing was asked for yet.
    pub fn new(facts: &'a dyn Facts) -> Watched<'a> {
        Watched { facts, asked: RefCell::default() }
    }

    /// What was asked for.
    pub fn asked(self) -> Asked {
        self.asked.into_inner()
    }
}

impl Facts for Watched<'_> {
    fn property(&self, name: &str) -> PropertyFact<'_> {
        self.asked.borrow_mut().properties.insert(name.into());
        self.facts.property(name)
    }

    fn flow(&self, direction: Direction) -> Option<&Flow> {
        self.asked.borrow_mut().flows.insert(direction);
        self.facts.flow(direction)
    }

    fn edges(&self, direction: Direction) -> usize {
        self.asked.borrow_mut().flows.insert(direction);
        self.facts.edges(direction)
    }
}
