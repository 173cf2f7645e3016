//! What is offered where the cursor stands, and that whatever is offered can be taken.
//!
//! A case is a piece of text with the cursor in it. Each item that is listed is put in its place, and the text must be one
//! without a mistake in the syntax, and without a name that means nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::{Client, Cursor, position};

mod cases;
mod protocol;

/// What the pieces stand in.
const SHOP: &str = "\
architecture shop \"Web Shop\" {
  region = eu-west-1
  owner = \"team-shop\"
  /// Whoever buys.
  external web \"Browsers\" { emits = 50/s of 2 KB }
  person analyst \"Analyst\"
  service checkout: aws.lambda \"Check-out\" { memory = 512 MB, duration = 80 ms, tags = [critical] }
  service orders: aws.sqs \"Orders\" { data = [pii] }
  service topic: aws.sns \"News\"
  service dag: aws.mwaa \"Airflow\"
  group storage \"Storage\" {
    owner = \"team-data\"
    service raw: aws.s3 \"Raw\" { retention = 30 d, tags = [archive] }
    service exports: aws.s3 \"Exports\"
  }
  web => checkout \"order\"
  checkout -> orders \"queued\"
  orders -> raw via mover: aws.lambda \"Move\" { memory = 256 MB, duration = 1 s }
";

/// What stands beside them.
const BESIDE: &str = "\
//- other.arch
/// Somewhere else.
architecture lake \"Lake\" {
  external crm \"CRM\"
  service landing: aws.s3
  service raw: aws.s3
  crm -> landing
  landing -> raw
}
environment staging \"Staging\" { lake.raw.retention = 3 d }
decision buckets \"Keep everything in buckets\" { status = accepted, date = 2026-01-01, affects = [lake] }
rule private \"Nothing leaves\" { deny = category(store) -> external, because = \"We promised.\" }
/// Keeps what comes.
pattern archive(
  // What sends.
  source: external,
  // Where it is kept.
  target: aws.s3,
  keep: duration = 90 d,
  looks: rate = 1/d,
) \"Archive\" {
  service stream: aws.kinesis.stream { retention = keep }
  source -> stream
  stream -> target via aws.firehose
}
";

/// A piece of text.
struct Case {
    title: &'static str,
    place: Place,
    text: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In the architecture.
    Inside,
    /// At the top of the file, after the architecture.
    Top,
    /// In the architecture, where a name only begins an edge.
    Beginning,
    /// In the architecture, where something stays wrong whatever is taken.
    Broken,
}

const fn inside(title: &'static str, text: &'static str) -> Case {
    Case { title, place: Place::Inside, text }
}

const fn beginning(title: &'static str, text: &'static str) -> Case {
    Case { title, place: Place::Beginning, text }
}

const fn top(title: &'static str, text: &'static str) -> Case {
    Case { title, place: Place::Top, text }
}

const fn broken(title: &'static str, text: &'static str) -> Case {
    Case { title, place: Place::Broken, text }
}

impl Case {
    fn cursor(&self) -> Cursor {
        let text = match self.place {
            Place::Inside | Place::Beginning | Place::Broken => format!("{SHOP}{}\n}}\n", self.text),
            Place::Top => format!("{SHOP}}}\n{}\n", self.text),
        };
        let offset = text.find("$0").unwrap_or_else(|| panic!("{} has no cursor", self.title));
        Cursor { path: "main.arch".to_owned(), offset, text: text.replacen("$0", "", 1) }
    }
}

/// A client that can do everything.
fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8"] },
        "textDocument": {
            "completion": { "completionItem": {
                "snippetSupport": true,
                "commitCharactersSupport": true,
                "documentationFormat": ["markdown", "plaintext"],
                "tagSupport": { "valueSet": [1] },
                "insertReplaceSupport": true,
                "insertTextModeSupport": { "valueSet": [1, 2] },
            } },
            "signatureHelp": { "signatureInformation": {
                "documentationFormat": ["markdown"],
                "parameterInformation": { "labelOffsetSupport": true },
                "activeParameterSupport": true,
                "noActiveParameterSupport": true,
            } },
        },
    })
}

