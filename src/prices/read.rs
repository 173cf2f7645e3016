//! From a file with prices to prices. Everything that is wrong with it is reported, each with its place.

#[cfg(test)]
mod tests;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;
use smol_str::SmolStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::book::{Confidence, FreePool, FreeScope, Price, Source, Tier};
use super::unit::{NoUnit, PriceUnit};
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
    let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader =
        Reader { path, line_starts, mistakes: Vec::new(), sources: BTreeMap::new(), unsure: BTreeSet::new() };
    let (table, broken) = DeTable::parse_recoverable(text);
    reader.mistakes = broken.iter().map(not_toml).collect();
    // What stands in a file that cannot be read as TOML may not be what was meant.
    let prices = if broken.is_empty() { reader.file(table.get_ref()) } else { Vec::new() };
    reader.mistakes.sort_by_key(|mistake| mistake.span.start);
    (prices, reader.mistakes)
}

fn not_toml(error: &toml::de::Error) -> Mistake {
    Mistake { span: error.span().unwrap_or_default(), message: error.message().to_owned(), help: None }
}

struct Reader<'a> {
    path: &'a str,
    /// Where each line begins, for the places of rows.
    line_starts: Vec<usize>,
    mistakes: Vec<Mistake>,
    sources: BTreeMap<SmolStr, Source>,
    /// The ids with a mistake in a row: a tier that seems to be missing may be that row.
    unsure: BTreeSet<SmolStr>,
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
    /// Whether it has a source and a confidence, be they wrong, which has been reported once.
    names_source: bool,
    names_confidence: bool,
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
        let mistakes_before = self.mistakes.len();
        self.known(table, &GROUP_KEYS, "a price");
        let id = self.required(table, "id", value).and_then(|id| self.id(id));
        let unit = self.required(table, "unit", value).and_then(|unit| self.unit(unit));
        let per = self.positive(table.get("per"));
        let currency = table.get("currency").and_then(|currency| self.currency(currency));
        let [round_up, minimum] = ["round_up", "minimum"].map(|name| self.positive(table.get(name)));
        let free = table.get("free").and_then(|free| self.free(free, id.as_deref().unwrap_or_default()));
        let source = table.get("source").and_then(|source| self.source(source));
        let confidence = table.get("confidence").and_then(|confidence| self.confidence(confidence));
        let note = table.get("note").and_then(|note| self.text(note));
        let list = self.required(table, "rows", value);
        let rows = self.array(list);
        if let Some(list) = list.filter(|list| list.get_ref().as_array().is_some_and(|rows| rows.is_empty())) {
            self.mistake(list.span(), "a price without rows says nothing", "add a row, or leave the price out");
        }
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
            names_source: table.get("source").is_some(),
            names_confidence: table.get("confidence").is_some(),
        };
        let read: Vec<Row> = rows.iter().filter_map(|row| self.row(row, &group)).collect();
        if self.mistakes.len() > mistakes_before {
            self.unsure.insert(group.id);
        }
        read
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
        let conflicting = self.conflicting(table, value, confidence);
        let price = self.price(table, value, confidence);
        if source.is_none() && table.get("source").is_none() && !group.names_source {
            let help =
                "add `source`: the name of one of the file's `[sources]`, or a table with `kind`, `ref` and `read`";
            self.mistake(value.span(), "a price needs its source", help);
        }
        if confidence.is_none() && table.get("confidence").is_none() && !group.names_confidence {
            let help = "add `confidence`: `A`, `B` or `C`, or `X` where sources contradict each other";
            self.mistake(value.span(), "a price needs to say how far it can be relied on", help);
        }
        let (region, source, confidence) = (region?, source?, confidence?);
        if confidence == Confidence::X && conflicting.is_empty() || confidence != Confidence::X && price.is_none() {
            return None;
        }
        let tier = price.map(|price| Tier { from: from.unwrap_or_default(), to, price, rate_code });
        let line = self.line_starts.partition_point(|start| *start <= value.span().start);
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

    /// The figures of sources that contradict each other; none with a finding, or where the row has a price.
    fn conflicting(&mut self, table: Table<'_>, row: &Value<'_>, confidence: Option<Confidence>) -> Vec<SmolStr> {
        let list = table.get("conflicting");
        let figures = self.array(list);
        let numbers: Vec<Decimal> = figures.iter().filter_map(|figure| self.decimal(Some(figure))).collect();
        let distinct: BTreeSet<&Decimal> = numbers.iter().collect();
        let is_conflict = confidence == Some(Confidence::X);
        match list {
            None if is_conflict => {
                let help = "give the figures of the sources: `conflicting = [\"0.02\", \"0.30\"]`";
                self.mistake(row.span(), "nothing says how the sources contradict each other", help);
            }
            Some(list) if confidence.is_some() && !is_conflict => {
                let help = "write `confidence = \"X\"` if nobody knows which one is right, or leave `conflicting` out";
                self.mistake(list.span(), "a price that can be relied on has no figures against it", help);
            }
            // A figure that is no number has been reported.
            Some(list) if distinct.len() < 2 && numbers.len() == figures.len() => {
                let help = "give at least two, or the one as `price`";
                self.mistake(list.span(), "it takes two figures for a contradiction", help);
            }
            _ => return figures.iter().filter_map(|figure| figure.get_ref().as_str().map(Into::into)).collect(),
        }
        Vec::new()
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
                let reason = table.get("zero");
                let has_reason = reason.is_some_and(|reason| self.text(reason).is_some());
                if let Some(reason) = reason.filter(|_| !price.is_zero()) {
                    let help = "leave `zero` out, or write `price = \"0\"`";
                    self.mistake(reason.span(), "this price is not 0", help);
                }
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
                Some((first, _)) if first.tiers.is_empty() || price.tiers.is_empty() => {
                    let message =
                        format!("`{}` in `{}` is given in line {} already", price.id, price.region, first.line);
                    self.mistake(span, &message, "remove one of the two");
                }
                Some((first, _)) if !is_billed_alike(first, &price) => {
                    let message = format!("`{}` is billed in another way by its row in line {}", price.id, first.line);
                    let help = "unit, currency, `per`, roundings and free units are those of all tiers: give them in one `[[price]]`";
                    self.unsure.insert(price.id.clone());
                    self.mistake(span, &message, help);
                }
                Some((first, _)) => first.tiers.extend(price.tiers),
            }
        }
        for (price, span) in &mut prices {
            price.tiers.sort_by_key(|tier| tier.from);
            if self.unsure.contains(&price.id) {
                continue;
            }
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
        if let (Some(published), Some(read), Some(place)) = (published, read, table.get("published"))
            && published > read
        {
            self.mistake(place.span(), "it was published after it was read", "check the two dates");
        }
        Some(Source { kind: kind?, reference: reference?, published, read: read? })
    }

    fn free(&mut self, value: &Value<'_>, id: &str) -> Option<FreePool> {
        let table = self.table(Some(value))?;
        self.known(table, &FREE_KEYS, "a free pool");
        let quantity = self.required(table, "quantity", value).and_then(|quantity| self.positive(Some(quantity)));
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

    fn id(&mut self, value: &Value<'_>) -> Option<SmolStr> {
        let id = self.text(value)?;
        let is_name =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if id.split('.').all(is_name) {
            return Some(id);
        }
        self.mistake(
            value.span(),
            &format!("`{id}` is no name that a meter can have behind its `@`"),
            "join names by `.`: `team.queue.messages`",
        );
        None
    }

    fn unit(&mut self, value: &Value<'_>) -> Option<PriceUnit> {
        let text = self.text(value)?;
        match PriceUnit::parse(&text) {
            Ok(unit) => Some(unit),
            Err(NoUnit { factor, help }) => {
                let factor = if factor.is_empty() { &text } else { &factor };
                self.mistake(value.span(), &format!("`{factor}` is no unit"), &help);
                None
            }
        }
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
}

/// Whether two rows can be tiers of one price.
fn is_billed_alike(one: &Price, other: &Price) -> bool {
    let terms = |price: &Price| {
        let Price { unit, currency, per, round_up, minimum, free, .. } = price.clone();
        (unit, currency, per, round_up, minimum, free)
    };
    terms(one) == terms(other)
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
