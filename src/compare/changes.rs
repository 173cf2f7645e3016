//! What is said of architectures, elements and edges, and differs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Matching;
use crate::emit::document::{Architecture, Document, Edge, Element, Fact, Property, Variety};

/// What became of something.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there on both sides, and differs.
    Changed,
}

/// A field that differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Field {
    /// Which: `kind`, `label`, `docs`, a property, or `meta.KEY`.
    pub name: String,
    /// What it was, if it was given.
    pub before: Option<String>,
    /// What it is, if it is given.
    pub after: Option<String>,
}

/// A system that differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct SystemChange {
    /// What became of it.
    pub change: Change,
    /// Its name; that of the newer model, if it is in both.
    pub name: String,
    /// Its title, or its name.
    pub label: String,
    /// The name that it had, if it was renamed.
    pub renamed_from: Option<String>,
    /// What differs of it.
    pub fields: Vec<Field>,
}

/// An element that differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct ElementChange {
    /// What became of it.
    pub change: Change,
    /// Its path; that of the newer model, if it is in both.
    pub path: String,
    /// What it is.
    pub variety: Variety,
    /// Its kind.
    pub kind: Option<String>,
    /// Its label on one line.
    pub label: String,
    /// The path that it had, if it has another name now.
    pub renamed_from: Option<String>,
    /// The path of the group, or the name of the architecture, that it stood in, if it stands in another one now. The members
    /// of a group that was renamed or moved are not moved.
    pub moved_from: Option<String>,
    /// The path of the group, or the name of the architecture, that it stands in; none if it was not moved.
    pub moved_to: Option<String>,
    /// What else differs of it.
    pub fields: Vec<Field>,
}

/// An edge that differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct EdgeChange {
    /// What became of it.
    pub change: Change,
    /// Its id; that of the newer model, if it is in both.
    pub id: String,
    /// Its label on one line, or what carries it.
    pub label: Option<String>,
    /// What differs of it. That an end was renamed is no change of the edge.
    pub fields: Vec<Field>,
}

pub(super) fn systems(old: &Document, new: &Document, matching: &Matching<'_>) -> Vec<SystemChange> {
    let before: BTreeMap<&str, &Architecture> =
        old.architectures.iter().filter_map(|it| Some((matching.architecture_after(&it.name)?, it))).collect();
    let one = |change: Change, it: &Architecture| SystemChange {
        change,
        name: it.name.clone(),
        label: it.label().to_owned(),
        renamed_from: None,
        fields: Vec::new(),
    };
    let present = new.architectures.iter().filter_map(|it| {
        let Some(was) = before.get(it.name.as_str()) else { return Some(one(Change::Added, it)) };
        let renamed_from = (was.name != it.name).then(|| was.name.clone());
        let mut fields = Fields::default();
        fields.texts("title", was.title.as_deref(), it.title.as_deref());
        fields.texts("docs", was.docs.as_deref(), it.docs.as_deref());
        let follows = |it: &Architecture| Some(it.follows.join(", ")).filter(|it| !it.is_empty());
        fields.texts("follows", follows(was).as_deref(), follows(it).as_deref());
        fields.settings((&was.properties, &was.meta), (&it.properties, &it.meta));
        let fields = fields.0;
        let differs = renamed_from.is_some() || !fields.is_empty();
        differs.then(|| SystemChange { renamed_from, fields, ..one(Change::Changed, it) })
    });
    let gone = old.architectures.iter().filter(|it| matching.architecture_after(&it.name).is_none());
    present.chain(gone.map(|it| one(Change::Removed, it))).collect()
}

pub(super) fn elements(matching: &Matching<'_>) -> Vec<ElementChange> {
    let one = |change: Change, it: &Element| ElementChange {
        change,
        path: it.path.clone(),
        variety: it.variety,
        kind: it.kind.clone(),
        label: it.label_line(),
        renamed_from: None,
        moved_from: None,
        moved_to: None,
        fields: Vec::new(),
    };
    let present = matching.elements().filter_map(|(was, it)| {
        let Some(was) = was else { return Some(one(Change::Added, it)) };
        let is_unnamed = super::matching::is_unnamed(it) && super::matching::is_unnamed(was);
        let is_renamed = was.name != it.name && !is_unnamed;
        let is_moved = !stands_in_the_same(was, it, matching) && !is_unnamed;
        let fields = element_fields(was, it, is_moved);
        (is_renamed || is_moved || !fields.is_empty()).then(|| ElementChange {
            renamed_from: is_renamed.then(|| was.path.clone()),
            moved_from: is_moved.then(|| home(was).to_owned()),
            moved_to: is_moved.then(|| home(it).to_owned()),
            fields,
            ..one(Change::Changed, it)
        })
    });
    present.chain(matching.gone_elements().map(|it| one(Change::Removed, it))).collect()
}

/// What an element stands in.
fn home(element: &Element) -> &str {
    element.group.as_ref().unwrap_or(&element.architecture)
}

fn stands_in_the_same(was: &Element, it: &Element, matching: &Matching<'_>) -> bool {
    match (&was.group, &it.group) {
        (None, None) => matching.architecture_after(&was.architecture) == Some(&it.architecture),
        (Some(before), Some(after)) => match matching.path_after(before) {
            Some(group) => group == after,
            // The group is gone. One of the same path that is none of it cannot be told apart.
            None => before == after,
        },
        _ => false,
    }
}

