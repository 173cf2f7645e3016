//! Whatever the text: no panic, no byte lost, and every finding has its place.

use std::fmt::Write as _;

use archc::syntax::tokens::{Token, TokenKind, tokens};
use proptest::prelude::*;

use super::parse;
use super::soup::{bytes, soup, spaced_soup};

fn check(text: &str) {
    let (_, _, parse) = parse(text);
    for diagnostic in &parse.diagnostics {
        let fixes = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        let spans = diagnostic.secondary.iter().map(|label| label.span).chain([diagnostic.primary.span]).chain(fixes);
        for span in spans {
            assert!(text.get(span.range()).is_some(), "{diagnostic:?} has no place in {text:?}");
        }
    }
    for trivia in &parse.tree.trivia {
        assert!(text.get(trivia.span.range()).is_some(), "{trivia:?} has no place in {text:?}");
    }
    assert_complete(text);
}

/// The tokens follow one another without gap, and none is empty or cuts a character.
fn assert_complete(text: &str) {
    let mut end = 0;
    for token in tokens(text) {
        assert_eq!(token.range.start, end, "gap or overlap before {token:?} in {text:?}");
        assert!(text.get(token.range.clone()).is_some_and(|it| !it.is_empty()), "{token:?} in {text:?}");
        end = token.range.end;
    }
    assert_eq!(end, text.len(), "{text:?} is not told to its end");
}

proptest! {
    #[test]
    fn any_bytes(text in bytes()) {
        check(&text);
    }

    #[test]
    fn any_characters(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_tokens(text in soup()) {
        check(&text);
    }

    #[test]
    fn any_spaced_tokens(text in spaced_soup()) {
        check(&text);
    }
}

#[test]
fn all_inputs_are_kept_to_the_byte() {
    insta::glob!("**/*.arch", |path| {
        check(&std::fs::read_to_string(path).unwrap());
    });
}

/// Every prefix is a text that somebody is typing.
#[test]
fn every_prefix_of_a_file_has_a_tree() {
    let text = include_str!("declarations.arch");
    for (end, _) in text.char_indices() {
        check(&text[..end]);
    }
}

#[test]
fn every_token_has_its_kind() {
    let text = include_str!("tokens.txt");
    let mut shown = String::new();
    for Token { kind, range } in tokens(text).into_iter().filter(|token| token.kind != TokenKind::Whitespace) {
        writeln!(shown, "{kind:?} {:?}", &text[range]).unwrap();
    }
    insta::assert_snapshot!(shown);
}
