//! The lines of a record's Markdown as a reader sees them, without code blocks, and the section that each stands in.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::docs;

/// A line of a paragraph, a list or a heading.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The words of the heading that it stands under, in lower case; none before the first one below the title.
    pub(super) section: Option<String>,
    /// The level, if it is a heading.
    pub(super) heading: Option<usize>,
    /// Its words, without markup.
    pub(super) text: String,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What stands in back-ticks.
    pub(super) codes: Vec<Range<usize>>,
    /// The destinations of its links, and where the links stand.
    pub(super) links: Vec<(String, Range<usize>)>,
}

/// The lines of the text from an offset on; places count from the start of the text.
pub(super) fn lines(text: &str, range: Range<usize>) -> Vec<Line> {
    let offset = range.start;
    let part = text.get(range).unwrap_or_default();
    let mut reader =
        Reader { part, offset, found: Vec::new(), current: Line::default(), section: None, in_code: false };
    for (event, range) in docs::events(part) {
        reader.event(event, range);
    }
    reader.finish();
    reader.found
}

struct Reader<'t> {
    part: &'t str,
    offset: usize,
    found: Vec<Line>,
    current: Line,
    section: Option<String>,
    in_code: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Heading { level, .. }) => {
                self.finish();
                self.current.heading = Some(level as usize);
                self.current.range = self.place(&range);
            }
            Event::End(TagEnd::Heading(_)) => self.finish_heading(range),
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.contains('\0') => {
                let place = self.place(&range);
                self.current.links.push((dest_url.into_string(), place));
            }
            Event::Text(text) if !self.in_code => self.words(&text, &range),
            Event::Code(code) => {
                let written = self.part.get(range.clone()).unwrap_or_default();
                if let Some(at) = written.find(&*code) {
                    let start = range.start + at;
                    let place = self.place(&(start..start + code.len()));
                    self.current.codes.push(place);
                }
                self.words(&code, &range);
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::Start(Tag::Item)
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => self.finish(),
            _ => {}
        }
    }

    fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.offset + range.start..self.offset + range.end
    }

    fn words(&mut self, text: &str, range: &Range<usize>) {
        let place = self.place(range);
        if self.current.text.is_empty() && self.current.heading.is_none() {
            self.current.range = place;
        } else {
            self.current.range.end = self.current.range.end.max(place.end);
        }
        self.current.text.push_str(text);
    }

    fn finish_heading(&mut self, range: Range<usize>) {
        self.current.range = self.place(&range);
        if self.current.heading.is_some_and(|level| level > 1) {
            self.section = Some(self.current.text.trim().to_lowercase());
        }
        self.finish();
    }

    fn finish(&mut self) {
        let mut line = std::mem::take(&mut self.current);
        if line.heading.is_some() || !line.text.trim().is_empty() {
            line.section.clone_from(&self.section);
            self.found.push(line);
        }
    }
}
