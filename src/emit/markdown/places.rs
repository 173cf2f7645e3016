//! Where on the pages each architecture and each element is found.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::decisions::Register;
use super::escape::{destination, escape, link, one_line};
use crate::decision::Decisions;
use crate::docs;
use crate::model::{ArchitectureId, EdgeId, Element, ElementId, Model, Variety};
use crate::source::{Origin, SourceMap};

/// Properties that the tables show: they alone make no section.
const IN_TABLES: [&str; 3] = ["role", "owner", "status"];

/// Names of pages that other files have taken, some of them only after mdBook has been there.
const TAKEN: [&str; 3] = ["readme", "summary", "index"];

/// The places of a model.
#[derive(Debug)]
pub(super) struct Places<'m> {
    pub(super) model: &'m Model,
    /// Of each carrier: the edge it was declared on.
    carried: BTreeMap<ElementId, EdgeId>,
    /// Carriers without a name that have the label of another one in their architecture.
    twins: Rc<BTreeSet<ElementId>>,
    sources: &'m SourceMap,
    /// What has been decided about what.
    pub(super) register: Rc<Register<'m>>,
    /// Leads from the page that links stand on to the index; empty or ends with `/`.
    pub(super) up: &'m str,
    /// Whether there are pages for links to lead to.
    has_pages: bool,
}

impl<'m> Places<'m> {
    pub(super) fn new(model: &'m Model, sources: &'m SourceMap, decisions: &'m Decisions) -> Places<'m> {
        let carriers = model.edges.iter().flat_map(|edge| edge.carriers.iter().map(|carrier| (*carrier, edge.id)));
        // A service declared elsewhere may carry several edges; a carrier has one.
        let carried = carriers.filter(|(id, _)| model.element(*id).variety == Variety::Carrier).collect();
        let register = Rc::new(Register::new(model, decisions));
        let twins = Rc::default();
        let places = Places { model, carried, twins, sources, register, up: "", has_pages: true };
        Places { twins: Rc::new(places.twins()), ..places }
    }

    /// Carriers without a name that a reader cannot tell apart by their labels.
    fn twins(&self) -> BTreeSet<ElementId> {
        let nameless = self.carried.keys().map(|id| self.model.element(*id)).filter(|it| it.between.is_some());
        let mut by_label: BTreeMap<(ArchitectureId, String), Vec<ElementId>> = BTreeMap::new();
        for element in nameless {
            by_label.entry((element.architecture, self.label(element.id))).or_default().push(element.id);
        }
        by_label.into_values().filter(|all| all.len() > 1).flatten().collect()
    }

    /// The same for a document that stands alone: names are no links.
    pub(super) fn alone(model: &'m Model, sources: &'m SourceMap, decisions: &'m Decisions) -> Places<'m> {
        Places { has_pages: false, ..Places::new(model, sources, decisions) }
    }

    /// The same places for pages in a folder, from which `up` leads to the index.
    pub(super) fn below<'p>(&self, up: &'p str) -> Places<'p>
    where
        'm: 'p,
    {
        Places {
            up,
            carried: self.carried.clone(),
            twins: Rc::clone(&self.twins),
            register: Rc::clone(&self.register),
            ..*self
        }
    }

    /// The file of an architecture's page.
    pub(super) fn page(&self, id: ArchitectureId) -> String {
        let name = &self.model.architecture(id).name;
        if TAKEN.iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
            // No name of an architecture has a dot.
            return format!("{}{name}.architecture.md", self.up);
        }
        format!("{}{name}.md", self.up)
    }

    /// The anchor of an element on its architecture's page. The dot keeps it apart from the anchors of headings, which
    /// hold none.
    pub(super) fn anchor(&self, id: ElementId) -> String {
        format!("element.{}", self.model.path(id))
    }

    /// The element's place for a link that stands on the page of `from`, or on the index.
    pub(super) fn address(&self, from: Option<ArchitectureId>, id: ElementId) -> String {
        let owner = self.model.element(id).architecture;
        let page = if from == Some(owner) { String::new() } else { self.page(owner) };
        format!("{page}#{}", self.anchor(id))
    }

