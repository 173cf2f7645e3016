//! Random sessions: after whatever has happened, a server that has been there all along says what one says that starts now.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::client::Client;

/// The files that are edited.
const PATHS: [&str; 4] = ["main.arch", "more.arch", "deep/kinds.arch", "in/alone.arch"];

const FIXTURE: &str = "\
//- archc.toml
[rules]
\"docs/missing\" = \"note\"
//- main.arch
/// The shop, see [`orders`]. 🚀
architecture shop \"Shop 🚀\" {
  external web \"Wëb\" { emits = 10/s of 1 KB }
  service orders: aws.sqs \"Orders 🛒\" { retention = 3 d }
  group back {
    service worker: aws.lambda
    service store: acme.store
  }
  web -> orders -> worker
  worker -> store via aws.sqs \"later\"
  view all { show = shop }
}
//- more.arch
extend shop.back {
  use cell(size = 2, target = orders) as cell
}
// é a comment 🚀
environment staging { scale = 5%, shop.orders.retention = 1 d }
//- deep/kinds.arch
kind acme.store is service \"Store\" { category = database }
pattern cell(size: count = 1, target: service) {
  service queue: aws.sqs
  queue -> target
}
//- in/archc.toml
//- in/alone.arch
architecture alone { service orders: aws.lambda }
";

/// What may be written somewhere.
const WORDS: [&str; 40] = [
    "\n",
    "\r\n",
    "\r",
    " ",
    "{",
    "}",
    "\n}\n",
    "\"",
    "\"\"\"",
    "->",
    "=>",
    " -> orders\n",
    "service ",
    "\n  service s: aws.sqs\n",
    "external e\n",
    "group g {\n",
    "architecture shop {\n",
    "architecture b ",
    "kind acme.store ",
    "kind acme.store is service {}\n",
    "pattern cell(",
    "use cell(target = orders) as c2\n",
    "extend shop {\n",
    "🚀",
    "é",
    "// ",
    "/// [`worker`]\n",
    "@allow(docs/missing)\n",
    " = ",
    "retention = 2 d\n",
    ",",
    "orders",
    "worker",
    "x",
    "[",
    ")",
    "via ",
    ": aws.lambda",
    "environment e { without shop.web }\n",
    "rule r { deny = web -> orders }\n",
];

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    /// A part of an open text is replaced: where it begins and how long it is, in thousandths of the text and characters.
    Edit {
        file: usize,
        at: usize,
        length: usize,
        word: usize,
    },
    /// Something is taken out that was there at the beginning, or put back.
    Toggle {
        file: usize,
        line: usize,
    },
    Open(usize),
    Close(usize),
    Save(usize),
    /// A file appears or changes on the disk.
    Write {
        file: usize,
        word: usize,
    },
    Delete(usize),
    /// A file gets the name of another on the disk.
    Rename {
        from: usize,
        to: usize,
    },
    Settings(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let file = 0..PATHS.len();
    prop_oneof![
        30 => (file.clone(), 0..1000_usize, prop_oneof![3 => Just(0), 3 => 0..3_usize, 1 => 0..40_usize], 0..WORDS.len())
            .prop_map(|(file, at, length, word)| Step::Edit { file, at, length, word }),
        6 => (file.clone(), 0..12_usize).prop_map(|(file, line)| Step::Toggle { file, line }),
        3 => file.clone().prop_map(Step::Open),
        1 => file.clone().prop_map(Step::Close),
        1 => file.clone().prop_map(Step::Save),
        1 => (file.clone(), 0..WORDS.len()).prop_map(|(file, word)| Step::Write { file, word }),
        1 => file.clone().prop_map(Step::Delete),
        1 => (file.clone(), file).prop_map(|(from, to)| Step::Rename { from, to }),
        1 => (0..4_usize).prop_map(Step::Settings),
    ]
}

/// A client that keeps the texts of its open documents as an editor does.
struct Editor {
    client: Client,
    open: BTreeMap<usize, String>,
}

fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "window": { "showDocument": { "support": true } },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } },
    })
}

