//! A view as the diagram that it asks for, in whatever form fits into what hosts draw.

use super::chart::{self, Chart};
use super::names::{Names, shorten};
use super::page::{Heading, Node, Page};
use super::split::{MAX_DESCRIPTION, MAX_TITLE};
use super::{Diagram, Drawn, Nodes, Style, architecture, c4, escape, sankey};
use crate::catalog::Shape;
use crate::docs;
use crate::load::Loads;
use crate::model::{Head, Variety, View};
use crate::view::{Canvas, Form, Labels, Picture, Plan};

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

/// Where the files of views lie, apart from those of groups, whose names theirs could have.
const FOLDER: &str = "views/";

/// What is said of a view that asks for another form than a flowchart, and cannot be drawn in it.
fn fallen_back(wanted: Form) -> Option<&'static str> {
    match wanted {
        Form::Flowchart => None,
        Form::Sankey => Some(
            "Drawn as a flowchart and not as a Sankey diagram: nobody knows how many bytes move between what it shows, or \
             there is too much for one diagram.",
        ),
        Form::C4 | Form::Architecture => {
            Some("Drawn as a flowchart: there is nothing to show in the form that the view asks for, or too much.")
        }
    }
}

/// What a picture is called.
struct Caption {
    /// The stem of its file.
    name: String,
    title: String,
    description: String,
}

impl<'m> Painter<'_, 'm> {
    /// Draws a view; `labels`, if given, has the say over what arrows are labelled with.
    pub fn view(&self, view: &View, labels: Option<Labels>) -> Diagram {
        let mut picture = self.canvas.picture(view);
        picture.labels = labels.unwrap_or(picture.labels);
        self.draw(picture, self.caption(&view.head))
    }

    /// Draws all architectures and the edges between them; none if there is no such edge.
    pub fn landscape(&self) -> Option<Diagram> {
        let caption =
            Caption { name: format!("{FOLDER}landscape"), title: "Landscape".to_owned(), description: String::new() };
        self.canvas.landscape().map(|picture| self.draw(picture, caption))
    }

    fn caption(&self, head: &Head) -> Caption {
        let home = head.architecture.map(|id| self.canvas.model().architecture(id));
        let description = head.doc.as_ref().map(|doc| docs::summary(&doc.text)).unwrap_or_default();
        let stem = home.map(|home| format!("{}.", home.name)).unwrap_or_default();
        let title = match home {
            Some(home) => format!("{}: {}", home.label(), head.label()),
            None => head.label().to_owned(),
        };
        Caption { name: format!("{FOLDER}{stem}{}", head.name), title, description }
    }

    fn draw(&self, picture: Picture, caption: Caption) -> Diagram {
        let heading = Heading {
            architecture: &shorten(caption.name.trim_start_matches(FOLDER), MAX_TITLE),
            direction: picture.direction,
            title: shorten(&caption.title, MAX_TITLE),
            description: shorten(&caption.description, MAX_DESCRIPTION),
        };
        let plan = self.canvas.plan(&picture);
        let other = self.other_form(&plan, &picture, &heading);
        let wanted = picture.form;
        let names = Names { model: self.canvas.model(), is_terse: false };
        let (drawn, nodes) = match other {
            // The nodes of a Sankey diagram are their labels.
            Some(drawn) if wanted == Form::Sankey => (drawn, Nodes::new()),
            Some(drawn) => (drawn, chart::nodes(&plan, &names)),
            None => {
                let (text, shown) = self.flowchart(&plan, picture, &heading);
                let notes = fallen_back(wanted).into_iter().map(str::to_owned).collect();
                (Drawn { text, notes }, shown)
            }
        };
        let Caption { name, title, .. } = caption;
        Diagram { name, title, group: None, text: drawn.text, notes: drawn.notes, nodes }
    }

    /// Draws what is no flowchart; none if it is one, or has to be because it is empty or too large.
    fn other_form(&self, plan: &Plan, picture: &Picture, heading: &Heading<'_>) -> Option<Drawn> {
        if plan.items.is_empty() {
            return None;
        }
        let chart = self.chart(plan, picture, false);
        match picture.form {
            Form::Flowchart => None,
            Form::C4 => c4::draw(&chart, heading),
            Form::Architecture => architecture::draw(&chart, heading),
            Form::Sankey => sankey::draw(&chart, self.loads, heading),
        }
    }

    /// Draws a flowchart: in full, or else with short labels, or else with all groups collapsed. The last resort says that
    /// it is too large.
    fn flowchart(&self, plan: &Plan, mut picture: Picture, heading: &Heading<'_>) -> (String, Nodes) {
        if plan.items.is_empty() {
            return (self.note("Nothing to show", heading), Nodes::new());
        }
        let names = Names { model: self.canvas.model(), is_terse: true };
        let short = || self.chart(plan, &picture, true).draw(heading);
        if let Some(text) = self.chart(plan, &picture, false).draw(heading).or_else(short) {
            return (text, chart::nodes(plan, &names));
        }
        self.collapse(&mut picture);
        let collapsed = self.canvas.plan(&picture);
        if let Some(text) = self.chart(&collapsed, &picture, true).draw(heading) {
            return (text, chart::nodes(&collapsed, &names));
        }
        let (nodes, arrows) = (plan.nodes(), plan.arrows.len());
        (self.note(&format!("Too large to draw: {nodes} nodes, {arrows} arrows"), heading), Nodes::new())
    }

    fn chart<'c>(&'c self, plan: &'c Plan, picture: &Picture, is_terse: bool) -> Chart<'c, 'm> {
        let names = Names { model: self.canvas.model(), is_terse };
        let loads = (picture.labels == Labels::Load && !is_terse).then_some(self.loads);
        Chart { plan, names, style: self.style, loads }
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
