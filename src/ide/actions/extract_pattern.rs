//! A pattern of what is selected, and its first use.
//!
//! A pattern cannot reach out of itself: what the statements name outside of them becomes a parameter. Whoever names
//! something inside of them goes through the instance.

use std::collections::BTreeSet;

use super::verify::verified_in;
use super::{Action, Changes, Desk, Task, extract, place};
use crate::catalog::TYPE_NAMES;
use crate::diagnostic::Edit;
use crate::ide::{Meaning, Names, Occurrence, Role};
use crate::model::{Element, ElementId, Lookup, Model, Scope, Variety};
use crate::source::Span;
use crate::syntax::ast::{Keyword, Path, Statement};

/// What a new pattern and its instance are called, until somebody says better.
const NAME: &str = "part";

pub(super) fn offer(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let Some((_, selected)) = extract::selection(desk) else { return };
    if outermost(desk).is_some() {
        found.push(extract::action(&selected, "a pattern", Task::Pattern));
    }
}

/// The changes, if all keeps its meaning.
pub(super) fn work_out(desk: &Desk<'_>) -> Result<Changes, String> {
    const CHANGED: &str = "the text has changed in the meantime";
    let (holder, selected) = extract::selection(desk).ok_or(CHANGED)?;
    let scope = extract::scope(desk, holder).ok_or("nobody knows what the names around it mean")?;
    let end = end_of_line(desk, outermost(desk).ok_or(CHANGED)?)?;
    let model = desk.snapshot.model();
    let instance = place::free_name(model, Some(scope), NAME);
    let pattern = free_pattern(desk);
    let whole = extract::lines(desk, &selected)?;
    let part = Part { desk, scope, whole };
    let (content, parameters) = part.content()?;

    let arguments: Vec<String> = parameters.iter().map(|it| format!("{} = {}", it.name, it.argument)).collect();
    let declared: Vec<String> = parameters.iter().map(|it| format!("{}: {}", it.name, it.sort)).collect();
    let [arguments, declared] = [arguments, declared].map(|items| in_parentheses(&items));
    let usage = Edit { span: whole, replacement: format!("use {pattern}{arguments} as {instance}") };
    let name = "use ".len().."use ".len() + pattern.len();
    let pattern = Edit { span: end, replacement: format!("\n\npattern {pattern}{declared} {{\n{content}\n}}") };
    let mut edits = vec![usage, pattern];
    edits.extend(part.mentions_outside(&instance)?);
    let holder = scope
        .group
        .map_or_else(|| model.architecture(scope.architecture).name.to_string(), |group| model.full_path(group));
    let changes = Changes { name: Some(name), ..Changes::of(edits) };
    verified_in(desk.snapshot, changes, &format!("{holder}.{instance}"))
}

fn in_parentheses(items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("({})", items.join(", ")) }
}

/// What stands at the top of the file around the selection, if it is no pattern itself: that has parameters of its own.
fn outermost<'s>(desk: &Desk<'s>) -> Option<&'s Statement> {
    let outermost = desk.around(desk.at).into_iter().next()?;
    let holds = [Keyword::Architecture, Keyword::Extend];
    matches!(outermost, Statement::Declaration(it) if holds.contains(&it.keyword)).then_some(outermost)
}

/// The end of the line on which a statement ends.
fn end_of_line(desk: &Desk<'_>, statement: &Statement) -> Result<Span, String> {
    let (text, end) = (desk.text(), statement.span().end as usize);
    let line_end = place::line_end(text, end);
    let rest = text.get(end..line_end).unwrap_or_default().trim_start();
    if !rest.is_empty() && !rest.starts_with("//") {
        return Err("there is no line of its own for a pattern behind what is around".to_owned());
    }
    Ok(Span::of(desk.at.file, line_end..line_end))
}

fn free_pattern(desk: &Desk<'_>) -> String {
    let library = desk.snapshot.library();
    let numbered = (2..).map(|number| format!("{NAME}{number}"));
    std::iter::once(NAME.to_owned()).chain(numbered).find(|name| library.find(name).is_none()).unwrap_or_default()
}

/// A parameter of the new pattern.
struct Parameter<'s> {
    name: String,
    /// What it asks for.
    sort: &'s str,
    /// The element that it stands for, and how that is called where the instance stands.
    element: ElementId,
    argument: &'s str,
}

/// What is selected.
struct Part<'d, 's> {
    desk: &'d Desk<'s>,
    /// Where it stands.
    scope: Scope,
    whole: Span,
}

