//! Two declarations of one name.

use super::{Action, Changes, Desk, Sort, Task, Work, scenarios};
use crate::diagnostic::Diagnostic;
use crate::ide::rename;
use crate::source::Span;

/// How many names are tried.
const MOST: u32 = 20;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span.written();
    let name = desk.text().get(at.range()).unwrap_or_default();
    if name.is_empty() || name.contains('.') {
        return;
    }
    let title = format!("Give the second `{name}` another name");
    let action = Action::new(title, Sort::QuickFix, Changes::default());
    found.push(Action { mends: vec![index], work: Work::Costly(Task::OtherName(at)), ..action });
}

/// The changes that give what is declared at a place a name like its own that nothing has.
pub(super) fn work_out(desk: &Desk<'_>, at: Span) -> Result<Changes, String> {
    let name = desk.text().get(at.range()).unwrap_or_default();
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = if base.is_empty() { name } else { base };
    let mut refusal = "there is no free name like it".to_owned();
    let known = desk.snapshot.model().known_names(scenarios::scope_of(desk, at));
    let names = (2..MOST).map(|number| format!("{base}{number}"));
    for new in names.filter(|name| !known.contains(&name.as_str())) {
        match rename(desk.snapshot, at.file, at.start as usize, &new) {
            Ok(mut edits) if !edits.is_empty() => {
                // The declaration first, where the user writes a better name.
                edits.sort_by_key(|edit| !edit.span.contains(at));
                let is_only = edits.len() == 1;
                let placeholder = edits.first().and_then(|edit| edit.replacement.find(&new));
                let name = placeholder.map(|at| at..at + new.len());
                let placeholder = name.clone().filter(|_| is_only);
                return Ok(Changes { edits, placeholder, name, ..Changes::default() });
            }
            Ok(_) => {}
            Err(why) => refusal = why,
        }
    }
    Err(refusal)
}
