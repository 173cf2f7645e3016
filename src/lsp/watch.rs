//! Files that change on the disk, for clients that cannot tell of them.
//!
//! The system says that something happened in a folder; what it was is found by reading again. Folders are watched, and not
//! files, which editors replace. Nothing here grows: however much happens, one word of it waits for the server.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use notify::event::{EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::vfs::Disk;

/// Saving is over when nothing has happened for so long …
const QUIET: Duration = Duration::from_millis(60);
/// … and nobody waits longer than this for it.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often new folders are looked for in folders that have just become known.
const LOOKS: usize = 8;

/// A look-out for changes.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    news: Receiver<()>,
    roots: BTreeSet<PathBuf>,
    /// Whether folders may have come since they were seen to.
    is_due: bool,
    has_complained: bool,
}

impl Watch {
    /// Begins; none where the system has no way to watch.
    pub(super) fn start() -> Option<Watch> {
        let (events, happened) = bounded(1);
        let (sender, news) = bounded(1);
        let handler = move |event: notify::Result<Event>| {
            // Who cannot tell what happened is told to look.
            if event.map_or(true, |event| matters(&event)) {
                // A word that waits already says the same.
                let _ = events.try_send(());
            }
        };
        let watcher = notify::recommended_watcher(handler).ok()?;
        // It ends with the watcher, which holds the other end.
        thread::Builder::new().name("watch".to_owned()).spawn(move || pass_on(&happened, &sender)).ok()?;
        Some(Watch { watcher, news, roots: BTreeSet::new(), is_due: false, has_complained: false })
    }

    /// Where it says that something has changed.
    pub(super) fn news(&self) -> &Receiver<()> {
        &self.news
    }

    /// Has all folders seen to again: there may be new ones, and one that was removed and is there again is another one
    /// for the system.
    pub(super) fn look_again(&mut self) {
        self.is_due = true;
    }

    /// Sees to it that all folders are watched. Says once what is in the way.
    pub(super) fn see_to(&mut self, roots: &BTreeSet<PathBuf>) -> Option<String> {
        if self.roots == *roots && !self.is_due {
            return None;
        }
        for gone in self.roots.difference(roots) {
            // Where it is gone from the disk, there is nothing to be let go of.
            let _ = self.watcher.unwatch(gone);
        }
        self.roots.clone_from(roots);
        self.is_due = false;
        let problems: Vec<String> = roots.iter().filter_map(|root| self.add_tree(root)).collect();
        let problem = problems.into_iter().next().filter(|_| !self.has_complained);
        self.has_complained |= problem.is_some();
        problem
    }

    fn add_tree(&mut self, root: &Path) -> Option<String> {
        // What is above tells when a root comes back.
        let mut problem = root.parent().and_then(|above| self.add(above, RecursiveMode::NonRecursive));
        if cfg!(any(target_os = "macos", windows)) {
            return self.add(root, RecursiveMode::Recursive).or(problem);
        }
        let mut known: BTreeSet<PathBuf> = BTreeSet::new();
        for _ in 0..LOOKS {
            // A folder made before its parent was watched has made no event.
            let new: Vec<PathBuf> = Disk::new(root).folders().into_iter().filter(|it| !known.contains(it)).collect();
            if new.is_empty() {
                break;
            }
            for folder in new {
                problem = self.add(&folder, RecursiveMode::NonRecursive).or(problem);
                known.insert(folder);
            }
        }
        problem
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) -> Option<String> {
        let reason = self.watcher.watch(folder, mode).err()?;
        match reason.kind {
            // It is gone already, which makes an event of its own.
            ErrorKind::PathNotFound => None,
            ErrorKind::Io(ref io) if io.kind() == io::ErrorKind::NotFound => None,
            ErrorKind::MaxFilesWatch => Some(
                "the system watches no more folders, so that some changes will be seen late; let it watch more (on Linux: \
                 `sysctl fs.inotify.max_user_watches`), or name large folders in `.gitignore`"
                    .to_owned(),
            ),
            _ => Some(format!("cannot watch `{}`: {reason}", folder.display())),
        }
    }
}

/// Passes on that something happened, when nothing does any more.
fn pass_on(happened: &Receiver<()>, sender: &Sender<()>) {
    while happened.recv().is_ok() {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE && happened.recv_timeout(QUIET).is_ok() {}
        if let Err(TrySendError::Disconnected(())) = sender.try_send(()) {
            return;
        }
    }
}

/// What says which files of a folder count.
pub(super) const IGNORED: &str = ".gitignore";

/// The extensions of files that can be a part of a workspace.
pub(super) const EXTENSIONS: [&str; 4] = ["arch", "toml", "md", "markdown"];

/// Whether a file can be a part of a workspace, or says which ones are.
pub(super) fn is_known(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) || path.ends_with(IGNORED)
}

/// Whether an event may have changed what a workspace is. That a file was read has not.
fn matters(event: &Event) -> bool {
    // A folder, or what is gone and may have been one.
    let has_come_or_gone =
        matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    let may_be_folder = |path: &PathBuf| has_come_or_gone && !path.is_file();
    let is_access = matches!(event.kind, EventKind::Access(_));
    event.need_rescan() || (!is_access && event.paths.iter().any(|path| is_known(path) || may_be_folder(path)))
}
