//! A plan as a C4 diagram: people, systems, containers, and boundaries around them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::chart::{self, Chart};
use super::names;
use super::page::Heading;
use super::{Drawn, MAX_CHARACTERS, escape};
use crate::catalog::Category;
use crate::model::{ArchitectureId, Element, Variety};
use crate::view::{Arrow, Item, What};

/// How many shapes stand beside each other.
const ROW: usize = 4;

/// How many labels one arrow has room for.
const MOST_LABELS: usize = 3;

/// Draws a plan; none if that is too much for one diagram. What C4 has no way to draw stands in the notes.
pub(super) fn draw(chart: &Chart<'_, '_>, heading: &Heading<'_>) -> Option<Drawn> {
    if chart.plan.is_too_large() {
        return None;
    }
    let ids = chart::ids(chart.plan, &chart.names);
    let mut c4 = C4 { chart, ids: &ids, body: String::new(), depth: 1 };
    c4.shapes();
    let left_out = c4.relations();
    c4.line(format_args!("UpdateLayoutConfig($c4ShapeInRow=\"{ROW}\", $c4BoundaryInRow=\"2\")"));
    let sort = if chart.plan.architecture.is_some() { "C4Container" } else { "C4Context" };
    let text = heading.above(sort, &c4.body);
    let notes = chart.left_out(&left_out, "C4 has no arrows to boundaries").into_iter().collect();
    (text.encode_utf16().count() <= MAX_CHARACTERS).then_some(Drawn { text, notes })
}

struct C4<'c, 'm> {
    chart: &'c Chart<'c, 'm>,
    ids: &'c [String],
    body: String,
    depth: usize,
}

