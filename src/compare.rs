//! What differs between two models as data: a function from two documents to a list of differences, without words.
//!
//! [`matching`] says which elements and edges of the one are those of the other, renamed and moved ones included. The rest is
//! reading off. What is not known is never taken for 0: a load or a cost that becomes known, or unknown, has changed, and has
//! no amount by which it did.

mod changes;
mod declarations;
mod findings;
mod flows;
mod matching;

pub use changes::{Change, EdgeChange, ElementChange, Field, SystemChange};
pub use declarations::{DeclarationChange, Sort};
pub use findings::{FindingsChange, Seen, unknown_to};
pub use flows::{CostChange, LoadChange, Measured, Started, Sum, Way};
pub use matching::Matching;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::emit::bill::Sheet;
use crate::emit::bill::difference::Difference as BillDifference;
use crate::emit::document::{Document, Finding, Severity};

/// The version of the format.
pub const VERSION: u32 = 1;

/// What differs between two models. Version 1. Fields may be added; the version changes when one goes or changes its meaning.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Differences of `archc diff --format json`")]
pub struct Comparison {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// What was compared: the older one.
    pub before: Side,
    /// And the newer one.
    pub after: Side,
    /// Whether nothing differs.
    pub same: bool,
    /// The systems that differ.
    pub architectures: Vec<SystemChange>,
    /// The elements that differ in what is said of them: in the order of the newer model, then those that are gone.
    pub elements: Vec<ElementChange>,
    /// The edges that differ, in the same order.
    pub edges: Vec<EdgeChange>,
    /// Views, scenarios, rules, decisions and environments that differ.
    pub declarations: Vec<DeclarationChange>,
    /// The elements at which another load arrives, starts or leaves.
    pub loads: Vec<LoadChange>,
    /// What starts in all of the workspace, before and after.
    pub load: Sum,
    /// The elements and edges that cost another amount, or of which it is known, or no longer known, what they cost.
    pub costs: Vec<CostChange>,
    /// What differs in the bill, line by line, with the totals. Renamed elements have their new names in it.
    pub bill: BillDifference,
    /// What is wrong now and was not, and the other way round.
    pub findings: FindingsChange,
}

/// One of the two models.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Side {
    /// What it was called on the command line.
    pub name: String,
    /// What is supposed of it.
    pub assumptions: BTreeMap<String, String>,
    /// How many elements it has.
    pub elements: usize,
    /// How many edges it has.
    pub edges: usize,
    /// How many errors it has that may hide what is there.
    pub errors: usize,
}

/// Compares an older model with a newer one, each with what it is to be called.
pub fn compare(before: (&str, &Document), after: (&str, &Document)) -> Comparison {
    let (old, new) = (before.1, after.1);
    let matching = Matching::new(old, new);
    let old_bill = rebased(&old.bill, old, &matching);
    let mut comparison = Comparison {
        version: VERSION,
        before: side(before.0, old),
        after: side(after.0, new),
        same: false,
        architectures: changes::systems(old, new, &matching),
        elements: changes::elements(&matching),
        edges: changes::edges(old, new, &matching),
        declarations: declarations::declarations(old, new, &matching),
        loads: flows::loads(&matching),
        load: Sum::of(old, new),
        costs: flows::costs(&matching, &BillDifference::by_subject(&old_bill, &new.bill)),
        bill: BillDifference::between(&old_bill, &new.bill),
        findings: FindingsChange::between(&old.findings, &new.findings),
    };
    comparison.same = comparison.is_same();
    comparison
}

impl Comparison {
    fn is_same(&self) -> bool {
        self.architectures.is_empty()
            && self.elements.is_empty()
            && self.edges.is_empty()
            && self.declarations.is_empty()
            && self.loads.is_empty()
            && self.costs.is_empty()
            && self.bill.lines.is_empty()
            && self.findings.gained.is_empty()
            && self.findings.lost.is_empty()
    }
}

/// What describes the JSON of a comparison.
pub fn schema() -> String {
    crate::emit::document::schema_of::<Comparison>()
}

/// The comparison as JSON, as `schemas/diff.schema.json` describes it. Ends with a line break.
pub fn json(comparison: &Comparison) -> String {
    crate::emit::to_json(comparison)
}

fn side(name: &str, document: &Document) -> Side {
    Side {
        name: name.to_owned(),
        assumptions: document.assumptions.clone(),
        elements: document.elements.len(),
        edges: document.edges.len(),
        errors: document.findings.iter().filter(|finding| may_hide(finding)).count(),
    }
}

/// What findings are about that leave something out of the model.
const HIDING: [&str; 10] =
    ["catalog", "declaration", "edge", "environment", "kind", "name", "pattern", "property", "syntax", "via"];

/// Whether a finding is an error that may leave something out of the model.
pub fn may_hide(finding: &Finding) -> bool {
    let family = finding.code.split('/').next().unwrap_or_default();
    finding.severity == Severity::Error && HIDING.contains(&family)
}

/// An older bill with the names that its subjects have in a newer model, so that what was renamed or moved keeps its lines.
pub fn renamed_bill(bill: &Sheet, old: &Document, new: &Document) -> Sheet {
    rebased(bill, old, &Matching::new(old, new))
}

fn rebased(bill: &Sheet, old: &Document, matching: &Matching<'_>) -> Sheet {
    let mut names: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
    let within = |path: &str, architecture: &str| {
        path.strip_prefix(architecture).and_then(|path| path.strip_prefix('.')).unwrap_or(path).to_owned()
    };
    for (before, after) in matching.kept_elements() {
        if before.path != after.path {
            let key = (before.architecture.clone(), within(&before.path, &before.architecture));
            names.insert(key, (after.architecture.clone(), within(&after.path, &after.architecture)));
        }
    }
    // The bill names an edge by the paths of its ends, each within its own architecture.
    let homes: BTreeMap<&str, &str> =
        old.elements.iter().map(|it| (it.path.as_str(), it.architecture.as_str())).collect();
    for (before, after) in matching.kept_edges() {
        if before.id != after.id {
            let end = |path: &String| within(path, homes.get(path.as_str()).copied().unwrap_or_default());
            let words = format!("{} {} {}", end(&before.from), before.arrow.symbol(), end(&before.to));
            let end = |path: &String| {
                let home = matching.after(path).map(|element| element.architecture.as_str());
                within(path, home.unwrap_or(&after.architecture))
            };
            let now = format!("{} {} {}", end(&after.from), after.arrow.symbol(), end(&after.to));
            names.insert((before.architecture.clone(), words), (after.architecture.clone(), now));
        }
    }
    let mut bill = bill.clone();
    for sum in &mut bill.architectures {
        if let Some(name) = matching.architecture_after(&sum.name) {
            name.clone_into(&mut sum.name);
        }
    }
    for row in &mut bill.lines {
        let key = (std::mem::take(&mut row.architecture), std::mem::take(&mut row.element));
        (row.architecture, row.element) = names.get(&key).cloned().unwrap_or(key);
    }
    bill
}
