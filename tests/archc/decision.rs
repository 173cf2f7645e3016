//! Decisions: what is read, what is said of what is wrong, and what readers see.

use std::fmt::Write as _;
use std::path::Path;

use archc::analysis::{self, Analysis};
use archc::emit;
use archc::project::{self, Scope, Workspace};
use archc::vfs::Memory;

use crate::cli::Folder;

/// A workspace of several files in one: each begins with a line `==> path`.
fn workspace(text: &str) -> Workspace {
    let files = text.split("==> ").skip(1).filter_map(|file| file.split_once('\n'));
    let files = files.fold(Memory::default(), |files, (path, text)| files.with(path, text));
    project::load(&files, Scope::Folder(""), &[]).unwrap()
}

fn analyse(workspace: &Workspace) -> Analysis {
    analysis::analyse(workspace, "2026-11-22".parse().unwrap())
}

fn findings(workspace: &Workspace) -> String {
    let mut text = String::new();
    for finding in analyse(workspace).diagnostics {
        let place = |span| {
            let at = workspace.sources.line_column(span);
            format!("{}:{}:{}", workspace.sources.file(span.file).path(), at.line, at.column)
        };
        writeln!(text, "{}: {}[{}]: {}", place(finding.primary.span), finding.severity, finding.code, finding.message)
            .unwrap();
        for label in &finding.secondary {
            writeln!(text, "  {}: {}", place(label.span), label.text).unwrap();
        }
        if let Some(help) = &finding.help {
            writeln!(text, "  {help}").unwrap();
        }
    }
    text
}

/// The pages of the decisions, and the lines about them on the others.
fn pages(workspace: &Workspace) -> String {
    let mut text = String::new();
    for file in emit::artifacts(workspace, &analyse(workspace), Some("../..")) {
        if file.path.starts_with("decisions/") {
            writeln!(text, "==> {}\n{}", file.path, file.content).unwrap();
        } else if Path::new(&file.path).extension().is_some_and(|extension| extension == "md") {
            let lines: Vec<&str> = file.content.lines().filter(|line| line.contains("decisions/")).collect();
            writeln!(text, "==> {}\n{}\n", file.path, lines.join("\n")).unwrap();
        }
    }
    text
}

#[test]
fn records_of_both_forms_and_declarations_are_one_list() {
    let workspace = workspace(include_str!("decision/forms.txt"));
    assert_eq!(findings(&workspace), "");
    insta::assert_snapshot!(pages(&workspace));
}

#[test]
fn says_what_is_wrong_with_them() {
    insta::assert_snapshot!(findings(&workspace(include_str!("decision/mistakes.txt"))));
}

#[test]
fn long_and_empty_records_are_read() {
    let long = format!(
        "# Long\n\n## Status\n\nAccepted\n\n## Context\n\n{}",
        "A word, `code` and [a](../a.arch).\n".repeat(300_000)
    );
    let files = Memory::default().with("archc.toml", "decisions = [\"adr\"]").with("a.arch", "");
    let files = files.with("adr/0001-long.md", long).with("adr/0002-empty.md", "").with("adr/0003-rule.md", "---\n");
    let workspace = project::load(&files, Scope::Folder(""), &[]).unwrap();
    insta::assert_snapshot!(findings(&workspace));
}

#[test]
fn folders_that_are_none_fail_with_their_place() {
    let settings = "decisions = [\"docs/adr\", \"a.arch\", \"../up\", 7]\n";
    let folder = Folder::new().with("a.arch", "").with("archc.toml", settings);
    insta::assert_snapshot!(folder.run(&["check"]));
    let folder = Folder::new().with("a.arch", "").with("archc.toml", "decisions = [\"adr\"]\n");
    insta::assert_snapshot!(folder.with("adr/0001-x.md", b"# T\xff\n").run(&["check"]));
}

#[test]
fn a_list_may_go_on_in_the_next_line() {
    let text = "==> archc.toml\ndecisions = [\"adr\"]\n==> a.arch\narchitecture shop { external a, external b, a -> b }\n\
                ==> adr/0001-x.md\n---\naffects: [ # what it is about\n  \"shop.a\",\n  shop.b, shop.gone\n]\n\
                status: accepted\n---\n# X\n";
    let found = findings(&workspace(text));
    assert_eq!(
        found.lines().next(),
        Some("adr/0001-x.md:4:11: error[decision/unknown-element]: there is no element `shop.gone`")
    );
    assert_eq!(found.matches("error").count(), 1, "{found}");
}

#[test]
fn a_link_leads_to_a_record_whatever_its_file_is_called() {
    let text = "==> archc.toml\ndecisions = [\"adr\"]\n==> a.arch\n==> adr/0001-c# or 100%?.md\n# X\n\n## Status\n\nAccepted\n";
    let pages = pages(&workspace(text));
    assert!(pages.contains("==> decisions/0001-c# or 100%?.md"), "{pages}");
    assert!(pages.contains("](0001-c%23%20or%20100%25%3F.md)"), "{pages}");
    assert!(!pages.contains("0001-c# or 100%?.md)"), "{pages}");
}
