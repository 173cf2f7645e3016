//! The fix that a finding has of its own.

use super::{Action, Changes};
use crate::diagnostic::Diagnostic;

pub(super) fn offer(index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    // What to put between two services has more than one form.
    let own = finding.fix.as_ref().filter(|_| finding.code != "wiring/unsupported");
    if let Some(fix) = own {
        let action = Action::mending(index, fix.title.clone(), Changes::of(fix.edits.clone()));
        found.push(action.preferred_if(fix.is_sure));
    }
}
