//! Expressions as they are written.

use std::fmt;

use super::function::Parameter;
use super::{Expression, FlowName, Measure, Node, Operator};

/// Writes the expression as a catalog would have it, with as many parentheses as it needs.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Literal(_, text) => f.write_str(text),
            Node::Truth(truth) => truth.fmt(f),
            Node::Symbol(symbol) | Node::Property(symbol) => f.write_str(symbol),
            Node::Flow(flow) => write_flow(f, *flow),
            Node::Measure(flow, measure) => {
                write_flow(f, *flow)?;
                f.write_str(match measure {
                    Measure::Records => ".records",
                    Measure::Bytes => ".bytes",
                    Measure::Edges => ".edges",
                })
            }
            Node::Binary(operator, left, right) => {
                write_side(f, left, operator.level())?;
                write!(f, " {} ", operator.symbol())?;
                // Subtraction and division lean to the left.
                write_side(
                    f,
                    right,
                    operator.level() + u8::from(!matches!(operator, Operator::Add | Operator::Multiply)),
                )
            }
            Node::Call(function, arguments) if arguments.is_empty() => f.write_str(function.name()),
            Node::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                let parameters = function.signature().map_or(&[][..], |(parameters, _)| parameters);
                let given = arguments.iter().enumerate().filter(|(_, argument)| argument.node != Node::Omitted);
                for (at, (index, argument)) in given.enumerate() {
                    let comma = if at > 0 { ", " } else { "" };
                    match parameters.get(index).filter(|_| index > 0) {
                        Some(Parameter { name, .. }) => write!(f, "{comma}{name} = {argument}")?,
                        None => write!(f, "{comma}{argument}")?,
                    }
                }
                f.write_str(")")
            }
            Node::Omitted => Ok(()),
        }
    }
}

fn write_flow(f: &mut fmt::Formatter<'_>, flow: FlowName) -> fmt::Result {
    f.write_str(flow.direction.name())?;
    f.write_str(if flow.at_peak { ".peak" } else { "" })
}

fn write_side(f: &mut fmt::Formatter<'_>, side: &Expression, level: u8) -> fmt::Result {
    match &side.node {
        Node::Binary(operator, ..) if operator.level() < level => write!(f, "({side})"),
        _ => write!(f, "{side}"),
    }
}

impl Operator {
    /// How tightly it binds.
    fn level(self) -> u8 {
        match self {
            Operator::Multiply | Operator::Divide => 3,
            Operator::Add | Operator::Subtract => 2,
            _ => 1,
        }
    }
}
