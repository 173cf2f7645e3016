//! Edges that share what they say, in one statement.

use super::verify::verified_same;
use super::{Action, Changes, Desk, Sort, Task, Work, place};
use crate::diagnostic::Edit;
use crate::syntax::ast::{Edge, Path, Statement};

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let Some(joined) = joined(desk) else { return };
    let title = format!("Write them as one {}", joined.form);
    found.push(Action { work: Work::Costly(Task::Join), ..Action::new(title, Sort::Rewrite, Changes::default()) });
}

/// The changes, if all keeps its meaning.
pub(super) fn work_out(desk: &Desk<'_>) -> Result<Changes, String> {
    let joined = joined(desk).ok_or("the text has changed in the meantime")?;
    verified_same(desk.snapshot, Changes::of(vec![joined.edit]))
}

/// Several statements as one.
struct Joined {
    form: &'static str,
    edit: Edit,
}

fn joined(desk: &Desk<'_>) -> Option<Joined> {
    if desk.at.start == desk.at.end {
        return None;
    }
    let text = desk.text();
    let (_, siblings) = desk.siblings();
    let touched = siblings.iter().filter(|it| it.span().start < desk.at.end && desk.at.start < it.span().end);
    let edges: Option<Vec<&Edge>> = touched
        .map(|statement| match statement {
            Statement::Edge(edge) => Some(&**edge),
            _ => None,
        })
        .collect();
    let edges = edges?;
    let ([first, others @ ..], [.., last]) = (edges.as_slice(), edges.as_slice()) else { return None };
    let rest = rest(text, first)?;
    let is_like = |edge: &&Edge| self::rest(text, edge) == Some(rest) && is_bare(edge);
    let stand_together = edges.windows(2).all(|pair| match pair {
        [one, other] => text
            .get(one.span.end as usize..other.span.start as usize)
            .is_some_and(|between| between.trim_matches(|c: char| c.is_whitespace() || c == ',').is_empty()),
        _ => false,
    });
    let starts_line = place::starts_line(text, first.span.start as usize);
    if others.is_empty() || !stand_together || !starts_line || !edges.iter().all(is_like) {
        return None;
    }
    let (form, words) = chain(&edges).map(|words| ("chain", words)).or_else(|| Some(("list", list(&edges)?)))?;
    Some(Joined { form, edit: Edit { span: first.span.to(last.span), replacement: format!("{words}{rest}") } })
}

/// Whether nothing is said of a statement but its ends, and what follows them.
fn is_bare(edge: &Edge) -> bool {
    let is_complete = edge.steps.iter().all(|step| !step.to.is_empty());
    edge.preamble.doc.is_none() && edge.preamble.attributes.is_empty() && edge.carriers.is_empty() && is_complete
}

/// A label and a block.
fn rest<'t>(text: &'t str, edge: &Edge) -> Option<&'t str> {
    let last = edge.steps.last()?.to.last()?;
    text.get(last.span.end as usize..edge.span.end as usize)
}

fn names(paths: &[Path]) -> String {
    paths.iter().map(|path| path.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// `a -> b -> c`, where each begins at what the one before it leads to.
fn chain(edges: &[&Edge]) -> Option<String> {
    let mut words = names(&edges.first()?.first);
    let mut end = words.clone();
    for edge in edges {
        if names(&edge.first) != end {
            return None;
        }
        for step in &edge.steps {
            end = names(&step.to);
            words = format!("{words} {} {end}", step.arrow.symbol());
        }
    }
    Some(words)
}

/// `a -> b, c`, or `a, b -> c`.
fn list(edges: &[&Edge]) -> Option<String> {
    let mut starts = Vec::new();
    let mut ends = Vec::new();
    let mut arrows = Vec::new();
    for edge in edges {
        let [step] = edge.steps.as_slice() else { return None };
        starts.push(names(&edge.first));
        ends.push(names(&step.to));
        arrows.push(step.arrow.symbol());
    }
    arrows.dedup();
    let all = |mut of: Vec<String>| {
        of.dedup();
        of
    };
    let [arrow] = arrows.as_slice() else { return None };
    match (all(starts.clone()).as_slice(), all(ends.clone()).as_slice()) {
        ([start], _) => Some(format!("{start} {arrow} {}", ends.join(", "))),
        (_, [end]) => Some(format!("{} {arrow} {end}", starts.join(", "))),
        _ => None,
    }
}
