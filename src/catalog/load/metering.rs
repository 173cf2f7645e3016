//! Meters, quotas, computed defaults, and what a kind passes on: the declarations that hold expressions. They are read
//! when all kinds and their properties are known.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{INVALID_KIND, Loader};
use crate::catalog::expression::{Direction, Expected, Expression, Limit, LimitScope, Lowering, Meter, Type};
use crate::catalog::{Catalog, KindId, PropertyType};
use crate::diagnostic::Diagnostic;
use crate::suggest;
use crate::syntax::ast::{self, Block, Declaration, Statement, ValueKind};

/// Whether a default has to be computed, for there is no such value of the type.
pub(super) fn is_computed(value: &ast::Value, ty: &PropertyType) -> bool {
    match value.kind {
        ValueKind::Call(..) | ValueKind::Binary(_) | ValueKind::Negative(_) => true,
        ValueKind::Path(_) => !matches!(
            ty,
            PropertyType::Text
                | PropertyType::Symbol
                | PropertyType::OneOf(_)
                | PropertyType::Bool
                | PropertyType::Element
                | PropertyType::Selector
                | PropertyType::List(_)
        ),
        _ => false,
    }
}

/// What the expressions of one kind came to.
#[derive(Default)]
struct Metering {
    computed: Vec<(SmolStr, Expression)>,
    passes: Option<Expression>,
    meters: Vec<Meter>,
    limits: Vec<Limit>,
}

impl Loader<'_> {
    /// Reads the expressions of all kinds.
    pub(super) fn metering(&mut self) {
        let kinds = self.catalog.kinds.iter().map(|kind| kind.id).zip(&self.declarations);
        let kinds: Vec<_> = kinds.filter(|(_, declaration)| has_expressions(declaration)).collect();
        let mut all = Vec::new();
        for (kind, declaration) in kinds {
            let lowering = Lowering::new(&self.catalog, kind, INVALID_KIND, &mut self.diagnostics);
            let mut reader = Reader { catalog: &self.catalog, kind, lowering, result: Metering::default() };
            declaration.statements().iter().for_each(|statement| reader.statement(statement));
            all.push((kind, reader.result));
        }
        for (kind, metering) in all {
            self.add(kind, metering);
        }
        self.cut_cycles();
        self.reject_what_is_not_known_in_time();
    }

    fn add(&mut self, kind: KindId, metering: Metering) {
        let Some(kind) = self.catalog.kinds.get_mut(kind.index()) else { return };
        kind.passes = metering.passes;
        kind.meters = metering.meters;
        kind.limits = metering.limits;
        for (name, expression) in metering.computed {
            if let Some(property) = kind.properties.iter_mut().find(|property| property.name == name) {
                property.computed = Some(expression);
            }
        }
    }

    /// Takes away computed defaults that need themselves, or so many others that nobody could follow them.
    fn cut_cycles(&mut self) {
        let mut cut = Vec::new();
        for kind in &self.catalog.kinds {
            let mut survey = Survey { catalog: &self.catalog, kind: kind.id, sizes: BTreeMap::new() };
            for property in kind.properties.iter().filter(|property| property.computed.is_some()) {
                if let Err(why) = survey.size(&property.name, 0) {
                    cut.push((kind.id, property.name.clone(), property.name_span, why));
                }
            }
        }
        for (kind, name, span, why) in cut {
            let message = match why {
                Unfit::Cycle => format!("the default of `{name}` needs its own value"),
                Unfit::Size => format!("the default of `{name}` needs too many other defaults"),
            };
            self.report(Diagnostic::new(INVALID_KIND, span, message).help("compute it from other properties"));
            let kind = self.catalog.kinds.get_mut(kind.index());
            let properties = kind.into_iter().flat_map(|kind| &mut kind.properties);
            properties.filter(|property| property.name == name).for_each(|property| property.computed = None);
        }
    }

    /// Takes away what is passed on if it depends on what leaves.
    fn reject_what_is_not_known_in_time(&mut self) {
        let mut rejected = Vec::new();
        for kind in &self.catalog.kinds {
            let Some(passes) = &kind.passes else { continue };
            if self.catalog.needs(kind.id, Some(passes)).1.contains(&Direction::Out) {
                rejected.push((kind.id, passes.span));
            }
        }
        for (kind, span) in rejected {
            let message = "what is passed on cannot depend on `out`, which follows from it";
            self.report(Diagnostic::new(INVALID_KIND, span, message).help("use `in`, or properties"));
            if let Some(kind) = self.catalog.kinds.get_mut(kind.index()) {
                kind.passes = None;
            }
        }
    }
}

