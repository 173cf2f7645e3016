//! `.pre-commit-hooks.yaml`

use std::process::{Command, Output};

use serde_json::Value;

use super::{Project, assert_ends, text, yaml};

/// Runs a hook as pre-commit does, on one file if it takes files.
fn run(project: &Project, id: &str, arguments: &str) -> Output {
    let hooks = yaml(".pre-commit-hooks.yaml").remove(0);
    let hook = hooks.as_array().unwrap().iter().find(|hook| hook["id"] == id).unwrap();
    let files = if hook.get("pass_filenames") == Some(&Value::Bool(false)) { "" } else { "systems/shop.arch" };
    project.run(&["sh", "-e"], &format!("{} {arguments} {files}", text(hook, "/entry")), &[])
}

#[test]
fn formats_what_is_committed() {
    let project = Project::new();
    assert_ends(&run(&project, "archc-fmt", ""), 0, "unchanged");
    project.folder.write("systems/shop.arch", super::SHOP.replace("  person", " person"));
    assert_ends(&run(&project, "archc-fmt", ""), 0, "formatted `systems/shop.arch`");
    assert_eq!(project.folder.read("systems/shop.arch"), super::SHOP);
}

#[test]
fn checks_the_whole_workspace() {
    let project = Project::new();
    assert_ends(&run(&project, "archc-check", ""), 0, "");
    project.folder.write("systems/other.arch", "architecture other \"Other\" {\n  service odd: web-app \"Odd\"\n}\n");
    assert_ends(&run(&project, "archc-check", ""), 0, "");
    assert_ends(&run(&project, "archc-check", "--deny warnings"), 1, "element/unconnected");
}

#[test]
fn holds_the_documentation() {
    let project = Project::new();
    assert_ends(&run(&project, "archc-build", "systems"), 0, "");
    project.change();
    assert_ends(&run(&project, "archc-build", "systems"), 1, "out of date");
}

#[test]
fn mends_and_fills_what_is_committed() {
    let project = Project::new();
    project.folder.write("systems/shop.arch", super::SHOP.replace("service web", "servcie web"));
    assert_ends(&run(&project, "archc-fix", "systems"), 0, "");
    assert_eq!(project.folder.read("systems/shop.arch"), super::SHOP);
    project.folder.write("README.md", "<!-- archc:begin services shop -->\n<!-- archc:end -->\n");
    assert_ends(&run(&project, "archc-inject", "--in systems README.md"), 0, "");
    assert!(project.folder.read("README.md").contains("| Web |"));
}

/// A hook without `files` runs at each commit, whatever it is about.
#[test]
fn hooks_say_what_they_are_about() {
    for hook in yaml(".pre-commit-hooks.yaml").remove(0).as_array().unwrap() {
        let takes = |path: &str| {
            let script = "printf '%s\\n' \"$1\" | grep -Eq -- \"$2\"";
            let run = Command::new("sh").args(["-c", script, "sh", path, text(hook, "/files")]).status().unwrap();
            run.success()
        };
        assert!(takes("systems/shop.arch") && !takes("src/main.rs"), "{hook}");
        assert_eq!(takes("systems/archc.toml"), hook["id"] != "archc-fmt", "{hook}");
    }
}
