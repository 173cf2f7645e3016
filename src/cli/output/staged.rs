//! Files that wait beside their places until all of them can take theirs.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::{TEMPORARY, TEMPORARY_SUFFIX};
use crate::cli::failure::Failure;

/// A file that waits beside its place. It is closed: a build may have more files than a process may hold open.
pub(in crate::cli) struct Staged {
    file: TempPath,
    target: PathBuf,
}

impl Staged {
    /// Writes what is to become a file of an existing folder. If there is such a file, its permissions are kept.
    pub(in crate::cli) fn write(target: PathBuf, content: &str) -> Result<Staged, Failure> {
        match Staged::create(&target, content) {
            Ok(file) => Ok(Staged { file, target }),
            Err(reason) => Err(Failure::io("write", target.display(), &reason)),
        }
    }

    /// Writes what is to take the place of an existing file, which its user named so.
    pub(in crate::cli) fn replace(shown: &str, content: &str) -> Result<Staged, Failure> {
        let failure = |reason: io::Error| Failure::io("write", shown, &reason).help("nothing was written");
        let path = PathBuf::from(shown);
        let metadata = fs::metadata(&path).map_err(failure)?;
        if !metadata.is_file() {
            return Err(failure(io::Error::other("it is a stream; name a file instead")));
        }
        // A file that nobody may write to could be replaced all the same, since that is a right on its folder.
        if metadata.permissions().readonly() {
            return Err(failure(io::Error::other("it is read-only")));
        }
        // A link stays one, and what it leads to is replaced.
        let path = if path.is_symlink() { fs::canonicalize(&path).map_err(failure)? } else { path };
        Staged::write(path, content)
    }

    fn create(target: &Path, content: &str) -> io::Result<TempPath> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = temporary(folder.unwrap_or(Path::new(".")))?;
        file.write_all(content.as_bytes())?;
        if let Ok(metadata) = fs::metadata(target) {
            file.as_file().set_permissions(metadata.permissions())?;
        }
        Ok(file.into_temp_path())
    }

    /// Lets the file take its place.
    pub(in crate::cli) fn publish(self) -> Result<(), Failure> {
        let Staged { file, target } = self;
        match file.persist(&target) {
            Ok(()) => Ok(()),
            Err(failed) => Err(Failure::io("write", target.display(), &failed.error)),
        }
    }
}

/// A file as other programs make them: temporary files are for their owner's eyes only otherwise.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY).rand_bytes(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder.tempfile_in(folder)
}
