//! Clients that do not keep to the protocol, and ends of all kinds.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use archc::lsp::Ended;
use lsp_server::{Message, Response};
use serde_json::{Value, json};

use super::client::Client;

const SHOP: &str = "architecture shop {\n  service orders: aws.sqs\n  orders -> ordes\n}\n";
const SLIP: &str = "3:13-3:18 error name/unresolved: there is no element `ordes` | help: did you mean `orders`?";

fn code(response: Response) -> i32 {
    response.response_result.expect_err("an error was asked for").code
}

#[test]
fn what_is_not_known_is_refused_and_changes_nothing() {
    let (mut client, _) = Client::start(SHOP);
    assert_eq!(code(client.ask("textDocument/moniker", json!({}))), -32601);
    assert_eq!(code(client.ask("$/whatever", json!({}))), -32601);
    assert_eq!(code(client.ask("", Value::Null)), -32601);
    assert_eq!(code(client.ask("initialize", json!({ "capabilities": {} }))), -32600);
    client.notify("archc/what", json!({ "a": 1 }));
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.notify("$/cancelRequest", json!({ "id": 4711 }));
    client.notify("$/cancelRequest", json!(["?"]));
    client.settle();
    assert_eq!(client.log(), ["archc/what: the server does not know it"]);
    assert_eq!(client.findings("main.arch").len(), 1);
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn parameters_of_another_form_are_refused() {
    let (mut client, _) = Client::start(SHOP);
    client.open("main.arch");
    for params in
        [Value::Null, json!({}), json!([1]), json!({ "textDocument": 7 }), json!({ "textDocument": { "uri": null } })]
    {
        for method in ["textDocument/documentSymbol", "textDocument/semanticTokens/full", "textDocument/foldingRange"] {
            assert_eq!(code(client.ask(method, params.clone())), -32602, "{method} {params}");
        }
        for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"] {
            client.notify(method, params.clone());
        }
    }
    let uri = client.uri("main.arch");
    let huge = json!({ "textDocument": { "uri": uri }, "positions": [{ "line": -1, "character": 0 }] });
    assert_eq!(code(client.ask("textDocument/selectionRange", huge)), -32602);
    client.settle();
    assert_eq!(client.log().len(), 15);
    assert_eq!(client.findings("main.arch"), [SLIP]);
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn a_document_that_is_not_known_has_no_answer() {
    let (mut client, _) = Client::start(SHOP);
    for uri in ["file:///nowhere/a.arch", "untitled:none", "not a uri", "", "http://example.com/a.arch", "file://"] {
        let params = json!({ "textDocument": { "uri": uri } });
        assert_eq!(client.request("textDocument/documentSymbol", params.clone()), Value::Null);
        client.notify("textDocument/didClose", params);
        client.notify(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": 2 },
                "contentChanges": [{ "text": "" }],
            }),
        );
    }
    client.settle();
    assert_eq!(
        client.log().first().map(String::as_str),
        Some("textDocument/didChange: `file:///nowhere/a.arch` is not open")
    );
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn nothing_is_answered_before_the_beginning() {
    let mut client = Client::connect(tempfile::tempdir().unwrap());
    client.notify("textDocument/didOpen", json!({ "textDocument": {} }));
    assert_eq!(code(client.ask("textDocument/documentSymbol", json!({}))), -32002);
    assert_eq!(code(client.ask("shutdown", Value::Null)), -32002);
    let answer = client.request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    assert_eq!(answer["serverInfo"]["name"], "archc");
    // Some clients forget to say that they have read the answer.
    client.open_uri("untitled:a", "service orders -> \n");
    assert_eq!(client.diagnostics.len(), 1);
    assert_eq!(client.end(), Ended::Properly);
}

#[test]
fn a_client_that_cannot_introduce_itself_is_told_so() {
    let mut client = Client::connect(tempfile::tempdir().unwrap());
    assert_eq!(code(client.ask("initialize", json!({ "capabilities": 7 }))), -32602);
    assert_eq!(client.leave(), Ended::Abruptly);
}

#[test]
fn all_ends_are_known() {
    let (mut client, _) = Client::start(SHOP);
    client.request("shutdown", Value::Null);
    assert_eq!(code(client.ask("textDocument/documentSymbol", json!({}))), -32600);
    assert_eq!(code(client.ask("shutdown", Value::Null)), -32600);
    assert_eq!(client.exit(), Ended::Properly);
    let (client, _) = Client::start(SHOP);
    assert_eq!(client.exit(), Ended::Abruptly);
    let (client, _) = Client::start(SHOP);
    assert_eq!(client.leave(), Ended::Abruptly);
    assert_eq!(Client::connect(tempfile::tempdir().unwrap()).exit(), Ended::Abruptly);
    assert_eq!(Client::connect(tempfile::tempdir().unwrap()).leave(), Ended::Abruptly);
}

