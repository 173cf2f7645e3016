//! `archc check`

use std::env;
use std::path::Path;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::Failure;
use super::findings::{self, Failing};
use super::input::{Input, Opened};
use super::known::{Known, Look};
use super::situation::Suppositions;
use super::terminal::Terminal;
use super::watch;
use crate::report::{Report, github, gitlab, json, junit, sarif};

/// Says what is wrong with a workspace
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Check {
    #[command(flatten)]
    input: Input,

    /// How findings are shown
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: Format,

    #[command(flatten)]
    known: Known,

    /// Also say how many examples of the workspace's own rules hold, and fail if one does not
    #[arg(long, conflicts_with = "environment")]
    self_test: bool,

    /// Check again whenever a file of the workspace changes, until Ctrl-C
    #[arg(long)]
    watch: bool,

    #[command(flatten)]
    suppositions: Suppositions,

    #[command(flatten)]
    failing: Failing,
}

const AFTER_HELP: &str = "\
Examples:
  archc check                              all `.arch` files under the current folder
  archc check examples/patterns            all under a folder
  archc check shop.arch --deny warnings    one file; warnings fail, too
  archc check --self-test                  the workspace's own rules on their examples, too
  archc check --env staging                an environment, as it is there
  archc check --watch                      again and again, while you write
  archc check --format auto                in CI: annotations where GitHub Actions runs it
  archc check --format sarif > out.sarif   for code scanning
  archc check --format json > known.json   for other programs, and as a baseline:
  archc check --baseline known.json        new findings only
  archc check --changed-since main         what the working tree has, and the branch `main` has not
  cat shop.arch | archc check -            standard input

Exit codes: 0 no errors; 1 errors (or what `--deny` names); 2 wrong usage, settings, or files that cannot be read; 130 a watch that Ctrl-C ended.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people, with excerpts of the source
    Pretty,
    /// For programs; `schemas/check.schema.json` describes it
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// Test results as JUnit XML, a case for each file
    Junit,
    /// `github` in GitHub Actions, `pretty` elsewhere
    Auto,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        if self.watch {
            return watch::run(&self.input, terminal, |opened| self.check(opened, terminal));
        }
        self.check(self.input.open()?, terminal)
    }

    fn check(&self, mut opened: Opened, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let analysis = self.suppositions.analyse(&mut opened, today)?;
        let mut report = findings::report(&opened, &analysis);
        let look = Look {
            path: self.input.path().unwrap_or(Path::new(".")),
            analyse: &|opened| self.suppositions.analyse(opened, today),
            is_supposed: !self.suppositions.words().is_empty(),
        };
        let left_out = self.known.leave_out(&mut report, &look, terminal)?;
        let is_old = left_out.number > 0 && report.is_empty();
        let root = &opened.from_repository;
        let failing = self.failing.severity();
        let says_tested = self.self_test && (!terminal.is_quiet() || analysis.trials.failed > 0);
        let tested = if says_tested { findings::tested(&analysis.trials) } else { String::new() };
        let mut stdout = match self.format.resolve() {
            Format::Json => json::render(&report),
            Format::Sarif => sarif::render(&report, &analysis.model.rules, root),
            Format::Gitlab => gitlab::render(&report, root),
            Format::Junit => junit::render(&report, root, failing),
            _ if is_old => terminal.remark("no new findings\n"),
            Format::Github => github::render(&report, root) + &terminal.remark(totals(&report)),
            Format::Pretty | Format::Auto => findings::full(&opened, &analysis, &report, failing, terminal),
        };
        let mut stderr = left_out.remarks;
        let why = terminal.remark(findings::why_failed(&report, failing));
        match self.format.resolve() {
            Format::Pretty => stdout.extend([why, tested]),
            _ => stderr.extend([why, tested]),
        }
        let failed = report.reaches(failing) || self.self_test && analysis.trials.failed > 0;
        Ok(Outcome { stdout, stderr, failed, ..Outcome::default() })
    }
}

impl Format {
    /// The format of this run.
    fn resolve(self) -> Format {
        match self {
            Format::Auto if env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") => Format::Github,
            Format::Auto => Format::Pretty,
            format => format,
        }
    }
}

/// A line for those who read the log.
fn totals(report: &Report<'_>) -> String {
    if report.is_empty() { "no findings\n".to_owned() } else { format!("{}\n", report.totals()) }
}