/// A client that has the shop open.
fn client() -> Client {
    let (mut client, _) = Client::start_with(&format!("//- main.arch\n{SHOP}}}\n{BESIDE}"), &capabilities());
    client.open("main.arch");
    client
}

fn items(client: &mut Client, cursor: &Cursor) -> Vec<Value> {
    let answer = client.ask_at("textDocument/completion", cursor);
    answer["items"].as_array().cloned().unwrap_or_default()
}

/// How many items of a case a snapshot lists.
const LISTED: usize = 14;

/// How many items of a case are put in their place.
const TRIED: usize = 16;

/// Lists what is offered in each case, and takes each item.
fn try_all(cases: &[Case]) -> String {
    let mut client = client();
    let (mut text, mut wrong) = (String::new(), Vec::new());
    for case in cases {
        let cursor = case.cursor();
        client.change("main.arch", None, &cursor.text);
        let before = findings(&client);
        let items = items(&mut client, &cursor);
        writeln!(text, "==== {}\n{}\n----", case.title, case.text).unwrap();
        if items.is_empty() {
            writeln!(text, "nothing").unwrap();
        }
        for item in items.iter().take(LISTED) {
            writeln!(text, "{}", shown(item)).unwrap();
        }
        if items.len() > LISTED {
            writeln!(text, "… and {} more", items.len() - LISTED).unwrap();
        }
        writeln!(text).unwrap();
        for item in items.iter().take(TRIED) {
            wrong.extend(take(&mut client, case, &cursor, item, &before));
        }
    }
    assert!(wrong.is_empty(), "{} items that cannot be taken:\n{}", wrong.len(), wrong.join("\n"));
    text
}

/// An item on one line: label, sort, what it inserts if that is something else, and what is said beside it.
fn shown(item: &Value) -> String {
    let label = item["label"].as_str().unwrap();
    let mut text = format!("{label} ({})", sort(item));
    let inserted = item["textEdit"]["newText"].as_str().unwrap();
    if inserted != label {
        write!(text, " ⇒ {}", inserted.replace('\n', "⏎")).unwrap();
    }
    let detail = item["detail"].as_str().unwrap_or_default();
    if !detail.is_empty() {
        write!(text, " · {detail}").unwrap();
    }
    if !item["tags"].is_null() {
        text.push_str(" · struck out");
    }
    text
}

fn sort(item: &Value) -> &'static str {
    match item["kind"].as_u64().unwrap() {
        3 => "function",
        5 => "parameter",
        6 => "service",
        7 => "kind",
        8 => "external",
        9 => "group",
        10 => "property",
        11 => "unit",
        12 => "value",
        14 => "keyword",
        17 => "architecture",
        18 => "other",
        20 => "choice",
        21 => "person",
        22 => "pattern",
        23 => "rule",
        24 => "operator",
        other => panic!("{other}"),
    }
}

/// What is wrong with a text beside its syntax if a name in it means nothing, or is of the wrong sort.
const ABOUT_NAMES: [&str; 26] = [
    "allow/invalid",
    "attribute/unknown",
    "catalog/invalid-kind",
    "catalog/invalid-wire",
    "decision/unknown-decision",
    "decision/unknown-element",
    "declaration/misplaced",
    "docs/broken-link",
    "edge/wrong-end",
    "environment/unknown",
    "kind/abstract",
    "kind/unknown",
    "name/ambiguous",
    "name/unresolved",
    "pattern/argument",
    "pattern/free-name",
    "pattern/parameter",
    "pattern/unknown",
    "property/ambiguous",
    "property/duplicate",
    "property/mistyped",
    "property/out-of-range",
    "property/unknown",
    "property/wrong-unit",
    "selector/invalid",
    "via/misplaced",
];

