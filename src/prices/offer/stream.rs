//! Walks through a price file without holding it.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use smol_str::SmolStr;

use super::form::{Entry, FeedRow, Manifest, Product, Term};
use super::{Offer, Rate};

/// What was read so far.
#[derive(Default)]
pub(super) struct Draft {
    offer_code: Option<SmolStr>,
    version: Option<SmolStr>,
    published: Option<SmolStr>,
    currency: Option<SmolStr>,
    has_products: bool,
    has_terms: bool,
    has_regions: bool,
    has_list: bool,
    regions: Vec<(SmolStr, SmolStr)>,
    rates: Vec<Rate>,
}

impl Draft {
    /// The offer, or what is missing in the file.
    pub(super) fn finish(self) -> Result<Offer, String> {
        let kind = match (self.has_products, self.has_terms) {
            (true, true) => "aws-offer",
            (true, false) => return Err("the file has products, and no `terms` with their prices".to_owned()),
            (false, true) => return Err("the file has terms, and no `products` that they are for".to_owned()),
            (false, false) if self.has_regions => "aws-page-feed",
            (false, false) if self.has_list => "aws-price-list",
            (false, false) => {
                return Err(
                    "this is no price file of AWS: it has neither `products` and `terms`, as offer files, nor \
                            `regions`, as the feed of a pricing page, nor a `PriceList`, as a response of GetProducts"
                        .to_owned(),
                );
            }
        };
        let reference = [self.offer_code.unwrap_or_default(), self.version.unwrap_or_default()].join(" ");
        let published = self.published.and_then(|text| text.get(..10)?.parse().ok());
        let mut rates = self.rates;
        if let Some(currency) = self.currency {
            rates.iter_mut().for_each(|rate| rate.currency = currency.clone());
        }
        Ok(Offer {
            kind,
            reference: reference.trim().to_owned(),
            published,
            regions: self.regions.into_iter().collect(),
            rates,
        })
    }

    fn add_terms<E: Error>(&mut self, terms: impl IntoIterator<Item = Term>) -> Result<(), E> {
        for term in terms {
            self.rates.extend(term.rates().map_err(E::custom)?);
        }
        Ok(())
    }

    fn add_product(&mut self, sku: SmolStr, product: Product) {
        self.regions.extend(product.attributes.region_code.map(|region| (sku, region)));
    }
}

/// A price file of one of the three forms.
pub(super) struct File<'w> {
    pub(super) skus: &'w BTreeSet<SmolStr>,
}

impl<'de> DeserializeSeed<'de> for File<'_> {
    type Value = Draft;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Draft, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for File<'_> {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a price file of AWS")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft, A::Error> {
        let mut draft = Draft::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "offerCode" => draft.offer_code = map.next_value()?,
                "version" => draft.version = map.next_value()?,
                "publicationDate" => draft.published = map.next_value()?,
                "manifest" => {
                    let manifest: Manifest = map.next_value()?;
                    draft.offer_code = Some(manifest.service_id);
                    draft.published = manifest.hawk_file_publication_date;
                    draft.currency = manifest.currency_code;
                }
                "products" => {
                    draft.has_products = true;
                    let is_wanted = |sku: &str| self.skus.contains(sku);
                    map.next_value_seed(Each::new(is_wanted, |sku, product: Product| {
                        draft.add_product(sku, product);
                        Ok(())
                    }))?;
                }
                "terms" => {
                    draft.has_terms = true;
                    map.next_value_seed(Terms { skus: self.skus, draft: &mut draft })?;
                }
                "regions" => {
                    draft.has_regions = true;
                    map.next_value_seed(Locations { skus: self.skus, draft: &mut draft })?;
                }
                "PriceList" => {
                    draft.has_list = true;
                    map.next_value_seed(List { skus: self.skus, draft: &mut draft })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(draft)
    }
}

/// A map of which only some entries are read, one at a time.
struct Each<T, K, F> {
    is_wanted: K,
    take: F,
    value: PhantomData<T>,
}

impl<T, K: FnMut(&str) -> bool, F: FnMut(SmolStr, T) -> Result<(), String>> Each<T, K, F> {
    fn new(is_wanted: K, take: F) -> Self {
        Each { is_wanted, take, value: PhantomData }
    }
}

impl<'de, T, K, F> DeserializeSeed<'de> for Each<T, K, F>
where
    T: Deserialize<'de>,
    K: FnMut(&str) -> bool,
    F: FnMut(SmolStr, T) -> Result<(), String>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T, K, F> Visitor<'de> for Each<T, K, F>
where
    T: Deserialize<'de>,
    K: FnMut(&str) -> bool,
    F: FnMut(SmolStr, T) -> Result<(), String>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map by SKU or by label")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<SmolStr>()? {
            if (self.is_wanted)(&key) {
                let value = map.next_value()?;
                (self.take)(key, value).map_err(A::Error::custom)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The `terms` of an offer file. Those that are reserved are passed over.
struct Terms<'a> {
    skus: &'a BTreeSet<SmolStr>,
    draft: &'a mut Draft,
}

impl<'de> DeserializeSeed<'de> for Terms<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Terms<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("terms by their type, such as `OnDemand`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key != "OnDemand" {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let take = |_, terms: std::collections::BTreeMap<SmolStr, Term>| {
                terms.into_values().try_for_each(|term| {
                    self.draft.rates.extend(term.rates()?);
                    Ok(())
                })
            };
            map.next_value_seed(Each::new(|sku: &str| self.skus.contains(sku), take))?;
        }
        Ok(())
    }
}

/// The `regions` of a feed: rows by the name of a place and a label.
struct Locations<'a> {
    skus: &'a BTreeSet<SmolStr>,
    draft: &'a mut Draft,
}

impl<'de> DeserializeSeed<'de> for Locations<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Locations<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows by the name of a region")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key::<IgnoredAny>()?.is_some() {
            let take = |_, row: FeedRow| {
                let sku = row.rate_code.as_deref().and_then(|code| code.split('.').next());
                if sku.is_some_and(|sku| self.skus.contains(sku)) {
                    self.draft.rates.extend(row.rate()?);
                }
                Ok(())
            };
            map.next_value_seed(Each::new(|_: &str| true, take))?;
        }
        Ok(())
    }
}

/// The `PriceList` of a response: each entry is a text that holds JSON.
struct List<'a> {
    skus: &'a BTreeSet<SmolStr>,
    draft: &'a mut Draft,
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(text) = list.next_element::<String>()? {
            number += 1;
            let entry: Entry = serde_json::from_str(&text)
                .map_err(|error| A::Error::custom(format!("entry {number} of `PriceList`: {error}")))?;
            self.draft.offer_code = entry.service_code;
            self.draft.version = entry.version;
            self.draft.published = entry.publication_date;
            if self.skus.contains(&entry.product.sku) {
                self.draft.add_terms(entry.terms.on_demand.into_values())?;
                self.draft.add_product(entry.product.sku.clone(), entry.product);
            }
        }
        Ok(())
    }
}
