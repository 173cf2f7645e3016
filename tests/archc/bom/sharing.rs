//! What several services share, what a price asks for, and what has no price.

use super::Bill;
use crate::cli::Folder;

/// Prices of a contract in another currency: one rounded up, one with a minimum and a price for a million.
const CONTRACT: &str = r#"
[sources.contract]
kind = "contract"
ref = "frame contract 7"
read = 2026-01-01

[[price]]
id = "own.hours"
unit = "server-hour"
currency = "EUR"
round_up = "1_000"
source = "contract"
confidence = "A"
rows = [{ region = "*", price = "0.50" }]

[[price]]
id = "own.calls"
unit = "request"
per = "1_000_000"
currency = "EUR"
minimum = "50_000_000"
source = "contract"
confidence = "A"
rows = [{ region = "*", price = "2.00" }]
"#;

const PLATFORM: &str = r#"
kind own.platform "Platform" {
  category = compute
  property servers: count = 1
  meter "Server hours" = servers @ own.hours
  meter "Calls" = in.records @ own.calls
}
architecture one "One" {
  region = us-east-1
  external apps "Apps" { emits = 10/s of 1 KB }
  service platform: own.platform "Platform" { servers = 3 }
  service queue: aws.sqs "Queue"
  service tool: own.tool "Tool" { cost = 500 EUR/month }
  apps -> platform, queue, tool
}
kind own.tool "Tool" { category = compute }
"#;

fn contract() -> Folder {
    let settings = "[prices]\nfiles = [\"contract.toml\"]\n";
    Folder::new().with("archc.toml", settings).with("contract.toml", CONTRACT).with("one.arch", PLATFORM)
}

/// 40,960 + 61,440 = 102,400 GiB: 51,200 × 0.023 + 51,200 × 0.022 = 2,304. By what each keeps: 0.4 × 2,304 = 921.60 and
/// 0.6 × 2,304 = 1,382.40. In an account of its own, 10,240 × 0.023 = 235.52.
#[test]
fn tiers_hold_for_all_services_of_an_account_and_region() {
    let store = |name: &str, gib: &str, account: &str| {
        format!(
            "architecture {name} \"{name}\" {{\n  region = us-east-1\n  service {name}-raw: aws.s3 \"Raw\" {{ storage = {gib} GiB{account} }}\n}}\n"
        )
    };
    let folder = Folder::new()
        .with("a.arch", store("one", "40_960", ""))
        .with("b.arch", store("two", "61_440", ""))
        .with("c.arch", store("three", "10_240", ", account = other"))
        .with("d.arch", store("four", "10_240", ", region = eu-west-1"))
        .with("archc.toml", "");
    let bill = Bill::in_folder(&folder, &[]);
    assert_eq!(bill.cost("one-raw", "Storage"), "921.6");
    assert_eq!(bill.cost("two-raw", "Storage"), "1382.4");
    let remark = "tiers 0.023, 0.022 over 102,400 of the account and region";
    assert_eq!(bill.line("two-raw", "Storage")["remark"], remark);
    assert_eq!(bill.cost("three-raw", "Storage"), "235.52");
    assert_eq!(bill.cost("four-raw", "Storage"), "235.52");
}

/// 10/s are 26,280,000 sends, as many receives and deletes for each queue: 157,680,000 of which 1,000,000 are free, a half of
/// them for each queue. (78,840,000 − 500,000) × 0.0000004 = 31.336 and × 0.0000005 = 39.17; together 70.506.
#[test]
fn queues_of_both_types_share_the_free_requests() {
    let queues = "external apps \"Apps\" { emits = 10/s of 1 KB }\n\
                  service plain: aws.sqs \"Plain\"\n\
                  service order: aws.sqs.fifo \"Order\"\napps -> plain, order";
    assert_eq!(Bill::with(queues, &["--free-tier"]).total("USD"), ("70.506", 6, 0));
    // 78,840,000 × 0.0000009
    assert_eq!(Bill::of(queues).total("USD"), ("70.956", 6, 0));
}

/// 3 × 730 = 2,190 server hours, 3,000 when rounded up, × 0.50 = 1,500.
/// 26,280,000 calls, 50,000,000 at least, at 2.00 a million = 100.
#[test]
fn prices_round_up_ask_for_a_minimum_and_count_in_millions() {
    let bill = Bill::in_folder(&contract(), &[]);
    assert_eq!((bill.quantity("platform", "Server hours"), bill.cost("platform", "Server hours")), ("3000", "1500"));
    assert_eq!((bill.quantity("platform", "Calls"), bill.cost("platform", "Calls")), ("50000000", "100"));
    assert_eq!(bill.line("platform", "Calls")["unit_price"], "0.000002");
}

