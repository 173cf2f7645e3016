//! A service between two others, as what carries an edge between them.

use super::verify::verified_carried;
use super::{Action, Changes, Desk, Sort, Task, Work, between, place};
use crate::diagnostic::Edit;
use crate::edits;
use crate::source::Span;
use crate::syntax::ast::{Declaration, Edge, Keyword, Preamble, Statement};

/// A service that only passes on.
struct Middle<'s> {
    service: &'s Declaration,
    into: &'s Edge,
    out: &'s Edge,
}

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let Some(middle) = middle(desk) else { return };
    let name = middle.service.name.as_ref().map_or("", |name| name.text.as_str());
    let title = format!("Let `{name}` carry the edge, as `via`");
    found.push(Action { work: Work::Costly(Task::Via), ..Action::new(title, Sort::Rewrite, Changes::default()) });
}

/// The changes, if all keeps its meaning.
pub(super) fn work_out(desk: &Desk<'_>) -> Result<Changes, String> {
    let middle = middle(desk).ok_or("the text has changed in the meantime")?;
    let edits = edits_of(desk, &middle).ok_or("its parts cannot be joined")?;
    verified_carried(desk.snapshot, Changes::of(edits))
}

/// The service whose first line the cursor is on, with the two edges beside it that are all it has.
fn middle<'s>(desk: &Desk<'s>) -> Option<Middle<'s>> {
    let Statement::Declaration(service) = desk.around(desk.at).into_iter().next_back()? else { return None };
    let head = service.block.as_ref().map_or(service.span.end, |block| block.span.start);
    if service.keyword != Keyword::Service || desk.at.end > head || service.preamble != Preamble::default() {
        return None;
    }
    let model = desk.snapshot.model();
    let id = desk.element(service.name_span()).filter(|it| it.span.file.instance() == 0)?.id;
    let mut own = model.edges.iter().filter(|edge| edge.from == id || edge.to == id || edge.carriers.contains(&id));
    let (Some(one), Some(other), None) = (own.next(), own.next(), own.next()) else { return None };
    let (into, out) = if one.to == id { (one, other) } else { (other, one) };
    if into.to != id || out.from != id || into.arrow != out.arrow || into.from == out.to {
        return None;
    }
    let around = desk.around(desk.at);
    let holder = around.iter().rev().nth(1)?;
    let siblings: Vec<&Statement> = holder.blocks().flat_map(|block| &block.statements).collect();
    let edge = |span| {
        siblings.iter().find_map(|statement| match statement {
            Statement::Edge(edge) if edge.span == span => Some(&**edge),
            _ => None,
        })
    };
    let (into, out) = (edge(into.span)?, edge(out.span)?);
    let says_nothing = |edge: &Edge| edge.block.is_none() && edge.preamble == Preamble::default();
    let is_plain = [into, out].iter().all(|edge| between::stands_alone(edge) && says_nothing(edge));
    // There is room for one label.
    let labels = [&into.label, &out.label, &service.title].into_iter().flatten().count();
    (is_plain && labels < 2).then_some(Middle { service, into, out })
}

fn edits_of(desk: &Desk<'_>, middle: &Middle<'_>) -> Option<Vec<Edit>> {
    let text = desk.text();
    let Middle { service, into, out } = middle;
    let written = |span: Span| text.get(span.range());
    let (name, kind) = (service.name.as_ref()?, service.kind.as_ref()?);
    let (start, step) = (into.first.first()?, into.steps.first()?);
    let end = out.steps.first()?.to.first()?;
    let label = [&into.label, &out.label, &service.title].into_iter().flatten().next();
    let label = label.and_then(|label| written(label.span)).map(|label| format!(" {label}")).unwrap_or_default();
    let block = match &service.block {
        Some(block) => format!(" {}", reindented(text, block.span, out.span)?),
        None => String::new(),
    };
    let arrow = step.arrow.symbol();
    let line = format!("{} {arrow} {} via {}: {}{label}{block}", start.text, end.text, name.text, kind.text);
    let removed = |span| Edit { span: edits::removal(text, place::with_tail(text, span)), replacement: String::new() };
    Some(vec![Edit { span: out.span, replacement: line }, removed(service.span), removed(into.span)])
}

/// A block as it stands in another place.
fn reindented(text: &str, block: Span, at: Span) -> Option<String> {
    let (from, to) = (place::indent(text, block.start as usize), place::indent(text, at.start as usize));
    let lines = text.get(block.range())?.lines().enumerate().map(|(number, line)| match line.strip_prefix(from) {
        Some(line) if number > 0 => format!("{to}{line}"),
        _ => line.to_owned(),
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}
