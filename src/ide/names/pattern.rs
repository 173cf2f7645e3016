//! Patterns: their parameters, their bodies, and their uses.

use super::bind::{Binder, is_value};
use super::body::value_parameter;
use super::home::Here;
use super::{Meaning, Role};
use crate::syntax::ast::{Argument, Declaration, Parameter, Path, ValueKind};

impl<'b> Binder<'b> {
    pub(super) fn pattern_declaration(&mut self, it: &'b Declaration) {
        let Some(name) = &it.name else { return };
        let is_known = self.patterns.get(&name.text).is_some_and(|known| known.name_span() == name.span);
        let meaning = if is_known { Meaning::Pattern } else { Meaning::Lost };
        let definition = self.define(name.span, &name.text, meaning);
        self.push(name.span, definition, Role::Declaration);
        for parameter in &it.parameters {
            let definition = self.of_parameter(parameter);
            self.push(parameter.name.span, definition, Role::Declaration);
            if !is_value(parameter) {
                self.kind(&parameter.ty.name);
            }
        }
        let instance = self.instances.get(&name.text).copied().filter(|_| is_known);
        let homes = self.homes;
        let home = instance.and_then(|instance| homes.get(instance.home));
        let Some(home) = home.or(homes.first()) else { return };
        let here = Here {
            home,
            scope: instance.map(|instance| instance.scope),
            instance: instance.map_or(0, |instance| instance.number),
            parameters: &it.parameters,
            is_blind: instance.is_none(),
        };
        self.doc(here, it.preamble.doc.as_ref());
        self.body(here, it.statements());
    }

    /// `use pattern(…) as name { … }`
    pub(super) fn usage(&mut self, here: Here<'b>, it: &'b Declaration) {
        let Some(name) = &it.name else { return };
        let pattern = self.pattern(name);
        let id = match &it.alias {
            Some(alias) => self.declare_element(here, alias, Role::Declaration),
            None => self.declare_element(here, name, Role::Implied),
        };
        let parameters = pattern.map_or(&[][..], |pattern| pattern.parameters.as_slice());
        self.arguments(here, &it.arguments, parameters);
        let inside = here.inside(id);
        self.doc(inside, it.preamble.doc.as_ref());
        self.settings(inside, it.statements(), self.catalog().find("group"));
    }

    fn arguments(&mut self, here: Here<'b>, arguments: &'b [Argument], parameters: &'b [Parameter]) {
        let mut next = 0;
        for argument in arguments {
            let parameter = if let Some(name) = &argument.name {
                parameters.iter().find(|it| it.name.text == name.text)
            } else {
                next += 1;
                parameters.get(next - 1)
            };
            if let (Some(name), Some(parameter)) = (&argument.name, parameter) {
                let definition = self.of_parameter(parameter);
                self.push(name.span, definition, Role::Reference);
            }
            match &argument.value.kind {
                ValueKind::Path(text) if value_parameter(here, text).is_none() => {
                    if parameter.is_some_and(|it| !is_value(it)) {
                        let path = Path { text: text.clone(), span: argument.value.span };
                        self.path(here, &path, Role::Reference);
                    }
                }
                _ => self.parameters_in(here, &argument.value),
            }
        }
    }
}
