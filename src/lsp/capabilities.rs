//! What the server says that it can do.

use serde_json::{Value, json};

use super::client::Client;
use super::features::{code_action, colours, commands};

/// The answer to `initialize`.
pub(super) fn result(client: &Client) -> Value {
    let mut result = json!({
        "serverInfo": { "name": "archc", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": client.encoding.kind(),
            "codeLensProvider": { "resolveProvider": true },
            "hoverProvider": true,
            "inlayHintProvider": { "resolveProvider": false },
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
            "callHierarchyProvider": true,
            "codeActionProvider": { "codeActionKinds": code_action::KINDS, "resolveProvider": true },
            "declarationProvider": true,
            "definitionProvider": true,
            "documentFormattingProvider": true,
            "documentOnTypeFormattingProvider": { "firstTriggerCharacter": "}", "moreTriggerCharacter": ["\n"] },
            "documentRangeFormattingProvider": { "rangesSupport": true },
            "documentSymbolProvider": { "label": "archc" },
            "foldingRangeProvider": true,
            "selectionRangeProvider": true,
            "semanticTokensProvider": colours::capability(),
            "workspaceSymbolProvider": true,
            "documentHighlightProvider": true,
            "documentLinkProvider": {},
            "referencesProvider": true,
            "renameProvider": { "prepareProvider": true },
            "typeDefinitionProvider": true,
            "completionProvider": {
                "triggerCharacters": [".", ":", "=", ">", " ", "(", "[", "`", "@", "/", "\""],
                "resolveProvider": true,
            },
            "signatureHelpProvider": { "triggerCharacters": ["(", ","], "retriggerCharacters": ["=", ")"] },
        },
    });
    if let (true, Some(capabilities)) = (client.runs_commands_here(), result.get_mut("capabilities")) {
        capabilities["executeCommandProvider"] = json!({ "commands": commands::ALL });
    }
    result
}
