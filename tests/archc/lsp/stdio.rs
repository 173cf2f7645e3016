//! Every capability over standard input and output: the program answers what the server answers in these tests.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::client::{Client, position};
use super::shop::{everything, find, start};

/// The program, and what it says.
struct Program {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Program {
    /// Starts it with the cache of another server.
    fn start(client: &Client) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_archc"))
            .arg("lsp")
            .env("SOURCE_DATE_EPOCH", "1796000000")
            .env("XDG_CACHE_HOME", client.cache.path().canonicalize().unwrap())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Program { child, output }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.child.stdin.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.send(&json!({ "jsonrpc": "2.0", "id": "it", "method": method, "params": params }));
        loop {
            let mut message = self.read();
            if message["id"] == "it" {
                return message["result"].take();
            }
        }
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().unwrap(),
                None => break,
            }
        }
        let mut content = vec![0; length];
        self.output.read_exact(&mut content).unwrap();
        serde_json::from_slice(&content).unwrap()
    }
}

/// What to ask of the shop, a question for each capability.
fn questions(client: &Client) -> Vec<(&'static str, Value)> {
    let text = client.read("shop.arch");
    let document = json!({ "uri": client.uri("shop.arch") });
    let place = position(&text, find(&text, "service ord|ers:"));
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 60, "character": 0 } });
    let at = json!({ "textDocument": document, "position": place });
    let of = |more: Value| {
        let mut params = json!({ "textDocument": document });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        params
    };
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    vec![
        ("textDocument/hover", at.clone()),
        ("textDocument/definition", at.clone()),
        ("textDocument/declaration", at.clone()),
        ("textDocument/typeDefinition", at.clone()),
        ("textDocument/documentHighlight", at.clone()),
        ("textDocument/references", of(json!({ "position": place, "context": { "includeDeclaration": true } }))),
        ("textDocument/prepareRename", at.clone()),
        ("textDocument/rename", of(json!({ "position": place, "newName": "sales" }))),
        ("textDocument/prepareCallHierarchy", at.clone()),
        ("textDocument/completion", at.clone()),
        ("textDocument/documentSymbol", of(json!({}))),
        ("textDocument/documentLink", of(json!({}))),
        ("textDocument/codeLens", of(json!({}))),
        ("textDocument/foldingRange", of(json!({}))),
        ("textDocument/selectionRange", of(json!({ "positions": [place] }))),
        ("textDocument/semanticTokens/full", of(json!({}))),
        ("textDocument/semanticTokens/range", of(json!({ "range": whole }))),
        ("textDocument/inlayHint", of(json!({ "range": whole }))),
        ("textDocument/codeAction", of(json!({ "range": whole, "context": { "diagnostics": [] } }))),
        ("textDocument/formatting", of(json!({ "options": options }))),
        ("textDocument/rangeFormatting", of(json!({ "range": whole, "options": options }))),
        ("textDocument/onTypeFormatting", of(json!({ "position": place, "ch": "}", "options": options }))),
        ("workspace/symbol", json!({ "query": "orders" })),
        ("archc/diagram", at.clone()),
        ("archc/bill", at),
    ]
}

#[test]
fn the_program_answers_as_the_server_does() {
    let mut capabilities = everything();
    let literal = json!({ "codeActionKind": { "valueSet": [] } });
    capabilities["textDocument"]["codeAction"] = json!({ "codeActionLiteralSupport": literal });
    let (mut client, _) = Client::start_with(super::shop::SHOP, &capabilities);
    let mut program = Program::start(&client);
    let root = client.uri("");
    let params = json!({ "processId": null, "rootUri": root.trim_end_matches('/'), "capabilities": capabilities });
    assert_eq!(program.ask("initialize", &params)["capabilities"], client.capabilities);
    program.tell("initialized", &json!({}));
    for path in ["shop.arch", "patterns.arch"] {
        client.open(path);
        let item = json!({ "uri": client.uri(path), "languageId": "arch", "version": 1, "text": client.read(path) });
        program.tell("textDocument/didOpen", &json!({ "textDocument": item }));
    }
    for (method, params) in questions(&client) {
        let said = program.ask(method, &params);
        assert!(!said.is_null(), "{method}");
        assert_eq!(said, client.request(method, params), "{method}");
    }
    assert_eq!(program.ask("shutdown", &Value::Null), Value::Null);
    program.tell("exit", &Value::Null);
    assert_eq!(program.child.wait().unwrap().code(), Some(0));
}

/// A question that waits behind others is not answered once nobody waits for it.
#[test]
fn the_program_sees_what_is_cancelled_while_it_is_busy() {
    let client = start(&Value::Null);
    let mut program = Program::start(&client);
    program.ask("initialize", &json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    let services: String = (0..1000).map(|number| format!("  service s{number}: aws.sqs\n")).collect();
    let text = format!("architecture shop {{\n{services}}}\n");
    let item = json!({ "uri": "untitled:a", "languageId": "arch", "version": 1, "text": text });
    program.tell("textDocument/didOpen", &json!({ "textDocument": item }));
    program.send(&json!({ "jsonrpc": "2.0", "id": 7, "method": "archc/bill", "params": { "textDocument": { "uri": "untitled:a" }, "position": { "line": 0, "character": 0 } } }));
    program.tell("$/cancelRequest", &json!({ "id": 7 }));
    let answer = loop {
        let message = program.read();
        if message["id"] == 7 {
            break message;
        }
    };
    assert_eq!(answer["error"]["code"], -32800, "{answer}");
    drop(program.child.stdin.take());
    // It writes what it has to say before it goes.
    program.output.read_to_end(&mut Vec::new()).unwrap();
    assert_eq!(program.child.wait().unwrap().code(), Some(1));
}
