//! Instances of patterns: groups whose names are their own, and that know what is outside only by their parameters.

use smol_str::SmolStr;

use super::resolve::Resolver;
use super::{Element, ElementId, Model, Problem, Scope, Variety};
use crate::pattern::Sort;
use crate::source::Span;
use crate::syntax::ast::{self, Binding, Path, Statement};

/// A use of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The pattern.
    pub pattern: SmolStr,
    /// What the instance is called.
    pub name: SmolStr,
    /// Where that stands; in another instance if the pattern is used by a pattern.
    pub at: Span,
}

/// A parameter, before what it stands for is looked up.
pub(super) struct PendingBinding<'f> {
    /// Where the `use` stands.
    scope: Scope,
    /// The group of the instance.
    group: ElementId,
    binding: &'f Binding,
}

impl Model {
    /// Where the instance is named that a place belongs to; none for a place in a text as it was written.
    pub fn used_at(&self, place: Span) -> Option<Span> {
        self.instances.get(&place.file.instance()).map(|instance| instance.at)
    }
}

impl<'f> Resolver<'f> {
    /// Takes in what a group owes to the pattern that it is an instance of.
    pub(super) fn instance(&mut self, scope: Scope, group: ElementId, name: &Path, instance: &'f ast::Instance) {
        self.suppressions(&instance.preamble, instance.span);
        self.names.declare_instance(group, instance.number, &instance.bindings);
        self.note_instance(name, instance);
        self.bindings.extend(instance.bindings.iter().map(|binding| PendingBinding { scope, group, binding }));
    }

    fn note_instance(&mut self, name: &Path, instance: &ast::Instance) {
        let pattern = instance.pattern.text.clone();
        let known = Instance { pattern, name: name.text.clone(), at: name.span };
        self.model.instances.insert(instance.number, known);
    }

    /// Notes where patterns are used in an example, which is no part of the model: findings in it point there.
    pub(super) fn instances_in(&mut self, statements: &[Statement]) {
        for statement in statements {
            let Statement::Declaration(it) = statement else { continue };
            if let (Some(name), Some(instance)) = (&it.name, &it.instance) {
                self.note_instance(name, instance);
            }
            self.instances_in(it.statements());
        }
    }

    /// Takes in what the block of a `use` says of the group.
    pub(super) fn instance_settings(&mut self, inside: Scope, statements: &'f [Statement]) {
        for statement in statements {
            match statement {
                Statement::Property(_) | Statement::Section(_) => self.container_setting(inside, statement),
                other => self.misplaced(other, "a `use`"),
            }
        }
    }

    /// Holds the arguments to the sorts that their parameters ask for, when all names are known. The outer instances come
    /// first, so that a mistake is found where it was made.
    pub(super) fn bind(&mut self) {
        for PendingBinding { scope, group, binding } in std::mem::take(&mut self.bindings) {
            let Some(path) = &binding.to else { continue };
            let found = self.element(scope, path);
            if !found.is_some_and(|element| self.fits(element, binding, path)) {
                self.names.unbind(group, &binding.name.text);
            }
        }
    }

    /// Whether an element is of the sort that is asked for; or a problem.
    fn fits(&mut self, element: ElementId, binding: &Binding, path: &Path) -> bool {
        let Some(sort) = Sort::of(&binding.sort.text, &self.model.catalog) else { return true };
        let fits = is_of(&self.model, self.model.element(element), sort);
        if !fits {
            let parameter = binding.name.clone();
            self.problem(Problem::WrongArgument { path: path.clone(), parameter, sort, element });
        }
        fits
    }
}

/// Whether an element is of a sort that a parameter asks for.
pub(crate) fn is_of(model: &Model, element: &Element, sort: Sort) -> bool {
    match sort {
        Sort::Element => element.variety != Variety::Group,
        Sort::Service => matches!(element.variety, Variety::Service | Variety::Carrier),
        Sort::External => element.variety == Variety::External,
        Sort::Person => element.variety == Variety::Person,
        Sort::Group => element.variety == Variety::Group,
        // A kind that is not known has its own finding.
        Sort::Kind(kind) => element.kind.is_none_or(|own| model.catalog.is_a(own, kind)),
    }
}
