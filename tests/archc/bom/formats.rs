//! The formats of `archc bom`, each for the same workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use archc::emit::bill::difference;
use insta::assert_snapshot;
use jsonschema::Registry;
use serde_json::Value;

use crate::cli::Folder;
use crate::document::assert_published;
use crate::formats::close;

/// A priced service with tiers, an unpriced meter, a carrier, an external, a connection that is billed,
/// a declared cost in another currency, and names that need escapes.
const SHOP: &str = r#"architecture shop "🛒 Shop | \"1\"" {
  region = us-east-1
  owner = "data team"
  external apps "Apps" { emits = 100/s of 2 KB, peak = 3x }
  group lake "Lake" {
    /// Everything, as it came.
    service raw: aws.s3 "Raw, <all> | 100%" { storage = 60_000 GiB, data = [pii] }
    service flow: aws.appflow "Flow" { runs = 1/h, run_size = 1 GiB }
  }
  external desk "Help; desk" { cost = 250.50 EUR/month }
  apps -> lake.raw via aws.firehose
  lake.raw -> desk "answers" { rate = 1_024/month, size = 1 GiB, transfer = internet }
}
"#;

fn folder() -> Folder {
    Folder::new().with("archc.toml", "").with("shop.arch", SHOP)
}

fn bom(folder: &Folder, format: &str) -> String {
    let output = folder.command().args(["bom", "--format", format]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.replace(concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\""), "\"version\": \"VERSION\"")
}

fn json(folder: &Folder, format: &str) -> Value {
    serde_json::from_str(&bom(folder, format)).unwrap()
}

