//! Elements that have another name.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Matching, is_unnamed};
use crate::emit::document::{Document, Element, Variety};

/// Elements with so many points in common are the same one with another name.
const ENOUGH: usize = 50;

/// So many elements are tried for each that is gone.
const CANDIDATES: usize = 16;

/// Elements that look alike to so many others tell nothing about a single one.
const CROWD: usize = 64;

/// An edge as it is seen from one of its ends: what moves, whether it leaves, and the element at the other end, by its path
/// in the newer model.
type Link<'d> = (&'static str, bool, &'d str);

/// What an element is compared by.
#[derive(Default)]
struct Traits<'d> {
    links: BTreeSet<Link<'d>>,
    properties: BTreeSet<(&'d str, String)>,
}

impl<'d> Matching<'d> {
    /// Pairs what is left of the same variety and kind, where it has enough in common: the best pairs first, and of equals
    /// those that come first in the older model, then in the newer one.
    pub(super) fn renames(&mut self) {
        let free = |positions: Vec<usize>, document: &'d Document| -> Vec<usize> {
            let is_wanted = |it: &Element| it.variety != Variety::Group && !is_unnamed(it);
            positions.into_iter().filter(|at| document.elements.get(*at).is_some_and(is_wanted)).collect()
        };
        let old = free(self.elements.free_old(), self.old);
        let new = free(self.elements.free_new(), self.new);
        if old.is_empty() || new.is_empty() {
            return;
        }
        let (old_traits, new_traits) = (self.traits(&old, true), self.traits(&new, false));
        let index = self.index(&new, &new_traits);
        let mut pairs = Vec::new();
        for before in &old {
            let Some((element, traits)) = self.old.elements.get(*before).zip(old_traits.get(before)) else { continue };
            for after in candidates(element, traits, &index) {
                let other = self.new.elements.get(after).zip(new_traits.get(&after));
                let Some((other, others)) = other.filter(|(other, _)| other.variety == element.variety) else {
                    continue;
                };
                let points = self.similarity((element, traits), (other, others));
                if points >= ENOUGH {
                    pairs.push((Reverse(points), *before, after));
                }
            }
        }
        pairs.sort_unstable();
        for (_, before, after) in pairs {
            self.elements.set(before, after);
        }
    }

    /// Points from 0 to 100 for what two elements of the same variety and kind have in common: 40 for the label, if it is
    /// more than the name; up to 30 for edges; up to 15 for properties; 10 for a near name; 5 for the group.
    fn similarity(&self, old: (&Element, &Traits<'_>), new: (&Element, &Traits<'_>)) -> usize {
        let ((element, traits), (other, others)) = (old, new);
        let label = element.label != element.name && element.label_line() == other.label_line();
        let links = shared(&traits.links, &others.links, 30);
        let no_properties = traits.properties.is_empty() && others.properties.is_empty();
        let properties = if no_properties { 15 } else { shared(&traits.properties, &others.properties, 15) };
        let group = element.group.as_deref().map(|group| self.path_after(group));
        let group = group == other.group.as_deref().map(Some);
        40 * usize::from(label)
            + links
            + properties
            + 10 * usize::from(are_near(&element.name, &other.name))
            + 5 * usize::from(group)
    }

    /// What the edges and properties of elements of one side say, as far as the other side can be compared with it.
    fn traits(&self, positions: &[usize], is_old: bool) -> HashMap<usize, Traits<'d>> {
        let (document, paths) = if is_old { (self.old, &self.old_paths) } else { (self.new, &self.new_paths) };
        let of = |at: &usize| {
            let properties = document.elements.get(*at).map_or(&[][..], |element| &element.properties);
            let properties = properties.iter().map(|it| (it.name.as_str(), it.value.to_string())).collect();
            (*at, Traits { links: BTreeSet::new(), properties })
        };
        let mut traits: HashMap<usize, Traits<'d>> = positions.iter().map(of).collect();
        for edge in &document.edges {
            for (here, there, leaves) in [(&edge.from, &edge.to, true), (&edge.to, &edge.from, false)] {
                let traits = paths.get(here.as_str()).and_then(|at| traits.get_mut(at));
                let other = if is_old { self.path_after(there) } else { Some(there.as_str()) };
                if let (Some(traits), Some(other)) = (traits, other) {
                    traits.links.insert((edge.arrow.symbol(), leaves, other));
                }
            }
        }
        traits
    }

    /// The elements of the newer model by what they can be found by.
    fn index(&self, new: &[usize], traits: &HashMap<usize, Traits<'d>>) -> Index<'d> {
        let mut index = Index::new();
        for at in new {
            let Some(element) = self.new.elements.get(*at) else { continue };
            let links = traits.get(at).into_iter().flat_map(|traits| &traits.links).map(|link| Clue::Link(*link));
            for clue in std::iter::once(Clue::Label(element.label.as_str())).chain(links) {
                index.entry((element.kind.as_deref(), clue)).or_default().push(*at);
            }
        }
        index
    }
}

/// What an element can be found by.
#[derive(PartialEq, Eq, Hash)]
enum Clue<'d> {
    Label(&'d str),
    Link(Link<'d>),
}

type Index<'d> = HashMap<(Option<&'d str>, Clue<'d>), Vec<usize>>;

/// The elements of the same kind that may be this one, at most [`CANDIDATES`].
fn candidates<'d>(element: &'d Element, traits: &Traits<'d>, index: &Index<'d>) -> Vec<usize> {
    let kind = element.kind.as_deref();
    let label = std::iter::once(Clue::Label(element.label.as_str()));
    let clues = label.chain(traits.links.iter().map(|link| Clue::Link(*link)));
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    for clue in clues.take(CANDIDATES) {
        let those = index.get(&(kind, clue)).filter(|those| those.len() <= CROWD);
        for at in those.into_iter().flatten() {
            if found.len() < CANDIDATES && seen.insert(*at) {
                found.push(*at);
            }
        }
    }
    found
}

/// Points for the share that two sets have in common of all that is in them.
fn shared<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>, points: usize) -> usize {
    let shared = one.intersection(other).count();
    (points * shared).checked_div(one.len() + other.len() - shared).unwrap_or_default()
}

/// Whether two names look alike: at most a third of the longer one differs, or one is in the other.
fn are_near(one: &str, other: &str) -> bool {
    const MAX: usize = 64;
    if one.len().max(other.len()) > MAX {
        return false;
    }
    one.contains(other) || other.contains(one) || strsim::levenshtein(one, other) * 3 <= one.len().max(other.len())
}
