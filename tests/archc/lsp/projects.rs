//! Folders, settings and files beside the sources, as they come, change and go.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::fs;

use serde_json::{Value, json};

use super::client::Client;

/// An architecture with one wrong name.
const SHOP: &str = "architecture shop {\n  external web\n  web -> orders\n}\n";
const SLIP: &str = "3:10-3:16 error name/unresolved: there is no element `orders` | \
                    help: declare it, such as `service orders: KIND`, `external orders` or `person orders`";
const NONE: [&str; 0] = [];

fn start(fixture: &str) -> Client {
    Client::start(fixture).0
}

#[test]
fn mistakes_in_settings_stand_at_their_place_and_heal() {
    let mut client =
        start(&format!("//- main.arch\n{SHOP}//- archc.toml\n[rules]\n\"name/unresolved\" = \"warning\"\n"));
    let warning = SLIP.replace("error", "warning");
    assert_eq!(client.findings("main.arch"), [warning.as_str()]);
    client.write("archc.toml", "[rules]\n\"name/unresolved\" = \"loud\"\n");
    insta::assert_debug_snapshot!(
        "settings_on_the_disk",
        (client.findings("archc.toml"), client.findings("main.arch"))
    );
    client.write("archc.toml", "[rules\n");
    insta::assert_debug_snapshot!(
        "settings_that_are_no_toml",
        (client.findings("archc.toml"), client.findings("main.arch"))
    );
    // While it is typed, what is typed counts.
    client.open_as("archc.toml", "[rules]\n\"name/unresolved\" = \"off\"\n");
    assert_eq!(client.findings("archc.toml"), NONE);
    assert_eq!(client.findings("main.arch"), NONE);
    client.change("archc.toml", None, "[rules]\n\"name/unresolvd\" = \"off\"\n");
    insta::assert_debug_snapshot!(
        "settings_while_typing",
        (client.findings("archc.toml"), client.findings("main.arch"))
    );
    client.write("archc.toml", "");
    client.close("archc.toml");
    assert_eq!(client.findings("archc.toml"), NONE);
    assert_eq!(client.findings("main.arch"), [SLIP]);
    client.delete("archc.toml");
    assert_eq!(client.findings("main.arch"), [SLIP]);
}

#[test]
fn a_folder_with_settings_is_a_project_of_its_own() {
    let inner = SHOP.replace("  external web\n", "  external web\n  service orders\n");
    let mut client = start(&format!("//- main.arch\n{SHOP}//- in/archc.toml\n//- in/main.arch\n{inner}"));
    let quiet = client.findings("in/main.arch");
    assert!(
        !quiet.iter().any(|it| it.contains("name/duplicate")),
        "the two have nothing to do with each other: {quiet:?}"
    );
    assert_eq!(client.findings("main.arch"), [SLIP]);
    // Without its settings, the folder is a part of what is around it.
    client.delete("in/archc.toml");
    let all = [client.findings("main.arch"), client.findings("in/main.arch")].concat();
    assert!(all.iter().any(|it| it.contains("name/duplicate")), "{all:?}");
    client.write("in/archc.toml", "");
    assert_eq!(client.findings("main.arch"), [SLIP]);
    assert_eq!(client.findings("in/main.arch"), quiet);
}

#[test]
fn folders_are_added_and_removed() {
    let mut client = start(&format!("//- main.arch\n{SHOP}"));
    let more = tempfile::tempdir().unwrap();
    let root = more.path().canonicalize().unwrap();
    fs::write(root.join("main.arch"), SHOP).unwrap();
    let uri = |path: &str| -> String { url::Url::from_file_path(root.join(path)).unwrap().into() };
    let folder = json!({ "uri": uri("").trim_end_matches('/'), "name": "more" });
    let changed = |added: Value, removed: Value| json!({ "event": { "added": added, "removed": removed } });
    client.notify("workspace/didChangeWorkspaceFolders", changed(json!([folder]), json!([])));
    client.settle();
    let (there, path) = (uri("main.arch"), client.path(&uri("main.arch")));
    assert_eq!(client.findings(&path), [SLIP], "{there} {:?}", client.diagnostics);
    client.notify("workspace/didChangeWorkspaceFolders", changed(json!([]), json!([folder])));
    client.settle();
    assert_eq!(client.findings(&path), NONE);
    assert_eq!(client.findings("main.arch"), [SLIP]);
    // One that is not there is no harm.
    let nowhere = json!([{ "uri": "file:///nowhere", "name": "x" }, { "uri": "untitled:x", "name": "y" }]);
    client.notify("workspace/didChangeWorkspaceFolders", changed(nowhere.clone(), nowhere));
    client.settle();
    assert_eq!(client.findings("main.arch"), [SLIP]);
}

