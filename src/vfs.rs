//! Reading files: from the disk, or from memory in tests and for standard input, or from an editor
//! where it has texts that are not saved yet.
//!
//! Paths are relative to the root of the file system, with `/` between names on every operating system.

pub(crate) mod disk;
mod memory;
mod overlay;

use std::io;

pub use disk::Disk;
pub use memory::Memory;
pub use overlay::Overlay;

/// Where a workspace is read from. Nothing else in the library reads a file.
pub trait FileSystem {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If there is no such file, if it may not be read, or if it is larger than any file of a workspace may be.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// All files under the root that `.gitignore` files do not ignore.
    fn files(&self) -> Listing;

    /// Whether there is a file of this path.
    fn exists(&self, path: &str) -> bool;

    /// Whether there is a folder of this path.
    fn is_folder(&self, path: &str) -> bool;
}

/// What [`FileSystem::files`] found.
#[derive(Debug, Default)]
pub struct Listing {
    /// The paths, sorted.
    pub files: Vec<String>,
    /// The folders and files that could not be looked into, with the reason; sorted by path.
    pub unreadable: Vec<(String, io::Error)>,
}
