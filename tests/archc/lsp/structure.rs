//! What a file is made of: symbols, folds, selections, colours, and formatting of parts.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::{Client, position, range};
use super::text::{apply, offset};

const LAKE: &str = r#"//! What the team runs.

/// The lake. Everything lands in [`raw`], see [the book](https://example.com) and [no_such].
/// Second line.
architecture lake "Data Lake" {
  owner = "team-data", region = us-east-1

  // One comment
  // and another one.
  external crm: saas "CRM" { emits = 20_000/d of 2 KB }
  person analysts "Analysts"
  group store "Store" {
    @allow(docs/missing, until = 2027-01-01, because = "soon")
    service raw: aws.s3 "Raw" { retention = 2 y, class = intelligent-tiering }
    service old: aws.kinesis.analytics
  }

  crm -> store.raw via load: aws.appflow "hourly" { runs = 24/d }
  raw => analysts via aws.athena
  raw ~> old
  view all "All" { show = upstream(raw) - kind(aws.s3) + store, labels = load }
  scenario reading "Somebody reads" {
    alt "fresh" {
      raw => analysts "rows"
    } else "stale" {
      note raw "nothing"
    }
  }
  decision s3 "Use S3" { status = accepted, affects = [raw, store.old] }
}

pattern cell(size: count = 2, target: service) "Cell" {
  service queue: aws.sqs { retention = 3 d }
  group inner {
    service worker: aws.lambda { concurrency = size }
  }
  queue -> inner.worker
  worker -> target
  view mine "Mine" { show = where(retention > 1 d) & kind(aws.sqs) - target }
}

use cell(size = 3, target = lake.raw) as cells

kind acme.cache is service "Cache" {
  category = database
  /// How large.
  property size: size = 1 GB { min = 1 MB }
  meter "hours" = size * 730 @ acme.cache.hour
  limit "items" count <= 40_000 soft
}
wire lambda, aws.lambda -> acme.cache only {
  source = """
    One line,
    and another.
    """
}
environment staging { scale = 5%, lake.raw.retention = 1 d, without lake.crm }
rule tight "Tight" { deny = external -> category(store), because = "so" }
extend lake { service late: aws.s3 }
"#;

/// A file in the middle of a keystroke.
const BROKEN: &str = "\
architecture shop {
  external web
  service orders: aws.sqs \"Orders {
    retention = , 3 d
  service 7up: aws.lambda { memory =
  web -> orders via
  servce pay: aws.lambda \"Pay\"
  web -> -> \"x\" 12 MB // why
  group open {
    service inside
";

fn capable() -> Value {
    let kinds: Vec<u32> = (1..=26).collect();
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true }, "symbol": { "symbolKind": { "valueSet": kinds } } },
        "textDocument": {
            "documentSymbol": {
                "hierarchicalDocumentSymbolSupport": true,
                "symbolKind": { "valueSet": kinds },
                "tagSupport": { "valueSet": [1] },
            },
        },
    })
}

fn open(text: &str) -> Client {
    let (mut client, _) = Client::start_with(text, &capable());
    client.open("main.arch");
    client
}

fn document(client: &Client, path: &str) -> Value {
    json!({ "textDocument": { "uri": client.uri(path) } })
}

fn with(mut params: Value, key: &str, value: Value) -> Value {
    params[key] = value;
    params
}

/// The words of the protocol for kinds of symbols.
const KINDS: [&str; 27] = [
    "?",
    "file",
    "module",
    "namespace",
    "package",
    "class",
    "method",
    "property",
    "field",
    "constructor",
    "enum",
    "interface",
    "function",
    "variable",
    "constant",
    "string",
    "number",
    "boolean",
    "array",
    "object",
    "key",
    "null",
    "enum member",
    "struct",
    "event",
    "operator",
    "type parameter",
];

fn kind(symbol: &Value) -> &'static str {
    KINDS[usize::try_from(symbol["kind"].as_u64().unwrap()).unwrap()]
}

