//! From the analysed model to text. Nothing here reads or writes a file.

pub mod mermaid;

use crate::analysis::Analysis;
use crate::project::{DiagramStyle, Workspace};

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
    let model = &analysis.model;
    let diagrams = model.architectures.iter().flat_map(|it| mermaid::diagrams(model, it.id, style(workspace)));
    let files = diagrams.map(|it| Artifact { path: format!("diagrams/{}.mmd", it.name), content: it.text });
    files.collect()
}

/// The Mermaid text of one architecture: the whole, or an overview of what is too large for one diagram.
pub fn diagram(workspace: &Workspace, analysis: &Analysis, architecture: &str) -> String {
    let model = &analysis.model;
    let found = model.find_architecture(architecture);
    let first = found.and_then(|it| mermaid::diagrams(model, it.id, style(workspace)).into_iter().next());
    first.map(|it| it.text).unwrap_or_default()
}

fn style(workspace: &Workspace) -> mermaid::Style {
    match workspace.config.diagram.style {
        DiagramStyle::Styled => mermaid::Style::Styled,
        DiagramStyle::Plain => mermaid::Style::Plain,
    }
}
