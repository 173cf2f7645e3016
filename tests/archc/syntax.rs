//! What the parser makes of texts: the tree, and the words for what is wrong.

mod braces;
mod keywords;
mod limits;
mod lossless;
pub(crate) mod outline;
mod recovery;
pub(crate) mod soup;

use archc::source::{FileId, Origin, SourceMap};
use archc::syntax::{self, Parse};

/// Parses a text as the only file of a map.
pub(crate) fn parse(text: &str) -> (SourceMap, FileId, Parse) {
    let mut sources = SourceMap::default();
    let file = sources.add("test.arch", text.to_owned(), Origin::Workspace);
    let parse = syntax::parse(file, text);
    (sources, file, parse)
}

/// The messages of a text's findings, in the order in which they were made.
pub(crate) fn messages(text: &str) -> Vec<String> {
    let (_, _, parse) = parse(text);
    parse.diagnostics.into_iter().map(|it| format!("{}: {}", it.code, it.message)).collect()
}

/// Source with findings, then the tree.
fn report(text: &str) -> String {
    let (sources, file, parse) = parse(text);
    let source = crate::drawing::annotated(&sources, file, &parse.diagnostics);
    format!("{source}\n---- tree ----\n{}", outline::file(&parse.tree, text))
}

#[test]
fn every_construct_gives_its_tree() {
    insta::glob!("syntax/*.arch", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(messages(&text), Vec::<String>::new(), "in {}", path.display());
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(report(&text)) });
    });
}

#[test]
fn every_mistake_is_explained_once() {
    insta::glob!("syntax/mistakes/*.arch", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(report(&text)) });
    });
}
