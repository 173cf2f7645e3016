//! The folder that a build writes to.
//!
//! A list in the folder says which of its files archc wrote. These are replaced, and removed when a build no longer makes
//! them; all others are left alone, and a build that would have to replace one of them does not begin. Every file is
//! written in full beside its place before the first takes its place. Builds into one folder wait for each other, and what
//! they leave is what the last of them wrote.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::failure::Failure;
use super::progress;
use crate::emit::Artifact;

/// The list of the files that archc wrote.
pub(super) const MANIFEST: &str = ".archc-files";

/// What the names of temporary files begin with, and how many random characters follow.
pub(super) const TEMPORARY: &str = ".archc-tmp-";
const TEMPORARY_SUFFIX: usize = 8;

/// How many files a message names before it counts the rest.
const NAMED: usize = 5;

/// An output folder, which may not exist yet.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// The files that a former build wrote.
    written: BTreeSet<String>,
    /// Held as long as the folder is at work on; none where the system cannot lock.
    lock: Option<fs::File>,
}

/// What a build did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) written: usize,
    pub(super) unchanged: usize,
    pub(super) removed: usize,
}

/// A file that is not what it should be.
#[derive(Debug)]
pub(super) struct Difference {
    /// Its path in the folder.
    pub(super) path: String,
    /// What it holds; none if it is missing.
    pub(super) old: Option<Vec<u8>>,
    /// What it should hold; none if it should not be there.
    pub(super) new: Option<String>,
}

impl Folder {
    /// Looks at a folder, and writes nothing.
    pub(super) fn open(path: PathBuf) -> Result<Folder, Failure> {
        if let Some(file) = path.ancestors().find(|above| above.exists()).filter(|above| !above.is_dir()) {
            let (path, file) = (path.display(), file.display());
            return Err(Failure::new(format!("cannot write to `{path}`: `{file}` is a file, not a folder")));
        }
        let waiting = progress::stage("waiting for another build");
        let lock = lock(&path);
        drop(waiting);
        let manifest = path.join(MANIFEST);
        let written = match fs::read_to_string(&manifest) {
            Ok(text) => text.lines().filter(|line| is_inside(line)).map(str::to_owned).collect(),
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            Err(reason) => return Err(Failure::io("read", manifest.display(), &reason)),
        };
        Ok(Folder { path, written, lock })
    }

    /// The folder as its user named it.
    pub(super) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// Makes the folder hold the artifacts, and none that only a former build made.
    pub(super) fn write(&self, artifacts: &[Artifact]) -> Result<Changes, Failure> {
        let mut changed = Vec::new();
        for artifact in artifacts {
            if self.holds(artifact)? {
                continue;
            }
            changed.push(artifact);
        }
        self.refuse_foreign(&changed)?;
        let current: BTreeSet<String> = artifacts.iter().map(|artifact| artifact.path.clone()).collect();
        let stale: Vec<_> = self.written.difference(&current).collect();
        self.refuse_read_only(changed.iter().map(|artifact| &artifact.path).chain(stale.iter().copied()))?;
        self.sweep(artifacts);
        let staged = self.stage_all(&changed)?;
        // While files are replaced the list names both old and new ones: a build that is cut short can be repeated.
        self.list(&self.written.union(&current).cloned().collect())?;
        for file in staged {
            file.publish()?;
        }
        for path in &stale {
            self.remove(path)?;
        }
        self.list(&current)?;
        Ok(Changes { written: changed.len(), unchanged: artifacts.len() - changed.len(), removed: stale.len() })
    }

    /// How the folder differs from one that holds the artifacts, in the order of the paths. Writes nothing.
    pub(super) fn compare(&self, artifacts: &[Artifact]) -> Result<Vec<Difference>, Failure> {
        let current: BTreeSet<String> = artifacts.iter().map(|artifact| artifact.path.clone()).collect();
        let list = Artifact { path: MANIFEST.to_owned(), content: list_of(&current) };
        let mut differences = Vec::new();
        let mut changed = Vec::new();
        for artifact in artifacts.iter().chain([&list]) {
            let old = self.read(&artifact.path)?;
            if old.as_deref() != Some(artifact.content.as_bytes()) {
                let new = Some(artifact.content.clone());
                differences.push(Difference { path: artifact.path.clone(), old, new });
                changed.extend(Some(artifact).filter(|artifact| artifact.path != MANIFEST));
            }
        }
        self.refuse_foreign(&changed)?;
        for path in self.written.difference(&current) {
            let old = self.read(path)?;
            differences.extend(old.map(|old| Difference { path: path.clone(), old: Some(old), new: None }));
        }
        differences.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(differences)
    }

