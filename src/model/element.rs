//! What a model is made of.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::catalog::{KindId, Value};
use crate::source::Span;
use crate::syntax::ast::{Arrow, Doc, Path};

/// Declares an index into one of the model's lists.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            pub(crate) fn new(index: usize) -> $name {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The position in the model's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// An [`Architecture`] of a model.
    ArchitectureId
}
id! {
    /// An [`Element`] of a model.
    ElementId
}
id! {
    /// An [`Edge`] of a model.
    EdgeId
}

/// One system.
#[derive(Debug)]
pub struct Architecture {
    /// Its id.
    pub id: ArchitectureId,
    /// Its name, unique in the workspace.
    pub name: SmolStr,
    /// Where the name is declared.
    pub name_span: Span,
    /// Its title, if it has one.
    pub title: Option<SmolStr>,
    /// Its documentation: the use case.
    pub doc: Option<Doc>,
    /// The patterns that it says it follows.
    pub follows: Vec<Path>,
    /// Its properties and free facts.
    pub settings: Settings,
    /// The elements that stand directly in it, in the order of their declaration; carriers are not among them.
    pub members: Vec<ElementId>,
    /// All elements, groups and carriers included, in the order of their declaration.
    pub elements: Vec<ElementId>,
    /// The edges declared in it.
    pub edges: Vec<EdgeId>,
    /// The factor on the load of its sources: 1, unless the environment or the command line says otherwise.
    pub scale: Decimal,
}

impl Architecture {
    /// The title, or the name.
    pub fn label(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.name)
    }
}

/// What an element is to the people who drew it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variety {
    /// Run by us.
    Service,
    /// A service that was declared by a `via`, and is drawn as the label of its edge.
    Carrier,
    /// Run by others.
    External,
    /// People.
    Person,
    /// A boundary.
    Group,
}

/// A service, an external system, people, a group, or a carrier.
#[derive(Debug)]
pub struct Element {
    /// Its id.
    pub id: ElementId,
    /// Its name. Of a carrier without one: made from the edge, and not known to any scope.
    pub name: SmolStr,
    /// Where the name is declared; of a carrier without one, where its kind stands.
    pub name_span: Span,
    /// Where the whole declaration stands.
    pub span: Span,
    /// Its label, if it has one; may hold line breaks.
    pub title: Option<SmolStr>,
    /// What it is.
    pub variety: Variety,
    /// Its kind; none if that is not known, which has its own finding.
    pub kind: Option<KindId>,
    /// Where the kind is named, or else the name.
    pub kind_span: Span,
    /// The architecture it belongs to.
    pub architecture: ArchitectureId,
    /// The innermost group it stands in.
    pub group: Option<ElementId>,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// Of a carrier without a name of its own: the paths of what it stands between.
    pub between: Option<Box<[String; 2]>>,
    /// Of a group that is an instance of a pattern: the pattern's name.
    pub pattern: Option<SmolStr>,
    /// Its properties and free facts.
    pub settings: Settings,
    /// Of a group: the elements that stand directly in it, carriers not among them.
    pub members: Vec<ElementId>,
}

impl Element {
    /// The label with its line breaks, or the name.
    pub fn label(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.name)
    }

    /// The label on one line.
    pub fn label_line(&self) -> String {
        self.label().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The properties of an architecture, an element or an edge.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Those that the kind knows, typed, in the order they were written. Defaults of the kind are not among them.
    pub properties: Vec<Property>,
    /// What stands in `meta { … }`: a key and the value as it was written.
    pub meta: Vec<(SmolStr, SmolStr)>,
    /// Those that were given a value of another type, which has its own finding.
    pub(super) mistyped: Vec<SmolStr>,
}

impl Settings {
    /// The value of a property, if one was given.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.properties.iter().find(|property| property.name == name).map(|property| &property.value)
    }

    /// The text of a property that is a text or a name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }
}

/// A property with its value.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name.
    pub name: SmolStr,
    /// Its value.
    pub value: Value,
    /// Where both stand.
    pub span: Span,
}

/// A connection of two elements.
#[derive(Debug)]
pub struct Edge {
    /// Its id.
    pub id: EdgeId,
    /// Where it starts.
    pub from: ElementId,
    /// Where it leads.
    pub to: ElementId,
    /// What moves along it.
    pub arrow: Arrow,
    /// Its label, if it has one; may hold line breaks.
    pub label: Option<SmolStr>,
    /// The services that carry it, in order.
    pub carriers: Vec<ElementId>,
    /// Whether a `via` names something that cannot carry it, which has its own finding.
    pub lost_carrier: bool,
    /// The architecture it is declared in.
    pub architecture: ArchitectureId,
    /// The group it is declared in.
    pub group: Option<ElementId>,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// Its properties and free facts.
    pub settings: Settings,
    /// The statement, which may declare other edges too.
    pub span: Span,
    /// Where its start is named.
    pub from_span: Span,
    /// Where its end is named.
    pub to_span: Span,
    /// Where its arrow stands.
    pub arrow_span: Span,
}

/// One connection between two neighbours along an edge and its carriers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hop {
    /// Where it starts.
    pub from: ElementId,
    /// Where it leads.
    pub to: ElementId,
    /// What moves along it.
    pub arrow: Arrow,
    /// The edge it is part of.
    pub edge: EdgeId,
}

/// `@allow(code, "reason", until = DATE)`.
#[derive(Debug)]
pub struct Suppression {
    /// The rule that is allowed to be broken.
    pub code: SmolStr,
    /// Where the code stands.
    pub code_span: Span,
    /// Why.
    pub reason: Option<SmolStr>,
    /// The last day it holds.
    pub until: Option<jiff::civil::Date>,
    /// Where the attribute stands.
    pub span: Span,
    /// What it covers: findings whose place lies in here.
    pub scope: Span,
}
