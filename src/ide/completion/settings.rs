//! What can be written in `archc.toml`: keys, values, the codes of rules.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use super::items::{Fit, choice, escaped};
use super::{About, Completions, Item, Sort};
use crate::check;
use crate::diagnostic::Level;
use crate::ide::Snapshot;
use crate::policy;
use crate::project::CONFIG_FILE;

/// The keys of each table; those of the top first. `rules` has the codes of rules.
const TABLES: [(&str, &[(&str, &str)]); 4] = [
    (
        "",
        &[
            ("name", "what the workspace is called on its pages"),
            ("output", "the folder that `archc build` writes to"),
            ("decisions", "the folders that hold decision records in Markdown"),
        ],
    ),
    ("diagram", &[("style", "shapes and colours by category, or plain boxes")]),
    ("docs", &[("topics", "Markdown pages that are carried over and linked")]),
    ("prices", &[("files", "files with prices of the team's own")]),
];

/// The tables, and what they are for.
const HEADS: [(&str, &str); 4] = [
    ("rules", "how much findings weigh"),
    ("diagram", "how diagrams are drawn"),
    ("docs", "what the documentation holds beside the architectures"),
    ("prices", "prices of the team's own"),
];

/// What can be written at an offset of the settings.
pub fn completion_of_settings(snapshot: &Snapshot, text: &str, offset: usize) -> Completions {
    let offset = text.floor_char_boundary(offset);
    let (before, after) = text.split_at(offset);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.get(start..).unwrap_or_default();
    let is_comment = line.trim_start().starts_with('#');
    let at = Place { snapshot, text, table: table(before), line, rest: after.lines().next().unwrap_or_default() };
    let (items, typed) = match line.split_once('=') {
        _ if is_comment => (Vec::new(), ""),
        Some((key, value)) => (at.values(key.trim().trim_matches('"'), value), last_word(value)),
        None if line.trim_start().starts_with('[') => (at.heads(), line.trim_start()),
        None => (at.keys(), line.trim_start()),
    };
    let mut fitting: Vec<(Fit, Item)> = items
        .into_iter()
        .filter_map(|item| Some((Fit::of(typed.trim_start_matches('"'), &item.filter)?, item)))
        .collect();
    fitting.sort_by_key(|(fit, item)| (*fit, item.tier));
    let typed = offset - typed.len()..offset;
    let closing = match text.get(typed.start..).and_then(|word| word.chars().next()) {
        Some('[') => ']',
        _ => '"',
    };
    let is_opened = !typed.is_empty() && text.get(typed.clone()).is_some_and(|word| word.starts_with(['[', '"']));
    let word = Range { start: typed.start, end: offset + rest_of_word(at.rest, is_opened.then_some(closing)) };
    Completions { items: fitting.into_iter().map(|(_, item)| item).collect(), is_cut: false, typed, word }
}

/// The table that a place behind a text is in.
fn table(before: &str) -> &str {
    let done = before.rfind('\n').map_or("", |at| before.get(..at).unwrap_or_default());
    let heads = done.lines().rev().filter_map(|line| line.trim().strip_prefix('['));
    let head = heads.filter_map(|line| line.split_once(']')).find(|(_, rest)| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with('#')
    });
    head.map_or("", |(name, _)| name.trim())
}

/// What stands before the cursor of a value of a list, or of one alone.
fn last_word(value: &str) -> &str {
    let is_open = value.matches('"').count() % 2 == 1;
    let start = if is_open {
        value.rfind('"').unwrap_or_default()
    } else {
        value.rfind(|c: char| c.is_whitespace() || matches!(c, '[' | ',' | '"')).map_or(0, |at| at + 1)
    };
    value.get(start..).unwrap_or_default()
}

/// How much of what follows belongs to the word, with the sign that closes it.
fn rest_of_word(rest: &str, closing: Option<char>) -> usize {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
    let end = rest.find(|c: char| !inner(c)).unwrap_or(rest.len());
    end + usize::from(closing.is_some_and(|closing| rest.get(end..).is_some_and(|rest| rest.starts_with(closing))))
}

/// A place in the settings.
struct Place<'p> {
    snapshot: &'p Snapshot,
    text: &'p str,
    table: &'p str,
    /// The line up to the cursor, and the rest of it.
    line: &'p str,
    rest: &'p str,
}

