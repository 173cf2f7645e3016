//! Properties: which the kind knows, of which type, within which range.

use smol_str::SmolStr;

use super::resolve::Resolver;
use super::{Element, Owner, Problem, Property, Settings, is_inherited};
use crate::catalog::{KindId, type_value};
use crate::suggest;
use crate::syntax::ast::{self, Statement, ValueKind};

impl Resolver<'_> {
    /// Adds a property or a `meta` block of something of this kind. Nothing is said of unknown properties where the kind
    /// is unknown too.
    pub(super) fn setting(&mut self, statement: &Statement, kind: Option<KindId>, into: &mut Settings) {
        match statement {
            Statement::Property(property) => {
                let known = kind.or(self.core.element);
                if !self.property(property, known, into) {
                    // Nobody says of what is misspelled that it is missing, too.
                    into.mistyped.extend(self.unknown_property(&property.key, kind.as_slice()));
                }
            }
            Statement::Section(section) if section.name.text == "meta" => self.meta(&section.block, into),
            Statement::Section(section) => {
                self.unknown_property(&section.name, kind.as_slice());
            }
            _ => {}
        }
    }

    /// Types a property, and adds it. Returns whether the kind knows it.
    pub(super) fn property(&mut self, property: &ast::Property, kind: Option<KindId>, into: &mut Settings) -> bool {
        let name = &property.key.text;
        let Some(kind) = kind else { return false };
        let Some(spec) = self.model.catalog.property(kind, name) else { return false };
        if let Some(first) = into.properties.iter().find(|it| it.name == *name) {
            let (first, second, whole) = (first.span, property.key.span, property.span);
            self.problem(Problem::DuplicateProperty { name: name.clone(), first, second, whole });
            return true;
        }
        let Some(value) = &property.value else { return true };
        match type_value(value, &spec.ty) {
            Ok(typed) => {
                let inside = spec.allows(&typed);
                into.properties.push(Property { name: name.clone(), value: typed, span: property.span });
                if !inside {
                    self.problem(Problem::OutOfRange { name: name.clone(), kind, span: value.span });
                }
            }
            Err(mistake) => {
                into.mistyped.push(name.clone());
                self.problem(Problem::MistypedProperty { name: name.clone(), kind, mistake });
            }
        }
        true
    }

    /// Reports a property that no kind knows. Returns the one that was probably meant.
    pub(super) fn unknown_property(&mut self, key: &ast::Path, kinds: &[KindId]) -> Option<SmolStr> {
        if kinds.is_empty() {
            return None;
        }
        let catalog = &self.model.catalog;
        let known: Vec<&str> = kinds
            .iter()
            .flat_map(|kind| catalog.properties(*kind))
            .map(|property| property.name.as_str())
            .chain(std::iter::once("meta"))
            .collect();
        let near = suggest::nearest(&key.text, known).map(str::to_owned);
        let (name, span, kinds) = (key.text.clone(), key.span, kinds.to_vec());
        let meant = near.as_deref().map(SmolStr::new);
        self.problem(Problem::UnknownProperty { name, span, kinds, near });
        meant
    }

    fn meta(&mut self, block: &ast::Block, into: &mut Settings) {
        for statement in &block.statements {
            match statement {
                Statement::Property(property) => {
                    let written = property.value.as_ref().map(written).unwrap_or_default();
                    into.meta.push((property.key.text.clone(), written));
                }
                other => self.misplaced(other, "a `meta` block"),
            }
        }
    }

    // ---- Properties that must be given --------------------------------------------------------------------------------

    /// Reports the properties that must be given and are not, once everything that could be inherited is known.
    pub(super) fn require(&mut self) {
        let mut missing = Vec::new();
        for element in &self.model.elements {
            let Some(kind) = element.kind else { continue };
            let names = self.missing(kind, &element.settings).filter(|name| !self.is_inherited(element, name));
            missing.extend(names.map(|name| (name, Owner::Element(element.id), kind, element.name_span)));
        }
        for architecture in &self.model.architectures {
            let Some(kind) = self.core.architecture else { continue };
            let names = self.missing(kind, &architecture.settings);
            missing
                .extend(names.map(|name| (name, Owner::Architecture(architecture.id), kind, architecture.name_span)));
        }
        for (name, owner, kind, span) in missing {
            self.problem(Problem::MissingProperty { name: name.clone(), owner, kind, span });
        }
    }

    pub(super) fn missing<'m>(&'m self, kind: KindId, settings: &'m Settings) -> impl Iterator<Item = SmolStr> + 'm {
        let catalog = &self.model.catalog;
        let has_default = move |name: &str| catalog.property(kind, name).is_some_and(|spec| spec.default.is_some());
        let is_given = |name: &SmolStr| settings.get(name).is_some() || settings.mistyped.contains(name);
        catalog.required(kind).filter(move |name| !is_given(name) && !has_default(name)).cloned()
    }

    /// Whether an owner, a region or an account holds for an element because what stands around it says so.
    fn is_inherited(&self, element: &Element, name: &str) -> bool {
        is_inherited(name) && self.model.inherited(element, name).is_some()
    }
}

/// A free fact as it was written, without quotes.
fn written(value: &ast::Value) -> SmolStr {
    match &value.kind {
        ValueKind::Text(text)
        | ValueKind::Path(text)
        | ValueKind::Number(text)
        | ValueKind::Date(text)
        | ValueKind::RuleCode(text) => text.clone(),
        ValueKind::Load(load) => format!("{} of {}", written(&load.0), written(&load.1)).into(),
        ValueKind::List(items) => {
            items.iter().map(|item| written(item).to_string()).collect::<Vec<_>>().join(", ").into()
        }
        ValueKind::Call(name, _) => name.text.clone(),
        ValueKind::Star => "*".into(),
        ValueKind::Negative(inner) => format!("-{}", written(inner)).into(),
        ValueKind::Binary(binary) => format!("{} … {}", written(&binary.left), written(&binary.right)).into(),
    }
}
