//! Kinds, in the words of `archc kinds`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Links, blocks, fence, prose};
use crate::catalog::{Catalog, Kind, KindId, PropertySpec};
use crate::docs;
use crate::emit::escape;
use crate::emit::kinds::{self, Connections, Properties};
use crate::model::Model;

/// All that the catalog knows of a kind.
pub(super) fn words(model: &Model, id: KindId, links: Links<'_>) -> String {
    let catalog = &model.catalog;
    let kind = catalog.kind(id);
    let parent = kind.parent.map(|parent| catalog.kind(parent)).filter(|parent| !kinds::is_root(parent));
    let parent = parent.map(|parent| format!(" is {}", parent.name)).unwrap_or_default();
    let in_diagrams = kinds::stands_in_diagrams(catalog, kind);
    let aliases = (!kind.aliases.is_empty()).then(|| format!("Also found as: {}", kind.aliases.join(", ")));
    blocks([
        Some(fence(&format!("kind {}{parent} \"{}\"", kind.name, kind.product))),
        Some(kinds::facts(catalog, kind).join(" · ")),
        kinds::retirement(catalog, kind).map(|retirement| format!("**{retirement}**")),
        prose::doc(model, None, kind.doc.as_ref(), links),
        aliases,
        properties(catalog, kind),
        in_diagrams.then(|| meters(catalog, kind)),
        in_diagrams.then(|| limits(catalog, kind)),
        kinds::is_connected(catalog, kind).then(|| connections(catalog, kind)),
    ])
}

fn properties(catalog: &Catalog, kind: &Kind) -> Option<String> {
    let properties = Properties::of(catalog, kind);
    let row = |(property, is_required): &(&PropertySpec, bool)| {
        let required = if *is_required { "required".to_owned() } else { String::new() };
        let range = kinds::range(property);
        let notes: Vec<String> = [required, range].into_iter().filter(|it| !it.is_empty()).collect();
        let doc = property.doc.as_ref().map(|doc| docs::summary(&doc.text)).unwrap_or_default();
        let (ty, default) = (property.ty.to_string(), kinds::default(property));
        format!(
            "\n| `{}` | {} | {} | {} | {} |",
            property.name,
            escape(&ty),
            escape(&default),
            notes.join(", "),
            escape(&doc)
        )
    };
    let rows: String = properties.own.iter().map(row).collect();
    let common: Vec<String> = properties.common.iter().map(|(it, _)| format!("`{}`", it.name)).collect();
    let mut text = String::new();
    if !rows.is_empty() {
        let _ = write!(text, "| Property | Type | Default | Range | Meaning |\n|---|---|---|---|---|{rows}");
    }
    if !common.is_empty() {
        let as_all = if rows.is_empty() { "Properties, as everything has them" } else { "\n\nAnd as everything" };
        let _ = write!(text, "{as_all}: {}", common.join(", "));
    }
    (!text.is_empty()).then_some(text)
}

fn meters(catalog: &Catalog, kind: &Kind) -> String {
    let lines = kinds::meters(catalog, kind).into_iter().map(|(words, _)| format!("- {}", escape(&words)));
    let passes = format!("- It passes on: {}", escape(&kinds::passes(catalog, kind)));
    format!("**Billed on**\n\n{}", lines.chain([passes]).collect::<Vec<_>>().join("\n"))
}

fn limits(catalog: &Catalog, kind: &Kind) -> String {
    let lines = kinds::limits(catalog, kind).into_iter();
    let lines: Vec<String> =
        lines.map(|(words, source)| format!("- {} ({})", escape(&words), escape(&source))).collect();
    if lines.is_empty() { String::new() } else { format!("**Limits at the peak**\n\n{}", lines.join("\n")) }
}

fn connections(catalog: &Catalog, kind: &Kind) -> String {
    let mut connections = Connections::of(catalog, kind, false);
    let mut text = String::new();
    let lines = connections.directions.iter().flat_map(|direction| &direction.own);
    let used: BTreeSet<usize> = lines.flat_map(|line| marks(line)).collect();
    // What everything connects to is no news of a kind.
    for direction in connections.directions.iter().filter(|direction| !direction.own.is_empty()) {
        let _ = write!(text, "**{}**\n\n", direction.title);
        for line in &direction.own {
            let _ = writeln!(text, "- {}", line_of(line));
        }
        text.push('\n');
    }
    connections.sources.retain(|source| used.contains(&source.number));
    let sources: Vec<String> = connections.by_date().iter().map(|line| format!("- {}", escape(line))).collect();
    if !sources.is_empty() {
        let _ = write!(text, "**Sources**\n\n{}", sources.join("\n"));
    }
    text.trim_end().to_owned()
}

/// The numbers of the sources that a line refers to: of `aws.s3 [1, 2]`, 1 and 2.
fn marks(line: &str) -> impl Iterator<Item = usize> + '_ {
    let lists = line.split('[').skip(1).filter_map(|part| part.split(']').next());
    lists.flat_map(|list| list.split(", ")).filter_map(|number| number.parse().ok())
}

/// The arrow as code, and the rest.
fn line_of(line: &str) -> String {
    match line.split_once("  ") {
        Some((arrow, rest)) => format!("`{arrow}` {}", escape(rest)),
        None => escape(line),
    }
}
