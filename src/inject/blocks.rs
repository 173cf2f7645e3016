//! Blocks: what stands between two markers.

use std::ops::Range;

use super::codes;
use super::lay::Layout;
use super::markers::{Marker, markers};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::suggest::nearest;

const BEGIN: &str = "begin";
const END: &str = "end";

/// A block.
pub(super) struct Block {
    /// The marker that begins it.
    pub(super) marker: Range<usize>,
    /// What follows `begin` in it.
    pub(super) words: Range<usize>,
    /// The lines between the markers.
    pub(super) content: Range<usize>,
    /// How they are laid out.
    pub(super) layout: Layout,
}

/// The blocks of a text, and what is wrong with its markers.
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Finds the blocks of a text.
pub(super) fn find(text: &str, file: FileId) -> Found {
    let mut finder = Finder {
        file,
        open: None,
        stray: 0,
        misplaced: None,
        is_lost: false,
        found: Found { blocks: Vec::new(), findings: Vec::new() },
    };
    for marker in markers(text) {
        finder.take(text, marker);
    }
    finder.finish()
}

struct Finder {
    file: FileId,
    /// The block that has not ended yet.
    open: Option<Block>,
    /// How many blocks lacked an end when the next one began. If these were meant to nest, there are as many ends too many.
    stray: usize,
    /// The line where a marker was last that does not stand alone.
    misplaced: Option<usize>,
    /// Whether a marker has been reported that may have been meant to begin a block.
    is_lost: bool,
    found: Found,
}

impl Finder {
    fn take(&mut self, text: &str, marker: Marker) {
        let words = text.get(marker.words.clone()).unwrap_or_default();
        let verb = words.split_whitespace().next().unwrap_or_default();
        let Some(layout) = marker.layout else {
            // Of several on one line, what is said of the first says it all.
            if self.misplaced != Some(marker.line.start) {
                self.misplaced = Some(marker.line.start);
                self.report_lost(misplaced(self.span(&marker.range)));
            }
            return;
        };
        match verb {
            BEGIN => {
                self.begin(&marker.range, marker.words.start + BEGIN.len()..marker.words.end, marker.line.end, layout);
            }
            END if words == END => self.end(&marker.range, marker.line.start),
            END => {
                let more = marker.words.start + END.len()..marker.words.end;
                self.report(
                    Diagnostic::new(codes::UNKNOWN, self.span(&more), "nothing stands after `end`")
                        .help("leave it out"),
                );
            }
            _ => {
                let span = self.span(&(marker.words.start..marker.words.start + verb.len()));
                self.report_lost(unknown(verb, span));
            }
        }
    }

    fn begin(&mut self, marker: &Range<usize>, words: Range<usize>, content: usize, layout: Layout) {
        let block = Block { marker: marker.clone(), words, content: content..content, layout };
        let Some(open) = self.open.replace(block) else { return };
        self.stray += 1;
        // One that is in another has a neighbour without an end, which is said once.
        if self.stray == 1 {
            let finding = Diagnostic::new(codes::NESTED, self.span(marker), "a block begins inside of another one");
            let finding =
                finding.label("this one").also(self.span(&open.marker), "inside of this one, which has not ended");
            self.report(finding.help("write `<!-- archc:end -->` before it: blocks do not nest"));
        }
    }

    fn end(&mut self, marker: &Range<usize>, line: usize) {
        let Some(mut block) = self.open.take() else {
            if std::mem::take(&mut self.is_lost) {
                return;
            }
            if self.stray > 0 {
                self.stray -= 1;
                return;
            }
            let finding = Diagnostic::new(codes::UNOPENED, self.span(marker), "no block begins before this end");
            return self.report(finding.help("write `<!-- archc:begin … -->` before it, or take it out"));
        };
        block.content.end = line;
        self.found.blocks.push(block);
    }

    fn finish(mut self) -> Found {
        let has_been_said = self
            .found
            .findings
            .iter()
            .any(|it| [codes::NESTED, codes::MISPLACED, codes::UNKNOWN].contains(&it.code.as_ref()));
        if let Some(block) = self.open.take().filter(|_| !has_been_said) {
            let finding = Diagnostic::new(codes::UNCLOSED, self.span(&block.marker), "this block never ends");
            self.report(
                finding
                    .help("write `<!-- archc:end -->` on a line of its own where it ends; in a code block it is none"),
            );
        }
        self.found
    }

    fn report_lost(&mut self, finding: Diagnostic) {
        self.is_lost = self.open.is_none();
        self.report(finding);
    }

    fn report(&mut self, finding: Diagnostic) {
        self.found.findings.push(finding);
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::of(self.file, range.clone())
    }
}

fn misplaced(span: Span) -> Diagnostic {
    Diagnostic::new(codes::MISPLACED, span, "a marker stands on a line of its own, as a comment on one line")
        .help("put it on a line of its own, outside of paragraphs and tables")
}

fn unknown(verb: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::new(codes::UNKNOWN, span, format!("there is no marker `archc:{verb}`"));
    finding
        .did_you_mean(verb, span, nearest(verb, [BEGIN, END]), || "there are `archc:begin` and `archc:end`".to_owned())
}
