//! Documents: versions, places that are not there, line ends, encodings, and texts of all sizes.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use archc::lsp::Ended;
use serde_json::{Value, json};

use super::client::Client;

/// A client that counts in UTF-16, as most do.
fn utf16(fixture: &str) -> Client {
    let capabilities = json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
    });
    Client::start_with(fixture, &capabilities).0
}

fn place(start: (u32, u32), end: (u32, u32)) -> Value {
    let position = |(line, character): (u32, u32)| json!({ "line": line, "character": character });
    json!({ "start": position(start), "end": position(end) })
}

/// What the server has for the text of a document: formatting tells of all of it that is not in the one style.
fn text(client: &mut Client, path: &str) -> String {
    let uri = client.uri(path);
    let whole = client.request(
        "textDocument/selectionRange",
        json!({ "textDocument": { "uri": uri }, "positions": [{ "line": 0, "character": 0 }] }),
    );
    let mut outermost = &whole[0];
    while !outermost["parent"].is_null() {
        outermost = &outermost["parent"];
    }
    super::client::range(&outermost["range"])
}

fn symbols(client: &mut Client, uri: &str) -> Vec<String> {
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let line =
        |it: &Value| format!("{} {}", it["name"].as_str().unwrap(), super::client::range(&it["location"]["range"]));
    symbols.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn an_older_version_is_refused() {
    let mut client = utf16("architecture a {\n}\n");
    client.open("main.arch");
    let uri = client.uri("main.arch");
    let change = |version: i32, text: &str| {
        json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "text": text }],
        })
    };
    client.notify("textDocument/didChange", change(7, "architecture b {\n}\n"));
    client.notify("textDocument/didChange", change(3, "architecture c {\n}\n"));
    client.settle();
    assert_eq!(client.log(), [format!("textDocument/didChange: version 3 of `{uri}` comes after version 7")]);
    assert_eq!(symbols(&mut client, &uri), ["b 1:14-1:15"]);
}

#[test]
fn opening_twice_and_closing_twice_is_no_harm() {
    let mut client = utf16("architecture a {\n}\n");
    let uri = client.uri("main.arch");
    client.open("main.arch");
    client.open_as("main.arch", "architecture twice {\n}\n");
    assert_eq!(symbols(&mut client, &uri), ["twice 1:14-1:19"]);
    client.close("main.arch");
    client.close("main.arch");
    assert_eq!(client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } })), Value::Null);
    let found = client.request("workspace/symbol", json!({ "query": "a" }));
    assert_eq!(found[0]["name"], "a", "what was not saved is gone: {found}");
}

#[test]
fn places_that_are_not_there_are_the_nearest_that_are() {
    let mut client = utf16("");
    client.open_as("main.arch", "architecture a {\n  // 🚀x\n}\n");
    let uri = client.uri("main.arch");
    // Beyond the end of a line, and beyond the last line.
    client.change("main.arch", Some(place((1, 900), (1, 950))), "y");
    client.change("main.arch", Some(place((90, 9), (91, 0))), "architecture z {\n}");
    assert_eq!(symbols(&mut client, &uri), ["a 1:14-1:15", "z 4:14-4:15"]);
    // Backwards.
    client.change("main.arch", Some(place((3, 14), (3, 13))), "omega");
    assert_eq!(symbols(&mut client, &uri), ["a 1:14-1:15", "omega 4:14-4:19"]);
    // In the middle of a character of two units: it is replaced as a whole, or not at all.
    client.change("main.arch", Some(place((1, 6), (1, 7))), "\n  service s\n  //");
    assert_eq!(symbols(&mut client, &uri), ["a 1:14-1:15", "s 3:11-3:12", "omega 6:14-6:19"]);
    assert_eq!(text(&mut client, "main.arch"), "1:1-7:2");
    let largest = u32::MAX >> 1;
    client.change("main.arch", Some(place((0, 0), (largest, largest))), "");
    assert_eq!(text(&mut client, "main.arch"), "1:1-1:1");
}

