//! Links between the pages of the book, and from the README.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{folder, pages, root};

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

fn links(text: &str) -> Vec<String> {
    let links = events(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.filter(|link| !link.contains("://")).collect()
}

/// The texts of the headings, without marks.
fn headings(text: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut is_inside = false;
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                is_inside = true;
                headings.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => is_inside = false,
            Event::Text(text) | Event::Code(text) if is_inside => headings.iter_mut().last().unwrap().push_str(&text),
            _ => {}
        }
    }
    headings
}

/// The anchors that mdBook gives to headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut anchors = BTreeSet::new();
    for heading in headings(text) {
        let characters = heading.trim().chars().filter_map(|c| match c {
            _ if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
            _ => c.is_whitespace().then_some('-'),
        });
        let anchor: String = characters.collect();
        let count = counts.entry(anchor.clone()).or_default();
        anchors.insert(if *count == 0 { anchor } else { format!("{anchor}-{count}") });
        *count += 1;
    }
    anchors
}

/// The path that a link leads to from a page.
pub(super) fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The links of a page that lead nowhere in the book.
fn broken(page: &str, text: &str, anchors: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let is_broken = |link: &String| {
        let (file, anchor) = link.split_once('#').map_or((link.as_str(), None), |(file, anchor)| (file, Some(anchor)));
        let target = if file.is_empty() { page.to_owned() } else { resolved(page, file) };
        anchors.get(&target).is_none_or(|anchors| anchor.is_some_and(|anchor| !anchors.contains(anchor)))
    };
    links(text).into_iter().filter(is_broken).map(|link| format!("{page}: {link}")).collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let pages = pages();
    let places: BTreeMap<String, _> = pages.iter().map(|(page, text)| (page.clone(), anchors(text))).collect();
    let broken: Vec<String> = pages.iter().flat_map(|(page, text)| broken(page, text, &places)).collect();
    assert!(broken.is_empty(), "lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn a_broken_link_is_found() {
    let text = "# One `two`\n\n## A: b?\n\n## A b\n\n[a](#one-two), [b](#a-b), [b](#a-b-1), [c](b/c.md), [d](https://x.org)\n\n\
                [no](#two), [no](c.md), [no](b/c.md#d), [no](../README.md)\n";
    let places = BTreeMap::from([("a.md".to_owned(), anchors(text)), ("b/c.md".to_owned(), anchors("# D\n\n# E"))]);
    assert_eq!(broken("a.md", text, &places), ["a.md: #two", "a.md: c.md", "a.md: ../README.md"]);
    assert_eq!(broken("b/c.md", "[up](../a.md#a-b) [e](#e) [no](a.md)", &places), ["b/c.md: a.md"]);
}

#[test]
fn links_of_the_readme_lead_to_files() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let files = links(&text).into_iter().filter(|link| !link.starts_with('#'));
    let broken: Vec<String> = files.filter(|link| !root().join(link).exists()).collect();
    assert_eq!(broken, [""; 0]);
}

#[test]
fn the_summary_names_every_page_once() {
    let pages = pages();
    let mut listed = links(&pages["SUMMARY.md"]);
    listed.sort();
    assert!(pages.keys().filter(|page| *page != "SUMMARY.md").eq(&listed), "{listed:#?}");
}

/// What mdBook puts into a page from a file: `{{#include ../../ARCHITECTURE.md}}`.
#[test]
fn files_that_pages_take_in_exist() {
    for (page, text) in pages() {
        for include in text.split("{{#include ").skip(1) {
            let path = include.split(['}', ':']).next().unwrap();
            let path = folder().join(&page).parent().unwrap().join(path);
            assert!(path.is_file(), "{page}: {}", path.display());
        }
    }
}

#[test]
fn every_page_has_one_title() {
    for (page, text) in pages() {
        let titles =
            events(&text).filter(|it| matches!(it, Event::Start(Tag::Heading { level, .. }) if *level as u8 == 1));
        let is_summary = page == "SUMMARY.md";
        assert!(is_summary || titles.count() == 1, "{page}");
        assert!(text.starts_with("# ") && text.ends_with('\n'), "{page}");
    }
}
