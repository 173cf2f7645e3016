//! From trees to a model: first all names are collected, then edges are drawn between them. Order never matters.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::collect::used_name;
use super::environment::PendingPart;
use super::head::{PendingHead, has_head};
use super::instance::PendingBinding;
use super::scope::Names;
use super::{
    Architecture, ArchitectureId, AttributeMistake, Element, ElementId, Lookup, Model, Overlay, Problem, Scope,
    Settings, Suppression,
};
use crate::catalog::{Catalog, KindId};
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{self, Argument, Declaration, Keyword, Path, Preamble, Statement, ValueKind};

/// For how many unresolved names a near one is looked for: each look compares with all names of an architecture, or with
/// all kinds.
const MAX_SUGGESTIONS: usize = 100;

/// How often `extend` blocks are gone through: groups that one adds may be extended by others. As deep as blocks nest.
const MAX_EXTENSION_ROUNDS: usize = 64;

/// Resolves the files of a workspace against a catalog, which already holds the kinds and wires that they declare, and
/// puts an overlay over what they say.
pub fn resolve<'f>(
    files: impl IntoIterator<Item = &'f ast::File>,
    catalog: Arc<Catalog>,
    overlay: &Overlay<'_>,
) -> Model {
    let mut resolver = Resolver::new(catalog);
    let mut architectures = Vec::new();
    for file in files {
        resolver.poisoned.extend(file.poisoned.iter().map(|path| path.text.clone()));
        for statement in &file.statements {
            resolver.top_level(statement, &mut architectures);
        }
    }
    resolver.architectures(architectures);
    resolver.extensions();
    resolver.bind();
    resolver.connect();
    resolver.declare_environments();
    resolver.apply(overlay);
    resolver.heads();
    resolver.require();
    resolver.finish()
}

/// The kinds that the language itself refers to; none if the catalog lacks them.
#[derive(Clone, Copy)]
pub(super) struct CoreKinds {
    pub(super) element: Option<KindId>,
    pub(super) architecture: Option<KindId>,
    pub(super) group: Option<KindId>,
    pub(super) external: Option<KindId>,
    pub(super) person: Option<KindId>,
    pub(super) environment: Option<KindId>,
    pub(super) edge: Option<KindId>,
}

/// A statement of edges, before names are looked up.
pub(super) struct PendingEdge<'f> {
    pub(super) scope: Scope,
    pub(super) edge: &'f ast::Edge,
    /// The carriers that it declares by name, in their order.
    pub(super) declared: Vec<ElementId>,
}

pub(super) struct Resolver<'f> {
    pub(super) model: Model,
    pub(super) names: Names,
    pub(super) core: CoreKinds,
    /// Names that a broken or unread declaration may have declared: nothing is said of what refers to them.
    pub(super) poisoned: HashSet<SmolStr>,
    /// Edges to be drawn when all names are known.
    pub(super) edges: Vec<PendingEdge<'f>>,
    /// Environments, which come when all else is there.
    pub(super) environments: Vec<PendingPart<'f>>,
    /// Parameters of patterns, to be looked up when all names are known.
    pub(super) bindings: Vec<PendingBinding<'f>>,
    /// Views, scenarios, rules and decisions.
    pub(super) pending_heads: Vec<PendingHead<'f>>,
    extensions: Vec<&'f Declaration>,
    suggestions: usize,
    /// What was probably meant by names that mean nothing, by where they stand.
    near_names: HashMap<(Scope, SmolStr), Option<String>>,
}

