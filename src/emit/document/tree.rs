//! A document as nodes in frames: what drawings are made of.
//!
//! A group with something in it is a frame. A carrier that no edge leads to or from is only the label of its edge.

use std::collections::{HashMap, HashSet};

use super::{Document, Edge, Element, Variety};
use crate::catalog::{Category, Shape};

pub(super) struct Tree<'d> {
    elements: HashMap<&'d str, &'d Element>,
    /// What is drawn directly in each architecture and group, by the name of the one or the path of the other.
    children: HashMap<Frame<'d>, Vec<&'d Element>>,
}

/// What others stand in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Frame<'d> {
    Architecture(&'d str),
    Group(&'d str),
}

impl<'d> Tree<'d> {
    pub(super) fn new(document: &'d Document) -> Tree<'d> {
        let ends: HashSet<&str> = document.edges.iter().flat_map(|edge| [edge.from.as_str(), &edge.to]).collect();
        let carriers: HashSet<&str> =
            document.edges.iter().flat_map(|edge| &edge.carriers).map(String::as_str).collect();
        let mut tree = Tree { elements: HashMap::new(), children: HashMap::new() };
        for element in &document.elements {
            let path = element.path.as_str();
            tree.elements.insert(path, element);
            if carriers.contains(path) && !ends.contains(path) {
                continue;
            }
            let architecture = Frame::Architecture(&element.architecture);
            let frame = element.group.as_deref().map_or(architecture, Frame::Group);
            tree.children.entry(frame).or_default().push(element);
        }
        tree
    }

    pub(super) fn element(&self, path: &str) -> Option<&'d Element> {
        self.elements.get(path).copied()
    }

    /// What stands directly in a frame and is drawn.
    pub(super) fn children(&self, frame: Frame<'d>) -> &[&'d Element] {
        self.children.get(&frame).map_or(&[], Vec::as_slice)
    }

    /// Whether an element is drawn as a frame around others.
    pub(super) fn is_frame(&self, element: &'d Element) -> bool {
        element.variety == Variety::Group && !self.children(Frame::Group(&element.path)).is_empty()
    }

    /// The first element in an element that is no frame; the element itself, if it is none.
    pub(super) fn first_leaf(&self, element: &'d Element) -> &'d Element {
        let mut leaf = element;
        // A document that somebody made by hand may nest groups in a circle.
        for _ in 0..self.elements.len() {
            match self.children(Frame::Group(&leaf.path)).first() {
                Some(first) if leaf.variety == Variety::Group => leaf = first,
                _ => break,
            }
        }
        leaf
    }

    /// What an edge is called: its label, or else the services that carry it.
    pub(super) fn edge_label(&self, edge: &Edge) -> String {
        match &edge.label {
            Some(label) => label.clone(),
            None => self.carriers(edge),
        }
    }

    pub(super) fn carriers(&self, edge: &Edge) -> String {
        let labels = edge.carriers.iter().filter_map(|path| self.element(path)).map(Element::label_line);
        labels.collect::<Vec<_>>().join(" → ")
    }
}

/// The outline of an element, by what sort of thing it is.
pub(super) fn shape(element: &Element) -> Shape {
    element.category.as_deref().and_then(Category::of).map_or(Shape::Box, Category::shape)
}
