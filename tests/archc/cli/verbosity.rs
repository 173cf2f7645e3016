//! `--quiet` and `--verbose`, and what is shown while work is done.

use super::Folder;
use insta::{assert_snapshot, with_settings};

/// A warning: nothing leads to the queue.
const WARNS: &str = "architecture shop \"Shop\" {\n  service web: web-app \"Web\"\n  service jobs: aws.sqs \"Jobs\"\n  person buyer \"Buyer\"\n  buyer -> web\n}\n";
const FAILS: &str = "architecture other \"Other\" {\n  a -> b\n}\n";

fn warned() -> Folder {
    Folder::new().with("archc.toml", "name = \"Shop\"\noutput = \"docs\"\n").with("shop.arch", WARNS)
}

#[test]
fn quiet_leaves_what_was_asked_for() {
    let folder = warned().with("README.md", "<!-- archc:begin services shop -->\n<!-- archc:end -->\n");
    for arguments in [
        &["check"][..],
        &["check", "--self-test"],
        &["fmt"],
        &["fix"],
        &["model", "--out", "model"],
        &["build"],
        &["build", "--check"],
        &["inject", "README.md"],
        &["inject", "README.md", "--check"],
        &["prices", "check"],
        &["man", "--out", "man"],
        &["init", "new"],
    ] {
        let loud = folder.run(arguments);
        assert!(loud.contains("exit code 0") && loud.contains("---"), "{loud}");
        let again = if arguments == ["init", "new"] { &["init", "newer"] } else { arguments };
        let quiet = folder.command().args(again).arg("--quiet").output().unwrap();
        assert!(quiet.status.success() && quiet.stdout.is_empty() && quiet.stderr.is_empty(), "{again:?}: {quiet:?}");
    }
    for arguments in [
        &["query", "service", "--format", "json", "shop.arch"][..],
        &["diagram", "shop.arch"],
        &["load", "shop.arch"],
        &["bom", "shop.arch"],
        &["check", "shop.arch", "--format", "json"],
        &["kinds"],
        &["explain"],
    ] {
        let [loud, quiet] =
            [&[][..], &["-q"]].map(|more| folder.command().args(arguments).args(more).output().unwrap());
        assert!(!loud.stdout.is_empty() && loud.stdout == quiet.stdout, "{arguments:?}");
        assert!(quiet.status.success() && quiet.stderr.is_empty(), "{arguments:?}: {quiet:?}");
    }
}

#[test]
fn quiet_keeps_findings_that_fail() {
    let folder = warned().with("other.arch", FAILS);
    assert_snapshot!("quiet_check", folder.run(&["check", "-q"]));
    assert_snapshot!("quiet_strict_check", folder.run(&["check", "-q", "shop.arch", "--deny", "warnings"]));
    for command in [&["build"][..], &["query", "service"], &["diagram", "--architecture", "shop"], &["load"], &["bom"]]
    {
        let output = folder.command().args(command).arg("-q").output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?}: {stderr}");
        assert!(stderr.contains("name/unresolved") && !stderr.contains("element/unconnected"), "{command:?}: {stderr}");
        assert!(!stderr.contains("in 1 file") && !stderr.contains("archc explain"), "{command:?}: {stderr}");
    }
    folder.write("other.arch", "");
    folder.write("shop.arch", WARNS.replace("  ", "   "));
    let unformatted = folder.run(&["fmt", "--check", "-q"]);
    assert!(unformatted.contains("exit code 1") && unformatted.contains("+  buyer -> web"), "{unformatted}");
    assert!(!unformatted.contains("stderr"), "{unformatted}");
}

#[test]
fn verbose_tells_what_is_done() {
    let settings = "output = \"docs\"\n[rules]\n\"owner/missing\" = \"note\"\n[docs]\ntopics = [\"notes.md\"]\n";
    let folder =
        Folder::new().with("archc.toml", settings).with("shop.arch", WARNS).with("notes.md", "# Notes\n\nAll.\n");
    with_settings!({ filters => [(r"\d+ ms", "N ms")] }, {
        assert_snapshot!("verbose_build", folder.run(&["build", "--verbose"]));
    });
    let default = Folder::new().with("a.arch", "").run(&["check", "-v"]);
    assert!(default.contains("settings: the default ones\nread `a.arch`: 0 lines\n"), "{default}");
    assert!(folder.run(&["check", "-v", "-q"]).contains("exit code 2"));
}

/// In a terminal, which `script` makes: it shows what takes long, and takes it away again.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_what_takes_long() {
    use super::watch::Running;
    let folder = Folder::new();
    let sh =
        |line: &str| std::process::Command::new("sh").args(["-c", line]).current_dir(folder.path()).status().unwrap();
    assert!(sh("mkfifo pipe").success());
    let archc = env!("CARGO_BIN_EXE_archc");
    let mut running =
        Running::start(&folder, &format!("script -qec '{archc} check pipe' /dev/null"), &[("TERM", "xterm")]);
    running.until("reading (");
    assert!(sh("echo 'architecture a \"A\" { }' > pipe").success());
    running.until("no findings");
}
