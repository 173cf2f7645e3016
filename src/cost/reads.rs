//! What a line came from: the properties and the load that its figures really follow, so that nothing else is named as the
//! cause where they differ.

use smol_str::SmolStr;

use super::{Line, Subject};
use crate::catalog::{Asked, Direction, Watched, evaluate, evaluate_amount, evaluate_truth};
use crate::flow::Basis;
use crate::load::{At, Loads, in_words};
use crate::model::Model;

/// What a line follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// The properties, whether they are given or not.
    pub properties: Vec<SmolStr>,
    /// What moves, in words; none if nothing of that matters.
    pub load: Option<String>,
}

impl Line {
    /// What the line follows. Where it has no quantity, that is all that its meter could ask for: whatever is missing is among it.
    /// The model and the loads are those of the bill.
    pub fn reads(&self, model: &Model, loads: &Loads) -> Reads {
        match self.quantity.and_then(|_| self.asked(model, loads)) {
            Some(asked) => Reads {
                properties: asked.properties.iter().cloned().collect(),
                load: (!asked.flows.is_empty()).then(|| self.flows_in_words(model, loads, &asked)),
            },
            None => Reads {
                properties: self.inputs.clone(),
                load: self.follows_load.then(|| match self.subject {
                    Subject::Element(id) => loads.words(model, id),
                    Subject::Edge(id) => loads.edge_words(model, id),
                    Subject::Architecture(_) => String::new(),
                }),
            },
        }
    }

    /// What its meter asks for on the way to its quantity; none for what no meter counts.
    fn asked(&self, model: &Model, loads: &Loads) -> Option<Asked> {
        let (kind, facts) = match self.subject {
            Subject::Element(id) => (model.element(id).kind, At::element(model, loads, id)),
            Subject::Edge(id) => (model.catalog.find("edge"), At::edge(model, loads, id)),
            Subject::Architecture(_) => return None,
        };
        let meters = model.catalog.meters(kind?);
        let meter = meters.into_iter().find(|meter| meter.name == self.meter)?;
        let watched = Watched::new(&facts);
        // Only what they ask for matters here.
        if let Some(when) = &meter.when {
            let _ = evaluate_truth(when, &watched);
        }
        for part in &meter.variant {
            let _ = evaluate(part, &watched, Basis::Mean);
        }
        let _ = evaluate_amount(&meter.quantity, &watched, Basis::Mean);
        Some(watched.asked())
    }

    fn flows_in_words(&self, model: &Model, loads: &Loads, asked: &Asked) -> String {
        let id = match self.subject {
            Subject::Element(id) => id,
            Subject::Edge(id) => return loads.edge_words(model, id),
            Subject::Architecture(_) => return String::new(),
        };
        let node = loads.node(id);
        let words = asked.flows.iter().map(|direction| match direction {
            Direction::In if node.in_edges == 0 => "nothing".to_owned(),
            Direction::In => in_words(&node.received, model),
            Direction::Side => format!("{} on the side", in_words(&node.side, model)),
            Direction::Out => format!("sends {}", in_words(&node.sent, model)),
        });
        words.collect::<Vec<_>>().join(", ")
    }
}
