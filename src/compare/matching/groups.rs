//! Groups and architectures, by what stands in them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Matching;
use crate::emit::document::{Document, Variety};

/// So many architectures that may hold an element of a name are tried: of a name that more have, it tells nothing.
const HOMES: usize = 8;

/// What each architecture of the older model is called in the newer one.
pub(super) fn architectures<'d>(old: &'d Document, new: &'d Document) -> HashMap<&'d str, &'d str> {
    let names = |document: &'d Document| -> HashSet<&'d str> {
        document.architectures.iter().map(|it| it.name.as_str()).collect()
    };
    let (before, after) = (names(old), names(new));
    let kept = old.architectures.iter().map(|it| it.name.as_str()).filter(|it| after.contains(it));
    let mut same: HashMap<&str, &str> = kept.map(|it| (it, it)).collect();
    // What stands where, and as what, in those that are new.
    let mut homes: HashMap<(&str, Option<&str>), Vec<&str>> = HashMap::new();
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for element in new.elements.iter().filter(|it| !before.contains(it.architecture.as_str())) {
        let home = element.architecture.as_str();
        let rest = element.path.strip_prefix(home).unwrap_or_default();
        homes.entry((rest, element.kind.as_deref())).or_default().push(home);
        *sizes.entry(home).or_default() += 1;
    }
    let mut shared: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut old_sizes: HashMap<&str, usize> = HashMap::new();
    for element in old.elements.iter().filter(|it| !after.contains(it.architecture.as_str())) {
        let home = element.architecture.as_str();
        *old_sizes.entry(home).or_default() += 1;
        let rest = element.path.strip_prefix(home).unwrap_or_default();
        for other in homes.get(&(rest, element.kind.as_deref())).into_iter().flatten().take(HOMES) {
            *shared.entry((home, other)).or_default() += 1;
        }
    }
    let mut pairs: Vec<_> = shared.into_iter().collect();
    pairs.sort_by_key(|(names, shared)| (Reverse(*shared), *names));
    let mut taken = HashSet::new();
    for ((from, to), shared) in pairs {
        let size = |sizes: &HashMap<&str, usize>, name| sizes.get(name).copied().unwrap_or_default();
        let is_enough = shared * 2 >= size(&old_sizes, from).min(size(&sizes, to));
        if is_enough && !same.contains_key(from) && taken.insert(to) {
            same.insert(from, to);
        }
    }
    same
}

impl Matching<'_> {
    /// Pairs groups that are left, by how many of their members went from the one to the other: at least half of those of
    /// the smaller one.
    pub(super) fn groups(&mut self) {
        // Members of groups are groups, too: from the inside to the outside, as long as something is found.
        for _ in 0..crate::syntax::MAX_NESTING {
            if !self.pair_groups() {
                return;
            }
        }
    }

    /// Whether a pair was found.
    fn pair_groups(&mut self) -> bool {
        let groups = |positions: Vec<usize>, document: &Document| -> HashSet<usize> {
            let is_group = |at: &usize| document.elements.get(*at).is_some_and(|it| it.variety == Variety::Group);
            positions.into_iter().filter(is_group).collect()
        };
        let old_groups = groups(self.elements.free_old(), self.old);
        let new_groups = groups(self.elements.free_new(), self.new);
        if old_groups.is_empty() || new_groups.is_empty() {
            return false;
        }
        let (old_homes, new_homes) = (homes(self.old, &self.old_paths), homes(self.new, &self.new_paths));
        let mut moved: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (at, from) in old_homes.iter().enumerate() {
            let to = self.elements.of_old(at).and_then(|new| new_homes.get(new).copied().flatten());
            if let (Some(from), Some(to)) = (from, to)
                && old_groups.contains(from)
                && new_groups.contains(&to)
            {
                *moved.entry((*from, to)).or_default() += 1;
            }
        }
        let (old_sizes, new_sizes) = (sizes(&old_homes), sizes(&new_homes));
        let mut pairs: Vec<_> = moved.into_iter().collect();
        pairs.sort_by_key(|(pair, members)| (Reverse(*members), *pair));
        let mut is_found = false;
        for ((old, new), members) in pairs {
            let size = |sizes: &HashMap<usize, usize>, at| sizes.get(&at).copied().unwrap_or_default();
            let is_enough = members * 2 >= size(&old_sizes, old).min(size(&new_sizes, new));
            if is_enough && self.elements.of_old(old).is_none() && self.elements.of_new(new).is_none() {
                self.elements.set(old, new);
                is_found = true;
            }
        }
        is_found
    }
}

/// Of each element: the position of the group that it stands in.
fn homes(document: &Document, paths: &HashMap<&str, usize>) -> Vec<Option<usize>> {
    let home = |element: &crate::emit::document::Element| paths.get(element.group.as_deref()?).copied();
    document.elements.iter().map(home).collect()
}

/// How many elements stand directly in each group.
fn sizes(homes: &[Option<usize>]) -> HashMap<usize, usize> {
    let mut sizes = HashMap::new();
    for home in homes.iter().flatten() {
        *sizes.entry(*home).or_default() += 1;
    }
    sizes
}
