//! The walk through the files.

use std::collections::HashMap;

use super::bind::Binder;
use super::home::{Here, Home, Origin, stages};
use super::{Meaning, Names, Role};
use crate::ide::Snapshot;
use crate::model::{Lookup, Scope};
use crate::policy;
use crate::source::Span;
use crate::syntax::ast::{self, Declaration, Keyword, Path, Preamble, Statement, ValueKind};

/// All names of the files of a workspace, or also of those that ship.
pub(super) fn names(snapshot: &Snapshot, with_catalog: bool) -> Names {
    let stages = stages(&snapshot.analysis);
    let mut homes =
        vec![Home::new(snapshot.model(), Origin::Model), Home::new(&snapshot.analysis.templates, Origin::Templates)];
    homes.extend(stages.iter().map(|stage| Home::new(&stage.model, Origin::Example)));
    let mut binder = Binder::new(snapshot, &homes);
    binder.meanings = meanings(snapshot);
    binder.examples = stages.iter().zip(2..).map(|(stage, home)| (stage.at, home)).collect();
    for (at, rule) in snapshot.model().rules.iter().enumerate() {
        let examples = stages.iter().zip(2..).filter(|(stage, _)| stage.rule == at);
        let examples: Vec<usize> = examples.map(|(_, home)| home).collect();
        binder.stand_ins(rule, &examples);
    }
    for parse in &snapshot.parses.written {
        binder.file(&parse.tree);
    }
    if with_catalog {
        for parse in &snapshot.parses.shipped {
            binder.file(&parse.tree);
        }
    }
    binder.records();
    binder.topics();
    binder.levels();
    binder.finish()
}

/// What is declared by others than elements, by the place of its name.
fn meanings(snapshot: &Snapshot) -> HashMap<Span, Meaning> {
    let model = snapshot.model();
    let mut found: HashMap<Span, Meaning> = HashMap::new();
    found.extend(model.architectures.iter().map(|it| (it.name_span, Meaning::Architecture(it.id))));
    found.extend(model.catalog.kinds().map(|it| (it.name_span, Meaning::Kind(it.id))));
    let heads = |at: usize, span: Span, meaning: fn(usize) -> Meaning| (span, meaning(at));
    found.extend(model.views.iter().enumerate().map(|(at, it)| heads(at, it.head.name_span, Meaning::View)));
    found.extend(model.scenarios.iter().enumerate().map(|(at, it)| heads(at, it.head.name_span, Meaning::Scenario)));
    found.extend(model.rules.iter().enumerate().map(|(at, it)| heads(at, it.head.name_span, Meaning::Rule)));
    found.extend(model.decisions.iter().enumerate().map(|(at, it)| heads(at, it.head.name_span, Meaning::Decision)));
    for (at, environment) in model.environments.iter().enumerate() {
        found.extend(environment.parts.iter().map(|part| (part.name_span, Meaning::Environment(at))));
    }
    found
}

