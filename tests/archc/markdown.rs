//! The documentation that a build writes: the pages of a small workspace in full, and rules that hold for all pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use archc::analysis::analyse;
use archc::emit::{Artifact, artifacts};
use archc::project::{Scope, load};
use archc::vfs::{Disk, FileSystem, Memory};
use insta::assert_snapshot;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Systems that are tied together, with documentation of all sorts.
const WORKSPACE: &str = include_str!("markdown/page.arch");

/// The parts of an input: `//- name` begins a file.
fn memory(input: &str) -> Memory {
    let parts = input.split("//- ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.fold(Memory::default(), |files, (name, text)| files.with(name, text))
}

fn build(files: &dyn FileSystem, link_base: Option<&str>) -> Vec<Artifact> {
    let workspace = load(files, Scope::Folder(""), &[]).unwrap();
    artifacts(&workspace, &analyse(&workspace, "2026-01-01".parse().unwrap()), link_base)
}

fn patterns() -> Disk {
    Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/patterns"))
}

/// The text with what other tests look at left out: the Mermaid source.
fn without_diagrams(text: &str) -> String {
    let mut shown = String::new();
    let mut is_inside = false;
    for line in text.lines() {
        is_inside &= line != "```";
        if !is_inside {
            writeln!(shown, "{line}").unwrap();
        }
        is_inside |= line == "```mermaid";
    }
    shown
}

#[test]
fn a_workspace_in_full() {
    let mut shown = WORKSPACE.to_owned();
    for file in build(&memory(WORKSPACE), Some("../..")) {
        if !file.path.starts_with("diagrams/") {
            write!(shown, "=== {}\n{}", file.path, without_diagrams(&file.content)).unwrap();
        }
    }
    assert_snapshot!(shown);
}

// ---- Rules for all pages ----------------------------------------------------------------------------------------------

/// The workspaces that the rules are tried on.
fn all() -> [Vec<Artifact>; 3] {
    [build(&memory(WORKSPACE), Some("../..")), build(&patterns(), None), build(&memory(&large()), None)]
}

/// An architecture that is too large for one diagram.
fn large() -> String {
    let mut source = "//- large.arch\narchitecture large {\n".to_owned();
    for group in ["left", "right"] {
        writeln!(source, "group {group} \"Group {group}\" {{\n  service hub: aws.s3").unwrap();
        for index in 0..300 {
            writeln!(source, "  service {group}{index}: aws.lambda\n  {group}{index} -> hub").unwrap();
        }
        source.push_str("}\n");
    }
    source.push_str("left.left1 -> right.hub\n}\n");
    source
}

fn is_page(path: &str) -> bool {
    path.rsplit('.').next() == Some("md")
}

#[test]
fn a_large_diagram_is_linked_to_its_parts() {
    let files = build(&memory(&large()), None);
    let parts = files.iter().filter(|file| file.path.starts_with("diagrams/large.")).count();
    assert!(parts > 1, "{:?}", files.iter().map(|file| &file.path).collect::<Vec<_>>());
    let page = &files.iter().find(|file| file.path == "large.md").unwrap().content;
    assert_eq!(links(page).iter().filter(|link| link.starts_with("#diagram.")).count(), parts - 1);
    assert_eq!(page.matches("```mermaid").count(), parts);
}

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM)
}

/// The anchors that a page sets itself.
fn anchors(text: &str) -> Vec<String> {
    let html = events(text).filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(html.to_string()),
        _ => None,
    });
    html.filter_map(|html| Some(html.strip_prefix("<a id=\"")?.strip_suffix("\">")?.to_owned())).collect()
}

fn links(text: &str) -> Vec<String> {
    let links = events(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.collect()
}

#[test]
fn every_link_inside_of_the_pages_leads_somewhere() {
    for files in all() {
        let places = |file: &Artifact| anchors(&file.content).into_iter().collect::<BTreeSet<_>>();
        let pages: BTreeMap<&str, BTreeSet<String>> = files.iter().map(|it| (it.path.as_str(), places(it))).collect();
        let mut checked = 0;
        for Artifact { path, content: text } in files.iter().filter(|file| is_page(&file.path)) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for link in links(text).iter().filter(|link| !link.contains("://") && !is_of_workspace(link, path)) {
                let (file, anchor) = link.split_once('#').map_or((link.as_str(), None), |(file, it)| (file, Some(it)));
                let target = match file.trim_start_matches("../") {
                    _ if file.is_empty() => path.clone(),
                    from_root if from_root != file => from_root.to_owned(),
                    _ if folder.is_empty() => file.to_owned(),
                    _ => format!("{folder}/{file}"),
                };
                let page = pages.get(target.as_str()).unwrap_or_else(|| panic!("{path}: {link}"));
                assert!(anchor.is_none_or(|it| page.contains(it)), "{path}: {link}");
                checked += 1;
            }
        }
        assert!(checked > 40, "only {checked} links");
    }
}

/// Whether a link on a page leads out of the documentation, which lies two folders deep in its workspace.
fn is_of_workspace(link: &str, page: &str) -> bool {
    link.matches("../").count() > page.matches('/').count()
}

