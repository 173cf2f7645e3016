//! Links and headings in documentation text, which is Markdown as GitHub reads it.
//!
//! [`links`] finds what a text links to, [`headings`] what a link can lead to inside of it. Both give byte ranges of the
//! text, which [`Doc::span_of`](crate::syntax::ast::Doc::span_of) turns into places of the file. What a target means is
//! for the caller to find out: [`Target::Element`] is a path for [`Model::look_up`](crate::model::Model::look_up).

mod address;
pub mod files;
mod heading;

pub use address::{is_web, keep_links, scheme};
pub use heading::{Heading, headings};

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, BrokenLinkCallback, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// How it is written.
    pub form: Form,
    /// Whether it shows an image.
    pub is_image: bool,
    /// The title that shows when a pointer rests on it; mostly empty.
    pub title: String,
    /// Where the link stands, brackets included.
    pub range: Range<usize>,
    /// Where the text between the first brackets stands.
    pub text: Range<usize>,
    /// Where the target is named; the whole link if it is named elsewhere or with escapes.
    pub target_range: Range<usize>,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `[text](target)`
    Inline,
    /// `[text][target]`, or a link whose target a definition `[label]: target` gives.
    Reference,
    /// `[target]` or `[target][]`: in prose this may be no link at all.
    Shortcut,
    /// ``[`target`]``
    CodeShortcut,
    /// `<https://example.com>`
    Auto,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an element or an architecture: a name or a dotted path. Only [`Form::Reference`] and the shortcuts lead there,
    /// and whether something has the name is not known.
    Element(String),
    /// To a file, relative to the file that the text stands in, or with `/` in front, to the workspace.
    File {
        /// The path as it is written: percent escapes are not resolved.
        path: String,
        /// What follows the `#`.
        heading: Option<String>,
    },
    /// To a heading of the same text: what follows the `#`.
    Heading(String),
    /// To somewhere on the web, or to a mailbox: [`is_web`].
    Web(String),
    /// To where no link may lead: anything else that has a [`scheme`].
    Foreign(String),
}

impl Target {
    fn of(destination: &str) -> Target {
        if is_web(destination) {
            return Target::Web(destination.to_owned());
        }
        if scheme(destination).is_some() {
            return Target::Foreign(destination.to_owned());
        }
        match destination.split_once('#') {
            Some(("", heading)) => Target::Heading(heading.to_owned()),
            Some((path, heading)) => Target::File { path: path.to_owned(), heading: Some(heading.to_owned()) },
            None => Target::File { path: destination.to_owned(), heading: None },
        }
    }
}

/// What marks the destination of a link that nothing defines. A destination that is written cannot hold it: NUL is
/// replaced by the parser.
const UNDEFINED: &str = "\0";

/// The events of a text, links to elements among them, with their byte ranges.
pub(crate) fn events<'t>(text: &'t str) -> OffsetIter<'t, impl BrokenLinkCallback<'t>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let define = |link: BrokenLink<'t>| -> Option<(CowStr<'t>, CowStr<'t>)> {
        let may_be_element = is_path(without_ticks(&link.reference));
        may_be_element.then(|| (UNDEFINED.into(), "".into()))
    };
    Parser::new_with_broken_link_callback(text, options, Some(define)).into_offset_iter()
}

/// The words of a text, without its markup. Line breaks and ends of paragraphs are blanks.
pub(crate) fn plain_text(text: &str) -> String {
    let mut words = String::new();
    for (event, _) in events(text) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => words.push(' '),
            _ => {}
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// The words of the first paragraph of a text; empty if it has none.
pub fn summary(text: &str) -> String {
    let first = events(text).find(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
    first.and_then(|(_, range)| text.get(range)).map(plain_text).unwrap_or_default()
}

/// The links and images of a text, in its order. An image in a link follows the link.
pub fn links(text: &str) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    // The links that are not at their end yet, as positions in `found`.
    let mut open: Vec<usize> = Vec::new();
    for (event, range) in events(text) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let parts = Parts { link_type, destination: &dest_url, title: &title, id: &id, is_image: false };
                open.push(found.len());
                found.push(parts.link(text, range));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let parts = Parts { link_type, destination: &dest_url, title: &title, id: &id, is_image: true };
                open.push(found.len());
                found.push(parts.link(text, range));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let inner = open.pop().and_then(|at| found.get(at)).map(|link| link.range.end);
                extend_texts(&mut found, &open, text, inner);
            }
            _ => extend_texts(&mut found, &open, text, Some(range.end)),
        }
    }
    for link in &mut found {
        link.close_text(text);
    }
    found
}

