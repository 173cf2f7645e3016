//! Properties that enter the load or the bill of a service and are not written at it: what holds in their place.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::catalog::{Catalog, Evaluated, Expression, KindId, PropertyFact, Type, Value, derive, evaluate};
use crate::flow::Basis;
use crate::load::{At, Loads};
use crate::model::{Element, Model, is_inherited};

/// A value that holds without being written at its element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The property.
    pub name: SmolStr,
    /// Its value in words.
    pub value: String,
    /// Where it is from, in words.
    pub origin: String,
    /// Whether it is worth a hint: it enters the load or the bill, is written somewhere, and is no "nothing" or "no".
    pub is_telling: bool,
}

/// The values that hold at the elements of a model, with what the kinds need looked up once.
#[derive(Debug)]
pub(super) struct Effects<'m> {
    model: &'m Model,
    loads: &'m Loads,
    needs: BTreeMap<KindId, Needs>,
}

/// The properties that a kind depends on.
#[derive(Debug)]
struct Needs {
    /// All of them.
    all: BTreeSet<SmolStr>,
    /// Those that enter the load or the bill, and not only quotas.
    billed: BTreeSet<SmolStr>,
}

impl<'m> Effects<'m> {
    pub(super) fn new(model: &'m Model, loads: &'m Loads) -> Effects<'m> {
        Effects { model, loads, needs: BTreeMap::new() }
    }

    /// Those of one element, by name.
    pub(super) fn of(&mut self, element: &Element) -> Vec<Effective> {
        let Some(kind) = element.kind else { return Vec::new() };
        let model = self.model;
        let needs = self.needs.entry(kind).or_insert_with(|| needs(&model.catalog, kind));
        let names = needs.all.iter().filter(|name| element.settings.get(name).is_none());
        let found = names.filter_map(|name| {
            let mut effective = effective(model, self.loads, element, name)?;
            effective.is_telling &= needs.billed.contains(name);
            Some(effective)
        });
        found.collect()
    }
}

/// The properties that the meters and quotas of a kind depend on, and what it passes on. A service that is billed has a price
/// in its region.
fn needs(catalog: &Catalog, kind: KindId) -> Needs {
    let meters = catalog.meters(kind);
    let limits = catalog.limits(kind);
    let of_meters = meters.iter().flat_map(|it| std::iter::once(&it.quantity).chain(&it.variant).chain(&it.when));
    let of_limits = limits.iter().flat_map(|it| [&it.used, &it.allowed].into_iter().chain(&it.when));
    let billing: Vec<&Expression> = of_meters.chain(catalog.passes(kind)).collect();
    let (mut billed, _) = catalog.needs(kind, billing);
    if !meters.is_empty() {
        billed.insert("region".into());
    }
    let (mut all, _) = catalog.needs(kind, of_limits.collect::<Vec<&Expression>>());
    all.extend(billed.iter().cloned());
    Needs { all, billed }
}

fn effective(model: &Model, loads: &Loads, element: &Element, name: &SmolStr) -> Option<Effective> {
    let at = At::element(model, loads, element.id);
    let mut is_telling = true;
    let (value, origin) = match model.fact(element, name) {
        PropertyFact::Value(value) if is_inherited(name) => (value.to_string(), inherited_from(model, element, name)),
        PropertyFact::Value(value) => {
            is_telling = !is_nothing(value);
            (value.to_string(), "the default of the kind".to_owned())
        }
        PropertyFact::Computed(expression) => {
            let derivation = derive(expression, &at, Basis::Peak);
            let value = computed(expression, &at)?;
            is_telling = false;
            let origin = if derivation == value { "computed".to_owned() } else { format!("computed: {derivation}") };
            (value, origin)
        }
        PropertyFact::Unknown => return None,
    };
    Some(Effective { name: name.clone(), value, origin, is_telling })
}

/// Whether a value is 0 or `false`: what is not there or not done.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Quantity(quantity) => quantity.value().is_zero(),
        Value::Bool(truth) => !truth,
        _ => false,
    }
}

/// The value of an expression in words; none if it is not known.
pub(super) fn computed(expression: &Expression, at: &At<'_>) -> Option<String> {
    Some(match (evaluate(expression, at, Basis::Peak).ok()?, expression.ty) {
        (Evaluated::Amount(amount), Type::Amount(dimension)) => amount.in_words(dimension),
        (Evaluated::Amount(amount), _) => amount.to_string(),
        (Evaluated::Truth(truth), _) => truth.to_string(),
        (Evaluated::Symbol(symbol), _) => symbol.to_string(),
        (Evaluated::Flow(_), _) => return None,
    })
}

/// Who around an element says what holds for it.
pub(super) fn inherited_from(model: &Model, element: &Element, name: &str) -> String {
    let around = |id: &_| model.element(*id).group;
    let mut groups = std::iter::successors(element.group, around);
    match groups.find(|id| model.element(*id).settings.get(name).is_some()) {
        Some(group) => format!("inherited from the group `{}`", model.path(group)),
        None => format!("inherited from the architecture `{}`", model.architecture(element.architecture).name),
    }
}
