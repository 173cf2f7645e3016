//! From kinds and loads to quantities: each meter of each service and connection.

use std::collections::BTreeMap;
use std::rc::Rc;

use smol_str::SmolStr;

use super::Bill;
use super::line::{Cost, Derivation, Gap, Line, Source, Subject};
use super::tariff::{Charge, Usage};
use crate::catalog::{
    self, Catalog, Evaluated, KindId, Meter, Missing, Type, Unknown, Value, evaluate_amount, evaluate_truth,
};
use crate::flow::Basis;
use crate::load::{At, Loads};
use crate::model::{Architecture, ArchitectureId, Element, ElementId, Model, Settings, Variety};
use crate::prices::{Lookup, Price, PriceBook};
use crate::quantity::{Amount, Dimension, grouped};

/// All lines before they are charged, each with its price if it has a quantity and one.
#[derive(Default)]
pub(super) struct Metered<'a> {
    lines: Vec<(Line, Option<&'a Price>)>,
    bill: Bill,
}

/// The name of the line for `cost = …`.
const DECLARED: &str = "Declared cost";

/// Reads all meters.
pub(super) fn meter<'a>(model: &'a Model, loads: &'a Loads, prices: &'a PriceBook) -> Metered<'a> {
    let mut meters = Meters { model, loads, prices, gauges: BTreeMap::new(), metered: Metered::default() };
    let edge_kind = model.catalog.find("edge");
    for architecture in &model.architectures {
        meters.architecture(architecture);
        for id in &architecture.elements {
            meters.element(model.element(*id));
        }
        for id in &architecture.edges {
            if let Some(kind) = edge_kind {
                meters.edge(*id, kind);
            }
        }
    }
    meters.metered
}

/// Reads the meters of one service alone, with what is supposed of it.
pub(super) fn meter_one<'a>(
    model: &'a Model,
    loads: &'a Loads,
    prices: &'a PriceBook,
    id: ElementId,
    facts: &At<'_>,
) -> Metered<'a> {
    let mut meters = Meters { model, loads, prices, gauges: BTreeMap::new(), metered: Metered::default() };
    let element = model.element(id);
    if let Some(kind) = element.kind {
        let place = meters.place(element);
        for gauge in meters.gauges(kind).iter() {
            meters.meter(&place, gauge, facts);
        }
    }
    meters.metered
}

impl<'a> Metered<'a> {
    /// What each line with a price uses of it, in the order of the lines.
    pub(super) fn usages(&self) -> Vec<Usage<'_>> {
        let usage = |(line, price): &'_ (Line, Option<&'a Price>)| {
            let (price, units) = ((*price)?, line.quantity?);
            Some((price, units))
        };
        let lines = self.lines.iter().filter_map(|entry| Some((&entry.0, usage(entry)?)));
        lines
            .map(|(line, (price, units))| Usage { price, account: &line.account, region: &line.region, units })
            .collect()
    }

    /// The bill, with what each usage is charged.
    pub(super) fn bill(self, charges: Vec<Option<Charge>>) -> Bill {
        let mut charges = charges.into_iter();
        let mut bill = self.bill;
        for (mut line, price) in self.lines {
            if let (Some(price), Some(units)) = (price, line.quantity) {
                let charge = charges.next().flatten();
                let charge = charge.filter(|charge| is_figure(charge.cost));
                line.cost = charge.and_then(|charge| cost(price, units, charge)).ok_or(Gap::Magnitude);
            }
            bill.lines.push(line);
        }
        bill
    }
}

/// What a line costs, in words and figures.
fn cost(price: &Price, units: Amount, charge: Charge) -> Option<Cost> {
    let is_flat = price.tiers.len() == 1 && charge.free.is_zero();
    let first = price.tiers.first()?;
    let unit_price = if is_flat || units.is_zero() {
        Amount::from(first.price).checked_div(Amount::from(price.per))?
    } else {
        charge.cost.checked_div(units)?
    };
    let rate_code = first.rate_code.as_ref();
    Some(Cost {
        amount: charge.cost,
        currency: price.currency.clone(),
        unit_price,
        remark: remark(price, charge),
        source: Source {
            kind: price.source.kind.clone(),
            reference: price.source.reference.to_string(),
            rate_code: rate_code.cloned(),
            published: price.source.published,
            read: Some(price.source.read),
            confidence: Some(price.confidence),
        },
    })
}

