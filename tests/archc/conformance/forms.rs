//! Views that are no flowcharts: what Mermaid reads in their diagrams.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use archc::model::{Model, View};
use archc::view::{Canvas, Form, Plan, What};
use serde_json::Value;

use super::graph::{frame_members, name_of, path, plan_label, text};
use super::traps;
use crate::harness;
use crate::inputs::model;
use crate::view::drawn;

/// The label of a collapsed group or an architecture without the number of its elements, which C4 has a place for.
fn label(model: &Model, plan: &Plan, place: usize) -> String {
    let mut item = plan.items[place].clone();
    item.count = None;
    let label = plan_label(model, &item);
    match item.what {
        What::Foreign(_) => label.rsplit_once("\n(").unwrap().0.to_owned(),
        _ => label,
    }
}

type Pairs = Vec<(String, String)>;

fn pairs(list: &Value, keys: [&str; 2], name: impl Fn(&Value) -> String) -> Pairs {
    let list = list.as_array().unwrap().iter();
    list.map(|it| (name(&it[keys[0]]), name(&it[keys[1]]))).collect()
}

fn compare(model: &Model, view: &View, read: &Value) {
    let canvas = Canvas::new(model);
    let picture = canvas.picture(view);
    let plan = canvas.plan(&picture);
    let id = |value: &Value| path(value.as_str().unwrap());
    let leaves = (0..plan.items.len()).filter(|place| !plan.is_frame(*place));
    let nodes: BTreeMap<String, String> =
        leaves.map(|place| (name_of(model, &plan, place), label(model, &plan, place))).collect();
    let is_drawn = |at: usize| !plan.is_frame(at);
    let arrows = plan.arrows.iter().filter(|arrow| is_drawn(arrow.from) && is_drawn(arrow.to));
    let ends: Pairs = arrows.map(|it| (name_of(model, &plan, it.from), name_of(model, &plan, it.to))).collect();
    let mut frames: BTreeMap<String, BTreeSet<String>> = frame_members(model, &plan);
    let read_frames = read["subgraphs"].as_array().unwrap().iter();
    let read_frames: BTreeMap<String, BTreeSet<String>> = read_frames
        .filter(|frame| frame["id"] != "home")
        .map(|frame| (id(&frame["id"]), frame["nodes"].as_array().unwrap().iter().map(id).collect()))
        .collect();
    let read_nodes = read["nodes"].as_array().unwrap();
    match picture.form {
        Form::C4 => {
            let read_nodes: BTreeMap<String, String> = read_nodes
                .iter()
                .map(|it| (id(&it["id"]), text(&it["label"]).split('|').next().unwrap().trim().to_owned()))
                .collect();
            // A label may hold the bar that stands between the parts of a node here.
            let first = |label: &String| label.split('|').next().unwrap().trim().to_owned();
            assert_eq!(read_nodes, nodes.iter().map(|(id, label)| (id.clone(), first(label))).collect());
            // Mermaid keeps only one of parallel arrows, so there must be one.
            let mut seen = BTreeSet::new();
            let once: Pairs = ends.into_iter().filter(|ends| seen.insert(ends.clone())).collect();
            assert_eq!(pairs(&read["edges"], ["from", "to"], id), once);
        }
        Form::Architecture => {
            let ids: BTreeSet<String> = read_nodes.iter().map(|it| id(&it["id"])).collect();
            assert_eq!(ids, nodes.keys().cloned().collect());
            let ends: BTreeSet<_> = ends.into_iter().filter(|(from, to)| from != to).collect();
            assert_eq!(pairs(&read["edges"], ["from", "to"], id).into_iter().collect::<BTreeSet<_>>(), ends);
        }
        Form::Sankey | Form::Flowchart => {
            frames.clear();
            let ends: BTreeSet<String> = read["edges"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|it| [it["from"].as_str().unwrap().to_owned(), it["to"].as_str().unwrap().to_owned()])
                .collect();
            assert_eq!(ends.len(), read_nodes.len());
        }
    }
    assert_eq!(read_frames, frames);
}

#[test]
fn mermaid_reads_other_forms_of_views() {
    let folder = tempfile::tempdir().unwrap();
    let mut models = Vec::new();
    let files = traps::view_sources().into_iter().map(|path| fs::read_to_string(path).unwrap());
    let sources = files.map(|text| traps::in_all_forms(&text));
    let traps = [traps::labels(), traps::random(15)].map(|text| traps::in_all_forms(&text));
    for (at, source) in sources.chain(traps).enumerate() {
        let model = model(&source);
        for (stem, text) in drawn(&model) {
            fs::write(folder.path().join(format!("{at}.{stem}.mmd")), text).unwrap();
        }
        models.push(model);
    }
    let read = harness::parse(folder.path());
    let mut compared = BTreeMap::new();
    for (at, model) in models.iter().enumerate() {
        for (view, (stem, text)) in model.views.iter().zip(drawn(model)) {
            let form = view.head.settings.text("as").unwrap_or("flowchart");
            for (version, read) in read["files"][format!("{at}.{stem}.mmd")].as_object().unwrap() {
                let is_too_old = version == "10" && read["type"] == "" && text.contains("architecture-beta");
                assert_eq!(read["ok"], !is_too_old, "{stem} in Mermaid {version}: {}\n{text}", read["error"]);
                let is_of_form = ["C4", "architecture-beta", "sankey-beta"].iter().any(|word| text.contains(word));
                if is_of_form && !is_too_old && form != "flowchart" {
                    compare(model, view, read);
                    *compared.entry(form).or_insert(0) += 1;
                }
            }
        }
    }
    assert!(compared.values().all(|count| *count > 100) && compared.len() == 3, "{compared:?}");
}
