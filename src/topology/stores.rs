//! Stores that nobody reads, or that nobody fills.

use crate::catalog::Category;
use crate::model::{Element, ElementId, Model, Variety};
use crate::syntax::ast::Arrow;

/// A store without a use, or without content, as far as the edges tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The store.
    pub element: ElementId,
    /// What it is without.
    pub lack: Lack,
}

/// What a store is without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Nothing reads it.
    Reader,
    /// Nothing writes to it.
    Writer,
}

/// What happens to a store.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    is_read: bool,
    is_written: bool,
}

/// The services of the categories `store` and `database` that nothing reads or nothing writes to, in the order of their
/// declaration.
///
/// Data that arrives is written, and data that leaves is read; what `emits` is filled by somebody who is not drawn. A call
/// or a side channel may do either, so that it counts as both. A store without any edge is left to `element/unconnected`.
pub fn orphans(model: &Model) -> Vec<Orphan> {
    let uses = uses(model);
    let stores = model.elements.iter().zip(uses).filter(|(element, _)| is_store(model, element));
    let orphan = |(element, used): (&Element, Use)| {
        let lack = match (used.is_read, used.is_written) {
            (false, true) => Lack::Reader,
            (true, false) if element.settings.get("emits").is_none() => Lack::Writer,
            _ => return None,
        };
        Some(Orphan { element: element.id, lack })
    };
    stores.filter_map(orphan).collect()
}

/// What happens to each element.
fn uses(model: &Model) -> Vec<Use> {
    let mut uses = vec![Use::default(); model.elements.len()];
    for hop in model.edges.iter().flat_map(|edge| model.hops(edge)).filter(|hop| hop.from != hop.to) {
        let may_be_both = hop.arrow != Arrow::Data;
        if let Some(from) = uses.get_mut(hop.from.index()) {
            from.is_read = true;
            from.is_written |= may_be_both;
        }
        if let Some(to) = uses.get_mut(hop.to.index()) {
            to.is_written = true;
            to.is_read |= may_be_both;
        }
    }
    uses
}

fn is_store(model: &Model, element: &Element) -> bool {
    let category = model.kind_of(element).map(|kind| model.catalog.category(kind.id));
    element.variety == Variety::Service && matches!(category, Some(Category::Store | Category::Database))
}
