//! Does Mermaid 10, 11 and 12 read in our diagrams what the model says? That they parse is not enough: Mermaid drops
//! statements and changes labels without a word.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

mod charts;
mod forms;
mod graph;
mod sequence;
pub(crate) mod traps;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use archc::emit::mermaid::{Style, diagrams, load_diagrams};
use archc::load::load;
use archc::model::{Model, View};
use archc::quantity::Amount;
use serde_json::Value;
use tempfile::TempDir;

use crate::harness;
use crate::inputs::model;
use crate::view::drawn;
use graph::{Graph, plain};

/// Diagrams in a folder, and what is to be read in them.
struct Cases {
    folder: TempDir,
    expected: BTreeMap<String, Graph>,
}

impl Cases {
    fn new() -> Cases {
        Cases { folder: tempfile::tempdir().unwrap(), expected: BTreeMap::new() }
    }

    /// Adds all architectures of a model, each as one diagram.
    fn add(&mut self, name: &str, model: &Model, style: Style) {
        for architecture in &model.architectures {
            let drawn = diagrams(model, architecture.id, style);
            assert_eq!(drawn.len(), 1, "the case {name} is split");
            let file = format!("{name}.{}.mmd", architecture.name);
            fs::write(self.folder.path().join(&file), &drawn[0].text).unwrap();
            self.expected.insert(file, Graph::of_model(model, architecture));
        }
    }

    /// The same, with loads in the labels.
    fn add_with_loads(&mut self, name: &str, model: &Model) {
        let loads = load(model, Amount::ONE);
        for architecture in &model.architectures {
            let drawn = load_diagrams(model, architecture.id, Style::Styled, &loads);
            assert_eq!(drawn.len(), 1, "the case {name} is split");
            let file = format!("{name}.{}.mmd", architecture.name);
            fs::write(self.folder.path().join(&file), &drawn[0].text).unwrap();
            let graph = Graph::of_model(model, architecture).with_loads(model, architecture, &loads);
            self.expected.insert(file, graph);
        }
    }

    /// Adds all views of a model.
    fn add_views(&mut self, name: &str, model: &Model) {
        let is_flowchart = |view: &&View| view.head.settings.text("as").is_none_or(|form| form == "flowchart");
        for (view, (stem, text)) in model.views.iter().zip(drawn(model)).filter(|(view, _)| is_flowchart(view)) {
            let file = format!("{name}.{stem}.mmd");
            fs::write(self.folder.path().join(&file), text).unwrap();
            self.expected.insert(file, Graph::of_view(model, view));
        }
    }

    /// What differs between the model and what the versions read.
    fn differences(&self) -> String {
        let read = harness::parse(self.folder.path());
        assert_eq!(read["versions"].as_object().unwrap().len(), 3);
        let mut differences = String::new();
        for (file, expected) in &self.expected {
            for (version, read) in read["files"][file].as_object().unwrap() {
                let text = fs::read_to_string(self.folder.path().join(file)).unwrap();
                if read["ok"] != true {
                    _ = writeln!(differences, "{file}, Mermaid {version}: {}\n{text}", read["error"]);
                } else if Graph::of_parser(read) != *expected {
                    let read = Graph::of_parser(read);
                    _ = writeln!(
                        differences,
                        "{file}, Mermaid {version}:\nread {read:#?}\nmeant {expected:#?}\n{text}"
                    );
                }
            }
        }
        differences
    }
}

