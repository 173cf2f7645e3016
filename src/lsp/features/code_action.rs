//! `textDocument/codeAction` and `codeAction/resolve`

use gen_lsp_types::{CodeActionParams, Range as Place, Uri};
use lsp_server::ErrorCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::diagnostic::Edit;
use crate::edits::apply;
use crate::ide::actions::{self, Action, Changes, Sort, Work};
use crate::lsp::client::Client;
use crate::lsp::diagnostics;
use crate::lsp::features::commands;
use crate::lsp::features::edits::workspace_edit;
use crate::lsp::requests::Answer;
use crate::lsp::session::{Look, Session};

/// The kind of the action that makes all sure fixes.
const FIX_ALL: &str = "source.fixAll.archc";

/// The kinds of actions that there are.
pub(in crate::lsp) const KINDS: [&str; 6] =
    ["quickfix", "refactor.extract", "refactor.inline", "refactor.move", "refactor.rewrite", FIX_ALL];

/// What it takes to work an action out when it has been chosen.
#[derive(Debug, Deserialize, Serialize)]
struct Chosen {
    uri: Uri,
    range: Place,
    /// What the action was offered for: the same title at the same place means something else in another text.
    version: Option<i32>,
}

/// What a client can do with actions.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a client says each of these on its own")]
struct Abilities {
    preferred: bool,
    disabled: bool,
    /// Whether an action may wait for its edit until it is chosen.
    resolve: bool,
    /// The same for a command.
    resolve_command: bool,
    /// Whether the client starts a rename when it is told to.
    renames: bool,
}

pub(in crate::lsp) fn list(session: &mut Session, params: &CodeActionParams) -> Option<Vec<Value>> {
    let look = session.look(&params.text_document.uri)?;
    let can = Abilities::of(look.client)?;
    let only = params.context.only.as_ref();
    let only: Option<Vec<String>> = only.map(|kinds| {
        kinds.iter().filter_map(|kind| Some(serde_json::to_value(kind).ok()?.as_str()?.to_owned())).collect()
    });
    let wanted = |sort: Sort| is_wanted(kind_of(sort), only.as_deref());
    let chosen = Chosen {
        uri: params.text_document.uri.clone(),
        range: params.range,
        version: look.version(&params.text_document.uri.0),
    };
    let found = actions::actions(look.snapshot, look.span(params.range), &wanted);
    let mut list: Vec<Value> = found.iter().filter_map(|action| convert(look, can, action, &chosen)).collect();
    // Such an action is only for who asks for it, as editors do when they save.
    if only.is_some() && is_wanted(FIX_ALL, only.as_deref()) {
        list.extend(fix_all(look, can, &chosen));
    }
    Some(list)
}

/// Adds the edit to an action that has been chosen.
pub(in crate::lsp) fn resolve(session: &mut Session, mut action: Value) -> Answer {
    let failed = |reason: String| (ErrorCode::RequestFailed as i32, reason);
    let Some(data) = action.get("data").filter(|_| action.get("edit").is_none()) else { return Ok(action) };
    let chosen = Chosen::deserialize(data).map_err(|reason| (ErrorCode::InvalidParams as i32, reason.to_string()))?;
    let look = session.look(&chosen.uri).ok_or_else(|| failed(format!("`{}` is not open", chosen.uri.0)))?;
    if look.version(&chosen.uri.0) != chosen.version {
        let reason = "the text has changed since the action was offered";
        return Err((ErrorCode::ContentModified as i32, reason.to_owned()));
    }
    let can = Abilities::of(look.client).ok_or_else(|| failed("the client takes no actions".to_owned()))?;
    let title = action.get("title").and_then(Value::as_str).unwrap_or_default();
    let is_fix_all = action.get("kind").and_then(Value::as_str) == Some(FIX_ALL);
    let changes = if is_fix_all {
        Changes { edits: actions::fix_all(look.snapshot, look.file), ..Changes::default() }
    } else {
        actions::work_out(look.snapshot, look.span(chosen.range), title).map_err(failed)?
    };
    let edit = edit_of(look, can, &changes).ok_or_else(|| failed("the client cannot make this change".to_owned()))?;
    if let Some(action) = action.as_object_mut() {
        action.insert("edit".to_owned(), edit);
        let command = rename(look, can, &changes).filter(|_| can.resolve_command);
        action.extend(command.map(|command| ("command".to_owned(), command)));
    }
    Ok(action)
}

