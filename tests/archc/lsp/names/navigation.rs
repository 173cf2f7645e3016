//! Navigation beyond names: what ships, neighbours, links, and clients that understand less.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use super::capabilities;
use crate::lsp::client::{Client, Cursor, range};

const LAKE: &str = "\
architecture lake \"Lake\" {
  external apps \"Apps\"
  service raw: $0aws.s3 \"Raw\"
  apps -> raw via aws.appflow
}
";

fn opened(fixture: &str) -> (Client, Cursor) {
    let (mut client, cursor) = Client::start_with(fixture, &capabilities());
    let cursor = cursor.unwrap();
    client.open(&cursor.path);
    (client, cursor)
}

// ---- What ships -------------------------------------------------------------------------------------------------------

#[test]
fn what_ships_is_opened_from_a_read_only_file() {
    let (mut client, cursor) = opened(LAKE);
    let found = client.ask_at("textDocument/definition", &cursor);
    let uri = found[0]["targetUri"].as_str().unwrap().to_owned();
    assert_eq!(client.path(&uri), "cache:/catalog/aws/s3.arch");
    let path = url::Url::parse(&uri).unwrap().to_file_path().unwrap();
    assert!(fs::metadata(&path).unwrap().permissions().readonly());
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, include_str!("../../../../src/catalog/aws/s3.arch"));
    // A look at it from inside: names lead on, and it is nobody's workspace.
    let item = json!({ "uri": uri, "languageId": "arch", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    client.settle();
    assert!(client.diagnostics.keys().all(|path| !path.starts_with("cache:")), "{:?}", client.diagnostics);
    let wire = text.find("aws.s3 -> ").or_else(|| text.find("-> aws.s3")).unwrap();
    let at = text[wire..].find("aws.s3").unwrap() + wire;
    let position = crate::lsp::client::position(&text, at);
    let found =
        client.request("textDocument/definition", json!({ "textDocument": { "uri": uri }, "position": position }));
    assert_eq!(client.path(found[0]["targetUri"].as_str().unwrap()), "cache:/catalog/aws/s3.arch");
    let all =
        json!({ "textDocument": { "uri": uri }, "position": position, "context": { "includeDeclaration": true } });
    let all = client.request("textDocument/references", all);
    let paths: Vec<String> =
        all.as_array().unwrap().iter().map(|it| client.path(it["uri"].as_str().unwrap())).collect();
    assert!(paths.contains(&"main.arch".to_owned()) && paths.contains(&"cache:/catalog/aws/s3.arch".to_owned()));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    client.settle();
    assert!(client.findings("main.arch").is_empty());
}

#[test]
fn without_a_place_to_write_to_what_ships_is_not_opened() {
    let (mut client, cursor) = opened(LAKE);
    fs::write(client.cache.path().join("archc"), "in the way").unwrap();
    assert_eq!(client.ask_at("textDocument/definition", &cursor), Value::Null);
    assert_eq!(client.ask_at("textDocument/typeDefinition", &cursor), Value::Null);
}

#[test]
fn a_file_that_somebody_changed_is_written_anew() {
    let (mut client, cursor) = opened(LAKE);
    let folder = client.cache.path().join("archc").join(env!("CARGO_PKG_VERSION")).join("catalog/aws");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("s3.arch"), "kind other").unwrap();
    client.ask_at("textDocument/definition", &cursor);
    assert_eq!(
        fs::read_to_string(folder.join("s3.arch")).unwrap(),
        include_str!("../../../../src/catalog/aws/s3.arch")
    );
}

#[test]
fn the_code_of_a_rule_leads_to_its_page() {
    let (mut client, cursor) = opened("architecture a {\n  @allow(kind/$0missing, \"soon\")\n  service x\n}\n");
    let found = client.ask_at("textDocument/definition", &cursor);
    let uri = found["uri"].as_str().unwrap();
    assert_eq!(client.path(uri), "cache:/rules/kind/missing.md");
    let page = fs::read_to_string(url::Url::parse(uri).unwrap().to_file_path().unwrap()).unwrap();
    assert!(page.starts_with("# kind/missing\n"), "{page}");
}