    /// The content of a file; none if it does not exist.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.path.join(path);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(reason) => Err(Failure::io("read", path.display(), &reason)),
        }
    }

    /// Whether a file is there already, with the same content.
    fn holds(&self, artifact: &Artifact) -> Result<bool, Failure> {
        Ok(self.read(&artifact.path)?.is_some_and(|bytes| bytes == artifact.content.as_bytes()))
    }

    fn refuse_foreign(&self, changed: &[&Artifact]) -> Result<(), Failure> {
        let foreign = changed.iter().map(|artifact| &artifact.path);
        let foreign = foreign.filter(|path| !self.written.contains(*path) && self.path.join(path).exists());
        let foreign: Vec<String> = foreign.map(|path| format!("`{path}`")).collect();
        if foreign.is_empty() {
            return Ok(());
        }
        let named = foreign.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = match foreign.len().saturating_sub(NAMED) {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        let message = format!("`{}` holds files that archc did not write: {named}{rest}", self.path.display());
        Err(Failure::new(message)
            .help("move them away, or choose another folder with `--out DIR`; nothing was written"))
    }

    /// Nobody writes to what is marked as read-only, though who may write to its folder could replace it. What is marked so
    /// is found before the first file is replaced, so that no build ends half-way for it.
    fn refuse_read_only<'p>(&self, paths: impl Iterator<Item = &'p String>) -> Result<(), Failure> {
        for path in paths.map(|path| self.path.join(path)) {
            let is_read_only = |path: &Path| fs::metadata(path).is_ok_and(|it| it.permissions().readonly());
            let mut folders = path.ancestors().skip(1).filter(|it| !it.as_os_str().is_empty());
            let folder = folders.find(|folder| folder.exists());
            let found = if is_read_only(&path) { Some(("write", &*path, "it is read-only")) } else { None };
            let found =
                found.or(folder.filter(|it| is_read_only(it)).map(|it| ("write to", it, "the folder is read-only")));
            if let Some((verb, path, reason)) = found {
                let failure = Failure::io(verb, path.display(), &io::Error::other(reason));
                return Err(failure.help("let it be written to, or choose another folder; nothing was written"));
            }
        }
        Ok(())
    }

    /// Writes all files beside their places. If one of them cannot be, none is left, nor a folder that was made for it.
    fn stage_all(&self, artifacts: &[&Artifact]) -> Result<Vec<Staged>, Failure> {
        let writing = progress::stage("writing");
        let mut made = Vec::new();
        let mut staged = Vec::new();
        for artifact in artifacts {
            writing.reached(staged.len(), artifacts.len());
            match self.stage(&artifact.path, &artifact.content, &mut made) {
                Ok(file) => staged.push(file),
                Err(failure) => {
                    drop(staged);
                    // Those further down come last. One that somebody else has put something in stays.
                    made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
                    return Err(failure.help("nothing was written"));
                }
            }
        }
        Ok(staged)
    }

    /// Writes a file beside its place, and makes the folders it lies in, which it adds to `made`.
    fn stage(&self, path: &str, content: &str, made: &mut Vec<PathBuf>) -> Result<Staged, Failure> {
        let target = self.path.join(path);
        let parent = target.parent().unwrap_or(&self.path);
        let missing: Vec<&Path> =
            parent.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists()).collect();
        made.extend(missing.into_iter().rev().map(Path::to_owned));
        fs::create_dir_all(parent).map_err(|reason| Failure::io("make the folder", parent.display(), &reason))?;
        Staged::write(target, content)
    }

    fn list(&self, paths: &BTreeSet<String>) -> Result<(), Failure> {
        let list = Artifact { path: MANIFEST.to_owned(), content: list_of(paths) };
        if self.holds(&list)? { Ok(()) } else { self.stage(&list.path, &list.content, &mut Vec::new())?.publish() }
    }

    /// Removes the temporary files of builds that were killed. Nobody else's build can be at work on them.
    fn sweep(&self, artifacts: &[Artifact]) {
        if self.lock.is_none() {
            return;
        }
        let paths = artifacts.iter().map(|artifact| &artifact.path).chain(&self.written);
        let folders: BTreeSet<PathBuf> =
            paths.filter_map(|path| self.path.join(path).parent().map(Path::to_owned)).collect();
        for entry in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            let name = entry.file_name();
            let suffix = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY));
            if suffix.is_some_and(|suffix| suffix.len() == TEMPORARY_SUFFIX) {
                // A leftover that stays is only ugly.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes a file, and the folders that it leaves empty.
    fn remove(&self, path: &str) -> Result<(), Failure> {
        let target = self.path.join(path);
        match fs::remove_file(&target) {
            Err(reason) if reason.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::io("remove", target.display(), &reason));
            }
            _ => {}
        }
        let folders = target.ancestors().skip(1).take_while(|folder| *folder != self.path);
        for folder in folders {
            // A folder that holds something else stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// The content of the list.
fn list_of(paths: &BTreeSet<String>) -> String {
    let mut text = "# The files that `archc build` wrote here, and will replace or remove.\n".to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// A file that waits beside its place. It is closed: a build may have more files than a process may hold open.
pub(super) struct Staged {
    file: TempPath,
    target: PathBuf,
}

impl Staged {
    /// Writes what is to become a file of an existing folder. If there is such a file, its permissions are kept.
    pub(super) fn write(target: PathBuf, content: &str) -> Result<Staged, Failure> {
        match Staged::create(&target, content) {
            Ok(file) => Ok(Staged { file, target }),
            Err(reason) => Err(Failure::io("write", target.display(), &reason)),
        }
    }

    /// Writes what is to take the place of an existing file, which its user named so.
    pub(super) fn replace(shown: &str, content: &str) -> Result<Staged, Failure> {
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
    pub(super) fn publish(self) -> Result<(), Failure> {
        let Staged { file, target } = self;
        match file.persist(&target) {
            Ok(()) => Ok(()),
            Err(failed) => Err(Failure::io("write", target.display(), &failed.error)),
        }
    }
}

/// Waits until no other build works on a folder. The lock is a file elsewhere: the folder holds nothing but the build.
fn lock(folder: &Path) -> Option<fs::File> {
    let mut hasher = std::hash::DefaultHasher::new();
    real(folder)?.hash(&mut hasher);
    let path = std::env::temp_dir().join(format!("archc-{:016x}.lock", hasher.finish()));
    let file = fs::File::open(&path).or_else(|_| fs::File::create(&path)).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// The one path of a folder, which may not exist yet, whatever links lead to it.
fn real(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let (there, real) = folder.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)))?;
    Some(real.join(folder.strip_prefix(there).ok()?))
}

/// A file as other programs make them: temporary files are for their owner's eyes only otherwise.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY).rand_bytes(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Whether a line of the list is a path inside the folder. Nobody but archc writes the list, but what it names is removed.
fn is_inside(line: &str) -> bool {
    let path = Path::new(line);
    !line.is_empty() && !line.starts_with('#') && path.components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::{Changes, Folder};
    use crate::emit::Artifact;
    use std::fs;
    use std::path::Path;

    fn write(folder: &Path, files: &[(&str, &str)]) -> Result<Changes, String> {
        let file = |(path, content): &(&str, &str)| Artifact { path: (*path).into(), content: (*content).into() };
        let artifacts: Vec<_> = files.iter().map(file).collect();
        let folder = Folder::open(folder.to_owned()).unwrap();
        folder.write(&artifacts).map_err(|failure| failure.render(crate::report::pretty::Style::PLAIN))
    }

    #[test]
    fn replaces_and_removes_only_what_it_wrote() {
        let temporary = tempfile::tempdir().unwrap();
        let out = temporary.path().join("new/out");
        let first = write(&out, &[("a.md", "1"), ("d/b.mmd", "2"), ("e/c.mmd", "3")]).unwrap();
        assert_eq!(first, Changes { written: 3, unchanged: 0, removed: 0 });
        fs::write(out.join("e/own.txt"), "mine").unwrap();
        let second = write(&out, &[("a.md", "1+")]).unwrap();
        assert_eq!(second, Changes { written: 1, unchanged: 0, removed: 2 });
        assert_eq!(fs::read_to_string(out.join("a.md")).unwrap(), "1+");
        assert!(!out.join("d").exists());
        assert!(!out.join("e/c.mmd").exists());
        assert!(out.join("e/own.txt").exists());
        let third = write(&out, &[("a.md", "1+")]).unwrap();
        assert_eq!(third, Changes { written: 0, unchanged: 1, removed: 0 });
    }

    #[test]
    fn writes_more_files_than_may_be_open() {
        let temporary = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..3_000).map(|number| format!("{number}.md")).collect();
        let files: Vec<_> = names.iter().map(|name| (name.as_str(), "text")).collect();
        assert_eq!(write(temporary.path(), &files).unwrap().written, 3_000);
    }

    #[test]
    fn does_not_begin_where_it_would_replace_a_foreign_file() {
        let temporary = tempfile::tempdir().unwrap();
        fs::write(temporary.path().join("README.md"), "mine").unwrap();
        let message = write(temporary.path(), &[("README.md", "ours"), ("a.md", "1")]).unwrap_err();
        assert!(message.contains("holds files that archc did not write: `README.md`"), "{message}");
        assert_eq!(fs::read_to_string(temporary.path().join("README.md")).unwrap(), "mine");
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_list_that_points_outside_removes_nothing() {
        let temporary = tempfile::tempdir().unwrap();
        let out = temporary.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(temporary.path().join("precious"), "").unwrap();
        fs::write(out.join(super::MANIFEST), "../precious\n").unwrap();
        write(&out, &[]).unwrap();
        assert!(temporary.path().join("precious").exists());
    }
}
