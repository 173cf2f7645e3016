//! What each word of a file is, for its colour.
//!
//! The tree says what the names, values and arrows are; all other words of a statement are its keywords. Between statements
//! stands what is not understood, and there a word is a keyword where one could begin a statement, so that a line keeps its
//! colours while it is typed.

mod lines;
mod marks;

use super::Snapshot;
use crate::source::{FileId, Span};

/// What a stretch of text is. The names are those of the protocol that editors speak, so that every theme knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourSort {
    /// A word of the language.
    Keyword,
    /// An architecture, a group, or an instance of a pattern.
    Namespace,
    /// An element that is no group.
    Variable,
    /// A kind, or the type of a property.
    Type,
    /// An environment, a rule, an example or a decision.
    Class,
    /// A view, a scenario, a pattern, or a function of an expression.
    Function,
    /// A parameter of a pattern.
    Parameter,
    /// A property.
    Property,
    /// A value that is a name, a price, or the code of a rule.
    EnumMember,
    /// A text.
    String,
    /// A number with its unit, or a date.
    Number,
    /// An arrow or a sign of an expression.
    Operator,
    /// An attribute.
    Decorator,
    /// A comment or documentation.
    Comment,
}

impl ColourSort {
    /// All of them, in the order of their numbers.
    pub const ALL: [ColourSort; 14] = [
        ColourSort::Keyword,
        ColourSort::Namespace,
        ColourSort::Variable,
        ColourSort::Type,
        ColourSort::Class,
        ColourSort::Function,
        ColourSort::Parameter,
        ColourSort::Property,
        ColourSort::EnumMember,
        ColourSort::String,
        ColourSort::Number,
        ColourSort::Operator,
        ColourSort::Decorator,
        ColourSort::Comment,
    ];

    /// The name in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            ColourSort::Keyword => "keyword",
            ColourSort::Namespace => "namespace",
            ColourSort::Variable => "variable",
            ColourSort::Type => "type",
            ColourSort::Class => "class",
            ColourSort::Function => "function",
            ColourSort::Parameter => "parameter",
            ColourSort::Property => "property",
            ColourSort::EnumMember => "enumMember",
            ColourSort::String => "string",
            ColourSort::Number => "number",
            ColourSort::Operator => "operator",
            ColourSort::Decorator => "decorator",
            ColourSort::Comment => "comment",
        }
    }
}

/// What is special about a stretch of text: a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shades(u32);

impl Shades {
    /// Nothing.
    pub const NONE: Shades = Shades(0);
    /// The name stands where it is declared.
    pub const DECLARATION: Shades = Shades(1);
    /// An external system or people: not ours to change.
    pub const READONLY: Shades = Shades(1 << 1);
    /// No longer offered.
    pub const DEPRECATED: Shades = Shades(1 << 2);
    /// Only there to be a parent.
    pub const ABSTRACT: Shades = Shades(1 << 3);
    /// Documentation.
    pub const DOCUMENTATION: Shades = Shades(1 << 4);
    /// It ships with the compiler.
    pub const DEFAULT_LIBRARY: Shades = Shades(1 << 5);

    /// The names in the protocol, in the order of the bits.
    pub const NAMES: [&'static str; 6] =
        ["declaration", "readonly", "deprecated", "abstract", "documentation", "defaultLibrary"];

    /// These and others.
    #[must_use]
    pub fn with(self, other: Shades) -> Shades {
        Shades(self.0 | other.0)
    }

    /// These, or none.
    #[must_use]
    pub fn when(self, holds: bool) -> Shades {
        if holds { self } else { Shades::NONE }
    }

    /// The flags as bits.
    pub fn bits(self) -> u32 {
        self.0
    }
}

/// A stretch of text within one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Where.
    pub span: Span,
    /// What it is.
    pub sort: ColourSort,
    /// What is special about it.
    pub shades: Shades,
}

/// What the words of a file, or of a part of it, are; in the order of the text, and none over another.
pub fn colours(snapshot: &Snapshot, file: FileId, within: Option<Span>) -> Vec<Colour> {
    // Other files of a workspace have editors' own colours.
    let Some(tree) = snapshot.tree(file) else { return Vec::new() };
    let text = snapshot.text(file);
    let whole = Span::of(file, 0..text.len());
    let within = within.map_or(whole, |within| whole_lines(text, within));
    let known = marks::of(snapshot, tree, within);
    lines::fill(text, within, &known)
}

/// The lines that a stretch of a text touches: no word begins before them and ends in them but a text of many lines, which
/// the tree knows.
fn whole_lines(text: &str, within: Span) -> Span {
    let range = within.range();
    let (start, end) = (text.floor_char_boundary(range.start), text.ceil_char_boundary(range.end.min(text.len())));
    let before = text.get(..start).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
    let after = text.get(end..).and_then(|after| after.find(['\n', '\r'])).map_or(text.len(), |length| end + length);
    Span::of(within.file, before..after)
}
