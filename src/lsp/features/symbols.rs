//! `textDocument/documentSymbol` and `workspace/symbol`

use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolInformation, SymbolKind,
    SymbolTag, WorkspaceSymbolParams,
};

use crate::ide::{self, Found, Symbol, SymbolSort};
use crate::lsp::client::Client;
use crate::lsp::session::{Look, Session};
use crate::syntax::ast::Keyword;

pub(in crate::lsp) fn document(session: &mut Session, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let look = session.look(&params.text_document.uri)?;
    let symbols = ide::symbols(look.snapshot, look.file);
    let can = look.client.capabilities.text_document.as_ref().and_then(|it| it.document_symbol.as_ref());
    if can.and_then(|can| can.hierarchical_document_symbol_support).unwrap_or_default() {
        return Some(DocumentSymbolResponse::DocumentSymbolList(tree(look, symbols)));
    }
    let mut list = Vec::new();
    flatten(look, symbols, None, &mut list);
    Some(DocumentSymbolResponse::SymbolInformationList(list))
}

pub(in crate::lsp) fn workspace(session: &mut Session, params: &WorkspaceSymbolParams) -> Vec<SymbolInformation> {
    let looks = session.look_at_all();
    let mut all: Vec<(Look<'_>, Found)> = Vec::new();
    for look in looks {
        all.extend(ide::search(look.snapshot, &params.query).into_iter().map(|found| (look, found)));
    }
    all.sort_by_key(|(_, found)| found.fit);
    let best = all.into_iter().take(ide::MAX_FOUND);
    best.filter_map(|(look, found)| information(look, &found.symbol, Some(found.container), false)).collect()
}

fn tree(look: Look<'_>, symbols: Vec<Symbol>) -> Vec<DocumentSymbol> {
    let convert = |symbol: Symbol| {
        let tags = tags(look.client, &symbol, true);
        DocumentSymbol::new(
            symbol.name,
            symbol.detail,
            kind(look.client, symbol.sort, true),
            tags,
            None,
            look.range(symbol.span),
            look.range(symbol.name_span),
            Some(tree(look, symbol.children)).filter(|children| !children.is_empty()),
        )
    };
    symbols.into_iter().map(convert).collect()
}

fn flatten(look: Look<'_>, symbols: Vec<Symbol>, container: Option<&str>, list: &mut Vec<SymbolInformation>) {
    for symbol in symbols {
        list.extend(information(look, &symbol, container.map(str::to_owned), true));
        let path = container.map_or_else(|| symbol.name.clone(), |container| format!("{container}.{}", symbol.name));
        flatten(look, symbol.children, Some(&path), list);
    }
}

fn information(
    look: Look<'_>,
    symbol: &Symbol,
    container: Option<String>,
    is_of_document: bool,
) -> Option<SymbolInformation> {
    let container = container.filter(|container| !container.is_empty());
    let location = look.location(symbol.name_span)?;
    let kind = kind(look.client, symbol.sort, is_of_document);
    let tags = tags(look.client, symbol, is_of_document);
    Some(SymbolInformation::new(None, location, BaseSymbolInformation::new(symbol.name.clone(), kind, tags, container)))
}

/// The icon of a declaration, and what stands in for it where a client knows only those of the first protocol.
fn kind(client: &Client, sort: SymbolSort, is_of_document: bool) -> SymbolKind {
    let (kind, older) = match sort {
        SymbolSort::Declared(Keyword::Architecture) => (SymbolKind::Package, SymbolKind::Package),
        SymbolSort::Declared(Keyword::Group | Keyword::Use | Keyword::Extend) => {
            (SymbolKind::Namespace, SymbolKind::Namespace)
        }
        SymbolSort::Declared(Keyword::Service | Keyword::Person) | SymbolSort::Carrier => {
            (SymbolKind::Object, SymbolKind::Variable)
        }
        SymbolSort::Declared(Keyword::External) => (SymbolKind::Interface, SymbolKind::Interface),
        SymbolSort::Declared(Keyword::View) => (SymbolKind::Struct, SymbolKind::Class),
        SymbolSort::Declared(Keyword::Scenario) => (SymbolKind::Event, SymbolKind::Function),
        SymbolSort::Declared(Keyword::Environment) => (SymbolKind::Enum, SymbolKind::Enum),
        SymbolSort::Declared(Keyword::Pattern) => (SymbolKind::Function, SymbolKind::Function),
        SymbolSort::Declared(Keyword::Rule) | SymbolSort::Limit => (SymbolKind::Constant, SymbolKind::Constant),
        SymbolSort::Declared(Keyword::Example) => (SymbolKind::Method, SymbolKind::Method),
        SymbolSort::Declared(Keyword::Decision) => (SymbolKind::Key, SymbolKind::Property),
        SymbolSort::Declared(Keyword::Kind) => (SymbolKind::Class, SymbolKind::Class),
        SymbolSort::Parameter => (SymbolKind::TypeParameter, SymbolKind::Variable),
        SymbolSort::Property => (SymbolKind::Property, SymbolKind::Property),
        SymbolSort::Meter => (SymbolKind::Number, SymbolKind::Number),
    };
    let capabilities = &client.capabilities;
    let known = if is_of_document {
        capabilities.text_document.as_ref().and_then(|it| it.document_symbol.as_ref()?.symbol_kind.as_ref())
    } else {
        capabilities.workspace.as_ref().and_then(|it| it.symbol.as_ref()?.symbol_kind.as_ref())
    };
    let can_show = known.and_then(|known| known.value_set.as_ref()).is_some_and(|all| all.contains(&kind));
    if can_show { kind } else { older }
}

fn tags(client: &Client, symbol: &Symbol, is_of_document: bool) -> Option<Vec<SymbolTag>> {
    let capabilities = &client.capabilities;
    let known = if is_of_document {
        capabilities.text_document.as_ref().and_then(|it| it.document_symbol.as_ref()?.tag_support.as_ref())
    } else {
        capabilities.workspace.as_ref().and_then(|it| it.symbol.as_ref()?.tag_support.as_ref())
    };
    let can_show = known.is_some_and(|known| known.value_set.contains(&SymbolTag::Deprecated));
    (symbol.is_retired && can_show).then(|| vec![SymbolTag::Deprecated])
}
