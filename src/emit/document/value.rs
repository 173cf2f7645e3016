//! Values of properties.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalog;
use crate::model::Settings;
use crate::quantity::{self, DimensionKind};

/// A property that is given.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// A free fact of a `meta` block.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Fact {
    /// Its key.
    pub key: String,
    /// The value as it is written.
    pub value: String,
}

/// A value with its type.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Value {
    /// A text.
    Text {
        /// The text.
        text: String,
    },
    /// A name out of several that there are.
    Name {
        /// The name.
        text: String,
    },
    /// Yes or no.
    Boolean {
        /// Which.
        value: bool,
    },
    /// A number with its unit.
    Quantity(Quantity),
    /// So many records a time, each of a size.
    Load {
        /// How many.
        rate: Quantity,
        /// How large each is.
        size: Quantity,
    },
    /// A day.
    Date {
        /// The day: `2026-12-31`.
        text: String,
    },
    /// A selector.
    Selector {
        /// As the language writes it.
        text: String,
    },
    /// Several values.
    List {
        /// The values.
        items: Vec<Value>,
    },
}

/// A number with its unit. Numbers are texts, so that nobody reads them as floats.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Quantity {
    /// As the language writes it: `512 MB`.
    pub text: String,
    /// The number in front of the unit.
    pub number: String,
    /// The unit; empty if there is none.
    pub unit: String,
    /// What it measures: `size`, `duration`, `rate`, `money-rate` …
    pub measures: String,
    /// The same in base units: bytes, seconds, counts, money, and these a second. `30%` is 0.3.
    pub base: Option<String>,
}

impl Value {
    pub(super) fn of(value: &catalog::Value) -> Value {
        match value {
            catalog::Value::Text(text) => Value::Text { text: text.to_string() },
            catalog::Value::Symbol(text) => Value::Name { text: text.to_string() },
            catalog::Value::Bool(value) => Value::Boolean { value: *value },
            catalog::Value::Quantity(quantity) => Value::Quantity(Quantity::of(*quantity)),
            catalog::Value::Load(load) => Value::Load { rate: Quantity::of(load.0), size: Quantity::of(load.1) },
            catalog::Value::Date(date) => Value::Date { text: date.to_string() },
            catalog::Value::Selector(selector) => Value::Selector { text: selector.to_string() },
            catalog::Value::List(items) => Value::List { items: items.iter().map(Value::of).collect() },
        }
    }
}

/// Writes the value for people: texts without quotes, lists with commas.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text { text } | Value::Name { text } | Value::Date { text } | Value::Selector { text } => {
                f.write_str(text)
            }
            Value::Boolean { value } => value.fmt(f),
            Value::Quantity(quantity) => f.write_str(&quantity.text),
            Value::Load { rate, size } => write!(f, "{} of {}", rate.text, size.text),
            Value::List { items } => {
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    item.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl Quantity {
    fn of(quantity: quantity::Quantity) -> Quantity {
        let text = quantity.to_string();
        let is_of_number = |char: char| char.is_ascii_digit() || matches!(char, '_' | '.' | '-');
        Quantity {
            number: quantity.value().to_string(),
            unit: text.trim_start_matches(is_of_number).trim().to_owned(),
            measures: measured(quantity.dimension().kind()).to_owned(),
            base: quantity.amount().map(|amount| amount.to_string()),
            text,
        }
    }
}

fn measured(kind: DimensionKind) -> &'static str {
    match kind {
        DimensionKind::Number => "number",
        DimensionKind::Count => "count",
        DimensionKind::Size => "size",
        DimensionKind::Duration => "duration",
        DimensionKind::Rate => "rate",
        DimensionKind::Throughput => "throughput",
        DimensionKind::Money => "money",
        DimensionKind::MoneyRate => "money-rate",
        DimensionKind::Percent => "percentage",
        DimensionKind::Multiple => "multiple",
        DimensionKind::Other => "other",
    }
}

pub(super) fn properties(settings: &Settings) -> Vec<Property> {
    let property = |it: &crate::model::Property| Property { name: it.name.to_string(), value: Value::of(&it.value) };
    settings.properties.iter().map(property).collect()
}

pub(super) fn meta(settings: &Settings) -> Vec<Fact> {
    settings.meta.iter().map(|(key, value)| Fact { key: key.to_string(), value: value.to_string() }).collect()
}
