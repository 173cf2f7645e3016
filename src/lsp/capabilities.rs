//! What the server says that it can do.

use serde_json::{Value, json};

use super::client::Client;
use super::features::code_action;

/// The answer to `initialize`.
pub(super) fn result(client: &Client) -> Value {
    json!({
        "serverInfo": { "name": "archc", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": client.encoding.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
            "callHierarchyProvider": true,
            "codeActionProvider": { "codeActionKinds": code_action::KINDS, "resolveProvider": true },
            "declarationProvider": true,
            "definitionProvider": true,
            "documentFormattingProvider": true,
            "documentHighlightProvider": true,
            "documentLinkProvider": {},
            "referencesProvider": true,
            "renameProvider": { "prepareProvider": true },
            "typeDefinitionProvider": true,
        },
    })
}
