//! All names of a workspace: where each is written, and what it stands for.
//!
//! The trees are walked as they were written, and each name is looked up where it stands; every name of a path on its own.
//! What stands in a pattern means what it means in the first instance of it.

mod bind;
mod body;
mod home;
mod kinds;
mod pattern;
mod records;
mod rules;
mod walk;

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::Snapshot;
use crate::catalog::KindId;
use crate::model::{ArchitectureId, ElementId, Variety};
use crate::source::{FileId, Span};

/// A [`Definition`] of a [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionId(u32);

/// Something that has a name. All instances of a pattern have what the pattern declares in common.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Where its name is declared, in the text as it was written. No two definitions share it.
    pub span: Span,
    /// The name: of a kind with its dots, of everything else the last one of its path.
    pub name: SmolStr,
    /// What it is.
    pub meaning: Meaning,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An architecture of the model.
    Architecture(ArchitectureId),
    /// An element of the model; of what a pattern declares, that of its first instance.
    Element(ElementId),
    /// An element of a pattern that nobody uses, in [`Analysis::templates`](crate::analysis::Analysis::templates).
    Template(ElementId),
    /// An element of an example of a rule, which is in no model.
    Example(Variety),
    /// A kind.
    Kind(KindId),
    /// A property that a kind declares.
    Property(KindId),
    /// A pattern.
    Pattern,
    /// A parameter of a pattern; whether it stands for an element.
    Parameter(bool),
    /// A view, by its position in the model; and so the next three.
    View(usize),
    /// A scenario.
    Scenario(usize),
    /// A rule of the team's own.
    Rule(usize),
    /// A decision in an `.arch` file.
    Decision(usize),
    /// A decision record in Markdown.
    Record,
    /// An environment, by its position in the model.
    Environment(usize),
    /// Something that is in no model: another one has taken its name, or it stands where it cannot.
    Lost,
}

/// What a place does with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It declares it.
    Declaration,
    /// It is a `use` without `as`, which declares a group of the pattern's name.
    Implied,
    /// It says something of what is declared elsewhere: `extend`, an environment.
    Change,
    /// It means it.
    Reference,
    /// It may mean it, or something else of the same name.
    Ambiguous,
}

/// A place where a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The name alone, without the path around it, in the text as it was written.
    pub span: Span,
    /// What it stands for.
    pub definition: DefinitionId,
    /// What the place does with it.
    pub role: Role,
}

impl Occurrence {
    /// Whether it declares what it names.
    pub fn is_declaration(&self) -> bool {
        matches!(self.role, Role::Declaration | Role::Implied)
    }
}

/// The names of a workspace.
#[derive(Debug, Default)]
pub struct Names {
    definitions: Vec<Definition>,
    /// By definition, and there by place.
    by_definition: Vec<Occurrence>,
    /// By file, and there by place.
    by_file: BTreeMap<FileId, Vec<Occurrence>>,
}

impl Names {
    /// Gathers the names of a workspace's files.
    pub fn of(snapshot: &Snapshot) -> Names {
        walk::names(snapshot, false)
    }

    /// The same with those of the catalog that ships.
    pub fn with_catalog(snapshot: &Snapshot) -> Names {
        walk::names(snapshot, true)
    }

    fn new(definitions: Vec<Definition>, mut occurrences: Vec<Occurrence>) -> Names {
        occurrences.sort_unstable_by_key(|it| (it.span, it.role, it.definition));
        occurrences.dedup_by_key(|it| (it.span, it.definition));
        let mut by_file: BTreeMap<FileId, Vec<Occurrence>> = BTreeMap::new();
        for of_file in occurrences.chunk_by(|a, b| a.span.file == b.span.file) {
            by_file.extend(of_file.first().map(|first| (first.span.file, of_file.to_vec())));
        }
        occurrences.sort_by_key(|it| it.definition);
        Names { definitions, by_definition: occurrences, by_file }
    }

    /// What a name stands for.
    #[expect(clippy::indexing_slicing, reason = "ids are made for this list, and nothing is removed")]
    pub fn definition(&self, id: DefinitionId) -> &Definition {
        &self.definitions[id.0 as usize]
    }

    /// All that has a name, in the order in which it was met.
    pub fn definitions(&self) -> impl Iterator<Item = (DefinitionId, &Definition)> {
        (0..).map(DefinitionId).zip(&self.definitions)
    }

    /// Where a name is written, by file and place.
    pub fn occurrences(&self, id: DefinitionId) -> &[Occurrence] {
        let start = self.by_definition.partition_point(|it| it.definition < id);
        let end = self.by_definition.partition_point(|it| it.definition <= id);
        self.by_definition.get(start..end).unwrap_or_default()
    }

    /// The names in a file, in the order of its text.
    pub fn in_file(&self, file: FileId) -> &[Occurrence] {
        self.by_file.get(&file.written()).map_or(&[], Vec::as_slice)
    }

    /// The name at an offset, or that ends there. Of a `use` without `as`, it is that of the pattern.
    pub fn at(&self, file: FileId, offset: usize) -> Option<Occurrence> {
        self.all_at(file, offset).iter().find(|it| it.role != Role::Implied).copied()
    }

    /// All that the name at an offset may stand for.
    pub fn all_at(&self, file: FileId, offset: usize) -> &[Occurrence] {
        let all = self.in_file(file);
        let Ok(offset) = u32::try_from(offset) else { return &[] };
        let after = all.partition_point(|it| it.span.start <= offset);
        let before = all.get(..after).unwrap_or_default();
        let Some(last) = before.last() else { return &[] };
        // A name that begins at the offset is meant rather than one that ends there: names do not overlap.
        let first = before.partition_point(|it| it.span < last.span);
        let found = before.get(first..).unwrap_or_default();
        if offset <= last.span.end { found } else { &[] }
    }

    /// The definition whose name is declared at a place.
    pub fn declared_at(&self, span: Span) -> Option<DefinitionId> {
        let all = self.in_file(span.file);
        let span = span.written();
        let at = all.partition_point(|it| it.span < span);
        let found = all.get(at..).unwrap_or_default().iter().take_while(|it| it.span == span);
        found.filter(|it| it.is_declaration()).map(|it| it.definition).next()
    }
}

impl Snapshot {
    /// All names of the workspace.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self))
    }

    /// The names for who looks at a file: those of the catalog that ships are among them for who looks at one of its files.
    pub fn names_for(&self, file: FileId) -> &Names {
        if self.workspace.catalog.contains(&file.written()) {
            return self.all_names.get_or_init(|| Names::with_catalog(self));
        }
        self.names()
    }
}
