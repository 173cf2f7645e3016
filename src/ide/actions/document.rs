//! Documentation, where there is none.

use super::{Action, Changes, Desk, Sort, place};
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::source::Span;
use crate::syntax::ast::{Declaration, Keyword, Statement};

/// Of a finding that misses it.
pub(super) fn mend(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let declaration = desk.declaration(finding.primary.span);
    let changes = declaration.and_then(|declaration| stub(desk, declaration));
    found.extend(changes.map(|changes| Action::mending(index, "Add documentation", changes)));
}

/// Where somebody stands on the name of something that has none.
pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let declaration = desk.around(desk.at).into_iter().next_back().and_then(|statement| match statement {
        Statement::Declaration(it) => Some(&**it),
        _ => None,
    });
    let at = desk.at;
    let is_at = |span: Span| span.start <= at.start && at.end <= span.end;
    let Some(declaration) = declaration.filter(|it| is_at(it.name_span())) else { return };
    let takes = [Keyword::Architecture, Keyword::Service, Keyword::External, Keyword::Group, Keyword::Pattern];
    // Who stands at a mistake wants it mended, and what misses documentation has a finding of its own.
    let is_missed = desk.findings().iter().any(|(_, it)| it.code == "docs/missing" || it.severity == Severity::Error);
    if takes.contains(&declaration.keyword) && !is_missed {
        found.extend(stub(desk, declaration).map(|changes| Action::new("Add documentation", Sort::Rewrite, changes)));
    }
}

fn stub(desk: &Desk<'_>, declaration: &Declaration) -> Option<Changes> {
    if declaration.preamble.doc.is_some() {
        return None;
    }
    let text = desk.text();
    let whole = declaration.preamble.attributes.first().map_or(declaration.span, |first| first.span);
    let start = whole.start as usize;
    if !place::starts_line(text, start) {
        return None;
    }
    let name = declaration.alias.as_ref().or(declaration.name.as_ref())?;
    let title = declaration.title.as_ref().map_or(name.text.as_str(), |title| title.value.as_str());
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = format!("{title}: what it is there for.");
    let replacement = format!("/// {line}\n{}", place::indent(text, start));
    Some(Changes::with_placeholder(Edit { span: whole.before(), replacement }, &line))
}
