//! Code actions: what is offered where, and what becomes of the files.
//!
//! `actions/*.txt` are fixtures: `$0` is the cursor, or with `$1` the other end of what is selected.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use archc::diagnostic::Edit;
use archc::edits::{self, apply};
use archc::format::format;
use archc::source::{FileId, Span};
use serde_json::{Value, json};

use super::client::{Client, Cursor, position};

/// A client that can do all that there is to do with actions.
fn everything() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8"] },
        "workspace": {
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": {
                "documentChanges": true,
                "resourceOperations": ["create"],
                "snippetEditSupport": true,
            },
        },
        "textDocument": {
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } },
                "isPreferredSupport": true,
                "disabledSupport": true,
                "dataSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
        },
    })
}

/// The parameters for the place of a cursor, or for what is selected.
fn params(client: &Client, cursor: &Cursor, end: usize, only: Option<Value>) -> Value {
    let range = json!({ "start": position(&cursor.text, cursor.offset), "end": position(&cursor.text, end) });
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = only;
    }
    json!({ "textDocument": { "uri": client.uri(&cursor.path) }, "range": range, "context": context })
}

/// Starts a client over a fixture, with the cursor and the end of what is selected.
fn start(fixture: &str, capabilities: &Value) -> (Client, Cursor, usize) {
    // The second mark is found first, so that it does not move the first one.
    let (text, selected) = match fixture.split_once("$1") {
        Some((before, after)) => {
            let length = before.len() - before.find("$0").unwrap() - 2;
            (format!("{before}{after}"), length)
        }
        None => (fixture.to_owned(), 0),
    };
    let (mut client, cursor) = Client::start_with(&text, capabilities);
    let cursor = cursor.unwrap();
    client.open(&cursor.path);
    let end = cursor.offset + selected;
    (client, cursor, end)
}

fn offset(text: &str, at: &Value) -> usize {
    let line = usize::try_from(at["line"].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    start + usize::try_from(at["character"].as_u64().unwrap()).unwrap()
}

/// The files after a workspace edit, by path, with the words that wait to be replaced.
fn edited(client: &Client, edit: &Value) -> (BTreeMap<String, String>, Option<String>) {
    let mut placeholder = None;
    let mut files = BTreeMap::new();
    let changes = edit["changes"].as_object().map(|them| {
        let change = |(uri, edits): (&String, &Value)| json!({ "textDocument": { "uri": uri }, "edits": edits });
        them.iter().map(change).collect::<Vec<_>>()
    });
    let changes = changes.unwrap_or_else(|| edit["documentChanges"].as_array().unwrap().clone());
    for change in &changes {
        if change["kind"] == "create" {
            files.insert(client.path(change["uri"].as_str().unwrap()), String::new());
            continue;
        }
        let path = client.path(change["textDocument"]["uri"].as_str().unwrap());
        let before = files.get(&path).cloned().unwrap_or_else(|| client.read(&path));
        let edits: Vec<Edit> = change["edits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                let range = offset(&before, &it["range"]["start"])..offset(&before, &it["range"]["end"]);
                let replacement = match it["snippet"]["value"].as_str() {
                    Some(snippet) => {
                        let (start, rest) = snippet.split_once("${0:").unwrap();
                        let (word, end) = rest.split_once('}').unwrap();
                        placeholder = Some(word.to_owned());
                        [start, word, end].concat().replace('\\', "")
                    }
                    None => it["newText"].as_str().unwrap().to_owned(),
                };
                Edit { span: Span::of(FileId::default(), range), replacement }
            })
            .collect();
        files.insert(path, apply(&before, &edits).unwrap());
    }
    (files, placeholder)
}

/// What an action makes of the files, as a difference.
fn difference(sheet: &mut String, before: &str, after: &str) {
    for edit in edits::between(FileId::default(), before, after) {
        before[edit.span.range()].lines().for_each(|line| writeln!(sheet, "    - {line}").unwrap());
        edit.replacement.lines().for_each(|line| writeln!(sheet, "    + {line}").unwrap());
    }
}

/// The findings of all files, each without its place.
fn findings(client: &Client) -> Vec<String> {
    let all = client.diagnostics.keys().flat_map(|path| client.findings(path));
    all.map(|line| line.split_once(' ').unwrap().1.split(" | ").next().unwrap().to_owned()).collect()
}

