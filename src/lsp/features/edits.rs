//! `WorkspaceEdit`: changes as the client takes them.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Value, json};

use crate::diagnostic::Edit;
use crate::ide;
use crate::ide::actions::Changes;
use crate::lsp::client::Client;
use crate::lsp::session::Look;

/// What a client can do with edits, beside making them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Abilities {
    /// Whether it makes files.
    pub(super) create: bool,
    /// Whether an edit may have a part that waits to be replaced.
    pub(super) snippets: bool,
}

impl Abilities {
    pub(super) fn of(client: &Client) -> Abilities {
        let edits = client.capabilities.workspace.as_ref().and_then(|it| it.workspace_edit.as_ref());
        // Operations and snippets are looked for by their names in the protocol.
        let edits = edits.and_then(|edits| serde_json::to_value(edits).ok()).unwrap_or_default();
        let operations = edits.get("resourceOperations").and_then(Value::as_array);
        let creates = operations.is_some_and(|them| them.iter().any(|it| it == "create"));
        let has_snippets = edits.get("snippetEditSupport").and_then(Value::as_bool) == Some(true);
        let versioned = client.takes_versioned_edits();
        Abilities { create: versioned && creates, snippets: versioned && has_snippets }
    }
}

/// Changes as the client takes them, with the versions of the texts that they are for; none if it cannot make them. With
/// `waits`, what the changes say that the user will replace waits to be replaced.
pub(super) fn workspace_edit(look: Look<'_>, changes: &Changes, waits: bool) -> Option<Value> {
    let can = Abilities::of(look.client);
    if !changes.files.is_empty() && !can.create {
        return None;
    }
    let mut by_uri: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (index, edit) in changes.edits.iter().enumerate() {
        let placeholder = changes.placeholder.as_ref().filter(|_| index == 0 && waits && can.snippets);
        by_uri.entry(look.uri(edit.span.file)?.0).or_default().push(text_edit(look, edit, placeholder));
    }
    if !look.client.takes_versioned_edits() {
        return Some(json!({ "changes": by_uri }));
    }
    let of_document = |uri: &str, edits: &[Value]| json!({ "textDocument": { "uri": uri, "version": look.version(uri) }, "edits": edits });
    let mut operations = Vec::new();
    for (path, text) in &changes.files {
        let uri = look.uri_of_path(path)?;
        let start = json!({ "line": 0, "character": 0 });
        operations.push(json!({ "kind": "create", "uri": uri }));
        operations.push(of_document(&uri.0, &[json!({ "range": { "start": start, "end": start }, "newText": text })]));
    }
    operations.extend(by_uri.iter().map(|(uri, edits)| of_document(uri, edits)));
    Some(json!({ "documentChanges": operations }))
}

fn text_edit(look: Look<'_>, edit: &Edit, placeholder: Option<&Range<usize>>) -> Value {
    let (range, text) = (look.range(edit.span), edit.replacement.as_str());
    let parts = placeholder.and_then(|at| Some((text.get(..at.start)?, text.get(at.clone())?, text.get(at.end..)?)));
    match parts {
        Some((before, word, after)) => {
            let [before, word, after] = [before, word, after].map(ide::in_snippet);
            let snippet = format!("{before}${{0:{word}}}{after}");
            json!({ "range": range, "snippet": { "kind": "snippet", "value": snippet } })
        }
        None => json!({ "range": range, "newText": text }),
    }
}
