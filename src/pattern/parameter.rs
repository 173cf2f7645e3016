//! Parameters of patterns: values of the types that properties have, and elements.

use std::fmt;

use smol_str::SmolStr;

use super::PARAMETER;
use crate::catalog::{self, Catalog, KindId, PropertyType, TYPE_NAMES, type_value};
use crate::diagnostic::Diagnostic;
use crate::suggest;
use crate::syntax::ast::{self, Path, Value};

/// A parameter of a pattern.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name, and where it stands.
    pub name: Path,
    /// Its type, as it is written.
    pub written: ast::Type,
    /// What it takes; none if that is not known or the default is wrong, which has its own finding.
    pub takes: Option<Takes>,
    /// The value that it has where none is given.
    pub default: Option<Value>,
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A value, which stands for the name in properties.
    Value(PropertyType),
    /// The name of an element, which stands for the name in edges.
    Element(Sort),
}

/// A sort of element that a parameter may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Any.
    Element,
    /// A service, carriers among them.
    Service,
    /// A system that others run.
    External,
    /// People.
    Person,
    /// A group.
    Group,
    /// Whatever is of a kind, or of one that inherits from it.
    Kind(KindId),
}

impl Sort {
    /// The sort of a name; none if it names neither a sort nor a kind.
    pub fn of(name: &str, catalog: &Catalog) -> Option<Sort> {
        Some(match name {
            "element" => Sort::Element,
            "service" => Sort::Service,
            "external" => Sort::External,
            "person" => Sort::Person,
            "group" => Sort::Group,
            kind => Sort::Kind(catalog.find(kind)?),
        })
    }

    /// What is expected of an argument, for messages: "a person".
    pub fn expectation(self, catalog: &Catalog) -> String {
        match self {
            Sort::Element => "an element".into(),
            Sort::Service => "a service".into(),
            Sort::External => "an external system".into(),
            Sort::Person => "a person".into(),
            Sort::Group => "a group".into(),
            Sort::Kind(kind) => format!("an element of the kind `{}`", catalog.kind(kind).name),
        }
    }
}

/// The sorts that are no kinds of services.
const SORTS: [&str; 5] = ["element", "service", "external", "person", "group"];

impl Parameter {
    /// Reads a parameter, and holds it to its form.
    pub(super) fn read(declared: &ast::Parameter, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) -> Parameter {
        let takes = takes(&declared.ty, catalog, diagnostics);
        let mut parameter =
            Parameter { name: declared.name.clone(), written: declared.ty.clone(), takes, default: None };
        let Some(default) = &declared.default else { return parameter };
        let name = &declared.name.text;
        match &parameter.takes {
            Some(Takes::Value(ty)) if type_value(default, ty).is_ok() => parameter.default = Some(default.clone()),
            Some(Takes::Value(ty)) => {
                let message = format!("`{name}` takes {}", ty.expectation());
                let finding = Diagnostic::new(PARAMETER, default.span, message);
                diagnostics.push(finding.also(declared.ty.span, "its type is declared here"));
                parameter.takes = None;
            }
            Some(Takes::Element(_)) => {
                let message = format!("`{name}` stands for an element, and has no default");
                let finding = Diagnostic::new(PARAMETER, default.span, message);
                let help = "remove it: a pattern knows no element outside, so that every `use` says which one it means";
                diagnostics.push(finding.also(declared.ty.span, "its type is declared here").help(help));
                parameter.takes = None;
            }
            None => {}
        }
        parameter
    }

    /// Whether it stands for an element.
    pub fn is_element(&self) -> bool {
        matches!(self.takes, Some(Takes::Element(_)))
    }
}

impl fmt::Display for Parameter {
    /// Writes the parameter as it is declared, without its default: `keep: duration`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.takes {
            Some(Takes::Value(ty)) => write!(f, "{}: {ty}", self.name.text),
            _ => write!(f, "{}: {}", self.name.text, self.written.name.text),
        }
    }
}

fn takes(ty: &ast::Type, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) -> Option<Takes> {
    let name = &ty.name.text;
    let is_value = TYPE_NAMES.contains(&name.as_str()) && name != "element";
    if is_value {
        return catalog::property_type(ty, PARAMETER, diagnostics).map(Takes::Value);
    }
    let Some(sort) = Sort::of(name, catalog) else {
        let kinds = catalog.kinds().map(|kind| kind.name.as_str());
        let near = suggest::nearest(name, TYPE_NAMES.into_iter().chain(SORTS).chain(kinds)).map(SmolStr::new);
        let finding = Diagnostic::new(PARAMETER, ty.name.span, format!("there is no type `{name}`"));
        diagnostics.push(finding.did_you_mean(name, ty.name.span, near.as_deref(), || {
            "it is the type of a property such as `duration` or `size`; or a sort of element: `element`, `service`, \
             `external`, `person`, `group` or the name of a kind"
                .into()
        }));
        return None;
    };
    if let Some(argument) = ty.arguments.first() {
        let message = format!("the type `{name}` takes no arguments");
        let finding = Diagnostic::new(PARAMETER, argument.value.span, message);
        diagnostics.push(finding.help(format!("write `{name}`")));
    }
    Some(Takes::Element(sort))
}
