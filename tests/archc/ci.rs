//! What makes archc ready to use in CI: the scripts of the action, the component, the hooks and the workflows are taken from
//! their files and run, with the compiler of today, in a repository made for it.

#![allow(clippy::indexing_slicing, clippy::panic, reason = "a file of another form than it should have fails the test")]

mod action;
mod gitlab;
mod hooks;
mod recipes;
mod release;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::Folder;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents of a YAML file of this repository.
fn yaml(path: &str) -> Vec<Value> {
    let text = fs::read_to_string(root().join(path)).unwrap();
    serde_saphyr::from_multiple(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A text in a document.
fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no text at `{pointer}` of {value}"))
}

/// The step of a job or an action that has this name.
fn step<'v>(steps: &'v Value, name: &str) -> &'v Value {
    let steps = steps.as_array().unwrap();
    steps
        .iter()
        .find(|step| step.get("name").is_some_and(|it| it == name))
        .unwrap_or_else(|| panic!("no step `{name}`"))
}

const SETTINGS: &str = "output = \"docs\"\n";
const SHOP: &str =
    "architecture shop \"Shop\" {\n  service web: web-app \"Web\"\n  person buyer \"Buyer\"\n  buyer -> web\n}\n";

/// The folder of a run on the machine. On Windows its path has a colon in it, at which shells divide a `PATH`.
const RUNNER_TEMP: &str = "D:temp";

/// A repository with a workspace in `systems`, whose documentation is up to date and committed as `main`, and a machine to run
/// scripts on.
struct Project {
    folder: Folder,
    /// What is none of the repository's: tools, and what they keep.
    machine: TempDir,
}

impl Project {
    fn new() -> Project {
        let folder = Folder::new().with("systems/archc.toml", SETTINGS).with("systems/shop.arch", SHOP);
        let built = folder.run(&["build", "systems"]);
        assert!(built.contains("exit code 0"), "{built}");
        folder.commit();
        let machine = tempfile::tempdir().unwrap();
        for below in ["bin", "temp", RUNNER_TEMP] {
            fs::create_dir(machine.path().join(below)).unwrap();
        }
        let project = Project { folder, machine };
        project.tool("archc", concat!("exec ", env!("CARGO_BIN_EXE_archc"), " \"$@\"\n"));
        project
    }

    /// Puts a tool on the machine: a script that finds what it keeps in `$MACHINE`, and whose calls are logged.
    fn tool(&self, name: &str, script: &str) {
        let path = self.machine(&format!("bin/{name}"));
        let log = "printf '%s' \"${0##*/}\" >> \"$MACHINE/log\"; printf ' %s' \"$@\" >> \"$MACHINE/log\"; echo >> \"$MACHINE/log\"";
        fs::write(&path, format!("#!/bin/sh\n{log}\n{script}")).unwrap();
        let executable = Command::new("chmod").arg("+x").arg(&path).status().unwrap();
        assert!(executable.success());
    }

    fn machine(&self, below: &str) -> PathBuf {
        self.machine.path().join(below)
    }

    /// What a file of the machine holds; nothing if there is none.
    fn kept(&self, below: &str) -> String {
        fs::read_to_string(self.machine(below)).unwrap_or_default()
    }

    /// Breaks what pipelines look for: another label makes the documentation stale.
    fn change(&self) {
        self.folder.write("systems/shop.arch", SHOP.replace("\"Web\"", "\"Web Shop\""));
    }

    /// Commits another label on a branch, as a pull request would.
    fn commit_change(&self, label: &str) {
        self.folder.write("systems/shop.arch", SHOP.replace("\"Web\"", &format!("\"{label}\"")));
        self.folder.git(&["checkout", "-q", "-B", "change"]);
        self.folder.git(&["commit", "-q", "--all", "--message", label]);
    }

    /// What `archc check` finds today, as a baseline.
    fn report(&self) -> Vec<u8> {
        self.folder.command().args(["check", "systems", "--format", "json"]).output().unwrap().stdout
    }

    /// The commit that a name means.
    fn commit(&self, name: &str) -> String {
        let output = Command::new("git").current_dir(self.folder.path()).args(["rev-parse", name]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs a script with a shell and some variables, at the root of the repository.
    fn run(&self, shell: &[&str], script: &str, variables: &[(&str, &str)]) -> Output {
        let file = self.machine("temp/script");
        fs::write(&file, script).unwrap();
        let (program, arguments) = shell.split_first().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = [self.machine("bin")].into_iter().chain(std::env::split_paths(&path));
        let mut command = Command::new(program);
        command.args(arguments).arg(file).current_dir(self.folder.path());
        command
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("MACHINE", self.machine.path())
            .env("SOURCE_DATE_EPOCH", "1795392000")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env_remove("ARCHC_TOKEN")
            .envs(variables.iter().copied());
        command.output().unwrap()
    }

    /// Runs a step as GitHub does: what its environment takes from the run is given by `values`.
    fn step(&self, step: &Value, values: &[(&str, &str)]) -> Output {
        let of_step = step.get("env").and_then(Value::as_object).into_iter().flatten();
        let of_step: Vec<(String, String)> =
            of_step.map(|(name, value)| (name.clone(), filled(value.as_str().unwrap(), values))).collect();
        let temp = self.machine(RUNNER_TEMP);
        let [path, output, summary] = ["path", "output", "summary"].map(|it| self.machine(it));
        let mut variables: Vec<(&str, &str)> = vec![
            ("RUNNER_TEMP", temp.to_str().unwrap()),
            ("GITHUB_PATH", path.to_str().unwrap()),
            ("GITHUB_OUTPUT", output.to_str().unwrap()),
            ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
            ("GITHUB_REPOSITORY", "owner/shop"),
            ("RUNNER_OS", "Linux"),
            ("RUNNER_ARCH", "X64"),
        ];
        variables.extend(of_step.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let script = text(step, "/run");
        // What an expression would put into a script could be anything.
        assert!(!script.contains("${{"), "{script}");
        self.run(&["bash", "--noprofile", "--norc", "-eo", "pipefail"], script, &variables)
    }
}

/// A text with its expressions replaced, all of which have to be known.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (expression, value) in values {
        text = text.replace(&format!("${{{{ {expression} }}}}"), value);
    }
    assert!(!text.contains("${{"), "nothing is known of `{text}`");
    text
}

fn shown(output: &Output) -> String {
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    format!("ended with {:?}\n--- stdout\n{stdout}--- stderr\n{stderr}", output.status.code())
}

/// Holds how a script ends and that it says something.
#[track_caller]
fn assert_ends(output: &Output, code: i32, wanted: &str) {
    let shown = shown(output);
    assert!(output.status.code() == Some(code) && shown.contains(wanted), "not {code} with `{wanted}`, but {shown}");
}
