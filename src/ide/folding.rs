//! What can be folded away: blocks, lists, documentation, comments, long texts, and runs of edges.

use std::collections::BTreeMap;

use super::Snapshot;
use super::parts::{self, Part};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::ast::{File, Statement, TriviaKind, ValueKind};

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldSort {
    /// What stands between braces, brackets or quotes; the span is what is inside of them.
    Inside,
    /// Documentation or comments.
    Comment,
    /// Edges, one after the other.
    Edges,
}

/// Something that can be folded: it goes over several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// What it is.
    pub sort: FoldSort,
    /// What disappears, but for the rest of its first line in editors that fold whole lines.
    pub span: Span,
    /// In how many others it stands.
    pub depth: usize,
}

/// From how many edges on they are a run that can be folded.
const RUN: usize = 3;

/// What can be folded in a file, in its order; of several that begin on one line, the largest.
pub fn folds(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let Some(tree) = snapshot.tree(file) else { return Vec::new() };
    let mut folds = Folds { source: snapshot.workspace.sources.file(file), by_line: BTreeMap::new() };
    if let Some(doc) = &tree.doc {
        folds.add(FoldSort::Comment, doc.span, 0);
    }
    folds.statements(&tree.statements, 0);
    folds.comments(tree);
    folds.by_line.into_values().collect()
}

struct Folds<'s> {
    source: &'s SourceFile,
    by_line: BTreeMap<usize, Fold>,
}

impl Folds<'_> {
    fn line(&self, offset: u32) -> usize {
        self.source.line_at(offset as usize).0
    }

    fn add(&mut self, sort: FoldSort, span: Span, depth: usize) {
        let first = self.line(span.start);
        if first == self.line(span.end) {
            return;
        }
        let fold = Fold { sort, span, depth };
        self.by_line
            .entry(first)
            .and_modify(|it| {
                if it.span.end < span.end {
                    *it = fold;
                }
            })
            .or_insert(fold);
    }

    fn statements(&mut self, statements: &[Statement], depth: usize) {
        for statement in statements {
            parts::of(statement, &mut |part| match part {
                Part::Doc(doc) => self.add(FoldSort::Comment, doc.span, depth),
                Part::Text(text) => self.add(FoldSort::Inside, between(text.span, 3), depth),
                Part::Value(value) => match value.kind {
                    ValueKind::Text(_) => self.add(FoldSort::Inside, between(value.span, 3), depth),
                    ValueKind::List(_) => self.add(FoldSort::Inside, between(value.span, 1), depth),
                    _ => {}
                },
                _ => {}
            });
            for block in statement.blocks() {
                let inside =
                    Span { start: block.span.start + 1, end: block.span.end - u32::from(block.closed), ..block.span };
                self.add(FoldSort::Inside, inside, depth);
                self.statements(&block.statements, depth + 1);
            }
        }
        self.runs(statements, depth);
    }

    /// Edges that follow one another line by line.
    fn runs(&mut self, statements: &[Statement], depth: usize) {
        let follows = |before: &Statement, next: &Statement| {
            let are_edges = matches!((before, next), (Statement::Edge(_), Statement::Edge(_)));
            are_edges && self.line(parts::whole_span(next).start) <= self.line(before.span().end) + 1
        };
        let runs: Vec<Span> = statements
            .chunk_by(follows)
            .filter(|run| run.len() >= RUN)
            .filter_map(|run| Some(parts::whole_span(run.first()?).to(run.last()?.span())))
            .collect();
        for run in runs {
            self.add(FoldSort::Edges, run, depth);
        }
    }

    /// Comments on lines of their own that follow one another.
    fn comments(&mut self, tree: &File) {
        let comments: Vec<Span> =
            tree.trivia.iter().filter(|it| it.kind == TriviaKind::Comment).map(|it| it.span).collect();
        let stands_alone = |span: &Span| {
            let (_, start) = self.source.line_at(span.start as usize);
            self.source.text().get(start..span.start as usize).is_some_and(|before| before.trim().is_empty())
        };
        let follows = |before: &Span, next: &Span| {
            stands_alone(before) && stands_alone(next) && self.line(next.start) == self.line(before.end) + 1
        };
        let runs: Vec<Span> =
            comments.chunk_by(follows).filter_map(|run| Some(run.first()?.to(*run.last()?))).collect();
        for run in runs {
            self.add(FoldSort::Comment, run, 0);
        }
    }
}

/// What stands between signs of so many bytes at both ends.
fn between(span: Span, signs: usize) -> Span {
    let length = span.range().len();
    span.slice(signs.min(length), length.saturating_sub(signs).max(signs.min(length)))
}