impl C4<'_, '_> {
    /// Writes a line. Writing to a string does not fail.
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        _ = writeln!(self.body, "{:indent$}{line}", "", indent = self.depth * 2);
    }

    // ---- Shapes and boundaries ------------------------------------------------------------------------------------------

    /// Writes what stands outside of the system, then the system with what is left.
    fn shapes(&mut self) {
        let plan = self.chart.plan;
        let outside: Vec<bool> = (0..plan.items.len()).map(|place| self.is_outside(place)).collect();
        self.items(|place| outside.get(place) == Some(&true));
        match plan.architecture.filter(|_| outside.contains(&false)) {
            Some(home) => {
                let name = self.home(home);
                self.line(format_args!("System_Boundary(home, \"{name}\") {{"));
                self.depth += 1;
                self.items(|place| outside.get(place) == Some(&false));
                self.close();
            }
            None => self.items(|place| outside.get(place) == Some(&false)),
        }
    }

    /// Whether an item stands beside the system that the diagram is about: people and systems of others, in no frame.
    fn is_outside(&self, place: usize) -> bool {
        let plan = self.chart.plan;
        let Some(item) = plan.items.get(place) else { return false };
        let is_other = match item.what {
            What::Element(id) => {
                matches!(self.chart.names.model.element(id).variety, Variety::External | Variety::Person)
            }
            What::Foreign(_) => true,
            What::Architecture(_) | What::Sharing(_) => false,
        };
        is_other && plan.architecture.is_some() && !plan.items.iter().take(place).any(|frame| frame.end > place)
    }

    fn home(&self, id: ArchitectureId) -> String {
        let home = self.chart.names.model.architecture(id);
        self.chart.names.text(home.label(), &home.name)
    }

    fn items(&mut self, is_wanted: impl Fn(usize) -> bool) {
        let (plan, ids) = (self.chart.plan, self.ids);
        let mut open: Vec<usize> = Vec::new();
        for ((place, item), id) in plan.items.iter().enumerate().zip(ids) {
            while open.pop_if(|end| *end <= place).is_some() {
                self.close();
            }
            if !is_wanted(place) {
                continue;
            }
            if plan.is_frame(place) {
                self.open(item, id);
                open.push(item.end);
            } else {
                self.shape(item, id);
            }
        }
        for _ in open {
            self.close();
        }
    }

    fn open(&mut self, item: &Item, id: &str) {
        let label = chart::label(item, &self.chart.names);
        match item.what {
            What::Architecture(_) => self.line(format_args!("System_Boundary({id}, \"{label}\") {{")),
            _ => self.line(format_args!("Boundary({id}, \"{label}\", \"group\") {{")),
        }
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.line(format_args!("}}"));
    }

    fn shape(&mut self, item: &Item, id: &str) {
        let names = &self.chart.names;
        let label = chart::label(item, names);
        let element = match item.what {
            What::Element(id) => names.model.element(id),
            What::Foreign(other) => {
                let element = names.model.element(other);
                let label = names.label(element);
                let home = self.home(element.architecture);
                return self.line(format_args!("System_Ext({id}, \"{label}\", \"{home}\")"));
            }
            What::Architecture(_) | What::Sharing(_) => {
                let count = item.count.map(names::in_words).unwrap_or_default();
                return self.line(format_args!("System({id}, \"{label}\", \"{count}\")"));
            }
        };
        let role = escape::line(element.settings.text("role").unwrap_or_default());
        match element.variety {
            Variety::Person => self.line(format_args!("Person({id}, \"{label}\", \"{role}\")")),
            Variety::External => self.line(format_args!("System_Ext({id}, \"{label}\", \"{role}\")")),
            Variety::Group => {
                let count = item.count.map(names::in_words).unwrap_or_default();
                self.line(format_args!("Container({id}, \"{label}\", \"group\", \"{count}\")"));
            }
            Variety::Service | Variety::Carrier => {
                let (shape, product) = (self.container(element), self.product(element));
                self.line(format_args!("{shape}({id}, \"{label}\", \"{product}\", \"{role}\")"));
            }
        }
    }

    fn container(&self, element: &Element) -> &'static str {
        match self.chart.names.model.category(element) {
            Some(Category::Store | Category::Database) => "ContainerDb",
            Some(Category::Messaging) => "ContainerQueue",
            _ => "Container",
        }
    }

    /// The escaped name of the product that a service is; empty if that is not known.
    fn product(&self, element: &Element) -> String {
        let kind = self.chart.names.model.kind_of(element);
        kind.map(|kind| escape::line(&kind.product)).unwrap_or_default()
    }

    // ---- Relations ------------------------------------------------------------------------------------------------------

    /// Writes the arrows, one for all that lead from one shape to another: Mermaid keeps only the last of several. Returns
    /// the places, among the arrows, of those that cannot be drawn.
    fn relations(&mut self) -> Vec<usize> {
        let plan = self.chart.plan;
        let mut left_out = Vec::new();
        let mut order = Vec::new();
        let mut parallel: BTreeMap<(usize, usize), Vec<&Arrow>> = BTreeMap::new();
        for (at, arrow) in plan.arrows.iter().enumerate() {
            if plan.is_frame(arrow.from) || plan.is_frame(arrow.to) {
                left_out.push(at);
                continue;
            }
            let ends = (arrow.from, arrow.to);
            if !parallel.contains_key(&ends) {
                order.push(ends);
            }
            parallel.entry(ends).or_default().push(arrow);
        }
        for ends in order {
            self.relation(ends, parallel.get(&ends).map(Vec::as_slice).unwrap_or_default());
        }
        left_out
    }

    /// Writes arrows as one, with what moves along it in the place of its technology.
    fn relation(&mut self, (from, to): (usize, usize), arrows: &[&Arrow]) {
        let (Some(from), Some(to)) = (self.ids.get(from), self.ids.get(to)) else { return };
        let mut labels: Vec<String> = Vec::new();
        for label in arrows.iter().map(|arrow| chart::arrow_label(arrow, &self.chart.names)) {
            if !label.is_empty() && !labels.contains(&label) {
                labels.push(label);
            }
        }
        let label = match labels.len() {
            // Without a label there would be no arrow.
            0 => " ".to_owned(),
            1..=MOST_LABELS => labels.join(", "),
            _ => names::connections(arrows.len()),
        };
        let loads: Vec<String> = arrows.iter().filter_map(|arrow| self.chart.load(arrow)).collect();
        let is_side = arrows.iter().all(|arrow| arrow.is_side);
        let means = match loads.as_slice() {
            [load] => load.as_str(),
            [] if is_side => "side channel",
            _ => "",
        };
        if means.is_empty() {
            self.line(format_args!("Rel({from}, {to}, \"{label}\")"));
        } else {
            self.line(format_args!("Rel({from}, {to}, \"{label}\", \"{means}\")"));
        }
    }
}
