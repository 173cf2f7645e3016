//! What an editor shows where the pointer rests.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::{Client, position, range};
use super::shop::{anywhere, everything, find, start};

/// What is said at the `|` of each needle.
fn hovers(client: &mut Client, path: &str, needles: &[&str]) -> String {
    let text = client.read(path);
    let mut all = String::new();
    for needle in needles {
        let said = at(client, path, &text, find(&text, needle));
        let _ = write!(all, "━━ {needle}\n{}\n\n", anywhere(client, &said));
    }
    all
}

fn at(client: &mut Client, path: &str, text: &str, offset: usize) -> String {
    let params = json!({ "textDocument": { "uri": client.uri(path) }, "position": position(text, offset) });
    match client.request("textDocument/hover", params) {
        Value::Null => "nothing".to_owned(),
        hover => format!("{}\n{}", range(&hover["range"]), hover["contents"]["value"].as_str().unwrap()),
    }
}

fn of(path: &str, needles: &[&str]) -> String {
    hovers(&mut start(&Value::Null), path, needles)
}

#[test]
fn of_elements() {
    let needles = [
        "service ord|ers:",
        "web -> or|ders",
        "external w|eb",
        "person st|aff",
        "service wor|ker",
        "service my|stery",
        "service co|ld",
    ];
    insta::assert_snapshot!(of("shop.arch", &needles));
}

#[test]
fn of_groups_and_architectures() {
    insta::assert_snapshot!(of("shop.arch", &["architecture sh|op", "group back|end", "as au|dit"]));
}

#[test]
fn of_edges() {
    let needles = [
        "web -|> orders \"place\"\n  orders",
        "orders -|> worker, mystery",
        "worker -|> store via",
        "partner -|> mystery",
        "cold -|> partner",
        "store ~|> worker",
        "worker -|> cold",
        "via aws.fire|hose",
    ];
    insta::assert_snapshot!(of("shop.arch", &needles));
}

#[test]
fn of_kinds() {
    let mut client = start(&Value::Null);
    client.open("kinds.arch");
    insta::assert_snapshot!(hovers(&mut client, "kinds.arch", &["kind team.bu|cket", "is aws.s|3 "]));
}

#[test]
fn of_properties() {
    let mut client = start(&Value::Null);
    client.open("kinds.arch");
    let mut said = hovers(&mut client, "kinds.arch", &["property lo|ck", "re|quire ="]);
    let needles = [
        "reten|tion = 90 d",
        "ow|ner = \"team-backend\"",
        "transfer = inter|-az",
        "sca|le = 5%",
        "shop.store.reten|tion",
    ];
    said.push_str(&hovers(&mut client, "shop.arch", &needles));
    insta::assert_snapshot!(said);
}

#[test]
fn of_quantities() {
    let needles = [
        "emits = 4|00/s of",
        "of 3 K|B",
        "peak = 5|x",
        "budget = 50 USD/m|onth",
        "duration = 12|0 ms",
        "scale = 5|%",
        "retention = 2 |y",
    ];
    let mut said = of("shop.arch", &needles);
    let (mut client, _) = Client::start(
        "architecture a {\n  external x { emits = 5_000/s of 1 KB }\n  service b: aws.s3 { cost = 0.5 USD/h }\n\
         \x20 service c: aws.kinesis.stream { replayed = 5 MiB/s, record_limit = 2 GiB, shards = 3 }\n}\n",
    );
    client.open("main.arch");
    let needles = ["5_00|0/s", "0.5 |USD/h", "5 Mi|B/s", "2 |GiB", "shards = 3|"];
    said.push_str(&hovers(&mut client, "main.arch", &needles));
    insta::assert_snapshot!(said);
}

#[test]
fn of_patterns_and_parameters() {
    let needles = [
        "pattern arch|ive",
        "pattern rel|ay",
        "archive(sou|rce",
        "ke|ep: duration",
        "retention = ke|ep",
        "service in|box",
        "service que|ue",
        "inbox -|> raw",
    ];
    let mut said = of("patterns.arch", &needles);
    said.push_str(&of("shop.arch", &["use arch|ive", "web, ke|ep = 14"]));
    insta::assert_snapshot!(said);
}

#[test]
fn of_views_scenarios_rules_decisions_and_environments() {
    let needles = [
        "view backend_o|nly",
        "show = |[backend",
        "up|stream(orders)",
        "scenario or|der",
        "    web -|> orders",
        "rule no_|direct_store",
        "external -|> category",
        "category(st|ore)",
        "decision que|ue_first",
        "environment sta|ging",
        "without shop.my|stery",
    ];
    insta::assert_snapshot!(of("shop.arch", &needles));
}

