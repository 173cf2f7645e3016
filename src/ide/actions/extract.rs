//! A group of what is selected.

use super::verify::verified;
use super::{Action, Changes, Desk, Sort, Task, Work, place};
use crate::diagnostic::Edit;
use crate::ide::Role;
use crate::model::{Lookup, Scope};
use crate::source::Span;
use crate::syntax::ast::{Declaration, Keyword, Path, Statement};

/// What a new group is called, until somebody says better.
const NAME: &str = "zone";

pub(super) fn group(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let Some((_, selected)) = selection(desk) else { return };
    found.push(action(&selected, "a group", Task::Group));
}

/// The action that makes something of the statements, once it is chosen.
pub(super) fn action(selected: &[&Statement], of: &str, extraction: Task) -> Action {
    let title = match selected.iter().filter(|it| matches!(it, Statement::Declaration(_))).count() {
        1 => format!("Extract it into {of}"),
        number => format!("Extract {number} elements into {of}"),
    };
    Action { work: Work::Costly(extraction), ..Action::new(title, Sort::Extract, Changes::default()) }
}

/// The changes, if all keeps its meaning.
pub(super) fn work_out(desk: &Desk<'_>) -> Result<Changes, String> {
    let (holder, selected) = selection(desk).ok_or("the text has changed in the meantime")?;
    let name = place::free_name(desk.snapshot.model(), scope(desk, holder), NAME);
    verified(desk.snapshot, changes(desk, &selected, &name)?)
}

/// The statements that are selected as a whole, all of which can stand in a group; with what they stand in.
pub(super) fn selection<'s>(desk: &Desk<'s>) -> Option<(&'s Declaration, Vec<&'s Statement>)> {
    let at = desk.at;
    if at.start == at.end {
        return None;
    }
    let (holder, siblings) = desk.siblings();
    let holds = [Keyword::Architecture, Keyword::Group, Keyword::Extend];
    let holder = holder.filter(|holder| holds.contains(&holder.keyword))?;
    let touched = siblings.iter().filter(|it| {
        let span = it.span();
        span.start < at.end && at.start < span.end
    });
    let touched: Vec<&Statement> = touched.collect();
    let is_whole = |it: &&Statement| at.start <= it.span().start && it.span().end <= at.end;
    let elements = [Keyword::Service, Keyword::External, Keyword::Person, Keyword::Group, Keyword::Use];
    let can_move = |it: &&Statement| match it {
        Statement::Declaration(it) => elements.contains(&it.keyword),
        Statement::Edge(_) => true,
        _ => false,
    };
    let has_element = touched.iter().any(|it| matches!(it, Statement::Declaration(_)));
    (has_element && touched.iter().all(|it| is_whole(it) && can_move(it))).then_some((holder, touched))
}

/// What can be named where the selected statements stand.
pub(super) fn scope(desk: &Desk<'_>, holder: &Declaration) -> Option<Scope> {
    let model = desk.snapshot.model();
    let path = holder.name.as_ref()?;
    let own = desk.element(path.span).map(|it| Scope { architecture: it.architecture, group: Some(it.id) });
    own.or_else(|| match model.look_up(None, &Path { text: path.text.clone(), span: path.span }) {
        Lookup::Architecture(architecture) => Some(Scope { architecture, group: None }),
        Lookup::Element(id) => Some(Scope { architecture: model.element(id).architecture, group: Some(id) }),
        _ => None,
    })
}

/// The group around the statements, and its name in all paths that lead to them.
fn changes(desk: &Desk<'_>, selected: &[&Statement], name: &str) -> Result<Changes, String> {
    let whole = lines(desk, selected)?;
    let indent = place::indent(desk.text(), whole.start as usize);
    let inner = adapted(desk, selected, whole, name)?;
    let lines: Vec<String> = inner.0.lines().enumerate().map(|(number, line)| indented(number, line)).collect();
    let replacement = format!("group {name} {{\n{indent}  {}\n{indent}}}", lines.join("\n"));
    let mut edits = vec![Edit { span: whole, replacement }];
    // Where paths lead through the group, its name stands in several places.
    let is_named_once = inner.1.is_empty() && !inner.0.contains(&format!("{name}."));
    edits.extend(inner.1);
    let place = "group ".len().."group ".len() + name.len();
    let placeholder = Some(place.clone()).filter(|_| is_named_once);
    Ok(Changes { placeholder, name: Some(place), ..Changes::of(edits) })
}

