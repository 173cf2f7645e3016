//! `textDocument/prepareRename` and `textDocument/rename`

use std::collections::BTreeMap;

use gen_lsp_types::{
    PrepareRenameParams, PrepareRenamePlaceholder, RenameParams, TextDocumentPositionParams, TextEdit,
};
use serde_json::{Value, json};

use crate::ide;
use crate::lsp::session::Session;

/// The place of a name that can be changed, and how it is now.
///
/// # Errors
/// Says why it cannot be changed.
pub(in crate::lsp) fn prepare(
    session: &mut Session,
    params: &PrepareRenameParams,
) -> Result<Option<PrepareRenamePlaceholder>, String> {
    let TextDocumentPositionParams { text_document, position } = &params.text_document_position_params;
    let Some(look) = session.look(&text_document.uri) else { return Ok(None) };
    let found = ide::prepare_rename(look.snapshot, look.file, look.offset(*position))?;
    Ok(found.map(|found| PrepareRenamePlaceholder { range: look.range(found.span), placeholder: found.name }))
}

/// The edits that change a name wherever it is written.
///
/// # Errors
/// Says why it cannot be changed, or not to this.
pub(in crate::lsp) fn rename(session: &mut Session, params: &RenameParams) -> Result<Option<Value>, String> {
    let TextDocumentPositionParams { text_document, position } = &params.text_document_position_params;
    let Some(look) = session.look(&text_document.uri) else { return Ok(None) };
    let edits = ide::rename(look.snapshot, look.file, look.offset(*position), params.new_name.trim())?;
    let mut by_document: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let uri = look.uri(edit.span.file).ok_or("the name also stands in a text that is no file")?;
        let edit = TextEdit { range: look.range(edit.span), new_text: edit.replacement };
        by_document.entry(uri.0).or_default().push(edit);
    }
    Ok(Some(workspace_edit(session, by_document)))
}

/// Edits as the client takes them: with the versions of the documents, if it can.
pub(in crate::lsp) fn workspace_edit(session: &Session, edits: BTreeMap<String, Vec<TextEdit>>) -> Value {
    let workspace = session.client.capabilities.workspace.as_ref();
    let takes_versions = workspace.and_then(|it| it.workspace_edit.as_ref()).and_then(|it| it.document_changes);
    if !takes_versions.unwrap_or(false) {
        return json!({ "changes": edits });
    }
    let changes = edits.into_iter().map(|(uri, edits)| {
        let version = session.version(&gen_lsp_types::Uri(uri.clone()));
        json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits })
    });
    json!({ "documentChanges": changes.collect::<Vec<Value>>() })
}
