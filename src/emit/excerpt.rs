//! Parts of the documentation, one by one, for documents that others write. What they are made from is computed once, and only
//! if a part needs it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::bill::{self, Sheet};
use super::load::Survey;
use super::markdown::{self, Facts, Part};
use super::mermaid::fence;
use crate::analysis::Analysis;
use crate::cost::{Billed, Terms, bill_at};
use crate::decision::Decisions;
use crate::model::{Architecture, Model, Scenario, View};
use crate::project::Workspace;
use crate::quantity::Amount;
use crate::view::Labels;

/// The parts of a workspace's documentation. Each is Markdown that ends without a line break.
pub struct Excerpts<'a> {
    workspace: &'a Workspace,
    analysis: &'a Analysis,
    figures: OnceCell<Figures<'a>>,
}

/// What tables are made from.
struct Figures<'a> {
    survey: Survey<'a>,
    sheet: Sheet,
    decisions: Decisions,
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

    /// The diagram of a view, and what its readers should know. `labels`, if given, has the say over what its arrows are labelled with.
    pub fn view(&self, view: &View, labels: Option<Labels>) -> String {
        let diagram = super::view(self.workspace, self.analysis, view, labels);
        let notes = diagram.notes.iter().map(|note| markdown::escape(note));
        std::iter::once(fence(&diagram.text)).chain(notes).collect::<Vec<_>>().join("\n\n")
    }

    /// The diagram of a scenario; `None` if nothing happens in it.
    pub fn scenario(&self, scenario: &Scenario) -> Option<String> {
        Some(super::scenario(self.model(), scenario)).filter(|text| !text.is_empty()).map(|text| fence(&text))
    }

    /// A part of an architecture's page; `None` if there is nothing of the sort.
    pub fn part(&self, architecture: &Architecture, part: Part) -> Option<String> {
        markdown::part(self.facts(), architecture.id, part)
    }

    /// The table of all decisions; `None` if there are none.
    pub fn decisions(&self) -> Option<String> {
        markdown::all_decisions(self.facts())
    }

    /// What an architecture costs; `None` if nothing of it can be billed.
    pub fn bill(&self, architecture: &Architecture) -> Option<String> {
        bill::markdown::of_architecture(&self.figures().sheet, &architecture.name)
    }

    /// What each architecture costs, and all together; `None` if nothing can be billed.
    pub fn total_bill(&self) -> Option<String> {
        let title = |name: &str| {
            let architecture = self.model().find_architecture(name);
            architecture.map_or_else(|| name.to_owned(), |architecture| architecture.label().to_owned())
        };
        bill::markdown::of_workspace(&self.figures().sheet, &title)
    }

    fn facts(&self) -> Facts<'_> {
        let Figures { survey, decisions, .. } = self.figures();
        Facts { survey, decisions, sources: &self.workspace.sources }
    }

    fn figures(&self) -> &Figures<'a> {
        self.figures.get_or_init(|| {
            let prices = self.workspace.price_book();
            let terms = Terms { prices: &prices, free_tier: false };
            let Billed { loads, bill } = bill_at(self.model(), Amount::ONE, terms);
            let sheet = Sheet::new(self.model(), &loads, &bill, BTreeMap::new());
            let decisions = Decisions::of(self.model(), self.workspace);
            Figures { survey: Survey::of(self.model(), loads), sheet, decisions }
        })
    }
}
