//! Files of which some have a text that is not saved yet.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::{FileSystem, Listing};

/// Files under texts that take their place: what an editor holds and has not written yet.
#[derive(Clone, Debug, Default)]
pub struct Overlay<F> {
    below: F,
    unsaved: BTreeMap<String, Vec<u8>>,
    without: BTreeSet<String>,
}

impl<F: FileSystem> Overlay<F> {
    /// The files as they lie below.
    pub fn new(below: F) -> Overlay<F> {
        Overlay { below, unsaved: BTreeMap::new(), without: BTreeSet::new() }
    }

    /// Puts a text over a file, or where there is none.
    #[must_use]
    pub fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Overlay<F> {
        self.unsaved.insert(path.to_owned(), content.into());
        self
    }

    /// Leaves a folder out, which belongs to somebody else.
    #[must_use]
    pub fn without(mut self, folder: &str) -> Overlay<F> {
        self.without.insert(format!("{folder}/"));
        self
    }

    fn is_left_out(&self, path: &str) -> bool {
        self.without.iter().any(|folder| path.starts_with(folder.as_str()))
    }
}

impl<F: FileSystem> FileSystem for Overlay<F> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.unsaved.get(path) {
            Some(content) => Ok(content.clone()),
            None => self.below.read(path),
        }
    }

    fn files(&self) -> Listing {
        let Listing { files, mut unreadable } = self.below.files();
        unreadable.retain(|(path, _)| !self.unsaved.contains_key(path) && !self.is_left_out(path));
        let all: BTreeSet<String> = files.into_iter().chain(self.unsaved.keys().cloned()).collect();
        Listing { files: all.into_iter().filter(|path| !self.is_left_out(path)).collect(), unreadable }
    }

    fn exists(&self, path: &str) -> bool {
        self.unsaved.contains_key(path) || self.below.exists(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        self.below.is_folder(path) || self.unsaved.keys().any(|file| file.starts_with(&inside))
    }
}
