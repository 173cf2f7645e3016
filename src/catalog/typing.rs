//! From values as written to values of a type.

use std::sync::Arc;

use smol_str::SmolStr;

use super::{PropertyType, Value};
use crate::quantity::{DimensionKind, Quantity, QuantityError};
use crate::source::Span;
use crate::syntax::ast::{self, ValueKind};

/// Why a value is not of the type that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Mistyped {
    /// It is something else.
    Type {
        /// What was written, for messages: "a text".
        found: &'static str,
        /// Where.
        span: Span,
    },
    /// It is a quantity of another dimension.
    Unit {
        /// The quantity.
        found: Quantity,
        /// Where.
        span: Span,
    },
    /// It is no quantity at all.
    Quantity {
        /// Why.
        error: QuantityError,
        /// Where.
        span: Span,
    },
    /// It is none of the names.
    Choice {
        /// What was written.
        found: SmolStr,
        /// Where.
        span: Span,
    },
    /// It is no day of the calendar.
    Date {
        /// Where.
        span: Span,
    },
    /// It is negative, or not whole.
    Count {
        /// Where.
        span: Span,
    },
}

/// The value as one of `ty`.
///
/// # Errors
/// Says what it is instead.
pub fn type_value(value: &ast::Value, ty: &PropertyType) -> Result<Value, Mistyped> {
    let span = value.span;
    match (ty, &value.kind) {
        // What it means is known when all names are.
        (PropertyType::Selector, _) => Ok(Value::Selector(Arc::new(value.clone()))),
        (PropertyType::Text, ValueKind::Text(text) | ValueKind::Path(text)) => Ok(Value::Text(text.clone())),
        (PropertyType::Bool, ValueKind::Path(word)) if word == "true" || word == "false" => {
            Ok(Value::Bool(word == "true"))
        }
        (PropertyType::Symbol | PropertyType::Element, ValueKind::Path(name)) => Ok(Value::Symbol(name.clone())),
        (PropertyType::Symbol, ValueKind::Text(text)) => Ok(Value::Symbol(text.clone())),
        (PropertyType::Date, ValueKind::Date(text)) => {
            text.parse().map(Value::Date).map_err(|_| Mistyped::Date { span })
        }
        (PropertyType::OneOf(names), ValueKind::Path(word) | ValueKind::Text(word)) => {
            if names.contains(word) {
                Ok(Value::Symbol(word.clone()))
            } else {
                Err(Mistyped::Choice { found: word.clone(), span })
            }
        }
        (PropertyType::List(inner), ValueKind::List(items)) => {
            items.iter().map(|item| type_value(item, inner)).collect::<Result<_, _>>().map(Value::List)
        }
        // One value may stand for a list of one.
        (PropertyType::List(inner), _) => type_value(value, inner).map(|item| Value::List(vec![item])),
        (PropertyType::Load, ValueKind::Load(load)) => {
            let rate = quantity(&load.0, &PropertyType::Rate)?;
            let size = quantity(&load.1, &PropertyType::Size)?;
            Ok(Value::Load(Box::new((rate, size))))
        }
        (PropertyType::Load, ValueKind::Number(_)) => Err(Mistyped::Type { found: "a number", span }),
        (_, ValueKind::Number(_)) => quantity(value, ty).map(Value::Quantity),
        _ => Err(Mistyped::Type { found: describe(&value.kind), span }),
    }
}

fn quantity(value: &ast::Value, ty: &PropertyType) -> Result<Quantity, Mistyped> {
    let span = value.span;
    let ValueKind::Number(text) = &value.kind else {
        return Err(Mistyped::Type { found: describe(&value.kind), span });
    };
    let found = Quantity::parse(text).map_err(|error| {
        let range = error.range();
        Mistyped::Quantity { span: span.slice(range.start, range.end), error }
    })?;
    let kind = found.dimension().kind();
    let fits = match ty {
        PropertyType::Number => kind == DimensionKind::Number,
        PropertyType::Count => matches!(kind, DimensionKind::Number | DimensionKind::Count),
        PropertyType::Size => kind == DimensionKind::Size,
        PropertyType::Duration => kind == DimensionKind::Duration,
        PropertyType::Rate => kind == DimensionKind::Rate,
        PropertyType::Throughput => kind == DimensionKind::Throughput,
        PropertyType::Money => kind == DimensionKind::Money,
        PropertyType::MoneyRate => kind == DimensionKind::MoneyRate,
        PropertyType::Percent => kind == DimensionKind::Percent,
        PropertyType::Multiple => kind == DimensionKind::Multiple,
        _ => return Err(Mistyped::Type { found: "a number", span }),
    };
    if !fits {
        return Err(Mistyped::Unit { found, span });
    }
    let whole = found.value().fract().is_zero() && !found.value().is_sign_negative();
    if *ty == PropertyType::Count && !whole {
        return Err(Mistyped::Count { span });
    }
    Ok(found)
}

/// What is written where something is computed, for messages.
pub const AN_EXPRESSION: &str = "an expression";

/// What a value is, for messages.
fn describe(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::Text(_) => "a text",
        ValueKind::Path(word) if word == "true" || word == "false" => "a truth value",
        ValueKind::Path(_) | ValueKind::RuleCode(_) => "a name",
        ValueKind::Number(_) => "a number",
        ValueKind::Load(_) => "a load",
        ValueKind::Date(_) => "a date",
        ValueKind::List(_) => "a list",
        ValueKind::Call(..) | ValueKind::Star | ValueKind::Negative(_) | ValueKind::Binary(_) => AN_EXPRESSION,
    }
}
