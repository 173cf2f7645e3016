//! What stands between two services that cannot be connected, written into the statement that connects them. Where that
//! declares other edges, too, it is taken apart, and they stay as they are.

use crate::diagnostic::Edit;
use crate::edits::{indent, starts_line};
use crate::model::{Edge, Hop, Model};
use crate::source::Span;
use crate::syntax::{self, ast};

/// How many edges a statement may be made of that is taken apart.
const MOST: usize = 50;

/// A connection in its statement.
#[derive(Debug)]
pub(crate) struct Connection<'t> {
    /// The text of the file.
    text: &'t str,
    /// The place of the statement in it.
    whole: Span,
    /// The statement, with places in its own text.
    statement: ast::Edge,
    /// Which step of the chain it is.
    step: usize,
    /// Which of the ends on both sides of the step it connects.
    from: usize,
    to: usize,
    /// How many carriers stand before it.
    hop: usize,
    /// Whether the statement can be written in several lines that mean the same.
    can_split: bool,
}

impl<'t> Connection<'t> {
    /// Finds a connection of a model in the text of the file that the edge stands in.
    pub(crate) fn find(model: &Model, hop: Hop, text: &'t str) -> Option<Connection<'t>> {
        let edge = model.edge(hop.edge);
        let whole = edge.span.written();
        let syntax::Parse { tree, diagnostics, .. } = syntax::parse(whole.file, text.get(whole.range())?);
        let [ast::Statement::Edge(statement)] = tree.statements.as_slice() else { return None };
        let is_at = |part: Span, place: Span| part.start + whole.start == place.start;
        let step = statement.steps.iter().position(|step| is_at(step.arrow_span, edge.arrow_span))?;
        let before = step.checked_sub(1).and_then(|before| statement.steps.get(before));
        let sources = before.map_or(&statement.first, |step| &step.to);
        let from = sources.iter().position(|path| is_at(path.span, edge.from_span))?;
        let to = statement.steps.get(step)?.to.iter().position(|path| is_at(path.span, edge.to_span))?;
        let hop = model.hops(edge).position(|it| (it.from, it.to) == (hop.from, hop.to))?;
        let is_plain = diagnostics.is_empty() && tree.trivia.is_empty();
        let can_split = is_plain && starts_line(text, whole.start as usize) && is_bare(model, edge);
        Some(Connection { text, whole, statement: (**statement).clone(), step, from, to, hop, can_split })
    }

    /// Lets kinds carry the edge at this place.
    pub(crate) fn carried_by(&self, kinds: &str) -> Option<Vec<Edit>> {
        if !self.stands_alone() {
            let carriers = self.carriers(Some(kinds));
            let line = format!("{} {} {}{carriers}{}", self.source()?, self.arrow()?, self.target()?, self.tail()?);
            return self.split(vec![line]);
        }
        let carriers = &self.statement.carriers;
        let (at, replacement) = match (carriers.get(self.hop), carriers.last()) {
            (Some(next), _) => (next.span.before(), format!("{kinds}, ")),
            (None, Some(last)) => (last.span.after(), format!(", {kinds}")),
            (None, None) => (self.last_end()?.after(), format!(" via {kinds}")),
        };
        Some(vec![Edit { span: self.in_file(at), replacement }])
    }

    /// Puts a service of a kind between the two, which is declared before the statement with its documentation.
    pub(crate) fn by_service(&self, name: &str, kind: &str, start: Span) -> Option<Vec<Edit>> {
        if !self.statement.carriers.is_empty() || !starts_line(self.text, start.start as usize) {
            return None;
        }
        let arrow = self.arrow()?;
        let declared = format!("service {name}: {kind}");
        let into = format!("{} {arrow} {name}", self.source()?);
        if !self.stands_alone() {
            let out = format!("{name} {arrow} {}{}", self.target()?, self.tail()?);
            return self.split(vec![declared, into, out]);
        }
        let indent = indent(self.text, start.start as usize);
        let lines = format!("{declared}\n{indent}{into}\n{indent}");
        let first = self.in_file(self.statement.first.first()?.span);
        // Where the statement begins with its start, both are one.
        if start.start == first.start {
            return Some(vec![Edit { span: first, replacement: lines + name }]);
        }
        Some(vec![
            Edit { span: start.before(), replacement: lines },
            Edit { span: first, replacement: name.to_owned() },
        ])
    }

    /// The names of its two ends, as they are written.
    pub(crate) fn names(&self) -> Option<(&str, &str)> {
        self.source().zip(self.target())
    }

    /// Whether its statement declares this edge alone.
    pub(crate) fn stands_alone(&self) -> bool {
        self.statement.first.len() == 1 && self.statement.steps.len() == 1 && self.is_only_one_of_step()
    }

    /// Whether its arrow is that of no other edge.
    pub(crate) fn is_only_one_of_step(&self) -> bool {
        let targets = self.statement.steps.get(self.step).map_or(0, |step| step.to.len());
        self.sources().len() == 1 && targets == 1
    }

    /// The lines of the statement, with others in place of this edge.
    fn split(&self, instead: Vec<String>) -> Option<Vec<Edit>> {
        let rest = self.after(self.last_end()?)?;
        let is_named = self.statement.carriers.iter().any(|carrier| carrier.name.is_some());
        if !self.can_split || rest.contains('\n') || is_named || self.edges() > MOST {
            return None;
        }
        let steps = &self.statement.steps;
        let (step, behind) = (steps.get(self.step)?, steps.get(self.step + 1..)?);
        let mut lines = Vec::new();
        let mut add = |chain: String| lines.push(format!("{chain}{rest}"));
        if self.step > 0 {
            add(chain(&names(&self.statement.first), steps.get(..self.step)?));
        }
        let (sources, targets) = (names(self.sources()), names(&step.to));
        let others = |all: &[&str], index: usize| {
            let others = all.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, name)| *name);
            others.collect::<Vec<_>>().join(", ")
        };
        if targets.len() > 1 {
            add(format!("{} {} {}", self.source()?, step.arrow.symbol(), others(&targets, self.to)));
        }
        if sources.len() > 1 {
            add(format!("{} {} {}", others(&sources, self.from), step.arrow.symbol(), targets.join(", ")));
        }
        let after = (!behind.is_empty()).then(|| format!("{}{rest}", chain(&targets, behind)));
        lines.extend(instead);
        lines.extend(after);
        let separator = format!("\n{}", indent(self.text, self.whole.start as usize));
        Some(vec![Edit { span: self.whole, replacement: lines.join(&separator) }])
    }

    fn sources(&self) -> &[ast::Path] {
        let before = self.step.checked_sub(1).and_then(|before| self.statement.steps.get(before));
        before.map_or(&self.statement.first, |step| &step.to)
    }

    fn source(&self) -> Option<&str> {
        self.sources().get(self.from).map(|path| path.text.as_str())
    }

    fn target(&self) -> Option<&str> {
        let step = self.statement.steps.get(self.step)?;
        step.to.get(self.to).map(|path| path.text.as_str())
    }

    fn arrow(&self) -> Option<&'static str> {
        self.statement.steps.get(self.step).map(|step| step.arrow.symbol())
    }

    /// How many edges the statement declares.
    fn edges(&self) -> usize {
        let mut sources = self.statement.first.len();
        let steps = self.statement.steps.iter().map(|step| {
            let edges = sources * step.to.len();
            sources = step.to.len();
            edges
        });
        steps.sum()
    }

    /// The place of the last name of the chain.
    fn last_end(&self) -> Option<Span> {
        self.statement.steps.last()?.to.last().map(|path| path.span)
    }

    /// The carriers as they are written, with more at this place.
    fn carriers(&self, more: Option<&str>) -> String {
        let written = self.statement.carriers.iter().map(|carrier| carrier.target.text.as_str());
        let mut all: Vec<&str> = written.collect();
        if let Some(more) = more {
            all.insert(self.hop.min(all.len()), more);
        }
        if all.is_empty() { String::new() } else { format!(" via {}", all.join(", ")) }
    }

    /// What follows the chain and its carriers: a label and a block.
    fn tail(&self) -> Option<&str> {
        let last = self.statement.carriers.last().map_or(self.last_end()?, |carrier| carrier.span);
        self.after(last)
    }

    fn after(&self, part: Span) -> Option<&str> {
        let start = self.whole.start as usize + part.end as usize;
        self.text.get(start..self.whole.end as usize)
    }

    fn in_file(&self, part: Span) -> Span {
        let start = self.whole.start as usize;
        Span::of(self.whole.file, start + part.start as usize..start + part.end as usize)
    }
}

/// Whether nothing stands before a statement that would have to be said of each of its edges.
fn is_bare(model: &Model, edge: &Edge) -> bool {
    let at = edge.span.written();
    edge.doc.is_none() && !model.suppressions.iter().any(|it| it.scope.written() == at)
}

fn names(paths: &[ast::Path]) -> Vec<&str> {
    paths.iter().map(|path| path.text.as_str()).collect()
}

fn chain(first: &[&str], steps: &[ast::EdgeStep]) -> String {
    let mut chain = first.join(", ");
    for step in steps {
        chain = format!("{chain} {} {}", step.arrow.symbol(), names(&step.to).join(", "));
    }
    chain
}
