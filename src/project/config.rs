//! `archc.toml`: its settings, and their reading. Everything that is wrong with it is reported, each with its place.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{CONFIG_FILE, LoadError, LoadErrorKind, not_toml};
use crate::diagnostic::Level;
use crate::policy;
use crate::source::{Origin, SourceMap, Span};
use crate::suggest::nearest;
use crate::vfs::FileSystem;

/// The settings of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// `name`: what the workspace is called on its pages.
    pub name: Option<String>,
    /// `output`: the folder that `archc build` writes to, relative to the workspace.
    pub output: Option<String>,
    /// `[rules]`: how much a finding weighs, by its code.
    pub rules: BTreeMap<String, Level>,
    /// `[diagram]`
    pub diagram: DiagramConfig,
    /// `[docs]`
    pub docs: DocsConfig,
    /// `decisions`: the folders that hold decision records in Markdown, relative to the workspace.
    pub decisions: Vec<String>,
    /// `[prices] files`: files with prices of the team's own, relative to the workspace.
    pub prices: Vec<String>,
}

/// How diagrams are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiagramConfig {
    /// `style`
    pub style: DiagramStyle,
}

/// Shapes and colours of a diagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DiagramStyle {
    /// Shapes and colours by category.
    #[default]
    Styled,
    /// Plain boxes.
    Plain,
}

/// What the documentation holds beside what the compiler derives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocsConfig {
    /// `topics`: Markdown pages that are carried over and linked from every page, relative to the workspace.
    pub topics: Vec<String>,
}

/// The code of a rule of the team's own whose level is set, and where.
pub(super) type TeamLevel = (String, Range<usize>);

/// Reads the settings, and where they speak of rules of the team's own; a workspace without the file has the default ones.
pub(super) fn read(fs: &dyn FileSystem, known_rules: &[&str]) -> (Config, Vec<TeamLevel>, Vec<LoadError>) {
    let text = match fs.read(CONFIG_FILE) {
        Ok(bytes) => super::text(CONFIG_FILE, bytes),
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return <_>::default(),
        Err(reason) => Err(LoadError::unreadable(CONFIG_FILE.to_owned(), &reason)),
    };
    match text {
        Ok(text) => parse(&text, fs, known_rules),
        Err(error) => (Config::default(), Vec::new(), vec![error]),
    }
}

fn parse(text: &str, fs: &dyn FileSystem, known_rules: &[&str]) -> (Config, Vec<TeamLevel>, Vec<LoadError>) {
    let mut reader =
        Reader { fs, known_rules, config: Config::default(), team_levels: Vec::new(), mistakes: Vec::new() };
    let (table, broken) = DeTable::parse_recoverable(text);
    reader.mistakes = not_toml::explain(text, &broken);
    // What stands in a file that cannot be read as TOML may not be what was meant.
    if reader.mistakes.is_empty() {
        reader.file(table.get_ref());
    }
    reader.mistakes.sort_by_key(|mistake| mistake.span.start);
    let errors = places(text, reader.mistakes);
    (reader.config, reader.team_levels, errors)
}

/// Gives each mistake its line and column.
fn places(text: &str, mistakes: Vec<Mistake>) -> Vec<LoadError> {
    let mut sources = SourceMap::default();
    let file = sources.add(CONFIG_FILE, text.to_owned(), Origin::Workspace);
    let whole = Span { file, start: 0, end: u32::MAX };
    let place = |Mistake { span, message, help }: Mistake| {
        let place = whole.slice(span.start, span.end);
        let (at, end) = (sources.line_column(place), sources.line_column(place.after()));
        LoadError { path: CONFIG_FILE.to_owned(), kind: LoadErrorKind::Setting { at, end, message, help } }
    };
    mistakes.into_iter().map(place).collect()
}

/// Something wrong in the file.
pub(super) struct Mistake {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Reads the tables of the file, and gathers what is wrong.
struct Reader<'a> {
    fs: &'a dyn FileSystem,
    known_rules: &'a [&'a str],
    config: Config,
    team_levels: Vec<TeamLevel>,
    mistakes: Vec<Mistake>,
}

