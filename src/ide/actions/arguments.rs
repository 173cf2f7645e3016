//! Arguments of a `use` that are missing, too many, or wrong.

use super::{Action, Changes, Desk, scenarios};
use crate::catalog::PropertySpec;
use crate::diagnostic::{Diagnostic, Edit};
use crate::edits;
use crate::ide::{Snapshot, examples};
use crate::model::{Element, Scope, is_of};
use crate::pattern::{Parameter, Pattern, Sort, Takes, positions};
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{Argument, Declaration, Keyword, Property, Statement, ValueKind};

/// How many elements are offered.
const MOST: usize = 3;

pub(super) fn offer(desk: &Desk<'_>, index: usize, finding: &Diagnostic, found: &mut Vec<Action>) {
    let at = finding.primary.span.written();
    let usage = desk.around(at).into_iter().rev().find_map(|statement| match statement {
        Statement::Declaration(it) if it.keyword == Keyword::Use => Some(&**it),
        _ => None,
    });
    let pattern = usage.and_then(|usage| desk.snapshot.library().find(&usage.name.as_ref()?.text));
    let Some((usage, pattern)) = usage.zip(pattern) else { return };
    let place = Place { desk, index, scope: scenarios::scope_of(desk, at), usage, pattern };
    if usage.name_span() == at {
        let mut missing = missing(usage, pattern);
        let missing = missing.find(|it| finding.message.contains(&format!("for `{}`", it.name.text)));
        if let Some(parameter) = missing {
            place.add(parameter, found);
        }
        return;
    }
    let is_at = |it: &Argument| it.value.span.contains(at) || it.name.as_ref().is_some_and(|name| name.span == at);
    let Some(number) = usage.arguments.iter().position(is_at) else { return };
    let given = positions(pattern, &usage.arguments);
    let parameter = |number| given.iter().find(|(argument, _)| *argument == number).map(|(_, parameter)| *parameter);
    let own = parameter(number);
    let is_second = own.is_some() && (0..number).any(|earlier| parameter(earlier) == own);
    match own.and_then(|own| pattern.parameters.get(own)).filter(|_| !is_second) {
        Some(parameter) => place.replace(parameter, number, found),
        None => place.remove(number, found),
    }
}

/// The parameters that have neither an argument nor a default.
fn missing<'p>(usage: &Declaration, pattern: &'p Pattern) -> impl Iterator<Item = &'p Parameter> {
    let given: Vec<usize> = positions(pattern, &usage.arguments).into_iter().map(|(_, parameter)| parameter).collect();
    let all = pattern.parameters.iter().enumerate();
    all.filter(move |(number, it)| it.default.is_none() && !given.contains(number)).map(|(_, it)| it)
}

/// A `use` that has a mistake.
struct Place<'d, 's> {
    desk: &'d Desk<'s>,
    index: usize,
    scope: Option<Scope>,
    usage: &'d Declaration,
    pattern: &'d Pattern,
}

impl Place<'_, '_> {
    /// Gives a parameter the argument that it needs.
    fn add(&self, parameter: &Parameter, found: &mut Vec<Action>) {
        let name = &parameter.name.text;
        let mut offer = |value: &str, waits: bool| {
            let Some(edit) = self.argument(&format!("{name} = {value}")) else { return };
            let changes = if waits { Changes::with_value(edit, value) } else { Changes::of(vec![edit]) };
            found.push(Action::mending(self.index, format!("Give `{name} = {value}`"), changes));
        };
        match &parameter.takes {
            Some(Takes::Value(ty)) => {
                let value = match self.property(&self.pattern.statements, name) {
                    Some(spec) if spec.ty == *ty => examples::of(spec),
                    _ => examples::of_type(ty, name),
                };
                offer(&value, true);
            }
            Some(Takes::Element(sort)) => self.elements(*sort, name).iter().for_each(|element| offer(element, false)),
            None => {}
        }
    }

