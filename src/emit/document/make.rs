//! From the analysed model to the document.

use std::collections::{BTreeMap, HashMap};

use super::node::{Architecture, Arrow, Cost, Edge, Element, Hop, Load, Place, Variety};
use super::value::{meta, properties};
use super::{Document, Finding, Severity, VERSION};
use crate::analysis::Analysis;
use crate::catalog;
use crate::cost::{Bill, Billed, Line, Subject, Terms, Total, bill_at};
use crate::diagnostic;
use crate::emit::bill::Sheet;
use crate::emit::load::{self, Survey};
use crate::model::{self, EdgeId, ElementId, Model};
use crate::project::Workspace;
use crate::quantity::Amount;
use crate::source::{SourceMap, Span};
use crate::syntax::ast;
use crate::syntax::ast::Doc;

impl Document {
    /// What an analysis knows of a workspace. `assumptions` are what was supposed, in words, and `findings` those of the
    /// analysis.
    pub fn new(
        workspace: &Workspace,
        analysis: &Analysis,
        findings: Vec<Finding>,
        assumptions: BTreeMap<String, String>,
    ) -> Document {
        let model = &analysis.model;
        let prices = workspace.price_book();
        let Billed { loads, bill } = bill_at(model, Amount::ONE, Terms { prices: &prices, free_tier: false });
        let sheet = Sheet::new(model, &loads, &bill, assumptions.clone());
        let survey = load::Sheet::new(&Survey::of(model, loads), load::Selection::default(), BTreeMap::new());
        let load::Sheet { elements: nodes, edges: loads, limits, .. } = survey;
        let maker = Maker::new(model, &workspace.sources, &bill);
        Document {
            version: VERSION,
            name: workspace.config.name.clone(),
            assumptions,
            architectures: model.architectures.iter().map(|it| maker.architecture(it)).collect(),
            elements: model.elements.iter().zip(nodes).map(|(it, node)| maker.element(it, node)).collect(),
            edges: model.edges.iter().zip(loads).map(|(it, load)| maker.edge(it, load)).collect(),
            views: maker.views(),
            scenarios: maker.scenarios(),
            rules: maker.rules(&workspace.config.rules),
            decisions: maker.decisions(workspace),
            environments: maker.environments(),
            limits,
            bill: sheet,
            findings,
        }
    }
}

impl From<diagnostic::Severity> for Severity {
    fn from(severity: diagnostic::Severity) -> Severity {
        match severity {
            diagnostic::Severity::Note => Severity::Note,
            diagnostic::Severity::Warning => Severity::Warning,
            diagnostic::Severity::Error => Severity::Error,
        }
    }
}

pub(super) struct Maker<'m> {
    pub(super) model: &'m Model,
    pub(super) sources: &'m SourceMap,
    /// The path of each element, each different.
    paths: Vec<String>,
    /// The id of each edge, each different.
    edge_ids: Vec<String>,
    costs: BTreeMap<Subject, Cost>,
}

