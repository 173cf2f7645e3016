//! Where in a text something new belongs.

use crate::diagnostic::Edit;
pub(super) use crate::edits::{indent, starts_line};
use crate::model::{Model, Scope};
use crate::source::Span;
use crate::syntax::ast::{Block, Declaration, Keyword, Statement};

/// A statement with its documentation and attributes.
pub(super) fn extent(statement: &Statement) -> Span {
    let span = statement.span();
    let Some(preamble) = statement.preamble() else { return span };
    let attribute = preamble.attributes.first().map(|attribute| attribute.span);
    let before = [preamble.doc.as_ref().map(|doc| doc.span), attribute];
    before.into_iter().flatten().fold(span, Span::to)
}

/// A statement with what belongs to it on its line: the sign that ends it, and a comment if nothing else stands there.
pub(super) fn with_tail(text: &str, span: Span) -> Span {
    let rest = text.get(span.end as usize..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let is_separator = |at: usize| line.get(at..).is_some_and(|rest| rest.starts_with([';', ',']));
    let mut end = 0;
    if is_separator(blanks(line)) {
        end = blanks(line) + 1;
    }
    let comment = line.get(end..).unwrap_or_default();
    if starts_line(text, span.start as usize) && comment.trim_start().starts_with("//") {
        end = line.trim_end_matches('\r').len();
    }
    let before = text.get(..span.start as usize).unwrap_or_default().trim_end_matches([' ', '\t']);
    let is_last = line.get(end..).is_none_or(|rest| rest.trim().is_empty());
    // Behind another statement, what separates the two goes.
    let start = if is_last && before.ends_with([';', ',']) { before.len() - 1 } else { span.start as usize };
    Span::of(span.file, start..span.end as usize + end)
}

/// The end of the line of an offset, before its break.
pub(super) fn line_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    let line = rest.find('\n').map_or(rest, |at| rest.get(..at).unwrap_or_default());
    offset + line.trim_end_matches('\r').len()
}

/// What puts a line behind the line of an offset.
fn line_after(text: &str, at: Span, indent: &str, line: &str) -> Edit {
    let end = line_end(text, at.end as usize);
    Edit { span: Span::of(at.file, end..end), replacement: format!("\n{indent}{line}") }
}

/// What gives a declaration one more property; none where its block cannot be read to its end.
pub(super) fn property(text: &str, declaration: &Declaration, setting: &str) -> Option<Edit> {
    let Some(block) = &declaration.block else {
        return Some(Edit { span: declaration.span.after(), replacement: format!(" {{ {setting} }}") });
    };
    if !block.closed {
        return None;
    }
    let is_property = |statement: &Statement| matches!(statement, Statement::Property(_));
    if text.get(block.span.range())?.contains('\n') {
        let leading = block.statements.iter().take_while(|it| is_property(it)).last();
        return Some(match leading {
            Some(last) => line_after(text, last.span().after(), indent(text, last.span().start as usize), setting),
            None => line_after(text, block.span.slice(0, 1), &inner_indent(text, block), setting),
        });
    }
    match block.statements.last() {
        None => Some(Edit { span: block.span, replacement: format!("{{ {setting} }}") }),
        Some(last) if block.statements.iter().all(is_property) => {
            Some(Edit { span: last.span().after(), replacement: format!(", {setting}") })
        }
        Some(_) => None,
    }
}

fn inner_indent(text: &str, block: &Block) -> String {
    format!("{}  ", indent(text, block.span.start as usize))
}

/// What declares an element in a block: behind those that it has, or behind its properties.
pub(super) fn member(text: &str, block: &Block, line: &str) -> Option<Edit> {
    if !block.closed || !text.get(block.span.range())?.contains('\n') {
        return None;
    }
    let is_element = |statement: &&Statement| match statement {
        Statement::Declaration(it) => {
            let elements = [Keyword::Service, Keyword::External, Keyword::Person, Keyword::Group, Keyword::Use];
            elements.contains(&it.keyword)
        }
        _ => false,
    };
    let properties = block.statements.iter().take_while(|it| matches!(it, Statement::Property(_)));
    let last = block.statements.iter().rfind(is_element).or(properties.last());
    Some(match last {
        Some(last) => line_after(text, last.span().after(), indent(text, last.span().start as usize), line),
        None => line_after(text, block.span.slice(0, 1), &inner_indent(text, block), line),
    })
}

/// A name like `base` that is not taken where it is needed.
pub(super) fn free_name(model: &Model, scope: Option<Scope>, base: &str) -> String {
    let known = model.known_names(scope);
    let is_free = |name: &String| !known.contains(&name.as_str());
    let numbered = (2..).map(|number| format!("{base}{number}"));
    std::iter::once(base.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
