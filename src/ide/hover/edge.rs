//! Edges: what moves along them, and what the catalog says of that.

use super::{Links, blocks, cost, fence, load, prose, quoted};
use crate::catalog::{Catalog, Refusal, Verdict, WireFact, Wiring};
use crate::cost::Subject;
use crate::ide::Snapshot;
use crate::model::{Edge, Hop, Model, Scope, Variety};
use crate::syntax::ast::{Arrow, EdgeStep};

/// How many edges of one arrow are shown.
const MOST: usize = 4;

/// All that is known of the edges that an arrow declares, or of the one that a step of a scenario follows.
pub(super) fn words(snapshot: &Snapshot, step: &EdgeStep, links: Links<'_>) -> Option<String> {
    let model = snapshot.model();
    let mut edges: Vec<&Edge> = snapshot.places().edges(step.arrow_span).map(|id| model.edge(id)).collect();
    if edges.is_empty() {
        edges.extend(followed(snapshot, step));
    }
    let more = edges.len().saturating_sub(MOST);
    let mut all: Vec<Option<String>> =
        edges.iter().take(MOST).map(|edge| Some(of_edge(snapshot, edge, links))).collect();
    all.push((more > 0).then(|| format!("and {more} more")));
    let text = blocks(all);
    (!text.is_empty()).then_some(text)
}

/// The edge that a step of a scenario follows.
fn followed<'s>(snapshot: &'s Snapshot, step: &EdgeStep) -> Option<&'s Edge> {
    let model = snapshot.model();
    let sequences = crate::scenario::sequences(model);
    let id = sequences.iter().find_map(|sequence| find(&sequence.items, step))?;
    Some(model.edge(id))
}

fn find(items: &[crate::scenario::Item], step: &EdgeStep) -> Option<crate::model::EdgeId> {
    items.iter().find_map(|item| match item {
        crate::scenario::Item::Message(message) if message.arrow_span == step.arrow_span => message.edge,
        crate::scenario::Item::Fragment(fragment) => fragment.branches.iter().find_map(|it| find(&it.items, step)),
        _ => None,
    })
}

fn of_edge(snapshot: &Snapshot, edge: &Edge, links: Links<'_>) -> String {
    let (model, loads) = (snapshot.model(), snapshot.loads());
    let scope = Scope { architecture: edge.architecture, group: edge.group };
    let flows = model.hops(edge).zip(&loads.edge(edge.id).hops);
    let hops: Vec<String> = flows
        .map(|(hop, known)| {
            let between = format!("`{} {} {}`", name(model, hop.from), hop.arrow.symbol(), name(model, hop.to));
            // How often a side channel fires is mostly of no interest.
            let is_silent = hop.arrow == Arrow::Side && known.is_err();
            let moves = if is_silent { "a side channel".to_owned() } else { load::flow(model, known) };
            let fact = wiring(model, hop).map(|fact| format!("\n  - {fact}")).unwrap_or_default();
            format!("- {between}: {moves}{fact}")
        })
        .collect();
    blocks([
        Some(fence(&signature(model, edge))),
        prose::doc(model, Some(scope), edge.doc.as_ref(), links),
        Some(hops.join("\n")),
        cost::lines(snapshot, |line| line.subject == Subject::Edge(edge.id)),
    ])
}

fn name(model: &Model, id: crate::model::ElementId) -> String {
    let element = model.element(id);
    let is_anonymous = element.variety == Variety::Carrier && element.name_span == element.kind_span;
    let kind = model.kind_of(element).filter(|_| is_anonymous).map(|kind| kind.name.to_string());
    kind.unwrap_or_else(|| model.path(id))
}

fn signature(model: &Model, edge: &Edge) -> String {
    let carriers: Vec<String> = edge.carriers.iter().map(|id| name(model, *id)).collect();
    let via = if carriers.is_empty() { String::new() } else { format!(" via {}", carriers.join(", ")) };
    let label = edge.label.as_ref().map(|label| format!(" {}", quoted(label))).unwrap_or_default();
    format!("{} {} {}{via}{label}", model.path(edge.from), edge.arrow.symbol(), model.path(edge.to))
}

/// What the catalog says of a connection, and who says so; nothing of boundaries and of kinds that are not known.
pub(super) fn wiring(model: &Model, hop: Hop) -> Option<String> {
    let kind = |id| model.kind_of(model.element(id)).filter(|kind| !kind.is_abstract);
    let (from, to) = (kind(hop.from)?, kind(hop.to)?);
    let pair = format!("`{}` {} `{}`", from.name, hop.arrow.symbol(), to.name);
    Some(match model.catalog.wiring(from.id, hop.arrow, to.id) {
        Wiring::Works(fact) => format!("{pair} works{}", source(fact)),
        Wiring::Unknown => {
            format!("{pair}: no fact covers it, so nobody knows whether it works; a `wire` would say so")
        }
        Wiring::Refused(Refusal::Named(fact)) => format!("{pair} {}{}", verdict(&model.catalog, fact), source(fact)),
        Wiring::Refused(Refusal::NotListed { closed_by, .. }) => {
            format!("{pair} does not work: the list of what it reaches is complete{}", source(closed_by))
        }
    })
}

fn verdict(catalog: &Catalog, fact: &WireFact) -> String {
    match &fact.verdict {
        Verdict::Through(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|id| format!("`{}`", catalog.kind(*id).name)).collect();
            format!("works only through {}", kinds.join(" or "))
        }
        Verdict::Retired => "works no longer".to_owned(),
        Verdict::Works | Verdict::Only | Verdict::Never => "does not work".to_owned(),
    }
}

fn source(fact: &WireFact) -> String {
    let read = fact.read.map(|date| format!(", read {date}")).unwrap_or_default();
    let note = fact.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
    format!(" ({}{read}){note}", fact.source)
}
