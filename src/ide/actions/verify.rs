//! Whether a change of form keeps the meaning.

use std::collections::BTreeMap;

use super::Changes;
use crate::analysis::{self, Analysis, Parses};
use crate::diagnostic::Severity;
use crate::edits::apply;
use crate::ide::Snapshot;
use crate::model::Model;
use crate::source::{FileId, Origin};

/// The changes, if nothing but what they mean to change is different afterwards: no finding comes, and the same elements
/// are connected.
///
/// # Errors
/// Says what would be different.
pub(super) fn verified(snapshot: &Snapshot, changes: Changes) -> Result<Changes, String> {
    let mut workspace = snapshot.workspace.clone();
    let mut by_file: BTreeMap<FileId, Vec<_>> = BTreeMap::new();
    for edit in &changes.edits {
        by_file.entry(edit.span.file).or_default().push(edit);
    }
    for (file, edits) in by_file {
        let text = apply(snapshot.text(file), edits).ok_or("its parts are in each other's way")?;
        workspace.sources.replace(file, text);
    }
    for (path, text) in &changes.files {
        let file = workspace.sources.add(path.clone(), text.clone(), Origin::Workspace);
        workspace.files.push(file);
    }
    let after = analysis::analyse_parses(&workspace, &Parses::of(&workspace), snapshot.today, None);
    if let Some(finding) = new_finding(&snapshot.analysis, &after) {
        return Err(format!("something else would be wrong then: {finding}"));
    }
    if connections(snapshot.model()) != connections(&after.model) {
        return Err("something else would be connected then".to_owned());
    }
    Ok(changes)
}

/// The first finding of more weight than a note that was not there before.
fn new_finding(before: &Analysis, after: &Analysis) -> Option<String> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &before.diagnostics {
        *known.entry(&finding.code).or_default() += 1;
    }
    let serious = after.diagnostics.iter().filter(|finding| finding.severity > Severity::Note);
    for finding in serious {
        match known.get_mut(finding.code.as_ref()) {
            Some(number) if *number > 0 => *number -= 1,
            _ => return Some(finding.message.clone()),
        }
    }
    None
}

/// Which elements are connected, by names that do not tell where they stand.
fn connections(model: &Model) -> Vec<(String, &'static str, String, usize)> {
    let name = |id| {
        let element = model.element(id);
        format!("{}.{}", model.architecture(element.architecture).name, element.name)
    };
    let edge = |edge: &crate::model::Edge| (name(edge.from), edge.arrow.symbol(), name(edge.to), edge.carriers.len());
    let mut all: Vec<_> = model.edges.iter().map(edge).collect();
    all.sort();
    all
}
