//! From trees with `use` to trees without: each becomes a group with a copy of the pattern's body.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::arguments::{self, Bound};
use super::instantiate::Copier;
use super::library::{Library, Pattern};
use super::{CYCLE, MAX_DEPTH, MAX_STATEMENTS, TOO_LARGE, UNKNOWN};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{Argument, Block, Declaration, Instance, Keyword, Path, Statement};

/// For how many unknown patterns a near one is looked for.
const MAX_SUGGESTIONS: usize = 100;

/// How deep an argument may be: about as deep as one that is written in one place. Patterns that hand on more than they are given make it deeper each time, and whoever reads a
/// value goes down into it.
const MAX_ARGUMENT_DEPTH: usize = 512;

/// Expands the files of one run.
pub(super) struct Expander<'l> {
    library: &'l Library,
    catalog: &'l Catalog,
    /// The patterns that are being expanded, each with the place where it is named.
    stack: Vec<(&'l Pattern, Span)>,
    /// The patterns that were expanded.
    pub(super) used: BTreeSet<SmolStr>,
    /// The patterns that an architecture follows.
    pub(super) followed: BTreeSet<SmolStr>,
    instances: u32,
    statements: usize,
    /// Whether the limit has been reached, and said so.
    is_full: bool,
    is_deep_reported: bool,
    cycles: BTreeSet<Vec<Span>>,
    suggestions: usize,
    /// The places and messages of all findings.
    reported: BTreeSet<(Span, String)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'l> Expander<'l> {
    pub(super) fn new(library: &'l Library, catalog: &'l Catalog) -> Expander<'l> {
        Expander {
            library,
            catalog,
            stack: Vec::new(),
            used: BTreeSet::new(),
            followed: BTreeSet::new(),
            instances: 0,
            statements: 0,
            is_full: false,
            is_deep_reported: false,
            cycles: BTreeSet::new(),
            suggestions: 0,
            reported: BTreeSet::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Expands what stands at the top of a file. A `use` cannot stand there itself.
    pub(super) fn file(&mut self, statements: &mut [Statement]) {
        for statement in statements {
            let Statement::Declaration(it) = statement else { continue };
            for name in &it.follows {
                match self.library.find(&name.text) {
                    Some(pattern) => drop(self.followed.insert(pattern.name.clone())),
                    None => self.unknown(name),
                }
            }
            self.inside(it);
        }
    }

    fn inside(&mut self, declaration: &mut Declaration) {
        let holds_elements = matches!(
            declaration.keyword,
            Keyword::Architecture | Keyword::Group | Keyword::Extend | Keyword::Rule | Keyword::Example
        );
        if let Some(block) = declaration.block.as_mut().filter(|_| holds_elements) {
            self.body(&mut block.statements);
        }
    }

    fn body(&mut self, statements: &mut [Statement]) {
        for statement in statements {
            let Statement::Declaration(it) = statement else { continue };
            if it.keyword == Keyword::Use { self.instantiate(it) } else { self.inside(it) }
        }
    }

    /// Makes a group of a `use`. What cannot be expanded stays, for its name to be known.
    fn instantiate(&mut self, declaration: &mut Declaration) {
        let Some(name) = declaration.name.clone() else { return };
        let Some(pattern) = self.library.find(&name.text) else { return self.unknown(&name) };
        if self.is_refused(pattern, &name, &declaration.arguments) {
            return;
        }
        self.instances += 1;
        let mut found = Vec::new();
        let bound = arguments::bind(pattern, declaration, self.catalog, &mut found);
        for finding in found {
            self.report(finding);
        }
        let mut group = group(self.instances, pattern, name.clone(), bound, declaration);
        self.stack.push((pattern, name.span));
        self.inside(&mut group);
        self.stack.pop();
        self.used.insert(pattern.name.clone());
        // Half of an instance is of use to nobody.
        if !(self.is_full && self.stack.is_empty()) {
            *declaration = group;
        }
    }

    fn unknown(&mut self, name: &Path) {
        if self.library.poisoned.contains(&name.text) {
            return;
        }
        self.suggestions += 1;
        let near = if self.suggestions <= MAX_SUGGESTIONS { self.library.near(&name.text) } else { None };
        let finding = Diagnostic::new(UNKNOWN, name.span, format!("there is no pattern `{}`", name.text));
        self.report(finding.did_you_mean(&name.text, name.span, near, || {
            format!("declare it: `pattern {}(…) {{ … }}`; `archc patterns` lists those that there are", name.text)
        }));
    }

    /// Whether a pattern is part of itself, or a limit is reached.
    fn is_refused(&mut self, pattern: &'l Pattern, name: &Path, arguments: &[Argument]) -> bool {
        if let Some(start) = self.stack.iter().position(|(it, _)| it.name == pattern.name) {
            self.cycle(start, name.span);
            return true;
        }
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("patterns use each other more than {MAX_DEPTH} levels deep");
            self.too_deep(name.span, message, "use some of them side by side, in one architecture");
            return true;
        }
        if arguments.iter().any(|argument| argument.value.depth() > MAX_ARGUMENT_DEPTH) {
            let message = format!("an argument is nested deeper than {MAX_ARGUMENT_DEPTH} levels");
            self.too_deep(name.span, message, "let fewer patterns add to it as they hand it on");
            return true;
        }
        if !self.is_full {
            // An argument that a pattern hands on twice in one expression multiplies as statements do.
            let arguments = arguments.iter().map(|argument| argument.value.size()).sum::<usize>();
            self.statements = self.statements.saturating_add(size(&pattern.statements)).saturating_add(arguments);
            self.is_full = self.statements > MAX_STATEMENTS;
            if self.is_full {
                let at = self.stack.first().map_or(name.span, |(_, at)| *at);
                let message = "instances of patterns make more than 500,000 statements and values together";
                let help = "this use and those after it are left out; use fewer of them, or patterns that do not multiply each other";
                self.report(Diagnostic::new(TOO_LARGE, at, message).help(help));
            }
        }
        self.is_full
    }

    /// Reports the first place where something is too deep: what is built upon it is so, too.
    fn too_deep(&mut self, at: Span, message: String, help: &str) {
        if !self.is_deep_reported {
            self.is_deep_reported = true;
            self.report(Diagnostic::new(TOO_LARGE, at, message).help(help));
        }
    }

    /// Reports patterns that use each other in a circle, once for each circle.
    fn cycle(&mut self, start: usize, closing: Span) {
        let circle = self.stack.get(start..).unwrap_or_default();
        let names = circle.iter().map(|(pattern, _)| pattern.name.as_str());
        let mut names: Vec<&str> = names.collect();
        let uses = circle.iter().skip(1).map(|(_, at)| *at).chain([closing]);
        let mut uses: Vec<Span> = uses.map(Span::written).collect();
        // It is the same circle wherever one enters it.
        let first = uses.iter().enumerate().min_by_key(|(_, at)| **at).map_or(0, |(index, _)| index);
        uses.rotate_left(first);
        names.rotate_left(first);
        if !self.cycles.insert(uses.clone()) {
            return;
        }
        names.extend(names.first().copied());
        let way = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" uses ");
        let Some((at, others)) = uses.split_first() else { return };
        let mut finding = Diagnostic::new(CYCLE, *at, format!("a pattern is part of itself: {way}"))
            .help("remove one of these uses; an instance without end can be drawn by nobody");
        for other in others {
            finding = finding.also(*other, "used here");
        }
        self.report(finding);
    }

    /// Takes in a finding about the text of a pattern once, however many instances have it.
    fn report(&mut self, mut finding: Diagnostic) {
        let all = std::iter::once(&mut finding.primary).chain(&mut finding.secondary);
        all.for_each(|label| label.span = label.span.written());
        if self.reported.insert((finding.primary.span, finding.message.clone())) {
            self.diagnostics.push(finding);
        }
    }
}

