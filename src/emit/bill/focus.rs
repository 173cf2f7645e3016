//! A bill as FOCUS 1.2, the format in which cloud bills are exchanged: a forecast of the charges of one month.
//!
//! FOCUS has no way to say that a cost is not known: `BilledCost` must be a number. Unpriced lines are therefore left out,
//! and [`unpriced`] lists them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::sheet::{Row, Sheet};
use crate::emit::csv_table;

const HEADER: [&str; 38] = [
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ChargeFrequency",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ConsumedQuantity",
    "ConsumedUnit",
    "ContractedCost",
    "EffectiveCost",
    "InvoiceIssuerName",
    "ListCost",
    "ListUnitPrice",
    "PricingCategory",
    "PricingQuantity",
    "PricingUnit",
    "ProviderName",
    "PublisherName",
    "RegionId",
    "ResourceId",
    "ResourceName",
    "ResourceType",
    "ServiceCategory",
    "ServiceName",
    "SkuId",
    "SkuMeter",
    "SkuPriceId",
    "Tags",
    "x_Assumption",
    "x_Confidence",
    "x_Derivation",
    "x_SourceDate",
];

const UNPRICED: [&str; 6] = ["ResourceId", "ResourceName", "ServiceName", "SkuMeter", "SkuId", "x_Reason"];

/// The priced lines as charges of the month that a day lies in.
pub fn render(sheet: &Sheet, day: Date) -> String {
    let start = day.first_of_month();
    let end = start.saturating_add(jiff::Span::new().months(1));
    let period = Period { start: format!("{start}T00:00:00Z"), end: format!("{end}T00:00:00Z") };
    let assumption = assumption(sheet);
    let priced = sheet.lines.iter().filter(|row| row.cost.is_some());
    csv_table(&HEADER, priced.map(|row| charge(row, &period, &assumption)))
}

/// The lines that FOCUS cannot express, and why they are unpriced.
pub fn unpriced(sheet: &Sheet) -> String {
    let rows = sheet.lines.iter().filter_map(|row| {
        let reason = row.unpriced.clone()?;
        Some([
            resource(row),
            row.label.clone(),
            row.product.clone(),
            row.meter.clone(),
            row.price.clone().unwrap_or_default(),
            reason,
        ])
    });
    csv_table(&UNPRICED, rows)
}

struct Period {
    start: String,
    end: String,
}

fn charge(row: &Row, period: &Period, assumption: &str) -> [String; HEADER.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let source = row.source.as_ref();
    let (cost, provider) = (text(&row.cost), provider(&row.kind));
    let account = row.account.clone().unwrap_or_else(|| "default".to_owned());
    let service = if row.product.is_empty() { "Data transfer".to_owned() } else { row.product.clone() };
    let rate_code = source.and_then(|source| source.rate_code.clone()).unwrap_or_default();
    [
        cost.clone(),
        account,
        text(&row.account),
        text(&row.currency),
        period.end.clone(),
        period.start.clone(),
        "Usage".to_owned(),
        String::new(),
        format!("{}: {}", row.element, row.meter),
        "Usage-Based".to_owned(),
        period.end.clone(),
        period.start.clone(),
        text(&row.quantity),
        text(&row.unit),
        cost.clone(),
        cost.clone(),
        provider.clone(),
        cost,
        text(&row.unit_price),
        "Standard".to_owned(),
        text(&row.quantity),
        text(&row.unit),
        provider.clone(),
        provider,
        text(&row.region),
        resource(row),
        row.label.clone(),
        row.kind.clone(),
        service_category(&row.category).to_owned(),
        service,
        text(&row.price),
        row.meter.clone(),
        rate_code,
        tags(row),
        assumption.to_owned(),
        source.and_then(|source| source.confidence.clone()).unwrap_or_default(),
        row.derivation.clone(),
        source.and_then(|source| source.published.clone().or_else(|| source.read.clone())).unwrap_or_default(),
    ]
}

fn resource(row: &Row) -> String {
    format!("{}.{}", row.architecture, row.element)
}

fn assumption(sheet: &Sheet) -> String {
    let assumptions = sheet.assumptions.iter().map(|(name, value)| format!("{name}={value}"));
    std::iter::once("forecast from declared loads, month of 730 h".to_owned())
        .chain(assumptions)
        .collect::<Vec<_>>()
        .join("; ")
}

/// FOCUS wants tags as a JSON object.
fn tags(row: &Row) -> String {
    let mut tags = BTreeMap::from([("architecture", row.architecture.as_str())]);
    tags.extend(row.group.as_deref().map(|group| ("group", group)));
    tags.extend(row.owner.as_deref().map(|owner| ("owner", owner)));
    serde_json::to_string(&tags).unwrap_or_default()
}

/// Who bills it, by the first part of the kind's name: `AWS` for `aws.s3`.
fn provider(kind: &str) -> String {
    match kind.split_once('.') {
        Some((provider, _)) if provider.len() <= 3 => provider.to_uppercase(),
        Some((provider, _)) => provider.to_owned(),
        None if kind == "edge" => "AWS".to_owned(),
        None => "internal".to_owned(),
    }
}

/// The category of FOCUS for one of ours.
fn service_category(category: &str) -> &'static str {
    match category {
        "ingestion" | "messaging" | "orchestration" => "Integration",
        "compute" => "Compute",
        "store" => "Storage",
        "database" => "Databases",
        "analytics" | "catalog" | "presentation" => "Analytics",
        "network" => "Networking",
        "monitoring" => "Management and Governance",
        "security" => "Security",
        _ => "Other",
    }
}
