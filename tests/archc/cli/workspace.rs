//! Which files and which settings a PATH means.

use super::Folder;

const WRONG: &str = "service :\n";

/// The files with findings, in their order.
fn found(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let text = folder.run(arguments);
    let places = text.lines().filter_map(|line| line.split_once("─[")?.1.split(':').next());
    places.map(str::to_owned).collect()
}

#[test]
fn a_folder_means_its_sources_in_order() {
    let folder = Folder::new()
        .with("b.arch", WRONG)
        .with("a/x.arch", WRONG)
        .with(".hidden/y.arch", WRONG)
        .with(".git/z.arch", WRONG)
        .with("a/x.arch.bak", WRONG);
    assert_eq!(found(&folder, &["check"]), [".hidden/y.arch", "a/x.arch", "b.arch"]);
    assert_eq!(found(&folder, &["check", "a"]), ["a/x.arch"]);
    assert_eq!(found(&folder, &["check", "./a/../b.arch"]), ["b.arch"]);
}

#[test]
fn ignored_files_are_no_sources() {
    let folder = Folder::new()
        .with(".gitignore", "/old/\n*.tmp.arch\n")
        .with("old/a.arch", WRONG)
        .with("b.tmp.arch", WRONG)
        .with("sub/old/c.arch", WRONG)
        .with("sub/.gitignore", "d.arch\n")
        .with("sub/d.arch", WRONG);
    assert_eq!(found(&folder, &["check"]), ["sub/old/c.arch"]);
    assert_eq!(found(&folder, &["check", "b.tmp.arch"]), ["b.tmp.arch"], "what is named is read");
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = Folder::new().with("a/x.arch", WRONG);
    std::os::unix::fs::symlink("..", folder.path().join("a/up")).unwrap();
    assert_eq!(found(&folder, &["check"]), ["a/x.arch"]);
}

#[test]
fn the_nearest_settings_above_hold() {
    let folder =
        Folder::new().with("archc.toml", "outer = 1").with("team/archc.toml", "").with("team/sub/a.arch", WRONG);
    assert_eq!(found(&folder, &["check", "team/sub"]), ["team/sub/a.arch"]);
    assert_eq!(found(&folder, &["check", "team/sub/a.arch"]), ["team/sub/a.arch"]);
    assert!(folder.with("other/a.arch", "").run(&["check", "other"]).contains("error: archc.toml:1:1: unknown key"));
}

#[test]
fn settings_outside_of_the_repository_do_not_hold() {
    let folder =
        Folder::new().with("archc.toml", "outer = 1").with("repository/.git/HEAD", "").with("repository/a.arch", "");
    assert!(folder.run(&["check", "repository"]).contains("exit code 0"));
}
