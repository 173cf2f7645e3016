//! What the protocol demands: ranges, capabilities, triggers, limits and documentation.

use std::fmt::Write as _;

use serde_json::json;

use super::super::client::Client;
use super::{BESIDE, SHOP, capabilities, client, inside, items, shown, triggered};

#[test]
fn an_empty_file_has_the_words_of_the_top() {
    let (mut client, cursor) = Client::start_with("$0\n", &capabilities());
    client.open("main.arch");
    let labels: Vec<String> = items(&mut client, &cursor.unwrap()).iter().map(shown).collect();
    assert!(labels[0].starts_with("architecture (keyword)"), "{labels:#?}");
}

#[test]
fn a_client_without_snippets_gets_plain_text() {
    let (mut client, _) = Client::start_with(&format!("//- main.arch\n{SHOP}}}\n{BESIDE}"), &json!({}));
    client.open("main.arch");
    let mut text = String::new();
    for case in [
        inside("", "  serv$0"),
        inside("", "  service x: aws.s3 { ret$0 }"),
        inside("", "  web -> storage.r$0aw.old"),
        inside("", "  view v { show = upst$0 }"),
        inside("", "  use arch$0"),
    ] {
        let cursor = case.cursor();
        client.change("main.arch", None, &cursor.text);
        let first = items(&mut client, &cursor).remove(0);
        writeln!(text, "{}\n{}\n", case.text, serde_json::to_string_pretty(&first).unwrap()).unwrap();
    }
    insta::assert_snapshot!(text.replace(&client.uri(""), "ROOT/"));
}

#[test]
fn a_client_that_can_gets_both_ranges_and_tags() {
    let mut client = client();
    let mut text = String::new();
    for case in
        [inside("", "  web -> or$0de-rs"), inside("", "  service x: aws.glue.crawler { $0 }"), inside("", "  group$0")]
    {
        let cursor = case.cursor();
        client.change("main.arch", None, &cursor.text);
        let first = items(&mut client, &cursor).remove(0);
        writeln!(text, "{}\n{}\n", case.text, serde_json::to_string_pretty(&first).unwrap()).unwrap();
    }
    insta::assert_snapshot!(text.replace(&client.uri(""), "ROOT/"));
}

#[test]
fn a_blank_asks_only_where_something_has_to_follow() {
    let mut client = client();
    for (piece, is_answered) in [
        ("  web -> $0", true),
        ("  service x: $0", true),
        ("  owner = $0", true),
        ("  use $0", true),
        ("  web -> raw via $0", true),
        ("  $0", false),
        ("  web $0", false),
        ("  service $0", false),
        ("  web -> orders $0", false),
        ("  // web -> $0", false),
        ("  owner = \"a $0\"", false),
    ] {
        let cursor = inside("", piece).cursor();
        client.change("main.arch", None, &cursor.text);
        let params = triggered(&client, &cursor, " ");
        let answer = client.request("textDocument/completion", params);
        let items = answer["items"].as_array().unwrap();
        assert_eq!(!items.is_empty(), is_answered, "{piece}");
        // Who asks by hand always gets an answer but in comments, in texts, and where a name is made up.
        let params = triggered(&client, &cursor, ".");
        let answer = client.request("textDocument/completion", params);
        let is_free = ["//", "\"a", "service $0"].iter().any(|it| piece.contains(it));
        assert_eq!(answer["items"].as_array().unwrap().is_empty(), is_free, "{piece}");
    }
}

