//! A plan as a flowchart.

use super::names::{self, Ids, Names};
use super::page::{Heading, Look, Node, Page};
use super::{Nodes, Shown, Style, escape};
use crate::catalog::{Category, Shape};
use crate::emit::load::words::few;
use crate::load::Loads;
use crate::model::{Element, Model, Variety};
use crate::view::{Arrow, Item, Piece, Plan, What};

/// A plan to be drawn.
pub(super) struct Chart<'c, 'm> {
    pub(super) plan: &'c Plan,
    pub(super) names: Names<'m>,
    pub(super) style: Style,
    /// What moves where, for the labels of arrows; none if they are not to say it.
    pub(super) loads: Option<&'c Loads>,
}

impl Chart<'_, '_> {
    /// Draws the plan; none if that is too much for one diagram.
    pub(super) fn draw(&self, heading: &Heading<'_>) -> Option<String> {
        if self.plan.is_too_large() {
            return None;
        }
        let mut page = Page::new(self.style);
        let ids = ids(self.plan, &self.names);
        let mut open: Vec<usize> = Vec::new();
        for ((place, item), id) in self.plan.items.iter().enumerate().zip(&ids) {
            while open.pop_if(|end| *end <= place).is_some() {
                page.close();
            }
            if self.plan.is_frame(place) {
                page.open(id, &self.label(item));
                open.push(item.end);
            } else {
                self.node(&mut page, item, id);
            }
        }
        for _ in open {
            page.close();
        }
        for arrow in &self.plan.arrows {
            if let (Some(from), Some(to)) = (ids.get(arrow.from), ids.get(arrow.to)) {
                let label = names::with_load(arrow_label(arrow, &self.names), self.load(arrow));
                page.edge(from, to, &label, arrow.is_side);
            }
        }
        page.finish(heading)
    }

    fn node(&self, page: &mut Page, item: &Item, id: &str) {
        let model = self.names.model;
        let (element, is_foreign) = match item.what {
            What::Element(id) => (Some(model.element(id)), false),
            What::Foreign(id) => (Some(model.element(id)), true),
            What::Architecture(_) | What::Sharing(_) => (None, false),
        };
        let (shape, look) = match element {
            Some(_) if is_foreign => (Shape::Slanted, Some(Look::Category(Category::External))),
            Some(element) => self.names.appearance(element),
            None => (Shape::Box, Some(Look::Collapsed)),
        };
        let label = match item.count {
            Some(count) => names::with_count(&self.label(item), count),
            None => self.label(item),
        };
        let status = element.filter(|_| !is_foreign).and_then(|element| element.settings.text("status"));
        page.node(&Node { id, label, shape, look, status });
    }

    fn label(&self, item: &Item) -> String {
        label(item, &self.names)
    }

    /// What moves along an arrow, escaped, if labels are to say it.
    pub(super) fn load(&self, arrow: &Arrow) -> Option<String> {
        let loads = self.loads?;
        names::load_label(arrow.pieces.iter().map(|piece| piece.flow(loads)), arrow.is_side)
    }

    /// Says which arrows are not drawn, by their places, and why.
    pub(super) fn left_out(&self, arrows: &[usize], reason: &str) -> Option<String> {
        let name = |place: usize| {
            let item = self.plan.items.get(place);
            item.map(|item| plain_label(item, self.names.model)).unwrap_or_default()
        };
        let words = arrows.iter().map(|at| {
            let arrow = self.plan.arrows.get(*at);
            arrow.map(|arrow| format!("{} → {}", name(arrow.from), name(arrow.to))).unwrap_or_default()
        });
        (!arrows.is_empty()).then(|| format!("Not drawn, since {reason}: {}.", few(words)))
    }
}

