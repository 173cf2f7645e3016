//! A view as the diagram that it asks for, in whatever form fits into what hosts draw.

use super::chart::Chart;
use super::names::{Names, shorten};
use super::page::{Heading, Node, Page};
use super::split::{MAX_DESCRIPTION, MAX_TITLE};
use super::{Diagram, Style, escape};
use crate::catalog::Shape;
use crate::docs;
use crate::load::Loads;
use crate::model::{Head, Variety, View};
use crate::view::{Canvas, Labels, Picture, Plan};

/// What all views of a model are drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Painter<'p, 'm> {
    /// The model.
    pub canvas: &'p Canvas<'m>,
    /// How nodes are drawn.
    pub style: Style,
    /// What moves where.
    pub loads: &'p Loads,
}

/// A picture, and what it is called.
struct Caption {
    /// The stem of its file.
    name: String,
    title: String,
    description: String,
}

impl Painter<'_, '_> {
    /// Draws a view; `labels`, if given, has the say over what arrows are labelled with.
    pub fn view(&self, view: &View, labels: Option<Labels>) -> Diagram {
        let (mut picture, _) = self.canvas.picture(view);
        picture.labels = labels.unwrap_or(picture.labels);
        self.draw(picture, self.caption(&view.head))
    }

    /// Draws all architectures and the edges between them; none if there is no such edge.
    pub fn landscape(&self) -> Option<Diagram> {
        let caption =
            Caption { name: "landscape".to_owned(), title: "Landscape".to_owned(), description: String::new() };
        self.canvas.landscape().map(|picture| self.draw(picture, caption))
    }

    fn caption(&self, head: &Head) -> Caption {
        let home = head.architecture.map(|id| self.canvas.model().architecture(id));
        let description = head.doc.as_ref().map(|doc| docs::summary(&doc.text)).unwrap_or_default();
        match home {
            Some(home) => Caption {
                name: format!("{}.view.{}", home.name, head.name),
                title: format!("{}: {}", home.label(), head.label()),
                description,
            },
            None => Caption { name: format!("view.{}", head.name), title: head.label().to_owned(), description },
        }
    }

    fn draw(&self, picture: Picture, caption: Caption) -> Diagram {
        let heading = Heading {
            architecture: &shorten(&caption.name, MAX_TITLE),
            direction: picture.direction,
            title: shorten(&caption.title, MAX_TITLE),
            description: shorten(&caption.description, MAX_DESCRIPTION),
        };
        let text = self.flowchart(picture, &heading);
        Diagram { name: caption.name, title: caption.title, group: None, text }
    }

    /// Draws a flowchart: in full, or else with short labels, or else with all groups collapsed. The last resort says that
    /// it is too large.
    fn flowchart(&self, mut picture: Picture, heading: &Heading<'_>) -> String {
        let plan = self.canvas.plan(&picture);
        if plan.items.is_empty() {
            return self.note("Nothing to show", heading);
        }
        let short = || self.chart(&plan, &picture, true, heading);
        if let Some(text) = self.chart(&plan, &picture, false, heading).or_else(short) {
            return text;
        }
        self.collapse(&mut picture);
        let collapsed = self.canvas.plan(&picture);
        let text = self.chart(&collapsed, &picture, true, heading);
        text.unwrap_or_else(|| {
            let (nodes, arrows) = (plan.nodes(), plan.arrows.len());
            self.note(&format!("Too large to draw: {nodes} nodes, {arrows} arrows"), heading)
        })
    }

    fn chart(&self, plan: &Plan, picture: &Picture, is_terse: bool, heading: &Heading<'_>) -> Option<String> {
        let names = Names { model: self.canvas.model(), is_terse };
        let loads = (picture.labels == Labels::Load && !is_terse).then_some(self.loads);
        Chart { plan, names, style: self.style, loads }.draw(heading)
    }

    /// Makes a picture as small as it can be: groups, or architectures, as nodes.
    fn collapse(&self, picture: &mut Picture) {
        let groups = self.canvas.model().elements.iter().filter(|element| element.variety == Variety::Group);
        picture.collapsed = groups.map(|group| group.id).collect();
        picture.opened.clear();
        picture.group_by = None;
    }

    /// A diagram that is only a note.
    fn note(&self, text: &str, heading: &Heading<'_>) -> String {
        let mut page = Page::new(self.style);
        page.node(&Node { id: "note", label: escape::label(text), shape: Shape::Flag, look: None, status: None });
        page.finish(heading).unwrap_or_default()
    }
}
