//! What changed since an earlier bill, and why.

use insta::assert_snapshot;

use super::shop;
use crate::cli::Folder;

const BEFORE: &str = r#"  external apps "Apps" { emits = 100/s of 2 KB }
  service stream: aws.kinesis.stream "Stream" { shards = 1 }
  service hose: aws.firehose "Hose"
  service flink: aws.flink "Flink" { kpus = 1 }
  external desk "Desk" { cost = 100 USD/month }
  apps -> stream
  apps -> hose"#;

/// The load of the hose and a property of the stream are others, Flink is gone, and a queue is new.
const AFTER: &str = r#"  external apps "Apps" { emits = 100/s of 2 KB }
  service stream: aws.kinesis.stream "Stream" { shards = 2 }
  service hose: aws.firehose "Hose"
  service queue: aws.sqs "Queue" { empty_receives = 0/d }
  external desk "Desk" { cost = 100 USD/month }
  apps -> stream
  apps -> hose, queue { keep = 50% }"#;

/// Half of what the price list says.
const NEGOTIATED: &str = r#"
[[price]]
id = "aws.kinesis.put_unit"
unit = "unit"
source = { kind = "contract", ref = "frame contract 7", read = 2026-01-01 }
confidence = "A"
rows = [{ region = "us-east-1", price = "0.000000007" }]
"#;

fn before() -> Folder {
    Folder::new().with("archc.toml", "").with("shop.arch", shop(BEFORE))
}

fn change(folder: &Folder) {
    folder.write("archc.toml", "[prices]\nfiles = [\"own.toml\"]\n");
    folder.write("own.toml", NEGOTIATED);
    folder.write("shop.arch", shop(AFTER));
}