#[test]
fn positions_count_as_the_client_does() {
    let line = "architecture a { external e \"🚀é\", service s }\n";
    for (encodings, encoding, column) in [
        (json!(["utf-16"]), "utf-16", 44),
        (json!(["utf-8", "utf-16"]), "utf-8", 47),
        (json!(["utf-32"]), "utf-32", 43),
        (json!([]), "utf-16", 44),
        (json!(["klingon"]), "utf-16", 44),
    ] {
        let capabilities = json!({
            "general": { "positionEncodings": encodings },
            "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        });
        let (mut client, _) = Client::start_with(line, &capabilities);
        client.open("main.arch");
        assert_eq!(client.capabilities["positionEncoding"], encoding);
        let uri = client.uri("main.arch");
        assert_eq!(symbols(&mut client, &uri)[2], format!("s 1:{column}-1:{}", column + 1), "{encoding}");
    }
}

#[test]
fn lines_end_in_all_ways() {
    let mut client = utf16("");
    let uri = client.uri("main.arch");
    for end in ["\n", "\r\n", "\r"] {
        let lines =
            ["\u{feff}architecture a {", "  // why", "  service s", "  group g {", "    service t", "  }", "}", ""];
        client.open_as("main.arch", &lines.join(end));
        assert_eq!(symbols(&mut client, &uri), ["a 1:15-1:16", "s 3:11-3:12", "g 4:9-4:10", "t 5:13-5:14"], "{end:?}");
        // A change in the middle comes where the client means it.
        client.change("main.arch", Some(place((4, 12), (4, 13))), "🚀");
        client.change("main.arch", Some(place((4, 12), (4, 14))), "u");
        assert_eq!(symbols(&mut client, &uri)[3], "u 5:13-5:14", "{end:?}");
        let folds = client.request("textDocument/foldingRange", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(folds.as_array().unwrap().len(), 2, "{end:?} {folds}");
    }
}

#[test]
fn what_is_no_file_is_a_project_of_its_own() {
    let mut client = utf16("architecture shop {\n  service orders: aws.sqs\n  service all: aws.sqs\n}\n");
    let odd = [
        "untitled:Untitled-1",
        "untitled:/some/where/a.arch",
        "file:///nowhere/at%20all/%C3%BC.arch",
        "file:///c%3A/Users/somebody/a.arch",
        "vscode-notebook-cell:/a#b",
        "git:/a.arch?ref=HEAD",
    ];
    for uri in odd {
        client.open_uri(uri, "architecture alone {\n  service orders\n  orders -> all\n}\n");
        // Nothing of the folder is known there.
        assert!(
            client.findings(uri).iter().any(|it| it.contains("no element `all`")),
            "{uri}: {:?}",
            client.diagnostics
        );
        assert_eq!(symbols(&mut client, uri).len(), 2);
    }
    for uri in odd {
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        client.settle();
        assert_eq!(client.findings(uri), Vec::<String>::new(), "{uri}");
    }
}

#[test]
fn another_spelling_of_a_uri_is_the_same_file() {
    let mut client = utf16("//- a (b)/main.arch\narchitecture shop {\n  a -> b\n}\n");
    let spelled = client.uri("a (b)/main.arch").replace('(', "%28").replace(')', "%29");
    client.open_uri(&spelled, "architecture shop {\n  external a\n  a -> b\n}\n");
    let path = client.path(&spelled);
    assert_eq!(client.findings(&path).len(), 1, "{:?}", client.diagnostics);
    assert_eq!(client.diagnostics.iter().filter(|(_, all)| **all != json!([])).count(), 1, "{:?}", client.diagnostics);
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": spelled } }));
    assert_eq!(symbols.as_array().unwrap().len(), 2);
}

/// Answers name a document as its client does, and edits are for the version that it has.
#[test]
fn answers_spell_a_uri_as_the_client_does() {
    let capabilities = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let text = "architecture shop {\n  external web\n  external old\n  web -> old\n}\n";
    let (mut client, _) = Client::start_with(&format!("//- (x)/main.arch\n{text}"), &capabilities);
    let spelled = client.uri("(x)/main.arch").replace("(x)", "%28x%29").replace("main", "%6Dain");
    client.open_uri(&spelled, text);
    let at = json!({ "textDocument": { "uri": spelled }, "position": { "line": 1, "character": 12 } });
    let mut asked = at.clone();
    asked["context"] = json!({ "includeDeclaration": true });
    let found = client.request("textDocument/references", asked);
    let uris: Vec<&str> = found.as_array().unwrap().iter().map(|it| it["uri"].as_str().unwrap()).collect();
    assert_eq!(uris, [spelled.as_str(), &spelled]);
    let mut asked = at;
    asked["newName"] = json!("page");
    let edit = client.request("textDocument/rename", asked);
    assert_eq!(edit["documentChanges"][0]["textDocument"], json!({ "uri": spelled, "version": 1 }));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": spelled } }));
    client.settle();
    client.open("(x)/main.arch");
    assert!(client.findings("(x)/main.arch").is_empty() == client.findings(&client.path(&spelled)).is_empty());
}

#[test]
fn a_file_that_is_no_text_is_told_and_mended() {
    let (mut client, _) = Client::start("//- main.arch\narchitecture a {\n}\n//- bad.arch\n//\n");
    std::fs::write(client.folder.path().join("bad.arch"), b"// fine\n// \xff\n").unwrap();
    client.watched("bad.arch", 2);
    insta::assert_debug_snapshot!(client.findings("bad.arch"));
    client.open_as("bad.arch", "architecture b {\n}\n");
    assert!(!client.findings("bad.arch").iter().any(|it| it.contains("UTF-8")));
    client.close("bad.arch");
    assert_eq!(client.findings("bad.arch").len(), 1);
    client.write("bad.arch", "// fine\n");
    assert_eq!(client.findings("bad.arch"), Vec::<String>::new());
}

/// All that can be asked of a document.
fn ask_everything(client: &mut Client, uri: &str) {
    let document = json!({ "uri": uri });
    let whole = place((0, 0), (9, 9));
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    for (method, params) in [
        ("textDocument/documentSymbol", json!({ "textDocument": document })),
        ("textDocument/foldingRange", json!({ "textDocument": document })),
        ("textDocument/semanticTokens/full", json!({ "textDocument": document })),
        ("textDocument/semanticTokens/range", json!({ "textDocument": document, "range": whole })),
        (
            "textDocument/selectionRange",
            json!({ "textDocument": document, "positions": [{ "line": 0, "character": 200 }] }),
        ),
        ("textDocument/rangeFormatting", json!({ "textDocument": document, "range": whole, "options": options })),
        (
            "textDocument/onTypeFormatting",
            json!({ "textDocument": document, "position": { "line": 0, "character": 99 }, "ch": "}", "options": options }),
        ),
        ("workspace/symbol", json!({ "query": "a" })),
    ] {
        assert!(!client.request(method, params).is_null(), "{method}");
    }
}

#[test]
fn a_line_of_ten_megabytes_has_answers() {
    let mut client = utf16("");
    let line =
        format!("architecture a {{ external e \"{}\", e -> e }} // {}", "🚀".repeat(400_000), "x".repeat(8_400_000));
    assert!(line.len() >= 10_000_000);
    client.open_as("main.arch", &line);
    let uri = client.uri("main.arch");
    ask_everything(&mut client, &uri);
    assert_eq!(client.findings("main.arch").len(), 1);
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn nesting_of_ten_thousand_has_answers() {
    let mut client = utf16("");
    for unit in ["group g { ", "a = [", "(", "\"\"\"", "@allow(", "service s {\n", "}", "/// [a](b\n"] {
        client.open_as("main.arch", &format!("architecture a {{ {}", unit.repeat(10_000)));
        let uri = client.uri("main.arch");
        ask_everything(&mut client, &uri);
        client.close("main.arch");
    }
    assert_eq!(client.end(), Ended::Properly);
}
