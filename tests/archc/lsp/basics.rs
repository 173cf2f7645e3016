//! Beginning, ending, texts and findings.

use archc::lsp::Ended;
use serde_json::json;

use super::client::Client;

const SHOP: &str = "\
architecture shop \"Shop\" {
  external web
  service orders: aws.sqs
  web -> ordes
}
";

#[test]
fn findings_of_the_workspace_are_told_at_the_start() {
    let (client, _) = Client::start(SHOP);
    insta::assert_debug_snapshot!(client.findings("main.arch"));
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn a_keystroke_changes_the_findings() {
    let (mut client, _) = Client::start(SHOP);
    client.open("main.arch");
    let place = json!({ "start": { "line": 3, "character": 12 }, "end": { "line": 3, "character": 12 } });
    client.change("main.arch", Some(place), "r");
    insta::assert_debug_snapshot!(client.findings("main.arch"), @r#"
    [
        "4:10-4:16 error name/unresolved: there is no element `ordres` | help: did you mean `orders`?",
    ]
    "#);
    let slip = json!({ "start": { "line": 3, "character": 10 }, "end": { "line": 3, "character": 15 } });
    client.change("main.arch", Some(slip), "rders");
    assert_eq!(client.findings("main.arch"), Vec::<String>::new());
    assert_eq!(client.leave(), Ended::Abruptly);
}

#[test]
fn a_document_is_formatted_by_small_edits() {
    let (mut client, _) =
        Client::start("architecture shop {\nexternal   web\n  service orders: aws.sqs\n  web -> orders }\n");
    let document = json!({ "textDocument": { "uri": client.uri("main.arch") }, "options": { "tabSize": 2, "insertSpaces": true } });
    client.open("main.arch");
    let edits = client.request("textDocument/formatting", document);
    insta::assert_snapshot!(serde_json::to_string_pretty(&edits).unwrap());
}
