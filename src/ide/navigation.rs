//! From a name to where it is declared, to what sort of thing it is, and to all places that it is written at.

use super::Snapshot;
use super::declared::{Declared, declared};
use super::names::{Meaning, Names, Occurrence, Role};
use crate::check;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Argument, Keyword, Path, Statement, ValueKind};

/// Where a name leads, and where it stands.
#[derive(Clone, Debug)]
pub struct Leads {
    /// The name, alone.
    pub from: Span,
    /// Where it leads; several where it has several declarations or is ambiguous.
    pub to: Vec<Target>,
}

/// A declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The declared name.
    pub name: Span,
    /// All of the declaration.
    pub whole: Span,
}

/// Where the name at an offset is declared.
pub fn definition(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<Leads> {
    let names = snapshot.names_for(file);
    let all = meant(names, file, offset);
    let from = all.first()?.span;
    let mut to: Vec<Target> = Vec::with_capacity(1);
    for occurrence in &all {
        let definition = names.definition(occurrence.definition);
        match definition.meaning {
            // It may be declared in several places, each of which says something of it.
            Meaning::Environment(_) => {
                let all = names.occurrences(occurrence.definition).iter().filter(|it| it.is_declaration());
                to.extend(all.map(|it| target(snapshot, it.span)));
            }
            _ => to.push(target(snapshot, definition.span)),
        }
    }
    Some(Leads { from, to })
}

/// Where it is declared what sort of thing the name at an offset is: a kind, or the pattern of an instance.
pub fn type_definition(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<Leads> {
    let names = snapshot.names_for(file);
    let all = meant(names, file, offset);
    let from = all.first()?.span;
    let kinds = all.iter().filter_map(|it| sort_of(snapshot, names.definition(it.definition).span));
    let mut to: Vec<Target> = kinds.map(|span| target(snapshot, span)).collect();
    to.dedup();
    (!to.is_empty()).then_some(Leads { from, to })
}

/// All places where the name at an offset is written, in the order of files and text.
pub fn references(snapshot: &Snapshot, file: FileId, offset: usize) -> Vec<Occurrence> {
    let names = snapshot.names_for(file);
    let mut found: Vec<Occurrence> = Vec::new();
    for occurrence in meant(names, file, offset) {
        found.extend(names.occurrences(occurrence.definition));
    }
    found.sort_unstable_by_key(|it| (it.span, it.role));
    found.dedup_by_key(|it| it.span);
    found
}

/// The code of a rule of the compiler's own that `@allow` names at an offset, and where it stands.
pub fn allowed_rule(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<(&'static check::Rule, Span)> {
    let tree = snapshot.tree(file)?;
    let at = u32::try_from(offset).ok()?;
    let argument = allowed(&tree.statements, at)?;
    let (ValueKind::RuleCode(code) | ValueKind::Text(code)) = &argument.value.kind else { return None };
    let rule = check::rules().iter().find(|rule| rule.code == code)?;
    Some((rule, argument.value.span))
}

/// What the name at an offset may stand for.
fn meant(names: &Names, file: FileId, offset: usize) -> Vec<Occurrence> {
    names.all_at(file, offset).iter().filter(|it| it.role != Role::Implied).copied().collect()
}

fn target(snapshot: &Snapshot, name: Span) -> Target {
    let whole = snapshot.tree(name.file).and_then(|tree| declared(tree, name)).map(Declared::span);
    Target { name, whole: whole.unwrap_or(name) }
}

/// Where the kind or pattern of what is declared at a place is declared.
fn sort_of(snapshot: &Snapshot, name: Span) -> Option<Span> {
    let catalog = &snapshot.model().catalog;
    let kind = |name: &str| catalog.find(name).map(|kind| catalog.kind(kind).name_span);
    let kind_at = |path: &Path| kind(&path.text);
    match declared(snapshot.tree(name.file)?, name)? {
        Declared::Declaration(it) => match (it.keyword, &it.kind, it.is.first()) {
            (_, Some(path), _) => kind_at(path),
            (Keyword::Use, ..) => pattern(snapshot, it.name.as_ref()?),
            (Keyword::Kind, _, Some(parent)) => kind_at(parent),
            (keyword, ..) => kind(keyword.word()),
        },
        Declared::Carrier(carrier) => kind_at(&carrier.target),
        Declared::Parameter(parameter) => kind_at(&parameter.ty.name),
        Declared::Property(_) => None,
    }
}

fn pattern(snapshot: &Snapshot, name: &Path) -> Option<Span> {
    let files = snapshot.parses.written.iter().chain(&snapshot.parses.shipped);
    let mut declarations = files.flat_map(|parse| &parse.tree.statements).filter_map(|statement| match statement {
        Statement::Declaration(it) if it.keyword == Keyword::Pattern => it.name.as_ref(),
        _ => None,
    });
    declarations.find(|it| it.text == name.text).map(|it| it.span)
}

/// The argument of an attribute at an offset.
fn allowed(statements: &[Statement], at: u32) -> Option<&Argument> {
    let is_inside = |span: Span| span.start <= at && at <= span.end;
    statements.iter().find_map(|statement| {
        let attributes = statement.preamble().into_iter().flat_map(|preamble| &preamble.attributes);
        let arguments = attributes.filter(|it| it.name.text == "allow").flat_map(|attribute| &attribute.arguments);
        let own = arguments.clone().find(|argument| argument.name.is_none() && is_inside(argument.value.span));
        own.or_else(|| {
            let inner = is_inside(statement.span()).then(|| statement.blocks());
            inner.into_iter().flatten().find_map(|block: &ast::Block| allowed(&block.statements, at))
        })
    })
}
