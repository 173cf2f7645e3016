//! Values of properties, after their type has been checked.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::quantity::Quantity;
use crate::syntax::ast;

/// A value of a known type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(SmolStr),
    /// A name.
    Symbol(SmolStr),
    /// Yes or no.
    Bool(bool),
    /// A number with its unit.
    Quantity(Quantity),
    /// A rate, and the size of one record.
    Load(Box<(Quantity, Quantity)>),
    /// A day.
    Date(Date),
    /// An expression that selects elements or edges, as it was written.
    Selector(Arc<ast::Value>),
    /// Several, all of one type.
    List(Vec<Value>),
}

impl Value {
    /// The text of a text or a name.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Symbol(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a list; of anything else, the value itself.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }
}

impl fmt::Display for Value {
    /// Writes the value for people: texts without quotes, lists with commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) | Value::Symbol(text) => f.write_str(text),
            Value::Bool(value) => value.fmt(f),
            Value::Quantity(quantity) => quantity.fmt(f),
            Value::Load(load) => write!(f, "{} of {}", load.0, load.1),
            Value::Date(date) => date.fmt(f),
            Value::Selector(selector) => selector.fmt(f),
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    item.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}
