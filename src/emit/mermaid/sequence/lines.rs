//! The syntax of a sequence diagram, and the only place that writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::emit::mermaid::escape;
use crate::emit::mermaid::names::shorten;
use crate::model::{ArchitectureId, Edge, Model, Variety};
use crate::scenario::{Fragment, Item, Message, Note, Participant, participants};
use crate::syntax::ast::Arrow;

/// The longest label of a participant, a step or a branch, in characters.
const MAX_LABEL: usize = 200;

/// The longest note, in characters.
const MAX_NOTE: usize = 1_000;

/// A text that Mermaid takes for one, and in which there is nothing to see.
const BLANK: &str = "#160;";

/// Who takes part in a scenario, as the diagram knows them.
pub(super) struct Cast<'m> {
    pub(super) model: &'m Model,
    /// The architecture that the scenario stands in, if it does.
    pub(super) home: Option<ArchitectureId>,
}

impl Cast<'_> {
    /// The id of a participant.
    pub(super) fn id(&self, participant: Participant) -> String {
        let (prefix, path, number) = match participant {
            Participant::Architecture(id) => ("a", self.model.architecture(id).name.to_string(), id.index()),
            Participant::Element(id) => {
                let path = self.model.path(id);
                let home = self.model.element(id).architecture;
                if Some(home) == self.home {
                    ("n", path, id.index())
                } else {
                    ("f", format!("{}.{path}", self.model.architecture(home).name), id.index())
                }
            }
        };
        // An id made from a number has no `_`, so that it is none of those made from a path.
        escape::id(&path).map_or_else(|| format!("{prefix}{number}"), |path| format!("{prefix}_{path}"))
    }

    fn label(&self, participant: Participant) -> String {
        let (label, name) = match participant {
            Participant::Architecture(id) => {
                let architecture = self.model.architecture(id);
                (architecture.label(), &architecture.name)
            }
            Participant::Element(id) => {
                let element = self.model.element(id);
                (element.label(), &element.name)
            }
        };
        let label = text(label, MAX_LABEL);
        let label = if label.is_empty() { text(name, MAX_LABEL) } else { label };
        let label = self.with_home(participant, label);
        // Mermaid draws further lines over the figure of a person.
        if self.is_person(participant) { label.replace("<br/>", " ") } else { label }
    }

    /// The label with the architecture behind it where that is another one.
    fn with_home(&self, participant: Participant, label: String) -> String {
        match participant {
            Participant::Element(id) if Some(self.model.element(id).architecture) != self.home => {
                let home = self.model.architecture(self.model.element(id).architecture);
                format!("{label}<br/>({})", text(home.label(), MAX_LABEL))
            }
            _ => label,
        }
    }

    fn is_person(&self, participant: Participant) -> bool {
        matches!(participant, Participant::Element(id) if self.model.element(id).variety == Variety::Person)
    }
}

/// An escaped label for the end of a line. Mermaid reads `wrap:` there, and takes a colon for the end of what is before.
fn text(label: &str, characters: usize) -> String {
    escape::label(&shorten(label, characters)).replace(':', "#58;")
}

/// Where the bar of somebody who is at work begins or ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Bar {
    #[default]
    None,
    Begins,
    Ends,
}

/// Lines of a diagram in the making.
pub(super) struct Lines<'c> {
    cast: &'c Cast<'c>,
    pub(super) text: String,
    depth: usize,
    present: Vec<Participant>,
}

