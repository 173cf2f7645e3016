//! What stays as it is: the lines of everything that has a mistake.
//!
//! A region is made of whole lines, and a statement lies in it wholly or not at all; only a block that begins and ends on
//! other lines than the region lies around it.

use std::ops::Range;

use super::pieces::Pieces;
use crate::syntax::Parse;
use crate::syntax::ast::{Block, File, Statement};
use crate::syntax::tokens::TokenKind;

/// A wrong escape does not blur where its text ends.
const HARMLESS: &str = "syntax/escape";

/// The regions of a file, in its order, and apart from one another.
pub(super) fn unreadable(pieces: &Pieces<'_>, parse: &Parse) -> Vec<Range<usize>> {
    let mut mistakes: Vec<Range<usize>> =
        parse.diagnostics.iter().filter(|it| it.code != HARMLESS).map(|it| it.primary.span.range()).collect();
    let lone_braces = around_lone_braces(pieces, parse);
    let are_all_paired = lone_braces.is_empty();
    mistakes.extend(lone_braces);
    mistakes.extend(pieces.iter().filter(|piece| piece.kind == TokenKind::Error).map(|piece| piece.range.clone()));
    let mut search = Search { pieces, tree: &parse.tree, found: mistakes };
    let end = pieces.text.len();
    search.gaps(&parse.tree.statements, 0, end);
    let Search { found: mut mistakes, .. } = search;
    mistakes.sort_by_key(|mistake| mistake.start);
    let mut regions: Vec<Range<usize>> = Vec::new();
    for mistake in mistakes {
        if regions.last().is_some_and(|last| mistake.end <= last.end) {
            continue;
        }
        let mut region = grown_until_whole(pieces, &parse.tree.statements, pieces.lines(&mistake));
        if !are_all_paired && region.end < pieces.text.len() {
            // A block without its `}` reaches over the blank lines behind it; other white space than the language's is no blank.
            region.end = region.start + pieces.slice(&region).trim_end_matches([' ', '\t', '\r', '\n']).len();
        }
        while let Some(last) = regions.pop_if(|last| region.start <= last.end) {
            region.start = region.start.min(last.start);
            region.end = region.end.max(last.end);
        }
        regions.push(region);
    }
    regions
}

/// What is understood by its indentation keeps it: the statements at the top with a brace that lacks its partner, or all of the
/// file if nobody can tell what that is part of.
fn around_lone_braces(pieces: &Pieces<'_>, parse: &Parse) -> Vec<Range<usize>> {
    let statements = &parse.tree.statements;
    let around = |place: &usize| {
        let at = statements.partition_point(|it| it.span().range().end <= *place);
        let statement = statements.get(at).map(|it| start_of(it)..it.span().range().end);
        let line = pieces.lines(&(*place..*place + 1));
        let is_alone = pieces.slice(&line).trim() == "}";
        statement.filter(|range| range.contains(place)).or(is_alone.then_some(line))
    };
    let places = parse.lone_braces();
    let regions = places.and_then(|places| places.iter().map(around).collect::<Option<Vec<_>>>());
    regions.unwrap_or_else(|| std::iter::once(0..pieces.text.len()).collect())
}

/// Where a statement begins: at its documentation or its attributes, if it has them.
fn start_of(statement: &Statement) -> usize {
    let preamble = statement.preamble();
    let doc = preamble.and_then(|preamble| preamble.doc.as_ref()).map(|doc| doc.span);
    let attribute = preamble.and_then(|preamble| preamble.attributes.first()).map(|attribute| attribute.span);
    let spans = doc.into_iter().chain(attribute).chain([statement.span()]);
    spans.map(|span| span.range().start).min().unwrap_or_default()
}

/// The search for what no statement of the tree accounts for.
struct Search<'s, 't> {
    pieces: &'s Pieces<'t>,
    tree: &'s File,
    found: Vec<Range<usize>>,
}

