//! Patterns: reusable pieces of architecture with parameters.
//!
//! They are a matter of trees. [`expand`] makes a group of each `use`, with a copy of what the pattern holds, so that
//! nobody after it knows of patterns. Every place in a copy has the number of its instance, and still shows the pattern's text.

mod arguments;
mod expand;
mod instantiate;
mod library;
mod names;
mod parameter;
mod template;

pub(crate) use arguments::positions;
pub use library::{Library, Pattern};
pub use parameter::{Parameter, Sort, Takes};
pub use template::templates;

use std::borrow::Cow;
use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, Keyword, Statement};
use expand::Expander;

/// How deep patterns may use each other.
pub const MAX_DEPTH: usize = 64;

/// How many statements all instances of a workspace may have together: patterns that use each other several times multiply,
/// so that a short text could ask for more of them than memory holds.
pub const MAX_STATEMENTS: usize = 500_000;

/// A name that no pattern has.
pub(crate) const UNKNOWN: &str = "pattern/unknown";
/// An argument that does not fit its parameter.
pub(crate) const ARGUMENT: &str = "pattern/argument";
/// A parameter that breaks the form of parameters.
pub(crate) const PARAMETER: &str = "pattern/parameter";
/// A pattern that is part of itself.
pub(crate) const CYCLE: &str = "pattern/recursive";
/// A name in a pattern that it does not have.
pub(crate) const FREE_NAME: &str = "pattern/free-name";
/// A limit of expansion.
pub(crate) const TOO_LARGE: &str = "pattern/too-large";
/// Two patterns of one name.
pub(crate) const DUPLICATE: &str = "name/duplicate";

/// Trees without `use`, and the patterns they were made with.
#[derive(Debug)]
pub struct Expansion<'t> {
    /// The files, in their order; those without patterns and `use` as they were.
    pub files: Vec<Cow<'t, ast::File>>,
    /// The patterns that there are.
    pub library: Library,
    /// The names of the patterns that have an instance.
    pub used: BTreeSet<SmolStr>,
    /// The names of the patterns that an architecture says it follows.
    pub followed: BTreeSet<SmolStr>,
}

impl Expansion<'_> {
    /// Whether a pattern of the workspace has no instance, so that nobody has looked into it yet.
    pub fn is_unused(&self, pattern: &Pattern) -> bool {
        !pattern.is_shipped && !self.used.contains(&pattern.name)
    }

    /// The files, in their order.
    pub fn trees(&self) -> impl Iterator<Item = &ast::File> {
        self.files.iter().map(Cow::as_ref)
    }

    /// The patterns of the workspace that have no instance.
    pub fn unused(&self) -> impl Iterator<Item = &Pattern> {
        self.library.iter().filter(|pattern| self.is_unused(pattern))
    }
}

/// Expands every `use` of a workspace's files with the patterns that they declare and those of the files that ship. What
/// cannot be expanded is reported, and left as it is.
pub fn expand<'t>(
    shipped: &[&ast::File],
    own: &[&'t ast::File],
    catalog: &Catalog,
) -> (Expansion<'t>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let library = Library::read(shipped, own, catalog, &mut diagnostics);
    for pattern in library.iter() {
        names::check(pattern, &library, catalog, &mut diagnostics);
    }
    let mut expander = Expander::new(&library, catalog);
    let files = own.iter().map(|file| {
        if !file.statements.iter().any(concerns_patterns) {
            return Cow::Borrowed(*file);
        }
        let mut file = (*file).clone();
        file.statements.retain(|statement| !is_pattern(statement));
        expander.file(&mut file.statements);
        Cow::Owned(file)
    });
    let files = files.collect();
    diagnostics.append(&mut expander.diagnostics);
    let (used, followed) = (expander.used, expander.followed);
    (Expansion { files, library, used, followed }, diagnostics)
}

/// Whether a statement is a pattern, follows one, or has a `use` in it.
fn concerns_patterns(statement: &Statement) -> bool {
    let Statement::Declaration(it) = statement else { return false };
    matches!(it.keyword, Keyword::Pattern | Keyword::Use)
        || !it.follows.is_empty()
        || it.statements().iter().any(concerns_patterns)
}

fn is_pattern(statement: &Statement) -> bool {
    matches!(statement, Statement::Declaration(it) if it.keyword == Keyword::Pattern)
}