fn schema(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What breaks a schema, which may refer to others.
fn errors(schema: &Value, others: &[(&str, Value)], document: &Value) -> Vec<String> {
    let mut registry = Registry::new();
    for (address, other) in others {
        registry = registry.add(*address, other).unwrap();
    }
    let registry = registry.prepare().unwrap();
    let options = jsonschema::options().should_validate_formats(true).with_registry(&registry);
    let validator = options.build(schema).unwrap();
    validator.iter_errors(document).map(|it| format!("{}: {it}", it.instance_path())).collect()
}

#[test]
fn writes_a_table() {
    assert_snapshot!(bom(&folder(), "table"));
}

#[test]
fn writes_markdown() {
    assert_snapshot!(bom(&folder(), "markdown"));
}

#[test]
fn writes_csv() {
    assert_snapshot!(bom(&folder(), "csv"));
}

#[test]
fn writes_json() {
    assert_snapshot!(bom(&folder(), "json"));
}

#[test]
fn writes_cyclonedx() {
    assert_snapshot!(bom(&folder(), "cyclonedx"));
}

#[test]
fn writes_focus() {
    assert_snapshot!(bom(&folder(), "focus"));
}

#[test]
fn lists_what_focus_cannot_say() {
    assert_snapshot!(bom(&folder(), "unpriced-focus"));
}

/// Other documents than the bill have schemas of their own.
#[test]
fn differences_and_sweeps_are_as_their_schemas_say() {
    assert_published("schemas/bom-difference.schema.json", &difference::schema());
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", super::shop("  service a: aws.sqs"));
    folder.write("before.json", folder.command().args(["bom", "--format", "json"]).output().unwrap().stdout);
    folder.write("shop.arch", super::shop(
        "  external w { emits = 1/s of 1 KB }\n  service a: aws.sqs\n  service t: aws.dynamodb { mode = on-demand, storage = 1 GB }\n  service l: aws.lambda\n  w -> a, t, l",
    ));
    for (arguments, path) in [
        (["--against", "before.json"], "schemas/bom-difference.schema.json"),
        (["--sweep", "1x,1000000x"], "schemas/bom-sweep.schema.json"),
    ] {
        let run = folder.command().args(["bom", "--format", "json"]).args(arguments).output().unwrap();
        let document: Value = serde_json::from_slice(&run.stdout).unwrap();
        let mut schema = schema(path);
        close(&mut schema);
        assert_eq!(errors(&schema, &[], &document), [""; 0], "{document:#}");
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = schema("schemas/bom.schema.json");
    let mut document = json(&folder(), "json");
    assert_eq!(errors(&schema, &[], &document), [""; 0]);
    let empty = Folder::new().with("archc.toml", "").with("a.arch", "");
    assert_eq!(errors(&schema, &[], &json(&empty, "json")), [""; 0]);
    document["lines"][0]["cost"] = 1.5.into();
    assert!(!errors(&schema, &[], &document).is_empty());
}

#[test]
fn cyclonedx_is_as_the_standard_says() {
    let schema_of = |name: &str| schema(&format!("tests/archc/formats/{name}.SNAPSHOT.schema.json"));
    let others = ["spdx", "jsf-0.82"].map(|name| {
        let address = format!("http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json");
        (address, schema_of(name))
    });
    let others: Vec<_> = others.iter().map(|(address, schema)| (address.as_str(), schema.clone())).collect();
    let schema = schema_of("bom-1.6");
    let mut document = json(&folder(), "cyclonedx");
    assert_eq!(errors(&schema, &others, &document), [""; 0]);
    let empty = Folder::new().with("archc.toml", "").with("a.arch", "");
    assert_eq!(errors(&schema, &others, &json(&empty, "cyclonedx")), [""; 0]);
    document["services"][0]["bom-ref"] = 7.into();
    assert!(!errors(&schema, &others, &document).is_empty());
}

/// The references of a document name what is in it, each once.
#[test]
fn cyclonedx_refers_to_what_is_there() {
    let document = json(&folder(), "cyclonedx");
    let list = |field: &str, key: &str| {
        let items = document[field].as_array().unwrap().iter();
        items.map(|item| item[key].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let services = list("services", "bom-ref");
    let mut unique = services.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), services.len());
    assert_eq!(list("dependencies", "ref"), services);
    for dependency in document["dependencies"].as_array().unwrap() {
        for target in dependency["dependsOn"].as_array().unwrap() {
            assert!(services.iter().any(|service| target == service), "{target}");
        }
    }
    assert_eq!(document["compositions"][0]["aggregate"], "incomplete");
}

/// The columns that FOCUS 1.2 wants in every file, and a value in each row of the first.
const NEVER_NULL: [&str; 16] = [
    "BilledCost",
    "BillingAccountId",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ContractedCost",
    "EffectiveCost",
    "InvoiceIssuerName",
    "ListCost",
    "ProviderName",
    "PublisherName",
    "ServiceCategory",
    "ServiceName",
];
const MAYBE_NULL: [&str; 5] =
    ["BillingAccountName", "ChargeClass", "ChargeDescription", "PricingQuantity", "PricingUnit"];

/// The rows of a CSV file by column.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = cells(text).into_iter();
    let header = lines.next().unwrap();
    lines
        .map(|line| {
            assert_eq!(line.len(), header.len());
            header.iter().cloned().zip(line).collect()
        })
        .collect()
}

/// The cells of a CSV file, as RFC 4180 has it.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                line.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
                lines.push(std::mem::take(&mut line));
            }
            c => cell.push(c),
        }
    }
    lines
}

#[test]
fn focus_has_what_the_standard_demands() {
    let rows = rows(&bom(&folder(), "focus"));
    let priced = json(&folder(), "json")["total"]["priced"].as_u64().unwrap();
    assert_eq!(rows.len() as u64, priced);
    for row in &rows {
        for column in NEVER_NULL {
            assert!(!row[column].is_empty(), "{column} in {row:#?}");
        }
        for column in MAYBE_NULL {
            assert!(row.contains_key(column), "{column}");
        }
        assert_eq!((row["BillingPeriodStart"].as_str(), row["BillingPeriodEnd"].as_str()), PERIOD);
        assert!(serde_json::from_str::<Value>(&row["Tags"]).unwrap().is_object());
    }
}

/// The month of the day that the tests set.
const PERIOD: (&str, &str) = ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");

#[test]
fn every_line_is_a_charge_or_unpriced_in_focus() {
    let unpriced = rows(&bom(&folder(), "unpriced-focus"));
    let document = json(&folder(), "json");
    assert_eq!(unpriced.len() as u64, document["total"]["unpriced"].as_u64().unwrap());
    assert!(unpriced.iter().all(|row| !row["x_Reason"].is_empty()));
}