#[test]
fn every_anchor_is_set_once() {
    for file in all().iter().flatten().filter(|file| is_page(&file.path)) {
        let anchors = anchors(&file.content);
        assert_eq!(anchors.iter().collect::<BTreeSet<_>>().len(), anchors.len(), "{}: {anchors:?}", file.path);
    }
}

#[test]
fn every_file_ends_with_one_line_break_and_is_named_once() {
    for files in all() {
        assert!(files.is_sorted_by(|a, b| a.path < b.path));
        for file in files {
            assert!(file.content.ends_with('\n') && !file.content.ends_with("\n\n"), "{}", file.path);
        }
    }
}

#[test]
fn headings_step_down_one_level_at_a_time() {
    for file in all().iter().flatten().filter(|file| is_page(&file.path) && file.path != "topics/handbook.md") {
        let mut last = 0;
        let headings = events(&file.content).filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
            _ => None,
        });
        for level in headings {
            assert!(level <= last + 1 && (level == 1) <= (last == 0 || file.path == "SUMMARY.md"), "{}", file.path);
            last = level;
        }
    }
}

/// What mdBook takes of a summary: a title, links before the list, then lists of links with titles between them.
#[test]
fn the_summary_is_one_for_mdbook_and_names_every_page() {
    for files in all() {
        let summary = &files.iter().find(|file| file.path == "SUMMARY.md").unwrap().content;
        let blocks: Vec<&str> = summary.trim_end().split("\n\n").collect();
        assert_eq!(blocks[0], "# Summary");
        assert!(blocks[1].starts_with('[') && blocks[1].ends_with("](README.md)"));
        for (index, block) in blocks.iter().enumerate().skip(2) {
            let is_title = block.starts_with("# ") && index % 2 == 1;
            assert!(is_title || block.lines().all(|line| line.starts_with("- [") && line.ends_with(".md)")), "{block}");
        }
        let listed: BTreeSet<String> = links(summary).into_iter().collect();
        let pages = files.iter().map(|file| file.path.as_str()).filter(|path| is_page(path) && *path != "SUMMARY.md");
        let pages: BTreeSet<String> = pages.map(str::to_owned).collect();
        assert_eq!(listed, pages);
    }
}

#[test]
fn names_that_other_pages_have_are_evaded() {
    let source = "//- a.arch\narchitecture README { }\narchitecture index { }\narchitecture Summary { }\n";
    let paths: Vec<String> = build(&memory(source), None).into_iter().map(|file| file.path).collect();
    for path in
        ["README.architecture.md", "README.md", "SUMMARY.md", "Summary.architecture.md", "index.architecture.md"]
    {
        assert!(paths.iter().any(|it| it == path), "{paths:?}");
    }
}

/// Labels that would be something else in Markdown, in every place that a label goes to.
#[test]
fn labels_inject_nothing() {
    for label in
        ["<script>x</script>", "a|b", "`x", "[x](y)", "*x*", "# x", "1. x", "- x", "&lt;", "{{#include x}}", "a\\"]
    {
        let quoted = format!("{label:?}");
        let source = format!(
            "//- a.arch\narchitecture a {quoted} {{\n  owner = {quoted}\n  group g {quoted} {{\n    /// x\n    service s: aws.s3 \
             {quoted} {{ role = {quoted}, meta {{ k = {quoted} }} }}\n  }}\n  person p {quoted}\n  p -> s {quoted}\n}}\n"
        );
        for file in build(&memory(&source), None).iter().filter(|file| is_page(&file.path)) {
            let mut is_code = false;
            for event in events(&file.content) {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => is_code = true,
                    Event::End(TagEnd::CodeBlock) => is_code = false,
                    Event::Text(_) if is_code => {}
                    Event::Html(html) | Event::InlineHtml(html) => {
                        let is_ours = ["<a id=\"element.", "</a>", "<!-- Generated by archc"];
                        assert!(is_ours.iter().any(|ours| html.starts_with(ours)), "{label}: {html}");
                    }
                    Event::Start(Tag::Emphasis | Tag::Item) if file.path == "README.md" => panic!("{label}"),
                    Event::Start(Tag::Link { dest_url, .. }) => assert_ne!(&*dest_url, "y", "{label}"),
                    Event::Code(code) => {
                        assert!(["s", "g", "p", "g.s", "aws.s3", "archc bom"].contains(&&*code), "{label}: {code}");
                    }
                    _ => {}
                }
            }
        }
    }
}

// ---- Bill of materials ------------------------------------------------------------------------------------------------

#[test]
fn no_cell_of_a_bill_is_a_formula() {
    let source = "//- a.arch\narchitecture a {\n  service s: aws.s3 \"=1+1\" { role = \"+x\", owner = \"@SUM(A1)\" }\n  \
                  service t: aws.s3 \" -2;\\\"b\\\"\" { technology = \"a;b=\\\"c\\\"\" }\n}\n";
    let files = build(&memory(source), None);
    let bill = &files.iter().find(|file| file.path == "services/a.csv").unwrap().content;
    assert_snapshot!(bill, @r#"
    name,label,kind,product,role,owner,group,carries,properties,meta
    s,'=1+1,aws.s3,S3,'+x,'@SUM(A1),,,,
    t,"'-2;""b""",aws.s3,S3,,,,,"technology=""a;b=""""c""""""",
    "#);
}
