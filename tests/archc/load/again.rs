//! Loads and quotas after a change are those of a fresh start, whatever was kept.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use archc::analysis::{Analysis, Parses, analyse_parses};
use archc::project::{self, Scope};
use archc::source::FileId;
use archc::syntax;
use archc::vfs::Memory;

/// How many numbers, names and lines of each file are changed.
const CHANGES: usize = 16;

/// What takes part in loads, or could.
const FILES: [&str; 6] = [
    "examples/patterns/data_lake.arch",
    "examples/patterns/realtime_analytics.arch",
    "examples/shop/shop.arch",
    "tests/archc/load/capacity.arch",
    "tests/archc/load/cycles.arch",
    "tests/archc/load/edges.arch",
];

/// The places of a text where a change may move a load: numbers, the ends of names, and lines.
fn changes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        let (before, after) = text.split_at(at + 1);
        match pair {
            // More, or another name.
            [b' ' | b'=', b'1'..=b'9'] => found.push(format!("{before}99{after}")),
            // Another target, or another property.
            [b'a'..=b'z', b'\n' | b' '] => found.push(format!("{before}x{after}")),
            [b'\n', _] if bytes.get(at + 2).is_some_and(|it| *it != b'\n') => {
                let (_, rest) = after.split_once('\n').unwrap_or_default();
                found.push(format!("{before}{rest}"));
            }
            _ => {}
        }
    }
    let step = found.len().div_ceil(CHANGES).max(1);
    found.into_iter().step_by(step).collect()
}

fn findings(analysis: &Analysis) -> String {
    format!("{:#?}\n{:#?}", analysis.diagnostics, analysis.loads())
}

#[test]
fn what_is_kept_is_what_a_fresh_start_finds() {
    let today = "2026-01-01".parse().unwrap();
    let (mut kept, mut exceeded) = (0, 0);
    for path in FILES {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let files = Memory::default().with("input.arch", text.as_str());
        let mut workspace = project::load(&files, Scope::Folder(""), &[]).unwrap();
        let file: FileId = workspace.files[0];
        let parses = Parses::of(&workspace);
        let mut earlier = analyse_parses(&workspace, &parses, today, None);
        for changed in changes(&text) {
            // There, and back again.
            for text in [changed.as_str(), text.as_str()] {
                workspace.sources.replace(file, text.to_owned());
                let written = vec![Arc::new(syntax::parse(file, text))];
                let parses = Parses { shipped: parses.shipped.clone(), written };
                let again = analyse_parses(&workspace, &parses, today, Some(&earlier));
                let afresh = analyse_parses(&workspace, &parses, today, None);
                assert_eq!(findings(&again), findings(&afresh), "{path}:\n{text}");
                let is_kept = earlier.loads().zip(again.loads()).is_some_and(|(one, other)| Arc::ptr_eq(one, other));
                kept += usize::from(is_kept);
                exceeded += usize::from(again.diagnostics.iter().any(|it| it.code.starts_with("capacity/")));
                earlier = again;
            }
        }
    }
    assert!(
        kept > 20 && exceeded > 20,
        "the changes try too little: {kept} kept their loads, {exceeded} exceed a quota"
    );
}
