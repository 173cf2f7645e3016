//! `.ci/package` and the workflow of a release

use std::fs;
use std::process::Command;

use super::{Project, assert_ends, root, step, yaml};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Packs the compiler of today as a release, with its checksum, into `releases` of the machine.
pub(super) fn pack(project: &Project, target: &str) {
    let releases = project.machine("releases");
    let mut command = Command::new(root().join(".ci/package"));
    command.arg(target).env("BINARY", env!("CARGO_BIN_EXE_archc")).env("DIST", &releases);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", super::shown(&output));
    let sums =
        Command::new("sh").args(["-c", "sha256sum -- archc-* > SHA256SUMS"]).current_dir(&releases).status().unwrap();
    assert!(sums.success());
}

#[test]
fn a_package_has_all_that_an_installation_needs() {
    let project = Project::new();
    pack(&project, "aarch64-unknown-linux-musl");
    let archive = project.machine(&format!("releases/archc-{VERSION}-aarch64-unknown-linux-musl.tar.gz"));
    let listed = Command::new("tar").arg("-tzf").arg(archive).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    for file in [
        "archc",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "completions/archc.bash",
        "completions/archc.elv",
        "completions/archc.fish",
        "completions/_archc.ps1",
        "completions/_archc",
        "schemas/check.schema.json",
        "man/man1/archc.1",
        "man/man1/archc-build.1",
    ] {
        let path = format!("archc-{VERSION}-aarch64-unknown-linux-musl/{file}");
        assert!(listed.lines().any(|line| line == path), "no {path} in {listed}");
    }
}

fn steps(job: &str) -> serde_json::Value {
    yaml(".github/workflows/release.yml").remove(0)["jobs"][job]["steps"].clone()
}

#[test]
fn a_tag_names_the_version() {
    let project = Project::new();
    project.folder.write("Cargo.toml", "[package]\nversion = \"1.2.3\"\n[dependencies]\nversion = \"9\"\n");
    project.folder.write("CHANGELOG.md", "## [1.2.3] - 2027-01-01\n\n- This.\n\n## [1.2.2]\n\n- That.\n");
    let steps = steps("build");
    let hold = step(&steps, "Hold the tag to the version");
    assert_ends(&project.step(hold, &[("github.ref_name", "v1.2.3")]), 0, "");
    assert_ends(
        &project.step(hold, &[("github.ref_name", "v1.2.4")]),
        1,
        "the tag is v1.2.4, and the version is 1.2.3",
    );
    project.folder.write("CHANGELOG.md", "## [1.2.2]\n");
    assert_ends(&project.step(hold, &[("github.ref_name", "v1.2.3")]), 1, "says nothing of 1.2.3");
}

/// The compiler itself takes too long for a test: another one says what was asked of it.
#[test]
fn builds_for_each_target() {
    let workflow = yaml(".github/workflows/release.yml").remove(0);
    let targets = workflow["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let project = Project::new();
    project.tool("rustup", "");
    project.tool("sudo", "");
    project.tool("cargo", "echo \"flags ${RUSTFLAGS:-}\"\n");
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    for target in targets {
        let (target, steps) = (target["target"].as_str().unwrap(), steps("build"));
        let mut build = step(&steps, "Build").clone();
        build["env"] = serde_json::json!({ "TARGET": target });
        let flags = if target.ends_with("-msvc") { "flags -C target-feature=+crt-static" } else { "flags \n" };
        assert_ends(&project.step(&build, &[]), 0, flags);
        assert!(project.kept("log").contains(&format!("cargo build --release --locked --target {target}\n")));
        assert!(action.contains(&format!("target={target} ")), "the action does not know {target}");
    }
    let musl = project.kept("log").matches("apt-get install -y -qq musl-tools").count();
    assert_eq!(musl, 2, "{}", project.kept("log"));
    assert_eq!(targets.len(), 5);
    assert_eq!(workflow["jobs"]["publish"]["needs"], serde_json::json!(["build", "extension", "test"]));
}

#[test]
fn packs_the_extension_of_the_version() {
    let project = Project::new();
    project.folder.write("editors/vscode/package.json", "{\n  \"version\": \"1.2.3\",\n}\n");
    project.tool("npm", "[ \"$1\" = ci ] || echo packed > \"$4\"\n");
    let steps = steps("extension");
    let pack = step(&steps, "Pack");
    assert_ends(&project.step(pack, &[("github.ref_name", "v1.2.3")]), 0, "");
    assert_eq!(project.folder.read("dist/archc-1.2.3.vsix"), "packed\n");
    assert!(project.kept("log").contains("npm ci\nnpm run package -- "), "{}", project.kept("log"));
    let refused = project.step(pack, &[("github.ref_name", "v1.2.4")]);
    assert_ends(&refused, 1, "the tag is v1.2.4, and the version of the extension is 1.2.3");
    let workflow = yaml(".github/workflows/release.yml").remove(0);
    assert_eq!(workflow["jobs"]["publish"]["needs"], serde_json::json!(["build", "extension", "test"]));
}

#[test]
fn publishes_with_checksums_and_notes() {
    let project = Project::new();
    project.folder.write("dist/archc-1.2.3-a.tar.gz", "a");
    project.folder.write("dist/archc-1.2.3.vsix", "b");
    project
        .folder
        .write("CHANGELOG.md", "# Changelog\n\n## [1.2.3] - 2027-01-01\n\n- This.\n\n## [1.2.2]\n\n- That.\n");
    project.tool("gh", "cp notes.md dist/SHA256SUMS \"$MACHINE\"\n");
    let steps = steps("publish");
    let values = |tag| [("github.ref_name", tag), ("github.token", "secret")];
    assert_ends(&project.step(step(&steps, "Publish"), &values("v1.2.3")), 0, "");
    assert_eq!(project.kept("notes.md").trim(), "- This.");
    assert!(project.kept("SHA256SUMS").ends_with("  archc-1.2.3.vsix\n"), "{}", project.kept("SHA256SUMS"));
    let log = project.kept("log");
    let create = "gh release create v1.2.3 dist/SHA256SUMS dist/archc-1.2.3-a.tar.gz dist/archc-1.2.3.vsix --verify-tag --title archc 1.2.3";
    assert!(log.contains(create) && !log.contains("--prerelease"), "{log}");
    assert_ends(&project.step(step(&steps, "Publish"), &values("v1.2.3-rc.1")), 0, "");
    assert!(project.kept("log").contains("--prerelease"));
}

/// What the workflow publishes is what the script writes, which the tests of the book look at.
#[test]
fn the_book_that_is_built_is_published() {
    let workflow = yaml(".github/workflows/book.yml").remove(0);
    let steps = &workflow["jobs"]["publish"]["steps"];
    let upload = steps.as_array().unwrap().iter().find(|step| step["with"]["path"].is_string()).unwrap();
    let built = format!("book/build.sh {}", upload["with"]["path"].as_str().unwrap());
    assert_eq!(step(steps, "Build")["run"], built.as_str());
}
