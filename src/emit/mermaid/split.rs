//! One diagram where that can be read, several where it cannot.
//!
//! What is too large for a diagram is drawn as an overview in which each group is one node, and then group by group.
//! Where there are too many groups and elements even for an overview, neighbours in the order of their declaration are
//! put together as parts, and each part is drawn in the same way. The last resort always fits: few nodes, short labels,
//! and everything around them as one node.

use super::drawing::{Cell, Drawing, Level, Scope};
use super::names::shorten;
use super::outline::Outline;
use super::page::Heading;
use super::{Diagram, Style};
use crate::docs;
use crate::load::Loads;
use crate::model::{Edge, ElementId};
use crate::view::Direction;

/// How many parts stand for what is too much for an overview. So few that the arrows between them cannot be too many.
const PARTS: usize = 8;

/// The longest title and description, in characters.
pub(super) const MAX_TITLE: usize = 200;
pub(super) const MAX_DESCRIPTION: usize = 400;

/// What is still to be drawn.
struct Task<'m> {
    name: String,
    title: String,
    group: Option<ElementId>,
    scope: Scope,
    /// The edges with an end in the scope.
    edges: Vec<&'m Edge>,
}

/// Draws an architecture.
pub(super) fn split(outline: &Outline<'_>, style: Style, loads: Option<&Loads>) -> Vec<Diagram> {
    let mut splitter = Splitter { outline, style, loads, diagrams: Vec::new() };
    splitter.draw(Task {
        name: outline.architecture.name.to_string(),
        title: outline.architecture.label().to_owned(),
        group: None,
        scope: Scope { frame: None, range: outline.everything() },
        edges: outline.edges.clone(),
    });
    splitter.diagrams
}

struct Splitter<'v, 'm> {
    outline: &'v Outline<'m>,
    style: Style,
    loads: Option<&'v Loads>,
    diagrams: Vec<Diagram>,
}

impl<'m> Splitter<'_, 'm> {
    fn draw(&mut self, mut task: Task<'m>) {
        if self.print(&task, Level::Detail) {
            return;
        }
        self.narrow(&mut task.scope);
        let children: Vec<usize> = self.outline.children(task.scope.range.clone()).collect();
        let cells: Vec<Cell> = children.iter().map(|place| Cell::Item(*place)).collect();
        if self.print(&task, Level::Cells(&cells)) || self.print(&task, Level::Terse(&cells)) {
            return self.details(&task, &cells);
        }
        let parts: Vec<Cell> = children
            .chunks(children.len().div_ceil(PARTS).max(1))
            .filter_map(|chunk| Some(Cell::Part(*chunk.first()?..self.outline.item(*chunk.last()?).end)))
            .collect();
        self.print(&task, Level::Terse(&parts));
        self.details(&task, &parts);
    }

    /// Adds the diagram of a task, if it can be drawn at this level.
    fn print(&mut self, task: &Task<'m>, level: Level<'_>) -> bool {
        let title = match level {
            Level::Detail => task.title.clone(),
            Level::Cells(_) | Level::Terse(_) => format!("{} (overview)", task.title),
        };
        let heading = Heading {
            architecture: &shorten(&self.outline.architecture.name, MAX_TITLE),
            direction: Direction::named(self.outline.architecture.settings.text("direction")),
            title: shorten(&title, MAX_TITLE),
            description: shorten(&self.description(task), MAX_DESCRIPTION),
        };
        let (outline, style, loads) = (self.outline, self.style, self.loads);
        let drawing = Drawing { outline, style, loads, scope: task.scope.clone(), level };
        let Some(text) = drawing.draw(&task.edges, &heading) else { return false };
        let nodes = drawing.nodes(&task.edges);
        let (name, group) = (task.name.clone(), task.group);
        self.diagrams.push(Diagram { name, title, group, text, notes: Vec::new(), nodes });
        true
    }

    /// Draws what each cell of an overview holds.
    fn details(&mut self, task: &Task<'m>, cells: &[Cell]) {
        let mut edges = self.edges_by_cell(&task.edges, cells).into_iter();
        for (index, cell) in cells.iter().enumerate() {
            let edges = edges.next().unwrap_or_default();
            match cell {
                Cell::Item(place) => self.group(*place, edges),
                Cell::Part(range) => match self.outline.children(range.clone()).collect::<Vec<_>>().as_slice() {
                    [only] if self.outline.is_frame(*only) => self.group(*only, edges),
                    _ => self.draw(Task {
                        name: format!("{}~{}", task.name, index + 1),
                        title: format!("{}, part {} of {}", task.title, index + 1, cells.len()),
                        group: task.group,
                        scope: Scope { frame: task.scope.frame, range: range.clone() },
                        edges,
                    }),
                },
            }
        }
    }

    /// Draws what a group holds. The overview shows everything of what is no group.
    fn group(&mut self, place: usize, edges: Vec<&'m Edge>) {
        if !self.outline.is_frame(place) {
            return;
        }
        let architecture = self.outline.architecture;
        let element = self.outline.item(place).element;
        self.draw(Task {
            name: format!("{}.{}", architecture.name, self.outline.model.path(element.id)),
            title: format!("{}: {}", architecture.label(), element.label_line()),
            group: Some(element.id),
            scope: Scope { frame: Some(place), range: self.outline.inside(place) },
            edges,
        });
    }

    /// For each cell the edges with an end in it. Cells stand in the order of their places.
    fn edges_by_cell(&self, edges: &[&'m Edge], cells: &[Cell]) -> Vec<Vec<&'m Edge>> {
        let mut by_cell: Vec<Vec<&'m Edge>> = vec![Vec::new(); cells.len()];
        let cell_of = |element: ElementId| {
            let place = self.outline.place(element)?;
            let index = cells.partition_point(|cell| cell.start() <= place).checked_sub(1)?;
            cells.get(index).filter(|cell| self.holds(cell, place)).map(|_| index)
        };
        for edge in edges {
            let (from, to) = (cell_of(edge.from), cell_of(edge.to));
            for index in [from, to.filter(|to| Some(*to) != from)].into_iter().flatten() {
                if let Some(of_cell) = by_cell.get_mut(index) {
                    of_cell.push(edge);
                }
            }
        }
        by_cell
    }

    fn holds(&self, cell: &Cell, place: usize) -> bool {
        match cell {
            Cell::Item(item) => place < self.outline.item(*item).end,
            Cell::Part(range) => place < range.end,
        }
    }

    /// A group that holds everything says nothing as a single node: its members take its place.
    fn narrow(&self, scope: &mut Scope) {
        let only = |range| {
            let mut children = self.outline.children(range);
            children.next().filter(|first| children.next().is_none() && self.outline.is_frame(*first))
        };
        while let Some(group) = only(scope.range.clone()) {
            *scope = Scope { frame: Some(group), range: self.outline.inside(group) };
        }
    }

    /// The first paragraph of the documentation.
    fn description(&self, task: &Task<'_>) -> String {
        let doc = match task.group {
            Some(group) => &self.outline.model.element(group).doc,
            None => &self.outline.architecture.doc,
        };
        doc.as_ref().map(|doc| docs::summary(&doc.text)).unwrap_or_default()
    }
}
