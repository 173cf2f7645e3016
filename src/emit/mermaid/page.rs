//! The syntax of a flowchart, and the only place that writes it: text in, Mermaid out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::palette::{self, Colours};
use super::sketch::Mark;
use super::{MAX_CHARACTERS, MAX_EDGES, Style, escape};
use crate::catalog::{Category, Shape};
use crate::view::Direction;

/// What stands above the nodes.
pub(super) struct Heading<'t> {
    /// The name of the architecture.
    pub(super) architecture: &'t str,
    /// The way it runs.
    pub(super) direction: Direction,
    /// For screen readers: what the diagram shows.
    pub(super) title: String,
    /// For screen readers: more about it; may be empty.
    pub(super) description: String,
}

impl Heading<'_> {
    /// A diagram of a sort with this above its body.
    pub(super) fn above(&self, sort: &str, body: &str) -> String {
        let mut text = String::with_capacity(body.len() + 256);
        _ = writeln!(text, "%% {}: drawn by archc\n{sort}", self.architecture);
        for (key, value) in [("accTitle", &self.title), ("accDescr", &self.description)] {
            let value = escape::line(value);
            if !value.is_empty() {
                _ = writeln!(text, "  {key}: {value}");
            }
        }
        text + body
    }
}

/// What a node is coloured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Category(Category),
    /// Something that another diagram shows.
    Elsewhere,
    /// A group or several elements, drawn as one.
    Collapsed,
    /// Something of two models, by what became of it.
    Marked(Mark),
}

impl Look {
    /// The name of its class.
    fn class(self) -> &'static str {
        match self {
            Look::Category(category) => category.name(),
            Look::Elsewhere => "elsewhere",
            Look::Collapsed => "collapsed",
            Look::Marked(mark) => class_of(mark),
        }
    }

    fn colours(self) -> Colours {
        match self {
            Look::Category(category) => palette::of(category),
            Look::Elsewhere => palette::ELSEWHERE,
            Look::Collapsed => palette::COLLAPSED,
            Look::Marked(mark) => palette::of_mark(mark),
        }
    }
}

/// Colour alone does not tell everybody what is gone.
const DASHED: &str = ",stroke-dasharray:5 4";

/// A node to be written.
pub(super) struct Node<'t> {
    pub(super) id: &'t str,
    /// The escaped label.
    pub(super) label: String,
    pub(super) shape: Shape,
    pub(super) look: Option<Look>,
    /// `planned`, `live` or `deprecated`.
    pub(super) status: Option<&'t str>,
}

/// A diagram as it is written.
pub(super) struct Page {
    style: Style,
    body: String,
    depth: usize,
    edges: usize,
    looks: BTreeSet<Look>,
    frames: Vec<String>,
    planned: Vec<String>,
    deprecated: Vec<String>,
    /// Frames and arrows that are marked, these by their numbers.
    marked_frames: BTreeMap<Mark, Vec<String>>,
    marked_edges: BTreeMap<Mark, Vec<String>>,
}

impl Page {
    pub(super) fn new(style: Style) -> Page {
        Page {
            style,
            body: String::new(),
            depth: 1,
            edges: 0,
            looks: BTreeSet::new(),
            frames: Vec::new(),
            planned: Vec::new(),
            deprecated: Vec::new(),
            marked_frames: BTreeMap::new(),
            marked_edges: BTreeMap::new(),
        }
    }

