//! What has to be renamed together: a property, and those of the same name that kinds declare anew which inherit it.

use super::Refusal;
use crate::catalog::KindId;
use crate::ide::Snapshot;
use crate::ide::names::{DefinitionId, Meaning, Occurrence, Role};
use crate::source::Origin;

/// The definitions that share a name by being one thing.
///
/// # Errors
/// If one of them ships with the compiler.
pub(super) fn definitions(snapshot: &Snapshot, id: DefinitionId) -> Result<Vec<DefinitionId>, Refusal> {
    let names = snapshot.names();
    let definition = names.definition(id);
    let Meaning::Property(kind) = definition.meaning else { return Ok(vec![id]) };
    let catalog = &snapshot.model().catalog;
    let declares = |kind: KindId| catalog.kind(kind).properties.iter().find(|it| it.name == definition.name);
    let root = catalog.ancestry(kind).filter(|kind| declares(kind.id).is_some()).last().map_or(kind, |kind| kind.id);
    let family = catalog.kinds().filter(|it| catalog.is_a(it.id, root)).filter_map(|it| declares(it.id));
    let places: Vec<_> = family.map(|spec| spec.name_span).collect();
    let is_shipped = |file| snapshot.workspace.sources.file(file).origin() == Origin::Catalog;
    if places.iter().any(|span| is_shipped(span.file)) {
        let name = &definition.name;
        return Err(format!("`{name}` is a property that ships with archc, and only declared anew here"));
    }
    Ok(names.definitions().filter(|(_, it)| places.contains(&it.span)).map(|(id, _)| id).collect())
}

/// The places where they are written, without those where something else may be meant.
///
/// # Errors
/// If a place means them and others of the same name at once.
pub(super) fn occurrences(snapshot: &Snapshot, definitions: &[DefinitionId]) -> Result<Vec<Occurrence>, Refusal> {
    let names = snapshot.names();
    let mut found = Vec::new();
    for occurrence in definitions.iter().flat_map(|id| names.occurrences(*id)) {
        if occurrence.role == Role::Ambiguous {
            let definition = names.definition(occurrence.definition);
            let all = names.all_at(occurrence.span.file, occurrence.span.range().start);
            if all.iter().all(|it| definitions.contains(&it.definition)) {
                found.push(Occurrence { role: Role::Reference, ..*occurrence });
            } else if matches!(definition.meaning, Meaning::Property(_)) {
                let at = snapshot.workspace.sources.line_column(occurrence.span);
                let path = snapshot.workspace.sources.file(occurrence.span.file).path();
                let name = &definition.name;
                return Err(format!("`{name}` in {path}, line {} is also a property of other kinds", at.line));
            }
            continue;
        }
        found.push(*occurrence);
    }
    Ok(found)
}
