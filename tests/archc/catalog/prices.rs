//! What meters and price files say of each other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use archc::catalog::Type;
use archc::prices::{PriceBook, embedded_files};
use archc::quantity::Dimension;

use super::catalog;

#[test]
fn every_meter_names_a_price_of_the_book_and_selects_a_variant_where_there_are_some() {
    let (catalog, book) = (catalog(""), PriceBook::shipped());
    let mut wrong = Vec::new();
    for kind in catalog.kinds() {
        for meter in &kind.meters {
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
