//! Rules of the team's own: files with rules, and all that is said of what they find.

use std::fs;

use archc::analysis::{Analysis, analyse};
use archc::diagnostic::Severity;
use archc::emit;
use archc::project::{self, Scope, Workspace};
use archc::report::{Report, sarif};
use archc::vfs::Memory;

use super::sheet::sheet;
use super::{TODAY, findings, workspace};

#[test]
fn finds_what_breaks_them() {
    insta::glob!("policies/*.arch", |path| {
        let text = fs::read_to_string(path).unwrap();
        let workspace = workspace(&text, &[]);
        insta::assert_snapshot!(sheet(&workspace, &findings(&workspace)));
    });
}

const RULE: &str = "rule no_people \"No people\" { deny = person, because = \"They are busy.\" }\n";
const SHOP: &str = "architecture shop {\n  person ann\n  service web: aws.lambda\n  ann => web\n}\n";

fn files(settings: &str) -> Memory {
    Memory::default().with("archc.toml", settings).with("rules.arch", RULE).with("shop.arch", SHOP)
}

fn analysed(files: &Memory, scope: Scope<'_>) -> (Workspace, Analysis) {
    let workspace = project::load(files, scope, &[]).unwrap();
    let analysis = analyse(&workspace, TODAY.parse().unwrap());
    (workspace, analysis)
}

fn codes(files: &Memory, scope: Scope<'_>) -> Vec<(String, Severity)> {
    let found = analysed(files, scope).1.diagnostics.into_iter();
    found.map(|it| (it.code.into_owned(), it.severity)).collect()
}

#[test]
fn settings_say_what_they_weigh() {
    let with = |level: &str| codes(&files(&format!("[rules]\n\"rule/no_people\" = \"{level}\"\n")), Scope::Folder(""));
    let found = |severity| vec![("rule/no_people".to_owned(), severity)];
    assert_eq!(codes(&files(""), Scope::Folder("")), found(Severity::Error));
    assert_eq!(with("error"), found(Severity::Error));
    assert_eq!(with("warning"), found(Severity::Warning));
    assert_eq!(with("note"), found(Severity::Note));
    assert_eq!(with("off"), []);
}

#[test]
fn settings_name_rules_that_are_declared() {
    let files = files("[rules]\n\"rule/no_peple\" = \"off\"\n\"rule/unheard\" = \"note\"\n");
    let (workspace, analysis) = analysed(&files, Scope::Folder(""));
    insta::assert_snapshot!(sheet(&workspace, &analysis.diagnostics));
    // One file does not tell what another declares.
    assert_eq!(codes(&files, Scope::File("shop.arch")), []);
}

#[test]
fn an_allow_of_one_that_is_off_is_not_unused() {
    let shop = SHOP.replace("  person", "  @allow(rule/no_people, \"she is not busy\")\n  person");
    let settings = "[rules]\n\"rule/no_people\" = \"off\"\n";
    assert_eq!(codes(&files("").with("shop.arch", shop.as_str()), Scope::Folder("")), []);
    assert_eq!(codes(&files(settings).with("shop.arch", shop.as_str()), Scope::Folder("")), []);
}

#[test]
fn a_pattern_that_nobody_uses_may_allow_them() {
    let pattern = "pattern desk() {\n  @allow(rule/no_people, \"she is not busy\")\n  person ann\n}\n";
    let found = codes(&files("").with("shop.arch", pattern), Scope::Folder(""));
    assert_eq!(found, []);
}

#[test]
fn sarif_describes_them() {
    let (workspace, analysis) = analysed(&files(""), Scope::Folder(""));
    let report = Report::new(&workspace.sources, &analysis.diagnostics);
    let log: serde_json::Value = serde_json::from_str(&sarif::render(&report, &analysis.model.rules, "")).unwrap();
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    insta::assert_snapshot!(serde_json::to_string_pretty(rules).unwrap());
}

#[test]
fn the_index_of_the_pages_lists_them() {
    let (workspace, analysis) = analysed(&files("[rules]\n\"rule/no_people\" = \"note\"\n"), Scope::Folder(""));
    let pages = emit::artifacts(&workspace, &analysis, None);
    let index = pages.into_iter().find(|page| page.path == "README.md").unwrap().content;
    let section = index.split("## Rules\n\n").nth(1).unwrap();
    insta::assert_snapshot!(section, @r"
    | Rule | Why | Holds for | Findings | Broken |
    | --- | --- | --- | --- | --- |
    | No people | They are busy. | all architectures | note | once |
    ");
}

#[test]
fn examples_are_counted() {
    let text = include_str!("policies/examples.arch");
    let files = Memory::default().with("a.arch", text.to_owned() + RULE);
    let trials = analysed(&files, Scope::Folder("")).1.trials;
    assert_eq!((trials.passed, trials.failed, trials.rules), (6, 5, 5));
    assert_eq!(trials.untried, ["no_people"]);
}

/// A long selector is a deep tree, and each part of it is looked at.
#[test]
fn a_selector_may_be_long_and_deep() {
    let long = vec!["person"; 5_000].join(" + ");
    let deep = format!("{}person{}", "upstream(".repeat(5_000), ")".repeat(5_000));
    for selector in [long, deep] {
        let text = format!("rule x \"X\" {{\n  deny = {selector}\n  because = \"…\"\n}}\n{SHOP}");
        let found = findings(&workspace(&text, &[]));
        assert!(
            matches!(found.first(), Some(it) if ["rule/x", "syntax/too-large"].contains(&it.code.as_ref())),
            "{:?}",
            found.first()
        );
    }
}
