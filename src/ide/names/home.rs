//! Where a walk stands: in which model names are looked up, and from which scope.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::analysis::Analysis;
use crate::ide::Snapshot;
use crate::model::{ElementId, Model, Scope, Variety};
use crate::policy;
use crate::source::Span;
use crate::syntax::ast;

/// What sort of model it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Model,
    Templates,
    /// That of an example of a rule.
    Example,
}

/// A model, and its elements by the places where their names are declared.
#[derive(Debug)]
pub(super) struct Home<'s> {
    pub(super) model: &'s Model,
    pub(super) origin: Origin,
    elements: HashMap<Span, ElementId>,
}

impl<'s> Home<'s> {
    pub(super) fn new(model: &'s Model, origin: Origin) -> Home<'s> {
        // A carrier without a name is where its kind is named.
        let is_named = |variety, name: Span, kind| variety != Variety::Carrier || name != kind;
        let named = model.elements.iter().filter(|it| is_named(it.variety, it.name_span, it.kind_span));
        Home { model, origin, elements: named.map(|it| (it.name_span, it.id)).collect() }
    }

    /// The element whose name is declared at a place.
    pub(super) fn element(&self, name: Span) -> Option<ElementId> {
        self.elements.get(&name).copied()
    }
}

/// The model of an example, and which one it is.
#[derive(Debug)]
pub(super) struct Stage {
    /// The position of its rule.
    pub(super) rule: usize,
    /// Where it is said to be good or bad.
    pub(super) at: Span,
    pub(super) model: Model,
}

/// The models of all examples of rules.
pub(super) fn stages(analysis: &Analysis) -> Vec<Stage> {
    let model = &analysis.model;
    let rules = model.rules.iter().enumerate();
    let stages = rules.flat_map(|(at, rule)| rule.examples.iter().map(move |example| (at, rule, example)));
    let stage = |(at, rule, example): (usize, _, &ast::Declaration)| Stage {
        rule: at,
        at: example.name_span(),
        model: policy::stage(model, rule, example),
    };
    stages.map(stage).collect()
}

/// An instance of a pattern, in which the names of the pattern's text have a meaning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instance {
    /// The position of the home that it stands in.
    pub(super) home: usize,
    pub(super) number: u32,
    pub(super) scope: Scope,
}

/// The first instance of each pattern.
pub(super) fn instances(homes: &[Home<'_>]) -> HashMap<SmolStr, Instance> {
    let mut found = HashMap::new();
    for (home, it) in homes.iter().enumerate() {
        for (number, instance) in &it.model.instances {
            let group = it.element(instance.at).map(|id| it.model.element(id));
            let Some(group) = group.filter(|group| group.pattern.as_ref() == Some(&instance.pattern)) else { continue };
            let scope = Scope { architecture: group.architecture, group: Some(group.id) };
            found.entry(instance.pattern.clone()).or_insert(Instance { home, number: *number, scope });
        }
    }
    found
}

/// The patterns that there are, by name: one of the workspace takes the place of one that ships.
pub(super) fn patterns(snapshot: &Snapshot) -> HashMap<SmolStr, &ast::Declaration> {
    let mut found: HashMap<SmolStr, &ast::Declaration> = HashMap::new();
    for parse in snapshot.parses.written.iter().chain(&snapshot.parses.shipped) {
        for statement in &parse.tree.statements {
            if let ast::Statement::Declaration(it) = statement
                && it.keyword == ast::Keyword::Pattern
                && let Some(name) = &it.name
            {
                found.entry(name.text.clone()).or_insert(it);
            }
        }
    }
    found
}

/// Where somebody stands who writes a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here<'b> {
    pub(super) home: &'b Home<'b>,
    /// None outside of all architectures.
    pub(super) scope: Option<Scope>,
    /// The number of the instance, in a pattern.
    pub(super) instance: u32,
    /// Those of the pattern.
    pub(super) parameters: &'b [ast::Parameter],
    /// Whether no name of an element has a meaning: in a pattern without any instance.
    pub(super) is_blind: bool,
}

impl<'b> Here<'b> {
    pub(super) fn outside(home: &'b Home<'b>) -> Here<'b> {
        Here { home, scope: None, instance: 0, parameters: &[], is_blind: false }
    }

    /// The element whose name is declared here at a place.
    pub(super) fn element(self, name: Span) -> Option<ElementId> {
        if self.is_blind { None } else { self.home.element(name.in_instance(self.instance)) }
    }

    /// The scope inside of a group.
    pub(super) fn inside(self, group: Option<ElementId>) -> Here<'b> {
        let scope = self.scope.map(|scope| Scope { group: group.or(scope.group), ..scope });
        Here { scope, ..self }
    }
}
