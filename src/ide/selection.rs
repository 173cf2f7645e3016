//! What a selection grows to: word, path, value, statement, block and so on, up to the whole file.

use super::Snapshot;
use super::parts::{self, Part};
use crate::docs;
use crate::source::{FileId, Span};
use crate::syntax::ast::{Block, Statement, ValueKind};

/// The stretches around a place, each larger than the one before it and around it.
pub fn selections(snapshot: &Snapshot, file: FileId, offset: usize) -> Vec<Span> {
    let text = snapshot.text(file);
    let whole = Span::of(file, 0..text.len());
    let mut around = Around { text, at: Span::of(file, offset..offset), found: vec![whole] };
    if let Some(tree) = snapshot.tree(file) {
        tree.doc.iter().for_each(|doc| around.add(doc.span));
        tree.trivia.iter().for_each(|trivia| around.add(trivia.span));
        around.statements(&tree.statements);
    }
    around.words();
    let Around { mut found, .. } = around;
    found.sort_by_key(|span| (span.range().len(), span.start));
    let mut chain: Vec<Span> = Vec::new();
    for span in found {
        if chain.last().is_none_or(|last| span.contains(*last) && span != *last) {
            chain.push(span);
        }
    }
    chain
}

struct Around<'t> {
    text: &'t str,
    /// The place, as an empty span.
    at: Span,
    found: Vec<Span>,
}

impl Around<'_> {
    fn add(&mut self, span: Span) {
        if span.contains(self.at) && span.start < span.end {
            self.found.push(span);
        }
    }

    fn statements(&mut self, statements: &[Statement]) {
        let from = statements.partition_point(|it| it.span().end < self.at.start);
        // Where two statements meet, both are around the place, and the smaller one is taken.
        for statement in statements.iter().skip(from).take(2) {
            let whole = parts::whole_span(statement);
            if !whole.contains(self.at) {
                continue;
            }
            self.add(whole);
            self.add(statement.span());
            parts::of(statement, &mut |part| self.part(part));
            statement.blocks().for_each(|block| self.block(block));
        }
    }

    fn part(&mut self, part: Part<'_>) {
        let span = part.span();
        if !span.contains(self.at) {
            return;
        }
        self.add(span);
        match part {
            Part::Name(path, _) => path.segments().for_each(|(_, segment)| self.add(segment)),
            Part::Doc(doc) => {
                doc.lines.iter().for_each(|line| self.add(*line));
                for link in docs::links(&doc.text) {
                    self.add(doc.span_of(link.range));
                    self.add(doc.span_of(link.text));
                    self.add(doc.span_of(link.target_range));
                }
            }
            Part::Text(_) => self.add(self.inside(span)),
            Part::Value(value) => match value.kind {
                ValueKind::Text(_) | ValueKind::List(_) => self.add(self.inside(span)),
                _ => {}
            },
            Part::Arrow(_) | Part::Whole(_) => {}
        }
    }

    fn block(&mut self, block: &Block) {
        self.add(block.span);
        self.add(self.inside(Span { end: block.span.end + u32::from(!block.closed), ..block.span }));
        self.statements(&block.statements);
    }

    /// What stands between the signs at both ends, without the blanks there.
    fn inside(&self, span: Span) -> Span {
        let range = span.range();
        let text = self.text.get(range.start..range.end.min(self.text.len())).unwrap_or_default();
        let signs = if text.starts_with("\"\"\"") && text.len() >= 6 { 3 } else { 1 };
        let Some(inside) = text.get(signs..text.len().saturating_sub(signs)) else { return span };
        let start = signs + (inside.len() - inside.trim_start().len());
        span.slice(start, start + inside.trim().len())
    }

    /// The word and the text of the line: all that is known where nothing is understood.
    fn words(&mut self) {
        let at = self.text.floor_char_boundary(self.at.start as usize);
        let (before, after) = self.text.split_at(at);
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let is_line = |c: char| !matches!(c, '\n' | '\r');
        for test in [&is_word as &dyn Fn(char) -> bool, &is_line] {
            let start = before.rfind(|c| !test(c)).map_or(0, |at| self.text.ceil_char_boundary(at + 1));
            let end = after.find(|c| !test(c)).map_or(self.text.len(), |length| at + length);
            let stretch = self.text.get(start..end).unwrap_or_default();
            let start = start + (stretch.len() - stretch.trim_start().len());
            self.add(Span::of(self.at.file, start..start + stretch.trim().len()));
        }
    }
}
