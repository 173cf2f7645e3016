//! How a value came about: the expression with what is known in place of names.

use super::evaluate::{Evaluator, billed};
use super::{Evaluated, Expression, Facts, Function, Node, Operator, PropertyFact, Type};
use crate::flow::{Basis, Flow, Rates};
use crate::quantity::{Amount, Dimension};

/// How many sizes of records are written out.
const MAX_TERMS: usize = 4;

/// The expression with figures in place of names, such as `2,000/s × ceil(2 KiB / 25 KiB)`. Of a condition's branches only
/// the one that was taken is shown, and in place of a computed property what computes it.
pub fn derive(expression: &Expression, facts: &dyn Facts, basis: Basis) -> String {
    let evaluator = Evaluator { facts, basis };
    Derivation { evaluator }.text(expression).text
}

/// The same as one side of a product, whose other side is given.
pub fn derive_product(expression: &Expression, facts: &dyn Facts, basis: Basis, factor: &str) -> String {
    let evaluator = Evaluator { facts, basis };
    format!("{} × {factor}", Derivation { evaluator }.text(expression).inside(Binding::Product))
}

/// How tightly a text holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Whole,
}

struct Derived {
    text: String,
    binding: Binding,
}

impl Derived {
    fn whole(text: String) -> Derived {
        Derived { text, binding: Binding::Whole }
    }

    /// The text, in parentheses where it holds together less tightly.
    fn inside(self, binding: Binding) -> String {
        if self.binding < binding { format!("({})", self.text) } else { self.text }
    }
}

struct Derivation<'a> {
    evaluator: Evaluator<'a>,
}

impl Derivation<'_> {
    fn text(&self, expression: &Expression) -> Derived {
        match &expression.node {
            Node::Literal(_, text) => Derived::whole(text.replace('_', ",")),
            Node::Truth(truth) => Derived::whole(truth.to_string()),
            Node::Symbol(symbol) => Derived::whole(symbol.to_string()),
            Node::Property(name) => match self.evaluator.facts.property(name) {
                PropertyFact::Value(value) => Derived::whole(value.to_string().replace('_', ",")),
                PropertyFact::Computed(expression) => self.text(expression),
                PropertyFact::Unknown => self.figure(expression),
            },
            Node::Flow(_) | Node::Measure(..) | Node::Omitted => self.figure(expression),
            Node::Binary(operator, left, right) => self.binary(*operator, left, right),
            Node::Call(function, arguments) => self.call(*function, arguments, expression),
        }
    }

    /// The value itself.
    fn figure(&self, expression: &Expression) -> Derived {
        Derived::whole(match (self.evaluator.value(expression), expression.ty) {
            (Ok(Evaluated::Amount(amount)), Type::Amount(dimension)) => amount.in_words(dimension),
            (Ok(Evaluated::Amount(amount)), _) => amount.to_string(),
            (Ok(Evaluated::Truth(truth)), _) => truth.to_string(),
            (Ok(Evaluated::Symbol(symbol)), _) => symbol.to_string(),
            (Ok(Evaluated::Flow(flow)), _) => return self.flow(&flow, &|size| vec![size.in_words(Dimension::SIZE)]),
            (Err(_), _) => "?".to_owned(),
        })
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Derived {
        // A term that adds nothing explains nothing.
        if operator == Operator::Add {
            for (term, other) in [(left, right), (right, left)] {
                if self.evaluator.value(term) == Ok(Evaluated::Amount(Amount::ZERO)) {
                    return self.text(other);
                }
            }
        }
        let (symbol, binding) = match operator {
            Operator::Multiply => ("×", Binding::Product),
            Operator::Divide => ("/", Binding::Product),
            Operator::Subtract => ("−", Binding::Sum),
            _ => (operator.symbol(), Binding::Sum),
        };
        // What is taken away or divided by holds together more tightly than what it stands beside.
        let right_binding = match operator {
            Operator::Divide => Binding::Whole,
            Operator::Subtract => Binding::Product,
            _ => binding,
        };
        let (left, right) = (self.text(left).inside(binding), self.text(right).inside(right_binding));
        Derived { text: format!("{left} {symbol} {right}"), binding }
    }

    fn call(&self, function: Function, arguments: &[Expression], whole: &Expression) -> Derived {
        match (function, arguments) {
            (Function::If, [condition, yes, no]) => match self.evaluator.truth(condition) {
                Ok(holds) => self.text(if holds { yes } else { no }),
                Err(_) => Derived::whole("?".to_owned()),
            },
            (Function::Default, [value, other]) => {
                self.text(if self.evaluator.value(value).is_ok() { value } else { other })
            }
            (Function::Billed, [flow, round_up, at_least]) => self.records(flow, &|size| {
                let [step, least] = [round_up, at_least].map(|it| self.evaluator.optional(Some(it)).ok().flatten());
                if least.is_some_and(|least| billed(size, step, None).is_some_and(|size| size < least)) {
                    return vec![self.text(at_least).text];
                }
                match step {
                    Some(_) => {
                        let step = self.text(round_up).text;
                        vec![format!("ceil({} / {step})", size.in_words(Dimension::SIZE)), step]
                    }
                    None => vec![size.in_words(Dimension::SIZE)],
                }
            }),
            (Function::Chunks, [flow, of]) => self.records(flow, &|size| {
                vec![format!("ceil({} / {})", size.in_words(Dimension::SIZE), self.text(of).text)]
            }),
            (Function::Min | Function::Max | Function::Ceil | Function::Floor, all) => {
                let texts: Vec<_> = all.iter().map(|argument| self.text(argument).text).collect();
                Derived::whole(format!("{}({})", function.name(), texts.join(", ")))
            }
            _ => self.figure(whole),
        }
    }

    fn records(&self, flow: &Expression, factors: &dyn Fn(Amount) -> Vec<String>) -> Derived {
        match self.evaluator.flow(flow) {
            Ok(flow) => self.flow(&flow, factors),
            Err(_) => Derived::whole("?".to_owned()),
        }
    }

    /// The sum over sizes of the rate times these factors.
    fn flow(&self, flow: &Flow, factors: &dyn Fn(Amount) -> Vec<String>) -> Derived {
        let all = flow.parcels().len();
        let moves = |(_, rates): &(Option<Amount>, Rates)| all == 1 || !self.evaluator.of(*rates).is_zero();
        let parcels: Vec<_> = flow.parcels().filter(moves).collect();
        let rest = parcels.len().saturating_sub(MAX_TERMS);
        let mut terms: Vec<String> = parcels
            .into_iter()
            .take(MAX_TERMS)
            .map(|(size, rates)| {
                let rate = self.evaluator.of(rates).in_words(Dimension::RATE);
                let factors = size.map_or_else(|| vec!["?".to_owned()], factors);
                std::iter::once(rate).chain(factors).collect::<Vec<_>>().join(" × ")
            })
            .collect();
        if rest > 0 {
            terms.push(format!("the same of {rest} more sizes"));
        }
        let binding = if terms.len() > 1 { Binding::Sum } else { Binding::Product };
        Derived { text: if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") }, binding }
    }
}
