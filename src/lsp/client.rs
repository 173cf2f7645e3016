//! What the client can do, and what its user has set.

use gen_lsp_types::{ClientCapabilities, InitializeParams};
use serde::Deserialize;
use serde_json::{Value, json};

use super::position::Encoding;

/// A client, as it has introduced itself.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) settings: Settings,
    pub(super) capabilities: ClientCapabilities,
}

/// What a user can switch, in the editor's settings.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Settings {
    pub(super) inlay_hints: InlayHints,
    pub(super) code_lens: bool,
}

/// Which hints are shown between the words.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(default, rename_all = "camelCase")]
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
        };
        if let Some(options) = &params.initialization_options {
            client.configure(options);
        }
        client
    }

    /// Takes settings over: the section `archc`, or what stands in it. What cannot be read changes nothing.
    pub(super) fn configure(&mut self, settings: &Value) {
        let section = settings.get("archc").unwrap_or(settings);
        if let Ok(settings) = Settings::deserialize(section) {
            self.settings = settings;
        }
    }

    /// What the client shall tell us of, beside what it tells every server; nothing if it cannot be asked.
    pub(super) fn registrations(&self) -> Option<Value> {
        let workspace = self.capabilities.workspace.as_ref()?;
        workspace.did_change_watched_files.as_ref()?.dynamic_registration.filter(|can| *can)?;
        let watchers =
            ["**/*.arch", "**/*.toml", "**/*.md", "**/*.markdown"].map(|glob| json!({ "globPattern": glob }));
        Some(json!({ "registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }] }))
    }
}
