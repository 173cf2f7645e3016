//! Which message is for whom.

use gen_lsp_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, ExecuteCommandParams,
};
use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::features::{
    calls, code_action, code_lens, colours, commands, completion, definition, folding, formatting, hover, inlay_hints,
    links, preview, references, rename, selection, signature_help, symbols,
};
use super::session::Session;

/// What is sent back: a result, or the code of an error and what is wrong in words.
pub(super) type Answer = Result<Value, (i32, String)>;

/// Answers a request.
pub(super) fn answer(session: &mut Session, method: &str, params: Value) -> Answer {
    match method {
        "archc/bill" => reply(params, |params| preview::bill(session, &params)),
        "archc/diagram" => reply(params, |params| preview::diagram(session, &params)),
        "callHierarchy/incomingCalls" => reply(params, |params| calls::incoming(session, &params)),
        "callHierarchy/outgoingCalls" => reply(params, |params| calls::outgoing(session, &params)),
        "codeLens/resolve" => reply(params, |params| code_lens::resolve(session, params)),
        "textDocument/codeLens" => reply(params, |params| code_lens::lenses(session, &params)),
        "codeAction/resolve" => read(params)
            .map_err(|reason| (ErrorCode::InvalidParams as i32, reason))
            .and_then(|action| code_action::resolve(session, action)),
        "textDocument/codeAction" => reply(params, |params| code_action::list(session, &params)),
        "textDocument/declaration" | "textDocument/definition" => {
            reply(params, |params| definition::definition(session, &params))
        }
        "textDocument/documentHighlight" => reply(params, |params| references::highlights(session, &params)),
        "textDocument/documentLink" => reply(params, |params| links::document(session, &params)),
        "textDocument/hover" => reply(params, |params| hover::hover(session, &params)),
        "textDocument/inlayHint" => reply(params, |params| inlay_hints::hints(session, &params)),
        "textDocument/prepareCallHierarchy" => reply(params, |params| calls::prepare(session, &params)),
        "textDocument/prepareRename" => reply_or_refuse(params, |params| rename::prepare(session, &params)),
        "textDocument/references" => reply(params, |params| references::references(session, &params)),
        "textDocument/rename" => reply_or_refuse(params, |params| rename::rename(session, &params)),
        "textDocument/typeDefinition" => reply(params, |params| definition::type_definition(session, &params)),
        "workspace/executeCommand" => {
            let done = read(params).and_then(|params: ExecuteCommandParams| commands::execute(session, &params));
            done.map(|()| Value::Null).map_err(|reason| (ErrorCode::InvalidParams as i32, reason))
        }
        "textDocument/documentSymbol" => reply(params, |params| symbols::document(session, &params)),
        "textDocument/foldingRange" => reply(params, |params| folding::ranges(session, &params)),
        "textDocument/formatting" => reply(params, |params| formatting::document(session, &params)),
        "textDocument/onTypeFormatting" => reply(params, |params| formatting::on_type(session, &params)),
        "textDocument/rangeFormatting" => reply(params, |params| formatting::range(session, &params)),
        "textDocument/rangesFormatting" => reply(params, |params| formatting::ranges(session, &params)),
        "textDocument/selectionRange" => reply(params, |params| selection::ranges(session, params)),
        "textDocument/semanticTokens/full" => reply(params, |params| colours::full(session, &params)),
        "textDocument/semanticTokens/full/delta" => reply(params, |params| colours::delta(session, &params)),
        "textDocument/semanticTokens/range" => reply(params, |params| colours::range(session, &params)),
        "workspace/symbol" => reply(params, |params| symbols::workspace(session, &params)),
        "completionItem/resolve" => reply(params, |item: Value| completion::resolve(session, item)),
        "textDocument/completion" => reply(params, |params| completion::completion(session, &params)),
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
        "workspace/didChangeConfiguration" => read(params).map(|it: DidChangeConfigurationParams| {
            session.configure(&it.settings);
            session.pull_settings();
        }),
        // A client that does not tell of files that change tells at least when it has written one.
        "textDocument/didSave" => {
            if session.client.registrations().is_none() && !session.watches {
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

/// The same for work that may not be done, for a reason that the user is told.
fn reply_or_refuse<P: DeserializeOwned, R: Serialize>(
    params: Value,
    work: impl FnOnce(P) -> Result<R, String>,
) -> Answer {
    let params = read(params).map_err(|reason| (ErrorCode::InvalidParams as i32, reason))?;
    let result = work(params).map_err(|reason| (ErrorCode::RequestFailed as i32, reason))?;
    serde_json::to_value(result).map_err(|reason| (ErrorCode::InternalError as i32, reason.to_string()))
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, String> {
    serde_json::from_value(params).map_err(|reason| reason.to_string())
}
