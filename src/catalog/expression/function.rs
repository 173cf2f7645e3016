//! The functions that expressions can call.

use super::Type;
use crate::quantity::Dimension;

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::catalog) enum Function {
    Min,
    Max,
    Ceil,
    Floor,
    If,
    OneOf,
    And,
    Or,
    Not,
    Given,
    Default,
    Billed,
    Chunks,
    Largest,
    Nothing,
    Batched,
    Scaled,
    Resized,
    Flow,
    Merged,
    Reader,
}

/// A parameter: its name, what it takes, and whether it may be left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) ty: Type,
    pub(super) optional: bool,
}

const fn needs(name: &'static str, ty: Type) -> Parameter {
    Parameter { name, ty, optional: false }
}

const fn may_have(name: &'static str, ty: Type) -> Parameter {
    Parameter { name, ty, optional: true }
}

const NUMBER: Type = Type::Amount(Dimension::NUMBER);
const SIZE: Type = Type::Amount(Dimension::SIZE);
const RATE: Type = Type::Amount(Dimension::RATE);
const DURATION: Type = Type::Amount(Dimension::DURATION);
const THROUGHPUT: Type = Type::Amount(Dimension::THROUGHPUT);

impl Function {
    pub(super) const ALL: [Function; 21] = [
        Function::Min,
        Function::Max,
        Function::Ceil,
        Function::Floor,
        Function::If,
        Function::OneOf,
        Function::And,
        Function::Or,
        Function::Not,
        Function::Given,
        Function::Default,
        Function::Billed,
        Function::Chunks,
        Function::Largest,
        Function::Nothing,
        Function::Batched,
        Function::Scaled,
        Function::Resized,
        Function::Flow,
        Function::Merged,
        Function::Reader,
    ];

    /// The name in the language.
    pub(super) fn name(self) -> &'static str {
        match self {
            Function::Min => "min",
            Function::Max => "max",
            Function::Ceil => "ceil",
            Function::Floor => "floor",
            Function::If => "if",
            Function::OneOf => "one_of",
            Function::And => "and",
            Function::Or => "or",
            Function::Not => "not",
            Function::Given => "given",
            Function::Default => "default",
            Function::Billed => "billed",
            Function::Chunks => "chunks",
            Function::Largest => "largest",
            Function::Nothing => "nothing",
            Function::Batched => "batched",
            Function::Scaled => "scaled",
            Function::Resized => "resized",
            Function::Flow => "flow",
            Function::Merged => "merged",
            Function::Reader => "reader",
        }
    }

    pub(super) fn of(name: &str) -> Option<Function> {
        Function::ALL.into_iter().find(|function| function.name() == name)
    }

    /// How it is called, for messages.
    pub(super) fn usage(self) -> &'static str {
        match self {
            Function::Min => "min(a, b, …)",
            Function::Max => "max(a, b, …)",
            Function::Ceil => "ceil(number)",
            Function::Floor => "floor(number)",
            Function::If => "if(condition, value, other value)",
            Function::OneOf => "one_of(property, name, name, …)",
            Function::And => "and(condition, condition, …)",
            Function::Or => "or(condition, condition, …)",
            Function::Not => "not(condition)",
            Function::Given => "given(property)",
            Function::Default => "default(value, what holds where it is not known)",
            Function::Billed => "billed(flow, round_up = SIZE, at_least = SIZE)",
            Function::Chunks => "chunks(flow, of = SIZE)",
            Function::Largest => "largest(flow)",
            Function::Nothing => "nothing",
            Function::Batched => "batched(flow, upto = SIZE, every = DURATION)",
            Function::Scaled => "scaled(flow, records = NUMBER, bytes = NUMBER)",
            Function::Resized => "resized(flow, size = SIZE)",
            Function::Flow => "flow(RATE, SIZE)",
            Function::Merged => "merged(flow, flow, …)",
            Function::Reader => "reader(property)",
        }
    }

    /// The parameters of functions that take a fixed number of typed arguments, and what they give.
    pub(super) fn signature(self) -> Option<(&'static [Parameter], Type)> {
        const BILLED: &[Parameter] =
            &[needs("flow", Type::Flow), may_have("round_up", SIZE), may_have("at_least", SIZE)];
        const CHUNKS: &[Parameter] = &[needs("flow", Type::Flow), needs("of", SIZE)];
        const ONE_FLOW: &[Parameter] = &[needs("flow", Type::Flow)];
        const BATCHED: &[Parameter] = &[needs("flow", Type::Flow), needs("upto", SIZE), may_have("every", DURATION)];
        const SCALED: &[Parameter] =
            &[needs("flow", Type::Flow), may_have("records", NUMBER), may_have("bytes", NUMBER)];
        const RESIZED: &[Parameter] = &[needs("flow", Type::Flow), needs("size", SIZE)];
        const FLOW: &[Parameter] = &[needs("rate", RATE), needs("size", SIZE)];
        Some(match self {
            Function::Billed => (BILLED, THROUGHPUT),
            Function::Chunks => (CHUNKS, RATE),
            Function::Largest => (ONE_FLOW, SIZE),
            Function::Nothing => (&[], Type::Flow),
            Function::Batched => (BATCHED, Type::Flow),
            Function::Scaled => (SCALED, Type::Flow),
            Function::Resized => (RESIZED, Type::Flow),
            Function::Flow => (FLOW, Type::Flow),
            _ => return None,
        })
    }
}
