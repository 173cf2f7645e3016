//! What is declared with `cost`, wherever it stands.

use super::Bill;
use crate::cli::Folder;

const SHOP: &str = "
  region = us-east-1
  cost = 50 USD/month
  budget = 200 USD/month
  group outer {
    cost = 100 USD/month
    budget = 110 USD/month
    group inner {
      cost = 20 USD/month
      service desk: service { cost = 1 USD/month }
    }
  }
  external crm { cost = 7 USD/month }
  crm -> outer.inner.desk { cost = 3 USD/month }";

#[test]
fn costs_of_groups_and_architectures_are_on_the_bill() {
    let bill = Bill::of(SHOP);
    let costs = ["shop", "outer", "outer.inner", "outer.inner.desk", "crm", "crm -> outer.inner.desk"];
    assert_eq!(costs.map(|it| bill.cost(it, "Declared cost")), ["50", "100", "20", "1", "7", "3"]);
    assert_eq!(bill.total("USD").0, "181");
    assert_eq!(bill.line("shop", "Declared cost")["kind"], "architecture");
    assert_eq!(bill.line("outer.inner", "Declared cost")["group"], "outer");
}

#[test]
fn budgets_of_groups_are_held_against_what_they_cost_themselves() {
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", super::shop(SHOP));
    let output = folder.command().arg("check").output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(stdout.contains("the group `outer` costs 121.00 USD a month"), "{stdout}");
    assert!(!stdout.contains("the architecture"), "{stdout}");
}

#[test]
fn what_a_group_costs_is_not_what_its_members_cost() {
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", super::shop(SHOP));
    let output = folder.command().args(["query", "has(cost)"]).output().unwrap();
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    insta::assert_snapshot!(names);
}

/// One receive takes as many messages as the reader asks for, and the sender sends one by one all the same.
#[test]
fn messages_are_received_in_batches_of_the_reader() {
    let bill = Bill::of(
        "external web { emits = 20/s of 2 KB }
         service queue: aws.sqs
         service work: aws.lambda { duration = 20 ms, batch = 10 }
         service alone: aws.sqs { batch = 5 }
         service slow: aws.lambda { duration = 20 ms }
         web -> queue -> work
         web -> alone -> slow",
    );
    let [sends, receives, deletes] = ["Sends", "Receives", "Deletes"];
    assert_eq!([sends, receives, deletes].map(|it| bill.quantity("queue", it)), ["52560000", "5256000", "5256000"]);
    assert_eq!([sends, receives, deletes].map(|it| bill.quantity("alone", it)), ["10512000"; 3]);
}

/// A table that is only read has a bill once somebody says how large its items are and that nothing writes.
#[test]
fn a_table_without_writers_can_be_priced() {
    let table = |more: &str| {
        Bill::of(&format!(
            "service table: aws.dynamodb {{ mode = on-demand, storage = 5 GB, reads = 100/s{more} }}
             service index: aws.lambda {{ duration = 20 ms }}
             table -> index {{ rate = 100/h, size = 2 KB }}"
        ))
    };
    assert_eq!(table("").reason("table", "Reads"), "give `item` on `table`");
    assert_eq!(table(", item = 2 KB").reason("table", "Writes"), "give `writes` on `table`");
    let told = table(", item = 2 KB, writes = 0/s");
    assert_eq!([told.quantity("table", "Reads"), told.quantity("table", "Writes")], ["131400000", "0"]);
}
