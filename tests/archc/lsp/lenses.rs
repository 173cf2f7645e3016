//! What an editor shows above declarations, and the commands behind it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::{Client, range};
use super::shop::{everything, find, start};

const OURS: [&str; 3] = ["archc.preview", "archc.showBill", "archc.showReferences"];

/// Each lens on a line, as it is when it has been seen.
fn lenses(client: &mut Client, path: &str) -> String {
    let asked = client.request("textDocument/codeLens", json!({ "textDocument": { "uri": client.uri(path) } }));
    let mut all = String::new();
    for lens in asked.as_array().unwrap() {
        let lens =
            if lens["command"].is_null() { client.request("codeLens/resolve", lens.clone()) } else { lens.clone() };
        let command = &lens["command"];
        let arguments = command["arguments"].as_array().unwrap();
        assert_eq!(arguments[..2], [json!(client.uri(path)), lens["range"]["start"].clone()]);
        let places = arguments.get(2).and_then(Value::as_array).into_iter().flatten();
        let places: Vec<String> =
            places.map(|it| format!("{}:{}", client.path(it["uri"].as_str().unwrap()), range(&it["range"]))).collect();
        let _ = writeln!(
            all,
            "{} {} ({}) {}",
            range(&lens["range"]),
            command["title"].as_str().unwrap(),
            command["command"].as_str().unwrap(),
            places.join(" ")
        );
    }
    all
}

#[test]
fn of_a_client_with_commands_of_its_own() {
    let mut client = start(&json!({ "commands": OURS }));
    let mut said = lenses(&mut client, "shop.arch");
    said.push_str("\npatterns.arch\n");
    said.push_str(&lenses(&mut client, "patterns.arch"));
    insta::assert_snapshot!(said);
}

#[test]
fn of_a_client_that_has_commands_run() {
    insta::assert_snapshot!(lenses(&mut start(&Value::Null), "shop.arch"));
}

#[test]
fn of_a_client_that_can_do_neither_or_wants_none() {
    let mut capabilities = everything();
    capabilities["window"] = json!({});
    let (mut client, _) = Client::start_with(super::shop::SHOP, &capabilities);
    client.open("shop.arch");
    assert_eq!(lenses(&mut client, "shop.arch"), "");
    assert_eq!(lenses(&mut start(&json!({ "codeLens": false, "commands": OURS })), "shop.arch"), "");
}

fn execute(client: &mut Client, command: &str, arguments: &Value) -> Result<Value, String> {
    let response = client.ask("workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
    response.response_result.map_err(|error| error.message)
}

/// The page that the client has been asked to show.
fn page(client: &mut Client) -> String {
    client.settle();
    let asked = client.requests.iter().find(|it| it.method == "window/showDocument").unwrap();
    assert_eq!(asked.params["external"], json!(false));
    let path = url::Url::parse(asked.params["uri"].as_str().unwrap()).unwrap().to_file_path().unwrap();
    client.requests.clear();
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn commands_show_pages() {
    let mut client = start(&Value::Null);
    client.requests.clear();
    let text = client.read("shop.arch");
    let at = super::client::position(&text, find(&text, "architecture sh|op"));
    let here = json!([client.uri("shop.arch"), at]);
    execute(&mut client, "archc.preview", &here).unwrap();
    let mut pages = page(&mut client);
    execute(&mut client, "archc.showBill", &here).unwrap();
    pages.push_str(&page(&mut client));
    insta::assert_snapshot!(pages);
}

#[test]
fn commands_say_why_they_do_nothing() {
    let mut client = start(&Value::Null);
    let uri = client.uri("shop.arch");
    let nowhere = json!([client.uri("none.arch"), { "line": 0, "character": 0 }]);
    let said = [
        execute(&mut client, "archc.preview", &json!([])),
        execute(&mut client, "archc.preview", &json!([uri, "x"])),
        execute(&mut client, "archc.fly", &json!([uri, { "line": 0, "character": 0 }])),
        execute(&mut client, "archc.preview", &json!([uri, { "line": 9999, "character": 0 }])),
    ];
    let said: Vec<String> = said.into_iter().map(Result::unwrap_err).collect();
    insta::assert_snapshot!(said.join("\n"));
    assert!(execute(&mut client, "archc.preview", &nowhere).unwrap_err().ends_with("none.arch` is not open"));
}

#[test]
fn commands_are_run_for_clients_that_have_none() {
    let answer = |options: &Value, capabilities: &Value| {
        let mut client = Client::connect(tempfile::tempdir().unwrap());
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "initializationOptions": options });
        client.request("initialize", params)["capabilities"]["executeCommandProvider"].clone()
    };
    assert_eq!(answer(&Value::Null, &everything()), json!({ "commands": ["archc.preview", "archc.showBill"] }));
    assert_eq!(answer(&json!({ "commands": OURS }), &everything()), Value::Null);
    // One that runs some of them has the others run.
    let some = json!({ "commands": ["archc.showReferences", "archc.showBill"] });
    assert_eq!(answer(&some, &everything()), json!({ "commands": ["archc.preview"] }));
    assert!(lenses(&mut start(&some), "shop.arch").contains("(archc.preview)"));
    assert_eq!(answer(&Value::Null, &json!({})), Value::Null);
}
