//! Bills that were computed by hand from the prices of `us-east-1`, each with its arithmetic.

use super::Bill;

/// 2,000/s × 2,000 B = 3.8147 MiB/s, so 4 shards: 4 × 730 h × 0.015 = 43.80.
/// 2,000/s × ceil(2 KB / 25 KiB) × 2,628,000 s = 5,256,000,000 units × 0.000000014 = 73.584. Together 117.384.
#[test]
fn kinesis_with_shards() {
    let bill = Bill::of(
        "external apps \"Apps\" { emits = 2_000/s of 2 KB }\nservice stream: aws.kinesis.stream \"Stream\"\napps -> stream",
    );
    assert_eq!((bill.quantity("stream", "Shard hours"), bill.cost("stream", "Shard hours")), ("2920", "43.8"));
    assert_eq!(bill.quantity("stream", "PUT payload units"), "5256000000");
    assert_eq!(bill.cost("stream", "PUT payload units"), "73.584");
    assert_eq!(bill.total("USD"), ("117.384", 2, 0));
}

/// 2,000/s × 5 KiB (2 KB, rounded up) × 2,628,000 s = 25,062.56103515625 GiB, × 0.029 = 726.81427001953125.
/// Without rounding it would be 9,789.06 GiB and 283.91.
#[test]
fn firehose_rounds_each_record_up_to_5_kib() {
    let bill = Bill::of(
        "external apps \"Apps\" { emits = 2_000/s of 2 KB }\nservice hose: aws.firehose \"Hose\"\napps -> hose",
    );
    assert_eq!(bill.quantity("hose", "Data ingested"), "25062.56103515625");
    assert_eq!(bill.cost("hose", "Data ingested"), "726.81427001953125");
}

/// A half of the records has 0.2 KB and a half 10 KB, 5.1 KB in the mean. 100/s × 5 KiB + 100/s × 10 KiB = 1,500 KiB/s,
/// × 2,628,000 s = 3,759.384155273438 GiB. Rounding the mean up to 10 KiB would bill 2,000 KiB/s.
#[test]
fn records_are_rounded_by_their_own_size_and_not_by_the_mean() {
    let bill = Bill::of(
        "external small \"Small\" { emits = 100/s of 200 B }\nexternal large \"Large\" { emits = 100/s of 10 KB }\n\
         service hose: aws.firehose \"Hose\"\nsmall, large -> hose",
    );
    assert_eq!(bill.quantity("hose", "Data ingested"), "3759.3841552734375");
}

/// 15,360 GiB a month: 100 are free, 10,140 × 0.09 = 912.60 to the end of the first tier, 5,120 × 0.085 = 435.20.
/// Together 1,347.80; without free units 10,240 × 0.09 + 435.20 = 1,356.80.
#[test]
fn egress_to_the_internet() {
    let shop = "service queue: aws.sqs \"Queue\"\nexternal users \"Users\"\n\
                queue -> users { rate = 15_360/month, size = 1 GiB, transfer = internet }";
    let line = ("queue -> users", "Transfer to the internet");
    let free = Bill::with(shop, &["--free-tier"]);
    assert_eq!((free.quantity(line.0, line.1), free.cost(line.0, line.1)), ("15360", "1347.8"));
    let remark = "tiers 0.09, 0.085 over 15,360 of the account and region; 100 free";
    assert_eq!(free.line(line.0, line.1)["remark"], remark);
    assert_eq!(Bill::of(shop).cost(line.0, line.1), "1356.8");
}

/// 1 × 730 h × 0.49 = 357.70. With 3 workers, 2 of them extra: 2 × 730 h × 0.055 = 80.30.
#[test]
fn a_small_airflow() {
    let bill = Bill::of("service airflow: aws.mwaa \"Airflow\"\nservice busy: aws.mwaa \"Busy\" { workers = 3 }");
    assert_eq!(bill.cost("airflow", "Environment hours"), "357.7");
    assert_eq!(bill.cost("busy", "Extra workers"), "80.3");
    assert_eq!(bill.reason("airflow", "Metadata database"), "give `storage` on `airflow`");
}

/// Classes exist whose price nobody could find.
#[test]
fn a_micro_airflow_has_no_price() {
    let bill = Bill::of("service airflow: aws.mwaa \"Airflow\" { class = mw1.micro }");
    let reason = bill.reason("airflow", "Environment hours");
    assert_eq!(reason, "no price for `mw1.micro`; there are prices for `mw1.large`, `mw1.medium`, `mw1.small`");
}

/// 3 × 730 h × 0.128 = 280.32; 300 GiB × 0.122 = 36.60; together 316.92.
#[test]
fn a_search_domain() {
    let bill =
        Bill::of("service search: aws.opensearch \"S\" { node = m6g.large.search, nodes = 3, storage = 300 GiB }");
    assert_eq!((bill.cost("search", "Data nodes"), bill.cost("search", "Storage")), ("280.32", "36.6"));
    assert_eq!(bill.total("USD"), ("316.92", 2, 0));
}

/// (4 + 1) × 730 h × 0.11 = 401.50; 4 × 50 GiB × 0.10 = 20.00.
#[test]
fn a_flink_application_with_four_units() {
    let bill = Bill::of("service flink: aws.flink \"Flink\" { kpus = 4 }");
    assert_eq!((bill.cost("flink", "KPU hours"), bill.cost("flink", "Running storage")), ("401.5", "20"));
    assert_eq!(bill.line("flink", "KPU hours")["source"]["confidence"], "C");
}

/// 1/h × 730 h = 730 runs × 0.001 = 0.73. What the data costs, four sources say four things of.
#[test]
fn an_hourly_flow_whose_data_has_no_price() {
    let bill = Bill::of("service flow: aws.appflow \"Flow\" { runs = 1/h, run_size = 1 GiB }");
    assert_eq!(bill.cost("flow", "Flow runs"), "0.73");
    let reason = bill.reason("flow", "Data processed");
    assert!(reason.starts_with("sources contradict each other: 0.02, 0.001, 0.30, 0.10"), "{reason}");
    assert_eq!(bill.total("USD"), ("0.73", 1, 1));
}
