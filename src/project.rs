//! A workspace: the `.arch` files of a folder, with the settings of `archc.toml`.

mod config;
mod error;
mod not_toml;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io;

use config::TeamLevel;
pub use config::{Config, DiagramConfig, DiagramStyle, DocsConfig};
pub use error::{LoadError, LoadErrorKind};

use crate::catalog::embedded_files;
use crate::prices::{self, Price, PriceBook};
use crate::source::{FileId, Origin, SourceMap, Span};
use crate::vfs::FileSystem;

/// The name of the file with the settings.
pub const CONFIG_FILE: &str = "archc.toml";

/// The extension of source files.
const EXTENSION: &str = ".arch";

/// Which sources belong to the workspace.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// All `.arch` files under a folder, given by its path below the root; empty for the root.
    Folder(&'a str),
    /// One file alone, by its path below the root.
    File(&'a str),
    /// A text that is no file, such as standard input.
    Text {
        /// What to call it in findings.
        name: &'a str,
        /// Its bytes.
        bytes: &'a [u8],
    },
}

/// Everything that is read before the work begins.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The settings.
    pub config: Config,
    /// The texts of the files.
    pub sources: SourceMap,
    /// The `.arch` files, sorted by path.
    pub files: Vec<FileId>,
    /// The files of the catalog that ships with the compiler.
    pub catalog: Vec<FileId>,
    /// The Markdown pages that `[docs] topics` names, in its order.
    pub topics: Vec<FileId>,
    /// The levels that `[rules]` sets for rules of the team's own, `rule/NAME`, and where. Whether there are such rules is
    /// known when the files are.
    pub team_levels: Vec<(String, Span)>,
    /// The decision records in the folders that `decisions` names, sorted by path. They belong to the workspace as a whole:
    /// where a single file was asked for, nobody looked.
    pub decisions: Vec<FileId>,
    /// The prices of the files that `[prices] files` names.
    pub own_prices: Vec<Price>,
    /// The paths of all files under the root; `None` where a single file was asked for, since nobody looked.
    pub known_files: Option<BTreeSet<String>>,
}

/// Reads a workspace. `known_rules` are the codes that `[rules]` may set.
///
/// # Errors
/// Everything that is wrong with the settings and all files that cannot be read, in one go.
pub fn load(fs: &dyn FileSystem, scope: Scope<'_>, known_rules: &[&str]) -> Result<Workspace, Vec<LoadError>> {
    let (workspace, errors) = reload(Workspace::without_files(), fs, scope, known_rules);
    if errors.is_empty() { Ok(workspace) } else { Err(errors) }
}

/// Reads a workspace again, or for the first time over one without files. A file keeps its id, and its revision while its
/// text is the same. What cannot be read is left out and told.
pub fn reload(
    before: Workspace,
    fs: &dyn FileSystem,
    scope: Scope<'_>,
    known_rules: &[&str],
) -> (Workspace, Vec<LoadError>) {
    let (config, team_levels, mut errors) = config::read(fs, known_rules);
    let mut workspace = Workspace { config, ..Workspace::with_catalog(before.sources, before.catalog) };
    workspace.place_team_levels(fs, team_levels, &mut errors);
    match scope {
        Scope::Folder(folder) => workspace.add_folder(fs, folder, &mut errors),
        Scope::File(path) => workspace.files.extend(workspace.sources.add_file(fs, path, &mut errors)),
        Scope::Text { name, bytes } => match text(name, bytes.to_vec()) {
            Ok(text) => workspace.files.push(workspace.sources.add(name, text, Origin::Workspace)),
            Err(error) => errors.push(error),
        },
    }
    let topics = workspace.config.docs.topics.iter();
    workspace.topics = topics.filter_map(|path| workspace.sources.add_file(fs, path, &mut errors)).collect();
    workspace.read_prices(fs, &mut errors);
    (workspace, errors)
}

impl Workspace {
    /// A workspace that knows only the catalog that ships with the compiler.
    pub fn without_files() -> Workspace {
        let mut sources = SourceMap::default();
        let shipped = embedded_files().iter();
        let catalog =
            shipped.map(|(path, text)| sources.add(format!("catalog:{path}"), (*text).to_owned(), Origin::Catalog));
        let catalog = catalog.collect();
        Workspace::with_catalog(sources, catalog)
    }

    fn with_catalog(sources: SourceMap, catalog: Vec<FileId>) -> Workspace {
        Workspace {
            config: Config::default(),
            catalog,
            sources,
            files: Vec::new(),
            topics: Vec::new(),
            team_levels: Vec::new(),
            decisions: Vec::new(),
            own_prices: Vec::new(),
            known_files: None,
        }
    }

