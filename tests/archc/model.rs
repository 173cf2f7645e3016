//! What files mean: an outline of the model for each input under `model/`, below the input with its findings.

use std::fmt::Write as _;

use archc::analysis::{Analysis, analyse};
use archc::model::{Element, ElementId, Model, Settings};
use archc::project::{Scope, Workspace, load};
use archc::vfs::Memory;

use crate::drawing::annotated;

/// The parts of an input: `//- name` begins a file.
fn workspace(input: &str) -> Workspace {
    let mut files = Memory::default();
    for part in input.split("//- ").skip(1) {
        let (name, text) = part.split_once('\n').unwrap();
        files = files.with(name, text);
    }
    load(&files, Scope::Folder(""), &[]).unwrap()
}

fn analysis(workspace: &Workspace) -> Analysis {
    analyse(workspace, "2026-01-01".parse().unwrap())
}

fn outline(model: &Model) -> String {
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
fn drawn(workspace: &Workspace, analysis: &Analysis) -> String {
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
