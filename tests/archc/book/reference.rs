//! The reference chapters, which are made from what the compiler knows: rules, kinds and commands.

mod commands;
mod kinds;
mod rules;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use super::{folder, is_update, pages};

/// A page of the reference: its title, its path below the sources of the book, and its text.
struct Page {
    title: String,
    path: String,
    text: String,
}

/// A first page, and those below it.
struct Part {
    first: Page,
    below: Vec<Page>,
}

/// The line of the summary behind which the reference is listed.
const MARK: &str = "\n# Reference\n\n";

fn parts() -> [Part; 3] {
    [commands::part(), rules::part(), kinds::part()]
}

/// The end of the summary.
fn summary(parts: &[Part]) -> String {
    let mut text = MARK.to_owned();
    for part in parts {
        writeln!(text, "- [{}]({})", part.first.title, part.first.path).unwrap();
        for page in &part.below {
            writeln!(text, "  - [{}]({})", page.title, page.path).unwrap();
        }
    }
    text
}

#[test]
fn the_reference_says_what_the_compiler_knows() {
    let parts = parts();
    let mut committed = pages();
    let written = committed.remove("SUMMARY.md").unwrap();
    let (before, _) = written.split_once(MARK).expect("the summary has a part for the reference");
    let mut due = BTreeMap::from([("SUMMARY.md".to_owned(), format!("{before}{}", summary(&parts)))]);
    committed.retain(|path, _| path.starts_with("reference/"));
    committed.insert("SUMMARY.md".to_owned(), written.clone());
    for page in parts.into_iter().flat_map(|part| [part.first].into_iter().chain(part.below)) {
        let others = due.insert(page.path.clone(), page.text);
        assert!(others.is_none(), "`{}` is written twice", page.path);
    }
    if is_update() {
        return update(&committed, &due);
    }
    let stale: Vec<String> = differing(&committed, &due);
    assert!(
        stale.is_empty(),
        "out of date; `INSTA_UPDATE=always cargo test --test archc book` writes them:\n{stale:#?}"
    );
}

/// The files that are not what they should be, with the first line that differs.
fn differing(committed: &BTreeMap<String, String>, due: &BTreeMap<String, String>) -> Vec<String> {
    let gone = committed.keys().filter(|path| !due.contains_key(*path)).map(|path| format!("{path}: nothing makes it"));
    let changed = due.iter().filter_map(|(path, text)| {
        let Some(old) = committed.get(path) else { return Some(format!("{path}: missing")) };
        let (mut old, mut new) = (old.lines(), text.lines());
        (1..).find_map(|line| match (old.next(), new.next()) {
            (None, None) => Some(None),
            (old, new) => (old != new).then(|| Some(format!("{path}:{line}: {old:?} should be {new:?}"))),
        })?
    });
    gone.chain(changed).collect()
}

fn update(committed: &BTreeMap<String, String>, due: &BTreeMap<String, String>) {
    for path in committed.keys().filter(|path| !due.contains_key(*path)) {
        fs::remove_file(folder().join(path)).unwrap();
    }
    for (path, text) in due.iter().filter(|(path, text)| committed.get(*path) != Some(*text)) {
        let path = folder().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn a_page_that_is_out_of_date_is_found() {
    let map = |pages: &[(&str, &str)]| -> BTreeMap<String, String> {
        pages.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let committed = map(&[("a.md", "1\n2\n"), ("b.md", "1\n"), ("c.md", "1\n")]);
    let due = map(&[("a.md", "1\n3\n"), ("b.md", "1\n"), ("d.md", "1\n")]);
    let found = differing(&committed, &due);
    assert_eq!(found, ["c.md: nothing makes it", "a.md:2: Some(\"2\") should be Some(\"3\")", "d.md: missing"]);
}

/// A cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// The anchor that mdBook gives a heading of one word.
fn anchor(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect::<String>().to_lowercase()
}
