//! Which elements and edges of an older model are which of a newer one.
//!
//! In this order, where each step takes only what the ones before it have left:
//!
//! 1. Architectures of the same name are the same. Of the others, those that share most elements are, if that is at least
//!    half of the smaller one.
//! 2. Elements at the same path in the same architecture.
//! 3. Elements of the same variety, kind and name, if there is one such element on each side: in the architecture, then in
//!    the workspace. These were moved.
//! 4. Groups whose members went from the one to the other, most of them; then elements of the same name in these.
//! 5. Elements of the same variety and kind that have most in common. There are 40 points for the same label, if it is more
//!    than the name; up to 30 for edges to the same neighbours, up to 15 for properties, by the share that is the same; 10
//!    for a name that is nearly the same, and 5 for the same group. With 50 points they are the same; those with most points
//!    come first. At most 16 are tried for each, so that the effort stays in proportion to the size of the models.
//!
//! Edges follow their ends: those with the same arrow and label first, then the same arrow, then any arrow. Carriers without
//! a name of their own follow their edge.

mod groups;
mod renames;

use std::collections::HashMap;
use std::hash::Hash;

use crate::emit::document::{Arrow, Document, Edge, Element, Variety};

/// Pairs of what is the same on both sides, by the positions in the documents.
#[derive(Debug)]
pub struct Matching<'d> {
    old: &'d Document,
    new: &'d Document,
    old_paths: HashMap<&'d str, usize>,
    new_paths: HashMap<&'d str, usize>,
    /// Of each architecture of the older model: its name in the newer one.
    architectures: HashMap<&'d str, &'d str>,
    elements: Pairs,
    edges: Pairs,
}

/// What edges between the same ends have in common: arrow, label, number of carriers; as far as it counts.
type EdgeKey<'d> = (Option<Arrow>, Option<Option<&'d str>>, Option<usize>);

/// Pairs of positions.
#[derive(Debug)]
struct Pairs {
    forward: Vec<Option<usize>>,
    back: Vec<Option<usize>>,
}

impl Pairs {
    fn new(old: usize, new: usize) -> Pairs {
        Pairs { forward: vec![None; old], back: vec![None; new] }
    }

    fn of_old(&self, old: usize) -> Option<usize> {
        self.forward.get(old).copied().flatten()
    }

    fn of_new(&self, new: usize) -> Option<usize> {
        self.back.get(new).copied().flatten()
    }

    /// Pairs two, unless one of them is taken.
    fn set(&mut self, old: usize, new: usize) {
        if let (Some(forward @ None), Some(back @ None)) = (self.forward.get_mut(old), self.back.get_mut(new)) {
            (*forward, *back) = (Some(new), Some(old));
        }
    }

    fn free_old(&self) -> Vec<usize> {
        free(&self.forward)
    }

    fn free_new(&self) -> Vec<usize> {
        free(&self.back)
    }
}

fn free(side: &[Option<usize>]) -> Vec<usize> {
    side.iter().enumerate().filter(|(_, other)| other.is_none()).map(|(at, _)| at).collect()
}

