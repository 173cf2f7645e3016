//! Views, scenarios, rules, decisions and environments of the model as data.

use std::collections::BTreeMap;

use super::declaration::{Affected, Decision, Difference, Environment, Head, Part, Rule, Scenario, Step, View};
use super::make::{Maker, arrow, docs};
use super::value::{Value, meta, properties};
use crate::decision::{self, Decisions};
use crate::diagnostic::Level;
use crate::model::{self, Lookup};
use crate::policy;
use crate::project::Workspace;
use crate::scenario::{Item, Participant, sequences};
use crate::view::Canvas;

impl Maker<'_> {
    fn head(&self, head: &model::Head) -> Head {
        Head {
            name: head.name.to_string(),
            title: head.title.as_ref().map(ToString::to_string),
            docs: docs(head.doc.as_ref()),
            architecture: head.architecture.map(|id| self.home(id)),
            properties: properties(&head.settings),
            meta: meta(&head.settings),
            declared: self.place(head.name_span),
        }
    }

    pub(super) fn views(&self) -> Vec<View> {
        let canvas = Canvas::new(self.model);
        let view = |view: &model::View| View {
            head: self.head(&view.head),
            elements: canvas.picture(view).shown.into_iter().map(|id| self.path(id)).collect(),
        };
        self.model.views.iter().map(view).collect()
    }

    pub(super) fn scenarios(&self) -> Vec<Scenario> {
        let scenario = |sequence: crate::scenario::Sequence<'_>| {
            let mut steps = Vec::new();
            self.steps(&sequence.items, &mut steps);
            Scenario { head: self.head(&sequence.scenario.head), steps }
        };
        sequences(self.model).into_iter().map(scenario).collect()
    }

    /// Adds items and what is in them. Blocks nest only as deep as the parser lets them.
    fn steps(&self, items: &[Item], steps: &mut Vec<Step>) {
        for item in items {
            match item {
                Item::Message(message) => steps.push(Step::Message {
                    from: self.participant(message.from),
                    to: self.participant(message.to),
                    arrow: arrow(message.arrow),
                    label: message.label.as_ref().map(ToString::to_string),
                    edge: message.edge.map(|id| self.edge_id(id)),
                }),
                Item::Note(note) => steps.push(Step::Note {
                    over: note.over.iter().map(|it| self.participant(*it)).collect(),
                    text: note.text.to_string(),
                }),
                Item::Fragment(fragment) => {
                    for (index, branch) in fragment.branches.iter().enumerate() {
                        let title = branch.title.as_ref().map(ToString::to_string);
                        steps.push(match index {
                            0 => Step::Begin { form: fragment.form.word().to_owned(), title },
                            _ => Step::Branch { title },
                        });
                        self.steps(&branch.items, steps);
                    }
                    steps.push(Step::End);
                }
            }
        }
    }

    fn participant(&self, participant: Participant) -> String {
        match participant {
            Participant::Architecture(id) => self.home(id),
            Participant::Element(id) => self.path(id),
        }
    }

    pub(super) fn rules(&self, levels: &BTreeMap<String, Level>) -> Vec<Rule> {
        let rule = |rule: &model::Rule| Rule {
            head: self.head(&rule.head),
            code: policy::code(rule),
            severity: policy::level(rule, levels).severity().map(Into::into),
            examples: rule.examples.len(),
        };
        self.model.rules.iter().map(rule).collect()
    }

    pub(super) fn decisions(&self, workspace: &Workspace) -> Vec<Decision> {
        let names = |all: &[decision::Reference]| all.iter().map(|it| it.name.text.to_string()).collect();
        let decision = |it: decision::Decision| Decision {
            name: it.name.to_string(),
            number: it.number,
            title: it.title,
            status: it.status.map(|status| status.name().to_owned()),
            date: it.date.map(|date| date.to_string()),
            affects: it.affects.iter().map(|affected| self.affected(affected)).collect(),
            supersedes: names(&it.supersedes),
            superseded_by: names(&it.superseded_by),
            docs: docs(it.text.as_ref()),
            architecture: it.architecture.map(|id| self.home(id)),
            declared: self.place(it.name_span),
        };
        Decisions::of(self.model, workspace).all.into_iter().map(decision).collect()
    }

    fn affected(&self, affected: &decision::Affected) -> Affected {
        let path = match affected.meaning {
            Lookup::Element(id) => Some(self.path(id)),
            Lookup::Architecture(id) => Some(self.home(id)),
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => None,
        };
        Affected { name: affected.name.text.to_string(), path }
    }

    pub(super) fn environments(&self) -> Vec<Environment> {
        let environment = |it: &model::Environment| Environment {
            name: it.name.to_string(),
            inherits: self.model.parents(it).map(str::to_owned).collect(),
            parts: it.parts.iter().map(|part| self.part(part)).collect(),
            differences: self.differences(it),
        };
        self.model.environments.iter().map(environment).collect()
    }

    fn part(&self, part: &model::Part) -> Part {
        Part {
            architecture: part.architecture.map(|id| self.home(id)),
            title: part.title.as_ref().map(ToString::to_string),
            docs: docs(part.doc.as_ref()),
            meta: meta(&part.settings),
            declared: self.place(part.name_span),
        }
    }

    fn differences(&self, environment: &model::Environment) -> Vec<Difference> {
        let mut all = Vec::new();
        for (id, differences) in self.model.differences(environment) {
            let architecture = self.home(id);
            all.extend(differences.into_iter().map(|it| Difference {
                element: it.path.map(|path| format!("{architecture}.{path}")),
                architecture: architecture.clone(),
                removed: it.change.is_none(),
                property: it.change.as_ref().map(|change| change.name.to_string()),
                before: it.change.as_ref().and_then(|change| change.before.as_ref()).map(Value::of),
                after: it.change.as_ref().map(|change| Value::of(&change.after)),
            }));
        }
        all
    }
}
