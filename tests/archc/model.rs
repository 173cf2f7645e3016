//! What files mean: an outline of the model for each input under `model/`, below the input with its findings.

use std::fmt::Write as _;

use archc::analysis::{Analysis, Situation, analyse, analyse_in};
use archc::catalog::Value;
use archc::model;
use archc::model::{Element, ElementId, Lookup, Model, Replacement, Settings, Variety};
use archc::project::{Scope, Workspace, load};
use archc::vfs::Memory;

use crate::drawing::annotated;

/// The parts of an input: `//- name` begins a file.
pub(crate) fn workspace(input: &str) -> Workspace {
    let mut files = Memory::default();
    for part in input.split("//- ").skip(1) {
        let (name, text) = part.split_once('\n').unwrap();
        files = files.with(name, text);
    }
    load(&files, Scope::Folder(""), &[]).unwrap()
}

pub(crate) fn analysis(workspace: &Workspace) -> Analysis {
    analyse(workspace, TODAY.parse().unwrap())
}

const TODAY: &str = "2026-01-01";

fn in_environment(workspace: &Workspace, name: &str) -> Analysis {
    let situation = Situation { environment: Some(name.to_owned()), ..Situation::default() };
    analyse_in(workspace, &situation, TODAY.parse().unwrap()).unwrap()
}

pub(crate) fn outline(model: &Model) -> String {
    let mut text = String::new();
    for architecture in &model.architectures {
        writeln!(text, "architecture {}{}", architecture.name, settings(&architecture.settings)).unwrap();
        members(model, &architecture.members, 1, &mut text);
        for id in architecture.elements.iter().filter(|id| !is_member(model, **id)) {
            writeln!(text, "  {}", line(model, model.element(*id))).unwrap();
        }
        for id in &architecture.edges {
            let edge = model.edge(*id);
            let name = |id: ElementId| {
                let owner = model.element(id).architecture;
                let prefix = if owner == architecture.id { "" } else { &model.architecture(owner).name };
                format!("{prefix}{}{}", if prefix.is_empty() { "" } else { "." }, model.path(id))
            };
            let mut carriers = edge.carriers.iter().map(|id| name(*id)).collect::<Vec<_>>().join(", ");
            if !carriers.is_empty() {
                carriers.insert_str(0, " via ");
            }
            let label = edge.label.as_ref().map(|label| format!(" {label:?}")).unwrap_or_default();
            let (from, to, arrow) = (name(edge.from), name(edge.to), edge.arrow.symbol());
            writeln!(text, "  {from} {arrow} {to}{carriers}{label}{}", settings(&edge.settings)).unwrap();
        }
    }
    text
}

fn is_member(model: &Model, id: ElementId) -> bool {
    let element = model.element(id);
    let siblings = match element.group {
        Some(group) => &model.element(group).members,
        None => &model.architecture(element.architecture).members,
    };
    siblings.contains(&id)
}

fn members(model: &Model, ids: &[ElementId], depth: usize, text: &mut String) {
    for id in ids {
        let element = model.element(*id);
        writeln!(text, "{:indent$}{}", "", line(model, element), indent = depth * 2).unwrap();
        members(model, &element.members, depth + 1, text);
    }
}

fn line(model: &Model, element: &Element) -> String {
    let kind = model.kind_of(element).map_or("?", |kind| kind.name.as_str());
    let title = element.title.as_ref().map(|title| format!(" {title:?}")).unwrap_or_default();
    format!("{:?} {}: {kind}{title}{}", element.variety, element.name, settings(&element.settings))
}

fn settings(settings: &Settings) -> String {
    let properties = settings.properties.iter().map(|property| format!("{} = {}", property.name, property.value));
    let meta = settings.meta.iter().map(|(key, value)| format!("meta.{key} = {value}"));
    let all: Vec<_> = properties.chain(meta).collect();
    if all.is_empty() { String::new() } else { format!(" {{ {} }}", all.join(", ")) }
}

/// Each file with its findings under the lines that they are about.
pub(crate) fn drawn(workspace: &Workspace, analysis: &Analysis) -> String {
    let sources = &workspace.sources;
    let drawn = workspace.files.iter().map(|file| {
        let path = sources.file(*file).path();
        format!("//- {path}\n{}", annotated(sources, *file, &analysis.diagnostics))
    });
    drawn.collect()
}

#[test]
fn files_mean_what_they_say() {
    insta::with_settings!({ omit_expression => true }, {
        insta::glob!("model/*.arch", |path| {
            let workspace = workspace(&std::fs::read_to_string(path).unwrap());
            let analysis = analysis(&workspace);
            let (drawn, outline) = (drawn(&workspace, &analysis), outline(&analysis.model));
            insta::assert_snapshot!(format!("{drawn}\n──────\n{outline}"));
        });
    });
}

