//! The list of all rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use archc::check::{Check, rule, rules};
use archc::diagnostic::Level;

#[test]
fn is_sorted_and_finds_each_rule() {
    assert!(rules().windows(2).all(|pair| pair[0].code < pair[1].code));
    for each in rules() {
        assert_eq!(rule(each.code).map(|rule| rule.code), Some(each.code));
    }
    assert!(rule("wiring").is_none());
}

#[test]
fn has_each_file_and_each_file_is_named_after_its_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let files: BTreeSet<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let expected: BTreeSet<String> =
        rules().iter().map(|rule| format!("{}.rs", rule.code.replace(['/', '-'], "_"))).collect();
    assert_eq!(files, expected);
}

#[test]
fn describes_each_rule_in_one_way() {
    for rule in rules() {
        let (family, name) = rule.code.split_once('/').unwrap();
        let is_kebab = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(is_kebab(family) && is_kebab(name), "`{}` is not kebab-case", rule.code);
        let summary = rule.summary;
        assert!(
            !summary.ends_with('.') && !summary.contains('\n') && summary.len() <= 100,
            "`{}`: {summary}",
            rule.code
        );
        assert!(summary.starts_with(|c: char| !c.is_uppercase()), "`{}`: {summary}", rule.code);
        assert!(!rule.documentation.contains("\n#"), "the page of `{}` has a heading", rule.code);
    }
}

#[test]
fn syntax_and_what_is_no_source_are_beyond_settings() {
    for rule in rules() {
        assert_eq!(rule.is_adjustable(), !matches!(rule.check, Check::Parser | Check::Elsewhere), "{}", rule.code);
        let off = [(rule.code.to_owned(), Level::Off)].into();
        let expected = if rule.is_adjustable() { Level::Off } else { Level::Error };
        assert_eq!(rule.level_in(&off), expected, "{}", rule.code);
    }
}
