//! Kinds of the catalog.

use std::collections::BTreeSet;

use super::context::Context;
use super::items::Items;
use super::{About, Item, Sort, Wire};
use crate::catalog::{Kind, KindId};
use crate::model::Lookup;

/// Kinds of what a keyword declares: those of the right sort first.
pub(super) fn of_element(context: &Context<'_>, items: &mut Items, keyword: &str) {
    let sort = match keyword {
        "external" | "person" => keyword,
        _ => "element",
    };
    let root = context.core(sort);
    let used: BTreeSet<KindId> = context.model().elements.iter().filter_map(|element| element.kind).collect();
    for kind in elements(context).filter(|kind| !kind.is_abstract) {
        let is_outside = ["external", "person"].iter().any(|name| is_a(context, kind.id, name));
        let fits = root.is_some_and(|root| context.catalog().is_a(kind.id, root)) && is_outside == (sort != "element");
        if fits {
            let tier = u8::from(!used.contains(&kind.id));
            items.add(ranked(item(context, kind, Vec::new()), tier));
        } else if sort != "element" && !is_outside {
            items.add(item(context, kind, Vec::new()).tier(8));
        }
    }
}

/// Kinds that can carry an edge, in the order of what a rank says.
pub(super) fn carriers(context: &Context<'_>, items: &mut Items, mut rank: impl FnMut(KindId) -> (u8, Vec<Wire>)) {
    for kind in elements(context).filter(|kind| !kind.is_abstract) {
        if ["external", "person"].iter().any(|name| is_a(context, kind.id, name)) {
            continue;
        }
        // The name of an element hides a kind of the same name.
        if matches!(context.look_up(&kind.name), Lookup::Element(_) | Lookup::Ambiguous(_)) {
            continue;
        }
        let (tier, wires) = rank(kind.id);
        items.add(ranked(item(context, kind, wires), tier));
    }
}

/// Kinds as selectors, wiring facts, and kinds that inherit name them: those without elements of their own, too.
pub(super) fn any(context: &Context<'_>, items: &mut Items, tier: u8) {
    items.extend(elements(context).map(|kind| ranked(item(context, kind, Vec::new()), tier)));
}

/// Kinds that another one may inherit from.
pub(super) fn others(context: &Context<'_>, items: &mut Items, own: &str) {
    let others = elements(context).filter(|kind| kind.name != own);
    items.extend(others.map(|kind| item(context, kind, Vec::new())).map(|item| ranked(item, 0)));
}

fn is_a(context: &Context<'_>, kind: KindId, name: &str) -> bool {
    context.core(name).is_some_and(|root| context.catalog().is_a(kind, root))
}

/// The kinds of what stands in diagrams. Architectures, environments and edges do not, though they inherit its properties.
fn elements<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c Kind> {
    let catalog = context.catalog();
    let root = catalog.find("element");
    let others = ["architecture", "edge"].map(|name| catalog.find(name));
    catalog.kinds().filter(move |kind| {
        let is_a = |root: &Option<KindId>| root.is_some_and(|root| catalog.is_a(kind.id, root));
        is_a(&root) && !others.iter().any(is_a)
    })
}

/// What is no longer offered comes last.
fn ranked(item: Item, tier: u8) -> Item {
    let tier = if item.is_deprecated { tier + 16 } else { tier };
    item.tier(tier)
}

fn item(context: &Context<'_>, kind: &Kind, wires: Vec<Wire>) -> Item {
    let category = context.catalog().category(kind.id).name();
    let is_named = kind.product != kind.name;
    let detail = if is_named { format!("{} · {category}", kind.product) } else { category.to_owned() };
    let others = kind.aliases.join(" ");
    let is_retired = context.catalog().retirement(kind.id).is_some();
    let item = Item::new(Sort::Kind, kind.name.as_str())
        .detail(if is_retired { format!("{detail} · retired") } else { detail })
        .filter(format!("{} {} {others}", kind.name, kind.product))
        .about(About::Kind(kind.name.to_string(), wires));
    Item { is_deprecated: is_retired, ..item }
}
