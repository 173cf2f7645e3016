//! `archc build` and `archc diagram`

use super::Folder;
use insta::assert_snapshot;

const ONE: &str = "architecture one \"One\" { }\n";
const TWO: &str = "architecture two \"Two\" { }\n";

#[test]
fn writes_to_the_folder_of_the_settings() {
    let folder = Folder::new().with("archc.toml", "output = \"docs\"").with("sub/a.arch", ONE);
    let output = folder.command().args(["build", "sub"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.files().contains(&"docs/diagrams/one.mmd".to_owned()), "{:?}", folder.files());
}

#[test]
fn writes_the_same_again_and_removes_what_is_gone() {
    let folder = Folder::new().with("a.arch", ONE).with("b.arch", TWO);
    folder.run(&["build", "--out", "out"]);
    folder.write("out/own.txt", "mine");
    let before = folder.files();
    let again = folder.run(&["build", "--out", "out"]);
    assert!(again.contains(": 0 written, ") && again.contains(", 0 removed"), "{again}");
    assert_eq!(folder.files(), before);
    std::fs::remove_file(folder.path().join("b.arch")).unwrap();
    folder.run(&["build", "--out", "out"]);
    assert!(!folder.files().contains(&"out/diagrams/two.mmd".to_owned()));
    assert_eq!(folder.read("out/own.txt"), "mine");
}

/// Each command replaces and removes what it wrote itself.
#[test]
fn commands_that_write_to_one_folder_leave_each_other_alone() {
    let folder = Folder::new().with("a.arch", ONE).with("b.arch", TWO);
    let run = |arguments: &[&str]| folder.run(&[arguments, &["--out", "out"]].concat());
    run(&["build"]);
    let built = folder.files();
    let mut runs = vec![run(&["model"]), run(&["model", "--format", "csv"]), run(&["model", "--format", "dot"])];
    assert!(built.iter().all(|path| folder.files().contains(path)), "{:?}", folder.files());
    runs.push(run(&["build", "--check"]));
    std::fs::remove_file(folder.path().join("b.arch")).unwrap();
    runs.extend([run(&["build"]), run(&["model"])]);
    runs.push(folder.read("out/.archc-files"));
    assert_snapshot!(runs.join("\n"));
    let listed: Vec<String> =
        folder.read("out/.archc-files").lines().filter(|it| !it.starts_with('#')).map(str::to_owned).collect();
    assert!(listed.iter().all(|path| folder.files().contains(&format!("out/{path}"))), "{listed:?}");
    assert!(folder.files().contains(&"out/model.dot".to_owned()));
}

/// Another build may be at work on a young one, on a system that knows no locks.
#[test]
fn temporary_files_go_when_they_are_old() {
    let folder = Folder::new().with("a.arch", ONE);
    for name in ["young123", "old45678"] {
        folder.write(&format!("out/.archc-tmp-{name}"), "");
    }
    let old = std::fs::File::options().write(true).open(folder.path().join("out/.archc-tmp-old45678")).unwrap();
    old.set_modified(std::time::SystemTime::now() - std::time::Duration::from_hours(7)).unwrap();
    folder.run(&["build", "--out", "out"]);
    let left: Vec<String> = folder.files().into_iter().filter(|path| path.contains("tmp")).collect();
    assert_eq!(left, ["out/.archc-tmp-young123"]);
}

/// A check is about the documents, in spite of what is known to be wrong.
#[test]
fn what_is_known_fails_no_build() {
    let folder = Folder::new().with("archc.toml", "output = \"docs\"\n");
    folder.write("a.arch", format!("{ONE}architecture two \"Two\" {{\n  service a: aws.s3\n  a -> nobody\n}}\n"));
    folder.write("page.md", "<!-- archc:begin services two -->\n<!-- archc:end -->\n");
    folder.commit();
    folder.write("known.json", folder.command().args(["check", "--format", "json"]).output().unwrap().stdout);
    for known in [["--baseline", "known.json"], ["--changed-since", "main"]] {
        for command in [&["build"][..], &["inject", "page.md"]] {
            let run = |more: &[&str]| folder.run(&[command, more].concat());
            assert!(run(&[]).contains("exit code 1") && run(&["--check"]).contains("exit code 1"));
            let written = run(&known);
            assert!(written.contains("exit code 0") && written.contains("left out"), "{written}");
            let held = run(&[&known[..], &["--check"]].concat());
            assert!(held.contains("exit code 0") && held.contains("up to date"), "{held}");
        }
    }
    folder.write("a.arch", folder.read("a.arch").replace("  a -> nobody", "  a -> nobody\n  a -> nowhere"));
    let new = folder.run(&["build", "--check", "--baseline", "known.json"]);
    assert!(new.contains("exit code 1") && new.contains("`nowhere`") && !new.contains("`nobody`"), "{new}");
}

/// Here they are two files, and not where the documentation may be checked out.
#[test]
fn names_that_differ_in_capitals_alone_are_told() {
    let folder = Folder::new().with("a.arch", ONE).with("b.arch", ONE.replace("one", "One"));
    let text = folder.run(&["build", "--out", "out"]);
    assert!(text.contains("note: `One.md` and `one.md` are one file on macOS and Windows"), "{text}");
}

#[test]
fn writes_nothing_over_errors_unless_told_to() {
    let folder = Folder::new().with("a.arch", format!("{ONE}service : \n"));
    let refused = folder.run(&["build", "--out", "out"]);
    assert!(refused.contains("exit code 1") && refused.contains("nothing was written"), "{refused}");
    assert_eq!(folder.files(), ["a.arch"]);
    let kept = folder.run(&["build", "--out", "out", "--keep-going"]);
    assert!(kept.contains("exit code 1"), "{kept}");
    assert!(folder.files().contains(&"out/diagrams/one.mmd".to_owned()));
}

#[test]
fn draws_the_only_architecture() {
    let folder = Folder::new().with("a.arch", ONE);
    let output = folder.command().arg("diagram").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("flowchart"));
}

