//! From the base to an environment: values replaced, and what is not there taken out.

use rust_decimal::Decimal;

use super::declare::Changes;
use super::{BUDGET, Change, Effect, Overlay, SCALE, Target};
use crate::catalog::Value;
use crate::model::resolve::Resolver;
use crate::model::{ArchitectureId, Model, Property, Settings};
use crate::quantity::Quantity;

impl Resolver<'_> {
    /// Puts an environment and what the command line says over the base. An environment that is not declared changes
    /// nothing.
    pub(in crate::model) fn apply(&mut self, overlay: &Overlay<'_>) {
        let mut overrides = Changes::default();
        for property in &overlay.overrides {
            self.override_by(property, &mut overrides);
        }
        overrides.list.sort_by_key(|change| change.target.rank());
        let mut changes = Vec::new();
        if let Some(environment) = overlay.environment.and_then(|name| self.model.find_environment(name)) {
            changes = self.model.changes(environment);
            let (name, applied) = (environment.name.clone(), self.model.differences(environment));
            (self.model.environment, self.model.applied) = (Some(name), applied);
        }
        changes.append(&mut overrides.list);
        for change in &changes {
            if let Effect::Set(property) = &change.effect {
                self.model.set(change.target, property);
            }
        }
        self.model.rescale(overlay.scale);
        self.take_out(&changes);
    }

    fn take_out(&mut self, changes: &[Change]) {
        let is_removal = |change: &&Change| matches!(change.effect, Effect::Remove);
        let targets: Vec<Target> = changes.iter().filter(is_removal).map(|change| change.target).collect();
        if targets.is_empty() {
            return;
        }
        // These changes go by ids that change now.
        for part in self.model.environments.iter_mut().flat_map(|environment| &mut environment.parts) {
            part.changes.clear();
        }
        let renumbering = self.model.take_out(&targets);
        self.names.renumber(renumbering);
    }
}

impl Model {
    fn set(&mut self, target: Target, property: &Property) {
        match target {
            Target::Element(id) => {
                let element = self.elements.get_mut(id.index());
                replace(element.map(|element| &mut element.settings), property);
            }
            Target::Architecture(id) => self.set_architecture(id, property),
            Target::Workspace if property.name == BUDGET => self.budget = Some(property.clone()),
            Target::Workspace => {
                for index in 0..self.architectures.len() {
                    self.set_architecture(ArchitectureId::new(index), property);
                }
            }
        }
    }

    fn set_architecture(&mut self, id: ArchitectureId, property: &Property) {
        let Some(architecture) = self.architectures.get_mut(id.index()) else { return };
        match &property.value {
            Value::Quantity(scale) if property.name == SCALE => architecture.scale = factor(scale),
            _ => replace(Some(&mut architecture.settings), property),
        }
    }

    /// Multiplies the load of all sources.
    fn rescale(&mut self, scale: Option<Quantity>) {
        let Some(scale) = scale.as_ref().map(factor) else { return };
        for architecture in &mut self.architectures {
            architecture.scale = architecture.scale.saturating_mul(scale).normalize();
        }
    }
}

/// A percentage or a multiple as a plain number.
fn factor(scale: &Quantity) -> Decimal {
    scale.in_base_units().unwrap_or(Decimal::MAX)
}

/// Gives a property another value, in its old place if it has one.
fn replace(settings: Option<&mut Settings>, property: &Property) {
    let Some(settings) = settings else { return };
    settings.mistyped.retain(|name| *name != property.name);
    match settings.properties.iter_mut().find(|it| it.name == property.name) {
        Some(earlier) => earlier.clone_from(property),
        None => settings.properties.push(property.clone()),
    }
}