/// Nobody waits for the first and the third any more when the server comes to them.
#[test]
fn a_cancelled_request_has_one_answer() {
    let (ours, theirs) = lsp_server::Connection::memory();
    let send = |message: Message| ours.sender.send(message).unwrap();
    let request = |id: &str, method: &str, params: Value| {
        lsp_server::Request::new(id.to_owned().into(), method.to_owned(), params)
    };
    let tell = |method: &str, params: Value| send(lsp_server::Notification::new(method.to_owned(), params).into());
    send(request("begin", "initialize", json!({ "capabilities": {}, "processId": null, "rootUri": null })).into());
    tell("initialized", json!({}));
    let item = json!({ "uri": "untitled:a", "languageId": "arch", "version": 1, "text": SHOP });
    tell("textDocument/didOpen", json!({ "textDocument": item }));
    for id in ["a", "b", "c"] {
        let params = json!({ "textDocument": { "uri": "untitled:a" } });
        send(request(id, "textDocument/foldingRange", params).into());
    }
    tell("$/cancelRequest", json!({ "id": "a" }));
    tell("$/cancelRequest", json!({ "id": "c" }));
    // All of it lies there before the server takes the first.
    let server = std::thread::spawn(move || archc::lsp::serve(&theirs, || "2026-11-30".parse().unwrap(), None));
    let mut answers = Vec::new();
    while answers.len() < 4 {
        if let Message::Response(response) = ours.receiver.recv().unwrap() {
            let said = response.response_result.as_ref().map_or_else(|error| error.code, |_| 0);
            answers.push((response.id.to_string(), said));
        }
    }
    let expected = [("begin", 0), ("a", -32800), ("b", 0), ("c", -32800)];
    assert_eq!(answers, expected.map(|(id, said)| (format!("{id:?}"), said)));
    tell("exit", Value::Null);
    assert_eq!(server.join().unwrap(), Ended::Abruptly);
}

#[test]
fn an_answer_to_nothing_is_let_pass() {
    let (mut client, _) = Client::start(SHOP);
    client.connection().sender.send(Response::new_ok(99.into(), json!({ "a": 1 })).into()).unwrap();
    client.connection().sender.send(Response::new_err("x".to_owned().into(), 1, "no".to_owned()).into()).unwrap();
    client.settle();
    assert_eq!(client.end(), Ended::Properly);
}

/// The program itself, with bytes on its standard input: how it ends, and what it writes and complains of.
fn run(bytes: &[u8]) -> (Option<i32>, String, String) {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_archc"))
        .args(["lsp", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have gone before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(bytes);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn message(content: &Value) -> String {
    let text = json!({ "jsonrpc": "2.0" }).as_object().unwrap().iter().chain(content.as_object().unwrap()).fold(
        serde_json::Map::new(),
        |mut all, (key, value)| {
            all.insert(key.clone(), value.clone());
            all
        },
    );
    let text = Value::from(text).to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len())
}

#[test]
fn the_program_ends_as_the_protocol_says() {
    let begin = message(
        &json!({ "id": 1, "method": "initialize", "params": { "capabilities": {}, "processId": null, "rootUri": null } }),
    );
    let shutdown = message(&json!({ "id": 2, "method": "shutdown" }));
    let exit = message(&json!({ "method": "exit" }));
    let (status, output, complaint) = run([begin.as_str(), &shutdown, &exit].concat().as_bytes());
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    assert_eq!(output.matches("Content-Length").count(), 2, "{output}");
    assert_eq!(run([begin.as_str(), &exit].concat().as_bytes()).0, Some(1));
    assert_eq!(run([begin.as_str(), &shutdown].concat().as_bytes()).0, Some(1));
    assert_eq!(run(begin.as_bytes()).0, Some(1));
    assert_eq!(run(b"").0, Some(1));
    // What is no message is answered, and whoever is refused may try again.
    let refused = message(&json!({ "id": 0, "method": "initialize", "params": { "capabilities": 7 } }));
    let odd = ["{bad}", "[]", "7", "\u{fe0f}"].map(|it| format!("Content-Length: {}\r\n\r\n{it}", it.len())).concat();
    let (status, output, complaint) = run([odd.as_str(), &refused, &begin, &odd, &shutdown, &exit].concat().as_bytes());
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    let codes = ["-32700", "-32600", "-32602", "\"id\":null"].map(|code| output.matches(code).count());
    assert_eq!(codes, [4, 4, 1, 8], "{output}");
}

/// Where nobody knows where the next message begins.
#[test]
fn the_program_says_why_it_cannot_go_on() {
    let long = "x".repeat(100_000);
    let broken = [
        "Content-Length: nonsense\r\n\r\n{",
        "GET / HTTP/1.1\r\n\r\n",
        "Content-Type: x\r\n\r\n{}",
        "Content-Length: 99999999999\r\n\r\n{}",
        &long,
    ];
    let said = broken.map(|bytes| {
        let (status, _, complaint) = run(bytes.as_bytes());
        format!("{status:?} {complaint}")
    });
    insta::assert_snapshot!(said.concat());
}
