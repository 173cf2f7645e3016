//! A bill as plain data, with names in place of ids: what all formats are made from, and what an earlier bill is read back
//! as. It is the document of `archc bom --format json`, which `schemas/bom.schema.json` describes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalog::Value;
use crate::cost::{Bill, Line, Reads, Subject, Total};
use crate::load::Loads;
use crate::model::{Model, Settings};

/// The version of the format.
pub const VERSION: u32 = 1;

/// A bill for a month of 730 h.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Sheet {
    /// The version of the format. It changes when a field goes or changes its meaning; fields may be added without.
    pub version: u32,
    /// How many hours the month has.
    pub hours: u32,
    /// Under which assumptions it was made: `environment`, `scale`, `set`, `region`, `free_tier`.
    pub assumptions: BTreeMap<String, String>,
    /// The lines.
    pub lines: Vec<Row>,
    /// What the lines of each architecture come to.
    pub architectures: Vec<Sum>,
    /// What everything comes to.
    pub total: Sum,
    /// The services that cost nothing, and why.
    pub unbilled: Vec<Unbilled>,
    /// What no line covers, in words.
    pub not_covered: Vec<String>,
}

/// One line. Decimals are texts, so that nobody reads them as floats.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Row {
    /// The architecture.
    pub architecture: String,
    /// The path of the service, or the ends of the connection.
    pub element: String,
    /// Its label.
    pub label: String,
    /// Its kind; `edge` for a connection.
    pub kind: String,
    /// The product.
    pub product: String,
    /// The category of the kind; `network` for a connection.
    pub category: String,
    /// Who answers for it, if that is said.
    pub owner: Option<String>,
    /// The innermost group around it, if there is one.
    pub group: Option<String>,
    /// The meter.
    pub meter: String,
    /// The account that pays, if one is named.
    pub account: Option<String>,
    /// The region whose price holds.
    pub region: Option<String>,
    /// The id of the price.
    pub price: Option<String>,
    /// How much is used, in units.
    pub quantity: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// How the quantity came about.
    pub derivation: String,
    /// What one unit costs.
    pub unit_price: Option<String>,
    /// What the line costs; none if it is unpriced.
    pub cost: Option<String>,
    /// The ISO 4217 code of the currency.
    pub currency: Option<String>,
    /// How tiers and free units came in.
    pub remark: String,
    /// Why it is unpriced.
    pub unpriced: Option<String>,
    /// Where the price is from.
    pub source: Option<Origin>,
    /// What reaches or leaves the service, as far as the quantity follows from that.
    pub load: Option<String>,
    /// The declared properties that the quantity and the price depend on.
    pub inputs: BTreeMap<String, String>,
}

/// Where a price is from.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Origin {
    /// What it is.
    pub kind: String,
    /// A reference.
    pub reference: String,
    /// The rate code of the provider.
    pub rate_code: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was read.
    pub read: Option<String>,
    /// How far it can be relied on: `A`, `B` or `C`.
    pub confidence: Option<String>,
}

/// What some lines come to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Sum {
    /// Whose lines.
    pub name: String,
    /// The sum by currency.
    pub costs: BTreeMap<String, String>,
    /// How many lines are in it.
    pub priced: usize,
    /// How many are not.
    pub unpriced: usize,
    /// How many connections do not say `transfer`, so that there is no line for their bytes.
    #[serde(default)]
    pub without_transfer: usize,
}

/// A service that costs nothing.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Unbilled {
    /// The architecture.
    pub architecture: String,
    /// The service.
    pub element: String,
    /// Why.
    pub reason: String,
}

impl Sheet {
    /// The bill with the names of the model.
    pub fn new(model: &Model, loads: &Loads, bill: &Bill, assumptions: BTreeMap<String, String>) -> Sheet {
        let without_transfer = bill.without_transfer.values().sum();
        Sheet {
            version: VERSION,
            hours: 730,
            assumptions,
            lines: bill.lines.iter().map(|line| Row::of(model, loads, line)).collect(),
            architectures: sums(model, bill),
            total: sum("total", &bill.total(), without_transfer),
            unbilled: bill
                .unbilled
                .iter()
                .map(|(id, reason)| Unbilled {
                    architecture: model.architecture(model.element(*id).architecture).name.to_string(),
                    element: model.path(*id),
                    reason: reason.to_string(),
                })
                .collect(),
            not_covered: not_covered(without_transfer),
        }
    }
}

