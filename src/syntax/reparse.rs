//! Parsing again after a change, from the statements around it.
//!
//! From the start of a statement on, the grammar reads the same whatever stands before it, and a statement that was read
//! without a mistake has looked no further than to the start of the next one. So it is enough to read from the statement
//! before the change to the first statement after it that begins where it began before: all others are as they were, and
//! those after it have moved. Where that cannot be known to be so, the statements around are tried, and in the end all is
//! read. A mistake may have looked further, up to the next brace, `=` or `:`; what has no such end is read as a whole.

use std::ops::Range;

use super::ast::{Block, File, Statement};
use super::lower::{Part, parse, parse_part};
use super::{Parse, spans};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// So many statements are read beyond the change, at least, before it is judged that all is as it was.
const MARGIN: usize = 3;

/// A part of a text that is larger than this part of it is not worth the trouble.
const WORTHWHILE: usize = 2;

/// Signs that begin or end what may reach over any number of statements.
const FAR_REACHING: [&str; 5] = ["\"\"\"", "/*", "*/", "<!--", "-->"];

pub(super) fn parse_again(mut before: Parse, file: FileId, old: &str, new: &str) -> Parse {
    let change = Change::between(old, new);
    if change.is_far_reaching(old, new) || (!new.is_ascii() && new.contains(super::characters::is_odd_blank)) {
        return parse(file, new);
    }
    for level in levels(&before.tree, old.len(), &change).into_iter().rev() {
        let reading = Reading { file, old, new, change: &change, known: &before.diagnostics };
        let statements = level.statements(&before.tree);
        let read = statements.and_then(|statements| reading.read(&level, statements));
        if let Some(read) = read.filter(|read| reading.is_contained(&before.tree, &level, read)) {
            splice(&mut before, &level, read, &change);
            return before;
        }
    }
    parse(file, new)
}

/// Where two texts differ.
pub(super) struct Change {
    pub(super) start: usize,
    pub(super) old_end: usize,
    pub(super) new_end: usize,
}

impl Change {
    pub(super) fn between(old: &str, new: &str) -> Change {
        let start = common_prefix(old.as_bytes(), new.as_bytes());
        let start = old.floor_char_boundary(start).min(new.floor_char_boundary(start));
        let (old_rest, new_rest) = (&old.as_bytes().get(start..), &new.as_bytes().get(start..));
        let mut same = common_suffix(old_rest.unwrap_or_default(), new_rest.unwrap_or_default());
        while !(old.is_char_boundary(old.len() - same) && new.is_char_boundary(new.len() - same)) {
            same -= 1;
        }
        Change { start, old_end: old.len() - same, new_end: new.len() - same }
    }

    /// Where an offset after the change is now.
    fn now(&self, offset: usize) -> usize {
        offset - self.old_end + self.new_end
    }

    fn is_far_reaching(&self, old: &str, new: &str) -> bool {
        let around = |text: &str, end: usize| {
            let start = text.floor_char_boundary(self.start.saturating_sub(3));
            let end = text.ceil_char_boundary((end + 3).min(text.len()));
            text.get(start..end).is_none_or(|part| FAR_REACHING.iter().any(|sign| part.contains(sign)))
        };
        around(old, self.old_end) || around(new, self.new_end)
    }

    /// Moves a place that the change is before, or inside.
    fn shift(&self, span: &mut Span) {
        let moved = |at: u32| u32::try_from(self.now(at as usize)).unwrap_or(u32::MAX);
        let is_after = |at: u32| at as usize >= self.old_end;
        if is_after(span.start) {
            span.start = moved(span.start);
        }
        if is_after(span.end) && (span.end as usize) > self.start {
            span.end = moved(span.end);
        }
    }
}

/// Blocks of so many bytes are compared at once.
const STRIDE: usize = 1024;

fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let whole =
        a.chunks(STRIDE).zip(b.chunks(STRIDE)).take_while(|(a, b)| a == b && a.len() == STRIDE).count() * STRIDE;
    let rest = a.iter().skip(whole).zip(b.iter().skip(whole)).take_while(|(a, b)| a == b).count();
    whole + rest
}

fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let whole =
        a.rchunks(STRIDE).zip(b.rchunks(STRIDE)).take_while(|(a, b)| a == b && a.len() == STRIDE).count() * STRIDE;
    let rest = a.iter().rev().skip(whole).zip(b.iter().rev().skip(whole)).take_while(|(a, b)| a == b).count();
    whole + rest
}

/// A list of statements around the change: that of the file, or of a block in it.
struct Level {
    /// The way to the block: of each list of statements, the index of the one to go into.
    way: Vec<usize>,
    /// The bytes of the text before the change that the list takes, between its braces.
    inside: Range<usize>,
}

impl Level {
    fn statements<'t>(&self, tree: &'t File) -> Option<&'t [Statement]> {
        self.way.iter().try_fold(tree.statements.as_slice(), |list, index| {
            list.get(*index).and_then(only_block).map(|block| block.statements.as_slice())
        })
    }
}

/// The lists of statements around the change, that of the file first.
fn levels(tree: &File, length: usize, change: &Change) -> Vec<Level> {
    let mut levels = vec![Level { way: Vec::new(), inside: 0..length }];
    let mut list = tree.statements.as_slice();
    let mut way = Vec::new();
    loop {
        let index = list.partition_point(|statement| (statement.span().end as usize) < change.old_end);
        let Some(block) = list.get(index).and_then(only_block).filter(|block| block.closed) else { return levels };
        let inside = block.span.start as usize + 1..(block.span.end as usize).saturating_sub(1);
        if change.start < inside.start || inside.end < change.old_end {
            return levels;
        }
        way.push(index);
        levels.push(Level { way: way.clone(), inside });
        list = block.statements.as_slice();
    }
}

/// The block of a statement that ends with the one block that it has.
fn only_block(statement: &Statement) -> Option<&Block> {
    match statement {
        Statement::Declaration(it) => it.block.as_ref(),
        Statement::Edge(it) => it.block.as_ref(),
        Statement::Section(it) => Some(&it.block),
        _ => None,
    }
}

fn only_block_mut(statement: &mut Statement) -> Option<&mut Block> {
    match statement {
        Statement::Declaration(it) => it.block.as_mut(),
        Statement::Edge(it) => it.block.as_mut(),
        Statement::Section(it) => Some(&mut it.block),
        _ => None,
    }
}

/// Whether something is wrong between a statement and the one before it: with documentation that cannot stand there, say,
/// after which nothing more is said of the statement. What is missing at the end of something stands where the next begins.
fn has_mistake_before(level: &Level, list: &[Statement], index: usize, known: &[Diagnostic]) -> bool {
    let previous = index.checked_sub(1).and_then(|index| list.get(index));
    let start = previous.map_or(level.inside.start, |statement| statement.span().end as usize);
    let end = list.get(index).map_or(level.inside.end, start_of);
    known.iter().any(|finding| (start..=end).contains(&(finding.primary.span.start as usize)))
}

/// Whether a finding in the first line of a part puts in a line that begins as its own does: with what stands before the part.
fn indents_like_its_line(finding: &Diagnostic, text: &str) -> bool {
    let puts_in_a_line = finding.fix.iter().flat_map(|fix| &fix.edits).any(|edit| edit.replacement.contains('\n'));
    puts_in_a_line && text.get(..finding.primary.span.start as usize).is_none_or(|before| !before.contains('\n'))
}

/// Where a statement begins, with what stands before it and belongs to it.
fn start_of(statement: &Statement) -> usize {
    let preamble = statement.preamble();
    let doc = preamble.and_then(|it| it.doc.as_ref()).map(|doc| doc.span.start);
    let attribute = preamble.and_then(|it| it.attributes.first()).map(|attribute| attribute.span.start);
    [doc, attribute].into_iter().flatten().fold(statement.span().start, u32::min) as usize
}

/// What was read anew: it takes the place of some statements, from one offset to another of the text before.
struct Read {
    statements: Range<usize>,
    range: Range<usize>,
    part: Part,
}

