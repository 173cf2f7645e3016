//! An element that is named and not declared.

use super::{Action, Changes, Desk, kinds, place};
use crate::catalog::{Catalog, KindId, Wiring};
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{Lookup, Scope};
use crate::source::Span;
use crate::syntax::ast::{Arrow, Block, Keyword, Path, Statement};

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let around = desk.around(at);
    // What selects, tells or changes needs something to speak of; who draws an edge has something in mind.
    let is_edge = matches!(around.last(), Some(Statement::Edge(_)));
    let tells =
        |statement: &&Statement| matches!(statement, Statement::Declaration(it) if it.keyword == Keyword::Scenario);
    if !is_edge || around.iter().any(tells) {
        return;
    }
    let path = desk.snapshot.workspace.sources.text(at);
    let catalog = &desk.snapshot.model().catalog;
    if catalog.find(path).is_some() && path.contains('.') {
        of_kind(desk, index, finding, path, found);
        return;
    }
    let (holder, name) = match path.rsplit_once('.') {
        Some((group, name)) => (block_of(desk, group, at), name),
        None => (innermost(&around).map(|block| (desk.text(), block)), path),
    };
    let Some((text, block)) = holder else { return };
    let neighbours = neighbours(desk, &around, at);
    let fits = |kind: &str| {
        let kind = catalog.find(kind);
        kind.is_none_or(|kind| neighbours.iter().all(|it| it.may_connect(catalog, kind)))
    };
    for line in lines(catalog, name, &fits) {
        let Some(edit) = place::member(text, block, &line) else { return };
        let word = line.split_once(": ").map_or("", |(_, kind)| kind);
        let changes = if word.is_empty() { Changes::of(vec![edit]) } else { Changes::with_placeholder(edit, word) };
        found.push(Action::mending(index, format!("Declare `{line}`"), changes));
    }
}

/// An environment that another one is based on.
pub(super) fn environment(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    before_holder(desk, index, finding, "", found);
}

/// A decision that another one supersedes.
pub(super) fn decision(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let key = desk.around(finding.primary.span).into_iter().next_back().and_then(|statement| match statement {
        Statement::Property(it) => Some(it.key.text.as_str()),
        _ => None,
    });
    match key {
        Some("supersedes") => before_holder(desk, index, finding, " { status = superseded }", found),
        Some("superseded_by") => before_holder(desk, index, finding, " { status = accepted }", found),
        _ => {}
    }
}

/// A declaration of the name, right before the one that speaks of it, and by the same keyword.
fn before_holder(desk: &Desk<'_>, index: usize, finding: &Diagnostic, block: &str, found: &mut Vec<Action>) {
    let (at, text) = (finding.primary.span, desk.text());
    let name = desk.snapshot.workspace.sources.text(at);
    let around = desk.around(at);
    let holder = around.iter().rev().find_map(|statement| match statement {
        Statement::Declaration(it) => Some((it, place::extent(statement))),
        _ => None,
    });
    let Some((holder, whole)) = holder.filter(|(_, whole)| place::starts_line(text, whole.start as usize)) else {
        return;
    };
    let is_name =
        name.starts_with(|c: char| c.is_alphabetic()) && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_name || finding.fix.is_some() {
        return;
    }
    let line = format!("{} {name}{block}", holder.keyword.word());
    let gap = if around.len() == 1 { "\n\n" } else { "\n" };
    let replacement = format!("{line}{gap}{}", place::indent(text, whole.start as usize));
    let changes = Changes::of(vec![Edit { span: whole.before(), replacement }]);
    found.push(Action::mending(index, format!("Declare `{} {name}`", holder.keyword.word()), changes));
}

/// What the name may be, as far as its neighbours can be connected with that.
fn lines(catalog: &Catalog, name: &str, fits: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut kinds = kinds::like(catalog, name, "");
    kinds.retain(|kind| fits(kind));
    kinds.truncate(2);
    if kinds.is_empty() {
        kinds.push(kinds::ANY);
    }
    let services = kinds.into_iter().map(|kind| format!("service {name}: {kind}"));
    let others = ["external", "person"].into_iter().filter(|kind| fits(kind)).map(|kind| format!("{kind} {name}"));
    services.chain(others).collect()
}

