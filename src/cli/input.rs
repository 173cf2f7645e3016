//! From a PATH on the command line to a workspace.
//!
//! A folder means all `.arch` files under it, a file means that file alone, `-` means standard input, and nothing means the
//! current folder. The settings are those of the nearest `archc.toml`: in the folder itself (for standard input: the
//! current one), or in a folder above it up to the root of the repository. The folder with the settings is the root of
//! the workspace, which paths are relative to; without settings it is the given folder, or the folder of the given file.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use super::failure::Failure;
use super::model_file;
use super::progress;
use super::revision::{self, Revision};
use crate::check;
use crate::project::{self, CONFIG_FILE, LoadError, LoadErrorKind, Scope, Workspace};
use crate::report::shown_path;
use crate::vfs::disk::read_limited;
use crate::vfs::{Disk, FileSystem};

/// What standard input is called in findings.
const STDIN: &str = "<stdin>";

/// The arguments of every command that reads a workspace.
#[derive(Args, Debug)]
pub(super) struct Input {
    /// A folder, a file, or `-` for standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,

    /// The date that decides which `@allow` have expired [default: `SOURCE_DATE_EPOCH`, or else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

/// A workspace, and where it is.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) workspace: Workspace,
    /// Leads from the current folder to the one that paths of the workspace are relative to; empty or ends with `/`.
    pub(super) prefix: String,
    /// Leads from the root of the repository to that folder, in the same form; without a repository, the same as `prefix`.
    pub(super) from_repository: String,
    /// Whether there are more sources in the workspace than were asked for.
    pub(super) is_part: bool,
}

impl Input {
    /// Reads the workspace.
    pub(super) fn open(&self) -> Result<Opened, Failure> {
        open_path(self.path.as_deref().unwrap_or(Path::new(".")))
    }

    /// Reads the workspace, and tells nobody of it.
    pub(super) fn look(&self) -> Result<Opened, Failure> {
        look_at(self.path.as_deref().unwrap_or(Path::new(".")))
    }

    /// Reads the workspace as it was in a git revision, as [`open_revision`] does.
    pub(super) fn open_revision(&self, revision: &str, what: &str) -> Result<Option<Opened>, Failure> {
        open_revision(self.path.as_deref().unwrap_or(Path::new(".")), revision, what)
    }

    /// The PATH that was given.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The root of the workspace, which a watch has an eye on.
    pub(super) fn root(&self) -> Result<PathBuf, Failure> {
        let path = self.path.as_deref().unwrap_or(Path::new("."));
        let shown = path.display().to_string();
        if path.as_os_str() == "-" {
            return Err(Failure::new("standard input cannot be watched").help("name a file or a folder"));
        }
        let metadata = fs::metadata(path).map_err(|reason| missing(shown.clone(), &reason))?;
        let path = path.canonicalize().map_err(|reason| Failure::io("read", &shown, &reason))?;
        match (metadata.is_dir(), metadata.is_file()) {
            (true, _) => Ok(root_of(&path)),
            (_, true) => Ok(root_of(path.parent().unwrap_or(&path))),
            _ => {
                Err(Failure::new(format!("`{shown}` is a stream, which cannot be watched"))
                    .help("name a file or a folder"))
            }
        }
    }

    /// The date of the run.
    pub(super) fn today(&self) -> Result<Date, Failure> {
        today(self.today)
    }
}

/// The date of a run, if none was given. Only here does the clock come in.
pub(super) fn today(given: Option<Date>) -> Result<Date, Failure> {
    if let Some(today) = given {
        return Ok(today);
    }
    let Some(epoch) = env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else {
        return Ok(Timestamp::now().to_zoned(TimeZone::UTC).date());
    };
    let epoch = epoch.to_string_lossy();
    let timestamp = epoch.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let timestamp = timestamp.ok_or_else(|| {
        Failure::new(format!("`SOURCE_DATE_EPOCH` is `{epoch}`, which is no number of seconds since 1970"))
    })?;
    Ok(timestamp.to_zoned(TimeZone::UTC).date())
}

/// Reads the workspace that a PATH means.
pub(super) fn open_path(path: &Path) -> Result<Opened, Failure> {
    let reading = progress::stage("reading");
    let opened = look_at(path);
    drop(reading);
    opened.inspect(progress::tell_opened).inspect(note_other_settings)
}

