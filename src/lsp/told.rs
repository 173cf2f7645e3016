//! What was last told of the hints and lenses of open documents. A client asks anew for the one that is edited; that others
//! look different now, it has to be told.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use gen_lsp_types::Uri;

use super::features::commands;
use super::session::Look;
use crate::ide::{self, LensKind, Wanted};
use crate::source::Span;

/// The hints and lenses of documents that a client has asked for.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// A number for what they were, by document; none of one that has been edited since.
    hints: BTreeMap<String, Option<u64>>,
    lenses: BTreeMap<String, Option<u64>>,
    /// The documents that have been edited since.
    edited: BTreeSet<String>,
}

impl Told {
    /// Takes notice that a client shows the hints of a document.
    pub(super) fn hints(&mut self, uri: &Uri) {
        self.hints.entry(uri.0.clone()).or_default();
    }

    /// The same of its lenses.
    pub(super) fn lenses(&mut self, uri: &Uri) {
        self.lenses.entry(uri.0.clone()).or_default();
    }

    /// Takes notice that a document has been edited: what it shows is asked for anyway.
    pub(super) fn edited(&mut self, uri: &Uri) {
        self.edited.insert(uri.0.clone());
    }

    pub(super) fn forget(&mut self, uri: &Uri) {
        self.hints.remove(&uri.0);
        self.lenses.remove(&uri.0);
    }

    /// The documents that have something to compare.
    pub(super) fn documents(&self) -> BTreeSet<String> {
        self.hints.keys().chain(self.lenses.keys()).cloned().collect()
    }

    /// Whether the hints and whether the lenses of a document may have changed by what was edited elsewhere. Of the document
    /// that is edited nothing is computed.
    pub(super) fn compare(&mut self, uri: &Uri, look: Look<'_>) -> (bool, bool) {
        let is_own = self.edited.contains(&uri.0);
        let differs = |known: Option<&mut Option<u64>>, number: &dyn Fn() -> u64| {
            known.is_some_and(|known| {
                let now = (!is_own).then(number);
                let before = std::mem::replace(known, now);
                !is_own && before != now
            })
        };
        let hints = differs(self.hints.get_mut(&uri.0), &|| of_hints(look));
        let lenses = differs(self.lenses.get_mut(&uri.0), &|| of_lenses(look));
        (hints, lenses)
    }

    /// Begins anew, after all have been compared.
    pub(super) fn rest(&mut self) {
        self.edited.clear();
    }
}

fn of_hints(look: Look<'_>) -> u64 {
    let settings = look.client.settings.inlay_hints;
    let wanted = Wanted { load: settings.load, cost: settings.cost, defaults: settings.defaults };
    let whole = Span::of(look.file, 0..look.snapshot.text(look.file).len());
    let mut hasher = DefaultHasher::new();
    for hint in ide::hints(look.snapshot, whole, wanted) {
        (hint.place, hint.label).hash(&mut hasher);
    }
    hasher.finish()
}

fn of_lenses(look: Look<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for lens in ide::lenses(look.snapshot, look.file) {
        lens.span.hash(&mut hasher);
        match lens.kind {
            LensKind::Bill => ide::cost_of(look.snapshot, lens.span).hash(&mut hasher),
            LensKind::References if look.client.runs(commands::REFERENCES) => {
                ide::uses_of(look.snapshot, lens.span).map(|uses| uses.len()).hash(&mut hasher);
            }
            LensKind::References | LensKind::Preview => {}
        }
    }
    hasher.finish()
}
