//! `archc load`, and the load in diagrams and on pages.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use super::Folder;
use crate::formats::{assert_valid, close, schema};
use insta::assert_snapshot;
use serde_json::Value;

const CLICKS: &str = r#"kind gate is service "Gate" {
  property lanes: count = 2
  limit "Records a lane takes" in.records <= lanes * 1_000/s hard { source = "the manual of the gate", read = 2026-11-22 }
  limit "Bytes of the account" in.bytes <= 5 MB/s soft {
    scope = region, source = "the price list", read = 2026-11-22, note = "another page says 6 MB/s"
  }
}
environment staging { scale = 10%, clicks.silent.emits = 50/s of 2 KB }

/// What is clicked.
architecture clicks "Click\nAnalytics" {
  external apps "Apps" { emits = 500/s of 1 KB, peak = 3x }
  external silent "Partners"
  service stream: gate
  service other: gate
  service store: service
  service logs: service
  apps -> stream "PUT"
  silent -> other
  stream -> store via pack: service "Packer" { batch = 1_000 }
  other -> store
  stream ~> logs { calls = 1, size = 200 B }
  store ~> logs
}
architecture idle "Idle" {
  service lonely: service
}
"#;

fn clicks() -> Folder {
    Folder::new().with("clicks.arch", CLICKS)
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let output = folder.command().args(["load", "--format", "json"]).args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn shows_loads_limits_and_what_is_not_known() {
    assert_snapshot!(clicks().run(&["load"]));
}

#[test]
fn supposes_other_loads() {
    let folder = clicks();
    let last = |arguments: &[&str]| {
        let text = folder.run(arguments);
        let line = text.lines().find(|line| line.starts_with("The load")).unwrap();
        (text.contains("exit code 0"), line.to_owned())
    };
    let growth =
        "The load can grow 13.3x before the first limit that is known breaks: Records a lane takes of `stream`.";
    assert_eq!(last(&["load", "--env", "staging", "--architecture", "clicks"]), (true, growth.to_owned()));
    let shrink = "The load has to shrink to 0.13x before every limit that is known holds: Records a lane takes of `clicks.stream`.";
    assert_eq!(last(&["load", "--scale", "10x"]), (false, shrink.to_owned()));
    let lanes =
        "The load can grow 2.66x before the first limit that is known breaks: Records a lane takes of `clicks.stream`.";
    assert_eq!(last(&["load", "--set", "clicks.stream.lanes=4"]), (true, lanes.to_owned()));
}

#[test]
fn json_is_as_its_schema_says() {
    let folder = clicks().with(
        "storm.arch",
        "architecture storm { external web { emits = 1/s of 1 KB }, service a: service, service b: service\n\
         web -> a -> b -> a }",
    );
    let mut schema = schema("schemas/load.schema.json");
    close(&mut schema);
    let mut document = json(&folder, &["--scale", "2x"]);
    assert_valid(&schema, &document);
    assert_eq!(document["assumptions"]["scale"], "2x");
    assert_eq!(document["cycles"][0]["gain"], "1");
    document["limits"][0]["used"] = 3.into();
    assert!(!jsonschema::is_valid(&schema, &document));
}

#[test]
fn writes_json() {
    let folder = clicks();
    let output = folder.command().args(["load", "--format", "json", "--architecture", "clicks"]).output().unwrap();
    assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

#[test]
fn an_architecture_has_to_exist() {
    let attempts = [clicks().run(&["load", "--architecture", "click"]), clicks().run(&["load", "none.arch"])];
    assert_snapshot!(attempts.join("\n"));
}

#[test]
fn nothing_to_show_is_nothing() {
    let folder = Folder::new().with("a.arch", "architecture a { service lonely: service }");
    assert!(folder.run(&["load", "--format", "table"]).starts_with("$ archc load --format table\nexit code 0\n"));
    assert_eq!(json(&folder, &[])["elements"][0]["receives"], Value::Null);
}

#[test]
fn diagrams_and_pages_say_what_moves() {
    let folder = clicks();
    let diagram = folder.run(&["diagram", "--architecture", "clicks", "--labels", "load"]);
    let arrows: Vec<&str> = diagram.lines().filter(|line| line.contains("->")).map(str::trim).collect();
    assert!(folder.run(&["build", "--out", "out"]).contains("exit code 0"));
    let section = |page: &str| {
        let text = folder.read(page);
        text.split("\n## ").find(|part| part.starts_with("Load\n")).map(str::to_owned)
    };
    assert_snapshot!(format!("{}\n\n{}", arrows.join("\n"), section("out/clicks.md").unwrap()));
    assert_eq!(section("out/idle.md"), None);
}
