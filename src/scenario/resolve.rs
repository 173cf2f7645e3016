//! From statements to steps: names are bound.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::{Branch, Form, Fragment, Item, Message, Mistake, Note, Participant, Sequence};
use crate::model::{Lookup, Model, Problem, Scenario, Scope, Variety};
use crate::syntax::ast::{self, Arrow, EdgeStep, Path, Statement};

/// For how many unresolved names a near one is looked for: each look compares with all names of an architecture.
const MAX_SUGGESTIONS: usize = 100;

/// Somebody who takes part, and where that is said.
type End<'m> = (Participant, &'m Path);

pub(super) struct Resolver<'m> {
    model: &'m Model,
    scope: Option<Scope>,
    seen: BTreeSet<Participant>,
    problems: Vec<Problem>,
    mistakes: Vec<Mistake>,
    suggestions: usize,
}

impl<'m> Resolver<'m> {
    pub(super) fn new(model: &'m Model) -> Resolver<'m> {
        Resolver {
            model,
            scope: None,
            seen: BTreeSet::new(),
            problems: Vec::new(),
            mistakes: Vec::new(),
            suggestions: 0,
        }
    }

    pub(super) fn sequence(&mut self, scenario: &'m Scenario) -> Sequence<'m> {
        self.scope = scenario.head.scope();
        if !has_step(&scenario.statements) {
            self.mistakes.push(Mistake::Empty);
        }
        let items = self.items(&scenario.statements);
        let (problems, mistakes) = (std::mem::take(&mut self.problems), std::mem::take(&mut self.mistakes));
        Sequence { scenario, items, problems, mistakes }
    }

    /// The groups and architectures that take part in a scenario.
    pub(super) fn containers(&self) -> BTreeSet<Participant> {
        let is_container = |participant: &Participant| match participant {
            Participant::Architecture(_) => true,
            Participant::Element(id) => self.model.element(*id).variety == Variety::Group,
        };
        self.seen.iter().copied().filter(is_container).collect()
    }

    // ---- Statements ---------------------------------------------------------------------------------------------------

    fn items(&mut self, statements: &'m [Statement]) -> Vec<Item> {
        let mut items = Vec::new();
        for statement in statements {
            match statement {
                Statement::Edge(edge) => self.steps(edge, &mut items),
                Statement::Steps(steps) => items.extend(self.fragment(steps).map(Item::Fragment)),
                Statement::Note(note) => items.extend(self.note(note).map(Item::Note)),
                // The model has found that it is misplaced.
                _ => {}
            }
        }
        items
    }

    /// The steps of a statement in the order of time: `a <- b <- c` begins with the reply of `c`.
    fn steps(&mut self, edge: &'m ast::Edge, items: &mut Vec<Item>) {
        let mut from = self.ends(&edge.first);
        let mut parts: Vec<(&EdgeStep, Vec<Message>)> = Vec::new();
        for step in &edge.steps {
            let to = self.ends(&step.to);
            let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
            parts.push((step, pairs.map(|(from, to)| message(edge, step, from, to)).collect()));
            from = to;
        }
        let stands_alone = parts.iter().map(|(_, messages)| messages.len()).sum::<usize>() == 1;
        for run in parts.chunk_by_mut(|a, b| (a.0.arrow == Arrow::Reply) == (b.0.arrow == Arrow::Reply)) {
            if run.first().is_some_and(|(step, _)| step.arrow == Arrow::Reply) {
                run.reverse();
            }
            let messages = run.iter_mut().flat_map(|(_, messages)| std::mem::take(messages));
            items.extend(messages.map(|message| Item::Message(Message { stands_alone, ..message })));
        }
    }

    fn fragment(&mut self, steps: &'m ast::Steps) -> Option<Fragment> {
        let (first, others) = steps.branches.split_first()?;
        let form = Form::of(&first.word.text)?;
        let mut branches = vec![self.branch(first)];
        for other in others {
            if form.branch_word().is_some_and(|word| word == other.word.text) {
                branches.push(self.branch(other));
            } else {
                self.mistakes.push(Mistake::WrongBranch { form, word: other.word.clone() });
            }
        }
        // What is empty on purpose shows nothing either.
        let is_empty = branches.iter().all(|branch| branch.items.is_empty());
        (!is_empty).then_some(Fragment { form, branches })
    }

    fn branch(&mut self, branch: &'m ast::Branch) -> Branch {
        let title = branch.title.as_ref().map(|title| title.value.clone());
        Branch { title, items: self.items(&branch.block.statements) }
    }

    fn note(&mut self, note: &'m ast::Note) -> Option<Note> {
        let over: Vec<Participant> = self.ends(&note.over).into_iter().map(|(participant, _)| participant).collect();
        (!over.is_empty()).then(|| Note { over, text: note.text.value.clone() })
    }

    // ---- Names --------------------------------------------------------------------------------------------------------

    fn ends(&mut self, paths: &'m [Path]) -> Vec<End<'m>> {
        let mut ends = Vec::with_capacity(paths.len());
        for path in paths {
            ends.extend(self.participant(path).map(|participant| (participant, path)));
        }
        ends
    }

    fn participant(&mut self, path: &Path) -> Option<Participant> {
        let participant = match self.model.look_up(self.scope, path) {
            Lookup::Element(id) => Participant::Element(id),
            Lookup::Architecture(id) => Participant::Architecture(id),
            Lookup::Ambiguous(candidates) => {
                let (path, span) = (path.text.clone(), path.span);
                self.problems.push(Problem::AmbiguousName { path, span, candidates });
                return None;
            }
            Lookup::Absent => return None,
            Lookup::Nothing => {
                self.unresolved(path);
                return None;
            }
        };
        self.seen.insert(participant);
        Some(participant)
    }

    fn unresolved(&mut self, path: &Path) {
        if self.model.may_be_lost(&path.text) {
            return;
        }
        self.suggestions += 1;
        let near = if self.suggestions <= MAX_SUGGESTIONS { self.model.near_name(self.scope, path, []) } else { None };
        let is_kind = self.model.catalog.find(&path.text).is_some();
        self.problems.push(Problem::UnresolvedName { path: path.text.clone(), span: path.span, near, is_kind });
    }
}

/// A step of a statement. A reply goes against the order in which its ends are written.
fn message(edge: &ast::Edge, step: &EdgeStep, left: End<'_>, right: End<'_>) -> Message {
    let (from, to) = if step.arrow == Arrow::Reply { (right, left) } else { (left, right) };
    let label: Option<SmolStr> = edge.label.as_ref().map(|label| label.value.clone());
    Message {
        from: from.0,
        to: to.0,
        arrow: step.arrow,
        label,
        edge: None,
        from_span: from.1.span,
        to_span: to.1.span,
        arrow_span: step.arrow_span,
        stands_alone: false,
    }
}

/// Whether there is a step among statements, on whatever branch.
fn has_step(statements: &[Statement]) -> bool {
    statements.iter().any(|statement| match statement {
        Statement::Edge(_) => true,
        Statement::Steps(steps) => steps.branches.iter().any(|branch| has_step(&branch.block.statements)),
        _ => false,
    })
}
