//! What is wrong with a workspace.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::project::{Level, Workspace};
use crate::syntax::{self, ast::Keyword, ast::Statement};

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
    &[Rule {
        code: "syntax/unexpected",
        level: Level::Error,
        summary: "text that is no part of the language",
        documentation: "# syntax/unexpected\n\nText that is no part of the language.\n",
    }]
}

/// What is known of a workspace.
#[derive(Debug)]
pub struct Analysis {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The names of the architectures.
    pub architectures: Vec<String>,
    /// Number of elements.
    pub services: usize,
    /// Number of edges.
    pub edges: usize,
}

/// Checks a workspace. `today` decides which `@allow` have expired.
pub fn analyse(workspace: &Workspace, _today: Date) -> Analysis {
    let mut analysis = Analysis { diagnostics: Vec::new(), architectures: Vec::new(), services: 0, edges: 0 };
    for file in &workspace.files {
        let parse = syntax::parse(*file, workspace.sources.file(*file).text());
        analysis.diagnostics.extend(parse.diagnostics);
        analysis.architectures.extend(parse.tree.statements.iter().filter_map(architecture));
    }
    analysis
}

fn architecture(statement: &Statement) -> Option<String> {
    match statement {
        Statement::Declaration(it) if it.keyword == Keyword::Architecture => Some(it.name.as_ref()?.text.to_string()),
        _ => None,
    }
}
