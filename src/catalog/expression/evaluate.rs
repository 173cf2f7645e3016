//! The values of expressions at one service.

use smol_str::SmolStr;

use super::{Direction, Expression, FlowName, Function, Measure, Node, Operator};
use crate::catalog::Value;
use crate::flow::{Basis, Flow, Rates};
use crate::quantity::Amount;

/// What is known of a service.
pub trait Facts {
    /// What is known of a property: the author's value, or else the default of the kind.
    fn property(&self, name: &str) -> PropertyFact<'_>;

    /// A flow; `None` if it is not known in full.
    fn flow(&self, direction: Direction) -> Option<&Flow>;

    /// How many edges the flow comes or goes along.
    fn edges(&self, direction: Direction) -> usize;

    /// What those say of a property that records go to from here: the least, where several do.
    fn of_readers(&self, name: &str) -> Option<Amount> {
        let _ = name;
        None
    }
}

/// What is known of a property.
#[derive(Clone, Copy, Debug)]
pub enum PropertyFact<'a> {
    /// Its value.
    Value(&'a Value),
    /// Where nobody gives a value, this computes it.
    Computed(&'a Expression),
    /// Nobody gives it a value.
    Unknown,
}

/// Why an expression has no value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// What is missing, sorted, each once.
    pub missing: Vec<Missing>,
}

/// Something that an expression needs and that is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The value of a property.
    Property(SmolStr),
    /// What moves.
    Flow(Direction),
    /// The size of what moves.
    Size(Direction),
    /// A quotient whose divisor is 0.
    Quotient,
    /// A number that is not too large to compute with.
    Magnitude,
}

impl Unknown {
    fn of(missing: Missing) -> Unknown {
        Unknown { missing: vec![missing] }
    }

    fn extend(&mut self, more: Unknown) {
        self.missing.extend(more.missing);
        self.missing.sort_unstable();
        self.missing.dedup();
    }

    fn too_large() -> Unknown {
        Unknown::of(Missing::Magnitude)
    }
}

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Evaluated {
    /// In base units; the dimension is that of the expression's type.
    Amount(Amount),
    /// Of a condition.
    Truth(bool),
    /// A name.
    Symbol(SmolStr),
    /// Records that move.
    Flow(Flow),
}

/// The value of an expression at a service: of means, or of peaks.
///
/// # Errors
/// Says what it would take to know it.
pub fn evaluate(expression: &Expression, facts: &dyn Facts, basis: Basis) -> Result<Evaluated, Unknown> {
    Evaluator { facts, basis }.value(expression)
}

/// The value of an expression that gives an amount, in base units.
///
/// # Errors
/// Says what it would take to know it.
pub fn evaluate_amount(expression: &Expression, facts: &dyn Facts, basis: Basis) -> Result<Amount, Unknown> {
    Evaluator { facts, basis }.amount(expression)
}

/// Whether a condition holds.
///
/// # Errors
/// Says what it would take to know it.
pub fn evaluate_truth(expression: &Expression, facts: &dyn Facts) -> Result<bool, Unknown> {
    Evaluator { facts, basis: Basis::Mean }.truth(expression)
}

/// The flow that an expression gives, with means and peaks.
///
/// # Errors
/// Says what it would take to know it.
pub fn evaluate_flow(expression: &Expression, facts: &dyn Facts) -> Result<Flow, Unknown> {
    Evaluator { facts, basis: Basis::Mean }.flow(expression)
}

#[derive(Clone, Copy)]
pub(super) struct Evaluator<'a> {
    pub(super) facts: &'a dyn Facts,
    pub(super) basis: Basis,
}