fn outline(symbols: &Value, level: usize, out: &mut String) {
    for symbol in symbols.as_array().unwrap() {
        let detail = symbol["detail"].as_str().map(|detail| format!(" — {detail}")).unwrap_or_default();
        let retired = if symbol["tags"].is_array() { " (deprecated)" } else { "" };
        let (whole, name) = (range(&symbol["range"]), range(&symbol["selectionRange"]));
        let indent = "  ".repeat(level);
        writeln!(
            out,
            "{indent}{} {}{detail}{retired} [{whole}, name {name}]",
            kind(symbol),
            symbol["name"].as_str().unwrap()
        )
        .unwrap();
        if symbol["children"].is_array() {
            outline(&symbol["children"], level + 1, out);
        }
    }
}

#[test]
fn declarations_are_a_tree() {
    for (name, text) in [("whole", LAKE), ("broken", BROKEN)] {
        let mut client = open(text);
        let params = document(&client, "main.arch");
        let symbols = client.request("textDocument/documentSymbol", params);
        let mut shown = String::new();
        outline(&symbols, 0, &mut shown);
        insta::assert_snapshot!(format!("symbols_{name}"), shown);
    }
}

#[test]
fn an_old_client_gets_a_list_and_icons_that_it_knows() {
    let (mut client, _) = Client::start_with(LAKE, &json!({}));
    client.open("main.arch");
    let params = document(&client, "main.arch");
    let symbols = client.request("textDocument/documentSymbol", params);
    assert!(symbols.as_array().unwrap().iter().all(|symbol| symbol["kind"].as_u64().unwrap() <= 18));
    insta::assert_snapshot!(listed(&client, &symbols));
}

