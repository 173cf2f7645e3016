//! Values of a file with prices: what they have to be, and what to say if they are not.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use smol_str::SmolStr;
use toml::Spanned;
use toml::de::DeValue;

use super::{Mistake, Reader, Table, Value};
use crate::suggest::nearest;

impl Reader<'_> {
    pub(super) fn positive(&mut self, value: Option<&Value<'_>>) -> Option<Decimal> {
        let decimal = self.decimal(value)?;
        if decimal.is_zero() {
            let span = value.map(Spanned::span).unwrap_or_default();
            self.mistake(span, "this cannot be 0", "leave it out, or write a positive number");
            return None;
        }
        Some(decimal)
    }

    pub(super) fn decimal(&mut self, value: Option<&Value<'_>>) -> Option<Decimal> {
        let value = value?;
        if let DeValue::Float(_) | DeValue::Integer(_) = value.get_ref() {
            let help = "put it in quotes: figures are read as decimals, exactly as they are written";
            self.mistake(value.span(), "a figure is a text here", help);
            return None;
        }
        let text = self.text(value)?;
        if text == "inf" {
            return None;
        }
        let parsed =
            crate::quantity::Quantity::parse(&text).ok().filter(|it| it.unit() == crate::quantity::Unit::default());
        let Some(number) = parsed else {
            let help = "write digits, with single `_` between them if you like, such as `1_000` or `0.015`";
            self.mistake(value.span(), &format!("`{text}` is no decimal number"), help);
            return None;
        };
        if number.value().is_sign_negative() && !number.value().is_zero() {
            self.mistake(value.span(), &format!("`{text}` is less than 0"), "figures of a price are 0 or more");
            return None;
        }
        Some(number.value())
    }

    pub(super) fn date(&mut self, value: &Value<'_>) -> Option<Date> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.mistake(value.span(), "this is no date", "write `2026-11-22`");
        }
        date
    }

    pub(super) fn text(&mut self, value: &Value<'_>) -> Option<SmolStr> {
        match value.get_ref() {
            DeValue::String(text) if text.chars().any(char::is_control) => {
                self.mistake(value.span(), "a text with control characters", "write it on one line, without them");
                None
            }
            DeValue::String(text) if !text.is_empty() => Some(text.as_ref().into()),
            _ => {
                self.mistake(value.span(), "expected a text", "write it in quotes");
                None
            }
        }
    }

    pub(super) fn table<'t>(&mut self, value: Option<&'t Value<'t>>) -> Option<Table<'t>> {
        let value = value?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.mistake(value.span(), "expected a table", "write `{ key = \"value\" }`, or `[name]` before its lines");
        None
    }

    pub(super) fn array<'t>(&mut self, value: Option<&'t Value<'t>>) -> &'t [Value<'t>] {
        let Some(value) = value else { return &[] };
        if let DeValue::Array(array) = value.get_ref() {
            return array;
        }
        self.mistake(value.span(), "expected a list", "write `[ … ]`, or `[[price]]` before each price");
        &[]
    }

    pub(super) fn required<'t>(&mut self, table: Table<'t>, key: &str, owner: &Value<'_>) -> Option<&'t Value<'t>> {
        let found = table.get(key);
        if found.is_none() {
            self.mistake(owner.span(), &format!("`{key}` is missing"), example(key));
        }
        found
    }

    pub(super) fn known(&mut self, table: Table<'_>, keys: &[&str], owner: &str) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if keys.contains(&name) {
                continue;
            }
            let help = match nearest(name, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
            };
            self.mistake(key.span(), &format!("{owner} has no `{name}`"), &help);
        }
    }

    pub(super) fn mistake(&mut self, span: Range<usize>, message: &str, help: &str) {
        self.mistakes.push(Mistake { span, message: message.to_owned(), help: Some(help.to_owned()) });
    }
}

/// How a key looks that may not be left out.
fn example(key: &str) -> &'static str {
    match key {
        "id" => "add `id = \"team.queue.messages\"`: what a meter names behind its `@`",
        "unit" => "add `unit = \"request\"`: what is counted or measured, such as `GiB-month`",
        "rows" => "add `rows = [{ region = \"us-east-1\", price = \"0.015\" }]`",
        "region" => "add `region = \"us-east-1\"`, or `\"*\"` for all regions",
        "kind" => "add `kind = \"…\"`: what it is, such as `contract` or `aws-offer`",
        "ref" => "add `ref = \"…\"`: where it is found",
        "read" => "add `read = 2026-11-22`: the day you read it",
        "quantity" => "add `quantity = \"1_000\"`: how many units a month are free",
        _ => "add `scope = \"account\"`, or `\"region\"`: who shares it",
    }
}
