//! Expressions in kinds: how much of a meter a service uses, what a quota allows, what a service passes on.
//!
//! An expression is checked when the catalog is loaded: names, types and dimensions. What is left to go wrong when it is
//! evaluated is that something is not known, which the result then says.

mod asked;
mod derive;
mod evaluate;
mod function;
mod lower;
mod print;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::{KindId, PropertySpec};
use crate::quantity::{Amount, Dimension};
use crate::source::Span;

pub use asked::{Asked, Watched};
pub use derive::{derive, derive_product};
pub use evaluate::{
    Evaluated, Facts, Missing, PropertyFact, Unknown, evaluate, evaluate_amount, evaluate_flow, evaluate_truth,
};
pub(super) use lower::{Expected, Lowering};

/// An expression whose names are known and whose dimensions fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub(super) node: Node,
    /// What its values are.
    pub ty: Type,
    /// Where it stands.
    pub span: Span,
}

/// What the values of an expression are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Amounts of a dimension.
    Amount(Dimension),
    /// `true` or `false`.
    Truth,
    /// Names, such as those that a property of type `one_of` takes.
    Symbol,
    /// Records that move.
    Flow,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A number, as it was written.
    Literal(Amount, SmolStr),
    Truth(bool),
    Symbol(SmolStr),
    Property(SmolStr),
    Flow(FlowName),
    Measure(FlowName, Measure),
    Binary(Operator, Box<Expression>, Box<Expression>),
    Call(Function, Vec<Expression>),
    /// An argument that was left out.
    Omitted,
}

/// A flow at a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FlowName {
    pub(super) direction: Direction,
    /// Whether its peak is meant where else its mean would be.
    pub(super) at_peak: bool,
}

/// Which way a flow goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// `in`: what comes along `->` and `=>`.
    In,
    /// `side`: what comes along `~>`.
    Side,
    /// `out`: what leaves along `->` and `=>`, all copies together.
    Out,
}

impl Direction {
    const ALL: [Direction; 3] = [Direction::In, Direction::Side, Direction::Out];

    /// The name in expressions.
    pub fn name(self) -> &'static str {
        match self {
            Direction::In => "in",
            Direction::Side => "side",
            Direction::Out => "out",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Records,
    Bytes,
    Edges,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Operator {
    fn symbol(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::AtMost => "<=",
            Operator::Greater => ">",
            Operator::AtLeast => ">=",
        }
    }
}

/// Whether a quotient is the bytes of a flow by its records.
fn is_mean_size(left: &Expression, right: &Expression) -> bool {
    match (&left.node, &right.node) {
        (Node::Measure(one, Measure::Bytes), Node::Measure(other, Measure::Records)) => one == other,
        _ => false,
    }
}

pub(super) use function::Function;

impl Expression {
    /// Whether it is the flow of which nothing moves.
    pub fn is_nothing(&self) -> bool {
        matches!(self.node, Node::Call(Function::Nothing, _))
    }

