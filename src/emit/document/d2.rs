//! A document as a diagram of D2: groups as containers, an arrow for each edge, carriers as its label.

use std::fmt::Write as _;

use super::tree::{Frame, Tree, shape};
use super::{Arrow, Document, Edge, Element};
use crate::catalog::Shape;

/// The deepest containers: deeper ones a model never has.
const MAX_DEPTH: usize = crate::syntax::MAX_NESTING;

/// The document as D2.
pub fn render(document: &Document) -> String {
    let tree = Tree::new(document);
    let mut text = String::from("direction: right\n");
    for architecture in &document.architectures {
        let _ = writeln!(text, "{}: {} {{", quoted(&architecture.name), quoted(architecture.label()));
        members(&tree, Frame::Architecture(&architecture.name), 1, &mut text);
        text.push_str("}\n");
    }
    for edge in &document.edges {
        arrow(&tree, edge, &mut text);
    }
    text
}

fn members(tree: &Tree<'_>, frame: Frame<'_>, depth: usize, text: &mut String) {
    let indent = depth * 2;
    for element in tree.children(frame) {
        let (name, label) = (quoted(own_name(element)), quoted(&element.label));
        if tree.is_frame(element) && depth < MAX_DEPTH + 2 {
            let _ = writeln!(text, "{:indent$}{name}: {label} {{", "");
            members(tree, Frame::Group(&element.path), depth + 1, text);
            let _ = writeln!(text, "{:indent$}}}", "");
        } else {
            let _ = writeln!(text, "{:indent$}{name}: {label} {{shape: {}}}", "", outline(element));
        }
    }
}

fn arrow(tree: &Tree<'_>, edge: &Edge, text: &mut String) {
    let (Some(from), Some(to)) = (tree.element(&edge.from), tree.element(&edge.to)) else { return };
    let label = tree.edge_label(edge);
    let label = if label.trim().is_empty() { String::new() } else { format!(": {}", quoted(&label)) };
    let dashes = if edge.arrow == Arrow::Side { " {style.stroke-dash: 4}" } else { "" };
    // A block needs a label before it, or the colon of one.
    let colon = if label.is_empty() && !dashes.is_empty() { ":" } else { "" };
    let _ = writeln!(text, "{} -> {}{label}{colon}{dashes}", place(tree, from), place(tree, to));
}

/// The way to an element through what stands around it.
fn place(tree: &Tree<'_>, element: &Element) -> String {
    let around = |it: &&Element| it.group.as_deref().and_then(|group| tree.element(group));
    let mut names: Vec<String> =
        std::iter::successors(Some(element), around).take(MAX_DEPTH + 2).map(|it| quoted(own_name(it))).collect();
    names.push(quoted(&element.architecture));
    names.reverse();
    names.join(".")
}

/// The name in what stands around it: the last part of the path, which tells those of one name apart.
fn own_name(element: &Element) -> &str {
    match element.path.rfind('#') {
        // `shop.web #2`
        Some(at) => {
            let start = element.path.get(..at).and_then(|before| before.rfind('.')).map_or(0, |dot| dot + 1);
            element.path.get(start..).unwrap_or(&element.name)
        }
        None => &element.name,
    }
}

fn outline(element: &Element) -> &'static str {
    match shape(element) {
        Shape::Box | Shape::Rounded => "rectangle",
        Shape::Stadium => "person",
        Shape::Subroutine => "queue",
        Shape::Cylinder => "cylinder",
        Shape::Circle => "circle",
        Shape::Diamond => "diamond",
        Shape::Hexagon => "hexagon",
        Shape::Slanted => "parallelogram",
        Shape::Flag => "step",
    }
}

/// A text between quotes. `${…}` would be a variable of the diagram.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' | '$' => quoted.extend(['\\', char]),
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

    /// What D2 reads between double quotes: `\n` is a line break, `\` before anything else takes its meaning from it, and
    /// `$` alone begins a variable.
    fn read(quoted: &str) -> Option<String> {
        let mut text = String::new();
        let mut chars = quoted.strip_prefix('"')?.strip_suffix('"')?.chars();
        while let Some(char) = chars.next() {
            match char {
                '"' | '$' | '\n' => return None,
                '\\' => text.push(match chars.next()? {
                    'n' => '\n',
                    char @ ('"' | '\\' | '$') => char,
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
            let plain = text.replace('\t', " ");
            let plain: String =
                plain.chars().map(|it| if it.is_control() && it != '\n' { '\u{fffd}' } else { it }).collect();
            prop_assert_eq!(read(&quoted(&text)), Some(plain));
        }
    }
}
