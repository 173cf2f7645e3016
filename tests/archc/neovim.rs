//! The language server in a real editor: Neovim, which has a client of its own and no screen here.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]
#![allow(clippy::panic, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::path::Path;
use std::process::Command;

const SHOP: &str = "\
/// Sells things; see [`orders`].
architecture shop {
  /// Buys and pays.
  service orders: aws.sqs
  external web \"🚀\"
  web -> ordres \"🚀 orders\"
}
";

/// A session over a fresh folder, with the editor's own client or with our plugin: what it printed.
fn session(plugin: Option<&Path>) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.arch"), SHOP).unwrap();
    fs::write(folder.path().join("archc.toml"), "").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = root.join("tests/conformance/neovim.lua");
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new("nvim");
    command
        .args(["--headless", "--clean", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .current_dir(folder.path())
        .env("ARCHC", env!("CARGO_BIN_EXE_archc"))
        .env("XDG_STATE_HOME", home.path())
        .env("XDG_CACHE_HOME", home.path())
        .env("XDG_DATA_HOME", home.path());
    if let Some(plugin) = plugin {
        command.env("ARCHC_NVIM", plugin);
    }
    let output = command.output().unwrap_or_else(|reason| {
        panic!("cannot run Neovim ({reason}): run tests/conformance/install.sh once");
    });
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn neovim_understands_the_server() {
    insta::assert_snapshot!(session(None));
}

#[test]
fn the_plugin_starts_the_server() {
    let plugin = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/nvim");
    assert_eq!(session(Some(&plugin)), session(None));
}