impl<'d> Matching<'d> {
    /// Finds out.
    pub fn new(old: &'d Document, new: &'d Document) -> Matching<'d> {
        let paths = |document: &'d Document| -> HashMap<&'d str, usize> {
            document.elements.iter().enumerate().map(|(at, element)| (element.path.as_str(), at)).collect()
        };
        let mut matching = Matching {
            old,
            new,
            old_paths: paths(old),
            new_paths: paths(new),
            architectures: groups::architectures(old, new),
            elements: Pairs::new(old.elements.len(), new.elements.len()),
            edges: Pairs::new(old.edges.len(), new.edges.len()),
        };
        matching.same_paths();
        matching.same_names();
        matching.groups();
        matching.same_places();
        matching.renames();
        matching.groups();
        matching.same_places();
        matching.match_edges();
        matching.carriers();
        matching
    }

    // ---- Asking ---------------------------------------------------------------------------------------------------------

    /// The elements that are on both sides, in the order of the older model.
    pub fn kept_elements(&self) -> impl Iterator<Item = (&'d Element, &'d Element)> {
        let pairs = self.elements.forward.iter().enumerate();
        pairs.filter_map(|(old, new)| Some((self.old.elements.get(old)?, self.new.elements.get((*new)?)?)))
    }

    /// The edges that are on both sides, in the order of the older model.
    pub fn kept_edges(&self) -> impl Iterator<Item = (&'d Edge, &'d Edge)> {
        let pairs = self.edges.forward.iter().enumerate();
        pairs.filter_map(|(old, new)| Some((self.old.edges.get(old)?, self.new.edges.get((*new)?)?)))
    }

    /// The elements of the newer model in their order, each with what it was.
    pub(super) fn elements(&self) -> impl Iterator<Item = (Option<&'d Element>, &'d Element)> {
        let was = |(at, element)| (self.elements.of_new(at).and_then(|old| self.old.elements.get(old)), element);
        self.new.elements.iter().enumerate().map(was)
    }

    /// The elements of the older model that are gone.
    pub(super) fn gone_elements(&self) -> impl Iterator<Item = &'d Element> {
        self.elements.free_old().into_iter().filter_map(|at| self.old.elements.get(at))
    }

    /// The edges of the newer model in their order, each with what it was.
    pub(super) fn edges(&self) -> impl Iterator<Item = (Option<&'d Edge>, &'d Edge)> {
        let was = |(at, edge)| (self.edges.of_new(at).and_then(|old| self.old.edges.get(old)), edge);
        self.new.edges.iter().enumerate().map(was)
    }

    /// The edges of the older model that are gone.
    pub(super) fn gone_edges(&self) -> impl Iterator<Item = &'d Edge> {
        self.edges.free_old().into_iter().filter_map(|at| self.old.edges.get(at))
    }

    /// What an architecture of the older model is called in the newer one; none if it is gone.
    pub fn architecture_after(&self, name: &str) -> Option<&'d str> {
        self.architectures.get(name).copied()
    }

    /// The path in the newer model of an element of the older one; none if it is gone.
    pub fn path_after(&self, path: &str) -> Option<&'d str> {
        let new = self.elements.of_old(*self.old_paths.get(path)?)?;
        self.new.elements.get(new).map(|element| element.path.as_str())
    }

    /// The element of a path of the newer model.
    pub(super) fn after(&self, path: &str) -> Option<&'d Element> {
        self.new_paths.get(path).and_then(|at| self.new.elements.get(*at))
    }

    // ---- Elements -------------------------------------------------------------------------------------------------------

    fn same_paths(&mut self) {
        for (old, element) in self.old.elements.iter().enumerate() {
            let Some(architecture) = self.architecture_after(&element.architecture) else { continue };
            let new = if architecture == element.architecture {
                self.new_paths.get(element.path.as_str())
            } else {
                let rest = element.path.strip_prefix(element.architecture.as_str()).unwrap_or_default();
                self.new_paths.get(format!("{architecture}{rest}").as_str())
            };
            // What was a boundary is none of the things in it.
            let is_group = |it: &Element| it.variety == Variety::Group;
            let new = new
                .filter(|new| self.new.elements.get(**new).is_some_and(|other| is_group(other) == is_group(element)));
            if let Some(new) = new {
                self.elements.set(old, *new);
            }
        }
    }

    /// What has the same name, kind and variety as nothing else.
    fn same_names(&mut self) {
        let key = |element: &'d Element, home: Option<&'d str>| {
            (home, element.variety, element.kind.as_deref(), element.name.as_str())
        };
        for within in [true, false] {
            let old = unique(self.elements.free_old(), |at| {
                let element = self.old.elements.get(at)?;
                if is_unnamed(element) {
                    return None;
                }
                let home = within.then(|| self.architecture_after(&element.architecture)).flatten();
                (!within || home.is_some()).then(|| key(element, home))
            });
            let new = unique(self.elements.free_new(), |at| {
                let element = self.new.elements.get(at).filter(|element| !is_unnamed(element))?;
                Some(key(element, within.then_some(element.architecture.as_str())))
            });
            self.pair(&old, &new);
        }
    }

    /// What stands in the same group, as far as groups are known, and has the same name.
    fn same_places(&mut self) {
        let old = unique(self.elements.free_old(), |at| {
            let element = self.old.elements.get(at)?;
            let group = self.path_after(element.group.as_deref()?)?;
            Some((group, element.variety == Variety::Group, element.name.as_str()))
        });
        let new = unique(self.elements.free_new(), |at| {
            let element = self.new.elements.get(at)?;
            Some((element.group.as_deref()?, element.variety == Variety::Group, element.name.as_str()))
        });
        self.pair(&old, &new);
    }

    fn pair<K: Eq + Hash>(&mut self, old: &HashMap<K, usize>, new: &HashMap<K, usize>) {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        #[expect(clippy::iter_over_hash_type, reason = "the pairs are sorted, and no two have an end in common")]
        for (key, at) in old {
            pairs.extend(new.get(key).map(|other| (*at, *other)));
        }
        pairs.sort_unstable();
        for (old, new) in pairs {
            self.elements.set(old, new);
        }
    }

    // ---- Edges ----------------------------------------------------------------------------------------------------------

    fn match_edges(&mut self) {
        // From what must be the same to what may differ.
        self.edges_by(|edge| (Some(edge.arrow), Some(edge.label.as_deref()), Some(edge.carriers.len())));
        self.edges_by(|edge| (Some(edge.arrow), Some(edge.label.as_deref()), None));
        self.edges_by(|edge| (Some(edge.arrow), None, None));
        self.edges_by(|_| (None, None, None));
    }

    /// Pairs the edges between the same ends that have the same key, in their order.
    fn edges_by(&mut self, key: impl Fn(&'d Edge) -> EdgeKey<'d>) {
        let mut waiting: HashMap<(&str, &str, EdgeKey<'d>), Vec<usize>> = HashMap::new();
        for at in self.edges.free_new().into_iter().rev() {
            if let Some(edge) = self.new.edges.get(at) {
                waiting.entry((&edge.from, &edge.to, key(edge))).or_default().push(at);
            }
        }
        for old in self.edges.free_old() {
            let Some(edge) = self.old.edges.get(old) else { continue };
            let (Some(from), Some(to)) = (self.path_after(&edge.from), self.path_after(&edge.to)) else { continue };
            if let Some(new) = waiting.get_mut(&(from, to, key(edge))).and_then(Vec::pop) {
                self.edges.set(old, new);
            }
        }
    }

    /// Pairs the carriers of edges that are the same, one by one, where they are of the same kind.
    fn carriers(&mut self) {
        let pairs: Vec<(usize, usize)> = self
            .kept_edges()
            .flat_map(|(before, after)| before.carriers.iter().zip(&after.carriers))
            .filter_map(|(old, new)| Some((*self.old_paths.get(old.as_str())?, *self.new_paths.get(new.as_str())?)))
            .collect();
        for (old, new) in pairs {
            let kind = |document: &'d Document, at: usize| document.elements.get(at).and_then(|it| it.kind.as_deref());
            if kind(self.old, old) == kind(self.new, new) {
                self.elements.set(old, new);
            }
        }
    }
}

/// Whether an element is a carrier whose name is made from its edge: only these have a dash between three parts, since the
/// kind stands between the ends.
pub(super) fn is_unnamed(element: &Element) -> bool {
    element.variety == Variety::Carrier && element.name.matches('-').count() >= 2
}

/// The positions that have a key which no other has.
fn unique<K: Eq + Hash>(positions: Vec<usize>, key: impl Fn(usize) -> Option<K>) -> HashMap<K, usize> {
    let mut found: HashMap<K, Option<usize>> = HashMap::new();
    for at in positions {
        if let Some(key) = key(at) {
            found.entry(key).and_modify(|it| *it = None).or_insert(Some(at));
        }
    }
    found.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
}
