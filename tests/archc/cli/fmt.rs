//! `archc fmt`

use super::Folder;
use insta::assert_snapshot;

const UNFORMATTED: &str = "service  a:aws.s3 {role=\"x\"}\n// kept\n\n\n\na->b";
const FORMATTED: &str = "service a: aws.s3 { role = \"x\" }\n// kept\n\na -> b\n";

fn workspace() -> Folder {
    Folder::new().with("a.arch", UNFORMATTED).with("sub/b.arch", FORMATTED).with("sub/notes.md", "a->b")
}

#[test]
fn formats_all_files_under_a_folder() {
    let folder = workspace();
    assert_snapshot!(folder.run(&["fmt"]), @r"
    $ archc fmt
    exit code 0
    --- stdout
    formatted `a.arch`
    --- stderr
    2 files: 1 formatted, 1 unchanged
    ");
    assert_eq!(folder.read("a.arch"), FORMATTED);
    assert_eq!(folder.read("sub/notes.md"), "a->b");
    assert_eq!(folder.files(), ["a.arch", "sub/b.arch", "sub/notes.md"]);
    assert_snapshot!(folder.run(&["fmt", "--check", "sub/b.arch", "sub", "a.arch"]), @r"
    $ archc fmt --check sub/b.arch sub a.arch
    exit code 0
    --- stderr
    2 files: 0 would change, 2 unchanged
    ");
}

#[test]
fn check_shows_a_diff_and_writes_nothing() {
    let folder = workspace();
    assert_snapshot!(folder.run(&["fmt", "--check", "."]), @r#"
    $ archc fmt --check .
    exit code 1
    --- stdout
    --- a.arch
    +++ a.arch
    @@ -1,6 +1,4 @@
    -service  a:aws.s3 {role="x"}
    +service a: aws.s3 { role = "x" }
     // kept
     
    -
    -
    -a->b
    \ No newline at end of file
    +a -> b
    --- stderr
    2 files: 1 would change, 1 unchanged
    "#);
    assert_eq!(folder.read("a.arch"), UNFORMATTED);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    assert_snapshot!(folder.run_with_stdin(&["fmt", "-"], b"a->b"), @r"
    $ archc fmt -
    exit code 0
    --- stdout
    a -> b
    ");
    assert_snapshot!(folder.run_with_stdin(&["fmt", "--check", "-"], b"a->b\n"), @r"
    $ archc fmt --check -
    exit code 1
    --- stdout
    --- <stdin>
    +++ <stdin>
    @@ -1 +1 @@
    -a->b
    +a -> b
    ");
    assert_snapshot!(folder.run(&["fmt", "-", "a.arch"]), @r"
    $ archc fmt - a.arch
    exit code 2
    --- stderr
    error: `-` stands alone
      help: format standard input and files in two runs
    ");
}

#[test]
fn what_cannot_be_read_is_kept_and_fails_the_run() {
    let folder = Folder::new().with("a.arch", "group g{\n  a->b\n    foo   bar !!\n}\n");
    assert_snapshot!(folder.run(&["fmt"]), @r"
    $ archc fmt
    exit code 1
    --- stdout
    formatted `a.arch`
    --- stderr
    `a.arch` stays as it is where it cannot be read: line 3; `archc check a.arch` says why
    1 file: 1 formatted, 0 unchanged
    ");
    assert_eq!(folder.read("a.arch"), "group g {\n  a -> b\n    foo   bar !!\n}\n");
}

#[test]
fn one_file_that_cannot_be_read_stops_all() {
    let folder = workspace().with("z.arch", b"\xff");
    assert_snapshot!(folder.run(&["fmt"]), @r"
    $ archc fmt
    exit code 2
    --- stderr
    error: `z.arch` is not UTF-8: the first wrong byte is in line 1, at offset 0
      help: save the file as UTF-8
    ");
    assert_eq!(folder.read("a.arch"), UNFORMATTED);
    assert!(folder.run(&["fmt", "a.arch", "nothing.arch"]).contains("error: `nothing.arch` does not exist"));
    assert_eq!(folder.read("a.arch"), UNFORMATTED);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    let folder = workspace();
    let file = folder.path().join("a.arch");
    std::os::unix::fs::symlink("a.arch", folder.path().join("link.arch")).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o444)).unwrap();
    assert_snapshot!(folder.run(&["fmt", "sub", "a.arch"]), @r"
    $ archc fmt sub a.arch
    exit code 2
    --- stderr
    error: cannot write `a.arch`: it is read-only
      help: nothing was written
    ");
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    assert!(folder.run(&["fmt", "link.arch"]).contains("exit code 0"));
    assert_eq!(folder.read("a.arch"), FORMATTED);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("link.arch").is_symlink());
}