fn show(client: &mut Client, action: &Value, sheet: &mut String) {
    let title = action["title"].as_str().unwrap();
    let preferred = if action["isPreferred"] == true { ", preferred" } else { "" };
    writeln!(sheet, "\n{title} ({}{preferred})", action["kind"].as_str().unwrap()).unwrap();
    if let Some(reason) = action["disabled"]["reason"].as_str() {
        return writeln!(sheet, "  disabled: {reason}").unwrap();
    }
    let response = client.ask("codeAction/resolve", action.clone());
    let resolved = match response.response_result {
        Ok(resolved) => resolved,
        Err(error) => return writeln!(sheet, "  refused: {}", error.message).unwrap(),
    };
    let before_findings = findings(client);
    let (files, placeholder) = edited(client, &resolved["edit"]);
    let mut olds = Vec::new();
    for (path, after) in &files {
        let old = fs::read_to_string(client.folder.path().join(path)).ok();
        writeln!(sheet, "  {path}{}", if old.is_none() { " (new)" } else { "" }).unwrap();
        difference(sheet, old.as_deref().unwrap_or_default(), after);
        if old.as_ref().is_none_or(|old| format(old).text == *old) {
            assert_eq!(format(after).text, *after, "`{title}` leaves the style");
        }
        let is_open = old.is_some() && client.is_open(path);
        if is_open {
            client.change(path, None, after);
        } else {
            client.write(path, after);
        }
        olds.push((path.clone(), old, is_open));
    }
    if let Some(word) = placeholder {
        writeln!(sheet, "  waits: {word}").unwrap();
    }
    let after_findings = findings(client);
    if action["kind"] == "quickfix" {
        let mended = action["diagnostics"].as_array().into_iter().flatten();
        for message in mended.map(|it| it["message"].as_str().unwrap().lines().next().unwrap()) {
            let count = |all: &[String]| all.iter().filter(|it| it.contains(message)).count();
            assert!(count(&after_findings) < count(&before_findings), "`{title}` leaves what it mends: {message}");
        }
        let errors = |all: &[String]| all.iter().filter(|it| it.starts_with("error")).count();
        assert!(errors(&after_findings) <= errors(&before_findings), "`{title}` makes a mistake: {after_findings:#?}");
    }
    let gone = before_findings.iter().filter(|it| !after_findings.contains(it));
    gone.for_each(|it| writeln!(sheet, "  gone: {it}").unwrap());
    let come = after_findings.iter().filter(|it| !before_findings.contains(it));
    come.for_each(|it| writeln!(sheet, "  come: {it}").unwrap());
    for (path, old, is_open) in olds {
        match old {
            Some(old) if is_open => client.change(&path, None, &old),
            Some(old) => client.write(&path, &old),
            None => client.delete(&path),
        }
    }
}

#[test]
fn are_offered_where_they_help() {
    insta::glob!("actions/*.txt", |path| {
        let fixture = fs::read_to_string(path).unwrap();
        let (mut client, cursor, end) = start(&fixture, &everything());
        let params = params(&client, &cursor, end, None);
        let mut sheet = fixture;
        for number in 0.. {
            // Each is for the text as it is now.
            let actions = client.request("textDocument/codeAction", params.clone());
            let Some(action) = actions.as_array().unwrap().get(number) else { break };
            show(&mut client, action, &mut sheet);
        }
        insta::assert_snapshot!(sheet);
        assert_eq!(client.end(), archc::lsp::Ended::Properly);
    });
}

const SLIPS: &str = "\
architecture lake {
  external crm
  service raw$0: aws.s3 { retenton: 90 d }
  service s: aws.lamda
  crm -> raw via aws.appflow
  raw => sx
}
";

