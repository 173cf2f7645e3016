//! What elements say of themselves, where that needs no load.

use crate::catalog::{Direction, Facts, PropertyFact, Value, evaluate_amount, evaluate_truth};
use crate::flow::{Basis, Flow};
use crate::model::{Element, Model};
use crate::quantity::Amount;

/// The properties of an element, before it is known what moves.
struct Said<'m> {
    model: &'m Model,
    element: &'m Element,
}

impl Facts for Said<'_> {
    fn property(&self, name: &str) -> PropertyFact<'_> {
        self.model.fact(self.element, name)
    }

    fn flow(&self, _: Direction) -> Option<&Flow> {
        None
    }

    fn edges(&self, _: Direction) -> usize {
        0
    }
}

/// Whether a property is known to be `true`.
pub(super) fn is_true(model: &Model, element: &Element, name: &str) -> bool {
    match model.fact(element, name) {
        PropertyFact::Value(value) => *value == Value::Bool(true),
        PropertyFact::Computed(computed) => evaluate_truth(computed, &Said { model, element }) == Ok(true),
        PropertyFact::Unknown => false,
    }
}

/// The amount of a property in base units, if it is known.
pub(super) fn amount(model: &Model, element: &Element, name: &str) -> Option<Amount> {
    match model.fact(element, name) {
        PropertyFact::Value(Value::Quantity(quantity)) => quantity.amount(),
        PropertyFact::Computed(computed) => evaluate_amount(computed, &Said { model, element }, Basis::Mean).ok(),
        PropertyFact::Value(_) | PropertyFact::Unknown => None,
    }
}
