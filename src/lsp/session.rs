//! All that the server knows: the client, the texts that it has open, and the projects that they belong to.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    InitializeParams, Location, Position, PublishDiagnosticsParams, Range, TextDocumentItem, Uri, WorkspaceFolders,
};
use jiff::civil::Date;
use serde_json::Value;
use tempfile::TempDir;

use super::client::{CONFIGURATION, Client};
use super::documents::Document;
use super::features::colours;
use super::project::{Project, Root, is_shipped};
use super::shipped::Shipped;
use super::told::Told;
use super::{diagnostics, uri, watch};
use crate::check::Rule;
use crate::ide::Snapshot;
use crate::project::CONFIG_FILE;
use crate::source::{FileId, Span};
use crate::vfs::{Disk, FileSystem};

pub(super) struct Session {
    pub(super) client: Client,
    today: fn() -> Date,
    folders: BTreeSet<PathBuf>,
    projects: BTreeMap<Root, Project>,
    documents: BTreeMap<String, Document>,
    /// How the client writes the URIs of open documents that it writes in another way than the server.
    spellings: BTreeMap<PathBuf, Uri>,
    /// Whether folders have settings, as far as it has been asked since something last came or went.
    has_settings: RefCell<BTreeMap<PathBuf, bool>>,
    /// The texts that ship with the compiler.
    shipped: Shipped,
    /// The project that was last looked at: the one that a file of the catalog is looked at from.
    latest: Option<Root>,
    /// What was last told of each document that has findings.
    published: BTreeMap<String, (Root, Vec<Diagnostic>)>,
    /// What was last told of the colours of open documents.
    pub(super) colours: colours::Told,
    /// Which of them show hints and lenses.
    pub(super) told: Told,
    /// Whether the server itself looks out for files that change.
    pub(super) watches: bool,
    /// Whether something has changed since hints and lenses were last compared.
    is_refresh_due: bool,
    /// What the client is to be asked, a method and its parameters each.
    pub(super) asks: Vec<(&'static str, Value)>,
    /// The folder of the pages that the client has been asked to show.
    pub(super) pages: Option<TempDir>,
}

/// A document in the workspace that it belongs to, as both are now.
#[derive(Clone, Copy)]
pub(super) struct Look<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) file: FileId,
    pub(super) client: &'s Client,
    project: &'s Project,
    shipped: &'s Shipped,
    documents: &'s BTreeMap<String, Document>,
    spellings: &'s BTreeMap<PathBuf, Uri>,
}

impl Session {
    pub(super) fn new(params: &InitializeParams, today: fn() -> Date, cache: Option<PathBuf>) -> Session {
        let mut session = Session {
            client: Client::new(params),
            today,
            folders: folders(params),
            projects: BTreeMap::new(),
            documents: BTreeMap::new(),
            spellings: BTreeMap::new(),
            has_settings: RefCell::default(),
            shipped: Shipped::new(cache),
            latest: None,
            published: BTreeMap::new(),
            colours: colours::Told::default(),
            told: Told::default(),
            watches: false,
            is_refresh_due: false,
            asks: Vec::new(),
            pages: None,
        };
        session.discover();
        session
    }

    // ---- What the client tells ----------------------------------------------------------------------------------------

    pub(super) fn open(&mut self, item: TextDocumentItem) {
        let document = Document::new(item);
        self.has_settings.borrow_mut().clear();
        self.spell(&document);
        if self.belongs(&document) {
            let is_spelled = document.path.as_ref().is_some_and(|path| self.spellings.contains_key(path));
            let project = self.project_of(&document);
            project.opened(&document);
            // Its findings may have been told under another spelling.
            if is_spelled {
                project.is_published = false;
            }
        }
        self.documents.insert(document.uri.0.clone(), document);
    }

    /// Takes notice of how the client writes the URI of a document.
    fn spell(&mut self, document: &Document) {
        let Some(path) = &document.path else { return };
        if uri::of_path(path).is_some_and(|uri| uri != document.uri) {
            self.spellings.insert(path.clone(), document.uri.clone());
        } else {
            self.spellings.remove(path);
        }
    }

    /// Whether a document is one of a workspace: no text that ships with the compiler, and no other that is neither a source
    /// nor in a folder with sources.
    fn belongs(&self, document: &Document) -> bool {
        !self.is_shipped(document) && (document.is_source() || matches!(self.owner(document), Root::Folder(_)))
    }

