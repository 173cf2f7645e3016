//! `textDocument/completion` and `completionItem/resolve`

use gen_lsp_types::{
    ClientCompletionItemOptions, CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionItemTag,
    CompletionItemTextEdit, CompletionList, CompletionParams, CompletionTriggerKind, Documentation, InsertReplaceEdit,
    InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind, Position, Range, TextEdit, Uri,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ide::{self, Completions, Item, Sort};
use crate::lsp::client::Client;
use crate::lsp::session::{Look, Session};
use crate::project::CONFIG_FILE;
use crate::source::{Origin, SourceMap, Span};

/// What an item carries to ask for its documentation.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Uri,
    about: ide::About,
}

pub(in crate::lsp) fn completion(session: &mut Session, params: &CompletionParams) -> Option<CompletionList> {
    let at = &params.text_document_position_params;
    if is_settings(&at.text_document.uri) {
        let (look, text) = session.look_beside(&at.text_document.uri)?;
        return Some(in_settings(look, text, &at.text_document.uri, at.position));
    }
    let look = session.look(&at.text_document.uri)?;
    // Who types a blank means to write on, and does not want to be asked at every one.
    let is_asked = params.context.as_ref().is_none_or(|context| {
        let is_blank = context.trigger_character.as_deref() == Some(" ");
        context.trigger_kind != CompletionTriggerKind::TriggerCharacter || !is_blank
    });
    let found = ide::completion(look.snapshot, look.file, look.offset(at.position), is_asked);
    let range = |range: &std::ops::Range<usize>| look.range(Span::of(look.file, range.clone()));
    Some(listed(look.client, &found, &at.text_document.uri, &range))
}

fn is_settings(uri: &Uri) -> bool {
    uri.0.rsplit('/').next() == Some(CONFIG_FILE)
}

fn in_settings(look: Look<'_>, text: &str, uri: &Uri, position: Position) -> CompletionList {
    // The settings are no source of the workspace.
    let mut sources = SourceMap::default();
    let id = sources.add(CONFIG_FILE, text.to_owned(), Origin::Workspace);
    let (file, encoding) = (sources.file(id), look.client.encoding);
    let found = ide::completion_of_settings(look.snapshot, text, encoding.offset(file, position));
    listed(look.client, &found, uri, &|range| encoding.range(file, Span::of(id, range.clone())))
}

/// Gives the range of a part of the text.
type Place<'p> = &'p dyn Fn(&std::ops::Range<usize>) -> Range;

fn listed(client: &Client, found: &Completions, uri: &Uri, range: Place<'_>) -> CompletionList {
    let options = options(client);
    let item_of = ItemOf { range, found, options: &options, uri };
    let items = found.items.iter().enumerate().map(|(place, item)| item_of.convert(place, item));
    CompletionList { is_incomplete: found.is_cut, items: items.collect(), ..CompletionList::default() }
}

/// Adds the documentation to an item, which comes back as it was sent.
pub(in crate::lsp) fn resolve(session: &mut Session, mut item: Value) -> Value {
    let data = item.get("data").and_then(|data| Data::deserialize(data).ok());
    let documentation = data.and_then(|data| {
        let look = if is_settings(&data.uri) { session.look_beside(&data.uri)?.0 } else { session.look(&data.uri)? };
        let text = ide::documentation(look.snapshot, &data.about)?;
        let formats = options(look.client).documentation_format;
        serde_json::to_value(markup(formats.as_deref(), text)).ok()
    });
    if let (Some(documentation), Some(item)) = (documentation, item.as_object_mut()) {
        item.insert("documentation".to_owned(), documentation);
    }
    item
}

/// Text as a client shows it: Markdown if it can, else without its marks.
pub(super) fn markup(formats: Option<&[MarkupKind]>, text: String) -> Documentation {
    if formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)) {
        return MarkupContent { kind: MarkupKind::Markdown, value: text }.into();
    }
    Documentation::String(ide::plain(&text))
}

