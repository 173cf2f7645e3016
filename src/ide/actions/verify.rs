//! Whether a change of form keeps the meaning.

use std::collections::BTreeMap;

use super::Changes;
use crate::analysis::{Analysis, Parses};
use crate::diagnostic::Severity;
use crate::edits::apply;
use crate::ide::Snapshot;
use crate::load::{self, Known};
use crate::model::{Model, Settings};
use crate::source::{FileId, Origin};

/// The changes, if nothing but what they mean to change is different afterwards: no finding comes, and the same elements
/// are connected.
///
/// # Errors
/// Says what would be different.
pub(super) fn verified(snapshot: &Snapshot, changes: Changes) -> Result<Changes, String> {
    let after = after(snapshot, &changes)?;
    if connections(snapshot.model()) != connections(after.model()) {
        return Err("something else would be connected then".to_owned());
    }
    Ok(changes)
}

/// The changes, if they do nothing but bring elements and edges into a new group, given by its full path: all of them are
/// the same afterwards, with what they carry and cost.
///
/// # Errors
/// Says what would be different.
pub(super) fn verified_in(snapshot: &Snapshot, changes: Changes, group: &str) -> Result<Changes, String> {
    let after = after(snapshot, &changes)?;
    let (before, after) = (facts(snapshot, group), facts(&after, group));
    let lost = before.iter().find(|(fact, number)| after.get(*fact) != Some(number));
    let other = lost.or_else(|| after.iter().find(|(fact, number)| before.get(*fact) != Some(number)));
    match other {
        Some(((subject, _), _)) => Err(format!("{subject} would be different then")),
        None => Ok(changes),
    }
}

/// The changes, if everything is the same afterwards, with what it carries and costs.
///
/// # Errors
/// Says what would be different.
pub(super) fn verified_same(snapshot: &Snapshot, changes: Changes) -> Result<Changes, String> {
    // No group has such a path.
    verified_in(snapshot, changes, "\0")
}

/// The changes, if they do nothing but let a service carry an edge: the same are connected, and carry and cost the same.
///
/// # Errors
/// Says what would be different.
pub(super) fn verified_carried(snapshot: &Snapshot, changes: Changes) -> Result<Changes, String> {
    let after = after(snapshot, &changes)?;
    if carried(snapshot) != carried(&after) {
        return Err("something else would move or be paid for then".to_owned());
    }
    Ok(changes)
}

/// What is connected by which hops, what each element is and does, and what all of it costs.
fn carried(snapshot: &Snapshot) -> Vec<String> {
    let (model, loads, costs) = (snapshot.model(), snapshot.loads(), snapshot.bill().by_element());
    let hops = model
        .edges
        .iter()
        .flat_map(|edge| model.hops(edge))
        .map(|hop| format!("{} {} {}", model.full_path(hop.from), hop.arrow.symbol(), model.full_path(hop.to)));
    let elements = model.elements.iter().map(|it| {
        let load = loads.node(it.id);
        let flows: Vec<_> = [&load.received, &load.sent].into_iter().map(|flow| in_words(flow, model)).collect();
        let said = (it.kind, settings(&it.settings), flows, costs.get(&it.id));
        format!("{} {said:?}", model.full_path(it.id))
    });
    let mut all: Vec<String> = hops.chain(elements).collect();
    all.sort();
    all.push(format!("{:?}", snapshot.bill().total()));
    all
}

/// What the workspace is after the changes, if no finding comes.
fn after(snapshot: &Snapshot, changes: &Changes) -> Result<Snapshot, String> {
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
    let parses = Parses::of(&workspace);
    let after = Snapshot::of(workspace, parses, snapshot.today, None);
    match new_finding(&snapshot.analysis, &after.analysis) {
        Some(finding) => Err(format!("something else would be wrong then: {finding}")),
        None => Ok(after),
    }
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

/// What is known of each element and each edge, as the subject and the facts, and how often; as if a group was not there.
fn facts(snapshot: &Snapshot, group: &str) -> BTreeMap<(String, String), usize> {
    let (model, loads, costs) = (snapshot.model(), snapshot.loads(), snapshot.bill().by_element());
    let path = |id| {
        let path = model.full_path(id);
        let holder = group.rfind('.').map_or("", |at| group.get(..at).unwrap_or_default());
        match path.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')) {
            Some(rest) => format!("{holder}.{rest}"),
            None => path,
        }
    };
    let mut facts = BTreeMap::new();
    let mut add = |subject, fact| *facts.entry((subject, fact)).or_insert(0) += 1;
    for it in model.elements.iter().filter(|it| model.full_path(it.id) != group) {
        let kind = it.kind.map(|kind| &model.catalog.kind(kind).name);
        let said = (it.variety, kind, &it.title, it.doc.is_some(), settings(&it.settings));
        let load = loads.node(it.id);
        let flows = [&load.received, &load.side, &load.sent].into_iter().chain(&load.emitted);
        let flows: Vec<_> = flows.map(|flow| in_words(flow, model)).collect();
        let fact = format!("{said:?} {flows:?} {:?}", costs.get(&it.id));
        add(format!("`{}`", path(it.id)), fact);
    }
    for it in &model.edges {
        let carriers: Vec<String> = it.carriers.iter().map(|id| path(*id)).collect();
        let said = (carriers, &it.label, it.doc.is_some(), settings(&it.settings));
        let flows: Vec<_> = loads.edge(it.id).hops.iter().map(|flow| in_words(flow, model)).collect();
        let fact = format!("{said:?} {flows:?}");
        add(format!("`{} {} {}`", path(it.from), it.arrow.symbol(), path(it.to)), fact);
    }
    add("what all costs".to_owned(), format!("{:?}", snapshot.bill().total()));
    facts
}

/// What moves; none if that is not known. The reason for that is told with paths, which change.
fn in_words(flow: &Known, model: &Model) -> Option<String> {
    flow.is_ok().then(|| load::in_words(flow, model))
}

fn settings(settings: &Settings) -> Vec<String> {
    let properties = settings.properties.iter().map(|it| format!("{} = {}", it.name, it.value));
    properties.chain(settings.meta.iter().map(|(key, value)| format!("meta.{key} = {value}"))).collect()
}
