//! Files of a folder on the disk.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::{FileSystem, Listing};
use crate::source::MAX_FILE_SIZE;

/// A folder. Symbolic links are followed, a link back to a folder above it once and no further.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The files under `root`.
    pub fn new(root: impl Into<PathBuf>) -> Disk {
        Disk { root: root.into() }
    }

    /// The path below the root as the library writes it; bytes that are no text become `U+FFFD`.
    fn relative(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let names = below.components().map(|name| name.as_os_str().to_string_lossy());
        names.collect::<Vec<_>>().join("/")
    }

    /// Only `.gitignore` decides: what other ignore files and the user's own git settings say differs between machines.
    fn walk(&self) -> ignore::Walk {
        WalkBuilder::new(&self.root)
            .hidden(false)
            .ignore(false)
            .git_global(false)
            .git_exclude(false)
            .require_git(false)
            .follow_links(true)
            .filter_entry(|entry| entry.file_name() != OsStr::new(".git"))
            .build()
    }

    /// All folders under the root that `.gitignore` files do not ignore, the root among them.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let folders = self.walk().flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
        folders.map(DirEntry::into_path).collect()
    }

    fn add(&self, entry: &DirEntry, listing: &mut Listing) {
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return;
        }
        let path = self.relative(entry.path());
        if entry.path().to_str().is_some() {
            listing.files.push(path);
        } else {
            let reason = io::Error::new(io::ErrorKind::InvalidFilename, "its name is not UTF-8");
            listing.unreadable.push((path, reason));
        }
    }

    fn add_error(&self, error: ignore::Error, listing: &mut Listing) {
        if is_loop(&error) {
            return;
        }
        let path = path_of(&error).map(|path| self.relative(path)).unwrap_or_default();
        let text = error.to_string();
        let reason = error.into_io_error().unwrap_or_else(|| io::Error::other(text));
        listing.unreadable.push((path, reason));
    }
}

impl FileSystem for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        read_limited(File::open(self.root.join(path))?)
    }

    fn files(&self) -> Listing {
        let mut listing = Listing::default();
        for entry in self.walk() {
            match entry {
                Ok(entry) => self.add(&entry, &mut listing),
                Err(error) => self.add_error(error, &mut listing),
            }
        }
        listing.files.sort_unstable();
        listing.unreadable.sort_by(|left, right| left.0.cmp(&right.0));
        listing
    }

    fn exists(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    fn is_folder(&self, path: &str) -> bool {
        self.root.join(path).is_dir()
    }
}

/// All bytes of a stream, unless there are more than the parser takes.
///
/// # Errors
/// If reading fails, or if there are more than [`MAX_FILE_SIZE`] bytes.
pub(crate) fn read_limited(stream: impl io::Read) -> io::Result<Vec<u8>> {
    let limit = MAX_FILE_SIZE as u64;
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let reason = format!("it is larger than {} MiB", limit / (1024 * 1024));
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}

fn is_loop(error: &ignore::Error) -> bool {
    use ignore::Error;
    match error {
        Error::Loop { .. } => true,
        Error::WithPath { err, .. } | Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => is_loop(err),
        _ => false,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    use ignore::Error;
    match error {
        Error::WithPath { path, .. } => Some(path),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
