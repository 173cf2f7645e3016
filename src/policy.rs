//! The team's own rules: what each demands, and what breaks it.
//!
//! [`Policies::of`] gives the rules of a model their meaning; what is wrong with them are [`Mistake`]s. A [`Policy`] is then
//! held against a [`Graph`]. [`stage`] makes a model of an example, so that a rule can be tried on it in the same way.

mod evaluate;
mod example;
mod lower;
mod measure;

pub use example::{Expectation, stage};

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Level};
use crate::model::{ElementId, Hop, Model, Rule};
use crate::select::{Graph, Selector};
use crate::source::Span;
use crate::syntax::ast::{Operator, Path};

/// What stands before the name of a rule in the code of its findings: `rule/no_direct_store`.
pub const PREFIX: &str = "rule/";

/// The code of a rule's findings.
pub fn code(rule: &Rule) -> String {
    format!("{PREFIX}{}", rule.head.name)
}

/// What the findings of a rule weigh under some settings: what these say, or else the rule.
pub fn level(rule: &Rule, settings: &BTreeMap<String, Level>) -> Level {
    let said = rule.head.settings.text("severity");
    let own = || Level::NAMES.iter().find(|(name, _)| Some(*name) == said).map_or(Level::Error, |(_, level)| *level);
    settings.get(&code(rule)).copied().unwrap_or_else(own)
}

/// The rules of a model.
#[derive(Debug)]
pub struct Policies<'m> {
    /// Those that mean something, in the order of the model.
    pub list: Vec<Policy<'m>>,
    /// What is wrong with the others.
    pub mistakes: Vec<Mistake>,
}

impl<'m> Policies<'m> {
    /// Gives the rules of a model their meaning.
    pub fn of(model: &'m Model) -> Policies<'m> {
        let mut policies = Policies { list: Vec::new(), mistakes: Vec::new() };
        for rule in &model.rules {
            match lower::lower(model, rule) {
                Ok(policy) => policies.list.push(policy),
                Err(mistakes) => policies.mistakes.extend(mistakes),
            }
        }
        policies
    }
}

/// A rule, ready to be held against a model.
#[derive(Debug)]
pub struct Policy<'m> {
    /// The rule as it is declared.
    pub rule: &'m Rule,
    /// What is probably not meant as it is written.
    pub doubts: Vec<Diagnostic>,
    clauses: Vec<Clause>,
}

impl Policy<'_> {
    /// Whether each thing that it demands is about elements that are named, none of which there is. Only in an example.
    pub fn is_lost(&self) -> bool {
        self.clauses.iter().all(|clause| match &clause.demand {
            Demand::Deny(selector) | Demand::Exists(selector) => selector.is_lost(),
            Demand::Each { hops, .. } => hops.is_lost(),
            Demand::Limit { of, .. } => of.is_lost(),
        })
    }

    /// Everything in a model that breaks the rule: by clause, and there in the order of the elements or edges.
    pub fn violations(&self, graph: &Graph<'_>) -> Vec<Violation> {
        self.clauses.iter().flat_map(|clause| evaluate::violations(clause, graph)).collect()
    }
}

/// One of the things that a rule demands.
#[derive(Debug)]
struct Clause {
    demand: Demand,
    except: Option<Selector>,
    /// Where it stands.
    span: Span,
}

#[derive(Debug)]
enum Demand {
    /// `deny`: none of these.
    Deny(Selector),
    /// `require` without an arrow: at least one of these.
    Exists(Selector),
    /// `require` with an arrow: each of the elements is the start of one of the connections.
    Each { starts: Selector, hops: Selector },
    /// `limit`.
    Limit { measure: Measure, of: Selector, from: Option<Selector>, bound: Bound },
}

/// What a limit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// How many are selected.
    Count,
    /// How many elements send data to an element, or call it.
    FanIn,
    /// How many elements an element sends data to, or calls.
    FanOut,
    /// How many groups stand around an element.
    Depth,
    /// The steps along data and calls to an element, from the nearest of others.
    PathLength,
}

/// Which measures a limit allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// `<=`, `<`, `>=`, `>` or `==`.
    pub comparison: Operator,
    /// What is compared with.
    pub number: usize,
}

