//! Documents that others write, with parts of the documentation in them.
//!
//! Between `<!-- archc:begin diagram data_lake -->` and `<!-- archc:end -->`, each on a line of its own, stands what the first of
//! them asks for. No other byte of a document changes. What belongs there is laid out like the text around it: indented like
//! the marker, behind the same `>`, with the same line breaks.
//!
//! In chapters of a book, which are not written back, the same is asked for by `{{#arch data_lake}}`, and blocks of code in the
//! language are compiled.

mod blocks;
mod chapter;
mod compiler;
mod example;
mod folder;
mod lay;
mod markers;
mod request;

pub use chapter::{Mistake, asks, chapter};
pub use compiler::Compiler;

use crate::diagnostic::Diagnostic;
use crate::emit::excerpt::Excerpts;
use crate::source::{FileId, SourceMap, Span};
use blocks::Found;
use lay::Edit;
use request::Request;

/// What the codes of findings about markers begin with, and what is wrong.
mod codes {
    pub(super) const MISPLACED: &str = "marker/misplaced";
    pub(super) const NESTED: &str = "marker/nested";
    pub(super) const UNCLOSED: &str = "marker/unclosed";
    pub(super) const UNKNOWN: &str = "marker/unknown";
    pub(super) const UNOPENED: &str = "marker/unopened";
}

/// Whether a file may have markers: without its name in it there are none.
pub fn has_markers(bytes: &[u8]) -> bool {
    bytes.windows(markers::NAME.len()).any(|window| window.eq_ignore_ascii_case(markers::NAME.as_bytes()))
}

/// A document with what belongs into its blocks. The same again gives the same text.
///
/// # Errors
/// Everything that is wrong with the markers, by place.
pub fn inject(sources: &SourceMap, file: FileId, excerpts: &Excerpts<'_>) -> Result<String, Vec<Diagnostic>> {
    let text = sources.file(file).text();
    let Found { blocks, mut findings } = blocks::find(text, file);
    let mut edits = Vec::new();
    for block in &blocks {
        let words = text.get(block.words.clone()).unwrap_or_default();
        match Request::read(excerpts.model(), words, Span::of(file, block.words.clone())) {
            Ok(request) => {
                let new = lay::lay(&request.write(excerpts), &block.layout);
                edits.push(Edit { range: block.content.clone(), new });
            }
            Err(finding) => findings.push(*finding),
        }
    }
    if !findings.is_empty() {
        findings.sort_by_key(|finding| finding.primary.span);
        return Err(findings);
    }
    let new = lay::apply(text, &edits);
    match first_unsettled(&new, file, &edits).and_then(|at| blocks.get(at)) {
        None => Ok(new),
        Some(block) => Err(vec![unsettled(Span::of(file, block.marker.clone()))]),
    }
}

/// The first block of which the new text does not say that it holds what was put into it: it stands where other text is
/// read otherwise than the old one. There another run would not find it again.
fn first_unsettled(new: &str, file: FileId, edits: &[Edit]) -> Option<usize> {
    let Found { blocks, findings } = blocks::find(new, file);
    let held = |at: usize| blocks.get(at).and_then(|block| new.get(block.content.clone()));
    let first = (0..edits.len()).find(|at| held(*at) != edits.get(*at).map(|edit| edit.new.as_str()));
    let is_same = findings.is_empty() && blocks.len() == edits.len();
    first.or_else(|| (!is_same).then(|| edits.len().saturating_sub(1)))
}

fn unsettled(marker: Span) -> Diagnostic {
    Diagnostic::new(codes::MISPLACED, marker, "what belongs here would be read as part of the text around it")
        .help("put both markers between paragraphs, at the same level of indentation")
}
