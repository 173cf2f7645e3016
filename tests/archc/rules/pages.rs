//! The examples on the page of each rule.

use archc::check::{Check, Rule, rules};
use archc::diagnostic::{Diagnostic, Fix, Level, Severity};
use archc::project::Workspace;

use super::sheet::{apply, sheet};
use super::{findings, record, workspace};

/// The code blocks of a page that are marked `arch bad` or `arch good`, or `markdown bad` and `markdown good` on that of
/// decision records.
pub(super) fn examples(rule: &Rule, mark: &str) -> Vec<String> {
    let open = format!("```{} {mark}\n", if is_about_records(rule) { "markdown" } else { "arch" });
    let blocks = rule.documentation.split(&open).skip(1);
    blocks.map(|rest| rest.split("\n```\n").next().unwrap().to_owned() + "\n").collect()
}

fn is_about_records(rule: &Rule) -> bool {
    rule.code == "decision/unclear-record"
}

fn workspace_of(rule: &Rule, example: &str) -> Workspace {
    if is_about_records(rule) { record(example) } else { workspace(example, &level_of(rule)) }
}

/// A rule that is off by default is turned on for its examples.
pub(super) fn level_of(rule: &Rule) -> Vec<(&'static str, Level)> {
    if rule.level == Level::Off { vec![(rule.code, Level::Warning)] } else { Vec::new() }
}

/// The rules whose examples are sources. Those of the others are tried where they are found.
fn of_sources() -> impl Iterator<Item = &'static Rule> {
    rules().iter().filter(|rule| !matches!(rule.check, Check::Elsewhere))
}

#[test]
fn a_bad_example_has_the_finding_and_no_other() {
    for rule in of_sources() {
        let examples = examples(rule, "bad");
        assert!(!examples.is_empty(), "the page of `{}` has no bad example", rule.code);
        for example in &examples {
            let workspace = workspace_of(rule, example);
            let found = findings(&workspace);
            assert!(found.iter().any(|it| it.code == rule.code), "`{}` is not found in:\n{example}", rule.code);
            // What else is found would have the reader wonder. Where an `@allow` has expired, its finding comes back.
            let is_other = |it: &&Diagnostic| it.code != rule.code && it.severity > Severity::Note;
            let other = found.iter().find(is_other).filter(|_| rule.code != "allow/expired");
            assert_eq!(other, None, "in the bad example of `{}`", rule.code);
            insta::assert_snapshot!(rule.code.replace(['/', '-'], "_"), sheet(&workspace, &found));
            for fix in found.iter().filter(|it| it.code == rule.code).filter_map(|it| it.fix.as_ref()) {
                mends(rule, example, &found, fix);
            }
        }
    }
}

/// Holds that there are fewer findings after a fix.
fn mends(rule: &Rule, example: &str, found: &[Diagnostic], fix: &Fix) {
    let mended = apply(example, fix);
    let left = findings(&workspace(&mended, &level_of(rule)));
    assert!(left.len() < found.len(), "`{}` does not mend `{}`:\n{mended}\n{left:#?}", fix.title, rule.code);
}

#[test]
fn a_good_example_has_no_finding() {
    for rule in of_sources() {
        let examples = examples(rule, "good");
        assert!(!examples.is_empty(), "the page of `{}` has no good example", rule.code);
        for example in &examples {
            let found = findings(&workspace_of(rule, example));
            let bad = found.iter().find(|it| it.severity > Severity::Note || it.code == rule.code);
            assert_eq!(bad, None, "in the good example of `{}`", rule.code);
        }
    }
}
