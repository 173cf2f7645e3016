//! One kind in full.

use std::fmt::Write as _;

use super::is_keyword;
use crate::catalog::{Catalog, Kind, LimitScope, PropertySpec};

/// What the catalog knows of a kind, for a terminal of this width; with or without the notes on connections.
pub(super) fn render(catalog: &Catalog, kind: &Kind, has_notes: bool, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    page.head(catalog, kind);
    page.properties(catalog, kind);
    // What stands in no diagram, or around all of one, costs nothing, and nothing connects to it.
    let is_around = catalog.ancestry(kind.id).any(|kind| kind.name == "architecture");
    if !is_around && catalog.ancestry(kind.id).any(|kind| kind.name == "element") {
        page.meters(catalog, kind);
        page.limits(catalog, kind);
        page.wiring(catalog, kind, has_notes);
    }
    page.see_also(catalog, kind);
    page.text
}

/// The text of the page, and how wide its lines may be.
pub(super) struct Page {
    text: String,
    width: usize,
}

impl Page {
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A text in lines that fit: the first is indented by `indent`, the others by `hanging`.
    pub(super) fn wrapped(&mut self, indent: usize, hanging: usize, text: &str) {
        let mut line = " ".repeat(indent);
        let mut is_begun = false;
        for word in text.split(' ') {
            if is_begun && line.chars().count() + 1 + word.chars().count() > self.width {
                self.line(&line);
                line = " ".repeat(hanging);
                is_begun = false;
            }
            if is_begun {
                line.push(' ');
            }
            line.push_str(word);
            is_begun = true;
        }
        self.line(&line);
    }

    /// A paragraph of Markdown; a list or a table keeps its lines.
    fn paragraph(&mut self, paragraph: &str) {
        if paragraph.lines().any(|line| line.trim_start().starts_with(['-', '*', '|'])) {
            self.line(paragraph);
        } else {
            self.wrapped(0, 0, &one_line(paragraph));
        }
    }

    fn head(&mut self, catalog: &Catalog, kind: &Kind) {
        self.line(&format!("{}  {}", kind.name, kind.product));
        let parents = catalog.ancestry(kind.id).skip(1).filter(|parent| !is_root(parent));
        let parents: Vec<_> = parents.map(|parent| parent.name.as_str()).collect();
        let mut facts = vec![match kind.name.as_str() {
            keyword if is_keyword(kind) => format!("a keyword: `{keyword} NAME {{ … }}`"),
            _ => format!("category: {}", catalog.category(kind.id).name()),
        }];
        if !parents.is_empty() {
            facts.push(format!("inherits from: {}", parents.join(", ")));
        }
        if kind.is_abstract {
            facts.push("abstract: only other kinds may name it".to_owned());
        }
        self.wrapped(0, 0, &facts.join("; "));
        if !kind.aliases.is_empty() {
            self.wrapped(0, 0, &format!("also found as: {}", kind.aliases.join(", ")));
        }
        if let Some(retired) = catalog.retirement(kind.id) {
            let since = retired.since.map(|date| format!(" since {date}")).unwrap_or_default();
            let instead = retired.instead.as_ref().map(|kind| format!("; use `{kind}` instead")).unwrap_or_default();
            self.wrapped(0, 0, &format!("no longer offered{since}{instead}"));
        }
        if let Some(doc) = &kind.doc {
            self.line("");
            for paragraph in doc.text.trim().split("\n\n") {
                self.paragraph(paragraph);
            }
        }
    }

    /// The properties of the kind and its parents. Those of everything are named only.
    fn properties(&mut self, catalog: &Catalog, kind: &Kind) {
        let root = catalog.ancestry(kind.id).skip(1).find(|ancestor| is_root(ancestor));
        let of_root = root.map_or_else(Vec::new, |root| catalog.properties(root.id));
        let is_common = |property: &PropertySpec| of_root.iter().any(|common| common.name_span == property.name_span);
        let is_required = |property: &PropertySpec| catalog.required(kind.id).any(|name| *name == property.name);
        self.line("");
        self.line("Properties");
        let (common, own): (Vec<_>, Vec<_>) = catalog.properties(kind.id).into_iter().partition(|it| is_common(it));
        for property in own {
            self.wrapped(2, 6, &declaration(property, is_required(property)));
            if let Some(doc) = &property.doc {
                self.wrapped(6, 6, &one_line(&doc.text));
            }
        }
        let required = |property: &&PropertySpec| if is_required(property) { " (required)" } else { "" };
        let common: Vec<String> = common.iter().map(|it| format!("{}{}", it.name, required(it))).collect();
        if let Some(root) = root {
            let text = format!("and as everything: {}; see `archc kinds {}`", common.join(", "), root.name);
            self.wrapped(2, 6, &text);
        }
    }

