//! `textDocument/hover`

use gen_lsp_types::{Contents, Hover, HoverParams, Range};

use crate::ide::{self, Links};
use crate::lsp::session::{Look, Session};
use crate::project::CONFIG_FILE;
use crate::source::{FileId, Origin, SourceMap, Span};

pub(in crate::lsp) fn hover(session: &mut Session, params: &HoverParams) -> Option<Hover> {
    let params = &params.text_document_position_params;
    let uri = &params.text_document.uri;
    if uri.0.rsplit('/').next() == Some(CONFIG_FILE) {
        let (look, text) = session.look_beside(uri)?;
        return of_settings(look, text, params.position);
    }
    let look = session.look(uri)?;
    let said = with_links(look, |links| ide::hover(look.snapshot, look.file, look.offset(params.position), links))?;
    Some(answer(look, said.text, look.range(said.span)))
}

fn of_settings(look: Look<'_>, text: &str, position: gen_lsp_types::Position) -> Option<Hover> {
    // The settings are no source of the workspace.
    let mut sources = SourceMap::default();
    let id = sources.add(CONFIG_FILE, text.to_owned(), Origin::Workspace);
    let (file, encoding) = (sources.file(id), look.client.encoding);
    let offset = encoding.offset(file, position);
    let (range, said) = with_links(look, |links| ide::hover_of_settings(look.snapshot, text, offset, links))?;
    Some(answer(look, said, encoding.range(file, Span::of(id, range))))
}

fn answer(look: Look<'_>, markdown: String, range: Range) -> Hover {
    Hover { contents: Contents::MarkupContent(look.client.markup(markdown)), range: Some(range) }
}

/// Links lead to the line of a file.
fn with_links<T>(look: Look<'_>, work: impl FnOnce(Links<'_>) -> T) -> T {
    let place = |span: Span| {
        let location = look.location_to_read(span)?;
        Some(format!("{}#L{}", location.uri.0, location.range.start.line + 1))
    };
    let file = |from: FileId, path: &str| {
        let path = ide::file_of_link(look.snapshot, from, path)?;
        look.uri_of_path(&path).map(|uri| uri.0)
    };
    work(Links { place: &place, file: &file })
}
