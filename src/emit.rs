//! From the analysed model to text. Nothing here reads or writes a file.

pub mod bom;
pub mod load;
pub mod markdown;
pub mod mermaid;

use self::markdown::Topic;
use crate::analysis::Analysis;
use crate::project::{DiagramStyle, Workspace};
use crate::source::SourceFile;

/// A file to write: nothing here writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where, relative to the output folder, with `/` between names.
    pub path: String,
    /// What it holds.
    pub content: String,
}

/// All files of a build. `link_base` is the path from the output folder to the workspace, for links to its files;
/// without it, such links are printed as their text.
pub fn artifacts(workspace: &Workspace, analysis: &Analysis, link_base: Option<&str>) -> Vec<Artifact> {
    let topic = |file: &SourceFile| Topic { path: file.path().to_owned(), text: file.text().to_owned() };
    let topics: Vec<Topic> = workspace.topics.iter().map(|id| topic(workspace.sources.file(*id))).collect();
    let options = markdown::Options {
        // Not the folder's name, which differs from one checkout to the next.
        title: workspace.config.name.as_deref().unwrap_or("Architecture"),
        style: style(workspace),
        topics: &topics,
        link_base,
        sources: &workspace.sources,
    };
    markdown::documentation(&analysis.model, &options)
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

/// The text between the quotes of a value as written; the value itself if it has none.
fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}
