//! Views: what a diagram of a selection shows, whatever it is drawn as.
//!
//! [`Canvas::picture`] reads what a view declares, and [`Canvas::plan`] lays it out as nodes in frames and arrows between
//! them. What holds for all views:
//!
//! - An element is drawn if `show` selects it and `hide` does not. A group is drawn as a frame around what is drawn of it.
//! - An edge is drawn if both of its ends are, in whichever architecture it is declared.
//! - A collapsed group is one node. Edges within it vanish; those that leave it become one arrow for each other end and sort
//!   of line, with their label where they share it, else with their number.
//! - A carrier is the label of its edge, unless it is expanded: then `a -> b via c` is `a -> c` and `c -> b`. One that is
//!   selected without the ends of its edge, so that there is no label to be, is a node, too.
//! - In a landscape, a view at the top of a file, each architecture is one node, unless `expand` selects something of it:
//!   then it is a frame, and carriers in it are labels as ever.

mod plan;
mod read;

pub use plan::{Arrow, Item, Piece, Plan, What};
pub use read::Mistake;

use std::collections::BTreeSet;

use crate::model::{ArchitectureId, Element, ElementId, Model, Variety};
use crate::select::Graph;

/// The most arrows that hosts draw in one diagram: Mermaid's `maxEdges`.
pub const MAX_ARROWS: usize = 500;

/// The most nodes of which any diagram has room for: more do not fit into Mermaid's `maxTextSize`.
pub const MAX_NODES: usize = 1_000;

/// What a diagram shows of a model.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// The architecture that it is about; none if it is about all of them.
    pub architecture: Option<ArchitectureId>,
    /// The elements that may be drawn.
    pub shown: BTreeSet<ElementId>,
    /// Groups that are drawn as one node each.
    pub collapsed: BTreeSet<ElementId>,
    /// Carriers that are drawn as nodes.
    pub expanded: BTreeSet<ElementId>,
    /// In a landscape: the architectures whose elements are drawn.
    pub opened: BTreeSet<ArchitectureId>,
    /// The way it runs.
    pub direction: Direction,
    /// What frames are drawn by, if not by groups.
    pub group_by: Option<GroupBy>,
    /// What arrows are labelled with.
    pub labels: Labels,
    /// The sort of diagram.
    pub form: Form,
}

/// The way a diagram runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    #[default]
    Right,
    /// From top to bottom.
    Down,
    /// From right to left.
    Left,
    /// From bottom to top.
    Up,
}

impl Direction {
    /// The direction of a name, as `direction = NAME` gives it; to the right if that says nothing.
    pub fn named(name: Option<&str>) -> Direction {
        match name {
            Some("down") => Direction::Down,
            Some("left") => Direction::Left,
            Some("up") => Direction::Up,
            _ => Direction::Right,
        }
    }
}

/// What elements share that stand in one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// Who answers for them.
    Owner,
    /// The first of their tags.
    Tag,
    /// The region that they run in.
    Region,
    /// The category of their kind.
    Category,
}

/// What the labels of arrows say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// What the author called them.
    #[default]
    Names,
    /// Also what moves along them.
    Load,
}

/// The sort of a diagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Mermaid's flowchart.
    #[default]
    Flowchart,
    /// Mermaid's C4 diagrams.
    C4,
    /// Mermaid's `architecture-beta`.
    Architecture,
    /// Mermaid's `sankey-beta`: bands as broad as what moves along them.
    Sankey,
}

/// A model, prepared for drawing many pictures of it.
#[derive(Debug)]
pub struct Canvas<'m> {
    graph: Graph<'m>,
    /// Of each element: whether an edge starts or ends there.
    is_end: Vec<bool>,
    /// Of each element: whether it carries an edge.
    is_carrier: Vec<bool>,
}

impl<'m> Canvas<'m> {
    /// Looks at all edges once.
    pub fn new(model: &'m Model) -> Canvas<'m> {
        let mut is_end = vec![false; model.elements.len()];
        let mut is_carrier = is_end.clone();
        let mark = |list: &mut Vec<bool>, id: ElementId| {
            if let Some(is_marked) = list.get_mut(id.index()) {
                *is_marked = true;
            }
        };
        for edge in &model.edges {
            mark(&mut is_end, edge.from);
            mark(&mut is_end, edge.to);
            edge.carriers.iter().for_each(|id| mark(&mut is_carrier, *id));
        }
        Canvas { graph: Graph::new(model), is_end, is_carrier }
    }

    /// The model.
    pub fn model(&self) -> &'m Model {
        self.graph.model
    }

    /// All architectures as nodes with the edges between them, if there are any.
    pub fn landscape(&self) -> Option<Picture> {
        let model = self.model();
        let home = |id: ElementId| model.element(id).architecture;
        let ties = model.edges.iter().any(|edge| home(edge.from) != home(edge.to));
        let shown = || model.elements.iter().map(|element| element.id).collect();
        ties.then(|| Picture { shown: shown(), ..Picture::default() })
    }

    fn is_end(&self, id: ElementId) -> bool {
        self.is_end.get(id.index()).copied().unwrap_or_default()
    }

    fn is_carrier(&self, id: ElementId) -> bool {
        self.is_carrier.get(id.index()).copied().unwrap_or_default()
    }

    /// Whether an element is nothing but the label of edges, unless it is expanded.
    fn is_label(&self, id: ElementId) -> bool {
        self.is_carrier(id) && !self.is_end(id)
    }
}

/// Whether an element is a group with nothing in it.
fn is_empty_group(element: &Element) -> bool {
    element.variety == Variety::Group && element.members.is_empty()
}
