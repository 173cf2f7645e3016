//! Names: what each place means, and renaming. Each file of the folder is a fixture with one cursor; its snapshot shows
//! where the name at the cursor leads, all places where it is written, and what another name changes.
//!
//! Every rename is undone again, after which each byte is as it was.

mod exhaustive;
mod navigation;
mod refusals;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::{Client, Cursor, position};

/// What everything is renamed to.
const FRESH: &str = "fresh_name";

#[test]
fn names_lead_to_what_they_stand_for() {
    insta::glob!("names/*.arch", |path| {
        let fixture = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(report(&fixture));
    });
}

fn report(fixture: &str) -> String {
    let (mut client, cursor) = Client::start_with(fixture, &capabilities());
    let cursor = cursor.expect("a fixture has a cursor");
    let paths = open_all(&mut client, fixture);
    let mut report = String::new();
    for (title, method) in [("definition", "textDocument/definition"), ("type", "textDocument/typeDefinition")] {
        let found = client.ask_at(method, &cursor);
        let found: Vec<String> = found.as_array().into_iter().flatten().map(|it| target(&client, it)).collect();
        writeln!(report, "{title}: {}", if found.is_empty() { "none".to_owned() } else { found.join(", ") }).unwrap();
    }
    report.push_str(&references(&mut client, &paths, &cursor));
    report.push_str(&there_and_back(&mut client, &paths, &cursor));
    report
}

pub(super) fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8"] },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": { "definition": { "linkSupport": true }, "typeDefinition": { "linkSupport": true } },
    })
}

/// Opens all files of a fixture.
fn open_all(client: &mut Client, fixture: &str) -> Vec<String> {
    let mut paths: Vec<String> = fixture.lines().filter_map(|it| it.strip_prefix("//- ")).map(str::to_owned).collect();
    if paths.is_empty() {
        paths.push("main.arch".to_owned());
    }
    for path in &paths {
        client.open(path);
    }
    paths
}

fn target(client: &Client, link: &Value) -> String {
    let path = client.path(link["targetUri"].as_str().unwrap());
    format!("{path} {}", super::client::range(&link["targetSelectionRange"]))
}

// ---- References -------------------------------------------------------------------------------------------------------

/// From a column to another, and what to draw there.
type Mark = (usize, usize, char);

/// The source with a mark under each place: `===` where the name is declared, `^^^` where it is meant, and `|` for the
/// cursor.
fn references(client: &mut Client, paths: &[String], cursor: &Cursor) -> String {
    let mut ask = |with_declaration: bool| {
        let mut params = client.at(cursor);
        params["context"] = json!({ "includeDeclaration": with_declaration });
        let found = client.request("textDocument/references", params);
        found.as_array().cloned().unwrap_or_default()
    };
    let (all, without) = (ask(true), ask(false));
    let mut marks: BTreeMap<(String, u64), Vec<Mark>> = BTreeMap::new();
    for place in &all {
        let path = client.path(place["uri"].as_str().unwrap());
        let (start, end) = (&place["range"]["start"], &place["range"]["end"]);
        let column = |it: &Value| usize::try_from(it["character"].as_u64().unwrap()).unwrap();
        let mark = if without.contains(place) { '^' } else { '=' };
        let line = start["line"].as_u64().unwrap();
        marks.entry((path, line)).or_default().push((column(start), column(end), mark));
    }
    let mut shown = String::new();
    for path in paths {
        writeln!(shown, "--- {path}").unwrap();
        for (number, line) in (0..).zip(client.read(path).lines()) {
            writeln!(shown, "{line}").unwrap();
            if let Some(marks) = marks.get(&(path.clone(), number)) {
                writeln!(shown, "{}", underline(line, marks)).unwrap();
            }
        }
    }
    let known: Vec<&String> = marks.keys().map(|(path, _)| path).filter(|path| !paths.contains(path)).collect();
    assert!(known.is_empty(), "places in files that are none of the fixture's: {known:?}");
    shown
}

