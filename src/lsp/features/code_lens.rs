//! `textDocument/codeLens`, `codeLens/resolve`
//!
//! Lenses are for clients that can do what they say: run the command themselves, or have the server run it.

use gen_lsp_types::{CodeLens, CodeLensParams, Command, Location, Position, Uri};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::commands;
use crate::ide::{self, LensKind};
use crate::lsp::client::Client;
use crate::lsp::session::Session;

/// What is to be computed when a lens is seen.
#[derive(Debug, Deserialize, Serialize)]
struct Pending {
    uri: Uri,
    position: Position,
    what: What,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum What {
    Bill,
    References,
}

pub(in crate::lsp) fn lenses(session: &mut Session, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    let uri = &params.text_document.uri;
    session.version(uri)?;
    session.told.lenses(uri);
    let look = session.look(uri)?;
    if !look.client.settings.code_lens {
        return Some(Vec::new());
    }
    let lenses = ide::lenses(look.snapshot, look.file).into_iter().filter_map(|lens| {
        let range = look.range(lens.span);
        let position = range.start;
        let pending = |what| serde_json::to_value(Pending { uri: uri.clone(), position, what }).ok();
        let (command, data) = match lens.kind {
            LensKind::Preview if can(look.client, commands::PREVIEW) => {
                (Some(command("Preview".to_owned(), commands::PREVIEW, [json!(uri), json!(position)])), None)
            }
            LensKind::Bill if can(look.client, commands::BILL) => (None, pending(What::Bill)),
            // Only the client can show a list of places.
            LensKind::References if look.client.runs(commands::REFERENCES) => (None, pending(What::References)),
            _ => return None,
        };
        Some(CodeLens { range, command, data })
    });
    Some(lenses.collect())
}

pub(in crate::lsp) fn resolve(session: &mut Session, mut lens: CodeLens) -> CodeLens {
    let pending = lens.data.clone().and_then(|data| serde_json::from_value::<Pending>(data).ok());
    if let Some(command) = pending.and_then(|pending| resolved(session, &pending, &lens)) {
        lens.command = Some(command);
    }
    lens
}

fn resolved(session: &mut Session, pending: &Pending, lens: &CodeLens) -> Option<Command> {
    let look = session.look(&pending.uri)?;
    let span = look.span(lens.range);
    let here = [json!(pending.uri), json!(pending.position)];
    Some(match pending.what {
        What::Bill => command(ide::cost_of(look.snapshot, span)?, commands::BILL, here),
        What::References => {
            let uses = ide::uses_of(look.snapshot, span)?;
            let title = match uses.len() {
                1 => "1 reference".to_owned(),
                uses => format!("{uses} references"),
            };
            let locations: Vec<Location> = uses.into_iter().filter_map(|span| look.location(span)).collect();
            let [uri, position] = here;
            command(title, commands::REFERENCES, [uri, position, json!(locations)])
        }
    })
}

fn can(client: &Client, command: &str) -> bool {
    client.runs(command) || client.has_run(command)
}

fn command(title: String, command: &str, arguments: impl Into<Vec<Value>>) -> Command {
    Command { title, tooltip: None, command: command.to_owned(), arguments: Some(arguments.into()) }
}
