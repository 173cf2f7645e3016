//! What moves where: the loads of each input under `load/`.

mod again;

use std::fmt::Write as _;
use std::path::Path;

use archc::analysis::{Analysis, analyse};
use archc::emit::load::words;
use archc::load::{Growth, Known, Loads, Undeclared, capacities, growth, in_words, load, undeclared};
use archc::model::{ElementId, Model};
use archc::project::{self, Scope};
use archc::quantity::{Amount, Dimension};
use archc::vfs::Memory;

fn analysis(path: &Path) -> (String, Analysis) {
    let text = std::fs::read_to_string(path).unwrap();
    let files = Memory::default().with("input.arch", text.as_str());
    let workspace = project::load(&files, Scope::Folder(""), &[]).unwrap();
    (text, analyse(&workspace, "2026-01-01".parse().unwrap()))
}

/// Mean rates by size, and the peak of all.
fn words(flow: &Known, model: &Model) -> String {
    let peak = flow.as_ref().ok().and_then(archc::flow::Flow::records).map(|records| records.peak);
    let peak = peak.map(|peak| format!(" (peak {})", peak.in_words(Dimension::RATE))).unwrap_or_default();
    format!("{}{peak}", in_words(flow, model))
}

fn outline(model: &Model, loads: &Loads) -> String {
    let mut text = String::new();
    for element in &model.elements {
        let node = loads.node(element.id);
        let received = words(&node.received, model);
        write!(text, "{}: {} in, {} out: {received}", model.path(element.id), node.in_edges, node.out_edges).unwrap();
        if let Some(emitted) = &node.emitted {
            write!(text, "; emits {}", words(emitted, model)).unwrap();
        }
        if node.side_edges > 0 {
            write!(text, "; {} on the side: {}", node.side_edges, words(&node.side, model)).unwrap();
        }
        text.push('\n');
    }
    for edge in &model.edges {
        let hops: Vec<_> = loads.edge(edge.id).hops.iter().map(|hop| words(hop, model)).collect();
        let (from, to) = (model.path(edge.from), model.path(edge.to));
        writeln!(text, "{from} {} {to}: {}", edge.arrow.symbol(), hops.join(" | ")).unwrap();
    }
    for cycle in &loads.cycles {
        let edge =
            |(id, factor): &(archc::model::EdgeId, Amount)| format!("{} ×{factor}", model.path(model.edge(*id).from));
        let edges: Vec<_> = cycle.edges.iter().map(edge).collect();
        writeln!(text, "cycle: {} = {}", edges.join(", "), cycle.gain).unwrap();
    }
    text
}

/// The quotas, how far the load can grow, and what is not known.
fn limits(model: &Model, loads: &Loads) -> String {
    let mut text = String::new();
    let capacities = capacities(model, loads);
    let names = |ids: &[ElementId]| ids.iter().map(|id| model.path(*id)).collect::<Vec<_>>().join(" + ");
    for capacity in &capacities {
        let [used, allowed] = words::usage(capacity);
        let [how_used, how_allowed] = &capacity.derivations(model, loads);
        let sign = if capacity.is_exceeded() { "EXCEEDED" } else { "ok" };
        let (users, headroom) = (names(&capacity.users), words::headroom(capacity));
        let name = &capacity.limit.name;
        writeln!(text, "{name} of {users}: {used} ({how_used}) of {allowed} ({how_allowed}): {headroom}, {sign}")
            .unwrap();
    }
    if let Some(Growth { factor, limit, users }) = growth(model, &capacities) {
        writeln!(text, "grows {factor}x: {limit} of {}", names(&users)).unwrap();
    }
    for Undeclared { need, hidden } in undeclared(model, loads) {
        let hidden = words::hidden(&hidden, &|id| model.path(id));
        writeln!(text, "{}: {hidden}", need.advice(model)).unwrap();
    }
    text
}

#[test]
fn flows_along_the_edges() {
    insta::with_settings!({ omit_expression => true }, {
        insta::glob!("load/*.arch", |path| {
            let (text, analysis) = analysis(path);
            let loads = load(&analysis.model, Amount::ONE);
            let (outline, limits) = (outline(&analysis.model, &loads), limits(&analysis.model, &loads));
            insta::assert_snapshot!(format!("{text}──────\n{outline}──────\n{limits}"));
        });
    });
}
