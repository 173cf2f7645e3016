//! The book: every example compiles or fails as it says, every command prints what the chapter shows, every link leads
//! somewhere, and the reference is what the compiler knows.
//!
//! A fence says what it holds; [`mark`] reads it, and `CONTRIBUTING.md` explains it to authors.
//! `INSTA_UPDATE=always cargo test --test archc book` writes what commands print into the chapters, and the reference anew.

mod built;
mod chapter;
mod console;
mod links;
mod mark;
mod reference;
mod shell;
mod wrong;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use archc::format::format;
use chapter::Chapter;

use crate::inputs::texts_below;

/// The sources of the book.
fn folder() -> PathBuf {
    root().join("book/src")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether chapters are to be written anew, as for insta's snapshots.
fn is_update() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always")
}

/// All Markdown files of the book, by their paths below its sources.
fn pages() -> BTreeMap<String, String> {
    texts_below(&folder(), "md")
}

/// The texts whose examples are tried: what people wrote. Those of the reference are the rules' own, whose tests try them.
fn chapters() -> Vec<(PathBuf, String)> {
    let written = pages().into_iter().filter(|(name, _)| !name.starts_with("reference/"));
    let written = written.map(|(name, text)| (folder().join(name), text));
    let readme = root().join("README.md");
    let text = fs::read_to_string(&readme).unwrap();
    written.chain([(readme, text)]).collect()
}

#[test]
fn the_examples_do_what_the_chapters_say() {
    let chapters = chapters();
    assert!(chapters.len() > 20, "only {} chapters", chapters.len());
    // Commands wait for each other within a chapter, and not between chapters.
    let halves = chapters.chunks(chapters.len().div_ceil(2));
    let complaints: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> =
            halves.map(|half| scope.spawn(|| half.iter().flat_map(tried).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

/// What is wrong with a chapter, which is written anew where that is asked for.
fn tried((path, text): &(PathBuf, String)) -> Vec<String> {
    let mut chapter = Chapter::of(text);
    chapter.try_all();
    if is_update() && chapter.current() != *text {
        fs::write(path, chapter.current()).unwrap();
    }
    let name = path.strip_prefix(root()).unwrap().display();
    let stale = if is_update() { Vec::new() } else { chapter.stale };
    chapter.complaints.into_iter().chain(stale).map(|complaint| format!("{name}:{complaint}")).collect()
}

#[test]
fn the_examples_have_the_one_style() {
    let mut tried = 0;
    // The chapter of the formatter shows what it does to others.
    for (path, text) in chapters().iter().filter(|(path, _)| !path.ends_with("formatter.md")) {
        for (line, example) in chapter::examples(text) {
            assert_eq!(example, format(example).text, "{}:{line}", path.display());
            tried += 1;
        }
    }
    assert!(tried > 50, "only {tried} examples");
}

/// A reader does not see the marks of fences, and has to know which file is meant.
#[test]
fn chapters_with_several_files_name_them() {
    let mut tried = 0;
    for (path, text) in chapters() {
        let files = chapter::files(&text);
        let names: BTreeSet<&String> = files.iter().map(|(_, name)| name).collect();
        for (line, name) in files.iter().filter(|_| names.len() > 1) {
            let before: Vec<&str> = text.lines().take(line - 1).collect();
            let before = before.join("\n");
            let paragraph = before.trim_end().rsplit("\n\n").next().unwrap();
            assert!(paragraph.contains(&format!("`{name}`")), "{}:{line}: nothing names `{name}`", path.display());
            tried += 1;
        }
    }
    assert!(tried > 20, "only {tried} files");
}
