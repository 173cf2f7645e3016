//! The bill of materials as CSV: every service of an architecture, those that carry connections included.

use std::collections::BTreeMap;

use super::{csv_table, unquoted};
use crate::catalog::Value;
use crate::model::{ArchitectureId, Element, ElementId, Model, Property, Settings, Variety};

const HEADER: [&str; 10] =
    ["name", "label", "kind", "product", "role", "owner", "group", "carries", "properties", "meta"];

/// Properties that have a column.
const IN_COLUMNS: [&str; 2] = ["role", "owner"];

/// The services of an architecture, one a line, in the order of their declaration. The properties share a column, as
/// `key=value; key=value`, and free facts another, so that the columns are the same for every architecture.
pub fn bill_of_materials(model: &Model, architecture: ArchitectureId) -> String {
    let carried = carried(model, architecture);
    let services = model.architecture(architecture).elements.iter().map(|id| model.element(*id));
    let services = services.filter(|element| matches!(element.variety, Variety::Service | Variety::Carrier));
    let rows = services.map(|element| row(model, element, carried.get(&element.id)));
    csv_table(&HEADER, rows)
}

fn row(model: &Model, element: &Element, carries: Option<&String>) -> [String; 10] {
    let kind = model.kind_of(element);
    let text = |name: &str| element.settings.text(name).unwrap_or_default().to_owned();
    [
        model.path(element.id),
        element.label_line(),
        kind.map_or_else(String::new, |kind| kind.name.to_string()),
        kind.map_or_else(String::new, |kind| kind.product.to_string()),
        text("role"),
        model.inherited(element, "owner").and_then(Value::as_str).unwrap_or_default().to_owned(),
        element.group.map_or_else(String::new, |group| model.path(group)),
        carries.cloned().unwrap_or_default(),
        properties(&element.settings.properties),
        meta(&element.settings),
    ]
}

/// Of each service that carries connections of an architecture: which.
fn carried(model: &Model, architecture: ArchitectureId) -> BTreeMap<ElementId, String> {
    let mut carried: BTreeMap<ElementId, String> = BTreeMap::new();
    for edge in model.architecture(architecture).edges.iter().map(|id| model.edge(*id)) {
        for carrier in &edge.carriers {
            let text = carried.entry(*carrier).or_default();
            if !text.is_empty() {
                text.push_str("; ");
            }
            let (from, to) = (model.path(edge.from), model.path(edge.to));
            text.extend([from.as_str(), " ", edge.arrow.symbol(), " ", to.as_str()]);
        }
    }
    carried
}

fn properties(properties: &[Property]) -> String {
    let others = properties.iter().filter(|property| !IN_COLUMNS.contains(&property.name.as_str()));
    let pairs = others.map(|property| format!("{}={}", property.name, quoted(&property.value.to_string())));
    pairs.collect::<Vec<_>>().join("; ")
}

/// What stands in `meta { … }`, in the same form. Values are as they were written, but for the quotes around a text.
fn meta(settings: &Settings) -> String {
    let pairs = settings.meta.iter().map(|(key, value)| format!("{key}={}", quoted(unquoted(value))));
    pairs.collect::<Vec<_>>().join("; ")
}

/// A value in quotes where it could be taken for the end of one.
fn quoted(value: &str) -> String {
    if value.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}
