//! A declaration in a file of its own.

use super::verify::verified_same;
use super::{Action, Changes, Desk, Sort, Task, Work, extract, place};
use crate::diagnostic::Edit;
use crate::edits;
use crate::source::Span;
use crate::syntax::ast::{Declaration, Keyword, Statement};

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let around = desk.around(desk.at);
    // A file that is no file of a folder has no neighbours.
    let Some(known) = &desk.snapshot.workspace.known_files else { return };
    let Some((declaration, statement)) = innermost(desk, &around) else { return };
    let Some(name) = &declaration.name else { return };
    // What a pattern holds is continued nowhere else.
    let is_pattern = |it: &&Statement| matches!(it, Statement::Declaration(it) if it.keyword == Keyword::Pattern);
    let is_top = around.len() == 1;
    if !is_top && around.iter().any(is_pattern) {
        return;
    }
    let holder = around.iter().rev().nth(1).filter(|_| !is_top);
    let path = beside(desk.snapshot.workspace.sources.file(desk.at.file).path(), &name.text);
    let title = format!("Move `{}` to `{path}`", name.text);
    let is_taken = known.contains(&path) || desk.snapshot.workspace.sources.find(&path).is_some();
    let work = match place(desk, statement, holder.copied()) {
        _ if is_taken => Work::Impossible(format!("there is a file `{path}` already")),
        Some(_) => Work::Costly(Task::File),
        None => return,
    };
    found.push(Action { work, ..Action::new(title, Sort::Move, Changes::default()) });
}

/// The changes, if all keeps its meaning.
pub(super) fn work_out(desk: &Desk<'_>) -> Result<Changes, String> {
    const CHANGED: &str = "the text has changed in the meantime";
    let around = desk.around(desk.at);
    let (declaration, statement) = innermost(desk, &around).ok_or(CHANGED)?;
    let name = declaration.name.as_ref().ok_or(CHANGED)?;
    let holder = around.iter().rev().nth(1).copied();
    let (whole, holder) = place(desk, statement, holder).ok_or(CHANGED)?;
    let path = beside(desk.snapshot.workspace.sources.file(desk.at.file).path(), &name.text);
    let content = content(desk, whole, holder.as_deref());
    let edit = Edit { span: with_blank_line(desk.text(), whole), replacement: String::new() };
    verified_same(desk.snapshot, Changes { files: vec![(path, content)], ..Changes::of(vec![edit]) })
}

/// What goes: the lines of a statement with the comments that are about it; and the name of what it is a member of.
fn place(desk: &Desk<'_>, statement: &Statement, holder: Option<&Statement>) -> Option<(Span, Option<String>)> {
    let whole = extract::lines(desk, &[statement]).ok()?;
    match holder {
        None => Some((whole, None)),
        Some(Statement::Declaration(holder)) => Some((whole, Some(holder_path(desk, holder)?))),
        Some(_) => None,
    }
}

/// The declaration whose first line the selection lies in: one at the top of a file that is not alone there, or a member of
/// an architecture or a group that can be continued elsewhere.
fn innermost<'s>(desk: &Desk<'s>, around: &[&'s Statement]) -> Option<(&'s Declaration, &'s Statement)> {
    let statement = *around.last()?;
    let Statement::Declaration(declaration) = statement else { return None };
    let head = declaration.block.as_ref().map_or(declaration.span.end, |block| block.span.start);
    if desk.at.start < declaration.span.start || desk.at.end > head {
        return None;
    }
    let top = [
        Keyword::Architecture,
        Keyword::Pattern,
        Keyword::Kind,
        Keyword::View,
        Keyword::Rule,
        Keyword::Scenario,
        Keyword::Environment,
        Keyword::Decision,
    ];
    let is_alone = desk.snapshot.tree(desk.at.file).is_some_and(|tree| tree.statements.len() < 2);
    match around.len() {
        1 => (top.contains(&declaration.keyword) && !is_alone).then_some((declaration, statement)),
        // What a person would put into a file of its own is more than a line.
        _ => (declaration.keyword == Keyword::Group && declaration.block.is_some()).then_some((declaration, statement)),
    }
}

/// The text of the new file.
fn content(desk: &Desk<'_>, whole: Span, holder: Option<&str>) -> String {
    let text = desk.text();
    let written = text.get(whole.range()).unwrap_or_default();
    let Some(path) = holder else { return format!("{written}\n") };
    let indent = place::indent(text, whole.start as usize);
    let lines = written.lines().enumerate().map(|(number, line)| {
        let line = if number == 0 { line } else { line.strip_prefix(indent).unwrap_or(line) };
        if line.is_empty() { String::new() } else { format!("  {line}") }
    });
    format!("extend {path} {{\n{}\n}}\n", lines.collect::<Vec<_>>().join("\n"))
}

/// The name by which an architecture or a group is continued.
fn holder_path(desk: &Desk<'_>, holder: &Declaration) -> Option<String> {
    let (name, model) = (holder.name.as_ref()?, desk.snapshot.model());
    match holder.keyword {
        Keyword::Architecture | Keyword::Extend => Some(name.text.to_string()),
        Keyword::Group => desk.element(name.span).map(|group| model.full_path(group.id)),
        _ => None,
    }
}

/// A path in the folder of another one.
fn beside(path: &str, name: &str) -> String {
    let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    format!("{folder}{name}.arch")
}

/// The lines of a statement, and a blank line behind them, or before them if nothing follows.
fn with_blank_line(text: &str, span: Span) -> Span {
    let whole = edits::removal(text, span);
    let (start, end) = (whole.start as usize, whole.end as usize);
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    if after.starts_with('\n') {
        return Span::of(span.file, start..end + 1);
    }
    let is_last = after.trim().is_empty() || after.trim_start().starts_with('}');
    if is_last && before.ends_with("\n\n") { Span::of(span.file, start - 1..end) } else { whole }
}