fn element_fields(was: &Element, it: &Element, is_moved: bool) -> Vec<Field> {
    let mut fields = Fields::default();
    fields.texts("variety", Some(was.variety.name()), Some(it.variety.name()));
    fields.texts("kind", was.kind.as_deref(), it.kind.as_deref());
    // A label that is only the name goes with it.
    let label = |it: &Element| (it.label != it.name).then(|| it.label_line());
    fields.texts("label", label(was).as_deref(), label(it).as_deref());
    fields.texts("docs", was.docs.as_deref(), it.docs.as_deref());
    fields.texts("pattern", was.pattern.as_deref(), it.pattern.as_deref());
    if is_moved {
        // What is around it may say something else now; if nothing does, the element itself is heard below.
        let own = |it: &Element, name: &str| it.properties.iter().any(|property| property.name == name);
        for (name, before, after) in [
            ("owner", &was.owner, &it.owner),
            ("region", &was.region, &it.region),
            ("account", &was.account, &it.account),
        ] {
            if !own(was, name) && !own(it, name) {
                fields.texts(name, before.as_deref(), after.as_deref());
            }
        }
    }
    fields.settings((&was.properties, &was.meta), (&it.properties, &it.meta));
    fields.0
}

pub(super) fn edges(old: &Document, new: &Document, matching: &Matching<'_>) -> Vec<EdgeChange> {
    let (before, after) = (Labels::new(old), Labels::new(new));
    let one = |change: Change, it: &Edge, labels: &Labels<'_>| EdgeChange {
        change,
        id: it.id.clone(),
        label: labels.of(it),
        fields: Vec::new(),
    };
    let present = matching.edges().filter_map(|(was, it)| {
        let Some(was) = was else { return Some(one(Change::Added, it, &after)) };
        let mut fields = Fields::default();
        fields.texts("arrow", Some(was.arrow.symbol()), Some(it.arrow.symbol()));
        fields.texts("label", was.label.as_deref(), it.label.as_deref());
        if !same_carriers(was, it, matching) {
            fields.texts("via", before.carriers(was).as_deref(), after.carriers(it).as_deref());
        }
        fields.texts("docs", was.docs.as_deref(), it.docs.as_deref());
        fields.settings((&was.properties, &was.meta), (&it.properties, &it.meta));
        let fields = fields.0;
        (!fields.is_empty()).then(|| EdgeChange { fields, ..one(Change::Changed, it, &after) })
    });
    present.chain(matching.gone_edges().map(|it| one(Change::Removed, it, &before))).collect()
}

fn same_carriers(was: &Edge, it: &Edge, matching: &Matching<'_>) -> bool {
    let pairs = was.carriers.iter().zip(&it.carriers);
    was.carriers.len() == it.carriers.len()
        && pairs.into_iter().all(|(before, after)| matching.path_after(before) == Some(after))
}

/// What the carriers of edges are called.
struct Labels<'d> {
    elements: BTreeMap<&'d str, &'d Element>,
}

impl<'d> Labels<'d> {
    fn new(document: &'d Document) -> Labels<'d> {
        let carried = document.edges.iter().flat_map(|edge| &edge.carriers).map(String::as_str);
        let carried: std::collections::BTreeSet<&str> = carried.collect();
        let elements = document.elements.iter().map(|it| (it.path.as_str(), it));
        Labels { elements: elements.filter(|(path, _)| carried.contains(path)).collect() }
    }

    /// The label of an edge on one line, or what carries it.
    fn of(&self, edge: &Edge) -> Option<String> {
        let label = edge.label.as_ref().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        label.filter(|it| !it.is_empty()).or_else(|| self.carriers(edge))
    }

    /// The carriers: by their path if they have a name, else by their kind.
    fn carriers(&self, edge: &Edge) -> Option<String> {
        let name = |path: &String| match self.elements.get(path.as_str()) {
            Some(it) if super::matching::is_unnamed(it) => it.kind.clone().unwrap_or_else(|| it.label_line()),
            _ => path.clone(),
        };
        let names: Vec<String> = edge.carriers.iter().map(name).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// A list of fields that differ.
#[derive(Default)]
pub(super) struct Fields(pub(super) Vec<Field>);

impl Fields {
    pub(super) fn texts(&mut self, name: &str, before: Option<&str>, after: Option<&str>) {
        if before != after {
            let [before, after] = [before, after].map(|it| it.map(str::to_owned));
            self.0.push(Field { name: name.to_owned(), before, after });
        }
    }

    /// Properties and free facts, in the order of their names.
    pub(super) fn settings(&mut self, before: (&[Property], &[Fact]), after: (&[Property], &[Fact])) {
        let (old, new) = (values(before), values(after));
        let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.texts(name, old.get(name).map(String::as_str), new.get(name).map(String::as_str));
        }
    }
}

/// The values by name. Of a property that is given twice, which has its own finding, the first counts.
fn values((properties, meta): (&[Property], &[Fact])) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for property in properties {
        values.entry(property.name.clone()).or_insert_with(|| property.value.to_string());
    }
    for fact in meta {
        values.entry(format!("meta.{}", fact.key)).or_insert_with(|| fact.value.clone());
    }
    values
}
