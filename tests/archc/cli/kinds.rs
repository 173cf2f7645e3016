//! `archc kinds`

use super::Folder;
use insta::assert_snapshot;

#[test]
fn lists_what_a_service_may_be() {
    let list = Folder::new().run(&["kinds"]);
    assert!(list.contains("\naws.firehose ") && list.contains("\nqueue "), "{list}");
    for hidden in ["\nelement ", "\ngroup ", "\nedge "] {
        assert!(!list.contains(hidden), "{list}");
    }
}

#[test]
fn searches_in_names_products_and_categories() {
    let folder = Folder::new();
    assert_snapshot!(folder.run(&["kinds", "data", "streams"]), @r"
    $ archc kinds data streams
    exit code 0
    --- stdout
    aws.kinesis.stream  Kinesis Data Streams  ingestion
    ");
    assert!(folder.run(&["kinds", "messaging"]).contains("\naws.sqs "));
}

#[test]
fn shows_a_kind_in_full() {
    let page = Folder::new().run(&["kinds", "aws.firehose"]);
    for part in [
        "\naws.firehose  Data Firehose\n",
        "\n  buffer: size = 5 MiB, from 1 MB to 128 MiB\n      How much is collected",
        "\nConnects to\n",
        "(the list is complete)",
        "-> aws.athena (through aws.s3)\n      botocore firehose.CreateDeliveryStream, read 2026-11-17\n",
        "\nConnects from\n",
        "-> aws.kinesis.stream, aws.msk\n",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn looks_at_the_kinds_of_a_workspace() {
    let folder = Folder::new().with("k.arch", "kind team.audit_bucket is aws.s3 \"Audit bucket\"\n");
    let page = folder.run(&["kinds", "team.audit_bucket", "--in", "."]);
    assert!(page.contains("team.audit_bucket  Audit bucket\ncategory: store; inherits from: aws.s3, "), "{page}");
    assert!(folder.run(&["kinds", "team.audit_bucket"]).contains("exit code 2"));
}

#[test]
fn suggests_a_kind() {
    assert_snapshot!(Folder::new().run(&["kinds", "aws.firehos"]), @r"
    $ archc kinds aws.firehos
    exit code 0
    --- stdout
    aws.firehose  Data Firehose  ingestion
    ");
    assert_snapshot!(Folder::new().run(&["kinds", "kinisis"]), @r"
    $ archc kinds kinisis
    exit code 2
    --- stderr
    error: no kind is called or contains `kinisis`
      help: did you mean `kinesis`?
    ");
    assert_snapshot!(Folder::new().run(&["kinds", "mainframe"]), @r"
    $ archc kinds mainframe
    exit code 2
    --- stderr
    error: no kind is called or contains `mainframe`
      help: `archc kinds` lists all kinds; a workspace may declare its own: `kind NAME is PARENT`
    ");
}
