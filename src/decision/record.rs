//! A record in Markdown: MADR (2 to 4), or Nygard's form as adr-tools writes it.
//!
//! The title is the first heading of the first level. `status`, `date`, `affects`, `supersedes` and `superseded-by` stand in
//! the front matter, in a line such as `Date: 2026-02-01` before the first section, or in a section of that name; a line
//! `Affects:` may stand in any section.

use std::ops::Range;

use super::lines::{Line, lines};
use super::{Affected, Decision, Reference, Status, front, reference};
use crate::source::{FileId, SourceFile, Span};
use crate::suggest::nearest;
use crate::syntax::ast::{Doc, Path};

/// Something in a record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// There is no heading of the first level.
    NoTitle(Span),
    /// Its front matter has no end.
    UnclosedFrontMatter(Span),
    /// Nothing says where it stands.
    NoStatus(Span),
    /// What is no status.
    UnknownStatus(Span),
    /// What is no date.
    NoDate(Span),
    /// `affects` without a name in back-ticks.
    NoNames(Span),
    /// A key of the front matter that is nearly one of ours.
    UnknownKey(Span, &'static str),
}

const KEYS: [&str; 5] = ["status", "date", "affects", "supersedes", "superseded-by"];

/// Reads a record. What is not understood is left out, and is among its mistakes.
pub(super) fn read(file: FileId, source: &SourceFile) -> Decision {
    let text = source.text();
    let front = front::read(text);
    let lines = lines(text, front.end..text.len());
    let stem = source.path().rsplit('/').next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut reader =
        Reader { file, text, decision: empty(file, stem, source.path()), odd_status: None, odd_names: None };
    if front.is_unclosed {
        let end = text.find('\n').unwrap_or(text.len());
        reader.mistake(Mistake::UnclosedFrontMatter(Span::of(file, 0..end)));
    }
    let title = lines.iter().find(|line| line.heading == Some(1));
    let body = reader.title(title, &front);
    for entry in &front.entries {
        reader.entry(entry);
    }
    for line in lines.iter().filter(|line| line.heading.is_none()) {
        reader.line(line);
    }
    reader.finish(body)
}

fn empty(file: FileId, stem: &str, path: &str) -> Decision {
    let start = Span::of(file, 0..0);
    Decision {
        name: stem.into(),
        number: reference::number(stem),
        name_span: start,
        title: stem.to_owned(),
        status: None,
        status_span: start,
        date: None,
        affects: Vec::new(),
        supersedes: Vec::new(),
        superseded_by: Vec::new(),
        text: None,
        architecture: None,
        path: Some(path.to_owned()),
        mistakes: Vec::new(),
    }
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    decision: Decision,
    /// The first line that should be a status and is none.
    odd_status: Option<Span>,
    /// The first `affects` without a name.
    odd_names: Option<Span>,
}