/// What no line covers where so many connections do not say `transfer`, in words.
pub(super) fn not_covered(without_transfer: usize) -> Vec<String> {
    let mut words = vec!["tax, support, discounts and commitments".to_owned()];
    match without_transfer {
        0 => {}
        1 => words.push("data transfer along 1 connection that does not say `transfer`".to_owned()),
        edges => words.push(format!("data transfer along {edges} connections that do not say `transfer`")),
    }
    words
}

/// What the lines of each architecture come to.
pub fn sums(model: &Model, bill: &Bill) -> Vec<Sum> {
    let without_transfer = |id| bill.without_transfer.get(&id).copied().unwrap_or_default();
    model.architectures.iter().map(|it| sum(it.name.as_str(), &bill.total_of(it.id), without_transfer(it.id))).collect()
}

impl Sum {
    /// What some lines come to.
    pub fn of(name: &str, total: &Total) -> Sum {
        sum(name, total, 0)
    }
}

fn sum(name: &str, total: &Total, without_transfer: usize) -> Sum {
    Sum {
        name: name.to_owned(),
        costs: total.sums.iter().map(|(currency, sum)| (currency.to_string(), sum.to_string())).collect(),
        priced: total.priced,
        unpriced: total.unpriced,
        without_transfer,
    }
}

impl Row {
    /// A line with the names of the model.
    pub fn of(model: &Model, loads: &Loads, line: &Line) -> Row {
        row(model, loads, line)
    }
}

fn row(model: &Model, loads: &Loads, line: &Line) -> Row {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut row = Row {
        architecture: model.architecture(line.architecture).name.to_string(),
        element: line.subject.words(model),
        meter: line.meter.to_string(),
        account: text(&line.account),
        region: text(&line.region),
        price: text(&line.price),
        quantity: line.quantity.map(|quantity| quantity.to_string()),
        unit: text(&line.unit),
        derivation: line.derivation(model, loads),
        ..Row::default()
    };
    let reads = line.reads(model, loads);
    match line.subject {
        Subject::Element(id) => {
            let element = model.element(id);
            let kind = model.kind_of(element);
            row.label = element.label_line();
            row.kind = kind.map_or_else(String::new, |kind| kind.name.to_string());
            row.product = kind.map_or_else(String::new, |kind| kind.product.to_string());
            element.kind.map_or("", |kind| model.catalog.category(kind).name()).clone_into(&mut row.category);
            row.owner = model.inherited(element, "owner").and_then(Value::as_str).map(str::to_owned);
            row.group = element.group.map(|group| model.path(group));
        }
        Subject::Edge(id) => {
            let edge = model.edge(id);
            row.label = edge.label.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            "edge".clone_into(&mut row.kind);
            "network".clone_into(&mut row.category);
            row.group = edge.group.map(|group| model.path(group));
        }
        Subject::Architecture(id) => {
            let architecture = model.architecture(id);
            row.label = architecture.label().split_whitespace().collect::<Vec<_>>().join(" ");
            "architecture".clone_into(&mut row.kind);
            "Architecture".clone_into(&mut row.product);
            row.owner = architecture.settings.text("owner").map(str::to_owned);
        }
    }
    row.inputs = inputs(line.subject.settings(model), &reads);
    row.load = reads.load;
    match &line.cost {
        Ok(cost) => {
            row.unit_price = Some(cost.unit_price.to_string());
            row.cost = Some(cost.amount.to_string());
            row.currency = Some(cost.currency.to_string());
            row.remark.clone_from(&cost.remark);
            row.source = Some(Origin {
                kind: cost.source.kind.to_string(),
                reference: cost.source.reference.clone(),
                rate_code: cost.source.rate_code.as_ref().map(ToString::to_string),
                published: cost.source.published.map(|date| date.to_string()),
                read: cost.source.read.map(|date| date.to_string()),
                confidence: cost.source.confidence.map(|confidence| confidence.to_string()),
            });
        }
        Err(gap) => row.unpriced = Some(gap.reason(model, line)),
    }
    row
}

fn inputs(settings: &Settings, reads: &Reads) -> BTreeMap<String, String> {
    let given = settings.properties.iter().filter(|property| reads.properties.contains(&property.name));
    given.map(|property| (property.name.to_string(), property.value.to_string())).collect()
}
