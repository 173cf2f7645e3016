//! `templates/archc.yml`

use std::fs;
use std::process::Output;

use serde_json::Value;

use super::{Project, assert_ends, text, yaml};

/// `curl`, for notes in `$MACHINE/notes`, with the token of the user 5.
const CURL: &str = r#"
case "$*" in *"PRIVATE-TOKEN: secret"*) ;; *) exit 22 ;; esac
for url; do :; done
while [ $# -gt 1 ]; do
  case "$1" in
    --request) method=$2 ;;
    --data-urlencode) file=${2#body@} ;;
  esac
  shift
done
case "${method:-GET}" in
  GET)
    case $url in */user) echo '{"id": 5}'; exit ;; esac
    if [ -e "$MACHINE/unreadable" ]; then echo "HTTP 502" >&2; exit 22; fi
    page=${url##*&page=}
    page=${page%%&*}
    jq --argjson page "$page" '.[($page - 1) * 100:$page * 100]' "$MACHINE/notes"
    exit
    ;;
  POST) jq --rawfile body "$file" '. + [{id: (10 + length), body: $body, author: {id: 5}}]' "$MACHINE/notes" > "$MACHINE/new" ;;
  PUT) jq --rawfile body "$file" --argjson id "${url##*/}" 'map(if .id == $id then .body = $body else . end)' \
    "$MACHINE/notes" > "$MACHINE/new" ;;
esac
mv "$MACHINE/new" "$MACHINE/notes"
"#;

/// Runs a job as a runner does: its lines one after the other, until one fails.
fn run(project: &Project, job: &str, inputs: &[(&str, &str)], more: &[(&str, &str)]) -> Output {
    let [spec, jobs] = &yaml("templates/archc.yml")[..] else { panic!("not two documents") };
    let lines = jobs[job]["script"].as_array().unwrap();
    let lines: Vec<&str> = lines.iter().map(|line| line.as_str().unwrap()).collect();
    let script = lines.join("\n");
    assert!(!script.contains("$[["), "an input is part of a script: {script}");
    let input = |name: &str| {
        let given = inputs.iter().find(|(it, _)| *it == name).map(|(_, value)| *value);
        given.unwrap_or_else(|| text(spec, &format!("/spec/inputs/{name}/default"))).to_owned()
    };
    let variables = jobs[".archc"]["variables"].as_object().unwrap();
    let variables: Vec<(String, String)> = variables
        .iter()
        .map(|(name, value)| {
            let value = value.as_str().unwrap();
            let name_of_input = value.strip_prefix("$[[ inputs.").and_then(|it| it.strip_suffix(" ]]")).unwrap();
            (name.clone(), input(name_of_input))
        })
        .collect();
    let of_server = [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "main"),
        ("CI_API_V4_URL", "api"),
        ("CI_PROJECT_ID", "1"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ];
    let variables = variables.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let variables: Vec<_> = variables.chain(of_server).chain(more.iter().copied()).collect();
    project.run(&["sh", "-e"], &script, &variables)
}

const PATH: [(&str, &str); 1] = [("path", "systems")];

#[test]
fn checks_with_a_code_quality_report() {
    let project = Project::new();
    assert_ends(&run(&project, "archc-check", &PATH, &[]), 0, "no findings");
    project.folder.write(
        "systems/shop.arch",
        super::SHOP.replace("buyer -> web", "buyer -> web\n  service odd: web-app \"Odd\""),
    );
    assert_ends(&run(&project, "archc-check", &PATH, &[]), 0, "element/unconnected");
    let strict = [PATH[0], ("deny", "warnings")];
    assert_ends(&run(&project, "archc-check", &strict, &[]), 1, "element/unconnected");
    project.folder.write("known.json", project.report());
    assert_ends(&run(&project, "archc-check", &[strict[0], strict[1], ("baseline", "known.json")], &[]), 0, "left out");
    let since = [strict[0], strict[1], ("changed_since", "base")];
    assert_ends(&run(&project, "archc-check", &since, &[]), 1, "element/unconnected");
    assert_ends(
        &run(&project, "archc-check", &[PATH[0], ("env", "nowhere")], &[]),
        1,
        "there is no environment `nowhere`",
    );
    assert_ends(&run(&project, "archc-check", &PATH, &[]), 0, "element/unconnected");
    let report: Value = serde_json::from_str(&project.folder.read("gl-code-quality-report.json")).unwrap();
    assert_eq!(text(&report, "/0/location/path"), "systems/shop.arch");
    assert_ends(&run(&project, "archc-check", &[("path", "nowhere")], &[]), 1, "`nowhere`");
}