/// The position of a byte offset in UTF-16, with lines that end as the protocol says.
fn position(text: &str, offset: usize) -> Value {
    let (mut line, mut start) = (0, 0);
    let bytes = text.as_bytes();
    for (at, byte) in bytes[..offset].iter().enumerate() {
        let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            (line, start) = (line + 1, at + 1);
        }
    }
    // Nothing can stand between the two halves of a line end.
    let end = if offset > start && bytes[offset - 1] == b'\r' { offset - 1 } else { offset };
    json!({ "line": line, "character": text[start..end].encode_utf16().count() })
}

/// A place near an offset that a position can name.
fn nameable(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset);
    if text[..offset].ends_with('\r') && text[offset..].starts_with('\n') { offset - 1 } else { offset }
}

impl Editor {
    fn start() -> Editor {
        let (client, _) = Client::start_with(FIXTURE, &capabilities());
        let mut editor = Editor { client, open: BTreeMap::new() };
        editor.run(&Step::Open(0));
        editor
    }

    fn disk(&self, file: usize) -> Option<String> {
        fs::read_to_string(self.client.folder.path().join(PATHS[file])).ok()
    }

    fn replace(&mut self, file: usize, start: usize, end: usize, new: &str) {
        let Some(text) = self.open.get_mut(&file) else { return };
        let range = json!({ "start": position(text, start), "end": position(text, end) });
        text.replace_range(start..end, new);
        self.client.change(PATHS[file], Some(range), new);
    }

    fn run(&mut self, step: &Step) {
        match *step {
            Step::Edit { file, at, length, word } => {
                let Some(text) = self.open.get(&file) else { return };
                let start = nameable(text, text.len() * at / 1000);
                let end = text[start..].char_indices().nth(length).map_or(text.len(), |(length, _)| start + length);
                let end = nameable(text, end).max(start);
                self.replace(file, start, end, WORDS[word]);
            }
            Step::Toggle { file, line } => {
                let marked = format!("//- {}\n", PATHS[file]);
                let original = FIXTURE.split(&marked).nth(1).and_then(|rest| rest.split("//- ").next()).unwrap();
                let Some(line) = original.split_inclusive('\n').nth(line) else { return };
                let Some(text) = self.open.get(&file) else { return };
                let at = text.find(line);
                let end = nameable(text, text.len());
                match at {
                    Some(at) if nameable(text, at) == at => self.replace(file, at, at + line.len(), ""),
                    _ => self.replace(file, end, end, line),
                }
            }
            Step::Open(file) => {
                let Some(text) = self.disk(file) else { return };
                if !self.open.contains_key(&file) {
                    self.client.open_as(PATHS[file], &text);
                    self.open.insert(file, text);
                }
            }
            Step::Close(file) => {
                if self.open.remove(&file).is_some() {
                    self.client.close(PATHS[file]);
                }
            }
            Step::Save(file) => {
                let Some(text) = self.open.get(&file).cloned() else { return };
                self.client.write(PATHS[file], &text);
                let uri = self.client.uri(PATHS[file]);
                self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
            }
            Step::Write { file, word } => {
                let text = self.disk(file).unwrap_or_default() + WORDS[word];
                self.client.write(PATHS[file], &text);
            }
            Step::Delete(file) => {
                if self.disk(file).is_some() {
                    self.client.delete(PATHS[file]);
                }
            }
            Step::Rename { from, to } => {
                if self.disk(from).is_none() {
                    return;
                }
                let folder = self.client.folder.path();
                fs::rename(folder.join(PATHS[from]), folder.join(PATHS[to])).unwrap();
                self.client.watched(PATHS[from], 3);
                self.client.watched(PATHS[to], 1);
            }
            Step::Settings(which) => {
                let settings =
                    ["", "[rules]\n\"docs/missing\" = \"off\"\n", "[rules\n", "[rules]\n\"docs/missing\" = \"note\"\n"];
                self.client.write("archc.toml", settings[which]);
            }
        }
    }

