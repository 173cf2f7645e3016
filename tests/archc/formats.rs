//! The formats of `archc check` for other programs, each for the same workspace.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::cli::Folder;

/// An error with three places and a fix, a warning with two places, and a note; names that need escapes.
const SHOP: &str = r#"/// Where orders go.
architecture shop "🛒 Shop" {
  service topic: aws.sns "Orders"
  service flow: aws.mwaa "Billing"
  service web: aws.lambda "🛒, 100%: <all>" { timeuot = 5 s }
  topic ~> flow
  web -> topic, topic
  view all "All" { }
}
"#;

fn folder() -> Folder {
    Folder::new()
        .with("docs/archc.toml", "")
        .with("docs/my shop, 1.arch", SHOP)
        .with("docs/quiet.arch", "architecture quiet \"Quiet\" { }\n")
}

fn check(folder: &Folder, format: &str) -> String {
    let output = folder.command().args(["check", "docs", "--format", format]).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Folder, format: &str) -> Value {
    serde_json::from_str(&check(folder, format)).unwrap()
}

/// Holds a document to a schema.
pub(crate) fn assert_valid(schema: &Value, document: &Value) {
    let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(document).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

pub(crate) fn schema(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The official schema, without the patterns of language codes: one bracket too many makes them no expressions. No language
/// is written.
fn sarif_schema() -> Value {
    let mut schema = schema("tests/archc/formats/sarif-schema-2.1.0.json");
    for object in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{object}/properties/language")).unwrap();
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    schema
}

/// Forbids what a schema does not describe.
pub(crate) fn close(schema: &mut Value) {
    if let Value::Object(fields) = schema {
        fields.values_mut().for_each(close);
        if fields.get("properties").is_some_and(Value::is_object) {
            fields.insert("additionalProperties".to_owned(), false.into());
        }
    } else if let Value::Array(items) = schema {
        items.iter_mut().for_each(close);
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let mut schema = schema("schemas/check.schema.json");
    let mut document = json(&folder(), "json");
    assert_valid(&schema, &document);
    close(&mut schema);
    assert_valid(&schema, &document);
    document["findings"][0]["severity"] = "fatal".into();
    assert!(!jsonschema::is_valid(&schema, &document));
}

#[test]
fn sarif_is_as_the_standard_says() {
    let schema = sarif_schema();
    let mut document = json(&folder(), "sarif");
    assert_valid(&schema, &document);
    let empty = Folder::new().with("docs/a.arch", "");
    assert_valid(&schema, &json(&empty, "sarif"));
    document["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!jsonschema::is_valid(&schema, &document));
}

#[test]
fn writes_sarif() {
    let version = format!("\"{}\"", env!("CARGO_PKG_VERSION").replace('.', r"\."));
    // The pages of the rules have tests of their own.
    let filters = [(r#""(text|markdown)": ".*```.*""#, r#""$1": "…""#), (version.as_str(), "\"VERSION\"")];
    insta::with_settings!({ filters => filters }, { assert_snapshot!(check(&folder(), "sarif")) });
}

#[test]
fn sarif_carries_the_pages_of_its_rules() {
    let document = json(&folder(), "sarif");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let page = archc::check::rule(rule["id"].as_str().unwrap()).unwrap().documentation.trim();
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with(page));
    }
}

#[test]
fn writes_annotations_of_github() {
    assert_snapshot!(check(&folder(), "github"));
}

#[test]
fn writes_code_quality_of_gitlab() {
    assert_snapshot!(check(&folder(), "gitlab"));
}

#[test]
fn writes_junit() {
    assert_snapshot!(check(&folder(), "junit"));
}

#[test]
fn junit_fails_what_fails_the_run() {
    let folder =
        Folder::new().with("docs/a.arch", "architecture a { service s: aws.glue.job, service m: aws.mwaa\ns -> m }\n");
    assert!(check(&folder, "junit").contains("failures=\"0\""));
    let strict = folder.run(&["check", "docs", "--format", "junit", "--deny", "notes"]);
    assert!(strict.contains("failures=\"1\"") && strict.contains("exit code 1"), "{strict}");
}

#[test]
fn names_files_from_the_root_of_the_repository() {
    let folder = folder();
    let from_root = check(&folder, "github");
    let mut command = folder.command();
    let inside = command.args(["check", "--format", "github"]).current_dir(folder.path().join("docs"));
    assert_eq!(String::from_utf8(inside.output().unwrap().stdout).unwrap(), from_root);
}

#[test]
fn lets_no_text_of_the_source_become_a_command_or_markup() {
    let text = b"\n::error file=x::]]><b>\r::stop-commands::%0A\n\x1b[31m\n";
    let github = Folder::new().run_with_stdin(&["check", "-", "--format", "github"], text);
    let stdout = github.split_once("--- stdout\n").unwrap().1;
    let (commands, totals) = stdout.trim_end().rsplit_once('\n').unwrap();
    assert!(commands.lines().all(|line| line.starts_with("::error file=<stdin>,line=")), "{github}");
    assert!(!totals.starts_with("::") && !github.contains(['\u{1b}', '\r']), "{github}");
    let junit = Folder::new().run_with_stdin(&["check", "-", "--format", "junit"], text);
    assert!(junit.contains("name=\"&lt;stdin&gt;\"") && !junit.contains(['\u{1b}', '\r']), "{junit}");
    let sarif = Folder::new().run_with_stdin(&["check", "-", "--format", "sarif"], text);
    assert!(sarif.contains("\"uri\": \"%3Cstdin%3E\""), "{sarif}");
}

#[test]
fn auto_annotates_in_github_actions_only() {
    let folder = folder();
    let run = |variable: Option<&str>| {
        let mut command = folder.command();
        command.args(["check", "docs", "--format", "auto"]).env_remove("GITHUB_ACTIONS");
        if let Some(value) = variable {
            command.env("GITHUB_ACTIONS", value);
        }
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert_eq!(run(Some("true")), check(&folder, "github"));
    for elsewhere in [None, Some(""), Some("false")] {
        assert_eq!(run(elsewhere), check(&folder, "pretty"));
    }
}

/// The fingerprints with the codes of their findings.
fn fingerprints(folder: &Folder) -> Vec<(String, String)> {
    let document = json(folder, "json");
    let text = |finding: &Value, field: &str| finding.get(field).and_then(Value::as_str).unwrap().to_owned();
    let findings = document.get("findings").and_then(Value::as_array).unwrap();
    findings.iter().map(|it| (text(it, "code"), text(it, "fingerprint"))).collect()
}

#[test]
fn fingerprints_survive_moves_of_lines() {
    let folder = folder();
    let before = fingerprints(&folder);
    let moved = SHOP.replace("  web ->", "\n  // moved\r\n\tweb  ->").replace("  view", "        view");
    folder.write("docs/my shop, 1.arch", moved);
    assert_eq!(fingerprints(&folder), before);
    let changed = SHOP.replace("timeuot = 5 s", "timeuot = 6 s");
    folder.write("docs/my shop, 1.arch", changed);
    let after = fingerprints(&folder);
    let differing: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).map(|(old, _)| &old.0).collect();
    assert_eq!(differing, ["property/unknown"]);
}

#[test]
fn fingerprints_differ_where_lines_are_the_same() {
    let line = "  service web aws.s3\n";
    let folder = Folder::new().with("docs/a.arch", format!("architecture a \"A\" {{\n{}}}\n", line.repeat(3)));
    let mut fingerprints = fingerprints(&folder);
    let all = fingerprints.len();
    assert!(all >= 3);
    fingerprints.sort();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), all);
}

#[test]
fn a_baseline_leaves_new_findings_only() {
    let folder = folder();
    folder.write("known.json", check(&folder, "json"));
    let known = folder.run(&["check", "docs", "--baseline", "known.json"]);
    assert_snapshot!(known);
    folder.write("docs/my shop, 1.arch", format!("// moved\n{}", SHOP.replace("web ->", "web => nobody\n  web ->")));
    let new = folder.run(&["check", "docs", "--baseline", "known.json"]);
    assert_snapshot!(new);
}

#[test]
fn refuses_a_report_of_another_version_and_other_documents() {
    let folder = folder()
        .with("newer.json", r#"{"version": 2, "findings": [], "summary": {"errors": 0}}"#)
        .with("model.json", r#"{"version": 1, "findings": []}"#);
    let newer = folder.run(&["check", "docs", "--baseline", "newer.json"]);
    assert!(newer.contains("exit code 2") && newer.contains("is a report of version 2"), "{newer}");
    let model = folder.run(&["check", "docs", "--baseline", "model.json"]);
    assert!(model.contains("exit code 2") && model.contains("missing field `summary`"), "{model}");
}

#[test]
fn refuses_what_is_no_baseline() {
    let folder = folder().with("model.json", "{ \"findings\": [{}] }").with("empty.json", "");
    let files = ["model.json", "empty.json", "none.json", "docs"];
    let runs = files.map(|file| folder.run(&["check", "docs", "--baseline", file]));
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn a_baseline_that_is_out_of_date_is_told() {
    let folder = folder();
    folder.write("known.json", folder.command().args(["check", "--format", "json"]).output().unwrap().stdout);
    assert!(!folder.run(&["check", "--baseline", "known.json"]).contains("gone"));
    for path in folder.files().iter().filter(|path| path.contains(".arch")) {
        folder.write(
            path,
            "architecture shop \"Shop\" {\n  person a\n  service b: web-app\n  a -> b\n}\n"
                .replace("shop", &path.replace(['.', '/'], "_")),
        );
    }
    let text = folder.run(&["check", "--baseline", "known.json"]);
    assert!(text.contains("of the baseline are gone: write it again"), "{text}");
}

/// What was not read is not gone.
#[test]
fn a_baseline_may_be_of_more_than_is_checked() {
    let shop = "architecture NAME \"Shop\" {\n  service a: aws.s3\n  a -> nobody\n}\nenvironment NAME_test { without NAME.a }\n";
    let folder = Folder::new().with("archc.toml", "");
    for name in ["one", "two"] {
        folder.write(&format!("{name}/{name}.arch"), shop.replace("NAME", name));
    }
    let report = |path: &str| folder.command().args(["check", path, "--format", "json"]).output().unwrap().stdout;
    folder.write("known.json", report("."));
    folder.write("none.json", report("two/two.arch"));
    let runs = [
        folder.run(&["check", "one", "--baseline", "known.json"]),
        folder.run(&["check", "one/one.arch", "--baseline", "known.json"]),
        folder.run(&["check", "--baseline", "known.json", "--env", "two_test"]),
    ];
    for text in &runs {
        assert!(!text.contains("gone") && text.contains("of the baseline left out"), "{text}");
    }
    let text = folder.run(&["check", "one", "--baseline", "none.json"]);
    assert!(text.contains("the baseline is of other files than these"), "{text}");
    folder.write("one/one.arch", "");
    assert!(
        folder.run(&["check", "one", "--baseline", "known.json"]).contains("of the baseline is gone: write it again")
    );
}

/// The findings are warnings, and the exit code is that of errors.
#[test]
fn a_run_that_fails_without_errors_says_why() {
    let folder = Folder::new().with("shop.arch", "architecture shop \"Shop\" {\n  service lonely: web-app\n}\n");
    let why = "failed: with `--deny warnings`, warnings fail the run";
    for format in ["pretty", "github", "json"] {
        assert!(folder.run(&["check", "--deny", "warnings", "--format", format]).contains(why), "{format}");
    }
    assert!(!folder.run(&["check"]).contains("failed:"));
    assert!(!folder.run(&["check", "--deny", "warnings", "--quiet"]).contains("failed:"));
}
