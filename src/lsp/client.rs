//! What the client can do, and what its user has set.

use gen_lsp_types::{
    ClientCapabilities, DiagnosticTag, InitializeParams, MarkupContent, MarkupKind,
    PublishDiagnosticsClientCapabilities,
};
use serde_json::{Value, json};

use super::features::{commands, formatting};
use super::position::Encoding;
use super::watch;
use crate::ide;

/// Asks a client for its settings.
pub(super) const CONFIGURATION: &str = "workspace/configuration";

/// A client, as it has introduced itself.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) settings: Settings,
    pub(super) capabilities: ClientCapabilities,
    /// The commands that it runs itself, as `commands` of its `initializationOptions` lists them.
    commands: Vec<String>,
}

/// What a user can switch, in the editor's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) inlay_hints: InlayHints,
    pub(super) code_lens: bool,
}

/// Which hints are shown between the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InlayHints {
    pub(super) load: bool,
    pub(super) cost: bool,
    pub(super) defaults: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { inlay_hints: InlayHints::default(), code_lens: true }
    }
}

impl Default for InlayHints {
    fn default() -> InlayHints {
        InlayHints { load: true, cost: true, defaults: true }
    }
}

impl Client {
    pub(super) fn new(params: &InitializeParams) -> Client {
        let capabilities = params.capabilities.clone();
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.clone());
        let mut client = Client {
            encoding: Encoding::best_of(&offered.unwrap_or_default()),
            settings: Settings::default(),
            capabilities,
            commands: Vec::new(),
        };
        if let Some(options) = &params.initialization_options {
            let commands = options.get("commands").cloned().map(serde_json::from_value);
            client.commands = commands.and_then(Result::ok).unwrap_or_default();
            client.configure(options);
        }
        client
    }

    /// Takes settings over: the section `archc`, or what stands in it. What it does not say, or not as a truth value, stays
    /// as it is.
    pub(super) fn configure(&mut self, settings: &Value) {
        let section = settings.get("archc").unwrap_or(settings);
        let Settings { inlay_hints: InlayHints { load, cost, defaults }, code_lens } = &mut self.settings;
        let known = [
            ("/inlayHints/load", load),
            ("/inlayHints/cost", cost),
            ("/inlayHints/defaults", defaults),
            ("/codeLens", code_lens),
        ];
        for (name, setting) in known {
            if let Some(value) = section.pointer(name).and_then(Value::as_bool) {
                *setting = value;
            }
        }
    }

    /// Whether the client runs a command itself.
    pub(super) fn runs(&self, command: &str) -> bool {
        self.commands.iter().any(|it| it == command)
    }

    /// Whether the server runs a command for the client: it does not do so itself, and can be asked to show what is made.
    pub(super) fn has_run(&self, command: &str) -> bool {
        let window = self.capabilities.window.as_ref();
        let shows = window.and_then(|window| window.show_document.as_ref()).is_some_and(|it| it.support);
        shows && commands::ALL.contains(&command) && !self.runs(command)
    }

    /// What the client takes of findings.
    fn findings(&self) -> Option<&PublishDiagnosticsClientCapabilities> {
        self.capabilities.text_document.as_ref()?.publish_diagnostics.as_ref()
    }

    /// Whether the client shows the other places that a finding names.
    pub(super) fn takes_related_places(&self) -> bool {
        self.findings().and_then(|it| it.diagnostics_capabilities.related_information).unwrap_or_default()
    }

    /// Whether the client shows findings of a sort in a way of their own.
    pub(super) fn takes_tag(&self, tag: DiagnosticTag) -> bool {
        let tags = self.findings().and_then(|it| it.diagnostics_capabilities.tag_support.as_ref());
        tags.is_some_and(|tags| tags.value_set.contains(&tag))
    }

    /// Whether the client wants to know which version of a text findings are of.
    pub(super) fn takes_versions(&self) -> bool {
        self.findings().and_then(|it| it.version_support).unwrap_or_default()
    }

    /// Whether the client takes edits with the versions of the texts that they are for.
    pub(super) fn takes_versioned_edits(&self) -> bool {
        let edits = self.capabilities.workspace.as_ref().and_then(|it| it.workspace_edit.as_ref());
        edits.and_then(|it| it.document_changes).unwrap_or_default()
    }

    /// Whether the client can be told what formatting is for: of settings and Markdown, which it sends as well, nothing is.
    pub(super) fn registers_formatting(&self) -> bool {
        let text = self.capabilities.text_document.as_ref();
        let all = text.map(|it| {
            [
                it.formatting.as_ref().and_then(|it| it.dynamic_registration),
                it.range_formatting.as_ref().and_then(|it| it.dynamic_registration),
                it.on_type_formatting.as_ref().and_then(|it| it.dynamic_registration),
            ]
        });
        all.is_some_and(|all| all.iter().all(|can| *can == Some(true))) && self.tells_of_files()
    }

    fn tells_of_files(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        workspace.and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration).unwrap_or_default()
    }

    /// Whether the client shows where a rule is explained.
    pub(super) fn shows_code_descriptions(&self) -> bool {
        self.findings().and_then(|it| it.diagnostics_capabilities.code_description_support).unwrap_or_default()
    }

    /// Whether the client colours words of a sort by what the server says. One that names no sorts is told all.
    pub(super) fn takes_colour(&self, sort: &str) -> bool {
        let text = self.capabilities.text_document.as_ref();
        let sorts = text.and_then(|it| it.semantic_tokens.as_ref()).map(|it| &it.token_types);
        sorts.is_none_or(|sorts| sorts.is_empty() || sorts.iter().any(|it| it == sort))
    }

    /// How the client shows what is said of a place: Markdown, unless it takes only plain text.
    pub(super) fn markup(&self, markdown: String) -> MarkupContent {
        let hover = self.capabilities.text_document.as_ref().and_then(|it| it.hover.as_ref());
        let formats = hover.and_then(|it| it.content_format.as_ref());
        if formats.is_some_and(|formats| !formats.contains(&MarkupKind::Markdown)) {
            return MarkupContent { kind: MarkupKind::PlainText, value: ide::plain(&markdown) };
        }
        MarkupContent { kind: MarkupKind::Markdown, value: markdown }
    }

    /// What the client is to be asked when settings have changed: to fetch anew what depends on them.
    pub(super) fn refreshes(&self) -> Vec<&'static str> {
        let Some(workspace) = &self.capabilities.workspace else { return Vec::new() };
        let hints = workspace.inlay_hint.as_ref().and_then(|it| it.refresh_support);
        let lenses = workspace.code_lens.as_ref().and_then(|it| it.refresh_support);
        let all = [("workspace/inlayHint/refresh", hints), ("workspace/codeLens/refresh", lenses)];
        all.into_iter().filter(|(_, can)| *can == Some(true)).map(|(method, _)| method).collect()
    }

    /// Whether the client can be asked for its settings.
    pub(super) fn has_settings(&self) -> bool {
        self.capabilities.workspace.as_ref().is_some_and(|it| it.configuration == Some(true))
    }

    /// What the client shall tell us of, beside what it tells every server; nothing if it cannot be asked.
    pub(super) fn registrations(&self) -> Option<Value> {
        let workspace = self.capabilities.workspace.as_ref()?;
        let tells = workspace.did_change_configuration.as_ref().and_then(|it| it.dynamic_registration);
        let settings = (tells == Some(true) && self.has_settings()).then(|| {
            json!({
                "id": "settings",
                "method": "workspace/didChangeConfiguration",
                "registerOptions": { "section": "archc" },
            })
        });
        if !self.tells_of_files() {
            return None;
        }
        let globs = watch::EXTENSIONS.iter().map(|extension| format!("**/*.{extension}"));
        let globs = globs.chain([format!("**/{}", watch::IGNORED)]);
        let watchers = globs.map(|glob| json!({ "globPattern": glob }));
        // Of a folder that comes or goes, clients tell the folder alone.
        let folders = json!({ "globPattern": "**", "kind": 1 | 4 });
        let watchers: Vec<Value> = watchers.chain([folders]).collect();
        let files = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        let all: Vec<Value> = std::iter::once(files).chain(settings).chain(self.formatting()).collect();
        Some(json!({ "registrations": all }))
    }

    /// Formatting, for sources alone.
    fn formatting(&self) -> Vec<Value> {
        if !self.registers_formatting() {
            return Vec::new();
        }
        let all = [
            ("formatting", json!({})),
            ("rangeFormatting", formatting::of_ranges()),
            ("onTypeFormatting", formatting::on_types()),
        ];
        let selector = json!([{ "language": "arch" }, { "pattern": "**/*.arch" }]);
        let registration = |(name, mut options): (&str, Value)| {
            if let Some(options) = options.as_object_mut() {
                options.insert("documentSelector".to_owned(), selector.clone());
            }
            json!({ "id": name, "method": format!("textDocument/{name}"), "registerOptions": options })
        };
        all.map(registration).to_vec()
    }
}
