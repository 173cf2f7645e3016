//! What an editor shows between the words: loads on edges, costs, and values that hold without being written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::effective::Effects;
use super::{Snapshot, hover, money};
use crate::cost::{Line, Subject, Total};
use crate::emit::bill::Row;
use crate::emit::load::words;
use crate::flow::Flow;
use crate::load::Known;
use crate::model::{EdgeId, ElementId, Model};
use crate::source::Span;
use crate::syntax::ast::{Arrow, Block, Declaration, Edge, Keyword, Statement};

/// Which hints are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What moves along edges.
    pub load: bool,
    /// What services, groups and architectures cost in a month.
    pub cost: bool,
    /// Defaults that enter the load or the bill.
    pub defaults: bool,
}

/// A text that is shown at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where: an empty span.
    pub place: Span,
    /// The text.
    pub label: String,
    /// How it came about, as Markdown.
    pub tooltip: String,
}

/// How many defaults a hint names.
const MOST_DEFAULTS: usize = 3;

/// How many lines of a bill a tooltip has.
const MOST_LINES: usize = 8;

/// The hints in a part of a file, in the order of the text. There are none in patterns, whose instances differ.
pub fn hints(snapshot: &Snapshot, range: Span, wanted: Wanted) -> Vec<Hint> {
    let Some(tree) = snapshot.tree(range.file) else { return Vec::new() };
    if !(wanted.load || wanted.cost || wanted.defaults) {
        return Vec::new();
    }
    let mut hints = Hints { snapshot, range, wanted, costs: None, lines: None, effects: None, found: Vec::new() };
    hints.statements(&tree.statements);
    hints.found
}

struct Hints<'s> {
    snapshot: &'s Snapshot,
    range: Span,
    wanted: Wanted,
    costs: Option<Costs>,
    lines: Option<BTreeMap<ElementId, Vec<&'s Line>>>,
    effects: Option<Effects<'s>>,
    found: Vec<Hint>,
}

/// What everything comes to.
struct Costs {
    elements: BTreeMap<ElementId, Total>,
    groups: BTreeMap<ElementId, Total>,
}

impl<'s> Hints<'s> {
    fn statements(&mut self, statements: &'s [Statement]) {
        for statement in statements {
            let span = statement.span();
            if span.end < self.range.start || self.range.end < span.start {
                continue;
            }
            match statement {
                Statement::Edge(edge) => self.edge(edge),
                Statement::Declaration(it) => self.declaration(it),
                _ => {}
            }
        }
    }

    fn declaration(&mut self, it: &'s Declaration) {
        match it.keyword {
            Keyword::Architecture => self.architecture(it),
            Keyword::Group | Keyword::Service | Keyword::External | Keyword::Use => self.element(it),
            Keyword::Extend => {}
            _ => return,
        }
        self.statements(it.block.as_ref().map_or(&[][..], |block: &Block| &block.statements));
    }

    fn push(&mut self, place: Span, label: String, tooltip: String) {
        let is_in_range = self.range.start <= place.start && place.start <= self.range.end;
        if is_in_range && !label.is_empty() {
            self.found.push(Hint { place, label, tooltip });
        }
    }

    // ---- Costs --------------------------------------------------------------------------------------------------------

    fn architecture(&mut self, it: &Declaration) {
        let snapshot = self.snapshot;
        let Some(id) = snapshot.places().architecture(it.name_span()).filter(|_| self.wanted.cost) else { return };
        let total = snapshot.bill().total_of(id);
        let Some(label) = money::total(&total, "/month") else { return };
        let without = snapshot.bill().without_transfer.get(&id).copied().unwrap_or_default();
        let mut tooltip = hover::heading(&total);
        if without > 0 {
            let along = if without == 1 { "1 connection that does" } else { &format!("{without} connections that do") };
            let _ = write!(tooltip, "\n\nNot in it: data transfer along {along} not say `transfer`");
        }
        self.push(head_end(it), label, tooltip);
    }

    fn element(&mut self, it: &Declaration) {
        let name = it.alias.as_ref().or(it.name.as_ref());
        let Some(name) = name.filter(|name| name.span.file.instance() == 0) else { return };
        let snapshot = self.snapshot;
        let [id] = snapshot.places().elements(name.span) else { return };
        if self.wanted.cost {
            self.cost(it, *id);
        }
        if self.wanted.defaults && it.keyword == Keyword::Service {
            self.defaults(it, *id);
        }
    }

    fn cost(&mut self, it: &Declaration, id: ElementId) {
        let snapshot = self.snapshot;
        let model = snapshot.model();
        let costs = self.costs.get_or_insert_with(|| Costs {
            elements: snapshot.bill().by_element(),
            groups: snapshot.bill().by_group(model),
        });
        let is_group = matches!(it.keyword, Keyword::Group | Keyword::Use);
        let of = if is_group { &costs.groups } else { &costs.elements };
        let Some(total) = of.get(&id) else { return };
        let Some(label) = money::total(total, "/month") else { return };
        let tooltip = if is_group { hover::heading(total) } else { self.derivations(id) };
        self.push(head_end(it), label, tooltip);
    }