/// How tiers and free units came in.
fn remark(price: &Price, charge: Charge) -> String {
    let mut parts = Vec::new();
    let reached = price.tiers.iter().filter(|tier| Amount::from(tier.from) < charge.together);
    let reached: Vec<_> = reached.map(|tier| tier.price.normalize().to_string()).collect();
    if reached.len() > 1 {
        let together = charge.together.in_words(Dimension::NUMBER);
        parts.push(format!("tiers {} over {together} of the account and region", reached.join(", ")));
    }
    if !charge.free.is_zero() {
        parts.push(format!("{} free", charge.free.in_words(Dimension::NUMBER)));
    }
    parts.join("; ")
}

struct Meters<'a> {
    model: &'a Model,
    loads: &'a Loads,
    prices: &'a PriceBook,
    /// Of each kind that has been met.
    gauges: BTreeMap<KindId, Rc<[Gauge<'a>]>>,
    metered: Metered<'a>,
}

/// A meter of a kind, and what it reads there.
struct Gauge<'a> {
    meter: &'a Meter,
    inputs: Vec<SmolStr>,
    follows_load: bool,
}

/// Where a line is to stand.
struct Place {
    architecture: ArchitectureId,
    subject: Subject,
    region: SmolStr,
    account: SmolStr,
}

