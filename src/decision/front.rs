//! Front matter: `key: value` between two lines of `---`. YAML's nested values are not read: no key of ours has one.

use std::ops::Range;

/// The front matter of a text.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// Its keys, with the places of key and values. A list has several values.
    pub(super) entries: Vec<Entry>,
    /// Where the text goes on behind it.
    pub(super) end: usize,
    /// Whether its second `---` is missing.
    pub(super) is_unclosed: bool,
    /// Whether the brackets of the last value are still open.
    is_in_list: bool,
}

/// A key with its values.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: Range<usize>,
    pub(super) values: Vec<Range<usize>>,
}

/// Reads the front matter that a text begins with, if it does.
pub(super) fn read(text: &str) -> Front {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = lines(text, start);
    let mut front = Front { end: start, ..Front::default() };
    if lines.next().is_none_or(|(_, line)| line != "---") {
        return front;
    }
    for (at, line) in lines {
        if matches!(line, "---" | "...") {
            front.end = text.floor_char_boundary(at + line.len() + 1);
            return front;
        }
        front.line(at, line);
    }
    // A rule at the start of a text is written in the same way.
    front.is_unclosed = !front.entries.is_empty();
    front.entries.clear();
    front
}

impl Front {
    fn line(&mut self, at: usize, line: &str) {
        if self.is_in_list {
            return self.items(line, at);
        }
        let content = line.trim_start();
        let at_content = at + line.len() - content.len();
        if let Some(item) = content.strip_prefix("- ") {
            self.add(trimmed(item, at_content + 2));
        } else if let Some((key, rest)) = content.split_once(':')
            && at_content == at
            && !key.is_empty()
            && !key.starts_with('#')
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
        {
            self.entries.push(Entry { key: at..at + key.trim_end().len(), values: Vec::new() });
            self.values(rest, at + key.len() + 1);
        }
    }

    /// Adds the value of the last key, or those of a list in brackets.
    fn values(&mut self, text: &str, at: usize) {
        let content = text.trim_start();
        match content.strip_prefix('[').filter(|_| !content.contains("](")) {
            Some(list) => self.items(list, at + text.len() - list.len()),
            None => self.add(trimmed(text, at)),
        }
    }

    /// Adds what a line holds of a list in brackets, which may go on in the next one.
    fn items(&mut self, text: &str, mut at: usize) {
        let end = text.find(']');
        self.is_in_list = end.is_none();
        for item in text.get(..end.unwrap_or(text.len())).unwrap_or_default().split(',') {
            self.add(trimmed(item, at));
            at += item.len() + 1;
        }
    }

    fn add(&mut self, value: Option<Range<usize>>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.values.extend(value);
        }
    }
}

/// The place of a value without blanks, quotes and a comment behind it; none if nothing is left.
fn trimmed(text: &str, at: usize) -> Option<Range<usize>> {
    let content = text.trim_start();
    let start = at + text.len() - content.len();
    let quote = content.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inner = content.get(1..)?.split(quote).next()?;
        return (!inner.trim().is_empty()).then_some(start + 1..start + 1 + inner.len());
    }
    let content = if content.starts_with('#') { "" } else { content.split(" #").next().unwrap_or_default() };
    let content = content.trim_end();
    (!content.is_empty()).then_some(start..start + content.len())
}

/// The lines from an offset on, without their breaks, and where each begins.
fn lines(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = start;
    text.get(start..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let begin = at;
        at += line.len();
        (begin, line.trim_end())
    })
}
