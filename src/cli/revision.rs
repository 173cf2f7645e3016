//! The files of a folder as they were in a git revision, read through `git` itself: it knows what a revision is called.

mod tree;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::failure::Failure;
use crate::vfs::Memory;
use tree::{IGNORES, Tree};

/// What git keeps under a path: a file or a link, by its object.
struct Entry {
    is_link: bool,
    id: String,
    path: String,
}

/// A revision of the repository that a folder lies in.
pub(super) struct Revision {
    folder: PathBuf,
    /// The way from the root of the repository to the folder.
    prefix: Vec<String>,
    tree: Tree,
}

impl Revision {
    /// Looks at a revision from a folder that is there. `what` is what the user could have named, for an error: `git revision`.
    pub(super) fn open(folder: &Path, revision: &str, what: &str) -> Result<Revision, Failure> {
        if revision.is_empty() {
            return Err(Failure::new("the name of the revision is empty").help("name one, such as `main` or `HEAD~1`"));
        }
        let unknown = || unknown(folder, revision, what);
        // What begins like an option is none here, and a revision that git does not know is no path either.
        let commit = format!("{revision}^{{commit}}");
        let known = run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let commit = String::from_utf8_lossy(&known.ok_or_else(unknown)?).trim().to_owned();
        let prefix = run(folder, &["rev-parse", "--show-prefix"])?.ok_or_else(unknown)?;
        let prefix = String::from_utf8_lossy(&prefix).trim_end_matches('\n').to_owned();
        let prefix = prefix.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let listing = run(folder, &["ls-tree", "-r", "-z", "--full-tree", &commit])?.ok_or_else(unknown)?;
        let entries = listing.split(|byte| *byte == 0).filter_map(entry).collect();
        Ok(Revision { folder: folder.to_owned(), prefix, tree: tree(folder, entries)? })
    }

    /// Whether it has a file of this path, which is absolute and without links.
    pub(super) fn has_file(&self, path: &Path) -> bool {
        self.place(path).is_some_and(|path| self.tree.has_file(&path))
    }

    /// The files below a folder, of which the path is absolute and without links.
    pub(super) fn files(&self, below: &Path) -> Result<Memory, Failure> {
        let files = self.place(below).map(|below| self.tree.files(&below)).unwrap_or_default();
        // Of the others it matters only that they are there.
        let (wanted, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_read(path));
        let contents = contents(&self.folder, wanted.iter().map(|(_, id)| id.as_str()))?;
        let files = others.iter().fold(Memory::default(), |files, (path, _)| files.with(path, ""));
        Ok(wanted.iter().zip(contents).fold(files, |files, ((path, _), bytes)| files.with(path, bytes)))
    }

    /// Where a path is in the repository.
    fn place(&self, path: &Path) -> Option<Vec<String>> {
        let mut place = self.prefix.clone();
        if let Ok(above) = self.folder.strip_prefix(path) {
            place.truncate(place.len().checked_sub(above.components().count())?);
            return Some(place);
        }
        let below = path.strip_prefix(&self.folder).ok()?;
        place.extend(below.components().map(|name| name.as_os_str().to_string_lossy().into_owned()));
        Some(place)
    }
}

/// The tree of what git keeps. Where links lead and what is left out is read with it.
fn tree(folder: &Path, entries: Vec<Entry>) -> Result<Tree, Failure> {
    let is_ignores = |path: &str| path.rsplit('/').next() == Some(IGNORES);
    let (read, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|it| it.is_link || is_ignores(&it.path));
    let texts = contents(folder, read.iter().map(|entry| entry.id.as_str()))?;
    let mut tree = Tree::default();
    for Entry { id, path, .. } in others {
        tree.add_file(&path, id, None);
    }
    for (Entry { is_link, id, path }, text) in read.into_iter().zip(texts) {
        let text = String::from_utf8_lossy(&text).into_owned();
        if is_link {
            tree.add_link(&path, text);
        } else {
            tree.add_file(&path, id, Some(text));
        }
    }
    Ok(tree)
}

/// Whether git knows a revision of this name. Where there is no git and no repository, it does not.
pub(super) fn is_known(folder: &Path, revision: &str) -> bool {
    let commit = format!("{revision}^{{commit}}");
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).is_ok_and(|known| known.is_some())
}

/// Whether a workspace may read the file: sources, settings, prices, topics.
fn is_read(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["arch", "toml", "md", "markdown"].contains(&extension))
}