#[test]
fn mermaid_reads_what_the_model_says() {
    let mut cases = Cases::new();
    for path in traps::sources() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let model = model(&fs::read_to_string(&path).unwrap());
        cases.add(&name, &model, Style::Styled);
        cases.add(&format!("{name}_plain"), &model, Style::Plain);
        cases.add_with_loads(&format!("{name}_load"), &model);
    }
    cases.add("labels", &model(&traps::labels()), Style::Styled);
    cases.add("names", &model(&traps::names()), Style::Plain);
    cases.add("shapes", &model(&traps::shapes()), Style::Styled);
    cases.add("random", &model(&traps::random(60)), Style::Styled);
    let differences = cases.differences();
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn mermaid_reads_what_views_show() {
    let mut cases = Cases::new();
    for path in traps::view_sources() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        cases.add_views(&name, &model(&fs::read_to_string(&path).unwrap()));
    }
    cases.add_views("labels", &model(&traps::with_views(&traps::labels())));
    cases.add_views("random", &model(&traps::with_views(&traps::random(15))));
    let differences = cases.differences();
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn every_part_of_a_split_diagram_is_read_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let model = model(&traps::large());
    let drawn = diagrams(&model, model.architectures[0].id, Style::Styled);
    assert!(drawn.len() > 3, "{} diagrams", drawn.len());
    for diagram in &drawn {
        fs::write(folder.path().join(format!("{}.mmd", diagram.name)), &diagram.text).unwrap();
    }
    let read = harness::parse(folder.path());
    for diagram in &drawn {
        let arrows = diagram.text.lines().filter(|line| line.contains("->")).count();
        for (version, read) in read["files"][format!("{}.mmd", diagram.name)].as_object().unwrap() {
            assert_eq!(read["ok"], true, "{} in {version}: {}", diagram.name, read["error"]);
            assert_eq!(read["edges"].as_array().unwrap().len(), arrows, "{} in {version}", diagram.name);
        }
    }
}

#[test]
fn a_browser_shows_what_the_model_says() {
    let folder = tempfile::tempdir().unwrap();
    let sources = [traps::one_of_each(), fs::read_to_string(traps::sources().remove(0)).unwrap()];
    let models = sources.map(|source| model(&source));
    let mut page = String::from("# Diagrams\n");
    for model in &models {
        let text = &diagrams(model, model.architectures[0].id, Style::Styled)[0].text;
        _ = writeln!(page, "\n```mermaid\n{text}```");
    }
    let path = folder.path().join("page.md");
    fs::write(&path, page).unwrap();
    for (mermaid, theme) in [("10", "light"), ("11", "dark"), ("12", "light")] {
        let shown = harness::render(&path, mermaid, theme);
        assert_eq!((&shown["ok"], &shown["errors"]), (&Value::Bool(true), &Value::Array(Vec::new())), "{shown:#}");
        for (model, picture) in models.iter().zip(shown["diagrams"].as_array().unwrap()) {
            compare_picture(&Graph::of_model(model, &model.architectures[0]), picture, mermaid);
        }
    }
}

fn compare_picture(expected: &Graph, picture: &Value, mermaid: &str) {
    let texts = |key: &str| {
        let mut texts: Vec<String> = picture[key].as_array().unwrap().iter().map(graph::text).collect();
        texts.sort();
        texts
    };
    let nodes = picture["nodes"].as_array().unwrap();
    let nodes: BTreeMap<String, String> =
        nodes.iter().map(|node| (graph::path(node["id"].as_str().unwrap()), graph::text(&node["label"]))).collect();
    let differs = |(path, label): &(&String, &String)| nodes.get(*path) != Some(*label);
    let different: Vec<_> =
        expected.nodes.iter().filter(differs).map(|(path, label)| (label, nodes.get(path))).collect();
    assert_eq!(different, [], "nodes in Mermaid {mermaid}");
    assert_eq!(nodes.len(), expected.nodes.len(), "nodes in Mermaid {mermaid}");
    assert_eq!(picture["edges"], expected.edges.len(), "arrows in Mermaid {mermaid}");
    let mut labels: Vec<String> =
        expected.edges.iter().map(|edge| edge.label.clone()).filter(|label| !label.is_empty()).collect();
    labels.sort();
    assert_eq!(texts("edgeLabels"), labels, "labels of arrows in Mermaid {mermaid}");
    let mut titles: Vec<String> = expected.frames.values().map(|frame| frame.title.clone()).collect();
    titles.sort();
    assert_eq!(texts("subgraphs"), titles, "titles of frames in Mermaid {mermaid}");
    assert_eq!(plain(picture["title"].as_str().unwrap()), expected.title);
}
