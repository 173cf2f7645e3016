//! Diagrams and bills of what the cursor stands in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::hover::declarations as patterns;
use super::place::{self, statements_at};
use super::{Meaning, Snapshot};
use crate::cost::{self, Line, Total};
use crate::emit;
use crate::emit::bill::{Sheet, Sum, markdown};
use crate::emit::mermaid::{Diagram, Shown};
use crate::model::{ArchitectureId, Element, ElementId, Head, Model, Property, Settings, Variety, View};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Declaration, Keyword, ValueKind};
use crate::view::Labels;

/// A diagram with what its nodes stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What it shows, for people.
    pub title: String,
    /// The Mermaid source.
    pub mermaid: String,
    /// Of each node: its id in the source, its path in the workspace, and where it is declared.
    pub nodes: Vec<(String, String, Span)>,
}

/// A bill for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Whose it is.
    pub title: String,
    /// The Markdown.
    pub markdown: String,
}

/// What the cursor stands in that can be drawn.
enum Drawable {
    Architecture(ArchitectureId),
    Template(ArchitectureId),
    Instance(ElementId),
    View(usize),
    Scenario(usize),
}

/// The diagram of the view, the scenario, the pattern or the architecture around an offset. Of a pattern, it is that of the
/// pattern itself if nobody uses it, or else that of its first instance.
pub fn diagram(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<Preview> {
    let (model, workspace, analysis) = (snapshot.model(), &snapshot.workspace, &snapshot.analysis);
    let templates = &analysis.templates;
    let (model, diagram) = match subject(snapshot, file, offset)? {
        Drawable::Architecture(id) => (model, emit::architecture_diagram(workspace, model, id, Labels::Names)?),
        Drawable::Template(id) => (templates, emit::architecture_diagram(workspace, templates, id, Labels::Names)?),
        Drawable::Instance(id) => (model, emit::view(workspace, analysis, &view_of(model, model.element(id)), None)),
        Drawable::View(at) => (model, emit::view(workspace, analysis, model.views.get(at)?, None)),
        Drawable::Scenario(at) => (model, emit::scenario_diagram(model, model.scenarios.get(at)?)?),
    };
    Some(preview(model, diagram))
}

fn preview(model: &Model, diagram: Diagram) -> Preview {
    let node = |(id, shown): (String, Shown)| match shown {
        Shown::Architecture(it) => {
            let architecture = model.architecture(it);
            (id, architecture.name.to_string(), architecture.name_span.written())
        }
        Shown::Element(it) => (id, model.full_path(it), model.element(it).name_span.written()),
    };
    Preview { title: diagram.title, mermaid: diagram.text, nodes: diagram.nodes.into_iter().map(node).collect() }
}

/// A view of what an instance of a pattern holds.
fn view_of(model: &Model, group: &Element) -> View {
    let span = group.name_span;
    let path = ast::Value { kind: ValueKind::Path(model.full_path(group.id).into()), span: span.written() };
    let show = Property { name: "show".into(), value: crate::catalog::Value::Selector(Arc::new(path)), span };
    let mut settings = Settings::default();
    settings.properties.push(show);
    View {
        head: Head {
            name: group.name.clone(),
            name_span: span,
            title: Some(group.label().into()),
            doc: group.doc.clone(),
            architecture: Some(group.architecture),
            settings,
            span: group.span,
        },
    }
}

/// The bill of the architecture or the pattern's instance around an offset; outside of both, that of the workspace.
pub fn bill(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<Bill> {
    let model = snapshot.model();
    let home = |head: &Head| head.architecture;
    let of = match subject(snapshot, file, offset)? {
        Drawable::Architecture(id) => Some(id),
        Drawable::Template(_) => return None,
        Drawable::Instance(id) => return Some(instance_bill(snapshot, id)),
        Drawable::View(at) => model.views.get(at).and_then(|it| home(&it.head)),
        Drawable::Scenario(at) => model.scenarios.get(at).and_then(|it| home(&it.head)),
    };
    let sheet = Sheet::new(model, snapshot.loads(), snapshot.bill(), BTreeMap::new());
    let label = |name: &str| model.find_architecture(name).map_or_else(|| name.to_owned(), |it| it.label().to_owned());
    let nothing = || "There is nothing to bill.".to_owned();
    Some(match of.map(|id| model.architecture(id)) {
        Some(architecture) => Bill {
            title: architecture.label().to_owned(),
            markdown: markdown::page_of_architecture(&sheet, &architecture.name).unwrap_or_else(nothing),
        },
        None => Bill {
            title: snapshot.workspace.config.name.clone().unwrap_or_else(|| "Architecture".to_owned()),
            markdown: markdown::of_workspace(&sheet, &label).unwrap_or_else(nothing),
        },
    })
}

fn instance_bill(snapshot: &Snapshot, group: ElementId) -> Bill {
    let model = snapshot.model();
    let is_inside = |line: &&Line| line.subject.groups(model).any(|it| it == group);
    let lines: Vec<Line> = snapshot.bill().lines.iter().filter(is_inside).cloned().collect();
    let total = Sum::of(&model.full_path(group), &Total::of(&lines));
    let bill = cost::Bill { lines, ..cost::Bill::default() };
    let sheet = Sheet::new(model, snapshot.loads(), &bill, BTreeMap::new());
    let architecture = &model.architecture(model.element(group).architecture).name;
    let markdown = [markdown::total(&total), markdown::narrow_lines(&sheet, architecture)].join("\n\n");
    Bill { title: model.element(group).label_line(), markdown }
}

// ---- What is meant ----------------------------------------------------------------------------------------------------

fn subject(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<Drawable> {
    let chain = statements_at(snapshot.tree(file)?, offset);
    place::declarations(&chain).find_map(|it| subject_of(snapshot, file, it))
}

fn subject_of(snapshot: &Snapshot, file: FileId, it: &Declaration) -> Option<Drawable> {
    let model = snapshot.model();
    let name = it.name.as_ref()?;
    let meaning = || {
        let names = snapshot.names_for(file);
        Some(names.definition(names.declared_at(name.span)?).meaning)
    };
    match it.keyword {
        Keyword::Architecture => {
            model.find_architecture(&name.text).map(|architecture| Drawable::Architecture(architecture.id))
        }
        Keyword::Extend => {
            model.find_architecture(name.text.split('.').next()?).map(|it| Drawable::Architecture(it.id))
        }
        Keyword::View | Keyword::Scenario => match meaning()? {
            Meaning::View(at) => Some(Drawable::View(at)),
            Meaning::Scenario(at) => Some(Drawable::Scenario(at)),
            _ => None,
        },
        Keyword::Pattern => pattern(snapshot, &name.text),
        _ => None,
    }
}

fn pattern(snapshot: &Snapshot, name: &str) -> Option<Drawable> {
    let templates = &snapshot.analysis.templates;
    let is_declared = patterns(snapshot).any(|it| it.name.as_ref().is_some_and(|it| it.text == name));
    let template = templates.find_architecture(name).filter(|_| is_declared);
    let instance = || {
        let mut groups = snapshot.model().elements.iter().filter(|it| it.variety == Variety::Group);
        groups.find(|it| it.pattern.as_deref() == Some(name)).map(|it| Drawable::Instance(it.id))
    };
    template.map(|it| Drawable::Template(it.id)).or_else(instance)
}
