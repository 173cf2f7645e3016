//! The examples on the page of each rule.

use archc::check::{Rule, rules};
use archc::diagnostic::{Diagnostic, Level, Severity};

use super::sheet::{apply, sheet};
use super::{findings, workspace};

/// The code blocks of a page that are marked `arch bad` or `arch good`.
fn examples(rule: &Rule, mark: &str) -> Vec<String> {
    let open = format!("```arch {mark}\n");
    let blocks = rule.documentation.split(&open).skip(1);
    blocks.map(|rest| rest.split("\n```\n").next().unwrap().to_owned() + "\n").collect()
}

/// The findings of an example, with a rule that is off by default turned on.
fn found_in(rule: &Rule, example: &str) -> Vec<Diagnostic> {
    findings(&workspace(example, &level_of(rule)))
}

fn level_of(rule: &Rule) -> Vec<(&'static str, Level)> {
    if rule.level == Level::Off { vec![(rule.code, Level::Warning)] } else { Vec::new() }
}

#[test]
fn a_bad_example_has_the_finding_and_a_good_one_has_none() {
    for rule in rules() {
        let (bad, good) = (examples(rule, "bad"), examples(rule, "good"));
        assert!(!bad.is_empty() && !good.is_empty(), "`{}` lacks an example", rule.code);
        for example in &bad {
            let found = found_in(rule, example);
            assert!(found.iter().any(|it| it.code == rule.code), "`{}` is not found in:\n{example}", rule.code);
            let name = rule.code.replace(['/', '-'], "_");
            let workspace = workspace(example, &level_of(rule));
            insta::assert_snapshot!(name, sheet(&workspace, &found));
        }
        for example in &good {
            let found = found_in(rule, example);
            let bad: Vec<_> = found.iter().filter(|it| it.severity > Severity::Note || it.code == rule.code).collect();
            assert!(bad.is_empty(), "the good example of `{}` has findings: {bad:#?}", rule.code);
        }
    }
}

/// What else is found in a bad example would have its reader wonder. An expired or invalid `@allow` is about a finding.
#[test]
fn a_bad_example_has_no_other_mistake() {
    for rule in rules().iter().filter(|rule| rule.code != "allow/expired") {
        for example in examples(rule, "bad") {
            let found = found_in(rule, &example);
            let others: Vec<_> =
                found.iter().filter(|it| it.code != rule.code && it.severity > Severity::Note).collect();
            assert!(others.is_empty(), "the bad example of `{}` has other findings: {others:#?}", rule.code);
        }
    }
}

#[test]
fn a_fix_mends_what_was_found() {
    for rule in rules() {
        for example in examples(rule, "bad") {
            let count = |text: &str| found_in(rule, text).iter().filter(|it| it.code == rule.code).count();
            let before = found_in(rule, &example);
            for fix in before.iter().filter(|it| it.code == rule.code).filter_map(|it| it.fix.as_ref()) {
                let mended = apply(&example, fix);
                assert!(count(&mended) < count(&example), "`{}` does not mend:\n{mended}", fix.title);
            }
        }
    }
}