/// Says which settings below those of the workspace hold for nothing in this run.
fn note_other_settings(opened: &Opened) {
    let suffix = format!("/{CONFIG_FILE}");
    let files = opened.workspace.known_files.iter().flatten();
    let others: Vec<&str> = files.filter_map(|path| path.strip_suffix(&suffix)).collect();
    let Some(first) = others.first() else { return };
    let folder = shown_path(first, &opened.prefix);
    let more = if others.len() > 1 { format!(", and {} more of its kind", others.len() - 1) } else { String::new() };
    progress::note(&format!(
        "the settings in `{folder}/{CONFIG_FILE}` do not hold here{more}: name the folder `{folder}` to check it with them"
    ));
}

fn look_at(path: &Path) -> Result<Opened, Failure> {
    if path.as_os_str() == "-" {
        let bytes = read_limited(io::stdin()).map_err(|reason| Failure::io("read", STDIN, &reason))?;
        return open_text(STDIN, &bytes);
    }
    let shown = path.display().to_string();
    let metadata = fs::metadata(path).map_err(|reason| missing(shown.clone(), &reason))?;
    if !metadata.is_dir() && !metadata.is_file() {
        // A pipe, such as that of a shell's `<(…)`.
        let bytes = File::open(path).and_then(read_limited);
        return open_text(&shown, &bytes.map_err(|reason| Failure::io("read", &shown, &reason))?);
    }
    if metadata.is_file() && model_file::is_model(path) {
        let help = "`archc model` and `archc diff` read it; for the rest, name the workspace that it was made from";
        return Err(Failure::new(format!("`{shown}` is a model, and no `.arch` file")).help(help));
    }
    let path = path.canonicalize().map_err(|reason| Failure::io("read", &shown, &reason))?;
    if metadata.is_dir() { open_folder(&path) } else { open_file(&path) }
}

/// Reads the workspace that a PATH means as it was in a git revision; `None` if there was nothing yet where it is now. `what`
/// is what the user could have named, for an error: `git revision`.
pub(super) fn open_revision(path: &Path, revision: &str, what: &str) -> Result<Option<Opened>, Failure> {
    if path.as_os_str() == "-" {
        return Err(Failure::new("standard input has no revisions").help("name a file or a folder of a repository"));
    }
    let _reading = progress::stage("reading a revision");
    let (there, real) = existing(path)?;
    let revision_files = Revision::open(&there, revision, what)?;
    let is_gone = !real.exists();
    let is_folder = if is_gone { !revision_files.has_file(&real) } else { real.is_dir() };
    let folder = if is_folder { real.as_path() } else { real.parent().unwrap_or(&real) };
    // The settings of a folder that is gone went with it.
    let root = root_by(folder, |settings| settings.exists() || is_gone && revision_files.has_file(settings));
    let files = revision_files.files(&root)?;
    let below = below(&real, &root);
    let scope = if is_folder { Scope::Folder(&below) } else { Scope::File(&below) };
    if !project::has_sources(&files, scope) {
        return Ok(None);
    }
    open_in(&files, &root, scope, Some(revision)).map(Some)
}

/// The nearest folder of a path that is there, and the path itself, which may be gone; both without links.
fn existing(path: &Path) -> Result<(PathBuf, PathBuf), Failure> {
    let unreadable = |reason: io::Error| missing(path.display().to_string(), &reason);
    let absolute = std::path::absolute(path).map_err(unreadable)?;
    let real = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let (above, real) = real.ok_or_else(|| unreadable(io::ErrorKind::NotFound.into()))?;
    let there = if real.is_dir() { real.clone() } else { real.parent().unwrap_or(&real).to_owned() };
    let rest = absolute.strip_prefix(above).unwrap_or(Path::new(""));
    Ok((there, if rest.as_os_str().is_empty() { real } else { plain(&real.join(rest)) }))
}

/// Reads the workspace that a PATH means as it lies there now; `None` if there is none, as in a revision.
pub(super) fn open_current(path: &Path) -> Result<Option<Opened>, Failure> {
    if path.as_os_str() != "-" {
        let (_, real) = existing(path)?;
        let root = root_of(&real);
        if !real.exists()
            || real.is_dir() && !project::has_sources(&Disk::new(&root), Scope::Folder(&below(&real, &root)))
        {
            return Ok(None);
        }
    }
    open_path(path).map(Some)
}

/// That there is no such file or folder.
pub(super) fn not_there(path: &Path) -> Failure {
    missing(path.display().to_string(), &io::ErrorKind::NotFound.into())
}

/// Whether a word names a git revision where a PATH lies.
pub(super) fn is_revision(path: &Path, word: &str) -> bool {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    revision::is_known(folder, word)
}

fn open_folder(folder: &Path) -> Result<Opened, Failure> {
    let root = root_of(folder);
    open(&root, Scope::Folder(&below(folder, &root)))
}

