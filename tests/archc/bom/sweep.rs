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

/// 10/s in the mean and 1,000/s at the peak need a shard for each time the load. With f times the load, shards cost
/// f × 10.95 + f × 0.36792, and on demand 29.20 + f × 25.06256103515625 GiB × 0.08 = f × 2.0050…: 33.95376 and 35.2150… at 3x,
/// where the fourth shard makes 44.90.
#[test]
fn says_from_which_load_on_demand_is_cheaper() {
    let folder = Folder::new().with("archc.toml", "").with(
        "shop.arch",
        shop(
            "  external apps \"Apps\" { emits = 10/s of 1 KiB, peak = 100x }\n  service stream: aws.kinesis.stream \"Stream\"\n  \
             service table: aws.dynamodb \"Table\" { storage = 1 GiB }\n  apps -> stream, table",
        ),
    );
    let run = folder.run(&["bom", "--sweep", "1x,3x,10x"]);
    assert!(run.contains("stream mode: provisioned is cheapest up to 3x, on-demand beyond"), "{run}");
    insta::assert_snapshot!(run);
    let json = folder.command().args(["bom", "--sweep", "3x", "--format", "json"]).output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let stream = &document["alternatives"][0];
    assert_eq!(stream["cheapest"][1]["from"], "3");
    assert_eq!(stream["costs"][0]["cost"], "33.95376");
    assert_eq!(stream["costs"][1]["cost"], "35.2150146484375");
}