type Counts = BTreeMap<String, usize>;

fn findings(client: &Client) -> Counts {
    let mut counts = Counts::new();
    for path in ["main.arch", "other.arch"] {
        for finding in client.diagnostics.get(path).and_then(Value::as_array).into_iter().flatten() {
            *counts.entry(finding["code"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    counts
}

/// Puts an item in its place, and says what is wrong then and was not before.
fn take(client: &mut Client, case: &Case, cursor: &Cursor, item: &Value, before: &Counts) -> Vec<String> {
    let is_name = matches!(sort(item), "service" | "external" | "person" | "group" | "architecture");
    let end = if case.place == Place::Beginning && is_name { " ~> exports" } else { "" };
    let text = applied(&cursor.text, item, end);
    client.change("main.arch", None, &text);
    let after = findings(client);
    // Words and patterns have places that somebody has to fill in.
    let is_open = matches!(sort(item), "keyword" | "pattern");
    let mut wrong = Vec::new();
    for (code, count) in &after {
        let is_syntax = code.starts_with("syntax/");
        let is_about_names = !is_open && case.place != Place::Broken && ABOUT_NAMES.contains(&code.as_str());
        let counts = is_syntax || is_about_names;
        let allowed = match case.place {
            Place::Inside | Place::Top | Place::Beginning if is_syntax => 0,
            _ => before.get(code).copied().unwrap_or_default(),
        };
        if counts && *count > allowed {
            let found =
                client.findings("main.arch").into_iter().filter(|it| it.contains(code.as_str())).collect::<Vec<_>>();
            wrong.push(format!("{}: {} gives {}", case.title, shown(item), found.join("; ")));
        }
    }
    wrong
}

/// The text with an item in place of the whole word, its places filled in with what they suggest.
fn applied(text: &str, item: &Value, end: &str) -> String {
    let edit = &item["textEdit"];
    let range = if edit["replace"].is_null() { &edit["range"] } else { &edit["replace"] };
    let (start, after) = (offset(text, &range["start"]), offset(text, &range["end"]));
    let inserted = edit["newText"].as_str().unwrap();
    let inserted = if item["insertTextFormat"] == 2 { filled_in(inserted) } else { inserted.to_owned() };
    let mut text = text.to_owned();
    text.replace_range(start..after, &format!("{inserted}{end}"));
    text
}

fn offset(text: &str, position: &Value) -> usize {
    let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    start + usize::try_from(position["character"].as_u64().unwrap()).unwrap()
}

/// A snippet with its suggestions: of several words, the first.
fn filled_in(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let c = rest.chars().next().unwrap();
                text.push(c);
                rest = &rest[c.len_utf8()..];
            }
            '$' if rest.starts_with('{') => {
                let number = rest[1..].find(|c: char| !c.is_ascii_digit()).unwrap() + 1;
                let (opening, inside) = (&rest[number..=number], &rest[number + 1..]);
                let end = unescaped(inside, '}');
                let suggestion = match opening {
                    ":" => &inside[..end],
                    "|" => &inside[..unescaped(inside, ',').min(unescaped(inside, '|'))],
                    other => panic!("{other} in {snippet}"),
                };
                text.push_str(&suggestion.replace('\\', ""));
                rest = &inside[end + 1..];
            }
            '$' => rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()),
            c => text.push(c),
        }
    }
    text
}

fn unescaped(text: &str, sign: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        if c == sign && !is_escaped {
            return at;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    text.len()
}

/// The parameters of a request at a cursor, with what triggered it.
fn triggered(client: &Client, cursor: &Cursor, character: &str) -> Value {
    json!({
        "textDocument": { "uri": client.uri(&cursor.path) },
        "position": position(&cursor.text, cursor.offset),
        "context": { "triggerKind": 2, "triggerCharacter": character },
    })
}
