//! Sequence diagrams of scenarios.
//!
//! A scenario that is too long for one diagram is cut between its steps into several, which say so at their ends. A single
//! block that is too long for a diagram is left out, which a note in its place says.

mod lines;

use std::collections::BTreeSet;

use self::lines::{Cast, Lines};
use super::names::shorten;
use super::{Diagram, MAX_CHARACTERS, Shown, escape};
use crate::docs;
use crate::model::Model;
use crate::scenario::{Item, Participant, Sequence, participants};

/// Where the files of scenarios lie, apart from those of diagrams of elements, whose names theirs could have.
const FOLDER: &str = "scenarios/";

/// The longest title and description, in characters.
const MAX_TITLE: usize = 200;
const MAX_DESCRIPTION: usize = 400;

/// What is kept free for the head of a diagram and the notes at its ends: the texts of the head at their longest, with
/// each character an entity.
const RESERVE: usize = 12 * (2 * MAX_TITLE + MAX_DESCRIPTION);

/// The diagrams of a scenario, in the order of time: one, unless it is too long. None if nothing happens in it.
pub fn sequence_diagrams(model: &Model, sequence: &Sequence<'_>) -> Vec<Diagram> {
    let cast = Cast { model, home: sequence.scenario.head.architecture };
    let parts = parts(&cast, &sequence.items);
    let count = parts.len();
    parts.iter().enumerate().map(|(index, part)| diagram(&cast, sequence, part, (index, count))).collect()
}

/// An item, and whether it is drawn: a block may be too long for any diagram.
#[derive(Clone, Copy)]
struct Piece<'s> {
    item: &'s Item,
    fits: bool,
}

/// Cuts a scenario into parts that can be drawn.
fn parts<'s>(cast: &Cast<'_>, items: &'s [Item]) -> Vec<Vec<Piece<'s>>> {
    let room = MAX_CHARACTERS - RESERVE;
    let mut parts: Vec<Vec<Piece<'s>>> = Vec::new();
    let (mut present, mut used) = (BTreeSet::new(), room);
    for item in items {
        let all = participants([item]);
        let body = length(|lines| lines.items(std::slice::from_ref(item)), cast);
        let heads = |new: &mut dyn Iterator<Item = &Participant>| -> usize {
            new.map(|it| length(|lines| lines.participant(*it), cast)).sum()
        };
        let fits = body + heads(&mut all.iter()) <= room;
        let body = if fits { body } else { RESERVE };
        // Whoever is not drawn with the item stands under its note all the same, if there is room.
        let all = if fits { all } else { all.into_iter().take(2).collect() };
        let mut needed = body + heads(&mut all.iter().filter(|it| !present.contains(*it)));
        if used + needed > room {
            (used, needed) = (0, body + heads(&mut all.iter()));
            present.clear();
            parts.push(Vec::new());
        }
        used += needed;
        present.extend(all);
        parts.last_mut().into_iter().for_each(|part| part.push(Piece { item, fits }));
    }
    parts
}

/// How many UTF-16 code units some lines have.
fn length(write: impl FnOnce(&mut Lines<'_>), cast: &Cast<'_>) -> usize {
    let mut lines = Lines::new(cast);
    write(&mut lines);
    lines.text.encode_utf16().count()
}

fn diagram(cast: &Cast<'_>, sequence: &Sequence<'_>, part: &[Piece<'_>], (index, count): (usize, usize)) -> Diagram {
    let head = &sequence.scenario.head;
    let mut title = head.label().to_owned();
    let home = head.architecture.map(|id| format!("{}.", cast.model.architecture(id).name)).unwrap_or_default();
    let mut name = format!("{FOLDER}{home}{}", head.name);
    if count > 1 {
        title = format!("{title}, part {} of {count}", index + 1);
    }
    if index > 0 {
        name = format!("{name}~{}", index + 1);
    }
    let mut lines = Lines::new(cast);
    lines.line(format_args!("accTitle: {}", visible(&shorten(&title, MAX_TITLE), &head.name)));
    let description = head.doc.as_ref().map(|doc| escape::line(&shorten(&docs::summary(&doc.text), MAX_DESCRIPTION)));
    if let Some(description) = description.filter(|description| !description.is_empty()) {
        lines.line(format_args!("accDescr: {description}"));
    }
    let present = draw(&mut lines, part);
    let nodes = present.into_iter().map(|participant| {
        let shown = match participant {
            Participant::Architecture(id) => Shown::Architecture(id),
            Participant::Element(id) => Shown::Element(id),
        };
        (cast.id(participant), shown)
    });
    let nodes = nodes.collect();
    if index + 1 < count {
        lines.note_over_all(&format!("continues in part {} of {count}", index + 2));
    }
    let full_name = format!("{home}{}", head.name);
    let text = format!("%% {}: drawn by archc\nsequenceDiagram\n{}", shorten(&full_name, MAX_TITLE), lines.text);
    Diagram { name, title, group: None, text, notes: Vec::new(), nodes }
}

fn visible(text: &str, name: &str) -> String {
    let line = escape::line(text);
    if line.is_empty() { escape::line(name) } else { line }
}

/// Writes the participants and what they do. Returns the participants.
fn draw(lines: &mut Lines<'_>, part: &[Piece<'_>]) -> BTreeSet<Participant> {
    let mut present = Vec::new();
    let mut seen = BTreeSet::new();
    for piece in part {
        let all = participants([piece.item]);
        let shown = if piece.fits { all.len() } else { 2 };
        present.extend(all.into_iter().take(shown).filter(|participant| seen.insert(*participant)));
    }
    for participant in present {
        lines.participant(participant);
    }
    // Pieces in a row are drawn together, since a call may end in another piece.
    for run in part.chunk_by(|a, b| a.fits && b.fits) {
        match run {
            [piece] if !piece.fits => lines.left_out(piece.item),
            _ => {
                let items: Vec<&Item> = run.iter().map(|piece| piece.item).collect();
                lines.items(items);
            }
        }
    }
    seen
}
