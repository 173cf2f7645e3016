//! What it would take to know a load.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::model::{EdgeId, Element, ElementId, Model, Variety};

/// How many needs are kept: a load that depends on thousands of unknown sources does not list them all.
const MAX_NEEDS: usize = 4;

/// Declarations that are missing, the first few of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Sorted, each once. All that is downstream of a gap has the same.
    needs: Arc<[Need]>,
}

/// A declaration that is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// What starts at an element that nothing feeds.
    Emits(ElementId),
    /// What leaves an element that does not simply pass on what it receives.
    Sends(ElementId),
    /// What reaches an element that is only a source so far.
    Feeds(ElementId),
    /// A property of an element, which decides what it passes on.
    Property(ElementId, SmolStr),
    /// The size of what moves along an edge.
    Size(EdgeId),
    /// The size of what reaches an element.
    Sizes(ElementId),
    /// How often a side channel fires.
    Rate(EdgeId),
    /// A cycle along which less comes back than went out.
    Cycle(ElementId),
    /// A load of its own on some edge of a cycle whose loads are too entangled to compute.
    EntangledCycle(ElementId),
    /// A number that is not too large to compute with.
    Magnitude(ElementId),
}

impl Gap {
    /// One declaration.
    pub(super) fn of(need: Need) -> Gap {
        Gap { needs: Arc::new([need]) }
    }

    /// Adds what another gap needs, as far as there is room. The least are kept, whatever the order of adding.
    pub(super) fn extend(&mut self, other: &Gap) {
        if self.needs.is_empty() {
            self.needs = Arc::clone(&other.needs);
        } else if other.needs.iter().any(|need| self.needs.binary_search(need).is_err()) {
            let mut needs: Vec<Need> = self.needs.iter().chain(other.needs.iter()).cloned().collect();
            needs.sort_unstable();
            needs.dedup();
            needs.truncate(MAX_NEEDS);
            self.needs = needs.into();
        }
    }

    /// The declarations, in the order of the model.
    pub fn needs(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter()
    }

    /// What to declare, in words, without a full stop.
    pub fn advice(&self, model: &Model) -> String {
        self.needs.iter().map(|need| need.advice(model)).collect::<Vec<_>>().join("; ")
    }
}

impl Need {
    /// What would make known what leaves an element that does not pass on what it receives.
    pub(super) fn of_source(element: &Element) -> Need {
        match element.variety {
            Variety::External | Variety::Person => Need::Emits(element.id),
            _ => Need::Sends(element.id),
        }
    }

    /// What to declare, in words, without a full stop.
    pub fn advice(&self, model: &Model) -> String {
        let edge = |id: EdgeId| {
            let edge = model.edge(id);
            format!("`{} {} {}`", model.path(edge.from), edge.arrow.symbol(), model.path(edge.to))
        };
        match self {
            Need::Emits(id) => format!("give `emits` on {}", model.called(*id)),
            Need::Sends(id) => {
                let path = model.called(*id);
                format!("give `emits` on {path}, or `rate` and `size` on the edges that leave it")
            }
            Need::Feeds(id) => format!("draw what feeds {}", model.called(*id)),
            Need::Property(id, name) => format!("give `{name}` on {}", model.called(*id)),
            Need::Size(id) => format!("give `size` on the edge {}", edge(*id)),
            Need::Sizes(id) => format!("give `size` on the edges that lead to {}", model.called(*id)),
            Need::Rate(id) => format!("give `rate` on the edge {}", edge(*id)),
            Need::Cycle(id) => {
                format!("let less come back along the cycle through {}: `keep`, `share` or `rate`", model.called(*id))
            }
            Need::EntangledCycle(id) => format!(
                "give `rate` and `size` on an edge of the cycle through {}, whose loads are too entangled to compute",
                model.called(*id)
            ),
            Need::Magnitude(id) => format!("use smaller figures upstream of {}", model.called(*id)),
        }
    }
}
