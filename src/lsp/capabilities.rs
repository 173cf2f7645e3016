//! What the server says that it can do.

use serde_json::{Value, json};

use super::client::Client;
use super::features::{code_action, colours, commands, formatting};

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
    let Some(capabilities) = result.get_mut("capabilities") else { return result };
    let run: Vec<&str> = commands::ALL.into_iter().filter(|command| client.has_run(command)).collect();
    if !run.is_empty() {
        capabilities["executeCommandProvider"] = json!({ "commands": run });
    }
    if !client.registers_formatting() {
        capabilities["documentFormattingProvider"] = json!(true);
        capabilities["documentOnTypeFormattingProvider"] = formatting::on_types();
        capabilities["documentRangeFormattingProvider"] = formatting::of_ranges();
    }
    result
}
