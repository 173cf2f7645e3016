//! The section of one element.

use super::decisions;
use super::escape::{escape, link};
use super::page::Page;
use super::places::anchor;
use super::prose::Setting;
use crate::catalog::Value;
use crate::docs;
use crate::emit::unquoted;
use crate::model::{Element, ElementId, Scope, Settings, Variety};

/// An element on the page of its architecture.
pub(super) struct Details<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) id: ElementId,
}

impl Details<'_> {
    pub(super) fn render(&self) -> String {
        let places = self.page.places;
        let element = places.model.element(self.id);
        let heading = format!("### {}{}", anchor(&places.anchor(self.id)), escape(&places.label(self.id)));
        let mut blocks = vec![heading, self.summary(element)];
        blocks.extend(places.own_kind(element));
        blocks.extend(self.prose(element));
        blocks.extend(facts(&element.settings, &["links"]));
        blocks.extend(decisions::of_element(places, self.id));
        blocks.extend(links(&element.settings));
        blocks.join("\n\n")
    }

    /// What it is and where it stands, on one line.
    fn summary(&self, element: &Element) -> String {
        let places = self.page.places;
        let kind = places.model.kind_of(element).filter(|kind| !is_core(&kind.name));
        let what = kind.map(|kind| format!("{} (`{}`)", escape(&kind.product), kind.name));
        let mut parts = vec![what.unwrap_or_else(|| variety(element.variety).to_owned())];
        if element.variety != Variety::Carrier {
            parts.push(format!("`{}`", places.model.path(self.id)));
        }
        if let Some(pattern) = &element.pattern {
            parts.push(format!("an instance of the pattern `{pattern}`"));
        }
        if let Some(edge) = places.carrying(self.id).map(|edge| places.model.edge(edge)) {
            parts.push(format!("carries {} → {}", self.page.link(edge.from), self.page.link(edge.to)));
        }
        if let Some(group) = element.group {
            parts.push(format!("in {}", self.page.link(group)));
        }
        parts.join(" · ")
    }

    fn prose(&self, element: &Element) -> Option<String> {
        let is_group = element.variety == Variety::Group;
        let group = if is_group { Some(self.id) } else { element.group };
        let setting = Setting {
            places: self.page.places,
            options: self.page.options,
            scope: Some(Scope { architecture: element.architecture, group }),
            level: 3,
            prefix: self.page.places.anchor(self.id),
        };
        element.doc.as_ref().map(|doc| setting.embed(doc))
    }
}

/// Whether a kind says no more than the variety of an element does.
pub(super) fn is_core(kind: &str) -> bool {
    ["external", "person", "group"].contains(&kind)
}

/// What an element is, in words for people.
pub(super) fn variety(variety: Variety) -> &'static str {
    match variety {
        Variety::Service | Variety::Carrier => "Service",
        Variety::External => "Outside system",
        Variety::Person => "People",
        Variety::Group => "Group",
    }
}

/// The properties as **name:** value, those left out that are shown elsewhere, and the free facts on a line of their own:
/// nobody checks these.
pub(super) fn facts(settings: &Settings, elsewhere: &[&str]) -> Vec<String> {
    let lines = [properties(settings, elsewhere).join(" · "), free(settings).unwrap_or_default()];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// The properties as **name:** value, by the names that the source has for them.
pub(super) fn properties(settings: &Settings, elsewhere: &[&str]) -> Vec<String> {
    let shown = settings.properties.iter().filter(|property| !elsewhere.contains(&property.name.as_str()));
    shown.map(|property| fact(&property.name, &value(&property.value))).collect()
}

/// What stands in `meta { … }`.
pub(super) fn free(settings: &Settings) -> Option<String> {
    let facts: Vec<String> = settings.meta.iter().map(|(key, value)| fact(key, unquoted(value))).collect();
    (!facts.is_empty()).then(|| format!("Further facts: {}", facts.join(" · ")))
}

fn fact(name: &str, value: &str) -> String {
    format!("**{}:** {}", escape(name), escape(value))
}

/// A value as people write it.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Quantity(_) | Value::Load(_) => value.to_string().replace('_', ","),
        _ => value.to_string(),
    }
}

/// The addresses that an element or an architecture names, as a list.
pub(super) fn links(settings: &Settings) -> Option<String> {
    let links = settings.get("links")?.items();
    let links: Vec<String> =
        links.iter().filter_map(|link| link.as_str()).map(|text| format!("- {}", address(text))).collect();
    (!links.is_empty()).then(|| links.join("\n"))
}

/// A text as a link if it is an address of the web. Anything else could be made to run in a browser.
fn address(text: &str) -> String {
    if docs::is_web(text) { link(text, text) } else { escape(text) }
}
