//! `archc inject`

use super::Folder;
use insta::assert_snapshot;

const SHOP: &str = "architecture shop \"Shop\" {\n  group back \"Back\" { service web: aws.s3 }\n  external crm \"CRM\"\n  crm -> web\n}\n";
const PAGE: &str = "# Shop\n\n<!-- archc:begin groups shop -->\n<!-- archc:end -->";
const WRITTEN: &str = "# Shop\n\n<!-- archc:begin groups shop -->\n\n| Group | Holds |\n| --- | --- |\n| Back | web |\n\n<!-- archc:end -->";

fn workspace() -> Folder {
    Folder::new().with("systems/shop.arch", SHOP).with("README.md", PAGE)
}

fn inject(folder: &Folder, arguments: &[&str]) -> String {
    folder.run(&[&["inject", "--in", "systems"], arguments].concat())
}

#[test]
fn writes_what_has_changed() {
    let folder =
        workspace().with("docs/a.md", PAGE.replace('\n', "\r\n")).with("docs/b.md", b"\xff").with("docs/c.txt", PAGE);
    assert_snapshot!(inject(&folder, &["README.md", "docs", "README.md"]), @r"
    $ archc inject --in systems README.md docs README.md
    exit code 0
    --- stdout
    3 files: 2 written, 1 unchanged
    ");
    assert_eq!(folder.read("README.md"), WRITTEN);
    assert_eq!(folder.read("docs/a.md"), WRITTEN.replace('\n', "\r\n"));
    assert_eq!(folder.read("docs/c.txt"), PAGE);
    assert!(inject(&folder, &["README.md", "docs"]).contains("3 files: 0 written, 3 unchanged"));
    assert!(inject(&folder, &["README.md", "docs", "--check"]).contains("exit code 0"));
    assert_eq!(folder.files().len(), 5);
}

#[test]
fn a_check_shows_a_diff_and_touches_nothing() {
    let folder = workspace().with("docs/a.md", WRITTEN);
    assert_snapshot!(inject(&folder, &[".", "--check"]), @r"
    $ archc inject --in systems . --check
    exit code 1
    --- stdout
    --- README.md
    +++ README.md
    @@ -1,4 +1,9 @@
     # Shop
     
     <!-- archc:begin groups shop -->
    +
    +| Group | Holds |
    +| --- | --- |
    +| Back | web |
    +
     <!-- archc:end -->
    \ No newline at end of file
    2 files: 1 out of date, 1 up to date
    run the same command without `--check`, and commit what it writes
    ");
    assert_eq!(folder.read("README.md"), PAGE);
}

#[test]
fn one_wrong_marker_stops_all() {
    let folder = workspace().with("docs/a.md", PAGE.replace("shop", "shpo"));
    assert_snapshot!(inject(&folder, &["README.md", "docs"]), @r"
    $ archc inject --in systems README.md docs
    exit code 1
    --- stderr
    error[marker/unknown]

      × there is no architecture `shpo`
       ╭─[docs/a.md:3:25]
     2 │ 
     3 │ <!-- archc:begin groups shpo -->
       ·                         ────
     4 │ <!-- archc:end -->
       ╰────
      help: did you mean `shop`?

    1 error in 1 file
    `archc explain CODE` says more about a rule: `archc explain marker/unknown`
    nothing was written
    ");
    assert_eq!(folder.read("README.md"), PAGE);
}

#[test]
fn errors_of_the_workspace_stop_all_unless_told_otherwise() {
    let folder = workspace();
    folder.write("systems/more.arch", "service : \n");
    let refused = inject(&folder, &["README.md"]);
    assert!(refused.contains("exit code 1") && refused.contains("nothing was written; `--keep-going`"), "{refused}");
    assert_eq!(folder.read("README.md"), PAGE);
    assert!(inject(&folder, &["README.md", "--keep-going"]).contains("exit code 1"));
    assert_eq!(folder.read("README.md"), WRITTEN);
}

#[test]
fn a_named_file_without_markers_is_told_so() {
    let folder = workspace().with("plain.md", "# Plain\n").with("docs/plain.md", "# Plain\n");
    let text = inject(&folder, &["plain.md", "docs"]);
    assert!(text.contains("exit code 0") && text.contains("no markers in `plain.md`\n"), "{text}");
    assert!(!text.contains("docs/plain.md"), "{text}");
    folder.write("README.md", PAGE.replace("archc:begin", "ARCHC:BEGIN"));
    let text = inject(&folder, &["README.md"]);
    assert!(text.contains("exit code 1") && text.contains("there is no marker `archc:BEGIN`"), "{text}");
}

/// In CI nobody would see that nothing is looked at.
#[test]
fn a_folder_without_documents_is_an_error() {
    let folder = workspace().with("empty/a.txt", PAGE);
    assert_snapshot!(inject(&folder, &["README.md", "empty", "--check", "-q"]), @r"
    $ archc inject --in systems README.md empty --check -q
    exit code 2
    --- stderr
    error: there are no Markdown files in `empty`
      help: files that a `.gitignore` names are not looked at; nothing was written
    ");
}

/// Editors of Windows write it, and it is no part of the first line.
#[test]
fn a_byte_order_mark_is_left_alone() {
    let folder = workspace();
    let marked = |text: &str| format!("\u{feff}{text}");
    let block = |text: &str| text.strip_prefix("# Shop\n\n").unwrap().to_owned();
    for (page, written) in
        [(block(PAGE), block(WRITTEN)), (format!("---\na: b\n---\n{PAGE}"), format!("---\na: b\n---\n{WRITTEN}"))]
    {
        folder.write("README.md", marked(&page));
        let text = inject(&folder, &["README.md"]);
        assert!(text.contains("1 written"), "{text}");
        assert_eq!(folder.read("README.md"), marked(&written));
    }
}

#[test]
fn shows_an_environment() {
    let folder = workspace();
    folder.write("systems/env.arch", "environment test { without shop.back.web }\n");
    assert!(inject(&folder, &["README.md", "--env", "test"]).contains("exit code 0"));
    assert!(!folder.read("README.md").contains("web"), "{}", folder.read("README.md"));
    let unknown = inject(&folder, &["README.md", "--env", "tset"]);
    assert!(unknown.contains("exit code 2") && unknown.contains("did you mean `test`?"), "{unknown}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_or_written_is_one_clear_error() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    let folder = workspace().with("locked.md", PAGE).with("binary.md", b"<!-- archc:begin -->\xff");
    let locked = folder.path().join("locked.md");
    fs::set_permissions(&locked, Permissions::from_mode(0o444)).unwrap();
    let runs = [
        inject(&folder, &["README.md", "locked.md"]),
        inject(&folder, &["README.md", "binary.md"]),
        inject(&folder, &["README.md", "missing.md"]),
        folder.run(&["inject", "README.md", "--in", "nowhere"]),
        folder.run(&["inject"]),
    ];
    assert_snapshot!(runs.join("\n"));
    assert_eq!(folder.read("README.md"), PAGE);
    fs::set_permissions(&locked, Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("locked.md", folder.path().join("link.md")).unwrap();
    assert!(inject(&folder, &["link.md"]).contains("1 written"));
    assert!(folder.path().join("link.md").is_symlink());
    assert_eq!(folder.read("locked.md"), WRITTEN);
    assert_eq!(fs::metadata(&locked).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(folder.files().iter().filter(|file| file.contains("tmp")).count(), 0);
}

/// All blocks that follow are right.
#[test]
fn an_end_that_is_missing_is_one_finding() {
    let block = "<!-- archc:begin groups shop -->\n<!-- archc:end -->\n\n";
    let folder = workspace();
    folder.write("README.md", format!("<!-- archc:begin groups shop -->\n\n{block}{block}{block}"));
    let text = inject(&folder, &["README.md"]);
    assert!(text.contains("error[marker/nested]") && text.contains("\n1 error in 1 file\n"), "{text}");
    // Blocks that were meant to nest are one, too.
    folder.write("README.md", format!("<!-- archc:begin groups shop -->\n\n{block}\n<!-- archc:end -->\n\n{block}"));
    assert!(inject(&folder, &["README.md"]).contains("\n1 error in 1 file\n"), "{}", inject(&folder, &["README.md"]));
}
