//! The folder that a build writes to.
//!
//! A list in the folder says which of its files archc wrote, and which command did. These are replaced, and removed when the
//! same command no longer makes them; all others are left alone, and a build that would have to replace one of them does not
//! begin. Every file is written in full beside its place before the first takes its place. Builds into one folder wait for
//! each other, and what they leave is what the last of them wrote.

mod list;
mod lock;
mod staged;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::failure::Failure;
use super::progress;
use crate::emit::Artifact;
use crate::report::count;
use list::List;
pub(super) use staged::Staged;

/// The list of the files that archc wrote.
pub(super) const MANIFEST: &str = ".archc-files";

/// What the names of temporary files begin with, and how many random characters follow.
pub(super) const TEMPORARY: &str = ".archc-tmp-";
const TEMPORARY_SUFFIX: usize = 8;

/// Temporary files that are older were left by builds that were killed. Nobody writes for as long.
const LEFT_OVER: Duration = Duration::from_hours(6);

/// How many files a message names before it counts the rest.
const NAMED: usize = 5;

/// An output folder, which may not exist yet.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// The command that writes to it, as the list names it: `archc build`.
    writer: String,
}

/// What a command did.
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
    /// The folder that a command writes to. Writes nothing yet.
    pub(super) fn open(path: PathBuf, writer: &str) -> Result<Folder, Failure> {
        if let Some(file) = path.ancestors().find(|above| above.exists()).filter(|above| !above.is_dir()) {
            let (path, file) = (path.display(), file.display());
            return Err(Failure::new(format!("cannot write to `{path}`: `{file}` is a file, not a folder")));
        }
        Ok(Folder { path, writer: writer.to_owned() })
    }

    /// The folder as its user named it.
    pub(super) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// What there is to say of changes.
    pub(super) fn summary(&self, changes: Changes) -> String {
        let Changes { written, unchanged, removed } = changes;
        let files = count(written + unchanged, "file");
        format!("{files} in `{}`: {written} written, {unchanged} unchanged, {removed} removed\n", self.shown())
    }

    /// Makes the folder hold the artifacts, and none that only a former run of the same command made.
    pub(super) fn write(&self, artifacts: &[Artifact]) -> Result<Changes, Failure> {
        let mut made = Vec::new();
        let changes = self.write_all(artifacts, &mut made);
        if changes.is_err() {
            // Those further down come last. One that somebody has put something in stays.
            made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        }
        changes
    }

    /// Writes the artifacts, and adds the folders that it makes for them to `made`.
    fn write_all(&self, artifacts: &[Artifact], made: &mut Vec<PathBuf>) -> Result<Changes, Failure> {
        if !self.path.exists() {
            self.refuse_read_only(artifacts.iter().map(|artifact| &artifact.path))?;
        }
        make(&self.path, made)?;
        let waiting = progress::stage("waiting for another build");
        let _lock = lock::take(&self.path);
        drop(waiting);
        let list = self.list()?;
        let mut changed = Vec::new();
        for artifact in artifacts {
            if !self.holds(artifact)? {
                changed.push(artifact);
            }
        }
        self.refuse_foreign(&changed, &list)?;
        let current: BTreeSet<String> = artifacts.iter().map(|artifact| artifact.path.clone()).collect();
        let stale = list.stale(&self.writer, &current);
        self.refuse_read_only(changed.iter().map(|artifact| &artifact.path).chain(&stale))?;
        self.sweep(artifacts, &list);
        let staged = self.stage_all(&changed, made)?;
        // While files are replaced the list names both old and new ones: a build that is cut short can be repeated.
        let all = current.iter().chain(&stale).cloned().collect();
        self.save(&list.with(&self.writer, all))?;
        for file in staged {
            file.publish()?;
        }
        for path in &stale {
            self.remove(path)?;
        }
        self.save(&list.with(&self.writer, current))?;
        Ok(Changes { written: changed.len(), unchanged: artifacts.len() - changed.len(), removed: stale.len() })
    }

    /// How the folder differs from one that holds the artifacts, in the order of the paths. Writes nothing.
    pub(super) fn compare(&self, artifacts: &[Artifact]) -> Result<Vec<Difference>, Failure> {
        let waiting = progress::stage("waiting for another build");
        let _lock = lock::share(&self.path);
        drop(waiting);
        let list = self.list()?;
        let current: BTreeSet<String> = artifacts.iter().map(|artifact| artifact.path.clone()).collect();
        let stale = list.stale(&self.writer, &current);
        let new_list = Artifact { path: MANIFEST.to_owned(), content: list.with(&self.writer, current).text() };
        let mut differences = Vec::new();
        let mut changed = Vec::new();
        for artifact in artifacts.iter().chain([&new_list]) {
            let old = self.read(&artifact.path)?;
            if old.as_deref() != Some(artifact.content.as_bytes()) {
                let new = Some(artifact.content.clone());
                differences.push(Difference { path: artifact.path.clone(), old, new });
                changed.extend(Some(artifact).filter(|artifact| artifact.path != MANIFEST));
            }
        }
        self.refuse_foreign(&changed, &list)?;
        for path in stale {
            let old = self.read(&path)?;
            differences.extend(old.map(|old| Difference { path, old: Some(old), new: None }));
        }
        differences.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(differences)
    }

    /// What the folder's list says; nothing, where there is none.
    fn list(&self) -> Result<List, Failure> {
        let path = self.path.join(MANIFEST);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(List::read(&text)),
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(List::default()),
            Err(reason) => Err(Failure::io("read", path.display(), &reason)),
        }
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

    fn refuse_foreign(&self, changed: &[&Artifact], list: &List) -> Result<(), Failure> {
        let foreign = changed.iter().map(|artifact| &artifact.path);
        let foreign = foreign.filter(|path| !list.has(path) && self.path.join(path).exists());
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

    /// Writes all files beside their places. If one of them cannot be, none is left.
    fn stage_all(&self, artifacts: &[&Artifact], made: &mut Vec<PathBuf>) -> Result<Vec<Staged>, Failure> {
        let writing = progress::stage("writing");
        let mut staged = Vec::new();
        for artifact in artifacts {
            writing.reached(staged.len(), artifacts.len());
            staged.push(self.stage(artifact, made).map_err(|failure| failure.help("nothing was written"))?);
        }
        Ok(staged)
    }

    /// Writes a file beside its place, and makes the folders it lies in, which it adds to `made`.
    fn stage(&self, artifact: &Artifact, made: &mut Vec<PathBuf>) -> Result<Staged, Failure> {
        let target = self.path.join(&artifact.path);
        make(target.parent().unwrap_or(&self.path), made)?;
        Staged::write(target, &artifact.content)
    }

    fn save(&self, list: &List) -> Result<(), Failure> {
        let list = Artifact { path: MANIFEST.to_owned(), content: list.text() };
        if self.holds(&list)? { Ok(()) } else { self.stage(&list, &mut Vec::new())?.publish() }
    }

    /// Removes the temporary files of builds that were killed. Young ones may be somebody's who is at work, on a system that
    /// knows no locks.
    fn sweep(&self, artifacts: &[Artifact], list: &List) {
        let paths = artifacts.iter().map(|artifact| artifact.path.as_str()).chain(list.paths());
        let folders: BTreeSet<PathBuf> =
            paths.filter_map(|path| self.path.join(path).parent().map(Path::to_owned)).collect();
        let is_old = |entry: &fs::DirEntry| {
            let written = entry.metadata().and_then(|metadata| metadata.modified());
            let age = written.ok().and_then(|written| SystemTime::now().duration_since(written).ok());
            age.is_some_and(|age| age > LEFT_OVER)
        };
        for entry in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            let name = entry.file_name();
            let suffix = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY));
            if suffix.is_some_and(|suffix| suffix.len() == TEMPORARY_SUFFIX) && is_old(&entry) {
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

/// Makes a folder with those above it, and adds those that were not there to `made`.
fn make(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let missing = folder.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists());
    let missing: Vec<&Path> = missing.collect();
    made.extend(missing.into_iter().rev().map(Path::to_owned));
    let failed = |reason| Failure::io("make the folder", folder.display(), &reason).help("nothing was written");
    fs::create_dir_all(folder).map_err(failed)
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
        let folder = Folder::open(folder.to_owned(), "archc build").unwrap();
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
