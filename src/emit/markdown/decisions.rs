//! The decisions: a page for each, an index of all, and the table on the pages of what they affect.

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::end_line;
use super::escape::{comment, escape, file, link};
use super::places::Places;
use super::prose::Setting;
use super::subject::Subject;
use super::table::Table;
use crate::decision::{Decision, Decisions, Reference};
use crate::emit::Artifact;
use crate::model::{ArchitectureId, ElementId, Lookup, Model};

/// Where the pages lie.
const FOLDER: &str = "decisions/";

/// The index of all decisions.
pub(super) const INDEX: &str = "decisions/README.md";

/// Which decisions there are, where their pages lie, and what they are about.
#[derive(Debug)]
pub(super) struct Register<'a> {
    pub(super) all: &'a [Decision],
    pages: Vec<String>,
    successors: BTreeMap<usize, Vec<usize>>,
    by_element: BTreeMap<ElementId, BTreeSet<usize>>,
    by_architecture: BTreeMap<ArchitectureId, BTreeSet<usize>>,
}

impl<'a> Register<'a> {
    pub(super) fn new(model: &Model, decisions: &'a Decisions) -> Register<'a> {
        let mut by_element: BTreeMap<ElementId, BTreeSet<usize>> = BTreeMap::new();
        let mut by_architecture: BTreeMap<ArchitectureId, BTreeSet<usize>> = BTreeMap::new();
        for (at, decision) in decisions.all.iter().enumerate() {
            let mut touched: BTreeSet<ArchitectureId> = decision.architecture.into_iter().collect();
            for affected in &decision.affects {
                match affected.meaning {
                    Lookup::Element(id) => {
                        by_element.entry(id).or_default().insert(at);
                        touched.insert(model.element(id).architecture);
                    }
                    Lookup::Architecture(id) => {
                        touched.insert(id);
                    }
                    Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => {}
                }
            }
            for id in touched {
                by_architecture.entry(id).or_default().insert(at);
            }
        }
        Register {
            all: &decisions.all,
            pages: pages(model, &decisions.all),
            successors: decisions.successors(),
            by_element,
            by_architecture,
        }
    }

    /// Whether a decision affects the element.
    pub(super) fn has(&self, id: ElementId) -> bool {
        self.by_element.contains_key(&id)
    }

    /// The page of a record of the workspace.
    pub(super) fn page_of(&self, path: &str) -> Option<&str> {
        let at = self.all.iter().position(|decision| decision.path.as_deref() == Some(path))?;
        self.pages.get(at).map(String::as_str)
    }
}

/// The file of each decision's page: that of the record, or its name; with a number behind it if that is taken.
fn pages(model: &Model, all: &[Decision]) -> Vec<String> {
    let mut taken = BTreeSet::from(["readme".to_owned(), "index".to_owned(), "summary".to_owned()]);
    let page = |decision: &Decision| {
        let name = match decision.architecture {
            Some(id) => format!("{}.{}", model.architecture(id).name, decision.name),
            None => decision.name.to_string(),
        };
        let numbered = (2_usize..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default();
        format!("{FOLDER}{free}.md")
    };
    all.iter().map(page).collect()
}

/// The decisions that an architecture's page lists: its own, and those that affect it or something in it.
pub(super) fn of_architecture(of: &Subject<'_>) -> Option<String> {
    let ids = of.places.register.by_architecture.get(&of.architecture.id)?;
    table(of.places, Some(of.architecture.id), ids.iter().copied())
}

/// The table of all decisions.
pub(super) fn of_workspace(places: &Places<'_>) -> Option<String> {
    table(places, None, 0..places.register.all.len())
}

/// What has been decided about an element, as a line.
pub(super) fn of_element(places: &Places<'_>, id: ElementId) -> Option<String> {
    let ids = places.register.by_element.get(&id)?;
    let decision = |at: &usize| {
        let status = places.register.all.get(*at)?.status.map(|status| format!(" ({})", status.name()));
        Some(format!("{}{}", title(places, *at), status.unwrap_or_default()))
    };
    Some(format!("**Decisions:** {}", ids.iter().filter_map(decision).collect::<Vec<_>>().join(", ")))
}

/// The index of all decisions, and their pages; nothing if there are none.
pub(super) fn files(places: &Places<'_>, options: &Options<'_>) -> Vec<Artifact> {
    let register = &places.register;
    if register.all.is_empty() {
        return Vec::new();
    }
    let places = places.below("../");
    // Files of the workspace are one folder further away.
    let base = options.link_base_below(places.up);
    let options = Options { link_base: base.as_deref(), ..*options };
    let blocks = [
        comment("Generated by archc. Change the .arch files and records instead: what is changed here is lost."),
        "# Decisions".to_owned(),
        link(&format!("← {}", options.title), "../README.md"),
    ];
    let list = of_workspace(&places);
    let index = blocks.into_iter().chain(list).collect::<Vec<_>>().join("\n\n");
    let mut files = vec![Artifact { path: INDEX.to_owned(), content: end_line(index) }];
    let pages = register.pages.iter().zip(register.all).enumerate();
    files.extend(pages.map(|(at, (path, decision))| Artifact {
        path: path.clone(),
        content: end_line(text(&places, &options, at, decision)),
    }));
    files
}

/// The index and the pages of all decisions for mdBook's table of contents; nothing if there are none.
pub(super) fn contents(places: &Places<'_>) -> Vec<String> {
    let count = places.register.all.len();
    if count == 0 {
        return Vec::new();
    }
    let titles = (0..count).map(|at| title(places, at));
    let lines = std::iter::once(link("All decisions", INDEX)).chain(titles).map(|it| format!("- {it}"));
    vec!["# Decisions".to_owned(), lines.collect::<Vec<_>>().join("\n")]
}

fn text(places: &Places<'_>, options: &Options<'_>, at: usize, decision: &Decision) -> String {
    let source = options.sources.file(decision.name_span.file).path();
    let mut blocks = vec![
        comment(&format!("Generated by archc from `{source}`. Change it there: what is changed here is lost.")),
        format!("# {}", escape(&decision.label())),
        link("← Decisions", "README.md"),
    ];
    let facts = [
        ("Status", status(decision).to_owned()),
        ("Date", date(decision)),
        ("Affects", affects(places, None, decision)),
        ("Supersedes", references(places, &decision.supersedes)),
        ("Superseded by", successors(places, at, decision)),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts: Vec<String> = facts.map(|(name, value)| format!("**{name}:** {value}")).collect();
    if !facts.is_empty() {
        blocks.push(facts.join(" · "));
    }
    let setting = Setting { places, options, scope: decision.scope(), level: 1, prefix: "decision.".to_owned() };
    blocks.extend(decision.text.as_ref().map(|doc| setting.embed(doc)));
    blocks.join("\n\n")
}

fn table(places: &Places<'_>, from: Option<ArchitectureId>, ids: impl Iterator<Item = usize>) -> Option<String> {
    let mut table = Table::new(["Decision", "Status", "Date", "Affects", "Superseded by"]);
    for (at, decision) in ids.filter_map(|at| Some((at, places.register.all.get(at)?))) {
        table.row([
            title(places, at),
            status(decision).to_owned(),
            date(decision),
            affects(places, from, decision),
            successors(places, at, decision),
        ]);
    }
    table.render()
}

/// A decision's title with a link to its page.
fn title(places: &Places<'_>, at: usize) -> String {
    let register = &places.register;
    let Some((decision, page)) = register.all.get(at).zip(register.pages.get(at)) else { return String::new() };
    let address = file(page);
    // From one page of the folder to another, there is nothing to climb.
    let address = if places.up.is_empty() { &address } else { address.strip_prefix(FOLDER).unwrap_or(&address) };
    places.link_to(&decision.label(), address)
}

fn status(decision: &Decision) -> &'static str {
    decision.status.map_or("", |status| status.name())
}

fn date(decision: &Decision) -> String {
    decision.date.map(|date| date.to_string()).unwrap_or_default()
}

fn affects(places: &Places<'_>, from: Option<ArchitectureId>, decision: &Decision) -> String {
    let things = decision.affects.iter().map(|affected| match affected.meaning {
        Lookup::Element(id) => places.link_from(from, id),
        Lookup::Architecture(id) => places.link_to(places.model.architecture(id).label(), &places.page(id)),
        Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => escape(&affected.name.text),
    });
    things.collect::<Vec<_>>().join(", ")
}

fn references(places: &Places<'_>, references: &[Reference]) -> String {
    let named = references.iter().map(|reference| match reference.target {
        Some(at) => title(places, at),
        None => escape(&reference.name.text),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// What has taken a decision's place, whichever of both says so.
fn successors(places: &Places<'_>, at: usize, decision: &Decision) -> String {
    let known = places.register.successors.get(&at).into_iter().flatten().map(|at| title(places, *at));
    let lost = decision.superseded_by.iter().filter(|it| it.target.is_none()).map(|it| escape(&it.name.text));
    known.chain(lost).collect::<Vec<_>>().join(", ")
}
