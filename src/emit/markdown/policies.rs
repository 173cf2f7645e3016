//! The rules of the team's own, on the index.

use super::Options;
use super::escape::{escape, one_line};
use super::places::Places;
use super::table::Table;
use crate::policy;

/// The rules that hold for all architectures and those of single ones: why they are there, what they weigh, and how often
/// they are broken. Nothing if there are none.
pub(super) fn section(places: &Places<'_>, options: &Options<'_>) -> Option<String> {
    let model = places.model;
    let mut table = Table::new(["Rule", "Why", "Holds for", "Findings", "Broken"]);
    for rule in &model.rules {
        let head = &rule.head;
        let because = head.settings.text("because").unwrap_or_default();
        let home = head.architecture.map(|id| model.architecture(id).label().to_owned());
        table.row([
            escape(&one_line(head.label())),
            escape(&one_line(because)),
            escape(&one_line(&home.unwrap_or_else(|| "all architectures".to_owned()))),
            policy::level(rule, options.levels).to_string(),
            match options.findings_of(&policy::code(rule)) {
                0 => "never".to_owned(),
                1 => "once".to_owned(),
                times => format!("{times} times"),
            },
        ]);
    }
    Some(format!("## Rules\n\n{}", table.render()?))
}
