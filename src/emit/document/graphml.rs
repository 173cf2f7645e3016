//! A document as `GraphML`, for graph libraries and editors: a node for each element, an edge for each hop, so that what
//! carries an edge is on the way.

use std::fmt::Write as _;

use super::{Cost, Document, Edge, Element};
use crate::emit::document::Hop;

/// The data of nodes and edges: where it belongs, its name and its type.
const KEYS: [(&str, &str, &str); 24] = [
    ("node", "name", "string"),
    ("node", "label", "string"),
    ("node", "variety", "string"),
    ("node", "kind", "string"),
    ("node", "category", "string"),
    ("node", "architecture", "string"),
    ("node", "group", "string"),
    ("node", "owner", "string"),
    ("node", "region", "string"),
    ("node", "account", "string"),
    ("node", "docs", "string"),
    ("node", "cost", "double"),
    ("node", "currency", "string"),
    ("node", "unpriced", "int"),
    ("node", "file", "string"),
    ("node", "line", "int"),
    ("edge", "edge", "string"),
    ("edge", "hop", "int"),
    ("edge", "arrow", "string"),
    ("edge", "label", "string"),
    ("edge", "records", "double"),
    ("edge", "records_peak", "double"),
    ("edge", "bytes", "double"),
    ("edge", "bytes_peak", "double"),
];

/// The document as `GraphML`.
pub fn render(document: &Document) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.push_str("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (of, name, kind) in KEYS {
        let _ = writeln!(text, "  <key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    text.push_str("  <graph id=\"architecture\" edgedefault=\"directed\">\n");
    for element in &document.elements {
        node(element, &mut text);
    }
    for edge in &document.edges {
        for (number, from, to, hop) in hops(edge) {
            connection(edge, number, (from, to), hop, &mut text);
        }
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

/// The parts of an edge with their numbers; the edge as a whole, if its carriers are not known.
pub(super) fn hops(edge: &Edge) -> Vec<(usize, &str, &str, Option<&Hop>)> {
    if edge.hops.is_empty() {
        return vec![(1, &edge.from, &edge.to, None)];
    }
    let hops = edge.hops.iter().enumerate();
    hops.map(|(index, hop)| (index + 1, hop.from.as_str(), hop.to.as_str(), Some(hop))).collect()
}

fn node(element: &Element, text: &mut String) {
    let _ = writeln!(text, "    <node id=\"{}\">", escape(&element.path));
    let mut data = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(text, "      <data key=\"node_{name}\">{}</data>", escape(value));
        }
    };
    data("name", Some(&element.name));
    data("label", Some(&element.label));
    data("variety", Some(element.variety.name()));
    data("kind", element.kind.as_deref());
    data("category", element.category.as_deref());
    data("architecture", Some(&element.architecture));
    data("group", element.group.as_deref());
    data("owner", element.owner.as_deref());
    data("region", element.region.as_deref());
    data("account", element.account.as_deref());
    data("docs", element.docs.as_deref());
    if let Some((sum, currency)) = amount(element.cost.as_ref()) {
        data("cost", sum);
        data("currency", Some(&currency));
    }
    data("unpriced", element.cost.as_ref().map(|cost| cost.unpriced.to_string()).as_deref());
    data("file", Some(&element.declared.file));
    data("line", Some(&element.declared.line.to_string()));
    text.push_str("    </node>\n");
}

fn connection(edge: &Edge, number: usize, (from, to): (&str, &str), hop: Option<&Hop>, text: &mut String) {
    let (id, from, to) = (escape(&format!("{} / {number}", edge.id)), escape(from), escape(to));
    let _ = writeln!(text, "    <edge id=\"{id}\" source=\"{from}\" target=\"{to}\">");
    let mut data = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(text, "      <data key=\"edge_{name}\">{}</data>", escape(value));
        }
    };
    data("edge", Some(&edge.id));
    data("hop", Some(&number.to_string()));
    data("arrow", Some(edge.arrow.name()));
    data("label", edge.label.as_deref());
    for (name, rate) in rates(hop) {
        data(name, rate);
    }
    text.push_str("    </edge>\n");
}

/// What moves along a part of an edge in a second, by its name in all tables and graphs.
pub(super) fn rates(hop: Option<&Hop>) -> [(&'static str, Option<&str>); 4] {
    let flow = hop.map(|hop| &hop.flow);
    let (records, bytes) = (flow.and_then(|it| it.records.as_ref()), flow.and_then(|it| it.bytes.as_ref()));
    [
        ("records", records.map(|it| it.mean.as_str())),
        ("records_peak", records.map(|it| it.peak.as_str())),
        ("bytes", bytes.map(|it| it.mean.as_str())),
        ("bytes_peak", bytes.map(|it| it.peak.as_str())),
    ]
}

/// The sums of a cost, such as `412.38 USD`; none if nothing is priced.
pub(super) fn cost(cost: Option<&Cost>) -> Option<String> {
    let cost = cost.filter(|cost| !cost.costs.is_empty())?;
    let sums = cost.costs.iter().map(|(currency, sum)| format!("{sum} {currency}"));
    Some(sums.collect::<Vec<_>>().join(" + "))
}

/// The sum of a cost and its currency; of several currencies, all sums in words in place of one. None if nothing is priced.
pub(super) fn amount(of: Option<&Cost>) -> Option<(Option<&str>, String)> {
    let mut sums = of?.costs.iter();
    match (sums.next(), sums.next()) {
        (Some((currency, sum)), None) => Some((Some(sum), currency.clone())),
        _ => cost(of).map(|words| (None, words)),
    }
}

/// A text as XML may hold it. A reader would make blanks of line breaks in attributes; control characters are forbidden.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(char));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::escape;

    /// What XML 1.0 means by a text in an attribute or between tags; none if it may not stand there.
    fn read(text: &str) -> Option<String> {
        let mut read = String::new();
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            rest = rest.strip_prefix(char)?;
            match char {
                '<' | '>' | '"' | '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => return None,
                '&' => {
                    let (entity, after) = rest.split_once(';')?;
                    read.push(match entity {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        number => char::from_u32(number.strip_prefix('#')?.parse().ok()?)?,
                    });
                    rest = after;
                }
                char => read.push(char),
            }
        }
        Some(read)
    }

    proptest! {
        #[test]
        fn a_text_can_be_read_back(text in any::<String>()) {
            let is_allowed = |it: char| !matches!(it, '\u{fffe}' | '\u{ffff}') && (it >= ' ' || "\t\n\r".contains(it));
            let plain: String = text.chars().map(|it| if is_allowed(it) { it } else { '\u{fffd}' }).collect();
            prop_assert_eq!(read(&escape(&text)), Some(plain));
        }
    }
}
