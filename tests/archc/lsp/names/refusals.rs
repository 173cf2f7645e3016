//! What cannot be renamed, or not to this, and why.

use std::fmt::Write as _;

use serde_json::json;

use super::capabilities;
use crate::lsp::client::Client;

/// What is renamed at the cursor, and the name that it shall have.
const REFUSED: &[(&str, &str)] = &[
    ("architecture a {\n  external $0web\n}\n", "my web"),
    ("architecture a {\n  external $0web\n}\n", "1st"),
    ("architecture a {\n  external $0web\n}\n", ""),
    ("architecture a {\n  external $0web\n}\n", "web.site"),
    ("architecture a {\n  external $0web\n  external app\n}\n", "app"),
    ("architecture $0a {\n  external web\n}\narchitecture b {\n  external web\n}\n", "b"),
    ("architecture a {\n  service $0raw: aws.s3\n}\n", "external"),
    // Another name would lead here.
    (
        "architecture a {\n  external web\n  group g { service $0raw: aws.s3 }\n  group h { service hot: aws.s3 }\n  web -> hot via aws.appflow\n}\n",
        "hot",
    ),
    (
        "architecture a {\n  external web\n  service raw: aws.s3\n  group g {\n    service $0inner: aws.lambda\n    inner -> raw\n  }\n  web -> g.inner\n}\n",
        "raw",
    ),
    ("architecture a {\n  service raw: queue\n  service $0other: aws.s3\n  other -> raw via queue\n}\n", "queue"),
    // This name would lead elsewhere.
    (
        "architecture a {\n  external b\n  service x: aws.lambda\n  b -> x\n}\narchitecture $0other {\n  external web\n}\nextend a {\n  other.web -> x\n}\n",
        "b",
    ),
    // A word in a property would become a parameter, and a word of selectors a name.
    (
        "pattern p(from: external, $0keep: duration) {\n  service s: aws.lambda { architecture = arm64, duration = keep }\n  from -> s\n}\n",
        "arm64",
    ),
    (
        "architecture a {\n  external $0web\n  service x: aws.lambda\n  web -> x\n  view v { show = service + web }\n}\n",
        "service",
    ),
    ("pattern p($0from: external) {\n  service s: aws.lambda\n  from -> s\n}\n", "s"),
    (
        "pattern p(from: external) {\n  service s: aws.lambda\n  from -> s\n}\npattern $0q {\n  service s: aws.lambda\n}\n",
        "p",
    ),
    ("kind $0mine is aws.s3 \"Mine\"\narchitecture a {\n  service x: mine\n}\n", "aws.s3"),
    ("architecture a {\n  external web\n  view $0one { show = * }\n  view two { show = * }\n}\n", "two"),
    ("rule $0one { deny = external, because = \"so\" }\nrule two { deny = person, because = \"so\" }\n", "two"),
    ("environment $0one { scale = 5% }\nenvironment two { scale = 6% }\n", "two"),
    // What ships, and what means nothing.
    ("architecture a {\n  service x: $0aws.s3\n}\n", "mine"),
    ("architecture a {\n  service x: aws.s3 { $0retention = 30 d }\n}\n", "mine"),
    ("architecture a {\n  external web\n  use $0data_lake(crm = web) as lake\n}\n", "mine"),
    ("architecture a {\n  external web\n  use data_lake($0crm = web) as lake\n}\n", "mine"),
    ("architecture a {\n  external web\n  web -> $0nowhere\n}\n", "mine"),
    ("architecture a {\n  external web\n  service $0web: aws.s3\n}\n", "mine"),
    ("$0architecture a {\n}\n", "mine"),
    // A name that is taken is given up.
    (
        "architecture a {\n  external web\n}\narchitecture $0a {\n  external web\n  service x: aws.lambda\n  web -> x\n}\n",
        "mine",
    ),
    ("architecture a {\n  external web\n  view v { show = * }\n  view $0v { show = * }\n}\n", "mine"),
];

#[test]
fn what_would_do_harm_is_refused() {
    let mut told = String::new();
    for (fixture, name) in REFUSED {
        let (mut client, cursor) = Client::start_with(fixture, &capabilities());
        let cursor = cursor.unwrap();
        client.open("main.arch");
        let mut params = client.at(&cursor);
        params["newName"] = json!(name);
        let answer = client.ask("textDocument/rename", params).response_result;
        let answer = answer.map_or_else(|refusal| refusal.message, |_| "renamed".to_owned());
        writeln!(told, "{fixture}to `{name}`: {answer}\n").unwrap();
    }
    insta::assert_snapshot!(told);
}
