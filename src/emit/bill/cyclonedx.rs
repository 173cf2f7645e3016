//! A bill as `CycloneDX` 1.6: the services of a workspace, what they depend on, and what each costs, as properties named
//! `archc:cost:…`. There is no serial number and no time stamp in it, so that the same input gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::sheet::{Row, Sheet};
use crate::catalog;
use crate::model::{Element, ElementId, Model, Variety};

/// The document, which ends with a line break.
pub fn render(model: &Model, sheet: &Sheet) -> String {
    let mut lines: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in &sheet.lines {
        lines.entry((&row.architecture, &row.element)).or_default().push(row);
    }
    let billed: Vec<&Element> = model.elements.iter().filter(|element| is_service(element)).collect();
    let services: Vec<Service> = billed.iter().map(|element| service(model, element, &lines)).collect();
    let dependencies = dependencies(model, &billed);
    // The first entry is what no bill covers; another is what this one does not.
    let is_complete = sheet.total.unpriced == 0 && sheet.not_covered.len() <= 1;
    let references: Vec<&str> = services.iter().map(|service| service.bom_ref.as_str()).collect();
    let document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{ "phase": "design" }],
            "tools": { "components": [{ "type": "application", "name": "archc", "version": env!("CARGO_PKG_VERSION") }] },
            "properties": totals(sheet),
        },
        "services": services,
        "dependencies": dependencies,
        "compositions": [{
            "aggregate": if is_complete { "complete" } else { "incomplete" },
            "assemblies": references,
        }],
    });
    crate::emit::to_json(&document)
}

#[derive(Serialize)]
struct Service {
    #[serde(rename = "bom-ref")]
    bom_ref: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "x-trust-boundary")]
    trust_boundary: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    data: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Value>,
}

fn is_service(element: &Element) -> bool {
    matches!(element.variety, Variety::Service | Variety::Carrier | Variety::External)
}

fn service(model: &Model, element: &Element, lines: &BTreeMap<(&str, &str), Vec<&Row>>) -> Service {
    let architecture = &model.architecture(element.architecture).name;
    let path = model.path(element.id);
    let kind = model.kind_of(element);
    let rows = lines.get(&(architecture.as_str(), path.as_str()));
    let mut properties = Vec::new();
    properties.extend(kind.map(|kind| property("archc:kind", &kind.name)));
    let of_interest = ["role", "status", "technology"];
    properties.extend(
        of_interest.iter().filter_map(|name| Some(property(&format!("archc:{name}"), element.settings.text(name)?))),
    );
    for name in ["owner", "region"] {
        let value = model.inherited(element, name).and_then(catalog::Value::as_str);
        properties.extend(value.map(|value| property(&format!("archc:{name}"), value)));
    }
    properties.extend(rows.into_iter().flatten().flat_map(|row| costs(row)));
    let is_external = element.variety == Variety::External;
    Service {
        bom_ref: model.full_path(element.id),
        provider: kind.and_then(|kind| provider(&kind.name)),
        group: Some(architecture.to_string()),
        name: element.label_line(),
        description: element.doc.as_ref().map(|doc| doc.text.trim().to_owned()).filter(|doc| !doc.is_empty()),
        trust_boundary: is_external,
        data: classified(element),
        properties,
    }
}

fn provider(kind: &str) -> Option<Value> {
    kind.starts_with("aws.").then(|| json!({ "name": "Amazon Web Services", "url": ["https://aws.amazon.com"] }))
}

/// The classes of data that a service holds.
fn classified(element: &Element) -> Vec<Value> {
    let classes = element.settings.get("data").map(catalog::Value::items).unwrap_or_default();
    let classes = classes.iter().filter_map(catalog::Value::as_str);
    classes.map(|class| json!({ "flow": "unknown", "classification": class })).collect()
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

/// What one line says: its cost or why there is none, and where both are from.
fn costs(row: &Row) -> Vec<Value> {
    let name = |field: &str| format!("archc:cost:{}:{field}", row.meter);
    let mut properties = Vec::new();
    let mut add = |field: &str, value: Option<&String>| properties.extend(value.map(|it| property(&name(field), it)));
    add("monthly", row.cost.as_ref());
    add("currency", row.currency.as_ref());
    add("unpriced", row.unpriced.as_ref());
    add("quantity", row.quantity.as_ref());
    add("unit", row.unit.as_ref());
    add("unit-price", row.unit_price.as_ref());
    add("derivation", Some(&row.derivation).filter(|text| !text.is_empty()));
    let source = row.source.as_ref();
    add("source", source.map(|source| &source.reference));
    add("rate-code", source.and_then(|source| source.rate_code.as_ref()));
    add("published", source.and_then(|source| source.published.as_ref()));
    add("confidence", source.and_then(|source| source.confidence.as_ref()));
    properties
}

fn totals(sheet: &Sheet) -> Vec<Value> {
    let mut properties: Vec<Value> = sheet
        .total
        .costs
        .iter()
        .map(|(currency, cost)| property(&format!("archc:cost:total:{currency}"), cost))
        .collect();
    properties.push(property("archc:cost:priced-lines", &sheet.total.priced.to_string()));
    properties.push(property("archc:cost:unpriced-lines", &sheet.total.unpriced.to_string()));
    properties.extend(sheet.not_covered.iter().map(|what| property("archc:cost:not-covered", what)));
    properties
}

/// What each service sends to or calls, through its carriers.
fn dependencies(model: &Model, services: &[&Element]) -> Vec<Value> {
    let known: BTreeSet<ElementId> = services.iter().map(|element| element.id).collect();
    let mut targets: BTreeMap<ElementId, BTreeSet<String>> = BTreeMap::new();
    for hop in model.edges.iter().flat_map(|edge| model.hops(edge)) {
        if hop.from != hop.to && known.contains(&hop.from) && known.contains(&hop.to) {
            targets.entry(hop.from).or_default().insert(model.full_path(hop.to));
        }
    }
    let dependency = |element: &&Element| {
        let targets = targets.get(&element.id).cloned().unwrap_or_default();
        json!({ "ref": model.full_path(element.id), "dependsOn": targets })
    };
    services.iter().map(dependency).collect()
}
