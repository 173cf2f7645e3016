//! `textDocument/references` and `textDocument/documentHighlight`

use gen_lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Location, ReferenceParams,
    TextDocumentPositionParams,
};

use crate::ide::{self, Role};
use crate::lsp::session::Session;

/// All places where a name is written.
pub(in crate::lsp) fn references(session: &mut Session, params: &ReferenceParams) -> Option<Vec<Location>> {
    let TextDocumentPositionParams { text_document, position } = &params.text_document_position_params;
    let look = session.look(&text_document.uri)?;
    let found = ide::references(look.snapshot, look.file, look.offset(*position));
    let asked = found.iter().filter(|it| params.context.include_declaration || !it.is_declaration());
    Some(asked.filter_map(|it| look.location_to_read(it.span)).collect())
}

/// Those of them that stand in the document itself.
pub(in crate::lsp) fn highlights(
    session: &mut Session,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let TextDocumentPositionParams { text_document, position } = &params.text_document_position_params;
    let look = session.look(&text_document.uri)?;
    let found = ide::references(look.snapshot, look.file, look.offset(*position));
    let here = found.iter().filter(|it| it.span.file == look.file);
    let highlight = |it: &ide::Occurrence| DocumentHighlight {
        range: look.range(it.span),
        kind: Some(match it.role {
            Role::Declaration | Role::Implied | Role::Change => DocumentHighlightKind::Write,
            Role::Reference | Role::Ambiguous => DocumentHighlightKind::Read,
        }),
    };
    Some(here.map(highlight).collect())
}
