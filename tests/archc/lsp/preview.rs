//! Diagrams and bills of what the cursor stands in.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::{Client, position, range};
use super::shop::{find, start};

fn ask(client: &mut Client, method: &str, path: &str, needle: &str) -> Value {
    let text = client.read(path);
    let at = position(&text, find(&text, needle));
    client.request(method, json!({ "textDocument": { "uri": client.uri(path) }, "position": at }))
}

fn diagram(client: &mut Client, path: &str, needle: &str) -> String {
    let said = ask(client, "archc/diagram", path, needle);
    if said.is_null() {
        return format!("━━ {needle}\nnothing\n\n");
    }
    let (title, mermaid) = (said["title"].as_str().unwrap(), said["mermaid"].as_str().unwrap());
    let mut all = format!("━━ {needle}\n{title}\n\n{mermaid}\n");
    for node in said["nodes"].as_array().unwrap() {
        let id = node["id"].as_str().unwrap();
        let is_there = mermaid.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == id);
        assert!(is_there, "`{id}` is no node of\n{mermaid}");
        let place = format!("{}:{}", client.path(node["uri"].as_str().unwrap()), range(&node["range"]));
        let _ = writeln!(all, "{id} = {} at {place}", node["name"].as_str().unwrap());
    }
    all + "\n"
}

#[test]
fn diagrams_know_what_their_nodes_are() {
    let mut client = start(&Value::Null);
    let mut said = String::new();
    for needle in
        ["architecture sh|op", "service ord|ers:", "view backend_o|nly", "alt \"in st|ock", "environment sta|ging"]
    {
        said.push_str(&diagram(&mut client, "shop.arch", needle));
    }
    for needle in ["pattern arch|ive", "pattern rel|ay"] {
        said.push_str(&diagram(&mut client, "patterns.arch", needle));
    }
    insta::assert_snapshot!(said);
}

#[test]
fn bills_are_for_people() {
    let mut client = start(&Value::Null);
    let mut said = String::new();
    for (path, needle) in [
        ("shop.arch", "architecture sh|op"),
        ("shop.arch", "scenario or|der"),
        ("patterns.arch", "pattern arch|ive"),
        ("patterns.arch", "pattern rel|ay"),
        ("shop.arch", "environment sta|ging"),
    ] {
        let bill = ask(&mut client, "archc/bill", path, needle);
        let _ = writeln!(said, "━━ {needle}");
        let _ = match bill["title"].as_str() {
            Some(title) => writeln!(said, "{title}\n\n{}\n", bill["markdown"].as_str().unwrap()),
            None => writeln!(said, "nothing\n"),
        };
    }
    insta::assert_snapshot!(said);
}
