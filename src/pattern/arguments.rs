//! The arguments of a `use`, held to the parameters of its pattern.

use std::collections::BTreeMap;

use super::ARGUMENT;
use super::instantiate::{Values, is_lost};
use super::library::Pattern;
use super::parameter::{Parameter, Sort, Takes};
use crate::catalog::{self, Catalog, Mistyped, PropertyType, type_value};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{Argument, Binding, Declaration, Path, Value, ValueKind};

/// What the names of the parameters stand for in one instance.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) values: Values,
    pub(super) bindings: Vec<Binding>,
}

/// Gives each argument to its parameter; in the order of the parameters where arguments have no names. What is wrong is
/// reported, and left out.
pub(super) fn bind(
    pattern: &Pattern,
    declaration: &Declaration,
    catalog: &Catalog,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bound {
    let mut binder = Binder { pattern, at: declaration.name_span(), catalog, diagnostics };
    let given = binder.assign(&declaration.arguments);
    let mut bound = Bound::default();
    for (index, parameter) in pattern.parameters.iter().enumerate() {
        binder.parameter(parameter, given.get(&index).copied(), &mut bound);
    }
    bound
}

/// The parameter that each argument is for, as positions of both, without a word about what is wrong.
pub(crate) fn positions(pattern: &Pattern, arguments: &[Argument]) -> Vec<(usize, usize)> {
    let mut next = 0;
    let mut positions = Vec::with_capacity(arguments.len());
    for (at, argument) in arguments.iter().enumerate() {
        let parameter = if let Some(name) = &argument.name {
            pattern.position(&name.text)
        } else {
            next += 1;
            Some(next - 1).filter(|index| *index < pattern.parameters.len())
        };
        positions.extend(parameter.map(|parameter| (at, parameter)));
    }
    positions
}

struct Binder<'a> {
    pattern: &'a Pattern,
    /// Where the pattern is named by the `use`.
    at: Span,
    catalog: &'a Catalog,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Binder<'_> {
    fn assign<'u>(&mut self, arguments: &'u [Argument]) -> BTreeMap<usize, &'u Value> {
        let positions: BTreeMap<usize, usize> = positions(self.pattern, arguments).into_iter().collect();
        let mut given: BTreeMap<usize, &Value> = BTreeMap::new();
        for (at, argument) in arguments.iter().enumerate() {
            let place = argument.name.as_ref().map_or(argument.value.span, |name| name.span);
            let Some(index) = positions.get(&at) else {
                self.superfluous(argument);
                continue;
            };
            let Some(parameter) = self.pattern.parameters.get(*index) else { continue };
            if let Some(first) = given.get(index) {
                let message = format!("`{}` is given twice", parameter.name.text);
                self.report(
                    Diagnostic::new(ARGUMENT, place, message)
                        .also(first.span, "given here before")
                        .also(parameter.name.span, "the parameter")
                        .help("remove one of them"),
                );
            } else {
                given.insert(*index, &argument.value);
            }
        }
        given
    }

    /// Reports an argument that is for no parameter.
    fn superfluous(&mut self, argument: &Argument) {
        let pattern = self.pattern;
        let names = || pattern.parameters.iter().map(|parameter| parameter.name.text.as_str());
        let known = if pattern.parameters.is_empty() {
            format!("`{}` takes no arguments", pattern.name)
        } else {
            let listed: Vec<_> = pattern.parameters.iter().map(|it| format!("`{it}`")).collect();
            format!("`{}` takes {}", pattern.name, listed.join(", "))
        };
        let finding = if let Some(name) = &argument.name {
            let message = format!("the pattern `{}` has no parameter `{}`", pattern.name, name.text);
            let near = suggest::nearest(&name.text, names());
            Diagnostic::new(ARGUMENT, name.span, message).did_you_mean(&name.text, name.span, near, || known)
        } else {
            let message = format!("too many arguments for the pattern `{}`", pattern.name);
            Diagnostic::new(ARGUMENT, argument.value.span, message).help(known)
        };
        self.report(finding.also(pattern.name_span, "the pattern is declared here"));
    }

    fn parameter(&mut self, parameter: &Parameter, given: Option<&Value>, into: &mut Bound) {
        let name = &parameter.name.text;
        match &parameter.takes {
            None => {
                into.values.insert(name.clone(), None);
                let sort = parameter.written.name.clone();
                into.bindings.push(Binding { name: parameter.name.clone(), sort, to: None });
            }
            Some(Takes::Value(ty)) => {
                let value = match given {
                    Some(value) => self.value(parameter, ty, value),
                    None if parameter.default.is_some() => parameter.default.clone(),
                    None => self.missing(parameter, &ty.expectation()),
                };
                into.values.insert(name.clone(), value);
            }
            Some(Takes::Element(sort)) => {
                let to = match given {
                    Some(value) => self.element(parameter, *sort, value),
                    None => self.missing(parameter, &sort.expectation(self.catalog)),
                };
                let sort = parameter.written.name.clone();
                into.bindings.push(Binding { name: parameter.name.clone(), sort, to });
            }
        }
    }

    fn value(&mut self, parameter: &Parameter, ty: &PropertyType, value: &Value) -> Option<Value> {
        if is_lost(value) {
            return None;
        }
        let Err(mistake) = type_value(value, ty) else { return Some(value.clone()) };
        let message = format!("`{}` takes {}", parameter.name.text, ty.expectation());
        let written = if let ValueKind::Number(text) = &value.kind { text.as_str() } else { "" };
        let fix = catalog::meant(&mistake, ty, |_| written);
        let mut finding = Diagnostic::new(ARGUMENT, value.span, message).also(parameter.name.span, "the parameter");
        match &mistake {
            Mistyped::Type { found, .. } => finding = finding.label(format!("this is {found}")),
            Mistyped::Unit { found, .. } => finding = finding.label(format!("this is {}", found.dimension())),
            Mistyped::Quantity { error, .. } => finding = finding.label(error.to_string()).help(error.help()),
            Mistyped::Choice { .. } => {
                let meant = fix.iter().flat_map(|fix| &fix.edits).next();
                finding.help = meant.map(|edit| format!("did you mean `{}`?", edit.replacement));
            }
            _ => {}
        }
        self.report(Diagnostic { fix, ..finding });
        None
    }

    fn element(&mut self, parameter: &Parameter, sort: Sort, value: &Value) -> Option<Path> {
        if let ValueKind::Path(text) = &value.kind {
            return (!text.is_empty()).then(|| Path { text: text.clone(), span: value.span });
        }
        let name = &parameter.name.text;
        let expected = sort.expectation(self.catalog);
        self.report(
            Diagnostic::new(ARGUMENT, value.span, format!("`{name}` takes the name of {expected}"))
                .also(parameter.name.span, "the parameter")
                .help(format!("declare it outside, and name it here: `{name} = NAME`")),
        );
        None
    }

    fn missing<T>(&mut self, parameter: &Parameter, expected: &str) -> Option<T> {
        let name = &parameter.name.text;
        let (pattern, at) = (&self.pattern.name, self.at);
        self.report(
            Diagnostic::new(ARGUMENT, at, format!("`{pattern}` needs an argument for `{name}`"))
                .also(parameter.name.span, "the parameter, which has no default")
                .help(format!("write `{name} = …` in the parentheses, which is {expected}")),
        );
        None
    }

    fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }
}