#[test]
fn what_ships_is_found_from_a_pattern_too() {
    let fixture = "architecture a {\n  external web\n  use data_lake($0crm = web) as lake\n  lake.raw -> web\n}\n";
    let (mut client, cursor) = opened(fixture);
    let found = client.ask_at("textDocument/definition", &cursor);
    assert_eq!(client.path(found[0]["targetUri"].as_str().unwrap()), "cache:/catalog/patterns/data_lake.arch");
    let raw = Cursor { offset: cursor.text.find("raw").unwrap(), ..cursor };
    let found = client.ask_at("textDocument/definition", &raw);
    assert_eq!(client.path(found[0]["targetUri"].as_str().unwrap()), "cache:/catalog/patterns/data_lake.arch");
}

// ---- Clients that understand less -------------------------------------------------------------------------------------

#[test]
fn a_client_without_links_and_versions_gets_locations_and_changes() {
    let (mut client, cursor) = Client::start_with("architecture a {\n  external $0web\n}\n", &json!({}));
    let cursor = cursor.unwrap();
    client.open("main.arch");
    let found = client.ask_at("textDocument/definition", &cursor);
    assert_eq!(client.path(found[0]["uri"].as_str().unwrap()), "main.arch");
    assert_eq!(range(&found[0]["range"]), "2:12-2:15");
    let mut params = client.at(&cursor);
    params["newName"] = json!("site");
    let edit = client.request("textDocument/rename", params);
    let edits = &edit["changes"][client.uri("main.arch")];
    assert_eq!(range(&edits[0]["range"]), "2:12-2:15");
    assert_eq!(edits[0]["newText"], "site");
}

#[test]
fn edits_tell_the_version_of_what_is_open() {
    let (mut client, cursor) = opened(
        "//- a.arch\narchitecture a {\n  external $0web\n}\n//- b.arch\nextend a {\n  service x: aws.s3\n  web -> x via aws.appflow\n}\n",
    );
    let mut params = client.at(&cursor);
    params["newName"] = json!("site");
    let edit = client.request("textDocument/rename", params);
    let versions: Vec<(String, &Value)> = edit["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (client.path(it["textDocument"]["uri"].as_str().unwrap()), &it["textDocument"]["version"]))
        .collect();
    assert_eq!(versions, [("a.arch".to_owned(), &json!(1)), ("b.arch".to_owned(), &Value::Null)]);
}

// ---- Highlights, neighbours, links ------------------------------------------------------------------------------------

#[test]
fn places_that_say_something_of_an_element_are_written_to() {
    let fixture = "architecture a {\n  external web\n  service $0raw: aws.s3\n  web -> raw via aws.appflow\n  environment e { raw.retention = 1 d }\n}\n";
    let (mut client, cursor) = opened(fixture);
    let found = client.ask_at("textDocument/documentHighlight", &cursor);
    let found: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}", range(&it["range"]), if it["kind"] == 3 { "write" } else { "read" }))
        .collect();
    assert_eq!(found, ["3:11-3:14 write", "4:10-4:13 read", "5:19-5:22 write"]);
}

const STREAMS: &str = "\
//- main.arch
pattern stream_archive(source: external) {
  service stream: aws.kinesis.stream
  service archive: aws.s3
  source -> stream -> archive via delivery: aws.firehose
}
architecture shop {
  external web
  external app
  use stream_archive(web) as clicks
  use stream_archive(app) as taps
  person analysts
  clicks.archive, taps.archive -> analysts via aws.athena
  service watch: aws.cloudwatch
  clicks.stream ~> watch
}
//- more.arch
extend shop {
  service check: aws.lambda
  clicks.stream -> check
}
";

