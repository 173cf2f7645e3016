//! The whole way with texts that nobody meant: mutated examples are analysed, reported and built. No panic, the same
//! output each time, every place inside its file, and every fix applicable.

use std::path::Path;

use archc::analysis::{Analysis, analyse};
use archc::diagnostic::{Diagnostic, Edit};
use archc::emit::mermaid::MAX_CHARACTERS;
use archc::emit::{Artifact, artifacts};
use archc::project::{Scope, Workspace, load};
use archc::report::{Report, json, pretty};
use archc::source::{Origin, SourceMap, Span};
use archc::vfs::{Disk, FileSystem, Memory};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What is put into a text.
const PIECES: [&str; 48] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "\"\"\"",
    "\\",
    "\\u{d800}",
    "->",
    "=>",
    "~>",
    "-->",
    "=",
    ":",
    ",",
    ".",
    "\n",
    "\r",
    "\0",
    "\u{feff}",
    "\u{2028}",
    "\u{b}",
    "é",
    "🚀",
    "///",
    "//",
    "/// ```\n",
    "/// [^1]: <a id=\"x\">\n",
    "@allow(",
    "via ",
    "is ",
    "only",
    "retired { ",
    "group g {\n",
    "service s: ",
    "kind aws.s3 is ",
    "architecture README {\n",
    "abstract = true\n",
    "property p: list(",
    "99999999999999999999999999999999",
    "-3x",
    "512 MB",
    "9999-12-31",
    "*",
    "a -> a\n",
    "wire * -> * never\n",
];

/// One change of a text.
#[derive(Clone, Debug)]
enum Mutation {
    Insert(Index, &'static str),
    Remove(Index, usize),
    Repeat(Index, Index, usize),
    Truncate(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        4 => (any::<Index>(), select(&PIECES[..])).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        2 => (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Mutation::Remove(at, length)),
        2 => (any::<Index>(), any::<Index>(), 1..200_usize).prop_map(|(at, to, length)| Mutation::Repeat(at, to, length)),
        1 => any::<Index>().prop_map(Mutation::Truncate),
    ]
}

fn mutate(text: &str, mutations: &[Mutation]) -> String {
    let mut text = text.to_owned();
    for mutation in mutations {
        let place = |index: &Index| text.floor_char_boundary(index.index(text.len() + 1));
        let stretch = |from: usize, length: usize| from..text.floor_char_boundary(from + length);
        match mutation {
            Mutation::Insert(at, piece) => text.insert_str(place(at), piece),
            Mutation::Remove(at, length) => drop(text.drain(stretch(place(at), *length))),
            Mutation::Repeat(from, to, length) => {
                let piece = text.get(stretch(place(from), *length)).unwrap().to_owned();
                text.insert_str(place(to), &piece);
            }
            Mutation::Truncate(at) => text.truncate(place(at)),
        }
    }
    text
}

/// Texts of all sorts: the examples, and sources that the parser's own tests are about.
fn seeds() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["examples", "tests/archc/syntax", "tests/archc/mermaid", "tests/archc/markdown"];
    let texts = folders.iter().flat_map(|folder| {
        let disk = Disk::new(root.join(folder));
        let paths = disk.files().files.into_iter().filter(|path| has_extension(path, "arch"));
        paths.map(move |path| String::from_utf8(disk.read(&path).unwrap()).unwrap()).collect::<Vec<_>>()
    });
    texts.collect()
}

fn has_extension(path: &str, wanted: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == wanted)
}

/// All that a run makes of a text.
fn run(text: &str) -> (Workspace, Analysis, Vec<Artifact>, [String; 2]) {
    let files = Memory::default().with("a.arch", text);
    let workspace = load(&files, Scope::Folder(""), &[]).unwrap();
    let analysis = analyse(&workspace, "2026-11-23".parse().unwrap());
    let report = Report::new(&workspace.sources, &analysis.diagnostics);
    let reports = [json::render(&report), pretty::render(&report, "", pretty::Style::PLAIN)];
    let built = artifacts(&workspace, &analysis, Some(".."));
    (workspace, analysis, built, reports)
}

fn places(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let labels = std::iter::once(&finding.primary).chain(&finding.secondary).map(|label| label.span);
    labels.chain(edits(finding).map(|edit| edit.span))
}

fn edits(finding: &Diagnostic) -> impl Iterator<Item = &Edit> {
    finding.fix.iter().flat_map(|fix| &fix.edits)
}

/// Whether a place is a stretch of characters of its file.
fn is_inside(sources: &SourceMap, place: Span) -> bool {
    sources.file(place.file).text().get(place.range()).is_some()
}

/// Whether the edits of a fix do not overlap, and change the user's files only.
fn is_applicable(sources: &SourceMap, finding: &Diagnostic) -> bool {
    let mut spans: Vec<Span> = edits(finding).map(|edit| edit.span).collect();
    spans.sort();
    let is_own = |span: &Span| sources.file(span.file).origin() == Origin::Workspace;
    spans.iter().all(is_own) && spans.is_sorted_by(|a, b| a.file != b.file || a.end <= b.start)
}

fn assert_sound(text: &str) {
    let (workspace, analysis, built, reports) = run(text);
    let sources = &workspace.sources;
    for finding in &analysis.diagnostics {
        assert!(places(finding).all(|place| is_inside(sources, place)), "{finding:#?}");
        assert!(is_applicable(sources, finding), "{finding:#?}");
        assert!(!finding.message.is_empty(), "{finding:#?}");
    }
    for Artifact { path, content } in &built {
        assert!(content.ends_with('\n') && !path.contains(".."), "{path}");
        assert!(!has_extension(path, "mmd") || content.encode_utf16().count() <= MAX_CHARACTERS, "{path}");
    }
    let (.., again, reports_again) = run(text);
    assert_eq!((built, reports), (again, reports_again));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_examples_are_sound(seed in select(seeds()), mutations in prop::collection::vec(mutation(), 1..6)) {
        assert_sound(&mutate(&seed, &mutations));
    }
}

/// White space that is no blank, where a statement begins: its place once ended inside of the character.
#[test]
fn odd_white_space_is_a_place_of_its_own() {
    for odd in ["\u{2028}", "\u{2029}", "\u{85}", "\u{b}"] {
        assert_sound(&format!("architecture a {{\n{odd}\n  {odd} service s: aws.s3\n}}\n{odd}"));
    }
}
