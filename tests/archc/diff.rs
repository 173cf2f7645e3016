//! What changed between two states of a workspace.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::fmt::Write as _;
use std::fs;

use archc::compare::{self, Change, Comparison, compare};
use archc::emit::document::Document;
use archc::report::comparison::{draw, markdown};
use insta::assert_snapshot;
use serde_json::Value;

use crate::cli::Folder;
use crate::conformance::traps;
use crate::document::{assert_published, document};
use crate::formats::{assert_valid, close};
use crate::harness;

const BEFORE: &str = r#"architecture shop "Shop" {
  owner = "team-shop"
  region = us-east-1
  person buyers "Buyers" { emits = 20/s of 2 KB, peak = 4x }
  external bank "Bank"
  service gate: aws.apigateway "Gateway"
  service checkout: aws.lambda "Checkout" { memory = 512 MiB, duration = 180 ms }
  service orders: aws.dynamodb "Orders" { storage = 40 GB }
  service parcels: aws.sqs "Parcels"
  service shipping: aws.lambda "Shipping" { memory = 256 MiB, duration = 90 ms }
  buyers => gate => checkout
  checkout => orders, bank
  checkout -> parcels -> shipping
  view money { show = [checkout, bank] }
}
"#;

/// Another load and memory; the table has another name, shipping stands in a group, and keeps labels; the bank is gone.
const AFTER: &str = r#"architecture shop "Shop" {
  owner = "team-orders"
  region = us-east-1
  person buyers "Buyers" { emits = 40/s of 2 KB, peak = 4x }
  service gate: aws.apigateway "Gateway"
  service checkout: aws.lambda "Checkout" { memory = 1 GiB, duration = 180 ms }
  service order_store: aws.dynamodb "Orders" { storage = 40 GB }
  service parcels: aws.sqs "Parcels"
  group delivery "Delivery" {
    service shipping: aws.lambda "Shipping" { memory = 256 MiB, duration = 90 ms }
    service labels: aws.s3 "Labels"
  }
  buyers => gate => checkout
  checkout => order_store
  checkout -> parcels -> shipping via aws.eventbridge.pipe "pulls"
  shipping -> labels
  shipping ~> nobody
  view money { show = [checkout], direction = down }
}
"#;

fn repository() -> Folder {
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", BEFORE);
    folder.commit();
    folder.write("shop.arch", AFTER);
    folder
}

fn between(old: &str, new: &str) -> (Comparison, Document, Document) {
    let (old, new) = (document(old), document(new));
    (compare(("old", &old), ("new", &new)), old, new)
}

