//! What is named outside of the statements: by decisions, those of `.arch` files and records in Markdown, and by topics.

use super::bind::Binder;
use super::home::Here;
use super::{DefinitionId, Meaning, Role};
use crate::decision::{Decision, Decisions, Reference};
use crate::syntax::ast::{Doc, Path};

impl Binder<'_> {
    /// Takes in the names in all decisions.
    pub(super) fn records(&mut self) {
        let homes = self.homes;
        let Some(outside) = homes.first().map(Here::outside) else { return };
        let decisions = Decisions::as_written(self.snapshot.model(), &self.snapshot.workspace);
        for decision in &decisions.all {
            if decision.path.is_some() {
                let definition = self.define(decision.name_span, &decision.name, Meaning::Record);
                self.push(decision.name_span, definition, Role::Declaration);
            }
            let here = Here { scope: decision.scope(), ..outside };
            if decision.path.is_some() {
                self.doc(here, decision.text.as_ref());
            }
            for affected in &decision.affects {
                if let Some(path) = self.path_in(affected.name.span, &affected.name.text) {
                    self.path(here, &path, Role::Reference);
                }
            }
            for reference in decision.supersedes.iter().chain(&decision.superseded_by) {
                self.reference(here, &decisions, reference);
            }
        }
    }

    /// Takes in the links to elements in the topics.
    pub(super) fn topics(&mut self) {
        let homes = self.homes;
        let Some(outside) = homes.first().map(Here::outside) else { return };
        let workspace = &self.snapshot.workspace;
        for topic in &workspace.topics {
            self.doc(outside, Doc::of_file(*topic, workspace.sources.file(*topic).text(), 0).as_ref());
        }
    }

    fn reference(&mut self, here: Here<'_>, decisions: &Decisions, reference: &Reference) {
        let Some((at, target)) = reference.target.and_then(|at| Some((at, decisions.all.get(at)?))) else { return };
        let Some(path) = self.path_in(reference.name.span, &reference.name.text) else { return };
        if target.path.is_some() {
            let definition = self.define(target.name_span, &target.name, Meaning::Record);
            return self.refer(path.span, definition);
        }
        // Declared ones follow the records, in the order of the model.
        let records = decisions.all.iter().filter(|it| it.path.is_some()).count();
        let Some(definition) = self.of_decision(at - records) else { return };
        self.decision_path(here, &path, target, definition);
    }

    /// `use_firehose`, or with its architecture in front.
    fn decision_path(&mut self, here: Here<'_>, path: &Path, target: &Decision, definition: DefinitionId) {
        let Some(start) = path.text.strip_suffix(target.name.as_str()) else { return };
        self.refer(path.span.slice(start.len(), path.text.len()), definition);
        if let Some(architecture) = start.strip_suffix('.') {
            let path = Path { text: architecture.into(), span: path.span.slice(0, architecture.len()) };
            self.path(Here { scope: None, ..here }, &path, Role::Reference);
        }
    }
}
