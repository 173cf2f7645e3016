//! Documentation in a hover: its links lead to the files that they mean, or are the text that they show.

use smol_str::SmolStr;

use super::Links;
use crate::docs::{self, Form, Link, Target};
use crate::model::{Lookup, Model, Scope};
use crate::syntax::ast::{Doc, Path};

/// The documentation of something whose names are looked up in a scope; none if it says nothing.
pub(super) fn doc(model: &Model, scope: Option<Scope>, doc: Option<&Doc>, links: Links<'_>) -> Option<String> {
    let doc = doc?;
    let mut text = doc.text.trim_end().to_owned();
    let mut end = text.len();
    for link in docs::links(&text).iter().rev() {
        // What stands in another link goes with it.
        if link.range.end > end {
            continue;
        }
        let shown = text.get(link.text.clone()).unwrap_or_default().to_owned();
        let new = match &link.target {
            // What of these is not to be followed, `hover` takes out of all that is said.
            Target::Web(_) | Target::Foreign(_) => continue,
            Target::Heading(_) => shown,
            Target::Element(path) => {
                let found = element(model, scope, path, doc, links);
                let Some(address) = found else { continue };
                format!("[{shown}]({address})")
            }
            Target::File { path, heading } => {
                let address = file(link, (doc, path), heading.as_deref(), links);
                address.map_or_else(|| shown.clone(), |address| format!("[{shown}]({address})"))
            }
        };
        text.replace_range(link.range.clone(), &new);
        end = link.range.start;
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Documentation in which names of elements and files are no links, but the words that show them; `is_name` tells of a word
/// in brackets whether it is one.
pub(in crate::ide) fn without_links(text: &str, is_name: impl Fn(&str) -> bool) -> String {
    let mut text = text.trim().to_owned();
    let mut end = text.len();
    for link in docs::links(&text).iter().rev() {
        let is_kept = match &link.target {
            Target::Web(_) => true,
            Target::Element(path) => link.form == Form::Shortcut && !is_name(path),
            Target::Heading(_) | Target::File { .. } | Target::Foreign(_) => false,
        };
        if is_kept || link.range.end > end {
            continue;
        }
        let shown = text.get(link.text.clone()).unwrap_or_default().to_owned();
        text.replace_range(link.range.clone(), &shown);
        end = link.range.start;
    }
    text
}

fn element(model: &Model, scope: Option<Scope>, path: &str, doc: &Doc, links: Links<'_>) -> Option<String> {
    let path = Path { text: SmolStr::new(path), span: doc.span };
    let place = match model.look_up(scope, &path) {
        Lookup::Element(id) => model.element(id).name_span,
        Lookup::Architecture(id) => model.architecture(id).name_span,
        Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => return None,
    };
    (links.place)(place)
}

fn file(link: &Link, (doc, path): (&Doc, &str), heading: Option<&str>, links: Links<'_>) -> Option<String> {
    let address = (links.file)(doc.span.file, path).filter(|_| !link.is_image)?;
    Some(heading.map_or_else(|| address.clone(), |heading| format!("{address}#{heading}")))
}
