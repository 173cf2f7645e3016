//! `--watch`: a round of work, and another one whenever what it read has changed.
//!
//! The system says that something happened in a folder. What it was is found by reading the workspace again and comparing:
//! so an editor may save as it likes, nothing that archc wrote makes another round, and no event can be misread. Folders are
//! watched, and not files, which editors replace. All folders are seen to before each look, new ones among them: whatever
//! changes after the look makes an event.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::EventKind;
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::failure::Failure;
use super::input::{Input, Opened};
use super::output::{MANIFEST, TEMPORARY};
use super::progress;
use super::terminal::Terminal;
use super::{INTERRUPTED, Outcome, print};
use crate::project::{CONFIG_FILE, Config};
use crate::report::pretty::Style;
use crate::report::{count, shown_path};
use crate::source::Origin;
use crate::vfs::Disk;

/// Saving is over when nothing has happened for so long …
const QUIET: Duration = Duration::from_millis(60);
/// … and nobody waits longer than this for it.
const PATIENCE: Duration = Duration::from_secs(1);

/// What ends the waiting.
enum News {
    /// Something happened that may matter.
    Change,
    /// Ctrl-C.
    Stop,
}

/// Works on the workspace, and again when it changes, until Ctrl-C.
pub(super) fn run(
    input: &Input,
    terminal: &Terminal,
    mut work: impl FnMut(Opened) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let (sender, news) = mpsc::channel();
    stop_on_interrupt(sender.clone())?;
    let mut folders = Folders::new(input.root()?, sender)?;
    let mut seen = None;
    let mut round = 0;
    loop {
        folders.see_to(input)?;
        let opened = input.look();
        let now = Seen::of(&opened, terminal);
        if seen.as_ref() != Some(&now) {
            round += 1;
            let clear = Outcome::text(clear(round, terminal).to_owned());
            let heading = heading(round, seen.as_ref(), &now, terminal);
            let mut work = |opened| {
                progress::tell_opened(&opened);
                work(opened)
            };
            let printed = say(&clear)
                .and_then(|()| say(&heading))
                .and_then(|()| finish(round, opened.and_then(&mut work), terminal));
            if let Err(reason) = printed {
                return gone(&reason);
            }
            seen = Some(now);
        }
        if wait(&news) {
            return Ok(Outcome { interrupted: true, ..Outcome::default() });
        }
    }
}

/// Ends the watch after the round; a second Ctrl-C does not wait for it.
fn stop_on_interrupt(sender: Sender<News>) -> Result<(), Failure> {
    let before = AtomicBool::new(false);
    let handler = move || {
        if before.swap(true, Ordering::SeqCst) || sender.send(News::Stop).is_err() {
            process::exit(INTERRUPTED.into());
        }
    };
    ctrlc::set_handler(handler).map_err(|reason| Failure::new(format!("cannot watch for Ctrl-C: {reason}")))
}

/// Waits until something has changed and nothing does any more; whether the watch is to end.
fn wait(news: &Receiver<News>) -> bool {
    match news.recv() {
        Ok(News::Change) => {}
        Ok(News::Stop) | Err(_) => return true,
    }
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match news.recv_timeout(QUIET) {
            Ok(News::Change) => {}
            Ok(News::Stop) | Err(RecvTimeoutError::Disconnected) => return true,
            Err(RecvTimeoutError::Timeout) => break,
        }
    }
    false
}

/// The folders that the system watches.
struct Folders {
    root: PathBuf,
    watcher: RecommendedWatcher,
    /// Those that are watched with all below them.
    trees: BTreeSet<PathBuf>,
    sender: Sender<News>,
}

/// Where the system watches whole trees, that is one watch. Elsewhere each folder needs one, and there may be too many of
/// those that git ignores.
const WATCHES_TREES: bool = cfg!(any(target_os = "macos", windows));

impl Folders {
    fn new(root: PathBuf, sender: Sender<News>) -> Result<Folders, Failure> {
        let watcher = watcher(&root, &sender)?;
        Ok(Folders { root, watcher, trees: BTreeSet::new(), sender })
    }

