//! Documentation text on a page: headings go under the section that the text stands in, and links lead where the pages
//! are. Nothing else of what the author wrote changes.

mod closing;
mod splice;

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag};

use self::splice::Splices;
use smol_str::SmolStr;

use super::escape::{destination, file};
use super::places::{Places, anchor};
use super::{Options, Topic};
use crate::docs::{self, Form, Heading, Link, Target};
use crate::model::{ArchitectureId, Lookup, Scope};
use crate::source::Span;
use crate::syntax::ast::{Doc, Path};

/// Where a documentation text stands on a page.
pub(super) struct Setting<'a> {
    pub(super) places: &'a Places<'a>,
    pub(super) options: &'a Options<'a>,
    /// The scope that names in the text are looked up in; `None` on the index, outside of all architectures.
    pub(super) scope: Option<Scope>,
    /// The level of the heading that the text stands under.
    pub(super) level: u8,
    /// What the anchors of its headings and the labels of its footnotes begin with.
    pub(super) prefix: String,
}

impl Setting<'_> {
    /// The text for the page, without blank lines around it.
    pub(super) fn embed(&self, doc: &Doc) -> String {
        let text = doc.text.trim_end();
        let links = docs::links(text);
        let headings = docs::headings(text);
        let mut splices = Splices::new(text);
        self.shift(&mut splices, &headings, &links);
        for link in &links {
            self.redirect(&mut splices, link, doc.span, &headings);
        }
        self.rename_footnotes(&mut splices);
        let text = without_foreign(&splices.apply());
        let closed = closing::close(text.trim_start_matches('\n'));
        closed.trim_end().to_owned()
    }

    /// The text of a page of its own, which stays as it is but for links to elements and files.
    pub(super) fn carry_over(&self, doc: &Doc) -> String {
        let mut splices = Splices::new(&doc.text);
        let links = docs::links(&doc.text);
        for link in links.iter().filter(|link| matches!(link.target, Target::Element(_) | Target::File { .. })) {
            self.redirect(&mut splices, link, doc.span, &[]);
        }
        without_foreign(&splices.apply())
    }

    // ---- Headings -----------------------------------------------------------------------------------------------------

    fn shift(&self, splices: &mut Splices<'_>, headings: &[Heading], links: &[Link]) {
        let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
        let down = (self.level + 1).saturating_sub(highest);
        let targets: BTreeSet<&str> = links.iter().filter_map(heading_target).collect();
        for heading in headings {
            let marks = "#".repeat(usize::from((heading.level + down).min(6)));
            let is_target = targets.contains(heading.slug.as_str());
            let anchor = if is_target { anchor(&self.heading_anchor(&heading.slug)) } else { String::new() };
            let written = splices.text.get(heading.range.clone()).unwrap_or_default();
            let own_marks = written.bytes().take_while(|byte| *byte == b'#').count();
            let after = written.as_bytes().get(own_marks);
            let is_atx = own_marks == usize::from(heading.level) && after.is_none_or(u8::is_ascii_whitespace);
            if is_atx {
                splices.replace(heading.range.start..heading.range.start + own_marks, marks);
                splices.insert(heading.content.start, anchor);
            } else {
                splices.insert(heading.range.start, format!("{marks} {anchor}"));
                underline_away(splices, heading);
            }
        }
    }

    fn heading_anchor(&self, slug: &str) -> String {
        format!("{}--{slug}", self.prefix)
    }

    // ---- Links --------------------------------------------------------------------------------------------------------

    fn redirect(&self, splices: &mut Splices<'_>, link: &Link, place: Span, headings: &[Heading]) {
        let new = match &link.target {
            Target::Element(path) => self.element(path, place),
            Target::File { path, .. } if path.is_empty() => None,
            Target::File { path, heading } => match self.file(path, heading.as_deref(), place) {
                Some(address) => Some(address),
                None => return splices.unlink(link),
            },
            Target::Heading(slug) => {
                let known = headings.iter().any(|heading| heading.slug == *slug);
                known.then(|| format!("#{}", self.heading_anchor(slug)))
            }
            // Two texts of a page may give different meanings to one label, so it is resolved here.
            Target::Web(address) => (link.form == Form::Reference).then(|| address.clone()),
            // These go last, since another that goes may have been in their way.
            Target::Foreign(_) => None,
        };
        if let Some(address) = new {
            splices.redirect(link, &address);
        }
    }

    /// The address of what a name means; none if it means nothing, which has its own finding, or nothing that
    /// is there in this environment.
    fn element(&self, path: &str, place: Span) -> Option<String> {
        let path = Path { text: SmolStr::new(path), span: place };
        match self.places.model.look_up(self.scope, &path) {
            Lookup::Element(id) => Some(self.places.address(self.page(), id)),
            Lookup::Architecture(id) => Some(self.places.page(id)),
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => None,
        }
    }

    /// The architecture whose page the text stands on; pages in folders are of none.
    fn page(&self) -> Option<ArchitectureId> {
        self.scope.map(|scope| scope.architecture).filter(|_| self.places.up.is_empty())
    }

    /// The address of a file of the workspace; none if the pages cannot link to it.
    fn file(&self, path: &str, heading: Option<&str>, place: Span) -> Option<String> {
        let source = self.options.sources.file(place.file).path();
        let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match path.strip_prefix('/') {
            Some(from_root) => join("", from_root),
            None => join(folder, path),
        };
        let topic = self.options.topics.iter().find(|topic| topic.path == path);
        let up = self.places.up;
        let page = topic.map(Topic::output_path);
        let page = page.or_else(|| self.places.register.page_of(&path).map(str::to_owned));
        let address = match (page, self.options.link_base) {
            (Some(page), _) => format!("{up}{}", file(&page)),
            (None, Some("")) => path,
            (None, Some(base)) => format!("{}/{path}", base.trim_end_matches('/')),
            (None, None) => return None,
        };
        Some(heading.map_or_else(|| address.clone(), |heading| format!("{address}#{heading}")))
    }

    // ---- Footnotes ----------------------------------------------------------------------------------------------------

    /// Two texts of a page may use one label, so each gets its own.
    fn rename_footnotes(&self, splices: &mut Splices<'_>) {
        for (event, range) in docs::events(splices.text) {
            if matches!(event, Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_))) {
                splices.insert(range.start + "[^".len(), format!("{}-", destination(&self.prefix)));
            }
        }
    }
}

