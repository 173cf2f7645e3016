//! Environments: what differs from the base in production, in a test, in another region.
//!
//! An environment is known by its name in the whole workspace. It may be declared once at the top of a file and once in each
//! architecture: these are parts of one environment. What it inherits holds first; then what is said for everything, then
//! for an architecture, then for an element.

mod absence;
mod apply;
mod declare;
mod lineage;

pub(super) use declare::PendingPart;

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{ArchitectureId, Element, ElementId, Model, Property, Settings, is_inherited};
use crate::catalog::Value;
use crate::quantity::Quantity;
use crate::source::Span;
use crate::syntax::ast::{self, Doc};

/// The property that is no setting of an architecture, but a factor on the load of its sources.
const SCALE: &str = "scale";

/// The property that an environment at the top of a file has for all architectures together.
const BUDGET: &str = "budget";

/// What is asked of the model beside what the files say.
#[derive(Clone, Debug, Default)]
pub struct Overlay<'f> {
    /// The environment to show; none for the base.
    pub environment: Option<&'f str>,
    /// Properties as an environment at the top of a file would have them. They come last.
    pub overrides: Vec<&'f ast::Property>,
    /// A factor on the load of all sources, beyond that of the environment: a percentage or a multiple.
    pub scale: Option<Quantity>,
}

impl Overlay<'_> {
    /// Whether nothing is asked beside what the files say.
    pub fn is_base(&self) -> bool {
        self.environment.is_none() && self.overrides.is_empty() && self.scale.is_none()
    }
}

/// A set of differences from the base.
#[derive(Debug)]
pub struct Environment {
    /// Its name, unique in the workspace.
    pub name: SmolStr,
    /// Its declarations: that at the top of a file first, then those in architectures, by the architecture's name.
    pub parts: Vec<Part>,
    /// The environments that it inherits from, as positions in [`Model::environments`].
    pub(super) is: Vec<usize>,
}

/// A declaration of an environment.
#[derive(Debug)]
pub struct Part {
    /// The architecture that it stands in; none at the top of a file.
    pub architecture: Option<ArchitectureId>,
    /// Where the name stands.
    pub name_span: Span,
    /// Its title, if it has one.
    pub title: Option<SmolStr>,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// Its free facts, and nothing else.
    pub settings: Settings,
    changes: Vec<Change>,
}

/// One thing that an environment does.
#[derive(Clone, Debug)]
struct Change {
    target: Target,
    effect: Effect,
}

/// What a change is about; from the widest to the narrowest, which has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Target {
    Workspace,
    Architecture(ArchitectureId),
    Element(ElementId),
}

impl Target {
    /// The later, the narrower.
    fn rank(self) -> u8 {
        match self {
            Target::Workspace => 0,
            Target::Architecture(_) => 1,
            Target::Element(_) => 2,
        }
    }
}

#[derive(Clone, Debug)]
enum Effect {
    Set(Property),
    Remove,
}

/// What differs in an environment from the base.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The path of the element inside its architecture; none for the architecture itself.
    pub path: Option<String>,
    /// The element's label on one line; empty for the architecture.
    pub label: String,
    /// The property and its values; none where the element, or all of the architecture, is not there.
    pub change: Option<Replacement>,
}

/// A property with the value of the base and that of an environment.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The property.
    pub name: SmolStr,
    /// Its value in the base, if it is given there.
    pub before: Option<Value>,
    /// The default of the kind, which holds in the base where no value is given.
    pub default: Option<Value>,
    /// Its value in the environment.
    pub after: Value,
}

/// The differences of an environment by architecture. An architecture without any is left out.
pub type Differences = BTreeMap<ArchitectureId, Vec<Difference>>;

impl Environment {
    /// What people call it in an architecture: the title of its own declaration there, or that of the one at the top of a
    /// file, or the name.
    pub fn label(&self, architecture: Option<ArchitectureId>) -> &str {
        let of = |owner| self.parts.iter().find(|part| part.architecture == owner)?.title.as_deref();
        of(architecture).or_else(|| of(None)).unwrap_or(&self.name)
    }
}

