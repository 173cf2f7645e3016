//! Which documents show hints and lenses. A client asks anew for those of a document that is edited; that others may look
//! different now, it has to be told.

use std::collections::BTreeSet;

use gen_lsp_types::Uri;

/// The documents whose hints and lenses a client has asked for, and those that have been edited.
#[derive(Debug, Default)]
pub(super) struct Told {
    hints: BTreeSet<String>,
    lenses: BTreeSet<String>,
    /// The documents that have been edited since it was last said that others may have changed.
    edited: BTreeSet<String>,
}

impl Told {
    /// Takes notice that a client shows the hints of a document.
    pub(super) fn hints(&mut self, uri: &Uri) {
        self.hints.insert(uri.0.clone());
    }

    /// The same of its lenses.
    pub(super) fn lenses(&mut self, uri: &Uri) {
        self.lenses.insert(uri.0.clone());
    }

    /// Takes notice that a document has been edited: what it shows is asked for anyway.
    pub(super) fn edited(&mut self, uri: &Uri) {
        self.edited.insert(uri.0.clone());
    }

    pub(super) fn forget(&mut self, uri: &Uri) {
        self.hints.remove(&uri.0);
        self.lenses.remove(&uri.0);
    }

    /// Whether there are hints, and whether there are lenses, that nobody asks for anew unless told to: those of documents
    /// that are not the only one edited. Begins anew.
    pub(super) fn take_others(&mut self) -> (bool, bool) {
        let edited = std::mem::take(&mut self.edited);
        // Of several that were edited, each may have changed after it was asked for.
        let is_other = |uri: &String| edited.len() != 1 || !edited.contains(uri);
        (self.hints.iter().any(is_other), self.lenses.iter().any(is_other))
    }
}