/// The label of an item on one line, as it is.
pub(super) fn plain_label(item: &Item, model: &Model) -> String {
    match &item.what {
        What::Element(id) | What::Foreign(id) => {
            let element = model.element(*id);
            let product = model.kind_of(element).map(|kind| kind.product.to_string());
            let is_untitled = element.variety == Variety::Carrier && element.title.is_none();
            product.filter(|_| is_untitled).unwrap_or_else(|| element.label_line())
        }
        What::Architecture(id) => model.architecture(*id).label().to_owned(),
        What::Sharing(value) => value.to_string(),
    }
}

/// The name of an item, for where its label does not show.
pub(super) fn name<'i>(item: &'i Item, model: &'i Model) -> &'i str {
    match &item.what {
        What::Element(id) | What::Foreign(id) => &model.element(*id).name,
        What::Architecture(id) => &model.architecture(*id).name,
        What::Sharing(value) => value,
    }
}

/// The ids of all items of a plan, in their order.
pub(super) fn ids(plan: &Plan, names: &Names<'_>) -> Vec<String> {
    let mut ids = Ids::default();
    let is_about_one = |element: &Element| plan.architecture == Some(element.architecture);
    let make = |(place, item): (usize, &Item)| match &item.what {
        What::Element(id) => {
            let element = names.model.element(*id);
            let path = if is_about_one(element) { names.model.path(*id) } else { names.model.full_path(*id) };
            ids.make(if element.variety == Variety::Group { "g" } else { "n" }, &path, place)
        }
        What::Foreign(id) => ids.make("f", &names.model.full_path(*id), place),
        What::Architecture(id) => ids.make("a", &names.model.architecture(*id).name, place),
        What::Sharing(_) => ids.make("s", &place.to_string(), place),
    };
    plan.items.iter().enumerate().map(make).collect()
}

/// What the items of a plan stand for, by their ids.
pub(super) fn nodes(plan: &Plan, names: &Names<'_>) -> Nodes {
    let shown = plan.items.iter().zip(ids(plan, names)).filter_map(|(item, id)| match &item.what {
        What::Element(element) | What::Foreign(element) => Some((id, Shown::Element(*element))),
        What::Architecture(architecture) => Some((id, Shown::Architecture(*architecture))),
        What::Sharing(_) => None,
    });
    shown.collect()
}

/// The escaped label of a node or the escaped title of a frame.
pub(super) fn label(item: &Item, names: &Names<'_>) -> String {
    match &item.what {
        What::Element(id) => match names.model.element(*id) {
            carrier if carrier.variety == Variety::Carrier => names.carrier_label(carrier),
            element => names.label(element),
        },
        What::Foreign(id) => names.foreign_label(names.model.element(*id)),
        What::Architecture(id) => {
            let architecture = names.model.architecture(*id);
            names.text(architecture.label(), &architecture.name)
        }
        What::Sharing(value) => escape::line(value),
    }
}

/// The escaped label of an arrow: that of its edges, or how many they are where they have none in common.
pub(super) fn arrow_label(arrow: &Arrow, names: &Names<'_>) -> String {
    let mut labels = arrow.pieces.iter().map(|piece| piece_label(piece, names));
    let first = labels.next().unwrap_or_default();
    let is_shared = labels.all(|label| label == first);
    match arrow.pieces.len() {
        1 if names.is_terse => String::new(),
        1 => first,
        _ if is_shared && !first.is_empty() && !names.is_terse => first,
        count => names::connections(count),
    }
}

/// The escaped label of an edge, or of a part of one. The label of an edge is often the name of what carries it: where
/// that is a node, it has been said.
fn piece_label(piece: &Piece, names: &Names<'_>) -> String {
    let edge = names.model.edge(piece.edge);
    let within = edge.carriers.get(piece.hops.start..piece.hops.end - 1).unwrap_or_default();
    if within.len() == edge.carriers.len() {
        return names.edge_label(edge);
    }
    let is_said = edge.carriers.iter().any(|id| names.model.element(*id).title == edge.label);
    if within.is_empty() && piece.hops.start == 0 && !is_said {
        edge.label.as_deref().map(escape::label).unwrap_or_default()
    } else {
        names.carriers(within)
    }
}
