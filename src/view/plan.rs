//! From a picture to nodes in frames, and arrows between them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use smol_str::SmolStr;

use super::{Canvas, GroupBy, MAX_ARROWS, MAX_NODES, Picture, is_empty_group};
use crate::load::{Known, Loads};
use crate::model::{Architecture, ArchitectureId, Edge, EdgeId, ElementId, Model, Variety};
use crate::syntax::ast;

/// What is drawn, before it is drawn as anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The architecture that it is about; none if it is about all of them.
    pub architecture: Option<ArchitectureId>,
    /// Nodes and frames. A frame stands before what it holds, so every frame is a range.
    pub items: Vec<Item>,
    /// The arrows, in the order of the edges.
    pub arrows: Vec<Arrow>,
}

/// A node or a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it stands for.
    pub what: What,
    /// The place after the last item in it.
    pub end: usize,
    /// Of a node that stands for several elements: how many.
    pub count: Option<usize>,
}

/// What a node or a frame stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An element; as a frame, a group.
    Element(ElementId),
    /// An element of another architecture than the one that the picture is about.
    Foreign(ElementId),
    /// A system.
    Architecture(ArchitectureId),
    /// The elements that share a value.
    Sharing(SmolStr),
}

/// An arrow between two items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The place of the item that it starts at.
    pub from: usize,
    /// The place of the item that it leads to.
    pub to: usize,
    /// Whether it is a side channel, and is drawn dotted.
    pub is_side: bool,
    /// What it stands for: one piece of an edge, or several that lead the same way.
    pub pieces: Vec<Piece>,
}

/// An edge, or the part of one between two carriers that are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The edge.
    pub edge: EdgeId,
    /// Its hops, by their position: of three hops, there are carriers between the first and the second, and so on.
    pub hops: Range<usize>,
}

impl Piece {
    /// What arrives at its end.
    pub fn flow<'l>(&self, loads: &'l Loads) -> Option<&'l Known> {
        loads.edge(self.edge).hops.get(self.hops.end.checked_sub(1)?)
    }
}

impl Plan {
    /// How many nodes there are, frames not counted.
    pub fn nodes(&self) -> usize {
        (0..self.items.len()).filter(|place| !self.is_frame(*place)).count()
    }

    /// Whether no host would draw it.
    pub fn is_too_large(&self) -> bool {
        self.arrows.len() > MAX_ARROWS || self.nodes() > MAX_NODES
    }

    /// Whether the item at a place has others in it.
    pub fn is_frame(&self, place: usize) -> bool {
        self.items.get(place).is_some_and(|item| item.end > place + 1)
    }
}

impl Canvas<'_> {
    /// Lays out what a picture shows.
    pub fn plan(&self, picture: &Picture) -> Plan {
        let plan = Plan { architecture: picture.architecture, ..Plan::default() };
        let mut planner = Planner { canvas: self, picture, counts: BTreeMap::new(), places: HashMap::new(), plan };
        planner.count();
        planner.items();
        planner.arrows();
        planner.plan
    }
}

struct Planner<'p, 'm> {
    canvas: &'p Canvas<'m>,
    picture: &'p Picture,
    /// The nodes, with how many elements each stands for.
    counts: BTreeMap<What, usize>,
    places: HashMap<What, usize>,
    plan: Plan,
}

