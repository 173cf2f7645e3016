//! All places in a tree, to move them.

use super::ast::{
    Argument, Block, Branch, Carrier, Declaration, Edge, Limit, Meter, Modality, Note, Path, Preamble, Property,
    PropertyDeclaration, Section, Statement, Type, Value, ValueKind, Wire, Without,
};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// All places of a finding, those of its fix included.
pub(super) fn of_finding(finding: &mut Diagnostic) -> impl Iterator<Item = &mut Span> {
    let labels = std::iter::once(&mut finding.primary).chain(&mut finding.secondary);
    let edits = finding.fix.iter_mut().flat_map(|fix| &mut fix.edits);
    labels.map(|label| &mut label.span).chain(edits.map(|edit| &mut edit.span))
}

/// Goes through all places of a statement. An instance of a pattern is no matter of the parser, and has none here.
pub(super) fn of_statement(statement: &mut Statement, each: &mut impl FnMut(&mut Span)) {
    match statement {
        Statement::Declaration(it) => declaration(it, each),
        Statement::Edge(it) => edge(it, each),
        Statement::Property(Property { key, value, span }) => {
            each(&mut key.span);
            if let Some(value) = value {
                of_value(value, each);
            }
            each(span);
        }
        Statement::Section(Section { name, block, span }) => {
            each(&mut name.span);
            of_block(block, each);
            each(span);
        }
        Statement::PropertyDeclaration(it) => property_declaration(it, each),
        Statement::Meter(it) => meter(it, each),
        Statement::Limit(it) => limit(it, each),
        Statement::Wire(it) => wire(it, each),
        Statement::Steps(it) => {
            for Branch { word, title, block } in &mut it.branches {
                each(&mut word.span);
                if let Some(title) = title {
                    each(&mut title.span);
                }
                of_block(block, each);
            }
            each(&mut it.span);
        }
        Statement::Note(Note { over, text, span }) => {
            paths(over, each);
            each(&mut text.span);
            each(span);
        }
        Statement::Without(Without { names, span }) => {
            paths(names, each);
            each(span);
        }
    }
}

fn declaration(it: &mut Declaration, each: &mut impl FnMut(&mut Span)) {
    preamble(&mut it.preamble, each);
    paths(it.name.iter_mut().chain(&mut it.kind).chain(&mut it.is).chain(&mut it.follows).chain(&mut it.alias), each);
    for parameter in &mut it.parameters {
        each(&mut parameter.name.span);
        of_type(&mut parameter.ty, each);
        parameter.default.iter_mut().for_each(|value| of_value(value, each));
    }
    arguments(&mut it.arguments, each);
    it.title.iter_mut().for_each(|title| each(&mut title.span));
    it.block.iter_mut().for_each(|block| of_block(block, each));
    each(&mut it.span);
}

fn edge(it: &mut Edge, each: &mut impl FnMut(&mut Span)) {
    preamble(&mut it.preamble, each);
    paths(&mut it.first, each);
    for step in &mut it.steps {
        each(&mut step.arrow_span);
        paths(&mut step.to, each);
    }
    for Carrier { name, target, span } in &mut it.carriers {
        paths(name.iter_mut().chain([target]), each);
        each(span);
    }
    it.label.iter_mut().for_each(|label| each(&mut label.span));
    it.block.iter_mut().for_each(|block| of_block(block, each));
    each(&mut it.span);
}

fn property_declaration(it: &mut PropertyDeclaration, each: &mut impl FnMut(&mut Span)) {
    preamble(&mut it.preamble, each);
    each(&mut it.name.span);
    of_type(&mut it.ty, each);
    it.default.iter_mut().for_each(|value| of_value(value, each));
    it.block.iter_mut().for_each(|block| of_block(block, each));
    each(&mut it.span);
}

fn meter(it: &mut Meter, each: &mut impl FnMut(&mut Span)) {
    preamble(&mut it.preamble, each);
    each(&mut it.name.span);
    of_value(&mut it.quantity, each);
    each(&mut it.price.span);
    it.block.iter_mut().for_each(|block| of_block(block, each));
    each(&mut it.span);
}

fn limit(it: &mut Limit, each: &mut impl FnMut(&mut Span)) {
    preamble(&mut it.preamble, each);
    each(&mut it.name.span);
    of_value(&mut it.condition, each);
    it.block.iter_mut().for_each(|block| of_block(block, each));
    each(&mut it.span);
}

fn wire(it: &mut Wire, each: &mut impl FnMut(&mut Span)) {
    preamble(&mut it.preamble, each);
    paths(it.from.iter_mut().chain(&mut it.to), each);
    if let Modality::Through(ways) = &mut it.modality {
        paths(ways, each);
    }
    it.block.iter_mut().for_each(|block| of_block(block, each));
    each(&mut it.span);
}

fn of_block(block: &mut Block, each: &mut impl FnMut(&mut Span)) {
    block.statements.iter_mut().for_each(|statement| of_statement(statement, each));
    each(&mut block.span);
}

fn preamble(it: &mut Preamble, each: &mut impl FnMut(&mut Span)) {
    if let Some(doc) = &mut it.doc {
        doc.lines.iter_mut().for_each(&mut *each);
        each(&mut doc.span);
    }
    for attribute in &mut it.attributes {
        each(&mut attribute.name.span);
        arguments(&mut attribute.arguments, each);
        each(&mut attribute.span);
    }
}

fn paths<'p>(paths: impl IntoIterator<Item = &'p mut Path>, each: &mut impl FnMut(&mut Span)) {
    paths.into_iter().for_each(|path| each(&mut path.span));
}

fn arguments(arguments: &mut [Argument], each: &mut impl FnMut(&mut Span)) {
    for argument in arguments {
        paths(&mut argument.name, each);
        of_value(&mut argument.value, each);
    }
}

fn of_type(ty: &mut Type, each: &mut impl FnMut(&mut Span)) {
    each(&mut ty.name.span);
    arguments(&mut ty.arguments, each);
    each(&mut ty.span);
}

fn of_value(value: &mut Value, each: &mut impl FnMut(&mut Span)) {
    each(&mut value.span);
    match &mut value.kind {
        ValueKind::Load(load) => {
            of_value(&mut load.0, each);
            of_value(&mut load.1, each);
        }
        ValueKind::List(items) => items.iter_mut().for_each(|item| of_value(item, each)),
        ValueKind::Call(name, called) => {
            each(&mut name.span);
            arguments(called, each);
        }
        ValueKind::Negative(inner) => of_value(inner, each),
        ValueKind::Binary(binary) => {
            of_value(&mut binary.left, each);
            of_value(&mut binary.right, each);
        }
        ValueKind::Text(_)
        | ValueKind::Path(_)
        | ValueKind::Number(_)
        | ValueKind::Date(_)
        | ValueKind::RuleCode(_)
        | ValueKind::Star => {}
    }
}
