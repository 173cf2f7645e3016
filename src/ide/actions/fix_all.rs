//! All sure fixes of a file.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::edits;
use crate::ide::Snapshot;
use crate::repair::repair;
use crate::source::FileId;

/// What makes all sure fixes of a file that change nothing but it.
pub fn fix_all(snapshot: &Snapshot, file: FileId) -> Vec<Edit> {
    let wanted = |_: &Diagnostic, fix: &Fix| fix.is_sure && fix.edits.iter().all(|edit| edit.span.file == file);
    let has_any = snapshot
        .analysis
        .diagnostics
        .iter()
        .any(|finding| finding.fix.as_ref().is_some_and(|fix| wanted(finding, fix)));
    if !has_any {
        return Vec::new();
    }
    let repaired = repair(snapshot.workspace.clone(), snapshot.parses.clone(), snapshot.today, &wanted);
    edits::between(file, snapshot.text(file), repaired.workspace.sources.file(file).text())
}
