//! `archc check`

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::Failure;
use super::findings::{self, Failing};
use super::input::Input;
use super::terminal::Terminal;
use crate::analysis;
use crate::report::json;

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
    failing: Failing,
}

const AFTER_HELP: &str = "\
Examples:
  archc check                              all `.arch` files under the current folder
  archc check examples/patterns            all under a folder
  archc check shop.arch --deny warnings    one file; warnings fail, too
  archc check --format json > report.json  for other programs
  cat shop.arch | archc check -            standard input

Exit codes: 0 no errors; 1 errors (or what `--deny` names); 2 wrong usage, settings, or files that cannot be read.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people, with excerpts of the source
    Pretty,
    /// For programs
    Json,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let opened = self.input.open()?;
        let analysis = analysis::analyse(&opened.workspace, today);
        let report = findings::report(&opened, &analysis);
        let stdout = match self.format {
            Format::Pretty => findings::full(&opened, &analysis, &report, terminal.stdout()),
            Format::Json => json::render(&report),
        };
        Ok(Outcome { stdout, failed: report.reaches(self.failing.severity()), ..Outcome::default() })
    }
}
