//! What there is to say of the thing at a place, as Markdown.

mod container;
mod cost;
mod edge;
mod element;
mod head;
mod kind;
mod load;
mod pattern;
mod property;
mod prose;
mod quantity;
mod rule;

pub(super) use self::cost::{heading, row};
pub(super) use self::pattern::declarations;

use std::cell::RefCell;
use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::Snapshot;
use super::keywords::{Word, keyword};
use super::names::{Meaning, Occurrence};
use super::place::{self, covers, statements_at, value_at, word_at};
use crate::docs::{self, Target};
use crate::model::{Lookup, Scope};
use crate::source::{FileId, Span};
use crate::syntax::ast::{Keyword, Path, Statement, Value, ValueKind};

/// What is said of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is said of.
    pub span: Span,
    /// The Markdown.
    pub text: String,
}

/// Where links in a hover lead.
#[derive(Clone, Copy)]
pub struct Links<'l> {
    /// The address of a place.
    pub place: &'l dyn Fn(Span) -> Option<String>,
    /// The address of a file of the workspace, whose path is written in another.
    pub file: &'l dyn Fn(FileId, &str) -> Option<String>,
}

/// What there is to say of the thing at an offset of a file.
pub fn hover(snapshot: &Snapshot, file: FileId, offset: usize, links: Links<'_>) -> Option<Hover> {
    let said = only_known(links, |links| said(snapshot, file, offset, links).map(|it| (it.span, it.text)));
    said.map(|(span, text)| Hover { span, text })
}

fn said(snapshot: &Snapshot, file: FileId, offset: usize, links: Links<'_>) -> Option<Hover> {
    let Some(tree) = snapshot.tree(file) else {
        // In Markdown, only names have something to say.
        return Asked { snapshot, file, offset, links, chain: Vec::new() }.name();
    };
    let chain = statements_at(tree, offset);
    let asked = Asked { snapshot, file, offset, links, chain };
    if tree
        .trivia
        .iter()
        .any(|it| it.span.start < it.span.end && is_within(it.span, offset) && asked.is_comment(it.span))
    {
        return None;
    }
    asked.answer()
}

/// What there is to say of a code in the settings, such as `"wiring/unknown"`, of which this is the text.
pub fn hover_of_settings(
    snapshot: &Snapshot,
    text: &str,
    offset: usize,
    links: Links<'_>,
) -> Option<(std::ops::Range<usize>, String)> {
    let range = word_at(text, offset)?;
    let code = text.get(range.clone())?;
    only_known(links, |links| rule::of_code(snapshot, code, links).map(|said| (range, said)))
}

/// What is said, with no links in it but to the web and to where `links` leads. What a user wrote anywhere is in it.
fn only_known<T>(links: Links<'_>, say: impl FnOnce(Links<'_>) -> Option<(T, String)>) -> Option<(T, String)> {
    let made: RefCell<BTreeSet<String>> = RefCell::default();
    let note = |address: String| {
        made.borrow_mut().insert(address.clone());
        address
    };
    let place = |span: Span| (links.place)(span).map(note);
    let file = |from: FileId, path: &str| (links.file)(from, path).map(note);
    let (at, text) = say(Links { place: &place, file: &file })?;
    let made = made.borrow();
    let is_made =
        |address: &str| made.contains(address) || address.split_once('#').is_some_and(|(file, _)| made.contains(file));
    let is_known = |target: &Target| match target {
        Target::Web(_) => true,
        Target::Foreign(address) => is_made(address),
        Target::Element(_) | Target::File { .. } | Target::Heading(_) => false,
    };
    Some((at, docs::keep_links(&text, is_known)))
}

fn is_within(span: Span, offset: usize) -> bool {
    let range = span.range();
    range.start < offset && offset < range.end
}

/// A place that is asked about.
struct Asked<'s> {
    snapshot: &'s Snapshot,
    file: FileId,
    offset: usize,
    links: Links<'s>,
    /// The statements around it, the outermost first.
    chain: Vec<&'s Statement>,
}

