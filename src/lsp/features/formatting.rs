//! `textDocument/formatting`

use gen_lsp_types::{DocumentFormattingParams, TextEdit};

use crate::ide;
use crate::lsp::session::Session;

pub(in crate::lsp) fn document(session: &mut Session, params: &DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let look = session.look(&params.text_document.uri)?;
    let edits = ide::formatting(look.file, look.snapshot.text(look.file));
    let edits = edits.into_iter().map(|edit| TextEdit { range: look.range(edit.span), new_text: edit.replacement });
    Some(edits.collect())
}
