//! `textDocument/formatting`, `rangeFormatting`, `rangesFormatting` and `onTypeFormatting`

use gen_lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams,
    DocumentRangesFormattingParams, TextEdit,
};

use serde_json::{Value, json};

use crate::diagnostic::Edit;
use crate::ide;
use crate::lsp::session::{Look, Session};

/// What the client is told of formatting while somebody types.
pub(in crate::lsp) fn on_types() -> Value {
    json!({ "firstTriggerCharacter": "}", "moreTriggerCharacter": ["\n"] })
}

/// The same of formatting parts of a text.
pub(in crate::lsp) fn of_ranges() -> Value {
    json!({ "rangesSupport": true })
}

pub(in crate::lsp) fn document(session: &mut Session, params: &DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let look = sources(session.look(&params.text_document.uri)?)?;
    Some(convert(look, ide::formatting(look.file, look.snapshot.text(look.file))))
}

pub(in crate::lsp) fn range(session: &mut Session, params: &DocumentRangeFormattingParams) -> Option<Vec<TextEdit>> {
    let look = sources(session.look(&params.text_document.uri)?)?;
    Some(convert(look, ide::range_formatting(look.snapshot, look.file, &[look.span(params.range)])))
}

pub(in crate::lsp) fn ranges(session: &mut Session, params: &DocumentRangesFormattingParams) -> Option<Vec<TextEdit>> {
    let look = sources(session.look(&params.text_document.uri)?)?;
    let ranges: Vec<_> = params.ranges.iter().map(|range| look.span(*range)).collect();
    Some(convert(look, ide::range_formatting(look.snapshot, look.file, &ranges)))
}

pub(in crate::lsp) fn on_type(session: &mut Session, params: &DocumentOnTypeFormattingParams) -> Option<Vec<TextEdit>> {
    let look = sources(session.look(&params.text_document.uri)?)?;
    let typed = params.ch.chars().next()?;
    let offset = look.offset(params.position);
    Some(convert(look, ide::typing_formatting(look.snapshot, look.file, offset, typed)))
}

/// The document if it is a source: settings and Markdown are none of the formatter's business.
fn sources(look: Look<'_>) -> Option<Look<'_>> {
    look.snapshot.tree(look.file).is_some().then_some(look)
}

fn convert(look: Look<'_>, edits: Vec<Edit>) -> Vec<TextEdit> {
    edits.into_iter().map(|edit| TextEdit { range: look.range(edit.span), new_text: edit.replacement }).collect()
}