impl<'m> Planner<'_, 'm> {
    fn model(&self) -> &'m Model {
        self.canvas.model()
    }

    // ---- Nodes and frames -----------------------------------------------------------------------------------------------

    /// What an element is drawn as: itself, the outermost collapsed group around it, or its architecture.
    fn stand_in(&self, id: ElementId) -> What {
        let model = self.model();
        let home = model.element(id).architecture;
        if self.picture.architecture.is_none() && !self.picture.opened.contains(&home) {
            return What::Architecture(home);
        }
        let around = std::iter::successors(Some(id), |id| model.element(*id).group);
        let id = around.filter(|id| self.picture.collapsed.contains(id)).last().unwrap_or(id);
        if self.picture.architecture.is_none_or(|architecture| architecture == home) {
            What::Element(id)
        } else {
            What::Foreign(id)
        }
    }

    /// Finds the nodes. A group is one if it is collapsed or empty, or if an edge needs it and it has no frame.
    fn count(&mut self) {
        let needed = self.groups_with_edges();
        for id in &self.picture.shown {
            let element = self.model().element(*id);
            let what = self.stand_in(*id);
            let has_no_frame = self.picture.group_by.is_some() || matches!(what, What::Foreign(_));
            let is_node = match element.variety {
                Variety::Group if is_empty_group(element) => true,
                Variety::Group => has_no_frame && needed.contains(id) && !self.is_collapsed(&what),
                _ if !self.canvas.is_label(*id) => true,
                _ => self.picture.expanded.contains(id) && !self.is_collapsed(&what),
            };
            if is_node {
                *self.counts.entry(what).or_default() += 1;
            }
        }
    }

    /// The groups that an edge leads to or from, where both of its ends are shown.
    fn groups_with_edges(&self) -> BTreeSet<ElementId> {
        let model = self.model();
        let edges = model.edges.iter().map(|edge| [edge.from, edge.to]);
        let shown = edges.filter(|ends| ends.iter().all(|end| self.picture.shown.contains(end)));
        shown.flatten().filter(|id| model.element(*id).variety == Variety::Group).collect()
    }

    fn is_collapsed(&self, what: &What) -> bool {
        match what {
            What::Element(id) | What::Foreign(id) => self.picture.collapsed.contains(id),
            What::Architecture(_) => true,
            What::Sharing(_) => false,
        }
    }

    fn items(&mut self) {
        let model = self.model();
        let own: Vec<&Architecture> = match self.picture.architecture {
            Some(id) => vec![model.architecture(id)],
            None => model.architectures.iter().collect(),
        };
        match self.picture.group_by {
            Some(by) => self.shared(&own, by),
            None => own.into_iter().for_each(|architecture| self.architecture(architecture)),
        }
        let foreign: Vec<What> = self.counts.keys().filter(|what| matches!(what, What::Foreign(_))).cloned().collect();
        for what in foreign {
            self.node(what);
        }
    }

    fn architecture(&mut self, architecture: &Architecture) {
        let node = What::Architecture(architecture.id);
        if self.counts.contains_key(&node) {
            return self.node(node);
        }
        let members = members(self.model(), architecture);
        if self.picture.architecture.is_some() {
            self.members(None, &members);
        } else {
            self.frame(&node, |planner| planner.members(None, &members));
        }
    }

    /// Adds what is drawn of a group or an architecture. Groups nest only as deep as the parser lets them.
    fn members(&mut self, group: Option<ElementId>, members: &BTreeMap<Option<ElementId>, Vec<ElementId>>) {
        for id in members.get(&group).into_iter().flatten() {
            let what = What::Element(*id);
            let is_open = members.contains_key(&Some(*id)) && !self.is_collapsed(&what);
            let is_frame = is_open && self.frame(&what, |planner| planner.members(Some(*id), members));
            if !is_frame && self.counts.contains_key(&what) {
                self.node(what);
            }
        }
    }

    /// Adds frames around the nodes that share a value, and nodes without one beside them.
    fn shared(&mut self, own: &[&Architecture], by: GroupBy) {
        let mut order: Vec<SmolStr> = Vec::new();
        let mut sharing: BTreeMap<SmolStr, Vec<What>> = BTreeMap::new();
        let mut others = Vec::new();
        for architecture in own {
            let elements = architecture.elements.iter().map(|id| What::Element(*id));
            for what in std::iter::once(What::Architecture(architecture.id)).chain(elements) {
                if !self.counts.contains_key(&what) {
                    continue;
                }
                let Some(value) = self.value(&what, by) else {
                    others.push(what);
                    continue;
                };
                if !sharing.contains_key(&value) {
                    order.push(value.clone());
                }
                sharing.entry(value).or_default().push(what);
            }
        }
        for value in order {
            let nodes = sharing.remove(&value).unwrap_or_default();
            self.frame(&What::Sharing(value), |planner| nodes.into_iter().for_each(|what| planner.node(what)));
        }
        for what in others {
            self.node(what);
        }
    }

    /// What a node is grouped by.
    fn value(&self, what: &What, by: GroupBy) -> Option<SmolStr> {
        let model = self.model();
        let (settings, element) = match what {
            What::Element(id) | What::Foreign(id) => (&model.element(*id).settings, Some(model.element(*id))),
            What::Architecture(id) => (&model.architecture(*id).settings, None),
            What::Sharing(_) => return None,
        };
        let inherited = |name| match element {
            Some(element) => model.inherited(element, name),
            None => settings.get(name),
        };
        let value = match by {
            GroupBy::Owner => inherited("owner"),
            GroupBy::Region => inherited("region"),
            GroupBy::Tag => settings.get("tags").and_then(|tags| tags.items().first()),
            GroupBy::Category => {
                return element.and_then(|element| model.category(element)).map(|category| category.name().into());
            }
        };
        let is_visible = |text: &&str| text.chars().any(|char| !char.is_whitespace() && !char.is_control());
        value.and_then(|value| value.as_str()).filter(is_visible).map(SmolStr::from)
    }

    fn node(&mut self, what: What) {
        let stands_for_several = match &what {
            What::Element(id) | What::Foreign(id) => {
                self.picture.collapsed.contains(id) && !is_empty_group(self.model().element(*id))
            }
            _ => true,
        };
        let count = self.counts.get(&what).copied().filter(|_| stands_for_several);
        self.item(what, count);
    }

    fn item(&mut self, what: What, count: Option<usize>) {
        let place = self.plan.items.len();
        self.places.insert(what.clone(), place);
        self.plan.items.push(Item { what, end: place + 1, count });
    }

    /// Adds a frame, if anything is drawn in it. Returns whether that is so.
    fn frame(&mut self, what: &What, inside: impl FnOnce(&mut Self)) -> bool {
        let place = self.plan.items.len();
        self.item(what.clone(), None);
        inside(self);
        let end = self.plan.items.len();
        if end == place + 1 {
            self.plan.items.pop();
            self.places.remove(what);
        } else if let Some(item) = self.plan.items.get_mut(place) {
            item.end = end;
        }
        end > place + 1
    }

    // ---- Arrows ---------------------------------------------------------------------------------------------------------

    fn arrows(&mut self) {
        let mut known = HashMap::new();
        for edge in &self.model().edges {
            for (from, to, hops) in self.pieces(edge) {
                if let (Some(from), Some(to)) = (self.place(from), self.place(to)) {
                    self.arrow(&mut known, edge, (from, to), hops);
                }
            }
        }
    }

    /// An edge, cut at the carriers that are nodes.
    fn pieces(&self, edge: &Edge) -> Vec<(ElementId, ElementId, Range<usize>)> {
        let mut pieces = Vec::new();
        let (mut from, mut start) = (edge.from, 0);
        for (at, carrier) in edge.carriers.iter().enumerate() {
            if self.picture.expanded.contains(carrier) && self.picture.shown.contains(carrier) {
                pieces.push((from, *carrier, start..at + 1));
                (from, start) = (*carrier, at + 1);
            }
        }
        pieces.push((from, edge.to, start..edge.carriers.len() + 1));
        pieces
    }

    /// Where the end of an edge is drawn.
    fn place(&self, id: ElementId) -> Option<usize> {
        let is_group = self.model().element(id).variety == Variety::Group;
        let place = self.places.get(&self.stand_in(id)).copied()?;
        (is_group || self.picture.shown.contains(&id)).then_some(place)
    }

    fn arrow(
        &mut self,
        known: &mut HashMap<(usize, usize, bool), usize>,
        edge: &Edge,
        (from, to): (usize, usize),
        hops: Range<usize>,
    ) {
        let (Some(start), Some(end)) = (self.plan.items.get(from), self.plan.items.get(to)) else { return };
        let merges = start.count.is_some() || end.count.is_some();
        // An arrow from a frame to what stands in it cannot be drawn, and one within a node is not seen.
        let is_inside = (from..start.end).contains(&to) || (to..end.end).contains(&from);
        let is_loop = from == to && !merges && edge.from == edge.to && start.end == from + 1;
        if is_inside && !is_loop {
            return;
        }
        let is_side = edge.arrow == ast::Arrow::Side;
        let piece = Piece { edge: edge.id, hops };
        let next = self.plan.arrows.len();
        let at = if merges { *known.entry((from, to, is_side)).or_insert(next) } else { next };
        match self.plan.arrows.get_mut(at) {
            Some(arrow) => arrow.pieces.push(piece),
            None => self.plan.arrows.push(Arrow { from, to, is_side, pieces: vec![piece] }),
        }
    }
}

/// The elements of an architecture by the group that they stand directly in: carriers, too, which are no members.
fn members(model: &Model, architecture: &Architecture) -> BTreeMap<Option<ElementId>, Vec<ElementId>> {
    let mut members: BTreeMap<Option<ElementId>, Vec<ElementId>> = BTreeMap::new();
    for id in &architecture.elements {
        members.entry(model.element(*id).group).or_default().push(*id);
    }
    members
}
