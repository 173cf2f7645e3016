//! Scenarios: steps along declared edges, with branches, notes and replies.
//!
//! [`sequences`] gives the statements of all scenarios their meaning. What does not mean anything is left out and kept as a
//! [`Problem`] or a [`Mistake`], facts without words. What an environment removed is left out without a word.
//!
//! A step follows an edge from its one end to its other: `->` follows `->` and `=>`, since a call carries data; `=>` follows
//! `=>`, and `~>` follows `~>`. Along `a -> b via c` lead `a -> b`, `a -> c` and `c -> b`. An end may be a group or an
//! architecture; the edge then ends anywhere inside. In `a <- b`, `b` answers an earlier step from `a` to `b`.

mod answers;
mod nearest;
mod resolve;
mod routes;
mod verify;

pub use nearest::{Nearest, nearest};

use std::collections::BTreeSet;

use smol_str::SmolStr;

use self::resolve::Resolver;
use self::routes::Routes;
use crate::model::{ArchitectureId, EdgeId, ElementId, Model, Problem, Scenario};
use crate::source::Span;
use crate::syntax::ast::{Arrow, Path};

/// Who takes part in a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Participant {
    /// A system as a whole.
    Architecture(ArchitectureId),
    /// An element; a group stands for what it holds.
    Element(ElementId),
}

/// A scenario as it is meant.
#[derive(Debug)]
pub struct Sequence<'m> {
    /// Its declaration.
    pub scenario: &'m Scenario,
    /// What happens, in order.
    pub items: Vec<Item>,
    /// Names in it that mean nothing, or several things.
    pub problems: Vec<Problem>,
    /// What else is wrong with it.
    pub mistakes: Vec<Mistake>,
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Item {
    /// A step.
    Message(Message),
    /// Steps that happen under a condition, again and again, or beside each other.
    Fragment(Fragment),
    /// A text over participants.
    Note(Note),
}

/// A step from one participant to another.
#[derive(Clone, Debug)]
pub struct Message {
    /// Who sends.
    pub from: Participant,
    /// Who receives.
    pub to: Participant,
    /// What moves; of a reply, [`Arrow::Reply`].
    pub arrow: Arrow,
    /// Its label, if it has one; may hold line breaks.
    pub label: Option<SmolStr>,
    /// The edge that it follows; none of a reply, and of a step that follows none.
    pub edge: Option<EdgeId>,
    /// Where the sender is named.
    pub from_span: Span,
    /// Where the receiver is named.
    pub to_span: Span,
    /// Where the arrow stands.
    pub arrow_span: Span,
    /// Whether its statement holds no other step.
    pub stands_alone: bool,
}

impl Message {
    /// Where the step stands, from the one name to the other.
    pub fn span(&self) -> Span {
        self.from_span.to(self.to_span)
    }
}

/// What a block of steps means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One of its branches happens.
    Alt,
    /// It happens or not.
    Opt,
    /// It happens again and again.
    Loop,
    /// All of its branches happen, beside each other.
    Par,
}

impl Form {
    /// The word it begins with.
    pub fn word(self) -> &'static str {
        match self {
            Form::Alt => "alt",
            Form::Opt => "opt",
            Form::Loop => "loop",
            Form::Par => "par",
        }
    }

    /// The word that further branches begin with; `None` if there are none.
    pub fn branch_word(self) -> Option<&'static str> {
        match self {
            Form::Alt => Some("else"),
            Form::Par => Some("and"),
            Form::Opt | Form::Loop => None,
        }
    }

    fn of(word: &str) -> Option<Form> {
        [Form::Alt, Form::Opt, Form::Loop, Form::Par].into_iter().find(|form| form.word() == word)
    }
}

/// A block of steps.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// What it means.
    pub form: Form,
    /// Its branches, at least one.
    pub branches: Vec<Branch>,
}

/// A branch of a block.
#[derive(Clone, Debug)]
pub struct Branch {
    /// When it happens, if it says so.
    pub title: Option<SmolStr>,
    /// What happens.
    pub items: Vec<Item>,
}

/// A text over participants.
#[derive(Clone, Debug)]
pub struct Note {
    /// Those it is about, at least one.
    pub over: Vec<Participant>,
    /// The text; may hold line breaks.
    pub text: SmolStr,
}

/// What is wrong with a scenario, beside names that mean nothing.
#[derive(Debug)]
pub enum Mistake {
    /// A step along no declared edge.
    UndeclaredEdge {
        /// The step.
        step: Message,
        /// Whether it would answer an earlier step if it were a reply.
        may_answer: bool,
    },
    /// A reply to nobody who has asked.
    UnaskedReply(Message),
    /// `and` or `else` after a block that does not go on with it. The branch is left out.
    WrongBranch {
        /// What the block is.
        form: Form,
        /// The word.
        word: Path,
    },
    /// No step at all.
    Empty,
}

/// Gives all scenarios of a model their meaning, in the model's order.
pub fn sequences(model: &Model) -> Vec<Sequence<'_>> {
    if model.scenarios.is_empty() {
        return Vec::new();
    }
    let mut resolver = Resolver::new(model);
    let mut sequences: Vec<_> = model.scenarios.iter().map(|scenario| resolver.sequence(scenario)).collect();
    let routes = Routes::new(model, &resolver.containers());
    for sequence in &mut sequences {
        verify::verify(sequence, &routes);
    }
    sequences
}

/// The participants of a list of items, in the order in which they appear.
pub fn participants<'i>(items: impl IntoIterator<Item = &'i Item>) -> Vec<Participant> {
    let (mut seen, mut all) = (BTreeSet::new(), Vec::new());
    for item in items {
        visit(item, &mut |participant| {
            if seen.insert(participant) {
                all.push(participant);
            }
        });
    }
    all
}

/// Shows all participants of an item, some of them several times. Items nest as deep as the parser lets them.
fn visit(item: &Item, show: &mut impl FnMut(Participant)) {
    match item {
        Item::Message(message) => [message.from, message.to].into_iter().for_each(show),
        Item::Note(note) => note.over.iter().copied().for_each(show),
        Item::Fragment(fragment) => {
            let items = fragment.branches.iter().flat_map(|branch| &branch.items);
            items.for_each(|item| visit(item, show));
        }
    }
}
