//! The findings that a team knows of, so that a run is about what is new.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::baseline;
use super::failure::Failure;
use super::findings;
use super::input::{Opened, open_revision};
use super::progress;
use super::terminal::Terminal;
use crate::analysis::Analysis;
use crate::report::{Report, Taken, count};

/// Which findings are left out.
#[derive(Args, Debug)]
pub(super) struct Known {
    /// Leave out the findings of an earlier report, which `archc check --format json` wrote
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Leave out the findings that there were in a git revision
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
}

/// A state of the workspace, as a run looks at it.
pub(super) struct Look<'l> {
    /// The PATH of the workspace.
    pub(super) path: &'l Path,
    /// How it is looked at now, and so how it was: under the settings of then.
    pub(super) analyse: &'l dyn Fn(&mut Opened) -> Result<Analysis, Failure>,
    /// Whether something is supposed of it, such as an environment: then other findings are there.
    pub(super) is_supposed: bool,
}

/// What was left out.
#[derive(Default)]
pub(super) struct LeftOut {
    /// How many findings.
    pub(super) number: usize,
    /// What there is to say of it on standard error.
    pub(super) remarks: String,
}

impl Known {
    /// Takes the known findings out of a report.
    pub(super) fn leave_out(
        &self,
        report: &mut Report<'_>,
        look: &Look<'_>,
        terminal: &Terminal,
    ) -> Result<LeftOut, Failure> {
        let known = self.baseline.as_deref().map(baseline::read).transpose()?;
        let taken = known.map(|known| report.take_known(&known)).unwrap_or_default();
        let mut out = LeftOut::default();
        out.take(taken.taken, "the baseline");
        if let Some(revision) = &self.changed_since
            && let Some((opened, analysis)) = earlier(revision, look)?
        {
            out.take(report.take_earlier(&findings::report(&opened, &analysis)), &format!("`{revision}`"));
        }
        out.remarks.push_str(&about_baseline(taken, look));
        out.remarks = terminal.remark(out.remarks);
        Ok(out)
    }
}

impl LeftOut {
    fn take(&mut self, number: usize, of: &str) {
        self.number += number;
        if number > 0 {
            let _ = writeln!(self.remarks, "{} of {of} left out", count(number, "finding"));
        }
    }
}

/// The workspace as it was, with its findings under the settings of then; `None` if nothing of the sort was there, so that
/// all findings are new.
fn earlier(revision: &str, look: &Look<'_>) -> Result<Option<(Opened, Analysis)>, Failure> {
    let Some(mut opened) = open_revision(look.path, revision, "git revision")? else { return Ok(None) };
    match (look.analyse)(&mut opened) {
        Ok(analysis) => Ok(Some((opened, analysis))),
        // What cannot be supposed of it, such as an environment that it has not yet, has no findings there either.
        Err(failure) => {
            let reason = failure.within(revision).message();
            progress::note(&format!("{reason}; so all findings count as new"));
            Ok(None)
        }
    }
}

/// What there is to say of a baseline that does not fit. Under suppositions other findings are there, which tells nothing of
/// those in it.
fn about_baseline(baseline: Taken, look: &Look<'_>) -> String {
    if baseline.is_elsewhere {
        return "the baseline is of other files than these: was it written for another folder, or before there was an \
                `archc.toml`?\n"
            .to_owned();
    }
    if baseline.gone == 0 || look.is_supposed {
        return String::new();
    }
    let are = if baseline.gone == 1 { "is" } else { "are" };
    let them = count(baseline.gone, "finding");
    format!("{them} of the baseline {are} gone: write it again, so that none comes back\n")
}
