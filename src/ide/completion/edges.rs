//! Edges: where they can lead to, and what can carry them.

use std::collections::BTreeMap;

use super::context::{Context, Place};
use super::items::Items;
use super::names::{Identity, Known, Rank, names};
use super::wiring::{Verdict, Verdicts};
use super::{Item, Sort, kinds};
use crate::catalog::KindId;
use crate::ide::position::{Lexeme, Sort as Word};
use crate::model::{Edge, ElementId};
use crate::syntax::ast::Arrow;

/// An edge as far as it is written.
#[derive(Debug, Default)]
pub(super) struct Written<'p> {
    /// The ends before the last arrow.
    from: Vec<&'p str>,
    /// The last arrow; none if it is not one of the language.
    arrow: Option<Arrow>,
    /// The ends after it.
    to: Vec<&'p str>,
    /// The carriers, with the names that they are given.
    pub(super) carriers: Vec<(Option<&'p str>, &'p str)>,
    /// What comes next.
    next: Next,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    /// An end.
    #[default]
    End,
    /// Something after an end.
    AfterEnd,
    /// A carrier.
    Carrier,
    /// The kind of a carrier that has a name.
    CarrierKind,
    /// Nothing but a label and a block.
    Nothing,
}

impl<'p> Written<'p> {
    /// Reads the words of an edge.
    pub(super) fn read(context: &'p Context<'_>, words: &'p [Lexeme]) -> Written<'p> {
        let mut edge = Written::default();
        let text = |lexeme: &Lexeme| context.position.text_of(lexeme);
        let mut at = 0;
        while let Some(lexeme) = words.get(at) {
            at += 1;
            match (lexeme.sort, text(lexeme)) {
                (Word::Arrow, arrow) => {
                    if edge.arrow.is_some() || !edge.to.is_empty() {
                        edge.from = std::mem::take(&mut edge.to);
                    }
                    edge.arrow = arrow_of(arrow);
                    edge.next = Next::End;
                }
                (_, ",") if edge.next == Next::AfterEnd => edge.next = Next::End,
                (_, ",") => edge.next = Next::Carrier,
                (Word::Name, "via") if edge.next == Next::AfterEnd && edge.arrow.is_some() => edge.next = Next::Carrier,
                (Word::Name, name) if edge.next == Next::End => {
                    if edge.arrow.is_some() {
                        edge.to.push(name);
                    } else {
                        edge.from.push(name);
                    }
                    edge.next = Next::AfterEnd;
                }
                (Word::Name, name) if edge.next == Next::Carrier => {
                    edge.carriers.push((None, name));
                    edge.next = Next::Nothing;
                }
                (_, ":") if edge.next == Next::Nothing => {
                    if let Some((name, target)) = edge.carriers.last_mut() {
                        *name = Some(std::mem::take(target));
                    }
                    edge.next = Next::CarrierKind;
                }
                (Word::Name, kind) if edge.next == Next::CarrierKind => {
                    if let Some((_, target)) = edge.carriers.last_mut() {
                        *target = kind;
                    }
                    edge.next = Next::Nothing;
                }
                _ => edge.next = Next::Nothing,
            }
        }
        edge
    }
}

fn arrow_of(arrow: &str) -> Option<Arrow> {
    [Arrow::Data, Arrow::Call, Arrow::Side, Arrow::Reply].into_iter().find(|it| it.symbol() == arrow)
}

/// What goes on with an edge that has its arrow.
pub(super) fn edge(context: &Context<'_>, items: &mut Items) {
    let edge = Written::read(context, &context.position.before);
    let is_step = matches!(context.place, Place::Scenario | Place::Steps);
    match edge.next {
        Next::End if is_step => step_ends(context, items, &edge),
        Next::End => ends(context, items, &edge),
        Next::AfterEnd => {
            if !is_step {
                items.add(Item::new(Sort::Keyword, "via").detail("carried by a service").about_word("via"));
            }
            arrows(context, items);
        }
        Next::Carrier if !is_step => carriers(context, items, &edge, true),
        Next::CarrierKind if !is_step => carriers(context, items, &edge, false),
        Next::Carrier | Next::CarrierKind | Next::Nothing => {}
    }
}

/// Arrows after a name.
pub(super) fn arrows(context: &Context<'_>, items: &mut Items) {
    let is_step = matches!(context.place, Place::Scenario | Place::Steps);
    let all = [
        ("->", "data moves"),
        ("=>", "a call that waits for its answer"),
        ("~>", "a side channel: triggers, logs, alarms"),
        ("<-", "a reply"),
    ];
    let all = all.into_iter().filter(|(arrow, _)| is_step || *arrow != "<-");
    items.extend(all.map(|(arrow, what)| Item::new(Sort::Operator, arrow).detail(what).about_word(arrow)));
}

impl Item {
    pub(super) fn about_word(self, word: &str) -> Item {
        self.about(super::About::Keyword(word.to_owned()))
    }
}

/// The ends that an edge can lead to, those first that the start can be wired to.
fn ends(context: &Context<'_>, items: &mut Items, edge: &Written<'_>) {
    let Some(arrow) = edge.arrow else { return };
    let from: Vec<Known<'_>> = edge.from.iter().filter_map(|path| context.meaning(path)).collect();
    let taken: Vec<Known<'_>> = edge.to.iter().filter_map(|path| context.meaning(path)).collect();
    let mut verdicts = Verdicts::new(context, arrow);
    names(context, items, |known| {
        let is_itself = from.iter().chain(&taken).any(|it| it.identity == known.identity);
        let is_container = known.sort == Sort::Architecture || (known.sort == Sort::Group && arrow != Arrow::Side);
        if is_itself || is_container {
            return None;
        }
        let hops = from.iter().filter_map(|from| Some((from.kind?, known.kind?)));
        let (verdict, wires) = verdicts.all(hops);
        let note = match verdict {
            Verdict::Refused => wires.first().map(|wire| format!("not from {}", wire.from)),
            Verdict::Works | Verdict::Unknown => None,
        };
        Some(Rank { tier: verdict.tier(), note, wires })
    });
}

/// What can carry an edge: kinds, and services that are declared. Those come first that lead from the one end to the other.
fn carriers(context: &Context<'_>, items: &mut Items, edge: &Written<'_>, with_services: bool) {
    let Some(arrow) = edge.arrow else { return };
    let kind_of = |path: &&str| context.meaning(path).and_then(|known| known.kind);
    let carrier_kind = |path: &str| context.catalog().find(path).or_else(|| kind_of(&path));
    let earlier: Vec<&str> = edge.carriers.iter().map(|(_, target)| *target).filter(|it| !it.is_empty()).collect();
    let from: Vec<KindId> = match earlier.last() {
        Some(last) => carrier_kind(last).into_iter().collect(),
        None => edge.from.iter().filter_map(kind_of).collect(),
    };
    let to: Vec<KindId> = edge.to.iter().filter_map(kind_of).collect();
    // What the catalog would put between the two.
    let ways: Vec<KindId> = match (from.as_slice(), to.as_slice()) {
        ([from], [to]) => context.catalog().ways_around(*from, arrow, *to).into_iter().filter_map(only).collect(),
        _ => Vec::new(),
    };
    let mut verdicts = Verdicts::new(context, arrow);
    let mut rank = |kind: KindId| {
        let hops = from.iter().map(|from| (*from, kind)).chain(to.iter().map(|to| (kind, *to)));
        let (verdict, wires) = verdicts.all(hops);
        let tier = if ways.contains(&kind) { 0 } else { verdict.tier() * 2 + 2 };
        (tier, wires)
    };
    let is_end =
        |path: &&str, known: &Known<'_>| context.meaning(path).is_some_and(|end| end.identity == known.identity);
    if with_services {
        let ends: Vec<&str> = edge.from.iter().chain(&edge.to).chain(&earlier).copied().collect();
        names(context, items, |known| {
            if known.sort != Sort::Service || ends.iter().any(|end| is_end(end, known)) {
                return None;
            }
            let (tier, wires) = known.kind.map(&mut rank)?;
            // A kind of its own is what is meant more often.
            Some(Rank { tier: tier + 1, note: None, wires })
        });
    }
    kinds::carriers(context, items, rank);
}

/// The one of a list that has no other.
fn only(kinds: Vec<KindId>) -> Option<KindId> {
    <[KindId; 1]>::try_from(kinds).ok().map(|[kind]| kind)
}

// ---- Scenarios --------------------------------------------------------------------------------------------------------

/// The ends of a step: those first that a declared edge leads to.
fn step_ends(context: &Context<'_>, items: &mut Items, edge: &Written<'_>) {
    let Some(arrow) = edge.arrow else { return };
    let from: Vec<ElementId> = edge.from.iter().filter_map(|path| element(&context.meaning(path)?)).collect();
    let mut reached: BTreeMap<ElementId, String> = BTreeMap::new();
    for edge in &context.model().edges {
        for (to, through) in leads(context, edge, arrow, &from) {
            let label = edge.label.as_ref().map(|label| label.split_whitespace().collect::<Vec<_>>().join(" "));
            let note = through.or(label).map_or_else(|| edge.arrow.symbol().to_owned(), |note| format!("“{note}”"));
            reached.entry(to).or_insert(note);
        }
    }
    names(context, items, |known| {
        let note = element(known).and_then(|id| reached.get(&id)).cloned();
        let tier = u8::from(note.is_none());
        let is_itself = edge.from.contains(&known.name);
        (!is_itself).then_some(Rank { tier, note, wires: Vec::new() })
    });
}

fn element(known: &Known<'_>) -> Option<ElementId> {
    match known.identity {
        Identity::Element(id) => Some(id),
        Identity::Architecture(_) | Identity::Written(_) => None,
    }
}

/// Where a step with an arrow can lead along an edge from any of these, and what it says there, if that is not its label.
fn leads(context: &Context<'_>, edge: &Edge, arrow: Arrow, from: &[ElementId]) -> Vec<(ElementId, Option<String>)> {
    let fits = match arrow {
        Arrow::Data => edge.arrow != Arrow::Side,
        Arrow::Reply => true,
        Arrow::Call | Arrow::Side => edge.arrow == arrow,
    };
    let is_from = |id: ElementId| from.iter().any(|from| *from == id || is_inside(context, id, *from));
    if !fits {
        return Vec::new();
    }
    let Some(last) = edge.carriers.last() else {
        return is_from(edge.from).then_some((edge.to, None)).into_iter().collect();
    };
    let mut found = Vec::new();
    if is_from(edge.from) {
        found.push((edge.to, None));
        let product =
            |id: ElementId| context.model().kind_of(context.model().element(id)).map(|it| it.product.to_string());
        found.extend(edge.carriers.first().map(|first| (*first, product(*first))));
    }
    if is_from(*last) {
        found.push((edge.to, None));
    }
    found
}

fn is_inside(context: &Context<'_>, id: ElementId, group: ElementId) -> bool {
    let around = |id: &ElementId| context.model().element(*id).group;
    std::iter::successors(around(&id), around).any(|it| it == group)
}
