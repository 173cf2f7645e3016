//! The patterns that there are: those of the workspace, and those that ship with the compiler.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::parameter::Parameter;
use super::{DUPLICATE, PARAMETER};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{self, Declaration, Keyword, Preamble, Statement, Text};

/// A reusable piece of architecture.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Its name.
    pub name: SmolStr,
    /// Where the name is declared.
    pub name_span: Span,
    /// What an instance is called where the `use` says nothing else.
    pub title: Option<Text>,
    /// Its documentation and attributes.
    pub preamble: Preamble,
    /// Its parameters, in the order of their declaration.
    pub parameters: Vec<Parameter>,
    /// The patterns that it uses, as it names them.
    pub(super) uses: Vec<SmolStr>,
    /// What each instance holds.
    pub statements: Vec<Statement>,
    /// Where the whole declaration stands.
    pub span: Span,
    /// Where its block stands, or else the end of the declaration.
    pub block_span: Span,
    /// Whether it ships with the compiler.
    pub is_shipped: bool,
}

impl Pattern {
    /// The position of a parameter.
    pub(super) fn position(&self, parameter: &str) -> Option<usize> {
        self.parameters.iter().position(|it| it.name.text == parameter)
    }
}

/// All patterns of one run, by name.
#[derive(Debug, Default)]
pub struct Library {
    patterns: BTreeMap<SmolStr, Pattern>,
    /// Names that a broken declaration may have declared: nothing is said of what refers to them.
    pub(super) poisoned: BTreeSet<SmolStr>,
}

impl Library {
    /// The patterns of files that ship and of a workspace's own, for those who know what is wrong with them.
    pub fn of(shipped: &[&ast::File], own: &[&ast::File], catalog: &Catalog) -> Library {
        Library::read(shipped, own, catalog, &mut Vec::new())
    }

    /// The patterns of the files. One of the workspace takes the place of one that ships under the same name, so that new
    /// ones can ship without breaking anybody's names.
    pub(super) fn read(
        shipped: &[&ast::File],
        own: &[&ast::File],
        catalog: &Catalog,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Library {
        let mut library = Library::default();
        for (file, is_shipped) in own.iter().map(|file| (file, false)).chain(shipped.iter().map(|file| (file, true))) {
            library.poisoned.extend(file.poisoned.iter().map(|path| path.text.clone()));
            for statement in &file.statements {
                if let Statement::Declaration(it) = statement
                    && it.keyword == Keyword::Pattern
                {
                    library.add(it, is_shipped, catalog, diagnostics);
                }
            }
        }
        library
    }

    /// The pattern of a name.
    pub fn find(&self, name: &str) -> Option<&Pattern> {
        self.patterns.get(name)
    }

    /// All patterns, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Pattern> {
        self.patterns.values()
    }

    /// The name that was probably meant by one that no pattern has.
    pub(crate) fn near(&self, name: &str) -> Option<&str> {
        suggest::nearest(name, self.patterns.keys().map(SmolStr::as_str))
    }

    fn add(
        &mut self,
        declaration: &Declaration,
        is_shipped: bool,
        catalog: &Catalog,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(name) = &declaration.name else { return };
        if let Some(first) = self.patterns.get(&name.text) {
            if first.is_shipped == is_shipped {
                diagnostics.push(
                    Diagnostic::new(DUPLICATE, name.span, format!("the name `{}` is already taken", name.text))
                        .label("this pattern cannot be reached by its name")
                        .also(first.name_span, "first declared here")
                        .help("give one of them another name"),
                );
            }
            return;
        }
        let pattern = Pattern {
            name: name.text.clone(),
            name_span: name.span,
            title: declaration.title.clone(),
            preamble: declaration.preamble.clone(),
            parameters: parameters(declaration, catalog, diagnostics),
            uses: uses(declaration.statements()),
            statements: declaration.statements().to_vec(),
            span: declaration.span,
            block_span: declaration.block.as_ref().map_or(declaration.span.after(), |block| block.span),
            is_shipped,
        };
        self.patterns.insert(pattern.name.clone(), pattern);
    }
}

/// The names of the patterns that are used, in groups and outside of them.
fn uses(statements: &[Statement]) -> Vec<SmolStr> {
    let declarations = statements.iter().filter_map(|statement| match statement {
        Statement::Declaration(it) => Some(it),
        _ => None,
    });
    let mut names = Vec::new();
    for it in declarations {
        match it.keyword {
            Keyword::Use => names.extend(it.name.as_ref().map(|name| name.text.clone())),
            Keyword::Group => names.extend(uses(it.statements())),
            _ => {}
        }
    }
    names
}

fn parameters(declaration: &Declaration, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::with_capacity(declaration.parameters.len());
    let mut known: BTreeMap<&SmolStr, Span> = BTreeMap::new();
    for declared in &declaration.parameters {
        let name = &declared.name;
        if name.text.contains('.') {
            let message = format!("the name of a parameter has no dots: `{}`", name.text);
            diagnostics.push(Diagnostic::new(PARAMETER, name.span, message).help("write `_` in place of the dots"));
        } else if let Some(first) = known.get(&name.text) {
            let message = format!("the parameter `{}` is declared twice", name.text);
            let finding = Diagnostic::new(PARAMETER, name.span, message).also(*first, "first declared here");
            diagnostics.push(finding.help("give one of them another name"));
        } else {
            known.insert(&name.text, name.span);
            parameters.push(Parameter::read(declared, catalog, diagnostics));
        }
    }
    parameters
}
