//! What cannot be read or written: a clear line each, exit code 2, and nothing half-written.

use super::Folder;
use insta::assert_snapshot;

#[test]
fn a_missing_path() {
    assert_snapshot!(Folder::new().run(&["check", "no/such.arch"]), @r"
    $ archc check no/such.arch
    exit code 2
    --- stderr
    error: `no/such.arch` does not exist
    ");
}

#[test]
fn a_path_below_a_file() {
    assert_snapshot!(Folder::new().with("a.arch", "").run(&["check", "a.arch/b.arch"]), @r"
    $ archc check a.arch/b.arch
    exit code 2
    --- stderr
    error: cannot read `a.arch/b.arch`: it lies below a file, which is no folder
    ");
}

#[test]
fn a_folder_without_sources() {
    assert_snapshot!(Folder::new().with("docs/a.md", "").run(&["check", "docs"]), @r"
    $ archc check docs
    exit code 2
    --- stderr
    error: there are no `.arch` files in `docs`
      help: files that a `.gitignore` names are not looked at; `archc init` writes a small workspace to begin with
    ");
    assert_snapshot!(Folder::new().run(&["check"]), @r"
    $ archc check
    exit code 2
    --- stderr
    error: there are no `.arch` files in `.`
      help: files that a `.gitignore` names are not looked at; `archc init` writes a small workspace to begin with
    ");
}

#[test]
fn files_that_are_not_utf8() {
    let folder = Folder::new().with("sub/a.arch", b"// ok\n// na\xefve\n").with("sub/b.arch", b"\xff\xfea\0");
    assert_snapshot!(folder.run(&["check", "sub"]), @r"
    $ archc check sub
    exit code 2
    --- stderr
    error: `sub/a.arch` is not UTF-8: the first wrong byte is in line 2, at offset 11
      help: save the file as UTF-8
    error: `sub/b.arch` is not UTF-8: the first wrong byte is in line 1, at offset 0
      help: save the file as UTF-8
    ");
    assert_snapshot!(folder.run(&["check", "sub/a.arch"]), @r"
    $ archc check sub/a.arch
    exit code 2
    --- stderr
    error: `sub/a.arch` is not UTF-8: the first wrong byte is in line 2, at offset 11
      help: save the file as UTF-8
    ");
    assert_snapshot!(folder.run_with_stdin(&["check", "-"], b"\xff"), @r"
    $ archc check -
    exit code 2
    --- stderr
    error: `<stdin>` is not UTF-8: the first wrong byte is in line 1, at offset 0
      help: save the file as UTF-8
    ");
}

#[test]
fn standard_input_keeps_its_name_below_settings() {
    let folder = Folder::new().with("archc.toml", "").with("sub/a.arch", "").with("bytes", b"\xff");
    let mut command = folder.command();
    command.current_dir(folder.path().join("sub")).args(["check", "-"]);
    let bytes = std::fs::File::open(folder.path().join("bytes")).unwrap();
    let output = command.stdin(bytes).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: `<stdin>` is not UTF-8"));
}

#[cfg(unix)]
#[test]
fn sources_that_cannot_be_opened() {
    let folder = Folder::new().with("b.arch", "");
    std::os::unix::fs::symlink("nowhere", folder.path().join("a.arch")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("picture.png")).unwrap();
    assert_snapshot!(folder.run(&["check"]), @r"
    $ archc check
    exit code 2
    --- stderr
    error: cannot read `a.arch`: it does not exist
    ");
}

#[test]
fn an_unknown_format() {
    assert_snapshot!(Folder::new().run(&["check", "--format", "yaml"]), @r"
    $ archc check --format yaml
    exit code 2
    --- stderr
    error: invalid value 'yaml' for '--format <FORMAT>'
      [possible values: pretty, json, sarif, github, gitlab, junit, auto]

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_command() {
    assert_snapshot!(Folder::new().run(&["chekc"]), @r"
    $ archc chekc
    exit code 2
    --- stderr
    error: unrecognized subcommand 'chekc'

      tip: a similar subcommand exists: 'check'

    Usage: archc [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
}

#[test]
fn a_date_that_is_none() {
    assert_snapshot!(Folder::new().run(&["check", "--today", "2026-13-01"]), @r"
    $ archc check --today 2026-13-01
    exit code 2
    --- stderr
    error: invalid value '2026-13-01' for '--today <YYYY-MM-DD>': failed to parse two digit integer as month: parameter 'month' is not in the required range of 1..=12

    For more information, try '--help'.
    ");
    let output = Folder::new().with("a.arch", "").command().arg("check").env("SOURCE_DATE_EPOCH", "soon").output();
    assert_snapshot!(super::show(&["check"], &output.unwrap()), @r"
    $ archc check
    exit code 2
    --- stderr
    error: `SOURCE_DATE_EPOCH` is `soon`, which is no number of seconds since 1970
    ");
}

#[test]
fn settings_that_are_wrong() {
    let folder = Folder::new()
        .with("team/archc.toml", "outptu = \"x\"\n[rules]\n\"wiring/unknwn\" = \"off\"\n")
        .with("team/sub/a.arch", b"\xff");
    assert_snapshot!(folder.run(&["check", "team/sub"]), @r"
    $ archc check team/sub
    exit code 2
    --- stderr
    error: team/archc.toml:1:1: unknown key `outptu`
      help: did you mean `output`?
    error: team/archc.toml:3:1: unknown rule `wiring/unknwn`
      help: did you mean `wiring/unknown`?
    error: `team/sub/a.arch` is not UTF-8: the first wrong byte is in line 1, at offset 0
      help: save the file as UTF-8
    ");
}

#[test]
fn an_output_folder_that_is_a_file() {
    let folder = Folder::new().with("a.arch", ONE).with("out", "mine");
    assert_snapshot!(folder.run(&["build", "--out", "out"]), @r"
    $ archc build --out out
    exit code 2
    --- stderr
    error: cannot write to `out`: `out` is a file, not a folder
    ");
    assert_snapshot!(folder.run(&["build", "--out", "out/below"]), @r"
    $ archc build --out out/below
    exit code 2
    --- stderr
    error: cannot write to `out/below`: `out` is a file, not a folder
    ");
    assert_eq!(folder.files(), ["a.arch", "out"]);
}

#[test]
fn no_output_folder() {
    assert_snapshot!(Folder::new().with("a.arch", ONE).run(&["build"]), @r"
    $ archc build
    exit code 2
    --- stderr
    error: no folder to write to
      help: give `--out DIR`, or set `output` in `archc.toml`
    ");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_folder_that_takes_no_files() {
    let folder = Folder::new().with("a.arch", ONE);
    assert_snapshot!(folder.run(&["build", "--out", "/proc/archc"]), @r"
    $ archc build --out /proc/archc
    exit code 2
    --- stderr
    error: cannot write to `/proc`: the folder is read-only
      help: let it be written to, or choose another folder; nothing was written
    ");
}

#[test]
fn an_output_folder_with_files_of_its_own() {
    let folder = Folder::new().with("a.arch", ONE).with("out/diagrams/one.mmd", "mine");
    assert_snapshot!(folder.run(&["build", "--out", "out"]), @r"
    $ archc build --out out
    exit code 2
    --- stderr
    error: `out` holds files that archc did not write: `diagrams/one.mmd`
      help: move them away, or choose another folder with `--out DIR`; nothing was written
    ");
    assert_eq!(folder.files(), ["a.arch", "out/diagrams/one.mmd"]);
    assert_eq!(folder.read("out/diagrams/one.mmd"), "mine");
}

const ONE: &str = "architecture one \"One\" { }\n";