impl Evaluator<'_> {
    pub(super) fn value(&self, expression: &Expression) -> Result<Evaluated, Unknown> {
        match &expression.node {
            Node::Literal(amount, _) => Ok(Evaluated::Amount(*amount)),
            Node::Truth(truth) => Ok(Evaluated::Truth(*truth)),
            Node::Symbol(symbol) => Ok(Evaluated::Symbol(symbol.clone())),
            Node::Property(name) => self.property(name),
            Node::Flow(name) => self.named_flow(*name).map(Evaluated::Flow),
            Node::Measure(name, measure) => self.measure(*name, *measure).map(Evaluated::Amount),
            Node::Binary(operator, left, right) => self.binary(*operator, left, right),
            Node::Call(function, arguments) => self.call(*function, arguments),
            Node::Omitted => Ok(Evaluated::Flow(Flow::none())),
        }
    }

    pub(super) fn amount(&self, expression: &Expression) -> Result<Amount, Unknown> {
        match self.value(expression)? {
            Evaluated::Amount(amount) => Ok(amount),
            _ => Err(Unknown::default()),
        }
    }

    pub(super) fn truth(&self, expression: &Expression) -> Result<bool, Unknown> {
        match self.value(expression)? {
            Evaluated::Truth(truth) => Ok(truth),
            _ => Err(Unknown::default()),
        }
    }

    pub(super) fn flow(&self, expression: &Expression) -> Result<Flow, Unknown> {
        match self.value(expression)? {
            Evaluated::Flow(flow) => Ok(flow),
            _ => Err(Unknown::default()),
        }
    }

    // ---- Names --------------------------------------------------------------------------------------------------------

    fn property(&self, name: &SmolStr) -> Result<Evaluated, Unknown> {
        let unknown = || Unknown::of(Missing::Property(name.clone()));
        match self.facts.property(name) {
            PropertyFact::Computed(expression) => self.value(expression),
            PropertyFact::Unknown => Err(unknown()),
            PropertyFact::Value(value) => match value {
                Value::Text(text) | Value::Symbol(text) => Ok(Evaluated::Symbol(text.clone())),
                Value::Bool(truth) => Ok(Evaluated::Truth(*truth)),
                Value::Quantity(quantity) => quantity.amount().map(Evaluated::Amount).ok_or_else(unknown),
                Value::Load(load) => {
                    let (rate, size) = (load.0.amount().ok_or_else(unknown)?, load.1.amount());
                    Ok(Evaluated::Flow(Flow::of(Rates { mean: rate, peak: rate }, size)))
                }
                Value::Date(_) | Value::Selector(_) | Value::List(_) => Err(unknown()),
            },
        }
    }

    fn named_flow(&self, name: FlowName) -> Result<Flow, Unknown> {
        let flow = self.facts.flow(name.direction).ok_or_else(|| Unknown::of(Missing::Flow(name.direction)))?;
        Ok(if name.at_peak { flow.at_peak() } else { flow.clone() })
    }

    fn measure(&self, name: FlowName, measure: Measure) -> Result<Amount, Unknown> {
        if measure == Measure::Edges {
            let edges = i128::try_from(self.facts.edges(name.direction)).unwrap_or(i128::MAX);
            return Ok(Amount::whole(edges));
        }
        let flow = self.facts.flow(name.direction).ok_or_else(|| Unknown::of(Missing::Flow(name.direction)))?;
        let rates = match measure {
            Measure::Bytes if !flow.has_sizes() => return Err(Unknown::of(Missing::Size(name.direction))),
            Measure::Bytes => flow.bytes(),
            _ => flow.records(),
        };
        let rates = rates.ok_or_else(Unknown::too_large)?;
        Ok(if name.at_peak { rates.peak } else { self.of(rates) })
    }

    pub(super) fn of(&self, rates: Rates) -> Amount {
        match self.basis {
            Basis::Mean => rates.mean,
            Basis::Peak => rates.peak,
        }
    }

    // ---- Operators ----------------------------------------------------------------------------------------------------

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Result<Evaluated, Unknown> {
        let (left, right) = both(self.value(left), self.value(right))?;
        let (Evaluated::Amount(left), Evaluated::Amount(right)) = (&left, &right) else {
            return Ok(Evaluated::Truth((left == right) == (operator == Operator::Equal)));
        };
        let (left, right) = (*left, *right);
        let amount = match operator {
            Operator::Add => left.checked_add(right),
            Operator::Subtract => left.checked_sub(right),
            Operator::Multiply => left.checked_mul(right),
            Operator::Divide if right.is_zero() => return Err(Unknown::of(Missing::Quotient)),
            Operator::Divide => left.checked_div(right),
            Operator::Equal => return Ok(Evaluated::Truth(left == right)),
            Operator::NotEqual => return Ok(Evaluated::Truth(left != right)),
            Operator::Less => return Ok(Evaluated::Truth(left < right)),
            Operator::AtMost => return Ok(Evaluated::Truth(left <= right)),
            Operator::Greater => return Ok(Evaluated::Truth(left > right)),
            Operator::AtLeast => return Ok(Evaluated::Truth(left >= right)),
        };
        amount.map(Evaluated::Amount).ok_or_else(Unknown::too_large)
    }

    // ---- Functions ----------------------------------------------------------------------------------------------------

    fn call(&self, function: Function, arguments: &[Expression]) -> Result<Evaluated, Unknown> {
        match (function, arguments) {
            (Function::Min | Function::Max, all) => self.extreme(function, all).map(Evaluated::Amount),
            (Function::Reader, [property]) => {
                let own = || self.amount(property);
                let Node::Property(name) = &property.node else { return own().map(Evaluated::Amount) };
                self.facts.of_readers(name).map_or_else(own, Ok).map(Evaluated::Amount)
            }
            (Function::Ceil, [value]) => Ok(Evaluated::Amount(self.amount(value)?.ceil())),
            (Function::Floor, [value]) => Ok(Evaluated::Amount(self.amount(value)?.floor())),
            (Function::If, [condition, yes, no]) => self.value(if self.truth(condition)? { yes } else { no }),
            (Function::Default, [value, other]) => self.value(value).or_else(|_| self.value(other)),
            (Function::OneOf | Function::And | Function::Or | Function::Not | Function::Given, _) => {
                self.logic(function, arguments).map(Evaluated::Truth)
            }
            (Function::Billed | Function::Chunks | Function::Largest, [flow, ..]) => {
                self.over_records(function, &self.flow(flow)?, arguments).map(Evaluated::Amount)
            }
            _ => self.flow_of(function, arguments).map(Evaluated::Flow),
        }
    }

    fn extreme(&self, function: Function, all: &[Expression]) -> Result<Amount, Unknown> {
        let mut best: Option<Amount> = None;
        let mut unknown = Unknown::default();
        for value in all {
            match self.amount(value) {
                Ok(amount) if function == Function::Min => best = Some(best.map_or(amount, |best| best.min(amount))),
                Ok(amount) => best = Some(best.map_or(amount, |best| best.max(amount))),
                Err(more) => unknown.extend(more),
            }
        }
        best.filter(|_| unknown.missing.is_empty()).ok_or(unknown)
    }

    fn logic(&self, function: Function, arguments: &[Expression]) -> Result<bool, Unknown> {
        match (function, arguments) {
            (Function::Not, [condition]) => Ok(!self.truth(condition)?),
            (Function::Given, [property]) => Ok(self.value(property).is_ok()),
            (Function::OneOf, [first, names @ ..]) => {
                let first = self.value(first)?;
                Ok(names.iter().any(|name| self.value(name).as_ref() == Ok(&first)))
            }
            (_, conditions) => {
                // What one condition decides holds whatever the others are.
                let decisive = function == Function::Or;
                let values: Vec<_> = conditions.iter().map(|condition| self.truth(condition)).collect();
                if values.contains(&Ok(decisive)) {
                    return Ok(decisive);
                }
                values.into_iter().collect::<Result<Vec<_>, _>>().map(|_| !decisive)
            }
        }
    }

    /// Sums over records of each size.
    fn over_records(&self, function: Function, flow: &Flow, arguments: &[Expression]) -> Result<Amount, Unknown> {
        let direction = arguments.first().map_or(Direction::In, direction_of);
        let [first, second] = [1, 2].map(|index| self.optional(arguments.get(index)));
        let (first, second) = (first?, second?);
        let mut result = Amount::ZERO;
        for (size, rates) in flow.parcels() {
            let size = size.ok_or_else(|| Unknown::of(Missing::Size(direction)))?;
            let next = match function {
                Function::Billed => {
                    billed(size, first, second).and_then(|size| size.checked_mul(self.of(rates))?.checked_add(result))
                }
                Function::Chunks => first
                    .and_then(|chunk| size.checked_div(chunk))
                    .and_then(|count| count.ceil().checked_mul(self.of(rates))?.checked_add(result)),
                _ => Some(result.max(size)),
            };
            result = next.ok_or_else(Unknown::too_large)?;
        }
        Ok(result)
    }

    fn flow_of(&self, function: Function, arguments: &[Expression]) -> Result<Flow, Unknown> {
        let argument = |index: usize| self.optional(arguments.get(index));
        let flow = |index: usize| arguments.get(index).map_or(Ok(Flow::none()), |argument| self.flow(argument));
        let made = match function {
            Function::Batched => batched(&flow(0)?, argument(1)?.unwrap_or(Amount::ONE), argument(2)?),
            Function::Scaled => {
                let (records, bytes) = (argument(1)?.unwrap_or(Amount::ONE), argument(2)?.unwrap_or(Amount::ONE));
                flow(0)?.mapped(|size, rates| {
                    let size = match size {
                        Some(size) => Some(size.checked_mul(bytes)?),
                        None => None,
                    };
                    Some((size, rates.scaled(records)?))
                })
            }
            Function::Resized => {
                let size = argument(1)?;
                flow(0)?.mapped(|_, rates| Some((size, rates)))
            }
            Function::Flow => {
                let rate = argument(0)?.unwrap_or(Amount::ZERO);
                Some(Flow::of(Rates { mean: rate, peak: rate }, argument(1)?))
            }
            Function::Merged => {
                let mut merged = Some(Flow::none());
                for index in 0..arguments.len() {
                    let next = flow(index)?;
                    merged = merged.and_then(|merged| merged.merged(&next));
                }
                merged
            }
            _ => Some(Flow::none()),
        };
        made.ok_or_else(Unknown::too_large)
    }

    /// The value of an argument that may have been left out.
    pub(super) fn optional(&self, argument: Option<&Expression>) -> Result<Option<Amount>, Unknown> {
        match argument {
            None | Some(Expression { node: Node::Omitted, .. }) => Ok(None),
            Some(argument) => self.amount(argument).map(Some),
        }
    }
}