#[test]
fn all_sure_fixes_of_a_file_are_one_action_for_who_asks() {
    let (mut client, cursor, end) = start(SLIPS, &everything());
    let all = params(&client, &cursor, end, Some(json!(["source"])));
    let actions = client.request("textDocument/codeAction", all);
    let [action] = actions.as_array().unwrap().as_slice() else { panic!("{actions}") };
    assert_eq!(action["kind"], "source.fixAll.archc");
    let resolved = client.request("codeAction/resolve", action.clone());
    let (files, _) = edited(&client, &resolved["edit"]);
    insta::assert_snapshot!(files["main.arch"], @r"
    architecture lake {
      external crm
      service raw: aws.s3 { retention = 90 d }
      service s: aws.lambda
      crm -> raw via aws.appflow
      raw => sx
    }
    ");
    let none = params(&client, &cursor, end, None);
    let actions = client.request("textDocument/codeAction", none);
    assert!(!actions.to_string().contains("source.fixAll"), "{actions}");
}

/// The same title at the same place would mean other elements.
#[test]
fn an_action_is_for_the_text_that_it_was_offered_for() {
    let text = "architecture a {\n$0  service api: aws.lambda\n  service db: aws.s3\n$1  api -> db\n}\n";
    let (mut client, cursor, end) = start(text, &everything());
    let extract = params(&client, &cursor, end, Some(json!(["refactor.extract"])));
    let offered = client.request("textDocument/codeAction", extract.clone())[0].clone();
    let resolved = client.request("codeAction/resolve", offered.clone());
    let document = &resolved["edit"]["documentChanges"][0]["textDocument"];
    assert_eq!(*document, json!({ "uri": client.uri("main.arch"), "version": 1 }));
    let more = "  service x: aws.lambda\n  service y: aws.s3\n";
    let at = position(&cursor.text, cursor.offset);
    client.change("main.arch", Some(json!({ "start": at, "end": at })), more);
    let refused = client.ask("codeAction/resolve", offered).response_result.unwrap_err();
    assert_eq!((refused.code, refused.message.as_str()), (-32801, "the text has changed since the action was offered"));
}

#[test]
fn only_the_kinds_that_are_asked_for_are_offered() {
    let (mut client, cursor, end) = start(SLIPS, &everything());
    let mut kinds = |only: &str| {
        let params = params(&client, &cursor, end, Some(json!([only])));
        let actions = client.request("textDocument/codeAction", params);
        let kinds = actions.as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap().to_owned());
        kinds.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(kinds("refactor"), "refactor.rewrite");
    assert_eq!(kinds("refactor.extract"), "");
    assert_eq!(kinds("source.organizeImports"), "");
    assert_eq!(kinds("source.fixAll"), "source.fixAll.archc");
}

#[test]
fn a_client_gets_no_more_than_it_can_take() {
    let fixture = fs::read_to_string("tests/archc/lsp/actions/owner.txt").unwrap();
    // Nothing but literal actions: no snippets, no versions, no lazy edits.
    let plain = json!({ "textDocument": { "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } } } });
    let (mut client, cursor, end) = start(&fixture, &plain);
    let all = params(&client, &cursor, end, None);
    let actions = client.request("textDocument/codeAction", all);
    let text = actions.to_string();
    assert!(text.contains("\"changes\""), "{text}");
    for word in ["snippet", "isPreferred", "documentChanges", "\"data\""] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    // A client that only knows commands gets nothing that it would not understand.
    let (mut client, cursor, end) = start(&fixture, &json!({}));
    let all = params(&client, &cursor, end, None);
    assert_eq!(client.request("textDocument/codeAction", all), Value::Null);
}

#[test]
fn a_client_that_renames_is_told_to_where_a_name_was_made_up() {
    let group = fs::read_to_string("tests/archc/lsp/actions/extract_comments.txt").unwrap();
    let mut capabilities = everything();
    capabilities["textDocument"]["codeAction"]["resolveSupport"]["properties"] = json!(["edit", "command"]);
    let options = json!({ "commands": ["archc.rename"] });
    let text = group.replace("$1", "").replace("$0", "");
    let (start, end) = (group.find("$0").unwrap(), group.find("$1").unwrap() - 2);
    let (mut client, _) = Client::start_as(&text, &capabilities, &options);
    client.open("main.arch");
    let cursor = Cursor { path: "main.arch".to_owned(), offset: start, text };
    let all = params(&client, &cursor, end, Some(json!(["refactor.extract"])));
    for number in 0..2 {
        let actions = client.request("textDocument/codeAction", all.clone());
        let action = &actions[number];
        let resolved = client.request("codeAction/resolve", action.clone());
        let (files, placeholder) = edited(&client, &resolved["edit"]);
        assert_eq!(placeholder, None, "one of both asks for the name");
        let after = &files["main.arch"];
        let command = &resolved["command"];
        assert_eq!(command["command"], "archc.rename");
        assert_eq!(command["arguments"][0], client.uri("main.arch").as_str());
        let at = offset(after, &command["arguments"][1]);
        let word = &after[at..];
        assert!(word.starts_with("zone {") || word.starts_with("part as part"), "{word}");
        // The name at this place can be changed.
        client.change("main.arch", None, after);
        let place = json!({ "textDocument": { "uri": command["arguments"][0] }, "position": command["arguments"][1] });
        assert!(client.request("textDocument/prepareRename", place).is_object());
        client.change("main.arch", None, &cursor.text);
    }
}
