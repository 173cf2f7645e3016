//! Sequence diagrams: who takes part, and what happens in which order.

use std::collections::BTreeMap;
use std::fs;

use archc::emit::mermaid::sequence_diagrams;
use archc::model::Model;
use archc::scenario::{Item, Message, Participant, Sequence, participants, sequences};
use serde_json::Value;

use super::graph::plain;
use super::traps;
use crate::harness;
use crate::inputs::model;

/// What a diagram shows: labels of participants, and from, to and text of what happens.
#[derive(Debug, Default, PartialEq, Eq)]
struct Course {
    actors: Vec<(String, bool)>,
    steps: Vec<[String; 3]>,
}

impl Course {
    fn of_model(model: &Model, sequence: &Sequence<'_>) -> Course {
        let label = |participant: &Participant| label(model, sequence, *participant);
        let is_person = |participant: &Participant| match participant {
            Participant::Element(id) => model.element(*id).variety == archc::model::Variety::Person,
            Participant::Architecture(_) => false,
        };
        let all = participants(&sequence.items);
        let actors = all.iter().map(|it| (label(it), is_person(it))).collect();
        let mut course = Course { actors, steps: Vec::new() };
        course.add(model, &sequence.items, &all, &label);
        course
    }

    fn add(&mut self, model: &Model, items: &[Item], all: &[Participant], label: &dyn Fn(&Participant) -> String) {
        for item in items {
            match item {
                Item::Message(message) => {
                    self.steps.push([label(&message.from), label(&message.to), message_label(model, message)]);
                }
                Item::Fragment(fragment) => {
                    for branch in &fragment.branches {
                        let title = plain(branch.title.as_deref().unwrap_or_default());
                        if !title.is_empty() {
                            self.steps.push([String::new(), String::new(), title]);
                        }
                        self.add(model, &branch.items, all, label);
                    }
                }
                Item::Note(note) if plain(&note.text).is_empty() => {}
                Item::Note(note) => {
                    let place = |it: &&Participant| all.iter().position(|other| other == *it);
                    let ends = [note.over.iter().min_by_key(place), note.over.iter().max_by_key(place)];
                    let [from, to] = ends.map(|it| label(it.unwrap()));
                    self.steps.push([from, to, plain(&note.text)]);
                }
            }
        }
    }

    fn of_parser(read: &Value) -> Course {
        let text = |value: &Value| plain(value.as_str().unwrap());
        let actors = read["actors"].as_array().unwrap();
        let labels: BTreeMap<&str, String> =
            actors.iter().map(|it| (it["id"].as_str().unwrap(), text(&it["label"]))).collect();
        let name = |end: &Value| labels.get(end.as_str().unwrap()).cloned().unwrap_or_default();
        let steps = read["steps"].as_array().unwrap().iter();
        Course {
            actors: actors.iter().map(|it| (text(&it["label"]), it["type"] == "actor")).collect(),
            steps: steps.map(|it| [name(&it["from"]), name(&it["to"]), text(&it["text"])]).collect(),
        }
    }
}

fn label(model: &Model, sequence: &Sequence<'_>, participant: Participant) -> String {
    let (label, name, home) = match participant {
        Participant::Architecture(id) => (model.architecture(id).label(), &model.architecture(id).name, None),
        Participant::Element(id) => {
            let element = model.element(id);
            (element.label(), &element.name, Some(element.architecture))
        }
    };
    let label = plain(if plain(label).is_empty() { name } else { label });
    match home {
        Some(home) if Some(home) != sequence.scenario.head.architecture => {
            plain(&format!("{label} ({})", plain(model.architecture(home).label())))
        }
        _ => label,
    }
}

fn message_label(model: &Model, message: &Message) -> String {
    let edge = message.edge.map(|id| model.edge(id));
    let is_whole = |edge: &&archc::model::Edge| {
        message.from == Participant::Element(edge.from) && message.to == Participant::Element(edge.to)
    };
    let inherited = edge.filter(is_whole).and_then(|edge| edge.label.as_ref());
    plain(message.label.as_ref().or(inherited).map_or("", |label| label.as_str()))
}

#[test]
fn mermaid_reads_what_scenarios_say() {
    let folder = tempfile::tempdir().unwrap();
    let input = |name: &str| fs::read_to_string(format!("{}/tests/archc/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut sources = vec![input("scenario/steps.arch"), traps::labels(), traps::names(), traps::random(60)];
    sources.extend(traps::sources().iter().map(|path| fs::read_to_string(path).unwrap()));
    let mut expected = BTreeMap::new();
    for (number, source) in sources.iter().enumerate() {
        let model = model(source);
        for (index, sequence) in sequences(&model).iter().enumerate() {
            let drawn = sequence_diagrams(&model, sequence);
            assert_eq!(drawn.len(), 1, "{} is split", sequence.scenario.head.name);
            let file = format!("{number}.{index}.mmd");
            fs::write(folder.path().join(&file), &drawn[0].text).unwrap();
            expected.insert(file, (Course::of_model(&model, sequence), drawn[0].text.clone()));
        }
    }
    assert!(expected.len() > 100, "{} scenarios", expected.len());
    let read = harness::parse(folder.path());
    for (file, (course, text)) in &expected {
        let versions = read["files"][file].as_object().unwrap();
        assert_eq!(versions.len(), 3);
        for (version, read) in versions {
            assert_eq!(read["error"], "", "{file} in {version}:\n{text}");
            assert_eq!(Course::of_parser(read), *course, "{file} in {version}:\n{text}");
        }
    }
}
