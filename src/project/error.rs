//! Why a workspace cannot be read.

use std::io;

use crate::source::LineColumn;

/// A file, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub struct LoadError {
    /// The file or folder, relative to the workspace. A door may rewrite it to what its user can follow.
    pub path: String,
    /// What is wrong.
    pub kind: LoadErrorKind,
}

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
pub enum LoadErrorKind {
    /// It cannot be read.
    Unreadable {
        /// Why, in the words of the operating system.
        reason: String,
    },
    /// It holds a byte sequence that is no text.
    NotUtf8 {
        /// The line of the first wrong byte, from 1.
        line: usize,
        /// The offset of the first wrong byte, from 0.
        offset: usize,
    },
    /// There is no such file or folder.
    Missing,
    /// A folder without source files.
    NoSources,
    /// A setting is wrong.
    Setting {
        /// Where in the file it begins.
        at: LineColumn,
        /// Where it ends.
        end: LineColumn,
        /// What is wrong.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
}

impl LoadError {
    /// A file that the operating system does not let us read.
    pub(super) fn unreadable(path: String, reason: &io::Error) -> LoadError {
        let reason = match reason.kind() {
            io::ErrorKind::NotFound => "it does not exist".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => reason.to_string(),
        };
        LoadError { path, kind: LoadErrorKind::Unreadable { reason } }
    }

    fn message(&self) -> String {
        let path = if self.path.is_empty() { "." } else { &self.path };
        match &self.kind {
            LoadErrorKind::Unreadable { reason } => format!("cannot read `{path}`: {reason}"),
            LoadErrorKind::NotUtf8 { line, offset } => {
                format!("`{path}` is not UTF-8: the first wrong byte is in line {line}, at offset {offset}")
            }
            LoadErrorKind::Missing => format!("`{path}` does not exist"),
            LoadErrorKind::NoSources => format!("there are no `.arch` files in `{path}`"),
            LoadErrorKind::Setting { at, message, .. } => format!("{path}:{}:{}: {message}", at.line, at.column),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        match &self.kind {
            LoadErrorKind::NotUtf8 { .. } => Some("save the file as UTF-8"),
            LoadErrorKind::NoSources => Some(
                "files that a `.gitignore` names are not looked at; `archc init` writes a small workspace to begin with",
            ),
            LoadErrorKind::Setting { help, .. } => help.as_deref(),
            LoadErrorKind::Unreadable { .. } | LoadErrorKind::Missing => None,
        }
    }
}