fn options(client: &Client) -> ClientCompletionItemOptions {
    let document = client.capabilities.text_document.as_ref();
    let completion = document.and_then(|document| document.completion.as_ref());
    completion.and_then(|completion| completion.completion_item.clone()).unwrap_or_default()
}

/// What an item depends on, beside itself.
struct ItemOf<'a> {
    range: Place<'a>,
    found: &'a Completions,
    options: &'a ClientCompletionItemOptions,
    uri: &'a Uri,
}

impl ItemOf<'_> {
    fn convert(&self, place: usize, item: &Item) -> CompletionItem {
        let can = |option: Option<bool>| option == Some(true);
        let snippet = item.snippet.as_ref().filter(|_| can(self.options.snippet_support));
        let detail = Some(item.detail.clone()).filter(|detail| !detail.is_empty());
        let has_details = can(self.options.label_details_support);
        let modes = self.options.insert_text_mode_support.as_ref();
        let adjusts = modes.is_some_and(|modes| modes.value_set.contains(&InsertTextMode::AdjustIndentation));
        let is_long = snippet.is_some_and(|snippet| snippet.contains('\n'));
        let tags = self.options.tag_support.as_ref();
        let has_tag = tags.is_some_and(|tags| tags.value_set.contains(&CompletionItemTag::Deprecated));
        let has_flag = can(self.options.deprecated_support) && !has_tag && item.is_deprecated;
        let commits = item.has_members && can(self.options.commit_characters_support);
        let data = item.about.as_ref().map(|about| json!(Data { uri: self.uri.clone(), about: about.clone() }));
        #[expect(deprecated, reason = "older clients have no tags")]
        CompletionItem {
            label: item.label.clone(),
            label_details: detail
                .clone()
                .filter(|_| has_details)
                .map(|description| CompletionItemLabelDetails { detail: None, description: Some(description) }),
            kind: Some(kind(item.sort)),
            tags: (has_tag && item.is_deprecated).then(|| vec![CompletionItemTag::Deprecated]),
            deprecated: has_flag.then_some(true),
            detail: detail.filter(|_| !has_details),
            sort_text: Some(format!("{place:04}")),
            filter_text: (item.filter != item.label).then(|| item.filter.clone()),
            insert_text_format: snippet.map(|_| InsertTextFormat::Snippet),
            insert_text_mode: (is_long && adjusts).then_some(InsertTextMode::AdjustIndentation),
            text_edit: Some(self.edit(snippet.unwrap_or(&item.text).clone())),
            commit_characters: commits.then(|| vec![".".to_owned()]),
            data: data.and_then(|data| serde_json::from_value(data).ok()),
            ..CompletionItem::default()
        }
    }

    fn edit(&self, new_text: String) -> CompletionItemTextEdit {
        let (insert, replace) = ((self.range)(&self.found.typed), (self.range)(&self.found.word));
        if self.options.insert_replace_support == Some(true) {
            return InsertReplaceEdit { new_text, insert, replace }.into();
        }
        TextEdit { range: replace, new_text }.into()
    }
}

fn kind(sort: Sort) -> CompletionItemKind {
    match sort {
        Sort::Keyword => CompletionItemKind::Keyword,
        Sort::Kind => CompletionItemKind::Class,
        Sort::Property => CompletionItemKind::Property,
        Sort::Choice => CompletionItemKind::EnumMember,
        Sort::Value => CompletionItemKind::Value,
        Sort::Unit => CompletionItemKind::Unit,
        Sort::Service => CompletionItemKind::Variable,
        Sort::External => CompletionItemKind::Interface,
        Sort::Person => CompletionItemKind::Constant,
        Sort::Group => CompletionItemKind::Module,
        Sort::Architecture => CompletionItemKind::File,
        Sort::Parameter => CompletionItemKind::Field,
        Sort::Pattern => CompletionItemKind::Struct,
        Sort::Function => CompletionItemKind::Function,
        Sort::Operator => CompletionItemKind::Operator,
        Sort::Rule => CompletionItemKind::Event,
        Sort::Other => CompletionItemKind::Reference,
    }
}
