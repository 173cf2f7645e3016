//! One diagram: which nodes and arrows stand in it, and what they are called.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::names::{self, Names};
use super::outline::Outline;
use super::page::{Heading, Look, Node, Page};
use super::{MAX_CHARACTERS, MAX_EDGES, Nodes, Shown, Style, escape};
use crate::catalog::{Category, Shape};
use crate::load::Loads;
use crate::model::{Edge, ElementId};
use crate::syntax::ast::Arrow;

/// The fewest characters that a node takes.
const MIN_NODE: usize = 10;

/// The part of an architecture that a diagram is about.
#[derive(Clone)]
pub(super) struct Scope {
    /// The group to draw around it.
    pub(super) frame: Option<usize>,
    /// Places of the outline.
    pub(super) range: Range<usize>,
}

/// What an overview shows as one node.
#[derive(Clone)]
pub(super) enum Cell {
    /// An element, or a group with all it holds.
    Item(usize),
    /// Several neighbours.
    Part(Range<usize>),
}

/// How much a diagram shows.
#[derive(Clone, Copy)]
pub(super) enum Level<'c> {
    /// Every element, and every element that one is connected to.
    Detail,
    /// Cells, and around them the groups and elements that they are connected to.
    Cells(&'c [Cell]),
    /// Cells with short labels; all that they are connected to is one node.
    Terse(&'c [Cell]),
}

/// An end of an arrow, as drawn.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    Item(usize),
    Part(usize),
    Foreign(ElementId),
    Elsewhere,
}

/// An arrow to draw, and the edges that it stands for.
struct Arrows<'m> {
    from: End,
    to: End,
    dotted: bool,
    /// The first of the edges.
    first: &'m Edge,
    others: Vec<&'m Edge>,
}

/// A diagram to be drawn.
pub(super) struct Drawing<'v, 'm> {
    pub(super) outline: &'v Outline<'m>,
    pub(super) style: Style,
    /// What moves where, for the labels of arrows; none if they are not to say it.
    pub(super) loads: Option<&'v Loads>,
    pub(super) scope: Scope,
    pub(super) level: Level<'v>,
}

