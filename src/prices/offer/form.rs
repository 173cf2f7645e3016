//! The parts of price files that are small enough to be read as a whole.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use smol_str::SmolStr;

use super::Rate;

/// A product of an offer file.
#[derive(Deserialize)]
pub(super) struct Product {
    #[serde(default)]
    pub(super) sku: SmolStr,
    #[serde(default)]
    pub(super) attributes: Attributes,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attributes {
    pub(super) region_code: Option<SmolStr>,
}

/// An offer term of a product.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Term {
    price_dimensions: BTreeMap<SmolStr, Dimension>,
}

/// A tier of a term. All figures are texts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension {
    rate_code: SmolStr,
    begin_range: Option<SmolStr>,
    end_range: Option<SmolStr>,
    price_per_unit: BTreeMap<SmolStr, SmolStr>,
}

/// A row of the feed of a pricing page.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FeedRow {
    pub(super) rate_code: Option<SmolStr>,
    price: Option<SmolStr>,
}

/// What the feed says of itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Manifest {
    pub(super) service_id: SmolStr,
    pub(super) hawk_file_publication_date: Option<SmolStr>,
    pub(super) currency_code: Option<SmolStr>,
}

/// An entry of the `PriceList` of a response.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub(super) product: Product,
    pub(super) service_code: Option<SmolStr>,
    pub(super) version: Option<SmolStr>,
    pub(super) publication_date: Option<SmolStr>,
    pub(super) terms: EntryTerms,
}

#[derive(Deserialize)]
pub(super) struct EntryTerms {
    #[serde(rename = "OnDemand", default)]
    pub(super) on_demand: BTreeMap<SmolStr, Term>,
}

impl Term {
    pub(super) fn rates(self) -> Result<Vec<Rate>, String> {
        self.price_dimensions.into_values().map(Dimension::rate).collect()
    }
}

impl Dimension {
    fn rate(self) -> Result<Rate, String> {
        let of = |name: &str| format!("`{name}` of the rate `{}`", self.rate_code);
        let bounds = match (&self.begin_range, &self.end_range) {
            (None, None) => None,
            (from, to) => {
                let from = from.as_deref().map_or(Ok(Decimal::ZERO), |from| decimal(from, &of("beginRange")))?;
                let to = to.as_deref().filter(|to| !to.eq_ignore_ascii_case("inf"));
                Some((from, to.map(|to| decimal(to, &of("endRange"))).transpose()?))
            }
        };
        // Files for China have another currency; none has been seen with two.
        let price = self.price_per_unit.get_key_value("USD").or_else(|| self.price_per_unit.iter().next());
        let (currency, price) = price.ok_or_else(|| format!("{} is empty", of("pricePerUnit")))?;
        let price = decimal(price, &of("pricePerUnit"))?;
        Ok(Rate { bounds, currency: currency.clone(), price, code: self.rate_code })
    }
}

impl FeedRow {
    /// The rate of a row; none if it has no rate code or no price.
    pub(super) fn rate(self) -> Result<Option<Rate>, String> {
        let (Some(code), Some(price)) = (self.rate_code, self.price) else { return Ok(None) };
        let price = decimal(&price, &format!("`price` of the rate `{code}`"))?;
        Ok(Some(Rate { code, bounds: None, currency: "USD".into(), price }))
    }
}

/// A figure, exactly: without the zeros that offer files fill it up with.
fn decimal(text: &str, what: &str) -> Result<Decimal, String> {
    let parsed = Decimal::from_str_exact(text).ok().filter(|figure| !figure.is_sign_negative());
    parsed.map(|figure| figure.normalize()).ok_or_else(|| format!("{what} is `{text}`, which is no figure of a price"))
}
