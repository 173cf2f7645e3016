//! `archc fix`

use insta::assert_snapshot;

use super::Folder;

const LAKE: &str = r#"architecture lake "Lake" {
  extrenal crm "CRM"
  service raw: aws.s3 {
    retention: 90 d
    tags = [pii];
  }
  service clean: aws.lamda { memory = "512 MB", timeout = 3 secs }
  connect crm -> raw
  @allow(edge/self, "never there")
  raw => clean
}
"#;

const SHOP: &str = "architecture shop {\n  external web\n  service orders: aws.sqs\n  web -> orsers\n  web -> lst\n}\n";

#[test]
fn mends_files_and_says_what_is_left() {
    let folder = Folder::new().with("lake.arch", LAKE).with("shop.arch", SHOP);
    assert_snapshot!(folder.run(&["fix", "--dry-run"]));
    assert_eq!(folder.read("lake.arch"), LAKE);
    assert_snapshot!(folder.run(&["fix"]));
    assert_snapshot!(folder.read("lake.arch"));
    assert_snapshot!(folder.run(&["fix"]));
    assert_eq!(folder.files(), ["lake.arch", "shop.arch"]);
}

#[test]
fn mends_what_was_asked_for() {
    let folder = Folder::new().with("lake.arch", LAKE).with("shop.arch", SHOP);
    assert_snapshot!(folder.run(&["fix", "--diff", "--only", "name/unresolved", "kind"]));
    assert_snapshot!(folder.run(&["fix", "--only", "nmae/unresolved"]), @r"
    $ archc fix --only nmae/unresolved
    exit code 2
    --- stderr
    error: there is no rule `nmae/unresolved`
      help: did you mean `name/unresolved`?
    ");
}

#[test]
fn mends_standard_input() {
    let folder = Folder::new();
    assert_snapshot!(folder.run_with_stdin(&["fix", "-"], SHOP.as_bytes()));
    assert_snapshot!(folder.run_with_stdin(&["fix", "-", "a.arch"], b""), @r"
    $ archc fix - a.arch
    exit code 2
    --- stderr
    error: `-` stands alone
      help: mend standard input and files in two runs
    ");
}

#[test]
fn a_pattern_is_mended_once_for_all_its_instances() {
    let pattern = "pattern p(source: external) {\n  service q: aws.sqs { retenton = 3 d }\n  source -> q\n}\n";
    let uses = "architecture shop {\n  external web\n  use p(source = web) as a\n  use p(source = web) as b\n}\n";
    let folder = Folder::new().with("p.arch", pattern).with("shop.arch", uses);
    assert_snapshot!(folder.run(&["fix"]));
    assert_snapshot!(folder.read("p.arch"));
}

#[test]
fn a_file_that_cannot_be_written_stays_and_so_do_the_others() {
    let folder = Folder::new().with("a.arch", SHOP).with("b.arch", LAKE);
    let path = folder.path().join("b.arch");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    assert_snapshot!(folder.run(&["fix"]), @r"
    $ archc fix
    exit code 2
    --- stderr
    error: cannot write `b.arch`: it is read-only
      help: nothing was written
    ");
    assert_eq!(folder.read("a.arch"), SHOP);
}

#[test]
fn a_rule_that_is_none_is_told_with_the_nearest() {
    let folder = Folder::new();
    let help = |only: &str| {
        let text = folder.run(&["fix", "--only", only]);
        text.lines().last().unwrap().trim().to_owned()
    };
    assert_eq!(help("name/unresolvd"), "help: did you mean `name/unresolved`?");
    assert_eq!(help("unresolved"), "help: did you mean `name/unresolved`?");
    assert_eq!(help("syntaxx"), "help: did you mean `syntax`?");
    assert_eq!(help("nothing-like-it"), "help: `archc explain` lists all rules");
}

const NIGHTLY: &str = r#"architecture nightly "Nightly" {
  service validate: aws.lambda "Validate" { timeout = 1 h }
  service topic: aws.sns "Topic"
  service dag: aws.mwaa "Airflow"
  service mail: aws.sqs "Mail"
  external source "Source" { emits = 100/d of 1 Kb }
  source => validate
  validate -> topic -> dag, mail "events"
}
"#;

#[test]
fn makes_the_likely_fixes_for_who_asks() {
    let folder = Folder::new().with("nightly.arch", NIGHTLY);
    assert_snapshot!(folder.run(&["fix"]));
    assert_eq!(folder.read("nightly.arch"), NIGHTLY);
    assert_snapshot!(folder.run(&["fix", "--likely"]));
    assert_snapshot!(folder.read("nightly.arch"));
    assert_snapshot!(folder.run(&["check"]));
}

#[test]
fn keeps_the_edges_of_a_line_apart() {
    let text = "architecture a { external a; external b; external c; a -> b; b -> c }\n";
    let folder = Folder::new().with("a.arch", text);
    assert_snapshot!(folder.run(&["fix", "--diff"]));
    assert_snapshot!(folder.run(&["query", "* -> *"]));
}

#[test]
fn takes_no_name_that_several_have() {
    let text = "\
pattern worker {
  service queue: aws.sqs
}

/// See [`qeue`].
architecture shop {
  external web
  use worker as one
  use worker as two
  web -> one.qeue
  web -> two.queue
  web -> qeue
  decision d \"D\" { status = accepted, affects = [qeue] }
  view v { show = qeue }
  scenario s { web -> qeue }
}
";
    let folder = Folder::new().with("shop.arch", text);
    assert_snapshot!(folder.run(&["fix", "--diff"]));
}

#[test]
fn mends_and_tells_a_file_once() {
    let folder = Folder::new().with("a.arch", "architecture a { external a; external b }\n");
    let once = folder.run(&["fix", "--diff", "."]);
    let twice = folder.run(&["fix", "--dry-run", ".", "a.arch"]);
    assert!(twice.contains("nothing to mend"), "{twice}");
    assert!(once.contains("1 finding mended in 1 file"), "{once}");
    let folder = Folder::new().with("a.arch", "architecture a { external a; external b }\n");
    let twice = folder.run(&["fix", "--diff", "./a.arch", "a.arch", "."]);
    let all = |run: &str| run.split_once('\n').unwrap().1.to_owned();
    assert_eq!(all(&twice), all(&once));
}
