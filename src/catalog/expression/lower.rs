//! From expressions as written to expressions whose names are known and whose dimensions fit.

use super::function::Parameter;
use super::{Direction, Expression, FlowName, Function, Measure, Node, Operator, Type};
use crate::catalog::{Catalog, KindId};
use crate::diagnostic::Diagnostic;
use crate::quantity::{Dimension, Quantity};
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{self, Argument, ValueKind};

/// What an expression shall be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::catalog) enum Expected {
    /// Amounts of any dimension.
    Amount,
    /// Of this type.
    Type(Type),
}

/// Makes the expressions of one kind.
pub(in crate::catalog) struct Lowering<'a> {
    catalog: &'a Catalog,
    kind: KindId,
    code: &'static str,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    /// For the expressions of a kind, whose ancestors and their properties are known. Findings have the code.
    pub(in crate::catalog) fn new(
        catalog: &'a Catalog,
        kind: KindId,
        code: &'static str,
        found: &'a mut Vec<Diagnostic>,
    ) -> Lowering<'a> {
        Lowering { catalog, kind, code, found }
    }

    /// The expression, if it is one and of what is expected; else there is a finding.
    pub(in crate::catalog) fn lower(&mut self, value: &ast::Value, expected: Expected) -> Option<Expression> {
        let hint = match expected {
            Expected::Type(ty) => Some(ty),
            Expected::Amount => None,
        };
        let expression = self.expression(value, hint)?;
        let fits = match expected {
            Expected::Amount => matches!(expression.ty, Type::Amount(_)),
            Expected::Type(ty) => fits(expression.ty, ty),
        };
        if fits {
            return Some(expression);
        }
        let wanted = match expected {
            Expected::Amount => "an amount".to_owned(),
            Expected::Type(ty) => ty.to_string(),
        };
        self.report(value.span, format!("expected {wanted}, and this is {}", expression.ty))
    }

    /// The two sides of a comparison of amounts, the side that must not be exceeded last, and whether it must not be reached.
    pub(in crate::catalog) fn condition(&mut self, value: &ast::Value) -> Option<(Expression, Expression, bool)> {
        let expression = self.expression(value, None)?;
        match expression.node {
            Node::Binary(operator, left, right) if matches!(left.ty, Type::Amount(_)) => match operator {
                Operator::AtMost => Some((*left, *right, false)),
                Operator::Less => Some((*left, *right, true)),
                Operator::AtLeast => Some((*right, *left, false)),
                Operator::Greater => Some((*right, *left, true)),
                _ => self.no_comparison(value.span),
            },
            _ => self.no_comparison(value.span),
        }
    }

    fn no_comparison<T>(&mut self, at: Span) -> Option<T> {
        let help = "write what is used, `<=`, and what is allowed: `in.bytes <= 5 MiB/s`";
        self.found.push(Diagnostic::new(self.code, at, "a limit is a comparison of two amounts").help(help));
        None
    }

    fn expression(&mut self, value: &ast::Value, hint: Option<Type>) -> Option<Expression> {
        let span = value.span;
        let (node, ty) = match &value.kind {
            ValueKind::Number(text) => self.number(text, span)?,
            ValueKind::Path(name) => self.name(name, span, hint)?,
            ValueKind::Text(text) => (Node::Symbol(text.clone()), Type::Symbol),
            ValueKind::Negative(inner) => {
                let inner = self.expression(inner, hint)?;
                let Type::Amount(_) = inner.ty else {
                    return self.report(inner.span, format!("expected an amount, and this is {}", inner.ty));
                };
                let ty = inner.ty;
                let zero = Expression { node: Node::Literal(crate::quantity::Amount::ZERO, "0".into()), ty, span };
                (Node::Binary(Operator::Subtract, Box::new(zero), Box::new(inner)), ty)
            }
            ValueKind::Binary(binary) => self.binary(binary, span)?,
            ValueKind::Call(name, arguments) => self.call(name, arguments, span, hint)?,
            ValueKind::Load(_) | ValueKind::Date(_) | ValueKind::RuleCode(_) | ValueKind::List(_) | ValueKind::Star => {
                return self.report(span, "this cannot stand in an expression");
            }
        };
        Some(Expression { node, ty, span })
    }

    fn number(&mut self, text: &str, span: Span) -> Option<(Node, Type)> {
        match Quantity::parse(text) {
            Ok(quantity) => {
                let ty = Type::Amount(quantity.dimension());
                Some((Node::Literal(quantity.amount()?, text.into()), ty))
            }
            Err(error) => {
                let range = error.range();
                let at = span.slice(range.start, range.end);
                self.found.push(Diagnostic::new(self.code, at, error.to_string()).help(error.help()));
                None
            }
        }
    }

    // ---- Names --------------------------------------------------------------------------------------------------------

    fn name(&mut self, name: &str, span: Span, hint: Option<Type>) -> Option<(Node, Type)> {
        if name == "true" || name == "false" {
            return Some((Node::Truth(name == "true"), Type::Truth));
        }
        if let Some(property) = self.catalog.property(self.kind, name) {
            let Some(ty) = property.expression_type() else {
                let message = format!("`{name}` is of type `{}`, which expressions cannot use", property.ty);
                return self.report(span, message);
            };
            return Some((Node::Property(name.into()), ty));
        }
        if let Some(found) = flow_name(name) {
            return Some(found);
        }
        match hint {
            Some(Type::Symbol) => Some((Node::Symbol(name.into()), Type::Symbol)),
            Some(Type::Flow) if name == "nothing" => Some((Node::Call(Function::Nothing, Vec::new()), Type::Flow)),
            _ => self.unknown_name(name, span),
        }
    }

    fn unknown_name<T>(&mut self, name: &str, span: Span) -> Option<T> {
        let kind = self.catalog.kind(self.kind);
        let properties = self.catalog.properties(self.kind);
        let flows = FLOWS.iter().copied();
        let near = suggest::nearest(name, properties.iter().map(|it| it.name.as_str()).chain(flows));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "an expression names properties of the kind, and flows: `in.records`, `in.bytes`, `in.edges`, the \
                     same of `side` and `out`, and of `in.peak`"
                .to_owned(),
        };
        let message = format!("`{}` has no property `{name}`", kind.name);
        self.found.push(Diagnostic::new(self.code, span, message).help(help));
        None
    }

    // ---- Operators ----------------------------------------------------------------------------------------------------

    fn binary(&mut self, binary: &ast::Binary, span: Span) -> Option<(Node, Type)> {
        let Some(operator) = operator(binary.operator) else {
            return self.report(span, "an expression computes with `+ - * /` and compares with `== != < <= > >=`");
        };
        let is_equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        let hint = is_equality.then_some(Type::Symbol);
        let (left, right) = (self.expression(&binary.left, hint), self.expression(&binary.right, hint));
        let (left, right) = (left?, right?);
        let ty = match (left.ty, right.ty) {
            (Type::Amount(one), Type::Amount(other)) => self.combine(operator, one, other, span)?,
            (Type::Symbol, Type::Symbol) | (Type::Truth, Type::Truth) if is_equality => Type::Truth,
            (one, other) => {
                let message = format!("`{}` cannot join {one} and {other}", operator.symbol());
                return self.report(span, message);
            }
        };
        self.check_choice(&left, &right)?;
        self.check_choice(&right, &left)?;
        Some((Node::Binary(operator, Box::new(left), Box::new(right)), ty))
    }

    fn combine(&mut self, operator: Operator, one: Dimension, other: Dimension, span: Span) -> Option<Type> {
        let (dimension, verb) = match operator {
            Operator::Multiply => (one.product(other), "multiplied"),
            Operator::Divide => (one.ratio(other), "divided"),
            Operator::Add => (one.sum(other), "added"),
            Operator::Subtract => (one.sum(other), "subtracted"),
            _ => (one.sum(other), "compared"),
        };
        let Some(dimension) = dimension else {
            return self.report(span, format!("{one} and {other} cannot be {verb}"));
        };
        let computes = matches!(operator, Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide);
        Some(if computes { Type::Amount(dimension) } else { Type::Truth })
    }

    /// Refuses a name that a property of a few names cannot have.
    fn check_choice(&mut self, property: &Expression, literal: &Expression) -> Option<()> {
        let (Node::Property(name), Node::Symbol(word)) = (&property.node, &literal.node) else { return Some(()) };
        let spec = self.catalog.property(self.kind, name)?;
        let super::super::PropertyType::OneOf(words) = &spec.ty else { return Some(()) };
        if words.contains(word) {
            return Some(());
        }
        let near = suggest::nearest(word, words.iter().map(smol_str::SmolStr::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is {}", spec.ty.expectation()),
        };
        let message = format!("`{name}` is never `{word}`");
        self.found.push(Diagnostic::new(self.code, literal.span, message).help(help));
        None
    }

    // ---- Calls --------------------------------------------------------------------------------------------------------

    fn call(
        &mut self,
        name: &ast::Path,
        arguments: &[Argument],
        span: Span,
        hint: Option<Type>,
    ) -> Option<(Node, Type)> {
        let Some(function) = Function::of(&name.text) else {
            let near = suggest::nearest(&name.text, Function::ALL.iter().map(|function| function.name()));
            let names: Vec<_> = Function::ALL.iter().map(|function| format!("`{}`", function.name())).collect();
            let help =
                near.map_or_else(|| format!("there are {}", names.join(", ")), |it| format!("did you mean `{it}`?"));
            let message = format!("there is no function `{}`", name.text);
            self.found.push(Diagnostic::new(self.code, name.span, message).help(help));
            return None;
        };
        if let Some((parameters, ty)) = function.signature() {
            let arguments = self.arguments(function, parameters, arguments, span)?;
            return Some((Node::Call(function, arguments), ty));
        }
        if let Some(named) = arguments.iter().find_map(|argument| argument.name.as_ref()) {
            return self.misused(function, named.span);
        }
        let values: Vec<&ast::Value> = arguments.iter().map(|argument| &argument.value).collect();
        let (arguments, ty) = self.overloaded(function, &values, span, hint)?;
        Some((Node::Call(function, arguments), ty))
    }

    /// Functions whose arguments are of several types.
    fn overloaded(
        &mut self,
        function: Function,
        values: &[&ast::Value],
        span: Span,
        hint: Option<Type>,
    ) -> Option<(Vec<Expression>, Type)> {
        match (function, values) {
            (Function::Min | Function::Max, [_, _, ..]) | (Function::Default, [_, _]) => self.alike(values, hint, span),
            (Function::Ceil | Function::Floor, [value]) => {
                let value = self.expression(value, None)?;
                let dimension = match value.ty {
                    Type::Amount(dimension) if dimension.sum(Dimension::NUMBER).is_some() => dimension,
                    ty => {
                        let help = "divide by what one of them is: `ceil(in.bytes / 1 MiB/s)`";
                        let message = format!("only numbers and counts can be rounded, and this is {ty}");
                        self.found.push(Diagnostic::new(self.code, value.span, message).help(help));
                        return None;
                    }
                };
                Some((vec![value], Type::Amount(dimension)))
            }
            (Function::Reader, [name]) => {
                let property = self.expression(name, None)?;
                match (&property.node, property.ty) {
                    (Node::Property(_), ty @ Type::Amount(_)) => Some((vec![property], ty)),
                    _ => self.misused(function, name.span),
                }
            }
            (Function::If, [condition, rest @ ..]) if rest.len() == 2 => {
                let condition = self.lower(condition, Expected::Type(Type::Truth));
                let (mut branches, ty) = self.alike(rest, hint, span)?;
                branches.insert(0, condition?);
                Some((branches, ty))
            }
            (Function::OneOf, [first, names @ ..]) if !names.is_empty() => {
                let first = self.lower(first, Expected::Type(Type::Symbol))?;
                let mut all = vec![first.clone()];
                for name in names {
                    let name = self.lower(name, Expected::Type(Type::Symbol))?;
                    self.check_choice(&first, &name)?;
                    all.push(name);
                }
                Some((all, Type::Truth))
            }
            (Function::And | Function::Or, [_, _, ..]) | (Function::Not, [_]) => {
                let all: Vec<_> = values.iter().map(|value| self.lower(value, Expected::Type(Type::Truth))).collect();
                Some((all.into_iter().collect::<Option<_>>()?, Type::Truth))
            }
            (Function::Given, [value]) => {
                let property = self.expression(value, None)?;
                if !matches!(property.node, Node::Property(_)) {
                    return self.misused(function, span);
                }
                Some((vec![property], Type::Truth))
            }
            (Function::Merged, [_, _, ..]) => self
                .alike(values, Some(Type::Flow), span)
                .and_then(|(all, ty)| if ty == Type::Flow { Some((all, ty)) } else { self.misused(function, span) }),
            _ => self.misused(function, span),
        }
    }

    /// Arguments of one type, and that type.
    fn alike(&mut self, values: &[&ast::Value], hint: Option<Type>, span: Span) -> Option<(Vec<Expression>, Type)> {
        let lowered: Vec<_> = values.iter().map(|value| self.expression(value, hint)).collect();
        let all: Vec<Expression> = lowered.into_iter().collect::<Option<_>>()?;
        let mut types = all.iter().map(|expression| expression.ty);
        let mut ty = types.next()?;
        for other in types {
            let joined = match (ty, other) {
                (Type::Amount(one), Type::Amount(other)) => one.sum(other).map(Type::Amount),
                (one, other) => (one == other).then_some(one),
            };
            let Some(joined) = joined else {
                return self.report(span, format!("these cannot stand for each other: {ty} and {other}"));
            };
            ty = joined;
        }
        Some((all, ty))
    }

    /// The arguments in the order of the parameters.
    fn arguments(
        &mut self,
        function: Function,
        parameters: &[Parameter],
        arguments: &[Argument],
        span: Span,
    ) -> Option<Vec<Expression>> {
        let mut slots: Vec<Option<Expression>> = vec![None; parameters.len()];
        for (index, argument) in arguments.iter().enumerate() {
            let position = match &argument.name {
                Some(name) => parameters.iter().position(|parameter| parameter.name == name.text),
                None => Some(index),
            };
            let slot = position.and_then(|position| Some((parameters.get(position)?, slots.get_mut(position)?)));
            let Some((parameter, slot @ None)) = slot else {
                return self.misused(function, argument.value.span);
            };
            *slot = Some(self.lower(&argument.value, Expected::Type(parameter.ty))?);
        }
        let mut all = Vec::new();
        for (slot, parameter) in slots.into_iter().zip(parameters) {
            match slot {
                Some(argument) => all.push(argument),
                None if parameter.optional => {
                    all.push(Expression { node: Node::Omitted, ty: parameter.ty, span });
                }
                None => return self.misused(function, span),
            }
        }
        Some(all)
    }

    fn misused<T>(&mut self, function: Function, span: Span) -> Option<T> {
        let message = format!("`{}` is not called like this", function.name());
        let help = format!("write `{}`", function.usage());
        self.found.push(Diagnostic::new(self.code, span, message).help(help));
        None
    }

    /// Adds a finding.
    pub(in crate::catalog) fn report_diagnostic(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn report<T>(&mut self, span: Span, message: impl Into<String>) -> Option<T> {
        self.found.push(Diagnostic::new(self.code, span, message));
        None
    }
}

/// The names of flows, for suggestions.
const FLOWS: [&str; 7] =
    ["in.records", "in.bytes", "in.edges", "side.records", "out.records", "out.bytes", "out.edges"];

/// `in`, `in.peak`, `in.bytes`, `in.peak.bytes` and the like.
fn flow_name(name: &str) -> Option<(Node, Type)> {
    let mut parts = name.split('.').peekable();
    let first = parts.next()?;
    let direction = Direction::ALL.into_iter().find(|direction| direction.name() == first)?;
    let at_peak = parts.next_if_eq(&"peak").is_some();
    let flow = FlowName { direction, at_peak };
    let (measure, dimension) = match parts.next() {
        None => return Some((Node::Flow(flow), Type::Flow)),
        Some("records") => (Measure::Records, Dimension::RATE),
        Some("bytes") => (Measure::Bytes, Dimension::THROUGHPUT),
        Some("edges") => (Measure::Edges, Dimension::NUMBER),
        Some(_) => return None,
    };
    parts.next().is_none().then_some((Node::Measure(flow, measure), Type::Amount(dimension)))
}

fn operator(operator: ast::Operator) -> Option<Operator> {
    Some(match operator {
        ast::Operator::Add => Operator::Add,
        ast::Operator::Subtract => Operator::Subtract,
        ast::Operator::Multiply => Operator::Multiply,
        ast::Operator::Divide => Operator::Divide,
        ast::Operator::Equal => Operator::Equal,
        ast::Operator::NotEqual => Operator::NotEqual,
        ast::Operator::Less => Operator::Less,
        ast::Operator::AtMost => Operator::AtMost,
        ast::Operator::Greater => Operator::Greater,
        ast::Operator::AtLeast => Operator::AtLeast,
        ast::Operator::Flows(_) | ast::Operator::Intersect => return None,
    })
}

fn fits(found: Type, expected: Type) -> bool {
    match (found, expected) {
        (Type::Amount(found), Type::Amount(expected)) => found.sum(expected).is_some(),
        (found, expected) => found == expected,
    }
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Amount(dimension) => dimension.fmt(f),
            Type::Truth => f.write_str("a condition"),
            Type::Symbol => f.write_str("a name"),
            Type::Flow => f.write_str("a flow"),
        }
    }
}