/// What may stand at the top of the file.
pub(super) const KEYS: [&str; 7] = ["name", "output", "decisions", "rules", "diagram", "docs", "prices"];

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn file(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => self.config.name = self.text(value),
                "output" => self.config.output = self.text(value),
                "decisions" => self.config.decisions = self.folders(value),
                "rules" => self.rules(value),
                "diagram" => self.section(value, "diagram", &["style"], |reader, _, value| {
                    let styles = [("styled", DiagramStyle::Styled), ("plain", DiagramStyle::Plain)];
                    reader.config.diagram.style = reader.choice(value, "a style", &styles).unwrap_or_default();
                }),
                "docs" => self.section(value, "docs", &["topics"], |reader, _, value| {
                    reader.config.docs.topics = reader.pages(value);
                }),
                "prices" => self.section(value, "prices", &["files"], |reader, _, value| {
                    reader.config.prices = reader.paths(value).into_iter().map(|(_, path)| path).collect();
                }),
                name => self.unknown_key(key.span(), name, &KEYS),
            }
        }
    }

    /// Reads a table whose keys are known.
    fn section(&mut self, value: &Value<'_>, name: &str, keys: &[&str], read: fn(&mut Self, &str, &Value<'_>)) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistyped(value, &format!("a table, written as `[{name}]`"));
        };
        for (key, value) in table {
            let key_name = key.get_ref().as_ref();
            if keys.contains(&key_name) {
                read(self, key_name, value);
            } else {
                self.unknown_key(key.span(), key_name, keys);
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistyped(value, "a table, written as `[rules]`");
        };
        for (key, value) in table {
            let code = key.get_ref().as_ref();
            let is_of_team = code.starts_with(policy::PREFIX);
            if !is_of_team && !self.known_rules.contains(&code) {
                self.unknown_rule(key.span(), code);
            } else if let Some(level) = self.choice(value, "a level", &Level::NAMES) {
                self.config.rules.insert(code.to_owned(), level);
                if is_of_team {
                    self.team_levels.push((code.to_owned(), key.span()));
                }
            }
        }
    }

    fn text(&mut self, value: &Value<'_>) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text.as_ref().to_owned());
        }
        self.mistyped(value, "a text in quotes");
        None
    }

    fn choice<T: Copy>(&mut self, value: &Value<'_>, what: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(value)?;
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice);
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.mistake(value.span(), format!("`{text}` is not {what}"), Some(suggestion(&text, &names)));
        }
        chosen
    }

    /// A list of Markdown pages.
    fn pages(&mut self, value: &Value<'_>) -> Vec<String> {
        let (pages, others): (Vec<_>, Vec<_>) = self.paths(value).into_iter().partition(|(_, path)| is_markdown(path));
        for (span, path) in others {
            let help = "a topic is a page of Markdown: a file that ends with `.md` or `.markdown`".to_owned();
            self.mistake(span, format!("`{path}` is not a Markdown file"), Some(help));
        }
        pages.into_iter().map(|(_, path)| path).collect()
    }

    /// A list of files, each of which exists below the root, with their places.
    fn paths(&mut self, value: &Value<'_>) -> Vec<(Range<usize>, String)> {
        let mut paths = self.inner_paths(value, "a.md");
        paths.retain(|(span, path)| {
            let exists = self.fs.exists(path);
            if !exists {
                let help = format!("paths are relative to `{CONFIG_FILE}`");
                self.mistake(span.clone(), format!("there is no file `{path}`"), Some(help));
            }
            exists
        });
        paths
    }

    /// A list of folders, each of which exists below the root.
    fn folders(&mut self, value: &Value<'_>) -> Vec<String> {
        let mut folders = Vec::new();
        for (span, path) in self.inner_paths(value, "docs/adr") {
            if self.fs.is_folder(&path) {
                folders.push(path);
            } else if self.fs.exists(&path) {
                let help = "name the folder that it lies in".to_owned();
                self.mistake(span, format!("`{path}` is a file, not a folder"), Some(help));
            } else {
                let help = format!("paths are relative to `{CONFIG_FILE}`");
                self.mistake(span, format!("there is no folder `{path}`"), Some(help));
            }
        }
        folders
    }

    /// A list of paths that lead inside of the workspace, with their places.
    fn inner_paths(&mut self, value: &Value<'_>, example: &str) -> Vec<(Range<usize>, String)> {
        let DeValue::Array(items) = value.get_ref() else {
            self.mistyped(value, &format!("a list of texts, such as `[\"{example}\"]`"));
            return Vec::new();
        };
        let texts: Vec<_> = items.iter().map(|item| (item.span(), self.text(item))).collect();
        texts.into_iter().filter_map(|(span, path)| Some((span.clone(), self.inner_path(span, path?)?))).collect()
    }

    fn inner_path(&mut self, span: Range<usize>, path: String) -> Option<String> {
        let inside = path.split('/').all(|name| !matches!(name, "" | "." | "..")) && !path.contains(['\\', ':']);
        if !inside {
            let help = format!("write it relative to `{CONFIG_FILE}`, with `/` between names and without `..`");
            self.mistake(span, format!("`{path}` is not a path inside the workspace"), Some(help));
        }
        inside.then_some(path)
    }

    fn unknown_key(&mut self, span: Range<usize>, key: &str, known: &[&str]) {
        let help = if KEYS.contains(&key) && !known.contains(&key) {
            format!("`{key}` belongs to the file: write it above the first `[table]`")
        } else {
            suggestion(key, known)
        };
        self.mistake(span, format!("unknown key `{key}`"), Some(help));
    }

    fn unknown_rule(&mut self, span: Range<usize>, code: &str) {
        let family = code.strip_suffix("/*").unwrap_or(code);
        if family == "syntax" || family.starts_with("syntax/") {
            let help = "text that cannot be read has to be mended".to_owned();
            return self.mistake(span, format!("the level of `{code}` cannot be set"), Some(help));
        }
        let members: Vec<String> = self
            .known_rules
            .iter()
            .filter(|rule| rule.strip_prefix(family).is_some_and(|rest| rest.starts_with('/')))
            .map(|rule| format!("`\"{rule}\"`"))
            .collect();
        if !members.is_empty() {
            let help = format!("set the level of each rule: {}", members.join(", "));
            return self.mistake(span, format!("`{family}` is a family of rules, not a rule"), Some(help));
        }
        if KEYS.contains(&code) {
            let help = format!("`{code}` belongs to the file: write it above the first `[table]`");
            return self.mistake(span, format!("unknown rule `{code}`"), Some(help));
        }
        let near = nearest(code, self.known_rules.iter().copied());
        let help = near.map_or("`archc explain` lists the rules".to_owned(), |near| format!("did you mean `{near}`?"));
        self.mistake(span, format!("unknown rule `{code}`"), Some(help));
    }

    fn mistyped(&mut self, value: &Value<'_>, expected: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "a truth value",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.mistake(value.span(), format!("expected {expected}, found {found}"), None);
    }

    fn mistake(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.mistakes.push(Mistake { span, message, help });
    }
}

fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
    extension.is_some_and(|extension| ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn suggestion(written: &str, known: &[&str]) -> String {
    if let Some(near) = nearest(written, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((only, [])) => format!("it can only be {only}"),
        Some((last, others)) => format!("it can be {} or {last}", others.join(", ")),
        None => String::new(),
    }
}
