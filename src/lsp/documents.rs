//! The texts that the client has open.

use std::path::{Path, PathBuf};

use gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::lines::Lines;
use super::position::Encoding;
use super::uri;

/// An open text.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) uri: Uri,
    /// Where it is on the disk; none of one that is nowhere.
    pub(super) path: Option<PathBuf>,
    pub(super) version: i32,
    /// What the client calls its language.
    language: String,
    pub(super) text: String,
}

impl Document {
    pub(super) fn new(item: TextDocumentItem) -> Document {
        let path = uri::to_path(&item.uri);
        let language = serde_json::to_value(&item.language_id).ok();
        let language = language.as_ref().and_then(|it| it.as_str()).unwrap_or_default().to_owned();
        Document { uri: item.uri, path, version: item.version, language, text: item.text }
    }

    /// Whether it is a text of the language, by its name or by what its client calls it.
    pub(super) fn is_source(&self) -> bool {
        self.language == "arch" || has_extension(Path::new(&self.uri.0), &["arch"])
    }

    /// Whether it is Markdown, which counts only where a workspace has it as a record or a topic, or leads to it.
    pub(super) fn is_markdown(&self) -> bool {
        self.path.as_ref().is_some_and(|path| has_extension(path, &["md", "markdown"]))
    }

    /// Applies changes one after the other.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        // One change finds its place in the text as fast as the lines are counted.
        let mut lines: Option<Lines> = None;
        let are_many = changes.len() > 1;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    lines = None;
                    self.text = whole.text;
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) if are_many => {
                    lines.get_or_insert_with(|| Lines::of(&self.text, encoding)).replace(part.range, &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let place = |position| encoding.offset_in(&self.text, position);
                    let (start, end) = (place(part.range.start), place(part.range.end));
                    self.text.replace_range(start.min(end)..start.max(end), &part.text);
                }
            }
        }
        if let Some(lines) = lines {
            self.text = lines.into_text();
        }
    }
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|it| extensions.iter().any(|extension| it.eq_ignore_ascii_case(extension)))
}
