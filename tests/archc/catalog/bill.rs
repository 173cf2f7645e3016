//! The bill of a service of each kind, with the arithmetic of each line to be checked by eye.

use crate::cli::Folder;

#[test]
fn each_kind_is_billed_in_its_own_way() {
    let folder = Folder::new().with("kinds.arch", include_str!("bill/kinds.arch"));
    let page = folder.run(&["bom"]);
    // Findings are about how little the file draws.
    let bill = page.split("--- stderr").next().unwrap();
    insta::assert_snapshot!(bill);
}

#[test]
fn the_free_tier_and_the_tiers_of_transfer_come_to_what_aws_bills() {
    let text = "
architecture egress \"Egress\" {
  region = us-east-1
  service app: aws.ec2 { nodes = 0, node = m5.large, storage = 0 B }
  external world
  app -> world { rate = 15_360/month, size = 1 GiB, transfer = internet }
}
";
    let folder = Folder::new().with("a.arch", text);
    // 100 GB free, 10,140 × 0.09, 5,120 × 0.085.
    assert!(folder.run(&["bom", "--free-tier"]).contains("1,347.80 USD a month"));
    // Two-way between zones: 30,720 × 0.01.
    folder.write("a.arch", text.replace("internet", "inter-az"));
    assert!(folder.run(&["bom"]).contains("307.20 USD a month"));
}