    /// What it is billed on, and what it passes on.
    fn meters(&mut self, catalog: &Catalog, kind: &Kind) {
        let meters = catalog.meters(kind.id);
        self.line("");
        self.line("Billed on");
        if meters.is_empty() {
            let words = match catalog.unbilled(kind.id) {
                Some(reason) => format!("nothing: {reason}"),
                None => "no meter is known; what it costs can be given as `cost`".to_owned(),
            };
            self.wrapped(2, 6, &words);
        }
        for meter in meters {
            let variant: Vec<String> = meter.variant.iter().map(ToString::to_string).collect();
            let variant = if variant.is_empty() { String::new() } else { format!("/{}", variant.join("/")) };
            let when = meter.when.as_ref().map(|when| format!(", when {when}")).unwrap_or_default();
            self.wrapped(2, 6, &format!("{} = {} @ {}{variant}{when}", meter.name, meter.quantity, meter.price));
            if let Some(doc) = &meter.doc {
                self.wrapped(6, 6, &one_line(&doc.text));
            }
        }
        let passes = catalog.passes(kind.id).map_or_else(|| "what it receives".to_owned(), ToString::to_string);
        self.wrapped(2, 6, &format!("It passes on: {passes}"));
    }

    fn limits(&mut self, catalog: &Catalog, kind: &Kind) {
        let limits = catalog.limits(kind.id);
        if limits.is_empty() {
            return;
        }
        self.line("");
        self.line("Limits at the peak");
        for limit in limits {
            let sign = if limit.is_strict { "<" } else { "<=" };
            let force = if limit.is_soft { "can be raised" } else { "cannot be raised" };
            let scope = match limit.scope {
                LimitScope::Service => "",
                LimitScope::Region => ", for all in an account and region",
            };
            let when = limit.when.as_ref().map(|when| format!(", when {when}")).unwrap_or_default();
            let text = format!("{}: {} {sign} {}{when}{scope}; {force}", limit.name, limit.used, limit.allowed);
            self.wrapped(2, 6, &text);
            let note = limit.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
            self.wrapped(6, 6, &format!("{}, {}{note}", limit.source, limit.read));
        }
    }

    fn see_also(&mut self, catalog: &Catalog, kind: &Kind) {
        let others: Vec<_> = catalog.namesakes(kind).into_iter().map(|kind| kind.name.as_str()).collect();
        if !others.is_empty() {
            self.line("");
            self.wrapped(0, 2, &format!("see also: {}", others.join(", ")));
        }
    }
}

/// Whether all kinds descend from a kind, or all that stand in diagrams.
fn is_root(kind: &Kind) -> bool {
    ["declaration", "element"].contains(&kind.name.as_str())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `buffer: size = 5 MiB, from 1 MB to 128 MiB`
fn declaration(property: &PropertySpec, required: bool) -> String {
    let mut text = format!("{}: {}", property.name, property.ty);
    if let Some(default) = &property.default {
        let _ = write!(text, " = {default}");
    } else if let Some(computed) = &property.computed {
        let _ = write!(text, " = {computed}");
    }
    match (&property.min, &property.max) {
        (Some(min), Some(max)) => {
            let _ = write!(text, ", from {min} to {max}");
        }
        (Some(min), None) => {
            let _ = write!(text, ", at least {min}");
        }
        (None, Some(max)) => {
            let _ = write!(text, ", at most {max}");
        }
        (None, None) => {}
    }
    if required {
        text.push_str(", required");
    }
    text
}
