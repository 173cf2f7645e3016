//! The command line: what each command prints, and its exit code.

mod bad_input;
mod build;
mod changed;
mod check;
mod commands;
mod environments;
mod fix;
mod fmt;
mod inject;
mod kinds;
mod load;
mod man;
mod mdbook;
mod patterns;
mod query;
mod together;
mod verbosity;
mod view;
mod watch;
mod workspace;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder with files, to run `archc` in.
pub(crate) struct Folder {
    folder: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        let folder = tempfile::tempdir().unwrap();
        // The settings of folders further up are none of the test's.
        fs::create_dir(folder.path().join(".git")).unwrap();
        Folder { folder }
    }

    pub(crate) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Folder {
        self.write(path, content);
        self
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// All files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(self.path()).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        files.sort();
        files
    }

    /// Makes the folder a repository, and what it holds the first commit of the branch `main`.
    pub(crate) fn commit(&self) {
        for arguments in [&["init", "-q", "-b", "main"][..], &["add", "."], &["commit", "-q", "-m", "before"]] {
            self.git(arguments);
        }
    }

    /// Runs git, whatever the user has set.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.path()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_archc"));
        command.current_dir(self.path()).env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", "1795392000");
        command
    }

    /// What a run printed and how it ended, as a text for snapshots.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        show(arguments, &self.command().args(arguments).output().unwrap())
    }

    pub(crate) fn run_with_stdin(&self, arguments: &[&str], stdin: &[u8]) -> String {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin).unwrap();
        show(arguments, &child.wait_with_output().unwrap())
    }
}

pub(crate) fn show(arguments: &[&str], output: &Output) -> String {
    let mut text = format!("$ archc {}\nexit code {}\n", arguments.join(" "), output.status.code().unwrap());
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        if !bytes.is_empty() {
            let _ = write!(text, "--- {name}\n{}", String::from_utf8_lossy(bytes));
        }
    }
    text
}
