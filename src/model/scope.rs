//! Names and what they mean to somebody who stands somewhere.
//!
//! A name means, in this order: what the innermost group around declares under it, then the groups further out, then the
//! architecture; then the one element of the architecture that has the name, in whichever group it stands; then another
//! architecture. A dotted path begins with any of these and goes on downwards.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap as HashMap;
use smol_str::SmolStr;

use super::{ArchitectureId, ElementId};
use crate::source::Span;
use crate::syntax::ast::{Binding, Path};

/// Where somebody stands who uses a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The architecture.
    pub architecture: ArchitectureId,
    /// The innermost group.
    pub group: Option<ElementId>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One element.
    Element(ElementId),
    /// An architecture as a whole.
    Architecture(ArchitectureId),
    /// Several elements, and nothing says which.
    Ambiguous(Arc<Vec<ElementId>>),
    /// Something that is declared, and is not there in the environment of the model.
    Absent,
    /// Nothing.
    Nothing,
}

/// All names of a model.
#[derive(Debug, Default)]
pub(super) struct Names {
    architectures: HashMap<SmolStr, ArchitectureId>,
    /// What is declared directly in an architecture or a group.
    declared: HashMap<(Scope, SmolStr), ElementId>,
    /// What is declared anywhere in an architecture.
    anywhere: HashMap<(ArchitectureId, SmolStr), Bearers>,
    /// Of each element that has been declared: where it stands.
    parents: Vec<Option<Scope>>,
    /// How many names were made from one, for carriers that have none of their own.
    made: HashMap<(ArchitectureId, SmolStr), usize>,
    /// The elements of each name in all architectures, once somebody has asked.
    everywhere: OnceLock<BTreeMap<SmolStr, Arc<Vec<ElementId>>>>,
    /// The ids of today, in a model that some elements have left.
    renumbering: Option<Renumbering>,
    /// The groups that are instances of patterns.
    instances: HashMap<ElementId, Instance>,
    /// What an instance declares, at any depth.
    within: HashMap<(ElementId, SmolStr), Bearers>,
}

/// The elements that have one name. Most names have one.
#[derive(Debug)]
enum Bearers {
    One(ElementId),
    /// Shared with whoever looks the name up: a name that many elements have is often looked up as often.
    Several(Arc<Vec<ElementId>>),
}

impl Bearers {
    fn ids(&self) -> &[ElementId] {
        match self {
            Bearers::One(id) => std::slice::from_ref(id),
            Bearers::Several(ids) => ids,
        }
    }

    fn push(&mut self, id: ElementId) {
        match self {
            Bearers::One(first) => *self = Bearers::Several(Arc::new(vec![*first, id])),
            Bearers::Several(ids) => Arc::make_mut(ids).push(id),
        }
    }

    /// What a name means that all of these have.
    fn meaning(&self) -> Lookup {
        match self {
            Bearers::One(id) => Lookup::Element(*id),
            Bearers::Several(ids) => Lookup::Ambiguous(Arc::clone(ids)),
        }
    }
}

/// Adds an element to those of a name.
fn add<K: std::hash::Hash + Eq>(names: &mut HashMap<K, Bearers>, name: K, id: ElementId) {
    names.entry(name).and_modify(|ids| ids.push(id)).or_insert(Bearers::One(id));
}

/// What an instance of a pattern knows beside its own names. Who stands in it sees nothing else of what is around, and
/// only what the pattern says stands in it: who adds to the group from elsewhere sees what is seen there.
#[derive(Debug)]
struct Instance {
    number: u32,
    /// The names of its parameters, and the paths that they stand for where the `use` stands; none if nothing is known.
    bindings: HashMap<SmolStr, Option<Path>>,
}

/// What became of the ids under which elements were declared, when some of them left the model.
#[derive(Debug, Default)]
pub(super) struct Renumbering {
    /// By former id: the id of today, of those that are left.
    pub(super) now: Vec<Option<ElementId>>,
    /// By the id of today: the former one.
    pub(super) before: Vec<ElementId>,
}

impl Renumbering {
    /// The id of today.
    pub(super) fn of(&self, former: ElementId) -> Option<ElementId> {
        self.now.get(former.index()).copied().flatten()
    }
}

impl Names {
    /// Declares an architecture. Returns the earlier one of the same name, which stays.
    pub(super) fn declare_architecture(&mut self, name: &SmolStr, id: ArchitectureId) -> Option<ArchitectureId> {
        let earlier = self.architectures.get(name).copied();
        self.architectures.entry(name.clone()).or_insert(id);
        earlier
    }

