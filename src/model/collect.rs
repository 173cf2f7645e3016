//! The first pass: what architectures and groups hold.

use smol_str::SmolStr;

use super::environment::PendingPart;
use super::head::{PendingHead, has_head};
use super::resolve::{PendingEdge, Resolver};
use super::{Element, ElementId, Owner, Problem, Scope, Settings, Variety};
use crate::catalog::KindId;
use crate::suggest;
use crate::syntax::ast::{self, Declaration, Keyword, Path, Statement};

impl<'f> Resolver<'f> {
    /// Collects the statements of an architecture's or a group's block.
    pub(super) fn body(&mut self, scope: Scope, statements: &'f [Statement]) {
        let place = if scope.group.is_some() { "a group" } else { "an architecture" };
        // An element without a block, as long as only properties follow: they may be meant for it.
        let mut headless = None;
        for statement in statements {
            if let Statement::Property(property) = statement {
                if !self.is_outside(property, headless, scope) {
                    self.container_setting(scope, statement);
                }
                continue;
            }
            headless = None;
            match statement {
                Statement::Declaration(declaration) => {
                    let next = ElementId::new(self.model.elements.len());
                    self.member(scope, declaration, place);
                    let is_element = declaration.block.is_none() && self.model.elements.len() > next.index();
                    headless = is_element.then_some(next);
                }
                Statement::Edge(edge) => {
                    self.suppressions(&edge.preamble, edge.span);
                    let declared = self.declare_carriers(scope, edge);
                    self.edges.push(PendingEdge { scope, edge, declared });
                }
                Statement::Section(_) => self.container_setting(scope, statement),
                other => self.misplaced(other, place),
            }
        }
    }

    fn member(&mut self, scope: Scope, declaration: &'f Declaration, place: &'static str) {
        match declaration.keyword {
            Keyword::Group => self.group(scope, declaration),
            Keyword::Service => self.element_of(scope, declaration, Variety::Service),
            Keyword::External => self.element_of(scope, declaration, Variety::External),
            Keyword::Person => self.element_of(scope, declaration, Variety::Person),
            // One that is left could not be expanded, which has its own finding.
            Keyword::Use => self.poisoned.extend(used_name(declaration).cloned()),
            Keyword::Environment if scope.group.is_none() => {
                self.environments.push(PendingPart { architecture: Some(scope.architecture), declaration });
            }
            keyword if has_head(keyword) && scope.group.is_none() => {
                self.pending_heads.push(PendingHead { architecture: Some(scope.architecture), declaration });
            }
            _ => self.misplaced_declaration(declaration, place),
        }
    }

    fn group(&mut self, scope: Scope, declaration: &'f Declaration) {
        self.suppressions(&declaration.preamble, declaration.span);
        let Some(name) = &declaration.name else { return };
        let kind = self.core.group;
        let id = self.add(scope, |id| new_element(id, scope, declaration, name, Variety::Group, kind));
        self.declare(scope, name, id, Keyword::Group.word());
        self.join(scope, id);
        let inside = Scope { architecture: scope.architecture, group: Some(id) };
        if let Some(instance) = &declaration.instance {
            self.instance(scope, id, name, instance);
            self.instance_settings(inside, &instance.settings);
        }
        self.body(inside, declaration.statements());
    }

    fn element_of(&mut self, scope: Scope, declaration: &'f Declaration, variety: Variety) {
        self.suppressions(&declaration.preamble, declaration.span);
        let Some(name) = &declaration.name else { return };
        let kind = match (&declaration.kind, variety) {
            (Some(path), _) => self.kind(path),
            (None, Variety::External) => self.core.external,
            (None, Variety::Person) => self.core.person,
            (None, _) => None,
        };
        let id = self.add(scope, |id| new_element(id, scope, declaration, name, variety, kind));
        if declaration.kind.is_none() && variety == Variety::Service {
            self.problem(Problem::MissingKind { element: id });
        }
        self.declare(scope, name, id, declaration.keyword.word());
        self.join(scope, id);
        let mut settings = Settings::default();
        for statement in declaration.statements() {
            match statement {
                Statement::Property(_) | Statement::Section(_) => self.setting(statement, kind, &mut settings),
                other => self.misplaced(other, place_of(variety)),
            }
        }
        if let Some(element) = self.model.elements.get_mut(id.index()) {
            element.settings = settings;
        }
    }

    /// Adds an element to the members of its architecture or group.
    fn join(&mut self, scope: Scope, id: ElementId) {
        let members = if let Some(group) = scope.group {
            self.model.elements.get_mut(group.index()).map(|group| &mut group.members)
        } else {
            let architecture = self.model.architectures.get_mut(scope.architecture.index());
            architecture.map(|architecture| &mut architecture.members)
        };
        if let Some(members) = members {
            members.push(id);
        }
    }

