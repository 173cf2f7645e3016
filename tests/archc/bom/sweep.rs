//! What if: other loads, other values, other places.

use super::{Bill, shop};
use crate::cli::Folder;

const SHOP: &str = r#"  external apps "Apps" { emits = 100/s of 2 KB }
  service stream: aws.kinesis.stream "Stream"
  service hose: aws.firehose "Hose"
  apps -> stream, hose
  environment test { scale = 10% }"#;

fn folder() -> Folder {
    Folder::new().with("archc.toml", "").with("shop.arch", shop(SHOP))
}

#[test]
fn sweeps_over_loads() {
    let folder = folder();
    let formats = ["table", "markdown", "csv", "json"];
    let runs = formats.map(|format| folder.run(&["bom", "--sweep", "1x,10x,100x", "--format", format]));
    insta::assert_snapshot!(runs.join("\n"));
}

#[test]
fn refuses_what_is_no_sweep() {
    let folder = folder();
    let wrong: [&[&str]; 4] = [
        &["bom", "--sweep", "1x,2"],
        &["bom", "--sweep", "0x"],
        &["bom", "--sweep", "1x", "--against", "main"],
        &["bom", "--sweep", "1x", "--format", "focus"],
    ];
    insta::assert_snapshot!(wrong.map(|arguments| folder.run(arguments)).join("\n"));
}

/// 100/s and 1,000/s: × 1 unit × 2,628,000 s × 0.000000014. One shard takes 1,000/s; 2 MB/s need two.
#[test]
fn suppositions_change_the_bill() {
    let folder = folder();
    let bill = |options: &[&str]| Bill::in_folder(&folder, options);
    let units = |options: &[&str]| bill(options).cost("stream", "PUT payload units").to_owned();
    assert_eq!(units(&[]), "3.6792");
    assert_eq!(units(&["--scale", "10x"]), "36.792");
    assert_eq!(bill(&["--scale", "10x"]).quantity("stream", "Shard hours"), "1460");
    assert_eq!(units(&["--set", "apps.emits=200/s of 2 KB"]), "7.3584");
    assert_eq!(units(&["--env", "test"]), "0.36792");
    assert_eq!(units(&["--env", "test", "--scale", "10x"]), "3.6792");
    // × 0.0000000165
    assert_eq!(units(&["--region", "eu-west-1"]), "4.3362");
    let hose = bill(&["--region", "eu-west-1"]);
    assert!(hose.reason("hose", "Data ingested").starts_with("no price of `aws.firehose.ingested` in `eu-west-1`"));
    let supposed =
        bill(&["--set", "apps.emits=200/s of 2 KB", "--scale", "2x", "--region", "eu-west-1", "--free-tier"]);
    let assumptions = &supposed.0["assumptions"];
    assert_eq!(assumptions["set"], "apps.emits=200/s of 2 KB");
    assert_eq!((&assumptions["scale"], &assumptions["region"]), (&"2x".into(), &"eu-west-1".into()));
    assert_eq!(assumptions["free tier"], "taken off");
}

#[test]
fn strict_fails_on_what_is_unpriced() {
    let folder = folder();
    let code = |options: &[&str]| folder.command().arg("bom").args(options).output().unwrap().status.code();
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--strict"]), Some(0));
    assert_eq!(code(&["--region", "eu-west-1"]), Some(0));
    assert_eq!(code(&["--region", "eu-west-1", "--strict"]), Some(1));
}

/// 10/s in the mean and 1,000/s at the peak need a shard for each time the load. At 3x, provisioned is 3 × 10.95 + 3 × 0.36792 =
/// 33.95376, and on demand 29.20 + 3 × 25.06256103515625 GiB × 0.08 = 35.2150146484375.
#[test]
fn compares_the_ways_that_a_service_can_be_billed() {
    let stream = "  external apps \"Apps\" { emits = 10/s of 1 KiB, peak = 100x }\n  \
                  service stream: aws.kinesis.stream \"Stream\"\n  apps -> stream";
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", shop(stream));
    let json = folder.command().args(["bom", "--sweep", "3x", "--format", "json"]).output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let costs = &document["alternatives"][0]["costs"];
    assert_eq!((&costs[0]["option"], &costs[0]["cost"]), (&"provisioned".into(), &"33.95376".into()));
    assert_eq!((&costs[1]["option"], &costs[1]["cost"]), (&"on-demand".into(), &"35.2150146484375".into()));
}

/// 100 units for writing: 100 × 730 h × 0.00065 = 47.45; one for reading: 730 h × 0.00013 = 0.0949. On demand, 1/s of writes is
/// 2,628,000 × 0.000000625 = 1.6425 for each time the load, and 1/s of reads 2,628,000 × 0.000000125 = 0.3285.
/// 47.5449 − 0.3285 = 47.2164 = 28.746… × 1.6425.
#[test]
fn finds_the_load_at_which_both_cost_the_same() {
    let table = "  external apps \"Apps\" { emits = 1/s of 1 KB }\n  service table: aws.dynamodb \"Table\" {\n    \
                 wcus = 100, rcus = 1, reads = 1/s, item = 1 KB, consistency = strong, storage = 1 GiB\n  }\n  apps -> table";
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", shop(table));
    let run = folder.run(&["bom", "--sweep", "1x"]);
    assert!(run.contains("table mode: on-demand is cheapest up to 28.7x, provisioned beyond"), "{run}");
    assert!(run.contains("1x: on-demand 2.22 USD, provisioned 47.79 USD"), "{run}");
}