#[test]
fn of_codes_and_words() {
    let mut said = of(
        "shop.arch",
        &["@al|low", "wiring/unsup|ported", "v|ia aws", "al|t \"in", "} el|se", "no|te worker", "with|out"],
    );
    said.push_str(&of("archc.toml", &["docs/mis|sing", "rule/no_|direct"]));
    insta::assert_snapshot!(said);
}

#[test]
fn of_nothing() {
    let mut client = start(&Value::Null);
    let text = "// service of the day\narchitecture a \"service via\" {\n\n}\n";
    client.open_as("other.arch", text);
    let mut said = |needle| at(&mut client, "other.arch", text, find(text, needle));
    assert_eq!(["ser|vice of", "\"ser|vice via", "{\n|\n}"].map(&mut said), ["nothing"; 3]);
}

#[test]
fn in_links_of_documentation() {
    insta::assert_snapshot!(of("shop.arch", &["[ord|ers]"]));
}

/// What a stranger wrote makes no editor do anything but open a file of the workspace, or a page on the web.
#[test]
fn with_links_that_are_not_followed() {
    let fixture = "\
//- docs/run.md
//- systems/main.arch
/// [run](command:a.b), <command:foo>, [x](javascript:alert(1)), [![p](../docs/run.md)](vscode://x), [<data:x>](data:x),
/// [passwd](file:///etc/passwd), [up](../../outside.md), [the runbook](../docs/r%75n.md#when), [the web](https://example.com).
architecture a \"[A](command:a.b)\" {
  external web
  /// Is [`web`].
  pattern p() {}
  service lone: aws.sqs
}
rule r { deny = aws.sqs, because = \"[see](command:a.b) [this](https://example.com)\" }
//- other.arch
extend a { external more }
";
    let (mut client, _) = Client::start_with(fixture, &everything());
    client.open("systems/main.arch");
    client.open("other.arch");
    let mut said = hovers(&mut client, "systems/main.arch", &["architecture |a", "rule |r"]);
    said.push_str(&hovers(&mut client, "other.arch", &["extend |a"]));
    insta::assert_snapshot!(said);
}

/// What is typed is mostly broken.
#[test]
fn around_what_is_broken() {
    let mut client = start(&Value::Null);
    let text = "\
architecture a \"A\" {
  external web \"Web\" { emits = 10/s of
  service queue: aws.sqs \"Queue
  service fn: aws.lambda { memory = 512 MiB, = 3 timeout 30 s }
  web -> queue ->
  queue -> via aws.lambda
  ) fn -> quue aws.s3 wiring/unknown 5_000/s
";
    client.open_as("broken.arch", text);
    let mut all = String::new();
    for needle in [
        "external w|eb",
        "10|/s of",
        "aws.sq|s",
        "mem|ory",
        "51|2 MiB",
        "30 |s }",
        "web -|> queue",
        "via aws.lam|bda",
        ") f|n",
        "aws.s|3",
        "wiring/un|known",
        "5_0|00/s",
    ] {
        let said = at(&mut client, "broken.arch", text, find(text, needle));
        let _ = writeln!(all, "━━ {needle}\n{}\n", said.lines().take(6).collect::<Vec<_>>().join("\n"));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn as_plain_text() {
    let mut capabilities = everything();
    capabilities["textDocument"]["hover"]["contentFormat"] = json!(["plaintext"]);
    let (mut client, _) = Client::start_with(super::shop::SHOP, &capabilities);
    client.open("shop.arch");
    client.open("kinds.arch");
    let mut said = hovers(&mut client, "shop.arch", &["service ord|ers:", "orders -|> worker, mystery"]);
    said.push_str(&hovers(&mut client, "kinds.arch", &["property lo|ck", "kind team.bu|cket"]));
    insta::assert_snapshot!(said);
}

#[test]
fn findings_lead_to_what_explains_them() {
    let client = start(&Value::Null);
    let mut all = String::new();
    for (path, findings) in &client.diagnostics {
        for finding in findings.as_array().unwrap() {
            let href = anywhere(&client, finding["codeDescription"]["href"].as_str().unwrap_or("-"));
            let href = href.replace(env!("CARGO_PKG_VERSION"), "VERSION");
            let _ = writeln!(all, "{path} {}: {href}", finding["code"].as_str().unwrap());
        }
    }
    insta::assert_snapshot!(all);
    let page = client.cache.path().join("archc").join(env!("CARGO_PKG_VERSION")).join("rules/budget/exceeded.md");
    assert!(std::fs::read_to_string(page).unwrap().starts_with("# budget/exceeded\n"));
}
