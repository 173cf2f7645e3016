//! What formatting changes, as small edits: the cursor and all that is right stay where they are.

use std::borrow::Cow;

use super::Snapshot;
use super::parts::whole_span;
use super::position::{Inside, Position};
use crate::diagnostic::Edit;
use crate::format::format;
use crate::source::{FileId, Span};
use crate::syntax::ast::{File, Statement, TriviaKind};

/// The edits that give the text of a file the one style. How lines end is the editor's matter: where they end as on Windows,
/// they go on doing so.
pub fn formatting(file: FileId, text: &str) -> Vec<Edit> {
    changes(file, text, &styled(text, &format(text).text))
}

/// A text whose lines end as those of another one do.
fn styled<'t>(like: &str, text: &'t str) -> Cow<'t, str> {
    if like.contains("\r\n") { Cow::Owned(text.replace('\n', "\r\n")) } else { Cow::Borrowed(text) }
}

/// The same for the statements that some ranges touch, wholly.
pub fn range_formatting(snapshot: &Snapshot, file: FileId, ranges: &[Span]) -> Vec<Edit> {
    let text = snapshot.text(file);
    let statements = snapshot.tree(file).map(|tree| tree.statements.as_slice()).unwrap_or_default();
    let ranges: Vec<Span> = ranges.iter().map(|range| with_indent(text, grown(statements, *range))).collect();
    let mut edits = formatting(file, text);
    edits.retain(|edit| ranges.iter().any(|range| range.contains(edit.span)));
    edits
}

/// The edits after a `}` or a line break has been typed: they style the statement that it has finished, and nothing else.
/// What is behind the cursor stays, and so does the line that the cursor is on, up to it.
pub fn typing_formatting(snapshot: &Snapshot, file: FileId, offset: usize, typed: char) -> Vec<Edit> {
    let mut edits = finishing(snapshot, file, offset, typed);
    let stripped = (typed == '\n').then(|| trailing(snapshot.text(file), file, offset)).flatten();
    // Where the statement has been styled, its end has been, too.
    edits.extend(stripped.filter(|edit| edits.iter().all(|it| it.span.end <= edit.span.start)));
    edits
}

/// What takes the blanks at the end of the line away that a line break has just ended. In texts and in Markdown they may
/// have a meaning.
fn trailing(text: &str, file: FileId, offset: usize) -> Option<Edit> {
    let line_break = text.get(..offset)?.rfind('\n')?;
    let before = text.get(..line_break)?.trim_end_matches('\r');
    let end = before.trim_end_matches([' ', '\t']).len();
    let is_code = matches!(Position::at(text, end).inside, Inside::Code | Inside::Comment);
    let span = Span::of(file, end..before.len());
    (is_code && end < before.len()).then(|| Edit { span, replacement: String::new() })
}

