//! Addresses and files that a text leads to.

use super::Snapshot;
use crate::docs::{self, Target, files};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Doc, Statement, Value, ValueKind};

/// A link that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// Where it is named.
    pub span: Span,
    /// Where it leads.
    pub to: LinkTarget,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address on the web.
    Web(String),
    /// A file of the workspace.
    File {
        /// Its path below the root.
        path: String,
        /// The line of the heading that is meant, from 1.
        line: Option<usize>,
    },
}

/// The links of a file: those in documentation, and texts that are addresses or, in `links`, paths. One that leads nowhere
/// is none.
pub fn document_links(snapshot: &Snapshot, file: FileId) -> Vec<DocumentLink> {
    let file = file.written();
    let mut links = Links { snapshot, found: Vec::new() };
    if let Some(tree) = snapshot.tree(file) {
        links.doc(tree.doc.as_ref());
        links.statements(&tree.statements);
    } else if is_markdown(snapshot, file) {
        let text = snapshot.text(file);
        links.markdown(file, text, |range| Span::of(file, range));
    }
    links.found
}

/// The path below the root of what a path leads to that is written in a file; none if there is nothing.
pub fn file_of_link(snapshot: &Snapshot, from: FileId, written: &str) -> Option<String> {
    let workspace = &snapshot.workspace;
    let path = files::resolve(workspace.sources.file(from).path(), written)?;
    files::exists(workspace.known_files.as_ref()?, &path).then_some(path)
}

fn is_markdown(snapshot: &Snapshot, file: FileId) -> bool {
    snapshot.workspace.decisions.contains(&file) || snapshot.workspace.topics.contains(&file)
}

struct Links<'s> {
    snapshot: &'s Snapshot,
    found: Vec<DocumentLink>,
}

impl Links<'_> {
    fn statements(&mut self, statements: &[Statement]) {
        for statement in statements {
            let preamble = statement.preamble();
            self.doc(preamble.and_then(|preamble| preamble.doc.as_ref()));
            let attributes = preamble.into_iter().flat_map(|preamble| &preamble.attributes);
            for argument in attributes.flat_map(|attribute| &attribute.arguments) {
                self.value(&argument.value, false);
            }
            if let Statement::Property(ast::Property { key, value: Some(value), .. }) = statement {
                self.value(value, key.text == "links");
            }
            statement.blocks().for_each(|block| self.statements(&block.statements));
        }
    }

    fn value(&mut self, value: &Value, may_be_path: bool) {
        match &value.kind {
            ValueKind::List(items) => items.iter().for_each(|item| self.value(item, may_be_path)),
            ValueKind::Text(text) => {
                let inside = value.span.slice(1, value.span.range().len().saturating_sub(1));
                // One with escapes is no address.
                if self.snapshot.workspace.sources.text(inside) != text {
                    return;
                }
                if docs::is_web(text) {
                    self.found.push(DocumentLink { span: inside, to: LinkTarget::Web(text.to_string()) });
                } else if may_be_path {
                    let (path, heading) =
                        text.split_once('#').map_or((text.as_str(), None), |(path, it)| (path, Some(it)));
                    self.file(inside, path, heading);
                }
            }
            _ => {}
        }
    }

    fn doc(&mut self, doc: Option<&Doc>) {
        let Some(doc) = doc.filter(|doc| doc.text.contains(['[', '<'])) else { return };
        self.markdown(doc.span.file, &doc.text, |range| doc.span_of(range));
    }

    fn markdown(&mut self, file: FileId, text: &str, place: impl Fn(std::ops::Range<usize>) -> Span) {
        for link in docs::links(text) {
            let span = place(link.target_range.clone());
            match &link.target {
                Target::Element(_) | Target::Foreign(_) => {}
                Target::Web(address) => self.found.push(DocumentLink { span, to: LinkTarget::Web(address.clone()) }),
                Target::File { path, heading } => self.file(span, path, heading.as_deref()),
                Target::Heading(slug) => {
                    let heading = docs::headings(text).into_iter().find(|it| it.slug == *slug);
                    let sources = &self.snapshot.workspace.sources;
                    if let Some(heading) = heading {
                        let line = Some(sources.line_column(place(heading.range)).line);
                        let path = sources.file(file).path().to_owned();
                        self.found.push(DocumentLink { span, to: LinkTarget::File { path, line } });
                    }
                }
            }
        }
    }

    /// A path as it is written in a file, if there is something.
    fn file(&mut self, span: Span, written: &str, heading: Option<&str>) {
        let workspace = &self.snapshot.workspace;
        let Some(path) = file_of_link(self.snapshot, span.file, written) else { return };
        let line = heading.and_then(|slug| {
            let text = files::text(&workspace.sources, &path)?;
            let heading = docs::headings(text).into_iter().find(|it| it.slug == slug)?;
            Some(text.get(..heading.range.start)?.matches('\n').count() + 1)
        });
        self.found.push(DocumentLink { span, to: LinkTarget::File { path, line } });
    }
}
