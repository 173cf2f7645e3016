//! From the analysed model to text. Nothing here reads or writes a file.

pub mod mermaid;

use crate::analysis::Analysis;
use crate::project::Workspace;

/// A file to write: nothing here writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where, relative to the output folder, with `/` between names.
    pub path: String,
    /// What it holds.
    pub content: String,
}

/// All files of a build.
pub fn artifacts(workspace: &Workspace, analysis: &Analysis) -> Vec<Artifact> {
    let names = analysis.model.architectures.iter().map(|it| it.name.as_str());
    let diagrams = names
        .map(|name| Artifact { path: format!("diagrams/{name}.mmd"), content: diagram(workspace, analysis, name) });
    diagrams.collect()
}

/// The Mermaid text of one architecture.
pub fn diagram(_workspace: &Workspace, _analysis: &Analysis, architecture: &str) -> String {
    format!("flowchart LR\n  {architecture}\n")
}
