//! `archc check`

use std::env;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::Outcome;
use super::baseline;
use super::failure::Failure;
use super::findings::{self, Failing};
use super::input::{Input, Opened};
use super::situation::Suppositions;
use super::terminal::Terminal;
use super::watch;
use crate::analysis::Analysis;
use crate::report::{Report, count, github, gitlab, json, junit, sarif};

/// Says what is wrong with a workspace
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Check {
    #[command(flatten)]
    input: Input,

    /// How findings are shown
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: Format,

    /// Leave out the findings of an earlier report, which `--format json` wrote
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Leave out the findings that there were in a git revision
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,

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
        let known = self.baseline.as_deref().map(baseline::read).transpose()?;
        let earlier = self.earlier(today)?;
        let analysis = self.suppositions.analyse(&mut opened, today)?;
        let mut report = findings::report(&opened, &analysis);
        let (taken, stale) = known.map_or((0, 0), |known| report.take_known(&known));
        let left_out = [
            (taken, "the baseline".to_owned()),
            (
                earlier.map_or(0, |(opened, analysis)| report.take_earlier(&findings::report(&opened, &analysis))),
                self.since(),
            ),
        ];
        let is_old = left_out.iter().any(|(number, _)| *number > 0) && report.is_empty();
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
        let mut stderr = String::new();
        for (number, of) in left_out.iter().filter(|(number, _)| *number > 0) {
            stderr += &terminal.remark(format!("{} of {of} left out\n", count(*number, "finding")));
        }
        if stale > 0 {
            let are = if stale == 1 { "is" } else { "are" };
            let them = count(stale, "finding");
            stderr += &terminal
                .remark(format!("{them} of the baseline {are} gone: write it again, so that none comes back\n"));
        }
        let why = terminal.remark(findings::why_failed(&report, failing));
        match self.format.resolve() {
            Format::Pretty => stdout.extend([why, tested]),
            _ => stderr.extend([why, tested]),
        }
        let failed = report.reaches(failing) || self.self_test && analysis.trials.failed > 0;
        Ok(Outcome { stdout, stderr, failed, ..Outcome::default() })
    }

    /// The revision to compare with, for people.
    fn since(&self) -> String {
        self.changed_since.as_ref().map(|revision| format!("`{revision}`")).unwrap_or_default()
    }

    /// The workspace as it was, with its findings under the settings of then; `None` if nothing of the sort was there, so
    /// that all findings are new.
    fn earlier(&self, today: Date) -> Result<Option<(Opened, Analysis)>, Failure> {
        let Some(revision) = &self.changed_since else { return Ok(None) };
        let Some(mut opened) = self.input.open_revision(revision, "git revision")? else { return Ok(None) };
        // What cannot be supposed of it, such as an environment that it has not yet, has no findings there either.
        let analysis = self.suppositions.analyse(&mut opened, today).ok();
        Ok(analysis.map(|analysis| (opened, analysis)))
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