    /// The prices that hold: those that ship with the compiler, and the workspace's own over them.
    pub fn price_book(&self) -> PriceBook {
        let mut book = PriceBook::shipped();
        book.add(self.own_prices.clone());
        book
    }

    /// Whether no source file of the workspace was left out, so that what is not declared here is declared nowhere.
    pub fn is_whole(&self) -> bool {
        let read: BTreeSet<&str> = self.files.iter().map(|id| self.sources.file(*id).path()).collect();
        let sources = |known: &BTreeSet<String>| {
            known.iter().filter(|path| path.ends_with(EXTENSION)).all(|path| read.contains(path.as_str()))
        };
        self.known_files.as_ref().is_some_and(sources)
    }

    /// Keeps where the settings speak of rules of the team's own.
    fn place_team_levels(&mut self, fs: &dyn FileSystem, levels: Vec<TeamLevel>, errors: &mut Vec<LoadError>) {
        if levels.is_empty() {
            return;
        }
        let Some(id) = self.sources.add_file(fs, CONFIG_FILE, errors) else { return };
        self.team_levels = levels.into_iter().map(|(code, range)| (code, Span::of(id, range))).collect();
    }

    /// Reads the workspace's own prices. Of prices that are given twice, those of the last file hold.
    fn read_prices(&mut self, fs: &dyn FileSystem, errors: &mut Vec<LoadError>) {
        for path in self.config.prices.clone() {
            let Some(id) = self.sources.add_file(fs, &path, errors) else { continue };
            let (prices, mistakes) = prices::read(&path, self.sources.file(id).text());
            self.own_prices.extend(prices);
            errors.extend(mistakes.into_iter().map(|mistake| {
                let place = Span::of(id, mistake.span);
                let (at, end) = (self.sources.line_column(place), self.sources.line_column(place.after()));
                let kind = LoadErrorKind::Setting { at, end, message: mistake.message, help: mistake.help };
                LoadError { path: path.clone(), kind }
            }));
        }
    }

    fn add_folder(&mut self, fs: &dyn FileSystem, folder: &str, errors: &mut Vec<LoadError>) {
        let listing = fs.files();
        let mut found = false;
        for (path, reason) in listing.unreadable {
            // A link that leads nowhere is none of our business, unless it stands for a source.
            let is_broken_link = reason.kind() == io::ErrorKind::NotFound && !path.ends_with(EXTENSION);
            if is_below(&path, folder) && !is_broken_link {
                found = true;
                errors.push(LoadError::unreadable(path, &reason));
            }
        }
        for path in listing.files.iter().filter(|path| is_below(path, folder) && path.ends_with(EXTENSION)) {
            found = true;
            self.files.extend(self.sources.add_file(fs, path, errors));
        }
        if !found {
            errors.push(LoadError { path: folder.to_owned(), kind: LoadErrorKind::NoSources });
        }
        let is_record = |path: &&String| {
            is_decision_record(path) && self.config.decisions.iter().any(|folder| is_below(path, folder))
        };
        for path in listing.files.iter().filter(is_record) {
            self.decisions.extend(self.sources.add_file(fs, path, errors));
        }
        self.known_files = Some(listing.files.into_iter().collect());
    }
}

impl SourceMap {
    /// Adds a file, or the reason why it cannot be read.
    fn add_file(&mut self, fs: &dyn FileSystem, path: &str, errors: &mut Vec<LoadError>) -> Option<FileId> {
        let bytes = fs.read(path).map_err(|reason| LoadError::unreadable(path.to_owned(), &reason));
        match bytes.and_then(|bytes| text(path, bytes)) {
            Ok(text) => Some(self.set(path, text, Origin::Workspace)),
            Err(error) => {
                errors.push(error);
                None
            }
        }
    }
}

fn text(path: &str, bytes: Vec<u8>) -> Result<String, LoadError> {
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(offset);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        LoadError { path: path.to_owned(), kind: LoadErrorKind::NotUtf8 { line, offset } }
    })
}

/// Whether there is anything to read: a file, or a folder with sources.
pub fn has_sources(fs: &dyn FileSystem, scope: Scope<'_>) -> bool {
    match scope {
        Scope::Folder(folder) => {
            fs.files().files.iter().any(|path| is_below(path, folder) && path.ends_with(EXTENSION))
        }
        Scope::File(path) => fs.exists(path),
        Scope::Text { .. } => true,
    }
}

/// How many sources there are below the root.
pub fn count_sources(fs: &dyn FileSystem) -> usize {
    fs.files().files.iter().filter(|path| path.ends_with(EXTENSION)).count()
}

/// Whether a file in a folder of decisions is one: Markdown, and neither the page about the folder nor a template.
fn is_decision_record(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown"));
    stem.is_some_and(|stem| !matches!(stem, "readme" | "index") && !stem.contains("template"))
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
