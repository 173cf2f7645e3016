//! How long an editor waits: from a keystroke to the findings that come of it, and for the answers that it asks for after
//! each, all through the protocol.
//!
//! Generates workspaces of 100, 1,000 and 10,000 services, as one file, as a hundred, and as a hundred that are full of
//! findings, edits one of them 200 times in several ways, and prints the median and the worst time of each way, and of each
//! request.
//!
//! `cargo bench --bench editor` runs all sizes; `-- 1000` those given; `-- soak` edits a workspace of 1,000 services 10,000
//! times and prints the memory before and after.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program for people who stand at a terminal")]

use std::fmt::Write as _;
use std::fs;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use archc::lsp::{Ended, serve};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};
use tempfile::TempDir;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const FILES: usize = 100;
const EDITS: usize = 200;
const SOAK: usize = 10_000;
/// How many edits come before the memory is measured: what is kept for later has been made by then.
const WARM_UP: usize = 500;
const GROUP: usize = 20;
/// How many documents are open.
const SHOWN: usize = 5;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if asked.iter().any(|argument| argument == "soak") {
        soak();
        return;
    }
    let sizes: Vec<usize> = asked.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    for services in sizes {
        for files in [1, FILES] {
            measure(services, files, false);
        }
        measure(services, FILES, true);
    }
}

/// With findings, each service has one.
fn measure(services: usize, files: usize, findings: bool) {
    let workspace = Workspace::new(services, files, findings);
    let begun = Instant::now();
    let mut editor = Editor::start(&workspace);
    println!(
        "\n{services} services, {files} file(s), {} KB{}; the first findings after {} ms",
        workspace.bytes / 1000,
        if findings { ", each service with a finding" } else { "" },
        begun.elapsed().as_millis()
    );
    println!("  {:<34} {:>12} {:>12}", "", "median", "worst");
    for sort in Sort::ALL {
        let mut times: Vec<Duration> =
            (0..EDITS / Sort::ALL.len() / 2).flat_map(|_| editor.there_and_back(sort)).collect();
        report(sort.name(), &mut times);
    }
    for (name, method) in REQUESTS {
        if !editor.offers(name) {
            println!("  {method:<34} {:>12}", "not offered");
            continue;
        }
        let mut times: Vec<Duration> = (0..20)
            .map(|_| {
                editor.there_and_back(Sort::Value);
                editor.timed_request(method)
            })
            .collect();
        report(method, &mut times);
    }
    println!("  memory {} MB", resident() / 1000);
    editor.end();
}

fn report(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let shown = |at: usize| times.get(at).map_or(0, Duration::as_micros);
    println!("  {name:<34} {:>10}µs {:>10}µs", shown(times.len() / 2), shown(times.len().saturating_sub(1)));
}

fn soak() {
    let workspace = Workspace::new(1_000, FILES, false);
    let mut editor = Editor::start(&workspace);
    let edit = |editor: &mut Editor, number: usize| {
        let sort = Sort::ALL.get(number % Sort::ALL.len()).copied().unwrap_or(Sort::Value);
        editor.there_and_back(sort);
        if number.is_multiple_of(10) {
            for (name, method) in REQUESTS {
                if editor.offers(name) {
                    editor.timed_request(method);
                }
            }
        }
    };
    (0..WARM_UP / 2).for_each(|number| edit(&mut editor, number));
    let before = resident();
    println!("{WARM_UP} edits: {before} kB");
    for tenth in 1..=10 {
        (0..SOAK / 20).for_each(|number| edit(&mut editor, number));
        println!("{} more: {} kB", SOAK / 10 * tenth, resident());
    }
    let grown = resident().saturating_sub(before);
    println!("grown by {grown} kB, {} bytes an edit", grown * 1000 / SOAK as u64);
    editor.end();
    // The allocator keeps some; a leak of one tree an edit would be a hundred times as much.
    assert!(grown < before / 4 + 20_000, "the memory grows with each edit");
}

/// The memory of this process, server and client, in kilobytes; 0 where the system does not tell.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}

/// What is offered under a name, and the request for it.
const REQUESTS: [(&str, &str); 10] = [
    ("completionProvider", "textDocument/completion"),
    ("hoverProvider", "textDocument/hover"),
    ("definitionProvider", "textDocument/definition"),
    ("codeActionProvider", "textDocument/codeAction"),
    ("inlayHintProvider", "textDocument/inlayHint"),
    ("semanticTokensProvider", "textDocument/semanticTokens/full"),
    ("documentSymbolProvider", "textDocument/documentSymbol"),
    ("foldingRangeProvider", "textDocument/foldingRange"),
    ("workspaceSymbolProvider", "workspace/symbol"),
    ("documentFormattingProvider", "textDocument/formatting"),
];

