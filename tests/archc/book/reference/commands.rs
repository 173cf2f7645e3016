//! The command line: the help of each command.

use std::fmt::Write as _;
use std::process::Command;

use super::{Page, Part};

pub(super) fn part() -> Part {
    let mut text = "# Commands\n\nWhat `archc help` says of each command.\n".to_owned();
    section(&mut text, &[]);
    let path = "reference/commands.md".to_owned();
    Part { first: Page { title: "Commands".to_owned(), path, text }, below: Vec::new() }
}

/// The help of a command, then that of each command below it.
fn section(text: &mut String, command: &[&str]) {
    let help = help(command);
    let names = [&["archc"], command].concat().join(" ");
    let _ = write!(text, "\n{} `{names}`\n\n```text\n{}\n```\n", "#".repeat(command.len() + 2), help.trim_end());
    for name in commands(&help) {
        section(text, &[command, &[name]].concat());
    }
}

fn help(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_archc")).args(command).arg("--help").output().unwrap();
    assert!(output.status.success());
    let help = String::from_utf8(output.stdout).unwrap();
    help.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The commands that a help lists.
fn commands(help: &str) -> Vec<&str> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Deeper lines go on with the text of the one before.
    let names =
        listed.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.split(' ').next());
    names.filter(|name| *name != "help").collect()
}
