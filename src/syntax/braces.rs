//! Braces that lack their partner: where it should stand, by the indentation, so that what stands around the place is read
//! as it is meant.
//!
//! The grammar cannot know that a `}` is missing before it has read on to the end of the file, in blocks that are none of
//! its business. So a text whose braces do not balance is mended first, and the grammar reads the mended text; then all places are
//! moved back to where they are in the text as it is written. Where braces balance nothing of this happens, and where the
//! indentation does not tell, or the grammar still misses a brace in the mended text, the text is read as it is.

mod lines;
mod mended;
mod pairs;
mod scan;
mod search;

use std::sync::Arc;

pub(super) use self::mended::Mended;
use super::{Parse, lower, mistake, reparse};
use crate::source::{FileId, MAX_FILE_SIZE};

/// What is known of a text's braces.
#[derive(Clone, Debug, Default)]
pub(super) enum Braces {
    /// Each has its partner, as far as a quick look tells.
    #[default]
    Balanced,
    /// Some have none, and nobody can tell where these should stand.
    Unbalanced,
    /// Some had none, and these have been put in.
    Mended(Arc<Reading>),
}

/// A mended text, and what was read in it.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) mended: Mended,
    parse: Parse,
}

pub(super) fn parse(file: FileId, text: &str) -> Parse {
    match look(text) {
        Look::Balanced => lower::parse(file, text),
        Look::Unbalanced => as_it_is(file, text),
        Look::Mended(mended) => {
            let parse = lower::parse(file, &mended.text);
            back(file, text, mended, parse)
        }
    }
}

pub(super) fn parse_again(before: Parse, file: FileId, old: &str, new: &str) -> Parse {
    let look = match before.braces {
        Braces::Balanced if is_still_balanced(old, new) => Look::Balanced,
        _ => look(new),
    };
    let mended_before;
    let (before, old) = match before.braces {
        Braces::Balanced | Braces::Unbalanced => (before, old),
        Braces::Mended(reading) => {
            let Reading { mended, parse } = Arc::try_unwrap(reading).unwrap_or_else(|shared| shared.as_ref().clone());
            mended_before = mended.text;
            (parse, mended_before.as_str())
        }
    };
    match look {
        Look::Balanced => Parse { braces: Braces::Balanced, ..reparse::parse_again(before, file, old, new) },
        Look::Unbalanced => Parse { braces: Braces::Unbalanced, ..reparse::parse_again(before, file, old, new) },
        Look::Mended(mended) => {
            let parse = reparse::parse_again(before, file, old, &mended.text);
            back(file, new, mended, parse)
        }
    }
}

/// The mended text of a text that needs it, if the grammar may agree.
pub(super) fn mend(text: &str) -> Option<Mended> {
    match look(text) {
        Look::Mended(mended) => Some(mended),
        Look::Balanced | Look::Unbalanced => None,
    }
}

enum Look {
    Balanced,
    Unbalanced,
    Mended(Mended),
}

fn look(text: &str) -> Look {
    if text.len() > MAX_FILE_SIZE || scan::is_balanced(text) {
        return Look::Balanced;
    }
    let lines = lines::Lines::of(text);
    let found = lines.as_ref().and_then(|lines| Some((lines, search::faults(lines)?)));
    found.map_or(Look::Unbalanced, |(lines, found)| Look::Mended(Mended::of(text, lines, &found)))
}

/// Whether a text whose braces were balanced has them so after a change, without another look at all of it.
fn is_still_balanced(old: &str, new: &str) -> bool {
    let change = reparse::Change::between(old, new);
    let around = |text: &str, end: usize| {
        let start = text.floor_char_boundary(change.start.saturating_sub(3));
        let end = text.ceil_char_boundary((end + 3).min(text.len()));
        text.get(start..end).is_some_and(scan::is_harmless)
    };
    new.len() <= MAX_FILE_SIZE && around(old, change.old_end) && around(new, change.new_end)
}

fn as_it_is(file: FileId, text: &str) -> Parse {
    Parse { braces: Braces::Unbalanced, ..lower::parse(file, text) }
}

/// What was read in the mended text, for the text as it is; or that text read as it is, if the grammar does not agree.
fn back(file: FileId, text: &str, mended: Mended, parse: Parse) -> Parse {
    if parse.diagnostics.iter().any(mistake::is_of_braces) {
        return as_it_is(file, text);
    }
    let (mut tree, mut diagnostics) = (parse.tree.clone(), parse.diagnostics.clone());
    mended.move_back(&mut tree, &mut diagnostics);
    diagnostics.extend(mended.findings(file, text));
    Parse { tree, diagnostics, braces: Braces::Mended(Arc::new(Reading { mended, parse })) }
}