/// Ways to edit, each of which is made and taken back.
#[derive(Clone, Copy)]
enum Sort {
    /// A letter in the middle of a name.
    Name,
    /// A line with an edge.
    Edge,
    /// Another value of a property.
    Value,
    /// A brace that is no longer there.
    Brace,
}

impl Sort {
    const ALL: [Sort; 4] = [Sort::Name, Sort::Edge, Sort::Value, Sort::Brace];

    fn name(self) -> &'static str {
        match self {
            Sort::Name => "a letter in a name",
            Sort::Edge => "a line with an edge",
            Sort::Value => "a value of a property",
            Sort::Brace => "a brace, broken and mended",
        }
    }
}

/// A place in the file that is edited: a line and a column, both from 0.
#[derive(Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
}

struct Workspace {
    folder: TempDir,
    bytes: usize,
    /// The names, values and braces in the middle of it.
    name: Place,
    value: Place,
    brace: Place,
    end: Place,
}

impl Workspace {
    fn new(services: usize, files: usize, findings: bool) -> Workspace {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let settings = if findings { "[rules]\n\"docs/missing\" = \"note\"\n" } else { "" };
        fs::write(folder.path().join("archc.toml"), settings).expect("a file");
        let each = services.div_ceil(files);
        let text = |file: usize| {
            let text = generate(file * each, each, services);
            if findings { text.replace("    /// Number", "    // Number") } else { text }
        };
        let texts: Vec<String> = (0..files).map(text).collect();
        for (file, text) in texts.iter().enumerate() {
            fs::write(folder.path().join(format!("f{file}.arch")), text).expect("a file");
        }
        let bytes = texts.iter().map(String::len).sum();
        let text = texts.into_iter().next().unwrap_or_default();
        let middle = text.len() / 2;
        let (before, after) = text.split_at(text.floor_char_boundary(middle));
        let find = |word: &str| {
            let at =
                after.find(word).map(|at| before.len() + at).or_else(|| text.find(word)).expect("it was generated");
            let line = text.get(..at).unwrap_or_default().matches('\n').count();
            let start = text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |start| start + 1);
            Place { line, column: at - start }
        };
        let name = find("service s");
        let end = Place { line: text.lines().count() - 1, column: 0 };
        Workspace {
            folder,
            bytes,
            name: Place { column: name.column + "service s".len(), ..name },
            value: find("512 MB"),
            brace: find("{ // brace"),
            end,
        }
    }
}

/// Functions and queues in turn, in groups of 20; each sends to the next, and something outside to the first of a group.
fn generate(first: usize, count: usize, services: usize) -> String {
    let mut text = String::new();
    let begin =
        if first == 0 { "/// Generated.\narchitecture generated \"Generated\" {\n" } else { "extend generated {\n" };
    text.push_str(begin);
    for group in (first..first + count).step_by(GROUP) {
        writeln!(text, "  external apps{group} {{ emits = 20/s of 1 KB, peak = 3x }}").expect("memory");
        writeln!(text, "  apps{group} -> s{group} \"call\"").expect("memory");
        writeln!(text, "  group g{group} \"Group {group}\" {{ // brace").expect("memory");
        for service in group..(first + count).min(group + GROUP) {
            let kind = if service % 2 == 0 { "aws.lambda" } else { "aws.sqs" };
            let more = if service % 2 == 0 { "memory = 512 MB, duration = 120 ms" } else { "retention = 4 d" };
            writeln!(
                text,
                "    /// Number {service}.\n    service s{service}: {kind} \"Service {service}\" {{\n      owner = \"team-{}\"\n      {more}\n    }}",
                service % 7
            )
            .expect("memory");
        }
        text.push_str("  }\n");
    }
    // Groups of ten in turn hang together, so that loads add up to what services can take.
    for service in (first..first + count).filter(|it| (it + 1) % (10 * GROUP) != 0 && it + 1 < services) {
        writeln!(text, "  s{service} -> s{} \"passes on\"", service + 1).expect("memory");
    }
    text.push_str("}\n");
    text
}

struct Editor<'w> {
    workspace: &'w Workspace,
    connection: Connection,
    server: JoinHandle<Ended>,
    capabilities: Value,
    uri: String,
    requests: i32,
    version: i32,
}

