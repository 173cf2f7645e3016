//! From declarations to environments: names bound to elements, values typed.

use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;

use super::lineage::{Parents, cut_circles};
use super::{Change, Effect, Environment, Part, SCALE, Target};
use crate::catalog::{KindId, Value};
use crate::model::resolve::Resolver;
use crate::model::{ArchitectureId, Lookup, Problem, Property, Scope, Settings};
use crate::quantity::{DimensionKind, Quantity};
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{self, Declaration, Keyword, Path, Statement, ValueKind};

/// A declaration of an environment, and the architecture that it stands in.
pub(in crate::model) struct PendingPart<'f> {
    pub(in crate::model) architecture: Option<ArchitectureId>,
    pub(in crate::model) declaration: &'f Declaration,
}

/// Changes in the making: what somebody says who stands in an architecture, or in none.
#[derive(Default)]
pub(super) struct Changes {
    architecture: Option<ArchitectureId>,
    pub(super) list: Vec<Change>,
    /// Where a property was set first.
    set: HashMap<(Target, SmolStr), Span>,
}

impl<'f> Resolver<'f> {
    /// Gives the environments their meaning, when all elements and edges are there.
    pub(in crate::model) fn declare_environments(&mut self) {
        let mut by_name: BTreeMap<SmolStr, Vec<PendingPart<'f>>> = BTreeMap::new();
        for part in std::mem::take(&mut self.environments) {
            // Of one without a name, which the parser has reported, nothing but its mistakes counts.
            let Some(name) = &part.declaration.name else {
                self.part(&part);
                continue;
            };
            by_name.entry(name.text.clone()).or_default().push(part);
        }
        let names: Vec<SmolStr> = by_name.keys().cloned().collect();
        let mut parents: Parents = Vec::new();
        for (name, mut pending) in by_name {
            pending.sort_by_key(|part| part.architecture);
            parents.push(pending.iter().flat_map(|part| self.parents(part.declaration, &names)).collect());
            let parts = self.parts(pending);
            self.model.environments.push(Environment { name, parts, is: Vec::new() });
        }
        for circle in cut_circles(&mut parents) {
            let steps = circle.into_iter().filter_map(|(at, span)| Some((names.get(at)?.clone(), span))).collect();
            self.problem(Problem::EnvironmentCycle { steps });
        }
        for (environment, parents) in self.model.environments.iter_mut().zip(parents) {
            environment.is = parents.into_iter().map(|(parent, _)| parent).collect();
        }
    }

    /// What a declaration says that it inherits from.
    fn parents(&mut self, declaration: &'f Declaration, names: &[SmolStr]) -> Vec<(usize, Span)> {
        let mut parents = Vec::with_capacity(declaration.is.len());
        for path in &declaration.is {
            if let Ok(at) = names.binary_search(&path.text) {
                parents.push((at, path.span));
            } else if !self.poisoned.contains(&path.text) {
                let known = self.may_suggest().then(|| names.iter().map(SmolStr::as_str));
                let near = suggest::nearest(&path.text, known.into_iter().flatten()).map(str::to_owned);
                self.problem(Problem::UnknownEnvironment { name: path.text.clone(), span: path.span, near });
            }
        }
        parents
    }

    /// The declarations of one environment. Of several in one place, the first counts; all are checked.
    fn parts(&mut self, pending: Vec<PendingPart<'f>>) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::with_capacity(pending.len());
        for pending in pending {
            let part = self.part(&pending);
            let Some(name) = &pending.declaration.name else { continue };
            if let Some(first) = parts.last().filter(|last| last.architecture == part.architecture) {
                self.duplicate(name, Keyword::Environment.word(), first.name_span);
            } else {
                self.reject_dots(name);
                parts.push(part);
            }
        }
        parts
    }

    fn part(&mut self, &PendingPart { architecture, declaration }: &PendingPart<'f>) -> Part {
        self.suppressions(&declaration.preamble, declaration.span);
        let mut changes = Changes { architecture, ..Changes::default() };
        let mut settings = Settings::default();
        for statement in declaration.statements() {
            match statement {
                Statement::Property(property) => self.override_by(property, &mut changes),
                Statement::Without(without) => self.remove(&without.names, &mut changes),
                Statement::Section(_) => self.setting(statement, self.core.environment, &mut settings),
                other => self.misplaced(other, "an environment"),
            }
        }
        Part {
            architecture,
            name_span: declaration.name_span(),
            title: declaration.title.as_ref().map(|title| title.value.clone()),
            doc: declaration.preamble.doc.clone(),
            settings,
            changes: changes.list,
        }
    }