struct Reading<'t> {
    file: FileId,
    old: &'t str,
    new: &'t str,
    change: &'t Change,
    known: &'t [Diagnostic],
}

impl Reading<'_> {
    /// Reads what is needed of a list of statements; none if it cannot be told from a part what the whole is.
    fn read(&self, level: &Level, list: &[Statement]) -> Option<Read> {
        let change = self.change;
        let is_top = level.way.is_empty();
        let complete = list.partition_point(|statement| (statement.span().end as usize) < change.start);
        let first = (0..complete).rev().find(|index| !has_mistake_before(level, list, *index, self.known));
        let (first, start) = match first.and_then(|first| Some((first, start_of(list.get(first)?)))) {
            Some(found) => found,
            None if is_top => return None,
            None => (0, level.inside.start),
        };
        if !self.is_settled_before(start) {
            return None;
        }
        let after = first + list.get(first..)?.partition_point(|statement| start_of(statement) < change.old_end);
        let (beyond, end) = match self.margin(list, after) {
            Some(beyond) => (beyond, start_of(list.get(beyond)?)),
            None => (list.len(), level.inside.end),
        };
        let text = self.new.get(start..change.now(end))?;
        let is_end = beyond == list.len();
        if text.len() > self.new.len() / WORTHWHILE || !(is_end && is_top) && has_far_reaching(text) {
            return None;
        }
        if has_far_reaching(self.old.get(start..end)?) {
            return None;
        }
        let mut part = parse_part(self.file, text, level.way.len())?;
        if part.diagnostics.iter().any(|finding| indents_like_its_line(finding, text)) {
            return None;
        }
        let meets = |index: &usize| {
            let begins = change.now(start_of(list.get(*index)?)) - start;
            let at = part.statements.iter().position(|statement| start_of(statement) == begins)?;
            let inside = 0..text.len();
            let here = Level { way: Vec::new(), inside };
            let is_clean = !has_mistake_before(level, list, *index, self.known)
                && !has_mistake_before(&here, &part.statements, at, &part.diagnostics);
            is_clean.then_some((*index, begins, at))
        };
        let met = (after..beyond).find_map(|index| meets(&index));
        let Some((index, begins, at)) = met else {
            let ends_there =
                is_top || part.diagnostics.is_empty() && !text.lines().last().unwrap_or_default().contains("//");
            // A finding may stand at the very end.
            let range = start..level.inside.end + 1;
            return (is_end && ends_there).then(|| moved(part, start, first..list.len(), range));
        };
        let has_mistake = part.diagnostics.iter().any(|finding| (finding.primary.span.start as usize) < begins);
        if has_mistake && !has_stop(text.get(begins..)?) {
            return None;
        }
        part.statements.truncate(at);
        part.trivia.retain(|trivia| (trivia.span.start as usize) < begins);
        part.poisoned.retain(|path| (path.span.start as usize) < begins);
        part.diagnostics.retain(|finding| (finding.primary.span.start as usize) < begins);
        Some(moved(part, start, first..index, start..start_of(list.get(index)?)))
    }

    /// How far to read: some statements beyond the change, with a brace or a sign that ends what a mistake may look at.
    fn margin(&self, list: &[Statement], after: usize) -> Option<usize> {
        let from = start_of(list.get(after + 1)?);
        let mut beyond = after + MARGIN;
        loop {
            let to = start_of(list.get(beyond)?);
            if has_stop(self.old.get(from..to)?) {
                return Some(beyond);
            }
            beyond += MARGIN;
        }
    }

    /// Whether what was read means nothing for the statements around it. What trails a statement with a mistake in it is
    /// part of that mistake, and is not told.
    fn is_contained(&self, tree: &File, level: &Level, read: &Read) -> bool {
        let had = self.known.iter().any(|finding| read.range.contains(&(finding.primary.span.start as usize)));
        if had != read.part.diagnostics.is_empty() {
            return true;
        }
        let mut list = tree.statements.as_slice();
        level.way.iter().all(|index| {
            let Some(statement) = list.get(*index) else { return false };
            list = only_block(statement).map_or(&[], |block| block.statements.as_slice());
            let rest = self.old.get(statement.span().end as usize..).unwrap_or_default();
            rest.trim_start_matches([' ', '\t'])
                .chars()
                .next()
                .is_none_or(|next| matches!(next, '\n' | '\r' | ',' | '}'))
        })
    }

    /// Whether nothing before an offset can have looked at the change.
    fn is_settled_before(&self, start: usize) -> bool {
        let before = self.known.iter().map(|finding| finding.primary.span.start as usize).filter(|at| *at < start);
        let Some(mistake) = before.max() else { return true };
        let Some(text) = self.old.get(mistake..self.change.start) else { return false };
        let line = text.find('\n').unwrap_or(text.len());
        text.get(line..).is_some_and(has_stop)
    }
}

