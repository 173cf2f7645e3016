//! `textDocument/inlayHint`

use gen_lsp_types::{InlayHint, InlayHintParams, Label, Tooltip};

use crate::ide::{self, Wanted};
use crate::lsp::session::Session;

pub(in crate::lsp) fn hints(session: &mut Session, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    session.version(&params.text_document.uri)?;
    session.told.hints(&params.text_document.uri);
    let look = session.look(&params.text_document.uri)?;
    let settings = look.client.settings.inlay_hints;
    let wanted = Wanted { load: settings.load, cost: settings.cost, defaults: settings.defaults };
    let hints = ide::hints(look.snapshot, look.span(params.range), wanted).into_iter().map(|hint| InlayHint {
        position: look.range(hint.place).start,
        label: Label::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(Tooltip::MarkupContent(look.client.markup(hint.tooltip))),
        padding_left: Some(true),
        padding_right: Some(false),
        data: None,
    });
    Some(hints.collect())
}
