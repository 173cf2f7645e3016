//! The rules: each does what its page says, and the registry knows them all.

mod actions;
mod cases;
mod pages;
mod policies;
mod registry;
mod sheet;

use std::collections::BTreeMap;

use archc::analysis;
use archc::diagnostic::{Diagnostic, Level};
use archc::project::{self, Scope, Workspace};
use archc::vfs::Memory;

/// The day of all tests.
const TODAY: &str = "2026-11-22";

/// The workspace of one file, `a.arch`, with some levels set.
fn workspace(text: &str, levels: &[(&str, Level)]) -> Workspace {
    workspace_of(&Memory::default().with("a.arch", text), levels)
}

/// The workspace of one decision record.
fn record(text: &str) -> Workspace {
    let settings = "decisions = [\"adr\"]\n";
    let files = Memory::default().with("a.arch", "").with("archc.toml", settings).with("adr/0001-record.md", text);
    workspace_of(&files, &[])
}

fn workspace_of(files: &Memory, levels: &[(&str, Level)]) -> Workspace {
    let mut workspace = project::load(files, Scope::Folder(""), &[]).unwrap();
    workspace.config.rules =
        levels.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect::<BTreeMap<_, _>>();
    workspace
}

fn findings(workspace: &Workspace) -> Vec<Diagnostic> {
    analysis::analyse(workspace, TODAY.parse().unwrap()).diagnostics
}
