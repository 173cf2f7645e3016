//! Edges that share a statement, carriers that have no name yet, and edges that are there twice.

use super::{Action, Changes, Desk, Sort, between, place};
use crate::diagnostic::{Diagnostic, Edit};
use crate::edits;
use crate::model::Scope;
use crate::syntax::ast::{self, Statement};

/// How many edges a statement may be made of.
const MOST: usize = 50;

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let Some(statement) = desk.edge() else { return };
    found.extend(split(desk, statement));
    found.extend(name_carrier(desk, statement));
}

/// Each edge of a statement in a line of its own.
fn split(desk: &Desk<'_>, statement: &ast::Edge) -> Option<Action> {
    let text = desk.text();
    let has_preamble = statement.preamble.doc.is_some() || !statement.preamble.attributes.is_empty();
    // A named carrier would be declared once for each of them.
    let shares_carrier = statement.carriers.iter().any(|carrier| carrier.name.is_some());
    let mut from = &statement.first;
    let mut pairs = Vec::new();
    for step in &statement.steps {
        pairs.extend(from.iter().flat_map(|from| step.to.iter().map(move |to| (from, step.arrow, to))));
        from = &step.to;
    }
    let start = statement.span.start as usize;
    let is_line = place::starts_line(text, start) && edges_line(text, statement);
    if pairs.len() < 2 || pairs.len() > MOST || has_preamble || shares_carrier || !is_line {
        return None;
    }
    let last = statement.steps.last()?.to.last()?.span.end as usize;
    let rest = text.get(last..statement.span.end as usize)?;
    let lines = pairs.iter().map(|(from, arrow, to)| format!("{} {} {}{rest}", from.text, arrow.symbol(), to.text));
    let separator = format!("\n{}", place::indent(text, start));
    let replacement = lines.collect::<Vec<_>>().join(&separator);
    let edit = Edit { span: statement.span, replacement };
    Some(Action::new("Write each edge in a line of its own", Sort::Rewrite, Changes::of(vec![edit])))
}

/// Whether what follows the ends of a statement stands on one line, so that it can be repeated.
fn edges_line(text: &str, statement: &ast::Edge) -> bool {
    let last = statement.steps.last().and_then(|step| step.to.last());
    let rest = last.and_then(|last| text.get(last.span.end as usize..statement.span.end as usize));
    let whole = text.get(statement.span.range()).unwrap_or_default();
    rest.is_some_and(|rest| !rest.contains('\n')) && !whole.contains("//")
}

/// A name for what carries an edge, so that others can refer to it.
fn name_carrier(desk: &Desk<'_>, statement: &ast::Edge) -> Option<Action> {
    let [carrier] = statement.carriers.as_slice() else { return None };
    let model = desk.snapshot.model();
    let kind = model.catalog.find(&carrier.target.text).filter(|_| carrier.name.is_none())?;
    let edges = desk.edges_of(statement);
    // One name for the services of several edges would make one service of them.
    let [edge] = edges.as_slice() else { return None };
    let scope = Scope { architecture: edge.architecture, group: edge.group };
    let is_service = edge.carriers.iter().any(|id| model.element(*id).kind != Some(kind));
    if is_service {
        return None;
    }
    let base = carrier.target.text.rsplit('.').next().unwrap_or_default();
    let name = place::free_name(model, Some(scope), base);
    let edit = Edit { span: carrier.target.span.before(), replacement: format!("{name}: ") };
    let title = format!("Name the carrier `{name}`");
    Some(Action::new(title, Sort::Rewrite, Changes::with_placeholder(edit, &name)))
}

/// The second of two edges that are the same, where its statement declares nothing else.
pub(super) fn remove_duplicate(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let statement = desk.around(finding.primary.span).into_iter().next_back();
    let Some(statement @ Statement::Edge(edge)) = statement else { return };
    if !between::stands_alone(&ast::Edge { carriers: Vec::new(), ..(**edge).clone() }) {
        return;
    }
    let span = edits::removal(desk.text(), place::with_tail(desk.text(), place::extent(statement)));
    let edit = Edit { span, replacement: String::new() };
    found.push(Action::mending(index, "Remove this edge", Changes::of(vec![edit])));
}
