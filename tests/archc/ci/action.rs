//! `action.yml`

use std::fs;

use serde_json::Value;

use super::{Project, RUNNER_TEMP, assert_ends, shown, step, text, yaml};

/// `gh`, with releases in `$MACHINE/releases` and comments in `$MACHINE/comments`. The token is that of the run, or that of the
/// user in `$MACHINE/user`.
pub(super) const GH: &str = r#"
case "$1 $2" in
  "release download") cp "$MACHINE/releases/"* "$7" ;;
  "api user")
    if [ -e "$MACHINE/user" ]; then cat "$MACHINE/user"; else echo '{"message": "not accessible"}'; exit 1; fi
    ;;
  "api --paginate")
    if [ -e "$MACHINE/unreadable" ]; then echo '{"message": "not accessible"}'; echo "HTTP 403" >&2; exit 1; fi
    jq -r "$5" "$MACHINE/comments"
    ;;
  "api --silent")
    if [ -e "$MACHINE/forbidden" ]; then echo "HTTP 403" >&2; exit 1; fi
    file=${7#body=@}
    if [ "$4" = POST ]; then
      jq --rawfile body "$file" '. + [{id: (10 + length), body: $body, user: {login: "github-actions[bot]", type: "Bot"}}]' \
        "$MACHINE/comments" > "$MACHINE/new"
    else
      jq --rawfile body "$file" --argjson id "${5##*/}" 'map(if .id == $id then .body = $body else . end)' \
        "$MACHINE/comments" > "$MACHINE/new"
    fi
    mv "$MACHINE/new" "$MACHINE/comments"
    ;;
  *) exit 9 ;;
esac
"#;

fn action() -> Value {
    yaml("action.yml").remove(0)
}

/// What the steps take from the run, where a workflow gives no more than the path.
const VALUES: [(&str, &str); 15] = [
    ("inputs.path", "systems"),
    ("inputs.version", ""),
    ("inputs.source", ""),
    ("inputs.deny", ""),
    ("inputs.env", ""),
    ("inputs.baseline", ""),
    ("inputs.changed-since", ""),
    ("inputs.inject", ""),
    ("inputs.token", "secret"),
    ("github.action_ref", "main"),
    ("github.action_repository", "owner/archc"),
    ("github.event.pull_request.base.sha", "main"),
    ("github.event.pull_request.head.sha", "change"),
    ("github.event.pull_request.number", "7"),
    ("steps.base.outputs.sha", "main"),
];

fn with<'v>(changes: &[(&'v str, &'v str)]) -> Vec<(&'v str, &'v str)> {
    let given = |name: &str| changes.iter().find(|(it, _)| *it == name).map(|(_, value)| *value);
    VALUES.iter().map(|(name, value)| (*name, given(name).unwrap_or(value))).collect()
}

fn run(project: &Project, name: &str, changes: &[(&str, &str)]) -> std::process::Output {
    let action = action();
    project.step(step(&action["runs"]["steps"], name), &with(changes))
}

#[test]
fn takes_the_archc_that_is_there() {
    let project = Project::new();
    assert_ends(&run(&project, "Install archc", &[]), 0, "using archc ");
    assert_eq!(project.kept("output"), concat!("version=", env!("CARGO_PKG_VERSION"), "\n"));
    fs::remove_file(project.machine("bin/archc")).unwrap();
    assert_ends(&run(&project, "Install archc", &[]), 2, "::error::which archc is to be used?");
}

#[test]
fn builds_archc_from_its_source() {
    let project = Project::new();
    fs::rename(project.machine("bin/archc"), project.machine("archc")).unwrap();
    project.tool("cargo", "cp \"$MACHINE/archc\" \"$6/bin/archc\"\n");
    assert_ends(&run(&project, "Install archc", &[("inputs.source", "of/archc")]), 0, "using archc ");
    let home = project.machine(RUNNER_TEMP).join("archc");
    let home = home.to_str().unwrap();
    assert!(project.kept("log").contains(&format!("cargo install --locked --path of/archc --root {home}\n")));
    assert_eq!(project.kept("path"), format!("{home}/bin\n"));
}

#[test]
fn installs_a_release_that_is_what_its_checksum_says() {
    let version = env!("CARGO_PKG_VERSION");
    let project = Project::new();
    super::release::pack(&project, "x86_64-unknown-linux-musl");
    fs::remove_file(project.machine("bin/archc")).unwrap();
    project.tool("gh", GH);
    let by_tag = run(&project, "Install archc", &[("github.action_ref", &format!("v{version}"))]);
    assert_ends(&by_tag, 0, &format!("using archc {version}"));
    let download = format!("gh release download v{version} --repo owner/archc");
    assert!(project.kept("log").contains(&download), "{}", project.kept("log"));
    assert_ends(&run(&project, "Install archc", &[("inputs.version", version)]), 0, "using archc ");

    let archive = project.machine(&format!("releases/archc-{version}-x86_64-unknown-linux-musl.tar.gz"));
    fs::write(archive, "something else").unwrap();
    let forged = run(&project, "Install archc", &[("inputs.version", version)]);
    assert!(!forged.status.success() && shown(&forged).contains("FAILED"), "{}", shown(&forged));
}

