//! What was probably meant by a value that is not of its type.

use smol_str::SmolStr;

use super::{Mistyped, PropertySpec, PropertyType, Value, type_value};
use crate::diagnostic::{Edit, Fix};
use crate::quantity::{self, DimensionKind, QuantityError};
use crate::source::{FileId, Span};
use crate::suggest::{self, is_slip};
use crate::syntax;

/// What writes what was probably meant by a value that is not of a type; `written` is the text of a place.
pub fn meant<'t>(mistake: &Mistyped, ty: &PropertyType, written: impl Fn(Span) -> &'t str) -> Option<Fix> {
    let edit = |span: Span, text: &str| vec![Edit { span, replacement: text.to_owned() }];
    let replace = |span: Span, from: &str, to: &str, is_sure| {
        Some(Fix { title: format!("Replace `{from}` with `{to}`"), edits: edit(span, to), is_sure })
    };
    match mistake {
        Mistyped::Quantity { error, span } => match error {
            QuantityError::UnknownUnit { unit, nearest: Some(nearest), .. } => {
                replace(*span, unit, nearest, quantity::is_habit(unit, nearest) || is_slip(unit, nearest))
            }
            // Somebody may really mean bits.
            QuantityError::Bits { unit, bytes, .. } => replace(*span, unit, bytes, false),
            _ => None,
        },
        Mistyped::Unit { found, span } => {
            let suffix = match (ty, found.dimension().kind()) {
                (PropertyType::Multiple, DimensionKind::Number) => "x",
                (PropertyType::Percent, DimensionKind::Number) => "%",
                (PropertyType::MoneyRate, DimensionKind::Money) => "/month",
                _ => return None,
            };
            let written = written(*span);
            // A bare number can be meant as a multiple in one way only; half of all may be `50` or `0.5`.
            let is_sure = *ty == PropertyType::Multiple;
            let title = format!("Write `{written}{suffix}`");
            Some(Fix { title, edits: edit(span.after(), suffix), is_sure })
        }
        Mistyped::Choice { found, span } => {
            let near = suggest::nearest(found, choices(ty)?.iter().map(AsRef::as_ref))?;
            replace(*span, found, near, is_slip(found, near))
        }
        Mistyped::Type { .. } | Mistyped::Date { .. } | Mistyped::Count { .. } => None,
    }
}

/// The words that a type, or each of a list, has to choose from.
pub fn choices(ty: &PropertyType) -> Option<&[SmolStr]> {
    match ty {
        PropertyType::OneOf(names) => Some(names),
        PropertyType::List(inner) => choices(inner),
        _ => None,
    }
}

/// The end of its range that a value lies beyond: the nearest one that is allowed.
pub fn nearest_allowed<'s>(spec: &'s PropertySpec, written: &str) -> Option<&'s Value> {
    let property = syntax::parse_property(FileId::default(), &format!("value = {written}")).ok()?;
    let Value::Quantity(value) = type_value(&property.value?, &spec.ty).ok()? else { return None };
    let is_beyond = |bound: &&Value, low: bool| match bound {
        Value::Quantity(bound) => value.try_cmp(bound).is_ok_and(|it| if low { it.is_lt() } else { it.is_gt() }),
        _ => false,
    };
    let least = spec.min.as_ref().filter(|min| is_beyond(min, true));
    least.or_else(|| spec.max.as_ref().filter(|max| is_beyond(max, false)))
}
