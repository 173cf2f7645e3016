//! `archc/diagram`, `archc/bill`: what stands at a place, drawn and billed.

use gen_lsp_types::{Range, TextDocumentPositionParams, Uri};
use serde::Serialize;

use crate::ide;
use crate::lsp::session::Session;

/// A diagram with what its nodes stand for.
#[derive(Debug, Serialize)]
pub(in crate::lsp) struct Diagram {
    title: String,
    mermaid: String,
    nodes: Vec<Node>,
}

#[derive(Debug, Serialize)]
struct Node {
    /// The id in the Mermaid source.
    id: String,
    /// The path in the workspace.
    name: String,
    /// Where it is declared.
    uri: Uri,
    range: Range,
}

#[derive(Debug, Serialize)]
pub(in crate::lsp) struct Bill {
    title: String,
    markdown: String,
}

pub(in crate::lsp) fn diagram(session: &mut Session, params: &TextDocumentPositionParams) -> Option<Diagram> {
    let look = session.look(&params.text_document.uri)?;
    let preview = ide::diagram(look.snapshot, look.file, look.offset(params.position))?;
    let nodes = preview.nodes.into_iter().filter_map(|(id, name, span)| {
        let location = look.location(span)?;
        Some(Node { id, name, uri: location.uri, range: location.range })
    });
    Some(Diagram { title: preview.title, mermaid: preview.mermaid, nodes: nodes.collect() })
}

pub(in crate::lsp) fn bill(session: &mut Session, params: &TextDocumentPositionParams) -> Option<Bill> {
    let look = session.look(&params.text_document.uri)?;
    let bill = ide::bill(look.snapshot, look.file, look.offset(params.position))?;
    Some(Bill { title: bill.title, markdown: bill.markdown })
}
