//! The texts that the client has open.

use std::path::PathBuf;

use gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::position::Encoding;
use super::uri;

/// An open text.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) uri: Uri,
    /// Where it is on the disk; none of one that is nowhere.
    pub(super) path: Option<PathBuf>,
    pub(super) version: i32,
    pub(super) text: String,
}

impl Document {
    pub(super) fn new(item: TextDocumentItem) -> Document {
        let path = uri::to_path(&item.uri);
        Document { uri: item.uri, path, version: item.version, text: item.text }
    }

    /// Applies changes one after the other.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let place = |position| encoding.offset_in(&self.text, position);
                    let (start, end) = (place(part.range.start), place(part.range.end));
                    self.text.replace_range(start.min(end)..start.max(end), &part.text);
                }
            }
        }
    }
}