    /// The first property of a service in a pattern that has the value of a parameter.
    fn property(&self, statements: &[Statement], parameter: &str) -> Option<&PropertySpec> {
        let catalog = &self.desk.snapshot.model().catalog;
        let services = statements.iter().filter_map(|statement| match statement {
            Statement::Declaration(it) => Some(&**it),
            _ => None,
        });
        services.into_iter().find_map(|service| {
            let is_given = |it: &&Property| {
                let value = it.value.as_ref().map(|value| &value.kind);
                matches!(value, Some(ValueKind::Path(name)) if name == parameter)
            };
            let properties = service.statements().iter().filter_map(|statement| match statement {
                Statement::Property(it) => Some(it),
                _ => None,
            });
            let own = properties.into_iter().find(is_given).and_then(|property| {
                let kind = catalog.find(&service.kind.as_ref()?.text)?;
                catalog.property(kind, &property.key.text)
            });
            own.or_else(|| self.property(service.statements(), parameter))
        })
    }

    /// Names an element of the right sort in place of another one.
    fn replace(&self, parameter: &Parameter, number: usize, found: &mut Vec<Action>) {
        let (Some(Takes::Element(sort)), Some(argument)) = (&parameter.takes, self.usage.arguments.get(number)) else {
            return;
        };
        let span = argument.value.span;
        let written = self.desk.text().get(span.range()).unwrap_or_default();
        for element in self.elements(*sort, written.trim_matches('"')).into_iter().filter(|it| it != written) {
            let title = format!("Replace `{written}` with `{element}`");
            let edit = Edit { span, replacement: element };
            found.push(Action::mending(self.index, title, Changes::of(vec![edit])));
        }
    }

    /// Takes an argument away that is for no parameter.
    fn remove(&self, number: usize, found: &mut Vec<Action>) {
        let Some(argument) = self.usage.arguments.get(number) else { return };
        let whole = argument.name.as_ref().map_or(argument.value.span, |name| name.span.to(argument.value.span));
        let text = self.desk.text();
        let span = if self.usage.arguments.len() == 1 {
            in_parentheses(text, whole).unwrap_or(whole)
        } else {
            edits::removal_of_item(text, whole)
        };
        let title = format!("Remove `{}`", text.get(whole.range()).unwrap_or_default());
        let edit = Edit { span, replacement: String::new() };
        found.push(Action::mending(self.index, title, Changes::of(vec![edit])));
    }

    /// What adds an argument behind those that there are.
    fn argument(&self, argument: &str) -> Option<Edit> {
        if let Some(last) = self.usage.arguments.last() {
            return Some(Edit { span: last.value.span.after(), replacement: format!(", {argument}") });
        }
        let name = self.usage.name.as_ref()?.span;
        let rest = self.desk.text().get(name.end as usize..)?;
        let empty = rest.find(')').map_or(0, |end| end + 1);
        let is_empty =
            rest.starts_with('(') && rest.get(1..empty.saturating_sub(1)).is_some_and(|it| it.trim().is_empty());
        let span =
            if is_empty { Span::of(name.file, name.end as usize..name.end as usize + empty) } else { name.after() };
        Some(Edit { span, replacement: format!("({argument})") })
    }

    /// The elements of a sort, as they are named at the `use`: those first whose names are like another one, and then those
    /// that are near.
    fn elements(&self, sort: Sort, like: &str) -> Vec<String> {
        let Some(scope) = self.scope else { return Vec::new() };
        let model = self.desk.snapshot.model();
        let is_written = |it: &&Element| it.span.file.instance() == 0 && it.architecture == scope.architecture;
        let fits = |it: &&Element| is_of(model, it, sort) && Some(it.id) != scope.group;
        let mut all: Vec<&Element> = model.elements.iter().filter(is_written).filter(fits).collect();
        let near = suggest::nearest(like, all.iter().map(|it| it.name.as_str())).unwrap_or(like).to_owned();
        let in_file = |it: &Element| it.span.file == self.desk.at.file;
        all.sort_by_key(|it| (it.name != near, it.group != scope.group, !in_file(it)));
        all.iter().take(MOST).map(|it| written(self.desk.snapshot, scope, it)).collect()
    }
}

/// The name of an element in a scope: bare while that means it, else its path.
pub(super) fn written(snapshot: &Snapshot, scope: Scope, element: &Element) -> String {
    scenarios::shortest(snapshot.model(), scope, element.id)
}

/// The place of something alone in parentheses, with them.
fn in_parentheses(text: &str, span: Span) -> Option<Span> {
    let before = text.get(..span.start as usize)?.trim_end().strip_suffix('(')?;
    let after = text.get(span.end as usize..)?;
    let rest = after.trim_start().trim_start_matches(',').trim_start().strip_prefix(')')?;
    Some(Span::of(span.file, before.len()..text.len() - rest.len()))
}
