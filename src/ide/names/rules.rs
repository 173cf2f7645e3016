//! Views, scenarios, rules and decisions.

use super::bind::Binder;
use super::home::Here;
use super::{DefinitionId, Meaning, Role};
use crate::catalog::Value;
use crate::model::{Lookup, Rule, Scope};
use crate::select::{self, Mention};
use crate::source::Span;
use crate::syntax::ast::{Declaration, Keyword, Path, Statement};

impl<'b> Binder<'b> {
    pub(super) fn head(&mut self, here: Here<'b>, it: &'b Declaration) {
        let here = here.inside(None);
        if let Some(name) = &it.name {
            self.declare(name);
        }
        self.doc(here, it.preamble.doc.as_ref());
        self.settings(here, it.statements(), self.catalog().find(it.keyword.word()));
        match it.keyword {
            Keyword::Scenario => self.steps(here, it.statements()),
            Keyword::Rule => it.statements().iter().for_each(|statement| self.example(statement)),
            // What a decision affects is taken in with the records.
            _ => {}
        }
    }

    fn steps(&mut self, here: Here<'b>, statements: &'b [Statement]) {
        for statement in statements {
            self.attributes(statement.preamble());
            match statement {
                Statement::Edge(edge) => {
                    self.paths(here, &edge.first);
                    edge.steps.iter().for_each(|step| self.paths(here, &step.to));
                }
                Statement::Steps(steps) => {
                    steps.branches.iter().for_each(|branch| self.steps(here, &branch.block.statements));
                }
                Statement::Note(note) => self.paths(here, &note.over),
                _ => {}
            }
        }
    }

    // ---- Examples of rules --------------------------------------------------------------------------------------------

    fn example(&mut self, statement: &'b Statement) {
        let Statement::Declaration(it) = statement else { return };
        let homes = self.homes;
        let home = self.examples.get(&it.name_span()).and_then(|home| homes.get(*home));
        let Some(home) = home.filter(|_| it.keyword == Keyword::Example) else { return };
        let Some(architecture) = home.model.architectures.first() else { return };
        let scope = Some(Scope { architecture: architecture.id, group: None });
        self.body(Here { scope, ..Here::outside(home) }, it.statements());
    }

    /// Finds what stands in the examples of a rule for the elements that the rule names. It has their names, or the rule
    /// would not find it.
    pub(super) fn stand_ins(&mut self, rule: &Rule, examples: &[usize]) {
        let homes = self.homes;
        let Some(outside) = homes.first().map(Here::outside) else { return };
        let here = Here { scope: rule.head.scope(), ..outside };
        let written = rule.head.settings.properties.iter().filter_map(|property| match &property.value {
            Value::Selector(written) => Some(written),
            _ => None,
        });
        for mention in written.flat_map(|written| select::mentions(written)) {
            let Mention::Element(path) = mention else { continue };
            let meant = self.meanings_of(here, &path);
            for home in examples.iter().filter_map(|home| homes.get(*home)) {
                let scope = home.model.rules.first().and_then(|rule| rule.head.scope());
                let here = Here { scope, ..Here::outside(home) };
                for (segment, (_, definitions)) in meant.iter().enumerate() {
                    let [definition] = definitions.as_slice() else { continue };
                    if let Some(element) = in_example(here, &path, segment) {
                        self.stand_ins.entry(element).or_insert(*definition);
                    }
                }
            }
        }
    }

    /// The level of a rule of the team's own that `archc.toml` sets.
    pub(super) fn levels(&mut self) {
        for (code, span) in &self.snapshot.workspace.team_levels {
            self.code(code, *span);
        }
    }

    /// What a decision is called.
    pub(super) fn of_decision(&mut self, at: usize) -> Option<DefinitionId> {
        let head = &self.snapshot.model().decisions.get(at)?.head;
        Some(self.define(head.name_span, &head.name, Meaning::Decision(at)))
    }

    pub(super) fn refer(&mut self, span: Span, definition: DefinitionId) {
        self.push(span, definition, Role::Reference);
    }
}

/// Where the element of an example is declared that a name of a path means there: the path itself, or what follows the name
/// of an architecture.
fn in_example(here: Here<'_>, path: &Path, segment: usize) -> Option<Span> {
    let names: Vec<&str> = path.text.split('.').collect();
    let look_up = |names: &[&str]| {
        let text = names.join(".").into();
        match here.home.model.look_up(here.scope, &Path { text, span: path.span }) {
            Lookup::Element(id) => Some(here.home.model.element(id).name_span.written()),
            _ => None,
        }
    };
    let whole = names.get(..=segment)?;
    look_up(whole).or_else(|| look_up(whole.get(1..).filter(|rest| !rest.is_empty())?))
}
