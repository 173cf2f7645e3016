//! What an architecture cannot do without, and whether what it promises can be kept.

use std::collections::BTreeMap;

use super::page::Page;
use super::table::Table;
use crate::emit::load::words::few;
use crate::model::{ArchitectureId, ElementId, Model};
use crate::topology::{self, Chain, Outlook, Promise, SinglePoint, SinglePoints};

/// The least number of services that make a chain of calls worth a line.
const CHAIN: usize = 3;

/// How many services of a chain are shown, before it says how many more there are.
const SHOWN: usize = 8;

/// What the shape of a model says of failures.
pub(super) struct Resilience {
    points: SinglePoints,
    promises: BTreeMap<ArchitectureId, Vec<Promise>>,
    chains: BTreeMap<ArchitectureId, Chain>,
}

impl Resilience {
    pub(super) fn new(model: &Model) -> Resilience {
        let mut promises: BTreeMap<ArchitectureId, Vec<Promise>> = BTreeMap::new();
        for promise in topology::promises(model) {
            promises.entry(model.element(promise.element).architecture).or_default().push(promise);
        }
        Resilience { points: SinglePoints::of(model), promises, chains: topology::longest_chains(model) }
    }
}

/// The section; nothing where nothing can fail alone, nothing is promised and nothing waits long.
pub(super) fn resilience(page: &Page<'_>) -> Vec<String> {
    let mut blocks = points(page);
    blocks.extend(promises(page));
    blocks.extend(longest_chain(page));
    blocks
}

fn points(page: &Page<'_>) -> Vec<String> {
    let mut table = Table::new(["Single point of failure", "Without it"]);
    for point in page.architecture.elements.iter().filter_map(|id| page.resilience.points.get(*id)) {
        table.row([page.link(point.element), lost(page, point)]);
    }
    let foot =
        "A service counts unless something says that it is redundant. An end is what data goes to and does not leave \
                again: outside systems, people, and what leads nowhere."
            .to_owned();
    table.render().map(|table| vec![table, foot]).unwrap_or_default()
}

/// What does not arrive without a single point of failure.
fn lost(page: &Page<'_>, point: SinglePoint<'_>) -> String {
    let mut lost = Vec::new();
    if !point.starved.is_empty() {
        lost.push(format!("nothing reaches {}", links(page, point.starved)));
    }
    if !point.stranded.is_empty() {
        lost.push(format!("nothing of {} gets to an end", links(page, point.stranded)));
    }
    lost.join("; ")
}

fn promises(page: &Page<'_>) -> Option<String> {
    let mut table = Table::new(["Service", "Promised", "Comes to", "Because"]);
    for promise in page.resilience.promises.get(&page.architecture.id).into_iter().flatten() {
        let (comes_to, because) = match &promise.outlook {
            Some(outlook) => (comes_to(promise, outlook), because(page, outlook)),
            None => ("not known".to_owned(), "too much waits for too much".to_owned()),
        };
        table.row([page.link(promise.element), promise.slo.in_percent(), comes_to, because]);
    }
    table.render()
}

fn comes_to(promise: &Promise, outlook: &Outlook) -> String {
    let at_most = outlook.at_most.in_percent();
    let at_most = if promise.is_broken() { format!("**{at_most}**") } else { at_most };
    match outlook.unknown.len() {
        0 => at_most,
        unknown if unknown == outlook.chain.len() => "not known".to_owned(),
        _ => format!("at most {at_most}"),
    }
}

/// The arithmetic, and what is missing in it.
fn because(page: &Page<'_>, outlook: &Outlook) -> String {
    let factor = |id: &ElementId| {
        let availability = topology::availability(page.places.model, *id)?;
        Some(format!("{} ({})", availability.in_percent(), page.link(*id)))
    };
    let mut factors: Vec<String> = outlook.chain.iter().take(SHOWN).filter_map(factor).collect();
    let known = outlook.chain.len() - outlook.unknown.len();
    if known > factors.len() {
        factors.push(format!("{} more", known - factors.len()));
    }
    let mut because: Vec<String> = Vec::new();
    if !factors.is_empty() {
        because.push(factors.join(" × "));
    }
    if !outlook.unknown.is_empty() {
        because.push(format!("not known: {}", links(page, &outlook.unknown)));
    }
    because.join("; ")
}

fn longest_chain(page: &Page<'_>) -> Option<String> {
    let chain = page.resilience.chains.get(&page.architecture.id)?;
    let count = chain.elements.len();
    let mut links: Vec<String> = chain.elements.iter().take(SHOWN).map(|id| page.link(*id)).collect();
    if count > links.len() {
        links.push(format!("{} more", count - links.len()));
    }
    let words = || format!("The longest chain of calls, in which each waits for the next: {}", links.join(" => "));
    (count >= CHAIN).then(words)
}

fn links(page: &Page<'_>, ids: &[ElementId]) -> String {
    few(ids.iter().map(|id| page.link(*id)))
}
