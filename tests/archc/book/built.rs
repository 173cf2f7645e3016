//! The book as mdBook builds it with archc as its preprocessor: without a warning, with links that lead somewhere, and with
//! pictures in a browser.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use super::links::resolved;
use super::{chapter, pages, root};
use crate::harness;
use crate::inputs::texts_below;

/// Builds the book into a folder as `book/build.sh` does.
fn build(out: &Path) {
    harness::node();
    let mut command = Command::new(root().join("book/build.sh"));
    let output = command.arg(out).env("ARCHC", env!("CARGO_BIN_EXE_archc")).output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{log}");
    let remarks: Vec<&str> = log.lines().filter(|line| !line.trim_start().starts_with("INFO")).collect();
    assert!(remarks.is_empty(), "{log}");
}

/// The values of an attribute in HTML.
fn values<'t>(text: &'t str, attribute: &str) -> impl Iterator<Item = &'t str> {
    let marker = format!(" {attribute}=\"");
    let starts: Vec<usize> = text.match_indices(&marker).map(|(at, _)| at + marker.len()).collect();
    starts.into_iter().filter_map(move |at| text[at..].split('"').next())
}

/// The links of all pages that lead to no file, or to no place in it.
fn broken(folder: &Path, pages: &BTreeMap<String, String>) -> Vec<String> {
    let ids: BTreeMap<&String, BTreeSet<&str>> =
        pages.iter().map(|(page, text)| (page, values(text, "id").collect())).collect();
    let mut broken = Vec::new();
    for (page, text) in pages {
        let links = values(text, "href").chain(values(text, "src"));
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("data:")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page.clone() } else { resolved(page, file) };
            let has_place = anchor.is_empty() || ids.get(&target).is_some_and(|ids| ids.contains(anchor));
            if !folder.join(&target).is_file() || !has_place {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    broken
}

#[test]
fn mdbook_builds_it_with_pictures() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path());
    let html = texts_below(folder.path(), "html");
    assert!(html.len() > pages().len(), "{} pages", html.len());
    // The page for what is not found has links from the root of a site.
    let of_book = html.iter().filter(|(name, _)| *name != "404.html").map(|(name, text)| (name.clone(), text.clone()));
    let broken = broken(folder.path(), &of_book.collect());
    assert!(broken.is_empty(), "lead nowhere:\n{}", broken.join("\n"));
    drawn(folder.path(), &html);
}

/// Pages with diagrams of all sorts.
const OPENED: [&str; 3] = ["tour.html", "language/scenarios.html", "language/views.html"];

/// Holds that readers see a picture for each diagram, dark ones in the dark, and nothing that is too broad.
fn drawn(folder: &Path, html: &BTreeMap<String, String>) {
    let paths = OPENED.map(|name| folder.join(name));
    let seen = harness::read_book(paths.iter().map(PathBuf::as_path), "light", "1200");
    for (name, seen) in OPENED.iter().zip(seen.as_array().unwrap()) {
        let count = html[*name].matches("<code class=\"language-mermaid\">").count();
        assert!(count > 0, "{name} has no diagram");
        assert_eq!(seen["errors"], json!([]), "{name}");
        assert_eq!((&seen["diagrams"], &seen["drawn"]), (&json!(count), &json!(count)), "{name}: {seen:#}");
        assert_eq!((&seen["theme"], &seen["wide"]), (&json!("default"), &json!([])), "{name}");
        assert!(seen["keywords"].as_u64() > Some(0), "{name}: {seen:#}");
    }
    let dark = harness::read_book(paths.iter().take(1).map(PathBuf::as_path), "navy", "400");
    let [errors, theme, wide] = ["errors", "theme", "wide"].map(|key| &dark[0][key]);
    assert_eq!((errors, theme, wide), (&json!([]), &json!("dark"), &json!([])));
}

#[test]
fn chapters_draw_what_they_are_about() {
    let chapters = pages().into_iter().filter(|(name, text)| chapter::draws(text) && !name.starts_with("reference/"));
    let chapters: Vec<String> = chapters.map(|(name, _)| name).collect();
    for name in ["README.md", "tour.md", "language/edges.md", "language/views.md", "language/scenarios.md"] {
        assert!(chapters.iter().any(|it| it == name), "{name} is not among {chapters:?}");
    }
}

/// The words that declare something have their colour in the book.
#[test]
fn keywords_of_the_grammar_have_colours() {
    let grammar = fs::read_to_string(root().join("grammar/arch.pest")).unwrap();
    let script = fs::read_to_string(root().join("book/arch.js")).unwrap();
    let (_, words) = script.split_once("const DECLARATIONS = [").unwrap();
    let known: BTreeSet<&str> = words.split(']').next().unwrap().split('"').skip(1).step_by(2).collect();
    let quoted = |line: &str| -> Vec<String> { line.split('"').skip(1).step_by(2).map(str::to_owned).collect() };
    let mut words = BTreeSet::new();
    for line in grammar.lines() {
        let Some((name, rest)) = line.split_once('=') else { continue };
        match name.trim() {
            "element_word" | "container_word" | "steps_word" => words.extend(quoted(rest)),
            _ if rest.trim_start().starts_with("{ \"") && rest.contains("\" ~ blank+ ~") => {
                words.extend(quoted(rest).into_iter().take(1));
            }
            _ => {}
        }
    }
    assert!(words.len() > 20, "{words:?}");
    let missing: Vec<&String> = words.iter().filter(|word| !known.contains(word.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_link_of_a_page_that_leads_nowhere_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<h2 id=\"a\"></h2><a href=\"#a\"></a><a href=\"#b\"></a><a href=\"two.html\"></a><img src=\"c.png\">";
    fs::write(folder.path().join("one.html"), page).unwrap();
    let pages = texts_below(folder.path(), "html");
    assert_eq!(broken(folder.path(), &pages), ["one.html: #b", "one.html: two.html", "one.html: c.png"]);
}
