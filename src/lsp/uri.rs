//! URIs of documents, and paths on the disk.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use url::Url;

/// The file that a URI names; none where it names something else, such as a text that has never been saved.
pub(super) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let url = Url::parse(&uri.0).ok()?;
    if url.scheme() != "file" {
        return None;
    }
    url.to_file_path().ok()
}

/// The URI of a file, which has an absolute path.
pub(super) fn of_path(path: &Path) -> Option<Uri> {
    Url::from_file_path(path).ok().map(|url| Uri(url.into()))
}
