//! From a file with prices to prices. Everything that is wrong with it is reported, each with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use smol_str::SmolStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::book::{Confidence, FreePool, FreeScope, Price, Source, Tier};
use super::unit::PriceUnit;
use crate::suggest::nearest;

/// Something wrong in a file with prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

type Value<'i> = Spanned<DeValue<'i>>;
type Table<'t> = &'t DeTable<'t>;

const FILE_KEYS: [&str; 2] = ["sources", "price"];
const SOURCE_KEYS: [&str; 4] = ["kind", "ref", "published", "read"];
const GROUP_KEYS: [&str; 11] =
    ["id", "unit", "per", "currency", "round_up", "minimum", "free", "source", "confidence", "note", "rows"];
const ROW_KEYS: [&str; 11] =
    ["variant", "region", "price", "conflicting", "from", "to", "rate_code", "zero", "source", "confidence", "note"];
const FREE_KEYS: [&str; 3] = ["quantity", "scope", "pool"];

/// The prices of a file, and what is wrong with it. A row that something is wrong with is left out.
pub fn read(path: &str, text: &str) -> (Vec<Price>, Vec<Mistake>) {
    let mut reader = Reader { path, text, mistakes: Vec::new(), sources: BTreeMap::new() };
    let prices = match DeTable::parse(text) {
        Ok(table) => reader.file(table.get_ref()),
        Err(error) => {
            let span = error.span().unwrap_or_default();
            reader.mistakes.push(Mistake { span, message: error.message().to_owned(), help: None });
            Vec::new()
        }
    };
    reader.mistakes.sort_by_key(|mistake| mistake.span.start);
    (prices, reader.mistakes)
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    mistakes: Vec<Mistake>,
    sources: BTreeMap<SmolStr, Source>,
}

/// What the rows of one `[[price]]` share.
struct Group {
    id: SmolStr,
    unit: PriceUnit,
    per: Decimal,
    currency: SmolStr,
    round_up: Option<Decimal>,
    minimum: Option<Decimal>,
    free: Option<FreePool>,
    source: Option<Source>,
    confidence: Option<Confidence>,
    note: Option<SmolStr>,
}

/// A row: a tier, or the figures of a contradiction, and where it stands.
struct Row {
    price: Price,
    span: Range<usize>,
}