impl<'w> Editor<'w> {
    fn start(workspace: &'w Workspace) -> Editor<'w> {
        let (connection, theirs) = Connection::memory();
        let server = std::thread::spawn(move || serve(&theirs, || "2026-01-01".parse().expect("a date"), None));
        let root: String = url::Url::from_file_path(workspace.folder.path()).expect("an absolute path").into();
        let uri = format!("{root}/f0.arch");
        let mut editor =
            Editor { workspace, connection, server, capabilities: Value::Null, uri, requests: 0, version: 1 };
        let capabilities = json!({
            "general": { "positionEncodings": ["utf-16"] },
            "workspace": {
                "didChangeWatchedFiles": { "dynamicRegistration": true },
                "inlayHint": { "refreshSupport": true },
                "codeLens": { "refreshSupport": true },
            },
            "textDocument": {
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true },
            },
        });
        let params = json!({
            "processId": null, "rootUri": root, "capabilities": capabilities,
            "workspaceFolders": [{ "uri": root, "name": "bench" }],
        });
        editor.capabilities = editor.request("initialize", params).get("capabilities").cloned().unwrap_or_default();
        editor.notify("initialized", json!({}));
        // Some others are shown, too.
        for file in (0..SHOWN).rev() {
            let path = workspace.folder.path().join(format!("f{file}.arch"));
            let Ok(text) = fs::read_to_string(path) else { continue };
            let uri = format!("{root}/f{file}.arch");
            let item = json!({ "uri": uri, "languageId": "arch", "version": 1, "text": text });
            editor.notify("textDocument/didOpen", json!({ "textDocument": item }));
            let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 60, "character": 0 } });
            editor.request("textDocument/inlayHint", json!({ "textDocument": { "uri": uri }, "range": range }));
            editor.request("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
        }
        editor.settle();
        editor
    }

    fn offers(&self, name: &str) -> bool {
        self.capabilities.get(name).is_some_and(|offer| !offer.is_null() && *offer != json!(false))
    }

    fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).expect("the server is there");
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let request = Request::new(self.requests.into(), method.to_owned(), params);
        self.connection.sender.send(request.into()).expect("the server is there");
        loop {
            if let Message::Response(response) = self.connection.receiver.recv().expect("the server is there") {
                return response.response_result.unwrap_or_default();
            }
        }
    }

    /// Waits until all findings are told: they come after the answers of the same round.
    fn settle(&mut self) {
        for _ in 0..2 {
            self.request("archc/none", Value::Null);
        }
    }

    /// Makes an edit and takes it back; how long either took.
    fn there_and_back(&mut self, sort: Sort) -> [Duration; 2] {
        let workspace = self.workspace;
        let (place, there, back) = match sort {
            Sort::Name => (workspace.name, (0, "x"), (1, "")),
            Sort::Edge => (workspace.end, (0, "  s1 -> s7\n"), ("  s1 -> s7\n".len(), "")),
            Sort::Value => (workspace.value, (3, "256"), (3, "512")),
            Sort::Brace => (workspace.brace, (1, ""), (0, "{")),
        };
        [there, back].map(|(length, text)| self.edit(place, length, text))
    }

    fn edit(&mut self, place: Place, length: usize, text: &str) -> Duration {
        self.version += 1;
        let Place { line, column } = place;
        // The line that is put in at the end is taken out with its line break.
        let is_line = text.is_empty() && length > 1;
        let end = if is_line {
            json!({ "line": line + 1, "character": 0 })
        } else {
            json!({ "line": line, "character": column + length })
        };
        let range = json!({ "start": { "line": line, "character": column }, "end": end });
        let params = json!({
            "textDocument": { "uri": self.uri, "version": self.version },
            "contentChanges": [{ "range": range, "text": text }],
        });
        let begun = Instant::now();
        self.notify("textDocument/didChange", params);
        self.settle();
        begun.elapsed()
    }

    fn timed_request(&mut self, method: &str) -> Duration {
        let position = json!({ "line": self.workspace.name.line, "character": self.workspace.name.column });
        let params = json!({
            "textDocument": { "uri": self.uri },
            "position": position,
            "query": "s1",
            "range": { "start": position, "end": position },
            "context": { "diagnostics": [], "triggerKind": 1 },
            "options": { "tabSize": 2, "insertSpaces": true },
        });
        let begun = Instant::now();
        let answer = self.request(method, params);
        let taken = begun.elapsed();
        let may_be_none = method.ends_with("hover") || method.ends_with("codeAction");
        assert!(!answer.is_null() || may_be_none, "`{method}` has no answer");
        taken
    }

    fn end(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let ended = self.server.join().expect("the server does not panic");
        assert_eq!(ended, Ended::Properly);
    }
}