/// Says of each open link that its text reaches up to `end` at least.
fn extend_texts(found: &mut [Link], open: &[usize], text: &str, end: Option<usize>) {
    let Some(end) = end.filter(|end| *end <= text.len()) else { return };
    for at in open {
        if let Some(link) = found.get_mut(*at) {
            link.text.end = link.text.end.max(end);
        }
    }
}

/// What the parser says of a link.
struct Parts<'a> {
    link_type: LinkType,
    destination: &'a str,
    title: &'a str,
    id: &'a str,
    is_image: bool,
}

impl Parts<'_> {
    fn link(&self, text: &str, mut range: Range<usize>) -> Link {
        let is_collapsed = matches!(self.link_type, LinkType::Collapsed | LinkType::CollapsedUnknown);
        // The parser takes the second pair of brackets away and leaves it out of the range.
        if is_collapsed && text.get(range.end..).is_some_and(|rest| rest.starts_with("[]")) {
            range.end += 2;
        }
        let name = without_ticks(self.id);
        let (target, written) = if self.destination == UNDEFINED {
            (Target::Element(name.to_owned()), name)
        } else if self.link_type == LinkType::Email {
            (Target::Web(format!("mailto:{}", self.destination.trim_start_matches("mailto:"))), self.destination)
        } else {
            (Target::of(self.destination), self.destination)
        };
        let text_start = range.start + usize::from(self.is_image) + 1;
        Link {
            target,
            form: self.form(),
            is_image: self.is_image,
            title: self.title.to_owned(),
            target_range: place_of(text, &range, written),
            text: text_start..text_start,
            range,
        }
    }

    fn form(&self) -> Form {
        match self.link_type {
            LinkType::Inline | LinkType::WikiLink { .. } => Form::Inline,
            LinkType::Autolink | LinkType::Email => Form::Auto,
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown if self.id.starts_with('`') => Form::CodeShortcut,
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown => Form::Shortcut,
            LinkType::Reference | LinkType::ReferenceUnknown | LinkType::Collapsed | LinkType::Shortcut => {
                Form::Reference
            }
        }
    }
}

impl Link {
    /// Blanks before the closing bracket belong to the text.
    fn close_text(&mut self, text: &str) {
        let rest = text.get(self.text.end..self.range.end).unwrap_or_default();
        if let Some(bracket) = rest.find(']') {
            self.text.end += bracket;
        }
    }
}

/// Where `written` stands last inside of `range`, or else `range`.
fn place_of(text: &str, range: &Range<usize>, written: &str) -> Range<usize> {
    let inside = text.get(range.clone()).unwrap_or_default();
    match inside.rfind(written) {
        Some(at) if !written.is_empty() => range.start + at..range.start + at + written.len(),
        _ => range.clone(),
    }
}

/// The name between the back-ticks of `` `name` ``, or the text itself.
fn without_ticks(text: &str) -> &str {
    text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text)
}

/// Whether a text is a name or a dotted path of the language.
fn is_path(text: &str) -> bool {
    let starts_well = text.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    starts_well && text.split('.').all(is_name)
}

fn is_name(text: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || c == '_';
    text.starts_with(inner) && text.ends_with(inner) && text.chars().all(|c| inner(c) || c == '-')
}

#[cfg(test)]
mod tests;
