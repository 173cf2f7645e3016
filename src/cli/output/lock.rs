//! One at a time works on an output folder. The lock is the folder itself, which is the same for all who write to it, in
//! whatever container they run and wherever their temporary files are. It goes with the process that has it.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::cli::progress;

/// Waits until nobody else works on a folder, and keeps others out until the lock is dropped; `None` where the file system
/// knows no locks.
pub(super) fn take(folder: &Path) -> Option<File> {
    locked(folder, true, File::lock)
}

/// Waits until nobody writes to a folder, and lets others read; `None` where there is none yet, or no locks.
pub(super) fn share(folder: &Path) -> Option<File> {
    if folder.is_dir() { locked(folder, false, File::lock_shared) } else { None }
}

fn locked(folder: &Path, writes: bool, lock: impl Fn(&File) -> io::Result<()>) -> Option<File> {
    let locked = loop {
        let handle = handle(folder, writes).and_then(|file| lock(&file).map(|()| file));
        match handle {
            // Who had it may have removed the folder, and somebody else made it again.
            Ok(file) if !is_still(&file, folder) && folder.is_dir() => {}
            handle => break handle,
        }
    };
    locked
        .inspect_err(|reason| progress::tell(|| format!("cannot lock `{}`, and goes on: {reason}\n", folder.display())))
        .ok()
}

#[cfg(unix)]
fn handle(folder: &Path, _writes: bool) -> io::Result<File> {
    File::open(folder)
}

#[cfg(unix)]
fn is_still(file: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let (here, there) = (file.metadata().map(identity), folder.metadata().map(identity));
    here.is_ok_and(|here| there.is_ok_and(|there| here == there))
}

/// Elsewhere folders cannot be locked: an empty file in it is.
#[cfg(not(unix))]
fn handle(folder: &Path, writes: bool) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(writes).create(writes);
    options.open(folder.join(".archc-lock"))
}

#[cfg(not(unix))]
fn is_still(_file: &File, _folder: &Path) -> bool {
    // The file that is locked cannot be removed.
    true
}
