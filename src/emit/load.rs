//! Loads and headrooms, for people and for programs.

pub mod sheet;
pub mod words;

pub use sheet::{Selection, Sheet};

use std::collections::BTreeMap;

use crate::load::{self, Capacity, Growth, Loads, Undeclared};
use crate::model::{ElementId, Model};
use crate::quantity::Amount;

/// All that there is to say of a model's load.
#[derive(Debug)]
pub struct Survey<'m> {
    /// The model.
    pub model: &'m Model,
    /// What moves where.
    pub loads: Loads,
    /// The quotas, those closest to being exceeded first.
    pub capacities: Vec<Capacity<'m>>,
    /// What is not known, by what to declare.
    pub undeclared: Vec<Undeclared<'m>>,
    /// Of each element: which of the quotas it is closest to.
    nearest: BTreeMap<ElementId, usize>,
}

impl<'m> Survey<'m> {
    /// Computes the loads of a model, and what follows from them.
    pub fn new(model: &'m Model) -> Survey<'m> {
        Survey::of(model, load::load(model, Amount::ONE))
    }

    /// What follows from the loads of a model.
    pub fn of(model: &'m Model, loads: Loads) -> Survey<'m> {
        let capacities = load::capacities(model, &loads);
        let undeclared = load::undeclared(model, &loads);
        let mut nearest = BTreeMap::new();
        for (at, capacity) in capacities.iter().enumerate() {
            for user in &capacity.users {
                nearest.entry(*user).or_insert(at);
            }
        }
        Survey { model, loads, capacities, undeclared, nearest }
    }

    /// The quota that an element is closest to.
    pub fn nearest(&self, id: ElementId) -> Option<&Capacity<'m>> {
        self.nearest.get(&id).and_then(|at| self.capacities.get(*at))
    }

    /// How far the load can grow before the first quota breaks.
    pub fn growth(&self) -> Option<Growth> {
        load::growth(self.model, &self.capacities)
    }
}

/// The survey as JSON, as `schemas/load.schema.json` describes it. Ends with a line break.
pub fn json(survey: &Survey<'_>, selection: Selection, assumptions: BTreeMap<String, String>) -> String {
    crate::emit::to_json(&Sheet::new(survey, selection, assumptions))
}