/// What is known to be wrong is none of the documents' faults.
#[test]
fn holds_documents_in_spite_of_known_errors() {
    let project = Project::new();
    project.folder.write("systems/shop.arch", super::SHOP.replace("buyer -> web", "buyer -> web\n  buyer -> nobody"));
    project.folder.write("known.json", project.report());
    project.folder.write("page.md", "<!-- archc:begin services shop -->\n<!-- archc:end -->\n");
    let mut archc = project.folder.command();
    assert!(archc.args(["build", "systems", "--baseline", "known.json"]).status().unwrap().success());
    for (known, code) in [(&[][..], 1), (&[("inputs.baseline", "known.json")], 0)] {
        let documents = [&[("inputs.inject", "page.md")], known].concat();
        assert_ends(&run(&project, "Hold the documentation to the files", known), code, "");
        let held = run(&project, "Hold documents to the files", &documents);
        // The page is not filled yet, and that is what it is told for.
        assert_ends(&held, 1, if code == 0 { "1 out of date" } else { "nothing was compared" });
    }
}

#[test]
fn checks_with_annotations() {
    let project = Project::new();
    assert_ends(&run(&project, "Check", &[]), 0, "no findings");
    project.folder.write(
        "systems/shop.arch",
        super::SHOP.replace("buyer -> web", "buyer -> web\n  service odd: web-app \"Odd\""),
    );
    assert_ends(&run(&project, "Check", &[]), 0, "::warning file=systems/shop.arch,line=5");
    assert_ends(&run(&project, "Check", &[("inputs.deny", "warnings")]), 1, "title=element/unconnected");
    for since in ["base", "main"] {
        let run = run(&project, "Check", &[("inputs.deny", "warnings"), ("inputs.changed-since", since)]);
        assert_ends(&run, 1, "title=element/unconnected");
    }
    project.folder.write("known.json", project.report());
    assert_ends(
        &run(&project, "Check", &[("inputs.deny", "warnings"), ("inputs.baseline", "known.json")]),
        0,
        "left out",
    );
    project.folder.git(&["commit", "-q", "--all", "--message", "odd"]);
    assert_ends(
        &run(&project, "Check", &[("inputs.deny", "warnings"), ("inputs.changed-since", "base")]),
        0,
        "left out",
    );
    assert_ends(&run(&project, "Check", &[("inputs.env", "nowhere")]), 2, "there is no environment `nowhere`");
}

#[test]
fn writes_findings_for_code_scanning() {
    let project = Project::new();
    project.folder.write("systems/shop.arch", "architecture shop {");
    assert_ends(&run(&project, "Look for findings", &[]), 0, "");
    let sarif: Value = serde_json::from_str(&project.kept(&format!("{RUNNER_TEMP}/archc.sarif"))).unwrap();
    assert_eq!(
        text(&sarif, "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri"),
        "systems/shop.arch"
    );
    assert_ends(&run(&project, "Look for findings", &[("inputs.path", "nowhere")]), 2, "`nowhere`");
    let steps = &action()["runs"]["steps"];
    assert_eq!(
        text(step(steps, "Send findings to code scanning"), "/with/sarif_file"),
        "${{ runner.temp }}/archc.sarif"
    );
}

#[test]
fn holds_style_and_documentation() {
    let project = Project::new();
    assert_ends(&run(&project, "Hold the files to the one style", &[]), 0, "");
    assert_ends(&run(&project, "Hold the documentation to the files", &[]), 0, "up to date");
    project.change();
    assert_ends(&run(&project, "Hold the documentation to the files", &[]), 1, "out of date");
    project.folder.write("systems/shop.arch", super::SHOP.replace("  person", " person"));
    assert_ends(&run(&project, "Hold the files to the one style", &[]), 1, "would change");
}

#[test]
fn holds_documents_to_the_files() {
    let project = Project::new();
    let document = "<!-- archc:begin services shop -->\n<!-- archc:end -->\n";
    project.folder.write("README.md", document);
    project.folder.write("docs/more.md", document);
    let both = [("inputs.inject", "README.md\n docs ")];
    assert_ends(&run(&project, "Hold documents to the files", &both), 1, "2 out of date");
    project.folder.run(&["inject", "README.md", "docs", "--in", "systems"]);
    assert_ends(&run(&project, "Hold documents to the files", &both), 0, "2 up to date");
}

