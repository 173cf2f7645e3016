//! A workspace that is open: a folder with its settings, or one text alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::Uri;
use jiff::civil::Date;

use super::documents::Document;
use super::uri;
use crate::analysis::Parses;
use crate::check;
use crate::ide::Snapshot;
use crate::project::{self, LoadError, LoadErrorKind, Scope, Workspace};
use crate::source::{FileId, Origin};
use crate::syntax;
use crate::vfs::{Disk, Memory, Overlay};

/// Which files belong to a project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    /// All below a folder.
    Folder(PathBuf),
    /// One text, by its URI.
    Alone(String),
}

#[derive(Debug)]
pub(super) struct Project {
    pub(super) root: Root,
    /// The folders below that are projects of their own.
    nested: Vec<String>,
    snapshot: Option<Snapshot>,
    /// What is wrong with files that could not be read.
    pub(super) errors: Vec<LoadError>,
    /// The texts that were analysed of files which have another one now.
    outdated: BTreeMap<FileId, String>,
    /// Whether everything is to be read again.
    is_reading_due: bool,
    /// Whether its findings have been told since it was analysed.
    pub(super) is_published: bool,
}

impl Project {
    pub(super) fn new(root: Root) -> Project {
        Project {
            root,
            nested: Vec::new(),
            snapshot: None,
            errors: Vec::new(),
            outdated: BTreeMap::new(),
            is_reading_due: true,
            is_published: false,
        }
    }

    /// Says which folders below are projects of their own.
    pub(super) fn set_nested(&mut self, nested: Vec<String>) {
        if self.nested != nested {
            self.nested = nested;
            self.is_reading_due = true;
        }
    }

    /// Has everything read again before the next answer.
    pub(super) fn read_again(&mut self) {
        self.is_reading_due = true;
    }

    /// Takes notice of a text that the client has opened.
    pub(super) fn opened(&mut self, document: &Document) {
        if document.is_source() {
            self.text_changed(document);
        } else if self.path_of(document).is_some() {
            self.is_reading_due = true;
        }
    }

    /// Takes notice of a text that the client has opened or changed.
    pub(super) fn text_changed(&mut self, document: &Document) {
        let Some(path) = self.path_of(document) else { return };
        // Markdown that the workspace had no use for when it was opened is none of it while it is typed.
        let is_unknown = self.snapshot.as_ref().is_some_and(|it| it.workspace.sources.find(&path).is_none());
        if document.is_markdown() && is_unknown && !self.is_reading_due {
            return;
        }
        let file = self.snapshot.as_mut().and_then(|snapshot| {
            let file = snapshot.workspace.sources.find(&path)?;
            snapshot.workspace.files.contains(&file).then_some(file)
        });
        let (Some(file), Some(snapshot)) = (file, &mut self.snapshot) else {
            self.is_reading_due = true;
            return;
        };
        if let Some(before) = snapshot.workspace.sources.replace(file, document.text.clone()) {
            self.outdated.entry(file).or_insert(before);
        }
    }

    /// Whether something of it lies below a folder that may be gone.
    pub(super) fn has_below(&self, folder: &Path) -> bool {
        let Root::Folder(root) = &self.root else { return false };
        let (Some(path), Some(snapshot)) = (below(root, folder), &self.snapshot) else { return false };
        let is_below = |file: &str| file.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let known = snapshot.workspace.known_files.iter().flatten();
        known.map(String::as_str).any(is_below)
            || snapshot.workspace.sources.iter().any(|(_, source)| is_below(source.path()))
    }

    /// The path of a document below the root.
    pub(super) fn path_of(&self, document: &Document) -> Option<String> {
        match &self.root {
            Root::Folder(root) => below(root, document.path.as_deref()?),
            Root::Alone(uri) => (*uri == document.uri.0).then(|| name_of(uri)),
        }
    }

    /// The URI of a file of the project; none of one that is not on the disk.
    pub(super) fn uri_of(&self, path: &str) -> Option<Uri> {
        match &self.root {
            Root::Folder(root) => uri::of_path(&root.join(path)),
            Root::Alone(uri) => (name_of(uri) == path).then(|| Uri(uri.clone())),
        }
    }

