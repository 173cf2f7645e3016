//! What stands in architectures and groups: elements, edges and their properties.

use super::Role;
use super::bind::{Binder, is_value};
use super::home::Here;
use crate::catalog::{KindId, PropertyType};
use crate::docs::{self, Target};
use crate::model::Lookup;
use crate::select::{self, Mention};
use crate::syntax::ast::{self, Declaration, Doc, Edge, Keyword, Path, Property, Statement, Value, ValueKind};

/// A carrier of an edge.
struct Carrier<'b> {
    name: Option<&'b str>,
    kind: Option<KindId>,
    /// Whether the edge declares it, and not somebody else.
    is_declared: bool,
}

impl<'b> Binder<'b> {
    pub(super) fn body(&mut self, here: Here<'b>, statements: &'b [Statement]) {
        let container = match here.scope {
            Some(scope) if scope.group.is_none() => "architecture",
            _ => "group",
        };
        let kind = self.catalog().find(container);
        for statement in statements {
            self.attributes(statement.preamble());
            match statement {
                Statement::Declaration(it) => self.member(here, it),
                Statement::Edge(it) => self.edge(here, it),
                Statement::Property(it) => self.setting(here, it, kind),
                _ => {}
            }
        }
    }

    fn member(&mut self, here: Here<'b>, it: &'b Declaration) {
        match it.keyword {
            Keyword::Group => self.group(here, it),
            Keyword::Service | Keyword::External | Keyword::Person => self.element(here, it),
            Keyword::Use => self.usage(here, it),
            Keyword::Environment => self.environment(here, it),
            Keyword::View | Keyword::Scenario | Keyword::Rule | Keyword::Decision => self.head(here, it),
            _ => {}
        }
    }

    fn group(&mut self, here: Here<'b>, it: &'b Declaration) {
        let id = it.name.as_ref().and_then(|name| self.declare_element(here, name, Role::Declaration));
        let inside = Here { is_blind: here.is_blind || id.is_none(), ..here.inside(id) };
        self.doc(inside, it.preamble.doc.as_ref());
        self.body(inside, it.statements());
    }

    fn element(&mut self, here: Here<'b>, it: &'b Declaration) {
        if let Some(name) = &it.name {
            self.declare_element(here, name, Role::Declaration);
        }
        let kind = match &it.kind {
            Some(kind) => self.kind(kind),
            None => self.catalog().find(it.keyword.word()),
        };
        self.doc(here, it.preamble.doc.as_ref());
        self.settings(here, it.statements(), kind);
    }

    // ---- Edges --------------------------------------------------------------------------------------------------------

    fn edge(&mut self, here: Here<'b>, it: &'b Edge) {
        self.paths(here, &it.first);
        it.steps.iter().for_each(|step| self.paths(here, &step.to));
        let carriers: Vec<Carrier<'b>> = it.carriers.iter().map(|carrier| self.carrier(here, carrier)).collect();
        self.doc(here, it.preamble.doc.as_ref());
        for statement in it.statements() {
            if let Statement::Property(property) = statement {
                self.edge_setting(here, property, &carriers);
            }
        }
    }