fn open_file(file: &Path) -> Result<Opened, Failure> {
    let root = root_of(file.parent().unwrap_or(file));
    open(&root, Scope::File(&below(file, &root)))
}

fn open_text(name: &str, bytes: &[u8]) -> Result<Opened, Failure> {
    let root = root_of(&current_folder()?);
    open(&root, Scope::Text { name, bytes })
}

fn open(root: &Path, scope: Scope<'_>) -> Result<Opened, Failure> {
    open_in(&Disk::new(root), root, scope, None)
}

fn open_in(files: &dyn FileSystem, root: &Path, scope: Scope<'_>, revision: Option<&str>) -> Result<Opened, Failure> {
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let prefix_here = prefix(&current_folder()?, root);
    let from_repository = repository.map_or_else(|| prefix_here.clone(), |repository| prefix(repository, root));
    let rules: Vec<&str> = check::rules().iter().filter(|rule| rule.is_adjustable()).map(|rule| rule.code).collect();
    let (workspace, errors) = project::reload(Workspace::without_files(), files, scope, &rules);
    if let Some(revision) = revision {
        // As git names the files of a revision.
        tolerate(errors, &format!("{revision}:{from_repository}"))?;
    } else if !errors.is_empty() {
        return Err(Failure::loading(errors, &prefix_here));
    }
    let is_part = !matches!(scope, Scope::Folder("")) && project::count_sources(files) > workspace.files.len();
    Ok(Opened { workspace, prefix: prefix_here, from_repository, is_part })
}

/// What is wrong in a revision nobody can mend any more: wrong settings are left out, and told.
fn tolerate(errors: Vec<LoadError>, prefix: &str) -> Result<(), Failure> {
    if errors.iter().any(|error| !matches!(error.kind, LoadErrorKind::Setting { .. })) {
        return Err(Failure::loading(errors, prefix));
    }
    for error in errors {
        let path = shown_path(&error.path, prefix);
        progress::note(&format!("{}: compared without what is wrong there", LoadError { path, ..error }));
    }
    Ok(())
}

fn missing(path: String, reason: &io::Error) -> Failure {
    match reason.kind() {
        io::ErrorKind::NotFound => Failure::loading(vec![LoadError { path, kind: LoadErrorKind::Missing }], ""),
        _ => Failure::io("read", path, reason),
    }
}

fn current_folder() -> Result<PathBuf, Failure> {
    env::current_dir().and_then(|folder| folder.canonicalize()).map_err(|reason| Failure::io("read", ".", &reason))
}

/// The nearest folder with settings, from `folder` up to the root of the repository; else `folder` itself.
fn root_of(folder: &Path) -> PathBuf {
    root_by(folder, Path::exists)
}

fn root_by(folder: &Path, is_there: impl Fn(&Path) -> bool) -> PathBuf {
    for candidate in folder.ancestors() {
        if is_there(&candidate.join(CONFIG_FILE)) {
            return candidate.to_owned();
        }
        if candidate.join(".git").exists() {
            break;
        }
    }
    folder.to_owned()
}

/// The way from a folder, which need not exist yet, to the root of a workspace; none if no relative path leads there.
pub(super) fn way_back(from: &Path, opened: &Opened) -> Result<Option<String>, Failure> {
    let current = current_folder()?;
    let way = prefix(&plain(&current.join(from)), &plain(&current.join(&opened.prefix)));
    Ok(Path::new(&way).is_relative().then_some(way))
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The path of something below `root`, as the library writes it.
fn below(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).map(slashes).unwrap_or_default()
}

fn slashes(path: &Path) -> String {
    let names = path.components().map(|name| name.as_os_str().to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}

/// The way from one folder to another, both absolute.
fn prefix(from: &Path, to: &Path) -> String {
    let shared = from.components().zip(to.components()).take_while(|(left, right)| left == right).count();
    let rest: PathBuf = to.components().skip(shared).collect();
    if rest.components().any(|part| matches!(part, Component::Prefix(_))) {
        return format!("{}/", to.display());
    }
    let up = "../".repeat(from.components().count() - shared);
    let down = slashes(&rest);
    if down.is_empty() { up } else { format!("{up}{down}/") }
}

#[cfg(test)]
mod tests {
    use super::prefix;
    use std::path::Path;

    #[test]
    fn leads_from_folder_to_folder() {
        let way = |from: &str, to: &str| prefix(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/b"), "");
        assert_eq!(way("/a", "/a/b/c"), "b/c/");
        assert_eq!(way("/a/b/c", "/a"), "../../");
        assert_eq!(way("/a/b", "/c"), "../../c/");
    }
}
