//! The patterns that there are, for people and for programs.

use serde::Serialize;

use super::query::Place;
use crate::docs;
use crate::pattern::{Library, Parameter, Pattern};
use crate::source::SourceMap;

/// The patterns of a workspace, by name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    /// The version of this form.
    version: u32,
    /// The patterns.
    pub patterns: Vec<Entry>,
}

/// A pattern.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its title on one line.
    pub title: Option<String>,
    /// Its documentation, as Markdown.
    pub documentation: Option<String>,
    /// The words of the first paragraph of its documentation.
    #[serde(skip)]
    pub summary: String,
    /// Its parameters, in the order of their declaration.
    pub parameters: Vec<ParameterEntry>,
    /// Whether it ships with the compiler.
    pub shipped: bool,
    /// Where it is declared.
    pub declared: Place,
}

/// A parameter of a pattern.
#[derive(Debug, Serialize)]
pub struct ParameterEntry {
    /// Its name.
    pub name: String,
    /// Its type, as it is written.
    #[serde(rename = "type")]
    pub ty: String,
    /// Its default, as it is written; none if an argument has to be given.
    pub default: Option<String>,
    /// Whether it stands for an element.
    pub element: bool,
}

impl Listing {
    /// Lists patterns; only the one of a name, if there is one.
    pub fn of(library: &Library, only: Option<&str>, sources: &SourceMap) -> Listing {
        let shown = library.iter().filter(|pattern| only.is_none_or(|name| pattern.name == name));
        Listing { version: 1, patterns: shown.map(|pattern| entry(pattern, sources)).collect() }
    }

    /// The listing as JSON.
    pub fn json(&self) -> String {
        super::to_json(self)
    }
}

fn entry(pattern: &Pattern, sources: &SourceMap) -> Entry {
    let doc = pattern.preamble.doc.as_ref().map(|doc| doc.text.as_str());
    let at = pattern.name_span;
    let title = pattern.title.as_ref();
    Entry {
        name: pattern.name.to_string(),
        title: title.map(|title| title.value.split_whitespace().collect::<Vec<_>>().join(" ")),
        documentation: doc.map(|doc| doc.trim().to_owned()),
        summary: doc.map(docs::summary).unwrap_or_default(),
        parameters: pattern.parameters.iter().map(|parameter| self::parameter(parameter, sources)).collect(),
        shipped: pattern.is_shipped,
        declared: Place { file: sources.file(at.file).path().to_owned(), line: sources.line_column(at).line },
    }
}

fn parameter(parameter: &Parameter, sources: &SourceMap) -> ParameterEntry {
    ParameterEntry {
        name: parameter.name.text.to_string(),
        ty: sources.text(parameter.written.span).to_owned(),
        default: parameter.default.as_ref().map(|value| sources.text(value.span).to_owned()),
        element: parameter.is_element(),
    }
}
