//! `examples/ci`: what a reader copies.

use std::fs;

use super::{Project, assert_ends, root, text, yaml};

#[test]
fn the_workflow_gives_the_action_what_it_takes() {
    let workflow = yaml("examples/ci/github.yml").remove(0);
    let action = yaml("action.yml").remove(0);
    let steps = workflow["jobs"]["archc"]["steps"].as_array().unwrap();
    let uses = steps.iter().find(|step| step["uses"].as_str().unwrap().contains("/archc@")).unwrap();
    assert!(uses["uses"].as_str().unwrap().ends_with(concat!("@v", env!("CARGO_PKG_VERSION"))));
    for (input, value) in uses["with"].as_object().unwrap() {
        assert!(action["inputs"].get(input).is_some(), "the action has no input `{input}`");
        assert!(value.is_string(), "`{input}` is no text");
    }
    for (permission, input) in [("pull-requests", "comment"), ("security-events", "sarif")] {
        assert_eq!(workflow["permissions"][permission], "write", "`{input}` needs it");
    }
}

#[test]
fn the_pipeline_gives_the_component_what_it_takes() {
    let pipeline = yaml("examples/ci/gitlab.yml").remove(0);
    let component = &yaml("templates/archc.yml")[0];
    let include = &pipeline["include"][0];
    assert!(root().join(text(include, "/file")).exists());
    assert_eq!(text(include, "/ref"), concat!("v", env!("CARGO_PKG_VERSION")));
    let given = include["inputs"].as_object().unwrap();
    let known = component["spec"]["inputs"].as_object().unwrap();
    assert!(given.keys().all(|input| known.contains_key(input)), "{given:?}");
    for (input, what) in known {
        assert!(what.get("default").is_some() || given.contains_key(input), "`{input}` is missing");
    }
}

#[test]
fn the_hooks_are_there() {
    let config = yaml("examples/ci/pre-commit.yaml").remove(0);
    let hooks = yaml(".pre-commit-hooks.yaml").remove(0);
    assert_eq!(text(&config, "/repos/0/rev"), concat!("v", env!("CARGO_PKG_VERSION")));
    for hook in config["repos"][0]["hooks"].as_array().unwrap() {
        assert!(hooks.as_array().unwrap().iter().any(|known| known["id"] == hook["id"]), "no hook {}", hook["id"]);
    }
}

#[test]
fn a_shell_does_the_same() {
    let project = Project::new();
    let script = fs::read_to_string(root().join("examples/ci/check.sh")).unwrap();
    let script = format!("set -- systems main\n{script}");
    assert_ends(&project.run(&["sh"], &script, &[]), 0, "up to date");
    project.change();
    assert_ends(&project.run(&["sh"], &script, &[]), 1, "out of date");
    project.folder.write("systems/other.arch", "architecture other \"Other\" {\n  service odd: web-app \"Odd\"\n}\n");
    assert_ends(&project.run(&["sh"], &script, &[]), 1, "element/unconnected");
}

/// No container can be built in a test; that it would not find a file can be seen all the same.
#[test]
fn the_image_is_built_from_what_is_there() {
    let ignored = fs::read_to_string(root().join(".dockerignore")).unwrap();
    let kept: Vec<&str> = ignored.lines().filter_map(|line| line.strip_prefix('!')).collect();
    for path in &kept {
        assert!(root().join(path).exists(), "there is no `{path}`");
    }
    let cargo = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let needed = ["src", "grammar", "Cargo.toml", "Cargo.lock"].into_iter();
    let needed = needed.chain(cargo.contains("[[bench]]").then_some("benches"));
    for path in needed {
        assert!(kept.contains(&path), "the image is built without `{path}`");
    }
    let containerfile = fs::read_to_string(root().join("Containerfile")).unwrap();
    let copied = containerfile.lines().filter_map(|line| line.strip_prefix("COPY LICENSE-"));
    assert!(copied.count() > 0 && kept.contains(&"LICENSE-MIT") && kept.contains(&"LICENSE-APACHE"));
    let rust = cargo.lines().find_map(|line| line.strip_prefix("rust-version = \"")).unwrap().trim_end_matches('"');
    assert!(containerfile.contains(&format!("FROM rust:{rust}-alpine AS build")), "not the Rust of Cargo.toml");
}
