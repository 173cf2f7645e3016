use std::collections::BTreeSet;

use super::{Offer, OfferError, read_offer};

const OFFER: &str = r#"{
  "offerCode": "AmazonSNS", "version": "20260925174521", "publicationDate": "2026-09-25T17:45:21Z",
  "products": { "A": { "sku": "A", "attributes": { "regionCode": "eu-west-1" } }, "B": { "sku": "B" } },
  "terms": { "OnDemand": {
    "A": { "A.JRTCKXETXF": { "priceDimensions": {
      "A.JRTCKXETXF.1": { "rateCode": "A.JRTCKXETXF.1", "beginRange": "5000000", "endRange": "Inf", "pricePerUnit": { "USD": "0.0000004000" } },
      "A.JRTCKXETXF.2": { "rateCode": "A.JRTCKXETXF.2", "beginRange": "1000000", "endRange": "5000000", "pricePerUnit": { "USD": "0.0000005000" } },
      "A.JRTCKXETXF.3": { "rateCode": "A.JRTCKXETXF.3", "beginRange": "0", "endRange": "1000000", "pricePerUnit": { "USD": "0.0000000000" } }
    } } },
    "B": { "B.JRTCKXETXF": { "priceDimensions": "of no interest" } }
  }, "Reserved": { "A": { "A.38NPMPTW36": { "nothing": [] } } } }
}"#;

fn read(text: &str) -> Result<Offer, OfferError> {
    read_offer(text.as_bytes(), &BTreeSet::from(["A".into()]))
}

fn message(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn keeps_what_was_asked_for_sorted_and_with_its_free_units() {
    let offer = read(OFFER).unwrap();
    assert_eq!((offer.kind, offer.reference.as_str()), ("aws-offer", "AmazonSNS 20260925174521"));
    assert_eq!(offer.published.unwrap().to_string(), "2026-09-25");
    assert_eq!(offer.rates.len(), 3);
    let quote = offer.quote("A", None).unwrap();
    assert_eq!(quote.free.unwrap().to_string(), "1000000");
    let tiers = quote.tiers.iter().map(|tier| format!("{} {:?} {}", tier.from, tier.to, tier.price));
    assert_eq!(tiers.collect::<Vec<_>>(), ["0 Some(5000000) 0.0000005", "5000000 None 0.0000004"]);
}

#[test]
fn terms_may_come_before_products() {
    let moved = r#"{ "terms": { "OnDemand": { "A": { "A.JRTCKXETXF": { "priceDimensions": {
        "x": { "rateCode": "A.JRTCKXETXF.1", "beginRange": "0", "endRange": "Inf", "pricePerUnit": { "USD": "1" } } } } } } },
        "products": { "A": { "attributes": { "regionCode": "eu-west-1" } } } }"#;
    let offer = read(moved).unwrap();
    assert_eq!(offer.rates.len(), 1);
    assert_eq!(offer.regions.len(), 1);
}

/// Wherever the file is cut, even behind all that is wanted.
#[test]
fn a_file_that_is_cut_off_is_never_accepted() {
    for end in 0..OFFER.len() - 1 {
        let cut = OFFER.get(..end).unwrap();
        assert!(message(cut).ends_with(": the file is cut off here"), "{end}: {}", message(cut));
    }
}

#[test]
fn says_what_is_wrong_and_where() {
    let shown = [
        "<html>",
        "[]",
        "{}",
        r#"{ "products": {} }"#,
        r#"{ "terms": {} }"#,
        "{ \"products\": {},\n  \"terms\": { \"OnDemand\": { \"A\": { \"A.T\": {} } } } }",
        &OFFER.replace("0.0000005000", "half a dollar"),
        &OFFER.replace("\"5000000\", \"endRange\"", "\"-1\", \"endRange\""),
        &OFFER.replace("\"beginRange\": \"5000000\"", "\"beginRange\": 5000000"),
        r#"{ "PriceList": ["{}"] }"#,
        r#"{ "PriceList": "none" }"#,
        &format!("{OFFER} {OFFER}"),
    ]
    .map(message)
    .join("\n");
    insta::assert_snapshot!(shown, @r#"
    1:1: this is no JSON: expected value
    1:1: invalid type: sequence, expected a price file of AWS
    this is no price file of AWS: it has neither `products` and `terms`, as offer files, nor `regions`, as the feed of a pricing page, nor a `PriceList`, as a response of GetProducts
    the file has products, and no `terms` with their prices
    the file has terms, and no `products` that they are for
    2:43: missing field `priceDimensions`
    9:10: `pricePerUnit` of the rate `A.JRTCKXETXF.2` is `half a dollar`, which is no figure of a price
    9:10: `beginRange` of the rate `A.JRTCKXETXF.1` is `-1`, which is no figure of a price
    6:78: invalid type: integer `5000000`, expected a string
    1:2: entry 1 of `PriceList`: missing field `product`
    1:21: invalid type: string "none", expected a list of texts
    12:3: this is no JSON: trailing characters
    "#);
}
