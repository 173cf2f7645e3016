//! `archc lsp`

use std::env;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::failure::Failure;
use super::input;
use crate::lsp::{self, Ended, Stdio};

/// Serves an editor over standard input and output (the Language Server Protocol)
///
/// Editors start it themselves; `editors/README.md` says how for each.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Lsp {
    /// Speak over standard input and output, which is the only way; many editors say so
    #[arg(long, hide = true)]
    stdio: bool,
}

const AFTER_HELP: &str = "\
Exit codes: 0 the editor has ended it in order; 1 the editor is gone without; 2 wrong usage, or what
comes is not the protocol.";

impl Lsp {
    #[expect(clippy::unused_self, reason = "as all commands are run")]
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        // Whether a date is given at all has been said at the start; later it is only today.
        let today = || input::today(None).unwrap_or_default();
        input::today(None)?;
        let failed = |reason| Failure::new(format!("standard input and output are of no use any more: {reason}"));
        let (connection, threads) = Stdio::start().map_err(failed)?;
        let ended = lsp::serve(&connection, today, cache());
        drop(connection);
        threads.join().map_err(failed)?;
        Ok(Outcome { failed: ended == Ended::Abruptly, ..Outcome::default() })
    }
}

/// The user's folder for files that can be made again; none if the system does not say.
fn cache() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return folder("LOCALAPPDATA");
    }
    let of_home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(of_home)))
}
