//! What holds for every text: formatting twice is formatting once, nothing is lost, and nothing means something else.

use archc::format::{Formatted, format};
use archc::syntax::tokens::{TokenKind, tokens};
use proptest::prelude::*;

use crate::syntax::soup::{SOUP, bytes, soup, spaced_soup};
use crate::syntax::{messages, outline, parse};

/// What a text says: its tree without places, comments and blank lines, and the messages for what is wrong.
fn meaning(text: &str) -> String {
    let tree = outline::file(&parse(text).2.tree, text);
    let lines =
        tree.lines().filter(|line| !line.ends_with(" blank lines") && !line.starts_with("comment ")).map(str::trim_end);
    let mut messages = messages(text);
    messages.sort();
    format!("{}\n{}", lines.collect::<Vec<_>>().join("\n"), messages.join("\n"))
}

/// All that formatting neither adds nor removes.
fn ink(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '\u{FEFF}' | '\u{200B}')).collect()
}

fn comments(text: &str) -> Vec<&str> {
    let tokens = tokens(text).into_iter();
    tokens.filter(|token| token.kind == TokenKind::Comment).map(|token| text[token.range].trim_end()).collect()
}

fn kept<'t>(text: &'t str, formatted: &Formatted) -> Vec<&'t str> {
    formatted.kept.iter().map(|range| &text[range.clone()]).collect()
}

pub(crate) fn check(text: &str) {
    let first = format(text);
    let second = format(&first.text);
    assert_eq!(second.text, first.text, "formatted twice: {text:?}");
    assert_eq!(kept(&first.text, &second), kept(text, &first), "broken places of {text:?}, {:?}", first.text);
    assert_eq!(meaning(&first.text), meaning(text), "{text:?} became {:?}", first.text);
    assert_eq!(comments(&first.text), comments(text), "{text:?} became {:?}", first.text);
    assert_eq!(ink(&first.text), ink(text));
}

proptest! {
    #[test]
    fn any_bytes(text in bytes()) {
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

    #[test]
    fn files_with_anything_between_their_tokens(
        file in proptest::sample::select(files()),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), proptest::sample::select(SOUP.as_slice())), 1..6),
    ) {
        let mut tokens: Vec<String> = tokens(&file).into_iter().map(|token| file[token.range].to_owned()).collect();
        for (index, word) in changes {
            let at = index.index(tokens.len() + 1);
            tokens.insert(at, word.to_owned());
        }
        check(&tokens.concat());
    }

    #[test]
    fn files_that_lack_tokens(
        file in proptest::sample::select(files()),
        changes in proptest::collection::vec(any::<proptest::sample::Index>(), 1..6),
    ) {
        let mut tokens: Vec<String> = tokens(&file).into_iter().map(|token| file[token.range].to_owned()).collect();
        for index in changes {
            if !tokens.is_empty() {
                tokens.remove(index.index(tokens.len()));
            }
        }
        check(&tokens.concat());
    }
}

/// The inputs of the syntax tests, which hold every construct and every mistake.
fn files() -> Vec<String> {
    let mut files = Vec::new();
    for folder in ["tests/archc/syntax", "tests/archc/syntax/mistakes"] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "arch") {
                files.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    files.sort();
    files
}

#[test]
fn all_files() {
    for file in files() {
        check(&file);
    }
}

/// Without its comma, the bracket that is not closed would go on in the next line.
#[test]
fn a_comma_behind_a_broken_line() {
    check("spread = f(\n,\n  key = b // why\n)\n");
    check("spread = f(\n// why\n,\n  key = b\n)\n");
}

/// A no-break space is no blank: the region of a brace that lacks its partner ends behind it.
#[test]
fn a_foreign_blank_behind_a_lone_brace() {
    check("architecture b {\n  {one = 2\n}\u{a0}\n");
}

/// Every prefix is a text that somebody is typing.
#[test]
fn every_prefix_of_a_file() {
    for file in files() {
        for (end, _) in file.char_indices().step_by(29) {
            check(&file[..end]);
        }
    }
}
