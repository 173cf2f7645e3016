//! What meters and price files say of each other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use archc::catalog::Type;
use archc::prices::{PriceBook, embedded_files};
use archc::quantity::Dimension;

use super::catalog;

/// Prices that meters name and nobody has found in a source that can be trusted. Lines with these are unpriced until a
/// workspace brings a figure along.
const NOT_IN_THE_BOOK: [&str; 20] = [
    "aws.cloudfront.delivered",
    "aws.cloudfront.requests",
    "aws.cognito.users",
    "aws.elasticache.node",
    "aws.elasticache.serverless_storage",
    "aws.elasticache.serverless_unit",
    "aws.emr.instance",
    "aws.emr.serverless_memory",
    "aws.emr.serverless_vcpu",
    "aws.eventbridge.pipe_requests",
    "aws.eventbridge.scheduler_invocations",
    "aws.fargate.ephemeral",
    "aws.firehose.ingested_from_topic",
    "aws.iot.connection_minutes",
    "aws.iot.messages",
    "aws.iot.rules",
    "aws.mwaa.webserver",
    "aws.quicksight.pro_author",
    "aws.quicksight.pro_reader",
    "aws.sns.sms",
];

#[test]
fn the_prices_that_meters_name_and_the_book_has_not_are_known() {
    let (catalog, book) = (catalog(""), PriceBook::shipped());
    let meters = catalog.kinds().flat_map(|kind| &kind.meters);
    let missing: BTreeSet<&str> =
        meters.map(|meter| meter.price.as_str()).filter(|price| book.of(price).next().is_none()).collect();
    assert_eq!(missing, BTreeSet::from(NOT_IN_THE_BOOK));
}

#[test]
fn every_meter_selects_a_variant_where_its_price_has_some() {
    let (catalog, book) = (catalog(""), PriceBook::shipped());
    let mut wrong = Vec::new();
    for kind in catalog.kinds() {
        for meter in kind.meters.iter().filter(|meter| book.of(&meter.price).next().is_some()) {
            let variants: BTreeSet<_> = book.of(&meter.price).map(|price| price.variant.as_deref()).collect();
            let parts: BTreeSet<_> =
                variants.iter().map(|variant| variant.map_or(0, |variant| variant.split('/').count())).collect();
            if parts != BTreeSet::from([meter.variant.len()]) {
                let (name, price, selected) = (&kind.name, &meter.price, meter.variant.len());
                wrong.push(format!("{name} {}: {selected} parts select among {variants:?} of `{price}`", meter.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A quantity for a month is what the unit of its price measures: bytes for `GiB`, a time for `shard-hour`.
#[test]
fn every_meter_measures_what_its_price_is_for() {
    let (catalog, book) = (catalog(""), PriceBook::shipped());
    let mut wrong = Vec::new();
    for kind in catalog.kinds() {
        for meter in &kind.meters {
            let Type::Amount(quantity) = meter.quantity.ty else { continue };
            let month = quantity.product(Dimension::DURATION).unwrap();
            for price in book.of(&meter.price).filter(|price| price.unit.dimension.sum(month).is_none()) {
                wrong.push(format!("{} {}: {month} for `{}`", kind.name, meter.name, price.unit.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_file_with_prices_is_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/prices/aws");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = names.map(|name| format!("aws/{name}")).collect();
    assert_eq!(embedded_files().iter().map(|(path, _)| (*path).to_owned()).collect::<BTreeSet<_>>(), files);
}
