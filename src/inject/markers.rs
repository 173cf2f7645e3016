//! Markers: HTML comments that begin with `archc:`. In code, and in the front matter, they are text like any other.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::lay::{Layout, Text, before_lines};
use crate::docs;

/// What the text of a marker's comment begins with.
pub(super) const NAME: &str = "archc:";

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// A marker.
pub(super) struct Marker {
    /// The comment.
    pub(super) range: Range<usize>,
    /// What follows `archc:` in it, without blanks around.
    pub(super) words: Range<usize>,
    /// Its line, the break included.
    pub(super) line: Range<usize>,
    /// How lines are laid out that follow it; `None` if it does not stand alone on its line.
    pub(super) layout: Option<Layout>,
}

/// The markers of a text, in its order.
pub(super) fn markers(text: &str) -> Vec<Marker> {
    let start = front_matter(text);
    let text = &Text::new(text);
    let mut markers = Vec::new();
    for (event, range) in docs::events(text.get(start..).unwrap_or_default()) {
        let html = Html { text, range: start + range.start..start + range.end };
        match event {
            Event::Start(Tag::HtmlBlock) => html.markers(true, &mut markers),
            Event::InlineHtml(_) => html.markers(false, &mut markers),
            _ => {}
        }
    }
    markers
}

/// Where a page begins: after its front matter, which is settings of the site between two lines `---` or `+++` at the start.
pub(super) fn front_matter(text: &str) -> usize {
    let start = before_lines(text);
    let mut lines = text.get(start..).unwrap_or_default().split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return start;
    }
    let mut end = start + first.len();
    for line in lines {
        end += line.len();
        if line.trim_end() == fence {
            return end;
        }
    }
    start
}

/// A stretch of HTML in a text.
struct Html<'t> {
    text: &'t Text<'t>,
    range: Range<usize>,
}

impl Html<'_> {
    fn markers(&self, is_block: bool, markers: &mut Vec<Marker>) {
        let mut at = self.range.start;
        while let Some(start) = self.find(OPEN, at) {
            let inside = start + OPEN.len();
            let close = self.find(CLOSE, inside);
            let end = close.unwrap_or(self.range.end);
            markers.extend(self.marker(start..end, close.is_some() && is_block));
            at = end;
        }
    }

    /// Where a pattern stands, from an offset on.
    fn find(&self, pattern: &str, from: usize) -> Option<usize> {
        self.text.get(from..self.range.end)?.find(pattern).map(|at| from + at)
    }

    /// The marker that a comment is, if it is one. The range of the comment leaves out its end, which it may lack.
    fn marker(&self, comment: Range<usize>, is_whole: bool) -> Option<Marker> {
        let inside = self.text.get(comment.start + OPEN.len()..comment.end)?;
        let words = inside.trim_start();
        let (name, words) = words.split_at_checked(NAME.len())?;
        // In capitals it was meant as well: what follows is then held to be right.
        let words = name.eq_ignore_ascii_case(NAME).then(|| words.trim_start())?;
        let words_start = comment.end - words.len();
        let words = words_start..words_start + words.trim_end().len();
        let line = self.text.line_around(comment.start);
        let range = comment.start..(comment.end + CLOSE.len()).min(line.end);
        let is_alone = is_whole && comment.end < line.end && self.is_alone(&range, &line);
        let part = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let layout = is_alone.then(|| Layout::of(part(line.start..range.start), part(line.clone())));
        Some(Marker { range, words, line, layout })
    }

    /// Whether nothing else stands on a comment's line but what contains the whole HTML, such as the mark of a list's item.
    fn is_alone(&self, comment: &Range<usize>, line: &Range<usize>) -> bool {
        let before = self.text.get(line.start.max(self.range.start)..comment.start).unwrap_or_default();
        let after = self.text.get(comment.end..line.end).unwrap_or_default();
        before.chars().all(|c| c == '>' || c.is_whitespace()) && after.trim().is_empty()
    }
}
