//! What an editor shows above declarations: previews, costs, and how often a name is used.

use super::money;
use super::{Meaning, Snapshot};
use crate::source::{FileId, Span};
use crate::syntax::ast::{Declaration, Keyword, Statement};

/// What a lens does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensKind {
    /// It shows the diagram.
    Preview,
    /// It says what an architecture costs, and shows the bill. To be computed when it is seen.
    Bill,
    /// It says how often a name is used, and shows where. To be counted when it is seen.
    References,
}

/// Something to click above a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The name that it is about.
    pub span: Span,
    /// What it does.
    pub kind: LensKind,
}

/// The lenses of a file, in the order of the text.
pub fn lenses(snapshot: &Snapshot, file: FileId) -> Vec<Lens> {
    let mut found = Vec::new();
    if let Some(tree) = snapshot.tree(file) {
        of_statements(&tree.statements, &mut found);
    }
    found
}

fn of_statements(statements: &[Statement], found: &mut Vec<Lens>) {
    for statement in statements {
        if let Statement::Declaration(it) = statement {
            of_declaration(it, found);
        }
    }
}

fn of_declaration(it: &Declaration, found: &mut Vec<Lens>) {
    let Some(name) = &it.name else { return };
    let span = it.alias.as_ref().map_or(name.span, |alias| alias.span);
    let mut push = |kind: LensKind| found.push(Lens { span, kind });
    match it.keyword {
        Keyword::Architecture => {
            push(LensKind::Preview);
            push(LensKind::Bill);
            push(LensKind::References);
        }
        Keyword::View | Keyword::Scenario => push(LensKind::Preview),
        Keyword::Pattern => {
            push(LensKind::Preview);
            push(LensKind::References);
        }
        Keyword::Kind | Keyword::Service | Keyword::External | Keyword::Person | Keyword::Group | Keyword::Use => {
            push(LensKind::References);
        }
        Keyword::Extend => {}
        Keyword::Environment | Keyword::Rule | Keyword::Example | Keyword::Decision => return,
    }
    of_statements(it.statements(), found);
}

/// What the architecture costs whose name stands at a place.
pub fn cost_of(snapshot: &Snapshot, place: Span) -> Option<String> {
    let id = snapshot.places().architecture(place)?;
    let total = money::total(&snapshot.bill().total_of(id), " a month");
    Some(total.unwrap_or_else(|| "nothing to bill".to_owned()))
}

/// Where the name that is declared at a place is used; none if nothing is declared there.
pub fn uses_of(snapshot: &Snapshot, place: Span) -> Option<Vec<Span>> {
    let names = snapshot.names_for(place.file);
    let id = names.declared_at(place)?;
    if names.definition(id).meaning == Meaning::Lost {
        return None;
    }
    let uses = names.occurrences(id).iter().filter(|it| !it.is_declaration());
    Some(uses.map(|it| it.span).collect())
}
