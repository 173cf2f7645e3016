//! What the server says that it can do.

use serde_json::{Value, json};

use super::client::Client;

/// The answer to `initialize`.
pub(super) fn result(client: &Client) -> Value {
    json!({
        "serverInfo": { "name": "archc", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": client.encoding.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
            "completionProvider": {
                "triggerCharacters": [".", ":", "=", ">", " ", "(", "[", "`", "@", "/"],
                "resolveProvider": true,
            },
            "documentFormattingProvider": true,
            "signatureHelpProvider": { "triggerCharacters": ["(", ","], "retriggerCharacters": ["=", ")"] },
        },
    })
}
