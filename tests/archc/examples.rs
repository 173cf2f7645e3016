//! The examples that ship: they draw the three reference patterns, and are right.

use std::path::Path;

use archc::analysis::{Analysis, analyse};
use archc::model::{Edge, Settings, Variety};
use archc::project::{Scope, load};
use archc::source::FileId;
use archc::syntax::ast::{Arrow, Statement};
use archc::vfs::Disk;

fn analysed(folder: &str) -> Analysis {
    let disk = Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(folder));
    let rules: Vec<&str> = archc::check::rules().iter().map(|rule| rule.code).collect();
    analyse(&load(&disk, Scope::Folder(""), &rules).unwrap(), "2026-12-01".parse().unwrap())
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

/// The rules on failures are on there.
#[test]
fn the_shop_has_no_finding() {
    let analysis = analysed("shop");
    assert!(analysis.diagnostics.is_empty(), "{:#?}", analysis.diagnostics);
    assert!(analysis.model.find_architecture("shop").is_some());
}

#[test]
fn the_platform_has_no_finding() {
    let analysis = analysed("platform");
    assert!(analysis.diagnostics.is_empty(), "{:#?}", analysis.diagnostics);
    let model = &analysis.model;
    assert!(model.find_architecture("platform").is_some() && model.find_architecture("reports").is_some());
    assert_eq!(model.instances.len(), 2);
}

/// What an architecture is made of, but for names of groups and for what comes in through parameters: kinds, labels and
/// properties, and edges with their labels, arrows, carriers and properties.
fn made_of(analysis: &Analysis, architecture: &str) -> Vec<String> {
    let model = &analysis.model;
    let settings = |it: &Settings| {
        let mut all: Vec<_> = it.properties.iter().map(|it| format!("{}={}", it.name, it.value)).collect();
        all.sort();
        all.join(" ")
    };
    let architecture = model.find_architecture(architecture).unwrap();
    let elements = architecture.elements.iter().map(|id| model.element(*id));
    let elements = elements.filter(|it| it.variety != Variety::Group).map(|it| {
        let kind = model.kind_of(it).map_or("?", |kind| kind.name.as_str());
        format!("{kind} {:?} {} {}", it.title, it.name, settings(&it.settings))
    });
    let edges = architecture.edges.iter().map(|id| model.edge(*id)).map(|it| {
        let name = |id| &model.element(id).name;
        let carriers: Vec<_> = it.carriers.iter().map(|id| name(*id).as_str()).collect();
        let (from, to, arrow) = (name(it.from), name(it.to), it.arrow.symbol());
        format!("{from} {arrow} {to} via {carriers:?} {:?} {}", it.label, settings(&it.settings))
    });
    let mut all: Vec<String> = elements.chain(edges).collect();
    all.sort();
    all
}

/// The pattern is used with those statements of the reference that declare what its parameters ask for.
#[test]
fn each_pattern_that_ships_is_the_reference_of_its_name() {
    let reference = analysed("patterns");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/patterns");
    let parameters = [
        ("data_lake", vec!["crm", "orders", "events", "analysts", "dashboards"], ""),
        ("realtime_analytics", vec!["apps", "queries"], "apps = apps, readers = queries"),
        ("batch_etl", vec!["landing"], ""),
    ];
    for (name, outside, arguments) in parameters {
        let text = std::fs::read_to_string(folder.join(format!("{name}.arch"))).unwrap();
        let parse = archc::syntax::parse(FileId::default(), &text);
        let Statement::Declaration(architecture) = &parse.tree.statements[0] else { panic!("{name}") };
        let declared = architecture.statements().iter().filter(|statement| match statement {
            Statement::Declaration(it) => outside.contains(&it.name.as_ref().unwrap().text.as_str()),
            _ => false,
        });
        let declared: Vec<&str> = declared.map(|statement| &text[statement.span().range()]).collect();
        assert_eq!(declared.len(), outside.len());
        let same: Vec<String> = outside.iter().map(|it| format!("{it} = {it}")).collect();
        let arguments = if arguments.is_empty() { same.join(", ") } else { arguments.to_owned() };
        let used = format!("architecture {name} {{\n{}\nuse {name}({arguments}) as it\n}}\n", declared.join("\n"));
        let files = archc::vfs::Memory::default().with("a.arch", used);
        let workspace = load(&files, Scope::Folder(""), &[]).unwrap();
        let used = analyse(&workspace, "2026-12-01".parse().unwrap());
        assert_eq!(made_of(&used, name), made_of(&reference, name), "{name}");
    }
}

/// The reference follows the pattern of its name, and none of the others.
#[test]
fn each_reference_follows_its_pattern() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/patterns");
    let names = ["data_lake", "realtime_analytics", "batch_etl"];
    for name in names {
        let text = std::fs::read_to_string(folder.join(format!("{name}.arch"))).unwrap();
        for pattern in names {
            let follows = text.replacen("\" {", &format!("\" follows {pattern} {{"), 1);
            let files = archc::vfs::Memory::default().with("a.arch", follows);
            let workspace = load(&files, Scope::Folder(""), &[]).unwrap();
            let found = analyse(&workspace, "2026-12-01".parse().unwrap()).diagnostics;
            let is_followed = !found.iter().any(|finding| finding.code == "pattern/not-followed");
            assert_eq!(is_followed, name == pattern, "{name} and {pattern}: {found:#?}");
        }
    }
}
