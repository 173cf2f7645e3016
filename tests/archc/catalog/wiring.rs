//! What the catalog says of connections that people draw. A row that changes is a change of what archc tells people.

use std::fmt::Write as _;

use archc::catalog::{Catalog, Refusal, Verdict, Wiring};
use archc::syntax::ast::Arrow;

use super::{catalog, kind};

/// Starts, arrow, ends, and the verdict: `yes`; `no`; `retired`; `through` with the kinds that may stand between; `?`
/// where the catalog does not know.
const TABLE: &str = "
// Objects: notifications know four targets, and whoever reads, reads.
aws.s3 -> aws.lambda aws.sns aws.sqs aws.eventbridge : yes
aws.s3 ~> aws.lambda aws.sns aws.sqs aws.eventbridge : yes
aws.s3 ~> aws.sns.fifo aws.sqs.fifo : through aws.eventbridge aws.lambda
aws.s3 ~> aws.kinesis.stream aws.firehose aws.stepfunctions aws.glue.job : through aws.eventbridge aws.lambda
aws.s3 ~> aws.mwaa : through aws.lambda
aws.s3 -> aws.glue.crawler aws.glue.job aws.emr aws.athena aws.redshift aws.redshift.serverless : yes
aws.s3 -> aws.opensearch aws.opensearch.serverless : through aws.lambda
aws.s3 -> aws.appflow aws.dms aws.flink : yes

// SaaS extraction and its closed list of destinations.
saas external -> aws.appflow : yes
aws.appflow -> aws.s3 aws.redshift aws.eventbridge saas external : yes
aws.appflow -> aws.kinesis.stream aws.firehose : through aws.eventbridge
aws.appflow -> aws.lambda aws.sqs : through aws.eventbridge aws.s3
aws.appflow -> aws.opensearch aws.rds aws.aurora aws.dynamodb aws.msk : no

// Replication of databases.
aws.rds aws.aurora external database -> aws.dms : yes
aws.dms -> aws.s3 aws.redshift aws.redshift.serverless aws.kinesis.stream aws.msk aws.opensearch aws.dynamodb : yes
aws.dms -> aws.rds aws.aurora aws.elasticache : yes
aws.dms -> aws.firehose aws.lambda : through aws.kinesis.stream
aws.dms -> aws.athena aws.glue.job : through aws.s3
aws.dms -> aws.sqs aws.sns aws.glue.crawler aws.glue.catalog : no
aws.rds aws.aurora aws.dynamodb -> aws.redshift : yes
aws.rds -> aws.s3 aws.firehose : yes
aws.rds -> aws.kinesis.stream : through aws.dms
aws.rds -> aws.sqs aws.sns : through aws.lambda
aws.rds -> aws.lambda : yes
aws.aurora ~> aws.lambda : yes

// Programs that write with an SDK.
external service aws.ecs -> aws.kinesis.stream aws.firehose aws.sqs aws.sns aws.eventbridge aws.s3 aws.dynamodb : yes
external service aws.ecs -> aws.apigateway : yes

// Streams push to nobody.
aws.kinesis.stream -> aws.lambda aws.firehose aws.eventbridge.pipe aws.flink aws.glue.job aws.redshift aws.s3 : yes
aws.kinesis.stream -> aws.opensearch : through aws.firehose aws.flink aws.lambda
aws.kinesis.stream -> aws.dynamodb aws.rds : through aws.flink aws.lambda
aws.kinesis.stream -> aws.sns aws.sqs : through aws.eventbridge.pipe aws.lambda
aws.kinesis.stream -> aws.athena : through aws.s3
aws.kinesis.stream -> person bi-tool : no

// Delivery has one destination out of a closed list.
aws.firehose -> aws.s3 aws.redshift aws.opensearch aws.opensearch.serverless external saas : yes
aws.firehose -> aws.lambda : yes
aws.firehose -> aws.kinesis.stream aws.sqs aws.sns aws.dynamodb aws.rds aws.flink : no
aws.firehose -> aws.athena : through aws.s3
aws.kinesis.stream aws.msk aws.cloudwatch.logs aws.sns aws.eventbridge aws.iot -> aws.firehose : yes

// Functions write wherever their code does.
aws.lambda -> aws.s3 aws.dynamodb aws.kinesis.stream aws.firehose aws.sqs aws.sns aws.eventbridge aws.opensearch : yes
aws.lambda -> aws.rds aws.redshift aws.stepfunctions external : yes
aws.lambda ~> aws.sns aws.sqs aws.s3 aws.lambda aws.eventbridge aws.msk : yes

// Queues push to nobody.
aws.sqs -> aws.lambda aws.eventbridge.pipe : yes
aws.sqs -> aws.s3 aws.dynamodb aws.opensearch aws.mwaa : through aws.lambda
aws.sqs -> aws.sns : through aws.eventbridge.pipe aws.lambda

// Topics know the protocols of their subscriptions.
aws.sns -> aws.lambda aws.sqs aws.firehose external person : yes
aws.sns -> aws.mwaa aws.stepfunctions aws.kinesis.stream aws.dynamodb aws.glue.job aws.eventbridge : through aws.lambda
aws.sns ~> aws.mwaa aws.stepfunctions aws.kinesis.stream aws.dynamodb aws.glue.job : through aws.lambda
aws.sns -> aws.s3 : through aws.firehose aws.lambda

