//! What others do to an output folder at the same time, and folders that cannot be written to.

use super::{Folder, show};
use insta::assert_snapshot;
use std::fs;
use std::process::{Command, Stdio};

/// So many architectures, of this label.
fn workspace(label: &str, architectures: usize) -> String {
    let one = |number| format!("architecture a{number} \"{label}\" {{\n  service s: web-app \"{label}\"\n}}\n");
    (0..architectures).map(one).collect()
}

/// All files below a folder with their contents.
fn contents(folder: &Folder, below: &str) -> Vec<(String, String)> {
    let files = folder.files();
    let files = files.iter().filter_map(|path| Some((path.strip_prefix(below)?.to_owned(), folder.read(path))));
    files.collect()
}

#[test]
fn builds_at_the_same_time_leave_what_one_of_them_wrote() {
    let folder = Folder::new().with("one/a.arch", workspace("One", 30)).with("two/a.arch", workspace("Two", 20));
    let build = |of: &str, out: &str| {
        let mut command = folder.command();
        // As in two containers that share the folder alone.
        let temporary = folder.path().join("tmp").join(of);
        fs::create_dir_all(&temporary).unwrap();
        command.env("TMPDIR", temporary);
        command.args(["build", of, "--out", out]).stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    for of in ["one", "two"] {
        assert!(build(of, &format!("alone/{of}")).wait().unwrap().success());
    }
    let [one, two] = ["alone/one/", "alone/two/"].map(|below| contents(&folder, below));
    assert!(one.len() > two.len() && two.len() > 20);
    fs::create_dir(folder.path().join("real")).unwrap();
    // Nobody is fooled by another way to the same folder.
    #[cfg(unix)]
    std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
    let other = if cfg!(unix) { "link/out" } else { "real/../real/out" };
    for _ in 0..3 {
        let builds: Vec<_> =
            (0..6).map(|number| if number % 2 == 0 { build("one", "real/out") } else { build("two", other) }).collect();
        for child in builds {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", show(&["build"], &output));
        }
        let left = contents(&folder, "real/out/");
        assert!(left == one || left == two, "{:?}", left.iter().map(|(path, _)| path).collect::<Vec<_>>());
    }
}

/// A build waits for who has locked the folder, wherever its temporary files are, and a check is done when others read.
#[cfg(unix)]
#[test]
fn a_build_waits_for_the_folder_itself() {
    let folder = Folder::new().with("a.arch", workspace("One", 1)).with("out/own.txt", "");
    let lock = fs::File::open(folder.path().join("out")).unwrap();
    lock.lock_shared().unwrap();
    assert!(folder.run(&["build", "--out", "out", "--check"]).contains("exit code 1"));
    let mut command = folder.command();
    command.args(["build", "--out", "out"]).env("TMPDIR", folder.path()).stdout(Stdio::null());
    let mut build = command.spawn().unwrap();
    // What it would have done by now, another run does in the meantime.
    assert!(folder.run(&["build", "--out", "other"]).contains("exit code 0"));
    assert_eq!(contents(&folder, "out/").len(), 1);
    drop(lock);
    assert!(build.wait().unwrap().success());
    assert_eq!(contents(&folder, "out/").len(), contents(&folder, "other/").len() + 1);
}

#[cfg(unix)]
fn set_mode(folder: &Folder, path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
}

/// The marks of files are looked at, so that this holds for root, too, whom they would not keep from writing.
#[cfg(unix)]
#[test]
fn what_is_read_only_stays_as_it_is() {
    let folder = Folder::new().with("a.arch", workspace("One", 2));
    folder.run(&["build", "--out", "out"]);
    let before = contents(&folder, "out/");
    folder.write("a.arch", workspace("Two", 1));

    set_mode(&folder, "out/diagrams/a0.mmd", 0o444);
    assert_snapshot!(folder.run(&["build", "--out", "out"]), @r"
    $ archc build --out out
    exit code 2
    --- stderr
    error: cannot write `out/diagrams/a0.mmd`: it is read-only
      help: let it be written to, or choose another folder; nothing was written
    ");
    set_mode(&folder, "out/diagrams/a0.mmd", 0o644);
    set_mode(&folder, "out/diagrams", 0o555);
    assert_snapshot!(folder.run(&["build", "--out", "out"]), @r"
    $ archc build --out out
    exit code 2
    --- stderr
    error: cannot write to `out/diagrams`: the folder is read-only
      help: let it be written to, or choose another folder; nothing was written
    ");
    set_mode(&folder, "out/diagrams", 0o755);
    set_mode(&folder, "out", 0o555);
    assert!(folder.run(&["build", "--out", "out"]).contains("cannot write to `out`: the folder is read-only"));
    set_mode(&folder, "out", 0o755);
    assert_eq!(contents(&folder, "out/"), before);

    folder.write("closed/file", "");
    set_mode(&folder, "closed", 0o555);
    assert_snapshot!(folder.run(&["build", "--out", "closed/new/out"]), @r"
    $ archc build --out closed/new/out
    exit code 2
    --- stderr
    error: cannot write to `closed`: the folder is read-only
      help: let it be written to, or choose another folder; nothing was written
    ");
    set_mode(&folder, "closed", 0o755);
    assert!(folder.run(&["build", "--out", "out"]).contains("exit code 0"));
}

/// The system refuses large files to this process, as if the disk were full.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let folder = Folder::new().with("a.arch", workspace("One", 3));
    let build = |limit: &str| {
        let line = format!("{limit} exec {} build --out out/deep", env!("CARGO_BIN_EXE_archc"));
        Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap()
    };
    let full = "trap '' XFSZ; ulimit -f 1;";
    let output = show(&["build"], &build(full));
    assert!(output.contains("exit code 2") && output.contains("  help: nothing was written\n"), "{output}");
    assert_eq!(output.matches("error:").count(), 1, "{output}");
    assert_eq!(folder.files(), ["a.arch"]);
    assert!(!folder.path().join("out").exists());

    assert!(build("").status.success());
    let before = contents(&folder, "out/");
    folder.write("a.arch", workspace("Two", 2));
    assert_eq!(build(full).status.code(), Some(2));
    assert_eq!(contents(&folder, "out/"), before);
}
