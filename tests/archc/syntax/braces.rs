//! A brace that lacks its partner costs one finding, at the brace, and nothing else: whatever file of ours it is taken from or
//! put into.

use std::fs;
use std::path::Path;

use archc::diagnostic::{Diagnostic, Edit};
use archc::edits::apply;
use archc::syntax::tokens::{Token, TokenKind, tokens};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{outline, parse};

/// Files in the one style, with what nests most.
fn files() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["examples/shop", "examples/patterns", "examples/platform", "src/catalog/aws"] {
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        paths.extend(entries.filter(|path| path.extension().is_some_and(|it| it == "arch")));
    }
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count()
}

/// The tree, as if each block had its end.
fn tree(text: &str) -> String {
    outline::file(&parse(text).2.tree, text).replace(" (unclosed)", "")
}

fn only_finding(text: &str) -> Diagnostic {
    let mut findings = parse(text).2.diagnostics;
    assert_eq!(findings.len(), 1, "{findings:#?} in {text}");
    findings.remove(0)
}

fn fixed(text: &str, finding: &Diagnostic) -> String {
    let fix = finding.fix.as_ref().unwrap();
    assert!(fix.is_sure, "{finding:?} in {text}");
    apply(text, &fix.edits).unwrap()
}

/// The pairs of braces of a text.
fn pairs(text: &str) -> Vec<(usize, usize)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for Token { kind, range } in tokens(text) {
        match &text[range.clone()] {
            "{" if kind == TokenKind::Punctuation => open.push(range.start),
            "}" if kind == TokenKind::Punctuation => pairs.push((open.pop().unwrap(), range.start)),
            _ => {}
        }
    }
    pairs
}

/// The text without a brace, and without the line break or the blank before it.
fn without(text: &str, at: usize) -> String {
    let after = &text[at + 1..];
    if after.starts_with(" else") || after.starts_with(" and") {
        return format!("{}{after}", &text[..at]);
    }
    let before = text[..at].trim_end_matches(' ');
    let before = before.strip_suffix('\n').unwrap_or(before);
    format!("{before}{after}")
}

fn check_without(text: &str, open: usize, close: usize) {
    let broken = without(text, close);
    let finding = only_finding(&broken);
    assert_eq!(finding.code, "syntax/unclosed", "{broken}");
    assert_eq!(line_of(&broken, finding.primary.span.range().start), line_of(text, open), "{finding:#?} in {broken}");
    assert_eq!(tree(&broken), tree(text), "{broken}");
    let fixed = fixed(&broken, &finding);
    if [" else", " and"].iter().any(|word| text[close + 1..].starts_with(word)) {
        assert_eq!(tree(&fixed), tree(text), "{fixed}");
    } else {
        assert_eq!(fixed, text);
    }
}

#[test]
fn each_missing_close_is_found_where_it_belongs() {
    for text in files().iter().filter(|text| text.len() < 10_000) {
        for (open, close) in pairs(text) {
            // Where a block is empty, what follows may be meant to stand in it.
            if !text[open + 1..close].trim().is_empty() {
                check_without(text, open, close);
            }
        }
    }
}

/// Starts of lines where a statement can begin, and ends of lines of code.
fn is_between_statements(text: &str, at: usize) -> bool {
    let mut brackets = 0;
    for Token { kind, range } in tokens(text) {
        if range.start >= at {
            return brackets == 0 && range.start == at;
        }
        match &text[range] {
            "(" | "[" if kind == TokenKind::Punctuation => brackets += 1,
            ")" | "]" if kind == TokenKind::Punctuation => brackets -= 1,
            _ => {}
        }
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]
    #[test]
    fn each_close_too_many_is_found(file in any::<Index>(), line in any::<Index>(), depth in 0..5_usize) {
        let files = files();
        let text = file.get(&files);
        let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let at = *line.get(&starts);
        // Documentation ends with its lines, so that its token is the one before.
        prop_assume!(is_between_statements(text, at) && !text[..at].trim_end().ends_with("///"));
        let added = format!("{}}}\n", "  ".repeat(depth));
        let broken = format!("{}{added}{}", &text[..at], &text[at..]);
        let finding = only_finding(&broken);
        // Of several that stand below one another any may be the one.
        let found = &broken.lines().nth(line_of(&broken, finding.primary.span.range().start)).unwrap();
        prop_assert_eq!(*found, added.trim_end(), "{}", broken);
        let edits: &[Edit] = &finding.fix.as_ref().unwrap().edits;
        prop_assert_eq!(&apply(&broken, edits).unwrap(), text);
        prop_assert_eq!(tree(&broken), tree(text));
    }
}

#[test]
fn nothing_depends_on_how_lines_end() {
    for (line_break, indent) in [("\n", "  "), ("\r\n", "  "), ("\n", "\t"), ("\n", "        "), ("\r\n", " ")] {
        let text = |lines: &[&str]| lines.iter().map(|line| line.replace('>', indent) + line_break).collect::<String>();
        let before = ["architecture a {", ">group g {", ">>service s: aws.s3 {", ">>>storage = 1 TB"];
        let broken = text(&[&before[..], &[">}", "}"]].concat());
        let finding = only_finding(&broken);
        assert_eq!(line_of(&broken, finding.primary.span.range().start), 2);
        assert_eq!(fixed(&broken, &finding), text(&[&before[..], &[">>}", ">}", "}"]].concat()));
    }
}
