//! Addresses that a link may lead to. Others could make an editor run a command or a browser run a script, and what is
//! documented is written by whoever wrote the file.

use std::ops::Range;

use super::{Target, links};

/// The schemes that are followed.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// Whether a text is an address on the web, or one to write to.
pub fn is_web(text: &str) -> bool {
    let is_plain = !text.contains(|c: char| c.is_control() || c.is_whitespace());
    is_plain && scheme(text).is_some_and(|scheme| SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// What a destination begins with, as `https` in `https://example.com`; empty, if it leaves that to the page it stands on.
/// Browsers read it without blanks and control characters, and so does this.
pub fn scheme(destination: &str) -> Option<String> {
    let read: String = destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if read.starts_with("//") || read.starts_with("\\\\") {
        return Some(String::new());
    }
    let (scheme, _) = read.split_once(':')?;
    // A single letter is a drive, not a scheme.
    let starts_well = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.len() > 1;
    let is_one = starts_well && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_one.then(|| scheme.to_owned())
}

/// How often a text is looked through for links that come up when others go.
const ROUNDS: usize = 8;

/// A text without the links that are not to be followed: what they show stays. What names an element is no link by itself.
pub fn keep_links(text: &str, keep: impl Fn(&Target) -> bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let cuts = cuts(&text, &keep);
        if cuts.is_empty() {
            return text;
        }
        for cut in cuts.into_iter().rev() {
            text.replace_range(cut, "");
        }
    }
    // Nobody writes such a text for people to read.
    text.replace(['[', '<'], "")
}

/// What makes links of the texts that stay, and the definitions of where they lead; in the order of the text.
fn cuts(text: &str, keep: impl Fn(&Target) -> bool) -> Vec<Range<usize>> {
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let goes = |target: &Target| !matches!(target, Target::Element(_)) && !keep(target);
    let all = links(text).into_iter().filter(|link| goes(&link.target));
    let marks = all.flat_map(|link| [link.range.start..link.text.start, link.text.end..link.range.end]);
    let events = super::events(text);
    let defined = events.reference_definitions().iter().filter(|(_, it)| goes(&Target::of(&it.dest)));
    let mut cuts: Vec<Range<usize>> = marks.chain(defined.map(|(_, it)| it.span.clone())).collect();
    cuts.retain(|cut| !cut.is_empty());
    cuts.sort_by_key(|cut| (cut.start, cut.end));
    // Each part once.
    let mut end = 0;
    cuts.retain(|cut| {
        let is_apart = cut.start >= end;
        end = end.max(cut.end);
        is_apart
    });
    cuts
}
