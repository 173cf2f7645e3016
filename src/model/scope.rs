//! Names and what they mean to somebody who stands somewhere.
//!
//! A name means, in this order: what the innermost group around declares under it, then the groups further out, then the
//! architecture; then the one element of the architecture that has the name, in whichever group it stands; then another
//! architecture. A dotted path begins with any of these and goes on downwards.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use super::{ArchitectureId, ElementId};

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
    /// The lists are shared with whoever looks a name up: a name that many elements have is often looked up as often.
    anywhere: HashMap<(ArchitectureId, SmolStr), Arc<Vec<ElementId>>>,
    /// Of each group: where it stands.
    parents: HashMap<ElementId, Scope>,
    /// How many names were made from one, for carriers that have none of their own.
    made: HashMap<(ArchitectureId, SmolStr), usize>,
}

impl Names {
    /// Declares an architecture. Returns the earlier one of the same name, which stays.
    pub(super) fn declare_architecture(&mut self, name: &SmolStr, id: ArchitectureId) -> Option<ArchitectureId> {
        let earlier = self.architectures.get(name).copied();
        self.architectures.entry(name.clone()).or_insert(id);
        earlier
    }

    /// Declares an element. Returns the earlier one of the same name in the same scope, which stays.
    pub(super) fn declare(&mut self, scope: Scope, name: &SmolStr, id: ElementId) -> Option<ElementId> {
        self.parents.insert(id, scope);
        if let Some(earlier) = self.declared.get(&(scope, name.clone())) {
            return Some(*earlier);
        }
        self.declared.insert((scope, name.clone()), id);
        Arc::make_mut(self.anywhere.entry((scope.architecture, name.clone())).or_default()).push(id);
        None
    }

    pub(super) fn look_up(&self, scope: Scope, path: &str) -> Lookup {
        let mut segments = path.split('.');
        let first = segments.next().unwrap_or_default();
        let mut found = self.first(scope, first);
        for segment in segments {
            found = match found {
                Lookup::Element(group) => self.inside(group, segment),
                Lookup::Architecture(architecture) => self.in_architecture(architecture, segment),
                other => return other,
            };
        }
        found
    }

    /// What a path means that begins with the name of an architecture.
    pub(super) fn look_up_from_outside(&self, path: &str) -> Lookup {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
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

    fn first(&self, scope: Scope, name: &str) -> Lookup {
        let mut around = Some(scope);
        while let Some(here) = around {
            if let Some(id) = self.declared.get(&(here, SmolStr::new(name))) {
                return Lookup::Element(*id);
            }
            around = here.group.and_then(|group| self.parents.get(&group).copied());
        }
        match self.in_architecture(scope.architecture, name) {
            Lookup::Nothing => self.architectures.get(name).map_or(Lookup::Nothing, |id| Lookup::Architecture(*id)),
            found => found,
        }
    }

    fn in_architecture(&self, architecture: ArchitectureId, name: &str) -> Lookup {
        let name = SmolStr::new(name);
        if let Some(id) = self.declared.get(&(Scope { architecture, group: None }, name.clone())) {
            return Lookup::Element(*id);
        }
        let Some(all) = self.anywhere.get(&(architecture, name)) else { return Lookup::Nothing };
        match all.as_slice() {
            [one] => Lookup::Element(*one),
            _ => Lookup::Ambiguous(Arc::clone(all)),
        }
    }

    fn inside(&self, group: ElementId, name: &str) -> Lookup {
        let Some(parent) = self.parents.get(&group) else { return Lookup::Nothing };
        let scope = Scope { architecture: parent.architecture, group: Some(group) };
        self.declared.get(&(scope, SmolStr::new(name))).map_or(Lookup::Nothing, |id| Lookup::Element(*id))
    }

    /// All names of an architecture's elements, sorted.
    pub(super) fn names_in(&self, architecture: ArchitectureId) -> Vec<&str> {
        let here = self.anywhere.keys().filter(|(owner, _)| *owner == architecture);
        let names: BTreeSet<&str> = here.map(|(_, name)| name.as_str()).collect();
        names.into_iter().collect()
    }

    /// The names of all architectures, sorted.
    pub(super) fn architectures(&self) -> Vec<&str> {
        let names: BTreeSet<&str> = self.architectures.keys().map(SmolStr::as_str).collect();
        names.into_iter().collect()
    }
}