impl Reader<'_> {
    /// Takes the title, and returns where the text behind it begins.
    fn title(&mut self, heading: Option<&Line>, front: &front::Front) -> usize {
        let key = front.entries.iter().find(|entry| self.text.get(entry.key.clone()) == Some("title"));
        let from_key = key.and_then(|entry| entry.values.first());
        let (place, title, end) = match (heading, from_key) {
            (Some(line), _) => (line.range.clone(), line.text.as_str(), line.range.end),
            (None, Some(value)) => (value.clone(), self.text.get(value.clone()).unwrap_or_default(), front.end),
            (None, None) => {
                let first_line = self.text.find('\n').unwrap_or(self.text.len());
                self.mistake(Mistake::NoTitle(Span::of(self.file, 0..first_line)));
                return front.end;
            }
        };
        let trimmed = self.text.get(place.clone()).map_or(0, |text| text.trim_end().len());
        self.decision.name_span = Span::of(self.file, place.start..place.start + trimmed);
        self.decision.status_span = self.decision.name_span;
        let title = without_number(title.trim(), self.decision.number);
        if !title.is_empty() {
            self.decision.title = title.to_owned();
        }
        end
    }

    fn entry(&mut self, entry: &front::Entry) {
        let written = self.text.get(entry.key.clone()).unwrap_or_default();
        let key = written.to_ascii_lowercase().replace(['_', ' '], "-");
        let Some(key) = KEYS.into_iter().find(|known| *known == key) else {
            if let Some(near) = nearest(&key, KEYS).and_then(|near| KEYS.into_iter().find(|key| *key == near)) {
                self.mistake(Mistake::UnknownKey(Span::of(self.file, entry.key.clone()), near));
            }
            return;
        };
        for value in &entry.values {
            if key == "affects" {
                self.affects(value.clone());
                continue;
            }
            for line in lines(self.text, value.clone()) {
                self.field(key, &line, &line.text);
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let field = line.text.split_once(':').and_then(|(key, value)| Some((known(key)?, value)));
        match (&line.section, field) {
            // What is affected is said wherever it comes up; the other words are common in prose.
            (None, Some((key, value))) | (Some(_), Some((key @ "affects", value))) => self.field(key, line, value),
            (Some(section), _) => {
                if let Some(key) = known(section) {
                    self.field(key, line, &line.text);
                }
            }
            (None, None) => {}
        }
    }

    fn field(&mut self, key: &str, line: &Line, value: &str) {
        let value = value.trim();
        match key {
            "status" => self.status(line, value),
            "date" => self.date(line, value),
            "affects" if line.codes.is_empty() => {
                self.odd_names.get_or_insert(Span::of(self.file, line.range.clone()));
            }
            "affects" => line.codes.iter().for_each(|code| self.affects(code.clone())),
            "supersedes" => {
                let references = self.references(line, value);
                self.decision.supersedes.extend(references);
            }
            _ => {
                let references = self.references(line, value);
                self.decision.superseded_by.extend(references);
            }
        }
    }

    fn affects(&mut self, place: Range<usize>) {
        let name = self.text.get(place.clone()).unwrap_or_default().trim_matches('`');
        let name = Path { text: name.into(), span: Span::of(self.file, place) };
        self.decision.affects.push(Affected::unknown(name));
    }

    fn status(&mut self, line: &Line, value: &str) {
        let span = Span::of(self.file, line.range.clone());
        let lower = value.to_lowercase().replace("superce", "superse");
        let word = lower.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
        if lower.contains("superseded by") {
            let references = self.references(line, value);
            self.decision.superseded_by.extend(references);
            self.set_status(Status::Superseded, span);
        } else if let Some(status) = Status::of(word) {
            self.set_status(status, span);
        } else if word != "supersedes" && !value.is_empty() {
            self.odd_status.get_or_insert(span);
        }
        if lower.contains("supersedes") {
            let references = self.references(line, value);
            self.decision.supersedes.extend(references);
        }
    }

    /// The decisions that a line names: by links to their files, or else in back-ticks, or else by their numbers.
    fn references(&self, line: &Line, value: &str) -> Vec<Reference> {
        let named = |text: &str, range: &Range<usize>| {
            Reference::unknown(Path { text: text.into(), span: Span::of(self.file, range.clone()) })
        };
        if !line.links.is_empty() {
            return line.links.iter().map(|(destination, range)| named(destination, range)).collect();
        }
        if !line.codes.is_empty() {
            let text = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
            return line.codes.iter().map(|range| named(text(range), range)).collect();
        }
        let words = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'));
        let words = words.map(|word| word.trim_end_matches(['.', ':']));
        let is_number = |word: &&str| reference::number(word).is_some() && word.parse::<jiff::civil::Date>().is_err();
        words.filter(is_number).map(|word| named(word, &line.range)).collect()
    }

    /// The last one holds, since tools add to the end, but for `superseded`, which nothing takes back.
    fn set_status(&mut self, status: Status, span: Span) {
        if self.decision.status != Some(Status::Superseded) {
            self.decision.status = Some(status);
            self.decision.status_span = span;
        }
    }

    fn date(&mut self, line: &Line, value: &str) {
        let day = value.get(..10).unwrap_or(value);
        match day.parse() {
            Ok(date) => self.decision.date = Some(date),
            Err(_) if value.is_empty() => {}
            Err(_) => self.mistake(Mistake::NoDate(Span::of(self.file, line.range.clone()))),
        }
    }

    fn mistake(&mut self, mistake: Mistake) {
        self.decision.mistakes.push(mistake);
    }

    fn finish(mut self, body: usize) -> Decision {
        let is_foreign =
            self.decision.mistakes.iter().any(|it| matches!(it, Mistake::NoTitle(_) | Mistake::UnclosedFrontMatter(_)));
        match self.odd_status {
            // Of a text that is no record, nothing more needs to be said.
            _ if is_foreign => self.decision.mistakes.truncate(1),
            _ if self.decision.status.is_some() => {}
            Some(span) => self.mistake(Mistake::UnknownStatus(span)),
            None => self.mistake(Mistake::NoStatus(self.decision.name_span)),
        }
        if let Some(span) = self.odd_names.filter(|_| !is_foreign && self.decision.affects.is_empty()) {
            self.mistake(Mistake::NoNames(span));
        }
        self.decision.text = Doc::of_file(self.file, self.text, body);
        self.decision
    }
}

fn known(key: &str) -> Option<&'static str> {
    let key = key.trim().to_lowercase().replace(['_', ' '], "-");
    KEYS.into_iter().find(|known| *known == key)
}

/// A title without the number that adr-tools and others put in front: `5. `, `ADR-0005: `, or `5 ` where that is the number
/// of the file.
fn without_number(title: &str, number: Option<u64>) -> &str {
    let is_adr = title.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("adr"));
    let rest = if is_adr { title.get(3..).unwrap_or_default().trim_start_matches([' ', '-', '_', '#']) } else { title };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks = after.trim_start_matches(['.', ':', '-', '–', '—', ' ']);
    let digits = rest.get(..rest.len() - after.len()).unwrap_or_default();
    let is_known = number.is_some() && digits.parse().ok() == number;
    let has_number =
        !digits.is_empty() && (after.starts_with(['.', ':']) || ((is_adr || is_known) && marks.len() < after.len()));
    if has_number && !marks.is_empty() { marks } else { title }
}