impl<'f> Resolver<'f> {
    fn new(catalog: Arc<Catalog>) -> Resolver<'f> {
        let core = CoreKinds {
            element: catalog.find("element"),
            architecture: catalog.find("architecture"),
            group: catalog.find("group"),
            external: catalog.find("external"),
            person: catalog.find("person"),
            environment: catalog.find("environment"),
            edge: catalog.find("edge"),
        };
        Resolver {
            model: Model { catalog, ..Model::default() },
            names: Names::default(),
            core,
            poisoned: HashSet::new(),
            edges: Vec::new(),
            environments: Vec::new(),
            bindings: Vec::new(),
            pending_heads: Vec::new(),
            extensions: Vec::new(),
            suggestions: 0,
            near_names: HashMap::new(),
        }
    }

    fn top_level(&mut self, statement: &'f Statement, architectures: &mut Vec<&'f Declaration>) {
        match statement {
            Statement::Declaration(it) => match it.keyword {
                Keyword::Architecture => architectures.push(it),
                Keyword::Extend => self.extensions.push(it),
                Keyword::Environment => {
                    self.environments.push(PendingPart { architecture: None, declaration: it });
                }
                keyword if has_head(keyword) => {
                    self.pending_heads.push(PendingHead { architecture: None, declaration: it });
                }
                Keyword::Kind => self.suppressions(&it.preamble, it.span),
                // Its instances are groups.
                Keyword::Pattern => {}
                _ => self.misplaced_declaration(it, "a file"),
            },
            Statement::Wire(wire) => self.suppressions(&wire.preamble, wire.span),
            other => self.misplaced(other, "a file"),
        }
    }

    /// Declares the architectures in the order of their names, so that ids do not depend on the files they stand in.
    fn architectures(&mut self, mut declarations: Vec<&'f Declaration>) {
        let name_of = |it: &Declaration| it.name.as_ref().map(|name| name.text.clone());
        declarations.sort_by_key(|declaration| name_of(declaration));
        let mut bodies = Vec::new();
        for declaration in declarations {
            let Some(name) = &declaration.name else { continue };
            let id = ArchitectureId::new(self.model.architectures.len());
            if let Some(earlier) = self.names.declare_architecture(&name.text, id) {
                let first = self.model.architecture(earlier).name_span;
                self.duplicate(name, Keyword::Architecture.word(), first);
                self.poison(declaration.statements());
                continue;
            }
            self.reject_dots(name);
            self.model.architectures.push(Architecture {
                id,
                name: name.text.clone(),
                name_span: name.span,
                title: declaration.title.as_ref().map(|title| title.value.clone()),
                doc: declaration.preamble.doc.clone(),
                follows: declaration.follows.clone(),
                settings: Settings::default(),
                members: Vec::new(),
                elements: Vec::new(),
                edges: Vec::new(),
                scale: Decimal::ONE,
            });
            bodies.push((id, declaration));
        }
        for (architecture, declaration) in bodies {
            self.suppressions(&declaration.preamble, declaration.span);
            self.body(Scope { architecture, group: None }, declaration.statements());
        }
    }

    /// Adds what `extend` blocks hold to what they extend.
    fn extensions(&mut self) {
        let mut waiting = std::mem::take(&mut self.extensions);
        // What one adds, another may extend, wherever the two stand.
        waiting.sort_by_key(|declaration| declaration.name.as_ref().map(|path| path.segments().count()));
        for _ in 0..MAX_EXTENSION_ROUNDS {
            let before = waiting.len();
            waiting.retain(|declaration| !self.extend(declaration));
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        for declaration in waiting {
            self.suppressions(&declaration.preamble, declaration.span);
            self.poison(declaration.statements());
            let Some(path) = &declaration.name else { continue };
            if let Lookup::Ambiguous(candidates) = self.names.look_up_from_outside(&path.text) {
                self.problem(Problem::AmbiguousName { path: path.text.clone(), span: path.span, candidates });
                continue;
            }
            let names = if self.may_suggest() { self.names.architectures() } else { Vec::new() };
            let near = suggest::nearest(&path.text, names).map(str::to_owned);
            self.unresolved(path, near);
        }
    }

    /// Adds what one block holds. Returns whether there is what it extends.
    fn extend(&mut self, declaration: &'f Declaration) -> bool {
        let Some(path) = &declaration.name else { return false };
        let scope = match self.names.look_up_from_outside(&path.text) {
            Lookup::Architecture(architecture) => Scope { architecture, group: None },
            Lookup::Element(id) => Scope { architecture: self.model.element(id).architecture, group: Some(id) },
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => return false,
        };
        self.suppressions(&declaration.preamble, declaration.span);
        self.body(scope, declaration.statements());
        true
    }

    fn finish(mut self) -> Model {
        let in_instances = self.model.elements.iter().filter(|element| element.span.file.instance() > 0);
        let places: HashMap<ElementId, Vec<Span>> =
            in_instances.map(|element| (element.id, self.place(element.span))).collect();
        let Model { architectures, elements, .. } = &mut self.model;
        let place = |id: ElementId| match places.get(&id) {
            Some(place) => place.as_slice(),
            None => elements.get(id.index()).map(|element| std::slice::from_ref(&element.span)).unwrap_or_default(),
        };
        for architecture in architectures {
            // Carriers are made last, and belong where they were written.
            architecture.elements.sort_by(|a, b| place(*a).cmp(place(*b)).then(a.cmp(b)));
        }
        self.model.names = self.names;
        self.model.lost = self.poisoned;
        self.model
    }

    /// Where something was written; before that, the uses of the patterns that it comes from, the outermost first.
    fn place(&self, span: Span) -> Vec<Span> {
        let mut place = vec![span];
        let mut at = span;
        while let Some(outside) = self.model.used_at(at) {
            place.push(outside);
            at = outside;
        }
        place.reverse();
        place
    }

    // ---- Declaring ----------------------------------------------------------------------------------------------------

    /// Adds an element under its name. It is added to the model even if its name is taken, so that what it holds is
    /// checked; edges then lead to the first of the name.
    pub(super) fn add(&mut self, scope: Scope, element: impl FnOnce(ElementId) -> Element) -> ElementId {
        let id = ElementId::new(self.model.elements.len());
        self.model.elements.push(element(id));
        if let Some(architecture) = self.model.architectures.get_mut(scope.architecture.index()) {
            architecture.elements.push(id);
        }
        id
    }

    pub(super) fn declare(&mut self, scope: Scope, name: &Path, id: ElementId, what: &'static str) {
        if let Some(earlier) = self.names.declare(scope, name, id) {
            let first = self.model.element(earlier).name_span;
            self.duplicate(name, what, first);
        }
        self.reject_dots(name);
    }

    pub(super) fn duplicate(&mut self, name: &Path, what: &'static str, first: Span) {
        self.problem(Problem::DuplicateName { name: name.text.clone(), what, first, second: name.span });
    }

    pub(super) fn reject_dots(&mut self, name: &Path) {
        if name.text.contains('.') {
            self.poisoned.insert(name.text.clone());
            self.problem(Problem::DottedName { name: name.text.clone(), span: name.span });
        }
    }

    // ---- Attributes ---------------------------------------------------------------------------------------------------

    pub(super) fn suppressions(&mut self, preamble: &Preamble, covers: Span) {
        let covers = preamble.doc.as_ref().map_or(covers, |doc| covers.to(doc.span));
        for attribute in &preamble.attributes {
            if attribute.name.text != "allow" {
                let mistake = AttributeMistake::Unknown(attribute.name.text.clone());
                self.problem(Problem::InvalidAttribute { span: attribute.name.span, mistake });
                continue;
            }
            let mut suppression = Suppression {
                code: SmolStr::default(),
                code_span: attribute.span,
                reason: None,
                until: None,
                span: attribute.span,
                scope: covers,
            };
            for argument in &attribute.arguments {
                self.allow_argument(argument, &mut suppression);
            }
            if suppression.code.is_empty() {
                self.problem(Problem::InvalidAttribute { span: attribute.span, mistake: AttributeMistake::NoCode });
            } else {
                self.model.suppressions.push(suppression);
            }
        }
    }

    fn allow_argument(&mut self, argument: &Argument, into: &mut Suppression) {
        let span = argument.value.span;
        let name = argument.name.as_ref().map(|name| name.text.as_str());
        match (name, &argument.value.kind) {
            (None, ValueKind::RuleCode(code) | ValueKind::Path(code)) => {
                into.code = code.clone();
                into.code_span = span;
            }
            // Some put the code in quotes. A reason is more than one word.
            (None, ValueKind::Text(code)) if into.code.is_empty() && !code.contains(char::is_whitespace) => {
                into.code = code.clone();
                into.code_span = span;
            }
            (None | Some("reason"), ValueKind::Text(reason)) => into.reason = Some(reason.clone()),
            (Some("until"), ValueKind::Date(date)) => match date.parse() {
                Ok(date) => into.until = Some(date),
                Err(_) => self.problem(Problem::InvalidAttribute { span, mistake: AttributeMistake::NoDate }),
            },
            (Some("until"), _) => self.problem(Problem::InvalidAttribute { span, mistake: AttributeMistake::NoDate }),
            _ => self.problem(Problem::InvalidAttribute { span, mistake: AttributeMistake::Argument }),
        }
    }

    // ---- Names that mean nothing --------------------------------------------------------------------------------------

    /// The element that a name means, or a problem.
    pub(super) fn element(&mut self, scope: Scope, path: &Path) -> Option<ElementId> {
        match self.names.look_up_at(scope, path) {
            Lookup::Element(id) => Some(id),
            Lookup::Architecture(_) => {
                let what = Keyword::Architecture.word();
                self.problem(Problem::WrongEnd { path: path.text.clone(), span: path.span, what });
                None
            }
            Lookup::Ambiguous(candidates) => {
                self.problem(Problem::AmbiguousName { path: path.text.clone(), span: path.span, candidates });
                None
            }
            Lookup::Absent => None,
            Lookup::Nothing => {
                let near = self.near_name(scope, path);
                self.unresolved(path, near);
                None
            }
        }
    }

    pub(super) fn unresolved(&mut self, path: &Path, near: Option<String>) {
        let poisoned = path.segments().any(|(segment, _)| self.poisoned.contains(segment));
        if poisoned || self.poisoned.contains(&path.text) {
            return;
        }
        let is_kind = self.model.catalog.find(&path.text).is_some();
        self.problem(Problem::UnresolvedName { path: path.text.clone(), span: path.span, near, is_kind });
    }

    pub(super) fn may_suggest(&mut self) -> bool {
        self.suggestions += 1;
        self.suggestions <= MAX_SUGGESTIONS
    }

    /// The name that was probably meant: one of the scope's, with what stands before the last dot kept if that resolves.
    pub(super) fn near_name(&mut self, scope: Scope, path: &Path) -> Option<String> {
        let key = (scope, path.text.clone());
        // A name that is changed where it is declared is missed wherever it is meant.
        if let Some(known) = self.near_names.get(&key) {
            return known.clone();
        }
        let near = if self.may_suggest() { self.find_near_name(scope, path) } else { None };
        self.near_names.insert(key, near.clone());
        near
    }

    fn find_near_name(&self, scope: Scope, path: &Path) -> Option<String> {
        let (prefix, last) =
            path.text.rsplit_once('.').map_or(("", path.text.as_str()), |(prefix, last)| (prefix, last));
        let within = |text: &str| Path { text: SmolStr::new(text), span: path.span };
        let architecture = match self.names.look_up_at(scope, &within(prefix)) {
            Lookup::Architecture(architecture) => architecture,
            Lookup::Element(id) => self.model.element(id).architecture,
            _ => scope.architecture,
        };
        let names = self.names.names_in(architecture);
        if prefix.is_empty() {
            let near = suggest::nearest(last, names.into_iter().chain(self.names.architectures()))?;
            // A name that several have is no help: one of them, by its path.
            return Some(match self.names.look_up_at(scope, &within(near)) {
                Lookup::Ambiguous(ids) => self.model.telling_paths(&ids).swap_remove(0),
                _ => near.to_owned(),
            });
        }
        let near = suggest::nearest(last, names.iter().copied());
        let qualified = near.map(|near| format!("{prefix}.{near}"));
        let resolves = |path: &String| matches!(self.names.look_up_at(scope, &within(path)), Lookup::Element(_));
        qualified.filter(resolves).or_else(|| names.into_iter().find(|name| *name == last).map(str::to_owned))
    }

    // ---- Statements that stand where they cannot ----------------------------------------------------------------------

    pub(super) fn misplaced_declaration(&mut self, declaration: &Declaration, place: &'static str) {
        self.poisoned.extend(used_name(declaration).cloned());
        self.poison(declaration.statements());
        let belongs = match declaration.keyword {
            Keyword::Architecture | Keyword::Kind | Keyword::Pattern | Keyword::Extend => "the top of a file",
            Keyword::Example => "a rule",
            _ => "an architecture",
        };
        let (what, span) = (declaration.keyword.word(), declaration.name_span());
        self.problem(Problem::Misplaced { what, place: place_of(span, place), belongs, span });
    }

    /// Notes the names that statements would declare which are not taken in.
    fn poison(&mut self, statements: &[Statement]) {
        for statement in statements {
            match statement {
                Statement::Declaration(declaration) => {
                    self.poisoned.extend(used_name(declaration).cloned());
                    self.poison(declaration.statements());
                }
                Statement::Edge(edge) => {
                    let names = edge.carriers.iter().filter_map(|carrier| carrier.name.as_ref());
                    self.poisoned.extend(names.map(|name| name.text.clone()));
                }
                _ => {}
            }
        }
    }

    pub(super) fn misplaced(&mut self, statement: &Statement, place: &'static str) {
        let (what, belongs) = match statement {
            Statement::Declaration(declaration) => return self.misplaced_declaration(declaration, place),
            Statement::Edge(_) => ("edge", "an architecture or a group"),
            Statement::Property(_) => ("property", "a declaration's block"),
            Statement::Section(_) => ("block", "a declaration"),
            Statement::PropertyDeclaration(_) => ("property declaration", "a kind"),
            Statement::Meter(_) => ("meter", "a kind"),
            Statement::Limit(_) => ("limit", "a kind"),
            Statement::Wire(_) => ("wire", "the top of a file"),
            Statement::Steps(_) => ("block of steps", "a scenario"),
            Statement::Note(_) => ("note", "a scenario"),
            Statement::Without(_) => ("`without`", "an environment"),
        };
        let span = statement.span();
        self.problem(Problem::Misplaced { what, place: place_of(span, place), belongs, span });
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        self.model.problems.push(problem);
    }
}

/// Where something stands, for who wrote it: what an instance of a pattern holds, stands in the pattern.
fn place_of(span: Span, place: &'static str) -> &'static str {
    if span.file.instance() > 0 && place == "a group" { "a pattern" } else { place }
}
