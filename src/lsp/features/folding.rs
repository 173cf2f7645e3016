//! `textDocument/foldingRange`

use gen_lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use crate::ide::{self, Fold, FoldSort};
use crate::lsp::session::{Look, Session};

pub(in crate::lsp) fn ranges(session: &mut Session, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let look = session.look(&params.text_document.uri)?;
    let can = look.client.capabilities.text_document.as_ref().and_then(|it| it.folding_range.as_ref());
    let whole_lines = can.and_then(|can| can.line_folding_only).unwrap_or_default();
    let limit = can.and_then(|can| can.range_limit).map_or(usize::MAX, |limit| limit as usize);
    let mut folds = ide::folds(look.snapshot, look.file);
    if folds.len() > limit {
        // Those around others are worth more.
        folds.sort_by_key(|fold| (fold.depth, fold.span.start));
        folds.truncate(limit);
        folds.sort_by_key(|fold| fold.span.start);
    }
    Some(folds.into_iter().filter_map(|fold| convert(look, fold, whole_lines)).collect())
}

fn convert(look: Look<'_>, fold: Fold, whole_lines: bool) -> Option<FoldingRange> {
    let range = look.range(fold.span);
    let kind = (fold.sort == FoldSort::Comment).then_some(FoldingRangeKind::Comment);
    if !whole_lines {
        let (start, end) = (range.start, range.end);
        return Some(FoldingRange::new(start.line, Some(start.character), end.line, Some(end.character), kind, None));
    }
    // The line with the closing brace stays: what follows on it would be lost.
    let end = if fold.sort == FoldSort::Inside { range.end.line - 1 } else { range.end.line };
    (range.start.line < end).then(|| FoldingRange::new(range.start.line, None, end, None, kind, None))
}
