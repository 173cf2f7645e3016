//! The model as data: it can be read back, is as its schema says, and other programs read it in other forms.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use archc::analysis::analyse;
use archc::emit::document::{self, Document, csv, cypher, d2, dot, graphml};
use archc::project::{self, Scope};
use archc::report::Report;
use archc::vfs::Memory;
use insta::assert_snapshot;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::Value;

use crate::cli::Folder;
use crate::formats::{assert_valid, close, schema};
use crate::inputs::{files_below, quoted};

/// The model of a text, whatever is wrong with it.
pub(crate) fn document(text: &str) -> Document {
    let files = Memory::default().with("test.arch", text);
    let workspace = project::load(&files, Scope::Folder(""), &[]).unwrap();
    let analysis = analyse(&workspace, date(2026, 11, 23));
    let findings = Report::new(&workspace.sources, &analysis.diagnostics).data();
    Document::new(&workspace, &analysis, findings, BTreeMap::new())
}

/// All source files of the examples and of the tests.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["examples", "tests/archc"].iter().flat_map(|folder| files_below(&root.join(folder), "arch")).collect()
}

/// Compares the schema of a type with the file that is published; `INSTA_UPDATE=always` writes the file.
pub(crate) fn assert_published(path: &str, schema: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        fs::write(&path, schema).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == schema,
        "`{}` is not what the types say: run the test with `INSTA_UPDATE=always`",
        path.display()
    );
}

#[test]
fn the_schema_is_that_of_the_types() {
    assert_published("schemas/model.schema.json", &document::schema());
}

#[test]
fn what_is_written_can_be_read_back_and_is_as_the_schema_says() {
    let mut schema: Value = serde_json::from_str(&document::schema()).unwrap();
    close(&mut schema);
    // A quantity stands in a value beside its type, so that neither of the two says all that is there.
    open(&mut schema["$defs"]["Quantity"]);
    schema["$defs"]["Value"]["oneOf"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .filter(|it| it.get("$ref").is_some())
        .for_each(open);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sources = sources();
    assert!(sources.len() > 50, "only {} sources", sources.len());
    for path in sources {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let written = document(&text);
        let json = document::json(&written);
        let read = document::read(&json).unwrap();
        assert_eq!(read, written, "{}", path.display());
        assert_eq!(document::json(&read), json, "{}", path.display());
        let value: Value = serde_json::from_str(&json).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {}", path.display(), errors.join("\n"));
    }
}

fn open(schema: &mut Value) {
    schema.as_object_mut().unwrap().remove("additionalProperties");
}

#[test]
fn paths_and_ids_are_unique() {
    let text =
        "architecture a { service s: aws.s3, service s: aws.s3, service t: job\ns -> t, t\ns -> t via aws.lambda }";
    let document = document(text);
    let paths: Vec<&str> = document.elements.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["a.s", "a.s #2", "a.t", "a.s-lambda-t"]);
    let edges: Vec<&str> = document.edges.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(edges, ["a.s -> a.t", "a.s -> a.t #2", "a.s -> a.t #3"]);
}

/// Blocks of steps nest as deep as the parser lets them, which is deeper than readers of JSON go.
#[test]
fn deep_scenarios_can_be_read_back() {
    let blocks = ("alt { ".repeat(60), "}".repeat(60));
    let steps = format!("scenario deep {{ {}a => b \"x\"\n{} }}", blocks.0, blocks.1);
    let document = document(&format!("architecture a {{ service a: job, service b: job\na => b\n{steps} }}"));
    assert!(document.scenarios[0].steps.len() > 100);
    assert_eq!(document::read(&document::json(&document)).as_ref(), Ok(&document));
}

