//! The catalog: a page for each category, with a section for each kind.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use archc::analysis;
use archc::catalog::{Catalog, Category, End, Kind, PropertySpec, Verdict, WireFact};
use archc::catalog::{Limit, LimitScope, Meter};
use archc::project::Workspace;

use super::{Page, Part, anchor, cell};

/// The page of the kinds that the language itself stands on.
const LANGUAGE: &str = "language";

pub(super) fn part() -> Part {
    let workspace = Workspace::without_files();
    let catalog = analysis::catalog(&workspace);
    let is_of_language = |kind: &Kind| workspace.sources.file(kind.name_span.file).path().ends_with("core.arch");
    let mut pages: BTreeMap<(usize, &str), Vec<&Kind>> = BTreeMap::new();
    for kind in catalog.kinds() {
        let category = catalog.category(kind.id);
        let place = Category::ALL.iter().position(|it| *it == category).unwrap() + 1;
        let page = if is_of_language(kind) { (0, LANGUAGE) } else { (place, category.name()) };
        pages.entry(page).or_default().push(kind);
    }
    let pages: Vec<(&str, Vec<&Kind>)> = pages.into_iter().map(|((_, name), kinds)| (name, kinds)).collect();
    let book = Book { catalog: &catalog, pages: &pages };
    Part { first: book.index(), below: pages.iter().map(|(name, kinds)| book.page(name, kinds)).collect() }
}

struct Book<'c> {
    catalog: &'c Catalog,
    pages: &'c [(&'c str, Vec<&'c Kind>)],
}

impl Book<'_> {
    fn index(&self) -> Page {
        let mut text = "# Kinds\n\n\
            What a service can be, by category. `archc kinds WORDS` searches, and `archc kinds NAME` shows a kind with everything that it \
            inherits; here a section shows what the kind says itself, and links to its parent. The facts that hold for all kinds are \
            on the page of [the language's own kinds](kinds/language.md).\n"
            .to_owned();
        for (name, kinds) in self.pages {
            write!(text, "\n## {}\n\n| kind | product |\n|---|---|\n", title(name)).unwrap();
            for kind in kinds {
                let link = format!("kinds/{name}.md#{}", anchor(&kind.name));
                writeln!(text, "| [`{}`]({link}) | {} |", kind.name, cell(&kind.product)).unwrap();
            }
        }
        Page { title: "Kinds".to_owned(), path: "reference/kinds.md".to_owned(), text }
    }

    fn page(&self, name: &str, kinds: &[&Kind]) -> Page {
        let mut text = format!("# {}\n", title(name));
        for kind in kinds {
            self.section(&mut text, kind);
        }
        Page { title: title(name), path: format!("reference/kinds/{name}.md"), text }
    }

    /// A link to the section of a kind.
    fn link(&self, kind: &Kind) -> String {
        let page = self.pages.iter().find(|(_, kinds)| kinds.iter().any(|it| it.id == kind.id)).unwrap().0;
        format!("[`{}`]({page}.md#{})", kind.name, anchor(&kind.name))
    }

    fn section(&self, text: &mut String, kind: &Kind) {
        writeln!(text, "\n## `{}`\n\n{}", kind.name, self.head(kind)).unwrap();
        if let Some(doc) = &kind.doc {
            writeln!(text, "\n{}", doc.text.trim()).unwrap();
        }
        table(
            text,
            "Properties",
            ["property", "type", "default", "range", "meaning"],
            kind.properties.iter().map(property),
        );
        table(text, "Billed on", ["meter", "how much", "price", "when"], kind.meters.iter().map(meter));
        if let Some(passes) = &kind.passes {
            writeln!(text, "\nPasses on: {}.", if passes.is_nothing() { "nothing".to_owned() } else { code(passes) })
                .unwrap();
        }
        if let Some(reason) = &kind.unbilled {
            writeln!(text, "\nCosts nothing: {reason}.").unwrap();
        }
        table(text, "Limits at the peak", ["limit", "condition", "when", "says"], kind.limits.iter().map(limit));
        table(text, "Connects to", ["arrow", "to", "says"], self.wires(kind, true));
        table(text, "Connects from", ["arrow", "from", "says"], self.wires(kind, false));
    }

    /// `**Data Firehose**, a kind of …; abstract`
    fn head(&self, kind: &Kind) -> String {
        let mut text = format!("**{}**", kind.product);
        if let Some(parent) = kind.parent.map(|id| self.catalog.kind(id)).filter(|it| it.name != "element") {
            write!(text, ", a kind of {}", self.link(parent)).unwrap();
        }
        if kind.is_abstract {
            text.push_str("; no service may name it");
        }
        if !kind.require.is_empty() {
            let names: Vec<String> = kind.require.iter().map(code).collect();
            write!(text, "; {} must be given", names.join(", ")).unwrap();
        }
        if let Some(retired) = &kind.retired {
            let since = retired.since.map(|date| format!(" since {date}")).unwrap_or_default();
            let instead = retired.instead.as_ref().map(|it| format!("; use `{it}` instead")).unwrap_or_default();
            write!(text, "; no longer offered{since}{instead}").unwrap();
        }
        text + "."
    }

    /// What the facts that name the kind as their start say, or those that name it as their end: one row for a statement.
    fn wires(&self, kind: &Kind, is_start: bool) -> Vec<[String; 3]> {
        let mut rows: Vec<[String; 4]> = Vec::new();
        for fact in self.catalog.wire_facts() {
            let (this, other) = if is_start { (fact.from, fact.to) } else { (fact.to, fact.from) };
            if this != End::Kind(kind.id) {
                continue;
            }
            let other = match other {
                End::Kind(id) => self.link(self.catalog.kind(id)),
                End::Any => "any kind".to_owned(),
            };
            let [arrow, verdict, source] = [code(fact.arrow.symbol()), self.verdict(fact, is_start), source(fact)];
            match rows.iter_mut().find(|row| (&row[0], &row[2], &row[3]) == (&arrow, &verdict, &source)) {
                Some(row) => row[1] = format!("{}, {other}", row[1]),
                None => rows.push([arrow, other, verdict, source]),
            }
        }
        let mut merged: Vec<[String; 4]> = Vec::new();
        for row in rows {
            match merged.iter_mut().find(|it| it[1..] == row[1..]) {
                Some(same) => same[0] = format!("{} {}", same[0], row[0]),
                None => merged.push(row),
            }
        }
        merged.into_iter().map(|[arrow, others, verdict, source]| [arrow, others + &verdict, source]).collect()
    }

    /// What a fact says, to stand behind the kinds. That a list is complete is a matter of the start alone.
    fn verdict(&self, fact: &WireFact, is_start: bool) -> String {
        match &fact.verdict {
            Verdict::Only if is_start => " (the list is complete)".to_owned(),
            Verdict::Works | Verdict::Only => String::new(),
            Verdict::Never => ": impossible".to_owned(),
            Verdict::Retired => ": no longer".to_owned(),
            Verdict::Through(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(|id| self.link(self.catalog.kind(*id))).collect();
                format!(": only through {}", kinds.join(" or "))
            }
        }
    }
}

