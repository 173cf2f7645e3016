//! What is wrong with the selectors of views and rules, each finding under the code of what it is about.

use crate::catalog::Value;
use crate::diagnostic::Diagnostic;
use crate::model::{Head, Model};
use crate::select::{Selector, Sort};

/// All that is wrong with the selectors of a model.
pub(super) fn mistakes(model: &Model) -> Vec<Diagnostic> {
    let views = model.views.iter().map(|view| (&view.head, Some(Sort::Elements)));
    let rules = model.rules.iter().map(|rule| (&rule.head, None));
    views.chain(rules).flat_map(|(head, sort)| of_head(model, head, sort)).collect()
}

fn of_head(model: &Model, head: &Head, sort: Option<Sort>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for property in head.settings.properties.iter().filter(|property| property.name != LIMIT) {
        let Value::Selector(written) = &property.value else { continue };
        let selector = match sort {
            Some(sort) => Selector::of(model, head.scope(), written, sort),
            None => Selector::new(model, head.scope(), written),
        };
        found.extend(selector.err().unwrap_or_default());
    }
    found
}

/// The property whose value compares a measure of selectors, and is none itself.
const LIMIT: &str = "limit";