    /// Sees to it that all folders are watched which the workspace has now. One that was removed and is there again is
    /// another one for the system, so that nothing is left out because it was watched before.
    fn see_to(&mut self, input: &Input) -> Result<(), Failure> {
        // Settings in a folder further up make that the root. Of a workspace that is gone, the place is kept.
        if let Ok(root) = input.root()
            && root != self.root
        {
            self.watcher = watcher(&root, &self.sender)?;
            self.trees.clear();
            self.root = root;
        }
        // Also what would be above a root that is gone for now, and where settings may be put.
        for folder in above(&self.root) {
            self.add(&folder, RecursiveMode::NonRecursive)?;
        }
        if !WATCHES_TREES {
            return Disk::new(&self.root)
                .folders()
                .iter()
                .try_for_each(|folder| self.add(folder, RecursiveMode::NonRecursive));
        }
        if self.root.is_dir() && self.trees.insert(self.root.clone()) {
            let root = self.root.clone();
            self.add(&root, RecursiveMode::Recursive)?;
        }
        Ok(())
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), Failure> {
        let Err(reason) = self.watcher.watch(folder, mode) else { return Ok(()) };
        let shown = folder.display();
        match reason.kind {
            // It is gone already, which makes an event of its own.
            ErrorKind::PathNotFound => Ok(()),
            ErrorKind::Io(ref io) if io.kind() == io::ErrorKind::NotFound => Ok(()),
            ErrorKind::MaxFilesWatch => Err(Failure::new(format!("cannot watch `{shown}`: the system watches no more folders"))
                .help("let it watch more (on Linux: `sysctl fs.inotify.max_user_watches`), or name large folders in `.gitignore`")),
            _ => Err(Failure::new(format!("cannot watch `{shown}`: {reason}"))),
        }
    }
}

/// The folders above a root that are there, up to the root of the repository; without one, only the next.
fn above(root: &Path) -> Vec<PathBuf> {
    let above: Vec<&Path> = root.ancestors().skip(1).filter(|folder| folder.is_dir()).collect();
    let is_repository = |folder: &&Path| folder.join(".git").exists();
    let last = if is_repository(&root) { Some(0) } else { above.iter().position(is_repository) };
    above.into_iter().take(last.unwrap_or(0) + 1).map(Path::to_owned).collect()
}

fn watcher(root: &Path, sender: &Sender<News>) -> Result<RecommendedWatcher, Failure> {
    let (sender, root) = (sender.clone(), root.to_owned());
    let handler = move |event: notify::Result<Event>| {
        // Who cannot tell what happened is told to look.
        if event.map_or(true, |event| matters(&event, &root)) {
            // Nobody listens any more when the watch ends.
            let _ = sender.send(News::Change);
        }
    };
    notify::recommended_watcher(handler).map_err(|reason| Failure::new(format!("cannot watch folders: {reason}")))
}

/// Whether an event may have changed what the workspace is. That a file was read has not.
fn matters(event: &Event, root: &Path) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    let is_setting = |name: &std::ffi::OsStr| name == CONFIG_FILE || name == ".gitignore" || name == ".git";
    let concerns = |path: &PathBuf| {
        if let Ok(below) = path.strip_prefix(root) {
            return below.components().all(|part| part.as_os_str() != ".git");
        }
        // Of what is above the root or beside it, the way to it and its settings.
        root.starts_with(path) || path.file_name().is_some_and(is_setting)
    };
    event.need_rescan() || event.paths.iter().any(concerns)
}

/// What a round works on: another round is needed if it differs.
#[derive(PartialEq, Eq)]
enum Seen {
    Workspace {
        /// The files that were read, by the name that is shown.
        texts: BTreeMap<String, String>,
        config: Config,
        settings: String,
        /// The files that links may lead to.
        names: BTreeSet<String>,
    },
    /// Why nothing could be read.
    Failure(String),
}

impl Seen {
    fn of(opened: &Result<Opened, Failure>, terminal: &Terminal) -> Seen {
        let opened = match opened {
            Ok(opened) => opened,
            Err(failure) => return Seen::Failure(failure.render(terminal.stderr())),
        };
        let files = opened.workspace.sources.iter().map(|(_, file)| file);
        let texts = files
            .filter(|file| file.origin() == Origin::Workspace)
            .map(|file| (shown_path(file.path(), &opened.prefix), file.text().to_owned()));
        Seen::Workspace {
            texts: texts.collect(),
            config: opened.workspace.config.clone(),
            settings: shown_path(CONFIG_FILE, &opened.prefix),
            names: names(opened),
        }
    }

