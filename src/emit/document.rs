//! The model as plain data, with names in place of ids: what other programs read, what graphs in other formats are made
//! from, and what is compared. It is the document of `archc model --format json`, which `schemas/model.schema.json`
//! describes, and can be read back.

pub mod csv;
pub mod cypher;
pub mod d2;
mod declaration;
pub mod dot;
pub mod graphml;
mod make;
mod node;
mod steps;
mod tree;
mod value;

pub use declaration::{Affected, Decision, Difference, Environment, Head, Part, Rule, Scenario, Step, View};
pub use node::{Architecture, Arrow, Cost, Edge, Element, Hop, Load, Place, Variety};
pub use value::{Fact, Property, Quantity, Value};

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::bill::Sheet;
use super::load::sheet::Limit;
use super::to_json;

/// The version of the format.
pub const VERSION: u32 = 1;

/// A workspace as it is meant. Version 1. Fields may be added; the version changes when one goes or changes its meaning.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Models of `archc model --format json`")]
pub struct Document {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// The name of the workspace, if `archc.toml` gives one.
    pub name: Option<String>,
    /// What is supposed beside what the files say: `environment`, `set`, `scale`, `region`.
    pub assumptions: BTreeMap<String, String>,
    /// The systems, by name.
    pub architectures: Vec<Architecture>,
    /// All elements in the order of their declaration: services, carriers, external systems, people, groups.
    pub elements: Vec<Element>,
    /// All edges in the order of their declaration.
    pub edges: Vec<Edge>,
    /// Diagrams of selections.
    pub views: Vec<View>,
    /// What happens step by step.
    pub scenarios: Vec<Scenario>,
    /// The team's own rules.
    pub rules: Vec<Rule>,
    /// Architecture decisions.
    pub decisions: Vec<Decision>,
    /// The environments, by name.
    pub environments: Vec<Environment>,
    /// The quotas whose use is known, those closest to being exceeded first.
    pub limits: Vec<Limit>,
    /// What everything costs a month, line by line: the document of `archc bom --format json`.
    pub bill: Sheet,
    /// What is wrong, in the order of the files.
    pub findings: Vec<Finding>,
}

/// A finding.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Finding {
    /// The rule that found it.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, for people.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file, relative to the workspace.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What stands on that line, with single blanks.
    pub source: String,
    /// What the finding is known by in other reports: 32 hexadecimal digits.
    pub fingerprint: String,
    /// How bad it is, where that can be measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
}

/// How bad a finding is.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Measure {
    /// What is measured, without figures.
    pub of: String,
    /// The figures, as decimals. Each is the worse the greater it is.
    pub figures: Vec<String>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Why a text is no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It is no JSON, or not that of a model.
    Form(String),
    /// It is a model of another version of the format.
    Version(String),
    /// It names an element or an architecture that it has not.
    Dangling(String),
}

/// Reads a document that [`json`] wrote.
///
/// # Errors
/// Says what is wrong with the first thing that is.
pub fn read(text: &str) -> Result<Document, Mistake> {
    let form = |reason: serde_json::Error| Mistake::Form(reason.to_string());
    // Another version may have other fields: what it is comes first.
    let outline: Outline = serde_json::from_str(text).map_err(form)?;
    let version = outline.version.ok_or_else(|| Mistake::Form("it does not say its `version`".to_owned()))?;
    // Bills and reports have a version, too.
    if outline.architectures.is_none() || outline.elements.is_none() {
        return Err(Mistake::Form("it has no `architectures` and `elements`".to_owned()));
    }
    if version != VERSION {
        return Err(Mistake::Version(version.to_string()));
    }
    let document: Document = serde_json::from_str(text).map_err(form)?;
    match dangling(&document) {
        Some(what) => Err(Mistake::Dangling(what)),
        None => Ok(document),
    }
}

/// The first name that nothing in the document has, in words.
fn dangling(document: &Document) -> Option<String> {
    let architectures: BTreeSet<&str> = document.architectures.iter().map(|it| it.name.as_str()).collect();
    let elements: BTreeSet<&str> = document.elements.iter().map(|it| it.path.as_str()).collect();
    let homeless = |what: &str, name: &str, home: &str| {
        (!architectures.contains(home))
            .then(|| format!("the {what} `{name}` stands in the architecture `{home}`, which is not there"))
    };
    let element = |it: &Element| {
        let lost = it.group.as_deref().filter(|group| !elements.contains(group));
        let lost =
            lost.map(|group| format!("the element `{}` stands in the group `{group}`, which is not there", it.path));
        homeless("element", &it.path, &it.architecture).or(lost)
    };
    let edge = |it: &Edge| {
        let ends = [&it.from, &it.to].into_iter().chain(&it.carriers);
        let lost = ends.map(String::as_str).find(|end| !elements.contains(end));
        let lost = lost.map(|end| format!("the edge `{}` names `{end}`, which is no element of it", it.id));
        homeless("edge", &it.id, &it.architecture).or(lost)
    };
    document.elements.iter().find_map(element).or_else(|| document.edges.iter().find_map(edge))
}

/// What tells a model from other JSON.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Outline {
    version: Option<serde_json::Value>,
    architectures: Option<IgnoredAny>,
    elements: Option<IgnoredAny>,
}

/// The document as JSON. Ends with a line break.
pub fn json(document: &Document) -> String {
    to_json(document)
}

/// What describes the JSON of a document.
pub fn schema() -> String {
    schema_of::<Document>()
}

/// The schema of what a type is written as. Ends with a line break.
pub(crate) fn schema_of<T: JsonSchema>() -> String {
    to_json(&SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>())
}
