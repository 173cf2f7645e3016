//! Every name of every example is given another one and back.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use archc::analysis::Parses;
use archc::diagnostic::Edit;
use archc::ide::{self, Meaning, Snapshot};
use archc::project::{self, Scope};
use archc::source::{FileId, Span};
use archc::syntax;
use archc::vfs::Disk;

const FRESH: &str = "fresh_name";

#[test]
fn every_name_of_the_examples_can_be_changed_and_changed_back() {
    let examples = ["literal", "patterns", "platform", "shop"];
    let renamed: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> = examples.map(|name| scope.spawn(move || every_name_of(name))).into_iter().collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    // So that nobody takes them out by mistake.
    assert!(renamed.iter().all(|count| *count >= 10), "{renamed:?}");
}

/// Renames everything that an example declares. Returns how many names that are.
fn every_name_of(example: &str) -> usize {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let known: Vec<&str> = archc::check::rules().iter().map(|rule| rule.code).collect();
    let workspace = project::load(&Disk::new(root), Scope::Folder(""), &known).unwrap();
    let before = Snapshot::new(workspace, "2026-11-30".parse().unwrap());
    let own = |span: Span| before.workspace.files.contains(&span.file);
    let all: Vec<(Span, String)> = before
        .names()
        .definitions()
        .filter(|(_, it)| own(it.span) && it.meaning != Meaning::Record)
        .map(|(_, it)| (it.span, it.name.to_string()))
        .collect();
    for (span, name) in &all {
        there_and_back(&before, *span, name);
    }
    all.len()
}

fn there_and_back(before: &Snapshot, span: Span, name: &str) {
    let place = before.workspace.sources.line_column(span);
    let path = before.workspace.sources.file(span.file).path();
    let context = format!("`{name}` in {path}, line {}", place.line);
    let edits =
        ide::rename(before, span.file, span.start as usize, FRESH).unwrap_or_else(|why| panic!("{context}: {why}"));
    assert!(!edits.is_empty(), "{context}");
    let after = applied(before, &edits);
    assert_eq!(codes(&after), codes(before), "{context}");
    let declared = after.names().definitions().find(|(_, it)| it.name == FRESH).unwrap().1.span;
    let back = ide::rename(&after, declared.file, declared.start as usize, name)
        .unwrap_or_else(|why| panic!("{context}, back: {why}"));
    for (file, text) in texts(&after, &back) {
        assert_eq!(text, before.text(file), "{context}, back");
    }
}

/// How many findings there are of each code.
fn codes(snapshot: &Snapshot) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    for finding in &snapshot.analysis.diagnostics {
        *codes.entry(finding.code.replace(FRESH, "")).or_default() += usize::from(!finding.code.starts_with("rule/"));
    }
    codes.retain(|_, count| *count > 0);
    codes
}

fn applied(snapshot: &Snapshot, edits: &[Edit]) -> Snapshot {
    let mut workspace = snapshot.workspace.clone();
    let texts = texts(snapshot, edits);
    for (file, text) in &texts {
        workspace.sources.replace(*file, text.clone());
    }
    let written = workspace.files.iter().zip(&snapshot.parses.written).map(|(file, known)| {
        texts.get(file).map_or_else(|| Arc::clone(known), |text| Arc::new(syntax::parse(*file, text)))
    });
    let parses = Parses { written: written.collect(), shipped: snapshot.parses.shipped.clone() };
    Snapshot::of(workspace, parses, snapshot.today, None)
}

fn texts(snapshot: &Snapshot, edits: &[Edit]) -> BTreeMap<FileId, String> {
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    for edit in edits.iter().rev() {
        let text = texts.entry(edit.span.file).or_insert_with(|| snapshot.text(edit.span.file).to_owned());
        text.replace_range(edit.span.range(), &edit.replacement);
    }
    texts
}
