//! Parsing again after a change gives what parsing gives.

use std::fmt;
use std::fs;
use std::path::Path;

use archc::source::FileId;
use archc::syntax::{Parse, parse, parse_again};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::inputs::files_below;

/// What people type, and what breaks most.
const TYPED: [&str; 56] = [
    " ",
    "\n",
    "\n\n",
    "  ",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "[",
    "]",
    "(",
    ")",
    "=",
    ":",
    ",",
    ";",
    "-",
    "->",
    "=>",
    "~>",
    "-->",
    "<-",
    "x",
    "service",
    "service x: aws.s3\n",
    "external y\n",
    "a -> b\n",
    "a -> b via aws.sqs \"L\"\n",
    "group g {\n",
    "}\n",
    "x = 5 MB",
    "tags = [a, b]\n",
    "/// doc\n",
    "//! file\n",
    "// comment\n",
    "//",
    "/*",
    "*/",
    "<!--",
    "@allow(edge/self, \"r\")\n",
    "@allow(",
    "architecture z {\n",
    "\narchitecture z",
    "\nkind k {",
    "wire a -> b\n",
    "via",
    " via ",
    "else",
    "alt \"x\" { a -> b }\n",
    "é",
    "🚀",
    "\u{FEFF}",
    "\r\n",
    "#",
    "use p(a = b) as c\n",
    "note a \"t\"\n",
];

#[derive(Clone, Debug)]
enum Edit {
    Insert(Index, &'static str),
    Delete(Index, usize),
    Replace(Index, usize, &'static str),
    /// Takes a line out, and puts it elsewhere.
    Move(Index, Index),
}

fn edits() -> impl Strategy<Value = Edit> {
    let typed = prop::sample::select(TYPED.to_vec());
    prop_oneof![
        4 => (any::<Index>(), typed.clone()).prop_map(|(at, text)| Edit::Insert(at, text)),
        3 => (any::<Index>(), 1..12usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        1 => (any::<Index>(), 1..80usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        2 => (any::<Index>(), 1..6usize, typed).prop_map(|(at, length, text)| Edit::Replace(at, length, text)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Move(from, to)),
    ]
}

impl Edit {
    fn apply(&self, text: &str) -> String {
        let place = |at: &Index| text.floor_char_boundary(at.index(text.len() + 1));
        let replace = |start: usize, length: usize, with: &str| {
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            format!("{}{with}{}", &text[..start], &text[end..])
        };
        match self {
            Edit::Insert(at, typed) => replace(place(at), 0, typed),
            Edit::Delete(at, length) => replace(place(at), *length, ""),
            Edit::Replace(at, length, typed) => replace(place(at), *length, typed),
            Edit::Move(from, to) => {
                let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                if lines.is_empty() {
                    return String::new();
                }
                let line = lines.remove(from.index(lines.len()));
                lines.insert(to.index(lines.len() + 1), line);
                lines.concat()
            }
        }
    }
}

fn assert_same(again: &Parse, text: &str, edit: &impl fmt::Debug, before: &str) {
    let afresh = parse(FileId::default(), text);
    let sorted = |parse: &Parse| {
        let mut all: Vec<String> = parse.diagnostics.iter().map(|it| format!("{it:?}")).collect();
        all.sort();
        all
    };
    assert!(again.tree == afresh.tree, "the trees differ after {edit:?}\n--- before\n{before}\n--- after\n{text}");
    let (again, afresh) = (sorted(again), sorted(&afresh));
    assert_eq!(again, afresh, "the findings differ after {edit:?}\n--- before\n{before}\n--- after\n{text}");
}

fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["examples", "src/catalog", "tests/archc"];
    let paths = folders.iter().flat_map(|folder| files_below(&root.join(folder), "arch"));
    let small = paths.filter(|path| path.metadata().unwrap().len() < 6_000);
    small.filter_map(|path| fs::read_to_string(path).ok()).collect()
}

proptest! {
    #[test]
    fn sessions_end_where_a_fresh_start_does(start in any::<Index>(), edits in prop::collection::vec(edits(), 1..24)) {
        let texts = texts();
        let mut text = start.get(&texts).clone();
        let mut parsed = parse(FileId::default(), &text);
        for edit in &edits {
            let changed = edit.apply(&text);
            parsed = parse_again(parsed, FileId::default(), &text, &changed);
            assert_same(&parsed, &changed, edit, &text);
            text = changed;
        }
    }
}

/// What is missing behind `serv` is told where the documentation of the next statement begins.
#[test]
fn a_mistake_may_end_where_the_next_statement_begins() {
    let rest = "  external b {}\n".repeat(20);
    let text = |word: &str| format!("architecture a {{{word}/// Outside.\n{rest}}}\n");
    let (before, after) = (text("serv"), text("xerv"));
    let again = parse_again(parse(FileId::default(), &before), FileId::default(), &before, &after);
    assert_same(&again, &after, &"a letter of it has changed", &before);
    assert!(again.diagnostics.iter().any(|it| it.message.contains("`xerv`")), "{:?}", again.diagnostics);
}

/// A fix that puts in a line indents it as its own line is, which begins before what is read again.
#[test]
fn a_fix_may_indent_like_the_line_before_it() {
    let rest = "  external b {}\n".repeat(20);
    let text = |word: &str| format!("architecture a {{\n  external x {{}}; external {word} {{}}\n{rest}}}\n");
    let (before, after) = (text("y"), text("z"));
    let again = parse_again(parse(FileId::default(), &before), FileId::default(), &before, &after);
    assert_same(&again, &after, &"a letter behind it has changed", &before);
}
