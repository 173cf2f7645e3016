//! Blocks that an author left open end with the text, and do not swallow the rest of the page.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::docs;

/// What ends the blocks of raw HTML that a blank line does not end.
const HTML_ENDS: [&str; 8] = ["-->", "?>", "]]>", "</script>", "</style>", "</pre>", "</textarea>", ">"];

/// The text, with an end to a block that it leaves open.
pub(super) fn close(text: &str) -> String {
    if !may_be_open(text) || is_closed(text) {
        return text.to_owned();
    }
    let fence = open_fence(text);
    let ends = fence.iter().map(String::as_str).chain(HTML_ENDS);
    let attempts = ends.map(|end| format!("{text}\n{end}"));
    attempts.into_iter().find(|attempt| is_closed(attempt)).unwrap_or_else(|| text.to_owned())
}

fn may_be_open(text: &str) -> bool {
    ["```", "~~~", "<"].iter().any(|mark| text.contains(mark))
}

/// Whether a paragraph that follows is one of its own.
fn is_closed(text: &str) -> bool {
    let followed = format!("{text}\n\nx\n");
    let mut depth = 0_usize;
    let mut is_closed = false;
    for (event, range) in docs::events(&followed) {
        match event {
            Event::Start(tag) => {
                is_closed = depth == 0 && matches!(tag, Tag::Paragraph) && range.start > text.len();
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    is_closed
}

/// The marks of the last block of code.
fn open_fence(text: &str) -> Option<String> {
    let is_fenced = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))));
    let last = docs::events(text).filter(|(event, _)| is_fenced(event)).last();
    let opening = text.get(last?.1)?;
    let mark = opening.chars().next()?;
    Some(opening.chars().take_while(|c| *c == mark).collect())
}