    /// The lines of the bill of one service.
    fn derivations(&mut self, id: ElementId) -> String {
        let snapshot = self.snapshot;
        let lines = self.lines.get_or_insert_with(|| {
            let mut all: BTreeMap<ElementId, Vec<&Line>> = BTreeMap::new();
            for line in &snapshot.bill().lines {
                if let Subject::Element(id) = line.subject {
                    all.entry(id).or_default().push(line);
                }
            }
            all
        });
        let lines = lines.get(&id).map_or(&[][..], Vec::as_slice);
        let more = lines.len().saturating_sub(MOST_LINES);
        let rows =
            lines.iter().take(MOST_LINES).map(|line| hover::row(&Row::of(snapshot.model(), snapshot.loads(), line)));
        let mut rows: Vec<String> = rows.collect();
        rows.extend((more > 0).then(|| format!("- and {more} more")));
        rows.join("\n")
    }

    // ---- Defaults -----------------------------------------------------------------------------------------------------

    fn defaults(&mut self, it: &Declaration, id: ElementId) {
        let snapshot = self.snapshot;
        let effects = self.effects.get_or_insert_with(|| Effects::new(snapshot.model(), snapshot.loads()));
        let all = effects.of(snapshot.model().element(id));
        let all: Vec<_> = all.into_iter().filter(|it| it.is_telling).collect();
        let mut words: Vec<String> =
            all.iter().take(MOST_DEFAULTS).map(|it| format!("{} = {}", it.name, it.value)).collect();
        if all.len() > MOST_DEFAULTS {
            words.push("…".to_owned());
        }
        let lines: Vec<String> =
            all.iter().map(|it| format!("- `{}` = {}, {}", it.name, it.value, it.origin)).collect();
        self.push(head_end(it), words.join(", "), lines.join("\n"));
    }

    // ---- Loads --------------------------------------------------------------------------------------------------------

    /// One hint behind the statement, or, where it declares several edges, one behind each end.
    fn edge(&mut self, edge: &Edge) {
        if !self.wanted.load {
            return;
        }
        let places = self.snapshot.places();
        let model = self.snapshot.model();
        let all: Vec<EdgeId> = edge.steps.iter().flat_map(|step| places.edges(step.arrow_span)).collect();
        // What a pattern declares has other loads in each instance.
        if all.iter().any(|id| model.edge(*id).span.file.instance() > 0) {
            return;
        }
        if let [one] = all.as_slice() {
            return self.flow(edge_end(edge), &[*one]);
        }
        for step in &edge.steps {
            for to in &step.to {
                let leading = all.iter().copied().filter(|id| model.edge(*id).to_span == to.span);
                self.flow(to.span.after(), &leading.collect::<Vec<_>>());
            }
        }
    }

    fn flow(&mut self, place: Span, edges: &[EdgeId]) {
        let (model, loads) = (self.snapshot.model(), self.snapshot.loads());
        let flows = edges.iter().map(|id| loads.edge(*id).at_end());
        let mut sum = Flow::none();
        for known in flows {
            // What is not known is said where the pointer rests on the arrow, with what to declare.
            let Some(Ok(flow)) = known else { return };
            let Some(more) = sum.merged(flow) else { return };
            sum = more;
        }
        if edges.is_empty() {
            return;
        }
        let tooltip: Vec<String> = edges.iter().flat_map(|id| hops(model, self.snapshot, *id)).collect();
        self.push(place, words::label(&Ok(sum)), tooltip.join("\n"));
    }
}

/// What moves along each hop of an edge.
fn hops(model: &Model, snapshot: &Snapshot, id: EdgeId) -> Vec<String> {
    let edge = model.edge(id);
    let hops = model.hops(edge).zip(&snapshot.loads().edge(id).hops);
    let line = |(hop, known): (crate::model::Hop, &Known)| {
        let figures = words::Figures::of(known);
        let peak = if figures.peak.is_empty() { String::new() } else { format!("; at the peak {}", figures.peak) };
        let size = if figures.sizes.is_empty() { String::new() } else { format!("; records of {}", figures.sizes) };
        let [from, to] = [hop.from, hop.to].map(|id| model.path(id));
        format!("- `{from} {} {to}`: {}{peak}{size}", Arrow::symbol(hop.arrow), words::label(known))
    };
    hops.map(line).collect()
}

/// The end of what stands before the block of a declaration.
fn head_end(it: &Declaration) -> Span {
    if it.keyword == Keyword::Use && it.alias.is_none() {
        return it.block.as_ref().map_or(it.span.after(), |block| block.span.before());
    }
    let names = it.name.iter().chain(&it.kind).chain(&it.follows).chain(&it.alias).map(|path| path.span);
    let spans = names.chain(it.title.iter().map(|title| title.span));
    spans.max_by_key(|span| span.end).unwrap_or(it.span).after()
}

/// The end of what stands before the block of an edge.
fn edge_end(edge: &Edge) -> Span {
    let ends = edge.steps.iter().flat_map(|step| step.to.iter().map(|path| path.span).chain([step.arrow_span]));
    let others = edge.carriers.iter().map(|it| it.span).chain(edge.label.iter().map(|it| it.span));
    ends.chain(others).max_by_key(|span| span.end).unwrap_or(edge.span).after()
}
