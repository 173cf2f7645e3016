//! `archc patterns`, and `archc init --pattern`

use super::Folder;
use crate::formats::{assert_valid, close, schema};
use insta::assert_snapshot;
use serde_json::Value;

const OWN: &str = "/// Keeps what comes.\n///\n/// For a while.\npattern keep(source: external, days: duration = 3 d) \"A\\nKeeper\" {\n}\n\
                   architecture a {\n  external e\n  use keep(e) as k\n}\n";

/// The names of the patterns that ship.
fn shipped() -> Vec<String> {
    let output = Folder::new().command().args(["patterns", "--format", "json"]).output().unwrap();
    let listing: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names = listing.pointer("/patterns").unwrap().as_array().unwrap().iter();
    let names = names.map(|it| it.pointer("/name").unwrap().as_str().unwrap().to_owned());
    names.collect()
}

#[test]
fn lists_what_ships_and_what_a_workspace_declares() {
    assert_eq!(shipped(), ["batch_etl", "data_lake", "realtime_analytics"]);
    let folder = Folder::new().with("a.arch", OWN);
    let list = folder.run(&["patterns", "--in", "."]);
    assert!(list.contains("\ndata_lake ") && list.contains("\nkeep                source "), "{list}");
    assert_snapshot!(folder.run(&["patterns", "keep", "--in", "."]), @r"
    $ archc patterns keep --in .
    exit code 0
    --- stdout
    keep: A Keeper (of the workspace)

    Keeps what comes.

    For a while.

      Parameter  Type      Default
      source     external  (needed)
      days       duration  3 d

    use keep(source = …) as NAME
    ");
    assert_snapshot!(folder.run(&["patterns", "keep", "--in", ".", "--format", "json"]), @r#"
    $ archc patterns keep --in . --format json
    exit code 0
    --- stdout
    {
      "version": 1,
      "patterns": [
        {
          "name": "keep",
          "title": "A Keeper",
          "documentation": "Keeps what comes.\n\nFor a while.",
          "parameters": [
            {
              "name": "source",
              "type": "external",
              "default": null,
              "element": true
            },
            {
              "name": "days",
              "type": "duration",
              "default": "3 d",
              "element": false
            }
          ],
          "shipped": false,
          "declared": {
            "file": "a.arch",
            "line": 4
          }
        }
      ]
    }
    "#);
}

#[test]
fn json_is_as_its_schema_says() {
    let mut schema = schema("schemas/patterns.schema.json");
    close(&mut schema);
    let folder = Folder::new().with("a.arch", OWN);
    let output = folder.command().args(["patterns", "--in", ".", "--format", "json"]).output().unwrap();
    let mut listing: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_valid(&schema, &listing);
    *listing.pointer_mut("/patterns/0/shipped").unwrap() = "no".into();
    assert!(!jsonschema::is_valid(&schema, &listing));
}

#[test]
fn suggests_a_pattern() {
    assert_snapshot!(Folder::new().run(&["patterns", "data_lak"]), @r"
    $ archc patterns data_lak
    exit code 2
    --- stderr
    error: there is no pattern `data_lak`
      help: did you mean `data_lake`?
    ");
    let folder = Folder::new();
    assert_snapshot!(folder.run(&["init", "--pattern", "mesh"]), @r"
    $ archc init --pattern mesh
    exit code 2
    --- stderr
    error: there is no pattern `mesh`
      help: the patterns are `batch_etl`, `data_lake`, `realtime_analytics`
    ");
    assert!(folder.files().is_empty());
}

#[test]
fn begins_a_workspace_with_each_pattern() {
    for name in shipped() {
        let folder = Folder::new();
        let begun = folder.run(&["init", "--pattern", &name]);
        assert!(begun.contains("exit code 0"), "{begun}");
        assert_eq!(folder.files(), ["archc.toml".to_owned(), format!("{name}.arch")]);
        let check = folder.run(&["check", "--deny", "warnings"]);
        assert!(check.contains("exit code 0") && check.contains("no findings"), "{check}");
        let style = folder.run(&["fmt", "--check"]);
        assert!(style.contains("exit code 0"), "{style}");
    }
}
