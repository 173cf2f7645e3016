//! Architecture decisions: those of `.arch` files and those of a folder of Markdown records, in one list.
//!
//! A record is read as MADR or as Nygard's (adr-tools) form: [`record`] says where each part is looked for. What it affects
//! is looked up in the model, and what it supersedes among the decisions; what is not there is kept as it was written.

mod front;
mod lines;
mod record;
mod reference;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use smol_str::SmolStr;

pub use record::Mistake;
use reference::Directory;

use crate::catalog::Value;
use crate::model::{self, ArchitectureId, ElementId, Lookup, Model, Scope};
use crate::project::Workspace;
use crate::source::Span;
use crate::syntax::ast::{Doc, Path};

/// Where a decision stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Not decided yet.
    Proposed,
    /// It holds.
    Accepted,
    /// Decided against.
    Rejected,
    /// It holds no more.
    Deprecated,
    /// Another one holds in its place.
    Superseded,
}

impl Status {
    /// All of them with their names.
    pub const NAMES: [(&'static str, Status); 5] = [
        ("proposed", Status::Proposed),
        ("accepted", Status::Accepted),
        ("rejected", Status::Rejected),
        ("deprecated", Status::Deprecated),
        ("superseded", Status::Superseded),
    ];

    /// Its name, in lower case.
    pub fn name(self) -> &'static str {
        Status::NAMES.iter().find(|(_, status)| *status == self).map_or("", |(name, _)| name)
    }

    /// The status of a word, in any case; adr-tools writes `Superceded`.
    pub(crate) fn of(word: &str) -> Option<Status> {
        let word = word.to_ascii_lowercase();
        let word = if word == "superceded" { "superseded" } else { word.as_str() };
        Status::NAMES.iter().find(|(name, _)| *name == word).map(|(_, status)| *status)
    }
}

/// An architecture decision.
#[derive(Debug)]
pub struct Decision {
    /// Its name, or that of its file without the extension.
    pub name: SmolStr,
    /// Its number, if it is a file that has one in its name.
    pub number: Option<u64>,
    /// Where it is named: the declaration's name, or the record's title.
    pub name_span: Span,
    /// Its title, or its name.
    pub title: String,
    /// Its status; none if it is missing or not understood, which has its own finding.
    pub status: Option<Status>,
    /// Where the status stands, or else the name.
    pub status_span: Span,
    /// The day of the last change to it.
    pub date: Option<Date>,
    /// What it is about, each thing once.
    pub affects: Vec<Affected>,
    /// The decisions that it takes the place of.
    pub supersedes: Vec<Reference>,
    /// The decisions that it says have taken its place.
    pub superseded_by: Vec<Reference>,
    /// Its text, without title and front matter.
    pub text: Option<Doc>,
    /// The architecture that it is declared in; none of records and at the top of files.
    pub architecture: Option<ArchitectureId>,
    /// The path of the record in the workspace; none of a declaration.
    pub path: Option<String>,
    /// What could not be read in a record.
    pub mistakes: Vec<Mistake>,
}

/// Something that a decision affects.
#[derive(Debug)]
pub struct Affected {
    /// The name as it is written.
    pub name: Path,
    /// What the name means.
    pub meaning: Lookup,
}

/// Another decision that one names.
#[derive(Debug)]
pub struct Reference {
    /// The name, number or path as it is written.
    pub name: Path,
    /// Its position in [`Decisions::all`]; none if there is no such decision.
    pub target: Option<usize>,
}

impl Decision {
    /// The title with the number in front, if there is one.
    pub fn label(&self) -> String {
        match self.number {
            Some(number) => format!("{number}. {}", self.title),
            None => self.title.clone(),
        }
    }

    /// Where names in it are looked up; `None` means from outside of all architectures.
    pub fn scope(&self) -> Option<Scope> {
        self.architecture.map(|architecture| Scope { architecture, group: None })
    }

    /// Whether it holds.
    pub fn is_accepted(&self) -> bool {
        self.status == Some(Status::Accepted)
    }

