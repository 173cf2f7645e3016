//! What can be written at a cursor, the likeliest first.
//!
//! [`Position`] says where the cursor stands, [`Context`] what that means in the workspace, and a file for each sort of
//! thing what of it fits there.

mod catalog;
mod context;
mod documentation;
mod edges;
mod items;
mod keywords;
mod kinds;
mod links;
mod names;
mod patterns;
mod properties;
mod rules;
mod selectors;
mod settings;
mod statement;
mod values;
mod wiring;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(super) use context::Context;
pub use documentation::documentation;
use items::Items;
pub use items::escaped as in_snippet;
pub use settings::completion_of_settings;

use super::Snapshot;
use super::position::{Inside, Position};
use crate::source::FileId;

/// What signatures need, too.
pub(super) mod parts {
    pub(in crate::ide) use super::documentation::comment_before;
    pub(in crate::ide) use super::patterns::simple;
    pub(in crate::ide) use super::selectors::parameter_label;
}

/// How many items an answer has at most.
const MOST_ITEMS: usize = 300;

/// What can be written somewhere.
#[derive(Clone, Debug, Default)]
pub struct Completions {
    /// The items, the likeliest first.
    pub items: Vec<Item>,
    /// Whether there are more than were listed.
    pub is_cut: bool,
    /// The word that is replaced, up to the cursor.
    pub typed: Range<usize>,
    /// The whole word that the cursor is at.
    pub word: Range<usize>,
}

/// Something that can be written.
#[derive(Clone, Debug)]
pub struct Item {
    /// What is shown.
    pub label: String,
    /// What sort of thing it is.
    pub sort: Sort,
    /// What is said beside it, on one line; may be empty.
    pub detail: String,
    /// What takes the place of the word.
    pub text: String,
    /// The same with places to fill in, in the syntax of snippets.
    pub snippet: Option<String>,
    /// What is compared with what was typed.
    pub filter: String,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
    /// Whether a dot may follow, which takes the item over.
    pub has_members: bool,
    /// What can be told about it.
    pub about: Option<About>,
    /// Items of a lesser tier come first.
    tier: u8,
}

/// Sorts of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A word of the language.
    Keyword,
    /// A kind of the catalog.
    Kind,
    /// A property.
    Property,
    /// A word among others that a property can have.
    Choice,
    /// Any other value.
    Value,
    /// A number with its unit.
    Unit,
    /// A service or a carrier.
    Service,
    /// A system outside.
    External,
    /// People.
    Person,
    /// A group, or an instance of a pattern.
    Group,
    /// An architecture.
    Architecture,
    /// A parameter of a pattern.
    Parameter,
    /// A pattern.
    Pattern,
    /// A function.
    Function,
    /// An arrow or another sign.
    Operator,
    /// A rule.
    Rule,
    /// A decision, an environment and whatever else has a name.
    Other,
}

/// What an item is about, for who asks for its documentation later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum About {
    /// A word of the language.
    Keyword(String),
    /// A kind, and how it would be wired.
    Kind(String, Vec<Wire>),
    /// A property of a kind.
    Property(String, String),
    /// An element by its path in the workspace, and how it would be wired.
    Element(String, Vec<Wire>),
    /// A pattern.
    Pattern(String),
    /// A parameter of a pattern.
    Parameter(String, String),
    /// A function of selectors.
    Function(String),
    /// A rule.
    Rule(String),
}

/// A connection that would be made: from a kind, along an arrow, to a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wire {
    /// Where it starts.
    pub from: String,
    /// The arrow, as it is written.
    pub arrow: String,
    /// Where it leads.
    pub to: String,
}

/// What can be written at an offset of a file. `is_asked` says that somebody wants to know; if nobody does, and a blank was
/// typed, there is an answer only where something has to follow.
pub fn completion(snapshot: &Snapshot, file: FileId, offset: usize, is_asked: bool) -> Completions {
    let position = Position::at(snapshot.text(file), offset);
    let context = Context::new(snapshot, file, position);
    let mut items = Items::default();
    match context.position.inside {
        Inside::Doc => links::links(&context, &mut items),
        Inside::Code if is_asked || statement::must_go_on(&context) => statement::statement(&context, &mut items),
        Inside::Text => statement::in_text(&context, &mut items),
        Inside::Code | Inside::Comment => {}
    }
    items.finish(&context.position)
}
