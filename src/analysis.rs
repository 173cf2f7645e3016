//! The middle of the way: a workspace in, a model and all findings out.

use jiff::civil::Date;

use crate::catalog::{self, Catalog};
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::model::{self, Model};
use crate::project::Workspace;
use crate::source::FileId;
use crate::syntax::{self, ast};

/// What is known of a workspace.
#[derive(Debug)]
pub struct Analysis {
    /// What the files mean, as far as they were understood.
    pub model: Model,
    /// The findings, by file and place, with the workspace's levels and `@allow` applied.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses, resolves and checks a workspace. `today` decides which `@allow` have expired.
pub fn analyse(workspace: &Workspace, today: Date) -> Analysis {
    let mut diagnostics = Vec::new();
    let shipped = parse(workspace, &workspace.catalog, &mut diagnostics);
    let written = parse(workspace, &workspace.files, &mut diagnostics);
    let (catalog, found) = catalog::load(&shipped, &written);
    diagnostics.extend(found);
    let model = model::resolve(&written, catalog);
    let diagnostics = check::check(&check::Context::new(&model, workspace, today, &diagnostics));
    Analysis { model, diagnostics }
}

/// The kinds and wiring facts that hold in a workspace. What breaks their form is left out, as [`analyse`] reports.
pub fn catalog(workspace: &Workspace) -> Catalog {
    let mut diagnostics = Vec::new();
    let shipped = parse(workspace, &workspace.catalog, &mut diagnostics);
    let written = parse(workspace, &workspace.files, &mut diagnostics);
    catalog::load(&shipped, &written).0
}

fn parse(workspace: &Workspace, files: &[FileId], diagnostics: &mut Vec<Diagnostic>) -> Vec<ast::File> {
    let parse = |file: &FileId| syntax::parse(*file, workspace.sources.file(*file).text());
    let parses = files.iter().map(parse);
    let trees = parses.map(|parse| {
        diagnostics.extend(parse.diagnostics);
        parse.tree
    });
    trees.collect()
}