#[test]
fn files_come_change_and_go() {
    let mut client = start(&format!("//- main.arch\n{SHOP}"));
    client.write("deep/more.arch", "extend shop {\n  service orders: aws.sqs\n}\n");
    assert_eq!(client.findings("main.arch"), NONE);
    client.write("deep/more.arch", "extend shop {\n  service order: aws.sqs\n}\n");
    assert_eq!(client.findings("main.arch").len(), 1);
    // What is open counts, whatever lies on the disk.
    client.open_as("deep/more.arch", "extend shop {\n  service orders: aws.sqs\n}\n");
    assert_eq!(client.findings("main.arch"), NONE);
    client.delete("deep/more.arch");
    assert_eq!(client.findings("main.arch"), NONE);
    client.close("deep/more.arch");
    assert_eq!(client.findings("main.arch"), [SLIP]);
    fs::create_dir(client.folder.path().join("old")).unwrap();
    client.write("old/more.arch", "extend shop {\n  service orders\n  service orders\n}\n");
    assert!(!client.findings("old/more.arch").is_empty());
    fs::rename(client.folder.path().join("old"), client.folder.path().join("new")).unwrap();
    client.watched("old", 3);
    client.watched("new", 1);
    assert_eq!(client.findings("old/more.arch"), NONE);
    assert!(!client.findings("new/more.arch").is_empty());
}

#[test]
fn the_first_file_of_a_folder_is_noticed() {
    let mut client = start("//- notes.txt\nNothing yet.\n");
    client.write("deep/main.arch", SHOP);
    assert_eq!(client.findings("deep/main.arch"), [SLIP]);
    // A folder that comes is told alone.
    let mut client = start("//- notes.txt\nNothing yet.\n");
    fs::create_dir(client.folder.path().join("new")).unwrap();
    fs::write(client.folder.path().join("new/main.arch"), SHOP).unwrap();
    client.watched("new", 1);
    assert_eq!(client.findings("new/main.arch"), [SLIP]);
}

#[test]
fn clients_are_asked_to_tell_of_all_that_counts() {
    let client = start(&format!("//- main.arch\n{SHOP}"));
    let asked = client.requests.iter().find(|it| it.method == "client/registerCapability").unwrap();
    let files = &asked.params["registrations"][0];
    let watchers = files["registerOptions"]["watchers"].as_array().unwrap().iter();
    let watchers: Vec<String> =
        watchers.map(|it| format!("{} {}", it["globPattern"].as_str().unwrap(), it["kind"])).collect();
    let expected =
        ["**/*.arch null", "**/*.toml null", "**/*.md null", "**/*.markdown null", "**/.gitignore null", "** 5"];
    assert_eq!(watchers, expected);
}

#[test]
fn what_is_to_be_ignored_may_change() {
    let mut client = start(&format!("//- main.arch\n{SHOP}//- build/copy.arch\narchitecture copy {{\n  a -> b\n}}\n"));
    assert_eq!(client.findings("build/copy.arch").len(), 2);
    client.write(".gitignore", "build/\n");
    assert_eq!(client.findings("build/copy.arch"), NONE);
    client.delete(".gitignore");
    assert_eq!(client.findings("build/copy.arch").len(), 2);
}

#[test]
fn other_markdown_is_none_of_a_workspace() {
    let readme = "# Read me\n\n- a -> b {\n";
    let mut client = start(&format!("//- main.arch\n{SHOP}//- README.md\n{readme}"));
    let open = |client: &mut Client, uri: &str| {
        let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": readme });
        client.notify("textDocument/didOpen", json!({ "textDocument": item }));
        client.settle();
    };
    let outside = tempfile::tempdir().unwrap();
    let outside: String = url::Url::from_file_path(outside.path().join("notes.md")).unwrap().into();
    for uri in [client.uri("README.md"), outside, "untitled:notes.md".to_owned()] {
        open(&mut client, &uri);
        let asked = json!({ "textDocument": { "uri": uri }, "options": { "tabSize": 4, "insertSpaces": true } });
        assert_eq!(client.request("textDocument/formatting", asked.clone()), Value::Null, "{uri}");
        assert_eq!(client.request("textDocument/documentSymbol", asked), Value::Null, "{uri}");
        let path = client.path(&uri);
        assert_eq!(client.findings(&path), NONE);
    }
    client.change("README.md", None, "# Read me again\n");
    assert_eq!(client.findings("main.arch"), [SLIP]);
}

#[test]
fn formatting_is_registered_for_sources_alone() {
    let dynamic = json!({ "dynamicRegistration": true });
    let capabilities = json!({
        "workspace": { "didChangeWatchedFiles": dynamic },
        "textDocument": { "formatting": dynamic, "rangeFormatting": dynamic, "onTypeFormatting": dynamic },
    });
    let (client, _) = Client::start_with(SHOP, &capabilities);
    let statics = ["documentFormattingProvider", "documentRangeFormattingProvider", "documentOnTypeFormattingProvider"];
    assert!(statics.iter().all(|name| client.capabilities[name].is_null()), "{}", client.capabilities);
    let asked = client.requests.iter().find(|it| it.method == "client/registerCapability").unwrap();
    let formatting = json!(asked.params["registrations"].as_array().unwrap()[1..]);
    insta::assert_snapshot!(format!("{formatting:#}"));
    assert!(statics.iter().all(|name| !start(SHOP).capabilities[name].is_null()));
}