    /// The project that a document belongs to now. Settings that have come make another one of it than it was.
    fn project_of(&mut self, document: &Document) -> &mut Project {
        let root = self.owner(document);
        let alone = Root::Alone(document.uri.0.clone());
        if root != alone {
            self.projects.remove(&alone);
        }
        if matches!(root, Root::Folder(_)) && !self.projects.contains_key(&root) {
            // It is none of a project around it any more.
            self.discover();
        }
        self.projects.entry(root.clone()).or_insert_with(|| Project::new(root))
    }

    /// Takes settings over, and has shown anew what depends on them.
    pub(super) fn configure(&mut self, settings: &Value) {
        let before = self.client.settings;
        self.client.configure(settings);
        if self.client.settings != before {
            self.asks.extend(self.client.refreshes().into_iter().map(|method| (method, Value::Null)));
        }
    }

    /// Asks the client for its settings, if it can be asked.
    pub(super) fn pull_settings(&mut self) {
        if self.client.has_settings() {
            self.asks.push((CONFIGURATION, serde_json::json!({ "items": [{ "section": "archc" }] })));
        }
    }

    /// Whether what other documents show may have changed, and the client can be told.
    pub(super) fn is_refresh_due(&self) -> bool {
        self.is_refresh_due && !self.client.refreshes().is_empty()
    }

    /// Has hints and lenses shown anew that may have changed by what was edited in another document. What they are now is not
    /// worked out: the client asks for the few that it shows.
    pub(super) fn refresh(&mut self) {
        self.is_refresh_due = false;
        let (hints, lenses) = self.told.take_others();
        let due = |method: &&'static str| if method.contains("inlayHint") { hints } else { lenses };
        self.asks.extend(self.client.refreshes().into_iter().filter(due).map(|method| (method, Value::Null)));
    }

    /// Applies changes to a document.
    ///
    /// # Errors
    /// Says why they cannot be applied, in words.
    pub(super) fn change(&mut self, params: DidChangeTextDocumentParams) -> Result<(), String> {
        let (uri, version) = (params.text_document.text_document_identifier.uri, params.text_document.version);
        let Some(document) = self.documents.get_mut(&uri.0) else { return Err(format!("`{}` is not open", uri.0)) };
        if version < document.version {
            return Err(format!("version {version} of `{}` comes after version {}", uri.0, document.version));
        }
        document.change(version, params.content_changes, self.client.encoding);
        self.told.edited(&uri);
        let Some(document) = self.documents.remove(&uri.0) else { return Ok(()) };
        if self.belongs(&document) {
            self.project_of(&document).text_changed(&document);
        }
        self.documents.insert(uri.0, document);
        Ok(())
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        let Some(document) = self.documents.remove(&uri.0) else { return };
        if let Some(path) = document.path.as_ref().filter(|path| self.spellings.get(*path) == Some(uri)) {
            self.spellings.remove(path);
        }
        self.colours.forget(uri);
        self.told.forget(uri);
        self.projects.remove(&Root::Alone(uri.0.clone()));
        if let Some(project) = self.projects.get_mut(&self.owner(&document)) {
            project.read_again();
        }
    }

