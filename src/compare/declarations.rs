//! Views, scenarios, rules, decisions and environments that differ.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Matching;
use super::changes::{Change, Field, Fields};
use crate::emit::document::{Decision, Document, Environment, Head, Rule, Scenario, Step};

/// What is declared.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// A diagram of a selection.
    View,
    /// Steps along edges.
    Scenario,
    /// A rule of the team's own.
    Rule,
    /// An architecture decision.
    Decision,
    /// An environment.
    Environment,
}

impl Sort {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Sort::View => "view",
            Sort::Scenario => "scenario",
            Sort::Rule => "rule",
            Sort::Decision => "decision",
            Sort::Environment => "environment",
        }
    }
}

/// A declaration that differs.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct DeclarationChange {
    /// What became of it.
    pub change: Change,
    /// What it is.
    pub sort: Sort,
    /// The architecture that it stands in, by its name in the newer model if it is there.
    pub architecture: Option<String>,
    /// Its name.
    pub name: String,
    /// What differs of it.
    pub fields: Vec<Field>,
}

/// By sort, architecture and name: the fields that count.
type Declared = BTreeMap<(Sort, Option<String>, String), BTreeMap<String, String>>;

pub(super) fn declarations(old: &Document, new: &Document, matching: &Matching<'_>) -> Vec<DeclarationChange> {
    let is_kept = |name: &str| matching.architecture_after(name).unwrap_or(name).to_owned();
    // What only says where an element went says nothing new of a scenario or a decision.
    let path = |path: &str| matching.path_after(path).map_or_else(|| is_kept(path), str::to_owned);
    let mut before = declared(old, &path);
    let before = std::mem::take(&mut before).into_iter();
    let before: Declared =
        before.map(|((sort, home, name), it)| ((sort, home.map(|home| is_kept(&home)), name), it)).collect();
    let after = declared(new, &|path| path.to_owned());
    let mut keys: Vec<_> = before.keys().chain(after.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let change = |key: &(Sort, Option<String>, String)| {
        let (change, fields) = match (before.get(key), after.get(key)) {
            (None, _) => (Change::Added, Vec::new()),
            (_, None) => (Change::Removed, Vec::new()),
            (Some(before), Some(after)) => (Change::Changed, differing(before, after)),
        };
        let (sort, architecture, name) = key.clone();
        let differs = change != Change::Changed || !fields.is_empty();
        differs.then_some(DeclarationChange { change, sort, architecture, name, fields })
    };
    keys.into_iter().filter_map(change).collect()
}

fn differing(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<Field> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let mut fields = Fields::default();
    for name in names {
        fields.texts(name, before.get(name).map(String::as_str), after.get(name).map(String::as_str));
    }
    fields.0
}

fn declared(document: &Document, path: &dyn Fn(&str) -> String) -> Declared {
    let mut all = Declared::new();
    let mut add = |sort: Sort, home: Option<&String>, name: &str, fields: BTreeMap<String, String>| {
        all.insert((sort, home.cloned(), name.to_owned()), fields);
    };
    for view in &document.views {
        add(Sort::View, view.head.architecture.as_ref(), &view.head.name, head(&view.head));
    }
    for Scenario { head: it, steps } in &document.scenarios {
        let mut fields = head(it);
        fields.insert("steps".to_owned(), steps_in_words(steps, path));
        add(Sort::Scenario, it.architecture.as_ref(), &it.name, fields);
    }
    for Rule { head: it, severity, examples, .. } in &document.rules {
        let mut fields = head(it);
        fields.insert("severity".to_owned(), severity.map_or("off", |it| it.name()).to_owned());
        fields.insert("examples".to_owned(), examples.to_string());
        add(Sort::Rule, it.architecture.as_ref(), &it.name, fields);
    }
    for it in &document.decisions {
        add(Sort::Decision, it.architecture.as_ref(), &it.name, decision(it, path));
    }
    for it in &document.environments {
        add(Sort::Environment, None, &it.name, environment(it, path));
    }
    all
}

/// The fields that have a value.
fn given<'f>(fields: impl IntoIterator<Item = (&'f str, Option<String>)>) -> BTreeMap<String, String> {
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.filter(|it| !it.is_empty())?))).collect()
}

fn head(head: &Head) -> BTreeMap<String, String> {
    let mut fields = given([("title", head.title.clone()), ("docs", head.docs.clone())]);
    fields.extend(head.properties.iter().map(|it| (it.name.clone(), it.value.to_string())));
    fields.extend(head.meta.iter().map(|it| (format!("meta.{}", it.key), it.value.clone())));
    fields
}

/// The steps, one a line.
fn steps_in_words(steps: &[Step], path: &dyn Fn(&str) -> String) -> String {
    let titled = |word: &str, title: &Option<String>| match title {
        Some(title) => format!("{word} {title}"),
        None => word.to_owned(),
    };
    let words = |step: &Step| match step {
        Step::Message { from, to, arrow, label, .. } => {
            let arrow = arrow.map_or("<-", |arrow| arrow.symbol());
            format!("{} {arrow} {} {}", path(from), path(to), label.as_deref().unwrap_or_default())
                .trim_end()
                .to_owned()
        }
        Step::Note { over, text } => {
            let over: Vec<String> = over.iter().map(|it| path(it)).collect();
            format!("note {}: {text}", over.join(", "))
        }
        Step::Begin { form, title } => titled(form, title),
        Step::Branch { title } => titled("or", title),
        Step::End => "end".to_owned(),
    };
    steps.iter().map(words).collect::<Vec<_>>().join("\n")
}

fn decision(it: &Decision, path: &dyn Fn(&str) -> String) -> BTreeMap<String, String> {
    let affects: Vec<String> =
        it.affects.iter().map(|it| it.path.as_deref().map_or_else(|| it.name.clone(), path)).collect();
    given([
        ("title", Some(it.title.clone())),
        ("status", it.status.clone()),
        ("date", it.date.clone()),
        ("affects", Some(affects.join(", "))),
        ("supersedes", Some(it.supersedes.join(", "))),
        ("superseded by", Some(it.superseded_by.join(", "))),
        ("docs", it.docs.clone()),
    ])
}

fn environment(it: &Environment, path: &dyn Fn(&str) -> String) -> BTreeMap<String, String> {
    let mut fields = given([("inherits", Some(it.inherits.join(", ")))]);
    for part in &it.parts {
        let home = part.architecture.as_deref().map(|it| format!("{}.", path(it))).unwrap_or_default();
        let title = (format!("{home}title"), part.title.clone());
        let docs = (format!("{home}docs"), part.docs.clone());
        fields.extend([title, docs].into_iter().filter_map(|(name, value)| Some((name, value?))));
        fields.extend(part.meta.iter().map(|it| (format!("{home}meta.{}", it.key), it.value.clone())));
    }
    for difference in &it.differences {
        let subject = path(difference.element.as_ref().unwrap_or(&difference.architecture));
        let (name, value) = match (&difference.property, &difference.after) {
            (Some(property), Some(after)) => (format!("{subject}.{property}"), after.to_string()),
            _ => (subject, "not there".to_owned()),
        };
        fields.insert(name, value);
    }
    fields
}
