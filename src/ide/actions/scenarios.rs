//! Steps of scenarios that follow no declared edge.

use super::{Action, Changes, Desk, place};
use crate::catalog::Wiring;
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{ElementId, Hop, Lookup, Model, Scope, Variety};
use crate::scenario::{Message, Mistake, Nearest, Participant, nearest, sequences};
use crate::source::Span;
use crate::syntax::ast::{Arrow, Declaration, Keyword, Path, Statement};

/// How many edges are offered.
const MOST: usize = 3;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let (at, model) = (finding.primary.span, desk.snapshot.model());
    let sequences = sequences(model);
    let step = sequences.iter().flat_map(|sequence| &sequence.mistakes).find_map(|mistake| match mistake {
        Mistake::UndeclaredEdge { step, .. } if step.span() == at => Some(step),
        _ => None,
    });
    let Some(step) = step else { return };
    let Some(scope) = scope_of(desk, at) else { return };
    let step = Step { desk, index, scope, message: step };
    if step.message.stands_alone {
        step.follow(&nearest(model, step.message), found);
    }
    step.declare(found);
}

/// A step that follows nothing.
struct Step<'d, 's> {
    desk: &'d Desk<'s>,
    index: usize,
    scope: Scope,
    message: &'d Message,
}

impl Step<'_, '_> {
    /// Follows the declared edges that are most like the step.
    fn follow(&self, near: &Nearest, found: &mut Vec<Action>) {
        let Message { arrow, from_span, arrow_span, to_span, .. } = *self.message;
        let text = |span: Span| self.desk.snapshot.workspace.sources.text(span);
        let name = |id| shortest(self.desk.snapshot.model(), self.scope, id);
        let follows = |hop: &&Hop| hop.arrow == arrow || (arrow == Arrow::Data && hop.arrow == Arrow::Call);
        let edit = |span, replacement: String| Edit { span, replacement };
        let mut offer = |words: String, edits| {
            found.push(Action::mending(self.index, format!("Follow `{words}`"), Changes::of(edits)));
        };
        match near {
            Nearest::From(hops) => {
                let mut names: Vec<String> = hops.iter().filter(follows).map(|hop| name(hop.to)).collect();
                names.dedup();
                for name in names.into_iter().take(MOST) {
                    let words = format!("{} {} {name}", text(from_span), arrow.symbol());
                    offer(words, vec![edit(to_span, name)]);
                }
            }
            Nearest::To(hops) => {
                let mut names: Vec<String> = hops.iter().filter(follows).map(|hop| name(hop.from)).collect();
                names.dedup();
                for name in names.into_iter().take(MOST) {
                    let words = format!("{name} {} {}", arrow.symbol(), text(to_span));
                    offer(words, vec![edit(from_span, name)]);
                }
            }
            Nearest::Reversed(hop) => {
                let (from, to) = (text(from_span).to_owned(), text(to_span).to_owned());
                let along = if follows(&hop) { arrow } else { hop.arrow };
                let mut edits = vec![edit(from_span, to.clone()), edit(to_span, from.clone())];
                if along != arrow {
                    edits.push(edit(arrow_span, along.symbol().to_owned()));
                }
                offer(format!("{to} {} {from}", along.symbol()), edits);
            }
            // A label would be that of both steps.
            Nearest::Through(first, second) if self.message.label.is_none() => {
                let middle = format!("{} {} {}", first.arrow.symbol(), name(first.to), second.arrow.symbol());
                let words = format!("{} {middle} {}", text(from_span), text(to_span));
                offer(words, vec![edit(arrow_span, middle)]);
            }
            Nearest::OtherArrow(_) | Nearest::Through(..) | Nearest::Nothing => {}
        }
    }

    /// Declares the edge that the step follows, behind those of the architecture.
    fn declare(&self, found: &mut Vec<Action>) {
        let Message { arrow, from_span, to_span, .. } = *self.message;
        let (Some(from), Some(to)) = (self.end(self.message.from), self.end(self.message.to)) else { return };
        let model = self.desk.snapshot.model();
        let kinds = model.element(from).kind.zip(model.element(to).kind);
        let is_refused =
            kinds.is_some_and(|(from, to)| matches!(model.catalog.wiring(from, arrow, to), Wiring::Refused(_)));
        if from == to || arrow == Arrow::Reply || is_refused {
            return;
        }
        let text = |span: Span| self.desk.snapshot.workspace.sources.text(span);
        let line = format!("{} {} {}", text(from_span), arrow.symbol(), text(to_span));
        let holder = self.desk.around(from_span).into_iter().next().and_then(|outermost| match outermost {
            Statement::Declaration(it) if matches!(it.keyword, Keyword::Architecture | Keyword::Extend) => Some(&**it),
            _ => None,
        });
        let Some(edit) = holder.and_then(|holder| edge(self.desk.text(), holder, &line)) else { return };
        found.push(Action::mending(self.index, format!("Declare `{line}`"), Changes::of(vec![edit])));
    }

    /// An element that an edge can lead to.
    fn end(&self, participant: Participant) -> Option<ElementId> {
        let Participant::Element(id) = participant else { return None };
        let is_group = self.desk.snapshot.model().element(id).variety == Variety::Group;
        (!is_group || self.message.arrow == Arrow::Side).then_some(id)
    }
}

/// What declares an edge in a block: behind those that it has, or behind its elements.
fn edge(text: &str, holder: &Declaration, line: &str) -> Option<Edit> {
    let block = holder.block.as_ref()?;
    let last = block.statements.iter().rfind(|it| matches!(it, Statement::Edge(_)));
    let Some(last) = last else { return place::member(text, block, line) };
    if !place::starts_line(text, last.span().start as usize) {
        return None;
    }
    let end = place::line_end(text, last.span().end as usize);
    let indent = place::indent(text, last.span().start as usize);
    Some(Edit { span: Span::of(last.span().file, end..end), replacement: format!("\n{indent}{line}") })
}

/// The architecture that a place lies in, or the group of it.
pub(super) fn scope_of(desk: &Desk<'_>, at: Span) -> Option<Scope> {
    let model = desk.snapshot.model();
    let mut scope: Option<Scope> = None;
    for statement in desk.around(at) {
        let Statement::Declaration(it) = statement else { continue };
        let Some(name) = it.name.as_ref() else { continue };
        let path = Path { text: name.text.clone(), span: name.span };
        let found = match it.keyword {
            Keyword::Architecture | Keyword::Extend => model.look_up(None, &path),
            Keyword::Group => model.look_up(scope, &path),
            _ => continue,
        };
        scope = match found {
            Lookup::Architecture(architecture) => Some(Scope { architecture, group: None }),
            Lookup::Element(id) => Some(Scope { architecture: model.element(id).architecture, group: Some(id) }),
            _ => return None,
        };
    }
    scope
}

/// The name of an element in a scope: as few names of its path as mean it there.
pub(super) fn shortest(model: &Model, scope: Scope, id: ElementId) -> String {
    let path = if model.element(id).architecture == scope.architecture { model.path(id) } else { model.full_path(id) };
    let starts = std::iter::once(0).chain(path.match_indices('.').map(|(at, _)| at + 1));
    let means_it = |name: &&str| {
        let written = Path { text: (*name).into(), span: Span::default() };
        matches!(model.look_up(Some(scope), &written), Lookup::Element(found) if found == id)
    };
    let found = starts.filter_map(|at| path.get(at..)).filter(means_it).last();
    found.unwrap_or(&path).to_owned()
}
