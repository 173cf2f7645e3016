//! The one style of `.arch` files. There is nothing to set.
//!
//! Formatting changes white space, and the commas that white space can stand for; nothing else. What it decides:
//!
//! - Two blanks for each level, one blank around `=`, arrows and operators, two before a comment at the end of a line. Nothing
//!   is aligned: a long name that comes in would change all the lines around it, and hide itself among them.
//! - A block, a list or arguments that were written on one line stay on one line, if the whole statement fits in [`WIDTH`]
//!   columns. With a line break inside, or without the room, what they hold stands on lines of its own, and the last item
//!   of a list gets a comma.
//! - One statement a line, and one item. Only properties and items that shared a line, with commas between them, still do so
//!   if they fit.
//! - A chain of edges stays broken before its arrows, and a wire after its commas, where its author broke it.
//! - A comment stays where it is: on the line of what it follows, or on lines of its own above what it precedes.
//! - At most one blank line between statements, and none at either end of a block.
//! - Texts, numbers and the words of comments and documentation stay as they are. Lines end with a line feed, the last one too.
//!
//! What cannot be read stays as it is, to the byte, together with all that stands on the same lines; a statement with a
//! mistake outside of its block's lines stays as a whole.

mod inline;
mod output;
mod pieces;
mod printer;
mod regions;
mod spacing;

use std::ops::Range;

use crate::source::FileId;
use crate::syntax;

/// How many columns a line may have before what can be broken is broken.
pub const WIDTH: usize = 120;

/// What [`format`] made of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text in the one style.
    pub text: String,
    /// The places of the text before that could not be read and were left as they are: whole lines, as byte offsets.
    pub kept: Vec<Range<usize>>,
}

/// Formats the text of one file. Any text can be formatted, and a formatted text stays as it is.
pub fn format(text: &str) -> Formatted {
    let parse = syntax::parse(FileId::default(), text);
    let pieces = pieces::Pieces::new(text);
    let kept = regions::unreadable(&pieces, &parse);
    let text = printer::print(&pieces, &parse.tree, &kept);
    Formatted { text, kept }
}
