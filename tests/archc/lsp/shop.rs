//! A workspace in which there is something of everything.

use super::client::Client;
use serde_json::{Value, json};

pub(super) const SHOP: &str = include_str!("shop/workspace.txt");

/// What the best of clients can do.
pub(super) fn everything() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "publishDiagnostics": { "codeDescriptionSupport": true },
        },
        "window": { "showDocument": { "support": true } },
        "workspace": {
            "codeLens": { "refreshSupport": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "inlayHint": { "refreshSupport": true },
        },
    })
}

/// A client that has the files open.
pub(super) fn start(options: &Value) -> Client {
    let (mut client, _) = Client::start_as(SHOP, &everything(), options);
    for file in ["shop.arch", "patterns.arch", "archc.toml"] {
        client.open(file);
    }
    client
}

/// The offset of the `|` of a needle in a text.
pub(super) fn find(text: &str, needle: &str) -> usize {
    let (before, after) = needle.split_once('|').unwrap();
    let at = text.find(&format!("{before}{after}")).unwrap_or_else(|| panic!("there is no `{needle}`"));
    at + before.len()
}

/// Text without what differs from one machine to the next.
pub(super) fn anywhere(client: &Client, text: &str) -> String {
    let cache: String = url::Url::from_file_path(client.cache.path().canonicalize().unwrap()).unwrap().into();
    text.replace(client.uri("").trim_end_matches('/'), "file:///w").replace(&cache, "file:///cache")
}