impl Bound {
    fn allows(self, measured: usize) -> bool {
        match self.comparison {
            Operator::AtMost => measured <= self.number,
            Operator::Less => measured < self.number,
            Operator::AtLeast => measured >= self.number,
            Operator::Greater => measured > self.number,
            _ => measured == self.number,
        }
    }
}

/// One thing that breaks a rule.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The clause that it breaks.
    pub clause: Span,
    /// What breaks it.
    pub breach: Breach,
}

/// How a rule is broken.
#[derive(Clone, Debug)]
pub enum Breach {
    /// Something is there that must not be.
    Denied {
        /// What is there.
        what: Selected,
        /// Where the data comes from that the rule is about, if it is about a class of data.
        trail: Option<Trail>,
    },
    /// Nothing of what must be is there.
    Nothing,
    /// An element lacks the connection that each such element must have.
    Unconnected(ElementId),
    /// There are too many or too few of something.
    Count {
        /// How many may there be.
        bound: Bound,
        /// All of them.
        counted: Vec<Selected>,
    },
    /// An element has too much or too little of something.
    Measured {
        /// The element.
        element: ElementId,
        /// What was measured.
        measure: Measure,
        /// What is allowed.
        bound: Bound,
        /// What there is.
        measured: usize,
        /// What was counted.
        counted: Counted,
    },
}

/// What a measure counts.
#[derive(Clone, Debug)]
pub enum Counted {
    /// The other ends of connections.
    Ends(Vec<ElementId>),
    /// The groups around, from the outermost.
    Groups(Vec<ElementId>),
    /// The steps of a way.
    Way(Way),
}

/// An element or a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selected {
    /// An element.
    Element(ElementId),
    /// A connection.
    Hop(Hop),
}

/// How data of a class came somewhere.
#[derive(Clone, Debug)]
pub struct Trail {
    /// The class.
    pub class: SmolStr,
    /// The elements on the way, the first of which declares the data, or the edge to the next does.
    pub way: Way,
}

/// A way from element to element.
#[derive(Clone, Debug)]
pub struct Way {
    /// Where it begins.
    pub first: ElementId,
    /// Whether elements after the first are left out. A long way to each of many elements would be long to tell.
    pub is_cut: bool,
    /// The others up to the end; none if the way ends where it begins.
    pub last: Vec<ElementId>,
}

/// How many elements of a way are kept besides the first.
const MOST_STEPS: usize = 7;

impl Way {
    /// The way from `first` with this end, which holds more than [`MOST_STEPS`] elements if something may be left out.
    fn new(first: ElementId, mut end: Vec<ElementId>) -> Way {
        let is_whole = end.first() == Some(&first) && end.len() <= MOST_STEPS + 1;
        if is_whole {
            end.remove(0);
        } else {
            end.drain(..end.len().saturating_sub(MOST_STEPS));
        }
        Way { first, is_cut: !is_whole, last: end }
    }
}

/// What is wrong with a rule.
#[derive(Debug)]
pub enum Mistake {
    /// A selector means nothing. The finding says why.
    Selector(Diagnostic),
    /// It demands nothing.
    Empty {
        /// Its name.
        name: SmolStr,
        /// Where the name stands.
        at: Span,
        /// Where all of it stands.
        rule: Span,
    },
    /// A limit that is no comparison of a measure with a number.
    Limit {
        /// The value.
        at: Span,
    },
    /// A measure that there is not.
    UnknownMeasure {
        /// Its name.
        name: Path,
        /// The one that was probably meant.
        near: Option<&'static str>,
    },
    /// A measure of the wrong things.
    Arguments {
        /// The measure with its arguments.
        at: Span,
        /// How it is called.
        form: &'static str,
    },
    /// A bound that everything keeps, or nothing can keep.
    Pointless {
        /// The limit.
        at: Span,
        /// Whether everything keeps it.
        is_kept: bool,
    },
    /// The same selector in two places that do not go together.
    Same {
        /// The selector.
        at: Span,
        /// Where it stands before.
        earlier: Span,
        /// What follows.
        why: &'static str,
    },
    /// A bound that is no whole number.
    Bound {
        /// Where it stands.
        at: Span,
    },
    /// An example that is neither good nor bad.
    Example {
        /// What stands there.
        name: Path,
    },
}
