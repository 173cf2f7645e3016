//! A property that must be given.

use super::{Action, Changes, Desk, place};
use crate::catalog::{PropertySpec, PropertyType};
use crate::diagnostic::Diagnostic;
use crate::model::Problem;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let models = [desk.snapshot.model(), &desk.snapshot.analysis.templates];
    let missing = models.into_iter().find_map(|model| {
        model.problems.iter().find_map(|problem| match problem {
            Problem::MissingProperty { name, kind, span, .. }
                if span.written() == at && finding.message.contains(&format!("`{name}`")) =>
            {
                model.catalog.property(*kind, name)
            }
            _ => None,
        })
    });
    let Some((spec, declaration)) = missing.zip(desk.declaration(at)) else { return };
    let (value, word) = example(spec);
    let setting = format!("{} = {value}", spec.name);
    let Some(edit) = place::property(desk.text(), declaration, &setting) else { return };
    found.push(Action::mending(index, format!("Add `{setting}`"), Changes::with_placeholder(edit, &word)));
}

/// A value that a property takes, and the part of it that waits to be replaced.
pub(super) fn example(spec: &PropertySpec) -> (String, String) {
    let value = match (&spec.default, &spec.min) {
        (Some(default), _) => default.to_string(),
        (None, Some(min)) => min.to_string(),
        (None, None) => of_type(&spec.ty, &spec.name),
    };
    let word = value.trim_matches(['"', '[', ']']).to_owned();
    (value, word)
}

/// A value of a type, for a property or a parameter of a name.
pub(super) fn of_type(ty: &PropertyType, name: &str) -> String {
    match ty {
        PropertyType::Text => match name {
            "owner" => "\"team\"".to_owned(),
            name => format!("\"{name}\""),
        },
        PropertyType::Symbol | PropertyType::Element => "name".to_owned(),
        PropertyType::Bool => "true".to_owned(),
        PropertyType::Number | PropertyType::Count => "1".to_owned(),
        PropertyType::Size => "1 MB".to_owned(),
        PropertyType::Duration => "1 h".to_owned(),
        PropertyType::Rate => "1/s".to_owned(),
        PropertyType::Throughput => "1 MB/s".to_owned(),
        PropertyType::Money => "1 USD".to_owned(),
        PropertyType::MoneyRate => "1 USD/month".to_owned(),
        PropertyType::Percent => "100%".to_owned(),
        PropertyType::Multiple => "1x".to_owned(),
        PropertyType::Date => "2026-01-01".to_owned(),
        PropertyType::Load => "1/s of 1 KB".to_owned(),
        PropertyType::Selector => "*".to_owned(),
        PropertyType::OneOf(names) => names.first().map(ToString::to_string).unwrap_or_default(),
        PropertyType::List(inner) => format!("[{}]", of_type(inner, name)),
    }
}
