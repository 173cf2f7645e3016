//! Runs the real Mermaid: see `tests/conformance/README.md`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What the parsers of all versions read from the `.mmd` files of a folder.
pub(crate) fn parse(folder: &Path) -> Value {
    run("parse.mjs", [folder.as_os_str()])
}

/// What a browser shows of a Markdown page.
pub(crate) fn render(page: &Path, mermaid: &str, theme: &str) -> Value {
    let picture = page.with_extension(format!("{mermaid}.{theme}.png"));
    let options = ["--mermaid", mermaid, "--theme", theme].map(OsStr::new);
    run("render.mjs", [page.as_os_str(), picture.as_os_str()].into_iter().chain(options))
}

/// What a reader sees of pages of the book, with their scripts, in a theme of mdBook and a window so many pixels wide.
pub(crate) fn read_book<'a>(pages: impl Iterator<Item = &'a Path>, theme: &'a str, width: &'a str) -> Value {
    let options = ["--theme", theme, "--width", width].map(OsStr::new);
    run("book.mjs", pages.map(Path::as_os_str).chain(options))
}

/// The root of the package, and the Node.js that the harness brings.
pub(crate) fn node() -> (PathBuf, PathBuf) {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let node = package.join("target/conformance/node");
    assert!(node.exists(), "the conformance harness is not installed: run `tests/conformance/install.sh`");
    (package, node)
}

fn run<'a>(script: &str, arguments: impl IntoIterator<Item = &'a OsStr>) -> Value {
    let (package, node) = node();
    let script = package.join("tests/conformance").join(script);
    let output = Command::new(node).arg(&script).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} failed: {errors}", script.display());
    serde_json::from_slice(&output.stdout).unwrap()
}
