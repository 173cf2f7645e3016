//! What a kind connects to: a line for each arrow and verdict, with marks that lead to the sources below.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::catalog::{Catalog, End, Kind, KindId, Verdict, WireFact};
use crate::syntax::ast::Arrow;

/// All that the catalog knows of connections with a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connections {
    /// What it connects to, and what it connects from; a direction of which nothing is known is left out.
    pub directions: Vec<Direction>,
    /// The sources that the marks refer to.
    pub sources: Vec<Origin>,
}

/// Connections that start at a kind, or lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Direction {
    /// "Connects to", or "Connects from".
    pub title: &'static str,
    /// What is said of the kind and of those it inherits from, a line for each arrow and verdict.
    pub own: Vec<String>,
    /// What is said of everything.
    pub wide: Vec<String>,
}

/// Where a fact is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The number of its mark.
    pub number: usize,
    /// What it is.
    pub text: String,
    /// What unites it with others in a list: when it was read, or that there was nothing to read.
    pub heading: String,
    /// All of it, with the note on the connection, for a line of its own.
    pub in_full: String,
}

impl Connections {
    /// What is known of connections with a kind. Facts with different notes have different numbers, if notes are shown.
    pub fn of(catalog: &Catalog, kind: &Kind, has_notes: bool) -> Connections {
        let mut sources = Sources { items: Vec::new(), has_notes };
        let facts = catalog.wire_facts();
        let from = facts.iter().filter_map(|fact| seen(catalog, kind, fact, fact.from, fact.to)).collect();
        let to = direction("Connects to", catalog, from, &mut sources, true);
        let back = facts.iter().filter_map(|fact| seen(catalog, kind, fact, fact.to, fact.from)).collect();
        let from = direction("Connects from", catalog, back, &mut sources, false);
        let origin = |(source, number): (&Source<'_>, usize)| Origin {
            number,
            text: source.unpublished().unwrap_or(source.text).to_owned(),
            heading: source.heading(),
            in_full: source.in_full(),
        };
        let sources = sources.items.iter().zip(1..).map(origin).collect();
        Connections { directions: to.into_iter().chain(from).collect(), sources }
    }

    /// The sources without their notes, as short as can be: by when they were read.
    pub fn by_date(&self) -> Vec<String> {
        let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for Origin { number, text, heading, .. } in &self.sources {
            groups.entry(heading).or_default().push(format!("[{number}] {text}"));
        }
        groups.into_iter().map(|(heading, items)| format!("{heading}: {}", items.join("; "))).collect()
    }
}

/// A fact as seen from one kind.
struct Seen<'f> {
    fact: &'f WireFact,
    /// The other end.
    other: End,
    /// How far the kind is from the end that the fact names: 0 if it is named itself.
    distance: usize,
}

impl Seen<'_> {
    fn works(&self) -> bool {
        rank(&self.fact.verdict) == 0
    }
}

/// Further than any ancestor: the fact is about `*`.
const ANY: usize = usize::MAX;

/// The sources that a page refers to, in the order of their numbers.
struct Sources<'f> {
    items: Vec<Source<'f>>,
    /// Whether the notes of facts are shown; facts with different notes then have different numbers.
    has_notes: bool,
}

#[derive(PartialEq, Eq)]
struct Source<'f> {
    text: &'f str,
    read: Option<Date>,
    note: Option<&'f str>,
}

impl<'f> Sources<'f> {
    /// The number of a fact's source.
    fn mark(&mut self, fact: &'f WireFact) -> usize {
        let note = fact.note.as_deref().filter(|_| self.has_notes);
        let text = if fact.source == "definition of the kind" { "definition of the kinds" } else { &*fact.source };
        let source = Source { text, read: fact.read, note };
        let known = self.items.iter().position(|item| *item == source);
        known.map_or_else(
            || {
                self.items.push(source);
                self.items.len()
            },
            |at| at + 1,
        )
    }
}

impl Source<'_> {
    /// What the fact rests on if nothing was published that says so.
    fn unpublished(&self) -> Option<&'static str> {
        match self.text {
            "general knowledge" => Some("general knowledge"),
            "definition of the kinds" => Some("what the generic kinds stand for"),
            _ => None,
        }
    }

    /// What unites it with others in a list: when it was read, or that there was nothing to read.
    fn heading(&self) -> String {
        match (self.unpublished(), self.read) {
            (Some(_), _) => "no published source".to_owned(),
            (None, Some(date)) => format!("read {date}"),
            (None, None) => "no date".to_owned(),
        }
    }

    /// All of it, for a line of its own.
    fn in_full(&self) -> String {
        let note = self.note.map(|note| format!(". {note}")).unwrap_or_default();
        let date = |word: &str| self.read.map(|date| format!(", {word} {date}")).unwrap_or_default();
        match self.unpublished() {
            Some(ground) => format!("no published source: {ground}{}{note}", date("as of")),
            None => format!("{}{}{note}", self.text, date("read")),
        }
    }
}

