//! The names in a selector, each with what it is the name of. What they mean is for the caller to look up.

use super::function::{Function, MEASURES, function, variety};
use crate::source::Span;
use crate::syntax::ast::{Argument, Operator, Path, Value, ValueKind};

/// A name in a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mention {
    /// Of an element or an architecture; or a word for a sort of elements, where no element has that name.
    Element(Path),
    /// Of a kind.
    Kind(Path),
    /// Of a property.
    Property(Path),
}

/// Whether a word stands for all elements of a sort, so that outside of architectures it is not taken for a name.
pub fn is_word(name: &str) -> bool {
    variety(name).is_some()
}

/// The names in a selector, or in a limit of a rule, in the order of the text.
pub fn mentions(written: &Value) -> Vec<Mention> {
    let mut found = Vec::new();
    node(written, &mut found);
    found
}

fn node(value: &Value, found: &mut Vec<Mention>) {
    match &value.kind {
        ValueKind::Path(text) => found.push(Mention::Element(Path { text: text.clone(), span: value.span })),
        ValueKind::List(items) => items.iter().for_each(|item| node(item, found)),
        ValueKind::Binary(binary) => {
            node(&binary.left, found);
            node(&binary.right, found);
        }
        ValueKind::Call(name, arguments) => call(&name.text, arguments, found),
        _ => {}
    }
}

fn call(name: &str, arguments: &[Argument], found: &mut Vec<Mention>) {
    let Some((function, _)) = function(name) else {
        if MEASURES.contains(&name) {
            for argument in arguments {
                node(&argument.value, found);
            }
        }
        return;
    };
    match function {
        Function::Kind => found.extend(words(arguments).map(Mention::Kind)),
        Function::Has => found.extend(words(arguments).map(Mention::Property)),
        Function::Where => found.extend(arguments.iter().filter_map(compared).map(Mention::Property)),
        Function::Upstream | Function::Downstream | Function::Neighbors => {
            arguments.iter().take(1).for_each(|argument| node(&argument.value, found));
        }
        Function::Between => arguments.iter().for_each(|argument| node(&argument.value, found)),
        Function::Moves => arguments.iter().skip(1).for_each(|argument| node(&argument.value, found)),
        Function::Category | Function::Words(_) | Function::Carries => {}
    }
}

/// Names, which may stand in quotes.
fn words(arguments: &[Argument]) -> impl Iterator<Item = Path> {
    arguments.iter().filter_map(|argument| match &argument.value.kind {
        ValueKind::Path(text) => Some(Path { text: text.clone(), span: argument.value.span }),
        ValueKind::Text(text) => Some(Path { text: text.clone(), span: inside_quotes(text, argument.value.span)? }),
        _ => None,
    })
}

/// Where a text stands without its quotes; none if it is written with escapes or in another form.
fn inside_quotes(text: &str, span: Span) -> Option<Span> {
    let inside = span.slice(1, (span.range().len()).saturating_sub(1));
    (inside.range().len() == text.len()).then_some(inside)
}

/// The property in `name = value` and `name >= value`.
fn compared(argument: &Argument) -> Option<Path> {
    if let Some(name) = &argument.name {
        return Some(name.clone());
    }
    let ValueKind::Binary(binary) = &argument.value.kind else { return None };
    match (&binary.left.kind, binary.operator) {
        (_, Operator::Flows(_)) => None,
        (ValueKind::Path(text), _) => Some(Path { text: text.clone(), span: binary.left.span }),
        _ => None,
    }
}
