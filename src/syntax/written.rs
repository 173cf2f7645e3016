//! Values and expressions as the language writes them, on one line.

use std::fmt::{self, Display, Formatter, Write};

use super::ast::{Argument, Operator, Value, ValueKind};

impl Display for Value {
    /// Writes the value as it could stand in a file, with as many parentheses as it needs.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ValueKind::Text(text) => write_text(f, text),
            ValueKind::Path(text) | ValueKind::Number(text) | ValueKind::Date(text) | ValueKind::RuleCode(text) => {
                f.write_str(text)
            }
            ValueKind::Load(load) => write!(f, "{} of {}", load.0, load.1),
            ValueKind::List(items) => {
                f.write_char('[')?;
                write_all(f, items)?;
                f.write_char(']')
            }
            ValueKind::Call(name, arguments) => {
                write!(f, "{}(", name.text)?;
                write_all(f, arguments)?;
                f.write_char(')')
            }
            ValueKind::Star => f.write_char('*'),
            ValueKind::Negative(inner) => {
                f.write_char('-')?;
                write_side(f, inner, u8::MAX)
            }
            ValueKind::Binary(binary) => {
                let level = binary.operator.level();
                write_side(f, &binary.left, level)?;
                write!(f, " {} ", binary.operator.symbol())?;
                // All operators lean to the left.
                write_side(f, &binary.right, level + 1)
            }
        }
    }
}

impl Display for Argument {
    /// Writes the argument with its name, if it has one.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{} = {}", name.text, self.value),
            None => self.value.fmt(f),
        }
    }
}

impl Operator {
    /// The operator as it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Flows(arrow) => arrow.symbol(),
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::AtMost => "<=",
            Operator::AtLeast => ">=",
            Operator::Less => "<",
            Operator::Greater => ">",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Intersect => "&",
        }
    }

    /// How tightly it binds, in the order of the parser's precedence.
    fn level(self) -> u8 {
        match self {
            Operator::Flows(_) => 0,
            Operator::Equal | Operator::NotEqual => 1,
            Operator::AtMost | Operator::AtLeast | Operator::Less | Operator::Greater => 2,
            Operator::Add | Operator::Subtract => 3,
            Operator::Intersect => 4,
            Operator::Multiply | Operator::Divide => 5,
        }
    }
}

fn write_side(f: &mut Formatter<'_>, side: &Value, level: u8) -> fmt::Result {
    match &side.kind {
        ValueKind::Binary(binary) if binary.operator.level() < level => write!(f, "({side})"),
        _ => side.fmt(f),
    }
}

fn write_all<T: Display>(f: &mut Formatter<'_>, items: &[T]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        let comma = if index > 0 { ", " } else { "" };
        write!(f, "{comma}{item}")?;
    }
    Ok(())
}

fn write_text(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for char in text.chars() {
        match char {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}