    /// Whether its value rises with what moves: it names a flow, or a property that is computed from one. The size of records
    /// and the number of edges stay as they are, however much moves.
    pub fn follows_load(&self, facts: &dyn Facts) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![self];
        while let Some(expression) = open.pop() {
            match &expression.node {
                Node::Flow(_) | Node::Measure(_, Measure::Records | Measure::Bytes) => return true,
                Node::Call(Function::Largest, _) => {}
                Node::Call(_, arguments) => open.extend(arguments),
                Node::Binary(Operator::Divide, left, right) if is_mean_size(left, right) => {}
                Node::Binary(_, left, right) => open.extend([left.as_ref(), right.as_ref()]),
                Node::Property(name) => {
                    if let PropertyFact::Computed(computed) = facts.property(name)
                        && seen.insert(name)
                    {
                        open.push(computed);
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// The properties that it names, each as often as it does.
    pub(super) fn names(&self) -> Vec<SmolStr> {
        let mut names = Vec::new();
        let mut open = vec![self];
        while let Some(expression) = open.pop() {
            match &expression.node {
                Node::Property(name) => names.push(name.clone()),
                Node::Binary(_, left, right) => open.extend([left.as_ref(), right.as_ref()]),
                Node::Call(_, arguments) => open.extend(arguments),
                _ => {}
            }
        }
        names
    }

    /// The properties and the flows that it names.
    pub(super) fn uses(&self) -> (BTreeSet<SmolStr>, BTreeSet<Direction>) {
        let (mut properties, mut flows) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![self];
        while let Some(expression) = open.pop() {
            match &expression.node {
                Node::Property(name) => drop(properties.insert(name.clone())),
                Node::Flow(name) | Node::Measure(name, _) => drop(flows.insert(name.direction)),
                Node::Binary(_, left, right) => open.extend([left.as_ref(), right.as_ref()]),
                Node::Call(_, arguments) => open.extend(arguments),
                Node::Literal(..) | Node::Truth(_) | Node::Symbol(_) | Node::Omitted => {}
            }
        }
        (properties, flows)
    }
}

/// `meter "name" = quantity @ price`: what a kind is billed on.
#[derive(Clone, Debug)]
pub struct Meter {
    /// Its name.
    pub name: SmolStr,
    /// Where the name stands.
    pub name_span: Span,
    /// What it counts, in Markdown.
    pub doc: Option<crate::syntax::ast::Doc>,
    /// How much is used; this for a month of 730 h is billed.
    pub quantity: Expression,
    /// The id of the price.
    pub price: SmolStr,
    /// Where the id stands.
    pub price_span: Span,
    /// What selects the variant of the price; its parts are joined by `/`.
    pub variant: Vec<Expression>,
    /// Where this is false, there is no such line on the bill.
    pub when: Option<Expression>,
    /// A remark.
    pub note: Option<SmolStr>,
}

/// `limit "name" condition soft|hard`: a quota.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Its name.
    pub name: SmolStr,
    /// Where the name stands.
    pub name_span: Span,
    /// What it means, in Markdown.
    pub doc: Option<crate::syntax::ast::Doc>,
    /// What is held against it, at the peak.
    pub used: Expression,
    /// What may be used.
    pub allowed: Expression,
    /// Whether that much itself is too much already.
    pub is_strict: bool,
    /// Whether the provider raises it on request.
    pub is_soft: bool,
    /// What it holds for.
    pub scope: LimitScope,
    /// Where this is false, it does not hold.
    pub when: Option<Expression>,
    /// Who says so.
    pub source: SmolStr,
    /// When that was read.
    pub read: jiff::civil::Date,
    /// A remark.
    pub note: Option<SmolStr>,
}

/// What a quota holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitScope {
    /// Each service.
    Service,
    /// All services of the kind in one account and region together.
    Region,
}

impl super::Catalog {
    /// The meters of a kind: its own, then those it inherits and has none of the same name for.
    pub fn meters(&self, id: KindId) -> Vec<&Meter> {
        let mut all: Vec<&Meter> = Vec::new();
        for meter in self.ancestry(id).flat_map(|kind| &kind.meters) {
            if !all.iter().any(|known| known.name == meter.name) {
                all.push(meter);
            }
        }
        all
    }

    /// The quotas of a kind, in the same way.
    pub fn limits(&self, id: KindId) -> Vec<&Limit> {
        let mut all: Vec<&Limit> = Vec::new();
        for limit in self.ancestry(id).flat_map(|kind| &kind.limits) {
            if !all.iter().any(|known| known.name == limit.name) {
                all.push(limit);
            }
        }
        all
    }

    /// What a service of a kind passes on; `None` if it passes what it receives.
    pub fn passes(&self, id: KindId) -> Option<&Expression> {
        self.ancestry(id).find_map(|kind| kind.passes.as_ref())
    }

    /// The properties and the flows that expressions need at a kind, those of computed properties included.
    pub fn needs<'e>(
        &'e self,
        kind: KindId,
        expressions: impl IntoIterator<Item = &'e Expression>,
    ) -> (BTreeSet<SmolStr>, BTreeSet<Direction>) {
        let (mut properties, mut flows) = (BTreeSet::new(), BTreeSet::new());
        let mut open: Vec<&Expression> = expressions.into_iter().collect();
        while let Some(expression) = open.pop() {
            let (names, directions) = expression.uses();
            flows.extend(directions);
            for name in names {
                if properties.insert(name.clone()) {
                    open.extend(self.property(kind, &name).and_then(|property| property.computed.as_ref()));
                }
            }
        }
        (properties, flows)
    }

    /// Why a kind costs nothing, if it says so.
    pub fn unbilled(&self, id: KindId) -> Option<&SmolStr> {
        self.ancestry(id).find_map(|kind| kind.unbilled.as_ref())
    }
}

impl PropertySpec {
    /// What the values of the property are in expressions; `None` if they cannot stand there.
    pub(super) fn expression_type(&self) -> Option<Type> {
        use super::PropertyType as Property;
        Some(match &self.ty {
            Property::Text | Property::Symbol | Property::OneOf(_) => Type::Symbol,
            Property::Bool => Type::Truth,
            Property::Number | Property::Count | Property::Percent | Property::Multiple => {
                Type::Amount(Dimension::NUMBER)
            }
            Property::Size => Type::Amount(Dimension::SIZE),
            Property::Duration => Type::Amount(Dimension::DURATION),
            Property::Rate => Type::Amount(Dimension::RATE),
            Property::Throughput => Type::Amount(Dimension::THROUGHPUT),
            Property::Load => Type::Flow,
            Property::Money
            | Property::MoneyRate
            | Property::Date
            | Property::Element
            | Property::Selector
            | Property::List(_) => return None,
        })
    }
}