#[test]
fn documentation_comes_when_it_is_asked_for() {
    let mut client = client();
    let mut text = String::new();
    for (piece, label) in [
        ("  serv$0", "service"),
        ("  service x: aws.kin$0", "aws.kinesis.stream"),
        ("  service x: aws.s3 { ret$0 }", "retention"),
        ("  topic ~> $0", "dag"),
        ("  checkout -> $0", "orders"),
        ("  web $0", "=>"),
        ("  use $0", "archive"),
        ("  use archive($0)", "source"),
        ("  view v { show = $0 }", "between"),
        ("  @allow($0)", "wiring/unsupported"),
        ("  @allow($0)", "rule/private"),
        ("  lak$0", "lake.landing"),
    ] {
        let cursor = inside("", piece).cursor();
        client.change("main.arch", None, &cursor.text);
        let all = items(&mut client, &cursor);
        let item = all.iter().find(|item| item["label"] == label).unwrap_or_else(|| panic!("{piece}: {label}"));
        assert!(item["documentation"].is_null(), "{piece}");
        let resolved = client.request("completionItem/resolve", item.clone());
        assert_eq!(resolved["textEdit"], item["textEdit"]);
        let documentation = resolved["documentation"]["value"].as_str().unwrap_or("nothing");
        writeln!(text, "==== {piece} · {label}\n{documentation}\n").unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn resolving_what_is_not_ours_changes_nothing() {
    let mut client = client();
    for item in [json!({ "label": "x" }), json!({ "label": "x", "data": { "uri": "file:///nowhere", "about": 3 } })] {
        assert_eq!(client.request("completionItem/resolve", item.clone()), item);
    }
}

/// An architecture of so many services, with the cursor at an end of an edge.
fn many(services: usize, end: &str) -> String {
    let mut text = String::from("architecture big {\n  service first: aws.lambda\n");
    for number in 0..services {
        let kind = ["aws.sqs", "aws.s3", "aws.lambda"][number % 3];
        writeln!(text, "  service item{number:05}: {kind}").unwrap();
    }
    write!(text, "  first -> {end}\n}}\n").unwrap();
    text
}

#[test]
fn a_list_that_is_too_long_is_cut_and_says_so() {
    let (mut client, cursor) = Client::start_with(&many(2_000, "$0"), &capabilities());
    client.open("main.arch");
    let answer = client.ask_at("textDocument/completion", &cursor.unwrap());
    assert_eq!((answer["isIncomplete"].as_bool(), answer["items"].as_array().unwrap().len()), (Some(true), 300));
    let (mut client, cursor) = Client::start_with(&many(2_000, "item0199$0"), &capabilities());
    client.open("main.arch");
    let answer = client.ask_at("textDocument/completion", &cursor.unwrap());
    let labels: Vec<&str> =
        answer["items"].as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap()).collect();
    assert_eq!(answer["isIncomplete"], false);
    assert_eq!(labels[..3], ["item01990", "item01991", "item01992"]);
}

#[test]
fn no_place_of_a_file_makes_it_fail() {
    let fixture = "\
/// Doc [`a`].
architecture a \"Ä 🚀\" {
  service x: aws.s3 { retention = 30 d, tags = [a, b] }
  use archive(source = web, keep = 3 d) as y
  x -> y.z via p: aws.firehose \"l\" { buffer = 5 MiB }
  view v { show = upstream(x, 2) + moves(pii, to = external) }
  scenario s { alt \"a\" { x -> y } else { x <- y } }
  @allow(wiring/unsupported, \"x\", until = 2027-01-01)
  environment e { x.retention = 3 d, without x }
}
pattern p(a: external, b: duration = 3 d) { a -> b }
kind k is aws.s3 { property p: one_of(a, b) = a { required = true }, meter \"m\" = in.bytes @ aws.s3 }
wire k -> aws.s3 only { source = \"s\" }
";
    let (mut client, _) = Client::start_with(fixture, &capabilities());
    client.open("main.arch");
    let ask = |client: &mut Client, text: &str, offset: usize| {
        let cursor = super::Cursor { path: "main.arch".to_owned(), offset, text: text.to_owned() };
        client.ask_at("textDocument/completion", &cursor);
        client.ask_at("textDocument/signatureHelp", &cursor);
    };
    for offset in (0..=fixture.len()).filter(|at| fixture.is_char_boundary(*at)) {
        ask(&mut client, fixture, offset);
    }
    // And none of a text that ends there.
    for offset in (0..=fixture.len()).step_by(7).filter(|at| fixture.is_char_boundary(*at)) {
        client.change("main.arch", None, &fixture[..offset]);
        ask(&mut client, &fixture[..offset], offset);
    }
}