/// How deep computed defaults may need each other.
const MAX_DEPTH: usize = 32;

/// How many names a computed default may come down to, when each is replaced by what computes it.
const MAX_NAMES: usize = 1_000;

/// Why a computed default cannot be used.
#[derive(Clone, Copy)]
enum Unfit {
    Cycle,
    Size,
}

/// How large the computed defaults of one kind are.
struct Survey<'a> {
    catalog: &'a Catalog,
    kind: KindId,
    /// Of each property: how many names it comes down to; none while that is being found out.
    sizes: BTreeMap<SmolStr, Option<Result<usize, Unfit>>>,
}

impl Survey<'_> {
    fn size(&mut self, name: &SmolStr, depth: usize) -> Result<usize, Unfit> {
        if depth > MAX_DEPTH {
            return Err(Unfit::Size);
        }
        match self.sizes.get(name) {
            Some(Some(size)) => return *size,
            Some(None) => return Err(Unfit::Cycle),
            None => {}
        }
        let catalog = self.catalog;
        let Some(computed) = catalog.property(self.kind, name).and_then(|property| property.computed.as_ref()) else {
            return Ok(1);
        };
        self.sizes.insert(name.clone(), None);
        let names = computed.names();
        let size = names.iter().try_fold(1, |sum: usize, name| {
            let sum = sum.saturating_add(self.size(name, depth + 1)?);
            if sum > MAX_NAMES { Err(Unfit::Size) } else { Ok(sum) }
        });
        self.sizes.insert(name.clone(), Some(size));
        size
    }
}

fn has_expressions(declaration: &Declaration) -> bool {
    declaration.statements().iter().any(|statement| match statement {
        Statement::Meter(_) | Statement::Limit(_) | Statement::PropertyDeclaration(_) => true,
        Statement::Property(setting) => setting.key.text == "passes",
        _ => false,
    })
}

/// Reads the statements of one kind that hold expressions.
struct Reader<'a> {
    catalog: &'a Catalog,
    kind: KindId,
    lowering: Lowering<'a>,
    result: Metering,
}