    pub(super) fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        let named: Vec<PathBuf> = params.changes.iter().filter_map(|change| uri::to_path(&change.uri)).collect();
        let paths: Vec<&PathBuf> = named.iter().filter(|path| self.matters(path)).collect();
        self.has_settings.borrow_mut().clear();
        // Which projects there are, settings say, and the first source of a folder that has had none.
        let is_new = |path: &&PathBuf| {
            let decides = path.ends_with(CONFIG_FILE) || path.ends_with(watch::IGNORED);
            decides || self.root_around(path).is_some_and(|root| !self.projects.contains_key(&root))
        };
        if paths.iter().any(is_new) {
            self.discover();
        }
        for path in paths {
            // What the client has open is told by it.
            let is_open = self.documents.values().any(|document| document.path.as_ref() == Some(path));
            let root = self.root_around(path).filter(|_| !is_open || path.ends_with(CONFIG_FILE));
            if let Some(project) = root.and_then(|root| self.projects.get_mut(&root)) {
                project.read_again();
            }
        }
        if named.is_empty() {
            self.projects.values_mut().for_each(Project::read_again);
        }
    }

    /// Whether something that has come, changed or gone is a part of a workspace. Of a folder, clients tell the folder alone.
    fn matters(&self, path: &Path) -> bool {
        if watch::is_known(path) {
            return true;
        }
        if path.is_dir() {
            return Disk::new(path).files().files.iter().any(|file| watch::is_known(Path::new(file)));
        }
        let root = self.root_around(path).and_then(|root| self.projects.get(&root));
        !path.exists() && root.is_some_and(|project| project.has_below(path))
    }

    pub(super) fn folders_changed(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        for gone in params.event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri)) {
            self.folders.remove(&gone);
        }
        self.folders.extend(params.event.added.iter().filter_map(|folder| uri::to_path(&folder.uri)));
        self.discover();
    }

    /// Has everything read again.
    pub(super) fn read_again(&mut self) {
        self.discover();
        self.projects.values_mut().for_each(Project::read_again);
    }

    /// The folders whose files matter.
    pub(super) fn roots(&self) -> BTreeSet<PathBuf> {
        let roots = self.projects.keys().filter_map(|root| match root {
            Root::Folder(folder) => Some(folder),
            Root::Alone(_) => None,
        });
        roots.chain(&self.folders).cloned().collect()
    }

    // ---- Projects -----------------------------------------------------------------------------------------------------

    /// Finds the projects of the client's folders: a folder with settings is one, and what is left of a folder, another.
    fn discover(&mut self) {
        self.has_settings.borrow_mut().clear();
        let mut roots: BTreeSet<PathBuf> = BTreeSet::new();
        for folder in &self.folders {
            let files = Disk::new(folder).files().files;
            let settings = files.iter().filter_map(|path| match path.rsplit_once('/') {
                Some((below, CONFIG_FILE)) => Some(folder.join(below)),
                None if path == CONFIG_FILE => Some(folder.clone()),
                _ => None,
            });
            let own: BTreeSet<PathBuf> = settings.collect();
            let is_left = |path: &&String| {
                let path = folder.join(path);
                !self.shipped.owns(&path)
                    && path.extension().is_some_and(|extension| extension == "arch")
                    && !own.iter().any(|it| path.starts_with(it))
            };
            if files.iter().any(|path| is_left(&path)) {
                roots.insert(folder.clone());
            }
            roots.extend(own);
        }
        // Open documents keep the projects that they need, wherever these are.
        let own = self.documents.values().filter(|document| self.belongs(document));
        let needed: Vec<Root> = own.map(|document| self.owner_in(document, &roots)).collect();
        let folders = roots.iter().cloned().map(Root::Folder);
        let all: BTreeSet<Root> = folders.chain(needed).collect();
        self.projects.retain(|root, _| all.contains(root));
        for root in &all {
            let project = self.projects.entry(root.clone()).or_insert_with(|| Project::new(root.clone()));
            if let Root::Folder(folder) = root {
                let below = roots.iter().filter(|other| *other != folder).filter_map(|it| it.strip_prefix(folder).ok());
                let below = below.map(|it| it.to_string_lossy().replace('\\', "/"));
                project.set_nested(below.chain(self.shipped.below(folder)).collect());
            }
        }
    }

    /// The project that a document belongs to.
    fn owner(&self, document: &Document) -> Root {
        self.owner_in(document, &BTreeSet::new())
    }

    fn owner_in(&self, document: &Document, more: &BTreeSet<PathBuf>) -> Root {
        let Some(path) = &document.path else { return Root::Alone(document.uri.0.clone()) };
        let known = path.ancestors().skip(1).find(|folder| more.contains(*folder));
        known
            .map(|folder| Root::Folder(folder.to_owned()))
            .or_else(|| self.root_around(path))
            .unwrap_or_else(|| Root::Alone(document.uri.0.clone()))
    }

    /// The project around a path: that of the nearest folder which is one or has settings, or else the client's folder.
    fn root_around(&self, path: &Path) -> Option<Root> {
        let folder = |folder: &&Path| {
            self.projects.contains_key(&Root::Folder(folder.to_path_buf())) || self.has_settings(folder)
        };
        let around = path.ancestors().skip(1);
        let found = around.clone().find(folder);
        let found = found.or_else(|| around.clone().find(|it| self.folders.contains(*it)));
        found.map(|folder| Root::Folder(folder.to_owned()))
    }

    fn has_settings(&self, folder: &Path) -> bool {
        if let Some(known) = self.has_settings.borrow().get(folder) {
            return *known;
        }
        let has_some = folder.join(CONFIG_FILE).is_file();
        self.has_settings.borrow_mut().insert(folder.to_owned(), has_some);
        has_some
    }

    /// A document as it is now; none if the server does not know it.
    pub(super) fn look(&mut self, uri: &Uri) -> Option<Look<'_>> {
        let document = self.documents.get(&uri.0)?;
        if let Some(source) = document.path.as_ref().and_then(|path| self.shipped.source(path)) {
            return self.look_at_source(&source);
        }
        if !self.belongs(document) {
            return None;
        }
        let root = self.owner(document);
        let project = self.projects.entry(root.clone()).or_insert_with(|| Project::new(root.clone()));
        let path = project.path_of(document)?;
        project.snapshot(self.documents.values(), self.today);
        self.latest = Some(root.clone());
        self.look_in(&root, |snapshot| snapshot.workspace.sources.find(&path))
    }

    /// A file of a project, which is up to date.
    fn look_in(&self, root: &Root, choose: impl FnOnce(&Snapshot) -> Option<FileId>) -> Option<Look<'_>> {
        let project = self.projects.get(root)?;
        let snapshot = project.latest()?;
        let (client, shipped) = (&self.client, &self.shipped);
        let (documents, spellings) = (&self.documents, &self.spellings);
        Some(Look { snapshot, file: choose(snapshot)?, client, project, shipped, documents, spellings })
    }

    /// A file of the catalog, in the project that was last looked at.
    fn look_at_source(&mut self, source: &str) -> Option<Look<'_>> {
        let latest = self.latest.as_ref().filter(|root| self.projects.contains_key(root)).cloned();
        let root = latest.or_else(|| self.projects.keys().next().cloned())?;
        self.projects.get_mut(&root)?.snapshot(self.documents.values(), self.today);
        self.look_in(&root, |snapshot| snapshot.workspace.sources.find(source))
    }

    /// Whether a document is none of the user's, but a text that ships with the compiler.
    fn is_shipped(&self, document: &Document) -> bool {
        document.path.as_ref().is_some_and(|path| self.shipped.owns(path))
    }

    /// The version of a document that is open.
    pub(super) fn version(&self, uri: &Uri) -> Option<i32> {
        self.documents.get(&uri.0).map(|document| document.version)
    }

    /// A document that is no source, such as the settings, and the project that it belongs to, as both are now.
    pub(super) fn look_beside(&mut self, uri: &Uri) -> Option<(Look<'_>, &str)> {
        let document = self.documents.get(&uri.0)?;
        let root = self.owner(document);
        self.projects.get_mut(&root)?.snapshot(self.documents.values(), self.today);
        Some((self.look_in(&root, any_file)?, &document.text))
    }

    /// All projects as they are now, each by one of its files; for what is asked of the workspace as a whole.
    pub(super) fn look_at_all(&mut self) -> Vec<Look<'_>> {
        for project in self.projects.values_mut() {
            project.snapshot(self.documents.values(), self.today);
        }
        let first = |snapshot: &Snapshot| snapshot.workspace.files.first().copied();
        let looks = self.projects.keys().filter_map(|root| self.look_in(root, first));
        looks.collect()
    }

    // ---- Findings -----------------------------------------------------------------------------------------------------

    /// The findings that have changed since they were last told.
    pub(super) fn publish(&mut self) -> Vec<PublishDiagnosticsParams> {
        let mut told = Vec::new();
        let gone = |root: &Root| !self.projects.contains_key(root);
        let stale: Vec<String> =
            self.published.iter().filter(|(_, (root, _))| gone(root)).map(|(uri, _)| uri.clone()).collect();
        for uri in stale {
            self.published.remove(&uri);
            told.push(self.params(uri, Vec::new()));
        }
        let roots: Vec<Root> = self.projects.keys().cloned().collect();
        for root in roots {
            let now = self.findings(&root);
            let Some(now) = now else { continue };
            let before = self.published.iter().filter(|(_, (of, _))| *of == root);
            let healed: Vec<String> = before.map(|(uri, _)| uri.clone()).filter(|uri| !now.contains_key(uri)).collect();
            for uri in healed {
                self.published.remove(&uri);
                told.push(self.params(uri, Vec::new()));
            }
            for (uri, findings) in now {
                let is_known = self.published.get(&uri).is_some_and(|(_, known)| *known == findings);
                if !is_known {
                    self.published.insert(uri.clone(), (root.clone(), findings.clone()));
                    told.push(self.params(uri, findings));
                }
            }
        }
        told
    }

    /// The findings of a project by document; none if they have been told.
    fn findings(&mut self, root: &Root) -> Option<BTreeMap<String, Vec<Diagnostic>>> {
        let project = self.projects.get_mut(root)?;
        project.snapshot(self.documents.values(), self.today);
        if std::mem::replace(&mut project.is_published, true) {
            return None;
        }
        self.is_refresh_due = true;
        let look = self.look_in(root, any_file)?;
        Some(diagnostics::by_document(look, &look.project.errors))
    }

    fn params(&self, uri: String, diagnostics: Vec<Diagnostic>) -> PublishDiagnosticsParams {
        let version = self.documents.get(&uri).map(|document| document.version);
        let version = version.filter(|_| self.client.takes_versions());
        PublishDiagnosticsParams { uri: Uri(uri), version, diagnostics }
    }
}

