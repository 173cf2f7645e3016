//! What an architecture costs: the bill, a pie of it by service, and its course as the load grows.

use super::page::Page;
use crate::emit::bill::{Sheet, Sum, charts, markdown};
use crate::emit::mermaid::fence;

/// A bill of the workspace, and what each architecture comes to at other loads.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// The bill.
    pub sheet: Sheet,
    /// The sums of each architecture at several scales, `1x` among them.
    pub course: Vec<(String, Vec<Sum>)>,
}

/// The section; nothing where there is nothing to bill.
pub(super) fn cost(page: &Page<'_>) -> Vec<String> {
    let name = page.architecture.name.as_str();
    let sheet = &page.options.costs.sheet;
    let Some(sum) = sheet.architectures.iter().find(|sum| sum.name == name) else { return Vec::new() };
    if sum.priced == 0 {
        return match sum.unpriced {
            0 => Vec::new(),
            1 => vec!["One line is unpriced, and nothing else is billed. `archc bom` says why.".to_owned()],
            lines => vec![format!("All {lines} lines are unpriced. `archc bom` says why.")],
        };
    }
    let mut blocks = vec![markdown::total(sum)];
    blocks.extend(charts::pie(sheet, name).map(|chart| fence(&chart)));
    blocks.push(markdown::lines(sheet, name));
    blocks.extend(course(page, name));
    blocks.extend(markdown::foot_of(sheet, sum));
    blocks.push(format!("[Bill of materials as CSV](bom/{name}.csv)"));
    blocks
}

/// The chart of the cost against the load, if it grows with it.
fn course(page: &Page<'_>, name: &str) -> Option<String> {
    let sums = |sums: &Vec<Sum>| sums.iter().find(|sum| sum.name == name).cloned();
    let sums: Vec<(String, Sum)> =
        page.options.costs.course.iter().filter_map(|(scale, all)| Some((scale.clone(), sums(all)?))).collect();
    let (_, first) = sums.first()?;
    let (currency, _) = first.costs.first_key_value()?;
    let points: Option<Vec<_>> = sums
        .iter()
        .map(|(scale, sum)| Some((scale.clone(), sum.costs.get(currency)?.parse::<rust_decimal::Decimal>().ok()?)))
        .collect();
    let points = points?;
    let grows = points.windows(2).any(|pair| pair.first().map(|it| it.1) != pair.last().map(|it| it.1));
    if grows { charts::against_scale(&points, currency).map(|chart| fence(&chart)) } else { None }
}