/// 1,500 + 100 + 500 EUR; 3 × 26,280,000 requests × 0.0000004 = 31.536 USD.
#[test]
fn currencies_stand_side_by_side() {
    let bill = Bill::in_folder(&contract(), &[]);
    assert_eq!(bill.total("EUR"), ("2100", 6, 0));
    assert_eq!(bill.total("USD"), ("31.536", 6, 0));
    let table = contract().run(&["bom"]);
    assert!(table.contains("2,100.00 EUR + 31.54 USD a month, all 6 lines priced"), "{table}");
}

/// Nothing but the declared cost: the kind has no meters, and that is no gap then.
#[test]
fn a_declared_cost_stands_for_meters() {
    let bill = Bill::in_folder(&contract(), &[]);
    assert_eq!(bill.cost("tool", "Declared cost"), "500");
    assert_eq!(bill.line("tool", "Declared cost")["source"]["kind"], "declared");
    // 10 USD/day × 730 h = 304.1666…
    let daily = Bill::of("external tool \"Tool\" { cost = 24 USD/d }");
    assert_eq!(daily.cost("tool", "Declared cost"), "730");
}

#[test]
fn what_is_not_known_is_unpriced_and_says_why() {
    let bill = Bill::of(
        "external apps \"Apps\"\nservice stream: aws.kinesis.stream \"Stream\"\nservice web: aws.ec2 \"Web\"\n\
         service far: aws.flink \"Far\" { region = mars-1, kpus = 1 }\nservice odd: aws.s3 \"Odd\" { storage = 1 GiB }\n\
         apps -> stream -> web -> odd",
    );
    assert_eq!(bill.reason("stream", "PUT payload units"), "give `emits` on `apps`");
    assert_eq!(bill.reason("web", "Instance hours"), "give `node` on `web`");
    let reason = bill.reason("far", "KPU hours");
    assert!(
        reason.starts_with("no price of `aws.flink.kpu_hour` in `mars-1`; there are prices in `us-east-1`"),
        "{reason}"
    );
    let (_, priced, unpriced) = bill.total("USD");
    assert_eq!(priced + unpriced, bill.0["lines"].as_array().unwrap().len() as u64);
    assert!(unpriced >= 4);
}

#[test]
fn no_region_is_no_price() {
    let folder = Folder::new()
        .with("archc.toml", "")
        .with("a.arch", "architecture a \"A\" {\n  service flink: aws.flink \"Flink\" { kpus = 4 }\n}\n");
    let bill = Bill::in_folder(&folder, &[]);
    assert_eq!(bill.reason("flink", "KPU hours"), "give `region` on `flink` or on what stands around it");
    // (4 + 1) × 730 h × 0.11
    assert_eq!(Bill::in_folder(&folder, &["--region", "us-east-1"]).cost("flink", "KPU hours"), "401.5");
}

#[test]
fn free_kinds_and_connections_without_a_word_on_transfer_are_said_so() {
    let bill = Bill::of("service queue: aws.sqs \"Queue\"\nexternal users \"Users\"\nqueue -> users");
    assert_eq!(bill.0["unbilled"][0]["element"], "users");
    let covered = bill.0["not_covered"].as_array().unwrap();
    assert_eq!(covered[1], "data transfer along 1 connection that does not say `transfer`");
}

/// What no decimal of 28 digits holds is on no bill, and never a wrong figure.
#[test]
fn figures_that_are_too_large_are_unpriced() {
    let shop = "external apps \"Apps\" { emits = 1_000/s of 2 KB }\nservice hose: aws.firehose \"Hose\"\napps -> hose";
    let scale = format!("1{}x", "0".repeat(27));
    let bill = Bill::with(shop, &["--scale", &scale]);
    assert_eq!(bill.reason("hose", "Data ingested"), "a figure has more digits than can be computed with");
    assert_eq!(bill.0["total"]["costs"], serde_json::json!({}));
}

#[test]
fn an_architecture_counts_its_own_connections() {
    let source = "architecture a { service q: aws.sqs, external x, q -> x }\narchitecture b { service q: aws.sqs }\n";
    let bill = Bill::in_folder(&Folder::new().with("archc.toml", "").with("a.arch", source), &[]);
    let counts: Vec<_> = (0..2).map(|at| bill.0["architectures"][at]["without_transfer"].as_u64().unwrap()).collect();
    assert_eq!(counts, [1, 0]);
    assert_eq!(bill.0["total"]["without_transfer"], 1);
}
