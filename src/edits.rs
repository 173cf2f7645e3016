//! Changes of texts: what they make of one, and which of them can be made together.

use std::collections::BTreeMap;

use similar::{DiffOp, TextDiff};

use crate::diagnostic::Edit;
use crate::source::{FileId, Span};

/// The text after edits, all of which are edits of it; none if they overlap or lie outside of it. Of several that insert in
/// one place, the first stands first.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut after = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        after.push_str(text.get(done..range.start)?);
        // What is replaced is there, too, from one character to another.
        text.get(range.clone())?;
        after.push_str(&edit.replacement);
        done = range.end;
    }
    after.push_str(text.get(done..)?);
    Some(after)
}

/// The edits that make one text of another, line by line: what is the same in both stays where it is.
pub fn between(file: FileId, old: &str, new: &str) -> Vec<Edit> {
    let diff = TextDiff::from_lines(old, new);
    let starts = |lines: &[&str]| {
        let sums = lines.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        });
        std::iter::once(0).chain(sums).collect::<Vec<usize>>()
    };
    let (olds, news) = (starts(diff.old_slices()), starts(diff.new_slices()));
    let at = |starts: &[usize], line: usize| starts.get(line).copied().unwrap_or_default();
    let edits = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).map(|op| {
        let (before, after) = (op.old_range(), op.new_range());
        let replacement = new.get(at(&news, after.start)..at(&news, after.end)).unwrap_or_default();
        Edit {
            span: Span::of(file, at(&olds, before.start)..at(&olds, before.end)),
            replacement: replacement.to_owned(),
        }
    });
    edits.collect()
}

/// The white space that the line of an offset begins with.
pub fn indent(text: &str, offset: usize) -> &str {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default();
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
}

/// Whether nothing but white space stands before an offset on its line.
pub fn starts_line(text: &str, offset: usize) -> bool {
    let before = text.get(..offset).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().trim().is_empty()
}

/// What to take away so that nothing is left of a stretch of text: its lines where nothing else stands on them, or else the
/// blanks between it and what stands there.
pub fn removal(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(text.len(), |at| end + at + 1);
    let is_blank = |range: std::ops::Range<usize>| text.get(range).is_none_or(|text| text.trim().is_empty());
    let starts_line = is_blank(line_start..start);
    if starts_line && is_blank(end..line_end) {
        return Span::of(span.file, line_start..line_end);
    }
    let blanks = |c: char| c == ' ' || c == '\t';
    if !starts_line && is_blank(end..line_end) {
        return Span::of(span.file, before.trim_end_matches(blanks).len()..end);
    }
    Span::of(span.file, start..text.len() - after.trim_start_matches(blanks).len())
}

/// The same for something that may have a comma behind or before it.
pub fn removal_of_item(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let rest = after.trim_start();
    if rest.starts_with(',') {
        return removal(text, Span::of(span.file, start..text.len() - rest.len() + 1));
    }
    match before.trim_end().strip_suffix(',') {
        Some(kept) => Span::of(span.file, kept.len()..end),
        None => removal(text, span),
    }
}

/// The places that edits have claimed: two that overlap or touch cannot both be meant.
#[derive(Debug, Default)]
pub struct Claims {
    /// The ends of the claimed places of each file, by their starts.
    claimed: BTreeMap<FileId, BTreeMap<u32, u32>>,
}

impl Claims {
    /// Claims the places of all edits, or of none if one of them is taken.
    pub fn take(&mut self, edits: &[Edit]) -> bool {
        if edits.iter().any(|edit| self.is_taken(edit.span)) {
            return false;
        }
        for edit in edits {
            let claimed = self.claimed.entry(edit.span.file).or_default();
            let end = claimed.entry(edit.span.start).or_default();
            *end = edit.span.end.max(*end);
        }
        true
    }

    fn is_taken(&self, span: Span) -> bool {
        let claimed = self.claimed.get(&span.file);
        // Places that are claimed do not overlap, so that the last one before the end is the one that reaches furthest.
        let last = claimed.and_then(|claimed| claimed.range(..=span.end).next_back());
        last.is_some_and(|(_, end)| *end >= span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::{Claims, apply, between, removal, removal_of_item};
    use crate::diagnostic::Edit;
    use crate::source::{FileId, Span};

    fn edit(range: std::ops::Range<usize>, replacement: &str) -> Edit {
        Edit { span: Span::of(FileId::default(), range), replacement: replacement.to_owned() }
    }

    #[test]
    fn applies_edits_in_the_order_of_their_places() {
        let edits = [edit(4..7, "a"), edit(0..3, "one"), edit(3..3, ","), edit(3..3, ";")];
        assert_eq!(apply("two the end", &edits), Some("one,; a end".into()));
        assert_eq!(apply("äb", &[edit(1..2, "")]), None);
        assert_eq!(apply("ab", &[edit(0..2, ""), edit(1..1, "x")]), None);
        assert_eq!(apply("ab", &[edit(1..9, "")]), None);
    }

    #[test]
    fn the_difference_leads_from_one_text_to_the_other() {
        let (old, new) = ("a\nb\nc\n", "a\nB\nc\nd");
        assert_eq!(apply(old, &between(FileId::default(), old, new)).as_deref(), Some(new));
    }

    #[test]
    fn takes_lines_blanks_and_commas_away() {
        let without = |text: &str, part: &str, item: bool| {
            let start = text.find(part).unwrap();
            let span = Span::of(FileId::default(), start..start + part.len());
            let span = if item { removal_of_item(text, span) } else { removal(text, span) };
            apply(text, &[Edit { span, replacement: String::new() }]).unwrap()
        };
        assert_eq!(without("a\n  @x\nb\n", "@x", false), "a\nb\n");
        assert_eq!(without("  @x b\n", "@x", false), "  b\n");
        assert_eq!(without("b @x\n", "@x", false), "b\n");
        assert_eq!(without("{ a = 1, b = 2 }", "a = 1", true), "{ b = 2 }");
        assert_eq!(without("{ a = 1, b = 2 }", "b = 2", true), "{ a = 1 }");
        assert_eq!(without("{\n  a = 1,\n  b = 2\n}", "a = 1", true), "{\n  b = 2\n}");
    }

    #[test]
    fn claims_keep_neighbours_apart() {
        let mut claims = Claims::default();
        assert!(claims.take(&[edit(4..6, ""), edit(10..10, "")]));
        assert!(!claims.take(&[edit(0..1, ""), edit(6..7, "")]));
        assert!(!claims.take(&[edit(9..12, "")]));
        assert!(claims.take(&[edit(0..3, ""), edit(7..9, "")]));
    }
}
