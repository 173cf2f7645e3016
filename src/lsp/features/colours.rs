//! `textDocument/semanticTokens`: full, full/delta and range

use std::collections::BTreeMap;

use gen_lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensDeltaResponse,
    SemanticTokensEdit, SemanticTokensParams, SemanticTokensRangeParams, Uri,
};
use serde_json::{Value, json};

use crate::ide::{self, Colour, ColourSort, Shades};
use crate::lsp::session::{Look, Session};
use crate::source::Span;

/// What was last told of each open document, so that only what has changed is told the next time.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Told {
    documents: BTreeMap<String, (String, Vec<SemanticToken>)>,
    answers: u64,
}

impl Told {
    /// Forgets a document.
    pub(in crate::lsp) fn forget(&mut self, uri: &Uri) {
        self.documents.remove(&uri.0);
    }

    fn replace(&mut self, uri: &Uri, tokens: &[SemanticToken]) -> (String, Option<(String, Vec<SemanticToken>)>) {
        self.answers += 1;
        let id = self.answers.to_string();
        let before = self.documents.insert(uri.0.clone(), (id.clone(), tokens.to_vec()));
        (id, before)
    }
}

/// What the server says that it can do.
pub(in crate::lsp) fn capability() -> Value {
    json!({
        "legend": {
            "tokenTypes": ColourSort::ALL.map(ColourSort::name),
            "tokenModifiers": Shades::NAMES,
        },
        "full": { "delta": true },
        "range": true,
    })
}

pub(in crate::lsp) fn full(session: &mut Session, params: &SemanticTokensParams) -> Option<SemanticTokens> {
    let uri = &params.text_document.uri;
    let look = session.look(uri)?;
    let data = tokens(look, &wanted(look, None));
    let (id, _) = session.colours.replace(uri, &data);
    Some(SemanticTokens { result_id: Some(id), data })
}

pub(in crate::lsp) fn delta(
    session: &mut Session,
    params: &SemanticTokensDeltaParams,
) -> Option<SemanticTokensDeltaResponse> {
    let uri = &params.text_document.uri;
    let look = session.look(uri)?;
    let data = tokens(look, &wanted(look, None));
    let (id, before) = session.colours.replace(uri, &data);
    let known = before.filter(|(id, _)| *id == params.previous_result_id);
    Some(match known {
        Some((_, before)) => SemanticTokensDelta { result_id: Some(id), edits: difference(&before, &data) }.into(),
        None => SemanticTokens { result_id: Some(id), data }.into(),
    })
}

pub(in crate::lsp) fn range(session: &mut Session, params: &SemanticTokensRangeParams) -> Option<SemanticTokens> {
    let look = session.look(&params.text_document.uri)?;
    let colours = wanted(look, Some(look.span(params.range)));
    Some(SemanticTokens { result_id: None, data: tokens(look, &colours) })
}

/// The colours of a document or of a part of it that the client has a use for: an editor with a grammar of its own can do
/// without those that the grammar knows.
fn wanted(look: Look<'_>, within: Option<Span>) -> Vec<Colour> {
    let takes = ColourSort::ALL.map(|sort| look.client.takes_colour(sort.name()));
    let mut colours = ide::colours(look.snapshot, look.file, within);
    colours.retain(|colour| takes.get(colour.sort as usize).copied().unwrap_or(true));
    colours
}

/// Each token by its distance from the one before it.
fn tokens(look: Look<'_>, colours: &[Colour]) -> Vec<SemanticToken> {
    let (mut line, mut character) = (0, 0);
    let convert = |colour: &Colour| {
        let range = look.range(colour.span);
        let start = range.start;
        let delta_start = if start.line == line { start.character - character } else { start.character };
        let token = SemanticToken {
            delta_line: start.line - line,
            delta_start,
            length: range.end.character - start.character,
            token_type: colour.sort as u32,
            token_modifiers_bitset: colour.shades.bits(),
        };
        (line, character) = (start.line, start.character);
        token
    };
    colours.iter().map(convert).collect()
}

/// One edit that makes a row of numbers another: all between what both begin and end with.
fn difference(before: &[SemanticToken], now: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let same = |(a, b): &(&SemanticToken, &SemanticToken)| a == b;
    let start = before.iter().zip(now).take_while(same).count();
    let (before, now) = (before.get(start..).unwrap_or_default(), now.get(start..).unwrap_or_default());
    let end = before.iter().rev().zip(now.iter().rev()).take_while(same).count();
    let gone = before.len() - end;
    let new = now.get(..now.len() - end).unwrap_or_default();
    if gone == 0 && new.is_empty() {
        return Vec::new();
    }
    let numbers = |tokens: usize| u32::try_from(tokens * 5).unwrap_or(u32::MAX);
    let data: Vec<u32> = new.iter().flat_map(|token| <[u32; 5]>::from(*token)).collect();
    vec![SemanticTokensEdit {
        start: numbers(start),
        delete_count: numbers(gone),
        data: (!data.is_empty()).then_some(data),
    }]
}