    /// The elements that it affects.
    pub fn elements(&self) -> impl Iterator<Item = ElementId> {
        self.affects.iter().filter_map(|affected| match affected.meaning {
            Lookup::Element(id) => Some(id),
            _ => None,
        })
    }

    fn of_declaration(declared: &model::Decision) -> Decision {
        let head = &declared.head;
        let status = head.settings.properties.iter().find(|property| property.name == "status");
        let date = match head.settings.get("date") {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        Decision {
            name: head.name.clone(),
            number: None,
            name_span: head.name_span,
            title: head.label().split_whitespace().collect::<Vec<_>>().join(" "),
            status: status.and_then(|property| Status::of(property.value.as_str()?)),
            status_span: status.map_or(head.name_span, |property| property.span),
            date,
            affects: declared.affects.iter().cloned().map(Affected::unknown).collect(),
            supersedes: declared.supersedes.iter().cloned().map(Reference::unknown).collect(),
            superseded_by: Vec::new(),
            text: head.doc.clone(),
            architecture: head.architecture,
            path: None,
            mistakes: Vec::new(),
        }
    }
}

impl Affected {
    fn unknown(name: Path) -> Affected {
        Affected { name, meaning: Lookup::Nothing }
    }
}

impl Reference {
    fn unknown(name: Path) -> Reference {
        Reference { name, target: None }
    }
}

/// All decisions of a workspace.
#[derive(Debug, Default)]
pub struct Decisions {
    /// The records by path, then what is declared: at the top of files, then by architecture and name.
    pub all: Vec<Decision>,
}

impl Decisions {
    /// Reads the records, and binds what all decisions name.
    pub fn of(model: &Model, workspace: &Workspace) -> Decisions {
        let mut decisions = Decisions::as_written(model, workspace);
        for decision in &mut decisions.all {
            // `raw` and `shop.raw` may be one thing.
            let mut named = BTreeSet::new();
            decision.affects.retain(|affected| match affected.meaning {
                Lookup::Element(id) => named.insert((Some(id), None)),
                Lookup::Architecture(id) => named.insert((None, Some(id))),
                Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => true,
            });
        }
        decisions
    }

    /// The same with every name that is written, also where two of one decision mean one thing.
    pub fn as_written(model: &Model, workspace: &Workspace) -> Decisions {
        let sources = &workspace.sources;
        let records = workspace.decisions.iter().map(|id| record::read(*id, sources.file(*id)));
        let mut all: Vec<Decision> = records.collect();
        all.extend(model.decisions.iter().map(Decision::of_declaration));
        let directory = Directory::new(&all, model);
        let mut targets = Vec::with_capacity(all.len());
        for decision in &all {
            let find = |reference: &Reference| directory.find(decision, &reference.name.text);
            let [forward, back] =
                [&decision.supersedes, &decision.superseded_by].map(|all| all.iter().map(find).collect::<Vec<_>>());
            targets.push((forward, back));
        }
        for (decision, (forward, back)) in all.iter_mut().zip(targets) {
            set_targets(&mut decision.supersedes, forward);
            set_targets(&mut decision.superseded_by, back);
            let scope = decision.scope();
            for affected in &mut decision.affects {
                affected.meaning = model.look_up(scope, &affected.name);
            }
        }
        Decisions { all }
    }

    /// Of each decision that others take the place of: those others, whichever of both says so, in their order.
    pub fn successors(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut pairs = Vec::new();
        for (at, decision) in self.all.iter().enumerate() {
            pairs.extend(decision.supersedes.iter().filter_map(|it| Some((it.target?, at))));
            pairs.extend(decision.superseded_by.iter().filter_map(|it| Some((at, it.target?))));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut successors: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (old, new) in pairs {
            successors.entry(old).or_default().push(new);
        }
        successors
    }
}

fn set_targets(references: &mut [Reference], targets: Vec<Option<usize>>) {
    for (reference, target) in references.iter_mut().zip(targets) {
        reference.target = target;
    }
}