    /// What is otherwise than it was.
    fn changes_since(&self, before: &Seen) -> String {
        let (Seen::Workspace { texts: old, config: old_config, .. }, Seen::Workspace { texts, config, settings, .. }) =
            (before, self)
        else {
            return "the workspace changed".to_owned();
        };
        let mut changes = Vec::new();
        let all: BTreeSet<&String> = old.keys().chain(texts.keys()).collect();
        for path in all {
            match (old.get(path), texts.get(path)) {
                (None, Some(_)) => changes.push(format!("`{path}` added")),
                (Some(_), None) => changes.push(format!("`{path}` removed")),
                (old, new) if old != new => changes.push(format!("`{path}` changed")),
                _ => {}
            }
        }
        if config != old_config {
            changes.push(format!("`{settings}` changed"));
        }
        match changes.len().checked_sub(NAMED) {
            None | Some(0) if changes.is_empty() => "other files came or went".to_owned(),
            None | Some(0) => changes.join(", "),
            Some(more) => {
                changes.truncate(NAMED);
                format!("{} and {} more", changes.join(", "), count(more, "change"))
            }
        }
    }
}

/// How many changes a heading names before it counts the rest.
const NAMED: usize = 3;

/// The files of a workspace but for those that archc wrote, as the lists in their folders say, and those that editors leave
/// beside what they work on.
fn names(opened: &Opened) -> BTreeSet<String> {
    let Some(known) = &opened.workspace.known_files else { return BTreeSet::new() };
    let mut names: BTreeSet<String> = known.iter().filter(|path| !is_passing(path)).cloned().collect();
    for list in known.iter().filter(|path| path.rsplit('/').next() == Some(MANIFEST)) {
        let folder = list.strip_suffix(MANIFEST).unwrap_or_default();
        let Ok(text) = fs::read_to_string(Path::new(&opened.prefix).join(list)) else { continue };
        for line in text.lines() {
            names.remove(&format!("{folder}{line}"));
        }
    }
    names
}

/// Whether a file is hidden, a backup, or one by which Vim tries out whether it may write.
fn is_passing(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    name.starts_with(TEMPORARY) || name.starts_with(['.', '#']) || name.ends_with('~') || is_number
}

/// What clears a terminal for a round, before its heading is written.
fn clear(round: usize, terminal: &Terminal) -> &'static str {
    if round > 1 && terminal.can_be_cleared() { "\u{1b}[2J\u{1b}[H" } else { "" }
}

/// What stands above a round.
fn heading(round: usize, before: Option<&Seen>, now: &Seen, terminal: &Terminal) -> Outcome {
    let why = before.map(|before| format!(": {}", now.changes_since(before))).unwrap_or_default();
    let line = rule(&format!("round {round}{why}"), terminal.stderr());
    Outcome { stderr: terminal.remark(line), ..Outcome::default() }
}

fn rule(text: &str, style: Style) -> String {
    let dash = if style.unicode { "──" } else { "--" };
    let (start, end) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    format!("{start}{dash} {text} {dash}{end}\n")
}

/// Prints what came of a round, and that there will be others.
fn finish(round: usize, ended: Result<Outcome, Failure>, terminal: &Terminal) -> io::Result<()> {
    let (outcome, how) = match ended {
        Ok(outcome) if outcome.failed => (outcome, "fails"),
        Ok(outcome) => (outcome, "is fine"),
        Err(failure) => {
            let stderr = failure.render(terminal.stderr());
            (Outcome { stderr, ..Outcome::default() }, "cannot do its work")
        }
    };
    say(&outcome)?;
    let line = rule(&format!("round {round} {how}; waiting for changes, Ctrl-C ends"), terminal.stderr());
    say(&Outcome { stderr: terminal.remark(line), ..Outcome::default() })
}

fn say(outcome: &Outcome) -> io::Result<()> {
    print(outcome).map(drop)
}

/// The end of a watch that cannot print: if nobody reads it any more, it has done what it was asked for.
fn gone(reason: &io::Error) -> Result<Outcome, Failure> {
    if reason.kind() == io::ErrorKind::BrokenPipe {
        return Ok(Outcome::default());
    }
    Err(Failure::new(format!("cannot write the output: {reason}")))
}