    /// Declares an element. Returns the earlier one of the same name in the same scope, which stays.
    pub(super) fn declare(&mut self, scope: Scope, name: &Path, id: ElementId) -> Option<ElementId> {
        if self.parents.len() <= id.index() {
            self.parents.resize(id.index() + 1, None);
        }
        if let Some(parent) = self.parents.get_mut(id.index()) {
            *parent = Some(scope);
        }
        let (name, is_of_instance) = (&name.text, name.span.file.instance() > 0);
        match self.declared.entry((scope, name.clone())) {
            Entry::Occupied(earlier) => return Some(*earlier.get()),
            Entry::Vacant(free) => free.insert(id),
        };
        add(&mut self.anywhere, (scope.architecture, name.clone()), id);
        let mut around = scope.group.filter(|_| is_of_instance);
        while let Some(group) = around {
            if self.instances.contains_key(&group) {
                add(&mut self.within, (group, name.clone()), id);
            }
            around = self.parent(group).and_then(|scope| scope.group);
        }
        None
    }

    /// Where an element stands.
    fn parent(&self, id: ElementId) -> Option<Scope> {
        self.parents.get(id.index()).copied().flatten()
    }

    /// Says that a group is an instance of a pattern. What it declares comes after that.
    pub(super) fn declare_instance(&mut self, group: ElementId, number: u32, bindings: &[Binding]) {
        let bindings = bindings.iter().map(|it| (it.name.text.clone(), it.to.clone())).collect();
        self.instances.insert(group, Instance { number, bindings });
    }

    /// Lets a parameter of an instance stand for nothing, which has been reported.
    pub(super) fn unbind(&mut self, group: ElementId, parameter: &str) {
        let instance = self.instances.get_mut(&group);
        if let Some(binding) = instance.and_then(|instance| instance.bindings.get_mut(parameter)) {
            *binding = None;
        }
    }

    /// What a path means to somebody who stands in a scope. Where that is an instance of a pattern, it is not the pattern
    /// that says it.
    pub(super) fn look_up(&self, scope: Scope, path: &str) -> Lookup {
        self.look_up_at(scope, &Path { text: SmolStr::new(path), span: Span::default() })
    }

    /// What a path means to who stands in a scope and has written it where its place is.
    pub(super) fn look_up_at(&self, scope: Scope, path: &Path) -> Lookup {
        let from = path.span.file.instance();
        let Some(renumbering) = &self.renumbering else { return self.find(scope, &path.text, from) };
        let former = |group: ElementId| renumbering.before.get(group.index()).copied();
        let scope = Scope { group: scope.group.and_then(former), ..scope };
        self.as_of_today(self.find(scope, &path.text, from))
    }

    /// What was found under former ids, under those of today.
    fn as_of_today(&self, found: Lookup) -> Lookup {
        let Some(renumbering) = &self.renumbering else { return found };
        match found {
            Lookup::Element(id) => renumbering.of(id).map_or(Lookup::Absent, Lookup::Element),
            Lookup::Ambiguous(ids) => one_of(ids.iter().filter_map(|id| renumbering.of(*id)).collect()),
            other => other,
        }
    }

    /// What a path means that is written in an instance; in none if its number is 0.
    fn find(&self, scope: Scope, path: &str, from: u32) -> Lookup {
        let (first, rest) = split(path);
        self.descend(self.first(scope, first, from), rest)
    }

    /// Goes on from what the beginning of a path means.
    fn descend(&self, mut found: Lookup, rest: Option<&str>) -> Lookup {
        for segment in rest.into_iter().flat_map(|rest| rest.split('.')) {
            found = match found {
                Lookup::Element(group) => self.inside(group, segment),
                Lookup::Architecture(architecture) => self.in_architecture(architecture, segment),
                other => return other,
            };
        }
        found
    }

    /// What a path means to somebody who stands in no architecture: it begins with the name of one, or with a name that
    /// only one element of the workspace has.
    pub(super) fn look_up_anywhere(&self, path: &str) -> Lookup {
        let (first, rest) = split(path);
        if self.architectures.contains_key(first) {
            return self.look_up_from_outside(path);
        }
        let found = match self.everywhere().get(first) {
            Some(all) if all.len() > 1 => Lookup::Ambiguous(Arc::clone(all)),
            Some(all) => all.first().map_or(Lookup::Nothing, |id| Lookup::Element(*id)),
            None => Lookup::Nothing,
        };
        self.as_of_today(self.descend(found, rest))
    }

    /// The elements of each name in all architectures. To be asked when all names are declared.
    fn everywhere(&self) -> &BTreeMap<SmolStr, Arc<Vec<ElementId>>> {
        self.everywhere.get_or_init(|| {
            let all = self.anywhere.iter().flat_map(|((_, name), ids)| ids.ids().iter().map(move |id| (name, *id)));
            let mut all: Vec<(&SmolStr, ElementId)> = all.collect();
            all.sort_unstable();
            let of_one_name = all.chunk_by(|a, b| a.0 == b.0);
            let lists = of_one_name.filter_map(|all| {
                let ids = all.iter().map(|(_, id)| *id).collect();
                Some((all.first()?.0.clone(), Arc::new(ids)))
            });
            lists.collect()
        })
    }

