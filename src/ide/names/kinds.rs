//! Declarations of kinds and wiring facts.

use super::bind::Binder;
use super::{Meaning, Role};
use crate::catalog::KindId;
use crate::source::Span;
use crate::syntax::ast::{
    Declaration, Modality, Path, Property, PropertyDeclaration, Statement, Value, ValueKind, Wire,
};

impl<'b> Binder<'b> {
    pub(super) fn kind_declaration(&mut self, it: &'b Declaration) {
        let Some(name) = &it.name else { return };
        self.declare(name);
        for parent in &it.is {
            self.kind(parent);
        }
        let kind = match self.meanings.get(&name.span) {
            Some(Meaning::Kind(kind)) => Some(*kind),
            _ => None,
        };
        for statement in it.statements() {
            match statement {
                Statement::PropertyDeclaration(it) => self.property_declaration(kind, it),
                Statement::Section(section) if section.name.text == "retired" => {
                    section.block.statements.iter().for_each(|statement| self.retirement(statement));
                }
                Statement::Property(property) => self.kind_setting(kind, property),
                Statement::Meter(meter) => {
                    self.expression(kind, &meter.quantity);
                    self.expressions(kind, meter.block.as_ref().map_or(&[], |block| &block.statements));
                }
                Statement::Limit(limit) => {
                    self.expression(kind, &limit.condition);
                    self.expressions(kind, limit.block.as_ref().map_or(&[], |block| &block.statements));
                }
                _ => {}
            }
        }
    }

    fn property_declaration(&mut self, kind: Option<KindId>, it: &'b PropertyDeclaration) {
        self.attributes(Some(&it.preamble));
        let known =
            kind.filter(|kind| self.catalog().kind(*kind).properties.iter().any(|spec| spec.name_span == it.name.span));
        let meaning = known.map_or(Meaning::Lost, Meaning::Property);
        let definition = self.define(it.name.span, &it.name.text, meaning);
        self.push(it.name.span, definition, Role::Declaration);
        if let Some(default) = &it.default {
            self.expression(kind, default);
        }
    }

    fn retirement(&mut self, statement: &'b Statement) {
        if let Statement::Property(Property { key, value: Some(value), .. }) = statement
            && let ValueKind::Path(text) = &value.kind
            && key.text == "instead"
        {
            self.kind(&Path { text: text.clone(), span: value.span });
        }
    }

    fn kind_setting(&mut self, kind: Option<KindId>, property: &'b Property) {
        let Some(value) = &property.value else { return };
        if matches!(property.key.text.as_str(), "require" | "passes") {
            self.expression(kind, value);
        }
    }

    /// The conditions of meters and limits.
    fn expressions(&mut self, kind: Option<KindId>, statements: &'b [Statement]) {
        for statement in statements {
            if let Statement::Property(Property { key, value: Some(value), .. }) = statement
                && key.text == "when"
            {
                self.expression(kind, value);
            }
        }
    }

    /// Takes in the properties in an expression.
    fn expression(&mut self, kind: Option<KindId>, value: &'b Value) {
        match &value.kind {
            ValueKind::Path(text) => {
                self.property(kind, &Path { text: text.clone(), span: value.span }, Role::Reference);
            }
            ValueKind::List(items) => items.iter().for_each(|item| self.expression(kind, item)),
            ValueKind::Call(_, arguments) => arguments.iter().for_each(|it| self.expression(kind, &it.value)),
            ValueKind::Negative(inner) => self.expression(kind, inner),
            ValueKind::Binary(binary) => {
                self.expression(kind, &binary.left);
                self.expression(kind, &binary.right);
            }
            ValueKind::Load(load) => {
                self.expression(kind, &load.0);
                self.expression(kind, &load.1);
            }
            _ => {}
        }
    }

    // ---- Wiring -------------------------------------------------------------------------------------------------------

    pub(super) fn wire(&mut self, wire: &'b Wire) {
        let through: &[Path] = match &wire.modality {
            Modality::Through(kinds) => kinds,
            _ => &[],
        };
        for path in wire.from.iter().chain(&wire.to).chain(through) {
            self.kind(path);
        }
    }

    /// The place of a name inside of a place that may cover more.
    pub(super) fn path_in(&self, span: Span, text: &str) -> Option<Path> {
        Some(Path { text: text.into(), span: self.place(span, text)? })
    }
}
