//! `archc completions`

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, Outcome};
use crate::analysis;
use crate::check;
use crate::project::Workspace;

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

/// Bash offers files where nothing else fits; the script that is generated has the options fit everywhere.
const BASH_FILES: &str = r#"
_archc_or_files() {
    _archc "$@"
    [[ ${COMP_WORDS[COMP_CWORD]} == -* ]] && return
    local word words=()
    for word in "${COMPREPLY[@]}"; do
        [[ $word == -* ]] || words+=("$word")
    done
    COMPREPLY=("${words[@]}")
}

complete -F _archc_or_files -o bashdefault -o default archc
"#;

impl Completions {
    pub(super) fn run(&self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut with_words(Arguments::command()), "archc", &mut script);
        let mut script = String::from_utf8_lossy(&script).into_owned();
        if self.shell == Shell::Bash {
            script.push_str(BASH_FILES);
        }
        Outcome::text(script)
    }
}

/// The arguments with the words that they mostly are: rules, kinds, patterns and commands that ship. Others are taken as well,
/// but a script cannot know them.
fn with_words(command: Command) -> Command {
    let blank = Workspace::without_files();
    let rules: Vec<&'static str> = check::rules().iter().map(|rule| rule.code).collect();
    // These live as long as the process, which ends with the script.
    let kinds = analysis::catalog(&blank).kinds().map(|kind| &*kind.name.to_string().leak()).collect();
    let commands = command.get_subcommands().map(|it| &*it.get_name().to_owned().leak()).collect();
    let with = |command: Command, name: &'static str, argument: &'static str, words: Vec<&'static str>| {
        let words = PossibleValuesParser::new(words);
        command.mut_subcommand(name, |it| it.mut_arg(argument, |it| it.value_parser(words).hide_possible_values(true)))
    };
    let command = with(command, "explain", "code", rules.clone());
    let command = with(command, "fix", "only", rules);
    let command = with(command, "kinds", "query", kinds);
    with(command, "man", "command", commands)
}