    /// Reports a property that the container does not know and the element before it does, which has no block.
    fn is_outside(&mut self, property: &ast::Property, before: Option<ElementId>, scope: Scope) -> bool {
        let container = if scope.group.is_some() { self.core.group } else { self.core.architecture };
        let knows = |kind: KindId| self.model.catalog.property(kind, &property.key.text).is_some();
        let (Some(element), false) = (before, container.is_some_and(knows)) else { return false };
        if !self.model.element(element).kind.is_some_and(knows) {
            return false;
        }
        let (name, span) = (property.key.text.clone(), property.key.span);
        self.problem(Problem::PropertyOutside { name, span, element });
        true
    }

    pub(super) fn container_setting(&mut self, scope: Scope, statement: &'f Statement) {
        let owner = scope.group.map_or(Owner::Architecture(scope.architecture), Owner::Element);
        let kind = if scope.group.is_some() { self.core.group } else { self.core.architecture };
        let mut settings = self.settings_of(owner).map(std::mem::take).unwrap_or_default();
        self.setting(statement, kind, &mut settings);
        if let Some(place) = self.settings_of(owner) {
            *place = settings;
        }
    }

    fn settings_of(&mut self, owner: Owner) -> Option<&mut Settings> {
        match owner {
            Owner::Architecture(id) => self.model.architectures.get_mut(id.index()).map(|it| &mut it.settings),
            Owner::Element(id) => self.model.elements.get_mut(id.index()).map(|it| &mut it.settings),
            Owner::Edge | Owner::Head(_) => None,
        }
    }

    /// The kind that a name means, or a problem. An empty path is a kind that the parser has reported missing.
    pub(super) fn kind(&mut self, path: &Path) -> Option<KindId> {
        let Some(kind) = self.model.catalog.find(&path.text) else {
            if path.text.is_empty() || self.poisoned.contains(&path.text) {
                return None;
            }
            let near = self.near_kind(path);
            self.problem(Problem::UnknownKind { name: path.text.clone(), span: path.span, near });
            return None;
        };
        if self.model.catalog.kind(kind).is_abstract {
            self.problem(Problem::AbstractKind { kind, span: path.span });
        }
        Some(kind)
    }

    pub(super) fn near_kind(&mut self, path: &Path) -> Option<String> {
        let kinds = self.may_suggest().then(|| self.model.catalog.kinds().map(|kind| kind.name.as_str()));
        suggest::nearest(&path.text, kinds.into_iter().flatten()).map(str::to_owned)
    }

    /// Declares the carriers that an edge names, so that the names can be used anywhere. Returns them in their order.
    fn declare_carriers(&mut self, scope: Scope, edge: &'f ast::Edge) -> Vec<ElementId> {
        let mut declared = Vec::new();
        for carrier in &edge.carriers {
            let Some(name) = &carrier.name else { continue };
            let kind = self.kind(&carrier.target);
            let title = (edge.carriers.len() == 1).then_some(edge.label.as_ref()).flatten();
            let id = self.add(scope, |id| Element {
                title: title.map(|title| title.value.clone()),
                kind_span: carrier.target.span,
                ..new_carrier(id, scope, name, carrier.span, kind)
            });
            self.declare(scope, name, id, Keyword::Service.word());
            declared.push(id);
        }
        declared
    }
}

/// A carrier whose kind is named at its own place.
pub(super) fn new_carrier(
    id: ElementId,
    scope: Scope,
    name: &Path,
    span: crate::source::Span,
    kind: Option<KindId>,
) -> Element {
    Element {
        id,
        name: name.text.clone(),
        name_span: name.span,
        span,
        title: None,
        variety: Variety::Carrier,
        kind,
        kind_span: name.span,
        architecture: scope.architecture,
        group: scope.group,
        doc: None,
        between: None,
        pattern: None,
        settings: Settings::default(),
        members: Vec::new(),
    }
}

fn new_element(
    id: ElementId,
    scope: Scope,
    declaration: &Declaration,
    name: &Path,
    variety: Variety,
    kind: Option<KindId>,
) -> Element {
    Element {
        title: declaration.title.as_ref().map(|title| title.value.clone()),
        variety,
        kind_span: declaration.kind.as_ref().map_or(name.span, |kind| kind.span),
        doc: declaration.preamble.doc.clone().or_else(|| {
            let instance = declaration.instance.as_ref()?;
            instance.preamble.doc.clone()
        }),
        pattern: declaration.instance.as_ref().map(|instance| instance.pattern.text.clone()),
        ..new_carrier(id, scope, name, declaration.span, kind)
    }
}

/// The name that a `use` declares.
pub(super) fn used_name(declaration: &Declaration) -> Option<&SmolStr> {
    declaration.alias.as_ref().or(declaration.name.as_ref()).map(|name| &name.text)
}

fn place_of(variety: Variety) -> &'static str {
    match variety {
        Variety::Service | Variety::Carrier => "a service",
        Variety::External => "an external system",
        Variety::Person => "a person",
        Variety::Group => "a group",
    }
}
