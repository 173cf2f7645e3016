//! What is wrong with the selectors of views and rules, each finding under the code of what it is about.

use std::collections::BTreeSet;

use crate::catalog::Value;
use crate::diagnostic::Diagnostic;
use crate::model::{Head, Model};
use crate::policy::{Mistake, Policies};
use crate::select::{Selector, Sort};

/// All that is wrong with the selectors of a model.
pub(super) fn mistakes(model: &Model, policies: &Policies<'_>) -> Vec<Diagnostic> {
    let of_views = model.views.iter().flat_map(|view| of_head(model, &view.head));
    let of_rules = policies.mistakes.iter().filter_map(|mistake| match mistake {
        Mistake::Selector(finding) => Some(finding.clone()),
        _ => None,
    });
    let doubts = policies.list.iter().flat_map(|policy| policy.doubts.iter().cloned());
    // What is read twice, such as an exception from clauses of both sorts, is wrong once.
    let mut seen = BTreeSet::new();
    let all = of_views.chain(of_rules).chain(doubts);
    all.filter(|finding| seen.insert((finding.primary.span, finding.message.clone()))).collect()
}

fn of_head(model: &Model, head: &Head) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for property in &head.settings.properties {
        let Value::Selector(written) = &property.value else { continue };
        let selector = Selector::of(model, head.scope(), written, Sort::Elements);
        found.extend(selector.map_or_else(|mistakes| mistakes, |selector| selector.doubts().to_vec()));
    }
    found
}
