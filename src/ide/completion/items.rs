//! Making items, choosing among them, and putting them into their order.

use std::ops::Range;

use super::{About, Completions, Item, MOST_ITEMS, Sort};
use crate::ide::position::{Inside, Position};

/// Items as they are found.
#[derive(Default)]
pub(super) struct Items {
    all: Vec<Item>,
    /// Where the word begins, if that is not where the position says.
    pub(super) start: Option<usize>,
    is_cut: bool,
}

impl Item {
    /// An item that is written as it is shown.
    pub(super) fn new(sort: Sort, label: impl Into<String>) -> Item {
        let label = label.into();
        Item {
            sort,
            detail: String::new(),
            text: label.clone(),
            snippet: None,
            filter: label.clone(),
            label,
            is_deprecated: false,
            has_members: false,
            about: None,
            tier: 0,
        }
    }

    pub(super) fn detail(self, detail: impl Into<String>) -> Item {
        Item { detail: detail.into(), ..self }
    }

    pub(super) fn text(self, text: impl Into<String>) -> Item {
        Item { text: text.into(), ..self }
    }

    pub(super) fn snippet(self, snippet: impl Into<String>) -> Item {
        Item { snippet: Some(snippet.into()), ..self }
    }

    pub(super) fn filter(self, filter: impl Into<String>) -> Item {
        Item { filter: filter.into(), ..self }
    }

    pub(super) fn about(self, about: About) -> Item {
        Item { about: Some(about), ..self }
    }

    pub(super) fn tier(self, tier: u8) -> Item {
        Item { tier, ..self }
    }
}

impl Items {
    pub(super) fn add(&mut self, item: Item) {
        self.all.push(item);
    }

    pub(super) fn extend(&mut self, items: impl IntoIterator<Item = Item>) {
        self.all.extend(items);
    }

    /// The items as they were added.
    pub(super) fn into_all(self) -> impl Iterator<Item = Item> {
        self.all.into_iter()
    }

    /// Takes notice that there are more than were added.
    pub(super) fn cut(&mut self) {
        self.is_cut = true;
    }

    /// The best that fit what was typed. What fits as well stays in the order of its tier, and in that of its adding.
    pub(super) fn finish(self, position: &Position<'_>) -> Completions {
        let start = self.start.unwrap_or(position.word.start);
        let typed = start..position.cursor;
        let prefix = position.slice(typed.clone());
        let mut fitting: Vec<(Fit, Item)> =
            self.all.into_iter().filter_map(|item| Some((Fit::of(prefix, &item.filter)?, item))).collect();
        fitting.sort_by_key(|(fit, item)| (*fit, item.tier));
        let mut seen = std::collections::BTreeSet::new();
        fitting.retain(|(_, item)| seen.insert((item.label.clone(), item.text.clone())));
        let is_cut = self.is_cut || fitting.len() > MOST_ITEMS;
        // What follows such a sign has a blank before it.
        let before = position.slice(0..start);
        let is_glued = position.inside == Inside::Code && prefix.is_empty() && before.ends_with(['>', ':', '=']);
        let is_glued = is_glued && !before.ends_with(">=") && !before.ends_with("<=") && !before.ends_with("==");
        let mut items: Vec<Item> = fitting.into_iter().take(MOST_ITEMS).map(|(_, item)| item).collect();
        for item in items.iter_mut().filter(|_| is_glued) {
            item.text.insert(0, ' ');
            item.snippet.iter_mut().for_each(|snippet| snippet.insert(0, ' '));
        }
        Completions { items, is_cut, typed, word: Range { start, end: position.word.end.max(position.cursor) } }
    }
}

/// How well an item fits what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It begins with it.
    Beginning,
    /// One of its words does.
    Word,
    /// It has its characters, in their order.
    Characters,
}

impl Fit {
    /// How a text fits what was typed; none if it does not.
    pub(super) fn of(typed: &str, text: &str) -> Option<Fit> {
        if begins(text, typed) {
            return Some(Fit::Beginning);
        }
        let inner = |c: char| c.is_alphanumeric();
        let starts = text.char_indices().zip(text.chars().skip(1)).filter(|((_, a), b)| !inner(*a) && inner(*b));
        let mut words = starts.filter_map(|((at, a), _)| text.get(at + a.len_utf8()..));
        if words.any(|word| begins(word, typed)) {
            return Some(Fit::Word);
        }
        let mut rest = text.chars();
        let has = |c: char| rest.any(|other| same(c, other));
        typed.chars().all(has).then_some(Fit::Characters)
    }
}

fn begins(text: &str, prefix: &str) -> bool {
    let mut text = text.chars();
    prefix.chars().all(|c| text.next().is_some_and(|other| same(c, other)))
}

fn same(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

/// A text as it stands in a snippet.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A place of a snippet that is one of several words; plain if there is one only.
pub(super) fn choice<'w>(number: usize, words: impl IntoIterator<Item = &'w str>) -> String {
    let escaped = |word: &str| {
        let mut escaped = String::new();
        for c in word.chars() {
            if matches!(c, '$' | '}' | '\\' | ',' | '|') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    };
    let words: Vec<String> = words.into_iter().map(escaped).collect();
    format!("${{{number}|{}|}}", words.join(","))
}