    fn carrier(&mut self, here: Here<'b>, it: &'b ast::Carrier) -> Carrier<'b> {
        if let Some(name) = &it.name {
            self.declare_element(here, name, Role::Declaration);
            return Carrier { name: Some(&name.text), kind: self.kind(&it.target), is_declared: true };
        }
        let path = Path { span: it.target.span.in_instance(here.instance), ..it.target.clone() };
        let lookup = if here.is_blind { Lookup::Nothing } else { here.home.model.look_up(here.scope, &path) };
        let is_kind = matches!(lookup, Lookup::Nothing | Lookup::Architecture(_));
        if is_kind && self.catalog().find(&path.text).is_some() {
            return Carrier { name: None, kind: self.kind(&it.target), is_declared: true };
        }
        self.path(here, &it.target, Role::Reference);
        let kind = match lookup {
            Lookup::Element(id) => here.home.model.element(id).kind,
            _ => None,
        };
        Carrier { name: Some(&it.target.text), kind, is_declared: false }
    }

    /// A property belongs to the one carrier whose own kind declares it; one that all elements have, to all carriers; the
    /// rest to the edge.
    fn edge_setting(&mut self, here: Here<'b>, property: &'b Property, carriers: &[Carrier<'b>]) {
        let (element, edge) = (self.catalog().find("element"), self.catalog().find("edge"));
        if let Some((owner, key)) = property.key.text.rsplit_once('.') {
            let (at, end) = (owner.len(), property.key.text.len());
            let kind = carriers.iter().find(|it| it.name == Some(owner)).and_then(|it| it.kind);
            let owner = Path { text: owner.into(), span: property.key.span.slice(0, at) };
            let key = Path { text: key.into(), span: property.key.span.slice(at + 1, end) };
            self.path(here, &owner, Role::Reference);
            self.property(kind, &key, Role::Reference);
            return self.value(here, property.value.as_ref(), self.type_of(kind, &key.text));
        }
        let catalog = self.catalog();
        let declared: Vec<KindId> = carriers.iter().filter(|it| it.is_declared).filter_map(|it| it.kind).collect();
        let takes = |kind: &KindId| {
            let own = catalog.ancestry(*kind).filter(|kind| Some(kind.id) != element);
            own.flat_map(|kind| &kind.properties).any(|it| it.name == property.key.text)
        };
        let knows = |kind: Option<KindId>| kind.filter(|kind| catalog.property(*kind, &property.key.text).is_some());
        let own = declared.iter().copied().find(takes);
        let common = knows(element).filter(|_| !declared.is_empty());
        self.setting(here, property, own.or(common).or(edge));
    }

    // ---- Properties ---------------------------------------------------------------------------------------------------

    pub(super) fn settings(&mut self, here: Here<'b>, statements: &'b [Statement], kind: Option<KindId>) {
        for statement in statements {
            if let Statement::Property(property) = statement {
                self.setting(here, property, kind);
            }
        }
    }

    pub(super) fn setting(&mut self, here: Here<'b>, property: &'b Property, kind: Option<KindId>) {
        self.property(kind, &property.key, Role::Reference);
        self.value(here, property.value.as_ref(), self.type_of(kind, &property.key.text));
    }

    pub(super) fn type_of(&self, kind: Option<KindId>, property: &str) -> Option<&'b PropertyType> {
        self.catalog().property(kind?, property).map(|spec| &spec.ty)
    }

    /// Takes in the names in the value of a property: parameters wherever they stand, and elements where the type asks for
    /// them.
    pub(super) fn value(&mut self, here: Here<'b>, value: Option<&'b Value>, ty: Option<&PropertyType>) {
        let Some(value) = value else { return };
        if here.parameters.iter().any(is_value) {
            self.parameters_in(here, value);
        }
        match ty {
            Some(PropertyType::Selector) => self.selector(here, value),
            Some(PropertyType::Element) => self.elements_in(here, value),
            Some(PropertyType::List(inner)) if **inner == PropertyType::Element => self.elements_in(here, value),
            _ => {}
        }
    }

    fn elements_in(&mut self, here: Here<'b>, value: &'b Value) {
        match &value.kind {
            ValueKind::Path(text) if value_parameter(here, text).is_none() => {
                self.path(here, &Path { text: text.clone(), span: value.span }, Role::Reference);
            }
            ValueKind::List(items) => items.iter().for_each(|item| self.elements_in(here, item)),
            _ => {}
        }
    }

    /// Takes in the parameters in a value that stand for values.
    pub(super) fn parameters_in(&mut self, here: Here<'b>, value: &'b Value) {
        match &value.kind {
            ValueKind::Path(text) => {
                if let Some(parameter) = value_parameter(here, text) {
                    let definition = self.of_parameter(parameter);
                    self.push(value.span, definition, Role::Reference);
                }
            }
            ValueKind::Load(load) => {
                self.parameters_in(here, &load.0);
                self.parameters_in(here, &load.1);
            }
            ValueKind::List(items) => items.iter().for_each(|item| self.parameters_in(here, item)),
            ValueKind::Call(_, arguments) => arguments.iter().for_each(|it| self.parameters_in(here, &it.value)),
            ValueKind::Negative(inner) => self.parameters_in(here, inner),
            ValueKind::Binary(binary) => {
                self.parameters_in(here, &binary.left);
                self.parameters_in(here, &binary.right);
            }
            _ => {}
        }
    }

    pub(super) fn selector(&mut self, here: Here<'b>, written: &'b Value) {
        for mention in select::mentions(written) {
            match mention {
                // Outside of architectures, a word of the language is not taken for some element's name.
                Mention::Element(path) if here.scope.is_none() && select::is_word(&path.text) => {}
                Mention::Element(path) => {
                    self.path(here, &path, Role::Reference);
                }
                Mention::Kind(path) => {
                    self.kind(&path);
                }
                Mention::Property(path) => self.property_of_any(&path),
            }
        }
    }

    // ---- Documentation ------------------------------------------------------------------------------------------------

    /// Takes in the links to elements in documentation.
    pub(super) fn doc(&mut self, here: Here<'b>, doc: Option<&Doc>) {
        // Most texts have no link, and parsing Markdown is not cheap.
        let Some(doc) = doc.filter(|doc| doc.text.contains('[')) else { return };
        for link in docs::links(&doc.text) {
            if let Target::Element(name) = &link.target {
                let place = doc.span_of(link.target_range.clone());
                if self.snapshot.workspace.sources.text(place) == name {
                    self.path(here, &Path { text: name.into(), span: place }, Role::Reference);
                }
            }
        }
    }
}

/// The parameter of a name that stands for a value.
pub(super) fn value_parameter<'b>(here: Here<'b>, name: &str) -> Option<&'b ast::Parameter> {
    here.parameters.iter().find(|it| it.name.text == name && is_value(it))
}
