//! The prices of the meters that a workspace declares. Those of the catalog that ships are held by tests.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::catalog::{Meter, Type};
use crate::model::Model;
use crate::prices::PriceBook;
use crate::project::Workspace;
use crate::source::{Origin, Span};
use crate::suggest;

/// What is wrong with the price of a meter.
#[derive(Debug)]
pub(super) enum MeterMistake {
    /// There is no such price.
    Price { at: Span, price: SmolStr, near: Option<String> },
    /// It is for another thing.
    Unit { at: Span, measured: String, price: SmolStr, unit: SmolStr },
}

/// What is wrong with the prices of the workspace's own meters.
pub(super) fn mistakes(model: &Model, workspace: &Workspace) -> Vec<MeterMistake> {
    let is_own = |meter: &&Meter| workspace.sources.file(meter.price_span.file).origin() == Origin::Workspace;
    let own: Vec<&Meter> = model.catalog.kinds().flat_map(|kind| &kind.meters).filter(is_own).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let prices = workspace.price_book();
    own.into_iter().filter_map(|meter| mistake(meter, &prices)).collect()
}

fn mistake(meter: &Meter, prices: &PriceBook) -> Option<MeterMistake> {
    let Some(price) = prices.of(&meter.price).next() else {
        let ids: BTreeSet<&str> = prices.prices().map(|price| price.id.as_str()).collect();
        let near = suggest::nearest(&meter.price, ids).map(str::to_owned);
        return Some(MeterMistake::Price { at: meter.price_span, price: meter.price.clone(), near });
    };
    let Type::Amount(measured) = meter.quantity.ty else { return None };
    let (at, unit) = (meter.quantity.span, price.unit.text.clone());
    let mistake = MeterMistake::Unit { at, measured: measured.to_string(), price: meter.price.clone(), unit };
    (!price.unit.bills(measured)).then_some(mistake)
}
