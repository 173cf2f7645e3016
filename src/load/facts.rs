//! What expressions can know of a service or a connection.

use super::{Gap, Known, Loads, Need, NodeLoad};
use crate::catalog::{Direction, Facts, KindId, Missing, PropertyFact, Unknown, Value};
use crate::flow::Flow;
use crate::model::{EdgeId, Element, ElementId, Model};
use crate::quantity::Amount;

/// What is known at an element or an edge, for the meters and quotas of its kind.
#[derive(Debug)]
pub struct At<'a> {
    model: &'a Model,
    subject: Subject<'a>,
    /// A property and the value that it is supposed to have.
    supposed: Option<(&'a str, &'a Value)>,
}

#[derive(Debug)]
enum Subject<'a> {
    Element(&'a Element, &'a NodeLoad),
    /// An edge, what arrives at its end, and the kind of edges.
    Edge(EdgeId, Option<&'a Known>, Option<KindId>),
}

impl<'a> At<'a> {
    /// At an element.
    pub fn element(model: &'a Model, loads: &'a Loads, id: ElementId) -> At<'a> {
        At { model, subject: Subject::Element(model.element(id), loads.node(id)), supposed: None }
    }

    /// At an element under another load, as if one of its properties had another value.
    pub fn supposing(model: &'a Model, load: &'a NodeLoad, id: ElementId, name: &'a str, value: &'a Value) -> At<'a> {
        At { model, subject: Subject::Element(model.element(id), load), supposed: Some((name, value)) }
    }

    /// At an edge: `in` is what arrives at its end.
    pub fn edge(model: &'a Model, loads: &'a Loads, id: EdgeId) -> At<'a> {
        let subject = Subject::Edge(id, loads.edge(id).at_end(), model.catalog.find("edge"));
        At { model, subject, supposed: None }
    }

    /// Why a flow is not known; `None` if it is.
    pub fn gap(&self, direction: Direction) -> Option<Gap> {
        self.known(direction)?.as_ref().err().cloned()
    }

    fn known(&self, direction: Direction) -> Option<&'a Known> {
        match (&self.subject, direction) {
            (Subject::Element(_, load), Direction::In) => Some(&load.received),
            (Subject::Element(_, load), Direction::Side) => Some(&load.side),
            (Subject::Element(_, load), Direction::Out) => Some(&load.sent),
            (Subject::Edge(_, flow, _), Direction::In | Direction::Out) => *flow,
            (Subject::Edge(..), Direction::Side) => None,
        }
    }
}

impl Facts for At<'_> {
    fn property(&self, name: &str) -> PropertyFact<'_> {
        if let Some((_, value)) = self.supposed.filter(|(supposed, _)| *supposed == name) {
            return PropertyFact::Value(value);
        }
        match &self.subject {
            Subject::Element(element, _) => self.model.fact(element, name),
            Subject::Edge(id, _, kind) => self.model.fact_of(&self.model.edge(*id).settings, *kind, name),
        }
    }

    fn flow(&self, direction: Direction) -> Option<&Flow> {
        self.known(direction)?.as_ref().ok()
    }

    fn edges(&self, direction: Direction) -> usize {
        match (&self.subject, direction) {
            (Subject::Element(_, load), Direction::In) => load.in_edges,
            (Subject::Element(_, load), Direction::Side) => load.side_edges,
            (Subject::Element(_, load), Direction::Out) => load.out_edges,
            (Subject::Edge(..), _) => 1,
        }
    }

    fn of_readers(&self, name: &str) -> Option<Amount> {
        let Subject::Element(element, _) = &self.subject else { return None };
        of_readers(self.model, element.id, name)
    }
}

/// What those say of a property that edges lead to from an element, without their defaults; the least, where several do.
fn of_readers(model: &Model, from: ElementId, name: &str) -> Option<Amount> {
    let edges = model.edges_from(from).iter().map(|id| model.edge(*id));
    let readers = edges.map(|edge| edge.carriers.first().copied().unwrap_or(edge.to));
    let said = readers.filter_map(|reader| match model.element(reader).settings.get(name) {
        Some(Value::Quantity(quantity)) => quantity.amount(),
        _ => None,
    });
    said.min()
}

/// What is known at a service before it is known what leaves it.
pub(super) struct Receiving<'a> {
    pub(super) model: &'a Model,
    pub(super) element: &'a Element,
    /// What it receives, if that is known.
    pub(super) received: Option<&'a Flow>,
    pub(super) in_edges: usize,
}

impl Facts for Receiving<'_> {
    fn property(&self, name: &str) -> PropertyFact<'_> {
        self.model.fact(self.element, name)
    }

    fn flow(&self, direction: Direction) -> Option<&Flow> {
        self.received.filter(|_| direction == Direction::In)
    }

    fn edges(&self, direction: Direction) -> usize {
        if direction == Direction::In { self.in_edges } else { 0 }
    }

    fn of_readers(&self, name: &str) -> Option<Amount> {
        of_readers(self.model, self.element.id, name)
    }
}

impl Receiving<'_> {
    /// What it takes to know what an expression could not.
    pub(super) fn gap(&self, unknown: Unknown) -> Gap {
        let id = self.element.id;
        let mut gap = Gap::default();
        for missing in unknown.missing {
            gap.extend(&Gap::of(match missing {
                Missing::Property(name) => Need::Property(id, name),
                Missing::Flow(Direction::In) => Need::Emits(id),
                Missing::Flow(_) => Need::Sends(id),
                Missing::Size(_) => Need::Sizes(id),
                Missing::Quotient | Missing::Magnitude => Need::Magnitude(id),
            }));
        }
        gap
    }
}
