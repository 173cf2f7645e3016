//! Patterns on their own: each used once, by placeholders for what its parameters ask for.
//!
//! What is wrong with a pattern that nobody uses is found in these, and an architecture that follows a pattern is held
//! against them.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::expand::Expander;
use super::library::{Library, Pattern};
use super::parameter::{Parameter, Sort, Takes};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{self, Argument, Block, Declaration, Keyword, Path, Statement, Value, ValueKind};

/// An architecture for each of the patterns that have to have one, and for those of the others that are no part of any of
/// these; of the pattern's name, with an element for each parameter that asks for one, of the parameter's name, and an
/// instance of the pattern's name. Properties that need a value which nobody gives are left out.
pub fn templates(
    library: &Library,
    catalog: &Catalog,
    needed: &BTreeSet<SmolStr>,
    others: &BTreeSet<SmolStr>,
) -> (ast::File, Vec<Diagnostic>) {
    let mut expander = Expander::new(library, catalog);
    let mut file = ast::File::default();
    for pattern in users_first(library, others) {
        if needed.contains(&pattern.name) || (others.contains(&pattern.name) && !expander.used.contains(&pattern.name))
        {
            let mut statements = [architecture(pattern, catalog)];
            expander.file(&mut statements);
            file.statements.extend(statements);
        }
    }
    (file, expander.diagnostics)
}

/// All patterns, each after those of the given ones that use it.
fn users_first<'l>(library: &'l Library, given: &BTreeSet<SmolStr>) -> Vec<&'l Pattern> {
    let mut finished: Vec<&Pattern> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for start in library.iter() {
        let mut way = vec![(start, false)];
        while let Some((pattern, is_over)) = way.pop() {
            if is_over {
                finished.push(pattern);
            } else if seen.insert(&pattern.name) {
                way.push((pattern, true));
                let used = pattern.uses.iter().filter(|_| given.contains(&pattern.name));
                way.extend(used.filter_map(|name| library.find(name)).map(|pattern| (pattern, false)));
            }
        }
    }
    finished.reverse();
    finished
}

fn architecture(pattern: &Pattern, catalog: &Catalog) -> Statement {
    let mut statements: Vec<Statement> =
        pattern.parameters.iter().filter_map(|parameter| placeholder(parameter, catalog)).collect();
    let arguments = pattern.parameters.iter().filter_map(argument).collect();
    statements.push(declaration(Declaration { arguments, ..named(Keyword::Use, &pattern.name, pattern.name_span) }));
    let block = Block { statements, span: pattern.name_span, closed: true };
    declaration(Declaration { block: Some(block), ..named(Keyword::Architecture, &pattern.name, pattern.name_span) })
}

/// An element that stands for whatever a parameter will name.
fn placeholder(parameter: &Parameter, catalog: &Catalog) -> Option<Statement> {
    let Some(Takes::Element(sort)) = parameter.takes else { return None };
    let is_a = |name: &str| match sort {
        Sort::Kind(kind) => catalog.find(name).is_some_and(|ancestor| catalog.is_a(kind, ancestor)),
        _ => false,
    };
    let keyword = match sort {
        Sort::Person => Keyword::Person,
        Sort::Group => Keyword::Group,
        Sort::Element | Sort::External => Keyword::External,
        Sort::Kind(_) if is_a("external") => Keyword::External,
        Sort::Kind(_) if is_a("person") => Keyword::Person,
        Sort::Service | Sort::Kind(_) => Keyword::Service,
    };
    let kind = match sort {
        Sort::Service | Sort::Element | Sort::Kind(_) => Some(parameter.written.name.clone()),
        _ => None,
    };
    let name = &parameter.name;
    Some(declaration(Declaration { kind, ..named(keyword, &name.text, name.span) }))
}

/// The placeholder as an argument, or that no value is known; none where the default holds.
fn argument(parameter: &Parameter) -> Option<Argument> {
    let name = match parameter.takes {
        Some(Takes::Element(_)) => parameter.name.text.clone(),
        _ if parameter.default.is_some() => return None,
        _ => SmolStr::default(),
    };
    let value = Value { kind: ValueKind::Path(name), span: parameter.name.span };
    Some(Argument { name: Some(parameter.name.clone()), value })
}

fn declaration(declaration: Declaration) -> Statement {
    Statement::Declaration(Box::new(declaration))
}

fn named(keyword: Keyword, name: &SmolStr, span: Span) -> Declaration {
    Declaration { name: Some(Path { text: name.clone(), span }), ..Declaration::new(keyword, span) }
}
