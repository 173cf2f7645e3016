//! `workspace/executeCommand`, for clients without commands of their own: a page of Markdown that they are asked to show.
//!
//! It is Markdown and no web page, since Mermaid would have to be loaded from somewhere; what shows Markdown in editors
//! mostly draws Mermaid, too.

use std::fs;
use std::path::PathBuf;

use gen_lsp_types::{ExecuteCommandParams, Position, Uri};
use serde_json::json;

use crate::ide;
use crate::lsp::session::Session;
use crate::lsp::uri;

/// Shows the diagram of what stands at a place; arguments: URI, position.
pub(in crate::lsp) const PREVIEW: &str = "archc.preview";

/// Shows the bill of what stands at a place; arguments: URI, position.
pub(in crate::lsp) const BILL: &str = "archc.showBill";

/// Shows places; arguments: URI, position, locations. Only clients can do this.
pub(in crate::lsp) const REFERENCES: &str = "archc.showReferences";

/// Starts a rename; arguments: URI, position. Only clients can do this.
pub(in crate::lsp) const RENAME: &str = "archc.rename";

/// The commands that the server runs.
pub(in crate::lsp) const ALL: [&str; 2] = [PREVIEW, BILL];

/// What a command shows.
enum Shown {
    Preview,
    Bill,
}

/// Runs a command.
///
/// # Errors
/// Says why it cannot be run, in words.
pub(in crate::lsp) fn execute(session: &mut Session, params: &ExecuteCommandParams) -> Result<(), String> {
    let command = match params.command.as_str() {
        PREVIEW => Shown::Preview,
        BILL => Shown::Bill,
        other => return Err(format!("unknown command `{other}`")),
    };
    let arguments = params.arguments.clone().unwrap_or_default();
    let (uri, position): (Uri, Position) = match arguments.as_slice() {
        [uri, position, ..] => {
            let read =
                || Some((serde_json::from_value(uri.clone()).ok()?, serde_json::from_value(position.clone()).ok()?));
            read().ok_or("the arguments are the URI of a document and a position in it")?
        }
        _ => return Err("the arguments are the URI of a document and a position in it".to_owned()),
    };
    let look = session.look(&uri).ok_or_else(|| format!("`{}` is not open", uri.0))?;
    let offset = look.offset(position);
    let (name, page) = match command {
        Shown::Preview => {
            let preview = ide::diagram(look.snapshot, look.file, offset).ok_or("there is nothing to draw here")?;
            ("preview.md", format!("# {}\n\n```mermaid\n{}\n```\n", line(&preview.title), preview.mermaid.trim_end()))
        }
        Shown::Bill => {
            let bill = ide::bill(look.snapshot, look.file, offset).ok_or("there is nothing to bill here")?;
            ("bill.md", format!("# {}\n\n{}\n", line(&bill.title), bill.markdown))
        }
    };
    let path = write(session, name, &page).map_err(|reason| format!("the page cannot be written: {reason}"))?;
    let uri = uri::of_path(&path).ok_or("the page has no URI")?;
    session.asks.push(("window/showDocument", json!({ "uri": uri, "external": false, "takeFocus": true })));
    Ok(())
}

fn line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a page into a folder that goes when the server ends.
fn write(session: &mut Session, name: &str, page: &str) -> std::io::Result<PathBuf> {
    let folder = match session.pages.take() {
        Some(folder) => folder,
        None => tempfile::Builder::new().prefix("archc-").tempdir()?,
    };
    let folder = session.pages.insert(folder);
    let path = folder.path().join(name);
    let file = tempfile::NamedTempFile::new_in(folder.path())?;
    fs::write(file.path(), page)?;
    file.persist(&path).map_err(|refused| refused.error)?;
    Ok(path)
}
