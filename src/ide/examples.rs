//! Values that wait to be replaced by the right ones: each is one that the property or parameter takes.

use crate::catalog::{PropertySpec, PropertyType, Value, type_value};
use crate::source::FileId;
use crate::syntax;

/// A value of a property: the one that holds where none is given, or one that lies in its range.
pub(super) fn of(spec: &PropertySpec) -> String {
    if let Some(default) = spec.default.as_ref().and_then(written) {
        return default;
    }
    let is_allowed = |text: &&&str| {
        let read = syntax::parse_value(FileId::default(), text).ok();
        read.and_then(|value| type_value(&value, &spec.ty).ok()).is_some_and(|value| spec.allows(&value))
    };
    let fitting = candidates(&spec.ty, &spec.name).iter().find(is_allowed).map(|text| (*text).to_owned());
    let bound = || [&spec.min, &spec.max].into_iter().flatten().find_map(written);
    fitting.or_else(bound).unwrap_or_else(|| of_type(&spec.ty, &spec.name))
}

/// A value of a type, for a property or a parameter of a name.
pub(super) fn of_type(ty: &PropertyType, name: &str) -> String {
    match ty {
        PropertyType::Text if name == "owner" => "\"team\"".to_owned(),
        // What anybody could write here would say nothing.
        PropertyType::Text => "\"\"".to_owned(),
        PropertyType::OneOf(names) => names.first().map(ToString::to_string).unwrap_or_default(),
        PropertyType::List(inner) if **inner == PropertyType::Text => "[\"\"]".to_owned(),
        PropertyType::List(_) => "[]".to_owned(),
        ty => candidates(ty, name).first().copied().unwrap_or("name").to_owned(),
    }
}

/// Values that people would write, the first choice first: those behind it are for narrow ranges.
fn candidates(ty: &PropertyType, name: &str) -> &'static [&'static str] {
    match ty {
        PropertyType::Bool => &["true"],
        PropertyType::Number => &["0.5", "1"],
        PropertyType::Count => &["2", "1", "10", "100"],
        PropertyType::Size => &["512 MB", "10 KB", "100 B", "10 GB", "1 TB"],
        PropertyType::Duration => &["24 h", "1 s", "10 ms", "30 d"],
        PropertyType::Rate => &["500/d", "10/s"],
        PropertyType::Throughput => &["5 MiB/s", "100 KiB/s", "1 GiB/s"],
        PropertyType::Money => &["20 USD"],
        PropertyType::MoneyRate => &["500 USD/month"],
        PropertyType::Percent if matches!(name, "availability" | "slo") => &["99.9%"],
        PropertyType::Percent => &["30%", "60%"],
        PropertyType::Multiple => &["3x"],
        PropertyType::Date => &["2026-01-01"],
        PropertyType::Load => &["100/s of 1 KB"],
        PropertyType::Selector if name == "limit" => &["count(service) <= 3"],
        PropertyType::Selector => &["*"],
        PropertyType::Symbol if name == "region" => &["eu-west-1"],
        PropertyType::Symbol
        | PropertyType::Element
        | PropertyType::Text
        | PropertyType::OneOf(_)
        | PropertyType::List(_) => &[],
    }
}

/// A value as it is written; none of one that only the compiler has.
pub(super) fn written(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")),
        Value::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(written).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Quantity(quantity) => quantity.to_string().replace(',', "_"),
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::{of, of_type};
    use crate::analysis;
    use crate::catalog::type_value;
    use crate::project::Workspace;
    use crate::source::FileId;
    use crate::syntax::parse_value;

    #[test]
    fn each_property_that_ships_takes_its_example() {
        let today = jiff::civil::date(2026, 1, 1);
        let analysis = analysis::analyse(&Workspace::without_files(), today);
        let catalog = &analysis.model.catalog;
        for spec in catalog.kinds().flat_map(|kind| &kind.properties) {
            for text in [of(spec), of_type(&spec.ty, &spec.name)] {
                let value = type_value(&parse_value(FileId::default(), &text).unwrap(), &spec.ty);
                assert!(value.is_ok(), "{} = {text}", spec.name);
            }
            let value = type_value(&parse_value(FileId::default(), &of(spec)).unwrap(), &spec.ty).unwrap();
            assert!(spec.allows(&value), "{} = {}", spec.name, of(spec));
        }
    }
}