    /// All that a server says of the files that are open.
    fn state(client: &mut Client, open: impl Iterator<Item = usize>) -> BTreeMap<String, Value> {
        client.settle();
        let has_some = |(_, findings): &(&String, &Value)| findings.as_array().is_some_and(|all| !all.is_empty());
        let findings = client.diagnostics.iter().filter(has_some);
        let mut state: BTreeMap<String, Value> =
            findings.map(|(path, all)| (format!("{path} findings"), all.clone())).collect();
        let root = client.uri("");
        for file in open {
            let params = json!({ "textDocument": { "uri": client.uri(PATHS[file]) } });
            let symbols = client.request("textDocument/documentSymbol", params.clone());
            let colours = client.request("textDocument/semanticTokens/full", params.clone())["data"].clone();
            let folds = client.request("textDocument/foldingRange", params);
            let kept = Editor::kept(client, file);
            let own = [("symbols", symbols), ("colours", colours), ("folds", folds)];
            for (what, said) in own.into_iter().chain(kept) {
                state.insert(format!("{} {what}", PATHS[file]), said);
            }
        }
        // The folder has another name for each server.
        state
            .into_iter()
            .map(|(key, said)| (key, serde_json::from_str(&said.to_string().replace(&root, "root/")).unwrap()))
            .collect()
    }

    /// What a server says of a file that follows from what it keeps from one keystroke to the next: loads, costs, names.
    fn kept(client: &mut Client, file: usize) -> [(&'static str, Value); 4] {
        let document = json!({ "uri": client.uri(PATHS[file]) });
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
        let place = json!({ "textDocument": document, "position": { "line": 3, "character": 2 } });
        let hints = client.request("textDocument/inlayHint", json!({ "textDocument": document, "range": whole }));
        let lenses = client.request("textDocument/codeLens", json!({ "textDocument": document }));
        let lenses = lenses.as_array().into_iter().flatten();
        let lenses: Vec<Value> = lenses.map(|lens| client.request("codeLens/resolve", lens.clone())).collect();
        let bill = client.request("archc/bill", place.clone());
        let completion = client.request("textDocument/completion", place);
        [("hints", hints), ("lenses", lenses.into()), ("bill", bill), ("completion", completion)]
    }

    /// Compares with a server that has seen nothing of what has happened.
    fn compare(&mut self) {
        let was = Editor::state(&mut self.client, self.open.keys().copied());
        let folder = tempfile::tempdir().unwrap();
        let mut copied: Vec<&str> = PATHS.to_vec();
        copied.extend(["archc.toml", "in/archc.toml"]);
        for path in copied {
            let from = self.client.folder.path().join(path);
            let to = folder.path().join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            if from.is_file() {
                fs::copy(from, to).unwrap();
            }
        }
        let mut fresh = Client::start_in(folder, &capabilities());
        for (file, text) in &self.open {
            fresh.open_as(PATHS[*file], text);
        }
        let is = Editor::state(&mut fresh, self.open.keys().copied());
        assert_eq!(was.keys().collect::<Vec<_>>(), is.keys().collect::<Vec<_>>(), "with the texts {:#?}", self.open);
        for (key, said) in &is {
            assert_eq!(said, &was[key], "the {key}, with the texts {:#?}", self.open);
        }
    }
}

/// How many sessions there are, of how many steps, and after how many of them the servers are compared.
fn sessions(sessions: u32, steps: usize, every: usize) {
    let config = Config { cases: sessions, max_shrink_iters: 200, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&proptest::collection::vec(step(), steps), |steps| {
        let mut editor = Editor::start();
        for (number, step) in steps.iter().enumerate() {
            editor.run(step);
            if number % every == every - 1 {
                editor.compare();
            }
        }
        editor.compare();
        Ok(())
    });
    result.unwrap();
}

/// `ARCHC_SESSIONS` and `ARCHC_STEPS` make it as long as somebody has time for, and `PROPTEST_RNG_SEED` as different.
#[test]
fn a_session_ends_as_a_fresh_start_begins() {
    let number =
        |name: &str, otherwise: usize| std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise);
    let count = u32::try_from(number("ARCHC_SESSIONS", 2)).unwrap();
    sessions(count, number("ARCHC_STEPS", 100), number("ARCHC_EVERY", 25));
}
