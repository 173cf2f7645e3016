//! A flowchart of what is in no model: nodes in frames with texts, and arrows, each marked as new, gone or changed.

use std::collections::HashSet;

use super::names::{Ids, shorten};
use super::page::{Heading, Look, Node, Page};
use super::split::{MAX_DESCRIPTION, MAX_TITLE};
use super::{Style, escape};
use crate::catalog::{Category, Shape};
use crate::view::Direction;

/// The longest label, in characters.
const MAX_LABEL: usize = 120;

/// What is said of a part by its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It is as it was.
    #[default]
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another than it was.
    Changed,
}

/// A diagram in texts.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    /// What it is called, for screen readers.
    pub title: String,
    /// What it shows, for screen readers.
    pub description: String,
    /// Nodes and frames. A frame stands before what it holds, so every frame is a range.
    pub items: Vec<Item>,
    /// The arrows.
    pub arrows: Vec<Arrow>,
}

/// A node or a frame.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// What its id is made from.
    pub path: String,
    /// Its label; may hold line breaks.
    pub label: String,
    /// What is said of it, on lines of their own.
    pub remarks: Vec<String>,
    /// What sort of thing it is.
    pub category: Option<Category>,
    /// What became of it.
    pub mark: Mark,
    /// The place after the last item in it.
    pub end: usize,
}

/// An arrow between two items, by their places.
#[derive(Clone, Debug, Default)]
pub struct Arrow {
    /// Where it starts.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// Its label.
    pub label: String,
    /// What is said of it.
    pub remark: Option<String>,
    /// Whether it is a side channel, and is drawn dotted.
    pub is_side: bool,
    /// What became of it.
    pub mark: Mark,
}

impl Sketch {
    /// The Mermaid source; none if a host would refuse to draw it.
    pub fn draw(&self) -> Option<String> {
        let mut page = Page::new(Style::Styled);
        let mut ids = Ids::default();
        let ids: Vec<String> =
            self.items.iter().enumerate().map(|(place, item)| ids.make("n", &item.path, place)).collect();
        let mut open: Vec<usize> = Vec::new();
        for (place, (item, id)) in self.items.iter().zip(&ids).enumerate() {
            while open.pop_if(|end| *end <= place).is_some() {
                page.close();
            }
            if item.end > place + 1 {
                page.open_marked(id, &label(item, " "), item.mark);
                open.push(item.end);
            } else {
                let shape = item.category.map_or(Shape::Box, Category::shape);
                page.node(&Node {
                    id,
                    label: label(item, "<br/>"),
                    shape,
                    look: Some(Look::Marked(item.mark)),
                    status: None,
                });
            }
        }
        for _ in &open {
            page.close();
        }
        for arrow in self.arrows.iter().filter(|arrow| self.can_draw(arrow)) {
            if let (Some(from), Some(to)) = (ids.get(arrow.from), ids.get(arrow.to)) {
                page.edge_marked(from, to, &arrow_label(arrow), arrow.is_side, arrow.mark);
            }
        }
        let heading = Heading {
            architecture: "difference",
            direction: Direction::Right,
            title: shorten(&self.title, MAX_TITLE),
            description: shorten(&self.description, MAX_DESCRIPTION),
        };
        page.finish(&heading)
    }

    /// An arrow between a frame and what stands in it cannot be drawn, and neither can one from a frame to itself.
    fn can_draw(&self, arrow: &Arrow) -> bool {
        let inside = |place: usize| place + 1..self.items.get(place).map_or(0, |item| item.end);
        !inside(arrow.from).contains(&arrow.to)
            && !inside(arrow.to).contains(&arrow.from)
            && (arrow.from != arrow.to || inside(arrow.from).is_empty())
    }
}

/// The escaped label of an item: its path, if a reader would see nothing. Remarks stand on lines of their own, or, since Mermaid
/// keeps room for one line above what stands in a frame, beside it.
fn label(item: &Item, separator: &str) -> String {
    let label = escape::label(&shorten(&item.label, MAX_LABEL));
    let label = if label.is_empty() { escape::line(&shorten(&item.path, MAX_LABEL)) } else { label };
    let mut seen = HashSet::new();
    let remarks = item.remarks.iter().filter(|remark| seen.insert(remark.as_str()));
    let remarks = remarks.map(|remark| escape::line(&format!("({})", shorten(remark, MAX_LABEL))));
    std::iter::once(label).chain(remarks).collect::<Vec<_>>().join(separator)
}

fn arrow_label(arrow: &Arrow) -> String {
    let label = escape::label(&shorten(&arrow.label, MAX_LABEL));
    let remark = arrow.remark.as_ref().map(|remark| escape::line(&format!("({})", shorten(remark, MAX_LABEL))));
    [Some(label), remark].into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("<br/>")
}