    /// Whether there is more to say of an element than the tables do.
    pub(super) fn has_section(&self, id: ElementId) -> bool {
        let element = self.model.element(id);
        let settings = &element.settings;
        let says_more = settings.properties.iter().any(|property| !IN_TABLES.contains(&property.name.as_str()));
        element.doc.is_some()
            || says_more
            || !settings.meta.is_empty()
            || self.own_kind(element).is_some()
            || self.register.has(id)
    }

    /// What an element's kind is, in its first words, if it is one of the workspace's own.
    pub(super) fn own_kind(&self, element: &Element) -> Option<String> {
        let kind = self.model.kind_of(element)?;
        let is_own = self.sources.file(kind.name_span.file).origin() == Origin::Workspace;
        let doc = kind.doc.as_ref().filter(|_| is_own)?;
        let summary = escape(&one_line(&docs::summary(&doc.text)));
        (!summary.is_empty()).then(|| format!("`{}`: {summary}", kind.name))
    }

    /// The label of an element on one line. A carrier without one goes by that of its edge.
    pub(super) fn label(&self, id: ElementId) -> String {
        let element = self.model.element(id);
        let edge = self.carrying(id).map(|edge| self.model.edge(edge));
        if let Some(edge) = edge.filter(|_| self.twins.contains(&id)) {
            let [from, to] = [edge.from, edge.to].map(|id| self.model.element(id).label_line());
            return format!("{} ({from} → {to})", element.label_line());
        }
        match (&element.title, edge.and_then(|edge| edge.label.as_ref().filter(|_| edge.carriers.len() == 1))) {
            (None, Some(label)) => label.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => element.label_line(),
        }
    }

    /// The edge that a carrier was declared on.
    pub(super) fn carrying(&self, id: ElementId) -> Option<EdgeId> {
        self.carried.get(&id).copied()
    }

    /// A link to an element, for the page of `from`. One of another architecture says so.
    pub(super) fn link(&self, from: ArchitectureId, id: ElementId) -> String {
        self.link_from(Some(from), id)
    }

    /// The same for a page that may be of no architecture.
    pub(super) fn link_from(&self, from: Option<ArchitectureId>, id: ElementId) -> String {
        let owner = self.model.element(id).architecture;
        let label = self.label(id);
        if from == Some(owner) {
            return self.link_as(&label, from, id);
        }
        self.link_as(&format!("{}: {label}", self.model.architecture(owner).label()), from, id)
    }

    /// The same with other words.
    pub(super) fn link_as(&self, words: &str, from: Option<ArchitectureId>, id: ElementId) -> String {
        self.link_to(words, &self.address(from, id))
    }

    /// A link to a page; no more than its words where there are no pages.
    pub(super) fn link_to(&self, words: &str, address: &str) -> String {
        if self.has_pages { link(words, address) } else { escape(words) }
    }

    /// What a table shows for an element: a link to its section, or else its label and the anchor for other links.
    pub(super) fn entry(&self, id: ElementId) -> String {
        let element = self.model.element(id);
        if self.has_section(id) || !self.has_pages {
            return self.link(element.architecture, id);
        }
        format!("{}{}", anchor(&self.anchor(id)), escape(&self.label(id)))
    }

    /// The product's name of an element; empty if its kind is not known.
    pub(super) fn product(&self, element: &Element) -> &'m str {
        self.model.kind_of(element).map_or("", |kind| &kind.product)
    }

    /// Who answers for an element: its own word, or that of the nearest group around it.
    pub(super) fn owner(&self, element: &'m Element) -> Option<&'m str> {
        let around = |element: &&'m Element| element.group.map(|group| self.model.element(group));
        std::iter::successors(Some(element), around).find_map(|element| element.settings.text("owner"))
    }
}

/// A place to jump to. An explicit one, since renderers differ in the anchors they give to headings.
pub(super) fn anchor(name: &str) -> String {
    format!("<a id=\"{}\"></a>", destination(name))
}
