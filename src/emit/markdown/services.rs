//! The tables of what an architecture is made of.

use std::collections::BTreeMap;

use super::element::{is_core, variety};
use super::escape::escape;
use super::subject::Subject;
use super::table::Table;
use crate::model::{Element, ElementId, Variety};

const SERVICES: [Variety; 2] = [Variety::Service, Variety::Carrier];

/// The services by what they are there for, as a list: a role, its products, and the services of each.
pub(super) fn key_services(of: &Subject<'_>) -> Option<String> {
    let mut roles = Ordered::default();
    for id in of.elements(&SERVICES) {
        let element = of.places.model.element(id);
        let Some(kind) = element.kind else { continue };
        let category = of.places.model.catalog.category(kind).name();
        let role = element.settings.text("role").unwrap_or(category);
        let products: &mut Ordered<Vec<ElementId>> = roles.entry(&first_upper(role));
        products.entry(of.places.product(element)).push(id);
    }
    let role = |(role, products): &(String, Ordered<Vec<ElementId>>)| {
        let products = products.items.iter().map(|(product, ids)| {
            let services: Vec<String> = ids.iter().map(|id| of.link(*id)).collect();
            format!("{} ({})", escape(product), services.join(", "))
        });
        format!("- **{}:** {}", escape(role), products.collect::<Vec<_>>().join("; "))
    };
    let lines: Vec<String> = roles.items.iter().map(role).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The table of all services, carriers included.
pub(super) fn services(of: &Subject<'_>) -> Option<String> {
    let mut table = Table::new(["Service", "Product", "Role", "Owner", "Group", "Status", "Kind"]);
    let owner_of_all = of.architecture.settings.text("owner").unwrap_or_default();
    // Where nobody else is named, the head of the page says enough.
    let is_owner_shown = of.elements(&SERVICES).any(|id| of.places.owner(of.places.model.element(id)).is_some());
    for id in of.elements(&SERVICES) {
        let element = of.places.model.element(id);
        let owner = of.places.owner(element).unwrap_or(owner_of_all);
        let kind = of.places.model.kind_of(element);
        table.row([
            of.places.entry(id),
            escape(of.places.product(element)),
            setting(element, "role"),
            if is_owner_shown { escape(owner) } else { String::new() },
            group(of, element),
            setting(element, "status"),
            kind.map_or_else(String::new, |kind| format!("`{}`", kind.name)),
        ]);
    }
    table.render()
}

/// The table of groups.
pub(super) fn groups(of: &Subject<'_>) -> Option<String> {
    let mut table = Table::new(["Group", "In", "Owner", "Status", "Holds"]);
    for id in of.elements(&[Variety::Group]) {
        let element = of.places.model.element(id);
        let members: Vec<String> = element.members.iter().map(|member| of.link(*member)).collect();
        table.row([
            of.places.entry(id),
            group(of, element),
            owner(of, element),
            setting(element, "status"),
            members.join(", "),
        ]);
    }
    table.render()
}

/// The table of outside systems and people.
pub(super) fn outside(of: &Subject<'_>) -> Option<String> {
    let mut table = Table::new(["Name", "What", "Role", "Owner", "Group", "Status"]);
    for id in of.elements(&[Variety::External, Variety::Person]) {
        let element = of.places.model.element(id);
        table.row([
            of.places.entry(id),
            what(of, element),
            setting(element, "role"),
            owner(of, element),
            group(of, element),
            setting(element, "status"),
        ]);
    }
    table.render()
}

/// The product, where the kind names one, or else what the element is.
fn what(of: &Subject<'_>, element: &Element) -> String {
    let model = of.places.model;
    match model.kind_of(element).filter(|kind| !is_core(&kind.name)) {
        Some(kind) => escape(&kind.product),
        None => variety(element.variety).to_owned(),
    }
}

fn setting(element: &Element, name: &str) -> String {
    escape(element.settings.text(name).unwrap_or_default())
}

fn owner(of: &Subject<'_>, element: &Element) -> String {
    escape(of.places.owner(element).unwrap_or_default())
}

fn group(of: &Subject<'_>, element: &Element) -> String {
    element.group.map_or_else(String::new, |group| of.link(group))
}

fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Values by name, in the order in which the names first came up.
struct Ordered<V> {
    items: Vec<(String, V)>,
    positions: BTreeMap<String, usize>,
}

impl<V> Default for Ordered<V> {
    fn default() -> Ordered<V> {
        Ordered { items: Vec::new(), positions: BTreeMap::new() }
    }
}

impl<V: Default> Ordered<V> {
    #[expect(clippy::indexing_slicing, reason = "positions are those of items, which are never removed")]
    fn entry(&mut self, name: &str) -> &mut V {
        let next = self.items.len();
        let at = *self.positions.entry(name.to_owned()).or_insert(next);
        if at == next {
            self.items.push((name.to_owned(), V::default()));
        }
        &mut self.items[at].1
    }
}
