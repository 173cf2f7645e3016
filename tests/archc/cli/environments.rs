//! `--env`, `--set`, `--scale` and `--region`.

use super::Folder;
use insta::assert_snapshot;

const LAKE: &str = "\
environment staging \"Staging\" { scale = 5%, lake.raw.retention = 7 d }
environment test is staging { without crm, topic }

architecture lake \"Lake\" {
  external crm \"CRM\" { emits = 20/s of 2 KB }
  external web \"Web\"
  service raw: aws.s3 { retention = 30 d }
  service topic: aws.sns
  service dag: aws.mwaa
  crm -> raw via aws.appflow
  @allow(wiring/unsupported, \"bridged\")
  topic ~> dag
  dag ~> raw
  web -> raw via upload: aws.firehose
}
";

fn lake() -> Folder {
    Folder::new().with("lake.arch", LAKE)
}

#[test]
fn commands_look_at_an_environment() {
    let folder = lake();
    let services = |arguments: &[&str]| folder.run(arguments).lines().last().unwrap_or_default().to_owned();
    assert_eq!(services(&["check"]), "checked 5 services and 4 edges in 1 file: no findings");
    assert_eq!(services(&["check", "--env", "test"]), "checked 3 services and 2 edges in 1 file: no findings");
    assert!(folder.run(&["diagram"]).contains("CRM"));
    assert!(!folder.run(&["diagram", "--env", "test"]).contains("CRM"));
}

#[test]
fn builds_the_documents_of_an_environment() {
    let folder = lake();
    assert!(folder.run(&["build", "--env", "test", "--out", "out"]).contains("exit code 0"));
    let page = folder.read("out/lake.md");
    let sections = page.split("\n## ").filter(|part| !part.starts_with("Diagram"));
    assert_snapshot!(sections.collect::<Vec<_>>().join("\n## "));
    assert!(folder.read("out/README.md").contains("# Architecture (test)\n"));
}

#[test]
fn an_environment_has_to_be_declared() {
    let without = Folder::new().with("a.arch", "architecture a {\n}\n");
    let shown = [
        lake().run(&["check", "--env", "stagin"]),
        lake().run(&["diagram", "--env", "production"]),
        without.run(&["build", "--env", "prod", "--out", "out"]),
    ];
    assert_snapshot!(shown.join("\n"));
    assert!(!without.path().join("out").exists());
}

#[test]
fn mistakes_of_environments_are_found_in_all_of_them() {
    let folder = lake().with("more.arch", "environment prod {\n  without crn\n}\n");
    for arguments in [&["check"][..], &["check", "--env", "staging"], &["check", "--env", "prod"]] {
        let text = folder.run(arguments);
        assert!(text.contains("exit code 1") && text.contains("there is no element `crn`"), "{text}");
    }
}

#[test]
fn supposes_other_values() {
    let folder = lake();
    let mut arguments = vec!["check", "--env", "staging", "--scale", "10x", "--region", "eu-west-1"];
    arguments.extend(["--set", "crm.emits=200/s of 1 KB", "--set", "lake.raw.retention = 90 d"]);
    assert!(folder.run(&arguments).contains("no findings"));
}

/// What is wrong with an argument is said once, with its place in the argument, and nothing else is done.
#[test]
fn what_is_supposed_has_to_make_sense() {
    let folder = lake().with("other.arch", "architecture other { service raw: aws.s3 }");
    let attempts = [
        ["--set", "lake.rav.retention=3 d"],
        ["--set", "lake.raw.retension=3 d"],
        ["--set", "lake.raw.retention=3 GB"],
        ["--set", "lake.raw.retention"],
        ["--set", "lake.raw.retention="],
        ["--set", "raw.retention=3 d"],
        ["--set", "without crm"],
        ["--set", "a=1, b=2"],
        ["--set", ""],
        ["--set", "crm.emits=5/s\u{1b}"],
        ["--set", "crm.peak=0.5x"],
        ["--region", "eu west"],
        ["--region", "3"],
        ["--scale", "10"],
        ["--scale", "-3x"],
        ["--scale", "3 GB"],
    ];
    let shown = attempts.map(|[option, value]| {
        let text = folder.run(&["check", &format!("{option}={value}")]);
        assert!(text.contains("exit code 2"), "{text}");
        text
    });
    assert_snapshot!(shown.join("\n"));
}
