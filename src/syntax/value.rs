//! Lowering of values, and operator precedence.

use std::sync::LazyLock;

use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::ast::{Argument, Arrow, Binary, Operator, Path, TriviaKind, Value, ValueKind};
use super::grammar::{Pair, Rule};
use super::lower::Lowering;
use super::{mistake, text};
use crate::source::Span;

/// Terms and operators of one expression.
const MAX_TERMS: usize = 512;

/// From the loosest to the tightest.
static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(left(Rule::flows))
        .op(left(Rule::equal) | left(Rule::not_equal))
        .op(left(Rule::at_most) | left(Rule::at_least) | left(Rule::less) | left(Rule::greater))
        .op(left(Rule::add) | left(Rule::subtract))
        .op(left(Rule::intersect))
        .op(left(Rule::multiply) | left(Rule::divide))
});

impl<'t> Lowering<'t> {
    /// Lowers the next of the parts.
    pub(super) fn value(&mut self, parts: &mut impl Iterator<Item = Pair<'t>>) -> Option<Value> {
        let pair = parts.next()?;
        self.one_value(pair)
    }

    pub(super) fn one_value(&mut self, pair: Pair<'t>) -> Option<Value> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::number => ValueKind::Number(pair.as_str().into()),
            Rule::path => ValueKind::Path(self.path(&pair).text),
            Rule::date => ValueKind::Date(pair.as_str().into()),
            Rule::rule_code => ValueKind::RuleCode(pair.as_str().into()),
            Rule::star => ValueKind::Star,
            Rule::text | Rule::block_text | Rule::foreign_text | Rule::open_text | Rule::open_block_text => {
                ValueKind::Text(self.text(&pair).value)
            }
            Rule::load => {
                let mut numbers = pair.into_inner();
                let rate = self.signed_number(&mut numbers)?;
                ValueKind::Load(Box::new((rate, self.signed_number(&mut numbers)?)))
            }
            _ => return self.nested(span, |lowering| lowering.compound(pair, span))?,
        };
        Some(Value { kind, span })
    }

    /// A number of a load with the sign before it.
    fn signed_number(&self, pairs: &mut impl Iterator<Item = Pair<'t>>) -> Option<Value> {
        let first = pairs.next()?;
        if first.as_rule() != Rule::minus {
            return Some(Value { kind: ValueKind::Number(first.as_str().into()), span: self.span(&first) });
        }
        let number = pairs.next()?;
        let span = self.span(&first).to(self.span(&number));
        Some(Value { kind: ValueKind::Number(format!("-{}", number.as_str()).into()), span })
    }

    fn compound(&mut self, pair: Pair<'t>, span: Span) -> Option<Value> {
        let kind = match pair.as_rule() {
            Rule::list => ValueKind::List(self.values(pair.into_inner())),
            Rule::call => {
                let mut parts = pair.into_inner();
                let name = self.path(&parts.next()?);
                let arguments = parts.next().map(|list| self.arguments(list.into_inner()));
                ValueKind::Call(name, arguments.unwrap_or_default())
            }
            Rule::negative => ValueKind::Negative(Box::new(self.value(&mut pair.into_inner())?)),
            Rule::grouped => return self.values(pair.into_inner()).pop(),
            _ => return self.expression(pair),
        };
        Some(Value { kind, span })
    }

    fn values(&mut self, pairs: impl Iterator<Item = Pair<'t>>) -> Vec<Value> {
        let mut values = Vec::new();
        for pair in pairs {
            match pair.as_rule() {
                Rule::comment => self.trivia(&pair, TriviaKind::Comment),
                _ => values.extend(self.one_value(pair)),
            }
        }
        values
    }

    fn expression(&mut self, pair: Pair<'t>) -> Option<Value> {
        let span = self.span(&pair);
        let terms = pair.into_inner();
        // The tree leans to the left, as deep as there are operators: it has a bound for the same reason as blocks.
        if terms.len() > MAX_TERMS {
            self.report(mistake::expression_too_long(span));
            return None;
        }
        let lowering = std::cell::RefCell::new(self);
        PRECEDENCE
            .map_primary(|term| lowering.borrow_mut().one_value(term))
            .map_infix(|left, operator, right| Some(binary(left?, operator_of(&operator), right?)))
            .parse(terms)
    }

    pub(super) fn arguments(&mut self, pairs: impl Iterator<Item = Pair<'t>>) -> Vec<Argument> {
        let mut arguments = Vec::new();
        for pair in pairs {
            match pair.as_rule() {
                Rule::comment => self.trivia(&pair, TriviaKind::Comment),
                Rule::named => {
                    let mut parts = pair.into_inner();
                    let name: Option<Path> = parts.next().map(|name| self.path(&name));
                    arguments.extend(self.value(&mut parts).map(|value| Argument { name, value }));
                }
                _ => arguments.extend(self.one_value(pair).map(|value| Argument { name: None, value })),
            }
        }
        arguments
    }

    pub(super) fn text(&mut self, pair: &Pair<'t>) -> super::ast::Text {
        let (text, mistakes) = text::string(pair.as_str(), self.span(pair));
        self.diagnostics.extend(mistakes);
        text
    }
}

fn binary(left: Value, operator: Operator, right: Value) -> Value {
    let span = left.span.to(right.span);
    Value { kind: ValueKind::Binary(Box::new(Binary { left, operator, right })), span }
}

fn operator_of(pair: &Pair<'_>) -> Operator {
    match (pair.as_rule(), pair.as_str()) {
        (Rule::flows, "=>") => Operator::Flows(Arrow::Call),
        (Rule::flows, "~>") => Operator::Flows(Arrow::Side),
        (Rule::flows, _) => Operator::Flows(Arrow::Data),
        (Rule::equal, _) => Operator::Equal,
        (Rule::not_equal, _) => Operator::NotEqual,
        (Rule::at_most, _) => Operator::AtMost,
        (Rule::at_least, _) => Operator::AtLeast,
        (Rule::less, _) => Operator::Less,
        (Rule::greater, _) => Operator::Greater,
        (Rule::add, _) => Operator::Add,
        (Rule::subtract, _) => Operator::Subtract,
        (Rule::multiply, _) => Operator::Multiply,
        (Rule::divide, _) => Operator::Divide,
        _ => Operator::Intersect,
    }
}
