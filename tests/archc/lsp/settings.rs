//! The editor's settings, and what is written into `archc.toml`.

use std::fmt::Write as _;

use lsp_server::{Message, Response};
use serde_json::{Value, json};

use super::client::{Client, position};
use super::shop::everything;

const FILES: &str = "\
//- main.arch
architecture shop \"Shop\" {
  external web \"Web\"
  service orders: aws.sqs
  web -> orders
}
//- docs/adr/0001-queue.md
# Use a queue
//- docs/overview.md
# Overview
//- prices/ours.toml
//- archc.toml
";

/// What is offered at the cursor of some settings, and what becomes of the line with the first of it.
fn offered(client: &mut Client, settings: &str) -> String {
    let at = settings.find("$0").unwrap();
    let text = settings.replacen("$0", "", 1);
    client.change("archc.toml", None, &text);
    let params = json!({ "textDocument": { "uri": client.uri("archc.toml") }, "position": position(&text, at) });
    let list = client.request("textDocument/completion", params);
    let mut shown = format!("{settings}\n");
    for item in list["items"].as_array().unwrap().iter().take(6) {
        let edit = &item["textEdit"];
        let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
        let line = text.lines().nth(usize::try_from(start["line"].as_u64().unwrap()).unwrap()).unwrap_or_default();
        let column = |at: &Value| usize::try_from(at["character"].as_u64().unwrap()).unwrap();
        let taken = format!("{}{}{}", &line[..column(start)], edit["newText"].as_str().unwrap(), &line[column(end)..]);
        writeln!(
            shown,
            "  {} · {}\n    => {taken}",
            item["label"].as_str().unwrap(),
            item["detail"].as_str().unwrap_or("-")
        )
        .unwrap();
    }
    shown
}

#[test]
fn what_can_stand_in_them_is_offered() {
    let (mut client, _) = Client::start(FILES);
    client.open("main.arch");
    client.open("archc.toml");
    let cases = [
        "$0",
        "name = \"Shop\"\n$0",
        "[$0",
        "[rules]\n$0",
        "[rules]\n\"store/$0\"",
        "[rules]\n\"store/never-read\" = $0",
        "[rules]\n\"store/never-read\" = \"o$0\"",
        "[diagram]\nstyle = \"$0\"",
        "decisions = [$0]",
        "decisions = [\"docs/$0\"]",
        "[docs]\ntopics = $0",
        "[prices]\nfiles = [\"$0\"]",
        "# na$0",
    ];
    let shown: Vec<String> = cases.iter().map(|case| offered(&mut client, case)).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

/// Answers what the server has asked of the client's settings last.
fn answer(client: &mut Client, section: &Value) {
    let asked = client.requests.iter().rfind(|it| it.method == "workspace/configuration").unwrap();
    assert_eq!(asked.params, json!({ "items": [{ "section": "archc" }] }));
    let response = Response::new_ok(asked.id.clone(), json!([section]));
    client.connection().sender.send(Message::Response(response)).unwrap();
    client.requests.clear();
    client.settle();
}

#[test]
fn those_of_the_editor_are_asked_for() {
    let mut capabilities = everything();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    let (mut client, _) = Client::start_with(super::shop::SHOP, &capabilities);
    client.open("shop.arch");
    let registered = client.requests.iter().find(|it| it.method == "client/registerCapability").unwrap();
    assert!(registered.params.to_string().contains("workspace/didChangeConfiguration"), "{}", registered.params);
    let lenses = |client: &mut Client| {
        let params = json!({ "textDocument": { "uri": client.uri("shop.arch") } });
        client.request("textDocument/codeLens", params).as_array().unwrap().len()
    };
    assert!(lenses(&mut client) > 0);
    answer(&mut client, &json!({ "codeLens": false }));
    assert_eq!(lenses(&mut client), 0);
    // That something has changed is told without what it is.
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    client.settle();
    answer(&mut client, &json!({ "codeLens": true }));
    assert!(lenses(&mut client) > 0);
    // A client that has none says so.
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    client.settle();
    answer(&mut client, &Value::Null);
    assert!(lenses(&mut client) > 0);
}

const TWO: &str = "\
//- main.arch
architecture shop \"Shop\" {
  external web \"Web\" { emits = 5/s of 1 KB }
  service orders: aws.sqs
  web -> orders
}
//- more.arch
extend shop {
  service worker: aws.lambda { memory = 512 MB, duration = 80 ms }
  orders -> worker
}
";

#[test]
fn what_another_file_changes_is_shown_anew() {
    let (mut client, _) = Client::start_with(TWO, &everything());
    client.open("main.arch");
    client.open("more.arch");
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    for path in ["main.arch", "more.arch"] {
        let document = json!({ "uri": client.uri(path) });
        client.request("textDocument/inlayHint", json!({ "textDocument": document, "range": whole }));
        client.request("textDocument/codeLens", json!({ "textDocument": document }));
    }
    // That all is there may be news to what was asked for first.
    client.asked_in_a_pause();
    client.requests.clear();
    let text = client.read("main.arch");
    client.change("main.arch", None, &text.replace("5/s", "500/s"));
    client.wait_for_requests(&["workspace/inlayHint/refresh", "workspace/codeLens/refresh"]);
}

#[test]
fn what_is_edited_alone_is_asked_for_anyway() {
    let (mut client, _) = Client::start_with(TWO, &everything());
    client.open("main.arch");
    let document = json!({ "uri": client.uri("main.arch") });
    client.request("textDocument/codeLens", json!({ "textDocument": document }));
    // That all is there may be news to what was asked for first.
    client.asked_in_a_pause();
    let text = client.read("main.arch");
    client.change("main.arch", None, &text.replace("5/s", "500/s"));
    client.settle();
    assert_eq!(client.asked_in_a_pause(), [""; 0]);
}
