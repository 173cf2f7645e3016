//! Findings that one side has and the other has not.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Severity;
use crate::emit::document::{self, Finding};

/// A finding as far as it matters whether it is there on the other side.
#[derive(Debug)]
pub struct Seen<'a> {
    /// The rule.
    pub code: &'a str,
    /// The text of the line, however it is indented.
    pub line: Cow<'a, str>,
    /// What is said of it. Both sides are by the same compiler, so that words differ only where facts do.
    pub message: &'a str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is measured and the figures, each the worse the greater, where it is a matter of these.
    pub measure: Option<(&'a str, Vec<Decimal>)>,
    /// The file.
    pub file: &'a str,
}

impl Seen<'_> {
    /// What is the same for those that may be one: the rule, the text of the line, and what is said of it, figures aside.
    fn key(&self) -> (&str, &str, &str) {
        (self.code, &self.line, self.measure.as_ref().map_or(self.message, |(of, _)| *of))
    }

    fn figures(&self) -> &[Decimal] {
        self.measure.as_ref().map_or(&[], |(_, figures)| figures)
    }
}

/// Findings of the earlier side that are the same: the rule, the text of the line, and what is said of it.
#[derive(Default)]
struct Earlier<'a> {
    /// How much they weigh: one rule weighs the same in all of a workspace.
    severity: Option<Severity>,
    /// The figures of those that are left, by file.
    in_files: BTreeMap<&'a str, Vec<&'a [Decimal]>>,
}

impl Earlier<'_> {
    /// Takes one of a file, or of any, that was as bad at least; whether there was one.
    fn take(&mut self, file: Option<&str>, figures: &[Decimal]) -> bool {
        let was_as_bad = |earlier: &&[Decimal]| {
            earlier.len() == figures.len() && earlier.iter().zip(figures).all(|(before, now)| now <= before)
        };
        let take =
            |left: &mut Vec<&[Decimal]>| left.iter().position(was_as_bad).map(|at| left.swap_remove(at)).is_some();
        match file {
            Some(file) => self.in_files.get_mut(file).is_some_and(take),
            None => self.in_files.values_mut().any(take),
        }
    }
}

/// Of each finding, whether the earlier ones do not have it.
///
/// Each of the earlier ones accounts for one at most: one of the same file, or else, since files are renamed and declarations
/// are moved between them, one of any other. One that weighs more than it did is new, and so is one with a worse figure.
pub fn unknown_to(earlier: &[Seen<'_>], findings: &[Seen<'_>]) -> Vec<bool> {
    let mut known: BTreeMap<(&str, &str, &str), Earlier<'_>> = BTreeMap::new();
    for finding in earlier {
        let same = known.entry(finding.key()).or_default();
        same.severity = same.severity.max(Some(finding.severity));
        same.in_files.entry(finding.file).or_default().push(finding.figures());
    }
    let mut is_new = vec![true; findings.len()];
    // All that stayed in its file is known before what was moved is looked for.
    for is_moved in [false, true] {
        for (finding, is_new) in findings.iter().zip(&mut is_new).filter(|(_, is_new)| **is_new) {
            let same = known.get_mut(&finding.key()).filter(|same| same.severity >= Some(finding.severity));
            *is_new = !same.is_some_and(|same| same.take((!is_moved).then_some(finding.file), finding.figures()));
        }
    }
    is_new
}

/// Findings that came and went.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Serialize)]
pub struct FindingsChange {
    /// What is wrong now and was not, or weighs more than it did; what weighs most comes first.
    pub gained: Vec<Finding>,
    /// What was wrong and is not any more, in the same order. What has become worse is not among it.
    pub lost: Vec<Finding>,
}

impl FindingsChange {
    pub(super) fn between(old: &[Finding], new: &[Finding]) -> FindingsChange {
        let (before, after) = (weighed(old), weighed(new));
        let gained = unknown_to(&before, &after);
        // What weighs less than it did is still there.
        let lost = unknown_to(&weightless(new), &weightless(old));
        let those = |all: &[Finding], which: Vec<bool>| -> Vec<Finding> {
            all.iter().zip(which).filter(|(_, is_one)| *is_one).map(|(finding, _)| finding.clone()).collect()
        };
        let (mut gained, mut lost) = (those(new, gained), those(old, lost));
        lost.retain(|finding| !gained.iter().any(|now| has_grown_into(finding, now)));
        gained.sort_by_key(|finding| Reverse(weight(finding.severity)));
        lost.sort_by_key(|finding| Reverse(weight(finding.severity)));
        FindingsChange { gained, lost }
    }
}

/// Whether one finding took the place of another that weighs no more: a budget that was uncertain and is exceeded now has not become
/// right. Rules of one family look at one thing, and it stands on the same line.
fn has_grown_into(finding: &Finding, now: &Finding) -> bool {
    let family = |it: &Finding| it.code.split('/').next().unwrap_or_default().to_owned();
    finding.code != now.code
        && family(finding) == family(now)
        && finding.file == now.file
        && finding.source == now.source
        && weight(finding.severity) <= weight(now.severity)
}

fn weight(severity: document::Severity) -> Severity {
    match severity {
        document::Severity::Note => Severity::Note,
        document::Severity::Warning => Severity::Warning,
        document::Severity::Error => Severity::Error,
    }
}

fn weighed(findings: &[Finding]) -> Vec<Seen<'_>> {
    findings.iter().map(|it| Seen { severity: weight(it.severity), measure: measure(it), ..seen(it) }).collect()
}

/// What is said, whatever it weighs: one that is measured is still there if its figures are others.
fn weightless(findings: &[Finding]) -> Vec<Seen<'_>> {
    findings.iter().map(|it| Seen { measure: measure(it).map(|(of, _)| (of, Vec::new())), ..seen(it) }).collect()
}

fn seen(finding: &Finding) -> Seen<'_> {
    Seen {
        code: &finding.code,
        line: Cow::Borrowed(&finding.source),
        message: &finding.message,
        severity: Severity::Note,
        measure: None,
        file: &finding.file,
    }
}

/// What is measured; nothing where a figure is none, in a document that somebody made by hand.
fn measure(finding: &Finding) -> Option<(&str, Vec<Decimal>)> {
    let measure = finding.measure.as_ref()?;
    let figures: Result<Vec<Decimal>, _> = measure.figures.iter().map(|figure| figure.parse::<Decimal>()).collect();
    Some((measure.of.as_str(), figures.ok()?))
}