    /// The workspace as it is now.
    pub(super) fn snapshot<'d>(
        &mut self,
        documents: impl Iterator<Item = &'d Document>,
        today: fn() -> Date,
    ) -> &Snapshot {
        let outdated = std::mem::take(&mut self.outdated);
        let is_reading_due = std::mem::take(&mut self.is_reading_due);
        let snapshot = match self.snapshot.take() {
            Some(snapshot) if !is_reading_due && outdated.is_empty() => snapshot,
            Some(snapshot) if !is_reading_due => {
                self.is_published = false;
                parse_again(snapshot, outdated, today())
            }
            before => {
                self.is_published = false;
                self.read(before, &outdated, documents, today())
            }
        };
        self.snapshot.insert(snapshot)
    }

    /// The workspace as it was when somebody last asked.
    pub(super) fn latest(&self) -> Option<&Snapshot> {
        self.snapshot.as_ref()
    }

    fn read<'d>(
        &mut self,
        before: Option<Snapshot>,
        outdated: &BTreeMap<FileId, String>,
        documents: impl Iterator<Item = &'d Document>,
        today: Date,
    ) -> Snapshot {
        let open = documents.filter_map(|document| Some((self.path_of(document)?, document.text.as_str())));
        let (workspace, parses) = match before {
            Some(before) => (before.workspace, Some(before.parses)),
            None => (Workspace::without_files(), None),
        };
        let known = Known::of(&workspace, parses, outdated);
        let rules: Vec<&str> = check::rules().iter().map(|rule| rule.code).collect();
        let (workspace, mut errors) = match &self.root {
            Root::Folder(root) => {
                let files = self.nested.iter().fold(Overlay::new(Disk::new(root)), |files, it| files.without(it));
                let files = open.fold(files, |files, (path, text)| files.with(&path, text));
                project::reload(workspace, &files, Scope::Folder(""), &rules)
            }
            Root::Alone(uri) => {
                let files = open.fold(Memory::default(), |files, (path, text)| files.with(&path, text));
                project::reload(workspace, &files, Scope::File(&name_of(uri)), &rules)
            }
        };
        // An empty folder is one where somebody is about to begin.
        errors.retain(|error| error.kind != LoadErrorKind::NoSources);
        self.errors = errors;
        let parses = known.parses(&workspace);
        Snapshot::of(workspace, parses, today, None)
    }
}

/// The trees of the files whose text is still the one that they were made of, by file and revision.
struct Known {
    parses: BTreeMap<(FileId, u32), Arc<syntax::Parse>>,
}

impl Known {
    fn of(workspace: &Workspace, parses: Option<Parses>, outdated: &BTreeMap<FileId, String>) -> Known {
        let Some(parses) = parses else { return Known { parses: BTreeMap::new() } };
        let files = workspace.catalog.iter().chain(&workspace.files);
        let all = files.zip(parses.shipped.into_iter().chain(parses.written));
        let current = all.filter(|(file, _)| !outdated.contains_key(file));
        let revision = |file: FileId| workspace.sources.file(file).revision();
        Known { parses: current.map(|(file, parse)| ((*file, revision(*file)), parse)).collect() }
    }

    fn parses(&self, workspace: &Workspace) -> Parses {
        let parse = |file: &FileId| {
            let text = workspace.sources.file(*file);
            let known = self.parses.get(&(*file, text.revision()));
            known.map_or_else(|| Arc::new(syntax::parse(*file, text.text())), Arc::clone)
        };
        Parses {
            shipped: workspace.catalog.iter().map(parse).collect(),
            written: workspace.files.iter().map(parse).collect(),
        }
    }
}

/// Analyses a workspace again after some of its files have got another text than `before`.
fn parse_again(snapshot: Snapshot, mut before: BTreeMap<FileId, String>, today: Date) -> Snapshot {
    let Snapshot { workspace, mut parses, analysis, .. } = snapshot;
    for (file, parse) in workspace.files.iter().zip(&mut parses.written) {
        if let Some(before) = before.remove(file) {
            let known = std::mem::replace(parse, Arc::new(syntax::Parse::default()));
            let known = Arc::try_unwrap(known).unwrap_or_else(|shared| shared.as_ref().clone());
            let text = workspace.sources.file(*file).text();
            *parse = Arc::new(syntax::parse_again(known, *file, &before, text));
        }
    }
    Snapshot::of(workspace, parses, today, Some(&analysis))
}

/// The path below a folder, as the library writes it.
fn below(root: &Path, path: &Path) -> Option<String> {
    let names = path.strip_prefix(root).ok()?.components().map(|name| name.as_os_str().to_str());
    names.collect::<Option<Vec<_>>>().map(|names| names.join("/"))
}

/// What a text is called that is alone: the end of its URI.
fn name_of(uri: &str) -> String {
    let name = uri.rsplit(['/', ':']).next().filter(|name| !name.is_empty()).unwrap_or("untitled");
    let is_source = Path::new(name).extension().is_some_and(|extension| extension == "arch");
    if is_source { name.to_owned() } else { format!("{name}.arch") }
}

/// Whether a file of the compiler itself is meant.
pub(super) fn is_shipped(snapshot: &Snapshot, file: FileId) -> bool {
    snapshot.workspace.sources.file(file).origin() == Origin::Catalog
}
