//! Findings at the door: which of them fail a run, and how a run over them ends.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::input::Opened;
use super::terminal::Terminal;
use crate::analysis::Analysis;
use crate::check::{self, Trials};
use crate::diagnostic::Severity;
use crate::model::{Element, Variety};
use crate::report::pretty::{self, Style};
use crate::report::{Report, count};

/// Which findings fail a run.
#[derive(Args, Debug)]
pub(super) struct Failing {
    /// Fail on findings of this weight, too, and not on errors alone
    #[arg(long, value_name = "LEVEL")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// Fail on warnings
    Warnings,
    /// Fail on warnings and notes
    Notes,
}

impl Failing {
    /// The least weight that fails the run.
    pub(super) fn severity(&self) -> Severity {
        match self.deny {
            None => Severity::Error,
            Some(Deny::Warnings) => Severity::Warning,
            Some(Deny::Notes) => Severity::Note,
        }
    }
}

/// The findings of a workspace.
pub(super) fn report<'a>(opened: &'a Opened, analysis: &'a Analysis) -> Report<'a> {
    Report::new(&opened.workspace.sources, &analysis.diagnostics)
}

/// The findings and how many there are; or what was checked, if there are none.
pub(super) fn full(
    opened: &Opened,
    analysis: &Analysis,
    report: &Report<'_>,
    failing: Severity,
    terminal: &Terminal,
) -> String {
    if terminal.is_quiet() {
        return pretty::render(&report.at_least(failing), &opened.prefix, terminal.stdout());
    }
    if report.is_empty() {
        let is_service = |it: &&Element| matches!(it.variety, Variety::Service | Variety::Carrier);
        let services = analysis.model.elements.iter().filter(is_service).count();
        let services = count(services, "service");
        let edges = count(analysis.model.edges.len(), "edge");
        let files = count(opened.workspace.files.len(), "file");
        return format!("checked {services} and {edges} in {files}: no findings\n");
    }
    listed(opened, report, terminal.stdout())
}

/// Why a run fails that has no errors; nothing if it has some, or does not fail.
pub(super) fn why_failed(report: &Report<'_>, failing: Severity) -> String {
    let (option, them) = match failing {
        Severity::Error => return String::new(),
        Severity::Warning => ("warnings", "warnings"),
        Severity::Note => ("notes", "warnings and notes"),
    };
    let fails = report.reaches(failing) && !report.reaches(Severity::Error);
    if fails { format!("failed: with `--deny {option}`, {them} fail the run\n") } else { String::new() }
}

/// The findings and how many there are, for standard error; nothing, if there are none. To who wants it quiet, those that
/// fail the run.
pub(super) fn brief(opened: &Opened, report: &Report<'_>, failing: Severity, terminal: &Terminal) -> String {
    if terminal.is_quiet() {
        return pretty::render(&report.at_least(failing), &opened.prefix, terminal.stderr());
    }
    listed(opened, report, terminal.stderr())
}

fn listed(opened: &Opened, report: &Report<'_>, style: Style) -> String {
    if report.is_empty() {
        return String::new();
    }
    let mut text = pretty::render(report, &opened.prefix, style);
    text.push_str(&report.totals());
    text.push('\n');
    text.push_str(&pointer(report));
    text
}

/// Where more is said of a rule; nothing, if none of ours has a finding.
pub(super) fn pointer(report: &Report<'_>) -> String {
    let known = |code: &&str| check::rules().iter().any(|rule| rule.code == *code);
    let code = report.codes().find(known);
    code.map(|code| format!("`archc explain CODE` says more about a rule: `archc explain {code}`\n"))
        .unwrap_or_default()
}

/// How the examples of the workspace's own rules came out.
pub(super) fn tested(trials: &Trials) -> String {
    let all = trials.passed + trials.failed;
    let of_rules = format!("{} of {}", count(all, "example"), count(trials.rules, "rule"));
    let mut text = match trials.failed {
        0 => format!("{of_rules} passed\n"),
        failed => format!("{failed} of {of_rules} failed\n"),
    };
    if trials.skipped > 0 {
        let _ = writeln!(
            text,
            "not tried: {}, until the findings about {} are mended",
            count(trials.skipped, "example"),
            if trials.skipped == 1 { "it" } else { "them" }
        );
    }
    if !trials.untried.is_empty() {
        let names: Vec<String> = trials.untried.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(text, "without examples: {}", names.join(", "));
    }
    text
}

/// The end of a command whose own output stands in the way of its findings, which go to standard error.
pub(super) fn beside(stdout: String, findings: String, failed: bool) -> Outcome {
    Outcome { stdout, stderr: findings, failed, ..Outcome::default() }
}
