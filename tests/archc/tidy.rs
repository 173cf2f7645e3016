//! Rules of the house that no lint knows: who may import whom, and how long a file may get.

use std::fs;
use std::path::Path;

use crate::inputs::files_below;

/// The rooms of `src`, each of which knows those before it and none after it, as `ARCHITECTURE.md` says.
const ROOMS: [&str; 33] = [
    "source",
    "suggest",
    "diagnostic",
    "edits",
    "quantity",
    "flow",
    "prices",
    "vfs",
    "syntax",
    "format",
    "catalog",
    "pattern",
    "model",
    "select",
    "policy",
    "topology",
    "scenario",
    "load",
    "view",
    "cost",
    "docs",
    "project",
    "decision",
    "check",
    "analysis",
    "repair",
    "emit",
    "compare",
    "inject",
    "ide",
    "report",
    "lsp",
    "cli",
];

/// A file that one sitting can hold.
const MAX_LINES: usize = 800;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The room a file of `src` belongs to; none for `lib.rs` and `main.rs`, which know all.
fn room_of(file: &Path) -> Option<usize> {
    let relative = file.strip_prefix(root().join("src")).unwrap();
    let first = relative.iter().next().unwrap().to_str().unwrap();
    let name = first.strip_suffix(".rs").unwrap_or(first);
    if matches!(name, "lib" | "main") {
        return None;
    }
    let room = ROOMS.iter().position(|room| *room == name);
    assert!(room.is_some(), "`src/{first}` has no place in the order of the rooms: add it here and to ARCHITECTURE.md");
    room
}

#[test]
fn rooms_know_only_those_before_them() {
    for file in files_below(&root().join("src"), "rs") {
        let Some(room) = room_of(&file) else { continue };
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            for (at, _) in line.match_indices("crate::") {
                let name: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(imported) = ROOMS.iter().position(|room| *room == name) else { continue };
                let (here, place) = (ROOMS[room], file.display());
                assert!(imported <= room, "{place}:{}: `{here}` must not know `{name}`", number + 1);
            }
        }
    }
}

#[test]
fn the_order_of_the_rooms_is_that_of_the_architecture_page() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let listed: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(room, _)| room).collect();
    assert_eq!(listed, ROOMS);
}

#[test]
fn files_stay_short() {
    for folder in ["src", "tests", "benches"] {
        for file in files_below(&root().join(folder), "rs") {
            if file.components().any(|part| part.as_os_str() == "node_modules") {
                continue;
            }
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            assert!(lines <= MAX_LINES, "{} has {lines} lines: split it", file.display());
        }
    }
}