impl<'m> Drawing<'_, 'm> {
    /// Draws the scope with the edges that have an end in it; none if that is too much for one diagram.
    pub(super) fn draw(&self, edges: &[&'m Edge], heading: &Heading<'_>) -> Option<String> {
        if matches!(self.level, Level::Detail)
            && (edges.len() > MAX_EDGES || self.scope.range.len() > MAX_CHARACTERS / MIN_NODE)
        {
            return None;
        }
        let arrows = self.arrows(edges);
        if arrows.len() > MAX_EDGES {
            return None;
        }
        let mut page = Page::new(self.style);
        self.open_frame(&mut page);
        match self.level {
            Level::Detail => self.items(&mut page, self.scope.range.clone()),
            Level::Cells(cells) | Level::Terse(cells) => self.cells(&mut page, cells),
        }
        if self.scope.frame.is_some() {
            page.close();
        }
        self.surroundings(&mut page, &arrows);
        for arrow in &arrows {
            page.edge(&self.id(arrow.from), &self.id(arrow.to), &self.arrow_label(arrow), arrow.dotted);
        }
        page.finish(heading)
    }

    /// What the nodes and frames that are drawn stand for, by their ids.
    pub(super) fn nodes(&self, edges: &[&'m Edge]) -> Nodes {
        let inside: Vec<usize> = match self.level {
            Level::Detail => self.scope.range.clone().collect(),
            Level::Cells(cells) | Level::Terse(cells) => cells.iter().filter_map(Cell::item).collect(),
        };
        let arrows = self.arrows(edges);
        let ends = arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]);
        let ends = inside.into_iter().chain(self.scope.frame).map(End::Item).chain(ends);
        let shown = ends.filter_map(|end| match end {
            End::Item(place) => Some((self.id(end), Shown::Element(self.outline.item(place).element.id))),
            End::Foreign(id) => Some((self.id(end), Shown::Element(id))),
            End::Part(_) | End::Elsewhere => None,
        });
        shown.collect()
    }

    fn names(&self) -> Names<'m> {
        Names { model: self.outline.model, is_terse: matches!(self.level, Level::Terse(_)) }
    }

    fn open_frame(&self, page: &mut Page) {
        if let Some(frame) = self.scope.frame {
            let item = self.outline.item(frame);
            page.open(&item.id, &self.names().label(item.element));
        }
    }

    // ---- Nodes ----------------------------------------------------------------------------------------------------------

    fn items(&self, page: &mut Page, range: Range<usize>) {
        for place in self.outline.children(range) {
            let item = self.outline.item(place);
            if self.outline.is_frame(place) {
                page.open(&item.id, &self.names().label(item.element));
                self.items(page, self.outline.inside(place));
                page.close();
            } else {
                self.element(page, place);
            }
        }
    }

    fn element(&self, page: &mut Page, place: usize) {
        let item = self.outline.item(place);
        let (shape, look) = self.names().appearance(item.element);
        let status = item.element.settings.text("status");
        page.node(&Node { id: &item.id, label: self.names().label(item.element), shape, look, status });
    }

    fn cells(&self, page: &mut Page, cells: &[Cell]) {
        for (index, cell) in cells.iter().enumerate() {
            let (label, leaves) = match cell {
                Cell::Item(place) if !self.outline.is_frame(*place) => {
                    self.element(page, *place);
                    continue;
                }
                Cell::Item(place) => {
                    let item = self.outline.item(*place);
                    (self.names().label(item.element), item.leaves)
                }
                Cell::Part(range) => self.part(index, range),
            };
            let id = self.id(cell.end(index));
            let label = names::with_count(&label, leaves);
            page.node(&Node { id: &id, label, shape: Shape::Box, look: Some(Look::Collapsed), status: None });
        }
    }

    /// The label of several neighbours, and how many elements they hold.
    fn part(&self, index: usize, range: &Range<usize>) -> (String, usize) {
        let children = self.outline.children(range.clone());
        let leaves = children.clone().map(|place| self.outline.item(place).leaves).sum();
        let name = |place: Option<usize>| match place {
            Some(place) => self.names().label(self.outline.item(place).element),
            None => String::new(),
        };
        let (first, last) = (name(children.clone().next()), name(children.last()));
        (format!("Part {}<br/>{first} … {last}", index + 1), leaves)
    }

    /// Draws what stands outside of the scope and is connected to it.
    fn surroundings(&self, page: &mut Page, arrows: &[Arrows<'m>]) {
        let mut drawn = HashSet::new();
        for end in arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]) {
            let node = match end {
                End::Item(place) if !self.is_shown(place) => self.outside(place),
                End::Foreign(id) => self.foreign(id),
                End::Elsewhere => ("Elsewhere".to_owned(), Shape::Box, Look::Elsewhere),
                End::Item(_) | End::Part(_) => continue,
            };
            if drawn.insert(end) {
                let (label, shape, look) = node;
                page.node(&Node { id: &self.id(end), label, shape, look: Some(look), status: None });
            }
        }
    }

    fn outside(&self, place: usize) -> (String, Shape, Look) {
        let item = self.outline.item(place);
        let label = self.names().label(item.element);
        let label = match item.parent.map(|group| self.outline.item(group)) {
            Some(group) => format!("{label}<br/>({})", escape::line(&group.element.label_line())),
            None => label,
        };
        (label, self.names().appearance(item.element).0, Look::Elsewhere)
    }

    fn foreign(&self, id: ElementId) -> (String, Shape, Look) {
        let element = self.outline.model.element(id);
        (self.names().foreign_label(element), Shape::Slanted, Look::Category(Category::External))
    }

    // ---- Arrows ---------------------------------------------------------------------------------------------------------

    /// The arrows of the diagram. In detail one for each edge; between cells one for all edges of a sort.
    fn arrows(&self, edges: &[&'m Edge]) -> Vec<Arrows<'m>> {
        let mut arrows: Vec<Arrows<'m>> = Vec::new();
        let mut known: HashMap<(End, End, bool), usize> = HashMap::new();
        for edge in edges {
            let (from, to, dotted) = (self.end(edge.from), self.end(edge.to), edge.arrow == Arrow::Side);
            let merges = !matches!(self.level, Level::Detail);
            if merges && from == to && (edge.from != edge.to || matches!(from, End::Part(_))) {
                continue;
            }
            let next = arrows.len();
            let at = if merges { *known.entry((from, to, dotted)).or_insert(next) } else { next };
            match arrows.get_mut(at) {
                Some(arrow) => arrow.others.push(edge),
                None => arrows.push(Arrows { from, to, dotted, first: edge, others: Vec::new() }),
            }
        }
        arrows
    }

    /// The id of an end of an arrow.
    fn id(&self, end: End) -> String {
        match end {
            End::Item(place) => self.outline.item(place).id.clone(),
            End::Part(index) => format!("p_{}", index + 1),
            End::Foreign(id) => self.names().foreign_id(id),
            End::Elsewhere => "elsewhere".to_owned(),
        }
    }

    /// The escaped label of an arrow, which may be empty.
    fn arrow_label(&self, arrow: &Arrows<'m>) -> String {
        let label = match (self.level, arrow.others.len()) {
            (Level::Terse(_), 0) => String::new(),
            (_, 0) => self.names().edge_label(arrow.first),
            (_, others) => names::connections(others + 1),
        };
        let load = self.loads.and_then(|loads| {
            let edges = arrow.others.iter().chain([&arrow.first]);
            names::load_label(edges.map(|edge| loads.edge(edge.id).at_end()), arrow.dotted)
        });
        names::with_load(label, load)
    }

    fn end(&self, element: ElementId) -> End {
        let Some(place) = self.outline.place(element) else {
            return if matches!(self.level, Level::Terse(_)) { End::Elsewhere } else { End::Foreign(element) };
        };
        let inside = self.scope.range.contains(&place);
        match self.level {
            _ if self.scope.frame == Some(place) => End::Item(place),
            Level::Detail => End::Item(place),
            Level::Cells(cells) | Level::Terse(cells) if inside => cell(cells, place),
            Level::Cells(_) => End::Item(self.sibling(place)),
            Level::Terse(_) => End::Elsewhere,
        }
    }

    /// The outermost group around a place that does not stand around the scope as well.
    fn sibling(&self, place: usize) -> usize {
        let mut sibling = place;
        while let Some(parent) = self.outline.item(sibling).parent {
            if self.outline.inside(parent).contains(&self.scope.range.start) {
                break;
            }
            sibling = parent;
        }
        sibling
    }

    /// Whether a place has been drawn as part of the scope.
    fn is_shown(&self, place: usize) -> bool {
        self.scope.range.contains(&place) || self.scope.frame == Some(place)
    }
}

impl Cell {
    /// Its node, given its index among the cells.
    fn end(&self, index: usize) -> End {
        match self {
            Cell::Item(place) => End::Item(*place),
            Cell::Part(_) => End::Part(index),
        }
    }

    /// The place of the one element that it is.
    fn item(&self) -> Option<usize> {
        match self {
            Cell::Item(place) => Some(*place),
            Cell::Part(_) => None,
        }
    }

    /// The first place in it.
    pub(super) fn start(&self) -> usize {
        match self {
            Cell::Item(place) => *place,
            Cell::Part(range) => range.start,
        }
    }
}

/// The cell that holds a place of the scope. Cells stand in the order of their places.
fn cell(cells: &[Cell], place: usize) -> End {
    let index = cells.partition_point(|cell| cell.start() <= place).saturating_sub(1);
    cells.get(index).map_or(End::Elsewhere, |cell| cell.end(index))
}
