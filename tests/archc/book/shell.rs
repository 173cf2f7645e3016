//! Lines that a reader copies into a shell: each runs in a repository as it is meant for.

use std::fs;
use std::process::Command;

use super::console::printed;
use super::{chapters, root};
use crate::cli::Folder;

/// What is not tried: it takes minutes, is tried by CI itself, or needs what not every machine has.
const ELSEWHERE: [&str; 4] = ["cargo install --path .", "cargo test", "docker build ", "docker run "];

#[test]
fn lines_for_a_shell_are_no_mistakes() {
    let mut tried = 0;
    for (path, text) in chapters() {
        for fence in fences(&text) {
            let folder = repository(fence.contains("archc init shop"));
            for line in fence.lines().filter(|line| !ELSEWHERE.iter().any(|it| line.starts_with(it))) {
                let line = line.replace("cargo run --release --", "archc");
                let (printed, ended) = printed(&folder, &line);
                let is_tried = line.starts_with("archc ");
                // Findings, differences and stale files are no mistakes of the line.
                assert!(is_tried && matches!(ended, Some(0 | 1)), "{}: `{line}`: {ended:?} {printed}", path.display());
                tried += 1;
            }
        }
    }
    assert!(tried >= 9, "only {tried} lines");
}

/// The fences that no other test runs.
fn fences(text: &str) -> Vec<&str> {
    text.split("\n```sh\n").skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// A repository with the examples and a history: two tags, a main branch that others share, and a branch on it.
fn repository(is_bare: bool) -> Folder {
    let folder = Folder::new();
    let copy = Command::new("cp").arg("-R").arg(root().join("examples")).arg(folder.path()).status().unwrap();
    assert!(copy.success());
    if is_bare {
        return folder;
    }
    let git = |arguments: &str| {
        let (printed, ended) = printed(&folder, &format!("git -c user.name=a -c user.email=a@b.c {arguments}"));
        assert_eq!(ended, Some(0), "git {arguments}: {printed}");
    };
    let shop = |peak: u32| {
        let text = format!(
            "architecture shop {{\n  external web {{ emits = 5/s of 1 KB, peak = {peak}x }}\n  service orders: aws.sqs\n  web -> orders\n}}\n"
        );
        fs::create_dir_all(folder.path().join("shop")).unwrap();
        fs::write(folder.path().join("shop/shop.arch"), text).unwrap();
    };
    git("init -q -b main");
    for (peak, tag) in [(2, "v1.0"), (3, "v2.0")] {
        shop(peak);
        git("add -A");
        git(&format!("commit -q -m {tag}"));
        git(&format!("tag {tag}"));
    }
    git("update-ref refs/remotes/origin/main HEAD");
    git("switch -q -c branch");
    shop(4);
    folder
}
