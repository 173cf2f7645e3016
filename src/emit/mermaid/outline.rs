//! What is drawn of an architecture: its elements as a tree in one list, and its edges.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::names::Ids;
use crate::model::{Architecture, Edge, Element, ElementId, Model, Variety};

/// The drawn elements of an architecture. A group stands before what it holds, so every group is a range.
pub(super) struct Outline<'m> {
    pub(super) model: &'m Model,
    pub(super) architecture: &'m Architecture,
    /// The edges that are drawn, in the order they were declared.
    pub(super) edges: Vec<&'m Edge>,
    items: Vec<Item<'m>>,
    places: HashMap<ElementId, usize>,
}

/// A drawn element.
pub(super) struct Item<'m> {
    pub(super) element: &'m Element,
    /// Its id in the diagram.
    pub(super) id: String,
    /// The place of the group around it.
    pub(super) parent: Option<usize>,
    /// The place after the last element in it.
    pub(super) end: usize,
    /// How many elements stand in it, groups not counted; 1 for what holds nothing.
    pub(super) leaves: usize,
}

impl<'m> Outline<'m> {
    pub(super) fn new(model: &'m Model, architecture: &'m Architecture) -> Outline<'m> {
        let edges: Vec<&Edge> = architecture.edges.iter().map(|id| model.edge(*id)).collect();
        let (hidden, carriers) = carriers(model, architecture, &edges);
        let outline = Outline { model, architecture, edges, items: Vec::new(), places: HashMap::new() };
        let mut builder = Builder { outline, ids: Ids::default(), hidden, carriers };
        builder.members(None, &architecture.members);
        let mut outline = builder.outline;
        let is_drawn = |edge: &&Edge| outline.can_draw(edge);
        outline.edges = outline.edges.iter().copied().filter(is_drawn).collect();
        outline
    }

    /// The place of an element; none if it belongs to another architecture.
    pub(super) fn place(&self, element: ElementId) -> Option<usize> {
        self.places.get(&element).copied()
    }

    #[expect(clippy::indexing_slicing, reason = "places are made by this outline, and nothing is removed")]
    pub(super) fn item(&self, place: usize) -> &Item<'m> {
        &self.items[place]
    }

    /// All places.
    pub(super) fn everything(&self) -> Range<usize> {
        0..self.items.len()
    }

    /// What an item holds.
    pub(super) fn inside(&self, place: usize) -> Range<usize> {
        place + 1..self.item(place).end
    }

    /// Whether an item is drawn as a frame: a group with something in it.
    pub(super) fn is_frame(&self, place: usize) -> bool {
        !self.inside(place).is_empty()
    }

    /// The places in a range that do not stand in others of the range.
    pub(super) fn children(&self, range: Range<usize>) -> impl Iterator<Item = usize> + Clone {
        let first = Some(range.start).filter(|start| *start < range.end);
        std::iter::successors(first, move |place| {
            let next = self.item(*place).end;
            (next < range.end).then_some(next)
        })
    }

    /// An arrow between a group and what stands in it cannot be drawn, and neither can one from a group to itself.
    fn can_draw(&self, edge: &Edge) -> bool {
        let (Some(from), Some(to)) = (self.place(edge.from), self.place(edge.to)) else { return true };
        !self.inside(from).contains(&to)
            && !self.inside(to).contains(&from)
            && (from != to || self.item(from).element.variety != Variety::Group)
    }
}

/// Services that are only drawn as labels, and carriers that have edges of their own and must be drawn, by group.
fn carriers(
    model: &Model,
    architecture: &Architecture,
    edges: &[&Edge],
) -> (HashSet<ElementId>, HashMap<Option<ElementId>, Vec<ElementId>>) {
    let ends: HashSet<ElementId> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    let hidden = edges.iter().flat_map(|edge| &edge.carriers).copied().filter(|id| !ends.contains(id)).collect();
    let mut shown: HashMap<Option<ElementId>, Vec<ElementId>> = HashMap::new();
    for element in architecture.elements.iter().map(|id| model.element(*id)) {
        if element.variety == Variety::Carrier && ends.contains(&element.id) {
            shown.entry(element.group).or_default().push(element.id);
        }
    }
    (hidden, shown)
}

struct Builder<'m> {
    outline: Outline<'m>,
    ids: Ids,
    hidden: HashSet<ElementId>,
    carriers: HashMap<Option<ElementId>, Vec<ElementId>>,
}

impl Builder<'_> {
    /// Adds what stands in a group or in the architecture. Groups nest only as deep as the parser lets them.
    fn members(&mut self, parent: Option<usize>, members: &[ElementId]) -> usize {
        let group = parent.map(|place| self.outline.item(place).element.id);
        let carriers = self.carriers.remove(&group).unwrap_or_default();
        let mut leaves = 0;
        for id in members.iter().chain(&carriers) {
            if !self.hidden.contains(id) {
                leaves += self.add(parent, *id);
            }
        }
        leaves
    }

    fn add(&mut self, parent: Option<usize>, id: ElementId) -> usize {
        let element = self.outline.model.element(id);
        let place = self.outline.items.len();
        self.outline.places.insert(id, place);
        let name = self.id(place, element);
        self.outline.items.push(Item { element, id: name, parent, end: place + 1, leaves: 1 });
        let leaves = self.members(Some(place), &element.members).max(1);
        let end = self.outline.items.len();
        if let Some(item) = self.outline.items.get_mut(place) {
            item.end = end;
            item.leaves = leaves;
        }
        leaves
    }

    fn id(&mut self, place: usize, element: &Element) -> String {
        let prefix = if element.variety == Variety::Group { "g" } else { "n" };
        self.ids.make(prefix, &self.outline.model.path(element.id), place)
    }
}