fn unknown(folder: &Path, revision: &str, what: &str) -> Failure {
    // Nobody calls a revision so, and a file could have been named.
    if what.starts_with("file") && Path::new(revision).extension().is_some_and(|it| it.eq_ignore_ascii_case("json")) {
        return Failure::new(format!("there is no file `{revision}`"));
    }
    let failure = Failure::new(format!("there is no {what} `{revision}`"));
    if let Some((old, new)) = revision.split_once("..") {
        let [old, new] = [old, new.trim_start_matches('.')].map(|end| if end.is_empty() { "HEAD" } else { end });
        return failure.help(format!("two revisions are no range here: write `archc diff {old} {new}`"));
    }
    let is_shallow = run(folder, &["rev-parse", "--is-shallow-repository"]);
    if is_shallow.is_ok_and(|answer| answer.is_some_and(|answer| answer.trim_ascii() == b"true")) {
        return failure.help(
            "this clone is shallow, without older revisions: fetch them with `git fetch --unshallow`, or `fetch-depth: 0` in CI",
        );
    }
    failure
}

/// What git says; `None` if the answer is no.
fn run(folder: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
    let output = git(folder).args(arguments).output().map_err(|reason| no_git(&reason))?;
    if output.status.success() {
        return Ok(Some(output.stdout));
    }
    // What it cannot answer at all it gives a reason for: no repository, or one of somebody else.
    let reason = String::from_utf8_lossy(&output.stderr);
    match reason.lines().find_map(|line| line.strip_prefix("fatal: ")) {
        Some(reason) if reason.starts_with("not a git repository") => {
            Err(Failure::new("there is no git repository here, and so no revision"))
        }
        Some(said) => {
            let failure = Failure::new(format!("git cannot read the repository: {said}"));
            // A repository of somebody else: git says how to trust it.
            let advice = reason.lines().map(str::trim).find(|line| line.contains("safe.directory"));
            Err(match advice {
                Some(advice) => failure.help(format!("if you trust it: `{advice}`")),
                None => failure,
            })
        }
        None => Ok(None),
    }
}

/// Git in a folder. Hooks name their repository in the environment, relative to another folder than this one.
fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    // What it says is read, whatever language its user speaks.
    git.arg("-C").arg(folder).env("LC_ALL", "C");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(variable);
    }
    git
}

fn no_git(reason: &std::io::Error) -> Failure {
    Failure::new(format!("cannot run `git`: {reason}")).help("install git, or compare with a folder or a file instead")
}

/// A line of `git ls-tree`: mode, type and object, a tab, the path. Submodules are no files.
fn entry(line: &[u8]) -> Option<Entry> {
    let line = std::str::from_utf8(line).ok()?;
    let (facts, path) = line.split_once('\t')?;
    let mut facts = facts.split(' ');
    let (mode, kind, id) = (facts.next()?, facts.next()?, facts.next()?);
    (kind == "blob").then(|| Entry { is_link: mode == "120000", id: id.to_owned(), path: path.to_owned() })
}

/// The bytes of each object, by one run of git for all.
fn contents<'i>(folder: &Path, ids: impl Iterator<Item = &'i str>) -> Result<Vec<Vec<u8>>, Failure> {
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut git = git(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|reason| no_git(&reason))?;
    let broken = || Failure::new("git did not give the files of the revision");
    let mut input = git.stdin.take().ok_or_else(broken)?;
    let names: String = ids.iter().flat_map(|id| [id, "\n"]).collect();
    // From a thread of its own: git answers while it is asked, and neither shall wait for the other.
    let asking = thread::spawn(move || input.write_all(names.as_bytes()));
    let mut output = BufReader::new(git.stdout.take().ok_or_else(broken)?);
    let contents: Option<Vec<_>> = ids.iter().map(|_| content(&mut output)).collect();
    // Whatever is left unread, git must not wait for a reader any more.
    drop(output);
    let _ = asking.join();
    let _ = git.wait();
    contents.ok_or_else(broken)
}

/// One answer: object, type and size on a line, the bytes, a line break.
fn content(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut header = String::new();
    output.read_line(&mut header).ok()?;
    let size: u64 = header.trim_end().rsplit(' ').next()?.parse().ok()?;
    let mut bytes = Vec::new();
    output.take(size + 1).read_to_end(&mut bytes).ok()?;
    bytes.pop()?;
    Some(bytes)
}