fn finishing(snapshot: &Snapshot, file: FileId, offset: usize, typed: char) -> Vec<Edit> {
    let text = snapshot.text(file);
    let Some(tree) = snapshot.tree(file) else { return Vec::new() };
    let before = text.get(..offset).unwrap_or_default();
    let end = match typed {
        '}' if before.ends_with('}') => offset,
        '\n' => match before.rfind('\n') {
            Some(line_break) => {
                before_comment(text, tree, before.get(..line_break).unwrap_or_default().trim_end().len())
            }
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let Some((statement, depth)) = finished(&tree.statements, end) else { return Vec::new() };
    let span = with_indent(text, statement.span());
    let Some(excerpt) = text.get(span.range()) else { return Vec::new() };
    let around = styled(text, &"group g {\n".repeat(depth)).into_owned();
    let wrapped = format!("{around}{excerpt}\n{}", "}\n".repeat(depth));
    let formatted = format(&wrapped);
    // What cannot be read is not finished.
    if !formatted.kept.is_empty() {
        return Vec::new();
    }
    let (from, to) = (around.len(), around.len() + excerpt.len());
    // Behind a `{` there is no indent to set.
    let line = text.get(..span.range().start).unwrap_or_default();
    let begins_line = line.is_empty() || line.ends_with('\n');
    let edits = changes(file, &wrapped, &styled(text, &formatted.text)).into_iter().filter_map(|edit| {
        let range = edit.span.range();
        let is_indent = range.start == from;
        let is_inside = from <= range.start && range.end <= to && range.start != to && (begins_line || !is_indent);
        is_inside.then(|| Edit { span: span.slice(range.start - from, range.end - from), ..edit })
    });
    edits.collect()
}

/// Where the text of a line ends that ends at an offset, without the comment there may be.
fn before_comment(text: &str, tree: &File, end: usize) -> usize {
    let at = tree.trivia.partition_point(|trivia| trivia.span.range().end < end);
    let comment = tree.trivia.get(at).filter(|it| it.kind == TriviaKind::Comment && it.span.range().end == end);
    let before = comment.and_then(|comment| text.get(..comment.span.range().start));
    before.map_or(end, |before| before.trim_end().len())
}

/// The innermost statement that ends at an offset, and in how many blocks it stands.
fn finished(mut statements: &[Statement], end: usize) -> Option<(&Statement, usize)> {
    for depth in 0.. {
        let at = statements.partition_point(|statement| statement.span().range().end < end);
        let statement = statements.get(at).filter(|statement| statement.span().range().start < end)?;
        if statement.span().range().end == end {
            return Some((statement, depth));
        }
        let inside = statement.blocks().find(|block| block.span.range().contains(&end))?;
        statements = &inside.statements;
    }
    None
}

/// A range, grown until it holds all statements that it touches, of the innermost block around it.
fn grown(mut statements: &[Statement], range: Span) -> Span {
    loop {
        let from = statements.partition_point(|statement| statement.span().end < range.start);
        let to = statements.partition_point(|statement| whole_span(statement).start <= range.end);
        let touched = statements.get(from..to).unwrap_or_default();
        let [first, ..] = touched else { return range };
        let around = first.blocks().find(|block| {
            block.closed && block.span.start < range.start && range.end < block.span.end && touched.len() == 1
        });
        match around {
            Some(block) => statements = &block.statements,
            None => return touched.iter().fold(range, |range, statement| range.to(whole_span(statement))),
        }
    }
}

/// A span with the blanks before it on its line.
fn with_indent(text: &str, span: Span) -> Span {
    let before = text.get(..span.range().start).unwrap_or_default();
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    Span { start: span.start.saturating_sub(u32::try_from(blanks).unwrap_or_default()), ..span }
}

// ---- Edits ----------------------------------------------------------------------------------------------------------

/// What is otherwise in a formatted text. Formatting changes only white space and commas, so that the rest of both texts
/// is the same, and one walk along it finds all that differs.
fn changes(file: FileId, old: &str, new: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    loop {
        let (old_rest, new_rest) = (old.get(old_at..).unwrap_or_default(), new.get(new_at..).unwrap_or_default());
        let (old_gap, new_gap) = (gap(old_rest), gap(new_rest));
        if old_gap != new_gap {
            edits.push(edit(file, old_at, old_gap, new_gap));
        }
        let (old_rest, new_rest) =
            (old_rest.get(old_gap.len()..).unwrap_or_default(), new_rest.get(new_gap.len()..).unwrap_or_default());
        if old_rest.is_empty() && new_rest.is_empty() {
            return edits;
        }
        let both = old_rest.chars().zip(new_rest.chars());
        let same: usize = both.take_while(|(a, b)| a == b && !is_gap(*a)).map(|(c, _)| c.len_utf8()).sum();
        if same == 0 {
            // Nothing like it is known to happen; the right text is worth more than a small edit.
            return vec![Edit { span: Span::of(file, 0..old.len()), replacement: new.to_owned() }];
        }
        old_at += old_gap.len() + same;
        new_at += new_gap.len() + same;
    }
}

fn is_gap(c: char) -> bool {
    c == ',' || c.is_whitespace()
}

fn gap(text: &str) -> &str {
    text.get(..text.find(|c| !is_gap(c)).unwrap_or(text.len())).unwrap_or_default()
}

/// The edit that makes one gap another, without what both begin or end with.
fn edit(file: FileId, at: usize, old: &str, new: &str) -> Edit {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let kept = |text: &str| text.get(..text.len() - end).unwrap_or_default().to_owned();
    Edit { span: Span::of(file, at + start..at + start + kept(old).len()), replacement: kept(new) }
}