#[test]
fn asks_which_architecture_to_draw() {
    let folder = Folder::new().with("a.arch", ONE).with("b.arch", TWO);
    assert_snapshot!(folder.run(&["diagram"]), @r"
    $ archc diagram
    exit code 2
    --- stderr
    error: there are 2 architectures
      help: choose one with `--architecture NAME`: `one`, `two`
    ");
    assert_snapshot!(folder.run(&["diagram", "--architecture", "twoo"]), @r"
    $ archc diagram --architecture twoo
    exit code 2
    --- stderr
    error: there is no architecture `twoo`
      help: did you mean `two`?
    ");
    assert_snapshot!(folder.run(&["diagram", "--architecture", "warehouse"]), @r"
    $ archc diagram --architecture warehouse
    exit code 2
    --- stderr
    error: there is no architecture `warehouse`
      help: there are: `one`, `two`
    ");
    assert!(folder.run(&["diagram", "--architecture", "two"]).contains("exit code 0"));
    assert_snapshot!(Folder::new().with("a.arch", "").run(&["diagram"]), @r#"
    $ archc diagram
    exit code 2
    --- stderr
    error: there is no architecture to draw
      help: declare one: `architecture NAME "Title" { … }`
    "#);
}

/// With a name: that of the folder is by chance.
const SETTINGS: &str = "name = \"Shop\"\noutput = \"docs\"\n";
const DOCUMENTED: &str = "/// Sells.\narchitecture one \"One\" {\n  service web: aws.lambda \"Web\"\n  external crm \"CRM\"\n  web -> crm\n}\n";

/// All files with their contents.
fn contents(folder: &Folder) -> Vec<(String, String)> {
    folder.files().into_iter().map(|path| (path.clone(), folder.read(&path))).collect()
}

#[test]
fn a_check_says_whether_a_build_would_change_something() {
    let folder = Folder::new().with("archc.toml", SETTINGS).with("a.arch", DOCUMENTED).with("b.arch", TWO);
    folder.run(&["build"]);
    assert_snapshot!(folder.run(&["build", "--check"]), @r"
    $ archc build --check
    exit code 0
    --- stdout
    8 files in `docs`: up to date
    ");
    folder.write("a.arch", DOCUMENTED.replace("\"Web\"", "\"Shop\"").replace("Sells.", "Sells more."));
    std::fs::remove_file(folder.path().join("b.arch")).unwrap();
    folder.write("c.arch", ONE.replace("one", "three"));
    let before = contents(&folder);
    assert_snapshot!("out_of_date", folder.run(&["build", "--check"]));
    assert_eq!(contents(&folder), before);
    folder.run(&["build"]);
    assert!(folder.run(&["build", "--check"]).contains("exit code 0"));
}

#[test]
fn a_check_of_many_files_stays_short() {
    let folder = Folder::new();
    for number in 0..40 {
        folder.write(&format!("{number}.arch"), format!("architecture a{number} \"A\" {{ }}\n"));
    }
    let text = folder.run(&["build", "--check", "--out", "out"]);
    assert!(text.contains("\nmissing: out/") && text.contains("\nand ") && text.contains("exit code 1"), "{text}");
    assert!(text.lines().count() < 400, "{} lines", text.lines().count());
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_check_shows_what_people_would_not_see() {
    let folder = Folder::new().with("a.arch", ONE);
    folder.run(&["build", "--out", "out"]);
    let diagram = folder.read("out/diagrams/one.mmd");
    folder.write("out/diagrams/one.mmd", diagram.replace('\n', "\r\n"));
    let breaks = folder.run(&["build", "--check", "--out", "out"]);
    assert!(breaks.contains("only the line breaks differ") && breaks.contains("1 changed"), "{breaks}");
    folder.write("out/diagrams/one.mmd", format!("\u{1b}[31m{diagram}").trim_end());
    let hidden = folder.run(&["build", "--check", "--out", "out"]);
    assert!(hidden.contains("-␛[31m") && hidden.contains("\\ No newline at end of file"), "{hidden}");
}

#[test]
fn a_check_refuses_what_a_build_refuses() {
    let folder = Folder::new().with("a.arch", ONE).with("out/diagrams/one.mmd", "mine");
    assert_snapshot!(folder.run(&["build", "--check", "--out", "out"]), @r"
    $ archc build --check --out out
    exit code 2
    --- stderr
    error: `out` holds files that archc did not write: `diagrams/one.mmd`
      help: move them away, or choose another folder with `--out DIR`; nothing was written
    ");
    folder.write("a.arch", format!("{ONE}service : \n"));
    let findings = folder.run(&["build", "--check", "--out", "out"]);
    assert!(findings.contains("exit code 1") && findings.contains("nothing was compared"), "{findings}");
}

#[test]
fn output_among_the_sources_is_told() {
    let folder =
        Folder::new().with("shop.arch", "architecture shop \"Shop\" { person a, service b: web-app, a -> b }\n");
    assert!(folder.run(&["build", "--out", "."]).contains("note: `.` is the folder of the workspace"));
    assert!(!folder.run(&["build", "--out", "docs"]).contains("note:"));
}

#[test]
fn settings_of_folders_below_are_told_to_be_no_part() {
    let shop = "architecture shop \"Shop\" { person a, service b: web-app, a -> b }\n";
    let folder = Folder::new().with("systems/archc.toml", "name = \"Systems\"\n").with("systems/shop.arch", shop);
    let text = folder.run(&["check"]);
    assert!(
        text.contains("note: the settings in `systems/archc.toml` do not hold here: name the folder `systems`"),
        "{text}"
    );
    assert!(!folder.run(&["check", "systems"]).contains("note:"));
    assert!(!folder.run(&["check", "--quiet"]).contains("note:"));
}

/// The settings are for the workspace as a whole: pages of a part in the folder would take those of the rest away.
#[test]
fn a_part_has_no_folder_of_its_own() {
    let architecture =
        |name: &str| format!("architecture {name} {{\n  external x\n  service s: aws.sqs\n  x -> s\n}}\n");
    let folder = Folder::new()
        .with("archc.toml", "output = \"docs\"\n")
        .with("a/a.arch", architecture("a"))
        .with("b/b.arch", architecture("b"));
    folder.run(&["build"]);
    let before = folder.files();
    let runs = [["build", "a"], ["build", "a/a.arch"]].map(|arguments| folder.run(&arguments));
    assert_snapshot!(runs.join("\n"));
    assert_eq!(folder.files(), before);
    assert!(folder.run(&["build", "a", "--out", "part"]).contains("exit code 0"));
}
