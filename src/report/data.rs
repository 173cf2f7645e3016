//! Findings as part of a model as data.

use super::Report;
use super::{fingerprint, shown_file};
use crate::emit::document::{Finding, Measure};

impl Report<'_> {
    /// The findings as plain data, in their order.
    pub fn data(&self) -> Vec<Finding> {
        let finding = |(it, known_by): &(&crate::diagnostic::Diagnostic, fingerprint::Fingerprint)| {
            let place = self.sources.line_column(it.primary.span);
            Finding {
                code: it.code.to_string(),
                severity: it.severity.into(),
                message: it.message.clone(),
                help: it.advice().map(str::to_owned),
                file: shown_file(self.sources.file(it.primary.span.file), ""),
                line: place.line,
                column: place.column,
                source: fingerprint::line(it, self.sources),
                fingerprint: known_by.to_string(),
                measure: it.measure.as_ref().map(|it| Measure {
                    of: it.of.clone(),
                    figures: it.figures.iter().map(ToString::to_string).collect(),
                }),
            }
        };
        self.entries.iter().map(finding).collect()
    }
}
