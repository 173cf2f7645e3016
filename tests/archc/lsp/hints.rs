//! What an editor shows between the words.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::{Client, position};
use super::shop::{everything, start};

fn ask(client: &mut Client, path: &str, lines: std::ops::Range<usize>) -> Vec<Value> {
    let range =
        json!({ "start": { "line": lines.start, "character": 0 }, "end": { "line": lines.end, "character": 0 } });
    let params = json!({ "textDocument": { "uri": client.uri(path) }, "range": range });
    client.request("textDocument/inlayHint", params).as_array().unwrap().clone()
}

/// The text with the hints in it, as people see it.
fn shown(client: &mut Client, path: &str) -> String {
    let text = client.read(path);
    let hints = ask(client, path, 0..text.lines().count());
    let mut all = String::new();
    for (number, line) in text.lines().enumerate() {
        let mut line = line.to_owned();
        let here = hints.iter().filter(|hint| hint["position"]["line"] == json!(number));
        for hint in here.rev() {
            let at = usize::try_from(hint["position"]["character"].as_u64().unwrap()).unwrap();
            line.insert_str(at, &format!(" ‹{}›", hint["label"].as_str().unwrap()));
        }
        let _ = writeln!(all, "{line}");
    }
    all
}

#[test]
fn stand_between_the_words() {
    insta::assert_snapshot!(shown(&mut start(&Value::Null), "shop.arch"));
}

#[test]
fn are_none_in_patterns() {
    let mut client = start(&Value::Null);
    assert_eq!(shown(&mut client, "patterns.arch"), client.read("patterns.arch"));
}

#[test]
fn say_how_they_came_about() {
    let mut client = start(&Value::Null);
    let hints = ask(&mut client, "shop.arch", 0..40);
    let tooltip = |hint: &Value| {
        format!("‹{}›\n{}\n", hint["label"].as_str().unwrap(), hint["tooltip"]["value"].as_str().unwrap())
    };
    insta::assert_snapshot!(hints.iter().map(tooltip).collect::<Vec<_>>().join("\n"));
}

#[test]
fn are_those_of_the_range() {
    let mut client = start(&Value::Null);
    let text = client.read("shop.arch");
    let line = position(&text, text.find("service worker").unwrap())["line"].as_u64().unwrap();
    let line = usize::try_from(line).unwrap();
    let hints = ask(&mut client, "shop.arch", line..line + 1);
    assert!(!hints.is_empty() && hints.iter().all(|hint| hint["position"]["line"] == json!(line)), "{hints:?}");
}

#[test]
fn are_switched_by_settings() {
    let mut client = start(&json!({ "inlayHints": { "cost": false, "defaults": false } }));
    let only_loads = shown(&mut client, "shop.arch");
    assert!(only_loads.contains("KB/s›") || only_loads.contains("MB/s›"), "{only_loads}");
    assert!(!only_loads.contains("/month›") && !only_loads.contains(" = 128"), "{only_loads}");
    client.requests.clear();
    let settings = json!({ "archc": { "inlayHints": { "load": false, "cost": false, "defaults": false } } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    client.settle();
    let asked: Vec<&str> = client.requests.iter().map(|it| it.method.as_str()).collect();
    assert_eq!(asked, ["workspace/inlayHint/refresh", "workspace/codeLens/refresh"]);
    assert_eq!(shown(&mut client, "shop.arch"), client.read("shop.arch"));
}

#[test]
fn need_no_client_that_can_refresh() {
    let mut capabilities = everything();
    capabilities["workspace"] = json!({});
    let (mut client, _) = Client::start_with(super::shop::SHOP, &capabilities);
    let settings = json!({ "archc": { "inlayHints": { "load": false } } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    client.settle();
    assert!(client.requests.is_empty(), "{:?}", client.requests);
}
