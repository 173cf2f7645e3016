//! Declarations that are no elements: views, scenarios, rules and decisions.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use smol_str::SmolStr;

use super::resolve::Resolver;
use super::{ArchitectureId, Model, Owner, Problem, Scope, Settings};
use crate::source::Span;
use crate::syntax::ast::{self, Declaration, Doc, Keyword, Path, Statement, ValueKind};

/// What a view, a scenario, a rule and a decision have in common.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its name, unique among those of its sort in the same place; of a rule, in the workspace.
    pub name: SmolStr,
    /// Where the name is declared.
    pub name_span: Span,
    /// Its title, if it has one.
    pub title: Option<SmolStr>,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// The architecture that it stands in; none at the top of a file.
    pub architecture: Option<ArchitectureId>,
    /// Its properties and free facts.
    pub settings: Settings,
    /// Where the whole declaration stands.
    pub span: Span,
}

impl Head {
    /// The title, or the name.
    pub fn label(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.name)
    }

    /// Where names in its properties are looked up; `None` means from outside of all architectures.
    pub fn scope(&self) -> Option<Scope> {
        self.architecture.map(|architecture| Scope { architecture, group: None })
    }
}

/// A diagram of a selection. What it shows stands in its properties.
#[derive(Clone, Debug)]
pub struct View {
    /// Name, title, place and properties.
    pub head: Head,
}

/// Steps along edges.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name, title, place and properties.
    pub head: Head,
    /// Its steps as written.
    pub statements: Vec<Statement>,
}

/// A policy of the team's own.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Name, title, place and properties.
    pub head: Head,
    /// What it is tried on.
    pub examples: Vec<Declaration>,
}

/// An architecture decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Name, title, place and properties.
    pub head: Head,
    /// The names in `affects`, each with its place.
    pub affects: Vec<Path>,
    /// The names in `supersedes`, each with its place.
    pub supersedes: Vec<Path>,
}

/// A declaration of one of these, and the architecture that it stands in.
pub(super) struct PendingHead<'f> {
    pub(super) architecture: Option<ArchitectureId>,
    pub(super) declaration: &'f Declaration,
}

/// Whether a keyword declares one of these.
pub(super) fn has_head(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::View | Keyword::Scenario | Keyword::Rule | Keyword::Decision)
}

impl<'f> Resolver<'f> {
    /// Takes in views, scenarios, rules and decisions: those at the top of files first, then by architecture, and in the
    /// order of their names, so that nothing depends on the files that they stand in.
    pub(super) fn heads(&mut self) {
        let mut pending = std::mem::take(&mut self.pending_heads);
        pending.sort_by_key(|it| {
            let declaration = it.declaration;
            (declaration.keyword, it.architecture, declaration.name.as_ref().map(|name| name.text.clone()))
        });
        let mut declared: BTreeMap<(Keyword, Option<ArchitectureId>, SmolStr), Span> = BTreeMap::new();
        for PendingHead { architecture, declaration } in pending {
            let keyword = declaration.keyword;
            self.suppressions(&declaration.preamble, declaration.span);
            let Some(head) = self.head(architecture, declaration) else { continue };
            // A rule gives its findings their code, whatever it stands in.
            let home = architecture.filter(|_| keyword != Keyword::Rule);
            match declared.entry((keyword, home, head.name.clone())) {
                Entry::Vacant(entry) => {
                    entry.insert(head.name_span);
                    self.add_head(head, declaration);
                }
                Entry::Occupied(entry) => {
                    let (name, what, first) = (head.name, keyword.word(), *entry.get());
                    self.problem(Problem::DuplicateName { name, what, first, second: head.name_span });
                }
            }
        }
    }

    fn add_head(&mut self, head: Head, declaration: &'f Declaration) {
        let others = || declaration.statements().iter().filter(|statement| !is_setting(statement));
        match declaration.keyword {
            Keyword::Scenario => {
                self.model.scenarios.push(Scenario { head, statements: others().cloned().collect() });
            }
            Keyword::Rule => {
                let example = |statement: &Statement| match statement {
                    Statement::Declaration(it) if it.keyword == Keyword::Example => Some(it.as_ref().clone()),
                    _ => None,
                };
                let examples: Vec<Declaration> = others().filter_map(example).collect();
                for example in &examples {
                    self.instances_in(example.statements());
                }
                self.model.rules.push(Rule { head, examples });
            }
            Keyword::Decision => {
                let [affects, supersedes] = ["affects", "supersedes"].map(|key| names_in(declaration, key));
                self.model.decisions.push(Decision { head, affects, supersedes });
            }
            _ => self.model.views.push(View { head }),
        }
    }