/// The lines that the statements stand on, from the first one's documentation to a comment behind the last one.
pub(super) fn lines(desk: &Desk<'_>, selected: &[&Statement]) -> Result<Span, String> {
    let text = desk.text();
    let (Some(first), Some(last)) = (selected.first(), selected.last()) else { return Err(String::new()) };
    let whole = place::extent(first).to(last.span());
    let (start, end) = (with_comments(text, whole.start as usize), whole.end as usize);
    let rest = text.get(end..).unwrap_or_default();
    let rest = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
    // A comment behind the last line moves with it.
    let end = if rest.trim_start().starts_with("//") { end + rest.trim_end().len() } else { end };
    if !place::starts_line(text, start) || rest.trim_start().starts_with(['}', ',']) {
        return Err("what is selected does not stand on lines of its own".to_owned());
    }
    Ok(Span::of(whole.file, start..end))
}

/// The start of the comments on the lines right above an offset, which are about what follows.
pub(super) fn with_comments(text: &str, start: usize) -> usize {
    let mut first = start;
    loop {
        let before = text.get(..first).unwrap_or_default().trim_end_matches([' ', '\t']);
        let Some(above) = before.strip_suffix('\n') else { return first };
        let line_start = above.rfind('\n').map_or(0, |at| at + 1);
        let line = above.get(line_start..).unwrap_or_default();
        if !line.trim_start().starts_with("//") || line.trim_start().starts_with("//!") {
            return first;
        }
        first = line_start + line.len() - line.trim_start().len();
    }
}

/// A line, one level deeper. The first one stands where the group did.
fn indented(number: usize, line: &str) -> String {
    if line.trim().is_empty() || number == 0 { line.to_owned() } else { format!("  {line}") }
}

/// The text of the statements, and the edits elsewhere, with the group's name in all paths that lead to an element of it.
fn adapted(desk: &Desk<'_>, selected: &[&Statement], whole: Span, name: &str) -> Result<(String, Vec<Edit>), String> {
    let names = desk.snapshot.names();
    let declared = selected.iter().filter_map(|statement| match statement {
        Statement::Declaration(it) => Some(it.alias.as_ref().or(it.name.as_ref())?.span),
        _ => None,
    });
    let mut edits = Vec::new();
    for definition in declared.filter_map(|span| names.declared_at(span)) {
        for occurrence in names.occurrences(definition) {
            let is_in_path = |span: Span| {
                let before = desk.snapshot.text(span.file).get(..span.start as usize).unwrap_or_default();
                before.ends_with('.')
            };
            match occurrence.role {
                Role::Ambiguous => return Err("a name that may mean one of them may mean another one, too".to_owned()),
                Role::Change | Role::Reference if is_in_path(occurrence.span) => {
                    edits.push(Edit { span: occurrence.span.before(), replacement: format!("{name}.") });
                }
                Role::Declaration | Role::Implied | Role::Change | Role::Reference => {}
            }
        }
    }
    let is_inside = |edit: &Edit| whole.contains(edit.span);
    let (inside, outside): (Vec<Edit>, Vec<Edit>) = edits.into_iter().partition(is_inside);
    Ok((rewritten(desk, whole, inside)?, outside))
}

/// A part of the text, with edits in it.
pub(super) fn rewritten(desk: &Desk<'_>, whole: Span, edits: Vec<Edit>) -> Result<String, String> {
    let text = desk.text().get(whole.range()).unwrap_or_default();
    let moved = edits.into_iter().map(|edit| {
        let range = edit.span.range();
        let start = whole.start as usize;
        Edit { span: Span::of(whole.file, range.start - start..range.end - start), ..edit }
    });
    let moved: Vec<Edit> = moved.collect();
    crate::edits::apply(text, &moved).ok_or_else(|| "its parts are in each other's way".to_owned())
}