/// A text whose links could make a browser do nothing but show a page.
fn without_foreign(text: &str) -> String {
    docs::keep_links(text, |target| !matches!(target, Target::Foreign(_)))
}

/// Makes one line of a heading that is underlined, without the underline: only two levels can be written so.
fn underline_away(splices: &mut Splices<'_>, heading: &Heading) {
    let text = splices.text;
    for gap in &heading.breaks {
        splices.replace(gap.clone(), " ".to_owned());
    }
    if let Some(marks) = closing_marks(text.get(heading.content.clone()).unwrap_or_default()) {
        splices.insert(heading.content.end - marks, "\\".to_owned());
    }
    let underline = text.get(heading.content.end..heading.range.end).unwrap_or_default();
    let line_break = if underline.ends_with('\n') { "\n" } else { "" };
    splices.replace(heading.content.end..heading.range.end, line_break.to_owned());
}

/// How many `#` at the end of a heading's words would be taken for marks that close it.
fn closing_marks(words: &str) -> Option<usize> {
    let before = words.trim_end_matches('#');
    let marks = words.len() - before.len();
    (marks > 0 && (before.is_empty() || before.ends_with([' ', '\t']))).then_some(marks)
}

/// The heading of the same text that a link leads to.
fn heading_target(link: &Link) -> Option<&str> {
    match &link.target {
        Target::Heading(slug) => Some(slug),
        _ => None,
    }
}

/// A path below a folder without `.` and `..` where they can be resolved.
fn join(folder: &str, path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

/// The scope of an architecture's own text.
pub(super) fn scope_of(architecture: ArchitectureId) -> Scope {
    Scope { architecture, group: None }
}

#[cfg(test)]
mod tests;