// Buses, pipes and the targets of rules.
aws.eventbridge -> aws.lambda aws.sqs aws.sns aws.kinesis.stream aws.firehose aws.stepfunctions aws.ecs aws.batch : yes
aws.eventbridge -> aws.redshift aws.cloudwatch.logs external aws.apigateway aws.eventbridge : yes
aws.eventbridge -> aws.s3 aws.dynamodb aws.rds aws.opensearch aws.mwaa aws.glue.crawler : through aws.lambda aws.stepfunctions
aws.eventbridge ~> aws.glue.job : yes
aws.eventbridge.pipe -> aws.lambda aws.stepfunctions aws.kinesis.stream aws.ecs aws.batch aws.sqs external aws.redshift : yes
aws.eventbridge.pipe -> aws.eventbridge aws.cloudwatch.logs : yes
aws.kinesis.stream aws.dynamodb aws.sqs aws.msk queue -> aws.eventbridge.pipe : yes

// Alarms and logs.
aws.cloudwatch.alarm ~> aws.sns aws.lambda aws.ec2 : yes
aws.cloudwatch.alarm ~> aws.sqs external : through aws.eventbridge aws.sns
aws.cloudwatch.alarm ~> person : through aws.sns
aws.cloudwatch.alarm ~> aws.mwaa : through aws.lambda
aws.s3 aws.lambda aws.glue.job aws.mwaa service ~> aws.cloudwatch aws.cloudwatch.logs : yes
aws.cloudwatch.logs -> aws.kinesis.stream aws.firehose aws.lambda : yes
aws.cloudwatch.logs -> aws.opensearch : through aws.firehose aws.lambda

// Crawlers describe, and the catalog holds no rows.
aws.glue.crawler -> aws.glue.catalog : yes
aws.s3 aws.rds aws.dynamodb aws.glue.catalog -> aws.glue.crawler : yes
aws.glue.crawler -> aws.kinesis.stream aws.sqs aws.athena aws.s3 : no
aws.glue.catalog -> aws.athena aws.redshift aws.emr aws.glue.job aws.firehose : yes
aws.glue.catalog ~> aws.athena aws.redshift aws.emr aws.glue.job aws.firehose : yes
aws.glue.catalog -> bi-tool person aws.quicksight : through aws.athena aws.redshift
aws.glue.job -> aws.s3 aws.rds aws.redshift aws.dynamodb aws.opensearch aws.msk external : yes

// Whoever asks gets answers.
aws.athena -> aws.s3 person bi-tool : yes
aws.redshift aws.opensearch -> person bi-tool : yes
aws.redshift -> aws.s3 : yes
aws.redshift -> aws.kinesis.stream aws.sns aws.opensearch : no

// Stream processing, and the runtime that is no more.
aws.flink -> aws.kinesis.stream aws.firehose aws.s3 aws.msk aws.opensearch aws.dynamodb aws.rds : yes
aws.kinesis.stream aws.msk aws.s3 -> aws.flink : yes
aws.kinesis.analytics -> aws.kinesis.stream aws.firehose aws.lambda : retired
aws.kinesis.analytics -> aws.opensearch : no

// Orchestration carries no data.
aws.mwaa aws.stepfunctions ~> aws.glue.job aws.glue.crawler aws.athena aws.redshift aws.emr aws.lambda aws.s3 : yes
aws.mwaa aws.stepfunctions ~> aws.sns aws.sqs aws.ecs aws.dms : yes

// Tables, Kafka and gateways.
aws.dynamodb -> aws.lambda aws.eventbridge.pipe aws.kinesis.stream aws.s3 aws.redshift aws.opensearch : yes
aws.msk -> aws.lambda aws.firehose aws.flink aws.eventbridge.pipe aws.redshift : yes
aws.apigateway -> aws.lambda external aws.alb aws.sqs aws.kinesis.stream aws.stepfunctions aws.eventbridge aws.dynamodb : yes
aws.opensearch -> aws.s3 : yes
aws.opensearch ~> aws.sns : yes

// Guards.
aws.kms aws.secretsmanager aws.cognito ~> aws.s3 aws.lambda aws.apigateway aws.rds : yes
aws.kms -> aws.s3 : ?
";

fn arrow(symbol: &str) -> Arrow {
    [Arrow::Data, Arrow::Call, Arrow::Side].into_iter().find(|arrow| arrow.symbol() == symbol).unwrap()
}

fn verdict(catalog: &Catalog, from: &str, arrow: Arrow, to: &str) -> String {
    match catalog.wiring(kind(catalog, from), arrow, kind(catalog, to)) {
        Wiring::Works(_) => "yes".to_owned(),
        Wiring::Unknown => "?".to_owned(),
        Wiring::Refused(Refusal::Named(fact)) => match &fact.verdict {
            Verdict::Retired => "retired".to_owned(),
            Verdict::Through(kinds) => {
                let mut kinds: Vec<_> = kinds.iter().map(|kind| catalog.kind(*kind).name.as_str()).collect();
                kinds.sort_unstable();
                format!("through {}", kinds.join(" "))
            }
            _ => "no".to_owned(),
        },
        Wiring::Refused(Refusal::NotListed { .. }) => "no".to_owned(),
    }
}

#[test]
fn says_what_is_known() {
    let catalog = catalog("");
    let mut wrong = String::new();
    for row in TABLE.lines().filter(|row| !row.is_empty() && !row.starts_with("//")) {
        let (pairs, expected) = row.split_once(" : ").unwrap();
        let mut words = pairs.split(' ');
        let starts: Vec<_> = words.by_ref().take_while(|word| !["->", "=>", "~>"].contains(word)).collect();
        let symbol = pairs.split(' ').find(|word| ["->", "=>", "~>"].contains(word)).unwrap();
        let ends: Vec<_> = words.collect();
        for (from, to) in starts.iter().flat_map(|from| ends.iter().map(move |to| (from, to))) {
            let found = verdict(&catalog, from, arrow(symbol), to);
            if found != expected {
                writeln!(wrong, "{from} {symbol} {to}: {found}, not {expected}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