impl Abilities {
    /// None of a client that only knows commands.
    fn of(client: &Client) -> Option<Abilities> {
        let document = client.capabilities.text_document.as_ref()?;
        let actions = document.code_action.as_ref()?;
        actions.code_action_literal_support.as_ref()?;
        let support = actions.resolve_support.as_ref();
        let can_wait = |what: &str| support.is_some_and(|it| it.properties.iter().any(|name| name == what));
        Some(Abilities {
            preferred: actions.is_preferred_support == Some(true),
            disabled: actions.disabled_support == Some(true),
            resolve: can_wait("edit") && actions.data_support == Some(true),
            resolve_command: can_wait("command"),
            renames: client.runs(commands::RENAME),
        })
    }
}

fn kind_of(sort: Sort) -> &'static str {
    match sort {
        Sort::QuickFix => "quickfix",
        Sort::Extract => "refactor.extract",
        Sort::Inline => "refactor.inline",
        Sort::Move => "refactor.move",
        Sort::Rewrite => "refactor.rewrite",
    }
}

/// Whether a kind is one of those that are asked for, or below one.
fn is_wanted(kind: &str, only: Option<&[String]>) -> bool {
    let is_below = |wanted: &String| {
        wanted.is_empty()
            || kind.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(is_below))
}

/// One action; none if the client can do nothing with it.
fn convert(look: Look<'_>, can: Abilities, action: &Action, chosen: &Chosen) -> Option<Value> {
    let mut value = json!({ "title": action.title, "kind": kind_of(action.sort) });
    let members = value.as_object_mut()?;
    let all = &look.snapshot.analysis.diagnostics;
    let mends: Vec<_> = action.mends.iter().filter_map(|index| all.get(*index)).collect();
    if !mends.is_empty() {
        let mended: Vec<_> = mends.into_iter().map(|finding| diagnostics::convert(look, finding)).collect();
        members.insert("diagnostics".to_owned(), serde_json::to_value(mended).ok()?);
    }
    if action.is_preferred && can.preferred {
        members.insert("isPreferred".to_owned(), true.into());
    }
    match &action.work {
        Work::Impossible(reason) if can.disabled => {
            members.insert("disabled".to_owned(), json!({ "reason": reason }));
        }
        Work::Impossible(_) => return None,
        Work::Ready(changes) => {
            members.insert("edit".to_owned(), edit_of(look, can, changes)?);
        }
        Work::Costly(_) if can.resolve => {
            members.insert("data".to_owned(), serde_json::to_value(chosen).ok()?);
        }
        Work::Costly(_) => {
            let changes = actions::work_out(look.snapshot, look.span(chosen.range), &action.title).ok()?;
            members.insert("edit".to_owned(), edit_of(look, can, &changes)?);
            members.extend(rename(look, can, &changes).map(|command| ("command".to_owned(), command)));
        }
    }
    Some(value)
}

fn fix_all(look: Look<'_>, can: Abilities, chosen: &Chosen) -> Option<Value> {
    let mut value = json!({ "title": "Mend what is surely meant otherwise", "kind": FIX_ALL });
    let is_sure = |finding: &crate::diagnostic::Diagnostic| {
        finding.primary.span.file == look.file && finding.fix.as_ref().is_some_and(|fix| fix.is_sure)
    };
    if !look.snapshot.analysis.diagnostics.iter().any(is_sure) {
        return None;
    }
    let members = value.as_object_mut()?;
    if can.resolve {
        members.insert("data".to_owned(), serde_json::to_value(chosen).ok()?);
        return Some(value);
    }
    let changes = Changes { edits: actions::fix_all(look.snapshot, look.file), ..Changes::default() };
    members.insert("edit".to_owned(), edit_of(look, can, &changes)?);
    Some(value)
}

/// The edit of an action. Where a rename follows, it asks for the name.
fn edit_of(look: Look<'_>, can: Abilities, changes: &Changes) -> Option<Value> {
    workspace_edit(look, changes, !can.renames || changes.name.is_none())
}

/// What has the user write a better name, once the changes are made.
fn rename(look: Look<'_>, can: Abilities, changes: &Changes) -> Option<Value> {
    let name = changes.name.as_ref().filter(|_| can.renames)?;
    let first = changes.edits.first()?;
    let before = |edit: &&Edit| edit.span.file == first.span.file && edit.span.start < first.span.start;
    let earlier: Vec<&Edit> = changes.edits.iter().filter(before).collect();
    let written: usize = earlier.iter().map(|edit| edit.replacement.len()).sum();
    let taken: usize = earlier.iter().map(|edit| edit.span.range().len()).sum();
    let text =
        apply(look.snapshot.text(first.span.file), changes.edits.iter().filter(|it| it.span.file == first.span.file))?;
    let offset = first.span.start as usize + written - taken + name.start;
    let position = look.position_in(&text, offset);
    let arguments = json!([look.uri(first.span.file)?, position]);
    Some(json!({ "title": "Rename", "command": commands::RENAME, "arguments": arguments }))
}