/// The differences of elements and edges, a line each.
fn told(old: &str, new: &str) -> String {
    let (comparison, ..) = between(old, new);
    let mut text = String::new();
    for it in &comparison.architectures {
        _ = writeln!(text, "{:?} {} {:?}", it.change, it.name, it.renamed_from);
    }
    for it in &comparison.elements {
        let moved = it.moved_from.as_ref().map(|from| format!(" moved from {from}")).unwrap_or_default();
        let renamed = it.renamed_from.as_ref().map(|from| format!(" was {from}")).unwrap_or_default();
        let fields: Vec<&str> = it.fields.iter().map(|field| field.name.as_str()).collect();
        _ = writeln!(text, "{:?} {}{renamed}{moved} {}", it.change, it.path, fields.join(", "));
    }
    for it in &comparison.edges {
        let fields: Vec<&str> = it.fields.iter().map(|field| field.name.as_str()).collect();
        _ = writeln!(text, "{:?} {} {}", it.change, it.id, fields.join(", "));
    }
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_schema_is_that_of_the_types() {
    assert_published("schemas/diff.schema.json", &compare::schema());
}

#[test]
fn each_format_tells_it() {
    let folder = repository();
    assert_snapshot!("text", folder.run(&["diff", "main"]));
    assert_snapshot!("markdown", folder.run(&["diff", "main", "--format", "markdown", "--marker", "shop"]));
    let run = folder.command().args(["diff", "main", "--format", "json"]).output().unwrap();
    let value: Value = serde_json::from_slice(&run.stdout).unwrap();
    let mut schema: Value = serde_json::from_str(&compare::schema()).unwrap();
    close(&mut schema);
    assert_valid(&schema, &value);
    let mut value = value;
    // Each line of the bill has a test of its own.
    value["bill"]["lines"] = Value::Array(Vec::new());
    value["loads"] = Value::Array(Vec::new());
    assert_snapshot!("json", serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn revisions_folders_files_and_models_give_the_same() {
    let folder = repository();
    folder.write("old/archc.toml", "");
    folder.write("old/shop.arch", BEFORE);
    folder.git(&["add", "shop.arch"]);
    folder.git(&["commit", "-q", "-m", "after"]);
    let model = folder.command().args(["model", "old"]).output().unwrap().stdout;
    folder.write("old.json", model);
    let json = |arguments: &[&str]| -> Value {
        let output = folder.command().arg("diff").args(arguments).args(["--format", "json"]).output().unwrap();
        let mut value: Value = serde_json::from_slice(&output.stdout).unwrap();
        value["before"]["name"] = "".into();
        value["after"]["name"] = "".into();
        value
    };
    let revisions = json(&["main~1", "main"]);
    assert_eq!(revisions["same"], false);
    for old in ["old", "old/shop.arch", "old.json", "path:old", "git:main~1"] {
        assert_eq!(json(&[old, "shop.arch"]), revisions, "{old}");
    }
    let same = folder.run(&["diff", "old.json", "old", "--exit-code"]);
    assert!(same.contains("exit code 0") && same.contains("no differences"), "{same}");
    assert!(folder.run(&["diff", "main~1", "main", "--exit-code"]).contains("exit code 1"));
}

/// A folder may be called like a branch.
#[test]
fn prefixes_tell_a_branch_from_a_folder() {
    let folder = repository();
    folder.write("main/archc.toml", "");
    folder.write("main/shop.arch", AFTER);
    let first = |word: &str| folder.run(&["diff", word, "shop.arch", "--exit-code"]);
    assert!(first("main").contains("exit code 0"), "{}", first("main"));
    assert!(first("path:main").contains("exit code 0"));
    assert!(first("git:main").contains("exit code 1"));
}

#[test]
fn what_cannot_be_compared_is_one_clear_error() {
    let folder = repository();
    folder.write("newer.json", "{ \"version\": 2, \"architectures\": [], \"elements\": [] }");
    folder.write("list.json", "[]");
    let mut runs: Vec<String> = ["v1.0", "git:shop.arch", "path:none", "newer.json", "list.json", "--in"]
        .iter()
        .map(|word| folder.run(&["diff", word]))
        .collect();
    runs.push(folder.run(&["diff", "main", "--env", "staging"]));
    let plain = Folder::new().with("a.arch", BEFORE);
    fs::remove_dir(plain.path().join(".git")).unwrap();
    runs.push(plain.run(&["diff", "main"]));
    assert!(runs.iter().all(|run| run.contains("exit code 2")), "{}", runs.join("\n"));
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn a_workspace_that_was_not_there_is_all_new() {
    let folder = Folder::new().with("README.md", "nothing");
    folder.commit();
    folder.write("shop.arch", BEFORE);
    let run = folder.run(&["diff", "main"]);
    assert!(run.contains("note: there is no architecture in main") && run.contains("+ shop.gate"), "{run}");
}

#[test]
fn renames_and_moves_are_recognised() {
    let cases = [
        ("a rename with a label", "service raw: aws.s3 \"Raw Zone\"", "service lake: aws.s3 \"Raw Zone\""),
        (
            "a rename that its edges tell",
            "service a: job, service raw: aws.s3, service c: job\na -> raw -> c",
            "service a: job, service zone: aws.s3, service c: job\na -> zone -> c",
        ),
        (
            "another kind is another service",
            "service a: job, service raw: aws.s3\na -> raw",
            "service a: job, service raws: aws.dynamodb\na -> raws",
        ),
        (
            "nothing in common",
            "service a: job, service raw: aws.s3 { retention = 1 d }\na -> raw",
            "service b: aws.lambda, service zone: aws.s3\nb -> zone",
        ),
        (
            "a move",
            "group g { service raw: aws.s3 { owner = \"x\" } }",
            "group h { owner = \"y\", service raw: aws.s3 }\ngroup g { }",
        ),
        (
            "a group with another name",
            "group g { service raw: aws.s3, service t: job\nraw -> t }",
            "group h { service raw: aws.s3, service t: job\nraw -> t }",
        ),
        (
            "nested groups",
            "group g { group i { service raw: aws.s3, service t: job } }",
            "group h { group j { service raw: aws.s3, service t: job } }",
        ),
        (
            "two that only their neighbours tell apart",
            "service a: job, service b: job, service x: aws.s3, service y: aws.s3\na -> x, b -> y",
            "service a: job, service b: job, service v: aws.s3, service w: aws.s3\nb -> v, a -> w",
        ),
        (
            "edges with other labels, arrows and carriers",
            "service a: job, service b: job\na -> b \"one\"\na -> b \"two\"\na => b\na -> b via aws.firehose \"f\"",
            "service a: job, service b: job\na -> b \"two\"\na -> b \"three\"\na ~> b\na -> b via aws.sqs \"f\"",
        ),
    ];
    let mut report = String::new();
    for (name, old, new) in cases {
        let wrap = |text: &str| {
            format!("architecture x {{ {text}\n}}").replace(", b ->", "\nb ->").replace(", a ->", "\na ->")
        };
        _ = writeln!(report, "{name}\n{}\n", told(&wrap(old), &wrap(new)));
    }
    let [old, new] =
        ["shop", "store"].map(|name| BEFORE.replacen("architecture shop", &format!("architecture {name}"), 1));
    _ = writeln!(report, "an architecture with another name\n{}", told(&old, &new));
    assert_snapshot!(report);
}

#[test]
fn unknown_is_never_nothing() {
    let old = "architecture a { external x { emits = 5/s of 1 KB }, service s: aws.sqs, region = us-east-1\nx -> s }";
    let (comparison, ..) = between(old, &old.replace("{ emits = 5/s of 1 KB }", ""));
    let load = comparison.loads.iter().find(|it| it.element == "a.s").unwrap();
    assert!(load.after.as_ref().unwrap().records.is_none() && load.before.as_ref().unwrap().records.is_some());
    assert_eq!(comparison.load.after.unknown, 1);
    let cost = comparison.costs.iter().find(|it| it.subject == "a.s").unwrap();
    assert!(cost.more.is_empty() && cost.unknown > 0, "{cost:?}");
    assert!(cost.after.as_ref().unwrap().unpriced > 0);
}

#[test]
fn a_renamed_service_keeps_its_lines_in_the_bill() {
    let new = BEFORE.replace("orders", "order_store");
    let (comparison, ..) = between(BEFORE, &new);
    assert_eq!((comparison.bill.lines, comparison.costs), (Vec::new(), Vec::new()));
    assert_eq!(comparison.elements.len(), 1);
    assert_eq!(comparison.elements[0].change, Change::Changed);
}

#[test]
fn nothing_differs_from_itself() {
    for source in [BEFORE.to_owned(), traps::labels(), traps::random(30)] {
        let (comparison, old, new) = between(&source, &source);
        assert!(comparison.same, "{comparison:#?}");
        assert_eq!(draw(&comparison, &old, &new), None);
    }
}

#[test]
fn mermaid_reads_the_diagrams() {
    let hostile = |text: &str| text.replace("aws.s3", "aws.dynamodb");
    let large = traps::large();
    let cases = [
        ("shop", BEFORE.to_owned(), AFTER.to_owned()),
        ("labels", traps::labels(), hostile(&traps::labels())),
        ("all_new", String::new(), traps::labels()),
        ("all_gone", traps::labels(), String::new()),
        ("names", traps::names(), traps::random(30)),
        ("shapes", traps::shapes(), traps::shapes().replace("architecture", "architecture new_")),
        ("large", large.clone(), large.replace("s1", "t1")),
        ("large_gone", large, "architecture other { service s: aws.s3, group g { } }".to_owned()),
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut expected = Vec::new();
    for (name, old, new) in cases {
        let (comparison, old, new) = between(&old, &new);
        let Some(drawn) = draw(&comparison, &old, &new) else {
            assert_eq!(name, "shapes", "nothing is drawn");
            continue;
        };
        fs::write(folder.path().join(format!("{name}.mmd")), &drawn.source).unwrap();
        let arrows = drawn.source.lines().filter(|line| line.contains("->")).count();
        expected.push((format!("{name}.mmd"), arrows, drawn.source));
    }
    assert!(expected.len() >= 7);
    let read = harness::parse(folder.path());
    for (file, arrows, source) in expected {
        for (version, read) in read["files"][&file].as_object().unwrap() {
            assert_eq!(read["ok"], true, "{file}, Mermaid {version}: {}\n{source}", read["error"]);
            assert_eq!(read["edges"].as_array().unwrap().len(), arrows, "{file}, Mermaid {version}");
        }
    }
}

#[test]
fn a_browser_shows_the_comment() {
    let (comparison, old, new) = between(BEFORE, AFTER);
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.md");
    fs::write(&page, markdown::render(&comparison, &old, &new, "")).unwrap();
    for (mermaid, theme) in [("10", "light"), ("12", "dark")] {
        let shown = harness::render(&page, mermaid, theme);
        assert_eq!(shown["ok"], true, "{shown:#}");
        let diagram = &shown["diagrams"][0];
        // Eight elements that are there, one of which is a group, and one that is gone.
        assert_eq!(diagram["nodes"].as_array().unwrap().len(), 8, "{diagram:#}");
        assert_eq!(diagram["subgraphs"].as_array().unwrap().len(), 1, "{diagram:#}");
    }
}

#[test]
fn a_comment_is_as_long_as_github_takes() {
    let long = "\\u{1F680} and so on ".repeat(200);
    let system = |number: usize, property: usize| {
        let services = (0..number).fold(String::new(), |text, at| {
            text + &format!("service one_with_a_name_that_is_longer_than_it_needs_to_be_{at}: aws.lambda \"{long} {at}\" {{ memory = {property} MiB, duration = 1 s }}\n")
        });
        format!(
            "architecture a {{ region = us-east-1, external x {{ emits = {property}/s of 1 KB }}\n{services}x -> one_with_a_name_that_is_longer_than_it_needs_to_be_0 }}"
        )
    };
    for (old, new) in [(system(600, 256), system(600, 512)), (String::new(), system(600, 256))] {
        let (comparison, old, new) = between(&old, &new);
        let text = markdown::render(&comparison, &old, &new, "a");
        let length = text.encode_utf16().count();
        assert!(length <= markdown::MAX_LENGTH && length > 5_000, "{length}");
        assert!(text.contains("left out: too long for a comment"), "{text}");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
        assert!(text.matches("```").count().is_multiple_of(2));
    }
}

#[test]
fn a_comment_tells_nobody_and_keeps_its_marker() {
    let new = BEFORE.replace("\"Bank\"", "\"@octocat #12 --> <b>\"");
    let (comparison, old, new) = between(BEFORE, &new);
    let text = markdown::render(&comparison, &old, &new, "a -->\n@b");
    assert_eq!(text.lines().next(), Some("<!-- archc:diff a -%2D%3E%0A@b -->"));
    let prose: String = text.split("```").step_by(2).collect::<Vec<_>>().join("\n");
    let prose = prose.split_once('\n').unwrap().1.to_owned();
    assert!(!prose.contains("@octocat") && !prose.contains("<b>"), "{prose}");
}

/// A marker is what a comment is known by: two that differ stay two.
#[test]
fn markers_are_neither_cut_nor_made_alike() {
    let folder = repository();
    let first = |marker: &str| {
        let run = folder.run(&["diff", "main", "--format", "markdown", "--marker", marker]);
        run.lines().find(|line| line.starts_with("<!-- ")).unwrap().to_owned()
    };
    let long = "systems/".repeat(30);
    assert_eq!(first(&format!("{long}shop")), format!("<!-- archc:diff {long}shop -->"));
    assert_ne!(first("a--b"), first("a-b"));
    let endless = folder.run(&["diff", "main", "--marker", &"a".repeat(5000)]);
    assert!(endless.contains("exit code 2") && endless.contains("more than 4096 bytes"), "{endless}");
}

/// There are as many rows as there is room for, and not as many as a list of numbers allows.
#[test]
fn a_comment_is_full_before_it_leaves_something_out() {
    let system = |memory: usize| {
        let services = (0..900)
            .fold(String::new(), |text, at| text + &format!("service s{at}: job {{ meta {{ m = \"{memory}\" }} }}\n"));
        format!("architecture a {{\n{services}}}\n")
    };
    let (comparison, old, new) = between(&system(1), &system(2));
    let text = markdown::render(&comparison, &old, &new, "a");
    assert!(text.contains("left out: too long for a comment"), "{text}");
    let length = text.encode_utf16().count();
    assert!(length > markdown::MAX_LENGTH - 1_000 && length <= markdown::MAX_LENGTH, "{length}");
}

#[test]
fn a_comment_names_the_workspace_and_shortens_commits() {
    let (old, new) = (document(BEFORE), document(AFTER));
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let named = Document { name: Some("Our *Shop*".to_owned()), ..new.clone() };
    let comparison = compare((commit, &old), ("HEAD", &named));
    let text = markdown::render(&comparison, &old, &named, "a");
    assert!(text.contains("\n### Architecture of Our \\*Shop\\*: 0123456789 → HEAD\n"), "{text}");
    assert!(!text.contains(commit), "{text}");
    let comparison = compare((commit, &old), ("HEAD", &new));
    let text = markdown::render(&comparison, &old, &new, "systems/shop");
    assert!(text.contains("\n### Architecture of systems/shop: "), "{text}");
}

/// What is gone is gone, be it the last file or the folder.
#[test]
fn a_working_folder_without_sources_is_empty() {
    let folder = repository();
    folder.write("sub/archc.toml", "name = \"Sub\"\n");
    folder.write("sub/shop.arch", BEFORE);
    folder.git(&["add", "."]);
    folder.git(&["commit", "-q", "-m", "more"]);
    folder.git(&["tag", "more"]);
    std::fs::remove_file(folder.path().join("sub/shop.arch")).unwrap();
    let emptied = folder.run(&["diff", "more", "--in", "sub"]);
    assert!(emptied.contains("exit code 0") && emptied.contains("1 architecture removed"), "{emptied}");
    std::fs::remove_dir_all(folder.path().join("sub")).unwrap();
    for arguments in [&["diff", "more", "--in", "sub"][..], &["diff", "more", "--in", "sub/shop.arch"]] {
        let text = folder.run(arguments);
        assert!(text.contains("1 architecture removed"), "{text}");
    }
    let both = folder.run(&["diff", "more", "git:more", "--in", "sub"]);
    assert!(both.contains("no differences"), "{both}");
    let typo = folder.run(&["diff", "more", "--in", "sbu"]);
    assert!(typo.contains("exit code 2") && typo.contains("`sbu` does not exist"), "{typo}");
}

#[test]
fn standard_input_is_one_of_the_two() {
    let folder = repository();
    assert_snapshot!(folder.run_with_stdin(&["diff", "-", "-"], BEFORE.as_bytes()), @r"
    $ archc diff - -
    exit code 2
    --- stderr
    error: standard input can be one of the two only
      help: name a file, a folder or a revision for the other one
    ");
}

/// What a command line needs to tell a branch from a folder, readers do not.
#[test]
fn names_are_told_without_prefixes() {
    let folder = repository();
    let commit = "git:main";
    for (words, heading) in [
        (&[commit][..], "main → the working folder"),
        (&["git:main", "git:HEAD"], "main → HEAD"),
        (&["git:main", "path:shop.arch"], "main → shop.arch"),
        (&["git:main", "git:main"], "git:main → git:main"),
    ] {
        let run = folder.run(&[&["diff"], words].concat());
        assert!(run.contains(&format!("\n{heading}\n")), "{run}");
    }
}

/// What has become worse is not right now, and what weighs most is told first.
#[test]
fn a_finding_that_grew_is_not_lost() {
    let with = |emits: &str| {
        format!(
            "architecture a {{\n  region = us-east-1\n  budget = 100 USD/month\n  external x {{ emits = {emits} of 1 KB }}\n  \
             service s: aws.sqs\n  service t: aws.lambda\n  x -> s -> t\n}}\n"
        )
    };
    let (comparison, ..) = between(&with("1/s"), &with("1000/s"));
    let codes = |all: &[archc::emit::document::Finding]| all.iter().map(|it| it.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&comparison.findings.gained), ["budget/exceeded"], "{:#?}", comparison.findings);
    assert_eq!(codes(&comparison.findings.lost), [""; 0]);
}

/// A figure that is twice as much looks so.
#[test]
fn loads_are_compared_in_one_unit() {
    let with = |size: &str| {
        format!(
            "architecture a {{\n  external x {{ emits = 1/s of 1 MB }}\n  service s: aws.kinesis.stream\n  service raw: aws.s3\n  \
             x -> s -> raw via aws.firehose {{ buffer = {size}, interval = 900 s }}\n}}\n"
        )
    };
    let folder = Folder::new().with("old.arch", with("64 MiB")).with("new.arch", with("32 MiB"));
    let run = folder.run(&["diff", "old.arch", "new.arch"]);
    assert!(run.contains("receives: 53.6/h, 1 MB/s → 107/h, 1 MB/s"), "{run}");
}

/// A team may call its own facts as archc calls its.
#[test]
fn facts_of_a_team_are_told_in_full() {
    let with = |docs: &str| {
        format!("architecture a {{ service s: job {{ meta {{ docs = \"{docs}\", steps = \"{docs}\" }} }} }}")
    };
    let folder = Folder::new().with("old.arch", with("wiki 1")).with("new.arch", with("wiki 2"));
    let run = folder.run(&["diff", "old.arch", "new.arch"]);
    for name in ["docs", "steps"] {
        assert!(run.contains(&format!("meta.{name}: wiki 1 → wiki 2")), "{run}");
    }
}

/// A word may be a file and a revision.
#[test]
fn a_word_that_means_two_things_is_told() {
    let folder = repository();
    folder.write("v1/archc.toml", "");
    folder.write("v1/shop.arch", AFTER);
    folder.git(&["tag", "v1"]);
    let note = "note: `v1` is a folder here and a git revision: the folder is meant; write `git:v1` for the revision";
    assert!(folder.run(&["diff", "v1", "shop.arch"]).contains(note));
    for word in ["path:v1", "git:v1", "main"] {
        assert!(!folder.run(&["diff", word, "shop.arch"]).contains("note: `"), "{word}");
    }
}
