//! The folder of a chapter: the files that its blocks are.

use std::collections::BTreeMap;

use crate::vfs::Memory;

/// Files, and where they stand in the chapter.
#[derive(Default)]
pub(super) struct Folder {
    pub(super) files: Memory,
    /// The line in which the block of a file begins.
    lines: BTreeMap<String, usize>,
}

impl Folder {
    /// Adds the file that a block is. A later one of the same name takes its place.
    pub(super) fn add(&mut self, name: &str, code: &str, line: usize) {
        self.files = std::mem::take(&mut self.files).with(name, code);
        self.lines.insert(name.to_owned(), line);
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, name: &str) -> bool {
        self.lines.contains_key(name)
    }

    /// The line in which the block of a file begins.
    pub(super) fn line(&self, name: &str) -> Option<usize> {
        self.lines.get(name).copied()
    }
}
