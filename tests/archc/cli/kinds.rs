//! `archc kinds`

use super::Folder;
use insta::assert_snapshot;

#[test]
fn lists_what_a_service_may_be() {
    let list = Folder::new().run(&["kinds"]);
    assert!(list.contains("\naws.firehose ") && list.contains("\nqueue "), "{list}");
    for hidden in ["\nelement ", "\napplication ", "\nedge "] {
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
    aws.kinesis.stream     Kinesis Data Streams              ingestion
    aws.dms                Database Migration Service        ingestion
    aws.dynamodb           DynamoDB                          database
    aws.firehose           Data Firehose                     ingestion
    aws.flink              Managed Service for Apache Flink  analytics
    aws.glue.job           Glue ETL                          analytics
    aws.kinesis.analytics  Kinesis Data Analytics for SQL    analytics (retired)
    ");
    assert!(folder.run(&["kinds", "messaging"]).contains("\naws.sqs "));
}

#[test]
fn shows_a_kind_in_full() {
    let page = Folder::new().run(&["kinds", "aws.firehose"]);
    for part in [
        "\naws.firehose  Data Firehose\n",
        "\n  buffer: size = 5 MiB, from 1 MB to 128 MiB\n      How much is collected",
        "\n  and as everything: role, status, ",
        "\nConnects to\n",
        "(the list is\n      complete)",
        "\n  ->  only through aws.s3: aws.athena [1]\n",
        "\n  no published source: [6] general knowledge; ",
        "\n  read 2026-11-17: [1] botocore firehose.CreateDeliveryStream; ",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn shows_the_sources_with_their_notes() {
    let page = Folder::new().run(&["kinds", "aws.cognito", "--sources"]);
    assert!(page.contains("no published source: general knowledge, as of 2026-11-22"), "{page}");
    let page = Folder::new().run(&["kinds", "aws.firehose", "--sources"]);
    let source = "botocore firehose.ProcessorType, read 2026-11-17. Transforms records on the way. It is no";
    assert!(page.contains(source), "{page}");
}

/// What newcomers look for: words of their own, of a maker, and values.
#[test]
fn finds_kinds_by_what_people_call_them() {
    let folder = Folder::new();
    for (query, kind) in [
        ("cdn", "aws.cloudfront"),
        ("postgres", "aws.rds"),
        ("mobile", "web-app"),
        ("bus", "aws.eventbridge"),
        ("email", "aws.sns"),
        ("redis", "aws.elasticache"),
        ("Fargate", "aws.ecs.fargate"),
        ("airflow", "aws.mwaa"),
        ("kafka", "aws.msk"),
        ("bucket", "aws.s3"),
        ("Amazon S3", "aws.s3"),
        ("AWS Glue", "aws.glue.job"),
        ("vpc", "group"),
        ("queues", "aws.sqs"),
    ] {
        let list = folder.run(&["kinds", query]);
        assert!(list.lines().skip(3).take(3).any(|line| line.starts_with(&format!("{kind} "))), "{list}");
    }
    assert!(!folder.run(&["kinds", "bus"]).contains("aws.aurora"), "`bus` is not the beginning of \"busiest\"");
}

#[test]
fn names_the_kinds_that_a_name_may_mean_as_well() {
    let page = Folder::new().run(&["kinds", "cache"]);
    assert!(page.ends_with("\nsee also: aws.elasticache\n"), "{page}");
    assert!(Folder::new().run(&["kinds", "stream"]).ends_with("\nsee also: aws.kinesis.stream, aws.msk\n"));
}

/// What every element takes is on one page, and not on all.
#[test]
fn the_root_shows_what_is_common_to_all() {
    let page = Folder::new().run(&["kinds", "element"]);
    assert!(page.contains("\n  role: text\n      What it is there for"), "{page}");
    assert!(page.contains("as everything: owner, tags, links; see `archc kinds declaration`"), "{page}");
    let page = Folder::new().run(&["kinds", "declaration"]);
    assert!(page.contains("\n  owner: text\n      Who answers for it") && !page.contains("as everything:"), "{page}");
}

#[test]
fn looks_at_the_kinds_of_a_workspace() {
    let folder = Folder::new().with("k.arch", "kind team.audit_bucket is aws.s3 \"Audit bucket\"\n");
    let page = folder.run(&["kinds", "team.audit_bucket", "--in", "."]);
    assert!(page.contains("team.audit_bucket  Audit bucket\ncategory: store; inherits from: aws.s3\n"), "{page}");
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
    error: no kind is called or described as `kinisis`
      help: did you mean `kinesis`?
    ");
    assert_snapshot!(Folder::new().run(&["kinds", "mainframe"]), @r"
    $ archc kinds mainframe
    exit code 2
    --- stderr
    error: no kind is called or described as `mainframe`
      help: `archc kinds` lists all kinds; a workspace may declare its own: `kind NAME is PARENT`
    ");
}

#[test]
fn keywords_are_no_products() {
    let page = Folder::new().run(&["kinds", "environment"]);
    assert!(page.contains("a keyword") && !page.contains("Billed on"), "{page}");
    let answer = Folder::new().run(&["kinds", "pattern"]);
    assert!(answer.contains("`pattern` is a keyword of the language, and has no kind"), "{answer}");
}