/// What standard output says.
fn stdout(folder: &Folder, arguments: &[&str]) -> String {
    let output = folder.command().args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_cause_is_named() {
    let folder = before();
    folder.write("before.json", stdout(&folder, &["bom", "--format", "json"]));
    change(&folder);
    let formats = ["table", "markdown", "json"];
    let runs = formats.map(|format| stdout(&folder, &["bom", "--against", "before.json", "--format", format]));
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn a_file_a_folder_and_a_revision_give_the_same() {
    let folder = before();
    folder.commit();
    folder.write("old/archc.toml", "");
    folder.write("old/shop.arch", shop(BEFORE));
    let json = stdout(&folder, &["bom", "old", "--format", "json"]);
    std::fs::remove_dir_all(folder.path().join("old")).unwrap();
    let elsewhere = Folder::new().with("archc.toml", "").with("shop.arch", shop(BEFORE)).with("before.json", json);
    change(&folder);
    let place = elsewhere.path().to_str().unwrap();
    let file = format!("{place}/before.json");
    let [revision, folder_before, file] = ["HEAD", place, &file].map(|it| stdout(&folder, &["bom", "--against", it]));
    assert_eq!(revision, file);
    assert_eq!(revision, folder_before);
    assert!(revision.contains("shards: 1 → 2"), "{revision}");
}

#[test]
fn a_workspace_below_the_root_of_its_repository_has_revisions_too() {
    let folder = Folder::new().with("docs/archc.toml", "").with("docs/shop.arch", shop(BEFORE)).with("a.arch", "junk");
    folder.commit();
    assert!(stdout(&folder, &["bom", "docs", "--against", "main"]).starts_with("the bill is the same"));
    folder.write("docs/shop.arch", shop(AFTER));
    assert!(stdout(&folder, &["bom", "docs", "--against", "main"]).contains("shards: 1 → 2"));
}

/// Git tells its hooks where the repository is, relative to its root.
#[test]
fn a_hook_can_compare_with_a_revision() {
    let folder = Folder::new().with("docs/archc.toml", "").with("docs/shop.arch", shop(BEFORE));
    folder.commit();
    let mut command = folder.command();
    command.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").args(["bom", "docs", "--against", "HEAD"]);
    let stdout = command.output().unwrap().stdout;
    assert!(String::from_utf8(stdout).unwrap().starts_with("the bill is the same"));
}

/// A line that becomes unpriced because its load is not known any more has no other price than before.
#[test]
fn causes_are_not_made_up() {
    let folder = before();
    folder.write("before.json", stdout(&folder, &["bom", "--format", "json"]));
    let causes = |arguments: &[&str]| {
        let arguments = [&["bom", "--against", "before.json", "--format", "json"], arguments].concat();
        let document: serde_json::Value = serde_json::from_str(&stdout(&folder, &arguments)).unwrap();
        let change =
            document["lines"].as_array().unwrap().iter().find(|it| it["meter"] == "PUT payload units").unwrap();
        let causes = change["causes"].as_array().unwrap().iter();
        causes
            .map(|it| [&it["cause"], &it["name"]].map(|it| it.as_str().unwrap_or_default()).join(" "))
            .collect::<Vec<_>>()
    };
    folder.write("shop.arch", shop(&BEFORE.replace("{ emits = 100/s of 2 KB }", "")));
    assert_eq!(causes(&[]), ["load "]);
    folder.write("shop.arch", shop(BEFORE));
    assert_eq!(causes(&["--region", "eu-west-1"]), ["property region", "price "]);
    // A price that the team changes keeps its source.
    change(&folder);
    folder.write("shop.arch", shop(BEFORE));
    folder.write("before.json", stdout(&folder, &["bom", "--format", "json"]));
    folder.write("own.toml", NEGOTIATED.replace("0.000000007", "0.000000006"));
    assert_eq!(causes(&[]), ["price "]);
}

/// The same suppositions hold for both.
#[test]
fn suppositions_hold_for_both() {
    let folder = before();
    folder.commit();
    let same = stdout(&folder, &["bom", "--against", "HEAD", "--scale", "10x", "--set", "apps.emits=7/s of 1 KB"]);
    assert!(same.starts_with("the bill is the same"), "{same}");
}

#[test]
fn what_cannot_be_compared_is_one_clear_error() {
    let folder = before();
    folder.commit();
    folder.write("broken.json", "{ \"version\": 1, ");
    folder.write("other.json", "[]");
    folder.write("empty.json", "{ \"version\": 1 }");
    folder.write(
        "newer.json",
        stdout(&folder, &["bom", "--format", "json"]).replacen("\"version\": 1", "\"version\": 2", 1),
    );
    let wrong = ["v1.0", "--help", "broken.json", "other.json", "empty.json", "newer.json", "none.json"];
    let runs = wrong.map(|it| folder.run(&["bom", &format!("--against={it}")]));
    assert!(runs.iter().all(|run| run.contains("exit code 2")), "{}", runs.join("\n"));
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn an_earlier_state_with_errors_is_no_bill() {
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", "architecture shop \"Shop\" { service }");
    folder.commit();
    folder.write("shop.arch", shop(BEFORE));
    let run = folder.run(&["bom", "--against", "HEAD"]);
    assert!(
        run.contains("exit code 2") && run.contains("the bill of `HEAD` may not be whole: shop.arch:1 has the error"),
        "{run}"
    );
}

/// A budget that is exceeded hides nothing: one wants to see how the cost comes down.
#[test]
fn an_error_that_hides_nothing_hides_no_bill() {
    let over = shop(BEFORE).replacen("region", "budget = 1 USD/month, region", 1);
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", &over);
    folder.commit();
    assert!(folder.run(&["check"]).contains("error[budget/exceeded]"), "{}", folder.run(&["check"]));
    folder.write("shop.arch", over.replace("shards = 1", "shards = 2"));
    let run = folder.run(&["bom", "--against", "HEAD"]);
    assert!(run.contains("shards: 1 → 2"), "{run}");
}

/// What a meter did not look at is no cause, and what leaves a service is one where it counts.
#[test]
fn causes_are_what_the_meter_looked_at() {
    let folder = Folder::new().with("archc.toml", "").with(
        "shop.arch",
        "architecture shop \"Shop\" {\n  region = us-east-1\n  external web { emits = 100/s of 2 KB }\n  service store: aws.dynamodb { storage = 40 GB }\n  \
         service raw: aws.s3 { retention = 1 d }\n  service one: aws.lambda { memory = 1 GiB, duration = 1 s }\n  service two: aws.lambda { memory = 1 GiB, duration = 1 s }\n  \
         web -> store\n  web -> raw -> one\n}\n",
    );
    folder.commit();
    let text = folder.read("shop.arch");
    folder.write("shop.arch", text.replace("40 GB", "60 GB").replace("100/s", "150/s"));
    let run = folder.run(&["bom", "--against", "main"]);
    assert!(run.contains("store Storage: 9.31 → 13.97\n    storage: 40 GB → 60 GB\n"), "{run}");
    folder.write("shop.arch", text.replace("raw -> one", "raw -> one, two"));
    let run = folder.run(&["bom", "--against", "main"]);
    let cause = "raw GET requests: 105.12 → 210.24\n    load: sends 100/s of 2 KB → sends 200/s of 2 KB\n";
    assert!(run.contains(cause) && !run.contains("shared tiers"), "{run}");
}

#[test]
fn what_was_renamed_or_moved_is_the_same() {
    let folder = Folder::new().with("archc.toml", "").with(
        "shop.arch",
        "architecture shop \"Shop\" {\n  region = us-east-1\n  external web { emits = 10/s of 1 KB }\n  service queue: aws.sqs \"Orders\"\n  \
         service store: aws.s3 \"Store\" { retention = 30 d }\n  web -> queue\n  web -> store\n}\n",
    );
    folder.commit();
    let text =
        folder.read("shop.arch").replace("queue", "orders").replace("service store", "group back { service store");
    folder.write("shop.arch", text.replace("{ retention = 30 d }", "{ retention = 30 d } }"));
    let same = folder.run(&["bom", "--against", "main"]);
    assert!(same.contains("the bill is the same: "), "{same}");
}

/// What came and costs nothing makes no difference.
#[test]
fn no_line_differs_by_nothing() {
    let folder = Folder::new().with("archc.toml", "").with(
        "shop.arch",
        "architecture shop \"Shop\" {\n  region = us-east-1\n  external web { emits = 10/s of 1 KB }\n  service queue: aws.sqs\n  web -> queue\n}\n",
    );
    folder.commit();
    folder.write(
        "shop.arch",
        folder
            .read("shop.arch")
            .replace("  web ->", "  service store: aws.s3 { retention = 30 d }\n  web -> store\n  web ->"),
    );
    let text = folder.run(&["bom", "--against", "main"]);
    assert!(text.contains("store Storage: none → ") && !text.contains("+0.00"), "{text}");
}