impl<'c> Lines<'c> {
    pub(super) fn new(cast: &'c Cast<'c>) -> Lines<'c> {
        Lines { cast, text: String::new(), depth: 1, present: Vec::new() }
    }

    /// Writes a line. Writing to a string does not fail.
    pub(super) fn line(&mut self, line: std::fmt::Arguments<'_>) {
        _ = writeln!(self.text, "{:indent$}{line}", "", indent = self.depth * 2);
    }

    /// Introduces a participant; those that come first stand further left.
    pub(super) fn participant(&mut self, participant: Participant) {
        self.present.push(participant);
        let word = if self.cast.is_person(participant) { "actor" } else { "participant" };
        let (id, label) = (self.cast.id(participant), self.cast.label(participant));
        self.line(format_args!("{word} {id} as {label}"));
    }

    /// Writes what happens. Blocks nest as deep as the parser lets them.
    pub(super) fn items<'i>(&mut self, items: impl IntoIterator<Item = &'i Item>) {
        let items: Vec<&Item> = items.into_iter().collect();
        let bars = bars(&items);
        for (item, bar) in items.into_iter().zip(bars) {
            match item {
                Item::Message(message) => self.message(message, bar),
                Item::Fragment(fragment) => self.fragment(fragment),
                Item::Note(note) => self.note(note),
            }
        }
    }

    fn message(&mut self, message: &Message, bar: Bar) {
        let arrow = match message.arrow {
            Arrow::Data | Arrow::Call => "->>",
            Arrow::Side => "--)",
            Arrow::Reply => "-->>",
        };
        let bar = match bar {
            Bar::None => "",
            Bar::Begins => "+",
            Bar::Ends => "-",
        };
        let (from, to) = (self.cast.id(message.from), self.cast.id(message.to));
        let label = self.message_label(message);
        let label = if label.is_empty() { BLANK } else { &label };
        self.line(format_args!("{from}{arrow}{bar}{to}: {label}"));
    }

    /// The label of a step, or else that of the edge that it follows from one end to the other.
    fn message_label(&self, message: &Message) -> String {
        let model = self.cast.model;
        let is_end = |edge: &&Edge| {
            let ends = [Participant::Element(edge.from), Participant::Element(edge.to)];
            [message.from, message.to] == ends
        };
        let edge = message.edge.map(|id| model.edge(id)).filter(is_end);
        let label = message.label.as_ref().or_else(|| edge.and_then(|edge| edge.label.as_ref()));
        label.map(|label| text(label, MAX_LABEL)).unwrap_or_default()
    }

    fn fragment(&mut self, fragment: &Fragment) {
        let words = std::iter::once(fragment.form.word())
            .chain(std::iter::repeat(fragment.form.branch_word().unwrap_or_default()));
        for (branch, word) in fragment.branches.iter().zip(words) {
            let title = branch.title.as_ref().map(|title| text(title, MAX_LABEL)).unwrap_or_default();
            self.line(format_args!("{}", format!("{word} {title}").trim_end()));
            self.depth += 1;
            self.items(&branch.items);
            self.depth -= 1;
        }
        self.line(format_args!("end"));
    }

    fn note(&mut self, note: &Note) {
        let text = text(&note.text, MAX_NOTE);
        if !text.is_empty() {
            self.note_over(&note.over, &text);
        }
    }

    /// A note over two participants covers those between. The text is escaped.
    fn note_over(&mut self, over: &[Participant], text: &str) {
        let place = |participant: &Participant| self.present.iter().position(|it| it == participant);
        let mut places: Vec<(Option<usize>, Participant)> = over.iter().map(|it| (place(it), *it)).collect();
        places.sort_unstable();
        let ends = [places.first(), places.last()].map(|it| it.map(|(_, participant)| self.cast.id(*participant)));
        if let [Some(first), Some(last)] = ends {
            let over = if first == last { first } else { format!("{first},{last}") };
            self.line(format_args!("Note over {over}: {text}"));
        }
    }

    /// A note over everybody.
    pub(super) fn note_over_all(&mut self, text: &str) {
        let ends: Vec<Participant> = self.present.first().into_iter().chain(self.present.last()).copied().collect();
        self.note_over(&ends, text);
    }

    /// Says that a block is not drawn.
    pub(super) fn left_out(&mut self, item: &Item) {
        let over: Vec<Participant> = participants([item]).into_iter().take(2).collect();
        let steps = steps(item);
        let word = match item {
            Item::Fragment(fragment) => fragment.form.word(),
            Item::Message(_) | Item::Note(_) => "step",
        };
        self.note_over(&over, &format!("{word} with {steps} steps, which are too many for one diagram"));
    }
}

/// How many steps an item holds.
fn steps(item: &Item) -> usize {
    match item {
        Item::Message(_) => 1,
        Item::Note(_) => 0,
        Item::Fragment(it) => it.branches.iter().flat_map(|branch| &branch.items).map(steps).sum(),
    }
}

/// Where bars begin and end: at a call and its reply, where both stand in the same row of steps. Elsewhere Mermaid could
/// meet an end without a beginning, which it refuses.
fn bars(items: &[&Item]) -> Vec<Bar> {
    let mut bars = vec![Bar::None; items.len()];
    let mut open: BTreeMap<(Participant, Participant), Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let Item::Message(message) = item else { continue };
        match message.arrow {
            Arrow::Call => open.entry((message.from, message.to)).or_default().push(index),
            Arrow::Reply => {
                let Some(call) = open.get_mut(&(message.to, message.from)).and_then(Vec::pop) else { continue };
                for (at, bar) in [(call, Bar::Begins), (index, Bar::Ends)] {
                    bars.get_mut(at).into_iter().for_each(|place| *place = bar);
                }
            }
            Arrow::Data | Arrow::Side => {}
        }
    }
    bars
}