impl Search<'_, '_> {
    /// Looks between the statements of a body, from one piece up to a byte offset.
    fn gaps(&mut self, statements: &[Statement], mut index: usize, end: usize) {
        let mut unknown: Option<Range<usize>> = None;
        let mut statements = statements.iter().peekable();
        while let Some(piece) = self.pieces.get(index).filter(|piece| piece.range.start < end) {
            let at = piece.range.clone();
            match statements.peek().map(|next| (start_of(next), next.span().range())) {
                Some((_, span)) if span.start <= at.start => {
                    self.found.extend(unknown.take());
                    statements.next().into_iter().flat_map(Statement::blocks).for_each(|block| self.inside(block));
                    index = self.pieces.index_at(span.end).max(index + 1);
                    continue;
                }
                Some((start, _)) if start <= at.start => self.found.extend(unknown.take()),
                _ if self.may_stand_alone(index) => {}
                _ => unknown = Some(unknown.map_or(at.start, |before| before.start)..at.end),
            }
            index += 1;
        }
        self.found.extend(unknown);
    }

    fn inside(&mut self, block: &Block) {
        let span = block.span.range();
        self.gaps(&block.statements, self.pieces.index_at(span.start + 1), span.end - usize::from(block.closed));
    }

    fn may_stand_alone(&self, index: usize) -> bool {
        let Some(piece) = self.pieces.get(index) else { return true };
        let file_doc = self.tree.doc.as_ref().map(|doc| doc.span.range());
        match piece.kind {
            TokenKind::Comment => true,
            TokenKind::Doc => file_doc.is_some_and(|doc| doc == piece.range),
            _ => self.pieces.is_sign(index, ","),
        }
    }
}

/// Lets a region grow until no statement lies partly in it.
fn grown_until_whole(pieces: &Pieces<'_>, statements: &[Statement], mut region: Range<usize>) -> Range<usize> {
    loop {
        let before = region.clone();
        region = grown(pieces, statements, region);
        region = with_commas_around(pieces, &region);
        region = with_whole_pieces(pieces, region);
        if region == before {
            return region;
        }
    }
}

/// Documentation and texts may go on over the ends of a region.
fn with_whole_pieces(pieces: &Pieces<'_>, region: Range<usize>) -> Range<usize> {
    let last_before = |offset| pieces.index_at(offset).checked_sub(1).and_then(|index| pieces.get(index));
    let start = last_before(region.start).filter(|piece| piece.range.end > region.start);
    let end = last_before(region.end).filter(|piece| piece.range.end > region.end);
    let start = start.map_or(region.start, |piece| pieces.lines(&piece.range).start);
    let end = end.map_or(region.end, |piece| pieces.lines(&piece.range).end);
    start..end
}

fn grown(pieces: &Pieces<'_>, statements: &[Statement], mut region: Range<usize>) -> Range<usize> {
    let from = statements.partition_point(|statement| statement.span().range().end < region.start);
    let touched = statements.get(from..).unwrap_or_default();
    let touched = touched.get(..touched.partition_point(|it| start_of(it) <= region.end)).unwrap_or_default();
    // Those between the first and the last lie in the region wholly.
    for statement in touched.first().into_iter().chain(touched.last()) {
        if let Some(block) = statement.blocks().find(|block| lies_around(pieces, block, &region)) {
            return grown(pieces, &block.statements, region);
        }
        let whole = pieces.lines(&(start_of(statement)..statement.span().range().end));
        region = region.start.min(whole.start)..region.end.max(whole.end);
    }
    region
}

/// Whether a block begins and ends on other lines than those of the region.
fn lies_around(pieces: &Pieces<'_>, block: &Block, region: &Range<usize>) -> bool {
    let span = block.span.range();
    let first = pieces.lines(&(span.start..span.start + 1));
    let last = pieces.lines(&(span.end.saturating_sub(1)..span.end));
    block.closed && first.end < region.start && region.end < last.start
}

/// A comma before or behind a region may be what keeps the two sides of it apart: it belongs to the region.
fn with_commas_around(pieces: &Pieces<'_>, region: &Range<usize>) -> Range<usize> {
    let is_comment = |index: &usize| pieces.is(*index, TokenKind::Comment);
    let lines_of_comma = |index: Option<usize>| {
        let comma = index.filter(|index| pieces.is_sign(*index, ",")).and_then(|index| pieces.get(index));
        comma.map(|comma| pieces.lines(&comma.range))
    };
    let before = (0..pieces.index_at(region.start)).rev().find(|index| !is_comment(index));
    let behind = (pieces.index_at(region.end)..pieces.index_at(pieces.text.len())).find(|index| !is_comment(index));
    let start = lines_of_comma(before).map_or(region.start, |lines| lines.start);
    start..lines_of_comma(behind).map_or(region.end, |lines| lines.end)
}
