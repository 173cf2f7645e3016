//! `archc check --changed-since`

use super::Folder;
use insta::assert_snapshot;

/// Two errors that there are from the start.
const OLD: &str = "architecture shop \"Shop\" {\n  service web: aws.s3\n  web -> nobody\n  web -> nowhere\n}\n";

fn repository() -> Folder {
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", OLD).with("more.arch", "// nothing\n");
    folder.commit();
    folder
}

fn check(folder: &Folder) -> String {
    folder.run(&["check", "--changed-since", "main"])
}

/// Whether all findings were there before.
fn is_quiet(folder: &Folder) -> bool {
    let text = check(folder);
    text.contains("exit code 0") && text.contains("no new findings")
}

#[test]
fn what_was_there_is_left_out() {
    let folder = repository();
    assert_snapshot!(check(&folder), @r"
    $ archc check --changed-since main
    exit code 0
    --- stdout
    no new findings
    --- stderr
    2 findings of `main` left out
    ");
    folder.write("shop.arch", OLD.replace("  web -> nobody", "\n  // moved\n    web  ->  nobody"));
    assert!(is_quiet(&folder));
    folder.write("shop.arch", OLD.replace("  web -> nobody", "  web => nothing\n  web -> nobody"));
    let text = check(&folder);
    assert!(text.contains("[shop.arch:3:10]") && text.contains("\n1 error in 1 file\n"), "{text}");
    assert!(text.contains("exit code 1") && text.contains("2 findings of `main` left out"), "{text}");
}

#[test]
fn what_a_change_breaks_elsewhere_is_new() {
    let folder = Folder::new()
        .with("a.arch", "architecture a \"A\" { service web: aws.s3 }\n")
        .with("b.arch", "architecture b \"B\" {\n  service use: aws.lambda\n  use -> a.web\n}\n");
    folder.commit();
    folder.write("a.arch", "architecture a \"A\" { service site: aws.s3 }\n");
    let text = check(&folder);
    assert!(text.contains("exit code 1") && text.contains("[b.arch:3:10]"), "{text}");
}

/// An unchanged line of which something else is said, or which fails now.
#[test]
fn what_is_worse_than_before_is_new() {
    let shop = |emits: &str| {
        format!(
            "architecture shop \"Shop\" {{\n  region = us-east-1\n  budget = 1 USD/month\n  \
             external web \"Web\" {{ emits = {emits} }}\n  service queue: aws.sqs\n  web -> queue\n}}\n"
        )
    };
    let folder = Folder::new().with("archc.toml", "").with("shop.arch", shop("400/s of 3 KB"));
    folder.commit();
    assert!(is_quiet(&folder));
    folder.write("shop.arch", shop("800/s of 3 KB"));
    assert!(check(&folder).contains("error[budget/exceeded]"), "{}", check(&folder));
    let folder = Folder::new().with("archc.toml", "[rules]\n\"budget/exceeded\" = \"note\"\n");
    folder.write("shop.arch", shop("400/s of 3 KB"));
    folder.commit();
    folder.write("archc.toml", "");
    assert!(check(&folder).contains("error[budget/exceeded]"), "{}", check(&folder));
}

#[test]
fn files_may_be_renamed_and_declarations_moved() {
    let folder = repository();
    std::fs::rename(folder.path().join("shop.arch"), folder.path().join("store.arch")).unwrap();
    assert!(is_quiet(&folder));
    folder.git(&["add", "-A"]);
    assert!(is_quiet(&folder));
    folder.write("store.arch", OLD.replace("  web -> nobody\n", ""));
    folder.write("more.arch", "extend shop {\n  web -> nobody\n}\n");
    assert!(is_quiet(&folder));
    // What is there twice was there once.
    folder.write("store.arch", OLD);
    assert!(check(&folder).contains("1 error in 1 file"), "{}", check(&folder));
}

#[test]
fn a_folder_and_an_environment_that_are_new_have_new_findings_only() {
    let folder = repository();
    folder.write("new/archc.toml", "");
    folder.write("new/shop.arch", OLD);
    assert!(folder.run(&["check", "new", "--changed-since", "main"]).contains("2 errors in 1 file"));
    let file = folder.run(&["check", "new/shop.arch", "--changed-since", "main"]);
    assert!(file.contains("2 errors in 1 file"), "{file}");
    folder.write("more.arch", "environment test { scale = 1% }\n");
    let text = folder.run(&["check", "--env", "test", "--changed-since", "main"]);
    assert!(text.contains("exit code 1") && text.contains("error[name/unresolved]"), "{text}");
    let note = "note: in `main`, there is no environment `test`; so all findings count as new\n";
    assert!(text.contains(note), "{text}");
}

#[test]
fn a_baseline_is_left_out_as_well() {
    let folder = repository();
    folder.write("shop.arch", OLD.replace("  web -> nobody", "  web => nothing\n  web -> nobody"));
    let report = folder.command().args(["check", "--changed-since", "main", "--format", "json"]).output().unwrap();
    folder.write("known.json", report.stdout);
    assert_snapshot!(folder.run(&["check", "--changed-since", "main", "--baseline", "known.json"]), @r"
    $ archc check --changed-since main --baseline known.json
    exit code 0
    --- stdout
    no new findings
    --- stderr
    1 finding of the baseline left out
    2 findings of `main` left out
    ");
}

#[test]
fn programs_get_what_is_new() {
    let folder = repository();
    folder.write("shop.arch", OLD.replace("  web -> nobody", "  web => nothing\n  web -> nobody"));
    for format in ["json", "sarif", "github", "gitlab", "junit"] {
        let text = folder.run(&["check", "--changed-since", "main", "--format", format]);
        assert!(text.contains("`nothing`") && !text.contains("`nobody`"), "{text}");
    }
}

#[test]
fn what_cannot_be_compared_is_one_clear_error() {
    let folder = repository();
    let none = Folder::new().with("shop.arch", OLD);
    let broken = Folder::new().with("docs/archc.toml", "[rules\n").with("docs/shop.arch", OLD);
    broken.commit();
    broken.write("docs/archc.toml", "");
    let missing = "--changed-since=1234567890123456789012345678901234567890";
    let runs = [
        folder.run(&["check", "--changed-since=v1.0"]),
        folder.run(&["check", missing]),
        folder.run(&["check", "--changed-since=--help"]),
        folder.run(&["check", "--changed-since="]),
        folder.run_with_stdin(&["check", "-", "--changed-since=main"], b""),
        none.run(&["check", "--changed-since=main"]),
        broken.run(&["check", "docs", "--changed-since=main"]),
    ];
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn a_shallow_clone_has_no_older_revisions() {
    let folder = repository();
    folder.git(&["commit", "-q", "--allow-empty", "-m", "after"]);
    let clone = Folder::new();
    let from = format!("file://{}", folder.path().display());
    clone.git(&["clone", "-q", "--depth", "1", &from, "shallow"]);
    let text = clone.run(&["check", "shallow", "--changed-since", "HEAD~1"]);
    assert!(text.contains("exit code 2") && text.contains("there is no git revision `HEAD~1`"), "{text}");
    assert!(text.contains("git fetch --unshallow"), "{text}");
    assert!(clone.run(&["check", "shallow", "--changed-since", "HEAD"]).contains("no new findings"));
}

/// The disk and a revision hold the same files: neither what is ignored, though git keeps it, nor less than links lead to.
#[cfg(unix)]
#[test]
fn a_clean_tree_is_as_its_revision() {
    let folder = Folder::new()
        .with(".gitignore", "gen/\n")
        .with("shop/archc.toml", "")
        .with("shop/gen/old.arch", OLD)
        .with("real/a.arch", OLD)
        .with("real/more/b.arch", "architecture more \"More\" { service s: aws.s3 }\n");
    std::os::unix::fs::symlink("../real/a.arch", folder.path().join("shop/a.arch")).unwrap();
    std::os::unix::fs::symlink("../real/more", folder.path().join("shop/more")).unwrap();
    folder.commit();
    folder.git(&["add", "-f", "shop/gen/old.arch"]);
    folder.git(&["commit", "-q", "-m", "generated"]);
    let diff = folder.run(&["diff", "HEAD", "--in", "shop", "--exit-code"]);
    assert!(diff.contains("exit code 0") && diff.contains("no differences"), "{diff}");
    let check = folder.run(&["check", "shop", "--changed-since", "HEAD"]);
    assert!(check.contains("exit code 0") && check.contains("3 findings of `HEAD` left out"), "{check}");
}

/// Whatever git would say in the language of its user.
#[cfg(unix)]
#[test]
fn git_is_asked_in_the_language_that_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let script = "#!/bin/sh\nif [ \"$LC_ALL\" = C ]; then echo 'fatal: not a git repository' >&2\nelse echo 'Schwerwiegend: kein Git-Repository' >&2; fi\nexit 128\n";
    let folder = Folder::new().with("shop.arch", OLD).with("bin/git", script);
    std::fs::set_permissions(folder.path().join("bin/git"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = folder.command();
    command
        .args(["check", "--changed-since", "main"])
        .env("PATH", folder.path().join("bin"))
        .env("LC_ALL", "de_DE.UTF-8");
    let text = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert_eq!(text, "error: there is no git repository here, and so no revision\n");
}

/// A figure that got better is no news; one that got worse is.
#[test]
fn what_is_better_than_before_is_known() {
    let shop = |cost: &str| {
        format!(
            "architecture shop \"Shop\" {{\n  region = us-east-1\n  budget = 500 USD/month\n  external web {{ emits = 1/s of 1 KB }}\n  \
             service one: web-app\n  service two: web-app{cost}\n  web -> one -> two\n}}\n"
        )
    };
    let (worse, better) = (shop(""), shop(" { cost = 5 USD/month }"));
    for (before, after, is_known) in [(&worse, &better, true), (&better, &worse, false)] {
        let folder = Folder::new().with("archc.toml", "").with("shop.arch", before);
        folder.commit();
        folder.write("shop.arch", after);
        assert_eq!(is_quiet(&folder), is_known, "{}", check(&folder));
        let gained = folder.run(&["diff", "main"]).contains("+ warning[budget/uncertain]");
        assert_eq!(gained, !is_known, "{}", folder.run(&["diff", "main"]));
    }
}

/// Nobody can mend the settings of an old revision any more.
#[test]
fn broken_settings_of_a_revision_are_left_out_and_told() {
    let folder = Folder::new().with("archc.toml", "nam = \"Shop\"\n").with("shop.arch", OLD);
    folder.commit();
    folder.write("archc.toml", "name = \"Shop\"\n");
    assert!(is_quiet(&folder), "{}", check(&folder));
    for arguments in [&["check", "--changed-since", "main"][..], &["diff", "main"]] {
        let text = folder.run(arguments);
        assert!(
            text.contains("note: main:archc.toml:1:1: ") && text.contains("compared without what is wrong there"),
            "{text}"
        );
        assert!(!folder.run(&[arguments, &["--quiet"]].concat()).contains("compared without"));
    }
}