fn direction<'f>(
    title: &'static str,
    catalog: &Catalog,
    facts: Vec<Seen<'f>>,
    sources: &mut Sources<'f>,
    is_start: bool,
) -> Option<Direction> {
    let (mut wide, own): (Vec<_>, Vec<_>) = decisive(facts).into_iter().partition(|seen| seen.distance == ANY);
    // What connects with anything needs no list of what everything connects with.
    let is_open = |arrow| own.iter().any(|seen| seen.fact.arrow == arrow && seen.other == End::Any && seen.works());
    wide.retain(|seen| !(seen.works() && is_open(seen.fact.arrow)));
    if own.is_empty() && wide.is_empty() {
        return None;
    }
    let own = arrows(catalog, &own, sources, is_start);
    Some(Direction { title, own, wide: arrows(catalog, &wide, sources, is_start) })
}

fn arrows<'f>(catalog: &Catalog, facts: &[Seen<'f>], sources: &mut Sources<'f>, is_start: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for arrow in [Arrow::Data, Arrow::Call, Arrow::Side] {
        let mut rest: Vec<&Seen<'f>> = facts.iter().filter(|seen| seen.fact.arrow == arrow).collect();
        let is_complete = is_start && rest.iter().any(|seen| seen.fact.verdict == Verdict::Only);
        rest.sort_by_key(|seen| rank(&seen.fact.verdict));
        while let Some(first) = rest.first().map(|seen| &seen.fact.verdict) {
            let (same, others): (Vec<_>, Vec<_>) =
                rest.iter().partition(|seen| phrase(catalog, &seen.fact.verdict) == phrase(catalog, first));
            let complete = if is_complete && rank(first) == 0 { " (the list is complete)" } else { "" };
            let ends = ends(catalog, &same, sources);
            lines.push(format!("{}  {}{ends}{complete}", arrow.symbol(), phrase(catalog, first)));
            rest = others;
        }
    }
    lines
}

/// A fact that covers a kind at one of its ends.
fn seen<'f>(catalog: &Catalog, kind: &Kind, fact: &'f WireFact, this: End, other: End) -> Option<Seen<'f>> {
    let distance = match this {
        End::Kind(id) => catalog.ancestry(kind.id).position(|ancestor| ancestor.id == id)?,
        End::Any => ANY,
    };
    Some(Seen { fact, other, distance })
}

/// The facts that hold: of those about the same arrow and the same other end, the nearest to the kind, and among these
/// the ones that allow, if there are any.
fn decisive(facts: Vec<Seen<'_>>) -> Vec<Seen<'_>> {
    let rival = |one: &Seen<'_>, other: &Seen<'_>| one.fact.arrow == other.fact.arrow && one.other == other.other;
    let weight = |seen: &Seen<'_>| (seen.distance, !seen.works());
    let holds: Vec<bool> = facts
        .iter()
        .map(|seen| !facts.iter().any(|other| rival(seen, other) && weight(other) < weight(seen)))
        .collect();
    facts.into_iter().zip(holds).filter_map(|(seen, holds)| holds.then_some(seen)).collect()
}

/// What works first.
fn rank(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Works | Verdict::Only => 0,
        Verdict::Through(_) => 1,
        Verdict::Never => 2,
        Verdict::Retired => 3,
    }
}

fn phrase(catalog: &Catalog, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Works | Verdict::Only => String::new(),
        Verdict::Never => "impossible: ".to_owned(),
        Verdict::Retired => "no longer: ".to_owned(),
        Verdict::Through(kinds) => {
            let kinds: Vec<_> = kinds.iter().map(|id| catalog.kind(*id).name.as_str()).collect();
            format!("only through {}: ", kinds.join(" or "))
        }
    }
}

/// The other ends with the marks of their sources: `aws.s3, aws.sqs [1], aws.emr [2]`. Ends with the same marks stand
/// together, and products before generic kinds.
fn ends<'f>(catalog: &Catalog, facts: &[&Seen<'f>], sources: &mut Sources<'f>) -> String {
    let mut marks: Vec<(End, Vec<usize>)> = Vec::new();
    for seen in facts {
        let mark = sources.mark(seen.fact);
        match marks.iter_mut().find(|(end, _)| *end == seen.other) {
            Some((_, marks)) if marks.contains(&mark) => {}
            Some((_, marks)) => marks.push(mark),
            None => marks.push((seen.other, vec![mark])),
        }
    }
    marks.sort_by_key(|(end, marks)| (breadth(catalog, *end), marks.clone(), name(catalog, *end)));
    let groups = marks.chunk_by(|(left, left_marks), (right, right_marks)| {
        left_marks == right_marks && breadth(catalog, *left) == breadth(catalog, *right)
    });
    let groups = groups.map(|group| {
        let names: Vec<String> = group.iter().map(|(end, _)| name(catalog, *end)).collect();
        let marks = group.first().map(|(_, marks)| marks.iter().map(ToString::to_string).collect::<Vec<_>>());
        format!("{} [{}]", names.join(", "), marks.unwrap_or_default().join(", "))
    });
    groups.collect::<Vec<_>>().join("; ")
}

/// How much an end stands for: products first, generic kinds after them, and `*` last.
fn breadth(catalog: &Catalog, end: End) -> u8 {
    match end {
        End::Kind(id) => u8::from(!catalog.kind(id).name.contains('.')),
        End::Any => 2,
    }
}

fn name(catalog: &Catalog, end: End) -> String {
    let kind = |id: KindId| catalog.kind(id);
    match end {
        End::Kind(id) if kind(id).is_abstract => format!("any {}", kind(id).name),
        End::Kind(id) => kind(id).name.to_string(),
        End::Any => "anything".to_owned(),
    }
}
