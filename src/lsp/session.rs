//! All that the server knows: the client, the texts that it has open, and the projects that they belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    InitializeParams, Location, Position, PublishDiagnosticsParams, Range, TextDocumentItem, Uri, WorkspaceFolders,
};
use jiff::civil::Date;

use super::client::Client;
use super::documents::Document;
use super::project::{Project, Root, is_shipped};
use super::{diagnostics, uri};
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
    /// What was last told of each document that has findings.
    published: BTreeMap<String, (Root, Vec<Diagnostic>)>,
}

/// A document in the workspace that it belongs to, as both are now.
#[derive(Clone, Copy)]
pub(super) struct Look<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) file: FileId,
    pub(super) client: &'s Client,
    project: &'s Project,
}

impl Session {
    pub(super) fn new(params: &InitializeParams, today: fn() -> Date) -> Session {
        let mut session = Session {
            client: Client::new(params),
            today,
            folders: folders(params),
            projects: BTreeMap::new(),
            documents: BTreeMap::new(),
            published: BTreeMap::new(),
        };
        session.discover();
        session
    }

    // ---- What the client tells ----------------------------------------------------------------------------------------

    pub(super) fn open(&mut self, item: TextDocumentItem) {
        let document = Document::new(item);
        let root = self.owner(&document);
        let project = self.projects.entry(root.clone()).or_insert_with(|| Project::new(root));
        project.text_changed(&document);
        self.documents.insert(document.uri.0.clone(), document);
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
        let Some(document) = self.documents.get(&uri.0) else { return Ok(()) };
        let root = self.owner(document);
        if let Some(project) = self.projects.get_mut(&root) {
            project.text_changed(document);
        }
        Ok(())
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        let Some(document) = self.documents.remove(&uri.0) else { return };
        let root = self.owner(&document);
        match root {
            Root::Alone(_) => drop(self.projects.remove(&root)),
            Root::Folder(_) => self.projects.get_mut(&root).into_iter().for_each(Project::read_again),
        }
    }

    pub(super) fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        let paths: Vec<PathBuf> = params.changes.iter().filter_map(|change| uri::to_path(&change.uri)).collect();
        if paths.iter().any(|path| path.ends_with(CONFIG_FILE)) {
            self.discover();
        }
        for path in &paths {
            // What the client has open is told by it.
            let is_open = self.documents.values().any(|document| document.path.as_ref() == Some(path));
            let root = self.root_around(path).filter(|_| !is_open || path.ends_with(CONFIG_FILE));
            if let Some(project) = root.and_then(|root| self.projects.get_mut(&root)) {
                project.read_again();
            }
        }
        if paths.is_empty() {
            self.projects.values_mut().for_each(Project::read_again);
        }
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

    // ---- Projects -----------------------------------------------------------------------------------------------------

    /// Finds the projects of the client's folders: a folder with settings is one, and what is left of a folder, another.
    fn discover(&mut self) {
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
                path.extension().is_some_and(|extension| extension == "arch")
                    && !own.iter().any(|it| path.starts_with(it))
            };
            if files.iter().any(|path| is_left(&path)) {
                roots.insert(folder.clone());
            }
            roots.extend(own);
        }
        // Open documents keep the projects that they need, wherever these are.
        let needed: Vec<Root> = self.documents.values().map(|document| self.owner_in(document, &roots)).collect();
        let folders = roots.iter().cloned().map(Root::Folder);
        let all: BTreeSet<Root> = folders.chain(needed).collect();
        self.projects.retain(|root, _| all.contains(root));
        for root in &all {
            let project = self.projects.entry(root.clone()).or_insert_with(|| Project::new(root.clone()));
            if let Root::Folder(folder) = root {
                let below = roots.iter().filter(|other| *other != folder).filter_map(|it| it.strip_prefix(folder).ok());
                project.set_nested(below.map(|it| it.to_string_lossy().replace('\\', "/")).collect());
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
            self.projects.contains_key(&Root::Folder(folder.to_path_buf())) || folder.join(CONFIG_FILE).is_file()
        };
        let around = path.ancestors().skip(1);
        let found = around.clone().find(folder);
        let found = found.or_else(|| around.clone().find(|it| self.folders.contains(*it)));
        found.map(|folder| Root::Folder(folder.to_owned()))
    }

    /// A document as it is now; none if the server does not know it.
    pub(super) fn look(&mut self, uri: &Uri) -> Option<Look<'_>> {
        let document = self.documents.get(&uri.0)?;
        let root = self.owner(document);
        let project = self.projects.get_mut(&root)?;
        let path = project.path_of(document)?;
        project.snapshot(self.documents.values(), self.today);
        let project = &*project;
        let snapshot = project.latest()?;
        let file = snapshot.workspace.sources.find(&path)?;
        Some(Look { snapshot, file, client: &self.client, project })
    }

    /// All projects as they are now, each by one of its files; for what is asked of the workspace as a whole.
    pub(super) fn look_at_all(&mut self) -> Vec<Look<'_>> {
        for project in self.projects.values_mut() {
            project.snapshot(self.documents.values(), self.today);
        }
        let looks = self.projects.values().filter_map(|project| {
            let snapshot = project.latest()?;
            let file = *snapshot.workspace.files.first()?;
            Some(Look { snapshot, file, client: &self.client, project })
        });
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
        let project = &*project;
        let snapshot = project.latest()?;
        let file = snapshot.workspace.files.first().or(snapshot.workspace.catalog.first())?;
        Some(diagnostics::by_document(Look { snapshot, file: *file, client: &self.client, project }, &project.errors))
    }

    fn params(&self, uri: String, diagnostics: Vec<Diagnostic>) -> PublishDiagnosticsParams {
        let version = self.documents.get(&uri).map(|document| document.version);
        PublishDiagnosticsParams { uri: Uri(uri), version, diagnostics }
    }
}

impl<'s> Look<'s> {
    /// The byte offset of a position in the document.
    pub(super) fn offset(self, position: Position) -> usize {
        self.client.encoding.offset(self.snapshot.workspace.sources.file(self.file), position)
    }

    /// The empty span at a position in the document.
    pub(super) fn place(self, position: Position) -> Span {
        let at = self.offset(position);
        Span::of(self.file, at..at)
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
        self.project.uri_of(self.snapshot.workspace.sources.file(file).path())
    }

    /// The URI of a path of the project.
    pub(super) fn uri_of_path(self, path: &str) -> Option<Uri> {
        self.project.uri_of(path)
    }

    /// Where a span is.
    pub(super) fn location(self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(span.file)?, range: self.range(span) })
    }
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