fn title(category: &str) -> String {
    if category == LANGUAGE {
        return "The language's own".to_owned();
    }
    let (first, rest) = category.split_at(1);
    first.to_uppercase() + rest
}

/// Code in a cell.
fn code(text: impl Display) -> String {
    format!("`{}`", cell(&text.to_string()))
}

fn option<T: Display>(text: Option<T>) -> String {
    text.map(code).unwrap_or_default()
}

fn source(fact: &WireFact) -> String {
    let read = fact.read.map(|date| format!(" ({date})")).unwrap_or_default();
    let note = fact.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
    cell(&format!("{}{read}{note}", fact.source))
}

fn property(property: &PropertySpec) -> [String; 5] {
    let default = property.default.as_ref().map(code).or_else(|| property.computed.as_ref().map(code));
    let range = match (&property.min, &property.max) {
        (Some(min), Some(max)) => format!("`{min}` to `{max}`"),
        (Some(min), None) => format!("at least `{min}`"),
        (None, Some(max)) => format!("at most `{max}`"),
        (None, None) => String::new(),
    };
    let default = if property.required { "required".to_owned() } else { default.unwrap_or_default() };
    let meaning = property.doc.as_ref().map(|doc| cell(&doc.text)).unwrap_or_default();
    [code(&property.name), code(&property.ty), default, range, meaning]
}

fn meter(meter: &Meter) -> [String; 4] {
    let id: Vec<String> =
        [meter.price.to_string()].into_iter().chain(meter.variant.iter().map(ToString::to_string)).collect();
    let doc = meter.doc.as_ref().map(|doc| format!(": {}", cell(&doc.text))).unwrap_or_default();
    let price = code(id.join("/"));
    [format!("{}{doc}", cell(&meter.name)), code(&meter.quantity), price, option(meter.when.as_ref())]
}

fn limit(limit: &Limit) -> [String; 4] {
    let sign = if limit.is_strict { "<" } else { "<=" };
    let force = if limit.is_soft { "can be raised" } else { "cannot be raised" };
    let scope = match limit.scope {
        LimitScope::Service => "",
        LimitScope::Region => "; for all in an account and region",
    };
    let note = limit.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
    let says = format!("{force}{scope}. {} ({}){note}", limit.source, limit.read);
    let condition = code(format!("{} {sign} {}", limit.used, limit.allowed));
    [cell(&limit.name), condition, option(limit.when.as_ref()), cell(&says)]
}

/// A table with words above it, and without the columns in which nothing stands.
fn table<const N: usize>(
    text: &mut String,
    title: &str,
    headers: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) {
    let rows: Vec<[String; N]> = rows.into_iter().collect();
    if rows.is_empty() {
        return;
    }
    let is_used = |column: usize| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
    let used: Vec<bool> = (0..N).map(is_used).collect();
    let line = |cells: &[String]| {
        let cells: Vec<&str> =
            cells.iter().zip(&used).filter(|(_, used)| **used).map(|(cell, _)| cell.as_str()).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = "---|".repeat(used.iter().filter(|used| **used).count());
    write!(text, "\n{title}:\n\n{}|{rule}\n", line(&headers.map(str::to_owned))).unwrap();
    for row in &rows {
        text.push_str(&line(row));
    }
}
