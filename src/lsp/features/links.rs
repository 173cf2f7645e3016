//! `textDocument/documentLink`

use gen_lsp_types::{DocumentLink, DocumentLinkParams, Uri};

use crate::ide::{self, LinkTarget};
use crate::lsp::session::Session;

/// Addresses and files that the document leads to.
pub(in crate::lsp) fn document(session: &mut Session, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let look = session.look(&params.text_document.uri)?;
    let links = ide::document_links(look.snapshot, look.file).into_iter().filter_map(|link| {
        let target = match link.to {
            LinkTarget::Web(address) => Uri(address),
            LinkTarget::File { path, line: None } => look.uri_of_path(&path)?,
            LinkTarget::File { path, line: Some(line) } => Uri(format!("{}#L{line}", look.uri_of_path(&path)?.0)),
        };
        Some(DocumentLink { range: look.range(link.span), target: Some(target), tooltip: None, data: None })
    });
    Some(links.collect())
}