    /// Writes a line. Writing to a string does not fail.
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        _ = writeln!(self.body, "{:indent$}{line}", "", indent = self.depth * 2);
    }

    /// Begins the frame of a group. The title is escaped.
    pub(super) fn open(&mut self, id: &str, title: &str) {
        self.line(format_args!("subgraph {id}[\"{title}\"]"));
        self.depth += 1;
        self.frames.push(id.to_owned());
    }

    /// Begins a frame that is marked.
    pub(super) fn open_marked(&mut self, id: &str, title: &str, mark: Mark) {
        self.open(id, title);
        if mark != Mark::Same
            && let Some(frame) = self.frames.pop()
        {
            self.marked_frames.entry(mark).or_default().push(frame);
        }
    }

    /// Ends the innermost frame.
    pub(super) fn close(&mut self) {
        self.depth -= 1;
        self.line(format_args!("end"));
    }

    pub(super) fn node(&mut self, node: &Node<'_>) {
        let Node { id, label, .. } = node;
        if self.style == Style::Plain {
            return self.line(format_args!("{id}[\"{label}\"]"));
        }
        let (open, close) = brackets(node.shape);
        match node.look {
            Some(look) => {
                self.looks.insert(look);
                let class = look.class();
                self.line(format_args!("{id}{open}\"{label}\"{close}:::c_{class}"));
            }
            None => self.line(format_args!("{id}{open}\"{label}\"{close}")),
        }
        match node.status {
            Some("planned") => self.planned.push(node.id.to_owned()),
            Some("deprecated") => self.deprecated.push(node.id.to_owned()),
            _ => {}
        }
    }

    /// Writes an arrow. The label is escaped; an empty one is left out, since Mermaid does not read it.
    pub(super) fn edge(&mut self, from: &str, to: &str, label: &str, dotted: bool) {
        self.edges += 1;
        let arrow = if dotted { "-.->" } else { "-->" };
        if label.is_empty() {
            self.line(format_args!("{from} {arrow} {to}"));
        } else {
            self.line(format_args!("{from} {arrow}|\"{label}\"| {to}"));
        }
    }

    /// Writes an arrow that is marked.
    pub(super) fn edge_marked(&mut self, from: &str, to: &str, label: &str, dotted: bool, mark: Mark) {
        if mark != Mark::Same {
            self.marked_edges.entry(mark).or_default().push(self.edges.to_string());
        }
        self.edge(from, to, label, dotted);
    }

    /// The whole source; none if a host would refuse to draw it.
    pub(super) fn finish(mut self, heading: &Heading<'_>) -> Option<String> {
        self.classes();
        let text = heading.above(&format!("flowchart {}", letters(heading.direction)), &self.body);
        let fits = self.edges <= MAX_EDGES && text.encode_utf16().count() <= MAX_CHARACTERS;
        fits.then_some(text)
    }

    fn classes(&mut self) {
        if self.style == Style::Plain {
            return;
        }
        for look in std::mem::take(&mut self.looks) {
            let Colours { fill, stroke, text } = look.colours();
            let class = look.class();
            let dash = if look == Look::Marked(Mark::Removed) { DASHED } else { "" };
            self.line(format_args!(
                "classDef c_{class} fill:{fill},stroke:{stroke},stroke-width:1.5px,color:{text}{dash}"
            ));
        }
        let sets = [
            (std::mem::take(&mut self.frames), "c_frame", palette::FRAME),
            (std::mem::take(&mut self.planned), "c_planned", "stroke-dasharray:6 4"),
            (std::mem::take(&mut self.deprecated), "c_deprecated", "stroke-dasharray:2 3"),
        ];
        for (ids, class, style) in sets {
            if !ids.is_empty() {
                self.line(format_args!("classDef {class} {style}"));
                self.line(format_args!("class {} {class}", ids.join(",")));
            }
        }
        self.marks();
    }

    fn marks(&mut self) {
        for (mark, ids) in std::mem::take(&mut self.marked_frames) {
            let (class, stroke) = (class_of(mark), palette::of_mark(mark).stroke);
            self.line(format_args!("classDef c_frame_{class} fill:{stroke}14,stroke:{stroke},stroke-width:1.5px"));
            self.line(format_args!("class {} c_frame_{class}", ids.join(",")));
        }
        for (mark, numbers) in std::mem::take(&mut self.marked_edges) {
            let stroke = palette::of_mark(mark).stroke;
            let dash = if mark == Mark::Removed { DASHED } else { "" };
            self.line(format_args!("linkStyle {} stroke:{stroke},stroke-width:2.5px{dash}", numbers.join(",")));
        }
    }
}

fn class_of(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "same",
        Mark::Added => "added",
        Mark::Removed => "removed",
        Mark::Changed => "changed",
    }
}

fn letters(direction: Direction) -> &'static str {
    match direction {
        Direction::Right => "LR",
        Direction::Down => "TB",
        Direction::Left => "RL",
        Direction::Up => "BT",
    }
}

/// The shapes that 10.9 knows already.
fn brackets(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Box => ("[", "]"),
        Shape::Rounded => ("(", ")"),
        Shape::Stadium => ("([", "])"),
        Shape::Subroutine => ("[[", "]]"),
        Shape::Cylinder => ("[(", ")]"),
        Shape::Circle => ("((", "))"),
        Shape::Diamond => ("{", "}"),
        Shape::Hexagon => ("{{", "}}"),
        Shape::Slanted => ("[/", "/]"),
        Shape::Flag => (">", "]"),
    }
}
