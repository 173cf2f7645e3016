//! `archc check`

use super::Folder;
use insta::assert_snapshot;

const WRONG: &str = "architecture shop \"Shop\" {\n  service web aws.s3 \"Web\"\n}\n";

#[test]
fn shows_each_finding_in_its_place() {
    let folder = Folder::new().with("a.arch", WRONG).with("sub/b.arch", WRONG.replace("shop", "store"));
    assert_snapshot!(folder.run(&["check"]), @r#"
    $ archc check
    exit code 1
    --- stdout
    error[syntax/unexpected]

      × expected `:` and a kind after the name
       ╭─[a.arch:2:15]
     1 │ architecture shop "Shop" {
     2 │   service web aws.s3 "Web"
       ·               ──────┬─────
       ·                     ╰── cannot be read
     3 │ }
       ╰────

    error[syntax/unexpected]

      × expected `:` and a kind after the name
       ╭─[sub/b.arch:2:15]
     1 │ architecture store "Shop" {
     2 │   service web aws.s3 "Web"
       ·               ──────┬─────
       ·                     ╰── cannot be read
     3 │ }
       ╰────

    2 errors in 2 files
    `archc explain CODE` says more about a rule: `archc explain syntax/unexpected`
    "#);
}

#[test]
fn names_files_so_that_they_open_from_the_current_folder() {
    let folder = Folder::new().with("archc.toml", "").with("sub/b.arch", WRONG);
    let text = folder.run(&["check", "sub"]);
    assert!(text.contains("[sub/b.arch:2:"), "{text}");
}

#[test]
fn reads_standard_input() {
    assert_snapshot!(Folder::new().run_with_stdin(&["check", "-"], b"service : x\n"), @r"
    $ archc check -
    exit code 1
    --- stdout
    error[syntax/incomplete]

      × expected a name after `service`
       ╭─[<stdin>:1:8]
     1 │ service : x
       ·        ▲
       ╰────
      help: every service has a name that edges and other files refer to it by

    1 error in 1 file
    `archc explain CODE` says more about a rule: `archc explain syntax/incomplete`
    ");
}

#[test]
fn writes_json() {
    let folder = Folder::new().with("archc.toml", "").with("sub/b.arch", WRONG);
    assert_snapshot!(folder.run(&["check", "sub", "--format", "json"]), @r#"
    $ archc check sub --format json
    exit code 1
    --- stdout
    {
      "version": 1,
      "findings": [
        {
          "code": "syntax/unexpected",
          "severity": "error",
          "message": "expected `:` and a kind after the name",
          "help": null,
          "file": "sub/b.arch",
          "start": {
            "line": 2,
            "column": 15,
            "offset": 41
          },
          "end": {
            "line": 2,
            "column": 27,
            "offset": 53
          },
          "label": "cannot be read",
          "related": [],
          "fix": null,
          "fingerprint": "2b7e898bd0b7a48e26acec8fe6fb3438"
        }
      ],
      "summary": {
        "errors": 1,
        "warnings": 0,
        "notes": 0
      }
    }
    "#);
}

#[test]
fn says_what_it_checked_where_nothing_is_wrong() {
    let folder = Folder::new().with("a.arch", "architecture shop \"Shop\" { }\n");
    let output = folder.command().arg("check").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("checked "));
}

#[test]
fn clips_long_lines_and_shows_control_characters() {
    let text = format!("{}\u{1b}[31m\u{202e} ? {}", "x".repeat(100_000), "y".repeat(100_000));
    let text = Folder::new().run_with_stdin(&["check", "-"], text.as_bytes());
    assert!(text.len() < 4_000, "{} bytes", text.len());
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
}

#[test]
fn uses_colors_only_where_they_are_wanted() {
    let folder = Folder::new().with("a.arch", WRONG);
    let is_colored = |arguments: &[&str]| folder.run(arguments).contains('\u{1b}');
    assert!(!is_colored(&["check"]));
    assert!(!is_colored(&["check", "--color", "never"]));
    assert!(is_colored(&["check", "--color", "always"]));
}

const TESTED: &str = "\
rule no_people \"No people\" {
  deny = person
  because = \"They are busy.\"
  example bad { person ann \"Ann\" }
  example good { external ann \"Ann\" }
}
";

#[test]
fn tells_which_examples_were_not_tried() {
    let folder = Folder::new().with("rules.arch", TESTED.replace("deny = person", "deny = persn").as_str());
    assert!(
        folder
            .run(&["check", "--self-test"])
            .contains("not tried: 2 examples, until the findings about them are mended")
    );
}

#[test]
fn tells_how_the_examples_of_rules_came_out() {
    let folder = Folder::new().with("rules.arch", TESTED);
    assert_snapshot!(folder.run(&["check", "--self-test"]), @r"
    $ archc check --self-test
    exit code 0
    --- stdout
    checked 0 services and 0 edges in 1 file: no findings
    2 examples of 1 rule passed
    ");
    let failing = TESTED.replace("external", "person");
    let untried = "rule quiet { deny = tag(loud), because = \"It is late.\" }\n";
    let folder = Folder::new().with("rules.arch", failing).with("more.arch", untried);
    assert_snapshot!(folder.run(&["check", "--self-test", "--format", "github"]), @r"
    $ archc check --self-test --format github
    exit code 1
    --- stdout
    ::error file=rules.arch,line=5,endLine=5,col=11,endColumn=15,title=policy/failed-example::something in this example breaks the rule%0Arules.arch:1: the rule%0Ahelp: a good example shows what the rule lets pass: change one of the two
    1 error in 1 file
    --- stderr
    1 of 2 examples of 2 rules failed
    without examples: `quiet`
    ");
}
