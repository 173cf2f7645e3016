//! What is in `editors` works with the compiler as it is: grammar, snippets, the extension of VS Code and its preview.

use std::process::Command;

use crate::harness;

#[test]
fn the_extension_of_vs_code_passes_its_tests() {
    let (package, node) = harness::node();
    let output = Command::new(node)
        .arg("scripts/test.ts")
        .current_dir(package.join("editors/vscode"))
        .env("ARCHC", env!("CARGO_BIN_EXE_archc"))
        .output()
        .unwrap();
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{errors}");
}