impl<'a> Meters<'a> {
    /// The meters of a kind.
    fn gauges(&mut self, kind: KindId) -> Rc<[Gauge<'a>]> {
        let catalog: &'a Catalog = &self.model.catalog;
        let gauge = |meter: &'a Meter| {
            let expressions = std::iter::once(&meter.quantity).chain(&meter.when).chain(&meter.variant);
            let (properties, flows) = catalog.needs(kind, expressions);
            Gauge { meter, inputs: properties.into_iter().collect(), follows_load: !flows.is_empty() }
        };
        let gauges = self.gauges.entry(kind);
        Rc::clone(gauges.or_insert_with(|| catalog.meters(kind).into_iter().map(gauge).collect()))
    }

    /// Where the lines of an element stand.
    fn place(&self, element: &Element) -> Place {
        let inherited = |name: &str| self.model.inherited(element, name).and_then(Value::as_str).unwrap_or_default();
        Place {
            architecture: element.architecture,
            subject: Subject::Element(element.id),
            region: inherited("region").into(),
            account: inherited("account").into(),
        }
    }

    /// What an architecture costs as a whole. It has no meters.
    fn architecture(&mut self, architecture: &Architecture) {
        let own = |name: &str| architecture.settings.text(name).unwrap_or_default();
        let place = Place {
            architecture: architecture.id,
            subject: Subject::Architecture(architecture.id),
            region: own("region").into(),
            account: own("account").into(),
        };
        self.declared(&place, &architecture.settings);
    }

    fn element(&mut self, element: &'a Element) {
        let place = self.place(element);
        let is_declared = self.declared(&place, &element.settings);
        if element.variety == Variety::Group {
            return;
        }
        // What a kind is, is not known; that is another finding.
        let Some(kind) = element.kind else { return };
        let gauges = self.gauges(kind);
        if gauges.is_empty() {
            match self.model.catalog.unbilled(kind) {
                _ if is_declared => {}
                Some(reason) => self.metered.bill.unbilled.push((element.id, reason.clone())),
                None => self.push(line(&place, ""), Err(Gap::NoMeters)),
            }
            return;
        }
        let facts = At::element(self.model, self.loads, element.id);
        for gauge in gauges.iter() {
            self.meter(&place, gauge, &facts);
        }
    }

    fn edge(&mut self, id: crate::model::EdgeId, kind: KindId) {
        let edge = self.model.edge(id);
        let from = self.model.element(edge.from);
        // Clouds charge for what leaves them, and not for what comes in.
        let comes_in = matches!(from.variety, Variety::External | Variety::Person);
        let inherited = |name: &str| self.model.inherited(from, name).and_then(Value::as_str).unwrap_or_default();
        let place = Place {
            architecture: edge.architecture,
            subject: Subject::Edge(id),
            region: inherited("region").into(),
            account: inherited("account").into(),
        };
        self.declared(&place, &edge.settings);
        if comes_in {
            return;
        }
        let gauges = self.gauges(kind);
        if !gauges.is_empty() && edge.settings.get("transfer").is_none() {
            *self.metered.bill.without_transfer.entry(edge.architecture).or_default() += 1;
            return;
        }
        let facts = At::edge(self.model, self.loads, id);
        for gauge in gauges.iter() {
            self.meter(&place, gauge, &facts);
        }
    }

    /// The line for `cost = …`, if there is one.
    fn declared(&mut self, place: &Place, settings: &Settings) -> bool {
        let Some(property) = settings.properties.iter().find(|property| property.name == "cost") else { return false };
        let Value::Quantity(quantity) = &property.value else { return false };
        let mut line = line(place, DECLARED);
        line.derivation = Derivation::Declared;
        line.inputs.push("cost".into());
        line.quantity = Some(Amount::ONE);
        line.unit = "month".into();
        let currency = quantity.dimension().currency();
        let amount =
            quantity.amount().and_then(|amount| amount.checked_mul(Amount::MONTH)).filter(|amount| is_figure(*amount));
        line.cost = match (amount, currency) {
            (Some(amount), Some(currency)) => Ok(Cost {
                amount,
                currency: currency.into(),
                unit_price: amount,
                remark: String::new(),
                source: Source {
                    kind: "declared".into(),
                    reference: "`cost` in the workspace".to_owned(),
                    rate_code: None,
                    published: None,
                    read: None,
                    confidence: None,
                },
            }),
            _ => Err(Gap::Magnitude),
        };
        self.metered.lines.push((line, None));
        true
    }

    fn meter(&mut self, place: &Place, gauge: &Gauge<'a>, facts: &At<'_>) {
        let meter = gauge.meter;
        let mut line = line(place, &meter.name);
        line.inputs.clone_from(&gauge.inputs);
        line.follows_load = gauge.follows_load;
        match meter.when.as_ref().map_or(Ok(true), |when| evaluate_truth(when, facts)) {
            Ok(true) => {}
            Ok(false) => return,
            Err(unknown) => return self.push(line, Err(gap(unknown, facts))),
        }
        let variant = match variant(meter, facts) {
            Ok(variant) => variant,
            Err(unknown) => {
                line.price = meter.price.clone();
                return self.push(line, Err(gap(unknown, facts)));
            }
        };
        line.price = match &variant {
            Some(variant) => format!("{}/{variant}", meter.price).into(),
            None => meter.price.clone(),
        };
        let price = self.price(meter, variant.as_deref(), &place.region);
        let known = price.as_ref().ok().copied();
        if let Some(price) = known {
            line.unit = price.unit.text.clone();
        }
        match evaluate_amount(&meter.quantity, facts, Basis::Mean) {
            Ok(amount) => {
                if amount.is_negative() {
                    line.derivation = Derivation::Metered(String::new());
                    return self.push(line, Err(Gap::Negative));
                }
                let units = known.and_then(|price| units(price, amount)).filter(|(units, _)| is_figure(*units));
                line.quantity = units.as_ref().map(|(units, _)| *units);
                let rounding = units.and_then(|(_, rounding)| rounding);
                line.derivation = Derivation::Metered(rounding.unwrap_or_default());
                let is_too_large = known.is_some() && line.quantity.is_none();
                self.push(line, if is_too_large { Err(Gap::Magnitude) } else { price });
            }
            // Without a price, the load would not help.
            Err(unknown) => self.push(line, price.and_then(|_| Err(gap(unknown, facts)))),
        }
    }

    fn push(&mut self, mut line: Line, price: Result<&'a Price, Gap>) {
        let price = match price {
            Ok(price) => Some(price),
            Err(gap) => {
                line.cost = Err(gap);
                None
            }
        };
        self.metered.lines.push((line, price));
    }

    /// The price of a meter, if it measures what the price is for.
    fn price(&self, meter: &Meter, variant: Option<&str>, region: &str) -> Result<&'a Price, Gap> {
        let names = |names: Vec<&str>| names.into_iter().map(SmolStr::new).collect();
        let price = match self.prices.lookup(&meter.price, variant, region) {
            Lookup::Priced(price) => price,
            Lookup::Conflicting(price) => return Err(Gap::Conflicting(price.conflicting.clone())),
            Lookup::NoRegion { .. } if region.is_empty() => return Err(Gap::NoRegion),
            Lookup::NoRegion { regions } => return Err(Gap::NoPriceInRegion(region.into(), names(regions))),
            Lookup::NoVariant { variants } => {
                return Err(Gap::NoVariant(variant.unwrap_or_default().to_owned(), names(variants)));
            }
            Lookup::NoId => return Err(Gap::NoPrice),
        };
        let Type::Amount(dimension) = meter.quantity.ty else { return Err(Gap::NoPrice) };
        if price.unit.bills(dimension) {
            Ok(price)
        } else {
            Err(Gap::Dimension(dimension.to_string(), price.unit.text.clone()))
        }
    }
}