impl<'s> Part<'_, 's> {
    fn names(&self) -> &'s Names {
        self.desk.snapshot.names()
    }

    fn model(&self) -> &'s Model {
        self.desk.snapshot.model()
    }

    /// Whether a name is declared in it.
    fn declares(&self, occurrence: &Occurrence) -> bool {
        self.whole.contains(self.names().definition(occurrence.definition).span)
    }

    /// The content of the pattern, and its parameters.
    fn content(&self) -> Result<(String, Vec<Parameter<'s>>), String> {
        let mut edits = Vec::new();
        let mut parameters: Vec<Parameter<'s>> = Vec::new();
        for path in self.paths()? {
            let (Some(first), Some(last)) = (path.first(), path.last()) else { continue };
            match path.iter().find(|it| self.declares(it)) {
                // A path that comes from outside begins inside now.
                Some(own) if own.span != first.span => {
                    let span = Span::of(first.span.file, first.span.start as usize..own.span.start as usize);
                    edits.push(Edit { span, replacement: String::new() });
                }
                Some(_) => {}
                None => {
                    let span = first.span.to(last.span);
                    let name = self.parameter(&mut parameters, span, last)?;
                    edits.push(Edit { span, replacement: name });
                }
            }
        }
        let text = extract::rewritten(self.desk, self.whole, edits)?;
        let indent = place::indent(self.desk.text(), self.whole.start as usize);
        let lines = text.lines().map(|line| match line.strip_prefix(indent).unwrap_or(line) {
            line if line.trim().is_empty() => String::new(),
            line => format!("  {line}"),
        });
        Ok((lines.collect::<Vec<_>>().join("\n"), parameters))
    }

    /// The paths in it that lead to elements, each as the names that it is made of.
    fn paths(&self) -> Result<Vec<Vec<Occurrence>>, String> {
        let text = self.desk.text();
        let mut paths: Vec<Vec<Occurrence>> = Vec::new();
        for occurrence in self.names().in_file(self.whole.file).iter().filter(|it| self.whole.contains(it.span)) {
            let meaning = self.names().definition(occurrence.definition).meaning;
            if !matches!(meaning, Meaning::Element(_) | Meaning::Architecture(_)) || occurrence.is_declaration() {
                continue;
            }
            if occurrence.role == Role::Ambiguous {
                return Err("a name in it may mean several elements".to_owned());
            }
            let follows = |path: &&mut Vec<Occurrence>| {
                let end = path.last().map_or(0, |last| last.span.end as usize);
                text.get(end..occurrence.span.start as usize) == Some(".")
            };
            match paths.last_mut().filter(follows) {
                Some(path) => path.push(*occurrence),
                None => paths.push(vec![*occurrence]),
            }
        }
        Ok(paths)
    }

    /// The name of the parameter for the element that a path from inside leads to.
    fn parameter(&self, known: &mut Vec<Parameter<'s>>, at: Span, last: &Occurrence) -> Result<String, String> {
        let text = self.desk.text().get(at.range()).unwrap_or_default();
        let found = self.model().look_up(Some(self.scope), &Path { text: text.into(), span: at });
        // What it means inside and what it means where the instance stands is the same as a rule.
        let Lookup::Element(id) = found else {
            return Err(format!("`{text}` is no element where the pattern would be used"));
        };
        let element = self.model().element(id);
        if element.name_span.written() != self.names().definition(last.definition).span {
            return Err(format!("`{text}` means something else where the pattern would be used"));
        }
        if let Some(parameter) = known.iter().find(|it| it.element == id) {
            return Ok(parameter.name.clone());
        }
        let name = self.free_parameter(known, &element.name);
        known.push(Parameter { name: name.clone(), sort: sort(self.model(), element), element: id, argument: text });
        Ok(name)
    }

    /// A name like `base` that nothing inside has.
    fn free_parameter(&self, known: &[Parameter<'_>], base: &str) -> String {
        let occurrences = self.names().in_file(self.whole.file).iter();
        let declared = occurrences.filter(|it| self.whole.contains(it.span) && it.is_declaration());
        let own = declared.map(|it| self.names().definition(it.definition).name.as_str());
        let taken: BTreeSet<&str> = own.chain(known.iter().map(|it| it.name.as_str())).collect();
        let numbered = (2..).map(|number| format!("{base}{number}"));
        std::iter::once(base.to_owned()).chain(numbered).find(|it| !taken.contains(it.as_str())).unwrap_or_default()
    }

    /// What leads the names elsewhere through the instance.
    fn mentions_outside(&self, instance: &str) -> Result<Vec<Edit>, String> {
        let (names, model) = (self.names(), self.model());
        let holder = self.scope.group.map(|group| format!("{}.", model.path(group))).unwrap_or_default();
        let mut edits = Vec::new();
        for (id, definition) in names.definitions() {
            let Meaning::Element(element) = definition.meaning else { continue };
            if !self.whole.contains(definition.span) {
                continue;
            }
            let path = model.path(element);
            let inner = path.strip_prefix(&holder).and_then(|path| path.strip_suffix(definition.name.as_str()));
            let Some(inner) = inner else { continue };
            for occurrence in names.occurrences(id) {
                if self.whole.contains(occurrence.span) || occurrence.is_declaration() {
                    continue;
                }
                if occurrence.role == Role::Ambiguous {
                    return Err("a name that may mean one of them may mean another one, too".to_owned());
                }
                if !self.follows_own(occurrence.span) {
                    let replacement = format!("{instance}.{inner}");
                    edits.push(Edit { span: occurrence.span.before(), replacement });
                }
            }
        }
        Ok(edits)
    }

    /// Whether a name stands behind one of what is selected, in one path.
    fn follows_own(&self, span: Span) -> bool {
        let start = span.start as usize;
        let before = self.desk.snapshot.text(span.file).get(..start).unwrap_or_default();
        let Some(before) = before.strip_suffix('.') else { return false };
        self.names().at(span.file, before.len()).is_some_and(|it| self.declares(&it))
    }
}

/// What a parameter asks for that stands for an element: as much as the edges need to be checked in the pattern itself.
fn sort<'s>(model: &'s Model, element: &Element) -> &'s str {
    let kind = element.kind.map(|kind| model.catalog.kind(kind).name.as_str());
    match element.variety {
        Variety::External => "external",
        Variety::Person => "person",
        Variety::Group => "group",
        // A kind that is called like a type of values cannot be asked for.
        Variety::Service | Variety::Carrier => kind.filter(|kind| !TYPE_NAMES.contains(kind)).unwrap_or("service"),
    }
}
