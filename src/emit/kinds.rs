//! Kinds in words: what `archc kinds` and an editor say of one.

mod wiring;

use std::fmt::Write as _;

pub use self::wiring::{Connections, Direction, Origin};
use crate::catalog::{Catalog, Kind, LimitScope, PropertySpec};
use crate::check::has_effect;

/// The keywords whose declarations have a kind of their own.
const KEYWORDS: [&str; 9] =
    ["architecture", "decision", "environment", "external", "group", "person", "rule", "scenario", "view"];

/// Whether a kind is declared by a keyword of its name, such as `group NAME { … }`.
pub fn is_keyword(kind: &Kind) -> bool {
    KEYWORDS.contains(&kind.name.as_str())
}

/// Whether all kinds descend from a kind, or all that stand in diagrams.
pub fn is_root(kind: &Kind) -> bool {
    ["declaration", "element"].contains(&kind.name.as_str())
}

/// Whether what is of a kind stands in a diagram, so that it may cost something and connect to something. What stands around
/// all of a diagram does not.
pub fn stands_in_diagrams(catalog: &Catalog, kind: &Kind) -> bool {
    let is = |name: &str| catalog.ancestry(kind.id).any(|kind| kind.name == name);
    is("element") && !is("architecture")
}

/// Whether what is of a kind is connected by edges, and so has a category.
pub fn is_connected(catalog: &Catalog, kind: &Kind) -> bool {
    stands_in_diagrams(catalog, kind) && kind.name != "edge"
}

/// The category of a kind, what it inherits from, and whether others may name it.
pub fn facts(catalog: &Catalog, kind: &Kind) -> Vec<String> {
    let parents = catalog.ancestry(kind.id).skip(1).filter(|parent| !is_root(parent));
    let parents: Vec<_> = parents.map(|parent| parent.name.as_str()).collect();
    let mut facts = vec![match kind.name.as_str() {
        keyword if is_keyword(kind) => format!("a keyword: `{keyword} NAME {{ … }}`"),
        "edge" => "an arrow: `A -> B { … }`".to_owned(),
        _ => format!("category: {}", catalog.category(kind.id).name()),
    }];
    if !parents.is_empty() {
        facts.push(format!("inherits from: {}", parents.join(", ")));
    }
    if kind.is_abstract {
        facts.push("abstract: only other kinds may name it".to_owned());
    }
    facts
}

/// That a kind is no longer offered, and what to use instead.
pub fn retirement(catalog: &Catalog, kind: &Kind) -> Option<String> {
    let retired = catalog.retirement(kind.id)?;
    let since = retired.since.map(|date| format!(" since {date}")).unwrap_or_default();
    let instead = retired.instead.as_ref().map(|kind| format!("; use `{kind}` instead")).unwrap_or_default();
    Some(format!("no longer offered{since}{instead}"))
}

/// The properties that a kind understands, each with whether a value must be given.
#[derive(Clone, Debug)]
pub struct Properties<'c> {
    /// Those of the kind and its parents.
    pub own: Vec<(&'c PropertySpec, bool)>,
    /// Those of everything.
    pub common: Vec<(&'c PropertySpec, bool)>,
    /// The kind that everything is.
    pub root: Option<&'c Kind>,
}

impl<'c> Properties<'c> {
    /// The properties of a kind.
    pub fn of(catalog: &'c Catalog, kind: &'c Kind) -> Properties<'c> {
        let root = catalog.ancestry(kind.id).skip(1).find(|ancestor| is_root(ancestor));
        let of_root = root.map_or_else(Vec::new, |root| catalog.properties(root.id));
        let is_common = |property: &PropertySpec| of_root.iter().any(|common| common.name_span == property.name_span);
        let is_required = |property: &PropertySpec| catalog.required(kind.id).any(|name| *name == property.name);
        let has_effect = |property: &&PropertySpec| has_effect(&kind.name, &property.name);
        let all = catalog
            .properties(kind.id)
            .into_iter()
            .filter(has_effect)
            .map(|property| (property, is_required(property)));
        let (common, own) = all.partition(|(property, _)| is_common(property));
        Properties { own, common, root }
    }
}

/// `buffer: size = 5 MiB, from 1 MB to 128 MiB`
pub fn declaration(property: &PropertySpec, is_required: bool) -> String {
    let mut text = format!("{}: {}", property.name, property.ty);
    let default = default(property);
    if !default.is_empty() {
        let _ = write!(text, " = {default}");
    }
    let range = range(property);
    if !range.is_empty() {
        let _ = write!(text, ", {range}");
    }
    if is_required {
        text.push_str(", required");
    }
    text
}

/// What holds where no value is given; empty if nothing does.
pub fn default(property: &PropertySpec) -> String {
    let computed = || property.computed.as_ref().map(ToString::to_string);
    property.default.as_ref().map(ToString::to_string).or_else(computed).unwrap_or_default()
}

/// Between which values those of a property lie; empty if they may be any.
pub fn range(property: &PropertySpec) -> String {
    match (&property.min, &property.max) {
        (Some(min), Some(max)) => format!("from {min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    }
}

/// What a kind is billed on, a line for each meter, with its documentation.
pub fn meters<'c>(catalog: &'c Catalog, kind: &Kind) -> Vec<(String, Option<&'c str>)> {
    let meters = catalog.meters(kind.id);
    if meters.is_empty() {
        let words = match catalog.unbilled(kind.id) {
            Some(reason) => format!("nothing: {reason}"),
            None => "no meter is known; what it costs can be given as `cost`".to_owned(),
        };
        return vec![(words, None)];
    }
    let words = meters.into_iter().map(|meter| {
        let variant: Vec<String> = meter.variant.iter().map(ToString::to_string).collect();
        let variant = if variant.is_empty() { String::new() } else { format!("/{}", variant.join("/")) };
        let when = meter.when.as_ref().map(|when| format!(", when {when}")).unwrap_or_default();
        let words = format!("{} = {} @ {}{variant}{when}", meter.name, meter.quantity, meter.price);
        (words, meter.doc.as_ref().map(|doc| doc.text.as_str()))
    });
    words.collect()
}

/// What a kind passes on of what it receives.
pub fn passes(catalog: &Catalog, kind: &Kind) -> String {
    catalog.passes(kind.id).map_or_else(|| "what it receives".to_owned(), ToString::to_string)
}

/// The quotas of a kind, each with its source.
pub fn limits(catalog: &Catalog, kind: &Kind) -> Vec<(String, String)> {
    let words = catalog.limits(kind.id).into_iter().map(|limit| {
        let sign = if limit.is_strict { "<" } else { "<=" };
        let force = if limit.is_soft { "can be raised" } else { "cannot be raised" };
        let scope = match limit.scope {
            LimitScope::Service => "",
            LimitScope::Region => ", for all in an account and region",
        };
        let when = limit.when.as_ref().map(|when| format!(", when {when}")).unwrap_or_default();
        let note = limit.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
        let words = format!("{}: {} {sign} {}{when}{scope}; {force}", limit.name, limit.used, limit.allowed);
        (words, format!("{}, {}{note}", limit.source, limit.read))
    });
    words.collect()
}