    /// The head of a declaration. Of one without a name, which the parser has reported, nothing but its mistakes counts.
    fn head(&mut self, architecture: Option<ArchitectureId>, declaration: &'f Declaration) -> Option<Head> {
        let keyword = declaration.keyword;
        let kind = self.model.catalog.find(keyword.word());
        let mut settings = Settings::default();
        for statement in declaration.statements() {
            match statement {
                Statement::Property(_) | Statement::Section(_) => self.setting(statement, kind, &mut settings),
                other if keyword == Keyword::Scenario => self.step(other),
                other if belongs(keyword, other) => {}
                other => self.misplaced(other, place_of(keyword)),
            }
        }
        let name = declaration.name.as_ref()?;
        self.reject_dots(name);
        self.require_of_head(keyword, &settings, name);
        Some(Head {
            name: name.text.clone(),
            name_span: name.span,
            title: declaration.title.as_ref().map(|title| title.value.clone()),
            doc: declaration.preamble.doc.clone(),
            architecture,
            settings,
            span: declaration.span,
        })
    }

    /// Takes in what stands before a step, and says what cannot stand in one. Blocks nest as deep as the parser lets them.
    fn step(&mut self, statement: &'f Statement) {
        match statement {
            Statement::Edge(edge) => {
                self.suppressions(&edge.preamble, edge.span);
                let (place, belongs) = ("a scenario", "the edge that the step follows");
                if let Some(carrier) = edge.carriers.first() {
                    self.problem(Problem::Misplaced { what: "`via`", place, belongs, span: carrier.span });
                }
                if let Some(block) = &edge.block {
                    self.problem(Problem::Misplaced { what: "block of properties", place, belongs, span: block.span });
                }
            }
            Statement::Steps(steps) => {
                let statements = steps.branches.iter().flat_map(|branch| &branch.block.statements);
                statements.for_each(|statement| self.step(statement));
            }
            Statement::Note(_) => {}
            other => self.misplaced(other, place_of(Keyword::Scenario)),
        }
    }

    fn require_of_head(&mut self, keyword: Keyword, settings: &Settings, name: &ast::Path) {
        let Some(kind) = self.model.catalog.find(keyword.word()) else { return };
        let missing: Vec<SmolStr> = self.missing(kind, settings).collect();
        for property in missing {
            let owner = Owner::Head(keyword);
            self.problem(Problem::MissingProperty { name: property, owner, kind, span: name.span });
        }
    }
}

impl Model {
    /// What views, scenarios, rules and decisions have in common, one after the other.
    pub fn heads(&self) -> impl Iterator<Item = &Head> {
        let views = self.views.iter().map(|view| &view.head);
        let scenarios = self.scenarios.iter().map(|scenario| &scenario.head);
        let rules = self.rules.iter().map(|rule| &rule.head);
        let decisions = self.decisions.iter().map(|decision| &decision.head);
        views.chain(scenarios).chain(rules).chain(decisions)
    }
}

/// The names that a property of a declaration lists, with their places, which the typed value does not keep.
fn names_in(declaration: &Declaration, key: &str) -> Vec<Path> {
    let properties = declaration.statements().iter().filter_map(|statement| match statement {
        Statement::Property(property) if property.key.text == key => property.value.as_ref(),
        _ => None,
    });
    let items = properties.take(1).flat_map(|value| match &value.kind {
        ValueKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    });
    let names = items.filter_map(|item| match &item.kind {
        ValueKind::Path(text) => Some(Path { text: text.clone(), span: item.span }),
        _ => None,
    });
    names.collect()
}

fn is_setting(statement: &Statement) -> bool {
    matches!(statement, Statement::Property(_) | Statement::Section(_))
}

/// Whether a statement that is no property may stand in such a declaration.
fn belongs(keyword: Keyword, statement: &Statement) -> bool {
    match statement {
        Statement::Declaration(it) => keyword == Keyword::Rule && it.keyword == Keyword::Example,
        _ => false,
    }
}

fn place_of(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Scenario => "a scenario",
        Keyword::Rule => "a rule",
        Keyword::Decision => "a decision",
        _ => "a view",
    }
}
