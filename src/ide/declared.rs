//! From the place of a declared name to its declaration.

use crate::source::Span;
use crate::syntax::ast::{Carrier, Declaration, File, Parameter, PropertyDeclaration, Statement};

/// What declares a name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Declared<'t> {
    Declaration(&'t Declaration),
    Carrier(&'t Carrier),
    Parameter(&'t Parameter),
    Property(&'t PropertyDeclaration),
}

impl Declared<'_> {
    /// All of it; of a carrier or a parameter, that alone.
    pub(super) fn span(self) -> Span {
        match self {
            Declared::Declaration(it) => it.span,
            Declared::Carrier(it) => it.span,
            Declared::Parameter(it) => it.name.span.to(it.ty.span),
            Declared::Property(it) => it.span,
        }
    }
}

/// What declares the name at a place of a file.
pub(super) fn declared(tree: &File, name: Span) -> Option<Declared<'_>> {
    let name = name.written();
    let mut statements = tree.statements.as_slice();
    loop {
        // Statements stand in the order of the text.
        let at = statements.partition_point(|statement| statement.span().start <= name.start);
        let statement = statements.get(at.checked_sub(1)?)?;
        if let Some(found) = by(statement, name) {
            return Some(found);
        }
        let around = statement.blocks().find(|block| block.span.contains(name))?;
        statements = &around.statements;
    }
}

fn by(statement: &Statement, name: Span) -> Option<Declared<'_>> {
    match statement {
        Statement::Declaration(it) => {
            let own = it.alias.as_ref().or(it.name.as_ref()).is_some_and(|own| own.span == name);
            let parameter = || it.parameters.iter().find(|it| it.name.span == name);
            if own { Some(Declared::Declaration(it)) } else { parameter().map(Declared::Parameter) }
        }
        Statement::Edge(it) => {
            let is_meant = |carrier: &&Carrier| carrier.name.as_ref().is_some_and(|own| own.span == name);
            it.carriers.iter().find(is_meant).map(Declared::Carrier)
        }
        Statement::PropertyDeclaration(it) => (it.name.span == name).then_some(Declared::Property(it)),
        _ => None,
    }
}
