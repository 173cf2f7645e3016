//! `archc query`
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use super::Folder;
use crate::formats::{assert_valid, close, schema};
use insta::assert_snapshot;
use serde_json::Value;

const SHOP: &str = r#"architecture shop "Shop" {
  owner = "team-shop"
  external courier "Courier"
  group storage "Storage" {
    service orders: aws.dynamodb "Orders\nand returns" { data = [pii] }
    service archive: aws.s3 { owner = "team-data" }
  }
  orders -> archive via aws.glue.job "nightly"
  archive -> courier
  environment lean { without archive }
}
"#;

fn shop() -> Folder {
    Folder::new().with("shop.arch", SHOP)
}

#[test]
fn lists_elements_and_connections() {
    let folder = shop();
    let answers = [
        folder.run(&["query", "storage"]),
        folder.run(&["query", "* -> *"]),
        folder.run(&["query", "kind(aws.lambda)", "--architecture", "shop"]),
        folder.run(&["query", "archive", "shop.arch", "--env", "lean"]),
    ];
    assert_snapshot!(answers.join("\n"));
}

#[test]
fn a_selector_that_means_nothing_is_refused() {
    let folder = shop();
    let answers = [
        folder.run(&["query", "upsteam(orders)"]),
        folder.run(&["query", "orders +"]),
        folder.run(&["query", ""]),
        folder.run(&["query", "*", "--architecture", "shp"]),
        folder.run(&["query", "kind(aws.s3)\u{1b}[31m"]),
    ];
    assert_snapshot!(answers.join("\n"));
}

#[test]
fn json_is_as_its_schema_says() {
    let mut schema = schema("schemas/query.schema.json");
    close(&mut schema);
    let folder = shop();
    let json = |selector: &str| -> Value {
        let output = folder.command().args(["query", selector, "--format", "json"]).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let elements = json("storage+external");
    assert_valid(&schema, &elements);
    assert_eq!(elements["selector"], "storage + external");
    assert_eq!(elements["elements"][1]["path"], "shop.storage");
    assert_eq!(elements["elements"][2]["label"], "Orders and returns");
    assert_eq!(elements["elements"][3]["owner"], "team-data");
    let mut connections = json("* -> *");
    assert_valid(&schema, &connections);
    assert_eq!(connections["connections"].as_array().unwrap().len(), 3);
    connections["connections"][0]["arrow"] = "<-".into();
    assert!(!jsonschema::is_valid(&schema, &connections));
}
