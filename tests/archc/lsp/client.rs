//! A client that a test scripts.
//!
//! A fixture is a text with several files under `//- path` lines; one alone is `main.arch`. A cursor is `$0`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use archc::lsp::{Ended, serve};
use lsp_server::{Connection, Message, Notification, Request, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A server in a thread of its own, and what it has told.
pub(super) struct Client {
    pub(super) folder: TempDir,
    /// The path of the folder, without links in it.
    root: PathBuf,
    /// What the server has said that it can do.
    pub(super) capabilities: Value,
    /// Where the server puts what ships with it.
    pub(super) cache: TempDir,
    connection: Option<Connection>,
    server: Option<JoinHandle<Ended>>,
    /// The findings last told, by file.
    pub(super) diagnostics: BTreeMap<String, Value>,
    /// What else it has told.
    pub(super) notifications: Vec<Notification>,
    /// What it has asked.
    pub(super) requests: Vec<Request>,
    next: i32,
    versions: BTreeMap<String, i32>,
}

/// Where the `$0` of a fixture stands.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    pub(super) path: String,
    pub(super) offset: usize,
    /// The text of its file, without the mark.
    pub(super) text: String,
}

impl Client {
    /// Starts a server over the files of a fixture, none of which is open. Client capabilities are the best there are.
    pub(super) fn start(fixture: &str) -> (Client, Option<Cursor>) {
        let everything = json!({
            "general": { "positionEncodings": ["utf-8", "utf-16"] },
            "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        });
        Client::start_with(fixture, &everything)
    }

    /// The same for a client of other capabilities.
    pub(super) fn start_with(fixture: &str, capabilities: &Value) -> (Client, Option<Cursor>) {
        Client::start_as(fixture, capabilities, &Value::Null)
    }

    /// The same for a client that says more of itself.
    pub(super) fn start_as(fixture: &str, capabilities: &Value, options: &Value) -> (Client, Option<Cursor>) {
        let folder = tempfile::tempdir().unwrap();
        let (files, cursor) = read_fixture(fixture);
        for (path, text) in &files {
            write(folder.path(), path, text);
        }
        (Client::begin(folder, capabilities, options), cursor)
    }

    /// The same over a folder that is there.
    pub(super) fn start_in(folder: TempDir, capabilities: &Value) -> Client {
        Client::begin(folder, capabilities, &Value::Null)
    }

    fn begin(folder: TempDir, capabilities: &Value, options: &Value) -> Client {
        let mut client = Client::connect(folder);
        let root = client.uri("");
        let root = root.trim_end_matches('/');
        let answer = client.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": root,
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": [{ "uri": root, "name": "test" }],
            }),
        );
        assert!(answer.is_object(), "{answer}");
        client.capabilities = answer["capabilities"].clone();
        client.notify("initialized", json!({}));
        client.settle();
        client
    }

    /// Starts a server and says nothing to it.
    pub(super) fn connect(folder: TempDir) -> Client {
        let (ours, theirs) = Connection::memory();
        let cache = tempfile::tempdir().unwrap();
        let place = cache.path().canonicalize().unwrap();
        let server = std::thread::spawn(move || serve(&theirs, || "2026-11-30".parse().unwrap(), Some(place)));
        Client {
            root: folder.path().canonicalize().unwrap(),
            folder,
            capabilities: Value::Null,
            cache,
            connection: Some(ours),
            server: Some(server),
            diagnostics: BTreeMap::new(),
            notifications: Vec::new(),
            requests: Vec::new(),
            next: 0,
            versions: BTreeMap::new(),
        }
    }

    pub(super) fn uri(&self, path: &str) -> String {
        url::Url::from_file_path(self.root.join(path)).unwrap().into()
    }

    /// The path of a URI below the folder.
    pub(super) fn path(&self, uri: &str) -> String {
        let cache = self.cache.path().canonicalize().unwrap().join("archc").join(env!("CARGO_PKG_VERSION"));
        let cache: String = url::Url::from_file_path(cache).unwrap().into();
        if let Some(shipped) = uri.strip_prefix(&cache) {
            return format!("cache:{shipped}");
        }
        uri.strip_prefix(&self.uri("")).unwrap_or(uri).trim_start_matches('/').to_owned()
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    /// Writes a file, and tells the server as editors do that watch the disk.
    pub(super) fn write(&mut self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
        self.watched(path, 2);
    }

    /// Whether a file has been opened.
    pub(super) fn is_open(&self, path: &str) -> bool {
        self.versions.contains_key(path)
    }

    pub(super) fn delete(&mut self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).unwrap();
        self.watched(path, 3);
    }

    pub(super) fn watched(&mut self, path: &str, kind: i32) {
        let uri = self.uri(path);
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": kind }] }));
        self.settle();
    }

    /// Opens a file with the text that it has on the disk.
    pub(super) fn open(&mut self, path: &str) {
        let text = self.read(path);
        self.open_as(path, &text);
    }

    pub(super) fn open_as(&mut self, path: &str, text: &str) {
        self.versions.insert(path.to_owned(), 1);
        self.open_uri(&self.uri(path), text);
    }

    /// Opens what may be no file of the folder.
    pub(super) fn open_uri(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "arch", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        self.settle();
    }

    pub(super) fn close(&mut self, path: &str) {
        let uri = self.uri(path);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        self.settle();
    }

    /// What the server has said to whoever reads its log, since somebody last asked.
    pub(super) fn log(&mut self) -> Vec<String> {
        let all = std::mem::take(&mut self.notifications).into_iter();
        let log = all.filter(|it| it.method == "window/logMessage");
        log.map(|it| it.params["message"].as_str().unwrap().to_owned()).collect()
    }

    /// Replaces a part of an open file by lines and columns, or all of it.
    pub(super) fn change(&mut self, path: &str, range: Option<Value>, text: &str) {
        let version = self.versions.entry(path.to_owned()).or_insert(0);
        *version += 1;
        let identifier = json!({ "uri": self.uri(path), "version": *self.versions.get(path).unwrap() });
        let mut change = json!({ "text": text });
        if let Some(range) = range {
            change["range"] = range;
        }
        self.notify("textDocument/didChange", json!({ "textDocument": identifier, "contentChanges": [change] }));
        self.settle();
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) {
        let message = Notification::new(method.to_owned(), params);
        self.connection().sender.send(message.into()).unwrap();
    }

    /// Sends a request and gives its result.
    pub(super) fn request(&mut self, method: &str, params: Value) -> Value {
        let response = self.ask(method, params);
        response.response_result.unwrap_or_else(|error| panic!("{method}: {} {}", error.code, error.message))
    }

    /// Sends a request and gives whatever comes back.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Response {
        self.next += 1;
        let id = self.next;
        self.connection().sender.send(Request::new(id.into(), method.to_owned(), params).into()).unwrap();
        self.wait(id)
    }

    /// Asks about the place of a cursor.
    pub(super) fn ask_at(&mut self, method: &str, cursor: &Cursor) -> Value {
        let params = self.at(cursor);
        self.request(method, params)
    }

    /// The parameters of a question about a place.
    pub(super) fn at(&self, cursor: &Cursor) -> Value {
        json!({ "textDocument": { "uri": self.uri(&cursor.path) }, "position": position(&cursor.text, cursor.offset) })
    }

    /// Waits for the answer to a request of this number, and keeps what comes before.
    pub(super) fn wait(&mut self, id: i32) -> Response {
        loop {
            let message = self.connection().receiver.recv_timeout(std::time::Duration::from_mins(1)).unwrap();
            match message {
                Message::Response(response) if response.id == id.into() => return response,
                Message::Response(_) => {}
                other => self.keep(other),
            }
        }
    }

    /// Waits until the server has done with all that it has been told. Findings come after the answers of the same round,
    /// so that two rounds are needed.
    pub(super) fn settle(&mut self) {
        for _ in 0..2 {
            self.ask("archc/none", Value::Null);
        }
    }

    /// What the server asks for if nothing happens for a while.
    pub(super) fn asked_in_a_pause(&mut self) -> Vec<String> {
        self.requests.clear();
        let longer_than_the_pause = std::time::Duration::from_secs(1);
        while let Ok(message) = self.connection().receiver.recv_timeout(longer_than_the_pause) {
            self.keep(message);
        }
        self.requests.iter().map(|it| it.method.clone()).collect()
    }

    /// Waits until the server has asked for all of these.
    pub(super) fn wait_for_requests(&mut self, methods: &[&str]) {
        while !methods.iter().all(|method| self.requests.iter().any(|it| it.method == *method)) {
            let message = self.connection().receiver.recv_timeout(std::time::Duration::from_mins(1));
            self.keep(message.unwrap_or_else(|_| panic!("{:?} and not {methods:?}", self.requests)));
        }
    }

    fn keep(&mut self, message: Message) {
        match message {
            Message::Notification(it) if it.method == "textDocument/publishDiagnostics" => {
                let path = self.path(it.params["uri"].as_str().unwrap());
                self.diagnostics.insert(path, it.params["diagnostics"].clone());
            }
            Message::Notification(it) => self.notifications.push(it),
            Message::Request(it) => self.requests.push(it),
            Message::Response(_) => {}
        }
    }

    /// The findings of a file as lines: `2:3-2:8 error name/unresolved: …`.
    pub(super) fn findings(&self, path: &str) -> Vec<String> {
        let all = self.diagnostics.get(path).and_then(Value::as_array).into_iter().flatten();
        all.map(finding).collect()
    }

    pub(super) fn connection(&self) -> &Connection {
        self.connection.as_ref().unwrap()
    }

    /// Waits until the server says of its own accord that a file has these findings.
    pub(super) fn wait_for(&mut self, path: &str, findings: &[&str]) {
        while self.findings(path) != findings {
            let seen = self.findings(path);
            let message = self.connection().receiver.recv_timeout(std::time::Duration::from_mins(1));
            self.keep(message.unwrap_or_else(|_| panic!("{path} has {seen:#?} and not {findings:#?}")));
        }
    }

    /// Says that the server is to go, whatever it thinks of that.
    pub(super) fn exit(mut self) -> Ended {
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }

    /// Ends the server in order.
    pub(super) fn end(mut self) -> Ended {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }

    /// Leaves without a word.
    pub(super) fn leave(mut self) -> Ended {
        self.connection = None;
        self.server.take().unwrap().join().unwrap()
    }
}

