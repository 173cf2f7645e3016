//! What a run tells of itself on standard error while it works: on a terminal, what takes long; with `--verbose`, what was
//! read, which settings hold, and how long each stage took.
//!
//! As with a logger, there is one for the process, since it has one standard error: whoever has something to tell need not be
//! handed the way to it.

use std::env;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Read, Write as _};
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::input::Opened;
use crate::project::{CONFIG_FILE, Config, DiagramStyle};
use crate::report::{count, shown_path};
use crate::source::Origin;

/// How much a run says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Verbosity {
    /// Findings that fail it, and what was asked for.
    Quiet,
    #[default]
    Normal,
    /// Also what it does.
    Verbose,
}

static VERBOSITY: OnceLock<Verbosity> = OnceLock::new();

/// Decides how much the process tells. The first word holds.
pub(super) fn set(verbosity: Verbosity) {
    let _ = VERBOSITY.set(verbosity);
}

fn verbosity() -> Verbosity {
    VERBOSITY.get().copied().unwrap_or_default()
}

/// A part of a run, until it is dropped.
pub(super) struct Stage {
    name: &'static str,
    begun: Instant,
    spinner: Option<Spinner>,
}

/// Begins a part of a run, called by what it does: `reading`.
pub(super) fn stage(name: &'static str) -> Stage {
    let spinner = is_shown(verbosity(), io::stderr().is_terminal(), |name| env::var_os(name));
    Stage { name, begun: Instant::now(), spinner: spinner.then(|| Spinner::new(name)) }
}

impl Stage {
    /// Says how far the work has come.
    pub(super) fn reached(&self, done: usize, of: usize) {
        if let Some(spinner) = &self.spinner {
            spinner.bar.set_message(format!("{}: {done} of {of}", self.name));
        }
    }

    /// Shows how much of a file has been read.
    pub(super) fn read<R: Read>(&self, file: R, bytes: u64) -> impl Read + use<R> {
        let bar = self.spinner.as_ref().map_or_else(ProgressBar::hidden, |spinner| spinner.bar.clone());
        bar.set_length(bytes);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {percent} % ({elapsed})") {
            bar.set_style(style);
        }
        bar.wrap_read(file)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.spinner.take());
        let took = self.begun.elapsed().as_millis();
        tell(|| format!("{}: {took} ms\n", self.name));
    }
}

/// Whether somebody watches standard error and wants to know. The log of a CI server would keep each step of a spinner.
fn is_shown(verbosity: Verbosity, is_terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let in_ci = variable("CI").is_some_and(|value| !value.is_empty() && value != "false");
    let dumb = variable("TERM").is_some_and(|term| term == "dumb");
    is_terminal && verbosity != Verbosity::Quiet && !in_ci && !dumb
}

/// A line that shows that something is done; it appears only if that takes long.
struct Spinner {
    bar: ProgressBar,
    /// Dropped to say that the work is done.
    work: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What is done sooner needs no line: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(300);
const STEP: Duration = Duration::from_millis(100);

impl Spinner {
    fn new(name: &'static str) -> Spinner {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.set_message(name);
        let (work, done) = mpsc::channel();
        let late = bar.clone();
        let thread = thread::spawn(move || {
            if done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                late.set_draw_target(ProgressDrawTarget::stderr());
                late.enable_steady_tick(STEP);
            }
        });
        Spinner { bar, work: Some(work), thread: Some(thread) }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        drop(self.work.take());
        // Until the thread has ended, it may still draw.
        let _ = self.thread.take().map(JoinHandle::join);
        self.bar.finish_and_clear();
    }
}

/// Tells those who want to know everything.
pub(super) fn tell(text: impl FnOnce() -> String) {
    if verbosity() == Verbosity::Verbose {
        // Nobody is left to be told if this fails.
        let _ = io::stderr().write_all(text().as_bytes());
    }
}

/// Tells what the reader of a result has to know of how it came about, unless they want it quiet.
pub(super) fn note(text: &str) {
    if verbosity() != Verbosity::Quiet {
        // Nobody is left to be told if this fails.
        let _ = io::stderr().write_all(format!("note: {text}\n").as_bytes());
    }
}

/// What was read, and which settings hold.
pub(super) fn tell_opened(opened: &Opened) {
    tell(|| {
        let workspace = &opened.workspace;
        let mut text = settings(&workspace.config, &opened.prefix);
        let read = workspace.sources.iter().map(|(_, file)| file).filter(|file| file.origin() == Origin::Workspace);
        for file in read {
            let lines = count(file.text().lines().count(), "line");
            let _ = writeln!(text, "read `{}`: {lines}", shown_path(file.path(), &opened.prefix));
        }
        text
    });
}

/// The settings that differ from the default, each as `archc.toml` would say it.
fn settings(config: &Config, prefix: &str) -> String {
    if *config == Config::default() {
        return "settings: the default ones\n".to_owned();
    }
    let mut text = format!("settings of `{prefix}{CONFIG_FILE}`:\n");
    for (key, value) in [("name", &config.name), ("output", &config.output)] {
        if let Some(value) = value {
            let _ = writeln!(text, "  {key} = {value:?}");
        }
    }
    for (code, level) in &config.rules {
        let _ = writeln!(text, "  rules.{code:?} = {:?}", level.to_string());
    }
    if config.diagram.style == DiagramStyle::Plain {
        text.push_str("  diagram.style = \"plain\"\n");
    }
    let lists =
        [("decisions", &config.decisions), ("docs.topics", &config.docs.topics), ("prices.files", &config.prices)];
    for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let _ = writeln!(text, "  {key} = {list:?}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Verbosity, is_shown};
    use std::ffi::OsString;

    #[test]
    fn shows_progress_to_people_alone() {
        let shown = |verbosity, is_terminal, set: &'static [(&str, &str)]| {
            let value = |name: &str| set.iter().find(|(it, _)| *it == name).map(|(_, value)| OsString::from(*value));
            is_shown(verbosity, is_terminal, value)
        };
        assert!(shown(Verbosity::Normal, true, &[("TERM", "xterm")]));
        assert!(shown(Verbosity::Verbose, true, &[("CI", "false")]));
        assert!(!shown(Verbosity::Normal, false, &[]));
        assert!(!shown(Verbosity::Quiet, true, &[]));
        assert!(!shown(Verbosity::Normal, true, &[("CI", "true")]));
        assert!(!shown(Verbosity::Normal, true, &[("TERM", "dumb")]));
    }
}
