//! Gives something another name, wherever it is written; or says why that cannot be.

mod linked;
mod usage;
mod verify;

use std::collections::BTreeMap;

use super::Snapshot;
use super::names::{Definition, Meaning, Occurrence, Role};
use crate::diagnostic::Edit;
use crate::source::{FileId, Origin, Span};
use crate::syntax;
use crate::syntax::ast::Statement;
use usage::Usage;

/// Why something cannot be renamed, in words.
pub type Refusal = String;

/// What a rename is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamable {
    /// The place of the name.
    pub span: Span,
    /// The name as it is now.
    pub name: String,
}

/// The name at an offset that can be changed; none if there is no name.
///
/// # Errors
/// Says why it cannot be changed.
pub fn prepare_rename(snapshot: &Snapshot, file: FileId, offset: usize) -> Result<Option<Renamable>, Refusal> {
    let names = snapshot.names_for(file);
    let Some(occurrence) = chosen(snapshot, file, offset)? else { return Ok(None) };
    let name = names.definition(occurrence.definition).name.to_string();
    Ok(Some(Renamable { span: occurrence.span, name }))
}

/// The edits that give the name at an offset another form, in the order of files and text.
///
/// # Errors
/// Says why it cannot be renamed, or not to this.
pub fn rename(snapshot: &Snapshot, file: FileId, offset: usize, new: &str) -> Result<Vec<Edit>, Refusal> {
    let names = snapshot.names_for(file);
    let occurrence = chosen(snapshot, file, offset)?.ok_or("there is no name here")?;
    let definition = names.definition(occurrence.definition);
    if definition.name == new {
        return Ok(Vec::new());
    }
    check_form(definition, new)?;
    let change = Change::new(snapshot, occurrence, new)?;
    verify::verify(snapshot, &change)?;
    Ok(change.edits)
}

/// A rename before it is done.
#[derive(Debug)]
struct Change {
    old: String,
    new: String,
    /// Where the name is declared now.
    declared: Vec<Span>,
    /// Whether it is in no model.
    is_lost: bool,
    /// Sorted, and without overlap.
    edits: Vec<Edit>,
    /// The uses of patterns that are touched, by the places where they declare the names of their instances.
    usages: BTreeMap<Span, Usage>,
}

impl Change {
    fn new(snapshot: &Snapshot, occurrence: Occurrence, new: &str) -> Result<Change, Refusal> {
        let names = snapshot.names();
        let definitions = linked::definitions(snapshot, occurrence.definition)?;
        let definition = names.definition(occurrence.definition);
        let old = definition.name.to_string();
        let mut change = Change {
            declared: definitions.iter().map(|id| names.definition(*id).span).collect(),
            is_lost: definition.meaning == Meaning::Lost,
            new: new.to_owned(),
            edits: Vec::new(),
            usages: BTreeMap::new(),
            old,
        };
        for occurrence in linked::occurrences(snapshot, &definitions)? {
            change.occurrence(snapshot, occurrence, definition.meaning);
        }
        change.edits.sort_by_key(|edit| edit.span);
        change.edits.dedup();
        Ok(change)
    }

    fn occurrence(&mut self, snapshot: &Snapshot, occurrence: Occurrence, meaning: Meaning) {
        let span = occurrence.span;
        let is_pattern = meaning == Meaning::Pattern;
        // A name that stands for it in other words, such as the number of a record, is none to change.
        if snapshot.workspace.sources.text(span) != self.old {
            return;
        }
        // A pattern is named by a `use`, an instance declared by it.
        if is_pattern != occurrence.is_declaration() {
            let usage = snapshot.tree(span.file).and_then(|tree| usage::at(snapshot, tree, span));
            if let Some(usage) = usage {
                let (name, declared) = if is_pattern {
                    (self.new.clone(), usage.declared.to_string())
                } else {
                    (usage.name.to_string(), self.new.clone())
                };
                self.edits.extend(usage.edits(&name, &declared));
                let usage = Usage { name: name.into(), declared: declared.into(), ..usage };
                self.usages.insert(usage.alias.unwrap_or(usage.name_span), usage);
                return;
            }
        }
        self.edits.push(Edit { span, replacement: self.new.clone() });
    }
}

/// What is renamed at an offset; none if there is no name. A `use` without `as` has the name of its pattern, and of a pattern
/// that cannot be renamed, the instance is.
fn chosen(snapshot: &Snapshot, file: FileId, offset: usize) -> Result<Option<Occurrence>, Refusal> {
    let names = snapshot.names_for(file);
    let implied = names.all_at(file, offset).iter().find(|it| it.role == Role::Implied).copied();
    let mut refused = Ok(None);
    for occurrence in names.at(file, offset).into_iter().chain(implied) {
        match refuse(snapshot, occurrence, names.definition(occurrence.definition)) {
            Ok(()) => return Ok(Some(occurrence)),
            Err(refusal) => refused = refused.and(Err(refusal)),
        }
    }
    refused
}

/// Refuses what has a name that cannot be changed here.
fn refuse(snapshot: &Snapshot, occurrence: Occurrence, definition: &Definition) -> Result<(), Refusal> {
    let name = &definition.name;
    if occurrence.role == Role::Ambiguous && !matches!(definition.meaning, Meaning::Property(_)) {
        return Err(format!("`{name}` can mean several things here: write the path of the one that is meant"));
    }
    let source = snapshot.workspace.sources.file(definition.span.file);
    if source.origin() == Origin::Catalog {
        return Err(format!("`{name}` ships with archc, and cannot be renamed"));
    }
    match definition.meaning {
        Meaning::Record => Err(format!("a decision record is called like its file: rename `{}`", source.path())),
        _ => Ok(()),
    }
}

/// Refuses what is no name.
fn check_form(definition: &Definition, new: &str) -> Result<(), Refusal> {
    let is_kind = matches!(definition.meaning, Meaning::Kind(_));
    if new.contains('.') && !is_kind && is_path(new) {
        return Err(format!("`{new}` has dots, which stand between the names of a path: write `_` in their place"));
    }
    if is_path(new) {
        return Ok(());
    }
    let form = "a name begins with a letter or `_`, and goes on with letters, digits, `_` and `-` between them";
    Err(format!("`{new}` is no name: {form}"))
}

/// Whether the language reads a text as a name or a path.
fn is_path(text: &str) -> bool {
    let parse = syntax::parse(FileId::default(), &format!("kind {text} {{}}"));
    let [Statement::Declaration(it)] = parse.tree.statements.as_slice() else { return false };
    parse.diagnostics.is_empty() && it.name.as_ref().is_some_and(|name| name.text == text)
}
