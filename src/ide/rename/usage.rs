//! The name of a `use`: that of the pattern, and behind `as` that of the instance. Without `as`, one word is both.

use smol_str::SmolStr;

use crate::diagnostic::Edit;
use crate::ide::Snapshot;
use crate::source::Span;
use crate::syntax::ast::{Declaration, File, Keyword, Statement};
use crate::syntax::tokens::{TokenKind, tokens};

/// A `use`, as far as names are concerned.
#[derive(Clone, Debug)]
pub(super) struct Usage {
    /// The pattern's name, and where it stands.
    pub(super) name: SmolStr,
    pub(super) name_span: Span,
    /// The instance's name, and where it stands if that is behind an `as`.
    pub(super) declared: SmolStr,
    pub(super) alias: Option<Span>,
    /// The end of what stands before the `as`.
    pub(super) head: Span,
}

/// The `use` that has one of its names at a place.
pub(super) fn at(snapshot: &Snapshot, tree: &File, span: Span) -> Option<Usage> {
    let it = find(&tree.statements, span)?;
    let name = it.name.as_ref()?;
    Some(Usage {
        name: name.text.clone(),
        name_span: name.span,
        declared: it.alias.as_ref().unwrap_or(name).text.clone(),
        alias: it.alias.as_ref().map(|alias| alias.span),
        head: head(snapshot, it, name.span),
    })
}

impl Usage {
    /// The edits that give pattern and instance these names. An `as` that says nothing new is left out.
    pub(super) fn edits(&self, name: &str, declared: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        if self.name != name {
            edits.push(Edit { span: self.name_span, replacement: name.to_owned() });
        }
        match self.alias {
            Some(alias) if name == declared => {
                edits.push(Edit { span: self.head.to(alias), replacement: String::new() });
            }
            Some(alias) if self.declared != declared => {
                edits.push(Edit { span: alias, replacement: declared.to_owned() });
            }
            None if name != declared => {
                edits.push(Edit { span: self.head, replacement: format!(" as {declared}") });
            }
            _ => {}
        }
        edits
    }
}

fn find(mut statements: &[Statement], span: Span) -> Option<&Declaration> {
    loop {
        let at = statements.partition_point(|statement| statement.span().start <= span.start);
        let statement = statements.get(at.checked_sub(1)?)?;
        if let Statement::Declaration(it) = statement
            && it.keyword == Keyword::Use
            && it.name.iter().chain(&it.alias).any(|name| name.span == span)
        {
            return Some(it);
        }
        statements = &statement.blocks().find(|block| block.span.contains(span))?.statements;
    }
}

/// The empty place behind the pattern's name and the arguments.
fn head(snapshot: &Snapshot, it: &Declaration, name: Span) -> Span {
    let text = snapshot.workspace.sources.text(it.span);
    let start = name.range().end.saturating_sub(it.span.range().start);
    let mut depth = 0_usize;
    for token in tokens(text).into_iter().filter(|token| token.range.start >= start) {
        let is_gap = matches!(token.kind, TokenKind::Whitespace | TokenKind::LineBreak | TokenKind::BlankLine);
        if is_gap || token.kind == TokenKind::Comment {
            continue;
        }
        let written = text.get(token.range.clone()).unwrap_or_default();
        let is_punctuation = token.kind == TokenKind::Punctuation;
        depth += if is_punctuation { written.matches('(').count() } else { 0 };
        if depth == 0 {
            break;
        }
        depth = depth.saturating_sub(if is_punctuation { written.matches(')').count() } else { 0 });
        if depth == 0 {
            return it.span.slice(token.range.end, token.range.end);
        }
    }
    name.after()
}