impl Look<'_> {
    /// The byte offset of a position in the document.
    pub(super) fn offset(self, position: Position) -> usize {
        self.client.encoding.offset(self.snapshot.workspace.sources.file(self.file), position)
    }

    /// The empty span at a position in the document.
    pub(super) fn place(self, position: Position) -> Span {
        let at = self.offset(position);
        Span::of(self.file, at..at)
    }

    /// The position of an offset in a text that no file has yet.
    pub(super) fn position_in(self, text: &str, offset: usize) -> Position {
        self.client.encoding.position_in(text, offset)
    }

    /// The part of the document that a range covers.
    pub(super) fn span(self, range: Range) -> Span {
        Span::of(self.file, self.offset(range.start)..self.offset(range.end))
    }

    /// The range of a span in whichever file.
    pub(super) fn range(self, span: Span) -> Range {
        self.client.encoding.range(self.snapshot.workspace.sources.file(span.file), span)
    }

    /// The URI of a file; none of one that is not on the disk.
    pub(super) fn uri(self, file: FileId) -> Option<Uri> {
        if is_shipped(self.snapshot, file) {
            return None;
        }
        self.uri_of_path(self.snapshot.workspace.sources.file(file).path())
    }

    /// The URI of a path of the project, as its client writes it: there are several ways to write one.
    pub(super) fn uri_of_path(self, path: &str) -> Option<Uri> {
        let uri = self.project.uri_of(path)?;
        if self.spellings.is_empty() {
            return Some(uri);
        }
        let spelled = uri::to_path(&uri).and_then(|path| self.spellings.get(&path).cloned());
        Some(spelled.unwrap_or(uri))
    }

    /// The version of a document; none of one that is not open.
    pub(super) fn version(self, uri: &str) -> Option<i32> {
        self.documents.get(uri).map(|document| document.version)
    }

    /// The URI of a file that is opened to be read: one of the catalog is written to where an editor finds it.
    pub(super) fn uri_to_read(self, file: FileId) -> Option<Uri> {
        if !is_shipped(self.snapshot, file) {
            return self.uri(file);
        }
        let source = self.snapshot.workspace.sources.file(file);
        self.shipped.uri(source.path(), source.text())
    }

    /// The URI of the page of a rule.
    pub(super) fn uri_of_rule(self, rule: &Rule) -> Option<Uri> {
        self.shipped.page(rule)
    }

    /// Where a span is, also in a file of the catalog.
    pub(super) fn location_to_read(self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri_to_read(span.file)?, range: self.range(span) })
    }

    /// Where a span is.
    pub(super) fn location(self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(span.file)?, range: self.range(span) })
    }
}

/// A file to look at the whole of a project by: one of its own, if it has any.
fn any_file(snapshot: &Snapshot) -> Option<FileId> {
    snapshot.workspace.files.first().or(snapshot.workspace.catalog.first()).copied()
}

/// The folders that a client has open.
fn folders(params: &InitializeParams) -> BTreeSet<PathBuf> {
    let folders = &params.workspace_folders_initialize_params.workspace_folders;
    let folders: Vec<Uri> = match folders {
        Some(WorkspaceFolders::WorkspaceFolderList(list)) => list.iter().map(|folder| folder.uri.clone()).collect(),
        _ => Vec::new(),
    };
    #[expect(deprecated, reason = "older clients say no more than this")]
    let one = params.root_uri.clone().filter(|_| folders.is_empty());
    folders.iter().chain(&one).filter_map(uri::to_path).collect()
}