/// What is at a place, what leads there and where it leads, as it is told.
fn neighbours(at: &str) -> String {
    let fixture = STREAMS.replacen(at, &format!("$0{at}"), 1);
    let (mut client, cursor) = opened(&fixture);
    let items = client.ask_at("textDocument/prepareCallHierarchy", &cursor);
    let mut told = String::new();
    for item in items.as_array().into_iter().flatten() {
        let shown = |client: &Client, it: &Value| {
            let path = client.path(it["uri"].as_str().unwrap());
            format!(
                "{} ({}) {path} {}",
                it["name"].as_str().unwrap(),
                it["detail"].as_str().unwrap(),
                range(&it["selectionRange"])
            )
        };
        writeln!(told, "{}", shown(&client, item)).unwrap();
        for (method, end, sign) in [("incomingCalls", "from", "<-"), ("outgoingCalls", "to", "->")] {
            let calls = client.request(&format!("callHierarchy/{method}"), json!({ "item": item }));
            for call in calls.as_array().unwrap() {
                let ranges: Vec<String> = call["fromRanges"].as_array().unwrap().iter().map(range).collect();
                writeln!(told, "  {sign} {} at {}", shown(&client, &call[end]), ranges.join(", ")).unwrap();
            }
        }
    }
    told
}

#[test]
fn neighbours_of_an_element_in_each_instance() {
    insta::assert_snapshot!(neighbours("stream: aws.kinesis.stream"));
}

#[test]
fn neighbours_go_through_carriers() {
    insta::assert_snapshot!(neighbours("analysts\n"));
}

#[test]
fn a_carrier_without_a_name_is_found_at_its_kind() {
    insta::assert_snapshot!(neighbours("aws.athena"));
}

#[test]
fn links_lead_to_addresses_files_and_headings() {
    let fixture = "\
//- archc.toml
decisions = [\"decisions\"]
//- docs/run.md
# Run

## When it stops
//- decisions/0001-one.md
# 1. One

See [the runbook](../docs/run.md#when-it-stops), [below](#status), [gone](gone.md) and <https://example.com/one>.
Not followed: [run](command:workbench.action.terminal.new), <vscode://x>, [x][x], [up](../../outside.md).

[x]: javascript:alert(1)

## Status

Accepted
//- main.arch
//! [The runbook](docs/run.md)
/// [run](command:a.b) <command:foo> [b](javascript:alert(1)) [c](data:text/html,x) [d](file:///etc/passwd) <a@example.com>
/// See [how](docs/run.md#when-it-stops), [the web](https://example.com), [numbers](#numbers) and [nothing](nothing.md).
///
/// # Numbers
architecture a {
  links = [\"https://example.com/dash\", \"docs/run.md\", \"docs/none.md\", \"#help\"]
  external web { tags = [x], owner = \"docs/run.md\", links = \"mailto:web@example.com\" }
}
";
    let (mut client, _) = Client::start_with(fixture, &capabilities());
    let mut told = String::new();
    for path in ["decisions/0001-one.md", "main.arch"] {
        client.open(path);
        let text = client.read(path);
        let links = client.request("textDocument/documentLink", json!({ "textDocument": { "uri": client.uri(path) } }));
        writeln!(told, "{path}").unwrap();
        for link in links.as_array().unwrap() {
            let line = usize::try_from(link["range"]["start"]["line"].as_u64().unwrap()).unwrap();
            let columns =
                ["start", "end"].map(|end| usize::try_from(link["range"][end]["character"].as_u64().unwrap()).unwrap());
            let named = &text.lines().nth(line).unwrap()[columns[0]..columns[1]];
            let target = client.path(link["target"].as_str().unwrap());
            writeln!(told, "  {} `{named}` -> {target}", range(&link["range"])).unwrap();
        }
    }
    insta::assert_snapshot!(told);
}