fn underline(line: &str, marks: &[(usize, usize, char)]) -> String {
    let mut under = String::new();
    for (start, end, mark) in marks {
        let until = line[..*start].chars().count();
        under.extend(std::iter::repeat_n(' ', until - under.chars().count()));
        under.extend(std::iter::repeat_n(*mark, line[*start..*end].chars().count()));
    }
    under
}

// ---- Renaming ---------------------------------------------------------------------------------------------------------

/// Renames what is at the cursor, and back. Tells the lines that change, or why it cannot be.
fn there_and_back(client: &mut Client, paths: &[String], cursor: &Cursor) -> String {
    let prepared = client.at(cursor);
    let prepared = match client.ask("textDocument/prepareRename", prepared).response_result {
        Ok(Value::Null) => return "rename: there is no name\n".to_owned(),
        Ok(prepared) => prepared,
        Err(refusal) => return format!("rename: refused: {}\n", refusal.message),
    };
    let old = prepared["placeholder"].as_str().unwrap().to_owned();
    let before: Vec<String> = paths.iter().map(|path| client.read(path)).collect();
    let findings: Vec<Vec<String>> = paths.iter().map(|path| codes(client, path)).collect();
    let mut told = format!("rename: {old} to {FRESH}\n");
    match rename(client, cursor, FRESH) {
        Ok(()) => {}
        Err(refusal) => return format!("{told}refused: {refusal}\n"),
    }
    for ((path, before), findings) in paths.iter().zip(&before).zip(&findings) {
        let after = client.read(path);
        for (old, new) in before.lines().zip(after.lines()).filter(|(old, new)| old != new) {
            writeln!(told, "-{old}\n+{new}").unwrap();
        }
        assert_eq!(&codes(client, path), findings, "findings of {path} after the rename");
    }
    let moved = moved(client, paths, cursor, &before);
    rename(client, &moved, &old).unwrap();
    for (path, before) in paths.iter().zip(&before) {
        assert_eq!(&client.read(path), before, "{path} after renaming back");
    }
    told
}

/// The codes of a file's findings; what they say may have the name in it.
fn codes(client: &Client, path: &str) -> Vec<String> {
    client.findings(path).iter().map(|finding| finding.split(' ').nth(2).unwrap_or_default().to_owned()).collect()
}

/// Where the cursor is after the rename: at the first place where the fresh name stands in the same line.
fn moved(client: &Client, paths: &[String], cursor: &Cursor, before: &[String]) -> Cursor {
    let at = paths.iter().position(|path| *path == cursor.path).unwrap();
    let line = before[at][..cursor.offset].matches('\n').count();
    let text = client.read(&cursor.path);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let column = text[start..].find(FRESH).expect("the fresh name stands in the line of the cursor");
    Cursor { path: cursor.path.clone(), offset: start + column, text }
}

/// Renames, and applies the edits to the files and the open documents.
pub(super) fn rename(client: &mut Client, cursor: &Cursor, name: &str) -> Result<(), String> {
    let mut params = client.at(cursor);
    params["newName"] = json!(name);
    let answer = client.ask("textDocument/rename", params).response_result.map_err(|it| it.message)?;
    for change in answer["documentChanges"].as_array().unwrap() {
        let path = client.path(change["textDocument"]["uri"].as_str().unwrap());
        let text = apply(&client.read(&path), change["edits"].as_array().unwrap());
        std::fs::write(client.folder.path().join(&path), &text).unwrap();
        client.change(&path, None, &text);
    }
    Ok(())
}

fn apply(text: &str, edits: &[Value]) -> String {
    let offset = |place: &Value| {
        let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let at = start + usize::try_from(place["character"].as_u64().unwrap()).unwrap();
        assert_eq!(&position(text, at), place);
        at
    };
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| (offset(&edit["range"]["start"])..offset(&edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = text.to_owned();
    for (range, new) in edits.into_iter().rev() {
        text.replace_range(range, new);
    }
    text
}
