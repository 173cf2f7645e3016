//! The catalog that ships: held to its form, and to what is known of what connects to what.

mod bill;
mod own;
mod prices;
mod wiring;

use std::collections::BTreeMap;

use archc::analysis;
use archc::catalog::{Catalog, End, KindId, Verdict, Wiring, embedded_files};
use archc::diagnostic::Diagnostic;
use archc::project::{Scope, Workspace, load};
use archc::vfs::Memory;

fn workspace(text: &str) -> Workspace {
    load(&Memory::default().with("a.arch", text), Scope::Folder(""), &[]).unwrap()
}

/// The catalog that holds where a workspace has this one file.
fn catalog(text: &str) -> Catalog {
    analysis::catalog(&workspace(text))
}

fn findings(text: &str) -> Vec<Diagnostic> {
    analysis::analyse(&workspace(text), "2026-11-22".parse().unwrap()).diagnostics
}

fn kind(catalog: &Catalog, name: &str) -> KindId {
    let found = catalog.find(name);
    assert!(found.is_some(), "there is no kind `{name}`");
    found.unwrap()
}

fn name(catalog: &Catalog, end: End) -> String {
    match end {
        End::Kind(kind) => catalog.kind(kind).name.to_string(),
        End::Any => "*".to_owned(),
    }
}

#[test]
fn loads_without_a_finding() {
    assert_eq!(findings(""), []);
}

#[test]
fn embeds_each_file_of_the_folder() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalog");
    let mut paths = Vec::new();
    for part in ["", "aws/", "generic/", "patterns/"] {
        let entries = std::fs::read_dir(folder.join(part)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files = names.filter(|name| std::path::Path::new(name).extension().is_some_and(|it| it == "arch"));
        paths.extend(files.map(|name| format!("{part}{name}")));
    }
    let mut embedded: Vec<_> = embedded_files().iter().map(|(path, _)| (*path).to_owned()).collect();
    paths.sort();
    embedded.sort();
    assert_eq!(embedded, paths);
}

#[test]
fn documents_each_kind_and_says_its_category() {
    let catalog = catalog("");
    let of_the_language = ["declaration", "element", "architecture", "environment", "group", "edge"];
    let of_the_language = of_the_language.iter().chain(&["view", "scenario", "rule", "decision"]);
    let of_the_language: Vec<&str> = of_the_language.copied().collect();
    for kind in catalog.kinds() {
        assert!(kind.doc.is_some(), "`{}` has no documentation", kind.name);
        assert!(kind.product.contains(char::is_uppercase), "`{}` has no name for people", kind.name);
        let has_category = catalog.ancestry(kind.id).any(|kind| kind.category.is_some());
        assert!(has_category || of_the_language.contains(&kind.name.as_str()), "`{}` has no category", kind.name);
        for property in &kind.properties {
            assert!(property.doc.is_some(), "`{}` of `{}` has no documentation", property.name, kind.name);
        }
    }
}

#[test]
fn has_a_source_and_a_date_for_each_fact() {
    let catalog = catalog("");
    for fact in catalog.wire_facts() {
        let (from, to) = (name(&catalog, fact.from), name(&catalog, fact.to));
        assert!(!fact.source.trim().is_empty() && fact.read.is_some(), "{from} {} {to}", fact.arrow.symbol());
    }
    for kind in catalog.kinds().filter(|kind| kind.retired.is_some()) {
        let retired = kind.retired.as_ref().unwrap();
        assert!(retired.since.is_some() && retired.source.is_some(), "{}", kind.name);
    }
}

#[test]
fn says_one_thing_of_each_pair() {
    let catalog = catalog("");
    let mut said: BTreeMap<(End, &str, End), &Verdict> = BTreeMap::new();
    for fact in catalog.wire_facts() {
        let works = |verdict: &Verdict| matches!(verdict, Verdict::Works | Verdict::Only);
        let before = said.insert((fact.from, fact.arrow.symbol(), fact.to), &fact.verdict);
        let agrees = before.is_none_or(|before| *before == fact.verdict || works(before) && works(&fact.verdict));
        let (from, to) = (name(&catalog, fact.from), name(&catalog, fact.to));
        assert!(agrees, "{from} {} {to}: {before:?} and {:?}", fact.arrow.symbol(), fact.verdict);
    }
}

#[test]
fn leads_through_kinds_that_connect() {
    let catalog = catalog("");
    let mut wrong = Vec::new();
    for fact in catalog.wire_facts() {
        let (Verdict::Through(kinds), End::Kind(from), End::Kind(to)) = (&fact.verdict, fact.from, fact.to) else {
            continue;
        };
        for between in kinds {
            for (from, to) in [(from, *between), (*between, to)] {
                if !matches!(catalog.wiring(from, fact.arrow, to), Wiring::Works(_)) {
                    let [from, to] = [from, to].map(|kind| &catalog.kind(kind).name);
                    let (start, end) = (name(&catalog, fact.from), name(&catalog, fact.to));
                    wrong.push(format!("{from} {} {to}, from {start} to {end}", fact.arrow.symbol()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn has_the_kinds_that_people_reach_for() {
    let catalog = catalog("");
    let names = "aws.s3 aws.kinesis.stream aws.firehose aws.flink aws.lambda aws.sns aws.sqs aws.eventbridge \
                 aws.stepfunctions aws.glue.job aws.glue.crawler aws.glue.catalog aws.athena aws.redshift \
                 aws.redshift.serverless aws.opensearch aws.mwaa aws.dms aws.appflow aws.rds aws.aurora aws.dynamodb \
                 aws.msk aws.ecs aws.ecs.fargate aws.ec2 aws.eks aws.apigateway aws.alb aws.cloudfront \
                 aws.cloudwatch.logs aws.cloudwatch.alarm aws.quicksight database queue cache web-app service job storage";
    for name in names.split_whitespace() {
        assert!(!catalog.kind(kind(&catalog, name)).is_abstract, "`{name}` cannot be used");
    }
}
