//! What tests read: files of the repository, and models made from texts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
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

/// All files below a folder whose names end in an extension, in the order of their paths.
pub(crate) fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The texts of these files, by their paths below the folder.
pub(crate) fn texts_below(folder: &Path, extension: &str) -> BTreeMap<String, String> {
    let text = |path: PathBuf| {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    };
    files_below(folder, extension).into_iter().map(text).collect()
}