fn line(place: &Place, meter: &str) -> Line {
    Line {
        architecture: place.architecture,
        subject: place.subject,
        meter: meter.into(),
        price: SmolStr::default(),
        region: place.region.clone(),
        account: place.account.clone(),
        inputs: Vec::new(),
        follows_load: false,
        quantity: None,
        unit: SmolStr::default(),
        derivation: Derivation::Nothing,
        cost: Err(Gap::NoPrice),
    }
}

/// What selects the variant of the price, its parts joined by `/`.
fn variant(meter: &Meter, facts: &At<'_>) -> Result<Option<String>, Unknown> {
    let mut parts = Vec::new();
    for part in &meter.variant {
        if let Evaluated::Symbol(symbol) = catalog::evaluate(part, facts, Basis::Mean)? {
            parts.push(symbol);
        }
    }
    Ok((!parts.is_empty()).then(|| parts.join("/")))
}

/// A month of an amount, in units of the price and rounded as it asks; and how it was rounded, if it was.
fn units(price: &Price, amount: Amount) -> Option<(Amount, Option<String>)> {
    let used = amount.checked_mul(Amount::MONTH)?.checked_div(price.unit.size)?;
    let rounded = match price.round_up {
        Some(step) => used.checked_div(step.into())?.ceil().checked_mul(step.into())?,
        None => used,
    };
    if let Some(minimum) = price.minimum.filter(|minimum| rounded < Amount::from(*minimum)) {
        return Some((minimum.into(), Some(format!(", at least {}", grouped(minimum)))));
    }
    let step = price.round_up.filter(|_| rounded != used);
    Some((rounded, step.map(|step| format!(", rounded up to a multiple of {}", grouped(step)))))
}

/// Whether a bill can show an amount: as a decimal of up to 28 digits.
fn is_figure(amount: Amount) -> bool {
    amount.decimal().is_some()
}

impl Line {
    /// How the quantity came about: `2,000/s × ceil(2 KiB / 25 KiB) × 2,628,000 s`; empty if there is none. The model and the
    /// loads are those of the bill.
    pub fn derivation(&self, model: &Model, loads: &Loads) -> String {
        match &self.derivation {
            Derivation::Nothing => String::new(),
            Derivation::Declared => match self.subject.settings(model).get("cost") {
                Some(Value::Quantity(quantity)) => format!("{quantity} × 1 month"),
                _ => String::new(),
            },
            Derivation::Metered(rounding) => self.product(model, loads).unwrap_or_default() + rounding,
        }
    }

    /// The expression of the meter with its figures in it.
    fn product(&self, model: &Model, loads: &Loads) -> Option<String> {
        let (kind, facts) = match self.subject {
            Subject::Element(id) => (model.element(id).kind?, At::element(model, loads, id)),
            Subject::Edge(id) => (model.catalog.find("edge")?, At::edge(model, loads, id)),
            Subject::Architecture(_) => return None,
        };
        let meter = model.catalog.meters(kind).into_iter().find(|meter| meter.name == self.meter)?;
        Some(catalog::derive_product(&meter.quantity, &facts, Basis::Mean, self.month()))
    }

    /// What a rate or a level is multiplied with, in words.
    fn month(&self) -> &'static str {
        if self.unit.contains("month") {
            "1 month"
        } else if self.unit.contains("hour") {
            "730 h"
        } else {
            "2,628,000 s"
        }
    }
}

/// Why a quantity is not known, by what is missing first.
fn gap(unknown: Unknown, facts: &At<'_>) -> Gap {
    match unknown.missing.into_iter().next() {
        Some(Missing::Property(name)) => Gap::Property(name),
        Some(Missing::Flow(direction)) => facts.gap(direction).map_or(Gap::Size, Gap::Load),
        Some(Missing::Size(_)) => Gap::Size,
        Some(Missing::Quotient) => Gap::Quotient,
        Some(Missing::Magnitude) | None => Gap::Magnitude,
    }
}
