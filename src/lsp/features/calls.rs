//! `textDocument/prepareCallHierarchy` and its two ways: what leads to an element, and what it leads to

use gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Range, SymbolKind, TextDocumentPositionParams,
};
use serde_json::json;

use crate::ide::{self, Connections, Neighbour};
use crate::lsp::session::{Look, Session};
use crate::model::{ElementId, Variety};

pub(in crate::lsp) fn prepare(
    session: &mut Session,
    params: &CallHierarchyPrepareParams,
) -> Option<Vec<CallHierarchyItem>> {
    let TextDocumentPositionParams { text_document, position } = &params.text_document_position_params;
    let look = session.look(&text_document.uri)?;
    let found = ide::elements_at(look.snapshot, look.file, look.offset(*position));
    let items: Vec<CallHierarchyItem> = found.iter().filter_map(|it| item(look, it)).collect();
    (!items.is_empty()).then_some(items)
}

pub(in crate::lsp) fn incoming(
    session: &mut Session,
    params: &CallHierarchyIncomingCallsParams,
) -> Option<Vec<CallHierarchyIncomingCall>> {
    let (look, element) = find(session, &params.item)?;
    let calls = ide::incoming(look.snapshot, element).into_iter().filter_map(|it| {
        let from = item(look, &it.with)?;
        Some(CallHierarchyIncomingCall { from_ranges: ranges(look, &it, &it.with), from })
    });
    Some(calls.collect())
}

pub(in crate::lsp) fn outgoing(
    session: &mut Session,
    params: &CallHierarchyOutgoingCallsParams,
) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let (look, element) = find(session, &params.item)?;
    let own = ide::neighbour(look.snapshot, element);
    let calls = ide::outgoing(look.snapshot, element).into_iter().filter_map(|it| {
        let to = item(look, &it.with)?;
        Some(CallHierarchyOutgoingCall { from_ranges: ranges(look, &it, &own), to })
    });
    Some(calls.collect())
}

/// The element that an item is of. Its document may have changed since.
fn find<'s>(session: &'s mut Session, item: &CallHierarchyItem) -> Option<(Look<'s>, ElementId)> {
    let data = item.data.as_ref()?;
    let path = data.get("path")?.as_str()?;
    let document = gen_lsp_types::Uri(data.get("from")?.as_str()?.to_owned());
    let look = session.look(&document)?;
    Some((look, ide::element_of(look.snapshot, path)?))
}

fn item(look: Look<'_>, it: &Neighbour) -> Option<CallHierarchyItem> {
    let model = look.snapshot.model();
    let element = model.element(it.element);
    let kind = model.kind_of(element).filter(|_| element.variety != Variety::Group);
    let architecture = &model.architecture(element.architecture).name;
    let details = kind.map(|kind| kind.name.to_string()).into_iter().chain([format!("in {architecture}")]);
    Some(CallHierarchyItem {
        name: model.path(it.element),
        kind: symbol_kind(element.variety),
        tags: None,
        detail: Some(details.collect::<Vec<_>>().join(" ")),
        uri: look.uri_to_read(it.name.file)?,
        range: look.range(it.whole),
        selection_range: look.range(it.name),
        // Items may be in a file of the catalog, which belongs to no project.
        data: Some(json!({ "path": it.path, "from": look.uri_to_read(look.file)?.0 })),
    })
}

fn symbol_kind(variety: Variety) -> SymbolKind {
    match variety {
        Variety::Service | Variety::Carrier => SymbolKind::Class,
        Variety::External => SymbolKind::Interface,
        Variety::Person => SymbolKind::Object,
        Variety::Group => SymbolKind::Namespace,
    }
}

/// Where the edges stand, in the document of the one that they start from; its name if they stand in another document.
fn ranges(look: Look<'_>, connections: &Connections, from: &Neighbour) -> Vec<Range> {
    let here = connections.edges.iter().filter(|edge| edge.file == from.name.file);
    let ranges: Vec<Range> = here.map(|edge| look.range(*edge)).collect();
    if ranges.is_empty() { vec![look.range(from.name)] } else { ranges }
}