fn listed(client: &Client, symbols: &Value) -> String {
    let line = |symbol: &Value| {
        let path = client.path(symbol["location"]["uri"].as_str().unwrap());
        let container = symbol["containerName"].as_str().map(|name| format!(" in {name}")).unwrap_or_default();
        format!(
            "{} {}{container} [{path} {}]\n",
            kind(symbol),
            symbol["name"].as_str().unwrap(),
            range(&symbol["location"]["range"])
        )
    };
    symbols.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn the_workspace_is_searched() {
    let fixture = "\
//- a/archc.toml
//- a/a.arch
architecture shop \"Shop\" {
  service orders: aws.sqs
  service order_store: aws.dynamodb \"Orders of today\"
  group reorder { service queue: aws.sqs }
}
//- b/archc.toml
//- b/a.arch
architecture other {
  service orders: aws.lambda
  service old_renderer
}
";
    let (mut client, _) = Client::start_with(fixture, &capable());
    let mut shown = String::new();
    for query in ["orders", "ORDER", "shop.ord", "reorder.queue", "sqs", "today", "ordr", "zzz", ""] {
        let found = client.request("workspace/symbol", json!({ "query": query }));
        write!(shown, "`{query}`\n{}\n", listed(&client, &found)).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_search_has_an_end() {
    let services: String = (0..1_000).map(|index| format!("service s{index}\n")).collect();
    let (mut client, _) = Client::start(&format!("architecture a {{\n{services}}}\n"));
    let found = client.request("workspace/symbol", json!({ "query": "s" }));
    assert_eq!(found.as_array().unwrap().len(), 256);
    assert_eq!(found[0]["name"], "s0");
}

#[test]
fn what_folds() {
    let mut shown = String::new();
    for (name, text) in [("whole", LAKE), ("broken", BROKEN)] {
        let mut client = open(text);
        let params = document(&client, "main.arch");
        let folds = client.request("textDocument/foldingRange", params);
        writeln!(shown, "{name}").unwrap();
        for fold in folds.as_array().unwrap() {
            let place = json!({
                "start": { "line": fold["startLine"], "character": fold["startCharacter"] },
                "end": { "line": fold["endLine"], "character": fold["endCharacter"] },
            });
            let span = offset(text, &place["start"])..offset(text, &place["end"]);
            let first = text[span.clone()].trim_start().lines().next().unwrap_or_default();
            writeln!(shown, "  {} {}: {first}…", range(&place), fold["kind"].as_str().unwrap_or("-")).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn whole_lines_fold_without_the_closing_brace() {
    let capabilities = json!({ "textDocument": { "foldingRange": { "lineFoldingOnly": true, "rangeLimit": 6 } } });
    let (mut client, _) = Client::start_with(LAKE, &capabilities);
    client.open("main.arch");
    let params = document(&client, "main.arch");
    let folds = client.request("textDocument/foldingRange", params);
    let lines: Vec<&str> = LAKE.lines().collect();
    let line = |at: &Value| lines[usize::try_from(at.as_u64().unwrap()).unwrap()];
    let shown: String = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| {
            assert!(fold["startCharacter"].is_null());
            format!("{} … {}\n", line(&fold["startLine"]), line(&fold["endLine"]))
        })
        .collect();
    insta::assert_snapshot!(shown);
}

#[test]
fn a_selection_grows() {
    let places = [
        (LAKE, "tiering"),
        (LAKE, "raw via load"),
        (LAKE, "Second"),
        (LAKE, "upstream(raw"),
        (LAKE, "hourly"),
        (LAKE, "another one."),
        (LAKE, "the book"),
        (LAKE, "nothing"),
        (BROKEN, "7up"),
        (BROKEN, "inside"),
        (BROKEN, "why"),
    ];
    let mut shown = String::new();
    for (text, place) in places {
        let mut client = open(text);
        let at = text.find(place).unwrap() + place.find("raw").unwrap_or(1);
        let params = with(document(&client, "main.arch"), "positions", json!([position(text, at)]));
        let chain = client.request("textDocument/selectionRange", params);
        writeln!(shown, "{place}").unwrap();
        let mut selection = &chain[0];
        let mut before: Option<std::ops::Range<usize>> = None;
        while !selection.is_null() {
            let span = offset(text, &selection["range"]["start"])..offset(text, &selection["range"]["end"]);
            assert!(span.contains(&at) || span.end == at);
            assert!(before.is_none_or(|inner| span.start <= inner.start && inner.end <= span.end && span != inner));
            let words: Vec<&str> = text[span.clone()].split_whitespace().collect();
            let words = words.join(" ");
            let long = words.chars().count() > 70;
            let (head, tail): (String, String) = if long {
                (words.chars().take(40).collect(), words.chars().skip(words.chars().count() - 25).collect())
            } else {
                (words, String::new())
            };
            writeln!(shown, "  {head}{}{tail}", if long { " … " } else { "" }).unwrap();
            before = Some(span);
            selection = &selection["parent"];
        }
        assert_eq!(before, Some(0..text.len()));
    }
    insta::assert_snapshot!(shown);
}

// ---- Colours --------------------------------------------------------------------------------------------------------

/// Each line of a text with what its words are.
fn painted(client: &Client, text: &str, tokens: &Value) -> String {
    let legend = &client.capabilities["semanticTokensProvider"]["legend"];
    let numbers: Vec<usize> =
        tokens["data"].as_array().unwrap().iter().map(|it| usize::try_from(it.as_u64().unwrap()).unwrap()).collect();
    let lines: Vec<&str> = text.lines().collect();
    let mut under: Vec<Vec<String>> = vec![Vec::new(); lines.len()];
    let (mut line, mut start) = (0, 0);
    for token in numbers.chunks(5) {
        line += token[0];
        start = if token[0] == 0 { start + token[1] } else { token[1] };
        let word = &lines[line][start..start + token[2]];
        let shades: Vec<&str> = (0..6)
            .filter(|bit| token[4] & (1 << bit) != 0)
            .map(|bit| legend["tokenModifiers"][bit].as_str().unwrap())
            .collect();
        let shades = if shades.is_empty() { String::new() } else { format!(" ({})", shades.join(", ")) };
        under[line].push(format!("{word} {}{shades}", legend["tokenTypes"][token[3]].as_str().unwrap()));
    }
    let both = lines.iter().zip(under);
    both.map(|(line, under)| format!("{line}\n{}", under.iter().map(|it| format!("    | {it}\n")).collect::<String>()))
        .collect()
}

#[test]
fn words_have_colours() {
    for (name, text) in [("whole", LAKE), ("broken", BROKEN)] {
        let mut client = open(text);
        let params = document(&client, "main.arch");
        let tokens = client.request("textDocument/semanticTokens/full", params);
        insta::assert_snapshot!(format!("colours_{name}"), painted(&client, text, &tokens));
    }
}

#[test]
fn an_editor_gets_only_the_colours_that_it_takes() {
    let capabilities = json!({ "textDocument": { "semanticTokens": {
        "requests": { "full": true, "range": true },
        "tokenTypes": ["variable", "type"],
        "tokenModifiers": [],
        "formats": ["relative"],
    } } });
    let (mut client, _) = Client::start_with(LAKE, &capabilities);
    client.open("main.arch");
    let params = document(&client, "main.arch");
    let tokens = client.request("textDocument/semanticTokens/full", params);
    let shown = painted(&client, LAKE, &tokens);
    let sorts: std::collections::BTreeSet<&str> =
        shown.lines().filter_map(|line| line.strip_prefix("    | ")?.split(' ').nth(1)).collect();
    assert_eq!(sorts.into_iter().collect::<Vec<_>>(), ["type", "variable"], "{shown}");
}

#[test]
fn a_part_has_the_colours_that_the_whole_has_there() {
    let mut client = open(LAKE);
    let params = document(&client, "main.arch");
    let whole = client.request("textDocument/semanticTokens/full", params.clone());
    let whole = painted(&client, LAKE, &whole);
    for first in [2, 5, 12, 17, 34, 52] {
        let place = json!({ "start": { "line": first, "character": 3 }, "end": { "line": first + 3, "character": 1 } });
        let part = client.request("textDocument/semanticTokens/range", with(params.clone(), "range", place));
        let part = painted(&client, LAKE, &part);
        let lines = LAKE.lines().skip(first).take(4).collect::<Vec<_>>();
        let section = |text: &str| {
            let start = text.find(&format!("{}\n", lines[0])).unwrap();
            let last = start + text[start..].find(&format!("{}\n", lines[3])).unwrap();
            let end = text[last..]
                .match_indices('\n')
                .map(|(at, _)| last + at + 1)
                .find(|at| !text[*at..].starts_with("    |"));
            text[start..end.unwrap_or(text.len())].to_owned()
        };
        assert_eq!(section(&part), section(&whole), "from line {first}");
    }
}

#[test]
fn only_colours_that_have_changed_are_told_again() {
    let mut client = open(LAKE);
    let params = document(&client, "main.arch");
    let first = client.request("textDocument/semanticTokens/full", params.clone());
    let place = position(LAKE, LAKE.find("service old").unwrap());
    client.change("main.arch", Some(json!({ "start": place, "end": place })), "external new 🚀\n    ");
    let delta = with(params.clone(), "previousResultId", first["resultId"].clone());
    let edits = client.request("textDocument/semanticTokens/full/delta", delta.clone());
    let edit = &edits["edits"][0];
    assert_eq!(edits["edits"].as_array().unwrap().len(), 1);
    assert!(edit["data"].as_array().unwrap().len() <= 25, "{edit}");
    let mut data = first["data"].as_array().unwrap().clone();
    let start = usize::try_from(edit["start"].as_u64().unwrap()).unwrap();
    let gone = usize::try_from(edit["deleteCount"].as_u64().unwrap()).unwrap();
    data.splice(start..start + gone, edit["data"].as_array().unwrap().iter().cloned());
    let whole = client.request("textDocument/semanticTokens/full", params.clone());
    assert_eq!(Value::from(data), whole["data"]);
    // Of an answer that is not the last one, nothing is known any more.
    let late = client.request("textDocument/semanticTokens/full/delta", delta);
    assert_eq!(late["data"], whole["data"]);
    let same = with(params, "previousResultId", late["resultId"].clone());
    let none = client.request("textDocument/semanticTokens/full/delta", same);
    assert_eq!(none["edits"], json!([]));
}

// ---- Formatting -----------------------------------------------------------------------------------------------------

const MESSY: &str = "\
architecture   shop   {
external   web
    service   orders  :  aws.sqs{retention=3 d
       }
  group   inner {
      service   a:aws.sqs
      service   b:aws.lambda{ memory=128 MB,
        duration=1 s }
  }
  web   ->   orders
}
";

fn options(params: Value) -> Value {
    with(params, "options", json!({ "tabSize": 8, "insertSpaces": false }))
}

#[test]
fn a_range_is_formatted_by_whole_statements() {
    let mut client = open(MESSY);
    let mut shown = String::new();
    for (from, to) in
        [("external", "external"), ("b:", "b:"), ("a:", "memory"), ("retention", "inner"), ("web   ->", "}\n")]
    {
        let start = MESSY.find(from).unwrap();
        let end = start + MESSY[start..].find(to).unwrap() + to.len();
        let place = json!({ "start": position(MESSY, start), "end": position(MESSY, end) });
        let params = options(with(document(&client, "main.arch"), "range", place));
        let edits = client.request("textDocument/rangeFormatting", params);
        write!(shown, "From `{from}` to `{}`:\n{}\n", to.trim(), apply(MESSY, &edits)).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn several_ranges_are_formatted_at_once() {
    let mut client = open(MESSY);
    let ranges = [1, 9]
        .map(|line| json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": 2 } }));
    let params = options(with(document(&client, "main.arch"), "ranges", json!(ranges)));
    let edits = client.request("textDocument/rangesFormatting", params);
    let changed: Vec<u64> =
        edits.as_array().unwrap().iter().map(|edit| edit["range"]["start"]["line"].as_u64().unwrap()).collect();
    assert_eq!(changed.iter().copied().collect::<std::collections::BTreeSet<u64>>(), [1, 9].into());
}

/// Types a text where `$0` stands, and shows what formatting makes of it, with the cursor where it is after that.
fn typed(fixture: &str, text: &str) -> String {
    let (before, after) = fixture.split_once("$0").unwrap();
    let now = format!("{before}{text}{after}");
    let mut client = open(&now);
    let at = before.len() + text.len();
    let params = options(with(document(&client, "main.arch"), "position", position(&now, at)));
    // Editors may have indented the new line already.
    let params = with(params, "ch", json!(text.trim_end_matches(' ')));
    let edits = client.request("textDocument/onTypeFormatting", params);
    for edit in edits.as_array().unwrap() {
        assert!(offset(&now, &edit["range"]["end"]) <= at, "what is behind the cursor stays: {edit}");
    }
    let shown = apply(&now, &edits);
    let behind = now.len() - at;
    assert_eq!(shown[shown.len() - behind..], now[at..]);
    format!("{}|{}", &shown[..shown.len() - behind], &shown[shown.len() - behind..])
}

#[test]
fn typing_formats_what_it_finishes() {
    let cases = [
        ("architecture a {\n      service   b:aws.sqs{retention=3 d\n    $0\n   external   c\n}\n", "}"),
        ("architecture a {\n      service   b:aws.sqs$0\n   external   c\n}\n", "\n      "),
        ("architecture a {\n  web->b{rate=1/s,size=1 KB}   // why$0\n}\n", "\n"),
        ("architecture a {\n  service   b:aws.sqs {$0\n}\n", "\n    "),
        ("architecture a {\n  group   g {\n    service   b\n  $0\n", "}"),
        ("architecture a {\n  web   ->$0\n}\n", "\n  "),
        ("architecture a {\n  web->b   \"} is only text $0\"\n}\n", "}"),
        ("architecture a {\r\n  web->b$0\r\n}\r\n", "\n"),
        ("architecture a {\n  service b: aws.sqs {  $0\n}\n", "\n"),
        ("architecture a {\n  \t$0\n}\n", "\n  "),
        ("architecture a {\n  /// A line break in Markdown  $0\n}\n", "\n"),
        ("kind   x   is service {$0", "}"),
        ("$0", "\n"),
    ];
    let shown: String =
        cases.iter().map(|(fixture, text)| format!("{fixture}\n=>\n{}\n------\n", typed(fixture, text))).collect();
    insta::assert_snapshot!(shown);
}
