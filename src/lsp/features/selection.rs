//! `textDocument/selectionRange`

use gen_lsp_types::{SelectionRange, SelectionRangeParams};

use crate::ide;
use crate::lsp::session::Session;

pub(in crate::lsp) fn ranges(session: &mut Session, params: SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let look = session.look(&params.text_document.uri)?;
    let around = |position| {
        let place = look.place(position);
        let spans = ide::selections(look.snapshot, look.file, place.range().start).into_iter().rev();
        let chain = spans.fold(None, |parent: Option<SelectionRange>, span| {
            Some(SelectionRange::new(look.range(span), parent.map(Box::new)))
        });
        chain.unwrap_or_else(|| SelectionRange::new(look.range(place), None))
    };
    Some(params.positions.into_iter().map(around).collect())
}
