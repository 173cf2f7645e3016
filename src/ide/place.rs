//! What stands at a place: the statements around it, and the values and words in them.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::ast::{self, Declaration, Edge, Keyword, Statement, Value};

/// The statements around an offset, the outermost first. Documentation and attributes belong to their statement.
pub fn statements_at(tree: &ast::File, offset: usize) -> Vec<&Statement> {
    let mut chain = Vec::new();
    let mut here: Vec<&[Statement]> = vec![&tree.statements];
    while let Some(statement) = here.iter().copied().flatten().find(|it| covers(whole(it), offset)) {
        chain.push(statement);
        here = statement.blocks().filter(|block| is_inside(block, offset)).map(|it| it.statements.as_slice()).collect();
    }
    chain
}

/// Whether an offset lies in a span or at one of its ends.
pub(super) fn covers(span: Span, offset: usize) -> bool {
    let range = span.range();
    range.start <= offset && offset <= range.end
}

fn is_inside(block: &ast::Block, offset: usize) -> bool {
    let range = block.span.range();
    range.start < offset && offset < range.end + usize::from(!block.closed)
}

/// A statement with what stands before it.
fn whole(statement: &Statement) -> Span {
    let preamble = statement.preamble();
    let doc = preamble.and_then(|it| it.doc.as_ref()).map(|doc| doc.span);
    let attributes = preamble.into_iter().flat_map(|it| it.attributes.iter().map(|attribute| attribute.span));
    doc.into_iter().chain(attributes).fold(statement.span(), Span::to)
}

/// The values that a statement holds itself, those in its block not included.
pub(super) fn values(statement: &Statement) -> Vec<&Value> {
    let mut found: Vec<&Value> = Vec::new();
    if let Some(preamble) = statement.preamble() {
        let attributes = preamble.attributes.iter();
        found.extend(attributes.flat_map(|attribute| &attribute.arguments).map(|argument| &argument.value));
    }
    match statement {
        Statement::Declaration(it) => {
            found.extend(it.arguments.iter().map(|argument| &argument.value));
            found.extend(it.parameters.iter().filter_map(|parameter| parameter.default.as_ref()));
        }
        Statement::Property(it) => found.extend(&it.value),
        Statement::PropertyDeclaration(it) => found.extend(&it.default),
        Statement::Meter(it) => found.push(&it.quantity),
        Statement::Limit(it) => found.push(&it.condition),
        Statement::Edge(_)
        | Statement::Section(_)
        | Statement::Wire(_)
        | Statement::Steps(_)
        | Statement::Note(_)
        | Statement::Without(_) => {}
    }
    found
}

/// The innermost value at an offset, with those around it, the outermost first.
pub(super) fn value_at(mut here: Vec<&Value>, offset: usize) -> Vec<&Value> {
    let mut chain = Vec::new();
    while let Some(value) = here.into_iter().find(|value| covers(value.span, offset)) {
        chain.push(value);
        here = value.parts();
    }
    chain
}

/// The declarations of a chain, the innermost first.
pub(super) fn declarations<'t>(chain: &[&'t Statement]) -> impl Iterator<Item = &'t Declaration> {
    chain.iter().rev().filter_map(|statement| match statement {
        Statement::Declaration(it) => Some(it.as_ref()),
        _ => None,
    })
}

/// The innermost declaration of a keyword.
pub(super) fn around<'t>(chain: &[&'t Statement], keyword: Keyword) -> Option<&'t Declaration> {
    declarations(chain).find(|it| it.keyword == keyword)
}

/// The innermost edge of a chain.
pub(super) fn edge<'t>(chain: &[&'t Statement]) -> Option<&'t Edge> {
    chain.iter().rev().find_map(|statement| match statement {
        Statement::Edge(it) => Some(it.as_ref()),
        _ => None,
    })
}

/// The word at an offset or that ends there: a name with its dots, a code with its `/`, a keyword.
pub(super) fn word_at(text: &str, offset: usize) -> Option<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_joint = |c: char| matches!(c, '.' | '/' | '-');
    let offset = text.floor_char_boundary(offset);
    let before = text.get(..offset)?;
    let after = text.get(offset..)?;
    let start = before.char_indices().rev().take_while(|(_, c)| is_word(*c) || is_joint(*c)).last();
    let start = start.map_or(offset, |(at, _)| at);
    let end =
        after.char_indices().find(|(_, c)| !is_word(*c) && !is_joint(*c)).map_or(text.len(), |(at, _)| offset + at);
    let word = text.get(start..end)?;
    let (left, right) = (word.trim_start_matches(is_joint), word.trim_end_matches(is_joint));
    let range = start + (word.len() - left.len())..end - (word.len() - right.len());
    let is_split = |text: &str| text.contains("->") || text.contains("--");
    let found = text.get(range.clone()).filter(|it| !it.is_empty() && !is_split(it));
    found.filter(|_| range.start <= offset && offset <= range.end).map(|_| range)
}