    /// Takes in `key = value`, where the key without its last name says whose property it is; a bare one is a setting of
    /// the environment.
    pub(super) fn override_by(&mut self, property: &ast::Property, into: &mut Changes) {
        let Some((target, key)) = self.target_of_key(&property.key, into.architecture) else { return };
        let kind = match target {
            Target::Element(id) => self.model.element(id).kind,
            Target::Architecture(_) | Target::Workspace => self.core.environment,
        };
        if kind.is_some_and(|kind| self.model.catalog.property(kind, &key.text).is_none()) {
            self.unknown_property(&key, kind.as_slice());
            return;
        }
        if let Some(first) = into.set.insert((target, key.text.clone()), key.span) {
            let (name, second, whole) = (key.text, key.span, property.span);
            return self.problem(Problem::DuplicateProperty { name, first, second, whole });
        }
        let property = ast::Property { key, ..property.clone() };
        let typed = self.typed(&property, kind);
        into.list.extend(typed.into_iter().map(|property| Change { target, effect: Effect::Set(property) }));
    }

    fn target_of_key(&mut self, key: &Path, architecture: Option<ArchitectureId>) -> Option<(Target, Path)> {
        let Some((owner, name)) = key.text.rsplit_once('.') else {
            let target = architecture.map_or(Target::Workspace, Target::Architecture);
            return Some((target, key.clone()));
        };
        let path = Path { text: SmolStr::new(owner), span: key.span.slice(0, owner.len()) };
        let name = Path { text: SmolStr::new(name), span: key.span.slice(owner.len() + 1, key.text.len()) };
        self.target(&path, architecture).map(|target| (target, name))
    }

    /// The value of a property with its type; none if it has another, which is a problem.
    fn typed(&mut self, property: &ast::Property, kind: Option<KindId>) -> Option<Property> {
        if kind == self.core.environment
            && property.key.text == SCALE
            && let Some(part) = property.value.as_ref().and_then(percentage)
        {
            let (name, span) = (property.key.text.clone(), property.span);
            return Some(Property { name, value: Value::Quantity(part), span });
        }
        let mut typed = Settings::default();
        self.property(property, kind, &mut typed);
        typed.properties.pop()
    }

    fn remove(&mut self, names: &[Path], into: &mut Changes) {
        for path in names {
            let target = self.target(path, into.architecture);
            into.list.extend(target.map(|target| Change { target, effect: Effect::Remove }));
        }
    }

    /// What a path means in an architecture, or at the top of a file; or a problem.
    fn target(&mut self, path: &Path, architecture: Option<ArchitectureId>) -> Option<Target> {
        let scope = architecture.map(|architecture| Scope { architecture, group: None });
        let found = match scope {
            Some(scope) => self.names.look_up_at(scope, path),
            None => self.names.look_up_anywhere(&path.text),
        };
        match found {
            Lookup::Element(id) => return Some(Target::Element(id)),
            Lookup::Architecture(id) => return Some(Target::Architecture(id)),
            Lookup::Ambiguous(candidates) => {
                self.problem(Problem::AmbiguousName { path: path.text.clone(), span: path.span, candidates });
            }
            Lookup::Absent | Lookup::Nothing => {
                let near = match scope {
                    Some(scope) => self.near_name(scope, path),
                    None => self.near_beginning(path),
                };
                self.unresolved(path, near);
            }
        }
        None
    }

    /// The path that was probably meant by somebody who stands in no architecture.
    fn near_beginning(&mut self, path: &Path) -> Option<String> {
        if !self.may_suggest() {
            return None;
        }
        let (first, rest) = path.text.split_once('.').map_or((path.text.as_str(), ""), |(first, rest)| (first, rest));
        if let Lookup::Architecture(architecture) = self.names.look_up_anywhere(first) {
            let rest = Path { text: SmolStr::new(rest), span: path.span };
            let near = self.near_name(Scope { architecture, group: None }, &rest)?;
            return Some(format!("{first}.{near}"));
        }
        let near = suggest::nearest(first, self.names.beginnings())?;
        Some(if rest.is_empty() { near.to_owned() } else { format!("{near}.{rest}") })
    }
}

/// A scale as a percentage: another way to write a multiple, which the type does not know.
fn percentage(value: &ast::Value) -> Option<Quantity> {
    let ValueKind::Number(text) = &value.kind else { return None };
    let quantity = Quantity::parse(text).ok()?;
    (quantity.dimension().kind() == DimensionKind::Percent).then_some(quantity)
}