/// What an environment changes, and the model that comes of it.
pub(crate) fn environment(workspace: &Workspace, name: &str) -> String {
    let mut text = format!("────── {name}\n");
    let base = analysis(workspace).model;
    let differences = base.differences(base.find_environment(name).unwrap());
    for (architecture, differences) in &differences {
        for difference in differences {
            let path = difference.path.as_deref().unwrap_or("*");
            let name = &base.architecture(*architecture).name;
            match &difference.change {
                Some(Replacement { name: property, before, default, after }) => {
                    let shown = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
                    let (before, default) = (shown(before), shown(default));
                    writeln!(text, "{name}.{path}.{property}: {before} (default {default}) => {after}").unwrap();
                }
                None => writeln!(text, "{name}.{path}: gone").unwrap(),
            }
        }
    }
    let there = in_environment(workspace, name).model;
    let scales = there.architectures.iter().map(|it| format!("{} ×{}", it.name, it.scale));
    let budget = there.budget.as_ref().map_or("none".to_owned(), |budget| budget.value.to_string());
    writeln!(text, "scale: {}; budget: {budget}", scales.collect::<Vec<_>>().join(", ")).unwrap();
    text + &outline(&there)
}

#[test]
fn environments_change_what_they_say() {
    insta::with_settings!({ omit_expression => true }, {
        insta::glob!("model/environments.arch", |path| {
            let workspace = workspace(&std::fs::read_to_string(path).unwrap());
            let names: Vec<_> = analysis(&workspace).model.environments.iter().map(|it| it.name.clone()).collect();
            let environments: Vec<_> = names.iter().map(|name| environment(&workspace, name)).collect();
            insta::assert_snapshot!(environments.join("\n"));
        });
    });
}

/// Environments may inherit in longer ways than a stack has room for.
#[test]
fn long_ways_of_inheritance_have_an_end() {
    let environment = |at: usize| format!("environment e{at} is e{} {{ a.x.memory = {} MB }}\n", at + 1, at + 1_000);
    let chain: String = (0..5_000).map(environment).collect();
    let input = |last: &str| format!("//- a.arch\n{chain}{last}\narchitecture a {{\n  service x: aws.lambda\n}}\n");
    let open = workspace(&input("environment e5000 { a.x.owner = \"last\" }"));
    let model = in_environment(&open, "e0").model;
    assert_eq!(settings(&model.elements[0].settings), " { owner = last, memory = 1_000 MB }");
    let closed = analysis(&workspace(&input("environment e5000 is e0")));
    let circles: Vec<_> = closed.diagnostics.iter().filter(|it| it.code == "environment/cycle").collect();
    assert_eq!(circles.len(), 1);
    assert!(circles[0].message.ends_with("e10 is e11 is … is e0`"), "{circles:?}");
}

/// Every id that a model holds leads to what is there, and back.
#[test]
fn ids_stay_dense_where_elements_are_not_there() {
    let input = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/archc/model/environments.arch"));
    let workspace = workspace(&input.unwrap());
    for name in ["staging", "bare", "no-lake"] {
        let model = in_environment(&workspace, name).model;
        let mut elements = 0;
        for (index, element) in model.elements.iter().enumerate() {
            assert_eq!(element.id.index(), index);
            assert!(element.members.iter().all(|id| model.element(*id).group == Some(element.id)));
        }
        for architecture in &model.architectures {
            elements += architecture.elements.len();
            assert!(architecture.elements.iter().all(|id| model.element(*id).architecture == architecture.id));
            assert!(architecture.edges.iter().all(|id| model.edge(*id).architecture == architecture.id));
            let scope = model::Scope { architecture: architecture.id, group: None };
            let named = |id: &&ElementId| model.element(**id).variety != Variety::Carrier;
            for id in architecture.elements.iter().filter(named) {
                let path = archc::syntax::ast::Path { text: model.path(*id).into(), span: architecture.name_span };
                assert_eq!(model.look_up(Some(scope), &path), Lookup::Element(*id), "{}", path.text);
            }
        }
        assert_eq!(elements, model.elements.len());
        for (index, edge) in model.edges.iter().enumerate() {
            assert_eq!(edge.id.index(), index);
            let ends = [edge.from, edge.to].into_iter().chain(edge.carriers.iter().copied());
            assert!(ends.into_iter().all(|id| id.index() < model.elements.len()));
        }
    }
}

#[test]
fn the_order_of_declarations_and_files_does_not_matter() {
    let parts = [
        "architecture a {\n  service x: service\n  g.y -> x\n}\n",
        "architecture b {\n  person p\n  a.x -> p\n}\n",
        "extend a.g.inner {\n  service z: service\n}\n",
        "extend a {\n  group g {\n    service y: service\n    group inner {\n    }\n  }\n  y => b.p\n  x -> z\n}\n",
    ];
    // The outline lists edges as they were declared, hence the lines are sorted.
    let sorted = |input: &str| {
        let analysis = analysis(&workspace(input));
        assert_eq!(analysis.diagnostics, []);
        let mut lines: Vec<_> = outline(&analysis.model).lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let of = |order: [usize; 4]| {
        let files = order.iter().enumerate().map(|(index, part)| format!("//- {index}.arch\n{}", parts[*part]));
        sorted(&files.collect::<String>())
    };
    let expected = of([0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3], [0, 2, 3, 1]] {
        assert_eq!(expected, of(order));
    }
    assert_eq!(expected, sorted(&format!("//- all.arch\n{}", parts.concat())));
}