/// The other end of an edge that names what is not declared.
struct Neighbour {
    kind: KindId,
    arrow: Arrow,
    /// Whether the edge leads to it.
    is_target: bool,
}

impl Neighbour {
    fn may_connect(&self, catalog: &Catalog, kind: KindId) -> bool {
        let (from, to) = if self.is_target { (kind, self.kind) } else { (self.kind, kind) };
        !matches!(catalog.wiring(from, self.arrow, to), Wiring::Refused(_))
    }
}

/// What the edge around a place connects with the name there.
fn neighbours(desk: &Desk<'_>, around: &[&Statement], at: Span) -> Vec<Neighbour> {
    let (model, Some(Statement::Edge(edge))) = (desk.snapshot.model(), around.last()) else { return Vec::new() };
    // What carries an edge stands between the two.
    if !edge.carriers.is_empty() {
        return Vec::new();
    }
    let scope = scope_of(desk, at);
    let kinds = |ends: &[Path]| -> Vec<KindId> {
        let elements = ends.iter().filter_map(|path| match model.look_up(scope, path) {
            Lookup::Element(id) => model.element(id).kind,
            _ => None,
        });
        elements.collect()
    };
    let is_here = |ends: &[Path]| ends.iter().any(|path| path.span == at);
    let mut found = Vec::new();
    let mut from = &edge.first;
    for step in &edge.steps {
        let neighbour = |is_target| move |kind| Neighbour { kind, arrow: step.arrow, is_target };
        if is_here(from) {
            found.extend(kinds(&step.to).into_iter().map(neighbour(true)));
        }
        if is_here(&step.to) {
            found.extend(kinds(from).into_iter().map(neighbour(false)));
        }
        from = &step.to;
    }
    found
}

/// The architecture that a place lies in.
pub(super) fn scope_of(desk: &Desk<'_>, at: Span) -> Option<Scope> {
    let model = desk.snapshot.model();
    desk.around(at).iter().find_map(|statement| match statement {
        Statement::Declaration(it) => {
            let architecture = model.find_architecture(it.name.as_ref()?.text.split('.').next()?)?;
            Some(Scope { architecture: architecture.id, group: None })
        }
        _ => None,
    })
}

/// Somebody named a kind where an element is meant: it gets a name.
fn of_kind(desk: &Desk<'_>, index: usize, finding: &Diagnostic, kind: &str, found: &mut Vec<Action>) {
    let at = finding.primary.span;
    let Some(block) = innermost(&desk.around(at)) else { return };
    let name = place::free_name(desk.snapshot.model(), None, kind.rsplit('.').next().unwrap_or(kind));
    let line = format!("service {name}: {kind}");
    let Some(declared) = place::member(desk.text(), block, &line) else { return };
    let places = std::iter::once(at).chain(finding.secondary.iter().map(|label| label.span));
    let renamed = places.filter(|place| desk.snapshot.workspace.sources.text(*place) == kind);
    let mut edits = vec![declared];
    edits.extend(renamed.map(|span| Edit { span, replacement: name.clone() }));
    found.push(Action::mending(index, format!("Declare `{line}`"), Changes::of(edits)));
}

/// The innermost block around a place that holds elements. A pattern may hold them, too.
fn innermost<'s>(around: &[&'s Statement]) -> Option<&'s Block> {
    let holds = [Keyword::Architecture, Keyword::Group, Keyword::Pattern, Keyword::Extend];
    around.iter().rev().find_map(|statement| match statement {
        Statement::Declaration(it) if holds.contains(&it.keyword) => it.block.as_ref(),
        _ => None,
    })
}

/// The block of a group or an architecture that a path leads to from a place.
fn block_of<'s>(desk: &Desk<'s>, path: &str, at: Span) -> Option<(&'s str, &'s Block)> {
    let model = desk.snapshot.model();
    let scope = scope_of(desk, at);
    let path = Path { text: path.into(), span: at };
    let name = match model.look_up(scope, &path) {
        Lookup::Element(id) => model.element(id).name_span,
        Lookup::Architecture(id) => model.architecture(id).name_span,
        Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => return None,
    };
    let block = desk.declaration(name.written())?.block.as_ref()?;
    Some((desk.snapshot.text(name.file), block))
}