impl Asked<'_> {
    fn answer(&self) -> Option<Hover> {
        let last = self.chain.last().copied();
        let values = last.map(place::values).unwrap_or_default();
        let value = value_at(values, self.offset);
        Asked::quantity(&value)
            .or_else(|| self.code(&value))
            .or_else(|| self.attribute())
            .or_else(|| self.override_of_environment())
            .or_else(|| self.name())
            .or_else(|| self.arrow())
            .or_else(|| self.selector(&value))
            .or_else(|| self.choice())
            .or_else(|| self.word())
    }

    fn is_comment(&self, span: Span) -> bool {
        self.snapshot.text(self.file).get(span.range()).is_some_and(|text| text.starts_with("//"))
    }

    fn said(span: Span, text: String) -> Hover {
        Hover { span, text }
    }

    // ---- Values -------------------------------------------------------------------------------------------------------

    fn quantity(values: &[&Value]) -> Option<Hover> {
        let number = values.last()?;
        let ValueKind::Number(text) = &number.kind else { return None };
        let load = values.iter().rev().nth(1).and_then(|around| match &around.kind {
            ValueKind::Load(load) => Some(load.as_ref()),
            _ => None,
        });
        Some(Asked::said(number.span, quantity::words(text, load)?))
    }

    fn code(&self, values: &[&Value]) -> Option<Hover> {
        let value = values.last()?;
        let ValueKind::RuleCode(code) = &value.kind else { return None };
        Some(Asked::said(value.span, rule::of_code(self.snapshot, code, self.links)?))
    }

    fn attribute(&self) -> Option<Hover> {
        let attributes = self.chain.last()?.preamble()?.attributes.iter();
        let attribute = attributes.map(|it| &it.name).find(|name| covers(name.span, self.offset))?;
        Some(Asked::said(attribute.span, describe(keyword(&attribute.text)?)))
    }

    /// How many elements or connections a selector selects, where nothing else is to be said.
    fn selector(&self, values: &[&Value]) -> Option<Hover> {
        let Some(Statement::Property(property)) = self.chain.last() else { return None };
        let whole = *values.first()?;
        let words = property::selection(self.snapshot, self.scope(), &self.chain, property, whole)?;
        Some(Asked::said(whole.span, words))
    }

    /// A word in a value, such as one that a property chooses from: what there is to say of the property.
    fn choice(&self) -> Option<Hover> {
        let Some(Statement::Property(property)) = self.chain.last() else { return None };
        let value = property.value.as_ref().filter(|value| covers(value.span, self.offset))?;
        let names = self.snapshot.names_for(self.file);
        let key = names.at(self.file, property.key.span.range().end)?;
        let Meaning::Property(kind) = names.definition(key.definition).meaning else { return None };
        let name = &names.definition(key.definition).name;
        Some(Asked::said(value.span, self.property(kind, name)?))
    }

    // ---- Names --------------------------------------------------------------------------------------------------------

    fn name(&self) -> Option<Hover> {
        let names = self.snapshot.names_for(self.file);
        let all = names.all_at(self.file, self.offset);
        let first = names.at(self.file, self.offset).or_else(|| all.first().copied())?;
        let others: Vec<&Occurrence> = all.iter().filter(|it| it.span == first.span).collect();
        let text = match others.as_slice() {
            [_, _, ..] if first.role == super::Role::Ambiguous => {
                let paths = others.iter().filter_map(|it| self.path_of(names.definition(it.definition).meaning));
                let paths: Vec<String> = paths.map(|path| format!("- `{path}`")).collect();
                format!("Several elements have this name; write the path of one:\n\n{}", paths.join("\n"))
            }
            _ => self.meaning(first)?,
        };
        Some(Asked::said(first.span, text))
    }

    fn path_of(&self, meaning: Meaning) -> Option<String> {
        match meaning {
            Meaning::Element(id) => Some(self.snapshot.model().full_path(id)),
            _ => None,
        }
    }

    fn meaning(&self, occurrence: Occurrence) -> Option<String> {
        let (snapshot, links) = (self.snapshot, self.links);
        let model = snapshot.model();
        let definition = snapshot.names_for(self.file).definition(occurrence.definition);
        match definition.meaning {
            Meaning::Architecture(id) => Some(container::architecture(snapshot, id, links)),
            Meaning::Element(id) => Some(element::words(snapshot, id, links)),
            Meaning::Template(id) => Some(element::template(snapshot, id, links)),
            Meaning::Kind(id) => Some(kind::words(model, id, links)),
            Meaning::Property(kind) => self.property(kind, &definition.name),
            Meaning::Pattern => pattern::words(snapshot, definition.span, links),
            Meaning::Parameter(_) => pattern::parameter(snapshot, definition.span),
            Meaning::View(at) => model.views.get(at).map(|it| head::view(snapshot, it, links)),
            Meaning::Scenario(at) => model.scenarios.get(at).map(|it| head::scenario(snapshot, it, links)),
            Meaning::Rule(at) => model.rules.get(at).map(|it| rule::own(snapshot, it, links)),
            Meaning::Decision(at) => model.decisions.get(at).map(|it| head::decision(snapshot, it, links)),
            Meaning::Environment(at) => model.environments.get(at).map(|it| head::environment(snapshot, it, links)),
            Meaning::Record => head::record(snapshot, definition.span),
            Meaning::Example(_) | Meaning::Lost => None,
        }
    }

    fn property(&self, kind: crate::catalog::KindId, name: &SmolStr) -> Option<String> {
        let owner = self.owner();
        property::words(self.snapshot, kind, name, owner, self.links)
    }

    /// The element whose block the place stands in.
    fn owner(&self) -> Option<crate::model::ElementId> {
        let names = self.snapshot.names_for(self.file);
        let declaration = place::declarations(&self.chain).next()?;
        let name = declaration.alias.as_ref().or(declaration.name.as_ref())?;
        match names.definition(names.declared_at(name.span)?).meaning {
            Meaning::Element(id) => Some(id),
            _ => None,
        }
    }

    fn override_of_environment(&self) -> Option<Hover> {
        let Some(Statement::Property(property)) = self.chain.last() else { return None };
        let environment = place::around(&self.chain, Keyword::Environment)?;
        let last = property.key.segments().last().map(|(_, span)| span);
        let is_key = last.is_some_and(|span| covers(span, self.offset));
        let text = property::replaced(self.snapshot, environment, property, self.scope(), self.links)?;
        is_key.then(|| Asked::said(property.key.span, text))
    }

    fn arrow(&self) -> Option<Hover> {
        let edge = place::edge(&self.chain)?;
        let step = edge.steps.iter().find(|step| covers(step.arrow_span, self.offset))?;
        // Where an end is not known, there is still to say what the arrow means.
        let meaning = || keyword(step.arrow.symbol()).map(describe);
        let text = edge::words(self.snapshot, step, self.links).or_else(meaning)?;
        Some(Asked::said(step.arrow_span, text))
    }

    // ---- Words --------------------------------------------------------------------------------------------------------

    /// Where names are looked up that stand at the place.
    fn scope(&self) -> Option<Scope> {
        let around = place::declarations(&self.chain);
        let mut around = around.filter(|it| matches!(it.keyword, Keyword::Architecture | Keyword::Extend));
        let name = around.find_map(|it| it.name.as_ref())?;
        let architecture = self.snapshot.model().find_architecture(name.text.split('.').next()?)?.id;
        Some(Scope { architecture, group: None })
    }

    /// The word at the place where the tree has none: in and around what is broken, and the words of the language.
    fn word(&self) -> Option<Hover> {
        let text = self.snapshot.text(self.file);
        let range = word_at(text, self.offset)?;
        if self.is_text_or_doc(range.start) {
            return None;
        }
        let (word, span) = (text.get(range.clone())?, Span::of(self.file, range));
        if let Some(word) = keyword(word) {
            return Some(Asked::said(span, describe(word)));
        }
        let model = self.snapshot.model();
        if let Some(kind) = model.catalog.find(word).filter(|_| !self.is_key(span)) {
            return Some(Asked::said(span, kind::words(model, kind, self.links)));
        }
        if let Some(said) = rule::of_code(self.snapshot, word, self.links) {
            return Some(Asked::said(span, said));
        }
        if let Some(said) = self.property_of_line(word, span) {
            return Some(Asked::said(span, said));
        }
        let path = Path { text: word.into(), span };
        match model.look_up(self.scope(), &path) {
            Lookup::Element(id) if !self.is_key(span) => {
                Some(Asked::said(span, element::words(self.snapshot, id, self.links)))
            }
            Lookup::Architecture(id) => Some(Asked::said(span, container::architecture(self.snapshot, id, self.links))),
            _ => quantity::words(&self.number_around(span)?, None).map(|said| Asked::said(span, said)),
        }
    }

    /// What there is to say of a property that the tree does not have, by the last kind that is named before it on its line.
    fn property_of_line(&self, word: &str, span: Span) -> Option<String> {
        let text = self.snapshot.text(self.file);
        let before = text.get(..span.range().start)?;
        let line = before.rsplit('\n').next()?;
        let catalog = &self.snapshot.model().catalog;
        let mut words = line.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-')));
        let kind = words.find_map(|word| catalog.find(word))?;
        catalog.property(kind, word)?;
        property::words(self.snapshot, kind, word, None, self.links)
    }

    /// The number that a unit stands behind, where the tree has no value.
    fn number_around(&self, span: Span) -> Option<String> {
        let text = self.snapshot.text(self.file);
        let word = text.get(span.range())?;
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(word.to_owned());
        }
        let before = text.get(..span.range().start)?.trim_end_matches(' ');
        let number = before.rsplit(|c: char| !(c.is_ascii_digit() || c == '_' || c == '.')).next()?;
        (!number.is_empty()).then(|| format!("{number} {word}"))
    }

    /// Whether a span is the key of a property.
    fn is_key(&self, span: Span) -> bool {
        matches!(self.chain.last(), Some(Statement::Property(property)) if property.key.span == span)
    }

    /// Whether an offset stands in a text between quotes or in documentation.
    fn is_text_or_doc(&self, offset: usize) -> bool {
        let text = self.snapshot.text(self.file);
        let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let before = text.get(start..offset).unwrap_or_default();
        let quotes = before.replace("\\\"", "").matches('"').count();
        before.contains("//") || quotes % 2 == 1
    }
}

/// A word of the language with its example.
fn describe(word: &Word) -> String {
    format!("**{}**\n\n{}\n\n{}", word.word, word.doc, fence(word.example))
}

/// A piece of the language as a block of code.
fn fence(code: &str) -> String {
    format!("```arch\n{}\n```", code.trim_end())
}

/// Paragraphs under each other; those that say nothing are left out.
fn blocks(all: impl IntoIterator<Item = Option<String>>) -> String {
    all.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The title as it is written between quotes.
fn quoted(title: &str) -> String {
    format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
