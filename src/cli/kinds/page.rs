//! One kind in full.

use crate::catalog::{Catalog, Kind};
use crate::emit::kinds::{self, Connections};

/// What the catalog knows of a kind, for a terminal of this width; with or without the notes on connections.
pub(super) fn render(catalog: &Catalog, kind: &Kind, has_notes: bool, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    page.head(catalog, kind);
    page.properties(catalog, kind);
    if kinds::stands_in_diagrams(catalog, kind) {
        page.meters(catalog, kind);
        page.limits(catalog, kind);
    }
    if kinds::is_connected(catalog, kind) {
        page.wiring(catalog, kind, has_notes);
    }
    page.see_also(catalog, kind);
    page.text
}

/// The text of the page, and how wide its lines may be.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A text in lines that fit: the first is indented by `indent`, the others by `hanging`.
    fn wrapped(&mut self, indent: usize, hanging: usize, text: &str) {
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
        self.wrapped(0, 0, &kinds::facts(catalog, kind).join("; "));
        if !kind.aliases.is_empty() {
            self.wrapped(0, 0, &format!("also found as: {}", kind.aliases.join(", ")));
        }
        if let Some(retirement) = kinds::retirement(catalog, kind) {
            self.wrapped(0, 0, &retirement);
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
        let properties = kinds::Properties::of(catalog, kind);
        self.line("");
        self.line("Properties");
        for (property, is_required) in properties.own {
            self.wrapped(2, 6, &kinds::declaration(property, is_required));
            if let Some(doc) = &property.doc {
                self.wrapped(6, 6, &one_line(&doc.text));
            }
        }
        let required = |is_required: bool| if is_required { " (required)" } else { "" };
        let common = properties.common.iter();
        let common: Vec<String> =
            common.map(|(it, is_required)| format!("{}{}", it.name, required(*is_required))).collect();
        if let Some(root) = properties.root {
            let text = format!("and as everything: {}; see `archc kinds {}`", common.join(", "), root.name);
            self.wrapped(2, 6, &text);
        }
    }

    /// What it is billed on, and what it passes on.
    fn meters(&mut self, catalog: &Catalog, kind: &Kind) {
        self.line("");
        self.line("Billed on");
        for (words, doc) in kinds::meters(catalog, kind) {
            self.wrapped(2, 6, &words);
            if let Some(doc) = doc {
                self.wrapped(6, 6, &one_line(doc));
            }
        }
        self.wrapped(2, 6, &format!("It passes on: {}", kinds::passes(catalog, kind)));
    }

    fn limits(&mut self, catalog: &Catalog, kind: &Kind) {
        let limits = kinds::limits(catalog, kind);
        if limits.is_empty() {
            return;
        }
        self.line("");
        self.line("Limits at the peak");
        for (words, source) in limits {
            self.wrapped(2, 6, &words);
            self.wrapped(6, 6, &source);
        }
    }

    /// What it connects to; the sources with their notes, or as short as can be.
    fn wiring(&mut self, catalog: &Catalog, kind: &Kind, has_notes: bool) {
        let connections = Connections::of(catalog, kind, has_notes);
        for direction in &connections.directions {
            self.line("");
            self.line(direction.title);
            direction.own.iter().for_each(|line| self.wrapped(2, 6, line));
            if !direction.wide.is_empty() {
                self.line(if direction.own.is_empty() { "  as everything does:" } else { "  and as everything does:" });
                direction.wide.iter().for_each(|line| self.wrapped(2, 6, line));
            }
        }
        if connections.sources.is_empty() {
            return;
        }
        self.line("");
        if has_notes {
            self.line("Sources");
            for source in &connections.sources {
                self.wrapped(2, 7, &format!("{:<4} {}", format!("[{}]", source.number), source.in_full));
            }
            return;
        }
        self.line(&format!("Sources (with notes on each connection: archc kinds {} --sources)", kind.name));
        connections.by_date().iter().for_each(|line| self.wrapped(2, 6, line));
    }

    fn see_also(&mut self, catalog: &Catalog, kind: &Kind) {
        let others: Vec<_> = catalog.namesakes(kind).into_iter().map(|kind| kind.name.as_str()).collect();
        if !others.is_empty() {
            self.line("");
            self.wrapped(0, 2, &format!("see also: {}", others.join(", ")));
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