/// The bodies of the comments.
fn comments(project: &Project) -> Vec<String> {
    let comments: Vec<Value> = serde_json::from_str(&project.kept("comments")).unwrap();
    comments.iter().map(|comment| comment["body"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn keeps_one_comment_for_each_workspace() {
    let project = Project::new();
    project.tool("gh", GH);
    fs::write(project.machine("comments"), r#"[{"id": 1, "body": "Nice!"}]"#).unwrap();
    assert_ends(&run(&project, "Say what changes", &[]), 0, "nothing changes");
    assert_eq!(comments(&project), ["Nice!"]);

    project.commit_change("Web Shop");
    assert_ends(&run(&project, "Say what changes", &[]), 0, "");
    let [_, first] = &comments(&project)[..] else { panic!("{:?}", comments(&project)) };
    assert!(first.starts_with("<!-- archc:diff") && first.contains("Web Shop"), "{first}");
    assert!(project.kept("summary").contains("Web Shop"));

    project.commit_change("Web Mall");
    assert_ends(&run(&project, "Say what changes", &[]), 0, "");
    let [nice, second] = &comments(&project)[..] else { panic!("{:?}", comments(&project)) };
    assert!(nice == "Nice!" && second.contains("Web Mall") && !second.contains("Web Shop"), "{second}");

    // Another workspace has a comment of its own.
    assert_ends(&run(&project, "Say what changes", &[("inputs.path", ".")]), 0, "");
    assert_eq!(comments(&project).len(), 3);

    // What was changed is changed back.
    project.commit_change("Web");
    assert_ends(&run(&project, "Say what changes", &[]), 0, "");
    assert!(!comments(&project)[1].contains("Web Mall") && comments(&project).len() == 3);

    fs::write(project.machine("forbidden"), "").unwrap();
    project.commit_change("Web Shop");
    assert_ends(&run(&project, "Say what changes", &[]), 0, "::warning::no comment could be written");
    fs::write(project.machine("unreadable"), "").unwrap();
    assert_ends(&run(&project, "Say what changes", &[]), 0, "::warning::comments cannot be read");
}

/// Anybody can write the first line of a comment, and could change what stands below it, were it taken for the action's.
#[test]
fn leaves_the_comments_of_others_alone() {
    let project = Project::new();
    project.tool("gh", GH);
    let forged = "<!-- archc:diff systems -->\nNo differences.";
    let comment = |id: usize, login: &str| serde_json::json!({ "id": id, "body": forged, "user": { "login": login, "type": "User" } });
    let others = serde_json::json!([comment(1, "mallory"), comment(2, "ours")]).to_string();
    fs::write(project.machine("comments"), &others).unwrap();
    project.commit_change("Web Shop");
    assert_ends(&run(&project, "Say what changes", &[]), 0, "");
    let [first, second, third] = &comments(&project)[..] else { panic!("{:?}", comments(&project)) };
    assert!(first == forged && second == forged && third.contains("Web Shop"), "{third}");

    // A token of somebody is known by the name.
    fs::write(project.machine("comments"), others).unwrap();
    fs::write(project.machine("user"), "ours\n").unwrap();
    assert_ends(&run(&project, "Say what changes", &[]), 0, "");
    let [first, second] = &comments(&project)[..] else { panic!("{:?}", comments(&project)) };
    assert!(first == forged && second.contains("Web Shop"), "{second}");
}

#[test]
fn a_comment_is_headed_by_commits_as_people_read_them() {
    let project = Project::new();
    project.tool("gh", GH);
    fs::write(project.machine("comments"), "[]").unwrap();
    project.commit_change("Web Shop");
    let [before, after] = ["main", "HEAD"].map(|name| project.commit(name));
    assert_ends(&run(&project, "Say what changes", &[("steps.base.outputs.sha", &before)]), 0, "");
    let comment = comments(&project).remove(0);
    let heading = format!("### Architecture of systems: {} → {}\n", &before[..10], &after[..10]);
    assert!(comment.contains(&heading) && !comment.contains("git:"), "{comment}");
}

/// What others did to the target in the meantime is no change of a pull request.
#[test]
fn compares_with_the_target_as_it_was_when_merged() {
    let project = Project::new();
    let old = project.commit("main");
    project.commit_change("Web Shop");
    let request = project.commit("change");
    project.folder.git(&["checkout", "-q", "main"]);
    project.folder.write("systems/other.arch", "architecture other \"Other\" {\n}\n");
    project.folder.git(&["add", "."]);
    project.folder.git(&["commit", "-q", "-m", "target\n\nparent of nothing"]);
    let target = project.commit("main");
    project.folder.git(&["checkout", "-q", "-b", "merged"]);
    project.folder.git(&["merge", "-q", "--no-edit", "change"]);
    let event =
        [("github.event.pull_request.base.sha", old.as_str()), ("github.event.pull_request.head.sha", &request)];
    let base = || {
        let _ = fs::remove_file(project.machine("output"));
        assert_ends(&run(&project, "Find what a pull request is compared with", &event), 0, "");
        project.kept("output").trim().trim_start_matches("sha=").to_owned()
    };
    assert_eq!(base(), target);
    let shallow = project.folder.path().join(".git/shallow");
    fs::write(&shallow, project.commit("HEAD") + "\n").unwrap();
    assert_eq!(base(), target);
    fs::remove_file(shallow).unwrap();

    // The request itself: from where it began, wherever the target is.
    project.folder.git(&["checkout", "-q", "change"]);
    let event =
        [("github.event.pull_request.base.sha", target.as_str()), ("github.event.pull_request.head.sha", &request)];
    assert_ends(&run(&project, "Find what a pull request is compared with", &event), 0, "");
    assert!(project.kept("output").ends_with(&format!("sha={old}\n")));
    let nonsense = [("github.event.pull_request.base.sha", "nonsense")];
    assert_ends(&run(&project, "Find what a pull request is compared with", &nonsense), 128, "");
}

/// The runner takes some lines for commands, wherever they come from, and files of a pull request are anybody's.
#[test]
fn files_give_no_commands_to_the_runner() {
    let project = Project::new();
    let command = "::error file=README.md,line=1::owned\n##[error]owned\n";
    let with = |label: &str| {
        format!("/// {}\n{}", command.trim_end().replace('\n', "\n///\n/// "), super::SHOP.replace("Web", label))
    };
    project.folder.write("systems/shop.arch", with("Web"));
    project.folder.write("README.md", "<!-- archc:begin docs shop -->\n<!-- archc:end -->\n");
    assert!(project.folder.run(&["build", "systems"]).contains("exit code 0"));
    project.folder.run(&["inject", "README.md", "--in", "systems"]);
    project.folder.write("systems/shop.arch", with("Shop").replace("  person", " person"));
    for step in
        ["Hold the documentation to the files", "Hold documents to the files", "Hold the files to the one style"]
    {
        let output = run(&project, step, &[("inputs.inject", "README.md")]);
        assert_ends(&output, 1, "");
        assert!(!outside(&output).contains("owned"), "{step}: {}", shown(&output));
    }
    project.folder.write("systems/archc.toml", "[rules]\n\"##[error]owned\" = \"error\"\n");
    project.folder.git(&["commit", "-q", "--all", "--message", "settings"]);
    fs::write(project.machine("comments"), "[]").unwrap();
    project.tool("gh", GH);
    for (step, code) in [("Check", 2), ("Look for findings", 2), ("Say what changes", 0)] {
        let output = run(&project, step, &[]);
        assert_ends(&output, code, "##[error]owned");
        assert!(!outside(&output).contains("owned"), "{step}: {}", shown(&output));
    }
}

/// What a step says to standard output, and the runner obeys.
fn outside(output: &std::process::Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout);
    let (before, rest) = text.split_once("::stop-commands::").unwrap();
    let (token, rest) = rest.split_once('\n').unwrap();
    assert_eq!(token.len(), 32);
    let (_, after) = rest.split_once(&format!("::{token}::\n")).unwrap();
    format!("{before}{after}")
}

/// What has no first line to be known by would be posted again by each run.
#[test]
fn posts_no_comment_that_it_would_not_find_again() {
    let project = Project::new();
    project.tool("gh", GH);
    fs::write(project.machine("comments"), "[]").unwrap();
    project.commit_change("Web Shop");
    for _ in 0..2 {
        assert_ends(&run(&project, "Say what changes", &[("inputs.path", "systems/shop.arch")]), 0, "");
    }
    let [comment] = &comments(&project)[..] else { panic!("{:?}", comments(&project)) };
    assert!(comment.starts_with("<!-- archc:diff systems/shop.arch -->\n"), "{comment}");

    let gone = run(&project, "Say what changes", &[("inputs.path", "nowhere")]);
    assert_ends(&gone, 2, "::error::the workspace is gone: there is no `nowhere` after this change");
    project.tool("archc", "exit 1\n");
    assert_ends(&run(&project, "Say what changes", &[]), 2, "::error::archc did not say what changes");
    assert_eq!(comments(&project).len(), 1);
}

/// Steps are skipped only by what an input says, and inputs that nothing reads would promise what nobody does.
#[test]
fn every_input_is_used() {
    let action = action();
    let steps = action["runs"]["steps"].to_string() + &action["outputs"].to_string();
    for input in action["inputs"].as_object().unwrap().keys() {
        assert!(steps.contains(&format!("inputs.{input} ")), "`{input}` is not used");
    }
}
