//! Texts that ship with the compiler, as files that an editor can open: the catalog, and the pages of rules.
//!
//! They are written into a folder of the user's cache when somebody asks for them. Where nothing can be written, there are
//! none.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;

use super::uri;
use crate::check::Rule;

/// What the library puts before the path of a file of the catalog.
const CATALOG: &str = "catalog:";

/// The folder that the texts are in.
#[derive(Debug, Default)]
pub(super) struct Shipped {
    folder: Option<PathBuf>,
    /// The URIs of the files that have been seen to; none of one that cannot be written.
    written: RefCell<BTreeMap<String, Option<Uri>>>,
}

impl Shipped {
    /// Below a folder for caches; none if there is no such folder. Each version has a folder of its own.
    pub(super) fn new(cache: Option<PathBuf>) -> Shipped {
        let folder = cache.map(|cache| cache.join("archc").join(env!("CARGO_PKG_VERSION")));
        Shipped { folder, written: RefCell::default() }
    }

    /// Whether a path is that of one of these files.
    pub(super) fn owns(&self, path: &Path) -> bool {
        self.folder.as_ref().is_some_and(|folder| path.starts_with(folder))
    }

    /// The folder, if it lies below another one, as the library writes paths.
    pub(super) fn below(&self, other: &Path) -> Option<String> {
        let below = self.folder.as_ref()?.strip_prefix(other).ok()?;
        Some(below.to_string_lossy().replace('\\', "/"))
    }

    /// What the library calls the source that a path is of.
    pub(super) fn source(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(self.folder.as_ref()?.join("catalog")).ok()?;
        Some(format!("{CATALOG}{}", below.to_str()?.replace('\\', "/")))
    }

    /// The file of a source of the catalog, by what the library calls it.
    pub(super) fn uri(&self, source: &str, text: &str) -> Option<Uri> {
        let path = source.strip_prefix(CATALOG)?;
        self.file(&format!("catalog/{path}"), text)
    }

    /// The file with the page of a rule.
    pub(super) fn page(&self, rule: &Rule) -> Option<Uri> {
        self.file(&format!("rules/{}.md", rule.code), &rule.page())
    }

    fn file(&self, path: &str, text: &str) -> Option<Uri> {
        let folder = self.folder.as_ref()?;
        if let Some(known) = self.written.borrow().get(path) {
            return known.clone();
        }
        let target = folder.join(path);
        let uri = keep(&target, text).ok().and_then(|()| uri::of_path(&target));
        self.written.borrow_mut().insert(path.to_owned(), uri.clone());
        uri
    }
}

/// Sees to it that a file has a text, and that nobody changes it by accident.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    let mut permissions = file.as_file().metadata()?.permissions();
    permissions.set_readonly(true);
    file.as_file().set_permissions(permissions)?;
    // Some systems do not put a file in the place of one that is read-only.
    if let Err(refused) = file.persist(path) {
        fs::remove_file(path)?;
        refused.file.persist(path).map_err(|refused| refused.error)?;
    }
    Ok(())
}
