//! One kind in full.

use std::fmt::Write as _;

use crate::catalog::{Catalog, End, Kind, PropertySpec, Verdict, WireFact};

/// What the catalog knows of a kind, for a terminal of this width.
pub(super) fn render(catalog: &Catalog, kind: &Kind, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    page.head(catalog, kind);
    page.properties(catalog, kind);
    let covers = |end: End| match end {
        End::Kind(id) => catalog.is_a(kind.id, id),
        End::Any => true,
    };
    let facts = catalog.wire_facts();
    page.facts("Connects to", catalog, facts.iter().filter(|fact| covers(fact.from)), |fact| fact.to);
    page.facts("Connects from", catalog, facts.iter().filter(|fact| covers(fact.to)), |fact| fact.from);
    page.text
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A text in lines that fit, each indented.
    fn wrapped(&mut self, indent: usize, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && indent + line.chars().count() + 1 + word.chars().count() > self.width {
                self.line(&format!("{:indent$}{line}", ""));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(&format!("{:indent$}{line}", ""));
    }

    /// A paragraph of Markdown; a list or a table keeps its lines.
    fn paragraph(&mut self, paragraph: &str) {
        if paragraph.lines().any(|line| line.trim_start().starts_with(['-', '*', '|'])) {
            self.line(paragraph);
        } else {
            self.wrapped(0, paragraph);
        }
    }

    fn head(&mut self, catalog: &Catalog, kind: &Kind) {
        self.line(&format!("{}  {}", kind.name, kind.product));
        let parents: Vec<_> = catalog.ancestry(kind.id).skip(1).map(|parent| parent.name.as_str()).collect();
        let mut facts = vec![format!("category: {}", catalog.category(kind.id).name())];
        if !parents.is_empty() {
            facts.push(format!("inherits from: {}", parents.join(", ")));
        }
        if kind.is_abstract {
            facts.push("abstract: only other kinds may name it".to_owned());
        }
        self.wrapped(0, &facts.join("; "));
        if let Some(retired) = catalog.retirement(kind.id) {
            let since = retired.since.map(|date| format!(" since {date}")).unwrap_or_default();
            let instead = retired.instead.as_ref().map(|kind| format!("; use `{kind}` instead")).unwrap_or_default();
            self.wrapped(0, &format!("no longer offered{since}{instead}"));
        }
        if let Some(doc) = &kind.doc {
            self.line("");
            for paragraph in doc.text.trim().split("\n\n") {
                self.paragraph(paragraph);
            }
        }
    }

    fn properties(&mut self, catalog: &Catalog, kind: &Kind) {
        self.line("");
        self.line("Properties");
        for property in catalog.properties(kind.id) {
            let required = catalog.required(kind.id).any(|name| *name == property.name);
            self.line(&format!("  {}", declaration(property, required)));
            if let Some(doc) = &property.doc {
                self.wrapped(6, &doc.text);
            }
        }
    }

    /// The facts about one end; `other` gives the other one. Facts of one declaration are one entry.
    fn facts<'f>(
        &mut self,
        title: &str,
        catalog: &Catalog,
        facts: impl Iterator<Item = &'f WireFact>,
        other: fn(&WireFact) -> End,
    ) {
        let facts: Vec<_> = facts.collect();
        if facts.is_empty() {
            return;
        }
        self.line("");
        self.line(title);
        for same in facts.chunk_by(|left, right| left.span == right.span && left.verdict == right.verdict) {
            let Some(fact) = same.first() else { continue };
            let mut ends: Vec<_> = same.iter().map(|fact| name(catalog, other(fact))).collect();
            ends.sort_unstable();
            ends.dedup();
            let (arrow, verdict) = (fact.arrow.symbol(), verdict(catalog, &fact.verdict));
            self.wrapped(2, &format!("{arrow} {}{verdict}", ends.join(", ")));
            let read = fact.read.map(|date| format!(", read {date}")).unwrap_or_default();
            self.wrapped(6, &format!("{}{read}", fact.source));
            if let Some(note) = &fact.note {
                self.wrapped(6, note);
            }
        }
    }
}

fn name(catalog: &Catalog, end: End) -> &str {
    match end {
        End::Kind(id) => &catalog.kind(id).name,
        End::Any => "*",
    }
}

fn verdict(catalog: &Catalog, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Works => String::new(),
        Verdict::Only => " (the list is complete)".to_owned(),
        Verdict::Never => " (impossible)".to_owned(),
        Verdict::Retired => " (no longer)".to_owned(),
        Verdict::Through(kinds) => {
            let kinds: Vec<_> = kinds.iter().map(|id| catalog.kind(*id).name.as_str()).collect();
            format!(" (through {})", kinds.join(" or "))
        }
    }
}

/// `buffer: size = 5 MiB, from 1 MB to 128 MiB`
fn declaration(property: &PropertySpec, required: bool) -> String {
    let mut text = format!("{}: {}", property.name, property.ty);
    if let Some(default) = &property.default {
        let _ = write!(text, " = {default}");
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