#[test]
fn what_git_ignores_counts_only_while_it_is_open() {
    let mut client = start(&format!("//- .gitignore\nbuild/\n//- main.arch\n{SHOP}//- build/copy.arch\n{SHOP}"));
    assert_eq!(client.findings("main.arch"), [SLIP]);
    assert_eq!(client.findings("build/copy.arch"), NONE);
    client.open("build/copy.arch");
    assert!(client.findings("main.arch").iter().any(|it| it.contains("name/duplicate")), "{:?}", client.diagnostics);
    client.close("build/copy.arch");
    assert_eq!(client.findings("build/copy.arch"), NONE);
    assert_eq!(client.findings("main.arch"), [SLIP]);
}

#[test]
fn records_topics_and_prices_count_while_they_are_typed() {
    let fixture = "\
//- archc.toml
decisions = [\"adr\"]
[docs]
topics = [\"topics/cost.md\"]
[prices]
files = [\"prices.toml\"]
//- main.arch
/// See [what it costs](topics/cost.md#parts).
architecture shop {
  service orders: aws.sqs
}
//- adr/0001-use-sqs.md
# 1. Use SQS
//- topics/cost.md
# Cost
//- prices.toml
";
    let mut client = start(fixture);
    for path in ["adr/0001-use-sqs.md", "topics/cost.md", "prices.toml"] {
        client.open(path);
    }
    let quiet: Vec<Vec<String>> =
        ["adr/0001-use-sqs.md", "topics/cost.md", "prices.toml"].map(|path| client.findings(path)).into();
    client.change("adr/0001-use-sqs.md", None, "# 1. Use SQS\n\n## Status\n\nSuperseded by [2](0002-nothing.md)\n");
    client.change("topics/cost.md", None, "# Cost\n\n## Parts\n");
    client.change("prices.toml", None, "[[price]]\nmeter = 7\n");
    let all = ["adr/0001-use-sqs.md", "main.arch", "prices.toml"].map(|path| (path, client.findings(path)));
    insta::assert_debug_snapshot!(all);
    for path in ["adr/0001-use-sqs.md", "topics/cost.md", "prices.toml"] {
        client.close(path);
    }
    let healed: Vec<Vec<String>> =
        ["adr/0001-use-sqs.md", "topics/cost.md", "prices.toml"].map(|path| client.findings(path)).into();
    assert_eq!(healed, quiet);
}

#[test]
fn a_file_without_a_folder_is_alone() {
    let mut client = Client::connect(tempfile::tempdir().unwrap());
    client.request(
        "initialize",
        json!({ "processId": null, "rootUri": null, "capabilities": {}, "workspaceFolders": null }),
    );
    client.notify("initialized", json!({}));
    fs::write(client.folder.path().join("other.arch"), "extend shop {\n  service orders: aws.sqs\n}\n").unwrap();
    client.open_as("main.arch", SHOP);
    assert_eq!(client.findings("main.arch"), [SLIP]);
    // Settings make the folder around it a project.
    fs::write(client.folder.path().join("archc.toml"), "").unwrap();
    client.close("main.arch");
    client.open_as("main.arch", SHOP);
    assert_eq!(client.findings("main.arch"), NONE);
}

#[test]
fn two_projects_may_have_files_of_the_same_names() {
    let mut client =
        start(&format!("//- a/archc.toml\n//- a/main.arch\n{SHOP}//- b/archc.toml\n//- b/main.arch\n{SHOP}"));
    client.open("a/main.arch");
    client.open("b/main.arch");
    client.change("a/main.arch", None, "architecture shop {\n}\n");
    assert!(!client.findings("a/main.arch").contains(&SLIP.to_owned()));
    assert_eq!(client.findings("b/main.arch"), [SLIP]);
}

#[test]
fn a_change_right_before_files_are_reported_counts() {
    let (mut client, _) = Client::start(
        "//- archc.toml\nname = \"Shop\"\n//- main.arch\narchitecture shop {\n  external web\n  web -> orders\n}\n",
    );
    client.open("main.arch");
    let text = "architecture shop {\n  external web\n  service orders: aws.sqs\n  web -> orders\n}\n";
    let identifier = json!({ "uri": client.uri("main.arch"), "version": 2 });
    let change = json!({ "textDocument": identifier, "contentChanges": [{ "text": text }] });
    let created = json!({ "changes": [{ "uri": client.uri("adr/0001-new.md"), "type": 1 }] });
    client.notify("textDocument/didChange", change);
    client.notify("workspace/didChangeWatchedFiles", created);
    client.settle();
    assert_eq!(client.findings("main.arch"), Vec::<String>::new());
}
