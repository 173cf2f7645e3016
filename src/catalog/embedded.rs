//! The catalog that ships with the compiler.

/// Makes the list of the embedded files from their paths under `src/catalog`.
macro_rules! embedded {
    ($($path:literal,)+) => {
        &[$(($path, include_str!(concat!("../catalog/", $path))),)+]
    };
}

/// The path and the text of each file of the catalog, in the order of the paths.
pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
    embedded! {
        "core.arch",
        "aws/apigateway.arch",
        "aws/appflow.arch",
        "aws/athena.arch",
        "aws/clients.arch",
        "aws/cloudwatch.arch",
        "aws/containers.arch",
        "aws/dms.arch",
        "aws/dynamodb.arch",
        "aws/ec2.arch",
        "aws/edge.arch",
        "aws/elasticache.arch",
        "aws/emr.arch",
        "aws/eventbridge.arch",
        "aws/firehose.arch",
        "aws/flink.arch",
        "aws/glue.arch",
        "aws/iot.arch",
        "aws/kinesis.arch",
        "aws/lambda.arch",
        "aws/msk.arch",
        "aws/mwaa.arch",
        "aws/network.arch",
        "aws/opensearch.arch",
        "aws/quicksight.arch",
        "aws/rds.arch",
        "aws/redshift.arch",
        "aws/s3.arch",
        "aws/security.arch",
        "aws/sns.arch",
        "aws/sqs.arch",
        "aws/stepfunctions.arch",
        "generic/compute.arch",
        "generic/messaging.arch",
        "generic/outside.arch",
        "generic/store.arch",
        "patterns/batch_etl.arch",
        "patterns/data_lake.arch",
        "patterns/realtime_analytics.arch",
    }
}