/// How many statements there are, those in blocks included.
fn size(statements: &[Statement]) -> usize {
    let inner = statements.iter().flat_map(Statement::blocks).map(|block| size(&block.statements));
    1 + statements.len() + inner.sum::<usize>()
}

/// The group that stands for the `use`.
fn group(number: u32, pattern: &Pattern, name: Path, bound: Bound, declaration: &Declaration) -> Declaration {
    let Bound { values, bindings } = bound;
    let copier = Copier { instance: number, values: &values };
    let mut statements = copier.statements(&pattern.statements);
    let settings = declaration.statements().to_vec();
    // What the `use` says holds before what the pattern says.
    let is_overridden = |statement: &Statement| {
        let Statement::Property(own) = statement else { return false };
        settings.iter().any(|it| matches!(it, Statement::Property(property) if property.key.text == own.key.text))
    };
    statements.retain(|statement| !is_overridden(statement));
    Declaration {
        preamble: declaration.preamble.clone(),
        name: declaration.alias.clone().or_else(|| Some(name.clone())),
        title: declaration.title.clone().or_else(|| pattern.title.as_ref().map(|title| copier.title(title))),
        block: Some(Block { statements, span: pattern.block_span.in_instance(number), closed: true }),
        instance: Some(Box::new(Instance {
            number,
            pattern: name,
            preamble: copier.preamble(&pattern.preamble),
            span: pattern.span.in_instance(number),
            settings,
            bindings,
        })),
        ..Declaration::new(Keyword::Group, declaration.span)
    }
}