/// A finding on one line, as a reviewer reads it.
fn finding(it: &Value) -> String {
    let severity = match it["severity"].as_i64() {
        Some(1) => "error",
        Some(2) => "warning",
        Some(3) => "note",
        _ => "hint",
    };
    let (range, code) = (range(&it["range"]), it["code"].as_str().unwrap_or("-"));
    format!("{range} {severity} {code}: {}", it["message"].as_str().unwrap().replace('\n', " | "))
}

/// A range as people count: `2:3-2:8`.
pub(super) fn range(range: &Value) -> String {
    let place = |it: &Value| format!("{}:{}", it["line"].as_u64().unwrap() + 1, it["character"].as_u64().unwrap() + 1);
    format!("{}-{}", place(&range["start"]), place(&range["end"]))
}

/// The position of a byte offset, in UTF-8.
pub(super) fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = offset - before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": column })
}

fn read_fixture(fixture: &str) -> (Vec<(String, String)>, Option<Cursor>) {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fixture.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("//- ") {
            files.push((path.trim().to_owned(), String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
        } else {
            files.push(("main.arch".to_owned(), line.to_owned()));
        }
    }
    let mut cursor = None;
    for (path, text) in &mut files {
        if let Some(offset) = text.find("$0") {
            text.replace_range(offset..offset + 2, "");
            cursor = Some(Cursor { path: path.clone(), offset, text: text.clone() });
        }
    }
    (files, cursor)
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
