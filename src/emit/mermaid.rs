//! Mermaid flowcharts and sequence diagrams, in the syntax that 10.9 to 12 all read, whatever the labels say.

mod architecture;
mod c4;
mod chart;
mod drawing;
mod escape;
mod names;
mod outline;
mod page;
mod palette;
mod sankey;
mod sequence;
pub mod sketch;
mod split;
mod view;

use std::collections::BTreeMap;

pub use self::sequence::sequence_diagrams;
pub use self::view::Painter;
use crate::load::Loads;
use crate::model::{ArchitectureId, ElementId, Model};

/// The longest source that hosts draw, in UTF-16 code units: what `length` means to Mermaid's `maxTextSize`.
pub const MAX_CHARACTERS: usize = 50_000;

/// The most arrows that hosts draw: Mermaid's `maxEdges`.
pub const MAX_EDGES: usize = crate::view::MAX_ARROWS;

/// How nodes are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Shapes and colours by category.
    #[default]
    Styled,
    /// Every node a plain box, in the colours of the page.
    Plain,
}

/// One diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram {
    /// The stem of its file: `data_lake`, or `data_lake.ingestion` for what a group holds.
    pub name: String,
    /// What it shows, for people.
    pub title: String,
    /// The group that it details; none if it shows the whole, or the whole from far away.
    pub group: Option<ElementId>,
    /// The Mermaid source.
    pub text: String,
    /// What its readers should know: what is not drawn, and which hosts draw it.
    pub notes: Vec<String>,
    /// What its nodes and frames stand for, by their ids in the source. Those that stand for several things are not among
    /// them; of a Sankey diagram, whose nodes have no ids, there are none.
    pub nodes: Nodes,
}

/// What nodes stand for, by their ids.
pub type Nodes = BTreeMap<String, Shown>;

/// What a node or a frame of a diagram stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// A system as a whole.
    Architecture(ArchitectureId),
    /// An element.
    Element(ElementId),
}

/// A diagram without a name.
struct Drawn {
    text: String,
    notes: Vec<String>,
}

/// The diagrams of one architecture, the one to begin with first.
///
/// That is a single one as long as it stays below the limits of the hosts that draw it. Else it is an overview with
/// collapsed groups, and one diagram for what each group holds, in the same way again where that is too large.
pub fn diagrams(model: &Model, architecture: ArchitectureId, style: Style) -> Vec<Diagram> {
    let outline = outline::Outline::new(model, model.architecture(architecture));
    split::split(&outline, style, None)
}

/// The same, where the label of each arrow says what moves along it, too: `5,000/s, 5 MB/s`.
pub fn load_diagrams(model: &Model, architecture: ArchitectureId, style: Style, loads: &Loads) -> Vec<Diagram> {
    let outline = outline::Outline::new(model, model.architecture(architecture));
    split::split(&outline, style, Some(loads))
}

/// A diagram or a chart as a block of Markdown, without a line break at its end.
pub(super) fn fence(source: &str) -> String {
    format!("```mermaid\n{}\n```", source.trim_end())
}
