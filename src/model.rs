//! The resolved architecture: names bound, properties typed, edges between elements that exist.
//!
//! What could not be resolved is left out of the graph and kept as a [`Problem`], a fact without words. Checks and
//! emitters never meet a dangling name.

mod collect;
mod connect;
mod element;
mod environment;
mod head;
mod instance;
mod problem;
mod resolve;
mod scope;
mod typing;

pub use element::{
    Architecture, ArchitectureId, Edge, EdgeId, Element, ElementId, Hop, Property, Settings, Suppression, Variety,
};
pub use environment::{Difference, Differences, Environment, Overlay, Part, Replacement};
pub use head::{Decision, Head, Rule, Scenario, View};
pub use instance::Instance;
pub(crate) use instance::is_of;
pub use problem::{AttributeMistake, Owner, Problem, ViaMistake};
pub use resolve::resolve;
pub use scope::{Lookup, Scope};

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use crate::catalog::{Catalog, Category, Kind, KindId, PropertyFact, Value};
use crate::suggest;
use crate::syntax::ast::Path;

/// Whether what is said of a group or an architecture holds for everything inside.
pub(crate) fn is_inherited(property: &str) -> bool {
    matches!(property, "owner" | "region" | "account")
}

/// A workspace as it is meant.
#[derive(Debug, Default)]
pub struct Model {
    /// The systems, in the order of their names.
    pub architectures: Vec<Architecture>,
    /// All elements: services, externals, people, groups, carriers.
    pub elements: Vec<Element>,
    /// All edges.
    pub edges: Vec<Edge>,
    /// The kinds and wiring facts that hold, the workspace's own included.
    pub catalog: Arc<Catalog>,
    /// `@allow` attributes.
    pub suppressions: Vec<Suppression>,
    /// What could not be resolved, in the order of the files.
    pub problems: Vec<Problem>,
    /// The environments that are declared, in the order of their names.
    pub environments: Vec<Environment>,
    /// Diagrams of selections: those at the top of files, then by architecture and name; and so the next three.
    pub views: Vec<View>,
    /// Steps along edges.
    pub scenarios: Vec<Scenario>,
    /// Policies of the team's own.
    pub rules: Vec<Rule>,
    /// Architecture decisions.
    pub decisions: Vec<Decision>,
    /// The name of the environment that the model shows; none for the base.
    pub environment: Option<SmolStr>,
    /// What the environment may cost, over all architectures.
    pub budget: Option<Property>,
    /// The instances of patterns, by the numbers that the places in them have.
    pub instances: BTreeMap<u32, Instance>,
    /// Whether it is an example of a rule: a name that the example does not declare then selects nothing.
    pub is_example: bool,
    /// What the environment that the model shows has changed.
    applied: Differences,
    names: scope::Names,
    /// Names that a broken or unread declaration may have declared.
    lost: HashSet<SmolStr>,
    /// The edges that leave each element, once somebody has asked.
    leaving: OnceLock<Vec<Vec<EdgeId>>>,
}

#[expect(clippy::indexing_slicing, reason = "ids are made by the resolver for this model, and nothing is removed")]
impl Model {
    /// The element of an id of this model.
    pub fn element(&self, id: ElementId) -> &Element {
        &self.elements[id.index()]
    }

    /// The edge of an id of this model.
    pub fn edge(&self, id: EdgeId) -> &Edge {
        &self.edges[id.index()]
    }

    /// The edges that leave an element, in their order.
    pub fn edges_from(&self, id: ElementId) -> &[EdgeId] {
        let leaving = self.leaving.get_or_init(|| {
            let mut leaving = vec![Vec::new(); self.elements.len()];
            for edge in &self.edges {
                leaving[edge.from.index()].push(edge.id);
            }
            leaving
        });
        &leaving[id.index()]
    }

    /// The architecture of an id of this model.
    pub fn architecture(&self, id: ArchitectureId) -> &Architecture {
        &self.architectures[id.index()]
    }
}

impl Model {
    /// The architecture of a name.
    pub fn find_architecture(&self, name: &str) -> Option<&Architecture> {
        self.architectures.iter().find(|architecture| architecture.name == name)
    }

    /// The kind of an element; none if it is not known, which has its own finding.
    pub fn kind_of(&self, element: &Element) -> Option<&Kind> {
        element.kind.map(|kind| self.catalog.kind(kind))
    }

    /// What an element says of a property, or else the innermost group around it that does, or else its architecture. This
    /// is how `owner`, `region` and `account` hold for everything inside. Whoever owns what is around an external system or
    /// people does not own these.
    pub fn inherited<'m>(&'m self, element: &'m Element, name: &str) -> Option<&'m Value> {
        if name == "owner" && matches!(element.variety, Variety::External | Variety::Person) {
            return element.settings.get(name);
        }
        let around = |element: &&'m Element| element.group.map(|group| self.element(group));
        let mut elements = std::iter::successors(Some(element), around);
        let own = elements.find_map(|element| element.settings.get(name));
        own.or_else(|| self.architecture(element.architecture).settings.get(name))
    }

    /// Where an element runs and who pays for it, as far as anything says so. What others run, and people, are where they say
    /// themselves, and not where the architecture is that they stand in.
    pub fn placed<'m>(&'m self, element: &'m Element, name: &str) -> Option<&'m Value> {
        match element.variety {
            Variety::External | Variety::Person => element.settings.get(name),
            _ => self.inherited(element, name),
        }
    }

