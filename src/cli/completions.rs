//! `archc completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, Outcome};

/// Prints a script that completes the arguments of archc in a shell
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

const AFTER_HELP: &str = "\
Examples:
  archc completions bash > ~/.local/share/bash-completion/completions/archc
  archc completions fish > ~/.config/fish/completions/archc.fish
  archc completions zsh > \"${fpath[1]}/_archc\"";

impl Completions {
    pub(super) fn run(&self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "archc", &mut script);
        Outcome::text(String::from_utf8_lossy(&script).into_owned())
    }
}
