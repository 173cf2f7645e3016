//! What is declared beside elements and edges.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Arrow, Fact, Place, Property, Severity, Value};

/// What a view, a scenario and a rule have in common.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Head {
    /// Its name, unique among those of its sort in the same architecture.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its documentation, as Markdown.
    pub docs: Option<String>,
    /// The name of the architecture that it stands in; null at the top of a file.
    pub architecture: Option<String>,
    /// The properties that are given; selectors are among them.
    pub properties: Vec<Property>,
    /// The facts of its `meta` block.
    pub meta: Vec<Fact>,
    /// Where it is declared.
    pub declared: Place,
}

/// A diagram of a selection.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct View {
    /// Name, title, place and properties.
    #[serde(flatten)]
    pub head: Head,
    /// The paths of the elements that it shows.
    pub elements: Vec<String>,
}

/// What happens step by step.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Scenario {
    /// Name, title, place and properties.
    #[serde(flatten)]
    pub head: Head,
    /// The steps in order. Blocks are flat: `begin`, `branch` for each further branch, and `end`.
    pub steps: Vec<Step>,
}

/// A thing that happens in a scenario.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// Something moves from one to another.
    Message {
        /// The path of an element, or the name of an architecture.
        from: String,
        /// In the same way.
        to: String,
        /// What moves; null for a reply.
        arrow: Option<Arrow>,
        /// What is said of it.
        label: Option<String>,
        /// The id of the edge that it follows; null for a reply.
        edge: Option<String>,
    },
    /// A text over participants.
    Note {
        /// Paths of elements, or names of architectures.
        over: Vec<String>,
        /// The text.
        text: String,
    },
    /// A block begins, with its first branch.
    Begin {
        /// What it means: `alt`, `opt`, `loop` or `par`.
        form: String,
        /// When the branch happens, if it says so.
        title: Option<String>,
    },
    /// The next branch of the innermost block begins.
    Branch {
        /// When it happens, if it says so.
        title: Option<String>,
    },
    /// The innermost block ends.
    End,
}

/// A rule of the team's own.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Rule {
    /// Name, title, place and properties.
    #[serde(flatten)]
    pub head: Head,
    /// The code of its findings.
    pub code: String,
    /// What its findings weigh; null if they are not shown.
    pub severity: Option<Severity>,
    /// How many examples it has.
    pub examples: usize,
}

/// An architecture decision, declared or recorded in Markdown.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Decision {
    /// Its name, or that of its file without the extension.
    pub name: String,
    /// Its number, if its file has one in its name.
    pub number: Option<u64>,
    /// Its title, or its name.
    pub title: String,
    /// `proposed`, `accepted`, `rejected`, `deprecated` or `superseded`; null if it says none.
    pub status: Option<String>,
    /// The day of the last change to it.
    pub date: Option<String>,
    /// What it is about.
    pub affects: Vec<Affected>,
    /// The decisions that it takes the place of, as they are named.
    pub supersedes: Vec<String>,
    /// The decisions that have taken its place, as they are named.
    pub superseded_by: Vec<String>,
    /// Its text, as Markdown.
    pub docs: Option<String>,
    /// The name of the architecture that it is declared in.
    pub architecture: Option<String>,
    /// Where it is declared or recorded.
    pub declared: Place,
}

/// Something that a decision affects.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Affected {
    /// The name as it is written.
    pub name: String,
    /// The path of an element or the name of an architecture; null if there is no such thing.
    pub path: Option<String>,
}

/// What differs somewhere.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// The environments that it inherits from.
    pub inherits: Vec<String>,
    /// Its declarations: that at the top of a file first, then those in architectures.
    pub parts: Vec<Part>,
    /// What differs in it from the base; where another environment is shown, nothing is known of that.
    pub differences: Vec<Difference>,
}

/// A declaration of an environment.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Part {
    /// The name of the architecture that it stands in; null at the top of a file.
    pub architecture: Option<String>,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its documentation, as Markdown.
    pub docs: Option<String>,
    /// The facts of its `meta` block.
    pub meta: Vec<Fact>,
    /// Where it is declared.
    pub declared: Place,
}

/// A difference from the base.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Difference {
    /// The name of the architecture.
    pub architecture: String,
    /// The path of the element; null for the architecture itself.
    pub element: Option<String>,
    /// Whether it is not there at all.
    pub removed: bool,
    /// The property that differs.
    pub property: Option<String>,
    /// Its value in the base, if one is given there.
    pub before: Option<Value>,
    /// Its value in the environment.
    pub after: Option<Value>,
}
