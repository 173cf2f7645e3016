//! `--watch`, with a real process. Each step waits for what it brings about; how long that takes decides nothing.

#![allow(clippy::indexing_slicing, clippy::panic, reason = "a process that does not answer fails the test")]

use std::fs;
use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::Folder;

/// A process that has not answered by then never will.
const DEADLINE: Duration = Duration::from_mins(1);

/// A process whose output is read while it runs.
pub(super) struct Running {
    child: Child,
    chunks: Receiver<String>,
    /// What has been printed and not waited for yet.
    rest: String,
}

impl Running {
    /// Runs a line of shell in a folder, both outputs together.
    pub(super) fn start(folder: &Folder, line: &str, variables: &[(&str, &str)]) -> Running {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec 2>&1; exec {line}")]).current_dir(folder.path());
        command.env("SOURCE_DATE_EPOCH", "1795392000").env_remove("CI").env_remove("NO_COLOR");
        command.envs(variables.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = stdout.read(&mut buffer) {
                let _ = sender.send(String::from_utf8_lossy(&buffer[..read]).into_owned());
            }
        });
        Running { child, chunks, rest: String::new() }
    }

    fn archc(folder: &Folder, arguments: &str) -> Running {
        Running::start(folder, &format!("{} {arguments}", env!("CARGO_BIN_EXE_archc")), &[])
    }

    /// What is printed up to and with a text.
    pub(super) fn until(&mut self, wanted: &str) -> String {
        let begun = Instant::now();
        loop {
            if let Some(at) = self.rest.find(wanted) {
                let after = self.rest.split_off(at + wanted.len());
                return std::mem::replace(&mut self.rest, after);
            }
            match self.chunks.recv_timeout(DEADLINE.saturating_sub(begun.elapsed())) {
                Ok(chunk) => self.rest.push_str(&chunk),
                Err(RecvTimeoutError::Timeout) => panic!("no `{wanted}` in:\n{}", self.rest),
                Err(RecvTimeoutError::Disconnected) => panic!("ended without `{wanted}`:\n{}", self.rest),
            }
        }
    }

    /// The next round, to its end.
    fn round(&mut self) -> String {
        self.until("Ctrl-C ends ──\n")
    }

    /// Rounds until one says something: how many there are before it is up to the file system.
    fn round_with(&mut self, wanted: &str) -> String {
        self.until(wanted) + &self.round()
    }

    fn signal(&self, signal: &str) {
        let kill = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(kill.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn architecture(name: &str) -> String {
    format!(
        "architecture {name} \"{name}\" {{\n  service web: web-app \"Web\"\n  person buyer \"Buyer\"\n  buyer -> web\n}}\n"
    )
}

/// Saves as careful editors do: beside the file, then over it.
fn save_over(folder: &Folder, path: &str, content: &str) {
    folder.write(&format!("{path}.new"), content);
    let path = folder.path().join(path);
    fs::rename(path.with_added_extension("new"), path).unwrap();
}

/// Saves as Vim does: the old file becomes a backup, and a new one takes its name.
fn save_anew(folder: &Folder, path: &str, content: &str) {
    let path = folder.path().join(path);
    let backup = path.with_added_extension("bak~");
    fs::rename(&path, &backup).unwrap();
    fs::write(&path, content).unwrap();
    fs::remove_file(backup).unwrap();
}

#[test]
fn checks_again_however_a_file_is_saved() {
    let folder = Folder::new().with("shop.arch", architecture("shop"));
    let mut watch = Running::archc(&folder, "check --watch");
    let first = watch.round();
    assert!(first.starts_with("── round 1 ──\nchecked 1 service"), "{first}");
    assert!(first.ends_with("no findings\n── round 1 is fine; waiting for changes, Ctrl-C ends ──\n"), "{first}");

    folder.write("shop.arch", architecture("shop").replace("buyer -> web", "buyer -> wbe"));
    let second = watch.round_with("wbe`");
    assert!(second.contains("did you mean `web`?") && second.contains(" fails; waiting"), "{second}");
    // The second time shows that it is not the file of the first time that is watched.
    for label in ["A", "B"] {
        save_over(
            &folder,
            "shop.arch",
            &architecture("shop").replace("\"Web\"", &format!("\"{label}\" {{ tier = 1 }}")),
        );
        watch.round_with("property/unknown");
        save_anew(&folder, "shop.arch", &architecture("shop"));
        watch.round_with("no findings");
    }
    folder.write("more/deep/other.arch", architecture("other"));
    let last = watch.round_with("`more/deep/other.arch` added");
    assert!(last.contains("checked 2 services"), "{last}");
}

#[test]
fn sees_folders_come_and_go() {
    let folder = Folder::new().with("shop.arch", architecture("shop"));
    let mut watch = Running::archc(&folder, "check --watch");
    watch.round();
    for _ in 0..2 {
        folder.write("new/a.arch", architecture("a"));
        watch.round_with("checked 2 services");
        folder.write("new/a.arch", architecture("a").replace("-> web", "-> we"));
        watch.round_with("name/unresolved");
        fs::remove_dir_all(folder.path().join("new")).unwrap();
        watch.round_with("checked 1 service and");
    }
    fs::remove_file(folder.path().join("shop.arch")).unwrap();
    watch.round_with("cannot do its work");
    folder.write("shop.arch", architecture("shop"));
    watch.round_with("checked 1 service and");
}

#[test]
fn takes_over_changed_settings() {
    let folder = Folder::new().with("sub/shop.arch", architecture("shop"));
    let mut watch = Running::archc(&folder, "check sub --watch");
    watch.round();
    // Above the folder that was asked for: it is the root of the workspace from now on.
    folder.write("archc.toml", "[rules]\n\"owner/missing\" = \"error\"\n");
    watch.round_with("owner/missing");
    folder.write("archc.toml", "[rules\n");
    watch.round_with("archc.toml:1:");
    folder.write("archc.toml", "");
    watch.round_with("no findings");
    folder.write("archc.toml", "[rules]\n\"owner/missing\" = \"warning\"\n");
    let last = watch.round_with("`archc.toml` changed");
    assert!(last.contains("warning[owner/missing]"), "{last}");
}

#[test]
fn a_workspace_may_be_away_for_a_while() {
    let folder = Folder::new().with("shop/shop.arch", architecture("shop"));
    let mut watch = Running::archc(&folder, "check shop --watch");
    watch.round();
    fs::rename(folder.path().join("shop"), folder.path().join("away")).unwrap();
    watch.round_with("`shop` does not exist");
    folder.write("shop/shop.arch", architecture("shop").replace("-> web", "-> we"));
    watch.round_with("name/unresolved");
    folder.write("shop/shop.arch", architecture("shop"));
    watch.round_with("no findings");
}

/// A loop would have made rounds of its own between those that are waited for.
#[test]
fn what_a_build_writes_makes_no_round() {
    for output in ["docs", "."] {
        let folder =
            Folder::new().with("archc.toml", format!("output = \"{output}\"\n")).with("a.arch", architecture("a"));
        let mut watch = Running::archc(&folder, "build --watch");
        let first = watch.round();
        assert!(first.contains("written, 0 unchanged, 0 removed"), "{first}");
        for round in 2..6 {
            save_over(&folder, "a.arch", &architecture("a").replace("Web", &format!("Web {round}")));
            let text = watch.round();
            assert!(text.starts_with(&format!("── round {round}: `a.arch` changed ──\n")), "{text}");
            assert!(folder.read(&format!("{output}/diagrams/a.mmd")).contains(&format!("Web {round}")));
        }
    }
}

#[test]
fn a_build_that_fails_leaves_what_was_written() {
    let folder = Folder::new().with("a.arch", architecture("a"));
    let mut watch = Running::archc(&folder, "build --watch --out out");
    watch.round();
    let before = folder.read("out/diagrams/a.mmd");
    save_over(&folder, "a.arch", "architecture a {");
    let failed = watch.round_with("nothing was written");
    assert!(failed.contains(" fails; waiting"), "{failed}");
    assert_eq!(folder.read("out/diagrams/a.mmd"), before);
}

#[test]
fn ctrl_c_ends_a_watch() {
    let folder = Folder::new().with("a.arch", architecture("a"));
    let mut watch = Running::archc(&folder, "check --watch");
    watch.round();
    watch.signal("-INT");
    assert_eq!(watch.child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_quiet_watch_prints_what_fails() {
    let folder = Folder::new().with("a.arch", architecture("a"));
    let watch = Running::archc(&folder, "check --watch --quiet --format pretty");
    // Nothing is printed that could be waited for: the file changes until the watch has begun.
    let begun = Instant::now();
    let mut printed = String::new();
    for number in 0.. {
        save_over(&folder, "a.arch", &architecture("a").replace("-> web", &format!("-> we{number}")));
        if let Ok(chunk) = watch.chunks.recv_timeout(Duration::from_millis(500)) {
            printed.push_str(&chunk);
            break;
        }
        assert!(begun.elapsed() < DEADLINE, "nothing was printed");
    }
    assert!(printed.starts_with("error[name/unresolved]") && !printed.contains("round"), "{printed}");
}

#[test]
fn some_things_cannot_be_watched() {
    let folder = Folder::new();
    let stdin = folder.run(&["check", "-", "--watch"]);
    assert!(stdin.contains("exit code 2") && stdin.contains("standard input cannot be watched"), "{stdin}");
    let missing = folder.run(&["check", "nowhere", "--watch"]);
    assert!(missing.contains("exit code 2") && missing.contains("`nowhere`"), "{missing}");
}

/// A file would keep the bytes that clear a screen.
#[cfg(target_os = "linux")]
#[test]
fn clears_the_screen_of_a_terminal_alone() {
    let clear = "\u{1b}[2J";
    let folder = Folder::new().with("a.arch", architecture("a"));
    let archc = env!("CARGO_BIN_EXE_archc");
    let in_terminal = format!("script -qec '{archc} check --watch' /dev/null");
    let mut terminal = Running::start(&folder, &in_terminal, &[("TERM", "xterm")]);
    let first = terminal.until("Ctrl-C ends");
    let mut piped = Running::archc(&folder, "check --watch");
    piped.round();
    save_over(&folder, "a.arch", &architecture("b"));
    let second = terminal.until("round 2 is fine");
    assert!(!first.contains(clear), "{first:?}");
    // What the heading says is there to be read.
    let heading = second.split_once(clear).map(|(_, after)| after.contains("round 2: `a.arch` changed"));
    assert_eq!(heading, Some(true), "{second:?}");
    assert!(!piped.round().contains('\u{1b}'));
}

/// The chapter cannot run a watch, since it does not end: here it does.
#[test]
fn the_book_shows_a_watch_as_it_is() {
    let chapter = include_str!("../../../book/src/ci.md");
    let shown = chapter.split("$ archc build --watch\n").nth(1).unwrap().split("```").next().unwrap();
    let shop = chapter.split("```arch file=shop.arch\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = Folder::new().with("archc.toml", "output = \"docs\"\n").with("shop.arch", shop);
    let mut watch = Running::archc(&folder, "build --watch");
    let first = watch.round();
    save_over(&folder, "shop.arch", &shop.replace("\"Orders\"", "\"Incoming Orders\""));
    assert_eq!(first + &watch.round(), shown);
}