#[test]
fn holds_style_and_documentation() {
    let project = Project::new();
    assert_ends(&run(&project, "archc-format", &PATH, &[]), 0, "");
    assert_ends(&run(&project, "archc-build", &PATH, &[]), 0, "up to date");
    project.change();
    assert_ends(&run(&project, "archc-build", &PATH, &[]), 1, "out of date");
    project.folder.write("systems/shop.arch", super::SHOP.replace("  person", " person"));
    assert_ends(&run(&project, "archc-format", &PATH, &[]), 1, "would change");
}

#[test]
fn holds_documents() {
    let project = Project::new();
    assert_ends(&run(&project, "archc-inject", &PATH, &[]), 0, "no documents to look at");
    project.folder.write("README.md", "<!-- archc:begin services shop -->\n<!-- archc:end -->\n");
    assert_ends(&run(&project, "archc-inject", &[PATH[0], ("inject", "README.md")], &[]), 1, "1 out of date");
}

/// There are many notes before that of archc.
#[test]
fn finds_its_note_among_many() {
    let project = Project::new();
    project.tool("curl", CURL);
    let others: Vec<Value> = (0..230).map(|id| serde_json::json!({ "id": 1000 + id, "body": "Nice!" })).collect();
    fs::write(project.machine("notes"), serde_json::to_string(&others).unwrap()).unwrap();
    for label in ["Web Shop", "Web Mall"] {
        project.commit_change(label);
        assert_ends(&run(&project, "archc-diff", &PATH, &[("ARCHC_TOKEN", "secret")]), 0, "");
    }
    assert_eq!(notes(&project).len(), 231);
    assert!(notes(&project)[230].contains("Web Mall"));
}

fn notes(project: &Project) -> Vec<String> {
    let notes: Vec<Value> = serde_json::from_str(&project.kept("notes")).unwrap();
    notes.iter().map(|note| note["body"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn keeps_one_note() {
    let project = Project::new();
    project.tool("curl", CURL);
    fs::write(project.machine("notes"), r#"[{"id": 1, "body": "Nice!"}]"#).unwrap();
    let token = [("ARCHC_TOKEN", "secret")];
    assert_ends(&run(&project, "archc-diff", &PATH, &token), 0, "nothing changes");
    assert_eq!(notes(&project), ["Nice!"]);
    for label in ["Web Shop", "Web Mall"] {
        project.commit_change(label);
        assert_ends(&run(&project, "archc-diff", &PATH, &token), 0, "");
        let [_, mine] = &notes(&project)[..] else { panic!("{:?}", notes(&project)) };
        assert!(mine.starts_with("<!-- archc:diff") && mine.contains(label), "{mine}");
    }
    assert_ends(&run(&project, "archc-diff", &PATH, &[]), 0, "ARCHC_TOKEN is not set");
    assert!(project.folder.read("archc-diff.md").contains("Web Mall"));
    let refused = run(&project, "archc-diff", &PATH, &[("ARCHC_TOKEN", "wrong")]);
    assert!(!refused.status.success());
}

/// A list that cannot be read is no empty one, and a first line that somebody else wrote is not that of archc.
#[test]
fn posts_no_second_note_and_changes_none_of_others() {
    let project = Project::new();
    project.tool("curl", CURL);
    let forged = r#"[{"id": 1, "body": "<!-- archc:diff systems -->", "author": {"id": 4}}]"#;
    fs::write(project.machine("notes"), forged).unwrap();
    project.commit_change("Web Shop");
    let token = [("ARCHC_TOKEN", "secret")];
    assert_ends(&run(&project, "archc-diff", &PATH, &token), 0, "");
    let [other, mine] = &notes(&project)[..] else { panic!("{:?}", notes(&project)) };
    assert!(other == "<!-- archc:diff systems -->" && mine.contains("Web Shop"), "{other} {mine}");
    fs::write(project.machine("unreadable"), "").unwrap();
    assert_ends(&run(&project, "archc-diff", &PATH, &token), 22, "HTTP 502");
    assert_eq!(notes(&project).len(), 2);
}
