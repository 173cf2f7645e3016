//! Commands of a chapter, and what they print.

use std::process::{Command, Stdio};

use crate::cli::Folder;

/// A command and the lines below it.
struct Step<'t> {
    command: &'t str,
    shown: Vec<&'t str>,
}

/// What became of a `console` fence.
pub(super) struct Ran {
    /// The fence as it would be today.
    pub(super) current: String,
    /// What cannot be mended by taking over what was printed.
    pub(super) complaints: Vec<String>,
    /// What was printed otherwise than the fence shows.
    pub(super) differences: Vec<String>,
}

/// Runs the commands of a fence one after the other in a folder.
pub(super) fn run(folder: &Folder, text: &str, exit: i32) -> Ran {
    let mut ran = Ran { current: String::new(), complaints: Vec::new(), differences: Vec::new() };
    let steps = steps(text);
    if steps.is_empty() {
        ran.complaints.push("no line of the fence begins with `$ `".to_owned());
    }
    for step in steps {
        let (printed, ended) = printed(folder, step.command);
        if ended != Some(exit) {
            let ended = ended.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
            ran.complaints.push(format!("`{}` ended with {ended}, not with {exit}:\n{printed}", step.command));
        }
        let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
        let is_same = agrees(&step.shown, &lines);
        if !is_same {
            ran.differences.push(format!("`{}` prints:\n{}", step.command, lines.join("\n")));
        }
        let lines = if is_same { step.shown } else { lines };
        for line in [&*format!("$ {}", step.command)].into_iter().chain(lines) {
            ran.current.push_str(line);
            ran.current.push('\n');
        }
    }
    ran
}

fn steps(text: &str) -> Vec<Step<'_>> {
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command, shown: Vec::new() }),
            (None, Some(step)) => step.shown.push(line),
            (None, None) => return Vec::new(),
        }
    }
    steps
}

/// What a command prints on both outputs, and its exit code.
pub(super) fn printed(folder: &Folder, command: &str) -> (String, Option<i32>) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let archc = std::path::Path::new(env!("CARGO_BIN_EXE_archc")).parent().unwrap();
    let path = std::env::join_paths([archc.to_owned()].into_iter().chain(std::env::split_paths(&path))).unwrap();
    // The shell joins the two outputs in the order in which they are written.
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1\n{command}")]).current_dir(folder.path());
    shell
        .env("PATH", path)
        .env("SOURCE_DATE_EPOCH", "1795392000")
        .env("LC_ALL", "C")
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null());
    let output = shell.output().unwrap();
    (String::from_utf8_lossy(&output.stdout).trim_end().to_owned(), output.status.code())
}

/// Whether lines are the shown ones, where a shown `…` stands for any number of them.
fn agrees(shown: &[&str], lines: &[&str]) -> bool {
    let mut parts = shown.split(|line| line.trim() == "…");
    let Some(mut rest) = parts.next().and_then(|first| lines.strip_prefix(first)) else { return false };
    let mut parts: Vec<&[&str]> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match (0..rest.len()).find_map(|at| rest.get(at..)?.strip_prefix(part)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[test]
fn an_ellipsis_stands_for_lines() {
    let lines = ["a", "b", "c", "d"];
    for shown in
        [&["a", "b", "c", "d"][..], &["…"], &["a", "…"], &["…", "d"], &["a", "…", "c", "…"], &["a", "…", "b", "c", "d"]]
    {
        assert!(agrees(shown, &lines), "{shown:?}");
    }
    for shown in [&["a", "b", "c"][..], &[], &["b", "…"], &["…", "c"], &["…", "c", "…", "b", "…"], &["a", "…", "a"]]
    {
        assert!(!agrees(shown, &lines), "{shown:?}");
    }
}
