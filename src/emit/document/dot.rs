//! A document as a graph of Graphviz: groups as clusters, an arrow for each edge, carriers as its label.

use std::fmt::Write as _;

use super::tree::{Frame, Tree, shape};
use super::{Arrow, Document, Edge, Element};
use crate::catalog::Shape;

/// The deepest frames: deeper ones a model never has.
const MAX_DEPTH: usize = crate::syntax::MAX_NESTING;

/// The document as DOT.
pub fn render(document: &Document) -> String {
    let tree = Tree::new(document);
    let mut text = format!("digraph {} {{\n", quoted(document.name.as_deref().unwrap_or("architecture")));
    text.push_str("  graph [compound=true, rankdir=LR];\n  node [shape=box];\n");
    for architecture in &document.architectures {
        let _ = writeln!(text, "  subgraph {} {{", quoted(&format!("cluster_{}", architecture.name)));
        let _ = writeln!(text, "    label={};", quoted(architecture.label()));
        members(&tree, Frame::Architecture(&architecture.name), 2, &mut text);
        text.push_str("  }\n");
    }
    for edge in &document.edges {
        arrow(&tree, edge, &mut text);
    }
    text.push_str("}\n");
    text
}

fn members(tree: &Tree<'_>, frame: Frame<'_>, depth: usize, text: &mut String) {
    let indent = depth * 2;
    for element in tree.children(frame) {
        if tree.is_frame(element) && depth < MAX_DEPTH + 2 {
            let _ = writeln!(text, "{:indent$}subgraph {} {{", "", quoted(&format!("cluster_{}", element.path)));
            let _ = writeln!(text, "{:indent$}  label={};", "", quoted(&element.label));
            members(tree, Frame::Group(&element.path), depth + 1, text);
            let _ = writeln!(text, "{:indent$}}}", "");
        } else {
            let (id, label) = (quoted(&element.path), quoted(&element.label));
            let _ = writeln!(text, "{:indent$}{id} [label={label}, shape={}];", "", outline(element));
        }
    }
}

/// An arrow leads to a cluster by way of a node in it.
fn arrow(tree: &Tree<'_>, edge: &Edge, text: &mut String) {
    let (Some(from), Some(to)) = (tree.element(&edge.from), tree.element(&edge.to)) else { return };
    let (tail, head) = (tree.first_leaf(from), tree.first_leaf(to));
    let mut attributes = Vec::new();
    let label = tree.edge_label(edge);
    attributes.extend((!label.trim().is_empty()).then(|| format!("label={}", quoted(&label))));
    attributes.extend((edge.arrow == Arrow::Side).then(|| "style=dashed".to_owned()));
    // Graphviz does not draw an arrow from what stands in a cluster to that cluster.
    let is_within = |inner: &Element, outer: &Element| inner.path.starts_with(&format!("{}.", outer.path));
    if !is_within(from, to) && !is_within(to, from) && from.path != to.path {
        for (name, element) in [("ltail", from), ("lhead", to)] {
            let cluster = || format!("{name}={}", quoted(&format!("cluster_{}", element.path)));
            attributes.extend(tree.is_frame(element).then(cluster));
        }
    }
    attributes.push(format!("class={}", quoted(edge.arrow.name())));
    let (tail, head) = (quoted(&tail.path), quoted(&head.path));
    let _ = writeln!(text, "  {tail} -> {head} [{}];", attributes.join(", "));
}

fn outline(element: &Element) -> &'static str {
    match shape(element) {
        Shape::Box => "box",
        Shape::Rounded | Shape::Stadium => "box, style=rounded",
        Shape::Subroutine => "box, peripheries=2",
        Shape::Cylinder => "cylinder",
        Shape::Circle => "circle",
        Shape::Diamond => "diamond",
        Shape::Hexagon => "hexagon",
        Shape::Slanted => "parallelogram",
        Shape::Flag => "cds",
    }
}

/// A text between quotes, as labels read it: a backslash begins an escape there, and `&` an entity of HTML. Graphviz has no
/// way to write control characters.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '&' => quoted.push_str("&amp;"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push(' '),
            char if char.is_control() => quoted.push(char::REPLACEMENT_CHARACTER),
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::quoted;

    /// What Graphviz reads between the quotes, and shows as a label.
    fn shown(quoted: &str) -> Option<String> {
        let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
        let mut shown = String::new();
        let mut chars = inner.chars();
        while let Some(char) = chars.next() {
            match char {
                '"' => return None,
                '\\' => shown.push(match chars.next()? {
                    'n' => '\n',
                    char @ ('"' | '\\') => char,
                    _ => return None,
                }),
                char => shown.push(char),
            }
        }
        Some(shown.replace("&amp;", "&"))
    }

    proptest! {
        #[test]
        fn a_label_can_be_read_back(text in any::<String>()) {
            let plain = text.replace('\t', " ");
            let plain: String =
                plain.chars().map(|it| if it.is_control() && it != '\n' { '\u{fffd}' } else { it }).collect();
            prop_assert_eq!(shown(&quoted(&text)), Some(plain));
        }
    }
}
