//! A document as statements of Cypher, which fill a graph database: a node for each element, `IN` to what stands around it,
//! and a relationship for each hop of an edge. Running them again changes nothing: nodes and relationships are merged.

use std::fmt::Write as _;

use super::graphml::{amount, hops, rates};
use super::{Arrow, Document, Edge, Element, Variety};
use crate::emit::document::Hop;

/// The document as Cypher, a statement a line.
pub fn render(document: &Document) -> String {
    let mut text = String::from(
        "CREATE CONSTRAINT archc_path IF NOT EXISTS FOR (e:Element) REQUIRE e.path IS UNIQUE;\n\
         CREATE CONSTRAINT archc_name IF NOT EXISTS FOR (a:Architecture) REQUIRE a.name IS UNIQUE;\n",
    );
    for architecture in &document.architectures {
        let label = properties(&[("label", Some(architecture.label())), ("docs", architecture.docs.as_deref())], &[]);
        let _ = writeln!(text, "MERGE (a:Architecture {{name: {}}}) SET a += {label};", quoted(&architecture.name));
    }
    for element in &document.elements {
        node(element, &mut text);
    }
    for element in &document.elements {
        around(element, &mut text);
    }
    for edge in &document.edges {
        for (number, from, to, hop) in hops(edge) {
            connection(edge, number, (from, to), hop, &mut text);
        }
    }
    text
}

fn node(element: &Element, text: &mut String) {
    let (cost, currency) = amount(element.cost.as_ref()).unwrap_or_default();
    let unpriced = element.cost.as_ref().map(|cost| cost.unpriced.to_string());
    let line = element.declared.line.to_string();
    let facts = properties(
        &[
            ("name", Some(&element.name)),
            ("label", Some(&element.label)),
            ("kind", element.kind.as_deref()),
            ("category", element.category.as_deref()),
            ("owner", element.owner.as_deref()),
            ("region", element.region.as_deref()),
            ("account", element.account.as_deref()),
            ("docs", element.docs.as_deref()),
            ("currency", Some(currency.as_str()).filter(|currency| !currency.is_empty())),
            ("file", Some(&element.declared.file)),
        ],
        &[("cost", cost), ("unpriced", unpriced.as_deref()), ("line", Some(&line))],
    );
    let label = match element.variety {
        Variety::Service => "Service",
        Variety::Carrier => "Service:Carrier",
        Variety::External => "External",
        Variety::Person => "Person",
        Variety::Group => "Group",
    };
    let path = quoted(&element.path);
    let _ = writeln!(text, "MERGE (e:Element {{path: {path}}}) SET e:{label}, e += {facts};");
}

/// Where an element stands: in the innermost group around it, or in its architecture.
fn around(element: &Element, text: &mut String) {
    let outer = match &element.group {
        Some(group) => format!("(o:Element {{path: {}}})", quoted(group)),
        None => format!("(o:Architecture {{name: {}}})", quoted(&element.architecture)),
    };
    let _ = writeln!(text, "MATCH (e:Element {{path: {}}}), {outer} MERGE (e)-[:IN]->(o);", quoted(&element.path));
}

fn connection(edge: &Edge, number: usize, (from, to): (&str, &str), hop: Option<&Hop>, text: &mut String) {
    let relationship = match edge.arrow {
        Arrow::Data => "SENDS",
        Arrow::Call => "CALLS",
        Arrow::Side => "AFFECTS",
    };
    let facts = properties(&[("label", edge.label.as_deref())], &rates(hop));
    let (from, to, id) = (quoted(from), quoted(to), quoted(&edge.id));
    let _ = writeln!(
        text,
        "MATCH (a:Element {{path: {from}}}), (b:Element {{path: {to}}}) \
         MERGE (a)-[r:{relationship} {{edge: {id}, hop: {number}}}]->(b) SET r += {facts};"
    );
}

/// The properties that have a value, texts and numbers, as a map.
fn properties(texts: &[(&str, Option<&str>)], numbers: &[(&str, Option<&str>)]) -> String {
    let given = texts.iter().filter_map(|(name, value)| Some(format!("{name}: {}", quoted((*value)?))));
    let numbers = numbers.iter().filter_map(|(name, value)| Some(format!("{name}: {}", (*value)?)));
    let given = given.chain(numbers);
    format!("{{{}}}", given.collect::<Vec<_>>().join(", "))
}

/// A text between quotes, on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for char in text.chars() {
        match char {
            '\'' | '\\' => quoted.extend(['\\', char]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Control characters, and what some readers take for the end of a line.
            char if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::quoted;

    /// What a literal means, by the rules of openCypher.
    fn read(literal: &str) -> Option<String> {
        let mut text = String::new();
        let mut chars = literal.strip_prefix('\'')?.strip_suffix('\'')?.chars();
        while let Some(char) = chars.next() {
            match char {
                '\'' | '\n' | '\r' => return None,
                '\\' => text.push(match chars.next()? {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => {
                        let digits: String = chars.by_ref().take(4).collect();
                        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
                    }
                    char @ ('\'' | '\\') => char,
                    _ => return None,
                }),
                char => text.push(char),
            }
        }
        Some(text)
    }

    proptest! {
        #[test]
        fn a_text_can_be_read_back(text in any::<String>()) {
            prop_assert_eq!(read(&quoted(&text)), Some(text));
        }
    }
}
