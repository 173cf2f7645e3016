//! The examples that ship: they draw the three reference patterns, and are right.

use std::path::Path;

use archc::analysis::{Analysis, analyse};
use archc::model::Edge;
use archc::project::{Scope, load};
use archc::syntax::ast::Arrow;
use archc::vfs::Disk;

fn analysed(folder: &str) -> Analysis {
    let disk = Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(folder));
    analyse(&load(&disk, Scope::Folder(""), &[]).unwrap(), "2026-12-01".parse().unwrap())
}

/// The edges of an architecture as its diagram shows them: `from -> to: label`, `~>` for dotted lines, `/` for breaks.
fn drawn(analysis: &Analysis, architecture: &str) -> Vec<String> {
    let model = &analysis.model;
    let label = |id| model.element(id).label().replace('\n', "/");
    let draw = |edge: &Edge| {
        let arrow = if edge.arrow == Arrow::Side { "~>" } else { "->" };
        let text = edge.label.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
        format!("{} {arrow} {}{text}", label(edge.from), label(edge.to))
    };
    model.find_architecture(architecture).unwrap().edges.iter().map(|id| draw(model.edge(*id))).collect()
}

#[test]
fn the_patterns_have_no_finding() {
    let analysis = analysed("patterns");
    assert!(analysis.diagnostics.is_empty(), "{:#?}", analysis.diagnostics);
    assert_eq!(analysis.model.architectures.len(), 3);
}

#[test]
fn the_data_lake_is_drawn_as_it_should_be() {
    assert_eq!(
        drawn(&analysed("patterns"), "data_lake"),
        [
            "SaaS Apps/Salesforce -> S3 Raw Zone: AppFlow",
            "RDS Database -> S3 Raw Zone: DMS CDC",
            "Streaming Events -> S3 Raw Zone: Kinesis/Firehose",
            "S3 Raw Zone -> Glue Data/Catalog: Glue Crawler",
            "S3 Raw Zone -> S3 Curated Zone: Glue ETL Job",
            "S3 Curated Zone -> Analysts: Athena Query",
            "S3 Curated Zone -> Redshift DW: COPY",
            "Redshift DW -> BI Tools/Tableau",
            "Airflow MWAA ~> S3 Raw Zone: orchestrates",
            "Airflow MWAA ~> S3 Curated Zone: orchestrates",
        ]
    );
}

#[test]
fn the_real_time_pipeline_is_drawn_as_it_should_be() {
    assert_eq!(
        drawn(&analysed("patterns"), "realtime_analytics"),
        [
            "Web/Mobile Apps -> Kinesis Data/Streams: PUT records",
            "Kinesis Data/Streams -> Lambda/Enrichment: Consumer 1",
            "Kinesis Data/Streams -> Kinesis Data/Analytics: Consumer 2",
            "Lambda/Enrichment -> S3 Hot Data",
            "Kinesis Data/Analytics -> OpenSearch/Dashboard",
            "S3 Hot Data -> Real-time/Queries: Athena",
        ]
    );
}

#[test]
fn the_batch_is_drawn_as_it_should_be_right_or_literal() {
    let edges = [
        "S3 Event -> Lambda Validator: Trigger",
        "Lambda Validator -> SNS Topic: Valid",
        "SNS Topic -> Airflow DAG: Notify",
        "Airflow DAG -> Glue Crawler: Step 1",
        "Airflow DAG -> Glue Spark Job: Step 2",
        "Glue Spark Job -> S3 Parquet",
        "S3 Parquet -> Redshift COPY",
        "Glue Spark Job ~> CloudWatch: logs",
        "CloudWatch ~> SNS Alert: alarm",
    ];
    assert_eq!(drawn(&analysed("patterns"), "batch_etl"), edges);
    assert_eq!(drawn(&analysed("literal"), "batch_etl"), edges);
}