impl<'m> Maker<'m> {
    fn new(model: &'m Model, sources: &'m SourceMap, bill: &Bill) -> Maker<'m> {
        let paths = unique(model.elements.iter().map(|element| model.full_path(element.id)));
        let mut maker = Maker { model, sources, paths, edge_ids: Vec::new(), costs: costs(bill) };
        let words =
            |edge: &model::Edge| format!("{} {} {}", maker.path(edge.from), edge.arrow.symbol(), maker.path(edge.to));
        maker.edge_ids = unique(model.edges.iter().map(words));
        maker
    }

    /// The path of an element in the workspace.
    pub(super) fn path(&self, id: ElementId) -> String {
        self.paths.get(id.index()).cloned().unwrap_or_default()
    }

    pub(super) fn edge_id(&self, id: EdgeId) -> String {
        self.edge_ids.get(id.index()).cloned().unwrap_or_default()
    }

    pub(super) fn home(&self, id: model::ArchitectureId) -> String {
        self.model.architecture(id).name.to_string()
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place { file: self.sources.file(span.file).path().to_owned(), line: self.sources.line_column(span).line }
    }

    fn architecture(&self, architecture: &model::Architecture) -> Architecture {
        Architecture {
            name: architecture.name.to_string(),
            title: architecture.title.as_ref().map(ToString::to_string),
            docs: docs(architecture.doc.as_ref()),
            follows: architecture.follows.iter().map(|path| path.text.to_string()).collect(),
            properties: properties(&architecture.settings),
            meta: meta(&architecture.settings),
            declared: self.place(architecture.name_span),
        }
    }

    fn element(&self, element: &model::Element, node: load::sheet::Node) -> Element {
        let model = self.model;
        let kind = model.kind_of(element).filter(|kind| !kind.is_abstract);
        let placed = |name: &str| model.placed(element, name).map(ToString::to_string);
        Element {
            path: self.path(element.id),
            name: element.name.to_string(),
            architecture: self.home(element.architecture),
            group: element.group.map(|group| self.path(group)),
            variety: variety(element.variety),
            kind: kind.map(|kind| kind.name.to_string()),
            product: kind.map(|kind| kind.product.to_string()),
            category: model.category(element).map(|category| catalog::Category::name(category).to_owned()),
            label: element.label().to_owned(),
            docs: docs(element.doc.as_ref()),
            pattern: element.pattern.as_ref().map(ToString::to_string),
            owner: placed("owner"),
            region: placed("region"),
            account: placed("account"),
            properties: properties(&element.settings),
            meta: meta(&element.settings),
            load: Load { emits: node.emits, receives: node.receives, side: node.side, sends: node.sends },
            cost: self.costs.get(&Subject::Element(element.id)).cloned(),
            declared: self.place(element.name_span),
        }
    }

    fn edge(&self, edge: &model::Edge, load: load::sheet::Edge) -> Edge {
        let hops = self.model.hops(edge).zip(load.hops);
        let hop = |(hop, load): (model::Hop, load::sheet::Hop)| Hop {
            from: self.path(hop.from),
            to: self.path(hop.to),
            flow: load.flow,
        };
        Edge {
            id: self.edge_id(edge.id),
            architecture: self.home(edge.architecture),
            group: edge.group.map(|group| self.path(group)),
            from: self.path(edge.from),
            // A reply is no edge.
            arrow: arrow(edge.arrow).unwrap_or(Arrow::Data),
            to: self.path(edge.to),
            label: edge.label.as_ref().map(ToString::to_string),
            carriers: edge.carriers.iter().map(|id| self.path(*id)).collect(),
            hops: hops.map(hop).collect(),
            docs: docs(edge.doc.as_ref()),
            properties: properties(&edge.settings),
            meta: meta(&edge.settings),
            cost: self.costs.get(&Subject::Edge(edge.id)).cloned(),
            declared: self.place(edge.span),
        }
    }
}

pub(super) fn docs(doc: Option<&Doc>) -> Option<String> {
    doc.map(|doc| doc.text.clone())
}

/// None for a reply.
pub(super) fn arrow(arrow: ast::Arrow) -> Option<Arrow> {
    match arrow {
        ast::Arrow::Data => Some(Arrow::Data),
        ast::Arrow::Call => Some(Arrow::Call),
        ast::Arrow::Side => Some(Arrow::Side),
        ast::Arrow::Reply => None,
    }
}

fn variety(variety: model::Variety) -> Variety {
    match variety {
        model::Variety::Service => Variety::Service,
        model::Variety::Carrier => Variety::Carrier,
        model::Variety::External => Variety::External,
        model::Variety::Person => Variety::Person,
        model::Variety::Group => Variety::Group,
    }
}

/// The texts, with a number after each that was there before. A name that is declared twice has a finding of its own, and
/// still makes two elements.
fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let number = |text: String| {
        let count = seen.entry(text.clone()).or_default();
        *count += 1;
        // No name and no path has a `#` in it.
        if *count > 1 { format!("{text} #{count}") } else { text }
    };
    texts.map(number).collect()
}

/// What each element and each edge comes to, of those that have lines in the bill.
fn costs(bill: &Bill) -> BTreeMap<Subject, Cost> {
    let mut lines: BTreeMap<Subject, Vec<&Line>> = BTreeMap::new();
    for line in &bill.lines {
        lines.entry(line.subject).or_default().push(line);
    }
    let cost = |lines: Vec<&Line>| {
        let total = Total::of(lines);
        let costs = total.sums.iter().map(|(currency, sum)| (currency.to_string(), sum.to_string())).collect();
        Cost { costs, priced: total.priced, unpriced: total.unpriced }
    };
    lines.into_iter().map(|(subject, lines)| (subject, cost(lines))).collect()
}
