//! Gives something another name, wherever it is written; or says why that cannot be.

mod linked;
mod usage;
mod verify;

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
    let Some(occurrence) = snapshot.names_for(file).at(file, offset) else { return Ok(None) };
    let definition = snapshot.names_for(file).definition(occurrence.definition);
    refuse(snapshot, occurrence, definition)?;
    Ok(Some(Renamable { span: occurrence.span, name: definition.name.to_string() }))
}

/// The edits that give the name at an offset another form, in the order of files and text.
///
/// # Errors
/// Says why it cannot be renamed, or not to this.
pub fn rename(snapshot: &Snapshot, file: FileId, offset: usize, new: &str) -> Result<Vec<Edit>, Refusal> {
    let names = snapshot.names_for(file);
    let occurrence = names.at(file, offset).ok_or("there is no name here")?;
    let definition = names.definition(occurrence.definition);
    refuse(snapshot, occurrence, definition)?;
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
    /// Sorted, and without overlap.
    edits: Vec<Edit>,
    /// The uses of patterns whose `as` comes, goes or stays.
    usages: Vec<Usage>,
}

impl Change {
    fn new(snapshot: &Snapshot, occurrence: Occurrence, new: &str) -> Result<Change, Refusal> {
        let names = snapshot.names();
        let definitions = linked::definitions(snapshot, occurrence.definition)?;
        let definition = names.definition(occurrence.definition);
        let old = definition.name.to_string();
        let mut change = Change {
            declared: definitions.iter().map(|id| names.definition(*id).span).collect(),
            new: new.to_owned(),
            edits: Vec::new(),
            usages: Vec::new(),
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
        if (is_pattern && !occurrence.is_declaration()) || (!is_pattern && occurrence.is_declaration()) {
            let usage = snapshot.tree(span.file).and_then(|tree| usage::at(snapshot, tree, span));
            if let Some(usage) = usage {
                let (name, declared) = match is_pattern {
                    true => (self.new.as_str(), usage.declared.as_str()),
                    false => (usage.name.as_str(), self.new.as_str()),
                };
                self.edits.extend(usage.edits(name, declared));
                self.usages.push(usage);
                return;
            }
        }
        self.edits.push(Edit { span, replacement: self.new.clone() });
    }
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
        Meaning::Lost => Err(format!("`{name}` means nothing as it is declared: mend that first")),
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
