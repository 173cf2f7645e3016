//! The content of a pattern in place of a `use`.

use super::verify::verified_same;
use super::{Action, Changes, Desk, Sort, Task, Work, place};
use crate::diagnostic::Edit;
use crate::edits;
use crate::pattern::{Pattern, positions};
use crate::source::Span;
use crate::syntax::ast::{Block, Declaration, Keyword, Statement};

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let Some((_, pattern)) = usage(desk) else { return };
    let title = format!("Put the content of `{}` in its place", pattern.name);
    found.push(Action { work: Work::Costly(Task::Inline), ..Action::new(title, Sort::Inline, Changes::default()) });
}

/// The `use` whose first line the cursor is on, and its pattern.
fn usage<'s>(desk: &Desk<'s>) -> Option<(&'s Declaration, &'s Pattern)> {
    let Statement::Declaration(usage) = desk.around(desk.at).into_iter().next_back()? else { return None };
    let head = usage.block.as_ref().map_or(usage.span.end, |block| block.span.start);
    let is_use = usage.keyword == Keyword::Use && desk.at.start >= usage.span.start && desk.at.end <= head;
    let name = usage.name.as_ref().filter(|_| is_use)?;
    Some((usage, desk.snapshot.library().find(&name.text)?))
}

/// The changes, if all keeps its meaning.
pub(super) fn work_out(desk: &Desk<'_>) -> Result<Changes, String> {
    const CHANGED: &str = "the text has changed in the meantime";
    let (usage, pattern) = usage(desk).ok_or(CHANGED)?;
    let declared = declaration(desk, pattern).ok_or("the pattern cannot be read")?;
    let block = declared.block.as_ref().filter(|block| block.closed).ok_or("the pattern cannot be read")?;
    let (text, start) = (desk.text(), usage.span.start as usize);
    if !place::starts_line(text, start) {
        return Err("the `use` does not stand on a line of its own".to_owned());
    }
    let indent = place::indent(text, start);
    let mut lines: Vec<String> =
        usage.block.as_ref().map(|block| inner(text, block, &[])).transpose()?.unwrap_or_default();
    let edits = substitutions(desk, usage, pattern)?;
    lines.extend(inner(desk.snapshot.text(pattern.name_span.file), block, &edits)?);
    let name = usage.alias.as_ref().or(usage.name.as_ref()).ok_or(CHANGED)?;
    let written = |span: Span| desk.snapshot.workspace.sources.text(span);
    let title = usage.title.as_ref().or(declared.title.as_ref());
    let title = title.map(|title| format!(" {}", written(title.span))).unwrap_or_default();
    let lines: Vec<String> =
        lines.iter().map(|line| if line.is_empty() { String::new() } else { format!("{indent}  {line}") }).collect();
    let group = format!("group {}{title} {{\n{}\n{indent}}}", name.text, lines.join("\n"));
    // What the pattern says of itself, it has said of the instance, unless that speaks for itself.
    let doc = declared.preamble.doc.as_ref().filter(|_| usage.preamble.doc.is_none());
    let doc = doc.map(|doc| with_edits(written(doc.span), doc.span, &edits)).transpose()?.unwrap_or_default();
    let doc = doc.lines().map(str::trim);
    let own: Vec<&str> = declared.preamble.attributes.iter().map(|it| written(it.span)).collect();
    let head = |lines: &[&str]| lines.iter().flat_map(|line| [line, "\n", indent]).collect::<String>();
    let (doc, own) = (head(&doc.collect::<Vec<_>>()), head(&own));
    let first = usage.preamble.attributes.first().map(|it| it.span.before());
    let edits = match first {
        Some(first) if !doc.is_empty() => {
            vec![Edit { span: usage.span, replacement: own + &group }, Edit { span: first, replacement: doc }]
        }
        _ => vec![Edit { span: usage.span, replacement: doc + &own + &group }],
    };
    verified_same(desk.snapshot, Changes::of(edits))
}

/// The declaration of a pattern.
fn declaration<'s>(desk: &Desk<'s>, pattern: &Pattern) -> Option<&'s Declaration> {
    let tree = desk.snapshot.tree(pattern.name_span.file)?;
    tree.statements.iter().find_map(|statement| match statement {
        Statement::Declaration(it) if it.keyword == Keyword::Pattern && it.name_span() == pattern.name_span => {
            Some(&**it)
        }
        _ => None,
    })
}

/// What stands for the parameters in the content of a pattern.
fn substitutions(desk: &Desk<'_>, usage: &Declaration, pattern: &Pattern) -> Result<Vec<Edit>, String> {
    let names = desk.snapshot.names_for(pattern.name_span.file);
    let given = positions(pattern, &usage.arguments);
    let mut edits = Vec::new();
    for (number, parameter) in pattern.parameters.iter().enumerate() {
        let argument = given.iter().find(|(_, parameter)| *parameter == number);
        let argument = argument.and_then(|(argument, _)| usage.arguments.get(*argument)).map(|it| it.value.span);
        let value = argument.or(parameter.default.as_ref().map(|default| default.span));
        let value = value.ok_or_else(|| format!("`{}` has no argument", parameter.name.text))?;
        let Some(definition) = names.declared_at(parameter.name.span) else { continue };
        let value = desk.snapshot.workspace.sources.text(value);
        let used = names.occurrences(definition).iter().filter(|it| !it.is_declaration());
        edits.extend(used.map(|it| Edit { span: it.span, replacement: value.to_owned() }));
    }
    Ok(edits)
}

/// A part of a text, with those edits of the text that are inside of it.
fn with_edits(part: &str, place: Span, edits: &[Edit]) -> Result<String, String> {
    let start = place.start as usize;
    let moved = edits.iter().filter(|edit| place.contains(edit.span)).map(|edit| {
        let at = edit.span.range();
        Edit { span: Span::of(place.file, at.start - start..at.end - start), ..edit.clone() }
    });
    let moved: Vec<Edit> = moved.collect();
    edits::apply(part, &moved).ok_or_else(|| "its parts are in each other's way".to_owned())
}

/// The lines in a block, without the indent that they have in common.
fn inner(text: &str, block: &Block, edits: &[Edit]) -> Result<Vec<String>, String> {
    let range = block.span.start as usize + 1..(block.span.end as usize).saturating_sub(1);
    let content = with_edits(text.get(range.clone()).unwrap_or_default(), Span::of(block.span.file, range), edits)?;
    let depth = |line: &str| line.len() - line.trim_start().len();
    let is_blank = |line: &&str| line.trim().is_empty();
    // What follows the brace on its line has no indent.
    let rest = content.lines().skip(1).filter(|line| !is_blank(line));
    let common = rest.map(depth).min().unwrap_or_default();
    let lines = content.lines().enumerate().map(|(number, line)| {
        let line =
            if number == 0 { line.trim_start() } else { line.get(common.min(depth(line))..).unwrap_or_default() };
        line.trim_end().to_owned()
    });
    let lines: Vec<String> = lines.collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    Ok(lines.get(first..last).unwrap_or_default().to_vec())
}
