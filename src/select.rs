//! Selectors: one small language for views, rules and queries.
//!
//! [`Selector::new`] gives an expression its meaning: names are bound, kinds and properties are known, and what is wrong is
//! a finding. [`Selector::elements`] and [`Selector::hops`] then say what it selects of a model.
//!
//! A selector is about elements or about connections between them. A group stands for itself and all that it holds; an
//! architecture for all its elements. Connections are hops: an edge with carriers is several, `a -> b via c` is `a -> c` and
//! `c -> b`, so that what goes through something is not taken for what is direct.

mod evaluate;
mod function;
mod graph;
mod lineage;
mod lower;
mod mention;
mod mistake;
mod signature;
mod test;

pub use graph::Graph;
pub use lineage::{Lineage, Move};
pub use mention::{Mention, is_word, mentions};
pub(crate) use mistake::ambiguous;
pub use signature::{Form, Parameter, Signature, Takes, functions, measures, signature, words};

use std::collections::BTreeSet;

use smol_str::SmolStr;

use self::evaluate::Ends;
use self::test::Test;
use crate::diagnostic::Diagnostic;
use crate::model::{ArchitectureId, ElementId, Hop, Model, Scope, Variety};
use crate::syntax::ast::{self, Arrow};

/// The code of findings about selectors that mean nothing.
pub const INVALID: &str = "selector/invalid";

/// The code of findings about words that nothing in the workspace has.
pub const UNKNOWN_WORD: &str = "selector/unknown-word";

/// What a selector is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Elements.
    Elements,
    /// Connections between them.
    Hops,
}

/// An expression that selects.
#[derive(Clone, Debug)]
pub struct Selector {
    node: Node,
    sort: Sort,
    /// The architecture that `*` and the tests are about; all of them if there is none.
    within: Option<ArchitectureId>,
    doubts: Vec<Diagnostic>,
}

impl Selector {
    /// Gives an expression its meaning for somebody who stands in an architecture, or outside of all.
    ///
    /// # Errors
    /// All that is wrong with it. What is said of elements that an environment removed is not wrong, and selects nothing.
    pub fn new(model: &Model, scope: Option<Scope>, written: &ast::Value) -> Result<Selector, Vec<Diagnostic>> {
        lower::lower(model, scope, written, None)
    }

    /// The same for an expression that must be about one of the two.
    ///
    /// # Errors
    /// All that is wrong with it; that it is about the other is one of them.
    pub fn of(
        model: &Model,
        scope: Option<Scope>,
        written: &ast::Value,
        sort: Sort,
    ) -> Result<Selector, Vec<Diagnostic>> {
        lower::lower(model, scope, written, Some(sort))
    }

    /// What an expression is about by its form; `None` where it can be about both.
    pub fn sort_of(written: &ast::Value) -> Option<Sort> {
        lower::sort_of(written)
    }

    /// What is probably not meant as it is written: words that nothing has and that look like one that something does have,
    /// and classes of data that nothing declares.
    pub fn doubts(&self) -> &[Diagnostic] {
        &self.doubts
    }

    /// Whether it names elements, and none of these names means anything in the model. Only of an environment or an example.
    pub fn is_lost(&self) -> bool {
        let mut names = Vec::new();
        self.node.names(&mut names);
        !names.is_empty() && names.iter().all(|name| matches!(name, Node::Nothing))
    }

    /// What it is about.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The elements that it selects, groups and carriers among them; none if it is about connections.
    pub fn elements(&self, graph: &Graph<'_>) -> BTreeSet<ElementId> {
        match self.sort {
            Sort::Elements => evaluate::elements(graph, self.within, &self.node),
            Sort::Hops => BTreeSet::new(),
        }
    }

    /// The connections that it selects; none if it is about elements.
    pub fn hops(&self, graph: &Graph<'_>) -> BTreeSet<Hop> {
        match self.sort {
            Sort::Elements => BTreeSet::new(),
            Sort::Hops => evaluate::hops(graph, self.within, &self.node, Ends::Hop),
        }
    }

    /// The connections that it takes out where it stands for what is excepted: also those of an edge whose own ends its
    /// arrows name, as the carriers between them may have no names.
    pub fn excepted(&self, graph: &Graph<'_>) -> BTreeSet<Hop> {
        match self.sort {
            Sort::Elements => BTreeSet::new(),
            Sort::Hops => evaluate::hops(graph, self.within, &self.node, Ends::Edge),
        }
    }

    /// The class of data whose ways it selects, if it is about one: findings then tell where the data comes from.
    pub fn class(&self) -> Option<&SmolStr> {
        match self.node.about_class()? {
            Node::Carries(class) | Node::Moves { class, .. } => Some(class),
            _ => None,
        }
    }

    /// The ways of such data along connections that the selector is about.
    pub fn moves(&self, graph: &Graph<'_>) -> BTreeSet<Move> {
        self.node.about_class().map(|node| evaluate::moves(graph, self.within, node)).unwrap_or_default()
    }
}

/// A part of a selector.
#[derive(Clone, Debug)]
enum Node {
    /// `*`
    Everything,
    /// `external`, `person`, `service`, `group`, `carrier`.
    Variety(Variety),
    /// A name. Of a group: with all it holds.
    Element(ElementId),
    /// The name of an architecture.
    Architecture(ArchitectureId),
    /// The name of something that the environment removed.
    Nothing,
    /// Elements or connections that pass all of these.
    Where(Vec<Test>),
    /// `upstream`, `downstream`, `neighbors`: what can be reached in so many steps.
    Walk { way: Way, from: Box<Node>, steps: Option<usize> },
    /// What lies on a way from one to the other.
    Between(Box<Node>, Box<Node>),
    /// What holds data of a class, or receives it.
    Carries(SmolStr),
    /// The connections from one to the other.
    Hops { arrow: Arrow, from: Box<Node>, to: Box<Node> },
    /// The connections along which data of a class moves.
    Moves { class: SmolStr, from: Option<Box<Node>>, to: Option<Box<Node>> },
    /// Both, one without the other, or what is common.
    Combined { operation: Operation, left: Box<Node>, right: Box<Node> },
    /// A list: all of them.
    Union(Vec<Node>),
}

/// Where a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Against the arrows of data and calls.
    Up,
    /// Along the arrows of data and calls.
    Down,
    /// Along and against all arrows.
    Around,
}

/// What two selections make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Union,
    Difference,
    Intersection,
}

impl Node {
    /// Collects all names.
    fn names<'n>(&'n self, into: &mut Vec<&'n Node>) {
        match self {
            Node::Element(_) | Node::Architecture(_) | Node::Nothing => into.push(self),
            Node::Walk { from, .. } => from.names(into),
            Node::Between(left, right)
            | Node::Hops { from: left, to: right, .. }
            | Node::Combined { left, right, .. } => {
                left.names(into);
                right.names(into);
            }
            Node::Moves { from, to, .. } => from.iter().chain(to).for_each(|end| end.names(into)),
            Node::Union(parts) => parts.iter().for_each(|part| part.names(into)),
            Node::Everything | Node::Variety(_) | Node::Where(_) | Node::Carries(_) => {}
        }
    }

    /// The part that is about a class of data.
    fn about_class(&self) -> Option<&Node> {
        match self {
            Node::Carries(_) | Node::Moves { .. } => Some(self),
            Node::Combined { operation: Operation::Difference | Operation::Intersection, left, right } => {
                left.about_class().or_else(|| right.about_class())
            }
            _ => None,
        }
    }
}
