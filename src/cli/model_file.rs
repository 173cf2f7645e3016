//! Models that `archc model --format json` wrote, and that take the place of a workspace.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::failure::Failure;
use super::input::Opened;
use super::situation::Suppositions;
use crate::analysis::Analysis;
use crate::emit::document::{self, Document, Mistake};
use crate::report::Report;

/// The largest model that is read, in bytes. All that is known of a service takes some thousand.
const MAX_SIZE: u64 = 1 << 30;

/// Whether a PATH means such a file: it is one, and its name ends with `.json`.
pub(super) fn is_meant(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        && !path.is_dir()
}

/// Whether a file is a model, by its name and its beginning. It may be of another version, or broken further down.
pub(super) fn is_model(path: &Path) -> bool {
    const BEGINNING: u64 = 4096;
    let mut beginning = Vec::new();
    let mut read = || File::open(path)?.take(BEGINNING).read_to_end(&mut beginning);
    if !is_meant(path) || read().is_err() {
        return false;
    }
    // What stands first in it.
    let text = String::from_utf8_lossy(&beginning);
    text.trim_start().starts_with('{')
        && ["\"version\"", "\"assumptions\"", "\"architectures\""].iter().all(|key| text.contains(key))
}

/// Reads the file. Nothing can be supposed of what is made already.
pub(super) fn read(path: &Path, suppositions: &Suppositions) -> Result<Document, Failure> {
    let shown = path.display().to_string();
    if let Some(name) = suppositions.words().keys().next() {
        let option = if name == "environment" { "env" } else { name };
        let message = format!("`--{option}` cannot be supposed of `{shown}`, which is a model already");
        return Err(Failure::new(message).help("write it again from the workspace, with the same option"));
    }
    let bytes = File::open(path).and_then(read_all).map_err(|reason| Failure::io("read", &shown, &reason))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("`{shown}` is no model: it is not UTF-8")))?;
    document::read(&text).map_err(|mistake| match mistake {
        Mistake::Form(reason) => {
            Failure::new(format!("`{shown}` is no model: {reason}")).help("write one with `archc model --format json`")
        }
        Mistake::Dangling(what) => Failure::new(format!("`{shown}` is no whole model: {what}"))
            .help("write it again with `archc model --format json`"),
        Mistake::Version(version) => {
            let known = document::VERSION;
            let message = format!("`{shown}` is a model of version {version}, and this archc reads version {known}");
            Failure::new(message).help("write it again with `archc model --format json`")
        }
    })
}

fn read_all(file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match file.take(MAX_SIZE + 1).read_to_end(&mut bytes)? as u64 {
        0..=MAX_SIZE => Ok(bytes),
        _ => Err(io::Error::other(format!("it has more than {} MB", MAX_SIZE >> 20))),
    }
}

/// The model of a workspace.
pub(super) fn make(opened: &Opened, analysis: &Analysis, report: &Report<'_>, suppositions: &Suppositions) -> Document {
    Document::new(&opened.workspace, analysis, report.data(), suppositions.words())
}