/// What one record is billed as.
pub(super) fn billed(size: Amount, round_up: Option<Amount>, at_least: Option<Amount>) -> Option<Amount> {
    let rounded = match round_up {
        Some(step) => size.checked_div(step)?.ceil().checked_mul(step)?,
        None => size,
    };
    Some(at_least.map_or(rounded, |least| rounded.max(least)))
}

/// Batches that leave when they are full, or when their time is up. At the peak they are fuller before they are more, so that
/// those of the mean and those of the peak have sizes of their own.
fn batched(flow: &Flow, upto: Amount, every: Option<Amount>) -> Option<Flow> {
    let bytes = flow.bytes()?;
    if bytes.mean.is_zero() {
        return Some(Flow::none());
    }
    let batches = |bytes: Amount| -> Option<(Amount, Amount)> {
        let full = bytes.checked_div(upto)?;
        let rate = match every {
            Some(every) if !every.is_zero() => full.max(Amount::ONE.checked_div(every)?),
            _ => full,
        };
        Some((rate, bytes.checked_div(rate)?))
    };
    let ((mean, size), (peak, size_at_peak)) = (batches(bytes.mean)?, batches(bytes.peak)?);
    let at_the_mean = Flow::of(Rates { mean, peak: Amount::ZERO }, Some(size));
    at_the_mean.merged(&Flow::of(Rates { mean: Amount::ZERO, peak }, Some(size_at_peak)))
}
/// The flow that an argument is about, to say whose size is missing.
fn direction_of(argument: &Expression) -> Direction {
    match &argument.node {
        Node::Flow(name) => name.direction,
        Node::Call(_, arguments) => arguments.first().map_or(Direction::In, direction_of),
        _ => Direction::In,
    }
}

/// Both values, or what is missing for either.
fn both<A, B>(left: Result<A, Unknown>, right: Result<B, Unknown>) -> Result<(A, B), Unknown> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(mut left), Err(right)) => {
            left.extend(right);
            Err(left)
        }
        (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
    }
}
