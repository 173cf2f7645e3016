//! Models made from texts.

use std::sync::Arc;

use archc::catalog::{embedded_files, load};
use archc::model::{Model, Overlay, resolve};
use archc::source::{Origin, SourceMap};
use archc::syntax;

/// The model of a text, with the catalog that ships. The text must be without mistakes.
pub(crate) fn model(text: &str) -> Model {
    let mut sources = SourceMap::default();
    let mut parse = |name: &str, text: &str, origin| {
        let parse = syntax::parse(sources.add(name, text.to_owned(), origin), text);
        assert!(parse.diagnostics.is_empty(), "in {name}: {:#?}\n{text}", parse.diagnostics);
        parse.tree
    };
    let shipped: Vec<_> = embedded_files().iter().map(|(name, text)| parse(name, text, Origin::Catalog)).collect();
    let written = [parse("test.arch", text, Origin::Workspace)];
    let (catalog, findings) = load(&shipped.iter().collect::<Vec<_>>(), &written.iter().collect::<Vec<_>>());
    assert!(findings.is_empty(), "{findings:#?}");
    let model = resolve(&written, Arc::new(catalog), &Overlay::default());
    assert!(model.problems.is_empty(), "{:#?}\n{text}", model.problems);
    model
}

/// A text as the language quotes it.
pub(crate) fn quoted(text: &str) -> String {
    let escape = |char: char| match char {
        '\\' | '"' => format!("\\{char}"),
        '\n' => "\\n".to_owned(),
        char if char.is_ascii_graphic() || char == ' ' || char.is_alphanumeric() => char.to_string(),
        char => format!("\\u{{{:x}}}", u32::from(char)),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}