    /// All names that [`Names::look_up_anywhere`] takes a path to begin with, sorted.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = &str> {
        self.architectures().into_iter().chain(self.everywhere().keys().map(SmolStr::as_str))
    }

    /// Takes notice that some elements have left the model.
    pub(super) fn renumber(&mut self, renumbering: Renumbering) {
        self.renumbering = Some(renumbering);
    }

    /// What a path means that begins with the name of an architecture.
    pub(super) fn look_up_from_outside(&self, path: &str) -> Lookup {
        let (name, rest) = split(path);
        match (self.architectures.get(name), rest) {
            (None, _) => Lookup::Nothing,
            (Some(architecture), None) => Lookup::Architecture(*architecture),
            (Some(architecture), Some(rest)) => self.look_up(Scope { architecture: *architecture, group: None }, rest),
        }
    }

    /// The name, or the name with the first free number behind it; it is taken from then on, and means nothing.
    pub(super) fn make_unique(&mut self, architecture: ArchitectureId, name: &str) -> SmolStr {
        let mut number = self.made.get(&(architecture, SmolStr::new(name))).copied().unwrap_or(0);
        loop {
            number += 1;
            let candidate = if number == 1 { SmolStr::new(name) } else { SmolStr::from(format!("{name}-{number}")) };
            let key = (architecture, candidate);
            // With its number, it may be what another name was made into.
            let is_made = number > 1 && self.made.contains_key(&key);
            if !is_made && !self.anywhere.contains_key(&key) {
                self.made.insert((architecture, SmolStr::new(name)), number);
                self.made.entry(key.clone()).or_insert(1);
                return key.1;
            }
        }
    }

    fn first(&self, scope: Scope, name: &str, from: u32) -> Lookup {
        let mut key = (scope, SmolStr::new(name));
        loop {
            let (here, _) = key;
            let parent = here.group.and_then(|group| self.parent(group));
            let instance = here.group.and_then(|group| Some((group, self.instances.get(&group)?)));
            let instance = instance.filter(|(_, instance)| instance.number == from);
            if let Some(bound) = instance.and_then(|(_, instance)| instance.bindings.get(name)) {
                let (Some(path), Some(outside)) = (bound, parent) else { return Lookup::Absent };
                // As deep as patterns use each other.
                return self.find(outside, &path.text, path.span.file.instance());
            }
            if let Some(id) = self.declared.get(&key) {
                return Lookup::Element(*id);
            }
            if let Some((group, _)) = instance {
                return self.within.get(&(group, key.1)).map_or(Lookup::Nothing, Bearers::meaning);
            }
            match parent {
                Some(parent) => key.0 = parent,
                None => break,
            }
        }
        match self.anywhere.get(&(scope.architecture, key.1)) {
            Some(ids) => ids.meaning(),
            None => self.architectures.get(name).map_or(Lookup::Nothing, |id| Lookup::Architecture(*id)),
        }
    }

    fn in_architecture(&self, architecture: ArchitectureId, name: &str) -> Lookup {
        let name = SmolStr::new(name);
        if let Some(id) = self.declared.get(&(Scope { architecture, group: None }, name.clone())) {
            return Lookup::Element(*id);
        }
        self.anywhere.get(&(architecture, name)).map_or(Lookup::Nothing, Bearers::meaning)
    }

    fn inside(&self, group: ElementId, name: &str) -> Lookup {
        let Some(parent) = self.parent(group) else { return Lookup::Nothing };
        let scope = Scope { architecture: parent.architecture, group: Some(group) };
        self.declared.get(&(scope, SmolStr::new(name))).map_or(Lookup::Nothing, |id| Lookup::Element(*id))
    }

    /// All names of an architecture's elements, sorted.
    pub(super) fn names_in(&self, architecture: ArchitectureId) -> Vec<&str> {
        let is_left = |id: &ElementId| self.renumbering.as_ref().is_none_or(|it| it.of(*id).is_some());
        let here =
            self.anywhere.iter().filter(|((owner, _), ids)| *owner == architecture && ids.ids().iter().any(is_left));
        let mut names: Vec<&str> = here.map(|((_, name), _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The names of all architectures, sorted.
    pub(super) fn architectures(&self) -> Vec<&str> {
        let names: BTreeSet<&str> = self.architectures.keys().map(SmolStr::as_str).collect();
        names.into_iter().collect()
    }
}

/// The first name of a path, and what follows its dot.
fn split(path: &str) -> (&str, Option<&str>) {
    path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)))
}

/// What a name means that all of these have had, and that those who are gone have no more.
fn one_of(left: Vec<ElementId>) -> Lookup {
    match left.as_slice() {
        [] => Lookup::Absent,
        [one] => Lookup::Element(*one),
        _ => Lookup::Ambiguous(Arc::new(left)),
    }
}