const SHOP: &str = r#"/// Where orders go.
architecture shop "Shop & \"Sons\"" {
  owner = "team-shop"
  external apps "Apps\non phones" { emits = 100/s of 2 KB, peak = 3x }
  group storage "Storage" {
    /// Kept for a year.
    service raw: aws.s3 "Raw" { retention = 1 y, meta { ticket = "OPS-1" } }
    service table: aws.dynamodb { owner = "team-data" }
  }
  person people "People"
  apps -> raw via aws.firehose "Firehose"
  apps => table "put" { keep = 50% }
  table ~> people
  view all { show = * }
  environment test { scale = 10%, storage.raw.retention = 7 d }
}
rule no_people { deny = person -> category(store), because = "They ask." }
decision keep_it "Keep it" { status = accepted, affects = [shop.raw] }
"#;

fn shop() -> Folder {
    Folder::new().with("archc.toml", "name = \"Shops\"\n").with("shop.arch", SHOP)
}

#[test]
fn json_of_a_workspace() {
    let mut value: Value = serde_json::from_str(&document::json(&document(SHOP))).unwrap();
    // The bill and the quotas have tests of their own.
    value["bill"]["lines"] = Value::Array(Vec::new());
    value["limits"] = Value::Array(Vec::new());
    assert_snapshot!(serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn graphs_of_a_workspace() {
    let document = document(SHOP);
    let graphs = [
        dot::render(&document),
        d2::render(&document),
        graphml::render(&document),
        cypher::render(&document),
        csv::tables(&document).into_iter().flat_map(|file| [file.path, "\n".to_owned(), file.content]).collect(),
    ];
    assert_snapshot!(graphs.join("\n"));
}

#[test]
fn the_command_prints_what_it_read() {
    let folder = shop();
    let json = stdout(&folder, &["model"]);
    folder.write("model.json", &json);
    assert_eq!(stdout(&folder, &["model", "model.json"]), json);
    for format in ["dot", "d2", "graphml", "cypher"] {
        let [from_json, from_source] =
            ["model.json", "shop.arch"].map(|path| stdout(&folder, &["model", path, "--format", format]));
        // A file alone has no name of its own, but the settings beside it.
        assert_eq!(from_json, from_source, "{format}");
    }
    let tables = folder.run(&["model", "--format", "csv", "--out", "tables"]);
    assert!(tables.contains("3 files in `tables`: 3 written, 0 unchanged"), "{tables}");
    let again = folder.run(&["model", "model.json", "--format", "csv", "--out", "tables"]);
    assert!(again.contains("0 written, 3 unchanged"), "{again}");
}

fn stdout(folder: &Folder, arguments: &[&str]) -> String {
    let output = folder.command().args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn environments_and_suppositions_show() {
    let folder = shop();
    let value: Value = serde_json::from_str(&stdout(&folder, &["model", "--env", "test"])).unwrap();
    assert_eq!(value["assumptions"]["environment"], "test");
    let emits = &value["elements"][0]["load"]["emits"]["records"]["mean"];
    assert_eq!(emits, "10");
    let set = stdout(&folder, &["model", "--set", "apps.emits=7/s of 1 KB"]);
    let value: Value = serde_json::from_str(&set).unwrap();
    assert_eq!(value["elements"][0]["load"]["emits"]["bytes"]["mean"], "7000");
}

#[test]
fn what_is_no_model_is_one_clear_error() {
    let folder = shop();
    let json = stdout(&folder, &["model"]);
    folder.write("model.json", &json);
    folder.write("newer.json", json.replacen("\"version\": 1", "\"version\": 2", 1));
    folder.write("bill.json", stdout(&folder, &["bom", "--format", "json"]));
    folder.write("broken.json", "{ \"version\": 1, ");
    folder.write("list.json", "[]");
    folder.write("deep.json", "[".repeat(10_000));
    folder.write("bytes.json", b"\xff\xfe");
    folder.write("fields.json", "{ \"version\": 1, \"architectures\": [], \"elements\": [{}] }");
    let files = ["newer", "bill", "broken", "list", "deep", "bytes", "fields", "none"];
    let mut runs: Vec<String> = files.iter().map(|it| folder.run(&["model", &format!("{it}.json")])).collect();
    runs.push(folder.run(&["model", "model.json", "--env", "test"]));
    runs.push(folder.run(&["model", "--format", "csv"]));
    assert!(runs.iter().all(|run| run.contains("exit code 2")), "{}", runs.join("\n"));
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn errors_fail_the_run_and_the_model_is_printed() {
    let folder = Folder::new().with("a.arch", "architecture a { service s: aws.s3\ns -> nobody }\n");
    let run = folder.run(&["model"]);
    assert!(
        run.contains("exit code 1") && run.contains("\"path\": \"a.s\"") && run.contains("name/unresolved"),
        "{run}"
    );
}

#[test]
fn the_published_schemas_refuse_what_is_no_model() {
    let schema = schema("schemas/model.schema.json");
    let mut value: Value = serde_json::from_str(&document::json(&document(SHOP))).unwrap();
    assert_valid(&schema, &value);
    value["elements"][0]["variety"] = "cloud".into();
    assert!(!jsonschema::is_valid(&schema, &value));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever labels say, tables read back as they are, and graphs have as many lines.
    #[test]
    fn labels_do_not_break_graphs(label in any::<String>(), other in "[ -~\\n]{0,20}") {
        let text = |label: &str, other: &str| format!(
            "architecture a {} {{ service s: aws.s3 {}, service t: job\ns -> t {} }}",
            quoted(label), quoted(label), quoted(other),
        );
        let (odd, plain) = (document(&text(&label, &other)), document(&text("x", "y")));
        let read = document::read(&document::json(&odd));
        prop_assert_eq!(read.as_ref(), Ok(&odd));
        let lines = |text: String| text.lines().count();
        prop_assert_eq!(lines(dot::render(&odd)), lines(dot::render(&plain)));
        prop_assert_eq!(lines(d2::render(&odd)), lines(d2::render(&plain)));
        prop_assert_eq!(lines(cypher::render(&odd)), lines(cypher::render(&plain)));
        let tables = csv::tables(&odd);
        let elements = tables.iter().find(|table| table.path == "elements.csv").unwrap();
        let mut reader = ::csv::Reader::from_reader(elements.content.as_bytes());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 2);
        let shown = rows[0].get(7).unwrap();
        let element = &odd.elements[0];
        // An apostrophe keeps a spreadsheet from computing.
        prop_assert!(shown == element.label || shown.strip_prefix('\'') == Some(element.label.as_str()), "{}", shown);
    }
}

/// Other commands read `.arch` files.
#[test]
fn a_model_is_no_workspace() {
    let folder = shop();
    folder.write("shop.json", folder.command().args(["model", "shop.arch"]).output().unwrap().stdout);
    for arguments in [&["check", "shop.json"][..], &["bom", "shop.json"], &["query", "*", "shop.json"]] {
        let text = folder.run(arguments);
        assert!(text.contains("exit code 2") && text.contains("`shop.json` is a model, and no `.arch` file"), "{text}");
    }
    folder.write("other.json", "{\"a\": 1}");
    assert!(folder.run(&["check", "other.json"]).contains("error[syntax/"));
}

#[test]
fn names_that_nothing_has_are_one_clear_error() {
    let folder = shop();
    let model = folder.command().args(["model", "shop.arch"]).output().unwrap().stdout;
    let model: Value = serde_json::from_slice(&model).unwrap();
    for (pointer, wanted) in [
        ("/edges/0/to", "` names `nobody`, which is no element of it"),
        ("/elements/0/architecture", "` stands in the architecture `nobody`, which is not there"),
        ("/elements/0/group", "` stands in the group `nobody`, which is not there"),
    ] {
        let mut broken = model.clone();
        *broken.pointer_mut(pointer).unwrap() = "nobody".into();
        folder.write("broken.json", broken.to_string());
        let text = folder.run(&["model", "broken.json"]);
        assert!(text.contains("exit code 2") && text.contains("`broken.json` is no whole model: "), "{text}");
        assert!(text.contains(wanted), "{text}");
    }
}
