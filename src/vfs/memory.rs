//! Files held in memory.

use std::collections::BTreeMap;
use std::io;

use super::{FileSystem, Listing};

/// Files by their path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// Adds a file, or replaces it.
    #[must_use]
    pub fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Memory {
        self.files.insert(path.to_owned(), content.into());
        self
    }
}

impl FileSystem for Memory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn files(&self) -> Listing {
        Listing { files: self.files.keys().cloned().collect(), unreadable: Vec::new() }
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        self.files.range(inside.clone()..).next().is_some_and(|(file, _)| file.starts_with(&inside))
    }
}
