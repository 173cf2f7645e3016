//! The types of properties and parameters, as they are written.

use smol_str::SmolStr;

use crate::catalog::PropertyType;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, Argument, Path, ValueKind};

/// Reads a type; none if it is none, which is reported with the code.
pub(crate) fn property_type(
    ty: &ast::Type,
    code: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PropertyType> {
    Reader { code, diagnostics }.read(&ty.name, &ty.arguments)
}

struct Reader<'d> {
    code: &'static str,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, name: &Path, arguments: &[Argument]) -> Option<PropertyType> {
        let simple = match name.text.as_str() {
            "one_of" => return self.choice_type(name, arguments),
            "list" => return self.list_type(name, arguments),
            "text" => PropertyType::Text,
            "symbol" => PropertyType::Symbol,
            "bool" => PropertyType::Bool,
            "number" => PropertyType::Number,
            "count" => PropertyType::Count,
            "size" => PropertyType::Size,
            "duration" => PropertyType::Duration,
            "rate" => PropertyType::Rate,
            "throughput" => PropertyType::Throughput,
            "money" => PropertyType::Money,
            "money_rate" => PropertyType::MoneyRate,
            "percent" => PropertyType::Percent,
            "multiple" => PropertyType::Multiple,
            "date" => PropertyType::Date,
            "load" => PropertyType::Load,
            "element" => PropertyType::Element,
            "selector" => PropertyType::Selector,
            unknown => {
                self.diagnostics.push(
                    Diagnostic::new(self.code, name.span, format!("there is no type `{unknown}`"))
                        .help(format!("the types are {}", types())),
                );
                return None;
            }
        };
        if let Some(argument) = arguments.first() {
            let message = format!("the type `{simple}` takes no arguments");
            self.diagnostics
                .push(Diagnostic::new(self.code, argument.value.span, message).help(format!("write `{simple}`")));
        }
        Some(simple)
    }

    fn choice_type(&mut self, name: &Path, arguments: &[Argument]) -> Option<PropertyType> {
        let word = |argument: &Argument| match &argument.value.kind {
            ValueKind::Path(word) | ValueKind::Text(word) if argument.name.is_none() => Some(word.clone()),
            _ => None,
        };
        let words: Option<Vec<SmolStr>> = arguments.iter().map(word).collect();
        let words = words.filter(|words| !words.is_empty());
        if words.is_none() {
            let diagnostic = Diagnostic::new(self.code, name.span, "`one_of` takes the names to choose from");
            self.diagnostics.push(diagnostic.help("write them in parentheses: `one_of(standard, express)`"));
        }
        words.map(PropertyType::OneOf)
    }

    fn list_type(&mut self, name: &Path, arguments: &[Argument]) -> Option<PropertyType> {
        let inner = match arguments {
            [Argument { name: None, value }] => match &value.kind {
                ValueKind::Path(word) if word != "list" => {
                    return self.list_of(&Path { text: word.clone(), span: value.span }, &[]);
                }
                ValueKind::Call(inner, arguments) if inner.text != "list" => Some((inner, arguments)),
                _ => None,
            },
            _ => None,
        };
        if let Some((inner, arguments)) = inner {
            return self.list_of(inner, arguments);
        }
        let diagnostic = Diagnostic::new(self.code, name.span, "`list` takes the type of its values");
        self.diagnostics.push(diagnostic.help("write it in parentheses: `list(size)`"));
        None
    }

    fn list_of(&mut self, inner: &Path, arguments: &[Argument]) -> Option<PropertyType> {
        self.read(inner, arguments).map(|inner| PropertyType::List(Box::new(inner)))
    }
}

/// The names that a type can have. The last two take arguments.
pub(crate) const TYPE_NAMES: [&str; 19] = [
    "text",
    "symbol",
    "bool",
    "number",
    "count",
    "size",
    "duration",
    "rate",
    "throughput",
    "money",
    "money_rate",
    "percent",
    "multiple",
    "date",
    "load",
    "element",
    "selector",
    "one_of",
    "list",
];

fn types() -> String {
    let plain = TYPE_NAMES.iter().filter(|name| !matches!(**name, "one_of" | "list"));
    let plain: Vec<_> = plain.map(|name| format!("`{name}`")).collect();
    format!("{}, `one_of(…)` and `list(…)`", plain.join(", "))
}
