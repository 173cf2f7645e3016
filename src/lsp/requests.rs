//! Which message is for whom.

use gen_lsp_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
};
use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::features::{completion, formatting, signature_help};
use super::session::Session;

/// What is sent back: a result, or the code of an error and what is wrong in words.
pub(super) type Answer = Result<Value, (i32, String)>;

/// Answers a request.
pub(super) fn answer(session: &mut Session, method: &str, params: Value) -> Answer {
    match method {
        "completionItem/resolve" => reply(params, |item: Value| completion::resolve(session, item)),
        "textDocument/completion" => reply(params, |params| completion::completion(session, &params)),
        "textDocument/formatting" => reply(params, |params| formatting::document(session, &params)),
        "textDocument/signatureHelp" => reply(params, |params| signature_help::help(session, &params)),
        _ => Err((ErrorCode::MethodNotFound as i32, format!("`{method}` is not known"))),
    }
}

/// Takes a notification in.
///
/// # Errors
/// Says what is wrong with it, in words. There is nobody to answer.
pub(super) fn notify(session: &mut Session, method: &str, params: Value) -> Result<(), String> {
    match method {
        "textDocument/didOpen" => read(params).map(|it: DidOpenTextDocumentParams| session.open(it.text_document)),
        "textDocument/didChange" => read(params).and_then(|it: DidChangeTextDocumentParams| session.change(it)),
        "textDocument/didClose" => {
            read(params).map(|it: DidCloseTextDocumentParams| session.close(&it.text_document.uri))
        }
        "workspace/didChangeWatchedFiles" => {
            read(params).map(|it: DidChangeWatchedFilesParams| session.files_changed(&it))
        }
        "workspace/didChangeWorkspaceFolders" => {
            read(params).map(|it: DidChangeWorkspaceFoldersParams| session.folders_changed(&it))
        }
        "workspace/didChangeConfiguration" => {
            read(params).map(|it: DidChangeConfigurationParams| session.client.configure(&it.settings))
        }
        // A client that does not tell of files that change tells at least when it has written one.
        "textDocument/didSave" => {
            if session.client.registrations().is_none() {
                session.read_again();
            }
            Ok(())
        }
        _ if method.starts_with("$/") => Ok(()),
        _ => Err("the server does not know it".to_owned()),
    }
}

fn reply<P: DeserializeOwned, R: Serialize>(params: Value, work: impl FnOnce(P) -> R) -> Answer {
    let params = read(params).map_err(|reason| (ErrorCode::InvalidParams as i32, reason))?;
    serde_json::to_value(work(params)).map_err(|reason| (ErrorCode::InternalError as i32, reason.to_string()))
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, String> {
    serde_json::from_value(params).map_err(|reason| reason.to_string())
}