impl Model {
    /// The environment of a name.
    pub fn find_environment(&self, name: &str) -> Option<&Environment> {
        let found = self.environments.binary_search_by(|environment| environment.name.as_str().cmp(name));
        found.ok().and_then(|at| self.environments.get(at))
    }

    /// The names of the environments that an environment inherits from, as it gives them.
    pub fn parents<'m>(&'m self, environment: &'m Environment) -> impl Iterator<Item = &'m str> {
        environment.is.iter().filter_map(|at| self.environments.get(*at)).map(|parent| parent.name.as_str())
    }

    /// What differs in an environment from the base, inherited differences included. Where the model shows an environment,
    /// it knows the differences of that one only.
    pub fn differences(&self, environment: &Environment) -> Differences {
        match &self.environment {
            Some(shown) if *shown == environment.name => self.applied.clone(),
            Some(_) => Differences::default(),
            None => self.compare(environment),
        }
    }

    fn compare(&self, environment: &Environment) -> Differences {
        let changes = self.changes(environment);
        // What one says of a property, a later one may say again: the last counts.
        let mut effects: BTreeMap<(ArchitectureId, Option<ElementId>), Vec<&Effect>> = BTreeMap::new();
        for change in &changes {
            for place in self.places(change) {
                let effects = effects.entry(place).or_default();
                match effects.iter_mut().find(|effect| effect.name() == change.effect.name()) {
                    Some(earlier) => *earlier = &change.effect,
                    None => effects.push(&change.effect),
                }
            }
        }
        let mut differences = Differences::default();
        for ((architecture, element), effects) in effects {
            let removal = effects.iter().find(|effect| effect.name().is_none());
            let effects = removal.map_or(effects.as_slice(), std::slice::from_ref);
            let found = effects.iter().map(|effect| self.difference(architecture, element, effect));
            // What says again what holds anyway makes no difference.
            for difference in found.filter(|it| it.change.as_ref().is_none_or(Replacement::differs)) {
                differences.entry(architecture).or_default().push(difference);
            }
        }
        differences
    }

    /// Where a change shows.
    fn places(&self, change: &Change) -> Vec<(ArchitectureId, Option<ElementId>)> {
        match change.target {
            Target::Element(id) => vec![(self.element(id).architecture, Some(id))],
            Target::Architecture(id) => vec![(id, None)],
            // It is for all architectures together.
            Target::Workspace if change.effect.name() == Some(BUDGET) => Vec::new(),
            Target::Workspace => self.architectures.iter().map(|architecture| (architecture.id, None)).collect(),
        }
    }

    fn difference(&self, architecture: ArchitectureId, element: Option<ElementId>, effect: &Effect) -> Difference {
        let element = element.map(|id| self.element(id));
        let change = match effect {
            Effect::Remove => None,
            Effect::Set(property) => Some(self.replacement(architecture, element, property)),
        };
        Difference {
            path: element.map(|element| self.path(element.id)),
            label: element.map(Element::label_line).unwrap_or_default(),
            change,
        }
    }

    fn replacement(&self, architecture: ArchitectureId, element: Option<&Element>, property: &Property) -> Replacement {
        let name = property.name.clone();
        let before = match element {
            None => self.architecture(architecture).settings.get(&name),
            Some(element) if is_inherited(&name) => self.inherited(element, &name),
            Some(element) => element.settings.get(&name),
        };
        let kind = element.map_or_else(|| self.catalog.find("environment"), |element| element.kind);
        let default = kind.and_then(|kind| self.catalog.property(kind, &name)?.default.clone());
        Replacement { before: before.cloned(), default, after: property.value.clone(), name }
    }
}

impl Replacement {
    /// Whether what holds there is not what is written in the base.
    fn differs(&self) -> bool {
        self.before.as_ref() != Some(&self.after)
    }
}

impl Effect {
    /// The property that is set.
    fn name(&self) -> Option<&str> {
        match self {
            Effect::Set(property) => Some(&property.name),
            Effect::Remove => None,
        }
    }
}
