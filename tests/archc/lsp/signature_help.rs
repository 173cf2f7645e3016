//! What a call takes, while it is written.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::client::Client;

const FIXTURE: &str = "\
architecture shop \"Shop\" {
  external web \"Browsers\"
  service raw: aws.s3
  CALL
}
/// Keeps what comes. It is there to be read again.
pattern archive(
  // What sends.
  source: external,
  // How long
  // it is kept.
  keep: duration = 90 d,
  data: list(symbol) = [pii],
) {
  service stream: aws.kinesis.stream { retention = keep }
  source -> stream
}
";

/// The answer to a piece of text with the cursor in it.
fn ask(piece: &str, capabilities: &Value) -> Value {
    let (mut client, cursor) = Client::start_with(&FIXTURE.replace("CALL", piece), capabilities);
    client.open("main.arch");
    client.ask_at("textDocument/signatureHelp", &cursor.unwrap())
}

/// The label with the active parameter between guillemets, and what is said of both.
fn shown(answer: &Value) -> String {
    let Some(signature) = answer["signatures"].get(0) else { return "nothing".to_owned() };
    let label = signature["label"].as_str().unwrap();
    let at = answer["activeParameter"].as_u64().map(|at| usize::try_from(at).unwrap());
    let active = at.and_then(|at| signature["parameters"].get(at));
    let Some(active) = active else { return label.to_owned() };
    let number = |at: usize| usize::try_from(active["label"][at].as_u64().unwrap()).unwrap();
    let (start, end) = (number(0), number(1));
    let said = active["documentation"]["value"].as_str().unwrap_or("-");
    let units: Vec<u16> = label.encode_utf16().collect();
    let part = |range: std::ops::Range<usize>| String::from_utf16(&units[range]).unwrap();
    format!("{}«{}»{}\n  {said}", part(0..start), part(start..end), part(end..units.len()))
}

#[test]
fn the_active_parameter_is_the_one_at_the_cursor() {
    let capabilities = json!({ "general": { "positionEncodings": ["utf-8"] }, "textDocument": { "signatureHelp": {
        "signatureInformation": {
            "documentationFormat": ["markdown"],
            "parameterInformation": { "labelOffsetSupport": true },
            "noActiveParameterSupport": true,
        },
    } } });
    let mut text = String::new();
    for piece in [
        "use archive($0)",
        "use archive(web, $0)",
        "use archive(keep = $0)",
        "use archive(keep = 3 d, $0)",
        "use archive(data = [pii, $0])",
        "use archive(ke$0 = 3 d)",
        "use archive(nothing = $0)",
        "use archive(\n    source = web,\n    keep = 3$0",
        "use archive(source = web) $0",
        "use nothing($0)",
        "view v { show = upstream($0) }",
        "view v { show = upstream(raw, $0) }",
        "view v { show = between(raw, upstream($0)) }",
        "view v { show = between(upstream(raw), $0) }",
        "view v { show = kind(aws.s3, aws.sqs, $0) }",
        "view v { show = owner(\"a$0\") }",
        "view v { show = between([raw, $0], web) }",
        "view v { show = (raw + $0) }",
        "view v { show = where(retention >= 3$0) }",
        "rule r { deny = moves(pii, $0) }",
        "rule r { deny = moves(pii, to = $0) }",
        "rule r { limit = path_length(web, $0) <= 3 }",
        "@allow($0)",
        "@allow(wiring/unsupported, \"why$0\")",
        "@allow(wiring/unsupported, until = $0)",
        "service x: aws.s3 { retention = $0 }",
        "// use archive($0",
    ] {
        writeln!(text, "{piece}\n  {}\n", shown(&ask(piece, &capabilities))).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_client_without_offsets_gets_labels_and_plain_text() {
    let answer = ask("use archive(source = $0)", &json!({}));
    insta::assert_snapshot!(serde_json::to_string_pretty(&answer).unwrap());
}