impl Reader<'_> {
    fn file(&mut self, table: Table<'_>) -> Vec<Price> {
        self.known(table, &FILE_KEYS, "a file with prices");
        if let Some(sources) = self.table(table.get("sources")) {
            for (name, value) in sources {
                if let Some(source) = self.source(value) {
                    self.sources.insert(name.get_ref().as_ref().into(), source);
                }
            }
        }
        let groups = self.array(table.get("price"));
        let mut rows = Vec::new();
        for group in groups {
            rows.extend(self.group(group));
        }
        self.join(rows)
    }

    fn group(&mut self, value: &Value<'_>) -> Vec<Row> {
        let Some(table) = self.table(Some(value)) else { return Vec::new() };
        self.known(table, &GROUP_KEYS, "a price");
        let id = self.required(table, "id", value).and_then(|id| self.text(id));
        let unit = self.required(table, "unit", value).and_then(|unit| self.unit(unit));
        let per = self.positive(table.get("per"));
        let currency = table.get("currency").and_then(|currency| self.currency(currency));
        let [round_up, minimum] = ["round_up", "minimum"].map(|name| self.positive(table.get(name)));
        let free = table.get("free").and_then(|free| self.free(free, id.as_deref().unwrap_or_default()));
        let source = table.get("source").and_then(|source| self.source(source));
        let confidence = table.get("confidence").and_then(|confidence| self.confidence(confidence));
        let note = table.get("note").and_then(|note| self.text(note));
        let rows = self.required(table, "rows", value);
        let rows = self.array(rows);
        let (Some(id), Some(unit)) = (id, unit) else { return Vec::new() };
        let group = Group {
            id,
            unit,
            per: per.unwrap_or(Decimal::ONE),
            currency: currency.unwrap_or_else(|| "USD".into()),
            round_up,
            minimum,
            free,
            source,
            confidence,
            note,
        };
        rows.iter().filter_map(|row| self.row(row, &group)).collect()
    }

    fn row(&mut self, value: &Value<'_>, group: &Group) -> Option<Row> {
        let table = self.table(Some(value))?;
        self.known(table, &ROW_KEYS, "a row of prices");
        let region = self.required(table, "region", value).and_then(|region| self.text(region));
        let variant = table.get("variant").and_then(|variant| self.text(variant));
        let from = self.decimal(table.get("from"));
        let to = self.decimal(table.get("to"));
        let rate_code = table.get("rate_code").and_then(|code| self.text(code));
        let note = table.get("note").and_then(|note| self.text(note));
        let source = match table.get("source") {
            Some(source) => self.source(source),
            None => group.source.clone(),
        };
        let confidence = match table.get("confidence") {
            Some(confidence) => self.confidence(confidence),
            None => group.confidence,
        };
        let conflicting: Vec<SmolStr> =
            self.array(table.get("conflicting")).iter().filter_map(|figure| self.text(figure)).collect();
        let price = self.price(table, value, confidence);
        if source.is_none() && table.get("source").is_none() {
            let help =
                "add `source`: the name of one of the file's `[sources]`, or a table with `kind`, `ref` and `read`";
            self.mistake(value.span(), "a price needs its source", help);
        }
        if confidence.is_none() && table.get("confidence").is_none() {
            let help = "add `confidence`: `A`, `B` or `C`, or `X` where sources contradict each other";
            self.mistake(value.span(), "a price needs to say how far it can be relied on", help);
        }
        let (region, source, confidence) = (region?, source?, confidence?);
        if confidence != Confidence::X && price.is_none() {
            return None;
        }
        let tier = price.map(|price| Tier { from: from.unwrap_or_default(), to, price, rate_code });
        let line = self.text.get(..value.span().start).map_or(1, |before| before.matches('\n').count() + 1);
        let price = Price {
            id: group.id.clone(),
            variant,
            region,
            unit: group.unit.clone(),
            per: group.per,
            currency: group.currency.clone(),
            tiers: tier.into_iter().collect(),
            round_up: group.round_up,
            minimum: group.minimum,
            free: group.free.clone(),
            source,
            confidence,
            conflicting,
            note: note.or_else(|| group.note.clone()),
            file: self.path.into(),
            line,
        };
        Some(Row { price, span: value.span() })
    }

    /// The price of a row; none with a finding, or where there is none because its sources contradict each other.
    fn price(&mut self, table: Table<'_>, row: &Value<'_>, confidence: Option<Confidence>) -> Option<Decimal> {
        let is_conflict = confidence == Some(Confidence::X);
        match (table.get("price"), is_conflict) {
            (Some(price), true) => {
                let help = "give the figures as `conflicting = [\"0.02\", \"0.30\"]`, and no price";
                self.mistake(price.span(), "sources that contradict each other make no price", help);
                None
            }
            (None, true) => None,
            (None, false) => {
                self.mistake(row.span(), "a row needs its price", "add `price = \"0.015\"`");
                None
            }
            (Some(value), false) => {
                let price = self.decimal(Some(value))?;
                let has_reason = table.get("zero").is_some_and(|reason| self.text(reason).is_some());
                if price.is_zero() && !has_reason {
                    let help = "if it is free, say why: `zero = \"deliveries to queues are free\"`; if it is not known, \
                                leave the row out";
                    self.mistake(value.span(), "a price of 0 needs its reason", help);
                    return None;
                }
                Some(price)
            }
        }
    }

    /// Joins the rows of a price to its tiers.
    fn join(&mut self, rows: Vec<Row>) -> Vec<Price> {
        let mut prices: Vec<(Price, Range<usize>)> = Vec::new();
        let mut positions: BTreeMap<(SmolStr, Option<SmolStr>, SmolStr), usize> = BTreeMap::new();
        for Row { price, span } in rows {
            let key = (price.id.clone(), price.variant.clone(), price.region.clone());
            match positions.get(&key).and_then(|at| prices.get_mut(*at)) {
                None => {
                    positions.insert(key, prices.len());
                    prices.push((price, span));
                }
                Some((first, _)) if first.unit != price.unit || first.currency != price.currency => {
                    let message = format!("`{}` has another unit or currency in its other tiers", price.id);
                    self.mistake(span, &message, "give all tiers of a price in one `[[price]]`");
                }
                Some((first, _)) => first.tiers.extend(price.tiers),
            }
        }
        for (price, span) in &mut prices {
            price.tiers.sort_by_key(|tier| tier.from);
            if let Some(message) = broken_tiers(&price.tiers) {
                let message = format!("`{}` in `{}`: {message}", price.id, price.region);
                self.mistake(span.clone(), &message, "the tiers begin at 0, and each begins where the one before ends");
            }
        }
        prices.retain(|(price, _)| broken_tiers(&price.tiers).is_none());
        prices.into_iter().map(|(price, _)| price).collect()
    }

    // ---- Parts --------------------------------------------------------------------------------------------------------

    fn source(&mut self, value: &Value<'_>) -> Option<Source> {
        if let DeValue::String(name) = value.get_ref() {
            let found = self.sources.get(name.as_ref()).cloned();
            if found.is_none() {
                let names: Vec<&str> = self.sources.keys().map(SmolStr::as_str).collect();
                let help = match nearest(name, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("declare it: `[sources.{name}]` with `kind`, `ref` and `read`"),
                };
                self.mistake(value.span(), &format!("there is no source `{name}` in this file"), &help);
            }
            return found;
        }
        let table = self.table(Some(value))?;
        self.known(table, &SOURCE_KEYS, "a source");
        let kind = self.required(table, "kind", value).and_then(|kind| self.text(kind));
        let reference = self.required(table, "ref", value).and_then(|reference| self.text(reference));
        let read = self.required(table, "read", value).and_then(|read| self.date(read));
        let published = table.get("published").and_then(|published| self.date(published));
        Some(Source { kind: kind?, reference: reference?, published, read: read? })
    }

    fn free(&mut self, value: &Value<'_>, id: &str) -> Option<FreePool> {
        let table = self.table(Some(value))?;
        self.known(table, &FREE_KEYS, "a free pool");
        let quantity = self.required(table, "quantity", value).and_then(|quantity| self.decimal(Some(quantity)));
        let scope = self.required(table, "scope", value)?;
        let scope = match self.text(scope)?.as_str() {
            "account" => FreeScope::Account,
            "region" => FreeScope::Region,
            other => {
                let message = format!("a free pool is shared in an `account` or a `region`, and not in `{other}`");
                self.mistake(scope.span(), &message, "write `scope = \"account\"`");
                return None;
            }
        };
        let pool = table.get("pool").and_then(|pool| self.text(pool)).unwrap_or_else(|| id.into());
        Some(FreePool { quantity: quantity?, scope, pool })
    }

    fn unit(&mut self, value: &Value<'_>) -> Option<PriceUnit> {
        let text = self.text(value)?;
        let unit = PriceUnit::parse(&text);
        if unit.is_none() {
            let help = "join words by `-`: `GiB-month`, `shard-hour`, `request`";
            self.mistake(value.span(), &format!("`{text}` is no unit"), help);
        }
        unit
    }

    fn currency(&mut self, value: &Value<'_>) -> Option<SmolStr> {
        let code = self.text(value)?;
        let one = crate::quantity::Quantity::parse(&format!("1 {code}"));
        if one.is_ok_and(|one| one.dimension().currency() == Some(code.as_str())) {
            return Some(code);
        }
        self.mistake(value.span(), &format!("`{code}` is no currency"), "write a code of ISO 4217, such as `USD`");
        None
    }

    fn confidence(&mut self, value: &Value<'_>) -> Option<Confidence> {
        let all = [Confidence::A, Confidence::B, Confidence::C, Confidence::X];
        let text = self.text(value)?;
        let found = all.into_iter().find(|confidence| confidence.to_string() == text);
        if found.is_none() {
            self.mistake(value.span(), &format!("there is no confidence `{text}`"), "it is `A`, `B`, `C` or `X`");
        }
        found
    }

    fn positive(&mut self, value: Option<&Value<'_>>) -> Option<Decimal> {
        let decimal = self.decimal(value)?;
        if decimal.is_zero() {
            let span = value.map(Spanned::span).unwrap_or_default();
            self.mistake(span, "this cannot be 0", "leave it out, or write a positive number");
            return None;
        }
        Some(decimal)
    }

    fn decimal(&mut self, value: Option<&Value<'_>>) -> Option<Decimal> {
        let value = value?;
        if let DeValue::Float(_) | DeValue::Integer(_) = value.get_ref() {
            let help = "put it in quotes: figures are read as decimals, exactly as they are written";
            self.mistake(value.span(), "a figure is a text here", help);
            return None;
        }
        let text = self.text(value)?;
        if text == "inf" {
            return None;
        }
        let parsed =
            crate::quantity::Quantity::parse(&text).ok().filter(|it| it.unit() == crate::quantity::Unit::default());
        let Some(number) = parsed else {
            let help = "write digits, with single `_` between them if you like, such as `1_000` or `0.015`";
            self.mistake(value.span(), &format!("`{text}` is no decimal number"), help);
            return None;
        };
        if number.value().is_sign_negative() && !number.value().is_zero() {
            self.mistake(value.span(), &format!("`{text}` is less than 0"), "figures of a price are 0 or more");
            return None;
        }
        Some(number.value())
    }

    fn date(&mut self, value: &Value<'_>) -> Option<Date> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.mistake(value.span(), "this is no date", "write `2026-11-22`");
        }
        date
    }

    fn text(&mut self, value: &Value<'_>) -> Option<SmolStr> {
        match value.get_ref() {
            DeValue::String(text) if !text.is_empty() => Some(text.as_ref().into()),
            _ => {
                self.mistake(value.span(), "expected a text", "write it in quotes");
                None
            }
        }
    }

    fn table<'t>(&mut self, value: Option<&'t Value<'t>>) -> Option<Table<'t>> {
        let value = value?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.mistake(value.span(), "expected a table", "write `{ key = \"value\" }`, or `[name]` before its lines");
        None
    }

    fn array<'t>(&mut self, value: Option<&'t Value<'t>>) -> &'t [Value<'t>] {
        let Some(value) = value else { return &[] };
        if let DeValue::Array(array) = value.get_ref() {
            return array;
        }
        self.mistake(value.span(), "expected a list", "write `[ … ]`, or `[[price]]` before each price");
        &[]
    }

    fn required<'t>(&mut self, table: Table<'t>, key: &str, owner: &Value<'_>) -> Option<&'t Value<'t>> {
        let found = table.get(key);
        if found.is_none() {
            self.mistake(
                owner.span(),
                &format!("`{key}` is missing"),
                "the documentation of price files shows a full one",
            );
        }
        found
    }

    fn known(&mut self, table: Table<'_>, keys: &[&str], owner: &str) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if keys.contains(&name) {
                continue;
            }
            let help = match nearest(name, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
            };
            self.mistake(key.span(), &format!("{owner} has no `{name}`"), &help);
        }
    }

    fn mistake(&mut self, span: Range<usize>, message: &str, help: &str) {
        self.mistakes.push(Mistake { span, message: message.to_owned(), help: Some(help.to_owned()) });
    }
}

/// What is wrong with the bounds of tiers, which are sorted.
fn broken_tiers(tiers: &[Tier]) -> Option<String> {
    let first = tiers.first()?;
    if !first.from.is_zero() {
        return Some(format!("the first tier begins at {}", first.from));
    }
    let starts: BTreeSet<Decimal> = tiers.iter().map(|tier| tier.from).collect();
    if starts.len() < tiers.len() {
        return Some("two rows are for the same units".to_owned());
    }
    for pair in tiers.windows(2) {
        let [one, next] = pair else { continue };
        if one.to != Some(next.from) {
            let end = one.to.map_or_else(|| "never".to_owned(), |to| to.to_string());
            return Some(format!("one tier ends at {end}, and the next begins at {}", next.from));
        }
    }
    let last = tiers.last().and_then(|tier| tier.to);
    last.map(|end| format!("the last tier ends at {end}"))
}