impl Place<'_> {
    fn heads(&self) -> Vec<Item> {
        let is_taken = |name: &str| self.text.lines().any(|line| line.trim() == format!("[{name}]"));
        let open = HEADS.iter().filter(|(name, _)| !is_taken(name));
        open.map(|(name, what)| Item::new(Sort::Keyword, format!("[{name}]")).detail(*what).tier(2)).collect()
    }

    fn keys(&self) -> Vec<Item> {
        let has_value = self.rest.contains('=');
        let own = keys_of(self.text, self.table);
        let mut items = if self.table == "rules" { self.codes(has_value, &own) } else { Vec::new() };
        let keys = TABLES.iter().filter(|(table, _)| *table == self.table).flat_map(|(_, keys)| *keys);
        items.extend(keys.filter(|(key, _)| !own.contains(key)).map(|(key, what)| {
            let item = Item::new(Sort::Property, *key).detail(*what);
            let value = match *key {
                "style" => format!("\"{}\"", choice(1, ["styled", "plain"])),
                "decisions" | "topics" | "files" => "[\"$1\"]".to_owned(),
                _ => "\"$1\"".to_owned(),
            };
            if has_value { item } else { item.text(format!("{key} = ")).snippet(format!("{key} = {value}")) }
        }));
        if self.line.trim().is_empty() || self.table.is_empty() {
            items.extend(self.heads());
        }
        items
    }

    /// The codes of rules, with their levels; those first that have findings here.
    fn codes(&self, has_value: bool, own: &BTreeSet<&str>) -> Vec<Item> {
        let found: BTreeSet<&str> = self.snapshot.analysis.diagnostics.iter().map(|it| it.code.as_ref()).collect();
        let shipped = check::rules().iter().filter(|rule| rule.is_adjustable());
        let shipped = shipped.map(|rule| (rule.code.to_owned(), rule.summary.to_owned(), rule.level));
        let of_team = self.snapshot.model().rules.iter().map(|rule| {
            let title = rule.head.title.as_ref().map(ToString::to_string).unwrap_or_default();
            (policy::code(rule), title, Level::Error)
        });
        let all = shipped.chain(of_team).filter(|(code, ..)| !own.contains(code.as_str()));
        all.map(|(code, what, level)| {
            let word = format!("\"{code}\"");
            let item = Item::new(Sort::Rule, word.as_str()).filter(code.as_str()).detail(format!("{what} · {level}"));
            let item = item.tier(u8::from(!found.contains(code.as_str()))).about(About::Rule(code));
            let levels = choice(1, Level::NAMES.iter().map(|(name, _)| *name));
            let snippet = format!("{} = \"{levels}\"", escaped(&word));
            if has_value { item } else { item.text(format!("{word} = ")).snippet(snippet) }
        })
        .collect()
    }

    fn values(&self, key: &str, value: &str) -> Vec<Item> {
        let quoted = |word: &str, sort| Item::new(sort, format!("\"{word}\"")).filter(word);
        let is_list = value.trim_start().starts_with('[');
        let words = |words: &[&str]| words.iter().map(|word| quoted(word, Sort::Choice)).collect();
        match (self.table, key) {
            ("rules", _) => words(&Level::NAMES.map(|(name, _)| name)),
            ("diagram", "style") => words(&["styled", "plain"]),
            ("docs", "topics") => self.paths(is_list, &|path| is_page(path)),
            ("prices", "files") => {
                self.paths(is_list, &|path| has_extension(path, "toml") && !path.ends_with(CONFIG_FILE))
            }
            ("", "decisions") => self.folders(is_list),
            _ => Vec::new(),
        }
    }

    fn paths(&self, is_list: bool, fits: &dyn Fn(&str) -> bool) -> Vec<Item> {
        let known = self.snapshot.workspace.known_files.iter().flatten();
        known.filter(|path| fits(path)).map(|path| path_item(path, is_list)).collect()
    }

    /// The folders that hold Markdown.
    fn folders(&self, is_list: bool) -> Vec<Item> {
        let known = self.snapshot.workspace.known_files.iter().flatten().filter(|path| is_page(path));
        let folders: BTreeSet<&str> = known.filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        folders.into_iter().map(|path| path_item(path, is_list)).collect()
    }
}

fn path_item(path: &str, is_list: bool) -> Item {
    let word = format!("\"{path}\"");
    let text = if is_list { word.clone() } else { format!("[{word}]") };
    Item::new(Sort::Value, word).filter(path).text(text)
}

fn is_page(path: &str) -> bool {
    ["md", "markdown"].iter().any(|extension| has_extension(path, extension))
}

fn has_extension(path: &str, wanted: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// The keys that a table has already.
fn keys_of<'t>(text: &'t str, table: &str) -> BTreeSet<&'t str> {
    let mut current = "";
    let mut keys = BTreeSet::new();
    for line in text.lines().map(str::trim) {
        if let Some((head, _)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
            current = head.trim();
        } else if let Some((key, _)) = line.split_once('=').filter(|_| current == table) {
            keys.insert(key.trim().trim_matches('"'));
        }
    }
    keys
}