    /// What is known of a property of an element: its own word or that of what is around it, or else its kind's default.
    pub fn fact<'m>(&'m self, element: &'m Element, name: &str) -> PropertyFact<'m> {
        // These hold for everything inside of what says them.
        if is_inherited(name) {
            return self.inherited(element, name).map_or(PropertyFact::Unknown, PropertyFact::Value);
        }
        self.fact_of(&element.settings, element.kind, name)
    }

    /// What some settings say of a property, or else the default of their kind.
    pub fn fact_of<'m>(&'m self, settings: &'m Settings, kind: Option<KindId>, name: &str) -> PropertyFact<'m> {
        if let Some(value) = settings.get(name) {
            return PropertyFact::Value(value);
        }
        let Some(spec) = kind.and_then(|kind| self.catalog.property(kind, name)) else { return PropertyFact::Unknown };
        match (&spec.default, &spec.computed) {
            (Some(default), _) => PropertyFact::Value(default),
            (None, Some(computed)) => PropertyFact::Computed(computed),
            (None, None) => PropertyFact::Unknown,
        }
    }

    /// The path of an element inside its architecture: `ingest.stream`.
    pub fn path(&self, id: ElementId) -> String {
        let element = self.element(id);
        match element.group {
            Some(group) => format!("{}.{}", self.path(group), element.name),
            None => element.name.to_string(),
        }
    }

    /// The path of an element in the workspace, which begins with its architecture: `lake.ingest.stream`.
    pub fn full_path(&self, id: ElementId) -> String {
        format!("{}.{}", self.architecture(self.element(id).architecture).name, self.path(id))
    }

    /// What people call an element: its path, or of a carrier without a name, what it is and what it carries.
    pub fn called(&self, id: ElementId) -> String {
        let element = self.element(id);
        match &element.between {
            Some(between) => {
                let [from, to] = &**between;
                let product =
                    self.kind_of(element).map_or_else(|| element.label_line(), |kind| kind.product.to_string());
                format!("{product}, which carries `{from}` to `{to}`")
            }
            None => format!("`{}`", self.path(id)),
        }
    }

    /// The paths that tell elements apart: of several architectures, with these.
    pub fn telling_paths(&self, ids: &[ElementId]) -> Vec<String> {
        let owner = |id: &ElementId| self.element(*id).architecture;
        let is_spread = ids.iter().any(|id| ids.first().map(owner) != Some(owner(id)));
        ids.iter().map(|id| if is_spread { self.full_path(*id) } else { self.path(*id) }).collect()
    }

    /// What sort of thing an element is: who runs it comes before what it is. None of a group, and where nobody knows.
    pub fn category(&self, element: &Element) -> Option<Category> {
        match element.variety {
            Variety::External => Some(Category::External),
            Variety::Person => Some(Category::Person),
            Variety::Group => None,
            Variety::Service | Variety::Carrier => element.kind.map(|kind| self.catalog.category(kind)),
        }
    }

    // ---- Names --------------------------------------------------------------------------------------------------------

    /// What a name means to somebody who stands in a scope, or outside of all architectures. In an instance of a pattern,
    /// the pattern's own text does not see what is around it: the place of the path tells whose text it is.
    pub fn look_up(&self, scope: Option<Scope>, path: &Path) -> Lookup {
        match scope {
            Some(scope) => self.names.look_up_at(scope, path),
            None => self.names.look_up_anywhere(&path.text),
        }
    }

    /// The names that can be used bare by somebody who stands in a scope, or outside of all architectures, sorted; for
    /// suggestions and completion.
    pub fn known_names(&self, scope: Option<Scope>) -> Vec<&str> {
        match scope {
            Some(scope) => self.names.names_in(scope.architecture),
            None => self.names.beginnings().collect(),
        }
    }

    /// The name that was probably meant by one that means nothing: one of the scope's or another word that may stand there;
    /// of a path, with what stands before its last dot kept if that means something.
    pub fn near_name<'n>(
        &'n self,
        scope: Option<Scope>,
        path: &Path,
        words: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        let Some((prefix, last)) = path.text.rsplit_once('.') else {
            let names = self.known_names(scope).into_iter().chain(words);
            let near = suggest::nearest(&path.text, names)?;
            // A name that several have is no help: one of them, by its path.
            return Some(match self.look_up(scope, &Path { text: near.into(), span: path.span }) {
                Lookup::Ambiguous(ids) => self.telling_paths(&ids).swap_remove(0),
                _ => near.to_owned(),
            });
        };
        let look_up = |text: &str| self.look_up(scope, &Path { text: text.into(), span: path.span });
        let architecture = match look_up(prefix) {
            Lookup::Architecture(architecture) => architecture,
            Lookup::Element(id) => self.element(id).architecture,
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => return None,
        };
        let near = format!("{prefix}.{}", suggest::nearest(last, self.names.names_in(architecture))?);
        matches!(look_up(&near), Lookup::Element(_)).then_some(near)
    }

    /// Whether a broken or unread declaration may have declared a name: nothing is to be said of what refers to it.
    pub fn may_be_lost(&self, path: &str) -> bool {
        self.lost.contains(path) || path.split('.').any(|segment| self.lost.contains(segment))
    }

    // ---- Edges --------------------------------------------------------------------------------------------------------

    /// The connections that an edge is made of: one, or one more than it has carriers. None are known if a carrier is lost.
    pub fn hops<'m>(&'m self, edge: &'m Edge) -> impl Iterator<Item = Hop> + 'm {
        let starts = std::iter::once(edge.from).chain(edge.carriers.iter().copied());
        let ends = edge.carriers.iter().copied().chain(std::iter::once(edge.to));
        let hops = starts.zip(ends).map(|(from, to)| Hop { from, to, arrow: edge.arrow, edge: edge.id });
        hops.filter(|_| !edge.lost_carrier)
    }
}
