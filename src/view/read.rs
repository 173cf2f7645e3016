//! From what a view declares to a picture.

use std::collections::BTreeSet;

use super::{Arrow, Canvas, Direction, Form, GroupBy, Labels, Picture, Piece, Plan, What};
use crate::catalog::Value;
use crate::load::Loads;
use crate::model::{ElementId, Head, Property, Variety, View};
use crate::quantity::Amount;
use crate::select::{Selector, Sort};
use crate::source::Span;
use crate::syntax::ast::ValueKind;

/// What is wrong with a view, apart from selectors that mean nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It shows nothing. Where it says what to show, or its name.
    Empty(Span),
    /// `collapse` selects no group. Its place.
    NotAGroup(Span),
    /// `expand` selects nothing that carries an edge. Its place.
    NotACarrier(Span),
    /// A setting that the form of the diagram does not have: its name and place.
    NoEffect(&'static str, Span),
    /// `group_by`, where nothing that is shown has what it asks for. Its place.
    NothingShared(Span),
    /// A Sankey diagram where no bytes are known to move, so that a flowchart is drawn. The place of the form.
    NothingMoves(Span),
    /// No host would draw it.
    TooLarge {
        /// The name of the view.
        at: Span,
        /// How many nodes there are.
        nodes: usize,
        /// How many arrows there are.
        arrows: usize,
    },
}

impl Canvas<'_> {
    /// What a view shows. A selector that means nothing selects nothing.
    pub fn picture(&self, view: &View) -> Picture {
        Reader::new(self, &view.head).picture()
    }

    /// What is wrong with a view.
    pub fn mistakes(&self, view: &View, loads: &Loads) -> Vec<Mistake> {
        let mut reader = Reader::new(self, &view.head);
        let picture = reader.picture();
        // What such a selector would show, nobody knows.
        if reader.has_invalid_selector {
            return Vec::new();
        }
        let plan = self.plan(&picture);
        if plan.items.is_empty() {
            let place = reader.property("show").map_or(view.head.name_span, |show| show.span);
            reader.mistakes.push(Mistake::Empty(place));
        } else if plan.is_too_large() {
            let (nodes, arrows) = (plan.nodes(), plan.arrows.len());
            reader.mistakes.push(Mistake::TooLarge { at: view.head.name_span, nodes, arrows });
        } else {
            reader.without_effect(&picture, &plan, loads);
        }
        reader.mistakes
    }
}

/// The settings that a form has no place for.
fn absent(form: Form) -> &'static [&'static str] {
    match form {
        Form::Flowchart => &[],
        Form::C4 => &["direction"],
        Form::Architecture => &["labels"],
        Form::Sankey => &["direction", "group_by", "labels"],
    }
}

/// Whether a band would be drawn for an arrow.
fn moves(arrow: &Arrow, loads: &Loads) -> bool {
    let bytes = |piece: &Piece| piece.flow(loads)?.as_ref().ok()?.bytes().map(|rates| rates.mean);
    let known: Option<Vec<Amount>> = arrow.pieces.iter().map(bytes).collect();
    !arrow.is_side && arrow.from != arrow.to && known.is_some_and(|all| all.iter().any(|bytes| !bytes.is_zero()))
}

struct Reader<'v, 'm> {
    canvas: &'v Canvas<'m>,
    head: &'v Head,
    mistakes: Vec<Mistake>,
    has_invalid_selector: bool,
}

impl<'v, 'm> Reader<'v, 'm> {
    fn new(canvas: &'v Canvas<'m>, head: &'v Head) -> Reader<'v, 'm> {
        Reader { canvas, head, mistakes: Vec::new(), has_invalid_selector: false }
    }

    fn picture(&mut self) -> Picture {
        let hidden = self.selected("hide").unwrap_or_default();
        let mut picture = self.frame();
        picture.shown = &self.shown() - &hidden;
        picture.collapsed = self.collapsed();
        self.expand(&mut picture);
        self.carriers(&mut picture, &hidden);
        picture
    }

    /// The picture without what selectors say.
    fn frame(&self) -> Picture {
        let settings = &self.head.settings;
        let home = self.head.architecture.map(|id| self.canvas.model().architecture(id));
        let around = home.and_then(|home| home.settings.text("direction"));
        Picture {
            architecture: self.head.architecture,
            direction: Direction::named(settings.text("direction").or(around)),
            group_by: match settings.text("group_by") {
                Some("owner") => Some(GroupBy::Owner),
                Some("tag") => Some(GroupBy::Tag),
                Some("region") => Some(GroupBy::Region),
                Some("category") => Some(GroupBy::Category),
                _ => None,
            },
            labels: if settings.text("labels") == Some("load") { Labels::Load } else { Labels::Names },
            form: match settings.text("as") {
                Some("c4") => Form::C4,
                Some("architecture") => Form::Architecture,
                Some("sankey") => Form::Sankey,
                _ => Form::Flowchart,
            },
            ..Picture::default()
        }
    }

