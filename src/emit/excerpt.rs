//! Parts of the documentation, one by one, for documents that others write. What they are made from is computed once, and only
//! if a part needs it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::bill::{self, Sheet};
use super::load::Survey;
use super::markdown::{self, Part};
use super::mermaid::fence;
use crate::analysis::Analysis;
use crate::cost::{Billed, Terms, bill_at};
use crate::model::{Architecture, Model, View};
use crate::project::Workspace;
use crate::quantity::Amount;
use crate::view::Labels;

/// The parts of a workspace's documentation. Each is Markdown that ends without a line break.
pub struct Excerpts<'a> {
    workspace: &'a Workspace,
    analysis: &'a Analysis,
    figures: OnceCell<(Survey<'a>, Sheet)>,
}

impl<'a> Excerpts<'a> {
    /// The parts of what an analysis of a workspace found.
    pub fn new(workspace: &'a Workspace, analysis: &'a Analysis) -> Excerpts<'a> {
        Excerpts { workspace, analysis, figures: OnceCell::new() }
    }

    /// What there is to show.
    pub fn model(&self) -> &'a Model {
        &self.analysis.model
    }

    /// The diagram of an architecture.
    pub fn diagram(&self, architecture: &Architecture, labels: Labels) -> String {
        fence(&super::diagram(self.workspace, self.analysis, &architecture.name, labels))
    }

    /// The diagram of a view. `labels`, if given, has the say over what its arrows are labelled with.
    pub fn view(&self, view: &View, labels: Option<Labels>) -> String {
        fence(&super::view(self.workspace, self.analysis, view, labels))
    }

    /// A part of an architecture's page; `None` if there is nothing of the sort.
    pub fn part(&self, architecture: &Architecture, part: Part) -> Option<String> {
        let (survey, _) = self.figures();
        markdown::part(survey, &self.workspace.sources, architecture.id, part)
    }

    /// What an architecture costs; `None` if nothing of it can be billed.
    pub fn bill(&self, architecture: &Architecture) -> Option<String> {
        let (_, sheet) = self.figures();
        bill::markdown::of_architecture(sheet, &architecture.name)
    }

    /// What each architecture costs, and all together; `None` if nothing can be billed.
    pub fn total_bill(&self) -> Option<String> {
        let (_, sheet) = self.figures();
        bill::markdown::of_workspace(sheet)
    }

    fn figures(&self) -> &(Survey<'a>, Sheet) {
        self.figures.get_or_init(|| {
            let prices = self.workspace.price_book();
            let terms = Terms { prices: &prices, free_tier: false };
            let Billed { loads, bill } = bill_at(self.model(), Amount::ONE, terms);
            let sheet = Sheet::new(self.model(), &loads, &bill, BTreeMap::new());
            (Survey::of(self.model(), loads), sheet)
        })
    }
}