/// Gives what was read the places that it has in the whole text.
fn moved(mut part: Part, start: usize, statements: Range<usize>, range: Range<usize>) -> Read {
    let by = u32::try_from(start).unwrap_or(u32::MAX);
    let mut shift = |span: &mut Span| {
        *span = Span { start: span.start.saturating_add(by), end: span.end.saturating_add(by), ..*span };
    };
    for statement in &mut part.statements {
        spans::of_statement(statement, &mut shift);
    }
    part.trivia.iter_mut().for_each(|trivia| shift(&mut trivia.span));
    part.poisoned.iter_mut().for_each(|path| shift(&mut path.span));
    part.diagnostics.iter_mut().flat_map(spans::of_finding).for_each(shift);
    Read { statements, range, part }
}

/// Puts what was read anew in its place, and moves all that stands after it.
fn splice(into: &mut Parse, level: &Level, read: Read, change: &Change) {
    let Read { statements, range, part } = read;
    let mut shift = |span: &mut Span| change.shift(span);
    let mut list = &mut into.tree.statements;
    for index in &level.way {
        let after = list.get_mut(index + 1..).unwrap_or_default();
        for statement in after {
            spans::of_statement(statement, &mut shift);
        }
        let Some(statement) = list.get_mut(*index) else { return };
        set_end(statement, &mut shift);
        let Some(block) = only_block_mut(statement) else { return };
        shift(&mut block.span);
        list = &mut block.statements;
    }
    let after = list.get_mut(statements.end..).unwrap_or_default();
    for statement in after {
        spans::of_statement(statement, &mut shift);
    }
    list.splice(statements, part.statements);

    let is_inside = |span: Span| range.contains(&(span.start as usize));
    let trivia = &mut into.tree.trivia;
    let old = trivia.partition_point(|it| (it.span.start as usize) < range.start)
        ..trivia.partition_point(|it| (it.span.start as usize) < range.end);
    trivia.get_mut(old.end..).unwrap_or_default().iter_mut().for_each(|it| shift(&mut it.span));
    trivia.splice(old, part.trivia);
    into.tree.poisoned.retain(|path| !is_inside(path.span));
    into.tree.poisoned.iter_mut().for_each(|path| shift(&mut path.span));
    into.tree.poisoned.extend(part.poisoned);
    into.tree.poisoned.sort_by_key(|path| path.span.start);
    into.diagnostics.retain(|finding| !is_inside(finding.primary.span));
    into.diagnostics.iter_mut().flat_map(spans::of_finding).for_each(shift);
    into.diagnostics.extend(part.diagnostics);
}

/// The whole statement ends where its block ends.
fn set_end(statement: &mut Statement, shift: &mut impl FnMut(&mut Span)) {
    match statement {
        Statement::Declaration(it) => shift(&mut it.span),
        Statement::Edge(it) => shift(&mut it.span),
        Statement::Section(it) => shift(&mut it.span),
        _ => {}
    }
}

fn has_far_reaching(text: &str) -> bool {
    FAR_REACHING.iter().any(|sign| text.contains(sign))
}

/// Whether a text has a sign, outside of quotes, at which everything ends that was begun by mistake.
fn has_stop(text: &str) -> bool {
    let outside = text.split('\n').flat_map(|line| line.split('"').step_by(2));
    outside.into_iter().any(|part| part.contains(['{', '}', '=', ':']))
}
