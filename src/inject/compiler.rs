//! The compiler of the blocks of a book, of which there are many: what ships with it is read once.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{Analysis, Parses, analyse_parses};
use crate::check;
use crate::diagnostic::Level;
use crate::project::{self, LoadError, Scope, Workspace};
use crate::syntax;
use crate::vfs::FileSystem;

/// Compiles small workspaces, one after the other.
pub struct Compiler {
    /// Decides which `@allow` have expired.
    today: Date,
    /// A workspace without files of its own, and what is known of that.
    blank: Workspace,
    parses: Parses,
    analysis: Analysis,
}

impl Compiler {
    /// Reads what ships. `today` decides which `@allow` have expired.
    pub fn new(today: Date) -> Compiler {
        let blank = Workspace::without_files();
        let parses = Parses::of(&blank);
        let analysis = analyse_parses(&blank, &parses, today, None);
        Compiler { today, blank, parses, analysis }
    }

    /// Compiles all files of a folder. The rules of `turned_on` find something, though they may be off without a word.
    pub(super) fn compile(
        &self,
        files: &dyn FileSystem,
        turned_on: &[&str],
    ) -> Result<(Workspace, Analysis), Vec<LoadError>> {
        let known = check::rules().iter().filter(|rule| rule.is_adjustable()).map(|rule| rule.code);
        let known: Vec<&str> = known.collect();
        let (mut workspace, errors) = project::reload(self.blank.clone(), files, Scope::Folder(""), &known);
        if !errors.is_empty() {
            return Err(errors);
        }
        for code in turned_on {
            workspace.config.rules.insert((*code).to_owned(), Level::Error);
        }
        let written = workspace.files.iter().map(|file| syntax::parse(*file, workspace.sources.file(*file).text()));
        let parses = Parses { shipped: self.parses.shipped.clone(), written: written.map(Arc::new).collect() };
        let analysis = analyse_parses(&workspace, &parses, self.today, Some(&self.analysis));
        Ok((workspace, analysis))
    }
}

impl fmt::Debug for Compiler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiler").field("today", &self.today).finish_non_exhaustive()
    }
}
