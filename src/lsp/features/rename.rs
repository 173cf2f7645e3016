//! `textDocument/prepareRename` and `textDocument/rename`

use gen_lsp_types::{PrepareRenameParams, PrepareRenamePlaceholder, RenameParams, TextDocumentPositionParams};
use serde_json::Value;

use super::edits::workspace_edit;
use crate::ide;
use crate::ide::actions::Changes;
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
    let changes = Changes { edits, ..Changes::default() };
    let edit = workspace_edit(look, &changes, false).ok_or("the name also stands in a text that is no file")?;
    Ok(Some(edit))
}
