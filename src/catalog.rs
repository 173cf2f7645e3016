//! What the compiler knows of service kinds and of what may connect to what. All of it is data: `.arch` files that ship
//! with the compiler, and those of the workspace, which are read in the same way.

mod embedded;
mod expression;
mod kind;
mod load;
mod meant;
mod search;
mod typing;
mod value;
mod wiring;

pub use embedded::embedded_files;
pub use expression::{
    Asked, Direction, Evaluated, Expression, Facts, Limit, LimitScope, Meter, Missing, PropertyFact, Type, Unknown,
    Watched, derive, derive_product, evaluate, evaluate_amount, evaluate_flow, evaluate_truth,
};
pub use kind::{Category, Kind, KindId, PropertySpec, PropertyType, Retirement, Shape};
pub use load::load;
pub(crate) use load::{KIND_SETTINGS, TYPE_NAMES, property_type};
pub use meant::{choices, meant, nearest_allowed};
pub use typing::{AN_EXPRESSION, Mistyped, type_value};
pub use value::Value;
pub use wiring::{End, Refusal, Verdict, WireFact, Wiring};

use std::collections::BTreeMap;

use smol_str::SmolStr;

/// All kinds and wiring facts of one run.
#[derive(Debug, Default)]
pub struct Catalog {
    kinds: Vec<Kind>,
    by_name: BTreeMap<SmolStr, KindId>,
    wiring: wiring::WiringTable,
}

impl Catalog {
    /// The kind of an id that this catalog gave out.
    #[expect(clippy::indexing_slicing, reason = "ids are made by this catalog only, and kinds are never removed")]
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.index()]
    }

    /// The kind of a name, such as `aws.s3`.
    pub fn find(&self, name: &str) -> Option<KindId> {
        self.by_name.get(name).copied()
    }

    /// All kinds, in the order of their names.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.by_name.values().map(|id| self.kind(*id))
    }

    /// The kind, its parent, the parent's parent, … up to the root.
    pub fn ancestry(&self, id: KindId) -> impl Iterator<Item = &Kind> {
        std::iter::successors(Some(self.kind(id)), |kind| kind.parent.map(|parent| self.kind(parent)))
    }

    /// Whether a kind is another or inherits from it.
    pub fn is_a(&self, id: KindId, ancestor: KindId) -> bool {
        self.ancestry(id).any(|kind| kind.id == ancestor)
    }

    /// What a kind says of a property: its own word, or the nearest ancestor's.
    pub fn property(&self, id: KindId, name: &str) -> Option<&PropertySpec> {
        self.ancestry(id).find_map(|kind| kind.properties.iter().find(|property| property.name == name))
    }

    /// All properties that a kind understands, its own first.
    pub fn properties(&self, id: KindId) -> Vec<&PropertySpec> {
        let mut all: Vec<&PropertySpec> = Vec::new();
        for property in self.ancestry(id).flat_map(|kind| &kind.properties) {
            if !all.iter().any(|known| known.name == property.name) {
                all.push(property);
            }
        }
        all
    }

    /// The names that an element of this kind must give a value, from the kind and its ancestors.
    pub fn required(&self, id: KindId) -> impl Iterator<Item = &SmolStr> {
        self.ancestry(id).flat_map(|kind| {
            let marked = kind.properties.iter().filter(|property| property.required).map(|property| &property.name);
            kind.require.iter().chain(marked)
        })
    }

    /// The category of a kind: its own, or the nearest ancestor's.
    pub fn category(&self, id: KindId) -> Category {
        self.ancestry(id).find_map(|kind| kind.category).unwrap_or_default()
    }

    /// The shape a kind is drawn in: its own, the nearest ancestor's, or that of its category.
    pub fn shape(&self, id: KindId) -> Shape {
        self.ancestry(id).find_map(|kind| kind.shape).unwrap_or_else(|| self.category(id).shape())
    }

    /// That a kind is no longer offered, if it or an ancestor says so.
    pub fn retirement(&self, id: KindId) -> Option<&Retirement> {
        self.ancestry(id).find_map(|kind| kind.retired.as_ref())
    }
}
