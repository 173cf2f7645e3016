//! The names that a pattern uses: each is its own, or a parameter. A pattern cannot reach out of itself.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::arguments::positions;
use super::library::{Library, Pattern};
use super::parameter::Parameter;
use super::{DUPLICATE, FREE_NAME};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{Declaration, Edge, Keyword, Path, Statement, ValueKind};

/// Reports the names of a pattern that are neither declared in it nor parameters.
pub(super) fn check(pattern: &Pattern, library: &Library, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) {
    let mut names = Names { library, catalog, known: BTreeMap::new(), free: BTreeMap::new() };
    names.declare(&pattern.statements);
    for parameter in pattern.parameters.iter().filter(|it| it.takes.is_none() || it.is_element()) {
        if let Some(second) = declared(&pattern.statements, &parameter.name.text) {
            let message = format!("the name `{}` is already taken", parameter.name.text);
            let finding = Diagnostic::new(DUPLICATE, second, message).label("this cannot be reached by its name");
            let finding = finding.also(parameter.name.span, "the parameter has it");
            diagnostics.push(finding.help("give one of them another name"));
        }
        names.known.insert(&parameter.name.text, parameter.name.span);
    }
    names.statements(&pattern.statements);
    let Names { known, free, .. } = names;
    diagnostics.extend(free.iter().map(|(name, spans)| finding(pattern, name, spans, &known)));
}

struct Names<'p> {
    library: &'p Library,
    catalog: &'p Catalog,
    /// What the pattern declares, at any depth, and where.
    known: BTreeMap<&'p str, Span>,
    /// What it does not, and where it is used.
    free: BTreeMap<&'p str, Vec<Span>>,
}

impl<'p> Names<'p> {
    fn declare(&mut self, statements: &'p [Statement]) {
        for statement in statements {
            match statement {
                Statement::Declaration(it) => {
                    let name = it.alias.as_ref().or(it.name.as_ref());
                    self.known.extend(name.map(|name| (name.text.as_str(), name.span)));
                    self.declare(it.statements());
                }
                Statement::Edge(it) => {
                    let named = it.carriers.iter().filter_map(|carrier| carrier.name.as_ref());
                    self.known.extend(named.map(|name| (name.text.as_str(), name.span)));
                }
                _ => {}
            }
        }
    }

    fn statements(&mut self, statements: &'p [Statement]) {
        for statement in statements {
            match statement {
                Statement::Declaration(it) if it.keyword == Keyword::Group => self.statements(it.statements()),
                Statement::Declaration(it) if it.keyword == Keyword::Use => self.arguments(it),
                Statement::Edge(it) => self.edge(it),
                _ => {}
            }
        }
    }

    fn edge(&mut self, edge: &'p Edge) {
        for path in edge.first.iter().chain(edge.steps.iter().flat_map(|step| &step.to)) {
            self.path(&path.text, path.span);
        }
        for carrier in edge.carriers.iter().filter(|carrier| carrier.name.is_none()) {
            // A dotted name that is unknown was meant to be a kind.
            let target = &carrier.target;
            if !target.text.contains('.') && self.catalog.find(&target.text).is_none() {
                self.path(&target.text, target.span);
            }
        }
    }

    /// The arguments that stand for elements.
    fn arguments(&mut self, declaration: &'p Declaration) {
        let Some(used) = declaration.name.as_ref().and_then(|name| self.library.find(&name.text)) else { return };
        for (argument, parameter) in positions(used, &declaration.arguments) {
            let is_element = used.parameters.get(parameter).is_some_and(Parameter::is_element);
            if let Some(value) = declaration.arguments.get(argument).map(|argument| &argument.value)
                && let ValueKind::Path(text) = &value.kind
                && is_element
            {
                self.path(text, value.span);
            }
        }
    }

    fn path(&mut self, text: &'p SmolStr, span: Span) {
        let (first, at) =
            Path { text: text.clone(), span }.segments().next().map_or((0, span), |(first, at)| (first.len(), at));
        let Some(first) = text.get(..first) else { return };
        if !self.known.contains_key(first) && !self.library.poisoned.contains(first) && !first.is_empty() {
            self.free.entry(first).or_default().push(at);
        }
    }
}

/// Where a name is declared by one of the statements themselves.
fn declared(statements: &[Statement], name: &str) -> Option<Span> {
    statements.iter().find_map(|statement| {
        let Statement::Declaration(it) = statement else { return None };
        it.alias.as_ref().or(it.name.as_ref()).filter(|it| it.text == name).map(|it| it.span)
    })
}

/// One name that is missing is one finding, however often it is used.
fn finding(pattern: &Pattern, name: &str, spans: &[Span], known: &BTreeMap<&str, Span>) -> Diagnostic {
    let first = spans.first().copied().unwrap_or(pattern.name_span);
    if let Some(value) = pattern.parameters.iter().find(|parameter| parameter.name.text == name) {
        return Diagnostic::new(FREE_NAME, first, format!("`{name}` stands for a value, not for an element"))
            .also(value.written.span, "its type is declared here")
            .help("give it a sort of element as its type, such as `service`, or name an element here");
    }
    let message = format!("the pattern `{}` has no `{name}`, and cannot reach out of itself", pattern.name);
    let near = suggest::nearest(name, known.keys().copied());
    let mut finding = Diagnostic::new(FREE_NAME, first, message).did_you_mean(name, first, near, || {
        format!("declare it in the pattern, or make it a parameter: `{name}: element`")
    });
    for again in spans.iter().skip(1).take(MOST) {
        finding = finding.also(*again, "and here");
    }
    if let Some((fix, near)) = finding.fix.as_mut().zip(near) {
        fix.edits.extend(spans.iter().skip(1).map(|span| Edit { span: *span, replacement: near.to_owned() }));
    }
    finding
}

/// How many further places of a name are shown.
const MOST: usize = 6;