    /// Finds settings that change nothing of what is drawn.
    fn without_effect(&mut self, picture: &Picture, plan: &Plan, loads: &Loads) {
        let place = |name: &str| self.property(name).map(|property| property.span);
        let mut found = Vec::new();
        let form = place("as").filter(|_| picture.form == Form::Sankey);
        let falls_back = form.is_some() && !plan.arrows.iter().any(|arrow| moves(arrow, loads));
        if falls_back {
            found.extend(form.map(Mistake::NothingMoves));
        }
        let settings = if falls_back { &[] } else { absent(picture.form) };
        // To ask for what is drawn anyway is no mistake.
        let is_asked = |name: &&&'static str| **name != "labels" || picture.labels == Labels::Load;
        let ignored = settings.iter().filter(is_asked);
        found.extend(ignored.filter_map(|name| Some(Mistake::NoEffect(name, place(name)?))));
        let has_frames = plan.items.iter().any(|item| matches!(item.what, What::Sharing(_)));
        if picture.form != Form::Sankey && !has_frames {
            found.extend(place("group_by").map(Mistake::NothingShared));
        }
        self.mistakes.extend(found);
    }

    fn property(&self, name: &str) -> Option<&Property> {
        self.head.settings.properties.iter().find(|property| property.name == name)
    }

    /// What a property selects; `None` if it is not there or wrong.
    fn selected(&mut self, name: &str) -> Option<BTreeSet<ElementId>> {
        let Value::Selector(written) = &self.property(name)?.value else { return None };
        let selector = Selector::of(self.canvas.model(), self.head.scope(), written, Sort::Elements).ok();
        self.has_invalid_selector |= selector.is_none();
        selector.map(|selector| selector.elements(&self.canvas.graph))
    }

    /// What `show` selects. All of an architecture is what its diagram shows: the other ends of its edges belong to it.
    fn shown(&mut self) -> BTreeSet<ElementId> {
        let model = self.canvas.model();
        let is_everything = match self.property("show").map(|property| &property.value) {
            Some(Value::Selector(written)) => written.kind == ValueKind::Star,
            _ => true,
        };
        match self.head.architecture.map(|id| model.architecture(id)) {
            _ if !is_everything => self.selected("show").unwrap_or_default(),
            None => model.elements.iter().map(|element| element.id).collect(),
            Some(home) => {
                let edges = home.edges.iter().map(|id| model.edge(*id));
                home.elements.iter().copied().chain(edges.flat_map(|edge| [edge.from, edge.to])).collect()
            }
        }
    }

    fn collapsed(&mut self) -> BTreeSet<ElementId> {
        let mut selected = self.selected("collapse").unwrap_or_default();
        let is_empty = selected.is_empty();
        selected.retain(|id| self.canvas.model().element(*id).variety == Variety::Group);
        if !is_empty && selected.is_empty() {
            self.mistakes.extend(self.property("collapse").map(|property| Mistake::NotAGroup(property.span)));
        }
        selected
    }

    fn expand(&mut self, picture: &mut Picture) {
        let Some(selected) = self.selected("expand") else { return };
        if self.head.architecture.is_none() {
            let model = self.canvas.model();
            picture.opened = selected.iter().map(|id| model.element(*id).architecture).collect();
            return;
        }
        picture.expanded = selected.iter().copied().filter(|id| self.canvas.is_carrier(*id)).collect();
        if picture.expanded.is_empty() && !selected.is_empty() {
            self.mistakes.extend(self.property("expand").map(|property| Mistake::NotACarrier(property.span)));
        }
    }

    /// Settles which carriers are nodes: expanded ones where their edge is drawn, and those that would be a label of
    /// nothing, though nobody has hidden an end of their edge.
    fn carriers(&self, picture: &mut Picture, hidden: &BTreeSet<ElementId>) {
        let mut labels = BTreeSet::new();
        let mut drawn: BTreeSet<ElementId> = BTreeSet::new();
        for edge in self.canvas.model().edges.iter().filter(|edge| !edge.carriers.is_empty()) {
            let ends = [edge.from, edge.to];
            if ends.iter().all(|end| picture.shown.contains(end)) {
                drawn.extend(edge.carriers.iter().filter(|id| picture.expanded.contains(id) && !hidden.contains(id)));
                labels.extend(edge.carriers.iter().copied());
            } else if ends.iter().any(|end| hidden.contains(end)) {
                labels.extend(edge.carriers.iter().copied());
            }
        }
        let lone = picture.shown.iter().filter(|id| self.canvas.is_label(**id) && !labels.contains(id));
        picture.expanded.extend(lone);
        picture.shown.extend(drawn);
    }
}