impl<'b> Binder<'b> {
    fn outside(&self) -> Option<Here<'b>> {
        self.homes.first().map(Here::outside)
    }

    fn file(&mut self, tree: &'b ast::File) {
        let Some(outside) = self.outside() else { return };
        for statement in &tree.statements {
            self.attributes(statement.preamble());
            match statement {
                Statement::Declaration(it) => self.top_level(outside, it),
                Statement::Wire(wire) => self.wire(wire),
                _ => {}
            }
        }
    }

    fn top_level(&mut self, outside: Here<'b>, it: &'b Declaration) {
        match it.keyword {
            Keyword::Architecture => self.architecture(outside, it),
            Keyword::Extend => self.extension(outside, it),
            Keyword::Environment => self.environment(outside, it),
            Keyword::View | Keyword::Scenario | Keyword::Rule | Keyword::Decision => self.head(outside, it),
            Keyword::Kind => self.kind_declaration(it),
            Keyword::Pattern => self.pattern_declaration(it),
            _ => {}
        }
    }

    fn architecture(&mut self, outside: Here<'b>, it: &'b Declaration) {
        let Some(name) = &it.name else { return };
        self.declare(name);
        for pattern in &it.follows {
            self.pattern(pattern);
        }
        // One whose name is taken is in no model.
        let Some(Meaning::Architecture(architecture)) = self.meanings.get(&name.span).copied() else { return };
        let here = Here { scope: Some(Scope { architecture, group: None }), ..outside };
        self.doc(here, it.preamble.doc.as_ref());
        self.body(here, it.statements());
    }

    fn extension(&mut self, outside: Here<'b>, it: &'b Declaration) {
        let Some(path) = &it.name else { return };
        let model = outside.home.model;
        let starts_well = path.segments().next().is_some_and(|(first, _)| model.find_architecture(first).is_some());
        if !starts_well {
            return;
        }
        self.path(outside, path, Role::Change);
        let scope = match model.look_up(None, path) {
            Lookup::Architecture(architecture) => Scope { architecture, group: None },
            Lookup::Element(id) => Scope { architecture: model.element(id).architecture, group: Some(id) },
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => return,
        };
        self.body(Here { scope: Some(scope), ..outside }, it.statements());
    }

    // ---- Environments -------------------------------------------------------------------------------------------------

    pub(super) fn environment(&mut self, here: Here<'b>, it: &'b Declaration) {
        if let Some(name) = &it.name {
            self.declare(name);
        }
        for parent in &it.is {
            let model = self.snapshot.model();
            let at = model.environments.binary_search_by(|known| known.name.as_str().cmp(parent.text.as_str()));
            if let Some(definition) = at.ok().and_then(|at| self.of_environment(at)) {
                self.push(parent.span, definition, Role::Reference);
            }
        }
        if here.scope.is_some() {
            self.doc(here, it.preamble.doc.as_ref());
        }
        for statement in it.statements() {
            match statement {
                Statement::Property(property) => self.difference(here, property),
                Statement::Without(without) => {
                    for name in &without.names {
                        self.path(here, name, Role::Change);
                    }
                }
                _ => {}
            }
        }
    }

    /// `warehouse.nodes = 4`
    fn difference(&mut self, here: Here<'b>, property: &'b ast::Property) {
        let (environment, key) = (self.catalog().find("environment"), &property.key);
        let Some((owner, name)) = key.text.rsplit_once('.') else {
            return self.setting(here, property, environment);
        };
        let owner = Path { text: owner.into(), span: key.span.slice(0, owner.len()) };
        let name = Path { text: name.into(), span: key.span.slice(owner.text.len() + 1, key.text.len()) };
        self.path(here, &owner, Role::Change);
        let kind = match here.home.model.look_up(here.scope, &owner) {
            Lookup::Element(id) => here.home.model.element(id).kind,
            Lookup::Architecture(_) => environment,
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => None,
        };
        self.property(kind, &name, Role::Change);
        self.value(here, property.value.as_ref(), self.type_of(kind, &name.text));
    }

    // ---- Attributes ---------------------------------------------------------------------------------------------------

    /// Takes in the codes of the team's own rules in `@allow`.
    pub(super) fn attributes(&mut self, preamble: Option<&'b Preamble>) {
        for attribute in preamble.into_iter().flat_map(|preamble| &preamble.attributes) {
            for argument in attribute.arguments.iter().filter(|argument| argument.name.is_none()) {
                if let ValueKind::RuleCode(code) | ValueKind::Text(code) = &argument.value.kind {
                    self.code(code, argument.value.span);
                }
            }
        }
    }

    /// Takes in the code of a rule of the team's own somewhere in a place.
    pub(super) fn code(&mut self, code: &str, span: Span) {
        let Some(name) = code.strip_prefix(policy::PREFIX) else { return };
        let rules = &self.snapshot.model().rules;
        let Some(at) = rules.iter().position(|rule| rule.head.name == name) else { return };
        let Some(place) = self.place(span, code) else { return };
        let definition =
            rules.get(at).map(|rule| &rule.head).map(|head| self.define(head.name_span, &head.name, Meaning::Rule(at)));
        if let Some(definition) = definition {
            self.push(place.slice(policy::PREFIX.len(), code.len()), definition, Role::Reference);
        }
    }
}
