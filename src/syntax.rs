//! Text to tree. Parsing never fails: it gives a tree of what was understood, and findings for the rest.
//!
//! Only this folder knows pest. What leaves it is the [`ast`], the comments and blank lines beside it, and diagnostics.

pub mod ast;
mod braces;
mod characters;
mod declaration;
mod edge;
mod foreign;
mod grammar;
mod lower;
mod mistake;
mod reparse;
mod spans;
mod statement;
mod text;
pub mod tokens;
mod value;
mod written;

use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// How deep blocks, lists and parentheses may nest. Diagrams stop being readable long before.
pub const MAX_NESTING: usize = 64;

/// How many edges one statement may stand for, or connections one wiring fact: lists on both sides of an arrow multiply,
/// so that a short text could ask for more of them than memory holds.
pub const MAX_PAIRS: usize = 10_000;

/// What is known of a file's text.
#[derive(Clone, Debug, Default)]
pub struct Parse {
    /// What was understood.
    pub tree: ast::File,
    /// Codes of the family `syntax`.
    pub diagnostics: Vec<Diagnostic>,
    braces: braces::Braces,
}

impl Parse {
    /// Where braces stand that lack their partner; none if the indentation leaves a doubt about which they are.
    pub fn lone_braces(&self) -> Option<Vec<usize>> {
        match &self.braces {
            braces::Braces::Balanced => Some(Vec::new()),
            braces::Braces::Mended(reading) if reading.mended.is_exact => Some(reading.mended.places().collect()),
            braces::Braces::Mended(_) | braces::Braces::Unbalanced => None,
        }
    }
}

/// Parses one file. Every text gives a tree; what is wrong with it gives findings, each with its place.
pub fn parse(file: FileId, text: &str) -> Parse {
    braces::parse(file, text)
}

/// Parses a text again after it has changed, given what was known of it before. The result is that of [`parse`], save for
/// the order of the findings; the work is that of the statements around the change, and a walk over what stands after it.
pub fn parse_again(before: Parse, file: FileId, old: &str, new: &str) -> Parse {
    braces::parse_again(before, file, old, new)
}

/// Parses a text that is one property: `lake.raw.retention = 30 d`.
///
/// # Errors
/// The first thing that is wrong with it, in words.
pub fn parse_property(file: FileId, text: &str) -> Result<ast::Property, Box<Diagnostic>> {
    let Parse { tree, diagnostics, .. } = parse(file, text);
    if let Some(first) = diagnostics.into_iter().next() {
        return Err(Box::new(first));
    }
    match <[ast::Statement; 1]>::try_from(tree.statements) {
        Ok([ast::Statement::Property(property)]) => Ok(property),
        _ => Err(Box::new(mistake::not_a_property(file, text))),
    }
}

/// Parses a text that is one value or expression, as a command line gives it.
///
/// # Errors
/// The first thing that is wrong with it, in words.
pub fn parse_value(file: FileId, text: &str) -> Result<ast::Value, Box<Diagnostic>> {
    lower::parse_value(file, text)
}

/// Runs the grammar alone, without making a tree: the baseline of the benchmarks. Returns the number of its nodes.
pub fn run_grammar(text: &str) -> usize {
    grammar::parse(text).map_or(0, |pairs| pairs.flatten().count())
}