impl Reader<'_> {
    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Property(setting) if setting.key.text == "passes" => {
                let passes = setting.value.as_ref();
                self.result.passes = passes.and_then(|value| self.lowering.lower(value, Expected::Type(Type::Flow)));
            }
            Statement::PropertyDeclaration(declaration) => self.default(declaration),
            Statement::Meter(meter) => {
                if let Some(meter) = self.meter(meter) {
                    self.result.meters.push(meter);
                }
            }
            Statement::Limit(limit) => {
                if let Some(limit) = self.limit(limit) {
                    self.result.limits.push(limit);
                }
            }
            _ => {}
        }
    }

    fn default(&mut self, declaration: &ast::PropertyDeclaration) {
        let name = &declaration.name.text;
        let kind = self.catalog.kind(self.kind);
        let Some(property) = kind.properties.iter().find(|property| property.name == *name) else { return };
        let value = declaration.default.as_ref().filter(|value| is_computed(value, &property.ty));
        let (Some(value), Some(ty)) = (value, property.expression_type()) else {
            if let Some(value) = value {
                let message = format!("a default of type `{}` cannot be computed", property.ty);
                self.report(Diagnostic::new(INVALID_KIND, value.span, message));
            }
            return;
        };
        let computed = self.lowering.lower(value, Expected::Type(ty));
        self.result.computed.extend(computed.map(|computed| (name.clone(), computed)));
    }

    fn meter(&mut self, meter: &ast::Meter) -> Option<Meter> {
        if let Some(first) = self.result.meters.iter().find(|it| it.name == meter.name.value) {
            let message = format!("the meter `{}` is declared twice", first.name);
            let first = first.name_span;
            self.report(
                Diagnostic::new(INVALID_KIND, meter.name.span, message).also(first, "the first declaration is here"),
            );
            return None;
        }
        let quantity = self.lowering.lower(&meter.quantity, Expected::Amount);
        let mut result = Meter {
            name: meter.name.value.clone(),
            name_span: meter.name.span,
            doc: meter.preamble.doc.clone(),
            quantity: quantity?,
            price: meter.price.text.clone(),
            price_span: meter.price.span,
            variant: Vec::new(),
            when: None,
            note: None,
        };
        for (key, value) in self.settings(meter.block.as_ref(), &["when", "for", "note"]) {
            match key {
                "when" => result.when = self.lowering.lower(value, Expected::Type(Type::Truth)),
                "for" => {
                    let parts = match &value.kind {
                        ValueKind::List(parts) => parts.as_slice(),
                        _ => std::slice::from_ref(value),
                    };
                    let parts = parts.iter().filter_map(|part| self.lowering.lower(part, Expected::Type(Type::Symbol)));
                    result.variant = parts.collect();
                }
                _ => result.note = self.text(value),
            }
        }
        Some(result)
    }

    fn limit(&mut self, limit: &ast::Limit) -> Option<Limit> {
        if let Some(first) = self.result.limits.iter().find(|it| it.name == limit.name.value) {
            let message = format!("the limit `{}` is declared twice", first.name);
            let first = first.name_span;
            self.report(
                Diagnostic::new(INVALID_KIND, limit.name.span, message).also(first, "the first declaration is here"),
            );
            return None;
        }
        let condition = self.lowering.condition(&limit.condition);
        let (mut scope, mut when, mut source, mut read, mut note) = (LimitScope::Service, None, None, None, None);
        for (key, value) in self.settings(limit.block.as_ref(), &["scope", "when", "source", "read", "note"]) {
            match key {
                "scope" => scope = self.scope(value).unwrap_or(scope),
                "when" => when = self.lowering.lower(value, Expected::Type(Type::Truth)),
                "source" => source = self.text(value),
                "read" => read = self.date(value),
                _ => note = self.text(value),
            }
        }
        let Some((source, read)) = source.zip(read) else {
            let diagnostic = Diagnostic::new(INVALID_KIND, limit.name.span, "a limit needs its source and its date");
            self.report(diagnostic.help("add `{ source = \"who says so\", read = DATE }`"));
            return None;
        };
        let (used, allowed, is_strict) = condition?;
        Some(Limit {
            name: limit.name.value.clone(),
            name_span: limit.name.span,
            doc: limit.preamble.doc.clone(),
            used,
            allowed,
            is_strict,
            is_soft: limit.soft.unwrap_or(false),
            scope,
            when,
            source,
            read,
            note,
        })
    }

    /// The settings of a block, with a finding for each that does not belong there.
    fn settings<'b>(
        &mut self,
        block: Option<&'b Block>,
        known: &[&'static str],
    ) -> Vec<(&'static str, &'b ast::Value)> {
        let mut settings: Vec<(&'static str, &ast::Value)> = Vec::new();
        for statement in block.map_or(&[][..], |block| &block.statements) {
            let Statement::Property(setting) = statement else {
                let message = "only settings can stand here: `key = value`";
                self.report(Diagnostic::new(INVALID_KIND, statement.span(), message));
                continue;
            };
            let (key, at) = (setting.key.text.as_str(), setting.key.span);
            let Some(key) = known.iter().copied().find(|name| *name == key) else {
                let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
                let near = suggest::nearest(key, known.iter().copied());
                let help = near.map_or_else(
                    || format!("the settings are {}", names.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.report(Diagnostic::new(INVALID_KIND, at, format!("nothing here reads `{key}`")).help(help));
                continue;
            };
            if settings.iter().any(|(given, _)| *given == key) {
                self.report(Diagnostic::new(INVALID_KIND, at, format!("`{key}` is given twice")));
            } else {
                settings.extend(setting.value.as_ref().map(|value| (key, value)));
            }
        }
        settings
    }

    fn scope(&mut self, value: &ast::Value) -> Option<LimitScope> {
        match &value.kind {
            ValueKind::Path(word) if word == "service" => Some(LimitScope::Service),
            ValueKind::Path(word) if word == "region" => Some(LimitScope::Region),
            _ => {
                let message = "a limit holds for a `service`, or for all of its kind in a `region`";
                self.report(Diagnostic::new(INVALID_KIND, value.span, message));
                None
            }
        }
    }

    fn text(&mut self, value: &ast::Value) -> Option<SmolStr> {
        if let ValueKind::Text(text) = &value.kind {
            return Some(text.clone());
        }
        self.report(Diagnostic::new(INVALID_KIND, value.span, "expected a text"));
        None
    }

    fn date(&mut self, value: &ast::Value) -> Option<jiff::civil::Date> {
        let date = match &value.kind {
            ValueKind::Date(text) => text.parse().ok(),
            _ => None,
        };
        if date.is_none() {
            self.report(Diagnostic::new(INVALID_KIND, value.span, "expected a date, such as `2026-11-17`"));
        }
        date
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.lowering.report_diagnostic(diagnostic);
    }
}
