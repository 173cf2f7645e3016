//! Headings and the anchors that Markdown renderers give them.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// A heading of a documentation text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Where it stands, marks included.
    pub range: Range<usize>,
    /// Where its content stands; empty if it has none.
    pub content: Range<usize>,
    /// Where its words go on in the next line: from the end of one line's words to the start of the next one's.
    pub breaks: Vec<Range<usize>>,
    /// Its anchor inside of the text: `how-it-works`, and `how-it-works-1` for the next of the same words.
    pub slug: String,
}

/// The headings of a text, in its order.
pub fn headings(text: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    // The heading that is not at its end yet, and its words.
    let mut open: Option<(Heading, String)> = None;
    for (event, range) in super::events(text) {
        match (event, &mut open) {
            (Event::Start(Tag::Heading { level, .. }), _) => {
                let content = range.start..range.start;
                let heading = Heading { level: level as u8, range, content, breaks: Vec::new(), slug: String::new() };
                open = Some((heading, String::new()));
            }
            (Event::End(TagEnd::Heading(_)), _) => {
                if let Some((mut heading, words)) = open.take() {
                    heading.slug = unique(slug(&words), &mut taken);
                    found.push(heading);
                }
            }
            (event, Some((heading, words))) => {
                if matches!(event, Event::SoftBreak | Event::HardBreak) {
                    heading.breaks.push(heading.content.end..range.end);
                    words.push(' ');
                    continue;
                }
                heading.extend(&range);
                if let Event::Text(text) | Event::Code(text) = event {
                    words.push_str(&text);
                }
            }
            (_, None) => {}
        }
    }
    found
}

impl Heading {
    fn extend(&mut self, part: &Range<usize>) {
        if self.content.is_empty() {
            self.content = part.clone();
        }
        if let Some(gap) = self.breaks.last_mut().filter(|gap| gap.start == self.content.end) {
            gap.end = part.start;
        }
        self.content.end = self.content.end.max(part.end);
    }
}

/// The anchor of a heading with these words, as GitHub and mdBook make it.
fn slug(words: &str) -> String {
    let lower = words.trim().to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn unique(slug: String, taken: &mut BTreeMap<String, usize>) -> String {
    let count = taken.entry(slug.clone()).or_default();
    *count += 1;
    match *count {
        1 => slug,
        more => format!("{slug}-{}", more - 1),
    }
}
