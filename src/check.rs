//! What is wrong with a workspace.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Level};
use crate::model::Model;
use crate::project::Workspace;

/// A rule: what its findings are called, how much they weigh, and what there is to know about them.
#[derive(Debug)]
pub struct Rule {
    /// The code of its findings, such as `wiring/unsupported`.
    pub code: &'static str,
    /// What a finding weighs unless the workspace says otherwise.
    pub level: Level,
    /// One line, without a full stop.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub documentation: &'static str,
}

/// All rules, by code.
pub fn rules() -> &'static [Rule] {
    &[]
}

/// What rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the files mean.
    pub model: &'a Model,
    /// The files, their paths and the settings.
    pub workspace: &'a Workspace,
    /// The day that decides which `@allow` have expired.
    pub today: Date,
}

/// All findings of a workspace: those of the stages before, and those of the rules.
pub fn check(_context: &Context<'_>, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics
}
